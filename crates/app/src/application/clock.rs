//! The clock of answers: an employer is reminded before the day, a clerk is told after it, and what
//! nobody can wait for any longer lapses.

use std::time::Duration;

use chrono::{Days, NaiveDate};
use model::{
    access::Actor,
    application::{Application, Clock, Reason, State, days},
    notice::Kind,
};
use store::Writer;

use super::{lapse, now, program, told};
use crate::{App, Result, deed, notice::inbox};

/// Looked at so often; a day is what counts.
const PAUSE: Duration = Duration::from_mins(5);
/// So many in one deed.
const BATCH: i64 = 200;

/// Follows the calendar for as long as the program runs.
pub async fn follow(app: &App) {
    loop {
        if let Err(error) = catch_up(app).await {
            tracing::warn!(%error, "answers that are due are not followed");
        }
        tokio::time::sleep(PAUSE).await;
    }
}

/// Does what is due today, until nothing is; how many there were.
pub async fn catch_up(app: &App) -> Result<usize> {
    let mut all = 0;
    loop {
        let clock = now(app).await?;
        let done = batch(app, clock).await?;
        all += done;
        if done == 0 {
            return Ok(all);
        }
    }
}

/// The days until which is reminded, and before which it lapses.
async fn limits(app: &App, today: NaiveDate) -> Result<(NaiveDate, Option<NaiveDate>)> {
    let terms = &app.reference().await?.terms;
    let ahead = days(terms, "application_remind_days").unwrap_or(0);
    let behind = days(terms, "application_lapse_days");
    let until = today.checked_add_days(Days::new(ahead)).unwrap_or(today);
    Ok((until, behind.and_then(|behind| today.checked_sub_days(Days::new(behind)))))
}

async fn batch(app: &App, clock: Clock) -> Result<usize> {
    let (until, old) = limits(app, clock.today).await?;
    // a look costs little; a deed would wait for the database's only pen
    let mut r = app.db().read().await?;
    let mut late = match old {
        Some(old) => store::application::to_lapse(&mut r, old, BATCH).await?,
        None => vec![],
    };
    let closed = store::application::without_vacancy(&mut r, BATCH).await?;
    late.retain(|one| closed.iter().all(|other| other.id != one.id));
    let mut silent = store::application::to_escalate(&mut r, clock.today, BATCH).await?;
    let soon = store::application::to_remind(&mut r, (clock.today, until), BATCH).await?;
    drop(r);
    silent.retain(|one| late.iter().chain(&closed).all(|other| other.id != one.id));
    let done = late.len() + closed.len() + silent.len() + soon.len();
    if done == 0 {
        return Ok(0);
    }
    let program = Actor::program("clock");
    deed!(app, &program, "application.follow", |w| {
        for one in &late {
            counted(w, one).await?;
            lapse(app, w, one, Reason::NoAnswer, clock).await?;
        }
        for one in &closed {
            lapse(app, w, one, Reason::VacancyClosed, clock).await?;
        }
        for one in &silent {
            escalate(app, w, one, clock).await?;
        }
        for one in &soon {
            remind(app, w, one, clock).await?;
        }
        Ok(())
    })?;
    Ok(done)
}

/// An employer that let the day pass has not answered in time, once.
async fn counted(w: &mut Writer, one: &Application) -> Result<bool> {
    let first = one.state == State::Submitted && !one.counted;
    if first {
        store::application::count_answer(w, one.employer, false).await?;
    }
    Ok(one.counted || first)
}

async fn escalate(app: &App, w: &mut Writer, one: &Application, clock: Clock) -> Result<()> {
    let next = Application {
        counted: counted(w, one).await?,
        escalated_on: Some(clock.today),
        updated_at: clock.at,
        version: one.version + 1,
        ..one.clone()
    };
    store::application::save(w, &next).await?;
    told(w, &next, "escalate", "");
    tell(app, w, &next, Kind::Escalated).await
}

async fn remind(app: &App, w: &mut Writer, one: &Application, clock: Clock) -> Result<()> {
    let next = Application {
        reminded_on: Some(clock.today),
        updated_at: clock.at,
        version: one.version + 1,
        ..one.clone()
    };
    store::application::save(w, &next).await?;
    told(w, &next, "remind", "");
    tell(app, w, &next, Kind::Remind).await
}

async fn tell(app: &App, w: &mut Writer, one: &Application, kind: Kind) -> Result<()> {
    let post = store::vacancy::find(w, &program(), one.vacancy).await?;
    inbox::tell(app, w, (one, &post.offer.title), kind).await
}
