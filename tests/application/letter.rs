//! Letters: numbered, printed, answered at the door; never to one's own firm or a relative's.

use model::{Id, access::Role, vacancy::Vacancy};
use serde_json::json;

use super::{Cast, JSON, cast, deeds, state};
use crate::world::{Answer, World, both, people::Member};

async fn refer(world: &World, who: &Member, cast: &Cast, to: &[Id<Vacancy>]) -> Answer {
    let path = format!("/api/v1/jobseekers/{}/referrals", cast.jobseeker);
    let body = json!({ "vacancy_ids": to }).to_string();
    world.by(who).post(&path, JSON, body).await
}

fn ids(answer: &Answer) -> Vec<(String, String)> {
    let items = answer.json()["items"].as_array().unwrap().clone();
    let text = |value: &serde_json::Value| value.as_str().unwrap().to_owned();
    items.iter().map(|one| (text(&one["id"]), text(&one["number"]))).collect()
}

/// The address that the picture on a letter stands for.
fn door(page: &str) -> String {
    let at = page.find("/letters/").expect("a letter names its door");
    page.split_at(at).1.chars().take("/letters/".len() + 32).collect()
}

#[tokio::test]
async fn letters_are_numbered_without_gaps_and_answered_at_the_door() {
    both(async |world| {
        let all = cast(world).await;
        let (_, second) = world.firm("乙公司", "620502").await;
        let made = refer(world, &all.clerk, &all, &[all.vacancy, second]).await.is(201);
        let made = ids(&made);
        assert_eq!((made[0].1.as_str(), made[1].1.as_str()), ("001-2026-00001", "001-2026-00002"));
        // two letters, and that the office spoke with the person
        assert_eq!(deeds(world, "application.refer").await, 3);
        // twice to the same place is refused as a whole, and leaves no gap
        let (_, third) = world.firm("丙公司", "620502").await;
        let again = refer(world, &all.clerk, &all, &[third, second]).await.is(422).json();
        assert_eq!(again["code"], "application.referred");
        let next = ids(&refer(world, &all.clerk, &all, &[third]).await.is(201));
        assert_eq!(next[0].1, "001-2026-00003");
        let path = format!("/applications/letters?id={}&id={}", made[0].0, made[1].0);
        let page = world.by(&all.clerk).get(&path).await.is(200).text();
        for words in ["测试甲", "001-2026-00001", "甲公司", "<svg", "秦州区中心"] {
            assert!(page.contains(words), "{words} in {page}");
        }
        let door = door(&page);
        let shown = world.stranger().get(&door).await.is(200).text();
        assert!(shown.contains("甲公司") && !shown.contains("测试甲"), "{shown}");
        world.stranger().form(&door, &[("act", "arrive")]).await.is(303);
        world.stranger().form(&door, &[("act", "reject")]).await.is(422);
        world.stranger().form(&door, &[("act", "agree")]).await.is(422);
        world.stranger().form(&door, &[("act", "hire")]).await.is(303);
        world.stranger().form(&door, &[("act", "hire")]).await.is(303);
        assert_eq!(state(world, &all.person, &made[0].0).await, "hired");
        assert_eq!(state(world, &all.person, &made[1].0).await, "lapsed");
        assert!(deeds(world, "application.confirm").await >= 2, "arrived and hired");
        world.stranger().get(&format!("/letters/{}", "0".repeat(32))).await.is(404);
        // the letter printed again bears the same code
        assert!(world.by(&all.clerk).get(&path).await.is(200).text().contains(&door));
        let mut r = world.app.db().read().await.unwrap();
        let code = door.rsplit('/').next().unwrap();
        assert!(store::application::letter::of_code(&mut r, code).await.unwrap().is_none());
    })
    .await;
}

#[tokio::test]
async fn a_clerk_sends_nobody_to_their_own_firm_or_a_relatives() {
    both(async |world| {
        let all = cast(world).await;
        let declared = [("employer", "甲公司"), ("kind", "relative")];
        world.by(&all.clerk).form("/interests", &declared).await.is(303);
        world.by(&all.clerk).form("/interests", &declared).await.is(303);
        let unknown = [("employer", "没有这家"), ("kind", "own")];
        world.by(&all.clerk).form("/interests", &unknown).await.is(422);
        let refused = refer(world, &all.clerk, &all, &[all.vacancy]).await.is(422).json();
        assert_eq!(refused["code"], "interest.relative");
        let page = world.by(&all.clerk).get("/interests").await.is(200).text();
        assert!(page.contains("甲公司") && page.contains("近亲属"), "{page}");
        // a colleague may; and so may the clerk once it is over
        let colleague = world.staff(Role::Clerk, all.network.qinzhou).await;
        assert!(!world.by(&colleague).get("/interests").await.is(200).text().contains("甲公司"));
        let id = page.split("/interests/").nth(1).unwrap().split('/').next().unwrap();
        world.by(&colleague).form(&format!("/interests/{id}/end"), &[]).await.is(404);
        world.by(&all.clerk).form(&format!("/interests/{id}/end"), &[]).await.is(303);
        refer(world, &all.clerk, &all, &[all.vacancy]).await.is(201);
        assert_eq!(deeds(world, "interest.declare").await, 1);
        assert_eq!(deeds(world, "interest.end").await, 1);
    })
    .await;
}

#[tokio::test]
async fn another_offices_person_gets_no_letter_and_no_one_else_sees_it() {
    both(async |world| {
        let all = cast(world).await;
        let far = world.staff(Role::Clerk, all.network.gangu).await;
        refer(world, &far, &all, &[all.vacancy]).await.is(404);
        let made = ids(&refer(world, &all.clerk, &all, &[all.vacancy]).await.is(201));
        world.by(&far).get(&format!("/applications/{}", made[0].0)).await.is(404);
        world.by(&far).get(&format!("/applications/letters?id={}", made[0].0)).await.is(404);
        let list = world.by(&far).get("/api/v1/applications").await.is(200).json();
        assert_eq!(list["items"].as_array().unwrap().len(), 0);
        let above = world.staff(Role::Clerk, all.network.city).await;
        world.by(&above).get(&format!("/applications/{}", made[0].0)).await.is(200);
        let path = format!("/jobseekers/{}/referrals", all.jobseeker);
        world.by(&all.clerk).form(&path, &[]).await.is(422);
        world.by(&all.person).form(&path, &[]).await.is(403);
        let ticked = [("vacancy", all.vacancy.to_string())];
        let ticked: Vec<_> = ticked.iter().map(|(name, id)| (*name, id.as_str())).collect();
        world.by(&all.clerk).form(&path, &ticked).await.is(422);
    })
    .await;
}
