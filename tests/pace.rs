//! Stories of the pace at which lists are read: robots of each kind are held, a hall full of people is not,
//! and whoever has to wait is told how long.

use model::{access::Role, term::Term};

use crate::world::{Answer, World, both};

const LIST: &str = "/vacancies";
const PAGE: &str = "text/html";

/// Reads a list from an address, with the visit number that was given before.
async fn read(world: &World, peer: &str, visit: &str, path: &str) -> Answer {
    let asking = world.elsewhere(peer).with("accept", PAGE);
    let asking =
        if visit.is_empty() { asking } else { asking.with("cookie", &format!("visit={visit}")) };
    asking.get(path).await
}

/// Reads a list as a browser does: keeps the number it is given, and follows where it is sent.
async fn browse(world: &World, peer: &str, visit: &mut String) -> u16 {
    let mut path = LIST.to_owned();
    for _ in 0..3 {
        let answer = read(world, peer, visit, &path).await;
        if let Some(given) = answer.cookie("visit") {
            *visit = given;
        }
        if answer.status.as_u16() != 303 {
            return answer.status.as_u16();
        }
        answer.location().clone_into(&mut path);
    }
    303
}

/// How many of so many tries were answered with 200.
async fn taken(world: &World, tries: usize, peer: &str, visit: &str) -> usize {
    let mut taken = 0;
    for _ in 0..tries {
        taken += usize::from(read(world, peer, visit, LIST).await.status.as_u16() == 200);
    }
    taken
}

async fn prepared(world: &World) {
    world.firm("甲公司", "620502").await;
    world.work().await;
}

#[tokio::test]
async fn a_robot_that_keeps_its_number_reads_sixty_lists_a_minute() {
    both(async |world| {
        prepared(world).await;
        let peer = "203.0.113.20:4000";
        let mut visit = String::new();
        assert_eq!(browse(world, peer, &mut visit).await, 200);
        assert_eq!(taken(world, 100, peer, &visit).await, 59, "and the first");
        let held = read(world, peer, &visit, LIST).await.is(429);
        let wait: i64 = held.header("retry-after").parse().unwrap();
        assert!((1..=70).contains(&wait), "{wait}");
        let page = held.text();
        assert!(page.contains("列表看得太快了") && page.contains("/sign-in?next="), "{page}");
        let english = read(world, peer, &visit, "/vacancies?lang=en").await.is(429).text();
        assert!(english.contains("reading lists too fast"), "{english}");
        // every list counts, and a page of one record does not
        let peer_api = world.elsewhere(peer).with("cookie", &format!("visit={visit}"));
        let problem = peer_api.get("/api/v1/vacancies").await.is(429).json();
        assert_eq!(problem["code"], "pace.visitor");
        assert!(problem["remedy"].is_string(), "{problem}");
        read(world, peer, &visit, "/api/v1/suggest?q=h").await.is(200);
        read(world, peer, &visit, "/").await.is(200);
        // whoever waits as long as was said reads on
        let at = world.app.now() + chrono::TimeDelta::seconds(wait);
        world.at(&at.to_rfc3339());
        assert_eq!(read(world, peer, &visit, LIST).await.status.as_u16(), 200);
    })
    .await;
}

#[tokio::test]
async fn a_robot_that_drops_its_number_is_held_by_its_address() {
    both(async |world| {
        prepared(world).await;
        let peer = "203.0.113.21:4000";
        assert_eq!(taken(world, 100, peer, "").await, 60);
        let sent = read(world, peer, "", LIST).await.is(303);
        assert_eq!(sent.location(), "/visit?next=/vacancies");
        // without the number it was given it comes no further
        let held = read(world, peer, "", sent.location()).await.is(429);
        assert_eq!(held.header("retry-after"), "60");
        world.elsewhere(peer).get("/api/v1/vacancies").await.is(429);
        // a number that nobody gave is none
        for made in ["0".repeat(72), "x".into(), app::secret::token(), "é".repeat(30)] {
            assert_eq!(read(world, peer, &made, LIST).await.status.as_u16(), 303, "{made}");
        }
        // nor is one of the day before yesterday
        let given = sent.cookie("visit").unwrap();
        assert_eq!(read(world, peer, &given, LIST).await.status.as_u16(), 200);
        world.at("2026-11-24T00:30:00Z");
        assert_eq!(taken(world, 61, peer, &given).await, 60);
        // and another address is another
        assert_eq!(taken(world, 10, "203.0.113.22:4000", "").await, 10);
    })
    .await;
}

#[tokio::test]
async fn a_robot_that_gathers_numbers_is_held_by_what_a_hall_may_read() {
    both(async |world| {
        prepared(world).await;
        let term = Term {
            key: "list_minute_address".into(),
            region: String::new(),
            value: 200.0,
            unit: "page".into(),
            valid_from: "2026-11-01".parse().unwrap(),
            valid_to: None,
            basis: "story".into(),
        };
        let office = model::access::Actor::office("story");
        app::term::keep(&world.app, &office, &term).await.unwrap();
        let peer = "203.0.113.23:4000";
        let mut taken = 0;
        for _ in 0..300 {
            let mut visit = String::new();
            taken += usize::from(browse(world, peer, &mut visit).await == 200);
        }
        assert_eq!(taken, 200);
        let mut visit = String::new();
        assert_eq!(browse(world, peer, &mut visit).await, 429);
    })
    .await;
}

#[tokio::test]
async fn whoever_is_signed_in_has_a_wider_pace_and_the_machine_itself_none() {
    both(async |world| {
        prepared(world).await;
        let network = world.network().await;
        let clerk = world.staff(Role::Clerk, network.qinzhou).await;
        for _ in 0..600 {
            world.by(&clerk).get("/api/v1/vacancies?limit=1").await.is(200);
        }
        let problem = world.by(&clerk).get("/api/v1/vacancies?limit=1").await.is(429).json();
        assert_eq!(problem["code"], "pace.member");
        // another at the same address is another
        let other = world.staff(Role::Clerk, network.qinzhou).await;
        world.by(&other).get(LIST).await.is(200);
    })
    .await;
}

/// Five hundred people behind one address, six lists each in ten minutes, each signing in with a code:
/// spread over the time, and then all in one minute, as when somebody on the stage says where to look.
#[tokio::test]
async fn five_hundred_people_in_a_hall_are_never_held() {
    both(async |world| {
        prepared(world).await;
        let peer = "203.0.113.24:4000";
        let mut visits = vec![String::new(); 500];
        let begin = world.app.now();
        // who arrives in which second, and reads again every minute and a half
        let mut deeds: Vec<(i64, usize)> = vec![];
        for who in 0..500 {
            let first = i64::try_from(who * 7 % 150).unwrap();
            deeds.extend((0..6).map(|n| (first + n * 90, who)));
        }
        deeds.sort_unstable();
        for (second, who) in deeds {
            world.at(&(begin + chrono::TimeDelta::seconds(second)).to_rfc3339());
            assert_eq!(browse(world, peer, &mut visits[who]).await, 200, "{who} at {second}");
        }
        for (who, visit) in visits.iter().enumerate() {
            let phone = format!("139{who:08}");
            let asking = world.elsewhere(peer).with("cookie", &format!("visit={visit}"));
            asking.form("/sign-in/code", &[("phone", &phone)]).await.is(200);
        }
        world.at(&(begin + chrono::TimeDelta::hours(1)).to_rfc3339());
        let mut visits = vec![String::new(); 500];
        for visit in &mut visits {
            assert_eq!(browse(world, peer, visit).await, 200);
        }
        assert!(alarms(world).await.is_empty());
    })
    .await;
}

async fn alarms(world: &World) -> Vec<model::notice::Notice> {
    let scope = model::access::Actor::program("story").scope();
    let mut r = world.app.db().read().await.unwrap();
    store::notice::inbox::of(&mut r, &scope, None, 50).await.unwrap()
}

#[tokio::test]
async fn an_office_may_set_the_pace_and_nought_is_none() {
    both(async |world| {
        prepared(world).await;
        let network = world.network().await;
        let manager = world.staff(Role::Manager, network.province).await;
        let fields = [
            ("key", "list_minute_visitor"),
            ("region", ""),
            ("value", "0"),
            ("valid_from", "2026-11-20"),
            ("basis", "县局会议纪要2026-11"),
        ];
        world.by(&manager).form("/terms", &fields).await.is(303);
        let shown = world.by(&manager).get("/terms?lang=en").await.is(200).text();
        assert!(shown.contains("not signed in (0: no bound)"), "{shown}");
        assert_eq!(taken(world, 150, "203.0.113.25:4000", "").await, 150);
    })
    .await;
}
