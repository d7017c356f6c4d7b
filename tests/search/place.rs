//! Stories of places in a question: which of several is meant, and names in letters.

use serde_json::Value;

use super::{Office, both};
use crate::world::World;

async fn understood(world: &World, words: &str) -> Value {
    let path = format!("/api/v1/vacancies?q={}", words.replace(' ', "%20"));
    world.stranger().get(&path).await.is(200).json()["understood"].clone()
}

#[tokio::test]
async fn a_name_of_several_places_is_asked_back_and_each_is_one_click_away() {
    both(async |world| {
        let office = Office::open(world).await;
        let mut rows = ["会计", "会计"].map(|title| office.vacancy(title)).to_vec();
        rows[0].offer.place.region = "440305".into();
        office.publish(&rows).await;
        world.work().await;
        let said = understood(world, "南山 会计").await;
        let places = said["ambiguous"]["places"].as_array().unwrap();
        let names: Vec<_> = places.iter().map(|place| place["name"].as_str().unwrap()).collect();
        assert_eq!(names, ["鹤岗市 南山区", "深圳市 南山区"]);
        assert_eq!(said["ambiguous"]["typed"], "南山");

        let page = world.stranger().get("/vacancies?q=南山%20会计").await.is(200).text();
        assert!(page.contains("不止一个地方") && page.contains("深圳市 南山区"), "{page}");
        assert!(!page.contains("没有岗位提到“南山”"), "{page}");
        let there = places[1]["there"].as_str().unwrap();
        let page = world.stranger().get(there).await.is(200).text();
        assert!(page.contains(&rows[0].id.to_string()), "{page}");
        assert!(!page.contains(&rows[1].id.to_string()), "{page}");
        let page = world.stranger().get("/vacancies?q=%E6%9C%9D%E9%98%B3&lang=en").await.is(200);
        assert!(page.text().contains("There are several places called"));
    })
    .await;
}

#[tokio::test]
async fn a_city_in_letters_is_a_place_without_a_word_before_it() {
    both(async |world| {
        let office = Office::open(world).await;
        let mut rows = ["焊工", "焊工"].map(|title| office.vacancy(title)).to_vec();
        rows[0].offer.place.region = "620502".into();
        office.publish(&rows).await;
        world.work().await;
        let said = understood(world, "welder Tianshui").await;
        assert_eq!(said["conditions"][0]["value"], "620500", "{said}");
        assert!(said["missing"].as_array().unwrap().is_empty(), "{said}");
        let said = understood(world, "welder Suzhou").await;
        assert_eq!(said["ambiguous"]["places"].as_array().unwrap().len(), 2, "{said}");
        let said = understood(world, "welder hangong").await;
        assert!(said["conditions"].as_array().unwrap().is_empty(), "{said}");
    })
    .await;
}
