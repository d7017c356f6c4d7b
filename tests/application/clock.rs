//! The clock of answers: reminded before, told to the clerk after, counted once, ended at last.

use model::access::Actor;

use super::{Cast, applied, cast, deeds, moved, state};
use crate::world::{World, both};

async fn tick(world: &World, time: &str) -> usize {
    world.at(time);
    app::application::clock::catch_up(&world.app).await.unwrap()
}

#[tokio::test]
async fn an_employer_that_does_not_answer_is_reminded_and_then_the_clerk_is_told() {
    both(async |world| {
        let Cast { vacancy, person, clerk, employer, recruiter, .. } = cast(world).await;
        let id = applied(world, &person, vacancy).await;
        assert_eq!(tick(world, "2026-11-23T02:00:00Z").await, 0, "it is early");
        assert_eq!(tick(world, "2026-11-25T02:00:00Z").await, 1, "reminded two days before");
        assert_eq!(tick(world, "2026-11-27T02:00:00Z").await, 0, "once");
        assert_eq!(tick(world, "2026-11-28T02:00:00Z").await, 1, "the day is past");
        assert_eq!(tick(world, "2026-11-28T03:00:00Z").await, 0);
        assert_eq!(deeds(world, "application.follow").await, 2);
        let clerk = world.in_again(&clerk).await;
        let list = world.by(&clerk).get("/applications?which=overdue").await.is(200).text();
        assert!(list.contains("电焊工") && list.contains("late"), "{list}");
        // silence counts against the employer once, an answer that comes too late does not help
        let recruiter = world.in_again(&recruiter).await;
        moved(world, &recruiter, &id, serde_json::json!({ "act": "shortlist" })).await.is(200);
        let scope = Actor::program("story").scope();
        let mut r = world.app.db().read().await.unwrap();
        let share = store::employer::answers(&mut r, &scope, &[employer]).await.unwrap();
        assert_eq!(share, [(employer, 0)]);
        drop(r);
        let page = world.stranger().get(&format!("/employers/{employer}")).await.is(200).text();
        assert!(page.contains("每 100 份应聘按时回复 0 份"), "{page}");
    })
    .await;
}

#[tokio::test]
async fn what_nobody_ever_answers_lapses_and_waits_again_when_the_clerk_says_so() {
    both(async |world| {
        let Cast { vacancy, person, clerk, .. } = cast(world).await;
        let id = applied(world, &person, vacancy).await;
        tick(world, "2026-12-29T02:00:00Z").await;
        let (person, clerk) = (world.in_again(&person).await, world.in_again(&clerk).await);
        assert_eq!(state(world, &person, &id).await, "lapsed");
        moved(world, &person, &id, serde_json::json!({ "act": "reopen" })).await.is(422);
        moved(world, &clerk, &id, serde_json::json!({ "act": "reopen" })).await.is(200);
        assert_eq!(state(world, &person, &id).await, "submitted");
        // an end of the vacancy ends it too
        let close = format!("/vacancies/{vacancy}/close");
        world.by(&clerk).form(&close, &[("state", "withdrawn")]).await.is(303);
        assert_eq!(tick(world, "2026-12-29T03:00:00Z").await, 1);
        assert_eq!(state(world, &person, &id).await, "lapsed");
    })
    .await;
}
