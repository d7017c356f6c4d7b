//! Refused rows that name somebody who is forgotten: each cell leaves a keyed digest beside its row, so
//! that they are found without opening anything.

use std::collections::BTreeSet;

use model::{Id, access::Actor, cell, intake::file::Refused};
use serde_json::Value;
use store::{Writer, intake::Unmarked};
use uuid::Uuid;

use super::applying::place;
use crate::{App, Error, Result, deed};

/// The digest of what a cell says, however it was written.
fn mark(app: &App, said: &str) -> String {
    app.secret().digest("refused", &cell::fold(said))
}

/// The digests of a row's cells. A row of JSON is one cell: each of its values counts as one.
pub(super) fn marks(app: &App, refused: &Refused) -> Vec<String> {
    let mut said = vec![];
    for cell in &refused.row.cells {
        match cell.trim_start().starts_with('{').then(|| serde_json::from_str(cell)) {
            Some(Ok(value)) => values(value, &mut said),
            Some(Err(_)) | None => said.push(cell.clone()),
        }
    }
    let marks: BTreeSet<String> = said.iter().map(|said| mark(app, said)).collect();
    marks.into_iter().filter(|mark| !mark.is_empty()).collect()
}

fn values(value: Value, out: &mut Vec<String>) {
    match value {
        Value::Null | Value::Bool(_) => {}
        Value::Number(number) => out.push(number.to_string()),
        Value::String(text) => out.push(text),
        Value::Array(items) => items.into_iter().for_each(|item| values(item, out)),
        Value::Object(fields) => fields.into_iter().for_each(|(_, value)| values(value, out)),
    }
}

/// Takes away the refused rows that name somebody: in a cell of their own stands one of these.
pub(crate) async fn forget_rows(app: &App, w: &mut Writer, said: &[&str]) -> Result<()> {
    let marks: Vec<String> = said.iter().map(|said| mark(app, said)).collect();
    Ok(store::intake::forget_marked(w, &marks).await?)
}

/// Rows at once.
const BATCH: i64 = 500;

/// Marks what was refused before rows had marks.
pub(crate) async fn mark_rows(app: &App) -> Result<()> {
    let program = Actor::program("keeper");
    loop {
        let rows = store::intake::unmarked(&mut app.db().read().await?, BATCH).await?;
        let Some(last) = rows.last().map(|row| (row.intake_id, row.position)) else {
            return Ok(());
        };
        let people: Vec<&Unmarked> = rows.iter().filter(|row| row.people).collect();
        let mut files: Vec<Uuid> = people.iter().map(|row| row.intake_id).collect();
        files.dedup();
        let keys = app.secret().keys(&files).await?;
        let mut all = Vec::with_capacity(people.len());
        for row in people {
            let (file, position) = (row.intake_id, row.position);
            let plain = keys.unseal(file, &place(Id::new(file), position), &row.sealed)?;
            let refused: Refused = serde_json::from_slice(&plain).map_err(Error::broken)?;
            all.push((file, position, marks(app, &refused)));
        }
        deed!(app, &program, "jobseeker.erase", |w| {
            Ok(store::intake::mark(w, &all, last).await?)
        })?;
    }
}
