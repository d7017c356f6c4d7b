//! Stories of words: those for the same work are found together, the same vacancy is shown once, and
//! whatever is typed is answered.

use std::{
    io::{Read, Write},
    net::TcpStream,
    time::{Duration, Instant},
};

use model::vacancy::Vacancy;

use super::{Office, both};
use crate::world::{World, program::Serving};

/// As it stands in an address.
fn typed(text: &[u8]) -> String {
    text.iter().map(|byte| format!("%{byte:02X}")).collect::<Vec<_>>().concat()
}

async fn titles(world: &World, words: &str) -> (Vec<String>, Vec<String>) {
    let path = format!("/api/v1/vacancies?q={}", typed(words.as_bytes()));
    let answer = world.stranger().get(&path).await.is(200).json();
    let list = |of: &serde_json::Value, name: Option<&str>| {
        let text = |item: &serde_json::Value| {
            name.map_or(item, |name| &item[name]).as_str().unwrap().to_owned()
        };
        of.as_array().unwrap().iter().map(text).collect::<Vec<_>>()
    };
    (list(&answer["items"], Some("title")), list(&answer["also"], None))
}

#[tokio::test]
async fn other_words_for_the_same_work_are_found_named_and_switched_off() {
    both(async |world| {
        let office = Office::open(world).await;
        let named = ["清洁工", "保洁员", "数控车床", "CNC编程", "母婴护理员", "Forklift driver"];
        let mut rows = named.map(|title| office.vacancy(title)).to_vec();
        rows.push(office.vacancy("三轮车手"));
        rows[6].offer.occupation = "6-18-02-04".into();
        office.publish(&rows).await;
        world.work().await;
        let (found, also) = titles(world, "保洁员").await;
        assert_eq!(found, ["保洁员", "清洁工"], "the word itself comes first");
        assert!(also.contains(&"清洁工".into()), "{also:?}");
        for (words, title) in [
            ("月嫂", "母婴护理员"),
            ("數控編程", "CNC编程"),
            ("叉车工", "Forklift driver"),
            ("forklifts drivers", "Forklift driver"),
            ("电焊师傅", "三轮车手"),
        ] {
            assert_eq!(titles(world, words).await.0[0], title, "{words}");
        }
        for quoted in ["\"保洁员\"", "“保洁员”", "「保洁员」"] {
            assert_eq!(titles(world, quoted).await, (vec!["保洁员".into()], vec![]), "{quoted}");
        }
        assert_eq!(titles(world, "“保洁阿姨”").await.0.len(), 0);
        let page = format!("/vacancies?lang=en&q={}", typed("保洁阿姨".as_bytes()));
        let page = world.stranger().get(&page).await.is(200).text();
        assert!(page.contains("Also searched: ") && page.contains("清洁工"), "{page}");
        let only = format!("/vacancies?q={}", typed("\"保洁阿姨\"".as_bytes()));
        assert!(page.contains(&only), "{page}");
    })
    .await;
}

fn copy(office: &Office<'_>, source: &str, last: Option<&str>) -> Vacancy {
    let mut copy = office.vacancy("电焊工");
    copy.source.name = source.into();
    copy.offer.duties = format!("从{source}来");
    copy.offer.expires_on = last.map(|day| day.parse().unwrap());
    copy
}

#[tokio::test]
async fn the_same_vacancy_from_several_sources_is_shown_once() {
    both(async |world| {
        let office = Office::open(world).await;
        let copies = [
            copy(&office, "county", Some("2026-11-25")),
            copy(&office, "zhilian", Some("2026-12-25")),
            copy(&office, "51job", Some("2026-11-23")),
        ];
        office.publish(&copies).await;
        world.work().await;
        let shown = async || {
            let found = world.stranger().get("/api/v1/vacancies").await.is(200).json();
            assert_eq!(
                found["total"].as_u64().unwrap(),
                found["items"].as_array().unwrap().len() as u64
            );
            let id = |item: &serde_json::Value| item["id"].as_str().unwrap().to_owned();
            found["items"].as_array().unwrap().iter().map(id).collect::<Vec<_>>()
        };
        assert_eq!(shown().await, [copies[1].id.to_string()], "open longest");
        let page =
            world.stranger().get(&format!("/vacancies/{}", copies[1].id)).await.is(200).text();
        assert!(page.contains(&format!("/vacancies/{}", copies[0].id)) && page.contains("51job"));
        let whole = format!("/api/v1/vacancies/{}", copies[0].id);
        let whole = world.stranger().get(&whole).await.is(200).json();
        assert_eq!(whole["copies"].as_array().unwrap().len(), 2);
        // the shown one becomes another vacancy: then the next best of what it was is shown too
        let mut moved = copies[1].clone();
        moved.offer.place.region = "620502".into();
        office.rename(&mut moved, copies[1].twin()).await;
        world.work().await;
        let mut both = [copies[0].id.to_string(), copies[1].id.to_string()];
        let mut now = shown().await;
        both.sort_unstable();
        now.sort_unstable();
        assert_eq!(now, both);
        // ended by the office, it is ended wherever it came from
        let close = format!("/vacancies/{}/close", copies[2].id);
        let form = "application/x-www-form-urlencoded";
        world.office().post(&close, form, "state=filled").await.is(303);
        world.stranger().get(&format!("/vacancies/{}", copies[0].id)).await.is(410);
        world.work().await;
        assert_eq!(shown().await, [copies[1].id.to_string()]);
        assert!(app::vacancy::index::check(&world.app, |_| ()).await.unwrap().is_whole());
    })
    .await;
}

#[tokio::test]
async fn when_a_copy_expires_no_other_one_needs_an_event() {
    both(async |world| {
        let office = Office::open(world).await;
        let copies = [copy(&office, "county", None), copy(&office, "51job", Some("2026-11-22"))];
        office.publish(&copies).await;
        world.work().await;
        assert_eq!(office.titles("").await.len(), 1);
        world.at("2026-11-23T00:00:00Z");
        assert_eq!(office.titles("").await.len(), 1);
    })
    .await;
}

/// Sends a request as it is and gives the first line of the answer, and how long it took.
fn ask(address: &str, query: &[u8]) -> (String, Duration) {
    let mut stream = TcpStream::connect(address).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
    let began = Instant::now();
    let request = [b"GET ", query, b" HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n"];
    // a server that has seen enough does not read to the end
    drop(stream.write_all(&request.concat()));
    let mut answer = Vec::new();
    drop(stream.read_to_end(&mut answer));
    let answer = String::from_utf8_lossy(&answer).into_owned();
    (answer.lines().next().unwrap_or_default().to_owned(), began.elapsed())
}

#[test]
fn whatever_is_typed_is_answered_and_quickly() {
    let folder = tempfile::tempdir().unwrap();
    let serving = Serving::start(folder.path(), &[]);
    let long = |text: &str, times: usize| text.repeat(times).into_bytes();
    let texts: [(&str, Vec<u8>); 24] = [
        ("the first question, which finds the dictionary", "电焊工".into()),
        ("nothing", vec![]),
        ("punctuation", "，。！？、；：…—·".into()),
        ("a regular expression", r"^(a+)+$|.*[\p{Han}]{1,99999}(?=x)".into()),
        ("nested groups", long("((((((((((", 20)),
        ("emoji", "👩‍🔧🔥👨‍👩‍👧‍👦🇨🇳".into()),
        ("right to left", "\u{202e}عامل لحام \u{2066}焊工\u{2069}".into()),
        ("broken UTF-8", b"\xff\xfe\xc3\x28\xf0\x9f\xe7\x84".to_vec()),
        ("a lone surrogate", b"\xed\xa0\x80".to_vec()),
        ("open quotes", "\"电焊工".into()),
        ("quotes in quotes", "“「『\"“「『\"".into()),
        ("operators left open", "电焊工 AND ( OR NOT - + ^ ~ [ TO ".into()),
        ("field names", "title:电工 _id:* *:* region:[* TO *]".into()),
        ("SQL", "'; drop table vacancy; --".into()),
        ("a zero", b"\0\0\0".to_vec()),
        ("line ends", "电工\r\nx-injected: 1\r\n\r\n".into()),
        ("combining marks", long("a\u{301}\u{302}\u{303}\u{304}", 40)),
        ("one character two hundred times", long("工", 200)),
        ("two hundred and one characters", long("工", 201)),
        ("one word of letters", long("a", 200)),
        ("plus signs", long("+", 200)),
        ("twenty thousand characters", long("焊", 6_500)),
        ("a megabyte of letters", long("a", 1 << 20)),
        ("a megabyte of Chinese", long("焊", 350_000)),
    ];
    for (what, text) in texts {
        for path in ["/vacancies?q=", "/api/v1/vacancies?q=", "/api/v1/vacancies?sort=new&q="] {
            let text = if text.len() >= 1 << 20 { text.clone() } else { typed(&text).into_bytes() };
            let (line, took) = ask(&serving.address, &[path.as_bytes(), &text].concat());
            println!("{:>8.1} ms  {line:<32} {path:<30} {what}", took.as_secs_f64() * 1_000.0);
            let status: u16 = line.split(' ').nth(1).and_then(|s| s.parse().ok()).unwrap_or(0);
            assert!(matches!(status, 200 | 400 | 414 | 422 | 431), "{what}: {line:?}");
        }
    }
    assert!(serving.get("/readyz").unwrap().starts_with("HTTP/1.1 200"));
    assert!(!serving.lines().contains("panic"), "{}", serving.lines());
}

#[tokio::test]
async fn conditions_in_the_words_are_understood_and_can_be_taken_back() {
    both(async |world| {
        let office = Office::open(world).await;
        let mut rows: Vec<_> = (0..12).map(|_| office.vacancy("电焊工")).collect();
        for row in &mut rows {
            row.offer.benefits = vec![model::vacancy::Benefit::Lodging];
            row.offer.place.region = "620502".into();
        }
        rows.extend([office.vacancy("电焊工"), office.vacancy("会计")]);
        rows[13].offer.benefits = vec![model::vacancy::Benefit::Lodging];
        office.publish(&rows).await;
        world.work().await;
        let ask = async |words: &str| {
            let path = format!("/api/v1/vacancies?q={}", typed(words.as_bytes()));
            world.stranger().get(&path).await.is(200).json()
        };
        let strict = ask("电焊工 包住").await;
        assert_eq!((&strict["total"], &strict["understood"]["strict"]), (&12.into(), &true.into()));
        assert_eq!(strict["understood"]["conditions"][0]["value"], "lodging");
        let placed = ask("秦州区电焊工").await;
        assert_eq!(placed["total"], 12);
        assert_eq!(placed["understood"]["conditions"][0]["value"], "620502");
        let few = ask("会计 双休").await;
        assert_eq!(
            (&few["items"][0]["title"], &few["understood"]["strict"]),
            (&"会计".into(), &false.into())
        );
        assert_eq!(ask("\"包住\" 电焊工").await["total"], 0, "in quotes it is a word");
        let page = format!("/vacancies?q={}", typed("电焊工 包住".as_bytes()));
        let page = world.stranger().get(&page).await.is(200).text();
        let without = format!("href=\"/vacancies?q={}\"", typed("电焊工".as_bytes()));
        assert!(page.contains("理解为") && page.contains(&without), "{page}");
        // the second page goes on where the first ended
        let first = format!("/api/v1/vacancies?limit=8&q={}", typed("电焊工 包住".as_bytes()));
        let first = world.stranger().get(&first).await.is(200).json();
        let next = first["next"].as_str().unwrap();
        let second = format!(
            "/api/v1/vacancies?limit=8&q={}&cursor={next}",
            typed("电焊工 包住".as_bytes())
        );
        let second = world.stranger().get(&second).await.is(200).json();
        assert_eq!((second["items"].as_array().unwrap().len(), &second["total"]), (4, &12.into()));
    })
    .await;
}

#[tokio::test]
async fn what_people_say_that_they_do_finds_who_does_it() {
    both(async |world| {
        let office = Office::open(world).await;
        let named = [
            "房产经纪人",
            "育婴员",
            "货车司机",
            "厨师",
            "保安员",
            "养老护理员",
            "汽车维修工",
            "会计",
        ];
        office.publish(&named.map(|title| office.vacancy(title))).await;
        world.work().await;
        for (words, title) in [
            ("卖房子", "房产经纪人"),
            ("带孩子", "育婴员"),
            ("开大车", "货车司机"),
            ("做饭的", "厨师"),
            ("看大门", "保安员"),
            ("伺候老人", "养老护理员"),
            ("fix cars", "汽车维修工"),
            ("会记", "会计"),
        ] {
            assert_eq!(
                titles(world, words).await.0.first().map(String::as_str),
                Some(title),
                "{words}"
            );
        }
    })
    .await;
}
