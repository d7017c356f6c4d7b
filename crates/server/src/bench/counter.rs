//! `bench counter`: two hundred clerks at their counters at once, over HTTP, each with a pause to
//! read between two pages, with the people of a city and the posts of a province behind them. They look,
//! issue letters, try texts and register people.

use std::{
    fs,
    io::{Write as _, stdout},
    path::Path,
    process::{Command, ExitCode, Stdio},
    time::{Duration, Instant},
};

use app::{
    App,
    account::{
        New, Rules, Seat,
        door::{self, Device},
    },
};
use chrono::NaiveDate;
use clap::Args;
use model::{
    access::{Actor, Role},
    intake::Noun,
};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use store::Db;

use super::{
    clock::{Times, worked},
    service::{Line, Service},
    table::{self, Table},
};
use crate::{
    Outcome,
    config::Config,
    demo::{county, network},
};

#[derive(Args)]
pub(crate) struct Options {
    #[arg(long, default_value_t = 200)]
    clerks: usize,
    #[arg(long, default_value_t = 100_000)]
    people: usize,
    #[arg(long, default_value_t = 50_000)]
    posts: usize,
    /// Seconds of work
    #[arg(long, default_value_t = 60)]
    seconds: u32,
    /// Write the table to .docs/bench/counter.md
    #[arg(long)]
    save: bool,
}

/// How long a clerk reads, at least and at most.
const PAUSE: (u32, u32) = (2_000, 6_000);
/// The pages of a clerk's round; the last three are forms that are sent.
const ROUND: [&str; 10] = [
    "people",
    "person",
    "search",
    "counter",
    "post",
    "candidates",
    "held",
    "refer",
    "check",
    "register",
];
/// What is typed into the form of the gate: duties, percent-encoded.
const TYPED: &str =
    "title=%E4%BF%9D%E5%AE%89&duties=%E5%80%BC%E7%8F%AD%E5%B7%A1%E9%80%BB&wage=3000";
const PASSWORD: &str = "a counter of two hundred";

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
    let clerks = clerks(&data, options.clerks).await?;
    let service = Service::start(&data).await?;
    service.rest().await?;
    let head = format!(
        "{} clerks at once, a page every {}-{} seconds each, {} people and {} posts, SQLite, on {}; \
         the clerks sit at the same machine. Repeat: `cargo run --release -- bench counter --save`.",
        options.clerks,
        PAUSE.0 / 1_000,
        PAUSE.1 / 1_000,
        options.people,
        options.posts,
        table::machine(),
    );
    let mut table = Table::new("How soon pages come at the counter", head);
    let before = worked(service.process());
    let seen = work(&service.address, clerks, options.seconds).await?;
    let cores =
        worked(service.process()).saturating_sub(before).as_secs_f64() / f64::from(options.seconds);
    report(seen, &mut table)?;
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

/// Somebody at a counter: the cookie, and the addresses of their work.
struct Clerk {
    token: String,
    people: Vec<String>,
    posts: Vec<String>,
}

/// Accounts in the offices of the county, signed in, each with people and posts of their own office.
async fn clerks(data: &Path, count: usize) -> Outcome<Vec<Clerk>> {
    let (database, folder) = (Some(Db::url_in(data)), app::Settings::in_folder(data));
    let account = Rules { second_factor: false, ..Rules::default() };
    let app = App::open(app::Settings { database, account, ..folder }).await?;
    network::make(&app).await?;
    let actor = Actor::program("bench");
    let mut r = app.db().read().await?;
    let offices = store::organisation::tree(&mut r, &actor.scope(), 100).await?;
    let mut open = store::vacancy::all_after(&mut r, None, 400).await?;
    drop(r);
    open.retain(|one| one.is_open(app.today()));
    let offices: Vec<_> = offices.into_iter().filter(|one| one.regions.len() == 1).collect();
    let mut clerks = Vec::with_capacity(count);
    for (n, office) in (0..count).zip(offices.iter().cycle()) {
        let (login, name) = (format!("clerk{n}"), format!("Clerk {n}"));
        let seat = Seat { role: Some(Role::Clerk), organisation: Some(office.id), employer: None };
        let new = New { login: login.clone(), name, password: PASSWORD.into(), due: false, seat };
        app::account::create(&app, &actor, &new).await?;
        let device = Device { key: String::new(), kind: "bench".into() };
        let token = door::sign_in(&app, &device, &login, PASSWORD).await?.token;
        let here = door::here(&app, &token).await?.and_then(|here| here.member);
        let scope = here.map_or_else(Actor::public, Actor::member).scope();
        let mut r = app.db().read().await?;
        let people = store::jobseeker::page(&mut r, &scope, None, 200).await?;
        clerks.push(Clerk {
            token,
            people: people.items.iter().map(|one| format!("/jobseekers/{}", one.id)).collect(),
            posts: open.iter().skip(n).map(|one| format!("/vacancies/{}", one.id)).collect(),
        });
    }
    app.db().close().await;
    Ok(clerks)
}

/// What came of one page: which, how long, and with which status.
type Seen = (&'static str, Duration, u16);

async fn work(address: &str, clerks: Vec<Clerk>, seconds: u32) -> Outcome<Vec<Seen>> {
    let mut tasks = Vec::new();
    for (n, clerk) in (0..).zip(clerks) {
        let address = address.to_owned();
        tasks.push(tokio::spawn(async move {
            let done = sit(&address, &clerk, n, Duration::from_secs(seconds.into())).await;
            done.map_err(|error| error.to_string())
        }));
    }
    let mut all = Vec::new();
    for task in tasks {
        all.extend(task.await??);
    }
    Ok(all)
}

/// One clerk's pages, from a moment of their own within the first pause.
async fn sit(address: &str, clerk: &Clerk, n: u32, time: Duration) -> Outcome<Vec<Seen>> {
    let (began, mut seen) = (Instant::now(), Vec::new());
    for (k, page) in (n..).zip(ROUND.into_iter().cycle()) {
        // pauses that differ, and are the same in every run
        let pause = PAUSE.0 + (k * 7_919 + n * 104_729) % (PAUSE.1 - PAUSE.0);
        tokio::time::sleep(Duration::from_millis(pause.into())).await;
        if began.elapsed() > time {
            break;
        }
        // an office may have nobody registered yet
        let alone = clerk.people.is_empty() && matches!(page, "person" | "counter" | "refer");
        let page = if alone { "people" } else { page };
        let path = path(clerk, page, k as usize);
        let form = form(clerk, page, (n, k));
        let asked = Instant::now();
        // after such a pause the service has closed the line of the page before
        let mut line = Line::signed(address, &clerk.token).await?;
        let status = match form {
            Some(form) => line.post(&path, &form).await?,
            None => line.get(&path).await?,
        };
        seen.push((page, asked.elapsed(), status));
    }
    Ok(seen)
}

/// What a clerk sends, another thing each time; none for what is only read.
fn form(clerk: &Clerk, page: &str, (n, k): (u32, u32)) -> Option<String> {
    let place = utf8_percent_encode("甘谷县新兴镇", NON_ALPHANUMERIC);
    let name = utf8_percent_encode("柜台测试", NON_ALPHANUMERIC);
    match page {
        "check" => Some(TYPED.to_owned()),
        // no two clerks come to the same person with the same post
        "refer" => {
            let post = clerk.posts.get(k as usize % clerk.posts.len().max(1))?;
            Some(format!("vacancy={}", post.rsplit('/').next().unwrap_or_default()))
        }
        "register" => {
            let phone = format!("phone=137{:08}", n * 10_000 + (k - n) % 10_000);
            Some(format!("name={name}&{phone}&place={place}&wage=4000&anyway=yes"))
        }
        _ => None,
    }
}

fn path(clerk: &Clerk, page: &str, k: usize) -> String {
    let one = |all: &[String]| all.get(k % all.len().max(1)).cloned().unwrap_or_default();
    match page {
        "person" => one(&clerk.people),
        "refer" => one(&clerk.people) + "/referrals",
        "counter" => one(&clerk.people).replace("/jobseekers/", "/counter?person="),
        "post" => one(&clerk.posts),
        "candidates" => one(&clerk.posts) + "/candidates",
        "held" => "/vacancies/held".into(),
        "check" => "/vacancies/check".into(),
        "search" => {
            let words: Vec<&str> = include_str!("search/queries.txt")
                .lines()
                .filter(|line| !line.starts_with('#'))
                .collect();
            let words = words.get(k % words.len().max(1)).copied().unwrap_or_default();
            format!("/vacancies?q={}", utf8_percent_encode(words, NON_ALPHANUMERIC))
        }
        _ => "/jobseekers".into(),
    }
}

fn report(seen: Vec<Seen>, table: &mut Table) -> Outcome<()> {
    // a form that was taken leads on to a page
    let right = |page: &str| if matches!(page, "refer" | "register") { 303 } else { 200 };
    let wrong = seen.iter().filter(|(page, _, status)| *status != right(page)).count();
    for (page, _, status) in seen.iter().filter(|(page, _, status)| *status != right(page)).take(9)
    {
        writeln!(stdout(), "     {page} was answered with {status}")?;
    }
    for page in ROUND {
        let of = seen.iter().filter(|(name, ..)| *name == page).map(|(_, time, _)| *time);
        let times = Times::new(of.collect());
        let said = format!(
            "50 % {:.1}, 99 % {:.1}, all {:.1} ms",
            times.percentile(50),
            times.percentile(99),
            times.percentile(100)
        );
        table.row(&format!("page: {page}"), "99 % < 200 ms", said, times.percentile(99) < 200.0)?;
    }
    let pages = seen.len();
    let times = Times::new(seen.into_iter().map(|(_, time, _)| time).collect());
    let said = format!("{pages} pages, {wrong} errors, 99 % {:.1} ms", times.percentile(99));
    let kept = wrong == 0 && times.percentile(99) < 200.0;
    table.row("all pages", "no error, 99 % < 200 ms", said, kept)?;
    writeln!(stdout())?;
    Ok(())
}
