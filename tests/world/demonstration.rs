//! The demonstration, made once by the program itself for all stories that look at it.

use std::{
    io::Read,
    net::{TcpListener, TcpStream},
    path::Path,
    process::{Child, Stdio},
    sync::OnceLock,
    time::{Duration, Instant},
};

use tempfile::TempDir;

use super::program;

/// What its first start said, how long that took, and the folder it left.
pub(crate) struct Started {
    pub said: String,
    pub took: Duration,
    folder: TempDir,
}

/// The first start; nothing has happened in its folder since.
pub(crate) fn first() -> &'static Started {
    static FIRST: OnceLock<Started> = OnceLock::new();
    FIRST.get_or_init(|| {
        let folder = tempfile::tempdir().unwrap();
        let (said, took) = start(&folder.path().join("data"));
        Started { said, took, folder }
    })
}

/// A folder of its own with the demonstration's data in it.
pub(crate) fn copied() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    copy(first().folder.path(), folder.path());
    folder
}

/// Runs `demo` until it serves; what it said until then, and how long that took.
pub(crate) fn start(data: &Path) -> (String, Duration) {
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

fn copy(from: &Path, to: &Path) {
    for entry in std::fs::read_dir(from).unwrap().map(Result::unwrap) {
        let to = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            std::fs::create_dir(&to).unwrap();
            copy(&entry.path(), &to);
        } else {
            std::fs::copy(entry.path(), to).unwrap();
        }
    }
}
