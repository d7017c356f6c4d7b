//! Keys of other programs: shown once, opening what they were given and no more. 接口令牌

use chrono::TimeDelta;
use model::{
    Id, Refusal,
    access::{Actor, Grant},
    account::{Membership, Token},
};
use serde_json::json;

use super::{door, note};
use crate::{App, Error, Result, deed, secret};

/// The longest a token lasts.
pub const LONGEST_DAYS: i64 = 366;
/// Its use is noted at most so often.
const NOTED: TimeDelta = TimeDelta::minutes(10);

/// Makes a token in the place of one of the actor's own memberships; gives what is shown once.
pub async fn grant(
    app: &App,
    actor: &Actor,
    membership: Id<Membership>,
    (name, grants, days): (&str, &[Grant], i64),
) -> Result<String> {
    let name = name.trim();
    if name.is_empty() || name.chars().count() > 60 {
        return Err(Refusal::new("account.token_name").field("name").into());
    }
    if grants.is_empty() {
        return Err(Refusal::new("account.token_grants").field("grants").into());
    }
    if !(1..=LONGEST_DAYS).contains(&days) {
        let refusal = Refusal::new("account.token_days").field("days");
        return Err(refusal.arg("most", LONGEST_DAYS.to_string()).into());
    }
    let text = format!("jq_{}", secret::token());
    let digest = app.secret().digest("token", &text);
    deed!(app, actor, "account.grant", |w| {
        let account = actor.account.ok_or(Error::Absent("account"))?;
        let own = store::account::memberships_of(w, account).await?;
        let seat = own.iter().find(|one| one.id == membership).ok_or(Error::Absent("account"))?;
        let token = Token {
            id: app.id(),
            name: name.to_owned(),
            membership_id: seat.id,
            grants: grants.to_vec(),
            created_at: w.at(),
            expires_at: w.at() + TimeDelta::days(days),
            used_at: None,
            ended_at: None,
        };
        store::account::token::add(w, &token, &digest).await?;
        note(w, account, json!({ "token": token.id, "grants": grants }));
        Ok(text.clone())
    })
}

/// Ends a token of the actor's reach.
pub async fn end(app: &App, actor: &Actor, id: Id<Token>) -> Result<()> {
    deed!(app, actor, "account.revoke", |w| {
        if !store::account::token::end(w, &actor.scope(), id).await? {
            return Err(Error::Absent("token"));
        }
        if let Some(account) = actor.account {
            note(w, account, json!({ "token_ended": id }));
        }
        Ok(())
    })
}

/// Who holds this token, if it is one.
pub async fn here(app: &App, text: &str) -> Result<Option<Actor>> {
    let digest = app.secret().digest("token", text);
    let mut r = app.db().read().await?;
    let found = store::account::token::here(&mut r, &digest, app.now()).await?;
    drop(r);
    let Some((id, member, grants, used)) = found else { return Ok(None) };
    if used.is_none_or(|used| app.now() - used >= NOTED) {
        let app = app.clone();
        tokio::spawn(async move { note_use(&app, id).await });
    }
    Ok(Some(Actor::token(&id.to_string(), member, grants)))
}

async fn note_use(app: &App, id: Id<Token>) {
    let done: Result<()> = deed!(app, &door::keeper(), "account.stay", |w| Ok(
        store::account::token::used(w, id).await?
    ));
    if let Err(error) = done {
        tracing::warn!(%error, "the use of a token could not be noted");
    }
}
