//! Nobody's list: asked for, made by a task that may be killed, and read meanwhile.

use app::matching::{engine, unmatched::survey};
use model::{access::Role, intake::Noun};
use serde_json::Value;

use super::{PEOPLE, county, import, people};
use crate::world::{World, both};

const API: &str = "/api/v1/matching/unmatched";
const PAGE: &str = "/matching/unmatched";

async fn counted(world: &World) -> Value {
    world.office().post(API, "application/json", "").await.is(202);
    survey::catch_up(&world.app).await.unwrap();
    world.office().get(API).await.is(200).json()
}

#[tokio::test]
async fn whoever_has_nothing_is_counted_with_what_stands_in_the_way() {
    both(async |world| {
        county(world).await;
        let found = counted(world).await;
        assert_eq!((&found["survey"]["people"], &found["survey"]["posts"]), (&5.into(), &5.into()));
        assert_eq!(found["survey"]["unmatched"], 4);
        let all = people(world).await;
        let of = |n: usize| {
            let items = found["items"].as_array().unwrap().iter();
            items.into_iter().find(|item| item["id"] == all[n].to_string().as_str()).cloned()
        };
        let bound = |n: usize| of(n).map(|item| item["binding"].as_str().unwrap().to_owned());
        assert_eq!(bound(0).as_deref(), Some("below_floor"));
        assert_eq!(bound(1).as_deref(), Some("licence_missing"));
        assert_eq!(bound(2).as_deref(), Some("too_far"));
        assert_eq!(bound(3).as_deref(), Some("no_post"));
        assert_eq!(bound(4), None);
        assert!(of(1).unwrap()["way"].as_str().unwrap().contains("B2驾驶证"));
        let text = found.to_string();
        assert!(!text.contains("巩一") && !text.contains("1540000"), "{text}");
        assert_eq!(world.stranger().get(API).await.status.as_u16(), 401);
        let mut r = world.app.db().read().await.unwrap();
        let log = store::event::after(&mut r, 0, 1_000).await.unwrap();
        let mut events = log.iter().filter(|event| event.deed == "matching.survey");
        assert_eq!(events.next().unwrap().change["asked"], true);
        assert_eq!(events.next().unwrap().change["unmatched"], 4);
    })
    .await;
}

#[tokio::test]
async fn place_and_work_stand_together_with_what_binds_and_what_would_free() {
    both(async |world| {
        county(world).await;
        let found = counted(world).await;
        let cells = found["cells"].as_array().unwrap();
        assert_eq!(cells.len(), 4);
        let driver = cells
            .iter()
            .find(|cell| cell["trade"] == "道路货运汽车驾驶员")
            .or_else(|| cells.iter().find(|cell| cell["bindings"][0]["code"] == "licence_missing"));
        let driver = driver.unwrap();
        assert_eq!((&driver["region"], &driver["people"]), (&"620523".into(), &1.into()));
        assert_eq!(driver["ways"][0]["code"], "licence");
        let text = world.office().get(PAGE).await.is(200).text();
        assert!(text.contains("取得B2驾驶证") && text.contains("没有单位招这类工作"), "{text}");
        assert!(!text.contains("巩一"), "{text}");
        // from a cell to the people behind it
        let occupation = driver["occupation"].as_str().unwrap();
        let link = format!("{PAGE}?region=620523&occupation={occupation}");
        assert!(text.contains(&link.replace('&', "&#38;")) || text.contains(&link), "{text}");
        let cell = world.office().get(&link).await.is(200).text();
        assert_eq!(cell.matches("<h3><a href=\"/jobseekers/").count(), 1);
        let far = world.office().get(&format!("{PAGE}?binding=too_far&lang=en")).await.text();
        assert!(far.contains("1 person") && !far.contains("matching."), "{far}");
        let file = world.office().get("/matching/unmatched.csv?lang=en").await.is(200);
        assert_eq!(file.header("content-type"), "text/csv; charset=utf-8");
        let file = file.text();
        assert_eq!(file.lines().count(), 5, "{file}");
        assert!(file.contains("more post") && !file.contains("巩一"), "{file}");
    })
    .await;
}

#[tokio::test]
async fn the_list_before_is_read_while_the_next_goes_on_and_asking_twice_is_one() {
    both(async |world| {
        county(world).await;
        assert!(world.office().get(PAGE).await.is(200).text().contains("还没有统计过"));
        counted(world).await;
        import(world, Noun::Jobseekers, "人员.csv", &PEOPLE.replace("9500", "5000")).await;
        engine::catch_up(&world.app).await.unwrap();
        for _ in 0..2 {
            let form = "application/x-www-form-urlencoded";
            world.office().post(PAGE, form, "").await.is(303);
        }
        // one block, and the task is gone
        assert!(survey::step(&world.app).await.unwrap());
        let text = world.office().get(PAGE).await.is(200).text();
        assert!(text.contains("已核对 5 人，共 5 人") && text.contains("http-equiv=\"refresh\""));
        let found = world.office().get(API).await.json();
        assert_eq!(found["running"]["people"], 5);
        assert_eq!(found["survey"]["unmatched"], 4, "the one before");
        survey::catch_up(&world.app).await.unwrap();
        let found = world.office().get(API).await.json();
        assert_eq!((&found["running"], &found["survey"]["unmatched"]), (&Value::Null, &3.into()));
        assert!(!survey::step(&world.app).await.unwrap(), "asked for twice, made once");
    })
    .await;
}

#[tokio::test]
async fn two_tasks_at_once_count_everybody_once_and_an_office_sees_its_own() {
    both(async |world| {
        let network = world.network().await;
        county(world).await;
        engine::catch_up(&world.app).await.unwrap();
        let caseworker = world.staff(Role::Caseworker, network.qinzhou).await;
        world.by(&caseworker).post(API, "application/json", "").await.is(202);
        let both =
            futures_util::future::join(survey::catch_up(&world.app), survey::catch_up(&world.app));
        let (one, other) = both.await;
        assert!(one.is_ok() && other.is_ok(), "{one:?} {other:?}");
        let above = world.staff(Role::Manager, network.province).await;
        let all = world.by(&above).get(API).await.is(200).json();
        assert_eq!(all["survey"]["people"], 5, "of everybody, whoever asked");
        assert_eq!(all["items"].as_array().unwrap().len(), 4);
        let own = world.by(&caseworker).get(API).await.is(200).json();
        assert_eq!(own["items"].as_array().unwrap().len(), 0, "nobody of this county");
    })
    .await;
}
