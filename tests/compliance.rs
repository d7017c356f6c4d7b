//! Stories of the gate: what comes in is read, what the law may not allow waits, and a clerk decides.

use app::intake::{self, Choice, Given};
use model::{
    access::Actor,
    intake::{Noun, file::Intake},
};
use serde_json::{Value, json};

use crate::world::{World, both};

const FORM: &str = "application/x-www-form-urlencoded";
const JSON: &str = "application/json";
const HEADINGS: &str = "岗位编号,单位名称,岗位名称,工作地点,月薪/工资待遇,岗位职责";

async fn import(world: &World, rows: &[&str]) -> Intake {
    let text = format!("{HEADINGS}\n{}", rows.join("\n"));
    let path = world.folder.path().join("posts.csv");
    std::fs::write(&path, text).unwrap();
    let given = Given { noun: Noun::Vacancies, name: "posts.csv", path: &path };
    let office = Actor::office("test");
    let done = intake::import(&world.app, &office, given, &Choice::Recognise, &|_| ()).await;
    world.work().await;
    done.unwrap()
}

const COUNTY: [&str; 5] = [
    "1,甘谷县一厂,仓库管理员,甘谷县,4000-5000元/月,负责收发货。男女不限",
    "2,甘谷县二厂,保安,甘谷县,4000-5000元/月,负责巡逻，限男性",
    "3,甘谷县三厂,普工,甘谷县,4000-5000元/月,流水线。入职交押金500元",
    "4,甘谷县四厂,保洁员,甘谷县,1500元/月,打扫办公楼",
    "5,甘谷县五厂,会计,甘谷县,4000-5000元/月,做账，45岁以下",
];

async fn open(world: &World) -> Vec<String> {
    let found = world.stranger().get("/api/v1/vacancies?sort=new").await.is(200).json();
    let mut titles: Vec<String> = texts(&found["items"], "title");
    titles.sort();
    titles
}

fn texts(items: &Value, name: &str) -> Vec<String> {
    let items = items.as_array().unwrap().iter();
    items.map(|item| item[name].as_str().unwrap().to_owned()).collect()
}

async fn held(world: &World, state: &str) -> Value {
    world.office().get(&format!("/api/v1/held?state={state}")).await.is(200).json()
}

async fn decide(world: &World, id: &str, decision: &str, reason: &str, status: u16) -> Value {
    let body = json!({ "decision": decision, "reason": reason }).to_string();
    world.office().post(&format!("/api/v1/held/{id}"), JSON, body).await.is(status).json()
}

/// Has a deed of this name written an event with these words?
async fn logged(world: &World, deed: &str, words: &str) -> bool {
    let mut r = world.app.db().read().await.unwrap();
    let events = store::event::after(&mut r, 0, 1_000).await.unwrap();
    events.iter().any(|event| event.deed == deed && event.change.to_string().contains(words))
}

#[tokio::test]
async fn what_the_law_may_not_allow_waits_and_the_rest_is_public() {
    both(async |world| {
        let done = import(world, &COUNTY).await;
        let counts = done.counts;
        assert_eq!((counts.accepted, counts.held, counts.rejected), (5, 2, 1));
        assert_eq!(open(world).await, ["仓库管理员", "会计"]);
        let waiting = held(world, "submitted").await;
        assert_eq!(texts(&waiting["items"], "title"), ["保安", "保洁员"]);
        let found = &waiting["items"][0]["findings"][0];
        assert_eq!((&found["rule"], &found["words"]), (&json!("sex"), &json!("限男性")));
        assert!(found["basis"].as_str().unwrap().contains("妇女权益保障法"));
        let low = &waiting["items"][1]["findings"][0];
        assert!(low["sentence"].as_str().unwrap().contains("1850"), "{low}");
        assert_eq!(texts(&held(world, "rejected").await["items"], "title"), ["普工"]);
        // the report names the rows of the file
        let page = world.office().get(&format!("/intakes/{}", done.id)).await.is(200).text();
        assert!(page.contains("限男性") && page.contains("收押金"), "{page}");
        // the same file again changes nothing
        assert_eq!(import(world, &COUNTY).await.counts.accepted, 0);
    })
    .await;
}

#[tokio::test]
async fn a_clerk_releases_with_a_reason_and_the_same_words_are_not_held_again() {
    both(async |world| {
        import(world, &COUNTY[..2]).await;
        let id = texts(&held(world, "submitted").await["items"], "id").remove(0);
        decide(world, &id, "release", " ", 422).await;
        let page = format!("/vacancies/{id}/held");
        let shown = world.office().get(&page).await.is(200).text();
        assert!(shown.contains("<mark data-strength=\"hold\">限男性</mark>"), "{shown}");
        world.stranger().get(&page).await.is(403);
        world.stranger().get(&format!("/vacancies/{id}")).await.is(404);
        let body = "reason=女职工宿舍另有安排";
        let done = world.office().post(&format!("{page}/release"), FORM, body).await.is(303);
        assert_eq!(done.location(), "/vacancies/held");
        world.work().await;
        assert_eq!(open(world).await, ["仓库管理员", "保安"]);
        assert!(logged(world, "vacancy.release", "女职工宿舍另有安排").await);
        decide(world, &id, "reject", "晚了", 422).await;
        // the employer raises the wage: the clerk has read these words
        let raised = COUNTY[1].replace("4000", "4500");
        assert_eq!(import(world, &[&raised]).await.counts.held, 0);
        let worse = raised.replace("限男性", "只招男工");
        assert_eq!(import(world, &[&worse]).await.counts.held, 1);
        assert_eq!(open(world).await, ["仓库管理员"]);
    })
    .await;
}

#[tokio::test]
async fn what_is_turned_away_or_given_back_is_not_public_until_it_is_mended() {
    both(async |world| {
        import(world, &COUNTY[1..4]).await;
        let ids = texts(&held(world, "submitted").await["items"], "id");
        assert_eq!(decide(world, &ids[0], "reject", "确属歧视", 200).await["state"], "rejected");
        assert_eq!(decide(world, &ids[1], "give-back", "请改工资", 200).await["state"], "draft");
        assert!(logged(world, "vacancy.reject", "确属歧视").await);
        assert!(logged(world, "vacancy.give_back", "请改工资").await);
        assert!(open(world).await.is_empty());
        let mended = COUNTY[3].replace("1500", "2500");
        assert_eq!(import(world, &[&mended]).await.counts.held, 0);
        assert_eq!(open(world).await, ["保洁员"]);
    })
    .await;
}

#[tokio::test]
async fn an_employer_tries_a_text_and_nothing_is_kept() {
    let world = World::alone().await;
    world.work().await;
    let draft = json!({ "title": "仓库管理员", "duties": "限男性，退役军人优先，需交押金",
        "place": "甘谷县", "wage": "1500元/月" });
    let path = "/api/v1/vacancies/check";
    let answer = world.stranger().post(path, JSON, draft.to_string()).await.is(200).json();
    assert_eq!(answer["verdict"], "refuse");
    let rules = texts(&answer["findings"], "rule");
    for rule in ["sex", "for_veterans", "deposit", "wage_minimum"] {
        assert!(rules.contains(&rule.to_owned()), "{rules:?}");
    }
    let form = "title=仓库管理员&duties=限男性";
    for lang in ["zh-CN", "en"] {
        let path = format!("/vacancies/check?lang={lang}");
        world.stranger().get(&path).await.is(200);
        let page = world.stranger().post(&path, FORM, form).await.is(200).text();
        assert!(page.contains("<mark data-strength=\"hold\">限男性</mark>"), "{page}");
        assert!(!page.contains("compliance."), "{page}");
    }
    world.stranger().post("/vacancies/check", FORM, "title=").await.is(422);
    assert!(open(&world).await.is_empty());
}

#[tokio::test]
async fn an_office_keeps_the_minimum_wage_and_whether_it_holds() {
    both(async |world| {
        let page = world.office().get("/terms").await.is(200).text();
        assert!(page.contains("1850") && page.contains("甘政办发〔2023〕83号"), "{page}");
        world.stranger().get("/terms").await.is(403);
        let row = |key: &str, region: &str, value: &str| {
            format!("key={key}&region={region}&value={value}&valid_from=2026-11-01&basis=甘政发1号")
        };
        let raise = row("minimum_wage_month", "620523", "4200");
        world.office().post("/terms", FORM, raise.clone()).await.is(303);
        assert!(logged(world, "term.keep", "620523").await);
        // a row is added, never changed
        world.office().post("/terms", FORM, raise).await.is(422);
        let nowhere = row("minimum_wage_month", "999999", "4200");
        world.office().post("/terms", FORM, nowhere).await.is(422);
        world.office().post("/terms", FORM, row("exchange_usd", "", "8")).await.is(422);
        assert_eq!(import(world, &COUNTY[..1]).await.counts.held, 1);
        world.office().post("/terms", FORM, row("compliance_hold", "", "0")).await.is(303);
        assert_eq!(import(world, &COUNTY[1..3]).await.counts.held, 0);
        // what the law refuses is not published all the same
        assert_eq!(open(world).await, ["保安"]);
    })
    .await;
}
