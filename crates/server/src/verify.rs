//! `verify`: the log is whole, and the index and the keys belong to the rows.

use std::{
    io::{Write, stdout},
    process::ExitCode,
};

use app::{App, event::Verified, vacancy::index};

use crate::{Outcome, config::Config};

/// Status 1 when something does not agree.
pub(crate) async fn run(config: &Config) -> Outcome {
    let app = App::open(config.app()).await?;
    let Verified { walk, anchors, elsewhere } = app::event::verify(&app).await?;
    let sound = walk.is_sound() && elsewhere.is_empty();
    let end = if walk.whole { "whole" } else { "cut or continued" };
    writeln!(stdout(), "{} events bound, {end}; {anchors} anchors", walk.bound)?;
    for seq in &walk.broken {
        writeln!(
            stdout(),
            "event {seq}: changed, out of its place, or the one before it is missing"
        )?;
    }
    for seq in &elsewhere {
        writeln!(stdout(), "event {seq}: not what it was when its anchor was kept")?;
    }
    let missing = app.missing_keys().await?;
    let index = index::check(&app, |_| ()).await?;
    app.db().close().await;
    let index::Agreement { rows, missing: absent, stale, extra, .. } = index;
    writeln!(stdout(), "{missing} keys of the newest people missing")?;
    writeln!(
        stdout(),
        "{rows} vacancies published: {absent} missing in the index, {stale} stale, {extra} extra"
    )?;
    let all = sound && missing == 0 && index.is_whole();
    Ok(if all { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
