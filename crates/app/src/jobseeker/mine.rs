//! What somebody does about their own record: registering on a telephone, an answer at a time, and
//! joining a record that an office has made.

use model::{
    Id,
    access::{Actor, Reach},
    account::{Account, Membership},
    intake::{field::Field, typed::Typed},
    jobseeker::{Identity, Jobseeker},
};
use serde_json::json;
use store::{Note, Writer};

use super::{
    link::notice,
    phone_index,
    register::{self, Answer, add, serving},
};
use crate::{App, Error, Result, deed};

/// What a draft is sealed for.
const PLACE: &[u8] = b"draft";

/// Who registers: the account, and what it is to become.
pub type Whose = (Id<Account>, Id<Membership>);

/// Who somebody is: their own look needs no trace, anybody else's leaves one.
pub async fn identity(app: &App, actor: &Actor, id: Id<Jobseeker>) -> Result<Identity> {
    if !matches!(actor.scope().reach(), Reach::Person(own) if *own == id) {
        return super::open(app, actor, id).await;
    }
    let mut r = app.db().read().await?;
    let sealed = store::jobseeker::identity(&mut r, &actor.scope(), id).await?;
    super::unseal(app, id, &sealed).await
}

/// The answers so far, with the telephone that the account has proved.
pub async fn draft(app: &App, account: Id<Account>) -> Result<Typed> {
    let mut r = app.db().read().await?;
    let found = store::jobseeker::draft::find(&mut r, account).await?;
    drop(r);
    let typed = match found {
        Some((person, sealed)) => opened(app, person, &sealed).await?,
        None => Typed::default(),
    };
    Ok(typed.and(Field::Phone, &phone(app, account).await?))
}

async fn phone(app: &App, account: Id<Account>) -> Result<String> {
    let account = store::account::find(&mut app.db().read().await?, account).await?;
    Ok(crate::account::person(app, &account).await?.phone)
}

async fn opened(app: &App, person: Id<Jobseeker>, sealed: &[u8]) -> Result<Typed> {
    let keys = app.secret().keys(&[person.uuid()]).await?;
    let plain = keys.unseal(person.uuid(), PLACE, sealed)?;
    serde_json::from_slice(&plain).map_err(Error::broken)
}

/// Keeps one page of answers.
pub async fn keep(
    app: &App,
    actor: &Actor,
    account: Id<Account>,
    (fields, page): (&[&str], Typed),
) -> Result<Typed> {
    let before = draft(app, account).await?;
    let typed = before.with(fields, page);
    let plain = serde_json::to_vec(&typed).map_err(Error::broken)?;
    deed!(app, actor, "jobseeker.draft", |w| {
        let found = store::jobseeker::draft::find(w, account).await?;
        let person = found.map_or_else(|| app.id(), |(person, _)| person);
        let keys = app.secret().make(&[person.uuid()], app.now()).await?;
        let sealed = keys.seal(person.uuid(), PLACE, &plain)?;
        Ok(store::jobseeker::draft::save(w, account, (person, &sealed)).await?)
    })?;
    Ok(typed)
}

/// If an office has a record with this very number and this very telephone, it is this person's.
/// Nothing is said of any other.
pub async fn find(app: &App, actor: &Actor, whose: Whose, typed: &Typed) -> Result<bool> {
    let Ok((draft, _)) = register::read(app, actor, &typed.clone().and_name("某")).await? else {
        return Ok(false);
    };
    let number = app.secret().digest("number", &draft.identity.number);
    let phone = phone_index(app, &phone(app, whose.0).await?);
    let mut r = app.db().read().await?;
    let Some(person) = store::jobseeker::of_both(&mut r, &number, &phone).await? else {
        return Ok(false);
    };
    drop(r);
    deed!(app, actor, "jobseeker.join", |w| {
        joined(w, whose, person).await?;
        Ok(true)
    })
}

/// Registers whoever has answered everything.
pub async fn join(app: &App, actor: &Actor, whose: Whose) -> Result<Answer> {
    let typed = draft(app, whose.0).await?;
    let read = match register::read(app, actor, &typed).await? {
        Ok((draft, _)) => draft,
        Err(faults) => return Ok(Answer::Wrong(faults)),
    };
    deed!(app, actor, "jobseeker.join", |w| {
        let found = store::jobseeker::draft::find(w, whose.0).await?;
        let (person, _) = found.ok_or(Error::Absent("jobseeker"))?;
        let office = serving(w, &read.profile.place.region).await?;
        add(app, w, (person, &read, typed.visible()), office).await?;
        notice(w, actor, &[person]).await?;
        joined(w, whose, person).await?;
        Ok(Answer::Kept(person))
    })
}

async fn joined(w: &mut Writer, (account, membership): Whose, person: Id<Jobseeker>) -> Result<()> {
    if !store::jobseeker::draft::belong(w, membership, person).await? {
        return Err(Error::Stale);
    }
    store::jobseeker::draft::remove(w, account).await?;
    let (noun, subject, region) = ("jobseeker", person.uuid(), String::new());
    w.note(Note { noun, subject, region, change: json!({ "joined": true }) });
    Ok(())
}
