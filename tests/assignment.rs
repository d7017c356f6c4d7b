//! Stories of places that are short: who gets one, who does not and why, and that anybody can work
//! it out again.

use model::{Id, access::Actor, assignment::Assignment, intake::Noun, jobseeker::Jobseeker};
use serde_json::{Value, json};

use crate::{
    matching::{import, people},
    world::{World, both},
};

const FORM: &str = "application/x-www-form-urlencoded";

const POSTS: &str = "\
岗位编号,单位名称,岗位名称,招聘人数,工作地点,月薪/工资待遇,学历要求,工作经验,用工形式,福利待遇,技能要求,发布日期
1,甘谷县禾砚川金属制品厂,电焊工,2,甘谷县新兴镇,6000-8000元/月,不限,不限,全职,包吃、包住,会氩弧焊,2026-11-20
2,甘谷县榆舟青金属制品厂,焊工,1,甘谷县,5000-6500元/月,不限,不限,全职,包吃,会电弧焊,2026-11-20
";

const PEOPLE: &str = "\
姓名,身份证号,联系电话,户籍/现居住地,文化程度,求职工种,期望工资,期望地区,工作年限,技能/证书,工作经历,用工形式,需要住宿,需要就餐
巩一,,15400000001,甘谷县新兴镇,高中,电焊工,5000,甘谷县,5年,氩弧焊、看图纸、焊工操作证,,全职,否,否
令狐二,,15400000002,甘谷县磐安镇,初中,电焊工,4500,甘谷县,3年,氩弧焊、焊工操作证,,,否,否
蔺三,,15400000003,甘谷县六峰镇,初中,焊工,4500,甘谷县,1年,电弧焊、焊工操作证,,,否,否
亓四,,15400000004,武山县城关镇,初中,焊工,4500,甘谷县,,焊工操作证,,,否,否
";

pub(crate) struct Fair {
    pub posts: Vec<String>,
    pub people: Vec<Id<Jobseeker>>,
}

/// Two posts, the welder's first, and four people in the order of the file.
pub(crate) async fn fair(world: &World) -> Fair {
    import(world, Noun::Vacancies, "posts.csv", POSTS).await;
    import(world, Noun::Jobseekers, "people.csv", PEOPLE).await;
    let mut r = world.app.db().read().await.unwrap();
    let mut posts = store::vacancy::all_after(&mut r, None, 10).await.unwrap();
    posts.sort_by_key(|post| post.source.key.clone());
    let posts = posts.iter().map(|post| post.id.to_string()).collect();
    drop(r);
    Fair { posts, people: people(world).await }
}

fn wanted(fair: &Fair, way: &str, seats: [usize; 2]) -> Value {
    let posts: Vec<_> =
        (0..2).map(|n| json!({ "vacancy_id": fair.posts[n], "seats": seats[n] })).collect();
    json!({ "title": "周六招聘会", "way": way, "posts": posts })
}

/// Gives the places and reads what came of it.
async fn made(world: &World, wanted: &Value) -> (String, Value) {
    let answer = world.office().post("/api/v1/assignments", "application/json", wanted.to_string());
    let id = answer.await.is(200).json()["id"].as_str().unwrap().to_owned();
    let shown = world.office().get(&format!("/api/v1/assignments/{id}")).await.is(200).json();
    (id, shown)
}

pub(crate) async fn given(world: &World) -> (Fair, Id<Assignment>) {
    let fair = fair(world).await;
    let mut wanted = wanted(&fair, "stable", [3, 3]);
    wanted["each"] = 2.into();
    let id = made(world, &wanted).await.0.parse().unwrap();
    (fair, id)
}

/// The posts' numbers that people got, in the order of the file.
fn got(fair: &Fair, shown: &Value) -> Vec<Option<usize>> {
    let place = |person: &Id<Jobseeker>| {
        let lines = shown["lines"].as_array().unwrap();
        let own = |line: &&Value| line["jobseeker_id"] == json!(person);
        let line = lines.iter().find(own).unwrap();
        fair.posts.iter().position(|post| line["vacancy_id"] == json!(post))
    };
    fair.people.iter().map(place).collect()
}

#[tokio::test]
async fn places_go_to_whom_wish_and_score_say_and_whoever_gets_none_is_told_why() {
    both(async |world| {
        let fair = fair(world).await;
        let (id, shown) = made(world, &wanted(&fair, "stable", [1, 1])).await;
        let placed = got(&fair, &shown);
        assert_eq!(placed.iter().flatten().count(), 2, "{shown}");
        assert_eq!(placed[0], Some(0), "the welder who has done it longest");
        let without = shown["lines"].as_array().unwrap().iter();
        let without: Vec<_> = without.filter(|line| line["vacancy_id"].is_null()).collect();
        assert_eq!(without.len(), 2);
        assert!(
            without
                .iter()
                .all(|line| line["why"].as_str().is_some_and(|why| why.contains("号岗位")))
        );
        assert!(shown["distance"].is_null(), "stable is not said to be near the best sum");

        let page = world.office().get(&format!("/assignments/{id}")).await.is(200).text();
        for name in ["巩一", "令狐二", "1540000"] {
            assert!(!page.contains(name), "people stand there by label");
        }
        assert!(
            page.contains(&format!("#{}", fair.people[0].label())) && page.contains("名额已满")
        );
        let english =
            world.office().get(&format!("/assignments/{id}?lang=en")).await.is(200).text();
        assert!(english.contains("2 people got no place"), "{english}");
    })
    .await;
}

#[tokio::test]
async fn own_wishes_go_before_scores_and_a_county_keeps_to_its_quota() {
    both(async |world| {
        let fair = fair(world).await;
        let mut asked = wanted(&fair, "stable", [4, 4]);
        let label = |n: usize| fair.people[n].label();
        asked["people"] =
            format!("{}: 2 1\n/jobseekers/{}\n{}", label(0), fair.people[1], label(3)).into();
        asked["quotas"] = "甘谷县 1 2".into();
        let (_, shown) = made(world, &asked).await;
        assert_eq!(shown["lines"].as_array().unwrap().len(), 3, "only whoever is named");
        let own = |n: usize| {
            let lines = shown["lines"].as_array().unwrap();
            lines.iter().find(|line| line["jobseeker_id"] == json!(fair.people[n])).unwrap().clone()
        };
        assert_eq!(own(0)["vacancy_id"], json!(fair.posts[1]), "the wish, not the score");
        assert_eq!(own(0)["wish"], 1);

        asked["quotas"] = "甘谷县 0".into();
        let (_, shown) = made(world, &asked).await;
        let lines = shown["lines"].as_array().unwrap();
        let welder = lines.iter().find(|line| line["jobseeker_id"] == json!(fair.people[0]));
        let why = welder.unwrap()["why"].as_str().unwrap();
        assert!(why.contains("甘谷县的名额已满"), "{why}");
    })
    .await;
}

#[tokio::test]
async fn the_optimal_way_proves_that_it_is_and_everything_can_be_worked_out_again() {
    both(async |world| {
        let fair = fair(world).await;
        let (id, shown) = made(world, &wanted(&fair, "optimal", [2, 1])).await;
        let proof = &shown["distance"];
        assert_eq!((&proof["placed"], &proof["most"]), (&json!(3), &json!(3)), "{proof}");
        assert_eq!((&proof["gap"], &proof["permille"]), (&json!(0), &json!(0)), "{proof}");
        let verified = format!("/api/v1/assignments/{id}/verification");
        assert_eq!(world.office().get(&verified).await.is(200).json(), json!({ "same": true }));
        let page = world.office().get(&format!("/assignments/{id}?verify=1")).await.is(200).text();
        assert!(page.contains("一字不差") && page.contains("一分不差"));

        // what has changed since does not change what was given
        let close = format!("/vacancies/{}/close", fair.posts[0]);
        world.office().post(&close, FORM, "state=filled").await.is(303);
        assert_eq!(world.office().get(&verified).await.is(200).json(), json!({ "same": true }));
        let mut r = world.app.db().read().await.unwrap();
        let log = store::event::of_subject(&mut r, id.parse().unwrap(), 9).await.unwrap();
        assert_eq!((log.len(), log[0].deed.as_str()), (1, "assignment.make"));
    })
    .await;
}

#[tokio::test]
async fn the_file_has_everybody_and_no_formula() {
    both(async |world| {
        let fair = fair(world).await;
        let (id, _) = made(world, &wanted(&fair, "stable", [1, 1])).await;
        let file = async |format: &str| {
            world.office().get(&format!("/assignments/{id}/result?format={format}")).await
        };
        let csv = file("csv").await.is(200);
        assert!(csv.header("content-disposition").contains(".csv"));
        let text = csv.text();
        assert_eq!(text.lines().count(), 5, "{text}");
        for person in &fair.people {
            assert!(text.contains(&person.label()));
        }
        let book = file("xlsx").await.is(200).body;
        assert!(book.starts_with(b"PK") && book.len() > 1_000);
        file("jsonl").await.is(400);
    })
    .await;
}

#[tokio::test]
async fn the_form_finds_posts_and_keeps_what_was_typed_when_it_is_refused() {
    both(async |world| {
        let fair = fair(world).await;
        world.work().await;
        let found = world.office().get("/assignments/new?q=焊工").await.is(200).text();
        assert!(found.contains(&fair.posts[0]) && found.contains("checkbox"), "{found}");
        let chosen =
            format!("/assignments/new?vacancy={}&vacancy={}", fair.posts[0], fair.posts[1]);
        let form = world.office().get(&chosen).await.is(200).text();
        assert!(form.contains("value=\"2\""), "the headcount is proposed");
        let body = |people: &str| {
            format!(
                "title=试&way=stable&each=1&vacancy={}&seats=2&quotas=&people={people}",
                fair.posts[0]
            )
        };
        let refused = world.office().post("/assignments", FORM, body("ZZZZZ")).await.is(422).text();
        assert!(refused.contains("没有编号为“ZZZZZ”") && refused.contains("ZZZZZ</textarea>"));
        let made = world.office().post("/assignments", FORM, body("")).await;
        assert!(made.is(303).location().starts_with("/assignments/"));
        let list = world.office().get("/assignments").await.is(200).text();
        assert!(list.contains("4 人、1 个岗位"), "{list}");
    })
    .await;
}

#[tokio::test]
async fn a_stranger_gives_no_places_and_sees_none() {
    both(async |world| {
        let (fair, id) = given(world).await;
        for path in ["/assignments", "/assignments/new", &format!("/assignments/{id}")] {
            world.stranger().get(path).await.is(403);
        }
        let asked = wanted(&fair, "stable", [1, 1]).to_string();
        world.stranger().post("/api/v1/assignments", "application/json", asked).await.is(401);
        let public = app::assignment::show(&world.app, &Actor::public(), id).await;
        assert!(public.is_err());
    })
    .await;
}
