//! The program as its own process: for stories of starting, stopping and dying.

use std::{
    io::{Read, Write},
    net::{TcpListener, TcpStream},
    path::{Path, PathBuf},
    process::{Child, Command, Output, Stdio},
    sync::OnceLock,
    time::{Duration, Instant},
};

use tempfile::NamedTempFile;

/// The binary, built from these sources.
pub(crate) fn path() -> &'static Path {
    static PATH: OnceLock<PathBuf> = OnceLock::new();
    PATH.get_or_init(|| {
        let release = if cfg!(debug_assertions) { None } else { Some("--release") };
        let built = Command::new(env!("CARGO"))
            .args(["build", "--quiet", "--workspace", "--bin", "jinqiao", "--locked"])
            .args(["--message-format", "json"])
            .args(release)
            .current_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))
            .stderr(Stdio::inherit())
            .output()
            .unwrap();
        assert!(built.status.success(), "the program does not build");
        let lines = String::from_utf8(built.stdout).unwrap();
        let artifact = |line: &str| -> Option<PathBuf> {
            let line: serde_json::Value = serde_json::from_str(line).ok()?;
            Some(line.get("executable")?.as_str()?.into())
        };
        lines.lines().rev().find_map(artifact).expect("cargo names the executable")
    })
}

/// A call of the program on a data folder, with nothing in its environment that would change it.
pub(crate) fn command(data: &Path) -> Command {
    let mut command = Command::new(path());
    command.arg("--data").arg(data).env_remove("JINQIAO_DATABASE").stdin(Stdio::null());
    command
}

/// Runs the program to its end.
pub(crate) fn run(data: &Path, args: &[&str]) -> Output {
    command(data).args(args).output().unwrap()
}

/// The program while it serves. Dropped, it is killed.
pub(crate) struct Serving {
    pub child: Child,
    pub address: String,
    lines: NamedTempFile,
}

impl Serving {
    /// Starts `serve` and waits until it is ready.
    pub(crate) fn start(data: &Path, args: &[&str]) -> Self {
        let address = free_address();
        let mut command = command(data);
        command.args(["serve", "--listen", &address]).args(args);
        let lines = NamedTempFile::new().unwrap();
        let child = command.stderr(lines.reopen().unwrap()).spawn().unwrap();
        let mut serving = Self { child, address, lines };
        let began = Instant::now();
        while serving.get("/readyz").is_none_or(|answer| !answer.starts_with("HTTP/1.1 200")) {
            let ended = serving.child.try_wait().unwrap();
            let patient = ended.is_none() && began.elapsed() < Duration::from_mins(1);
            assert!(patient, "{ended:?}\n{}", serving.lines());
            std::thread::sleep(Duration::from_millis(50));
        }
        serving
    }

    /// The whole answer, head and body; none when nobody answers.
    pub(crate) fn get(&self, path: &str) -> Option<String> {
        let mut stream = TcpStream::connect(&self.address).ok()?;
        let ask = format!("GET {path} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n");
        stream.write_all(ask.as_bytes()).ok()?;
        let mut answer = vec![];
        stream.read_to_end(&mut answer).ok()?;
        Some(String::from_utf8_lossy(&answer).into_owned())
    }

    /// Asks the program to stop, as a service manager does, and waits for its end: its status and
    /// what it wrote.
    pub(crate) fn stop(mut self) -> (Option<i32>, String) {
        let pid = self.child.id().to_string();
        assert!(Command::new("kill").args(["-TERM", &pid]).status().unwrap().success());
        let status = self.child.wait().unwrap();
        let lines = self.lines();
        let naming = lines.lines().find(|line| !super::lines::people_in(line).is_empty());
        assert_eq!(naming, None, "the log names people");
        (status.code(), lines)
    }

    /// What it has written to its log so far.
    pub(crate) fn lines(&self) -> String {
        std::fs::read_to_string(self.lines.path()).unwrap()
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

fn free_address() -> String {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().to_string()
}
