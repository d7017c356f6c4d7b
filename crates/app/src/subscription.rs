//! Keeping questions about vacancies, and telling of new ones that answer them. The question is the one
//! of the list's address, read by the same reader, answered by the same search.

use std::time::Duration;

use chrono::{NaiveDate, TimeDelta};
use model::{
    Id, Refusal,
    access::{Actor, Scope},
    jobseeker::Jobseeker,
    notice::{Kind, To},
    subscription::{Subscription, check},
    vacancy::query::{Hit, Sort, VacancyQuery},
};
use store::{Reader, subscription::Kept};
use uuid::Uuid;

use crate::{App, Error, Result, deed, erasure::settle, notice::inbox, secret::Keys};

/// Reads a question as the list's address has it: web's.
pub type Read = fn(&str, NaiveDate) -> Option<VacancyQuery>;

fn person(actor: &Actor) -> Result<Id<Jobseeker>> {
    let none = || Refusal::new("application.register_first");
    Ok(actor.scope().person().ok_or_else(none)?)
}

/// A name and a question, sealed with the key of whose they are.
fn sealed(
    keys: &Keys,
    holder: Id<Jobseeker>,
    one: (Id<Subscription>, &str, &str),
) -> Result<Vec<u8>> {
    let (id, name, query) = one;
    let plain = serde_json::to_vec(&(name, query)).map_err(Error::broken)?;
    keys.seal(holder.uuid(), id.uuid().as_bytes(), &plain)
}

fn opened(keys: &Keys, one: Kept) -> Result<Subscription> {
    let (name, query) = match &one.sealed {
        Some(sealed) => {
            let plain = keys.unseal(one.jobseeker.uuid(), one.id.uuid().as_bytes(), sealed)?;
            serde_json::from_slice(&plain).map_err(Error::broken)?
        }
        None => (one.name, one.query),
    };
    let Kept { id, jobseeker, made_at, checked_at, ended_at, .. } = one;
    Ok(Subscription { id, jobseeker, name, query, made_at, checked_at, ended_at })
}

async fn keys(app: &App, all: &[Kept]) -> Result<Keys> {
    let holders: Vec<Uuid> = all.iter().map(|one| one.jobseeker.uuid()).collect();
    app.secret().keys(&holders).await
}

async fn all_opened(app: &App, all: Vec<Kept>) -> Result<Vec<Subscription>> {
    let keys = keys(app, &all).await?;
    all.into_iter().map(|one| opened(&keys, one)).collect()
}

async fn of(
    app: &App,
    r: &mut Reader,
    scope: &Scope,
    who: Id<Jobseeker>,
) -> Result<Vec<Subscription>> {
    let all = store::subscription::of_person(r, scope, who).await?;
    all_opened(app, all).await
}

/// Those of whoever asks, the newest first.
pub async fn mine(app: &App, actor: &Actor) -> Result<Vec<Subscription>> {
    let scope = actor.scope();
    let Some(person) = scope.person() else { return Ok(vec![]) };
    of(app, &mut app.db().read().await?, &scope, person).await
}

/// All that a person ever kept, also what is ended.
pub(crate) async fn ever(
    app: &App,
    r: &mut Reader,
    scope: &Scope,
    who: Id<Jobseeker>,
) -> Result<Vec<Subscription>> {
    let all = store::subscription::ever(r, scope, who).await?;
    all_opened(app, all).await
}

/// Keeps a question of the person who asks. Kept twice it is there once.
pub async fn keep(app: &App, actor: &Actor, name: &str, query: &str) -> Result<Subscription> {
    let person = person(actor)?;
    let keys = app.secret().make(&[person.uuid()], app.now()).await?;
    deed!(app, actor, "subscription.keep", |w| {
        let there = of(app, w, &actor.scope(), person).await?;
        if let Some(same) = there.iter().find(|one| one.query == query) {
            return Ok(same.clone());
        }
        check(name, query, &there)?;
        let one = Subscription {
            id: app.id(),
            jobseeker: person,
            name: name.to_owned(),
            query: query.to_owned(),
            made_at: w.at(),
            checked_at: w.at(),
            ended_at: None,
        };
        let sealed = sealed(&keys, person, (one.id, name, query))?;
        store::subscription::add(w, &one, sealed).await?;
        Ok(one)
    })
}

pub async fn end(app: &App, actor: &Actor, id: Id<Subscription>) -> Result<()> {
    let person = person(actor)?;
    deed!(app, actor, "subscription.end", |w| {
        Ok(store::subscription::end(w, person, id).await?)
    })
}

/// Looked at so often.
const PAUSE: Duration = Duration::from_mins(5);
/// And each question not more often than that.
const REST: TimeDelta = TimeDelta::minutes(10);
/// So many questions in one look, and new vacancies for each.
const BATCH: i64 = 200;
const NEWEST: usize = 50;

/// Tells of new vacancies for as long as the program runs.
pub async fn follow(app: &App, read: Read) {
    loop {
        if let Err(error) = look(app, read).await {
            tracing::warn!(%error, "people are not told of new vacancies");
        }
        tokio::time::sleep(PAUSE).await;
    }
}

/// Looks at the questions that are due; how many notices that gave.
pub async fn look(app: &App, read: Read) -> Result<usize> {
    seal(app).await?;
    let before = app.now() - REST;
    let due = store::subscription::due(&mut app.db().read().await?, before, BATCH).await?;
    let keys = keys(app, &due).await?;
    let mut told = 0;
    for one in due {
        let (id, person) = (one.id, one.jobseeker);
        let question = match opened(&keys, one) {
            // none: a question of an older version that is understood no more
            Ok(one) => read(&one.query, app.today()).map(|query| (one, query)),
            Err(error) => {
                tracing::warn!(%error, search = %id, "a kept search does not open");
                None
            }
        };
        let fresh = match question {
            Some((one, query)) => news(app, &one, query).await?,
            None => vec![],
        };
        told += tell(app, (id, person), &fresh).await?;
    }
    Ok(told)
}

/// Seals what was kept before searches were sealed, where its person has a key: who has none yet gets
/// one when the keys are turned.
async fn seal(app: &App) -> Result<()> {
    let (program, mut after) = (Actor::program("keeper"), Id::new(Uuid::nil()));
    loop {
        let mut r = app.db().read().await?;
        let plain = store::subscription::plain(&mut r, after, BATCH).await?;
        drop(r);
        let Some(last) = plain.last() else { return Ok(()) };
        after = last.id;
        let keys = keys(app, &plain).await?;
        let known = plain.iter().filter(|one| keys.has(one.jobseeker.uuid()));
        let new = known.map(|one| {
            Ok((one.id, sealed(&keys, one.jobseeker, (one.id, &one.name, &one.query))?))
        });
        let new = new.collect::<Result<Vec<_>>>()?;
        deed!(app, &program, "secret.rotate", |w| {
            Ok(store::subscription::seal(w, &new).await?)
        })?;
        settle(app).await?;
    }
}

/// What the list has that came in since the question was kept and was not told yet: not more than is
/// told in one look; the next look goes on.
async fn news(app: &App, one: &Subscription, query: VacancyQuery) -> Result<Vec<Hit>> {
    let (public, since) = (Actor::public(), Some(one.id.uuid()));
    let (sort, limit) = (Sort::New, VacancyQuery::MOST);
    let mut query = VacancyQuery { sort, limit, cursor: None, since, ..query };
    let mut fresh = Vec::new();
    loop {
        let page = crate::vacancy::list(app, &public, &query).await?;
        let ids: Vec<_> = page.items.iter().map(|hit| hit.vacancy.id).collect();
        let mut r = app.db().read().await?;
        let told = store::subscription::told(&mut r, one.jobseeker, &ids).await?;
        let untold =
            |hit: &Hit| hit.vacancy.created_at > one.made_at && !told.contains(&hit.vacancy.id);
        fresh.extend(page.items.into_iter().filter(untold));
        query.cursor = page.next;
        if fresh.len() >= NEWEST || query.cursor.is_none() {
            fresh.truncate(NEWEST);
            return Ok(fresh);
        }
    }
}

async fn tell(
    app: &App,
    (id, person): (Id<Subscription>, Id<Jobseeker>),
    fresh: &[Hit],
) -> Result<usize> {
    let program = Actor::program("messenger");
    deed!(app, &program, "subscription.tell", |w| {
        let mut told = 0;
        for Hit { vacancy, .. } in fresh {
            if store::subscription::tell(w, person, vacancy.id).await? {
                inbox::tell_of(app, w, (To::Person(person), Kind::Found), vacancy).await?;
                told += 1;
            }
        }
        store::subscription::checked(w, id).await?;
        Ok(told)
    })
}
