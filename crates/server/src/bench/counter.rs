//! `bench counter`: two hundred clerks at their counters at once, over HTTP, each with a pause to
//! read between two pages, with the people of a city and the posts of a province behind them; beside
//! them employers who answer, and people who look and apply. All have signed in at the door.

mod round;
mod seat;

use std::{
    collections::BTreeMap,
    fs,
    io::{Write as _, stdout},
    path::Path,
    process::{Command, ExitCode, Stdio},
    time::{Duration, Instant},
};

use chrono::NaiveDate;
use clap::Args;
use model::intake::Noun;

use self::{
    round::{Eyes, next, pages},
    seat::{Kind, Seat},
};
use super::{
    clock::{Times, worked},
    service::Service,
    table::{self, Table},
};
use crate::{Outcome, config::Config, demo::county};

#[derive(Args)]
pub(crate) struct Options {
    #[arg(long, default_value_t = 200)]
    clerks: usize,
    /// Employers at their desks
    #[arg(long, default_value_t = 20)]
    employers: usize,
    /// People who look for themselves
    #[arg(long, default_value_t = 20)]
    online: usize,
    #[arg(long, default_value_t = 100_000)]
    people: usize,
    #[arg(long, default_value_t = 50_000)]
    posts: usize,
    /// Seconds of work
    #[arg(long, default_value_t = 120)]
    seconds: u32,
    /// The longest that somebody reads, in seconds; the shortest is a third of it
    #[arg(long, default_value_t = 6)]
    pause: u32,
    /// Write the table to .docs/bench/counter.md
    #[arg(long)]
    save: bool,
}

/// So many sign in at once, before it begins.
const DOORS: usize = 8;

pub(crate) async fn run(config: &Config, options: &Options) -> Outcome {
    let folder = config.data.join("bench-counter");
    if folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    fs::create_dir_all(&folder)?;
    let measured = measure(&folder, options).await;
    fs::remove_dir_all(&folder)?;
    measured
}

async fn measure(folder: &Path, options: &Options) -> Outcome {
    let data = folder.join("data");
    fill(folder, &data, options)?;
    let seats = seat::all(&data, options).await?;
    let service = Service::start(&data).await?;
    service.rest().await?;
    let head = format!(
        "{} clerks, {} employers and {} people at once, a page every {}-{} seconds each, {} people \
         and {} posts, SQLite, on {}; those who ask sit at the same machine. Repeat: \
         `cargo run --release -- bench counter --save`.",
        options.clerks,
        options.employers,
        options.online,
        options.pause / 3,
        options.pause,
        options.people,
        options.posts,
        table::machine(),
    );
    let mut table = Table::new("How soon pages come at the counter", head);
    let (seats, doors) = enter(&service.address, seats).await?;
    let before = worked(service.process());
    let seen = work(&service.address, seats, options).await?;
    let cores =
        worked(service.process()).saturating_sub(before).as_secs_f64() / f64::from(options.seconds);
    report(seen, &mut table)?;
    let said = format!(
        "signing in, {DOORS} at once, password and second factor (four requests, argon2id on \
         purpose): 50 % {:.0}, 99 % {:.0} ms",
        doors.percentile(50),
        doors.percentile(99)
    );
    table.note(said)?;
    table.note(format!("{cores:.2} cores at work in the service"))?;
    if options.save {
        table.save(Path::new(".docs/bench/counter.md"))?;
    }
    Ok(ExitCode::SUCCESS)
}

/// Files of rows, brought in as an office does.
fn fill(folder: &Path, data: &Path, options: &Options) -> Outcome<()> {
    let day = NaiveDate::from_ymd_opt(2026, 11, 1).unwrap_or_default();
    let files = [
        ("vacancies.csv", Noun::Vacancies, options.posts),
        ("jobseekers.csv", Noun::Jobseekers, options.people),
    ];
    for (name, noun, rows) in files {
        let file = folder.join(name);
        county::large(&file, noun, rows, day)?;
        let status = Command::new(std::env::current_exe()?)
            .arg("--data")
            .arg(data)
            .args(["import", noun.code()])
            .arg(&file)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status()?;
        // 2: some of its rows were refused, as they should be
        if !matches!(status.code(), Some(0 | 2)) {
            return Err(format!("{name} could not be brought in").into());
        }
    }
    Ok(())
}

/// Everybody signs in at the door; how long each took.
async fn enter(address: &str, mut seats: Vec<Seat>) -> Outcome<(Vec<Seat>, Times)> {
    let (mut inside, mut times) = (Vec::new(), Vec::new());
    while !seats.is_empty() {
        let few = seats.split_off(seats.len().saturating_sub(DOORS));
        let tasks: Vec<_> = few
            .into_iter()
            .map(|mut seat| {
                let address = address.to_owned();
                tokio::spawn(async move {
                    let began = Instant::now();
                    let done = seat.sign_in(&address).await.map_err(|error| error.to_string());
                    done.map(|()| (seat, began.elapsed()))
                })
            })
            .collect();
        for task in tasks {
            let (seat, time) = task.await??;
            inside.push(seat);
            times.push(time);
        }
    }
    Ok((inside, Times::new(times)))
}

/// What came of one page: which, how long, and with which status where it was not what had to come.
type Seen = (&'static str, Duration, Option<u16>);

/// What somebody saw, and how many people they found and had a post for.
#[derive(Default)]
struct Sat {
    seen: Vec<Seen>,
    found: usize,
    fit: usize,
}

async fn work(address: &str, seats: Vec<Seat>, options: &Options) -> Outcome<Sat> {
    let mut tasks = Vec::new();
    let (time, pause) = (Duration::from_secs(options.seconds.into()), options.pause * 1_000);
    for (n, mut seat) in seats.into_iter().enumerate() {
        let address = address.to_owned();
        tasks.push(tokio::spawn(async move {
            let done = sit(&address, &mut seat, n, (time, pause)).await;
            done.map_err(|error| error.to_string())
        }));
    }
    let mut all = Sat::default();
    for task in tasks {
        let sat = task.await??;
        all.seen.extend(sat.seen);
        all.found += sat.found;
        all.fit += sat.fit;
    }
    Ok(all)
}

/// Somebody's pages, from a moment and a page of their own.
async fn sit(
    address: &str,
    seat: &mut Seat,
    n: usize,
    (time, most): (Duration, u32),
) -> Outcome<Sat> {
    let (began, mut done, mut eyes) = (Instant::now(), Sat::default(), Eyes::default());
    let pages = pages(seat.kind);
    for (k, page) in pages.iter().copied().cycle().enumerate().skip(n % pages.len()) {
        let Some(step) = next(seat, page, &eyes, (n, k)) else { continue };
        // pauses that differ, and are the same in every run
        let spread = u32::try_from(k * 7_919 + n * 104_729).unwrap_or(0);
        let pause = most / 3 + spread % (most - most / 3).max(1);
        tokio::time::sleep(Duration::from_millis(pause.into())).await;
        if began.elapsed() > time {
            break;
        }
        let asked = Instant::now();
        let answer = seat.ask(address, &step.path, step.form.as_deref()).await?;
        let took = asked.elapsed();
        let wrong = (!step.right(&answer, &mut eyes)?).then_some(answer.status);
        done.seen.push((step.page, took, wrong));
    }
    (done.found, done.fit) = (eyes.found, eyes.fit);
    Ok(done)
}

fn report(sat: Sat, table: &mut Table) -> Outcome<()> {
    let Sat { seen, found, fit } = sat;
    let wrong: Vec<_> =
        seen.iter().filter_map(|(page, _, wrong)| wrong.map(|status| (*page, status))).collect();
    for (page, status) in wrong.iter().take(9) {
        writeln!(stdout(), "     {page} was answered with {status} and not with what it should")?;
    }
    let mut of: BTreeMap<&str, Vec<Duration>> = BTreeMap::new();
    for (page, time, _) in &seen {
        of.entry(page).or_default().push(*time);
    }
    let order = [Kind::Clerk, Kind::Employer, Kind::Person].into_iter().flat_map(pages);
    for page in order {
        let Some(times) = of.remove(page) else { continue };
        let (count, times) = (times.len(), Times::new(times));
        let said = format!(
            "{count} times, 50 % {:.1}, 99 % {:.1}, all {:.1} ms",
            times.percentile(50),
            times.percentile(99),
            times.percentile(100)
        );
        table.row(&format!("page: {page}"), "99 % < 200 ms", said, times.percentile(99) < 200.0)?;
    }
    let pages = seen.len();
    let times = Times::new(seen.into_iter().map(|(_, time, _)| time).collect());
    let wrong = wrong.len();
    let said = format!("{pages} pages, {wrong} errors, 99 % {:.1} ms", times.percentile(99));
    let kept = wrong == 0 && times.percentile(99) < 200.0;
    table.row("all pages", "no error, 99 % < 200 ms", said, kept)?;
    table.note(format!(
        "{found} people were found by the number on their card, {fit} of them with posts that fit"
    ))?;
    writeln!(stdout())?;
    Ok(())
}
