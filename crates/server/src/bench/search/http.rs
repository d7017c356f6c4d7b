//! The result page, asked for over HTTP from a service of its own, as a browser does.

use std::{
    net::TcpListener,
    path::Path,
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use tokio::{
    io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader},
    net::TcpStream,
};

use super::{
    clock::{Times, worked},
    question::Question,
    table::Table,
};
use crate::Outcome;

/// The program as a service, until this value goes.
pub(super) struct Service {
    child: Child,
    address: String,
    /// From its start until it said that it is ready.
    pub(super) ready: Duration,
}

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
        let began = Instant::now();
        loop {
            let before = worked(self.process());
            tokio::time::sleep(Duration::from_secs(1)).await;
            if worked(self.process()).saturating_sub(before) < Duration::from_millis(20) {
                return Ok(began.elapsed());
            }
            if began.elapsed() > Duration::from_mins(5) {
                return Err("the service did not come to rest within five minutes".into());
            }
        }
    }

    fn process(&self) -> u32 {
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
struct Line(BufReader<TcpStream>, String);

impl Line {
    async fn open(address: &str) -> Outcome<Self> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        Ok(Self(BufReader::new(stream), address.to_owned()))
    }

    /// Asks and reads the whole answer; gives its status.
    async fn get(&mut self, path: &str) -> Outcome<u16> {
        let ask = format!(
            "GET {path} HTTP/1.1\r\nHost: {}\r\nAccept-Encoding: gzip\r\nAccept-Language: zh\r\n\r\n",
            self.1
        );
        self.0.write_all(ask.as_bytes()).await?;
        let (mut status, mut length, mut chunked) = (0, 0, false);
        loop {
            let mut line = String::new();
            self.0.read_line(&mut line).await?;
            let line = line.trim_end().to_ascii_lowercase();
            if line.is_empty() {
                break;
            }
            if let Some(rest) = line.strip_prefix("http/1.1 ") {
                status = rest.split(' ').next().and_then(|code| code.parse().ok()).unwrap_or(0);
            }
            if let Some(value) = line.strip_prefix("content-length:") {
                length = value.trim().parse()?;
            }
            chunked |= line == "transfer-encoding: chunked";
        }
        if chunked {
            self.chunks().await?;
        } else {
            self.skip(length).await?;
        }
        Ok(status)
    }

    async fn chunks(&mut self) -> Outcome<()> {
        loop {
            let mut line = String::new();
            self.0.read_line(&mut line).await?;
            let length = usize::from_str_radix(line.trim(), 16)?;
            self.skip(length + 2).await?;
            if length == 0 {
                return Ok(());
            }
        }
    }

    async fn skip(&mut self, length: usize) -> Outcome<()> {
        let mut bytes = vec![0; length];
        self.0.read_exact(&mut bytes).await?;
        Ok(())
    }
}

/// Pages one after the other, then so many a second.
const ALONE: usize = 600;
const RATE: u32 = 600;
const SECONDS: u32 = 10;
const LINES: u32 = 16;

pub(super) async fn measure(
    service: &Service,
    questions: &[Question],
    table: &mut Table,
) -> Outcome<()> {
    let paths: Vec<String> = questions.iter().map(Question::address).collect();
    let mut line = Line::open(&service.address).await?;
    for path in paths.iter().take(100) {
        let status = line.get(path).await?;
        if status != 200 {
            return Err(format!("{path} was answered with {status}").into());
        }
    }
    let (before, mut times) = (worked(service.process()), Vec::new());
    for path in paths.iter().cycle().take(ALONE) {
        let began = Instant::now();
        line.get(path).await?;
        times.push(began.elapsed());
    }
    let spent = worked(service.process()).saturating_sub(before);
    let mean = spent.as_secs_f64() * 1e3 / f64::from(u32::try_from(ALONE)?);
    let times = Times::new(times);
    let (middle, worst) = (times.percentile(50), times.percentile(99));
    table.row(
        "a result page by HTTP: words + city, snippets, exact total, 8 facets, compressed",
        "50 % ≤ 2 ms, 99 % ≤ 10 ms of processor time",
        format!(
            "mean {mean:.2} ms; by the clock, one at a time, 50 % {middle:.2}, 99 % {worst:.2} ms"
        ),
        middle <= 2.0 && worst <= 10.0,
    )?;
    let before = worked(service.process());
    let (done, times) = flood(&service.address, &paths).await?;
    let spent =
        (worked(service.process()).saturating_sub(before)).as_secs_f64() / f64::from(SECONDS);
    let rate = f64::from(done) / f64::from(SECONDS);
    let late = times.percentile(99);
    table.row(
        "result pages a second, the load generator beside",
        "600 a second",
        format!("{rate:.0} a second, 99 % answered within {late:.0} ms; {spent:.2} cores"),
        rate >= 0.99 * f64::from(RATE) && late < 1_000.0,
    )
}

/// Asks at a fixed rate, whether answers come or not; gives how many came in time, and when.
async fn flood(address: &str, paths: &[String]) -> Outcome<(u32, Times)> {
    let began = Instant::now();
    let mut tasks = Vec::new();
    for n in 0..LINES {
        let mut line = Line::open(address).await?;
        let mine: Vec<String> =
            paths.iter().skip(n as usize).step_by(LINES as usize).cloned().collect();
        tasks.push(tokio::spawn(async move {
            let mut times = Vec::new();
            for (k, path) in (0..RATE * SECONDS / LINES).zip(mine.iter().cycle()) {
                let due = began + Duration::from_secs(1) * (k * LINES + n) / RATE;
                tokio::time::sleep_until(due.into()).await;
                let fine = line.get(path).await.is_ok_and(|status| status == 200);
                let over = began.elapsed() > Duration::from_secs(u64::from(SECONDS) + 1);
                if !fine || over {
                    break;
                }
                times.push(due.elapsed());
            }
            times
        }));
    }
    let mut all = Vec::new();
    for task in tasks {
        all.extend(task.await?);
    }
    Ok((u32::try_from(all.len())?, Times::new(all)))
}
