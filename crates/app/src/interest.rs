//! Staff declare what they have to do with employers, and end it when that is over.

use model::{
    Id, Refusal,
    access::Actor,
    account::Account,
    employer::Employer,
    interest::{Interest, Kind},
};
use serde_json::json;
use store::{Note, Writer};

use crate::{App, Result, deed};

fn account(actor: &Actor) -> Result<Id<Account>> {
    Ok(actor.account.ok_or_else(|| Refusal::new("access.sign_in"))?)
}

/// Declares an interest in the employer of this name or credit code. Said twice it is there once.
pub async fn declare(app: &App, actor: &Actor, words: &str, kind: Kind) -> Result<Employer> {
    let account = account(actor)?;
    let (code, name) = (words.trim().to_uppercase(), model::cell::fold(words));
    let mut r = app.db().read().await?;
    let known = store::employer::known(&mut r, &[&code], &[&name]).await?.into_iter().next();
    drop(r);
    let unknown = || Refusal::new("interest.employer_unknown").field("employer");
    let employer = known.ok_or_else(unknown)?.employer;
    let (declared_at, ended_at) = (app.now(), None);
    let one =
        Interest { id: app.id(), account, employer: employer.id, kind, declared_at, ended_at };
    let done = deed!(app, actor, "interest.declare", |w| {
        store::interest::add(w, &one).await?;
        note(w, account, json!({ "interest": one.id, "kind": kind }));
        Ok(())
    });
    match done {
        Err(error) if !error.is_collision() => Err(error),
        Ok(()) | Err(_) => Ok(employer),
    }
}

/// Ends one of the actor's own.
pub async fn end(app: &App, actor: &Actor, id: Id<Interest>) -> Result<()> {
    let account = account(actor)?;
    deed!(app, actor, "interest.end", |w| {
        store::interest::end(w, account, id).await?;
        note(w, account, json!({ "interest": id }));
        Ok(())
    })
}

/// What the actor has declared and not ended, each with its employer.
pub async fn mine(app: &App, actor: &Actor) -> Result<Vec<(Interest, Employer)>> {
    let account = account(actor)?;
    let mut r = app.db().read().await?;
    let mut all = store::interest::of_account(&mut r, account).await?;
    all.retain(|one| one.ended_at.is_none());
    let ids: Vec<_> = all.iter().map(|one| one.employer).collect();
    let employers = store::employer::of_ids(&mut r, &actor.scope(), &ids).await?;
    let with = |one: Interest| {
        let employer = employers.iter().find(|e| e.id == one.employer)?.clone();
        Some((one, employer))
    };
    Ok(all.into_iter().filter_map(with).collect())
}

fn note(w: &mut Writer, account: Id<Account>, change: serde_json::Value) {
    let (noun, subject, region) = ("account", account.uuid(), String::new());
    w.note(Note { noun, subject, region, change });
}
