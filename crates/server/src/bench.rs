//! Measuring: never a test, always printed with what it was measured on.

mod storage;

use clap::Subcommand;

use crate::{Outcome, config::Config};

#[derive(Clone, Copy, Subcommand)]
pub(crate) enum Bench {
    /// Deeds a second on the database, alone and eight at a time, each on the disk when it returns
    Storage,
}

pub(crate) async fn run(config: &Config, bench: Bench) -> Outcome {
    match bench {
        Bench::Storage => storage::run(config).await,
    }
}
