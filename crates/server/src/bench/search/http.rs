//! The result page, asked for over HTTP from a service of its own, as a browser does.

use std::time::{Duration, Instant};

use super::question::Question;
use crate::{
    Outcome,
    bench::{
        clock::{Times, worked},
        service::{Line, Service},
        table::Table,
    },
};

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
    let (spent, clock) =
        (alone(service, &mut line, &paths).await?, by_the_clock(&mut line, &paths).await?);
    let (middle, worst) = (spent.percentile(50), spent.percentile(99));
    table.row(
        "a result page by HTTP: words + city, snippets, exact total, 8 facets, compressed",
        "50 % ≤ 2 ms, 99 % ≤ 10 ms of processor time",
        format!(
            "of processor time 50 % {middle:.2}, 99 % {worst:.2}, mean {:.2} ms; by the clock, one after \
             the other, 50 % {:.2}, 99 % {:.2} ms",
            spent.mean(),
            clock.percentile(50),
            clock.percentile(99),
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

/// What the service has worked for each page, asked for one at a time.
async fn alone(service: &Service, line: &mut Line, paths: &[String]) -> Outcome<Times> {
    let (mut before, mut times) = (worked(service.process()), Vec::new());
    for path in paths.iter().cycle().take(ALONE) {
        line.get(path).await?;
        let after = worked(service.process());
        times.push(after.saturating_sub(before));
        before = after;
    }
    Ok(Times::new(times))
}

/// How long each took by the clock, asked for as soon as the one before has come.
async fn by_the_clock(line: &mut Line, paths: &[String]) -> Outcome<Times> {
    let mut times = Vec::new();
    for path in paths.iter().cycle().take(ALONE) {
        let began = Instant::now();
        line.get(path).await?;
        times.push(began.elapsed());
    }
    Ok(Times::new(times))
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
