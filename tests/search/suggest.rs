//! Stories of type-ahead: what is offered follows the tables, leads where it says, and knows the
//! place that was chosen.

use serde_json::Value;

use super::{Office, both};
use crate::world::World;

async fn offered(world: &World, query: &str) -> Vec<Value> {
    let path = format!("/api/v1/suggest?{query}");
    let answer = world.stranger().get(&path).await.is(200).json();
    answer["items"].as_array().unwrap().clone()
}

fn named<'a>(items: &'a [Value], name: &str) -> &'a Value {
    items.iter().find(|item| item["name"] == name).unwrap_or_else(|| panic!("{name}: {items:?}"))
}

#[tokio::test]
async fn two_letters_lead_to_as_many_welders_as_they_said() {
    both(async |world| {
        let office = Office::open(world).await;
        let mut welders = [office.vacancy("电焊工"), office.vacancy("氩弧焊工")];
        for welder in &mut welders {
            welder.offer.occupation = "6-18-02-04".into();
        }
        welders[1].offer.place.region = "620502".into();
        office.publish(&welders).await;
        world.work().await;
        let items = offered(world, "q=hg").await;
        let welder = named(&items, "焊工");
        assert_eq!((&welder["kind"], &welder["count"]), (&"occupation".into(), &2.into()));
        let page = welder["page"].as_str().unwrap();
        let found = world.stranger().get(&format!("/api/v1{page}")).await.is(200).json();
        assert_eq!(found["total"], 2);
        let here = offered(world, "q=hg&region=620500&wage_min=3000").await;
        let welder = named(&here, "焊工");
        assert_eq!(welder["count"], 1);
        let page = welder["page"].as_str().unwrap();
        assert!(page.contains("region=620500") && page.contains("wage_min=3000"), "{page}");
        let english = offered(world, "q=weld&lang=en").await;
        assert_eq!(named(&english, "Welder")["note"], "焊工");
    })
    .await;
}

#[tokio::test]
async fn places_and_employers_of_the_chosen_place_come_first() {
    both(async |world| {
        let office = Office::open(world).await;
        office.publish(&[office.vacancy("电焊工")]).await;
        world.work().await;
        let employer = offered(world, "q=lyjx&region=620100").await;
        assert_eq!(employer[0]["name"], "陇原机械厂");
        assert!(employer[0]["page"].as_str().unwrap().starts_with("/employers/"));
        // 城关区 is in many cities, and 城关镇 in nearly every county
        let anywhere = offered(world, "q=chengguan&region=620100").await;
        assert_eq!((&anywhere[0]["id"], &anywhere[0]["count"]), (&"620102".into(), &1.into()));
        let lhasa = offered(world, "q=城关区&region=540100").await;
        assert_eq!(lhasa[0]["id"], "540102");
        for (typed, code) in [("chongqing", "500000"), ("yueqing", "330382"), ("luan", "341500")] {
            let places = offered(world, &format!("q={typed}")).await;
            assert!(places.iter().any(|place| place["id"] == code), "{typed}: {places:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn an_unknown_filter_beside_the_letters_is_refused() {
    let world = World::alone().await;
    for query in ["q=hg&colour=red", "q=hg&region=gansu", "q=hg&limit=0"] {
        world.stranger().get(&format!("/api/v1/suggest?{query}")).await.is(400);
    }
    assert!(offered(&world, "q=").await.is_empty());
}
