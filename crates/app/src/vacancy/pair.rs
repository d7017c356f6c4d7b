//! Finding vacancies that say the same: what is new is compared with what its employer offers already,
//! and with the same text under other names. A clerk decides, and takes it back.

use std::{
    collections::{HashMap, HashSet},
    time::Duration,
};

use model::{
    Id,
    access::Actor,
    vacancy::{
        State, Vacancy,
        pair::{Pair, Told, Verdict},
    },
};
use serde_json::json;
use store::{Note, Writer, vacancy::pair as rows};

use crate::{App, Result, deed};

/// The name under which the log knows how far this has come.
const READER: &str = "copies";
/// Events at once, and vacancies to compare with.
const BATCH: i64 = 200;
const MOST: i64 = 2_000;

/// Looks for copies for as long as the program runs.
pub async fn follow(app: &App) {
    loop {
        match step(app).await {
            Ok(true) => tokio::task::yield_now().await,
            Ok(false) => tokio::time::sleep(Duration::from_secs(5)).await,
            Err(error) => {
                tracing::warn!(%error, "copies of vacancies are not looked for");
                tokio::time::sleep(Duration::from_mins(1)).await;
            }
        }
    }
}

/// Everything that is left to look at: for tests.
pub async fn catch_up(app: &App) -> Result<()> {
    while step(app).await? {}
    Ok(())
}

/// Compares what the next events are about; false at the end of the log.
async fn step(app: &App) -> Result<bool> {
    let program = Actor::program("copies");
    let (scope, mut r) = (program.scope(), app.db().read().await?);
    let seq = store::event::reached(&mut r, READER).await?;
    let events = store::event::after(&mut r, seq, BATCH).await?;
    let Some(last) = events.last().map(|event| event.seq) else { return Ok(false) };
    let about =
        events.iter().filter(|event| event.noun == "vacancy" && event.deed != "vacancy.pair");
    let ids: HashSet<Id<Vacancy>> = about.map(|event| Id::new(event.subject)).collect();
    let ids: Vec<_> = ids.into_iter().collect();
    let mut new = store::vacancy::of_ids(&mut r, &scope, &ids).await?;
    new.retain(|vacancy| vacancy.state == State::Published);
    let mut employers: Vec<_> = new.iter().map(|vacancy| vacancy.employer).collect();
    employers.sort_unstable();
    employers.dedup();
    let marks: Vec<i64> = new.iter().map(|vacancy| vacancy.offer.text_mark()).collect();
    let mut others = rows::of_employers(&mut r, &employers, MOST).await?;
    others.extend(rows::of_texts(&mut r, &marks, MOST).await?);
    drop(r);
    let at = app.now();
    let pairs = crate::blocking(move || pairs(&new, &others, at)).await?;
    deed!(app, &program, "vacancy.pair", |w| {
        for pair in rows::add(w, &pairs).await? {
            if pair.verdict == Verdict::Copy {
                decided(w, &pair).await?;
            }
        }
        store::event::reach(w, READER, last).await?;
        Ok(())
    })?;
    Ok(true)
}

/// Every pair that says the same, once: only what is of one employer, or the same text, can.
fn pairs(new: &[Vacancy], others: &[Vacancy], at: chrono::DateTime<chrono::Utc>) -> Vec<Pair> {
    let others: Vec<Told<'_>> = others.iter().map(Told::new).collect();
    let (mut employers, mut texts) = (HashMap::<_, Vec<_>>::new(), HashMap::<_, Vec<_>>::new());
    for other in &others {
        employers.entry(other.vacancy.employer).or_default().push(other);
        texts.entry(other.mark).or_default().push(other);
    }
    let mut known = HashSet::new();
    let mut found = vec![];
    for one in new.iter().map(Told::new) {
        let theirs = employers.get(&one.vacancy.employer).into_iter();
        let same = texts.get(&one.mark).filter(|_| one.mark != 0).into_iter();
        for other in theirs.chain(same).flatten() {
            let (a, b) = (one.vacancy.id, other.vacancy.id);
            if a != b && known.insert((a.min(b), a.max(b))) {
                found.extend(Pair::of(&one, other, at));
            }
        }
    }
    found
}

async fn decided(w: &mut Writer, pair: &Pair) -> Result<()> {
    rows::decide(w, pair).await?;
    for id in [pair.shown, pair.copy] {
        let change = json!({ "copy": pair.verdict });
        w.note(Note { noun: "vacancy", subject: id.uuid(), region: String::new(), change });
    }
    Ok(())
}

/// A clerk says what two vacancies are to each other; `open` takes it back.
pub async fn decide(
    app: &App,
    actor: &Actor,
    (shown, copy): (Id<Vacancy>, Id<Vacancy>),
    verdict: Verdict,
) -> Result<()> {
    deed!(app, actor, "vacancy.decide_copy", |w| {
        store::vacancy::managed_by(w, &actor.scope(), shown).await?;
        let known = rows::find(w, shown, copy).await?;
        let pair = Pair { shown, copy, verdict, at: w.at(), ..known };
        decided(w, &pair).await
    })
}
