//! Stories of the program as a service: starting, being watched, stopping.

use std::{
    io::{Read, Write},
    net::TcpStream,
    time::{Duration, Instant},
};

use model::access::Actor;

use crate::world::{
    both,
    program::{Serving, run},
};

#[tokio::test]
async fn a_world_begins_with_the_reference_tables_and_answers() {
    both(async |world| {
        let reference = world.app.reference().await.unwrap();
        assert!(reference.places.find("620102").is_some());
        world.office().get("/nowhere").await.is(404);
        assert_eq!(world.app.today().to_string(), "2026-11-22");
        world.at("2026-11-30T20:00:00Z");
        assert_eq!(world.app.today().to_string(), "2026-12-01");
    })
    .await;
}

#[tokio::test]
async fn whoever_follows_the_log_tells_how_far_it_is_and_nobody_else_may() {
    both(async |world| {
        world.work().await;
        let mut r = world.app.db().read().await.unwrap();
        let newest = store::event::last(&mut r).await.unwrap();
        assert_eq!(store::event::reached(&mut r, "index").await.unwrap(), newest);
        assert!(Actor::program("indexer").may("event.follow").is_ok());
        assert!(Actor::office("window").may("event.follow").is_err());
    })
    .await;
}

#[test]
fn a_service_is_ready_counts_what_it_does_and_stops_when_told() {
    let folder = tempfile::tempdir().unwrap();
    let serving = Serving::start(folder.path(), &[]);
    assert!(serving.get("/healthz").unwrap().ends_with("alive\n"));
    let page = serving.get("/vacancies?q=%E7%8E%8B%E5%B0%8F%E6%98%8E").unwrap();
    assert!(page.contains("x-request-id: "), "{page}");
    let metrics = serving.get("/metrics").unwrap();
    let count =
        "jinqiao_http_request_seconds_count{method=\"GET\",route=\"/healthz\",status=\"200\"}";
    assert!(metrics.contains(count), "{metrics}");
    assert!(metrics.contains("jinqiao_index_lag_events 0"), "{metrics}");
    let (status, lines) = serving.stop();
    assert_eq!(status, Some(0), "{lines}");
    assert!(lines.contains("stopped"), "{lines}");
    assert!(lines.contains("route=\"/healthz\"") && !lines.contains("%E7%8E%8B"), "{lines}");
}

#[test]
fn a_request_that_runs_is_not_waited_for_without_end() {
    let folder = tempfile::tempdir().unwrap();
    let config = folder.path().join("impatient.toml");
    std::fs::write(&config, "stop_seconds = 1\n").unwrap();
    let serving = Serving::start(folder.path(), &["--config", config.to_str().unwrap()]);
    let mut slow = TcpStream::connect(&serving.address).unwrap();
    slow.write_all(b"GET / HTTP/1.1\r\nhost: localhost\r\n").unwrap(); // and never the rest
    std::thread::sleep(Duration::from_millis(200));
    let began = Instant::now();
    let (status, lines) = serving.stop();
    assert_eq!(status, Some(0), "{lines}");
    assert!(lines.contains("cut off"), "{lines}");
    assert!(began.elapsed() < Duration::from_secs(15), "{lines}");
    drop(slow.read_to_end(&mut vec![]));
}

#[test]
fn a_folder_is_served_by_one_program() {
    let folder = tempfile::tempdir().unwrap();
    let serving = Serving::start(folder.path(), &[]);
    let second = run(folder.path(), &["serve", "--listen", "127.0.0.1:0"]);
    let said = String::from_utf8_lossy(&second.stderr);
    assert_eq!(second.status.code(), Some(1), "{said}");
    assert!(said.contains("another jinqiao is serving from"), "{said}");
    assert_eq!(serving.stop().0, Some(0));
}

#[test]
fn a_setting_that_is_wrong_is_named_and_nothing_starts() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let wrong = run(&data, &["serve", "--listen", "everywhere"]);
    let said = String::from_utf8_lossy(&wrong.stderr);
    assert_eq!(wrong.status.code(), Some(1));
    assert!(said.starts_with("jinqiao: --listen: listen: "), "{said}");
    assert!(!data.exists());
    assert_eq!(run(&data, &["serve", "--lissten"]).status.code(), Some(64));
}
