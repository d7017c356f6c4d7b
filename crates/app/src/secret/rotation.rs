//! Turning the key file: a new key wraps all others, the old one goes. Stopped anywhere, the same
//! command goes on; everything can be read meanwhile, also by a service that runs beside it.

use std::time::Duration;

use model::{Id, access::Actor, intake::file::Intake, secret::Cipher};
use store::{Note, secret::Column};
use uuid::Uuid;

use super::Keys;
use crate::{App, Result, deed, intake};

/// What a turn has done.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Turned {
    /// Keys that are wrapped anew.
    pub wrapped: u64,
    /// Rows that were sealed before there were keys of persons.
    pub moved: u64,
    /// The key of the file that wraps now.
    pub generation: i64,
}

/// Rows at once.
const BATCH: i64 = 1_000;

/// Turns the key file. `pause`: how long a service that runs beside it may take from reading the file to
/// writing a key; `progress` is told after every batch.
pub async fn turn(
    app: &App,
    actor: &Actor,
    pause: Duration,
    progress: impl Fn(Turned) + Send + Sync,
) -> Result<Turned> {
    actor.may("secret.rotate").map_err(crate::Error::Forbidden)?;
    begin(app)?;
    tokio::time::sleep(pause).await;
    let (generation, _) = app.secret().ring().newest();
    let mut done = Turned { generation, ..Turned::default() };
    for column in Column::ALL {
        let mut after = Uuid::nil();
        while let Some(last) = moved(app, actor, column, after, &mut done.moved).await? {
            after = last;
            progress(done);
        }
    }
    // a second look: what a service wrapped with the old key while the first one went on
    for pause in [Duration::ZERO, pause] {
        tokio::time::sleep(pause).await;
        while rewrapped(app, generation, &mut done.wrapped).await? {
            progress(done);
        }
    }
    let ring = app.secret().ring();
    app.secret().put((*ring).clone().retired(&app.secret().place().file)?);
    deed!(app, actor, "secret.rotate", |w| {
        let change = serde_json::json!({ "generation": generation, "wrapped": done.wrapped,
            "moved": done.moved });
        let (noun, subject, region) = ("secret", Uuid::nil(), String::new());
        w.note(Note { noun, subject, region, change });
        Ok(())
    })?;
    Ok(done)
}

/// Puts one more key into the file, unless a turn that was stopped has.
fn begin(app: &App) -> Result<()> {
    let secret = app.secret();
    secret.refresh()?;
    let ring = secret.ring();
    if !ring.turning() {
        secret.put((*ring).clone().turned(&secret.place().file)?);
    }
    Ok(())
}

/// Wraps a batch anew; false when nothing was left.
async fn rewrapped(app: &App, generation: i64, count: &mut u64) -> Result<bool> {
    let secret = app.secret();
    let kept = store::secret::before(&mut secret.store().read().await?, generation, BATCH).await?;
    if kept.is_empty() {
        return Ok(false);
    }
    let mut w = secret.store().write(super::keeping(app.now())).await?;
    for one in kept {
        let Some(wrapped) = &one.wrapped else { continue };
        let key = secret.unwrapped(one.holder, one.generation, wrapped)?;
        store::secret::rewrap(&mut w, &secret.wrapped(one.holder, &key)?, one.generation).await?;
        *count += 1;
    }
    w.commit().await?;
    Ok(true)
}

/// Moves a batch of rows behind the keys of their holders; answers the last id, none at the end.
async fn moved(
    app: &App,
    actor: &Actor,
    column: Column,
    after: Uuid,
    count: &mut u64,
) -> Result<Option<Uuid>> {
    let rows = store::secret::old(&mut app.db().read().await?, column, after, BATCH).await?;
    let Some((last, ..)) = rows.last() else { return Ok(None) };
    let holders: Vec<Uuid> = rows.iter().map(|(id, ..)| *id).collect();
    let keys = app.secret().make(&holders, app.now()).await?;
    let mut new = Vec::with_capacity(rows.len());
    for (id, n, sealed) in &rows {
        new.push((*id, *n, sealed.clone(), renewed(app, &keys, column, (*id, *n), sealed)?));
    }
    deed!(app, actor, "secret.rotate", |w| {
        for (id, n, from, to) in &new {
            let bytes = (from.clone(), to.clone());
            store::secret::moved(w, column, (*id, *n), bytes).await?;
        }
        Ok(())
    })?;
    *count += u64::try_from(rows.len()).unwrap_or_default();
    Ok(Some(*last))
}

/// The same text, sealed as it is sealed now.
fn renewed(
    app: &App,
    keys: &Keys,
    column: Column,
    (id, n): (Uuid, i64),
    sealed: &[u8],
) -> Result<Vec<u8>> {
    let file: Id<Intake> = Id::new(id);
    let place = match column {
        Column::Identity | Column::Account | Column::Notice => id.as_bytes().to_vec(),
        Column::Second => crate::account::second::place(Id::new(id)),
        Column::Staged => intake::staged_place(file, n),
        Column::Refused => intake::refused_place(file, n),
    };
    if Cipher::split(sealed).is_some() {
        return Ok(sealed.to_vec());
    }
    let plain = keys.unseal(id, &place, sealed)?;
    match column {
        Column::Notice => app.secret().seal(&place, &plain),
        Column::Identity | Column::Account | Column::Second | Column::Staged | Column::Refused => {
            keys.seal(id, &place, &plain)
        }
    }
}
