//! Stories of saved searches: a new vacancy that answers one gives one notice, and only one.

use model::{Id, vacancy::Vacancy};
use serde_json::json;

use crate::{
    application::{Cast, JSON, cast},
    world::{World, both},
};

async fn look(world: &World, time: &str) -> usize {
    world.at(time);
    world.work().await;
    app::subscription::look(&world.app, web::vacancy::params::of_text).await.unwrap()
}

/// The log tells of a vacancy, so that the index reads it.
async fn told(world: &World, id: Id<Vacancy>) {
    let deed = store::Deed { name: "vacancy.import", actor: "story".into(), at: world.app.now() };
    let mut w = world.app.db().write(deed).await.unwrap();
    let (noun, subject, region) = ("vacancy", id.uuid(), String::new());
    w.note(store::Note { noun, subject, region, change: json!({}) });
    w.commit().await.unwrap();
}

#[tokio::test]
async fn a_new_vacancy_that_answers_gives_one_notice() {
    both(async |world| {
        let Cast { person, clerk, .. } = cast(world).await;
        world.work().await;
        let list =
            world.by(&person).get("/vacancies?q=%E7%94%B5%E7%84%8A%E5%B7%A5").await.is(200).text();
        assert!(list.contains("有新岗位告诉我"), "{list}");
        let body = json!({ "query": "q=电焊工", "name": "焊工" }).to_string();
        let api = "/api/v1/subscriptions";
        world.by(&person).post(api, JSON, body.clone()).await.is(201);
        // the same again, and its longer form, is the same
        world.by(&person).post(api, JSON, body).await.is(201);
        let again = json!({ "query": "q=电焊工&sort=fit&limit=20" }).to_string();
        world.by(&person).post(api, JSON, again).await.is(201);
        let kept = world.by(&person).get(api).await.is(200).json();
        assert_eq!(kept["items"].as_array().unwrap().len(), 1, "{kept}");
        assert_eq!(look(world, "2026-11-22T00:45:00Z").await, 0, "what is there is not new");
        world.at("2026-11-22T00:50:00Z");
        let (_, fresh) = world.firm("乙公司", "620502").await;
        told(world, fresh).await;
        assert_eq!(look(world, "2026-11-22T00:52:00Z").await, 0, "looked at a moment ago");
        assert_eq!(look(world, "2026-11-22T01:00:00Z").await, 1);
        assert_eq!(look(world, "2026-11-22T01:20:00Z").await, 0, "once");
        let page = world.by(&person).get("/notices").await.is(200).text();
        assert!(
            page.contains("符合您的订阅") && page.contains(&format!("/vacancies/{fresh}")),
            "{page}"
        );
        world.by(&clerk).get("/me/subscriptions").await.is(403);
    })
    .await;
}

#[tokio::test]
async fn a_question_that_is_ended_or_not_understood_tells_nothing() {
    both(async |world| {
        let Cast { person, .. } = cast(world).await;
        world.work().await;
        let wrong = [("query", "colour=red")];
        world.by(&person).form("/me/subscriptions", &wrong).await.is(422);
        let kept = [("query", "q=电焊工"), ("name", "焊工")];
        world.by(&person).form("/me/subscriptions", &kept).await.is(303);
        let page = world.by(&person).get("/me/subscriptions").await.is(200).text();
        let id = page.split("/me/subscriptions/").nth(1).unwrap().split('/').next().unwrap();
        let end = format!("/me/subscriptions/{id}/end");
        let other = world.registered_in("620502100").await;
        let other = world.jobseeker(other).await;
        world.by(&other).form(&end, &[]).await.is(404);
        world.by(&person).form(&end, &[]).await.is(303);
        world.at("2026-11-22T00:50:00Z");
        let (_, fresh) = world.firm("乙公司", "620502").await;
        told(world, fresh).await;
        assert_eq!(look(world, "2026-11-22T01:10:00Z").await, 0);
        // "subscription.keep", "subscription.end" and "subscription.tell" leave no event: what a
        // person looks for is nobody's business
        for lang in ["zh-CN", "en"] {
            let path = format!("/me/subscriptions?lang={lang}");
            assert!(!world.by(&person).get(&path).await.is(200).text().contains("subscription."));
        }
    })
    .await;
}
