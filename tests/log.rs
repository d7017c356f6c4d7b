//! Stories of the log: whatever somebody does, and whatever goes wrong with it, no line, no measure and
//! no trace says who it was.

use std::{
    io::{Read, Write},
    net::TcpStream,
};

use crate::world::{World, lines, program::Serving};

const FORM: &str = "application/x-www-form-urlencoded";
const JSON: &str = "application/json";
/// Nobody; but the log would know them.
const NAME: &str = "%E6%AC%A7%E9%98%B3%E6%97%A5%E5%BF%97";
const NUMBER: &str = "11010519491231002X";
const PHONE: &str = "13911112222";

/// Posts a body and gives the status.
fn post(serving: &Serving, path: &str, kind: &str, body: &str) -> u16 {
    let mut stream = TcpStream::connect(&serving.address).unwrap();
    let head = format!(
        "POST {path} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\ncontent-type: {kind}\r\n\
         content-length: {}\r\n\r\n",
        body.len()
    );
    stream.write_all([head.as_bytes(), body.as_bytes()].concat().as_slice()).unwrap();
    let mut answer = vec![];
    stream.read_to_end(&mut answer).unwrap();
    let answer = String::from_utf8_lossy(&answer);
    answer.split(' ').nth(1).unwrap().parse().unwrap()
}

/// What somebody does who is registered, looked for and mistyped.
fn lives(serving: &Serving) {
    let person =
        format!("name={NAME}&number={NUMBER}&phone={PHONE}&place=%E7%A7%A6%E5%B7%9E%E5%8C%BA");
    assert_eq!(post(serving, "/jobseekers", FORM, &person), 303);
    assert_eq!(post(serving, "/jobseekers", FORM, &person), 422, "registered already");
    for words in [NAME, NUMBER, PHONE] {
        for path in
            ["/counter?q=", "/vacancies?q=", "/jobseekers/", "/problems/", "/sign-in?next=/"]
        {
            serving.get(&format!("{path}{words}")).unwrap();
        }
    }
    post(serving, "/sign-in/code", FORM, &format!("phone={PHONE}"));
    post(serving, "/sign-in/code/check", FORM, &format!("phone={PHONE}&code=000000"));
    post(serving, "/sign-in", FORM, &format!("login={NAME}&password={PHONE}"));
    let broken = [
        format!("{{\"title\":\"{PHONE}\",\"duties\":"),
        format!("{{\"title\":7,\"contact\":\"{PHONE}\"}}"),
        format!("{{\"{PHONE}\":\"{NUMBER}\"}}"),
        format!("{{\"title\":\"\\u0000{NUMBER}\",\"duties\":\"{PHONE}\"}}"),
    ];
    for body in &broken {
        for path in ["/api/v1/vacancies/check", "/api/v1/applications", "/api/v1/subscriptions"] {
            assert_ne!(post(serving, path, JSON, body), 500, "{path} {body}");
        }
    }
    let file = format!(
        "--line\r\ncontent-disposition: form-data; name=\"noun\"\r\n\r\njobseekers\r\n--line\r\n\
         content-disposition: form-data; name=\"file\"; filename=\"{PHONE}.csv\"\r\n\r\n\
         姓名,身份证号,联系电话\n欧阳日志,{NUMBER},{PHONE}\n欧阳日志,110105194912310021,1391111222\n\
         \r\n--line--\r\n"
    );
    assert_eq!(post(serving, "/intakes", "multipart/form-data; boundary=line", &file), 303);
    std::thread::sleep(std::time::Duration::from_secs(2));
}

#[test]
fn no_line_that_the_program_writes_says_who_somebody_is() {
    let folder = tempfile::tempdir().unwrap();
    let config = folder.path().join("talkative.toml");
    // all that our own code tells, and what others tell by default
    let wanted = "log = \"info,app=trace,web=trace,store=trace,search=trace,client=trace,jinqiao=trace,\
                  sqlx=warn,tantivy=warn\"\nlog_format = \"json\"\n";
    std::fs::write(&config, wanted).unwrap();
    let data = folder.path().join("data");
    let serving = Serving::start(&data, &["--config", config.to_str().unwrap()]);
    lives(&serving);
    let metrics = serving.get("/metrics").unwrap();
    assert_eq!(lines::people_in(&metrics), Vec::<String>::new(), "{metrics}");
    let (status, said) = serving.stop();
    assert_eq!(status, Some(0), "{said}");
    println!("{} lines", said.lines().count());
    assert!(said.lines().count() > 60 && said.contains("jobseeker.register"), "{said}");
}

#[tokio::test]
async fn the_lines_of_every_story_are_looked_at() {
    let world = World::alone().await;
    let before = lines::looked_at();
    let network = world.network().await;
    world.staff(model::access::Role::Clerk, network.qinzhou).await;
    assert!(lines::looked_at() > before, "deeds are told");
    lines::nobody_was_named();
}
