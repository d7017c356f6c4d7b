//! Stories of lists that spread: a post that many have seen goes back a little, whoever has waited
//! gets a turn, and the plain order is one click away.

use app::{deed, exposure::flush};
use model::{Id, access::Actor, vacancy::Vacancy};
use serde_json::Value;

use crate::{
    assignment::{Fair, fair},
    world::{World, both},
};

async fn listed(world: &World, path: &str) -> Vec<(String, i64)> {
    let list = world.office().get(path).await.is(200).json();
    let entry =
        |item: &Value| (item["id"].as_str().unwrap().to_owned(), item["score"].as_i64().unwrap());
    list["items"].as_array().unwrap().iter().map(entry).collect()
}

/// As if the first post had been on so many lists yesterday.
async fn crowded(world: &World, fair: &Fair, shown: i64) {
    let (app, program) = (&world.app, Actor::program("exposure"));
    let post: Id<Vacancy> = fair.posts[0].parse().unwrap();
    let yesterday = app.today().pred_opt().unwrap();
    deed!(app, &program, "exposure.count", |w| {
        Ok(store::exposure::count(w, yesterday, &[(post, shown)]).await?)
    })
    .unwrap();
}

#[tokio::test]
async fn a_post_that_many_have_seen_goes_back_and_its_score_stays() {
    both(async |world| {
        let fair = fair(world).await;
        let api = format!("/api/v1/jobseekers/{}/matches", fair.people[0]);
        let plain = listed(world, &format!("{api}?order=plain")).await;
        assert_eq!(listed(world, &api).await, plain, "nobody has seen anything yet");
        crowded(world, &fair, 1_000_000).await;
        let spread = listed(world, &api).await;
        assert_eq!(listed(world, &format!("{api}?order=plain")).await, plain);
        let mut sorted = spread.clone();
        sorted.sort_by_key(|(_, score)| -score);
        assert_eq!(sorted, plain, "the same posts with the same scores");
        let gap = plain[0].1 - plain[1].1;
        assert_eq!(spread != plain, gap < 10_000, "by ten points at most: {plain:?}");
        assert_eq!(listed(world, &api).await, spread, "the same day gives the same list");
    })
    .await;
}

#[tokio::test]
async fn the_page_says_why_and_leads_to_the_plain_order() {
    both(async |world| {
        let fair = fair(world).await;
        let person = format!("/jobseekers/{}", fair.people[0]);
        let page = world.office().get(&person).await.is(200).text();
        assert!(page.contains(&format!("{person}?order=plain")) && page.contains("只按分数看"));
        let plain = world.office().get(&format!("{person}?order=plain&lang=en")).await;
        assert!(plain.is(200).text().contains("Back to the usual order"));
        let people = format!("/vacancies/{}/candidates", fair.posts[0]);
        let page = world.office().get(&people).await.is(200).text();
        assert!(page.contains("从未被推荐过的人"), "{page}");
        world.office().get(&format!("{people}?order=best")).await.is(400);
    })
    .await;
}

#[tokio::test]
async fn what_was_shown_is_counted_as_sums_and_days_only() {
    both(async |world| {
        let fair = fair(world).await;
        let api = format!("/api/v1/vacancies/{}/candidates", fair.posts[0]);
        let seen = listed(world, &api).await;
        listed(world, &format!("/api/v1/jobseekers/{}/matches", fair.people[0])).await;
        listed(world, &format!("/api/v1/jobseekers/{}/matches", fair.people[1])).await;
        flush(&world.app).await.unwrap();
        let mut r = world.app.db().read().await.unwrap();
        let (post, today) = (fair.posts[0].parse().unwrap(), world.app.today());
        let days = (today, today.succ_opt().unwrap());
        let loads = store::exposure::loads(&mut r, &[post], days).await.unwrap();
        assert_eq!(loads[0].1.shown, 2);
        let scope = Actor::office("test").scope();
        let turns = store::exposure::turns(&mut r, &scope, &fair.people).await.unwrap();
        let on = turns.iter().filter(|turn| turn.recommended_on == Some(today)).count();
        assert_eq!(on, seen.len());
        let log = store::event::after(&mut r, 0, 1_000).await.unwrap();
        assert!(log.iter().all(|event| event.deed != "exposure.count"), "nobody's looking is told");
    })
    .await;
}
