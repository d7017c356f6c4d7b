//! Stories of what lies near what: learnt from vacancies that came in, looked at by anybody,
//! corrected by the office for good.

mod hidden;

use std::fmt::Write as _;

use app::{
    intake::{self, Choice, Given},
    matching::engine,
};
use model::{access::Actor, intake::Noun};
use serde_json::{Value, json};

use crate::{
    matching::{import, people},
    world::{World, both},
};

const FORM: &str = "application/x-www-form-urlencoded";
const WELDER: &str = "/relations/skill/tig_welding";

/// Forty posts for welders and cooks, each with two skills of its trade.
async fn county(world: &World) {
    let mut text = "岗位编号,单位名称,岗位名称,工作地点,技能要求".to_owned();
    for n in 0..40 {
        let (title, skills) = match n % 4 {
            0 | 1 => ("电焊工", "氩弧焊、贴砖"),
            2 => ("电焊工", "二氧化碳保护焊、机械识图"),
            _ => ("厨师", "烹饪、凉菜"),
        };
        write!(text, "\n{n},甘谷县第{n}厂,{title},甘谷县,{skills}").unwrap();
    }
    let path = world.folder.path().join("posts.csv");
    std::fs::write(&path, text).unwrap();
    let given = Given { noun: Noun::Vacancies, name: "posts.csv", path: &path };
    let office = Actor::office("test");
    intake::import(&world.app, &office, given, &Choice::Recognise, &|_| ()).await.unwrap();
}

/// Related code and strength, as anybody reads them.
async fn read(world: &World) -> Vec<(String, i64, String)> {
    let path = "/api/v1/relations?kind=skill&code=tig_welding";
    let body = world.stranger().get(path).await.is(200).json();
    let items = body["items"].as_array().unwrap().iter();
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    items
        .map(|item| {
            (text(&item["related"]), item["strength"].as_i64().unwrap(), text(&item["origin"]))
        })
        .collect()
}

fn origin<'r>(all: &'r [(String, i64, String)], code: &str) -> Option<&'r str> {
    all.iter().find(|(related, ..)| related == code).map(|(_, _, origin)| origin.as_str())
}

#[tokio::test]
async fn what_was_learnt_can_be_corrected_and_stays_corrected() {
    both(async |world| {
        county(world).await;
        assert_eq!(origin(&read(world).await, "arc_welding"), Some("seed"));
        assert_eq!(origin(&read(world).await, "tiling"), None);
        let program = Actor::program("learner");
        let learnt = app::relation::learn(&world.app, &program).await.unwrap();
        assert_eq!(learnt.posts, 40);
        assert_eq!(origin(&read(world).await, "tiling"), Some("learnt"));

        let body = "related=贴砖&verdict=forbid&reason=不是一回事";
        let stranger = world.stranger().post(WELDER, FORM, body).await;
        assert_eq!(stranger.status.as_u16(), 403);
        let done = world.office().post(WELDER, FORM, body).await.is(303);
        assert_eq!(done.location(), WELDER);
        app::relation::learn(&world.app, &program).await.unwrap();
        let all = read(world).await;
        assert_eq!(origin(&all, "tiling"), Some("forbidden"));
        let page = world.stranger().get(WELDER).await.is(200).text();
        assert!(page.contains("不是一回事") && page.contains("窗口认定不相近"), "{page}");

        let back = "related=tiling&verdict=free&reason=重新考虑";
        world.office().post(WELDER, FORM, back).await.is(303);
        assert_eq!(origin(&read(world).await, "tiling"), Some("learnt"));
        let mut r = world.app.db().read().await.unwrap();
        let log = store::event::after(&mut r, 0, 1_000).await.unwrap();
        let deeds: Vec<_> = log.iter().map(|event| event.deed.as_str()).collect();
        let count = |deed| deeds.iter().filter(|done| **done == deed).count();
        assert_eq!((count("relation.learn"), count("relation.correct")), (2, 2));
    })
    .await;
}

#[tokio::test]
async fn a_correction_that_cannot_be_is_refused_and_what_was_written_stays() {
    both(async |world| {
        for (body, said) in [
            ("related=电焊&verdict=forbid&reason=本地如此", "没有找到“电焊”"),
            ("related=arc_welding&verdict=pin&percent=80&reason=本地如此", "1% 到 50%"),
            ("related=焊工操作证&verdict=pin&percent=20&reason=本地如此", "必须本人持有"),
            ("related=arc_welding&verdict=forbid&reason=", "没有写理由"),
        ] {
            let page = world.office().post(WELDER, FORM, body).await.is(422).text();
            let related = body.split(['=', '&']).nth(1).unwrap();
            assert!(page.contains(said) && page.contains(related), "{body}: {page}");
        }
        let json = r#"{"kind":"skill","code":"tig_welding","related":"tiling","verdict":"pin","percent":30,"reason":"here they do both"}"#;
        let kind = "application/json";
        let body = world.office().post("/api/v1/relations", kind, json).await.is(200).json();
        assert_eq!(body["items"][0]["origin"], "seed");
        assert_eq!(origin(&read(world).await, "tiling"), Some("pinned"));
        assert_eq!(world.stranger().post("/api/v1/relations", kind, json).await.status, 401);
    })
    .await;
}

#[tokio::test]
async fn the_table_is_open_and_says_what_is_not_known_yet() {
    both(async |world| {
        let page = world.stranger().get("/relations?noun=skill&q=焊").await.is(200).text();
        assert!(page.contains("氩弧焊") && page.contains("还没有从岗位中学习过"));
        let page = world.stranger().get("/relations/occupation/4-10-01-05?lang=en").await.is(200);
        let page = page.text();
        assert!(
            page.contains("医疗护理员") && page.contains("counted over the registered placements"),
            "{page}"
        );
        world.stranger().get("/relations/skill/nothing").await.is(404);
        world.stranger().get("/relations/colour/red").await.is(422);
    })
    .await;
}

/// Six who wish to clean and one post for a carer, in one town.
async fn town(world: &World) {
    let mut text = "姓名,身份证号,联系电话,户籍/现居住地,求职工种".to_owned();
    for n in 0..6 {
        write!(text, "\n测试{n},,1540000001{n},甘谷县新兴镇,保洁员").unwrap();
    }
    import(world, Noun::Jobseekers, "人员.csv", &text).await;
    let post = "岗位编号,单位名称,岗位名称,工作地点\n1,甘谷县颐养院,养老护理员,甘谷县新兴镇";
    import(world, Noun::Vacancies, "岗位.csv", post).await;
}

/// How somebody's one post stands on the list: the score, and whether moves speak for it.
async fn listed(world: &World, path: &str) -> (i64, bool) {
    let list = world.office().get(path).await.is(200).json();
    let score = list["items"][0]["score"].as_i64().unwrap();
    (score, list.to_string().contains("occupation_moved"))
}

#[tokio::test]
async fn where_people_really_went_counts_once_five_have_gone_there() {
    both(async |world| {
        town(world).await;
        let (all, program) = (people(world).await, Actor::program("learner"));
        let path = format!("/api/v1/jobseekers/{}/matches", all[5]);
        let moves = async || -> Value {
            app::relation::learn(&world.app, &program).await.unwrap();
            engine::catch_up(&world.app).await.unwrap();
            let path = "/api/v1/relations?kind=occupation&code=4-09-08-01";
            world.stranger().get(path).await.is(200).json()["moves"].clone()
        };
        let before = listed(world, &path).await;
        assert!(!before.1, "{before:?}");
        for (n, person) in all.iter().take(5).enumerate() {
            assert_eq!(moves().await, json!([]), "{n} people are too few to be told of");
            assert_eq!(listed(world, &path).await, before);
            let api = format!("/api/v1/jobseekers/{person}/placements");
            let work =
                json!({ "kind": "flexible", "post": "养老护理员", "started_on": "2026-11-20" });
            world.office().post(&api, "application/json", work.to_string()).await.is(201);
        }
        let gone = moves().await;
        assert_eq!(gone, json!([{ "occupation": "4-10-01-05", "people": 5 }]));
        let after = listed(world, &path).await;
        assert!(after.1 && after.0 > before.0, "{before:?}, then {after:?}");
        for (lang, said) in [("zh-CN", "5 人"), ("en", "5 people")] {
            let page = format!("/relations/occupation/4-09-08-01?lang={lang}");
            let page = world.stranger().get(&page).await.is(200).text();
            assert!(page.contains(said) && !page.contains("relation."), "{page}");
        }
    })
    .await;
}
