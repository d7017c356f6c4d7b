//! Stories of applications: a person applies or is sent with a letter, the employer answers, somebody
//! is hired, and nobody is hired twice.

mod clock;
mod letter;

use model::{
    Id,
    access::Role,
    application::{Application, State},
    employer::Employer,
    jobseeker::Jobseeker,
    vacancy::Vacancy,
};
use serde_json::{Value, json};

use crate::world::{
    Answer, World, both,
    people::{Member, Network},
};

pub(crate) const JSON: &str = "application/json";

/// An employer with a vacancy, those who work there and at the office, and somebody who looks for work.
pub(crate) struct Cast {
    pub network: Network,
    pub employer: Id<Employer>,
    pub vacancy: Id<Vacancy>,
    pub recruiter: Member,
    pub clerk: Member,
    pub jobseeker: Id<Jobseeker>,
    pub person: Member,
}

pub(crate) async fn cast(world: &World) -> Cast {
    let network = world.network().await;
    let (employer, vacancy) = world.firm("甲公司", "620502").await;
    let recruiter = world.firms(Role::Recruiter, employer).await;
    let clerk = world.staff(Role::Clerk, network.qinzhou).await;
    let jobseeker = world.registered_in("620502100").await;
    let person = world.jobseeker(jobseeker).await;
    Cast { network, employer, vacancy, recruiter, clerk, jobseeker, person }
}

/// Applies as a program does; the application's id.
pub(crate) async fn applied(world: &World, who: &Member, vacancy: Id<Vacancy>) -> String {
    let body = json!({ "vacancy_id": vacancy }).to_string();
    let made = world.by(who).post("/api/v1/applications", JSON, body).await.is(201).json();
    made["id"].as_str().unwrap().to_owned()
}

pub(crate) async fn moved(world: &World, who: &Member, id: &str, step: Value) -> Answer {
    let path = format!("/api/v1/applications/{id}");
    world.by(who).post(&path, JSON, step.to_string()).await
}

async fn state(world: &World, who: &Member, id: &str) -> String {
    let one = world.by(who).get(&format!("/api/v1/applications/{id}")).await.is(200).json();
    one["state"].as_str().unwrap().to_owned()
}

/// How often each deed of applications was done.
pub(crate) async fn deeds(world: &World, deed: &str) -> usize {
    let mut r = world.app.db().read().await.unwrap();
    let events = store::event::after(&mut r, 0, 10_000).await.unwrap();
    events.iter().filter(|event| event.deed == deed).count()
}

/// How many are wanted for the vacancy.
pub(crate) async fn wanted(world: &World, vacancy: Id<Vacancy>, headcount: i64) {
    let actor = model::access::Actor::program("story");
    let mut r = world.app.db().read().await.unwrap();
    let mut post = store::vacancy::find(&mut r, &actor.scope(), vacancy).await.unwrap();
    drop(r);
    post.offer.headcount = Some(headcount);
    post.version += 1;
    let at = world.app.now();
    let deed = store::Deed { name: "vacancy.import", actor: "story".into(), at };
    let mut w = world.app.db().write(deed).await.unwrap();
    store::vacancy::save(&mut w, &post).await.unwrap();
    w.commit().await.unwrap();
}

#[tokio::test]
async fn a_person_applies_with_one_tap_and_is_hired_after_an_interview() {
    both(async |world| {
        let Cast { vacancy, recruiter, person, .. } = cast(world).await;
        let page = format!("/vacancies/{vacancy}");
        assert!(world.by(&person).get(&page).await.is(200).text().contains("/applications\""));
        let path = format!("{page}/applications");
        let shown = world.by(&person).form(&path, &[]).await.is(303).location().to_owned();
        // a second tap changes nothing
        assert_eq!(world.by(&person).form(&path, &[]).await.is(303).location(), shown);
        assert_eq!(deeds(world, "application.submit").await, 1);
        let invite = [
            ("act", "invite"),
            ("seen", "submitted"),
            ("meets_at", "2026-11-25T09:30"),
            ("meets_where", "二楼人事部; 带身份证"),
        ];
        world.by(&recruiter).form(&shown, &invite).await.is(303);
        let mine = world.by(&person).get("/me/applications").await.is(200).text();
        assert!(mine.contains("2026年11月25日 09:30") && mine.contains("我会去面试"), "{mine}");
        let file = world.by(&person).get(&format!("{shown}/interview.ics")).await.is(200);
        assert!(file.header("content-type").starts_with("text/calendar"));
        let file = file.text();
        assert!(file.contains("DTSTART:20261125T013000Z\r\n"), "{file}");
        assert!(file.contains("LOCATION:二楼人事部\\; 带身份证"), "{file}");
        world.by(&person).form(&shown, &[("act", "agree")]).await.is(303);
        // nobody says yes for the other
        world.by(&person).form(&shown, &[("act", "hire")]).await.is(422);
        world
            .by(&recruiter)
            .form(&shown, &[("act", "decline"), ("reason", "too_far")])
            .await
            .is(422);
        let board = world.by(&recruiter).get(&path).await.is(200).text();
        assert!(board.contains("约面试") && !board.contains("测试甲"), "{board}");
        world.by(&recruiter).form(&shown, &[("act", "hire")]).await.is(303);
        let page = world.by(&person).get(&shown).await.is(200).text();
        assert!(page.contains("已录用") && page.contains("单位录用"), "{page}");
    })
    .await;
}

#[tokio::test]
async fn an_employer_sees_name_and_telephone_of_who_applied_and_leaves_a_trace() {
    both(async |world| {
        let Cast { vacancy, recruiter, person, jobseeker, .. } = cast(world).await;
        let id = applied(world, &person, vacancy).await;
        let page = format!("/applications/{id}");
        let before = world.by(&recruiter).get(&page).await.is(200).text();
        assert!(!before.contains("测试甲"), "{before}");
        let opened = world.by(&recruiter).form(&format!("{page}/open"), &[]).await.is(200).text();
        assert!(opened.contains("测试甲"), "{opened}");
        assert_eq!(deeds(world, "application.open").await, 1);
        let path = format!("/vacancies/{vacancy}/applications.xlsx");
        let file = world.by(&recruiter).get(&path).await.is(200);
        assert!(file.body.starts_with(b"PK"));
        assert_eq!(deeds(world, "application.open").await, 2);
        // others find nothing there
        let (other, _) = world.firm("乙公司", "620502").await;
        let other = world.firms(Role::Owner, other).await;
        world.by(&other).get(&page).await.is(404);
        world.by(&other).get(&path).await.is(404);
        world.by(&other).form(&format!("{page}/open"), &[]).await.is(404);
        world.by(&other).form(&page, &[("act", "shortlist")]).await.is(404);
        let someone = world.registered_in("620502100").await;
        assert_ne!(someone, jobseeker);
        let someone = world.jobseeker(someone).await;
        world.by(&someone).get(&page).await.is(404);
        world.by(&someone).form(&page, &[("act", "agree")]).await.is(404);
        world.stranger().get(&page).await.is(403);
    })
    .await;
}

#[tokio::test]
async fn a_hire_ends_what_the_person_waits_for_elsewhere_and_the_last_place_fills_the_vacancy() {
    both(async |world| {
        let Cast { vacancy, recruiter, person, clerk, .. } = cast(world).await;
        wanted(world, vacancy, 1).await;
        let (_, elsewhere) = world.firm("乙公司", "620502").await;
        let other = world.registered_in("620502100").await;
        let other = world.jobseeker(other).await;
        let first = applied(world, &person, vacancy).await;
        let beside = applied(world, &person, elsewhere).await;
        let late = applied(world, &other, vacancy).await;
        moved(world, &recruiter, &first, json!({ "act": "hire" })).await.is(200);
        // the second of two clicks finds it done
        moved(world, &recruiter, &first, json!({ "act": "hire", "seen": "submitted" }))
            .await
            .is(200);
        assert_eq!(state(world, &person, &beside).await, "lapsed");
        let beside = world.by(&clerk).get(&format!("/api/v1/applications/{beside}")).await.json();
        assert_eq!(beside["reason"], "hired_elsewhere");
        assert_eq!(state(world, &other, &late).await, "lapsed");
        world.stranger().get(&format!("/vacancies/{vacancy}")).await.is(410);
        let none = moved(world, &recruiter, &late, json!({ "act": "hire" })).await.is(422).json();
        assert!(none["code"].as_str().unwrap().starts_with("application."), "{none}");
    })
    .await;
}

#[tokio::test]
async fn two_hires_for_the_last_place_end_with_one() {
    both(async |world| {
        let Cast { vacancy, recruiter, person, .. } = cast(world).await;
        wanted(world, vacancy, 1).await;
        let other = world.registered_in("620502100").await;
        let other = world.jobseeker(other).await;
        let ids = [applied(world, &person, vacancy).await, applied(world, &other, vacancy).await];
        let (world, recruiter) = (&world, &recruiter);
        let tries = ids.iter().chain(&ids).map(|id| async move {
            moved(world, recruiter, id, json!({ "act": "hire" })).await.status.as_u16()
        });
        let mut answers = futures_util::future::join_all(tries).await;
        answers.sort_unstable();
        assert_eq!(answers.iter().filter(|status| **status == 200).count(), 2, "{answers:?}");
        let mut r = world.app.db().read().await.unwrap();
        let scope = model::access::Actor::program("story").scope();
        let all = store::application::of_vacancy(&mut r, &scope, vacancy, 9).await.unwrap();
        let hired = |one: &&Application| one.state == State::Hired;
        assert_eq!(all.iter().filter(hired).count(), 1);
    })
    .await;
}

#[tokio::test]
async fn what_somebody_else_did_meanwhile_is_not_overwritten() {
    both(async |world| {
        let Cast { vacancy, recruiter, person, .. } = cast(world).await;
        let id = applied(world, &person, vacancy).await;
        let declined = json!({ "act": "decline", "reason": "too_far" });
        moved(world, &person, &id, declined).await.is(200);
        let late = json!({ "act": "shortlist", "seen": "submitted" });
        moved(world, &recruiter, &id, late).await.is(409);
        let wrong = json!({ "act": "reject", "reason": "pay_low" });
        let again = applied(world, &person, vacancy).await;
        moved(world, &recruiter, &again, wrong).await.is(422);
        moved(world, &recruiter, &again, json!({ "act": "reject" })).await.is(422);
        moved(world, &recruiter, &again, json!({ "act": "dance" })).await.is(422);
        let reject = json!({ "act": "reject", "reason": "skill_missing", "note": "要会二保焊" });
        let rejected = moved(world, &recruiter, &again, reject).await.is(200).json();
        assert_eq!(
            (&rejected["state"], &rejected["waits_for"]),
            (&json!("rejected"), &Value::Null)
        );
        assert!(deeds(world, "application.act").await >= 2);
    })
    .await;
}

#[tokio::test]
async fn who_is_not_registered_is_told_where_to_register() {
    let world = World::alone().await;
    let (_, vacancy) = world.firm("甲公司", "620502").await;
    let nobody = world.member(Role::Jobseeker, app::account::Seat::default()).await;
    let path = format!("/vacancies/{vacancy}/applications");
    let told = world.by(&nobody).form(&path, &[]).await.is(422).text();
    assert!(told.contains("还没有登记求职"), "{told}");
    for lang in ["zh-CN", "en"] {
        let page = world.by(&nobody).get(&format!("/me/applications?lang={lang}")).await.is(200);
        assert!(!page.text().contains("application."), "{}", page.text());
    }
}
