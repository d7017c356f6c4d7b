//! The program as a service of its own, and connections to it that ask as a browser does.

use std::{
    io::Read as _,
    net::TcpListener,
    path::Path,
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use flate2::read::GzDecoder;
use tokio::{
    io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader},
    net::TcpStream,
};

use super::clock::worked;
use crate::Outcome;

/// The program as a service, until this value goes.
pub(super) struct Service {
    child: Child,
    pub(super) address: String,
    /// From its start until it said that it is ready.
    pub(super) ready: Duration,
}

/// Seconds without work after which it is at rest.
const QUIET: u32 = 3;

impl Service {
    pub(super) async fn start(data: &Path) -> Outcome<Self> {
        let address = TcpListener::bind("127.0.0.1:0")?.local_addr()?.to_string();
        let began = Instant::now();
        let child = Command::new(std::env::current_exe()?)
            .arg("--data")
            .arg(data)
            .args(["--listen", &address, "serve"])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()?;
        let mut service = Self { child, address, ready: Duration::ZERO };
        while service.ready.is_zero() {
            if began.elapsed() > Duration::from_mins(2) {
                return Err("the service was not ready within two minutes".into());
            }
            tokio::time::sleep(Duration::from_millis(3)).await;
            let Ok(mut line) = Line::open(&service.address).await else { continue };
            if line.get("/readyz").await.is_ok_and(|status| status == 200) {
                service.ready = began.elapsed();
            }
        }
        Ok(service)
    }

    /// Waits until what it does on its own after the start is done; how long that took.
    pub(super) async fn rest(&self) -> Outcome<Duration> {
        let (began, mut quiet) = (Instant::now(), 0);
        loop {
            let before = worked(self.process());
            tokio::time::sleep(Duration::from_secs(1)).await;
            let idle = worked(self.process()).saturating_sub(before) < Duration::from_millis(20);
            quiet = if idle { quiet + 1 } else { 0 };
            // between one piece of work and the next it may be still for a moment
            if quiet == QUIET {
                return Ok(began.elapsed());
            }
            if began.elapsed() > Duration::from_mins(5) {
                return Err("the service did not come to rest within five minutes".into());
            }
        }
    }

    pub(super) fn process(&self) -> u32 {
        self.child.id()
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

/// A connection that stays open.
pub(super) struct Line {
    stream: BufReader<TcpStream>,
    /// What stands at the head of everything it asks.
    head: String,
}

impl Line {
    pub(super) async fn open(address: &str) -> Outcome<Self> {
        Self::signed(address, "").await
    }

    /// For somebody whose browser holds these cookies.
    pub(super) async fn signed(address: &str, cookies: &str) -> Outcome<Self> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        let cookie =
            if cookies.is_empty() { String::new() } else { format!("Cookie: {cookies}\r\n") };
        let head = format!(
            "Host: {address}\r\nAccept: text/html\r\nAccept-Encoding: gzip\r\n\
             Accept-Language: zh\r\nSec-Fetch-Site: same-origin\r\n{cookie}"
        );
        Ok(Self { stream: BufReader::new(stream), head })
    }

    /// Asks and reads the whole answer; gives its status.
    pub(super) async fn get(&mut self, path: &str) -> Outcome<u16> {
        Ok(self.read(path).await?.status)
    }

    /// Asks and reads the whole answer.
    pub(super) async fn read(&mut self, path: &str) -> Outcome<Answer> {
        self.ask(&format!("GET {path} HTTP/1.1\r\n{}\r\n", self.head)).await
    }

    /// Sends a form, percent-encoded, and reads the whole answer.
    pub(super) async fn send(&mut self, path: &str, form: &str) -> Outcome<Answer> {
        let kind = "Content-Type: application/x-www-form-urlencoded";
        let head = &self.head;
        let length = form.len();
        let ask = format!(
            "POST {path} HTTP/1.1\r\n{head}{kind}\r\nContent-Length: {length}\r\n\r\n{form}"
        );
        self.ask(&ask).await
    }

    async fn ask(&mut self, ask: &str) -> Outcome<Answer> {
        self.stream.write_all(ask.as_bytes()).await?;
        let (mut answer, mut length, mut chunked) = (Answer::default(), 0, false);
        loop {
            let mut line = String::new();
            self.stream.read_line(&mut line).await?;
            let line = line.trim_end();
            if line.is_empty() {
                break;
            }
            if let Some(rest) = line.strip_prefix("HTTP/1.1 ") {
                answer.status =
                    rest.split(' ').next().and_then(|code| code.parse().ok()).unwrap_or(0);
            }
            let (name, value) = line.split_once(':').unwrap_or_default();
            let value = value.trim();
            match name.to_ascii_lowercase().as_str() {
                "content-length" => length = value.parse()?,
                "transfer-encoding" => chunked = value == "chunked",
                "content-encoding" => answer.packed = value == "gzip",
                "location" => value.clone_into(&mut answer.location),
                "set-cookie" => {
                    let set = value.split(';').next().and_then(|pair| pair.split_once('='));
                    answer
                        .cookies
                        .extend(set.map(|(name, value)| (name.to_owned(), value.to_owned())));
                }
                _ => {}
            }
        }
        if chunked {
            self.chunks(&mut answer.body).await?;
        } else {
            self.take(length, &mut answer.body).await?;
        }
        Ok(answer)
    }

    async fn chunks(&mut self, body: &mut Vec<u8>) -> Outcome<()> {
        loop {
            let mut line = String::new();
            self.stream.read_line(&mut line).await?;
            let length = usize::from_str_radix(line.trim(), 16)?;
            self.take(length + 2, body).await?;
            body.truncate(body.len().saturating_sub(2));
            if length == 0 {
                return Ok(());
            }
        }
    }

    async fn take(&mut self, length: usize, body: &mut Vec<u8>) -> Outcome<()> {
        let from = body.len();
        body.resize(from + length, 0);
        self.stream.read_exact(body.get_mut(from..).unwrap_or_default()).await?;
        Ok(())
    }
}

/// What came back.
#[derive(Default)]
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) location: String,
    pub(super) cookies: Vec<(String, String)>,
    body: Vec<u8>,
    packed: bool,
}

impl Answer {
    /// The page, unpacked.
    pub(super) fn text(&self) -> Outcome<String> {
        if !self.packed {
            return Ok(String::from_utf8(self.body.clone())?);
        }
        let mut text = String::new();
        GzDecoder::new(self.body.as_slice()).read_to_string(&mut text)?;
        Ok(text)
    }
}
