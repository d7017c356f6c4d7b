//! Keeping questions about vacancies, and telling of new ones that answer them. The question is the one
//! of the list's address, read by the same reader, answered by the same search.

use std::time::Duration;

use chrono::{NaiveDate, TimeDelta};
use model::{
    Id, Refusal,
    access::Actor,
    notice::{Kind, To},
    subscription::{Subscription, check},
    vacancy::query::{Hit, Sort, VacancyQuery},
};

use crate::{App, Result, deed, notice::inbox};

/// Reads a question as the list's address has it: web's.
pub type Read = fn(&str, NaiveDate) -> Option<VacancyQuery>;

fn person(actor: &Actor) -> Result<Id<model::jobseeker::Jobseeker>> {
    let none = || Refusal::new("application.register_first");
    Ok(actor.scope().person().ok_or_else(none)?)
}

/// Keeps a question of the person who asks. Kept twice it is there once.
pub async fn keep(app: &App, actor: &Actor, name: &str, query: &str) -> Result<Subscription> {
    let person = person(actor)?;
    deed!(app, actor, "subscription.keep", |w| {
        let there = store::subscription::of_person(w, &actor.scope(), person).await?;
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
        store::subscription::add(w, &one).await?;
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
    let before = app.now() - REST;
    let due = store::subscription::due(&mut app.db().read().await?, before, BATCH).await?;
    let mut told = 0;
    for one in due {
        told += ask(app, &one, read).await?;
    }
    Ok(told)
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

async fn ask(app: &App, one: &Subscription, read: Read) -> Result<usize> {
    let fresh = match read(&one.query, app.today()) {
        Some(query) => news(app, one, query).await?,
        // a question of an older version that is understood no more
        None => vec![],
    };
    let program = Actor::program("messenger");
    deed!(app, &program, "subscription.tell", |w| {
        let mut told = 0;
        for hit in &fresh {
            let vacancy = &hit.vacancy;
            if store::subscription::tell(w, one.jobseeker, vacancy.id).await? {
                let to = (To::Person(one.jobseeker), Kind::Found);
                inbox::tell_of(app, w, to, vacancy).await?;
                told += 1;
            }
        }
        store::subscription::checked(w, one.id).await?;
        Ok(told)
    })
}
