//! `bench search`: what people ask of a million vacancies, beside PostgreSQL's full text and
//! SQLite's on the same documents, and everything around it: building, starting, changing, serving.

mod change;
mod cluster;
mod compare;
mod fill;
mod http;
mod question;

use std::{
    fs,
    io::{BufRead, BufReader},
    path::{Path, PathBuf},
    process::{Command, ExitCode, Stdio},
    sync::Arc,
    time::{Duration, Instant},
};

use app::{
    App,
    account::{New, Seat},
};
use clap::Args as Arguments;
use model::{
    access::{Actor, Role},
    term::Term,
};
use store::{Db, bench::Peer};

use self::{cluster::Cluster, question::Question};
use super::{
    clock,
    import::peak,
    service::Service,
    suggest,
    table::{self, Table},
    world::World,
};
use crate::{Outcome, config::Config};

#[derive(Arguments)]
pub(crate) struct Args {
    /// How many vacancies
    #[arg(long, default_value_t = 1_000_000)]
    vacancies: usize,
    /// A file of questions, a line each, instead of the built-in ones
    #[arg(long)]
    queries: Option<PathBuf>,
    /// An empty PostgreSQL database to compare with, instead of starting one
    #[arg(long)]
    postgres: Option<String>,
    /// Seconds of changes
    #[arg(long, default_value_t = 60)]
    seconds: u32,
    /// This engine without others; its rows and its index are kept for the next such run
    #[arg(long, conflicts_with_all = ["postgres", "save"])]
    alone: bool,
    /// Write the table to .docs/bench/search.md
    #[arg(long)]
    save: bool,
}

/// How many questions: the lines of the file with several places each.
const QUESTIONS: usize = 400;
const SUGGESTED: usize = 200_000;

pub(crate) async fn run(config: &Config, args: Args) -> Outcome {
    let folder = config.data.join("bench-search");
    let kept = args.alone;
    if folder.exists() && !kept {
        fs::remove_dir_all(&folder)?;
    }
    fs::create_dir_all(&folder)?;
    let measured = measure(&folder, args).await;
    if !kept {
        fs::remove_dir_all(&folder)?;
    }
    measured
}

async fn measure(folder: &Path, args: Args) -> Outcome {
    let data = folder.join("data");
    let settings =
        app::Settings { database: Some(Db::url_in(&data)), ..app::Settings::in_folder(&data) };
    let app = App::open(settings).await?;
    let world = Arc::new(World::new(&*app.reference().await?, args.vacancies, app.today())?);
    let head = format!(
        "{} vacancies, on {}; {}. Repeat: `cargo run --release -- bench search --save`.",
        args.vacancies,
        table::machine(),
        app.today(),
    );
    let mut table = Table::new("How fast search is", head);
    let cluster =
        if args.alone || args.postgres.is_some() { None } else { Cluster::start(folder)? };
    let url = args.postgres.clone().or_else(|| cluster.as_ref().map(|c| c.url.clone()));
    let mut peers = if args.alone { vec![] } else { others(folder, url, &mut table).await? };
    if !data.join("index").exists() {
        let began = Instant::now();
        peers = fill::all(&app, &world, args.vacancies, peers).await?;
        let said = format!("rows made and written in {} s", began.elapsed().as_secs());
        table.note(said)?;
    }
    build(&data, args.vacancies, &mut peers, &mut table).await?;
    let index = app.index().await?;
    index.refresh();
    let lines = match &args.queries {
        Some(path) => fs::read_to_string(path)?,
        None => include_str!("search/queries.txt").to_owned(),
    };
    let questions = question::all(&world, &index, &lines, QUESTIONS);
    let today = app.today();
    compare::all(&index, &questions, today, &mut peers, &mut table).await?;
    let (same, all) = compare::totals(&index, &questions, today, &mut peers).await?;
    table.note(format!("{same} of {all} totals are the same in all engines"))?;
    drop(peers);
    drop(cluster);
    type_ahead(&app, &mut table).await?;
    if app::account::empty(&app).await? {
        // without one every page asks whether the service is still to be set up
        let seat = Seat { role: Some(Role::SystemAdministrator), ..Seat::default() };
        let (login, password) = ("bench".to_owned(), "a bench of a million posts".to_owned());
        let new = New { name: login.clone(), login, password, due: false, seat };
        app::account::create(&app, &Actor::program("bench"), &new).await?;
    }
    unpaced(&app, &mut table).await?;
    serve(&data, &questions, &mut table).await?;
    change::measure(&app, &world, &questions, args.seconds, &mut table).await?;
    app.db().close().await;
    if args.save {
        table.save(Path::new(".docs/bench/search.md"))?;
    }
    Ok(ExitCode::SUCCESS)
}

/// One address asks for more pages than a hall full of people: the bench's own office sets no bound.
async fn unpaced(app: &App, table: &mut Table) -> Outcome<()> {
    for key in ["list_minute_visitor", "list_minute_address"] {
        let term = Term {
            key: key.into(),
            region: String::new(),
            value: 0.0,
            unit: "page".into(),
            valid_from: app.today(),
            valid_to: None,
            basis: "bench search".into(),
        };
        match app::term::keep(app, &Actor::office("bench"), &term).await {
            // kept by a run before
            Ok(()) | Err(app::Error::Refused(_)) => {}
            Err(error) => return Err(error.into()),
        }
    }
    table.note(
        "the pace of lists is off here, as an office may set it (`list_minute_…` is 0)".into(),
    )
}

/// The other engines, to be filled.
async fn others(folder: &Path, url: Option<String>, table: &mut Table) -> Outcome<Vec<Peer>> {
    let mut peers = vec![Peer::sqlite(&folder.join("fts.sqlite")).await?];
    match url {
        Some(url) => peers.insert(0, Peer::postgres(&url).await?),
        None => table.note("no PostgreSQL here: compared with SQLite only".into())?,
    }
    Ok(peers)
}

/// Type-ahead over as many entries as a province has.
async fn type_ahead(app: &App, table: &mut Table) -> Outcome<()> {
    let reference = app.reference().await?;
    let measured =
        tokio::task::spawn_blocking(move || suggest::measure(&reference, SUGGESTED)).await?;
    let micros = |time: Duration| time.as_secs_f64() * 1e6;
    let row = |row: &suggest::Row| {
        let [middle, worst] = [500, 990].map(|part| micros(row.at(part).0));
        format!("{} 50 % {middle:.1}, 99 % {worst:.1} µs", row.place)
    };
    let said: Vec<String> = measured.rows.iter().map(row).collect();
    let kept = measured.rows.iter().all(|row| micros(row.at(990).0) <= 50.0);
    table.row(
        &format!("type-ahead over {} entries, in the process", measured.entries),
        "99 % ≤ 50 µs",
        format!("{}; made in {:.1} s", said.join("; "), measured.made.as_secs_f64()),
        kept,
    )
}

/// Builds the index from the tables, in a process of its own that is watched.
async fn build(data: &Path, count: usize, peers: &mut [Peer], table: &mut Table) -> Outcome<()> {
    let began = Instant::now();
    let mut child = Command::new(std::env::current_exe()?)
        .arg("--data")
        .arg(data)
        .arg("reindex")
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()?;
    let mut line = String::new();
    if let Some(said) = child.stdout.take() {
        BufReader::new(said).read_line(&mut line)?;
    }
    let (took, most) = (began.elapsed(), peak(child.id()));
    // it would go on and compare every row
    drop(child.kill());
    drop(child.wait());
    if !line.contains("in a new index") {
        return Err("the index was not made".into());
    }
    #[expect(clippy::cast_precision_loss, reason = "counts of rows and of kilobytes")]
    let (rate, most) = (count as f64 / took.as_secs_f64(), most as f64 / 1_024.0);
    table.row(
        "building from the tables",
        "≥ 10,000 documents a second, ≤ 600 MB",
        format!("{rate:.0} documents a second ({:.1} s), {most:.0} MB", took.as_secs_f64()),
        rate >= 10_000.0 && most <= 600.0,
    )?;
    let own = clock::size(&data.join("index"));
    for peer in peers {
        let theirs = u64::try_from(peer.size().await?).unwrap_or_default();
        #[expect(clippy::cast_precision_loss, reason = "megabytes")]
        let (own, theirs) = (own as f64 / 1e6, theirs as f64 / 1e6);
        let share = own / theirs;
        if matches!(peer, Peer::Postgres(_)) {
            let said = format!("{own:.0} MB of {theirs:.0} MB: {share:.3}");
            table.row(
                "size of the index",
                "≤ 0.15 of PostgreSQL's table with indexes",
                said,
                share <= 0.15,
            )?;
        } else {
            table.note(format!("SQLite's tables with their indexes: {theirs:.0} MB"))?;
        }
    }
    Ok(())
}

/// Starts the service three times, the last time to ask it for pages.
async fn serve(data: &Path, questions: &[Question], table: &mut Table) -> Outcome<()> {
    let mut ready = Duration::MAX;
    for _ in 0..2 {
        ready = ready.min(Service::start(data).await?.ready);
    }
    let service = Service::start(data).await?;
    ready = ready.min(service.ready);
    let said = format!("{:.2} s", ready.as_secs_f64());
    table.row(
        "start, until it says that it is ready",
        "≤ 1 s",
        said,
        ready.as_secs_f64() <= 1.0,
    )?;
    let rest = service.rest().await?;
    table.note(format!("after the start, at rest within {:.0} s", rest.as_secs_f64()))?;
    http::measure(&service, questions, table).await
}
