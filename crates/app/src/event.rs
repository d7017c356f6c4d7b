//! Reading the log: the index of vacancies follows it, event by event, and never falls behind for
//! longer than it is asleep.

use std::{
    collections::HashSet,
    time::{Duration, Instant},
};

use model::{
    Id,
    access::{Actor, Scope},
    employer::Employer,
    event::Event,
    vacancy::Vacancy,
};
use search::Mark;
use store::Reader;

use store::event::chain::{Anchor, Walk};

use crate::{
    App, Result, blocking, deed,
    vacancy::index::{Batch, reindex},
};

/// Events done at once, in one commit of the index.
const BATCH: i64 = 2_000;
/// The longest sleep; a deed of this process ends it at once, one of another process cannot.
const SLEEP: Duration = Duration::from_millis(300);
/// After a fault that may pass: a full disk, a database that is away.
const PAUSE: Duration = Duration::from_secs(5);
/// The least time between two commits of the index: each costs the same, however much is in it.
const PACE: Duration = Duration::from_millis(350);
/// The least time between two notes in the tables of how far the index has come.
const TELL: Duration = Duration::from_secs(1);

/// Lets the index follow the log for as long as the program runs; rebuilds it where it is damaged
/// or belongs to another database. Can be dropped at any moment and begun again.
pub async fn follow(app: &App) {
    let (mut told, mut at) = (None, Instant::now());
    loop {
        let began = Instant::now();
        let outcome = step(app).await;
        if let Err(error) = &outcome {
            tracing::warn!(%error, cause = ?error, "the index does not follow the log");
            tokio::time::sleep(PAUSE).await;
        }
        if told.is_none() || at.elapsed() >= TELL {
            told = tell(app, told).await;
            at = Instant::now();
        }
        match outcome {
            // the bell only shortens the wait: in time or not, the next look finds everything
            Ok(0) => drop(tokio::time::timeout(SLEEP, app.bell().notified()).await),
            // many who wait are let go on at once
            Ok(done) if i64::try_from(done).is_ok_and(|done| done < BATCH) => {
                tokio::time::sleep_until((began + PACE).into()).await;
            }
            Ok(_) | Err(_) => {}
        }
    }
}

/// Keeps in the store of keys where the log stands, so that nobody can make all its links anew unseen.
pub async fn anchor(app: &App) -> Result<()> {
    let clock = store::event::chain::clock(&mut app.db().read().await?).await?;
    let keys = app.secret().store();
    let deed = store::Deed { name: "event.anchor", actor: "keeper".into(), at: app.now() };
    let mut w = keys.write(deed).await?;
    store::event::chain::anchor(&mut w, &clock).await?;
    Ok(w.commit().await?)
}

/// What [`verify`] has found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verified {
    pub walk: Walk,
    /// How many anchors there are, and at which numbers the log says something else.
    pub anchors: usize,
    pub elsewhere: Vec<i64>,
}

impl Verified {
    pub fn is_sound(&self) -> bool {
        self.walk.is_sound() && self.elsewhere.is_empty()
    }
}

/// Walks along the whole log and compares it with the anchors.
pub async fn verify(app: &App) -> Result<Verified> {
    let anchors = store::event::chain::anchors(&mut app.secret().store().read().await?).await?;
    let asked: Vec<i64> = anchors.iter().map(|one| one.seq).filter(|seq| *seq > 0).collect();
    let mut r = app.db().snapshot().await?;
    let walk = store::event::chain::walk(&mut r, &asked).await?;
    let clock = store::event::chain::clock(&mut r).await?;
    let agrees = |one: &&Anchor| {
        let link = walk.links.iter().find(|(seq, _)| *seq == one.seq).map(|(_, link)| link);
        let bound = one.seq == 0 || link == Some(&one.head);
        !(bound && one.unbound == clock.unbound)
    };
    let elsewhere = anchors.iter().filter(agrees).map(|one| one.seq).collect();
    Ok(Verified { anchors: anchors.len(), elsewhere, walk })
}

/// Lets the index follow until nothing is left: for commands and tests.
pub async fn catch_up(app: &App) -> Result<()> {
    while step(app).await? > 0 {}
    tell(app, None).await;
    Ok(())
}

/// Does the next batch of events; gives how many there were.
async fn step(app: &App) -> Result<usize> {
    let index = app.index().await?;
    let Some(mark) = index.mark() else {
        tracing::info!("there is no whole index: making one from the rows");
        return reindex(app, |_| ()).await.map(|_| 1);
    };
    let mut r = app.db().read().await?;
    // one event more, to see that this is the log that the index has followed
    let events = store::event::after(&mut r, mark.seq - 1, BATCH + 1).await?;
    let (known, events) = match events.split_first() {
        Some((first, rest)) if mark.seq > 0 => (at(first) == mark, rest),
        _ => (mark.seq == 0, events.as_slice()),
    };
    if !known {
        tracing::warn!(seq = mark.seq, "the index belongs to another database: making a new one");
        drop(r);
        return reindex(app, |_| ()).await.map(|_| 1);
    }
    let Some(last) = events.last().map(at) else { return Ok(0) };
    let scope = Actor::program("indexer").scope();
    let ids = vacancies(&mut r, &scope, events).await?;
    let rows = store::vacancy::of_ids(&mut r, &scope, &ids).await?;
    let batch = Batch::load(&mut r, &scope, &*app.reference().await?, rows).await?;
    drop(r);
    let open: HashSet<_> = batch.ids().collect();
    let gone: Vec<_> = ids.into_iter().filter(|id| !open.contains(id)).collect();
    let done = events.len();
    blocking(move || index.apply(&batch.entries(), &gone, last)).await??;
    Ok(done)
}

fn at(event: &Event) -> Mark {
    Mark { seq: event.seq, at: event.at.timestamp_micros() }
}

/// The vacancies that these events are about, each once: their own, and those of employers, whose
/// name is in every document of theirs, and copies, of which another one may be shown now.
pub(crate) async fn vacancies(
    r: &mut Reader,
    scope: &Scope,
    events: &[Event],
) -> Result<Vec<Id<Vacancy>>> {
    let about = |noun| events.iter().filter(move |e| e.noun == noun).map(|event| event.subject);
    let employers: HashSet<Id<Employer>> = about("employer").map(Id::new).collect();
    let employers: Vec<_> = employers.into_iter().collect();
    let mut ids: HashSet<Id<Vacancy>> = about("vacancy").map(Id::new).collect();
    ids.extend(store::vacancy::of_employers(r, scope, &employers).await?);
    let own: Vec<_> = ids.iter().copied().collect();
    let were: Vec<i64> = events.iter().filter_map(|e| e.change.get("twin")?.as_i64()).collect();
    ids.extend(store::vacancy::copy::all(r, scope, &own, &were).await?);
    Ok(ids.into_iter().collect())
}

/// Notes in the tables how far the index has come, where that is news. It is only told there: the
/// place itself is kept in the index, in one commit with the documents.
async fn tell(app: &App, told: Option<i64>) -> Option<i64> {
    let seq = app.index().await.ok()?.mark()?.seq;
    if told == Some(seq) {
        return told;
    }
    let program = Actor::program("indexer");
    let noted: Result<()> = deed!(app, &program, "event.follow", |w| {
        Ok(store::event::reach(w, "index", seq).await?)
    });
    noted.ok().map(|()| seq)
}
