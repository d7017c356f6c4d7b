//! `bench storage`: what a deed costs that is on the disk when it returns, and what commits by the
//! thousand save.

use std::{
    io::{Write, stdout},
    process::ExitCode,
    time::{Duration, Instant},
};

use chrono::DateTime;
use futures_util::future::try_join_all;
use serde_json::json;
use store::{Db, Deed, Note};
use uuid::Uuid;

use crate::{Outcome, config::Config};

/// Deeds of each measurement.
const DEEDS: u32 = 400;
const WRITERS: u32 = 8;
/// Changes of one deed, as an import writes them.
const BATCH: usize = 1_000;

/// Measures a SQLite file of its own beside the data, or the PostgreSQL that the settings name, as
/// long as it is empty.
pub(crate) async fn run(config: &Config) -> Outcome {
    let folder = config.data.join("bench-storage");
    std::fs::create_dir_all(&folder)?;
    let url = config.database();
    let url = if url.starts_with("sqlite:") { Db::url_in(&folder) } else { url };
    let db = Db::connect(&url).await?;
    db.migrate().await?;
    if store::event::newest(&db).await? != 0 {
        return Err("this database is in use: name an empty one with --database".into());
    }
    let measured = measure(&db).await;
    db.close().await;
    std::fs::remove_dir_all(&folder)?;
    measured
}

async fn measure(db: &Db) -> Outcome {
    let mut out = stdout();
    writeln!(out, "{:?}; a deed is one event, flushed to the disk before it returns", db.engine())?;
    for writers in [1, WRITERS] {
        let began = Instant::now();
        let share = DEEDS / writers;
        let worst = try_join_all((0..writers).map(|_| deeds(db, share, 1))).await?;
        let rate = f64::from(share * writers) / began.elapsed().as_secs_f64();
        let worst = worst.into_iter().max().unwrap_or_default().as_millis();
        writeln!(out, "{writers} at once: {rate:.0} deeds a second, the slowest {worst} ms")?;
    }
    let began = Instant::now();
    deeds(db, 20, BATCH).await?;
    let rate = 20.0 * 1_000.0 / began.elapsed().as_secs_f64();
    writeln!(out, "{BATCH} changes a deed: {rate:.0} changes a second")?;
    Ok(ExitCode::SUCCESS)
}

/// Does `count` deeds one after the other and gives the time of the slowest.
async fn deeds(db: &Db, count: u32, changes: usize) -> Outcome<Duration> {
    let mut worst = Duration::ZERO;
    for _ in 0..count {
        let began = Instant::now();
        let deed = Deed { name: "event.follow", actor: "bench".into(), at: DateTime::UNIX_EPOCH };
        let mut w = db.write(deed).await?;
        for _ in 0..changes {
            let change = json!({ "measured": true });
            let (noun, subject, region) = ("reader", Uuid::nil(), String::new());
            w.note(Note { noun, subject, region, change });
        }
        w.commit().await?;
        worst = worst.max(began.elapsed());
    }
    Ok(worst)
}
