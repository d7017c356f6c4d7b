//! Stories of an employer with its vacancies: places that are left, an end that is near, and texts kept to
//! begin from.

use model::access::Role;
use serde_json::json;

use super::{act, deeds as told};
use crate::{
    application::{Cast, JSON, applied, cast, deeds, moved, wanted},
    world::both,
};

#[tokio::test]
async fn everybody_sees_how_many_places_are_left_and_who_was_hired_looks_for_work_no_longer() {
    both(async |world| {
        let Cast { employer, vacancy, recruiter, person, jobseeker, clerk, .. } = cast(world).await;
        wanted(world, vacancy, 3).await;
        world.work().await;
        let id = applied(world, &person, vacancy).await;
        moved(world, &recruiter, &id, json!({ "act": "hire" })).await.is(200);
        world.work().await;
        let page = world.stranger().get(&format!("/vacancies/{vacancy}")).await.is(200).text();
        assert!(page.contains("招 3 人，还缺 2 人"), "{page}");
        assert!(page.contains("\"totalJobOpenings\":2"), "{page}");
        let list = world.stranger().get("/vacancies?lang=en").await.is(200).text();
        assert!(list.contains("2 of 3 places open"), "{list}");
        let one = world.stranger().get(&format!("/api/v1/vacancies/{vacancy}")).await.is(200);
        assert_eq!(one.json()["places_open"], 2);
        let owner = world.firms(Role::Owner, employer).await;
        assert!(world.by(&owner).get("/desk").await.is(200).text().contains("还缺 2 人"));
        // on no list of candidates any more, until the office registers that the work has ended
        let listed = format!("/api/v1/vacancies/{vacancy}/candidates");
        let listed = async || world.by(&clerk).get(&listed).await.is(200).text();
        assert!(!listed().await.contains(&jobseeker.to_string()));
        let placed = world.by(&clerk).get("/api/v1/placements").await.is(200).json();
        let placed = placed["items"][0]["id"].as_str().unwrap().to_owned();
        let end = json!({ "ended_on": "2026-11-22", "reason": "resigned" }).to_string();
        let path = format!("/api/v1/placements/{placed}/end");
        world.by(&clerk).post(&path, JSON, end).await.is(200);
        world.work().await;
        assert!(listed().await.contains(&jobseeker.to_string()));
    })
    .await;
}

#[tokio::test]
async fn an_employer_is_reminded_once_before_a_vacancy_ends_and_again_after_it_was_renewed() {
    both(async |world| {
        let (employer, id) = world.firm("甲公司", "620502").await;
        let (_, nobodys) = world.firm("乙公司", "620502").await;
        let recruiter = world.firms(Role::Recruiter, employer).await;
        assert_eq!(app::vacancy::life::remind(&world.app).await.unwrap(), 0);
        world.at("2027-02-15T02:00:00Z");
        assert_eq!(
            app::vacancy::life::remind(&world.app).await.unwrap(),
            1,
            "only where somebody is"
        );
        assert_eq!(app::vacancy::life::remind(&world.app).await.unwrap(), 0);
        assert_eq!(deeds(world, "vacancy.remind").await, 0, "a reminder changes nothing");
        assert!(told(world, nobodys).await.is_empty() || !told(world, id).await.is_empty());
        let recruiter = world.in_again(&recruiter).await;
        let page = world.by(&recruiter).get("/notices").await.is(200).text();
        assert!(page.contains("“电焊工”快到期了"), "{page}");
        assert!(page.contains(&format!("/vacancies/{id}/manage")), "{page}");
        let owner = world.firms(Role::Owner, employer).await;
        assert_eq!(act(world, &owner, id, "renew", &[("until", "2027-03-20")]).await, 303);
        assert_eq!(app::vacancy::life::remind(&world.app).await.unwrap(), 0);
        world.at("2027-03-14T02:00:00Z");
        assert_eq!(app::vacancy::life::remind(&world.app).await.unwrap(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_text_is_kept_under_a_name_begun_from_and_removed() {
    both(async |world| {
        let (employer, _) = world.firm("甲公司", "620502").await;
        let (other, _) = world.firm("乙公司", "620502").await;
        let poster = world.firms(Role::Poster, employer).await;
        let rival = world.firms(Role::Poster, other).await;
        let text = [
            ("title", "电焊工"),
            ("duties", "焊接钢架，两班倒"),
            ("wage", "6000-8000元/月"),
            ("expires_on", "2026-12-31"),
            ("pattern", "夜班焊工"),
        ];
        world.by(&poster).form("/vacancies/patterns", &text).await.is(303);
        world.by(&poster).form("/vacancies/patterns", &[("pattern", " ")]).await.is(422);
        let page = world.by(&poster).get("/vacancies/new").await.is(200).text();
        let key = page.split("/vacancies/new?pattern=").nth(1).unwrap();
        let key = key.split('"').next().unwrap().to_owned();
        assert!(page.contains("夜班焊工"), "{page}");
        let path = format!("/vacancies/new?pattern={key}");
        let begun = world.by(&poster).get(&path).await.is(200).text();
        assert!(begun.contains("焊接钢架，两班倒") && begun.contains("6000-8000元/月"), "{begun}");
        assert!(!begun.contains("2026-12-31"), "each has a last day of its own");
        // nobody else's
        world.by(&rival).get(&path).await.is(404);
        let end = format!("/vacancies/patterns/{key}/end");
        world.by(&rival).form(&end, &[]).await.is(404);
        world.by(&poster).form(&end, &[]).await.is(303);
        let page = world.by(&poster).get("/vacancies/new").await.is(200).text();
        assert!(!page.contains("夜班焊工"), "{page}");
        for deed in ["vacancy.keep_pattern", "vacancy.end_pattern"] {
            assert!(model::access::names().any(|(name, _)| name == deed));
        }
    })
    .await;
}
