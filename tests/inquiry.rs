//! Stories of what was looked for and not found: counted, told to the office, and never who asked.

use std::time::Instant;

use model::{
    access::Actor,
    inquiry::{Inquiry, Span},
    vacancy::query::VacancyQuery,
};
use serde_json::Value;

use crate::world::{World, both};

async fn ask(world: &World, query: &str, times: usize) {
    for _ in 0..times {
        world.stranger().get(&format!("/vacancies?{query}")).await.is(200);
    }
}

async fn told(world: &World, query: &str) -> Value {
    app::inquiry::write(&world.app).await.unwrap();
    world.office().get(&format!("/api/v1/inquiries?{query}")).await.is(200).json()
}

/// Everything that was ever written.
async fn rows(world: &World) -> Vec<Inquiry> {
    let day = |text: &str| text.parse().unwrap();
    let (from, to) = (day("2026-01-01"), day("2027-12-31"));
    let span = Span { from, to, region: None, occupation: None };
    let mut r = world.app.db().read().await.unwrap();
    let scope = Actor::office("test").scope();
    store::inquiry::of_span(&mut r, &scope, &span, 0).await.unwrap()
}

/// The deeds that do it: "inquiry.note" and "inquiry.settle".
#[tokio::test]
async fn what_is_not_found_is_counted_by_place_and_work_without_a_trace_of_who_asked() {
    both(async |world| {
        world.work().await;
        ask(world, "q=焊工&region=620502001", 3).await;
        ask(world, "q=焊工&region=620502&cursor=", 1).await;
        ask(world, "q=王建国", 5).await;
        ask(world, "q=焊工13800138000&region=620502", 4).await;
        ask(world, "near=34.58,105.72&occupation=6-18", 1).await;
        world.stranger().get("/api/v1/vacancies?q=无人机&region=620502").await.is(200);
        let report = told(world, "").await;
        assert_eq!((&report["asked"], &report["missed"]), (&15.into(), &15.into()));
        let words = report["words"].as_array().unwrap();
        assert_eq!(words.len(), 1, "{words:?}");
        assert_eq!((&words[0]["words"], &words[0]["missed"]), (&"焊工".into(), &4.into()));
        let here = told(world, "region=620502&occupation=6-18").await;
        assert!(here["places"].as_array().unwrap().iter().all(|place| place["region"] == "620502"));
        assert!(here["missed"].as_i64() >= Some(5), "{here}");
        // not even the rows themselves know more
        let rows = rows(world).await;
        assert!(rows.iter().all(|row| ["", "焊工", "无人机"].contains(&&*row.words)), "{rows:?}");
    })
    .await;
}

#[tokio::test]
async fn the_report_is_the_offices_and_comes_as_a_file_too() {
    both(async |world| {
        world.work().await;
        ask(world, "q=潜水员&region=620502", 3).await;
        app::inquiry::write(&world.app).await.unwrap();
        world.stranger().get("/inquiries").await.is(403);
        world.stranger().get("/api/v1/inquiries").await.is(401);
        for lang in ["zh", "en"] {
            let page = world.office().get(&format!("/inquiries?lang={lang}")).await.is(200).text();
            assert!(page.contains("潜水员") && !page.contains("inquiry."), "{page}");
        }
        let csv = world.office().get("/inquiries/table.csv?region=620500").await.is(200);
        assert!(csv.text().contains("2026-11-22,620502,天水市 秦州区"), "{}", csv.text());
        let book = world.office().get("/inquiries/table.xlsx").await.is(200);
        assert!(book.body.starts_with(b"PK") && book.header("cache-control") == "no-store");
        for (query, code) in [
            ("from=yesterday", 422),
            ("from=2026-11-22&to=2026-11-01", 422),
            ("from=2020-01-01", 422),
            ("region=999999", 422),
            ("colour=red", 422),
        ] {
            world.office().get(&format!("/inquiries?{query}")).await.is(code);
            let problem = world.office().get(&format!("/api/v1/inquiries?{query}")).await.json();
            assert!(problem["code"].is_string(), "{query}: {problem}");
        }
    })
    .await;
}

#[tokio::test]
async fn what_many_ask_for_is_offered_and_what_few_asked_for_is_forgotten() {
    both(async |world| {
        world.work().await;
        for (words, times) in [("双休", 4), ("潜水员", 1)] {
            let query = VacancyQuery { words: words.into(), ..VacancyQuery::default() };
            (0..times).for_each(|_| app::inquiry::note(&world.app, &query, 1));
        }
        app::inquiry::write(&world.app).await.unwrap();
        let offered = world.stranger().get("/api/v1/suggest?q=sx").await.is(200).json();
        let words = offered["items"].as_array().unwrap().iter().find(|one| one["kind"] == "words");
        assert_eq!(words.map(|one| &one["name"]), Some(&"双休".into()));
        world.at("2027-01-22T00:30:00Z");
        app::inquiry::settle(&world.app).await.unwrap();
        let rows = rows(world).await;
        let words: Vec<&str> = rows.iter().map(|row| row.words.as_str()).collect();
        assert!(words.contains(&"双休") && !words.contains(&"潜水员"), "{words:?}");
        assert_eq!(rows.iter().map(|row| row.asked).sum::<i64>(), 5);
    })
    .await;
}

#[tokio::test]
async fn noting_a_question_does_not_wait_and_has_an_end() {
    let world = World::alone().await;
    let began = Instant::now();
    for n in 0..12_000 {
        let words = format!("词{n}");
        app::inquiry::note(&world.app, &VacancyQuery { words, ..VacancyQuery::default() }, 0);
    }
    println!("12,000 questions noted in {:?}", began.elapsed());
    let again = VacancyQuery { words: "词1".into(), ..VacancyQuery::default() };
    app::inquiry::note(&world.app, &again, 0);
    world.work().await;
    let report = told(&world, "").await;
    assert_eq!(report["asked"], 10_001);
}
