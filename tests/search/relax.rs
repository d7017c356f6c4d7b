//! Stories of finding nothing: every way on leads to exactly as many vacancies as it says.

use model::vacancy::Vacancy;
use serde_json::Value;

use super::{Office, both};
use crate::world::World;

fn at(mut vacancy: Vacancy, region: &str, pay: i64) -> Vacancy {
    vacancy.offer.place.region = region.into();
    (vacancy.offer.pay_from, vacancy.offer.pay_to) = (Some(pay), Some(pay));
    let (longitude, latitude) = if region == "620502" { (105.72, 34.58) } else { (105.66, 34.86) };
    (vacancy.offer.place.longitude, vacancy.offer.place.latitude) =
        (Some(longitude), Some(latitude));
    vacancy
}

async fn instead(world: &World, query: &str) -> Value {
    let found = world.stranger().get(&format!("/api/v1/vacancies?{query}")).await.is(200).json();
    assert_eq!(found["total"], 0, "{query}");
    for list in ["relaxed", "nearby"] {
        for way in found["instead"][list].as_array().unwrap() {
            let path = format!("/api/v1{}", way["page"].as_str().unwrap());
            let led = world.stranger().get(&path).await.is(200).json();
            assert_eq!(led["total"], way["count"], "{query}: {path}");
            assert!(way["count"].as_u64() > Some(0), "{query}: {path}");
        }
    }
    found["instead"].clone()
}

fn counts(list: &Value) -> Vec<(String, u64)> {
    let pair =
        |way: &Value| (way["name"].as_str().unwrap().to_owned(), way["count"].as_u64().unwrap());
    list.as_array().unwrap().iter().map(pair).collect()
}

fn has(ways: &[(String, u64)], name: &str, count: u64) -> bool {
    ways.iter().any(|way| way.0.contains(name) && way.1 == count)
}

#[tokio::test]
async fn one_thing_less_gives_as_many_as_it_says() {
    both(async |world| {
        let office = Office::open(world).await;
        let posts = [
            at(office.vacancy("电焊工"), "620502", 500_000),
            at(office.vacancy("电焊工"), "620502", 600_000),
            at(office.vacancy("电焊工"), "620503", 900_000),
            at(office.vacancy("车工"), "620502", 900_000),
        ];
        office.publish(&posts).await;
        world.work().await;
        let ways = instead(world, "q=电焊工&region=620502&wage_min=8000").await;
        let relaxed = counts(&ways["relaxed"]);
        assert!(has(&relaxed, "不限工资", 2), "{relaxed:?}");
        assert!(has(&relaxed, "不限地点", 1), "{relaxed:?}");
        assert!(has(&relaxed, "50 公里", 1), "{relaxed:?}");
        let nearby = counts(&ways["nearby"]);
        assert!(nearby.len() == 1 && nearby[0].0.contains("麦积区"), "{nearby:?}");
        let page = "/vacancies?q=电焊工%20潜水";
        let found = world.stranger().get(&format!("/api/v1{page}")).await.is(200).json();
        assert_eq!(
            (&found["total"], &found["understood"]["missing"][0]),
            (&3.into(), &"潜水".into())
        );
        assert!(world.stranger().get(page).await.is(200).text().contains("没有岗位提到“潜水”"));
        let page = "/vacancies?q=电焊工&region=620502&wage_min=8000";
        let page = world.stranger().get(page).await.is(200).text();
        assert!(page.contains("不限工资") && page.contains("麦积区"));
    })
    .await;
}

#[tokio::test]
async fn pinyin_that_found_nothing_is_taken_for_what_it_spells() {
    both(async |world| {
        let office = Office::open(world).await;
        let mut welder = office.vacancy("电焊工");
        welder.offer.occupation = "6-18-02-04".into();
        office.publish(&[welder]).await;
        world.work().await;
        let ways = instead(world, "q=hangong").await;
        assert_eq!(ways["meant"][0]["name"], "焊工");
        let english = world.stranger().get("/vacancies?q=zzqq&lang=en").await.is(200).text();
        assert!(english.contains("Nothing matches"));
    })
    .await;
}
