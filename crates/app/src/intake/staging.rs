//! The first half: a file's rows into the staging table, nothing else changed.

use std::path::Path;

use model::{
    Id,
    access::Actor,
    intake::file::{Counts, Intake, State},
};
use uuid::Uuid;

use super::{
    Progress, Watch,
    table::{Choice, Staged, Table},
    unreadable::Unreadable,
};
use crate::{App, Error, Result, deed};

/// So many rows, or so many bytes of them, make a batch: one transaction, one flush to disk.
const BATCH_ROWS: usize = 1_000;
const BATCH_BYTES: usize = 4 << 20;

/// Reads the file anew from its beginning; what an earlier run staged of it goes, unless it came to
/// the end meanwhile.
pub(super) async fn stage(
    app: &App,
    actor: &Actor,
    id: Id<Intake>,
    path: &Path,
    choice: &Choice,
    watch: Watch<'_>,
) -> Result<Intake> {
    let holder = app.id::<Intake>().uuid();
    let intake = begin(app, actor, id, holder).await?;
    if intake.holder != holder {
        return Ok(intake);
    }
    let mut table = Table::open(app, path).await?;
    let binding = table.bind(app, intake.noun, choice)?;
    let top = table.top(&binding);
    let head = Some(table.head.clone());
    let intake = Intake { head, top, binding: Some(binding.clone()), ..intake };

    let (mut batch, mut bytes, mut staged, mut batches) = (Vec::new(), 0, 0, 0);
    while let Some(row) = table.next(&binding).await? {
        bytes += row.row.cells.iter().map(String::len).sum::<usize>();
        staged = row.position;
        batch.push(row);
        if batch.len() == BATCH_ROWS || bytes > BATCH_BYTES {
            put(app, actor, &intake, batches, &batch).await?;
            (batches, bytes) = (batches + 1, 0);
            batch.clear();
            watch(Progress { staged, ..Progress::default() });
        }
    }
    if staged == 0 {
        return Err(Error::Refused(Unreadable::NoRows.into()));
    }
    if !batch.is_empty() {
        put(app, actor, &intake, batches, &batch).await?;
        batches += 1;
    }
    let intake = Intake { state: State::Applying, batches, staged, ..intake };
    deed!(app, actor, "intake.stage", |w| {
        held(w, &intake).await?;
        store::intake::save(w, &Intake { updated_at: w.at(), ..intake.clone() }).await?;
        Ok(())
    })?;
    Ok(intake)
}

/// Takes the intake: whoever staged it before stops at its next batch. What another run has staged
/// to the end stays as it is.
async fn begin(app: &App, actor: &Actor, id: Id<Intake>, holder: Uuid) -> Result<Intake> {
    deed!(app, actor, "intake.stage", |w| {
        let found = store::intake::lock(w, id).await?.ok_or(Error::Absent("intake"))?;
        if matches!(found.state, State::Applying | State::Done) {
            return Ok(found);
        }
        let intake = Intake {
            state: State::Staging,
            holder,
            cursor: 0,
            counts: Counts::default(),
            refusal: None,
            updated_at: w.at(),
            ..found
        };
        store::intake::unstage(w, id).await?;
        store::intake::save(w, &intake).await?;
        Ok(intake)
    })
}

async fn put(
    app: &App,
    actor: &Actor,
    intake: &Intake,
    number: i64,
    rows: &[Staged],
) -> Result<()> {
    let plain = serde_json::to_vec(rows).map_err(Error::broken)?;
    let holder = intake.id.uuid();
    let keys = app.secret().make(&[holder], app.now()).await?;
    let sealed = keys.seal(holder, &place(intake.id, number), &plain)?;
    deed!(app, actor, "intake.stage", |w| {
        held(w, intake).await?;
        store::intake::stage(w, intake.id, number, sealed.clone()).await?;
        Ok(())
    })
}

/// A staged batch as rows; `None` when the intake is done.
pub(super) async fn batch(app: &App, id: Id<Intake>, number: i64) -> Result<Option<Vec<Staged>>> {
    let sealed = store::intake::batch(&mut app.db().read().await?, id, number).await?;
    let Some(sealed) = sealed else { return Ok(None) };
    let keys = app.secret().keys(&[id.uuid()]).await?;
    let plain = keys.unseal(id.uuid(), &place(id, number), &sealed)?;
    serde_json::from_slice(&plain).map(Some).map_err(Error::broken)
}

/// What is sealed for one batch opens for no other.
pub(crate) fn place(id: Id<Intake>, number: i64) -> Vec<u8> {
    [id.uuid().as_bytes().as_slice(), b"batch", &number.to_le_bytes()].concat()
}

/// Is it still this run that stages it? Two commands may have been given the same file.
async fn held(w: &mut store::Writer, intake: &Intake) -> Result<()> {
    let found = store::intake::lock(w, intake.id).await?;
    if found.is_some_and(|i| i.holder == intake.holder && i.state == State::Staging) {
        return Ok(());
    }
    Err(taken_over())
}

/// Said by the run that has stopped because another has the same file.
pub(super) fn taken_over() -> Error {
    model::Refusal::new("intake.taken_over").field("file").into()
}
