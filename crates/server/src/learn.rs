//! `learn`: relations of skills and occupations, counted over all vacancies, and how long it took.

use std::{
    io::{Write, stdout},
    process::ExitCode,
    time::Instant,
};

use app::App;
use model::access::Actor;

use crate::{Outcome, config::Config};

pub(crate) async fn run(config: &Config) -> Outcome {
    let app = App::open(config.app()).await?;
    let began = Instant::now();
    let learnt = app::relation::learn(&app, &Actor::office("command")).await?;
    let seconds = began.elapsed().as_secs_f64();
    writeln!(
        stdout(),
        "{} vacancies with skills: {} relations of skills, {} of occupations, in {seconds:.1} s",
        learnt.posts,
        learnt.skills,
        learnt.occupations,
    )?;
    app.db().close().await;
    Ok(ExitCode::SUCCESS)
}
