//! Stories of saved searches: a new vacancy that answers one gives one notice, and only one.

use std::{collections::BTreeSet, fmt::Write as _};

use model::{Id, access::Actor, intake::Noun, vacancy::Vacancy};
use serde_json::json;

use crate::{
    application::{Cast, JSON, cast},
    erasure::everything,
    matching::{POSTS, import},
    world::{World, both, people::Member},
};

async fn look(world: &World, time: &str) -> usize {
    world.at(time);
    world.work().await;
    app::subscription::look(&world.app, web::vacancy::params::of_text).await.unwrap()
}

/// The log tells of a vacancy, so that the index reads it.
async fn told(world: &World, id: Id<Vacancy>) {
    let deed = store::Deed { name: "vacancy.import", actor: "story".into(), at: world.app.now() };
    let mut w = world.app.db().write(deed).await.unwrap();
    let (noun, subject, region) = ("vacancy", id.uuid(), String::new());
    w.note(store::Note { noun, subject, region, change: json!({}) });
    w.commit().await.unwrap();
}

#[tokio::test]
async fn a_new_vacancy_that_answers_gives_one_notice() {
    both(async |world| {
        let Cast { person, clerk, .. } = cast(world).await;
        world.work().await;
        let list =
            world.by(&person).get("/vacancies?q=%E7%94%B5%E7%84%8A%E5%B7%A5").await.is(200).text();
        assert!(list.contains("有新岗位告诉我"), "{list}");
        let body = json!({ "query": "q=电焊工", "name": "焊工" }).to_string();
        let api = "/api/v1/subscriptions";
        world.by(&person).post(api, JSON, body.clone()).await.is(201);
        // the same again, and its longer form, is the same
        world.by(&person).post(api, JSON, body).await.is(201);
        let again = json!({ "query": "q=电焊工&sort=fit&limit=20" }).to_string();
        world.by(&person).post(api, JSON, again).await.is(201);
        let kept = world.by(&person).get(api).await.is(200).json();
        assert_eq!(kept["items"].as_array().unwrap().len(), 1, "{kept}");
        assert_eq!(look(world, "2026-11-22T00:45:00Z").await, 0, "what is there is not new");
        world.at("2026-11-22T00:50:00Z");
        let (_, fresh) = world.firm("乙公司", "620502").await;
        told(world, fresh).await;
        assert_eq!(look(world, "2026-11-22T00:52:00Z").await, 0, "looked at a moment ago");
        assert_eq!(look(world, "2026-11-22T01:00:00Z").await, 1);
        assert_eq!(look(world, "2026-11-22T01:20:00Z").await, 0, "once");
        let page = world.by(&person).get("/notices").await.is(200).text();
        assert!(
            page.contains("符合您的订阅") && page.contains(&format!("/vacancies/{fresh}")),
            "{page}"
        );
        world.by(&clerk).get("/me/subscriptions").await.is(403);
    })
    .await;
}

#[tokio::test]
async fn a_question_that_is_ended_or_not_understood_tells_nothing() {
    both(async |world| {
        let Cast { person, .. } = cast(world).await;
        world.work().await;
        let wrong = [("query", "colour=red")];
        world.by(&person).form("/me/subscriptions", &wrong).await.is(422);
        let kept = [("query", "q=电焊工"), ("name", "焊工")];
        world.by(&person).form("/me/subscriptions", &kept).await.is(303);
        let page = world.by(&person).get("/me/subscriptions").await.is(200).text();
        let id = page.split("/me/subscriptions/").nth(1).unwrap().split('/').next().unwrap();
        let end = format!("/me/subscriptions/{id}/end");
        let other = world.registered_in("620502100").await;
        let other = world.jobseeker(other).await;
        world.by(&other).form(&end, &[]).await.is(404);
        world.by(&person).form(&end, &[]).await.is(303);
        world.at("2026-11-22T00:50:00Z");
        let (_, fresh) = world.firm("乙公司", "620502").await;
        told(world, fresh).await;
        assert_eq!(look(world, "2026-11-22T01:10:00Z").await, 0);
        // "subscription.keep", "subscription.end" and "subscription.tell" leave no event: what a
        // person looks for is nobody's business
        for lang in ["zh-CN", "en"] {
            let path = format!("/me/subscriptions?lang={lang}");
            assert!(!world.by(&person).get(&path).await.is(200).text().contains("subscription."));
        }
    })
    .await;
}

#[tokio::test]
async fn a_search_kept_before_searches_were_sealed_is_sealed_by_the_program() {
    both(async |world| {
        let Cast { person, jobseeker, .. } = cast(world).await;
        let kept = [("query", "q=电焊工"), ("name", "给王家老二找的")];
        world.by(&person).form("/me/subscriptions", &kept).await.is(303);
        // as an earlier version wrote it
        let deed =
            store::Deed { name: "subscription.keep", actor: "story".into(), at: world.app.now() };
        let mut w = world.app.db().write(deed).await.unwrap();
        let sql = "update subscription set sealed = null, name = $1, query = $2";
        w.exec(sql, store::vals!["给王家老二找的", "q=%E7%94%B5%E7%84%8A%E5%B7%A5"]).await.unwrap();
        w.commit().await.unwrap();
        let reads = async || {
            let page = world.by(&person).get("/me/subscriptions").await.is(200).text();
            assert!(page.contains("给王家老二找的") && page.contains("q=%E7%94%B5"), "{page}");
        };
        let has = |text: &str| text.contains("王家老二") || text.contains("%E7%94%B5%E7%84%8A");
        reads().await;
        assert!(has(&everything(world).await));
        assert_eq!(look(world, "2026-11-22T00:45:00Z").await, 0);
        assert!(!has(&everything(world).await), "in a table");
        reads().await;
        // it tells of what is new as before, and the same question is not kept twice
        world.at("2026-11-22T00:50:00Z");
        let (_, fresh) = world.firm("乙公司", "620502").await;
        told(world, fresh).await;
        assert_eq!(look(world, "2026-11-22T01:00:00Z").await, 1);
        world.by(&person).form("/me/subscriptions", &kept).await.is(303);
        let file = world.by(&person).get("/me/data.json").await.is(200).json();
        let rows = file["tables"]["subscription"]["rows"].as_array().unwrap();
        assert_eq!((rows.len(), rows[0]["name"].as_str()), (1, Some("给王家老二找的")));
        assert!(rows[0].get("sealed").is_none(), "{rows:?}");
        // a turn of the main key leaves it readable
        let (pause, command) = (std::time::Duration::ZERO, Actor::office("command"));
        app::secret::rotation::turn(&world.app, &command, pause, |_| ()).await.unwrap();
        reads().await;
        // whose key is gone is not told of, and nobody else has to wait for it
        let other = world.registered_in("620502100").await;
        let other = world.jobseeker(other).await;
        world.by(&other).form("/me/subscriptions", &kept).await.is(303);
        world.app.secret().erase(&[jobseeker.uuid()], world.app.now()).await.unwrap();
        world.at("2026-11-22T01:20:00Z");
        let (_, fresh) = world.firm("丙公司", "620502").await;
        told(world, fresh).await;
        assert_eq!(look(world, "2026-11-22T01:40:00Z").await, 1);
    })
    .await;
}

/// So many posts of some trades, wages and days of two months, each of a firm of its own.
fn posts(name: &str, count: usize) -> String {
    let titles = ["电焊工", "焊工学徒", "氩弧焊工", "保洁员", "叉车工"];
    let mut text = POSTS.lines().next().unwrap().to_owned();
    for n in 0..count {
        let (title, pay) = (titles[n % titles.len()], 3_000 + n * 37 % 5_000);
        let (month, day) = (10 + n % 2, 1 + n * 7 % 20);
        let place = ["甘谷县", "天水市秦州区"][n / 3 % 2];
        write!(text, "\n{name}{n},甘谷县{name}{n}厂,{title},1,{place},{pay}元/月,不限,不限,全职,包住,会{title},2026-{month}-{day:02}").unwrap();
    }
    text
}

/// Every post of the list of programs, page after page; and those of the first page that people see.
async fn listed(world: &World, query: &str) -> (BTreeSet<String>, Vec<String>) {
    let (mut all, mut next) = (BTreeSet::new(), String::new());
    loop {
        let path = format!("/api/v1/vacancies?limit=100&{query}{next}");
        let found = world.stranger().get(&path).await.is(200).json();
        let ids = found["items"].as_array().unwrap().iter();
        all.extend(ids.map(|item| item["id"].as_str().unwrap().to_owned()));
        match found["next"].as_str() {
            Some(cursor) => next = format!("&cursor={cursor}"),
            None => break,
        }
    }
    let page = world.stranger().get(&format!("/vacancies?{query}")).await.is(200).text();
    let shown = page.split("href=\"/vacancies/").skip(1).filter_map(|rest| rest.get(..36));
    (all, shown.filter(|id| !id.contains('"')).map(str::to_owned).collect())
}

async fn inbox(world: &World, person: &Member) -> Vec<String> {
    let mut all = Vec::new();
    let mut next = String::new();
    loop {
        let found = world.by(person).get(&format!("/api/v1/notices{next}")).await;
        let found = found.is(200).json();
        let ids = found["items"].as_array().unwrap().iter();
        all.extend(ids.filter_map(|item| item["vacancy_id"].as_str().map(str::to_owned)));
        match found["next"].as_str() {
            Some(cursor) => next = format!("?before={cursor}"),
            None => return all,
        }
    }
}

#[tokio::test]
async fn alerts_tell_of_every_new_post_of_the_list_and_of_no_other() {
    both(async |world| {
        import(world, Noun::Vacancies, "旧.csv", &posts("旧", 130)).await;
        world.work().await;
        let queries = [
            "q=焊工",
            "q=焊工&region=620523&sort=wage",
            "q=秦州区电焊工%20包住",
            "q=电焊工%20潜水",
            "wage_min=4000&sort=new",
        ];
        let mut asked = Vec::new();
        for query in queries {
            let person = world.registered_in("620502100").await;
            let person = world.jobseeker(person).await;
            let body = json!({ "query": query }).to_string();
            world.by(&person).post("/api/v1/subscriptions", JSON, body).await.is(201);
            asked.push((query, person));
        }
        let (before, _) = listed(world, "q=").await;
        world.at("2026-11-22T00:50:00Z");
        // some are older by their date than all that was there
        import(world, Noun::Vacancies, "新.csv", &posts("新", 160)).await;
        for minute in (11..59).step_by(11) {
            look(world, &format!("2026-11-22T01:{minute}:00Z")).await;
        }
        for (query, person) in asked {
            let (now, shown) = listed(world, query).await;
            let person = world.in_again(&person).await;
            let told = inbox(world, &person).await;
            let once: BTreeSet<String> = told.iter().cloned().collect();
            assert_eq!(once.len(), told.len(), "{query}: told twice");
            let fresh: BTreeSet<String> = now.difference(&before).cloned().collect();
            assert!(fresh.len() > 20, "{query}: {}", fresh.len());
            assert_eq!(once, fresh, "{query}");
            assert!(shown.iter().all(|id| now.contains(id)) && !shown.is_empty(), "{query}");
        }
    })
    .await;
}
