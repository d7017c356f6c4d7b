//! Stories of alarms: who walks through records is told of within minutes, once, to those who administer;
//! and an employer is shown so many people a day.

use std::collections::HashSet;

use model::{
    Id,
    access::{Actor, Role},
    employer::Employer,
    jobseeker::Jobseeker,
    look::What,
    notice::Kind,
    term::Term,
};
use serde_json::Value;

use crate::{
    application::{Cast, applied, cast, deeds},
    world::{World, both, people::Member},
};

pub(crate) async fn told(world: &World, who: &Member) -> Vec<Value> {
    let list = world.by(who).get("/api/v1/notices").await.is(200).json();
    list["items"].as_array().unwrap().clone()
}

/// The address that no person is shown, as a robot finds it on the list.
pub(crate) async fn hidden(world: &World) -> String {
    let page = world.stranger().get("/vacancies").await.is(200).text();
    let link = page.split("<a href=\"vacancies/").nth(1).unwrap();
    let (id, rest) = link.split_once('"').unwrap();
    let tag = rest.split('>').next().unwrap();
    assert!(tag.contains("hidden") && tag.contains("nofollow"), "{tag}");
    format!("/vacancies/{id}")
}

#[tokio::test]
async fn who_opens_what_no_person_is_shown_is_told_of_at_once() {
    both(async |world| {
        let network = world.network().await;
        world.firm("甲公司", "620502").await;
        world.work().await;
        let system = world.member(Role::SystemAdministrator, app::account::Seat::default()).await;
        let top = world.staff(Role::OfficeAdministrator, network.province).await;
        let below = world.staff(Role::OfficeAdministrator, network.gangu).await;
        let fields = [("mail", "1"), ("address", "admin@example.org"), ("sms", ""), ("phone", "")];
        world.by(&system).form("/notices/preference", &fields).await.is(303);
        let trap = hidden(world).await;
        let robots = world.stranger().get("/robots.txt").await.is(200).text();
        assert!(robots.contains(&format!("Disallow: {trap}\n")), "{robots}");
        let figures = figures(world).await;
        for _ in 0..3 {
            world.elsewhere("198.51.100.7:4000").get(&trap).await.is(404);
        }
        for admin in [&system, &top] {
            let told = told(world, admin).await;
            assert_eq!(told.len(), 1, "once: {told:?}");
            assert_eq!(told[0]["kind"], "trapped");
            assert!(told[0]["said"].as_str().unwrap().contains("198.51.100.7"), "{told:?}");
        }
        assert!(told(world, &below).await.is_empty(), "who has nothing to do with it");
        assert_eq!(deeds(world, "alarm.raise").await, 1);
        // the program's own task sends it; within five minutes it has left
        let begun = world.app.now();
        app::notice::inbox::forward(&world.app).await.unwrap();
        let ways = app::notice::Ways::default();
        while app::notice::send_next(&world.app, &ways).await.unwrap() {}
        let sent = app::notice::mailbox(&world.app).await.unwrap();
        let alarm = sent.iter().find(|(_, letter)| letter.to == "admin@example.org").unwrap();
        assert!(alarm.1.text.contains("198.51.100.7"), "{}", alarm.1.text);
        assert!(alarm.0 - begun <= chrono::TimeDelta::minutes(5));
        // an hour later it is told again; nothing that is counted has moved
        world.at("2026-11-22T01:31:00Z");
        world.elsewhere("198.51.100.7:4000").get(&trap).await.is(404);
        assert_eq!(deeds(world, "alarm.raise").await, 2);
        assert_eq!(self::figures(world).await, figures);
    })
    .await;
}

/// What the office reports rests on these rows.
async fn figures(world: &World) -> Vec<i64> {
    let mut counts = vec![];
    let mut r = world.app.db().read().await.unwrap();
    for table in ["vacancy", "jobseeker", "employer", "application", "inquiry", "look", "exposure"]
    {
        let sql = match table {
            "vacancy" => "select count(*) from vacancy",
            "jobseeker" => "select count(*) from jobseeker",
            "employer" => "select count(*) from employer",
            "application" => "select count(*) from application",
            "inquiry" => "select count(*) from inquiry",
            "look" => "select count(*) from look",
            _ => "select count(*) from exposure",
        };
        let (count,): (i64,) = r.one("count", sql, store::vals![]).await.unwrap();
        counts.push(count);
    }
    counts
}

#[tokio::test]
async fn who_guesses_one_record_after_the_other_is_told_of() {
    both(async |world| {
        let network = world.network().await;
        let system = world.member(Role::SystemAdministrator, app::account::Seat::default()).await;
        let admin = world.staff(Role::OfficeAdministrator, network.qinzhou).await;
        let far = world.staff(Role::OfficeAdministrator, network.gangu).await;
        let clerk = world.staff(Role::Clerk, network.qinzhou).await;
        // a wrong address now and then is nothing
        for _ in 0..30 {
            let id: Id<Jobseeker> = world.app.id();
            world.by(&clerk).get(&format!("/jobseekers/{id}")).await.is(404);
        }
        assert!(told(world, &admin).await.is_empty());
        let id: Id<Jobseeker> = world.app.id();
        world.by(&clerk).get(&format!("/api/v1/jobseekers/{id}/matches")).await.is(404);
        for who in [&admin, &system] {
            let told = told(world, who).await;
            assert_eq!(told.len(), 1, "{told:?}");
            assert_eq!(told[0]["kind"], "walked");
        }
        assert!(told(world, &far).await.is_empty());
        let page = world.by(&admin).get("/notices").await.is(200).text();
        assert!(page.contains(&format!("/accounts/{}", clerk.membership)), "{page}");
        assert!(!page.contains("notice.kind"), "{page}");
        world.by(&admin).get(&format!("/accounts/{}", clerk.membership)).await.is(200);
        // and who comes back for lists again and again though they were told to wait
        for _ in 0..60 + 31 {
            world.elsewhere("198.51.100.8:4000").get("/api/v1/vacancies?limit=1").await;
        }
        let last = told(world, &system).await;
        assert!(last[0]["said"].as_str().unwrap().contains("198.51.100.8"), "{last:?}");
    })
    .await;
}

/// From a day on; the later row ends the earlier.
async fn bound(world: &World, most: f64, from: &str) {
    let term = Term {
        key: "employer_day_people".into(),
        region: String::new(),
        value: most,
        unit: "person".into(),
        valid_from: from.parse().unwrap(),
        valid_to: None,
        basis: "story".into(),
    };
    app::term::keep(&world.app, &Actor::office("story"), &term).await.unwrap();
}

/// How many different people an employer was shown, as the rows say.
async fn shown(world: &World, employer: Id<Employer>) -> HashSet<Id<Jobseeker>> {
    let at = world.app.now();
    let mut w = world
        .app
        .db()
        .write(store::Deed { name: "look.note", actor: "story".into(), at })
        .await
        .unwrap();
    store::look::shown(&mut w, (employer, world.app.today()), 10_000).await.unwrap()
}

#[tokio::test]
async fn an_employer_is_shown_so_many_people_a_day_and_the_office_is_told() {
    both(async |world| {
        let Cast { network, employer, vacancy, recruiter, clerk, person, jobseeker, .. } =
            cast(world).await;
        bound(world, 3.0, "2026-11-01").await;
        let office = Actor::office("story");
        let mut people = vec![];
        for _ in 0..4 {
            people.push(world.registered_in("620502").await);
        }
        let firm = world.actor(&recruiter).await;
        let look = async |of: &[Id<Jobseeker>]| {
            app::look::note(&world.app, &firm, of, What::Record, "").await
        };
        look(&people[..2]).await.unwrap();
        // the same people again, however often, are nobody new
        for _ in 0..5 {
            look(&people[..2]).await.unwrap();
        }
        assert_eq!(shown(world, employer).await, people[..2].iter().copied().collect());
        // who applied counts too: the record, the contact, the file
        let id = applied(world, &person, vacancy).await;
        world.by(&recruiter).get(&format!("/applications/{id}")).await.is(200);
        world.by(&recruiter).form(&format!("/applications/{id}/open"), &[]).await.is(200);
        assert!(shown(world, employer).await.contains(&jobseeker));
        let refused = look(&people[1..3]).await.unwrap_err();
        assert!(matches!(refused, app::Error::Enough(_, wait) if wait <= 86_400), "{refused}");
        assert_eq!(shown(world, employer).await.len(), 3);
        // nothing was shown, so nobody reads that they were looked at
        let looks = app::look::of(&world.app, &office, people[2], None, 9).await.unwrap();
        assert!(looks.is_empty());
        // the pages and the interface say what to do
        let other = world.registered_in("620502100").await;
        let other = world.jobseeker(other).await;
        let second = applied(world, &other, vacancy).await;
        let page = world.by(&recruiter).get(&format!("/applications/{second}")).await.is(429);
        assert!(!page.header("retry-after").is_empty());
        assert!(page.text().contains("每家单位每天最多看 3 名求职者"), "{}", page.text());
        let open = format!("/applications/{second}/open?lang=en");
        let page = world.by(&recruiter).form(&open, &[]).await.is(429).text();
        assert!(page.contains("come back tomorrow") && !page.contains("测试甲"), "{page}");
        let file = format!("/vacancies/{vacancy}/applications.xlsx");
        world.by(&recruiter).get(&file).await.is(429);
        // those of today may be seen again
        world.by(&recruiter).form(&format!("/applications/{id}/open"), &[]).await.is(200);
        // the office that looks after it was told, once
        let full = |all: Vec<Value>| all.iter().filter(|one| one["kind"] == "full").count();
        assert_eq!(full(told(world, &clerk).await), 1);
        let far = world.staff(Role::Clerk, network.gangu).await;
        assert_eq!(full(told(world, &far).await), 0);
        // whom an office looks at counts for nobody, and tomorrow is another day
        world.by(&clerk).get(&format!("/jobseekers/{}", people[3])).await.is(200);
        world.at("2026-11-23T00:30:00Z");
        look(&people[1..3]).await.unwrap();
        look(&people[3..]).await.unwrap();
        look(&[jobseeker]).await.unwrap_err();
        let clerk = world.in_again(&clerk).await;
        assert_eq!(full(told(world, &clerk).await), 2);
    })
    .await;
}

#[tokio::test]
async fn shortlists_stop_at_the_bound_whichever_way_they_are_asked_for() {
    both(async |world| {
        let Cast { vacancy, recruiter, employer, jobseeker, .. } = cast(world).await;
        let (page, api) = (
            format!("/vacancies/{vacancy}/shortlist"),
            format!("/api/v1/vacancies/{vacancy}/shortlist"),
        );
        world.by(&recruiter).get(&page).await.is(200);
        assert_eq!(shown(world, employer).await, [jobseeker].into());
        bound(world, 1.0, "2026-11-01").await;
        world.registered_in("620502100").await;
        world.by(&recruiter).get(&page).await.is(429);
        let problem = world.by(&recruiter).get(&api).await.is(429).json();
        assert_eq!(problem["code"], "look.enough");
        bound(world, 0.0, "2026-11-20").await;
        world.by(&recruiter).get(&api).await.is(200);
        assert_eq!(shown(world, employer).await.len(), 2);
    })
    .await;
}

#[test]
fn what_is_told_asks_somebody_to_act() {
    assert!([Kind::Full, Kind::Trapped, Kind::Walked].into_iter().all(Kind::asks));
}
