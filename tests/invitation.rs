//! Stories of shortlists: an employer sees who fits without learning who that is, and learns it only
//! when the person says yes.

use model::{Id, access::Role, jobseeker::Jobseeker, vacancy::Vacancy};
use serde_json::{Value, json};

use crate::{
    application::{Cast, JSON, applied, cast, deeds},
    world::{Answer, World, both, people::Member},
};

async fn shortlist(world: &World, who: &Member, vacancy: Id<Vacancy>) -> Vec<Value> {
    let path = format!("/api/v1/vacancies/{vacancy}/shortlist");
    let list = world.by(who).get(&path).await.is(200).json();
    list["items"].as_array().unwrap().clone()
}

async fn invite(
    world: &World,
    who: &Member,
    (vacancy, person): (Id<Vacancy>, Id<Jobseeker>),
) -> Answer {
    let path = format!("/vacancies/{vacancy}/shortlist");
    world.by(who).form(&path, &[("jobseeker", &person.to_string())]).await
}

#[tokio::test]
async fn an_employer_sees_who_fits_and_learns_who_that_is_when_they_agree() {
    both(async |world| {
        let Cast { vacancy, recruiter, jobseeker, person, .. } = cast(world).await;
        let list = shortlist(world, &recruiter, vacancy).await;
        assert_eq!(list.len(), 1, "{list:?}");
        let page = format!("/vacancies/{vacancy}/shortlist");
        for lang in ["zh-CN", "en"] {
            let shown = world.by(&recruiter).get(&format!("{page}?lang={lang}")).await.is(200);
            let shown = shown.text();
            assert!(!shown.contains("测试甲") && !shown.contains("139"), "{shown}");
            assert!(!shown.contains("invitation."), "{shown}");
        }
        // the person reads that the firm looked
        let looks = world.by(&person).get("/me/looks").await.is(200).text();
        assert!(looks.contains("甲公司"), "{looks}");
        invite(world, &recruiter, (vacancy, jobseeker)).await.is(303);
        invite(world, &recruiter, (vacancy, jobseeker)).await.is(303);
        assert_eq!(deeds(world, "invitation.make").await, 1, "asked twice is asked once");
        let mine = world.by(&person).get("/me/applications").await.is(200).text();
        assert!(mine.contains("邀请您应聘") && mine.contains("同意，去应聘"), "{mine}");
        let waiting = world.by(&person).get("/api/v1/invitations").await.is(200).json();
        let id = waiting["items"][0]["id"].as_str().unwrap().to_owned();
        let (path, yes) = (format!("/me/invitations/{id}"), [("answer", "agreed")]);
        let application = world.by(&person).form(&path, &yes).await.is(303).location().to_owned();
        assert_eq!(deeds(world, "invitation.answer").await, 1);
        // who has applied is on no shortlist any more; the contact is opened with a trace
        assert!(shortlist(world, &recruiter, vacancy).await.is_empty());
        let open = world.by(&recruiter).form(&format!("{application}/open"), &[]).await.is(200);
        assert!(open.text().contains("测试甲"));
        let again = json!({ "answer": "agreed" }).to_string();
        let again = world.by(&person).post(&format!("/api/v1/invitations/{id}"), JSON, again).await;
        let again = again.is(200).json();
        assert!(application.ends_with(again["application_id"].as_str().unwrap()));
    })
    .await;
}

#[tokio::test]
async fn a_vacancy_that_is_closed_says_so_and_still_shows_who_applied() {
    both(async |world| {
        let Cast { employer, vacancy, recruiter, jobseeker, person, .. } = cast(world).await;
        let head = world.firms(Role::Owner, employer).await;
        let application = applied(world, &person, vacancy).await;
        let other = world.registered_in("620502100").await;
        let (page, api) = (
            format!("/vacancies/{vacancy}/shortlist"),
            format!("/api/v1/vacancies/{vacancy}/shortlist"),
        );
        let standing = format!("/api/v1/vacancies/{vacancy}/standing");
        let lead = async |act: &str, cause: &str| {
            let said = json!({ "act": act, "cause": cause }).to_string();
            world.by(&head).post(&standing, JSON, said).await.is(200);
        };
        let list = world.by(&recruiter).get(&api).await.is(200).json();
        assert_eq!(
            (&list["open"], &list["items"][0]["jobseeker_id"]),
            (&json!(true), &json!(other))
        );
        let closed = [
            ("zh-CN", "这个岗位现在不招人", "重新招聘"),
            ("en", "nobody new is put forward", "Offer again"),
        ];
        for (act, cause, state) in [
            ("pause", "", "paused"),
            ("fill", "", "filled"),
            ("withdraw", "not_needed", "withdrawn"),
        ] {
            lead(act, cause).await;
            for (lang, words, again) in closed {
                let path = format!("{page}?lang={lang}");
                let shown = world.by(&head).get(&path).await.is(200).text();
                assert!(shown.contains(words), "{state}: {shown}");
                assert!(shown.contains(&format!("/applications/{application}")), "{shown}");
                assert!(shown.contains(&jobseeker.label()) && !shown.contains(&other.label()));
                let link = shown.contains(&format!("/vacancies/{vacancy}/manage"));
                assert!(link && shown.contains(again) == (state != "paused"), "{state}: {shown}");
            }
            let shown = world.by(&recruiter).get(&page).await.is(200).text();
            assert!(shown.contains("这个岗位现在不招人") && !shown.contains("重新招聘"), "{shown}");
            let list = world.by(&recruiter).get(&api).await.is(200).json();
            assert_eq!((&list["open"], &list["state"]), (&json!(false), &json!(state)));
            assert_eq!(list["items"], json!([]));
            assert_eq!(list["applied"][0]["id"], json!(application));
            invite(world, &recruiter, (vacancy, other)).await.is(422);
            if state == "filled" {
                lead("reopen", "").await;
            }
        }
    })
    .await;
}

#[tokio::test]
async fn who_does_not_want_to_be_seen_is_on_no_shortlist() {
    both(async |world| {
        let Cast { vacancy, recruiter, jobseeker, person, .. } = cast(world).await;
        let say = async |given: &str| {
            let said = [("purpose", "employers"), ("given", given)];
            world.by(&person).form("/me/data/consent", &said).await.is(303);
        };
        say("false").await;
        assert!(shortlist(world, &recruiter, vacancy).await.is_empty());
        invite(world, &recruiter, (vacancy, jobseeker)).await.is(404);
        say("true").await;
        assert_eq!(shortlist(world, &recruiter, vacancy).await.len(), 1);
        let deed =
            store::Deed { name: "jobseeker.edit", actor: "story".into(), at: world.app.now() };
        let mut w = world.app.db().write(deed).await.unwrap();
        let sql = "update jobseeker set visible = $2 where id = $1";
        w.exec(sql, store::vals![jobseeker, false]).await.unwrap();
        w.commit().await.unwrap();
        assert!(shortlist(world, &recruiter, vacancy).await.is_empty());
        invite(world, &recruiter, (vacancy, jobseeker)).await.is(404);
        assert_eq!(deeds(world, "invitation.make").await, 0);
    })
    .await;
}

#[tokio::test]
async fn somebody_says_no_and_nobody_elses_vacancy_or_invitation_is_there() {
    both(async |world| {
        let Cast { vacancy, recruiter, jobseeker, person, clerk, .. } = cast(world).await;
        let (other, elsewhere) = world.firm("乙公司", "620502").await;
        let rival = world.firms(Role::Recruiter, other).await;
        let page = format!("/vacancies/{vacancy}/shortlist");
        world.by(&rival).get(&page).await.is(404);
        world.by(&clerk).get(&page).await.is(403);
        invite(world, &rival, (vacancy, jobseeker)).await.is(404);
        invite(world, &rival, (elsewhere, world.app.id())).await.is(404);
        invite(world, &recruiter, (vacancy, jobseeker)).await.is(303);
        let waiting = world.by(&person).get("/api/v1/invitations").await.is(200).json();
        let id = waiting["items"][0]["id"].as_str().unwrap().to_owned();
        let path = format!("/me/invitations/{id}");
        let stranger = world.registered_in("620502").await;
        let stranger = world.jobseeker(stranger).await;
        world.by(&stranger).form(&path, &[("answer", "agreed")]).await.is(404);
        world.by(&person).form(&path, &[("answer", "declined")]).await.is(303);
        let list = shortlist(world, &recruiter, vacancy).await;
        let asked = list.iter().find(|one| one["answer"] == "declined");
        assert!(asked.is_some(), "{list:?}");
        let mine = world.by(&person).get("/me/applications").await.is(200).text();
        assert!(!mine.contains("邀请您应聘"), "{mine}");
    })
    .await;
}
