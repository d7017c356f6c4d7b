//! Messages out of the house: written in a deed, sent by a task after it, never twice. 通知

pub mod inbox;

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use client::gateway::{Gateway, Message};
use model::{
    access::Actor,
    cell,
    notice::{Channel, Letter, State, TRIES},
};
use store::Writer;
use uuid::Uuid;

use crate::{App, Error, Result, deed};

/// The longest sleep between two looks.
const SLEEP: Duration = Duration::from_secs(2);

/// The ways out of the house, as far as there are any.
#[derive(Clone, Debug, Default)]
pub struct Ways {
    pub sms: Option<Gateway>,
    pub mail: Option<Gateway>,
}

/// Writes a message down in a deed.
pub(crate) async fn write(
    app: &App,
    w: &mut Writer,
    (channel, letter): (Channel, &Letter),
    until: DateTime<Utc>,
) -> Result<()> {
    let id = app.id::<Letter>().uuid();
    let plain = serde_json::to_vec(letter).map_err(Error::broken)?;
    let sealed = app.secret().seal(id.as_bytes(), &plain)?;
    let to = address(app, &letter.to);
    Ok(store::notice::add(w, (id, channel), (sealed, &to), until).await?)
}

/// Sends what waits for as long as the program runs.
pub async fn follow(app: &App, ways: &Ways) {
    loop {
        let step = async {
            let forwarded = inbox::forward(app).await? > 0;
            Ok::<_, Error>(send_next(app, ways).await? || forwarded)
        };
        match step.await {
            Ok(true) => {}
            Ok(false) => drop(tokio::time::timeout(SLEEP, app.bell().notified()).await),
            Err(error) => {
                tracing::warn!(%error, "messages cannot be sent");
                tokio::time::sleep(SLEEP).await;
            }
        }
    }
}

/// Sends the next that is due; false if none is. Without a gateway it only counts as sent: the
/// mailbox of the demonstration shows it.
pub async fn send_next(app: &App, ways: &Ways) -> Result<bool> {
    if !store::notice::any_due(&mut app.db().read().await?, app.now()).await? {
        return Ok(false);
    }
    let program = Actor::program("messenger");
    let claimed = deed!(app, &program, "notice.send", |w| Ok(store::notice::claim(w).await?))?;
    let Some(out) = claimed else { return Ok(false) };
    let letter = letter(app, out.id, &out.sealed)?;
    let Letter { to, subject, text } = &letter;
    let (way, message) = match out.channel {
        Channel::Sms => (&ways.sms, Message::Sms { phone: to, text }),
        Channel::Mail => (&ways.mail, Message::Mail { mail: to, subject, text }),
    };
    let sent = match way {
        Some(gateway) => gateway.send(&message).await,
        None => Ok(()),
    };
    let state = match &sent {
        Ok(()) => State::Sent,
        Err(_) if out.tries < TRIES => State::Waiting,
        Err(_) => State::Failed,
    };
    if let Err(error) = sent {
        tracing::warn!(%error, message = %out.id, "a message was not taken");
    }
    let due = app.now() + TimeDelta::seconds(10 * out.tries);
    deed!(app, &program, "notice.send", |w| {
        Ok(store::notice::done(w, out.id, state, due).await?)
    })?;
    Ok(true)
}

/// The digest of a number or an address that messages go to.
fn address(app: &App, to: &str) -> String {
    app.secret().digest("to", &cell::fold(to))
}

/// Takes away what waits for somebody, or has gone to them.
pub(crate) async fn forget(app: &App, w: &mut Writer, to: &[&str]) -> Result<()> {
    let to: Vec<String> = to.iter().map(|to| address(app, to)).collect();
    Ok(store::notice::forget(w, &to).await?)
}

/// Messages at once.
const BATCH: i64 = 500;

/// Notes whom messages go to that were written before that was noted.
pub(crate) async fn address_all(app: &App) -> Result<()> {
    let program = Actor::program("messenger");
    loop {
        let all = store::notice::unaddressed(&mut app.db().read().await?, BATCH).await?;
        if all.is_empty() {
            return Ok(());
        }
        deed!(app, &program, "notice.send", |w| {
            for (id, sealed) in &all {
                let to = letter(app, *id, sealed)?.to;
                store::notice::address(w, *id, &address(app, &to)).await?;
            }
            Ok(())
        })?;
    }
}

fn letter(app: &App, id: Uuid, sealed: &[u8]) -> Result<Letter> {
    let plain = app.secret().unseal(id.as_bytes(), sealed)?;
    serde_json::from_slice(&plain).map_err(Error::broken)
}

/// The newest messages, opened: for the mailbox of the demonstration only.
pub async fn mailbox(app: &App) -> Result<Vec<(DateTime<Utc>, Letter)>> {
    let all = store::notice::newest(&mut app.db().read().await?, 50).await?;
    all.into_iter().map(|out| Ok((out.made_at, letter(app, out.id, &out.sealed)?))).collect()
}
