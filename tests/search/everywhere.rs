//! One answer wherever somebody asks: what is closed is gone from everything, page and programs see
//! the same list, and whoever asks while the index is made anew gets whole answers.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, Instant},
};

use app::{App, event, vacancy::index};
use model::access::Actor;

use super::{Office, asking};
use crate::world::{World, both};

/// Everything public in which an open vacancy is seen.
async fn places(world: &World, id: &str, employer: &str) -> Vec<(String, bool)> {
    let parts = world.stranger().get("/sitemap.xml").await.is(200).text();
    let first = parts.rsplit("/sitemap/").next().and_then(|rest| rest.split('<').next());
    let mut found = Vec::new();
    for path in [
        "/".to_owned(),
        "/vacancies?q=电焊工".into(),
        "/vacancies?region=620102&sort=new".into(),
        "/api/v1/vacancies?q=电焊工&limit=5".into(),
        format!("/employers/{employer}"),
        format!("/sitemap/{}", first.unwrap_or_default()),
    ] {
        let path = path.replace("电焊工", "%E7%94%B5%E7%84%8A%E5%B7%A5");
        let text = world.stranger().get(&path).await.text();
        found.push((path, text.contains(id)));
    }
    for path in [format!("/vacancies/{id}"), format!("/api/v1/vacancies/{id}")] {
        let status = world.stranger().get(&path).await.status.as_u16();
        found.push((path, status == 200));
    }
    // numbers: of the list, of its filters
    let list = world.stranger().get("/api/v1/vacancies?region=620102").await.is(200).json();
    found.push(("total".into(), list["total"] == 2));
    let facet = &list["facets"]["region"][0];
    found.push((format!("facet {facet}"), facet["count"] == 2));
    found
}

/// Waits until it is there everywhere, or nowhere.
async fn seen(world: &World, [id, employer]: [&str; 2], open: bool) -> Duration {
    let began = Instant::now();
    loop {
        let found = places(world, id, employer).await;
        if found.iter().all(|(_, there)| *there == open) {
            return began.elapsed();
        }
        assert!(began.elapsed() < Duration::from_mins(1), "{open}: {found:?}");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

#[tokio::test]
async fn a_closed_vacancy_is_soon_gone_everywhere() {
    both(async |world| {
        let office = Office::open(world).await;
        let welder = office.vacancy("电焊工");
        office.publish(&[welder.clone(), office.vacancy("车工")]).await;
        let app = world.app.clone();
        let following = tokio::spawn(async move { event::follow(&app).await });
        let (id, employer) = (welder.id.to_string(), office.employer.id.to_string());
        let (id, employer) = (id.as_str(), employer.as_str());
        seen(world, [id, employer], true).await;
        let close = format!("/vacancies/{id}/close");
        let form = "application/x-www-form-urlencoded";
        world.office().post(&close, form, "state=filled").await.is(303);
        println!(
            "gone everywhere after {} ms",
            seen(world, [id, employer], false).await.as_millis()
        );
        following.abort();
    })
    .await;
}

#[tokio::test]
async fn the_page_and_the_programs_see_the_same_list() {
    both(async |world| {
        let office = Office::open(world).await;
        let titles = ["电焊工", "焊工学徒", "车工", "氩弧焊工", "数控车工", "保洁员"];
        let rows: Vec<_> = (0..30)
            .map(|n| {
                let mut row = office.vacancy(titles[n % titles.len()]);
                row.offer.pay_from = Some(300_000 + 7_000 * i64::try_from(n).unwrap());
                row.offer.pay_to = row.offer.pay_from;
                row
            })
            .collect();
        office.publish(&rows).await;
        world.work().await;
        for query in [
            "q=%E7%84%8A%E5%B7%A5",
            "q=%E8%BD%A6%E5%B7%A5&sort=wage",
            "region=620102&sort=new",
            "q=%E5%B7%A5&wage_min=4000",
            "q=&limit=7",
        ] {
            let list = world.stranger().get(&format!("/api/v1/vacancies?{query}")).await;
            let list = list.is(200).json();
            let ids = list["items"].as_array().unwrap().iter().map(|item| &item["id"]);
            let ids: Vec<&str> = ids.map(|id| id.as_str().unwrap()).collect();
            assert!(ids.len() > 4, "{query}");
            let page = world.stranger().get(&format!("/vacancies?{query}")).await.is(200).text();
            let shown =
                page.split("href=\"/vacancies/").skip(1).map(|rest| rest.get(..36).unwrap());
            let mut shown: Vec<&str> = shown.filter(|id| !id.contains('"')).collect();
            shown.dedup();
            assert_eq!(shown, ids, "{query}");
        }
    })
    .await;
}

/// Makes the index of 400 anew, three times.
async fn make(app: App, done: Arc<AtomicBool>) {
    for _ in 0..3 {
        assert_eq!(index::reindex(&app, |_| ()).await.unwrap(), 400);
    }
    done.store(true, Ordering::Relaxed);
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_asks_while_the_index_is_made_anew_gets_whole_answers() {
    both(async |world| {
        let office = Office::open(world).await;
        let rows: Vec<_> = (0..400).map(|n| office.vacancy(&format!("电焊工{n}号"))).collect();
        office.publish(&rows).await;
        world.work().await;
        let done = Arc::new(AtomicBool::new(false));
        let making = tokio::spawn(make(world.app.clone(), Arc::clone(&done)));
        let (mut answers, query) = (0, asking("电焊工"));
        let before = app::vacancy::search(&world.app, &Actor::public(), &query).await.unwrap();
        while !done.load(Ordering::Relaxed) {
            let found = app::vacancy::search(&world.app, &Actor::public(), &query).await.unwrap();
            assert_eq!((found.total, found.items.len()), (400, 20));
            assert_eq!(found.facets, before.facets);
            answers += 1;
        }
        making.await.unwrap();
        println!("{answers} answers during three makings");
    })
    .await;
}
