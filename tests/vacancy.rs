//! Stories of the life of a vacancy: paused, renewed, ended, offered again, and what the calendar ends.

mod desk;

use model::{Id, access::Role, vacancy::Vacancy};
use serde_json::{Value, json};

use crate::world::{World, both, people::Member};

const JSON: &str = "application/json";

async fn stands(world: &World, by: &Member, id: Id<Vacancy>) -> Value {
    world.by(by).get(&format!("/api/v1/vacancies/{id}/standing")).await.is(200).json()
}

/// Does an act by the form, and gives the status.
async fn act(world: &World, by: &Member, id: Id<Vacancy>, act: &str, said: &[(&str, &str)]) -> u16 {
    let path = format!("/vacancies/{id}/manage/{act}");
    world.by(by).form(&path, said).await.status.as_u16()
}

async fn deeds(world: &World, id: Id<Vacancy>) -> Vec<String> {
    let mut r = world.app.db().read().await.unwrap();
    let log = store::event::of_subject(&mut r, id.uuid(), 50).await.unwrap();
    log.into_iter().rev().map(|event| event.deed).collect()
}

async fn found(world: &World) -> u64 {
    world.work().await;
    let found = world.stranger().get("/api/v1/vacancies").await.is(200).json();
    found["total"].as_u64().unwrap()
}

#[tokio::test]
async fn an_employer_pauses_goes_on_renews_ends_and_offers_again() {
    both(async |world| {
        let (employer, id) = world.firm("甲公司", "620502").await;
        let poster = world.firms(Role::Poster, employer).await;
        assert_eq!(found(world).await, 1);
        assert_eq!(act(world, &poster, id, "pause", &[]).await, 303);
        assert_eq!(found(world).await, 0, "what pauses is in no list");
        world.stranger().get(&format!("/vacancies/{id}")).await.is(410);
        assert_eq!(stands(world, &poster, id).await["state"], "paused");
        assert_eq!(act(world, &poster, id, "renew", &[]).await, 422, "only what is public");
        assert_eq!(act(world, &poster, id, "resume", &[]).await, 303);
        assert_eq!(found(world).await, 1);
        assert_eq!(act(world, &poster, id, "renew", &[("until", "2026-12-31")]).await, 303);
        let now = stands(world, &poster, id).await;
        assert_eq!(
            (&now["lasts_until"], &now["confirmed_on"]),
            (&json!("2026-12-31"), &json!("2026-11-22"))
        );
        let body = json!({ "act": "withdraw", "cause": "not_needed" }).to_string();
        let path = format!("/api/v1/vacancies/{id}/standing");
        let ended = world.by(&poster).post(&path, JSON, body).await.is(200).json();
        assert_eq!((&ended["state"], &ended["cause"]), (&json!("withdrawn"), &json!("not_needed")));
        assert_eq!(ended["acts"], json!(["reopen"]));
        assert_eq!(found(world).await, 0);
        assert_eq!(act(world, &poster, id, "reopen", &[("until", "2025-01-01")]).await, 422);
        assert_eq!(act(world, &poster, id, "reopen", &[]).await, 303);
        assert_eq!(found(world).await, 1);
        let told =
            ["vacancy.pause", "vacancy.resume", "vacancy.renew", "vacancy.close", "vacancy.reopen"];
        assert_eq!(deeds(world, id).await, told);
    })
    .await;
}

#[tokio::test]
async fn the_calendar_ends_what_is_over_and_what_nobody_speaks_of() {
    both(async |world| {
        let (employer, id) = world.firm("甲公司", "620502").await;
        let (_, silent) = world.firm("乙公司", "620502").await;
        let owner = world.firms(Role::Owner, employer).await;
        assert_eq!(act(world, &owner, id, "renew", &[("until", "2026-12-05")]).await, 303);
        world.at("2026-12-05T15:59:00Z");
        assert_eq!(app::vacancy::life::expire(&world.app).await.unwrap(), 0, "the last day counts");
        let owner = world.firms(Role::Owner, employer).await;
        let page = world.by(&owner).get(&format!("/vacancies/{id}/manage")).await.is(200).text();
        assert!(page.contains("快要下线"), "{page}");
        world.at("2026-12-05T16:00:00Z");
        assert_eq!(app::vacancy::life::expire(&world.app).await.unwrap(), 1);
        let now = stands(world, &owner, id).await;
        assert_eq!((&now["state"], &now["cause"]), (&json!("expired"), &json!("over")));
        assert_eq!(found(world).await, 1);
        world.at("2027-02-21T00:00:00Z");
        assert_eq!(app::vacancy::life::expire(&world.app).await.unwrap(), 1);
        assert_eq!(found(world).await, 0);
        assert_eq!(deeds(world, silent).await, ["vacancy.expire"]);
        assert_eq!(app::vacancy::life::expire(&world.app).await.unwrap(), 0);
    })
    .await;
}

#[tokio::test]
async fn a_clerk_takes_what_is_doubtful_out_of_the_open_and_the_employer_reads_why() {
    both(async |world| {
        let network = world.network().await;
        let (employer, id) = world.firm("甲公司", "620502").await;
        let clerk = world.staff(Role::Inspector, network.qinzhou).await;
        let owner = world.firms(Role::Owner, employer).await;
        assert_eq!(act(world, &owner, id, "hold", &[("reason", "不能")]).await, 403);
        assert_eq!(act(world, &clerk, id, "hold", &[("reason", "")]).await, 422);
        let said = [("cause", "untrue"), ("reason", "地址查无此单位")];
        assert_eq!(act(world, &clerk, id, "hold", &said).await, 303);
        assert_eq!(found(world).await, 0);
        let page =
            world.by(&owner).get(&format!("/vacancies/{id}/manage?lang=en")).await.is(200).text();
        assert!(page.contains("地址查无此单位") && page.contains("not true"), "{page}");
        assert_eq!(deeds(world, id).await, ["vacancy.hold"]);
        assert_eq!(act(world, &owner, id, "resume", &[]).await, 422, "only a clerk ends it");
    })
    .await;
}

#[tokio::test]
async fn another_employers_vacancy_is_as_if_it_were_not() {
    both(async |world| {
        let (mine, mine_own) = world.firm("甲公司", "620502").await;
        let (_, other) = world.firm("乙公司", "620502").await;
        let owner = world.firms(Role::Owner, mine).await;
        world.by(&owner).get(&format!("/vacancies/{other}/manage")).await.is(404);
        world.by(&owner).get(&format!("/api/v1/vacancies/{other}/standing")).await.is(404);
        for act_name in ["pause", "renew", "fill", "withdraw"] {
            assert_eq!(act(world, &owner, other, act_name, &[]).await, 404, "{act_name}");
        }
        assert_eq!(act(world, &owner, mine_own, "explode", &[]).await, 422);
        let recruiter = world.firms(Role::Recruiter, mine).await;
        assert_eq!(act(world, &recruiter, other, "pause", &[]).await, 403);
    })
    .await;
}

const DUTIES: &str = "负责厂区钢结构焊接，能看懂图纸，会二氧化碳保护焊和手工焊，服从班组安排，白班，\
    每周休息一天，工具由单位提供，食堂就餐，有宿舍";

#[tokio::test]
async fn one_post_written_twice_stands_once_and_a_clerk_may_take_that_back() {
    both(async |world| {
        let network = world.network().await;
        let clerk = world.staff(Role::Clerk, network.qinzhou).await;
        let post = |title: &str, employer: &str| {
            json!({ "title": title, "duties": DUTIES, "employer": employer, "headcount": "3",
                "wage": "6000-8000元/月", "place": "天水市秦州区" })
            .to_string()
        };
        let write = async |title: &str, employer: &str| {
            let body = post(title, employer);
            let kept = world.by(&clerk).post("/api/v1/vacancies", JSON, body).await.is(201).json();
            kept["id"].as_str().unwrap().to_owned()
        };
        let first = write("电焊工", "陇原机械厂").await;
        let second = write("电焊工（急聘）", "陇原机械厂").await;
        write("电焊工", "另一家厂").await;
        assert_eq!(found(world).await, 3);
        app::vacancy::pair::catch_up(&world.app).await.unwrap();
        assert_eq!(found(world).await, 2, "the copy stands behind");
        let map = world.stranger().get("/sitemap.xml").await.is(200).text();
        let part = map.split("<loc>").nth(1).unwrap().split('<').next().unwrap();
        let part = part.replace("https://jobs.example", "");
        let part = world.stranger().get(&part).await.is(200).text();
        assert_ne!(part.contains(&first), part.contains(&second), "{part}");
        // the same text under another name waits for a clerk
        let open = world.by(&clerk).get("/vacancies/pairs").await.is(200).text();
        assert!(open.contains("另一家厂"), "{open}");
        world.stranger().get("/vacancies/pairs").await.is(403);
        let taken = [("shown", first.as_str()), ("copy", second.as_str()), ("verdict", "apart")];
        world.by(&clerk).form("/vacancies/pairs", &taken).await.is(303);
        assert_eq!(found(world).await, 3, "two posts of their own");
        let again = [("shown", first.as_str()), ("copy", second.as_str()), ("verdict", "copy")];
        world.by(&clerk).form("/vacancies/pairs", &again).await.is(303);
        assert_eq!(found(world).await, 2);
        // when the shown one ends, its copies end with it: nobody meets it again
        let owner = world.staff(Role::Clerk, network.qinzhou).await;
        assert_eq!(act(world, &owner, first.parse().unwrap(), "fill", &[]).await, 303);
        assert_eq!(found(world).await, 1);
        let told = deeds(world, second.parse().unwrap()).await;
        for deed in ["vacancy.pair", "vacancy.decide_copy", "vacancy.close"] {
            assert!(told.contains(&deed.to_owned()), "{told:?}");
        }
    })
    .await;
}
