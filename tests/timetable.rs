//! Stories of a day of interviews: made out of places given, changed by two clerks at once, printed.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::{
    assignment::given,
    world::{World, both},
};

const FORM: &str = "application/x-www-form-urlencoded";

async fn made(world: &World) -> String {
    let (_, assignment) = given(world).await;
    let times = "title=周六面试&day=2026-11-28&begins=09:00&ends=12:00&length=15&pause=5\
                 &breaks=10:00-10:30";
    let path = format!("/assignments/{assignment}/timetable");
    let answer = world.office().post(&path, FORM, times).await;
    answer.is(303).location().to_owned()
}

async fn read(world: &World, page: &str) -> Vec<Value> {
    let table = world.office().get(&format!("/api/v1{page}")).await.is(200).json();
    let times = ["09:00", "09:20", "09:40", "10:30", "10:50", "11:10", "11:30"];
    assert_eq!(table["times"], json!(times));
    table["interviews"].as_array().unwrap().clone()
}

fn text<'v>(value: &'v Value, key: &str) -> &'v str {
    value[key].as_str().unwrap_or_default()
}

#[tokio::test]
async fn nobody_is_in_two_places_and_everybody_has_a_time() {
    both(async |world| {
        let page = made(world).await;
        let interviews = read(world, &page).await;
        assert!(interviews.len() >= 4, "{interviews:?}");
        let mut seen = BTreeSet::new();
        for one in &interviews {
            let begins = text(one, "begins").to_owned();
            assert!(!begins.is_empty(), "{one}");
            assert!(seen.insert((text(one, "vacancy_id").to_owned(), begins.clone())), "{one}");
            assert!(seen.insert((text(one, "jobseeker_id").to_owned(), begins)), "{one}");
        }
        for (by, lang, word) in [("booth", "zh", "按求职者"), ("person", "en", "By booth")] {
            let path = format!("{page}?by={by}&lang={lang}");
            let shown = world.office().get(&path).await.is(200).text();
            assert!(shown.contains("09:00–09:15") && shown.contains(word), "{shown}");
            assert!(!shown.contains("巩一"), "people stand there by label");
        }
        world.stranger().get(&page).await.is(403);
    })
    .await;
}

#[tokio::test]
async fn of_two_clerks_who_move_one_interview_the_second_is_told_where_it_is() {
    both(async |world| {
        let page = made(world).await;
        let one = read(world, &page).await.remove(0);
        let path = format!("{page}/interviews/{}/move", text(&one, "id"));
        let free = |minute: i64| format!("version=1&begins={minute}");
        world.office().post(&path, FORM, free(11 * 60 + 30)).await.is(303);
        let second = world.office().post(&path, FORM, free(11 * 60 + 10)).await.is(409).text();
        assert!(second.contains("11:30") && second.contains(text(&one, "label")), "{second}");
        let api = format!("/api/v1{page}/interviews/{}", text(&one, "id"));
        let moved = json!({ "begins": "11:10", "version": 1 }).to_string();
        let problem = world.office().post(&api, "application/json", moved).await.is(409).json();
        assert_eq!(problem["code"], "timetable.changed_moved");
        let now = read(world, &page).await;
        let now = now.iter().find(|other| other["id"] == one["id"]).unwrap();
        assert_eq!((text(now, "begins"), &now["version"]), ("11:30", &json!(2)));
    })
    .await;
}

#[tokio::test]
async fn two_clerks_at_the_same_moment_never_put_two_people_at_one_booth() {
    both(async |world| {
        let page = made(world).await;
        let interviews = read(world, &page).await;
        let booth = interviews[0]["vacancy_id"].clone();
        let same: Vec<_> = interviews.iter().filter(|one| one["vacancy_id"] == booth).collect();
        let ask = async |one: &Value| {
            let api = format!("/api/v1{page}/interviews/{}", text(one, "id"));
            let body = json!({ "begins": "11:10", "version": 1 }).to_string();
            world.office().post(&api, "application/json", body).await.status.as_u16()
        };
        let (first, second) = tokio::join!(ask(same[0]), ask(same[1]));
        let mut answers = [first, second];
        answers.sort_unstable();
        assert_eq!(answers, [200, 422], "one of them has the time");
    })
    .await;
}

#[tokio::test]
async fn a_cancelled_interview_leaves_its_time_to_others() {
    both(async |world| {
        let page = made(world).await;
        let interviews = read(world, &page).await;
        let first = &interviews[0];
        let other =
            interviews[1..].iter().find(|one| one["vacancy_id"] == first["vacancy_id"]).unwrap();
        let act = async |one: &Value, deed: &str, body: String| {
            let path = format!("{page}/interviews/{}/{deed}", text(one, "id"));
            world.office().post(&path, FORM, body).await
        };
        act(first, "cancel", "version=1".into()).await.is(303);
        let again = act(first, "cancel", "version=1".into()).await.is(409).text();
        assert!(again.contains("取消"), "{again}");
        let (hour, minute) = text(first, "begins").split_once(':').unwrap();
        let minute = hour.parse::<i64>().unwrap() * 60 + minute.parse::<i64>().unwrap();
        act(other, "move", format!("version=1&begins={minute}")).await.is(303);
        let mut r = world.app.db().read().await.unwrap();
        let id = page.rsplit('/').next().unwrap().parse().unwrap();
        let log = store::event::of_subject(&mut r, id, 9).await.unwrap();
        let deeds: Vec<_> = log.iter().map(|event| event.deed.as_str()).collect();
        assert_eq!(deeds, ["timetable.move", "timetable.cancel", "timetable.make"]);
    })
    .await;
}

#[tokio::test]
async fn a_day_that_cannot_be_is_refused_with_what_would_do() {
    both(async |world| {
        let (_, assignment) = given(world).await;
        let path = format!("/assignments/{assignment}/timetable");
        let day = |ends: &str, breaks: &str| {
            format!(
                "title=x&day=2026-11-28&begins=09:00&ends={ends}&length=15&pause=5&breaks={breaks}"
            )
        };
        for (ends, breaks, said) in [
            ("08:00", "", "开始要早于结束"),
            ("09:10", "", "一场也排不下"),
            ("11:00", "午休", "12:00-13:30"),
        ] {
            let refused = world.office().post(&path, FORM, day(ends, breaks)).await.is(422).text();
            assert!(refused.contains(said), "{refused}");
        }
    })
    .await;
}
