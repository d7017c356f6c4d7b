//! Keeping the index of vacancies true to the tables: rows into entries, all of them anew, and
//! proving that both agree. What follows the log is in [`crate::event`].

use std::{
    collections::{HashMap, HashSet},
    sync::{Arc, Mutex},
    thread,
};

use model::{
    Id,
    access::{Actor, Scope},
    reference::Reference,
    vacancy::{State, Vacancy},
};
use search::{Entry, Mark, Rebuild};
use store::Reader;
use tokio::sync::mpsc;

use crate::{App, Error, Result, blocking};

/// Rows read at once.
const BATCH: i64 = 1_000;

/// Vacancies with all that their documents are made of.
pub(crate) struct Batch {
    vacancies: Vec<Vacancy>,
    /// For each vacancy: the employer's name, and what the tables call its occupation and place.
    told: Vec<[String; 3]>,
    /// How well its employer answers, of a hundred.
    answered: Vec<Option<u8>>,
}

impl Batch {
    /// Takes the published ones that are no copies of better ones; the others are not in the index.
    pub(crate) async fn load(
        r: &mut Reader,
        scope: &Scope,
        reference: &Reference,
        mut vacancies: Vec<Vacancy>,
    ) -> Result<Self> {
        vacancies.retain(|vacancy| vacancy.state == State::Published);
        let ids: Vec<_> = vacancies.iter().map(|vacancy| vacancy.id).collect();
        let shown = store::vacancy::copy::shown(r, scope, &ids).await?;
        vacancies.retain(|vacancy| shown.contains(&vacancy.id));
        let theirs: HashSet<_> = vacancies.iter().map(|vacancy| vacancy.employer).collect();
        let theirs: Vec<_> = theirs.into_iter().collect();
        let employers = store::employer::of_ids(r, scope, &theirs).await?;
        let names: HashMap<_, _> = employers.into_iter().map(|e| (e.id, e.details.name)).collect();
        let told = vacancies.iter().map(|vacancy| {
            let employer = names.get(&vacancy.employer).cloned().unwrap_or_default();
            let (occupation, place) = told(reference, vacancy);
            [employer, occupation, place]
        });
        let answers: HashMap<_, _> =
            store::employer::answers(r, scope, &theirs).await?.into_iter().collect();
        let answered = vacancies.iter().map(|v| answers.get(&v.employer).copied());
        Ok(Self { told: told.collect(), answered: answered.collect(), vacancies })
    }

    pub(crate) fn ids(&self) -> impl Iterator<Item = Id<Vacancy>> {
        self.vacancies.iter().map(|vacancy| vacancy.id)
    }

    pub(crate) fn entries(&self) -> Vec<Entry<'_>> {
        let rows = self.vacancies.iter().zip(&self.told).zip(&self.answered);
        rows.map(|((vacancy, told), &answered)| {
            let [employer, occupation, place] = told;
            Entry { vacancy, employer, occupation, place, answered }
        })
        .collect()
    }
}

/// What the tables call the occupation, and the place.
pub fn told(reference: &Reference, vacancy: &Vacancy) -> (String, String) {
    let offer = &vacancy.offer;
    let occupation = reference.occupations.find(&offer.occupation);
    let occupation = occupation.map(|node| node.name.clone());
    let path = reference.places.path(&offer.place.region);
    let place: Vec<_> = path.iter().map(|region| region.name.as_str()).collect();
    (occupation.unwrap_or_default(), place.join(" "))
}

/// How far the log has come.
async fn newest(r: &mut Reader) -> Result<Mark> {
    let last = store::event::last(r).await?;
    let event = store::event::after(r, last - 1, 1).await?.pop();
    Ok(event
        .map(|event| Mark { seq: event.seq, at: event.at.timestamp_micros() })
        .unwrap_or_default())
}

/// Makes the index anew from the rows and puts it in the place of the old one, which answers until
/// then. `progress` is told how many rows were read. Gives how many documents there are.
pub async fn reindex(app: &App, progress: impl Fn(u64) + Send) -> Result<u64> {
    let (index, reference) = (app.index().await?, app.reference().await?);
    let scope = Actor::program("indexer").scope();
    let mark = newest(&mut app.db().read().await?).await?;
    let (send, receive) = mpsc::channel::<Option<Batch>>(2);
    let writing = tokio::task::spawn_blocking(move || {
        let rebuild = index.rebuild(mark)?;
        // where the rows were not read to the end the old index stays
        if taken(&rebuild, &Mutex::new(receive))? { rebuild.finish() } else { Ok(()) }
    });
    let (mut rows, mut documents, mut after) = (0, 0, None);
    loop {
        let mut r = app.db().read().await?;
        let page = store::vacancy::all_after(&mut r, after, BATCH).await?;
        let Some(last) = page.last() else { break };
        after = Some(last.id);
        rows += page.len() as u64;
        let batch = Batch::load(&mut r, &scope, &reference, page).await?;
        documents += batch.vacancies.len() as u64;
        if send.send(Some(batch)).await.is_err() {
            break; // the writer has failed and says why below
        }
        progress(rows);
    }
    drop(send.send(None).await);
    drop(send);
    writing.await.map_err(Error::broken)??;
    tracing::info!(documents, "the index was made anew");
    Ok(documents)
}

/// Puts in what comes, by two threads for as long as it does: one for each few rows would leave much
/// memory behind. Did all of it come?
fn taken(
    rebuild: &Rebuild<'_>,
    receive: &Mutex<mpsc::Receiver<Option<Batch>>>,
) -> Result<bool, search::Error> {
    let next = || receive.lock().map_or(None, |mut receive| receive.blocking_recv());
    let take = || -> Result<bool, search::Error> {
        while let Some(next) = next() {
            let Some(batch) = next else { return Ok(true) };
            rebuild.put(&batch.entries())?;
        }
        Ok(false)
    };
    thread::scope(|scope| {
        let beside = scope.spawn(take);
        let here = take()?;
        let there = beside.join().map_err(|_| search::Error::Broken("a writer panicked".into()))?;
        Ok(here | there?)
    })
}

/// What [`check`] found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Agreement {
    /// Published vacancies in the tables.
    pub rows: u64,
    /// Of these, not in the index.
    pub missing: u64,
    /// Of these, with other content in the index.
    pub stale: u64,
    /// In the index without a published vacancy.
    pub extra: u64,
    /// Changed so lately that the index may not know yet; in none of the counts of faults.
    pub pending: u64,
}

impl Agreement {
    pub const fn is_whole(&self) -> bool {
        self.missing == 0 && self.stale == 0 && self.extra == 0
    }
}

/// Compares every row with its document, both ways. `progress` is told how many rows were read.
pub async fn check(app: &App, progress: impl Fn(u64) + Send) -> Result<Agreement> {
    let (index, reference) = (app.index().await?, app.reference().await?);
    let scope = Actor::program("indexer").scope();
    let reader = Arc::clone(&index);
    let (mark, mut documents) = blocking(move || {
        let mark = reader.mark().ok_or(search::Error::Rebuilding)?;
        Ok::<_, search::Error>((mark, reader.fingerprints()?))
    })
    .await??;
    let (mut found, mut odd, mut after) = (Agreement::default(), Vec::new(), None);
    let mut read = 0;
    loop {
        let mut r = app.db().read().await?;
        let page = store::vacancy::all_after(&mut r, after, BATCH).await?;
        let Some(last) = page.last() else { break };
        after = Some(last.id);
        read += page.len() as u64;
        let batch = Batch::load(&mut r, &scope, &reference, page).await?;
        found.rows += batch.vacancies.len() as u64;
        let index = Arc::clone(&index);
        let expected = blocking(move || {
            let print = |entry: &Entry<'_>| (entry.vacancy.id, index.fingerprint(entry));
            batch.entries().iter().map(print).collect::<Vec<_>>()
        });
        for (id, print) in expected.await? {
            match documents.remove(&id) {
                Some(kept) if kept == print => {}
                kept => odd.push((id, kept.is_some())),
            }
        }
        progress(read);
    }
    let lately = changed_since(&mut app.db().read().await?, &scope, mark).await?;
    for (id, kept) in odd {
        *found.count(lately.contains(&id), kept) += 1;
    }
    for id in documents.keys() {
        let extra = if lately.contains(id) { &mut found.pending } else { &mut found.extra };
        *extra += 1;
    }
    Ok(found)
}

impl Agreement {
    const fn count(&mut self, lately: bool, kept: bool) -> &mut u64 {
        match (lately, kept) {
            (true, _) => &mut self.pending,
            (false, true) => &mut self.stale,
            (false, false) => &mut self.missing,
        }
    }
}

/// The vacancies that changed after `mark`.
async fn changed_since(r: &mut Reader, scope: &Scope, mark: Mark) -> Result<HashSet<Id<Vacancy>>> {
    let (mut changed, mut seq) = (HashSet::new(), mark.seq);
    loop {
        let events = store::event::after(r, seq, BATCH).await?;
        let Some(last) = events.last() else { return Ok(changed) };
        seq = last.seq;
        changed.extend(crate::event::vacancies(r, scope, &events).await?);
    }
}
