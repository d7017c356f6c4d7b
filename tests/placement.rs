//! Stories of placements: begun by a hire, registered in time, ended once.

use model::{access::Role, placement::State};
use serde_json::{Value, json};

use crate::{
    application::{Cast, JSON, applied, cast, deeds, moved},
    world::{World, both, people::Member},
};

async fn listed(world: &World, who: &Member, which: &str) -> Vec<Value> {
    let path = format!("/api/v1/placements?which={which}");
    world.by(who).get(&path).await.is(200).json()["items"].as_array().unwrap().clone()
}

fn work() -> Value {
    json!({ "kind": "employed", "employer_name": "甲公司", "post": "电焊工",
        "region": "620502", "started_on": "2026-11-22", "wage": 520_000, "contract": "fixed_term",
        "signed_on": "2026-11-22", "until": "2027-11-21", "insured_on": "2026-12-01" })
}

#[tokio::test]
async fn a_hire_is_registered_within_thirty_days_and_ended_within_fifteen() {
    both(async |world| {
        let Cast { vacancy, recruiter, person, clerk, .. } = cast(world).await;
        let id = applied(world, &person, vacancy).await;
        moved(world, &recruiter, &id, json!({ "act": "hire" })).await.is(200);
        let due = listed(world, &clerk, "due").await;
        assert_eq!(due.len(), 1);
        assert_eq!((&due[0]["due_on"], &due[0]["channel"]), (&json!("2026-12-22"), &json!("own")));
        let path = format!("/placements/{}", due[0]["id"].as_str().unwrap());
        // the form has what the vacancy said; a slip of the pen is told at its field
        let page = world.by(&clerk).get(&path).await.is(200).text();
        assert!(
            page.contains("value=\"甲公司\"") && page.contains("最晚 2026年12月22日"),
            "{page}"
        );
        let wrong = [
            ("kind", "employed"),
            ("employer_name", "甲公司"),
            ("post", "电焊工"),
            ("started_on", "2026-11-22"),
            ("contract", "fixed_term"),
        ];
        let told = world.by(&clerk).form(&path, &wrong).await.is(422).text();
        assert!(told.contains("固定期限合同要写到期日"), "{told}");
        let api = format!("/api/v1{path}");
        let done = world.by(&clerk).post(&api, JSON, work().to_string()).await.is(200).json();
        assert_eq!((&done["state"], &done["due_on"]), (&json!("registered"), &json!("2027-12-06")));
        assert!(listed(world, &clerk, "due").await.is_empty());
        assert_eq!(listed(world, &clerk, "open").await.len(), 1);
        // the employer tells the end; the office registers it
        world.at("2026-12-10T02:00:00Z");
        let (recruiter, clerk) = (world.in_again(&recruiter).await, world.in_again(&clerk).await);
        let end = [("ended_on", "2026-12-09"), ("reason", "resigned")];
        world.by(&recruiter).form(&format!("{path}/end"), &end).await.is(303);
        assert_eq!(listed(world, &clerk, "due").await[0]["due_on"], "2026-12-24");
        world.at("2026-12-26T02:00:00Z");
        let clerk = world.in_again(&clerk).await;
        assert_eq!(listed(world, &clerk, "overdue").await.len(), 1);
        world.by(&clerk).form(&format!("{path}/end"), &end).await.is(303);
        let page = world.by(&clerk).get(&path).await.is(200).text();
        assert!(page.contains("比规定晚登记 2 天"), "{page}");
        world.by(&clerk).form(&format!("{path}/end"), &end).await.is(422);
        // the end of the employer, the end of the office, and that the person looks for work again
        assert_eq!(deeds(world, "placement.end").await, 3);
    })
    .await;
}

#[tokio::test]
async fn nobody_is_placed_twice_however_often_one_clicks() {
    both(async |world| {
        let Cast { vacancy, recruiter, person, jobseeker, clerk, .. } = cast(world).await;
        let id = applied(world, &person, vacancy).await;
        let tries = (0..4).map(|_| moved(world, &recruiter, &id, json!({ "act": "hire" })));
        for answer in futures_util::future::join_all(tries).await {
            answer.is(200);
        }
        assert_eq!(listed(world, &clerk, "due").await.len(), 1);
        let again = format!("/api/v1/jobseekers/{jobseeker}/placements");
        let told = world.by(&clerk).post(&again, JSON, work().to_string()).await.is(422).json();
        assert_eq!(told["code"], "placement.works_there");
        let mut r = world.app.db().read().await.unwrap();
        let scope = model::access::Actor::program("story").scope();
        let all = store::placement::of_person(&mut r, &scope, jobseeker, 9).await.unwrap();
        assert_eq!((all.len(), all[0].state), (1, State::Hired));
    })
    .await;
}

#[tokio::test]
async fn flexible_work_and_ones_own_business_are_registered_without_an_employer() {
    both(async |world| {
        let Cast { jobseeker, clerk, network, person, .. } = cast(world).await;
        let path = format!("/jobseekers/{jobseeker}/placements");
        world.by(&clerk).get(&path).await.is(200);
        let given = [
            ("kind", "flexible"),
            ("post", "家政"),
            ("started_on", "2026-11-20"),
            ("wage", "3,200"),
            ("channel", "elsewhere"),
        ];
        let made = world.by(&clerk).form(&path, &given).await.is(303).location().to_owned();
        let made = world.by(&person).get(&format!("/api/v1{made}")).await.is(200).json();
        assert_eq!(
            (&made["work"]["wage"], &made["state"]),
            (&json!(320_000), &json!("registered"))
        );
        world.by(&clerk).form(&path, &given).await.is(422);
        let own = json!({ "kind": "self_employed", "post": "早点铺", "started_on": "2026-11-01" });
        let api = format!("/api/v1{path}");
        world.by(&clerk).post(&api, JSON, own.to_string()).await.is(201);
        let far = world.staff(Role::Clerk, network.gangu).await;
        world.by(&far).post(&api, JSON, own.to_string()).await.is(404);
        assert!(listed(world, &far, "open").await.is_empty());
        assert_eq!(deeds(world, "placement.register").await, 2);
        for lang in ["zh-CN", "en"] {
            let page = world.by(&clerk).get(&format!("/placements?which=open&lang={lang}")).await;
            assert!(!page.is(200).text().contains("placement."));
        }
    })
    .await;
}
