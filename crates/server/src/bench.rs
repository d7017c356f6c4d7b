//! Measuring: never a test, always printed with what it was measured on.

mod assignment;
mod clock;
mod counter;
mod door;
mod exposure;
mod import;
mod matching;
mod search;
mod service;
mod storage;
mod suggest;
mod table;
mod title;
mod world;

use clap::Subcommand;

use crate::{Outcome, config::Config};

#[derive(Subcommand)]
pub(crate) enum Bench {
    /// Places given to people, stably and optimally: how long, and what the result is worth
    Assignment(assignment::Options),
    /// Two weeks of lists, plain and fair: how views spread, and what that costs in score
    Exposure {
        #[arg(long, default_value_t = 10_000)]
        people: usize,
        #[arg(long, default_value_t = 2_000)]
        posts: usize,
        /// Keep the table in .docs/bench
        #[arg(long)]
        save: bool,
    },
    /// Deeds a second on the database, alone and eight at a time, each on the disk when it returns
    Storage,
    /// Type-ahead over so many entries: how soon it is made, and how soon it answers
    Suggest {
        #[arg(long, default_value_t = 200_000)]
        entries: usize,
    },
    /// Occupations from titles, and titles like others: how many a second on one core, how much memory
    Titles,
    /// Made-up files of many rows through the importer: how long, and in how much memory
    Import {
        #[arg(long, default_value_t = 100_000)]
        rows: usize,
    },
    /// Two hundred clerks at once with their people and posts: how soon pages come
    Counter(counter::Options),
    /// A hundred thousand wrong passwords, and whether the time of an answer gives a name away
    Door(door::Options),
    /// Search over made-up vacancies, beside PostgreSQL's full text and SQLite's, in one run
    Search(search::Args),
    /// Posts for everybody and people for a post in a made-up province, beside looking at everything
    Matching(matching::Options),
}

pub(crate) async fn run(config: &Config, bench: Bench) -> Outcome {
    match bench {
        Bench::Assignment(options) => assignment::run(&options),
        Bench::Exposure { people, posts, save } => exposure::run(people, posts, save),
        Bench::Storage => storage::run(config).await,
        Bench::Suggest { entries } => suggest::run(config, entries).await,
        Bench::Titles => title::run(),
        Bench::Import { rows } => import::run(config, rows),
        Bench::Counter(options) => counter::run(config, &options).await,
        Bench::Door(options) => door::run(config, &options).await,
        Bench::Search(args) => search::run(config, args).await,
        Bench::Matching(options) => matching::run(config, options).await,
    }
}
