//! What would open more posts: each sentence's figure is what the change itself brings, a paper and a
//! course among them.

use std::fmt::Write as _;

use model::{Id, access::Role, intake::Noun, jobseeker::Jobseeker, matching::Kind};
use serde_json::Value;

use super::{POSTS, for_person, import};
use crate::{
    jobseeker::register::person,
    world::{World, both, people::Member},
};

/// Posts of one trade that ask of a beginner what they name, each behind another door or none; the last of each kind behind two.
fn doors() -> String {
    let rows = [
        ("甘谷县新兴镇", "6000-7000", "全职", "会电弧焊", 3),
        ("甘谷县", "6000-7000", "全职", "持有焊工操作证", 4),
        ("甘谷县", "3000-3200", "全职", "持有焊工操作证", 1),
        ("甘谷县", "6000-7000", "全职", "会电弧焊、会PLC编程", 2),
        ("兰州市七里河区", "6000-7000", "全职", "会电弧焊", 5),
        ("兰州市七里河区", "6000-7000", "兼职", "会电弧焊", 1),
        ("甘谷县", "4000-4500", "全职", "会电弧焊", 6),
        ("甘谷县", "6000-7000", "兼职", "会电弧焊", 7),
    ];
    let mut text = POSTS.lines().next().unwrap().to_owned();
    for (kind, (place, pay, form, skills, times)) in rows.into_iter().enumerate() {
        for n in 0..times {
            write!(text, "\n{kind}-{n},甘谷县第{kind}{n}厂,焊工学徒,1,{place},{pay}元/月,不限,不限,{form},,{skills},2026-11-20").unwrap();
        }
    }
    text
}

/// The welder as the form has it.
const FORM: &[(&str, &str)] = &[
    ("name", "测试乙"),
    ("phone", "15400000001"),
    ("place", "甘谷县新兴镇"),
    ("wish", "电焊工"),
    ("wage", "5000"),
    ("wish_places", "甘谷县"),
    ("experience", "5年"),
    ("skills", "电弧焊"),
    ("contract", "full_time"),
];

/// The welder with one answer more, or another one.
async fn keep(world: &World, clerk: &Member, id: Id<Jobseeker>, more: &[(&str, &str)]) {
    let other = |name: &str| more.iter().any(|(new, _)| *new == name) && name != "contract";
    let version = record(world, id).await.version.to_string();
    let mut fields: Vec<_> = FORM.iter().filter(|(name, _)| !other(name)).copied().collect();
    fields.extend(more);
    fields.push(("version", &version));
    world.by(clerk).form(&format!("/jobseekers/{id}/edit"), &fields).await.is(303);
}

async fn record(world: &World, id: Id<Jobseeker>) -> Jobseeker {
    let scope = model::access::Actor::office("test").scope();
    let mut r = world.app.db().read().await.unwrap();
    store::jobseeker::find(&mut r, &scope, id).await.unwrap()
}

/// How many posts fit, and of how many nothing that is required is lacking.
async fn open(world: &World, id: Id<Jobseeker>) -> (usize, usize) {
    let list = for_person(world, id, 100).await;
    let lacks = |item: &&_| {
        let item: &app::matching::Ranked<app::matching::Offered> = item;
        let said = item.parts.iter().filter(|part| part.kind == Kind::Skills);
        said.flat_map(|part| &part.reasons).any(|reason| reason.code.ends_with("_missing"))
    };
    (list.items.len(), list.items.iter().filter(|item| !lacks(item)).count())
}

#[tokio::test]
async fn every_way_opens_as_many_posts_as_its_sentence_says() {
    both(async |world| {
        import(world, Noun::Vacancies, "岗位.csv", &doors()).await;
        let network = world.network().await;
        let clerk = world.staff(Role::Clerk, network.gangu).await;
        let id = person(&world.by(&clerk).form("/jobseekers", FORM).await.is(303));
        let before = open(world, id).await;
        assert_eq!(before, (5, 3));
        let path = format!("/api/v1/jobseekers/{id}/ways");
        let ways = world.by(&clerk).get(&path).await.is(200).json();
        assert_eq!((&ways["posts"], &ways["fitting"]), (&29.into(), &5.into()));
        let said = |code: &str| -> (i64, String, String) {
            let mut items = ways["items"].as_array().unwrap().iter();
            let item: &Value = items.find(|item| item["code"] == code).unwrap();
            let word = |key: &str| item[key].as_str().unwrap().to_owned();
            (item["posts"].as_i64().unwrap(), word("text"), word("training"))
        };
        for (code, change, part) in [
            ("gap_licence", ("skills", "电弧焊、焊工操作证"), "焊工操作证"),
            ("gap_skill", ("skills", "电弧焊、PLC编程"), "PLC编程"),
            ("gap_away", ("reach_km", "260"), "外地"),
            ("gap_floor", ("wage", "4500"), "4,500"),
            ("gap_form", ("contract", "part_time"), "兼职"),
        ] {
            let (posts, text, training) = said(code);
            assert!(text.contains(part) && text.contains(&posts.to_string()), "{text}");
            // a paper or a skill comes with the course that leads to it
            let course = ["gap_licence", "gap_paper", "gap_skill"].contains(&code);
            assert_eq!(training.is_empty(), !course, "{code}: {training}");
            keep(world, &clerk, id, &[change]).await;
            let after = open(world, id).await;
            let more = if code == "gap_skill" { after.1 - before.1 } else { after.0 - before.0 };
            assert_eq!(i64::try_from(more).unwrap(), posts, "{text}");
            keep(world, &clerk, id, &[]).await;
        }
        assert_eq!(open(world, id).await, before);
    })
    .await;
}
