//! What the columns of a file hold: proposed from the headings, said by a person.

use app::{
    App,
    intake::{Choice, Preview, upload},
};
use askama::Template;
use axum::{
    Form,
    extract::{Path, State},
    response::{IntoResponse, Redirect, Response},
};
use model::{
    Id, Refusal,
    intake::{Noun, Row, binding::Binding, field::Field, file::Intake},
};

use super::begin;
use crate::{
    actor::Office,
    error::{Error, Result},
    frame::{self, Fault, Frame, page},
};

/// Values shown of a column.
const SAMPLES: usize = 3;
/// Characters shown of a value.
const SHORT: usize = 24;

#[derive(Template)]
#[template(path = "intake/columns.html")]
struct Edit {
    frame: Frame,
    id: Id<Intake>,
    name: String,
    /// What is still missing, or wrong with what was chosen.
    fault: Option<Fault>,
    wrong: bool,
    /// Rows that may hold the headings.
    rows: Vec<Heading>,
    columns: Vec<Column>,
}

struct Heading {
    number: i64,
    text: String,
    chosen: bool,
}

struct Column {
    heading: String,
    samples: String,
    fields: Vec<Choosable>,
}

struct Choosable {
    code: &'static str,
    name: String,
    chosen: bool,
}

/// What was chosen: the row of the headings, and a field for each column.
struct Chosen {
    row: i64,
    fields: Vec<Option<Field>>,
}

pub(super) async fn edit(
    State(app): State<App>,
    Office(actor): Office,
    frame: Frame,
    Path(id): Path<Id<Intake>>,
) -> Result<Response> {
    let intake = app::intake::find(&app, &actor, id).await?;
    let preview = match app::intake::preview(&app, &actor, intake.noun, &upload(&app, id)).await {
        Err(app::Error::Refused(_)) => {
            // no table: the import says so, and writes it down
            begin(&app, actor, id, Choice::Recognise).await?;
            return Ok(Redirect::to(&format!("/intakes/{id}")).into_response());
        }
        preview => preview?,
    };
    let first = preview.rows.first().map_or(0, |row| row.number);
    let Binding { heading_row, columns, .. } = &preview.binding;
    let row = if *heading_row > 0 { *heading_row } else { first };
    let chosen = Chosen { row, fields: columns.clone() };
    let missing = preview
        .missing
        .first()
        .map(|field| Refusal::new("intake.field_missing").arg("field", field.code()));
    Ok(page(&Edit::new(frame, intake, &preview, &chosen, missing.as_ref()))?.into_response())
}

pub(super) async fn update(
    State(app): State<App>,
    Office(actor): Office,
    frame: Frame,
    Path(id): Path<Id<Intake>>,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Result<Response> {
    let intake = app::intake::find(&app, &actor, id).await?;
    let chosen = Chosen::read(&pairs).map_err(Error::malformed)?;
    let preview = app::intake::preview(&app, &actor, intake.noun, &upload(&app, id)).await?;
    if let Err(refusal) = chosen.check(intake.noun, &preview.rows) {
        let edit = Edit::new(frame, intake, &preview, &chosen, Some(&refusal));
        let edit = Edit { wrong: true, ..edit };
        return Ok(frame::again(page(&edit)?));
    }
    let Chosen { row, fields } = chosen;
    begin(&app, actor, id, Choice::Columns { row, fields }).await?;
    Ok(Redirect::to(&format!("/intakes/{id}")).into_response())
}

impl Chosen {
    fn read(pairs: &[(String, String)]) -> Result<Self, Refusal> {
        let mut chosen = Self { row: 0, fields: Vec::new() };
        for (name, value) in pairs {
            match name.as_str() {
                "row" => chosen.row = value.parse().unwrap_or_default(),
                "column" if value.is_empty() => chosen.fields.push(None),
                "column" => chosen.fields.push(Some(value.parse()?)),
                _ => {}
            }
        }
        Ok(chosen)
    }

    fn check(&self, noun: Noun, rows: &[Row]) -> Result<(), Refusal> {
        let headings = rows.iter().find(|row| row.number == self.row);
        let headings = headings.ok_or_else(|| Refusal::new(app::intake::ASKED).field("row"))?;
        Binding::from_choices(noun, headings, self.fields.clone()).map(drop)
    }
}

impl Edit {
    fn new(
        frame: Frame,
        intake: Intake,
        preview: &Preview,
        chosen: &Chosen,
        refusal: Option<&Refusal>,
    ) -> Self {
        let fault = refusal.map(|refusal| Fault::new(&frame, refusal));
        let heading = |row: &Row| Heading {
            number: row.number,
            text: row
                .cells
                .iter()
                .filter(|c| !c.is_empty())
                .take(4)
                .map(|c| short(c))
                .collect::<Vec<_>>()
                .join(" · "),
            chosen: row.number == chosen.row,
        };
        let width = preview.rows.iter().map(|row| row.cells.len()).max().unwrap_or_default();
        Self {
            fault,
            wrong: false,
            rows: preview.rows.iter().map(heading).collect(),
            columns: (0..width)
                .map(|at| Column::new(&frame, intake.noun, preview, chosen, at))
                .collect(),
            id: intake.id,
            name: intake.name,
            frame,
        }
    }
}

impl Column {
    fn new(frame: &Frame, noun: Noun, preview: &Preview, chosen: &Chosen, at: usize) -> Self {
        let cell = |row: &Row| row.cells.get(at).map(|c| short(c)).filter(|c| !c.is_empty());
        let named = preview.rows.iter().find(|row| row.number == chosen.row);
        let below = preview.rows.iter().filter(|row| row.number > chosen.row);
        let samples: Vec<_> = below.filter_map(cell).take(SAMPLES).collect();
        let now = chosen.fields.get(at).copied().flatten();
        let choosable = |field: &Field| Choosable {
            code: field.code(),
            name: frame.t(&format!("intake.field-{field}")),
            chosen: now == Some(*field),
        };
        let number = frame.n("intake.column", "number", &u64::try_from(at + 1).unwrap_or_default());
        Self {
            heading: named.and_then(cell).unwrap_or(number),
            samples: samples.join(" / "),
            fields: Field::of(noun).iter().map(choosable).collect(),
        }
    }
}

fn short(text: &str) -> String {
    let mut short: String = text.trim().chars().take(SHORT).collect();
    if short.len() < text.trim().len() {
        short.push('…');
    }
    short
}
