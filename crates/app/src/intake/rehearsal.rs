//! The dry run: reads, understands and compares as the real one does, and writes nothing.

use std::path::Path;

use model::{
    access::Actor,
    intake::{
        Noun,
        file::{Counts, Head},
    },
};
use text::Lang;

use super::{
    Progress, Watch,
    applying::{self, Written},
    own::Own,
    parsing::{Batch, Parser, Seen},
    people,
    refused::{Sheet, Told},
    table::{Choice, Staged, Table},
    unreadable::Unreadable,
    vacancies,
};
use crate::{App, Error, Result};

const BATCH_ROWS: usize = 1_000;

/// What a dry run found.
pub struct Rehearsal {
    pub counts: Counts,
    pub layout: String,
    pub head: Head,
    /// The first faults, in words.
    pub faults: Vec<Told>,
}

/// So many faults are told.
const TOLD: usize = 50;

/// Tells what an import would do; writes the refused rows to `sheet` if one is given.
pub async fn rehearse(
    app: &App,
    actor: &Actor,
    (noun, path, choice): (Noun, &Path, &Choice),
    (lang, refused): (Lang, Option<&Path>),
    watch: Watch<'_>,
) -> Result<Rehearsal> {
    actor.may("intake.apply").map_err(Error::Forbidden)?;
    let mut table = Table::open(app, path).await?;
    let binding = table.bind(app, noun, choice)?;
    let top = table.top(&binding);
    let mut sheet = match refused {
        Some(path) => Some(Sheet::begin(path, &table.head, &top, lang)?),
        None => None,
    };
    let parser = Parser::new(app, actor, (noun, binding), (app.today(), Own::of(actor))).await?;
    let head = table.head.clone();
    let layout = parser.binding.source.clone();
    let mut found = Rehearsal { counts: Counts::default(), layout, head, faults: Vec::new() };
    let mut seen = Seen::default();
    loop {
        let rows = take(&mut table, &parser).await?;
        if rows.is_empty() {
            break;
        }
        let work = parser.clone();
        let parsed = tokio::task::spawn_blocking(move || work.parse(rows)).await;
        let batch = seen.settle(noun, parsed.map_err(Error::broken)?);
        found.counts += applying::tally(&batch, written(&parser, &batch).await?);
        for (_, row) in &batch.refused {
            if found.faults.len() < TOLD {
                found.faults.extend(Told::of(lang, row));
            }
            if let Some(sheet) = &mut sheet {
                sheet.row(row)?;
            }
        }
        watch(Progress { staged: found.counts.rows, ..Progress::default() });
    }
    if found.counts.rows == 0 {
        return Err(Error::Refused(Unreadable::NoRows.into()));
    }
    if let Some(sheet) = sheet {
        sheet.end()?;
    }
    Ok(found)
}

/// What of a batch would be written.
async fn written(parser: &Parser, batch: &Batch) -> Result<Written> {
    let mut r = parser.app.db().read().await?;
    let source = &parser.binding.source;
    match parser.noun {
        Noun::Vacancies => {
            let (changed, _) = vacancies::changed(&mut r, source, &batch.reads).await?;
            Ok(vacancies::weigh(&mut r, parser, &changed).await?.1)
        }
        Noun::Jobseekers => {
            let accepted = people::changed(&mut r, &parser.actor, source, &batch.reads).await?;
            let accepted = accepted.len();
            let accepted = i64::try_from(accepted).unwrap_or(i64::MAX);
            Ok(Written { accepted, ..Written::default() })
        }
    }
}

async fn take(table: &mut Table, parser: &Parser) -> Result<Vec<Staged>> {
    let mut rows = Vec::with_capacity(BATCH_ROWS);
    while rows.len() < BATCH_ROWS {
        match table.next(&parser.binding).await? {
            Some(row) => rows.push(row),
            None => break,
        }
    }
    Ok(rows)
}
