//! Keeping no longer than the rules say: a task once a day, and the list of what will go when.

use std::time::Duration;

use chrono::{DateTime, Days, NaiveTime, Utc};
use model::{
    Id,
    access::Actor,
    erasure::Ground,
    jobseeker::Jobseeker,
    retention::{Rule, Standing, standing},
};

use store::notice::inbox;

use crate::{App, Error, Result, deed};

/// People that go at once.
const BATCH: i64 = 200;
/// Between two looks.
const PACE: Duration = Duration::from_mins(10);

/// Finishes what was erased, anchors the log and lets go what is over, for as long as the program runs.
pub async fn keep(app: &App) {
    let mut day = None;
    loop {
        let today = app.today();
        let done = async {
            crate::erasure::finish(app).await?;
            crate::erasure::settle(app).await?;
            crate::event::anchor(app).await?;
            if day != Some(today) {
                let gone = run(app).await?;
                tracing::info!(gone, "what was kept long enough is gone");
            }
            Ok::<_, Error>(())
        };
        match done.await {
            Ok(()) => day = Some(today),
            Err(error) => tracing::warn!(%error, "what is over is not let go"),
        }
        tokio::time::sleep(PACE).await;
    }
}

/// Once: everything whose time is over today; answers how many rows and people.
pub async fn run(app: &App) -> Result<u64> {
    let (today, program) = (app.today(), Actor::program("keeper"));
    let rules = standing(&app.reference().await?.terms, today);
    let mut gone = 0;
    for Standing { rule, before, .. } in rules {
        gone += match rule {
            Rule::Jobseekers => people(app, &program, before).await?,
            Rule::Looks => deed!(app, &program, "retention.run", |w| {
                Ok(store::look::forget(w, before).await?)
            })?,
            Rule::Consents => deed!(app, &program, "retention.run", |w| {
                Ok(store::consent::forget(w, before).await?)
            })?,
            Rule::Alarms => deed!(app, &program, "retention.run", |w| {
                Ok(inbox::forget_alarms(w, before).await?)
            })?,
        };
    }
    Ok(gone)
}

async fn people(app: &App, program: &Actor, before: DateTime<Utc>) -> Result<u64> {
    let mut gone = 0;
    loop {
        let mut r = app.db().read().await?;
        let due = store::erasure::idle(&mut r, before, app.today(), BATCH).await?;
        drop(r);
        for (id, _) in &due {
            crate::erasure::erase(app, program, *id, Ground::Expired, &id.label()).await?;
            gone += 1;
        }
        if due.is_empty() {
            return Ok(gone);
        }
    }
}

/// What a rule will make go.
pub struct Due {
    pub standing: Standing,
    /// Today, and within thirty days more.
    pub today: i64,
    pub soon: i64,
    /// Of people the first of these, with the day on which they go.
    pub people: Vec<(Id<Jobseeker>, DateTime<Utc>)>,
}

/// The rules in force and what each will make go.
pub async fn preview(app: &App, actor: &Actor) -> Result<Vec<Due>> {
    actor.may("retention.list").map_err(Error::Forbidden)?;
    let rules = standing(&app.reference().await?.terms, app.today());
    let mut r = app.db().read().await?;
    let mut all = vec![];
    for standing in rules {
        let later = standing.before + Days::new(30);
        let (mut counts, mut people) = ([0; 2], vec![]);
        for (count, before) in counts.iter_mut().zip([standing.before, later]) {
            *count = match standing.rule {
                Rule::Jobseekers => store::erasure::idle_count(&mut r, before, app.today()).await?,
                Rule::Looks => store::look::count(&mut r, before).await?,
                Rule::Consents => store::consent::count(&mut r, before).await?,
                Rule::Alarms => inbox::count_alarms(&mut r, before).await?,
            };
        }
        if standing.rule == Rule::Jobseekers {
            let found = store::erasure::idle(&mut r, later, app.today(), 50).await?;
            let days = Days::new(standing.days);
            let goes = |(id, touched): (_, DateTime<Utc>)| {
                let day = touched.date_naive() + days + Days::new(1);
                (id, day.and_time(NaiveTime::MIN).and_utc())
            };
            people = found.into_iter().map(goes).collect();
        }
        let [today, both] = counts;
        all.push(Due { standing, today, soon: both - today, people });
    }
    Ok(all)
}
