//! Signing in at the bureau's own provider. Whom it means by a subject, an administrator has said before:
//! nothing that a provider tells of somebody (a mail, a name) makes or finds an account.

use chrono::{DateTime, TimeDelta};
use client::{
    Error as Gateway,
    provider::{Claims, Provider, Ties},
};
use model::{Refusal, account::State};

use super::door::{self, Device, Entry, Way, enter};
use crate::{App, Error, Result, deed, secret};

/// Somebody who does not come back within so long begins anew.
const PATIENCE: TimeDelta = TimeDelta::minutes(10);
/// Clocks differ by so much.
const LEEWAY: TimeDelta = TimeDelta::minutes(2);

/// On the way: where to, and what the browser keeps until it is back.
#[derive(Clone, Debug)]
pub struct Begun {
    pub address: String,
    pub state: String,
}

/// What comes back in the address.
#[derive(Clone, Debug, Default)]
pub struct Came {
    pub state: String,
    pub code: String,
}

/// What stands on the button; `None` where the bureau has no provider.
pub fn name(app: &App) -> Option<&str> {
    app.settings().provider.as_ref().map(Provider::name)
}

fn provider(app: &App) -> Result<&Provider> {
    app.settings().provider.as_ref().ok_or(Error::Absent("page"))
}

/// Sends somebody to the provider, to come back to `back`.
pub async fn begin(app: &App, back: &str) -> Result<Begun> {
    let state = format!("{}.{}", app.now().timestamp(), secret::token());
    let address = provider(app)?.address(back, &ties(app, &state)).await;
    Ok(Begun { address: address.map_err(|e| silent(&e))?, state })
}

/// Made of the state and our key: nothing has to be kept of somebody who never comes back, and who
/// reads the address knows neither.
fn ties(app: &App, state: &str) -> Ties {
    let of = |purpose| app.secret().digest(purpose, state);
    Ties { nonce: of("provider nonce"), verifier: of("provider verifier"), state: state.to_owned() }
}

/// Signs in whoever comes back, with what their browser kept: each way there is good once.
pub async fn arrive(
    app: &App,
    device: &Device,
    (kept, came): (&str, &Came),
    back: &str,
) -> Result<Entry> {
    let provider = provider(app)?;
    let begun = began(&came.state).filter(|_| kept == came.state);
    let in_time =
        begun.is_some_and(|begun| (TimeDelta::zero()..PATIENCE).contains(&(app.now() - begun)));
    if !in_time || !first(app, &came.state).await? {
        return Err(Refusal::new("account.provider_elsewhere").into());
    }
    if came.code.is_empty() {
        return Err(Refusal::new("account.provider_refused").into());
    }
    let ties = ties(app, &came.state);
    let claims = provider.exchange(back, &came.code, &ties).await.map_err(|e| silent(&e))?;
    sound(app, &claims, &ties)?;
    let digest = digest(app, provider, &claims.sub);
    let found = store::account::provider::of(&mut app.db().read().await?, &digest).await?;
    let Some(account) = found else {
        // shown to whoever has just proved that it is theirs, for the administrator to enter
        let refusal = Refusal::new("account.provider_unknown").arg("subject", claims.sub);
        return Err(refusal.into());
    };
    if account.state == State::Closed {
        return Err(Refusal::new("account.unknown").into());
    }
    let second = provider.two_factors(&claims);
    enter(app, device, &account, Way::Provider { second }).await
}

/// When a state was made.
fn began(state: &str) -> Option<DateTime<chrono::Utc>> {
    let (seconds, rest) = state.split_once('.')?;
    (rest.len() == 64).then_some(())?;
    DateTime::from_timestamp(seconds.parse().ok()?, 0)
}

/// Takes a state; false if it was taken before.
async fn first(app: &App, state: &str) -> Result<bool> {
    let digest = app.secret().digest("provider return", state);
    deed!(app, &door::keeper(), "account.attempt", |w| {
        Ok(store::account::provider::take(w, &digest).await?)
    })
}

/// Does the token answer this question, and is it of now?
fn sound(app: &App, claims: &Claims, ties: &Ties) -> Result<()> {
    let now = app.now();
    let at = |seconds| DateTime::from_timestamp(seconds, 0);
    let alive = at(claims.exp).is_some_and(|end| now < end + LEEWAY);
    let made = at(claims.iat).is_some_and(|made| made <= now + LEEWAY);
    if claims.nonce == ties.nonce && alive && made {
        return Ok(());
    }
    tracing::warn!("a provider's token answers another question, or is not of now");
    Err(Refusal::new("account.provider_wrong").into())
}

/// What is kept of a subject.
pub(super) fn digest(app: &App, provider: &Provider, subject: &str) -> String {
    app.secret().digest("provider subject", &format!("{}\n{subject}", provider.issuer()))
}

/// A subject as an administrator types it, as it is kept.
pub(super) fn typed(app: &App, subject: &str) -> Result<String> {
    let subject = subject.trim();
    // OpenID Connect: at most 255 characters of ASCII
    if subject.is_empty() || subject.len() > 255 || !subject.is_ascii() {
        return Err(Refusal::new("account.subject_shape").field("subject").into());
    }
    Ok(digest(app, provider(app)?, subject))
}

fn silent(error: &Gateway) -> Refusal {
    tracing::warn!(%error, "the provider of sign-ins does not answer as it should");
    match error {
        Gateway::Token(_) => Refusal::new("account.provider_wrong"),
        // a code that is none, or was used: the provider says 400
        Gateway::Refused(400..500) => Refusal::new("account.provider_refused"),
        Gateway::Refused(_) | Gateway::Silent(_) | Gateway::Address(..) => {
            Refusal::new("account.provider_silent")
        }
    }
}
