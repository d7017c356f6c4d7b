//! Measuring: never a test, always printed with what it was measured on.

mod import;
mod storage;
#[cfg_attr(not(test), expect(dead_code, reason = "what measures search is not there yet"))]
mod world;

use clap::Subcommand;

use crate::{Outcome, config::Config};

#[derive(Clone, Copy, Subcommand)]
pub(crate) enum Bench {
    /// Deeds a second on the database, alone and eight at a time, each on the disk when it returns
    Storage,
    /// Made-up files of many rows through the importer: how long, and in how much memory
    Import {
        #[arg(long, default_value_t = 100_000)]
        rows: usize,
    },
}

pub(crate) async fn run(config: &Config, bench: Bench) -> Outcome {
    match bench {
        Bench::Storage => storage::run(config).await,
        Bench::Import { rows } => import::run(config, rows),
    }
}
