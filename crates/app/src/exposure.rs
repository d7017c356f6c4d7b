//! Lists in their fair order, and the counting that the order of the next days rests on.
//!
//! What was shown is counted in memory and written down every few seconds: at worst the last few
//! are lost, and nobody waits for the disk to see a list.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{Mutex, PoisonError},
};

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use model::{
    Id,
    access::Actor,
    exposure::{self, Load, Order, Turn},
    jobseeker::Jobseeker,
    vacancy::Vacancy,
};

use crate::{
    App, Result, deed,
    matching::{self, Candidate, Offered, Ranking},
};

/// So many of the plain order are looked at for each that is shown.
const POOL: usize = 5;

/// Seconds after which counts are written down.
const WAIT: i64 = 5;

/// What a list of people promises, in figures: the rule, how many of the best it goes round, and the
/// days of looking after which everybody of these whose turn it is has been on it.
pub async fn promise(app: &App, limit: usize) -> Result<(exposure::Rule, usize, Option<usize>)> {
    let rule = store::exposure::rule(&mut app.db().read().await?, app.today()).await?;
    let (pool, days) = (limit * POOL, rule.longest_wait(limit, limit * POOL));
    Ok((rule, pool, days))
}

/// Counted and not yet written down.
#[derive(Default)]
pub(crate) struct Tally {
    posts: BTreeMap<(NaiveDate, Id<Vacancy>), i64>,
    people: BTreeMap<NaiveDate, BTreeSet<Id<Jobseeker>>>,
    since: Option<DateTime<Utc>>,
}

/// The posts that fit a person best, and whether their order is another than the plain one.
pub async fn matches(
    app: &App,
    actor: &Actor,
    jobseeker: Id<Jobseeker>,
    (limit, order): (usize, Order),
) -> Result<(Ranking<Offered>, bool)> {
    let mut ranking = matching::matches(app, actor, jobseeker, limit * POOL).await?;
    let ids: Vec<_> = ranking.items.iter().map(|one| one.what.vacancy.id).collect();
    let chosen = match order {
        Order::Plain => (0..ids.len().min(limit)).collect(),
        Order::Fair => {
            let mut r = app.db().read().await?;
            let (today, rule) = (app.today(), store::exposure::rule(&mut r, app.today()).await?);
            let loads: BTreeMap<Id<Vacancy>, Load> =
                store::exposure::loads(&mut r, &ids, (rule.from(today), today))
                    .await?
                    .into_iter()
                    .collect();
            let price = |id| rule.price(loads.get(&id).copied().unwrap_or_default());
            let ranked: Vec<_> =
                ranking.items.iter().map(|one| (one.score, price(one.what.vacancy.id))).collect();
            exposure::posts(&ranked, limit)
        }
    };
    let changed = pick(&mut ranking.items, &chosen);
    let shown: Vec<_> = ranking.items.iter().map(|one| one.what.vacancy.id).collect();
    count(app, &shown, &[]).await?;
    Ok((ranking, changed))
}

/// The people who fit a post best, and whether some are there because it is their turn.
pub async fn candidates(
    app: &App,
    actor: &Actor,
    vacancy: Id<Vacancy>,
    (limit, order): (usize, Order),
) -> Result<(Ranking<Candidate>, bool)> {
    let mut ranking = matching::candidates(app, actor, vacancy, limit * POOL).await?;
    let ids: Vec<_> = ranking.items.iter().map(|one| one.what.id).collect();
    let chosen = match order {
        Order::Plain => (0..ids.len().min(limit)).collect(),
        Order::Fair => {
            let mut r = app.db().read().await?;
            let rule = store::exposure::rule(&mut r, app.today()).await?;
            let turns = store::exposure::turns(&mut r, &actor.scope(), &ids).await?;
            let turns: BTreeMap<_, Turn> = turns.into_iter().map(|turn| (turn.id, turn)).collect();
            let pool: Vec<_> = ids.iter().filter_map(|id| turns.get(id).cloned()).collect();
            exposure::people(&rule, &pool, limit, app.today())
        }
    };
    let changed = pick(&mut ranking.items, &chosen);
    let shown: Vec<_> = ranking.items.iter().map(|one| one.what.id).collect();
    count(app, &[], &shown).await?;
    Ok((ranking, changed))
}

/// Keeps the chosen in the order of choosing; is that another than the plain one?
fn pick<T>(items: &mut Vec<T>, chosen: &[usize]) -> bool {
    let mut all: Vec<_> = items.drain(..).map(Some).collect();
    items.extend(chosen.iter().filter_map(|at| all.get_mut(*at)?.take()));
    chosen.iter().enumerate().any(|(place, at)| place != *at)
}

async fn count(app: &App, posts: &[Id<Vacancy>], people: &[Id<Jobseeker>]) -> Result<()> {
    let (today, now) = (app.today(), app.now());
    let due = {
        let mut tally = held(&app.0.tally);
        for post in posts {
            *tally.posts.entry((today, *post)).or_default() += 1;
        }
        tally.people.entry(today).or_default().extend(people);
        now - *tally.since.get_or_insert(now) >= TimeDelta::seconds(WAIT)
    };
    if due { flush(app).await } else { Ok(()) }
}

/// Writes down what was counted.
pub async fn flush(app: &App) -> Result<()> {
    let tally = std::mem::take(&mut *held(&app.0.tally));
    if tally.since.is_none() {
        return Ok(());
    }
    let mut by_day: BTreeMap<NaiveDate, Vec<exposure::Shown>> = BTreeMap::new();
    for ((day, post), shown) in tally.posts {
        by_day.entry(day).or_default().push((post, shown));
    }
    let program = Actor::program("exposure");
    deed!(app, &program, "exposure.count", |w| {
        for (day, shown) in &by_day {
            store::exposure::count(w, *day, shown).await?;
        }
        for (day, people) in &tally.people {
            let people: Vec<_> = people.iter().copied().collect();
            store::exposure::recommend(w, *day, &people).await?;
        }
        Ok(())
    })
}

/// A count that a panic cut short is still a count.
fn held(tally: &Mutex<Tally>) -> std::sync::MutexGuard<'_, Tally> {
    tally.lock().unwrap_or_else(PoisonError::into_inner)
}
