//! The program: serving, importing and looking after the data, in one binary.

mod account;
mod backup;
mod bench;
mod classify;
mod config;
mod demo;
mod health;
mod import;
mod judge;
mod key;
mod learn;
mod log;
mod matching;
mod metrics;
mod progress;
mod reindex;
mod request;
mod serve;
mod verify;

use std::{
    error::Error,
    io::{Write, stderr, stdout},
    path::PathBuf,
    process::ExitCode,
};

use clap::{Parser, Subcommand, error::ErrorKind};
use mimalloc::MiMalloc;
use model::Refusal;

use crate::{
    bench::Bench,
    config::{Flags, Layers},
    metrics::Metrics,
};

#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

/// What a command ends with; an error is told on standard error and ends with status 1.
type Outcome<T = ExitCode> = Result<T, Box<dyn Error + Send + Sync>>;

/// Jinqiao (金桥), a public employment service in one program.
#[derive(Parser)]
#[command(version)]
struct Cli {
    #[command(flatten)]
    flags: Flags,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Import a file of vacancies or jobseekers
    Import(import::Args),
    /// Read the file on the standard input apart, for the importer
    #[command(hide = true)]
    ReadFile,
    /// Make a county of made-up vacancies and jobseekers, import it and serve it
    Demo,
    /// Serve pages and the API
    Serve,
    /// Accounts: open, close, list
    #[command(subcommand)]
    Account(account::Account),
    /// Write everything into one file, while the service runs or not
    Backup {
        file: PathBuf,
        /// Put the key that opens names and numbers into the file too
        #[arg(long)]
        with_key: bool,
    },
    /// Fill an empty database from a backup of either engine; the service must not run
    Restore {
        file: PathBuf,
        /// Throw away what is in the database now
        #[arg(long)]
        force: bool,
    },
    /// The keys by which people are sealed: turn, copy, count
    #[command(subcommand)]
    Key(key::Key),
    /// Make the search index anew from the database, and prove that the two agree
    Reindex {
        /// Only compare, and say what differs
        #[arg(long)]
        check: bool,
    },
    /// Prove that nobody has changed the log of events, that the index and the keys belong to the rows
    Verify,
    /// Learn anew from the vacancies which skills and occupations are related
    Learn,
    /// The best posts for everybody, as files; a run that was stopped goes on where it was
    Match(matching::Args),
    /// Print the occupations that titles may mean, as CSV: title, code, name, confidence
    Classify(classify::Args),
    /// Measure against titles that people have judged
    #[command(subcommand)]
    Judge(judge::Judge),
    /// Measure on this machine
    #[command(subcommand)]
    Bench(Bench),
    /// Print the description of the API (OpenAPI 3.1)
    Openapi,
    /// Print every setting with its value and where that comes from
    Config {
        /// Print the documented default file instead
        #[arg(long)]
        default: bool,
    },
}

fn main() -> ExitCode {
    match Cli::try_parse() {
        Ok(cli) => run(cli).unwrap_or_else(|error| {
            drop(writeln!(stderr(), "jinqiao: {}", told(&*error)));
            ExitCode::FAILURE
        }),
        Err(usage) => {
            drop(usage.print());
            let asked = matches!(usage.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion);
            if asked { ExitCode::SUCCESS } else { ExitCode::from(64) }
        }
    }
}

fn run(cli: Cli) -> Outcome {
    // The reading child has nothing but its pipes: no settings, no threads.
    if matches!(cli.command, Command::ReadFile) {
        app::intake::reading::child()?;
        return Ok(ExitCode::SUCCESS);
    }
    let layers = Layers::read(&cli.flags)?;
    let config = layers.config()?;
    if let Command::Config { default } = cli.command {
        return show(&layers, default);
    }
    if matches!(cli.command, Command::Openapi) {
        writeln!(stdout(), "{}", web::api::openapi())?;
        return Ok(ExitCode::SUCCESS);
    }
    // These need no data folder: the tables are inside the program.
    if let Command::Classify(args) = &cli.command {
        return classify::run(args);
    }
    if let Command::Judge(judge) = &cli.command {
        return judge::run(judge);
    }
    let metrics = Metrics::new();
    // A command's own words are for its terminal; the service tells of every deed.
    let quiet = !matches!(cli.command, Command::Serve);
    log::start(&config, metrics.clone(), quiet)?;
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async {
        match cli.command {
            Command::Demo => demo::run(&config, metrics).await,
            Command::Serve => serve::run(&config, metrics).await,
            Command::Backup { file, with_key } => backup::write(&config, &file, with_key).await,
            Command::Restore { file, force } => backup::restore(&config, &file, force).await,
            Command::Reindex { check } => reindex::run(&config, check).await,
            Command::Match(args) => matching::run(&config, &args).await,
            Command::Import(args) => import::run(config.app(), config::lang(), &args).await,
            Command::Account(what) => account::run(&config, &what).await,
            Command::Key(what) => key::run(&config, &what).await,
            Command::Verify => verify::run(&config).await,
            Command::Learn => learn::run(&config).await,
            Command::Bench(bench) => bench::run(&config, bench).await,
            Command::Classify(_)
            | Command::Judge(_)
            | Command::Config { .. }
            | Command::Openapi
            | Command::ReadFile => Ok(ExitCode::SUCCESS),
        }
    })
}

fn show(layers: &Layers, default: bool) -> Outcome {
    let mut out = stdout().lock();
    if default {
        write!(out, "{}", config::DEFAULT)?;
    } else {
        for line in layers.lines() {
            writeln!(out, "{line}")?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// A refusal in words, anything else with what it came from, in one line.
fn told(error: &(dyn Error + Send + Sync + 'static)) -> String {
    let refusal = match error.downcast_ref::<app::Error>() {
        Some(app::Error::Refused(refusal) | app::Error::Unready(refusal)) => Some(refusal),
        Some(_) | None => error.downcast_ref::<Refusal>(),
    };
    let lang = config::lang();
    refusal.map_or_else(
        || causes(error),
        |refusal| {
            let said = text::say(lang, refusal);
            let remedy = text::remedy(lang, refusal);
            remedy.map_or(said.clone(), |remedy| format!("{said}\n{remedy}"))
        },
    )
}

fn causes(error: &dyn Error) -> String {
    let mut text = error.to_string();
    let mut next = error.source();
    while let Some(cause) = next {
        // many errors say their cause themselves
        let said = cause.to_string();
        if !text.contains(&said) {
            text = format!("{text}: {said}");
        }
        next = cause.source();
    }
    text
}
