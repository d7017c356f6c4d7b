//! The structures in memory: built from the tables in the background, then following the log. A page
//! that comes before they are ready goes through the rows instead.

mod desk;
pub(super) mod page;

use std::{
    collections::HashMap,
    sync::{Arc, RwLock},
    time::Duration,
};

use super::notice::{self, Reached};
use crate::{App, Error, Result, blocking, relation};
use desk::Numbers;
use futures_util::TryStreamExt;
use matching::{Best, Crowd, People, Posts, Tag};
use model::{
    Id,
    access::Actor,
    event::Event,
    jobseeker::Jobseeker,
    matching::{Call, Census, Person, Post, Rank, Rule, Seeker},
    organisation::Organisation,
    vacancy::Vacancy,
};
use page::rule;

/// What the program holds in memory of matching.
#[derive(Default)]
pub(crate) struct Engine {
    held: RwLock<Option<Held>>,
    /// Held by whoever builds or follows.
    pen: tokio::sync::Mutex<()>,
}

struct Held {
    posts: Posts,
    people: People,
    desks: Numbers,
    /// The last event that is in it.
    seq: i64,
    /// What is counted over all of it has changed: pages are served until another stands in its place.
    stale: bool,
}

/// Events done at once.
const BATCH: i64 = 2_000;
/// The longest sleep; a deed of this process ends it at once, one of another process cannot.
const SLEEP: Duration = Duration::from_millis(300);
/// After a fault that may pass.
const PAUSE: Duration = Duration::from_secs(5);
/// A delta of so many is built into a new base, and never less than one in so many of the base.
const DELTA: usize = 20_000;
/// So many posts are counted with the base that was there before them.
const FEW: usize = 200;

/// Keeps the structures true to the tables for as long as the program runs.
pub async fn follow(app: &App) {
    loop {
        match step(app).await {
            Ok(0) => drop(tokio::time::timeout(SLEEP, app.bell().notified()).await),
            Ok(_) => {}
            Err(error) => {
                tracing::warn!(%error, cause = ?error, "matching does not follow the log");
                tokio::time::sleep(PAUSE).await;
            }
        }
    }
}

/// Builds what is missing and follows until nothing is left: for commands and tests.
pub async fn catch_up(app: &App) -> Result<()> {
    while step(app).await? > 0 {}
    Ok(())
}

/// Lets go of the structures; the next step builds them again.
pub fn forget(app: &App) -> Result<()> {
    write(app, |place| *place = None)
}

/// The next step builds the structures again; until then these serve.
fn outdate(app: &App) -> Result<()> {
    write(app, |place| place.iter_mut().for_each(|held| held.stale = true))
}

/// Does the next batch of events, or builds; gives how many were done.
async fn step(app: &App) -> Result<usize> {
    let _pen = app.0.engine.pen.lock().await;
    let weights = store::matching::weights(&mut app.db().read().await?, app.today()).await?;
    let Some((seq, counted)) = read(app, |held| {
        let rule = held.posts.rule();
        let ((base, delta), (_, changed)) = (held.posts.len(), held.people.len());
        let whole = delta + changed < DELTA.max(base / 20);
        let holds = !held.stale && whole && rule.day == app.today() && rule.weights == weights;
        holds.then_some((held.seq, delta <= base.max(FEW)))
    })?
    .flatten() else {
        let held = build(app).await?;
        let seq = held.seq;
        write(app, |place| *place = Some(held))?;
        notice::make_up(app, seq).await?;
        return Ok(1);
    };
    let events = store::event::after(&mut app.db().read().await?, seq, BATCH).await?;
    let Some(last) = events.last().map(|event| event.seq) else {
        // what is counted over the posts, rarity and usual wages, is counted anew with the base:
        // every day, and sooner where the base is the smaller part of the posts
        if !counted {
            outdate(app)?;
        }
        return Ok(usize::from(!counted));
    };
    if events.iter().any(|event| event.noun == "relation") {
        // what counts as related is in every score: all of it is made anew
        outdate(app)?;
        return Ok(1);
    }
    let (posts, people) = changes(app, &events).await?;
    let new = open(posts.clone());
    write(app, |place| {
        let Some(held) = place else { return };
        for (id, post) in posts {
            held.posts.put(id.uuid().as_u128(), post);
        }
        let bar = bar(held.posts.rule());
        for (id, found) in people {
            let mut tagged = |(person, desk)| (person, Tag { bar, desk: held.desks.number(desk) });
            let found = found.map(&mut tagged);
            held.people.put(id.uuid().as_u128(), found);
        }
        for event in &events {
            held.desks.follow(event);
        }
        held.seq = last;
    })?;
    notice::announce(app, new, last).await?;
    Ok(events.len())
}

fn read<T>(app: &App, look: impl FnOnce(&Held) -> T) -> Result<Option<T>> {
    let held = app.0.engine.held.read().map_err(|_| Error::broken("matching has panicked"))?;
    Ok(held.as_ref().map(look))
}

fn write(app: &App, change: impl FnOnce(&mut Option<Held>)) -> Result<()> {
    let mut held = app.0.engine.held.write().map_err(|_| Error::broken("matching has panicked"))?;
    change(&mut held);
    Ok(())
}

/// The bar of somebody whose list nobody has looked at.
fn bar(rule: &Rule) -> u32 {
    u32::try_from(rule.weights.notice).unwrap_or(u32::MAX)
}

/// The bars that are higher than where everybody begins, from before by the same weights.
fn bars(app: &App, rule: &Rule) -> Result<HashMap<u128, u32>> {
    let least = bar(rule);
    let bars = read(app, |held| {
        let same = held.posts.rule().weights == rule.weights;
        let raised = held.people.all().filter(|(_, _, bar)| same && *bar > least);
        raised.map(|(id, _, bar)| (id, bar)).collect()
    })?;
    Ok(bars.unwrap_or_default())
}

/// Reads all rows as of one moment, one after the other.
async fn build(app: &App) -> Result<Held> {
    let (scope, reference) = (Actor::program("matcher").scope(), app.reference().await?);
    let mut r = app.db().snapshot().await?;
    let seq = store::event::last(&mut r).await?;
    let mut rule = super::plain(app, &mut r).await?;
    let (mut posts, mut census) = (Vec::new(), Census::default());
    let mut rows = store::matching::openings(&mut r, &scope, rule.day)?;
    while let Some(row) = rows.try_next().await? {
        let post = Post::new(&row, &rule);
        census.count(&post, &rule.catalogue);
        posts.push((row.id.uuid().as_u128(), post));
    }
    drop(rows);
    let (related, moves) = relation::counting(&mut r, &rule.catalogue).await?;
    let learnt = census.finish(&rule.catalogue, related, moves);
    for (_, post) in &mut posts {
        post.usual = learnt.usual(post, &rule.catalogue);
    }
    rule.market = Arc::new(learnt);
    let (rule, mut crowd, mut desks) = (Arc::new(rule), Crowd::default(), Numbers::default());
    let bars = bars(app, &rule)?;
    let mut rows = store::matching::seekers(&mut r, &scope)?;
    while let Some(row) = rows.try_next().await? {
        let (id, person) =
            (row.id.uuid().as_u128(), Person::new(&row.profile, &reference.terms, &rule));
        let bar = bars.get(&id).copied().unwrap_or(bar(&rule));
        let desk = desks.number((row.profile.place.region, row.office));
        crowd.push(id, &person, Tag { bar, desk });
    }
    drop(rows);
    let held = blocking(move || {
        let posts = Posts::new(Arc::clone(&rule), posts);
        crowd.renumber(&desks.sort());
        Held { posts, people: People::new(rule, &crowd), desks, seq, stale: false }
    });
    let held = held.await?;
    let ((posts, _), (people, _)) = (held.posts.len(), held.people.len());
    tracing::info!(posts, people, "matching is in memory");
    Ok(held)
}

/// Those that are offered.
pub(super) fn open(posts: Changed<Vacancy, Post>) -> notice::Posts {
    posts.into_iter().filter_map(|(id, post)| Some((id, post?))).collect()
}

type Changed<T, F> = Vec<(Id<T>, Option<F>)>;

/// Somebody, and who looks after them.
type Placed = (Person, (String, Option<Id<Organisation>>));

/// What the posts and the people of these events are now; nothing where they are no longer offered
/// or looking.
pub(super) async fn changes(
    app: &App,
    events: &[Event],
) -> Result<(Changed<Vacancy, Post>, Changed<Jobseeker, Placed>)> {
    let scope = Actor::program("matcher").scope();
    let rule = rule(app)?.ok_or_else(|| Error::broken("matching is not in memory"))?;
    let reference = app.reference().await?;
    let mut r = app.db().read().await?;
    let vacancies = crate::event::vacancies(&mut r, &scope, events).await?;
    let openings = store::matching::openings_of(&mut r, &scope, &vacancies).await?;
    let mut posts: HashMap<_, _> =
        openings.iter().map(|row| (row.id, Post::new(row, &rule))).collect();
    // of copies one is shown
    let shown = store::vacancy::copy::shown(&mut r, &scope, &vacancies).await?;
    let today = model::matching::day(rule.day);
    posts.retain(|id, post| post.last_day >= today && shown.contains(id));
    let mut people: Vec<Id<Jobseeker>> = Vec::new();
    people.extend(events.iter().filter(|e| e.noun == "jobseeker").map(|e| Id::new(e.subject)));
    people.sort_unstable();
    people.dedup();
    let seekers = store::matching::seekers_of(&mut r, &scope, &people).await?;
    let placed = |row: Seeker| {
        let person = Person::new(&row.profile, &reference.terms, &rule);
        (row.id, (person, (row.profile.place.region, row.office)))
    };
    let mut profiles: HashMap<_, _> = seekers.into_iter().map(placed).collect();
    Ok((
        vacancies.into_iter().map(|id| (id, posts.remove(&id))).collect(),
        people.into_iter().map(|id| (id, profiles.remove(&id))).collect(),
    ))
}

/// So many of the best are found for a new post; not everybody hears of posts.
const FOUND: usize = 500;

/// Whom posts reach, post by post the best first, and the version of the weights; nothing where the
/// structures are not there.
pub(super) async fn reached(
    app: &App,
    posts: notice::Posts,
) -> Result<Option<(i64, Vec<Reached>)>> {
    let own = app.clone();
    blocking(move || {
        read(&own, |held| {
            let rule = held.people.rule();
            let mut all = Vec::new();
            for (vacancy, post) in &posts {
                let mut best = Best::new(FOUND);
                held.people.reached(&Call::of(rule, post), post, |id, score| {
                    best.offer(Rank::new(score, post.posted, id));
                });
                let ranks = best.into_ranks().into_iter();
                all.extend(ranks.map(|rank| (rank.of(), *vacancy, rank.score.total)));
            }
            (rule.weights.version, all)
        })
    })
    .await?
}
