//! The demonstration as a newcomer starts it: once with everything to do, and once with nothing.

use std::{
    io::Read,
    net::{TcpListener, TcpStream},
    path::Path,
    process::{Child, Stdio},
    time::{Duration, Instant},
};

use crate::world::program;

/// Runs `demo` until it serves; what it said until then, and how long that took.
fn started(data: &Path) -> (String, Duration) {
    let address = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().to_string();
    let lines = tempfile::NamedTempFile::new().unwrap();
    let mut command = program::command(data);
    command.args(["demo", "--listen", &address]).env("LC_ALL", "en");
    let (out, began) = (lines.reopen().unwrap(), Instant::now());
    let mut child = command.stdout(out).stderr(Stdio::null()).spawn().unwrap();
    while TcpStream::connect(&address).is_err() {
        let ended = child.try_wait().unwrap();
        assert!(ended.is_none() && began.elapsed() < Duration::from_mins(5), "{ended:?}");
        std::thread::sleep(Duration::from_millis(100));
    }
    let took = began.elapsed();
    killed(child);
    let mut said = String::new();
    lines.reopen().unwrap().read_to_string(&mut said).unwrap();
    (said, took)
}

fn killed(mut child: Child) {
    child.kill().unwrap();
    child.wait().unwrap();
}

#[test]
fn a_second_start_of_the_demonstration_imports_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let (first, long) = started(&data);
    assert!(first.contains("窗口求职登记.csv: 4,000 rows"), "{first}");
    let summary = |said: &str| said.lines().find(|l| l.contains("is ready")).map(str::to_owned);
    let ready = summary(&first).unwrap();
    assert!(ready.contains("2,9") && ready.contains("9,7"), "{ready}");
    let (second, short) = started(&data);
    assert!(!second.contains("rows\n"), "{second}");
    assert_eq!(summary(&second).unwrap(), ready);
    assert!(short < long, "{short:?} after {long:?}");
}
