//! Stories of a clerk's table: one box for everything, letters in one go, what waits, and undo.

use model::access::Role;

use crate::{
    application::{Cast, applied, cast, deeds},
    world::both,
};

#[tokio::test]
async fn the_box_finds_a_letter_a_person_and_vacancies_and_says_when_nothing_is_there() {
    both(async |world| {
        let Cast { jobseeker, clerk, vacancy, network, person, .. } = cast(world).await;
        world.work().await;
        let ask = |q: &str| format!("/counter?q={}", web::guard::encoded(q));
        let found = world.by(&clerk).get(&ask("电焊工")).await.is(200).text();
        assert!(found.contains(&format!("/vacancies/{vacancy}")), "{found}");
        let none = world.by(&clerk).get(&ask("13800138000")).await.is(200).text();
        assert!(none.contains("没有找到"), "{none}");
        let chosen = format!("/counter?person={jobseeker}");
        let page = world.by(&clerk).get(&chosen).await.is(200).text();
        assert!(page.contains(&format!("/jobseekers/{jobseeker}/referrals")), "{page}");
        assert!(page.contains("name=\"vacancy\""), "{page}");
        let far = world.staff(Role::Clerk, network.gangu).await;
        world.by(&far).get(&chosen).await.is(404);
        world.by(&person).get("/counter").await.is(403);
        // ticked, and issued in one go
        let path = format!("/jobseekers/{jobseeker}/referrals");
        let id = vacancy.to_string();
        let letters = world.by(&clerk).form(&path, &[("vacancy", &id)]).await.is(303);
        assert_eq!(deeds(world, "application.refer").await, 2, "the letter, and that they spoke");
        assert!(letters.location().starts_with("/applications/letters?id="));
        let letter = world.by(&clerk).get(&ask("1-2026-1")).await.is(303);
        assert!(letter.location().starts_with("/applications/"), "{}", letter.location());
    })
    .await;
}

#[tokio::test]
async fn who_was_not_spoken_with_is_on_the_table_until_somebody_did_and_that_is_undone() {
    both(async |world| {
        let Cast { jobseeker, clerk, network, .. } = cast(world).await;
        let listed = format!("value=\"{jobseeker}\"");
        let page = world.by(&clerk).get("/workbench").await.is(200).text();
        assert!(!page.contains(&listed), "registered today");
        world.at("2026-12-30T02:00:00Z");
        let clerk = world.in_again(&clerk).await;
        let page = world.by(&clerk).get("/workbench").await.is(200).text();
        assert!(page.contains(&listed) && page.contains("30 天没有联系的人"), "{page}");
        let id = jobseeker.to_string();
        let noted = [("person", id.as_str()), ("way", "phone")];
        let done = world.by(&clerk).form("/workbench/contacts", &noted).await.is(303);
        let page = world.by(&clerk).get(done.location()).await.is(200).text();
        assert!(!page.contains(&listed) && page.contains("撤销"), "{page}");
        let batch = done.location().split("batch=").nth(1).unwrap().split('&').next().unwrap();
        // another cannot undo it
        let far = world.staff(Role::Clerk, network.qinzhou).await;
        let undo = "/workbench/contacts/undo";
        let nothing = world.by(&far).form(undo, &[("batch", batch)]).await.is(303);
        assert!(nothing.location().ends_with("count=0"), "{}", nothing.location());
        world.by(&clerk).form(undo, &[("batch", batch)]).await.is(303);
        let page = world.by(&clerk).get("/workbench").await.is(200).text();
        assert!(page.contains(&listed), "{page}");
        assert_eq!(deeds(world, "contact.note").await, 1);
        assert_eq!(deeds(world, "contact.undo").await, 1);
        world.by(&clerk).form("/workbench/contacts", &[("way", "phone")]).await.is(422);
        let far = world.staff(Role::Clerk, network.gangu).await;
        world.by(&far).form("/workbench/contacts", &noted).await.is(404);
    })
    .await;
}

#[tokio::test]
async fn what_nobody_answers_is_ended_in_one_go_and_that_is_undone() {
    both(async |world| {
        let Cast { vacancy, clerk, person, .. } = cast(world).await;
        let id = applied(world, &person, vacancy).await;
        world.at("2026-11-30T02:00:00Z");
        let clerk = world.in_again(&clerk).await;
        let listed = format!("name=\"application\" value=\"{id}\"");
        let page = world.by(&clerk).get("/workbench").await.is(200).text();
        assert!(page.contains(&listed), "{page}");
        let path = "/workbench/applications";
        let ticked = [("application", id.as_str()), ("act", "lapse")];
        let done = world.by(&clerk).form(path, &ticked).await.is(303);
        let page = world.by(&clerk).get(done.location()).await.is(200).text();
        assert!(page.contains("已结束 1 件") && page.contains("value=\"reopen\""), "{page}");
        let back = [("application", id.as_str()), ("act", "reopen")];
        world.by(&clerk).form(path, &back).await.is(303);
        let open = world.by(&clerk).get(&format!("/api/v1/applications/{id}")).await.json();
        assert_eq!(open["state"], "submitted");
        for lang in ["zh-CN", "en"] {
            let page = world.by(&clerk).get(&format!("/workbench?lang={lang}")).await.is(200);
            assert!(!page.text().contains("workbench."), "{}", page.text());
        }
    })
    .await;
}
