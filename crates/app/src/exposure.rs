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
    jobseeker::{Jobseeker, Profile},
    vacancy::Vacancy,
};

use crate::{
    App, Result, deed,
    matching::{self, Candidate, Found, Offered, Ranking},
};

/// So many posts of the plain order are looked at for each that is shown, to begin with; more until
/// nothing behind them can come in, or so many.
const POOL: usize = 5;
const MOST: usize = 5_000;

/// Seconds after which counts are written down.
const WAIT: i64 = 5;

/// What a list of people promises, in figures: the rule, how many of the best it goes round, and the
/// days of looking after which everybody of these whose turn it is has been on it.
pub async fn promise(app: &App, limit: usize) -> Result<(exposure::Rule, usize, Option<usize>)> {
    let rule = store::exposure::rule(&mut app.db().read().await?, app.today()).await?;
    let pool = pool(&rule, limit);
    let days = rule.longest_wait(limit, pool);
    Ok((rule, pool, days))
}

/// Counted and not yet written down.
#[derive(Default)]
pub(crate) struct Tally {
    posts: BTreeMap<(NaiveDate, Id<Vacancy>), i64>,
    people: BTreeMap<NaiveDate, BTreeSet<Id<Jobseeker>>>,
    since: Option<DateTime<Utc>>,
}

/// How many people of the plain order take turns on a list of so many.
fn pool(rule: &exposure::Rule, limit: usize) -> usize {
    usize::try_from(rule.pool).unwrap_or(0).max(limit)
}

/// The posts that fit a person best, and whether their order is another than the plain one.
pub async fn matches(
    app: &App,
    actor: &Actor,
    jobseeker: Id<Jobseeker>,
    (limit, order): (usize, Order),
) -> Result<(Ranking<Offered>, bool)> {
    let (profile, found, changed) = match order {
        Order::Plain => {
            let (profile, found) = matching::posts_for(app, actor, jobseeker, limit).await?;
            (profile, found, false)
        }
        Order::Fair => fair(app, actor, jobseeker, limit).await?,
    };
    let ranking = matching::offers(app, actor, &profile, found).await?;
    let shown: Vec<_> = ranking.items.iter().map(|one| one.what.vacancy.id).collect();
    count(app, &shown, &[]).await?;
    Ok((ranking, changed))
}

/// The fair order of all posts that fit, by looking at more of the plain one until nothing behind can
/// come in.
async fn fair(
    app: &App,
    actor: &Actor,
    jobseeker: Id<Jobseeker>,
    limit: usize,
) -> Result<(Profile, Found, bool)> {
    let (mut pool, today) = (limit * POOL, app.today());
    loop {
        let (profile, mut found) = matching::posts_for(app, actor, jobseeker, pool).await?;
        let ids: Vec<Id<Vacancy>> = found.ids();
        let mut r = app.db().read().await?;
        let rule = store::exposure::rule(&mut r, today).await?;
        let loads = store::exposure::loads(&mut r, &ids, (rule.from(today), today)).await?;
        drop(r);
        let loads: BTreeMap<Id<Vacancy>, Load> = loads.into_iter().collect();
        let price = |id| rule.price(loads.get(&id).copied().unwrap_or_default());
        let ranked: Vec<_> =
            found.ranks.iter().map(|one| (i64::from(one.score.total), price(one.of()))).collect();
        let chosen = exposure::posts(&ranked, limit);
        let all = ranked.len() < pool || pool >= MOST;
        if all || exposure::is_whole(&ranked, &chosen) {
            let changed = pick(&mut found.ranks, &chosen);
            return Ok((profile, found, changed));
        }
        pool *= 4;
    }
}

/// The people who fit a post best, and whether some are there because it is their turn.
pub async fn candidates(
    app: &App,
    actor: &Actor,
    vacancy: Id<Vacancy>,
    (limit, order): (usize, Order),
) -> Result<(Ranking<Candidate>, bool)> {
    let mut r = app.db().read().await?;
    let rule = store::exposure::rule(&mut r, app.today()).await?;
    drop(r);
    let most = if order == Order::Plain { limit } else { pool(&rule, limit) };
    let mut found = matching::people_for(app, actor, vacancy, most).await?;
    let ids: Vec<Id<Jobseeker>> = found.ids();
    let chosen = match order {
        Order::Plain => (0..ids.len().min(limit)).collect(),
        Order::Fair => {
            let mut r = app.db().read().await?;
            let turns = store::exposure::turns(&mut r, &actor.scope(), &ids).await?;
            let turns: BTreeMap<_, Turn> = turns.into_iter().map(|turn| (turn.id, turn)).collect();
            let pool: Vec<_> = ids.iter().filter_map(|id| turns.get(id).cloned()).collect();
            exposure::people(&rule, &pool, limit, app.today())
        }
    };
    let changed = pick(&mut found.ranks, &chosen);
    let ranking = matching::put_forward(app, actor, vacancy, found).await?;
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
