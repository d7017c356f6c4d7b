//! `reindex`: the search index made anew from the rows, and the proof that the two agree.

use std::{
    io::{Write, stdout},
    process::ExitCode,
};

use app::{App, vacancy::index};

use crate::{Outcome, config::Config, progress::bar};

/// Makes the index anew, unless only asked to compare; status 1 when it does not agree with the rows.
pub(crate) async fn run(config: &Config, check: bool) -> Outcome {
    let app = App::open(config.app()).await?;
    let states = store::vacancy::count(&mut app.db().read().await?).await?;
    let rows = states.iter().map(|(_, count)| count.unsigned_abs()).sum();
    if !check {
        let shown = bar(rows, "indexing");
        let documents = index::reindex(&app, |done| shown.set_position(done)).await?;
        shown.finish_and_clear();
        writeln!(stdout(), "{documents} vacancies in a new index")?;
    }
    let shown = bar(rows, "comparing");
    let found = index::check(&app, |done| shown.set_position(done)).await?;
    shown.finish_and_clear();
    app.db().close().await;
    let index::Agreement { rows, missing, stale, extra, pending } = found;
    writeln!(
        stdout(),
        "{rows} vacancies published: {missing} missing in the index, {stale} stale, {extra} extra; \
         {pending} changed just now"
    )?;
    Ok(if found.is_whole() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
