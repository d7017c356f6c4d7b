//! Files for programs: send one, ask how far it has come, fetch what was refused.

use app::{
    App,
    intake::{Choice, Told},
};
use axum::{
    Json,
    extract::{Path, Query, Request, State},
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use chrono::{DateTime, Utc};
use model::{
    Id,
    intake::{
        Noun, Tally,
        file::{self, Counts},
        layout,
    },
};
use serde::{Deserialize, Serialize};
use text::Lang;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{begin, receive, show, upload};
use crate::{actor::Office, error::Result, frame::Frame};

/// A file, how far it has come, and what became of its rows.
#[derive(Serialize, ToSchema)]
pub(crate) struct Intake {
    id: Uuid,
    /// `vacancies` or `jobseekers`.
    #[schema(value_type = String)]
    noun: &'static str,
    name: String,
    /// `received`, `staging`, `applying`, `done` or `failed`. A file stays `received` with a
    /// refusal where somebody has to say what its columns hold.
    #[schema(value_type = String, example = "done")]
    state: &'static str,
    /// Rows read so far, and rows whose outcome is on disk.
    staged: i64,
    #[serde(flatten)]
    outcome: Outcome,
    /// Why the file as a whole was refused.
    refusal: Option<Flaw>,
    /// What is wrong with the first refused rows; `next` leads to the others.
    faults: Vec<Flaw>,
    /// Hand it back as `after` for the faults that follow.
    next: Option<String>,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
}

/// What became of the rows.
#[derive(Serialize, ToSchema)]
pub(crate) struct Outcome {
    rows: i64,
    accepted: i64,
    unchanged: i64,
    refused: i64,
    /// Of the accepted vacancies, those that wait for a clerk.
    held: i64,
    /// Of the accepted vacancies, those that may not be published.
    rejected: i64,
    understood: Understood,
}

/// Shares of what was said that were understood, 0 to 1; null where nothing was said.
#[derive(Serialize, ToSchema)]
#[schema(as = UnderstoodColumns)]
pub(crate) struct Understood {
    wage: Option<f64>,
    city: Option<f64>,
    county: Option<f64>,
    education: Option<f64>,
}

/// One thing wrong.
#[derive(Serialize, ToSchema)]
pub(crate) struct Flaw {
    /// Line of the text or row of the sheet; 0 where it is about the whole file.
    row: i64,
    column: String,
    value: String,
    /// Stable name of what is wrong.
    code: String,
    reason: String,
    /// How to mend it; empty where nothing can be advised.
    remedy: String,
}

/// The files sent in, newest first.
#[derive(Serialize, ToSchema)]
pub(crate) struct Intakes {
    items: Vec<Brief>,
    next: Option<String>,
}

/// A file as an entry of the list.
#[derive(Serialize, ToSchema)]
pub(crate) struct Brief {
    id: Uuid,
    #[schema(value_type = String)]
    noun: &'static str,
    name: String,
    #[schema(value_type = String)]
    state: &'static str,
    #[serde(flatten)]
    outcome: Outcome,
    created_at: DateTime<Utc>,
}

/// What an import would do.
#[derive(Serialize, ToSchema)]
pub(crate) struct Rehearsed {
    /// The layout in which the file was read.
    layout: String,
    #[serde(flatten)]
    outcome: Outcome,
    faults: Vec<Flaw>,
}

#[derive(Deserialize)]
pub(crate) struct Asked {
    noun: Noun,
    layout: Option<String>,
    #[serde(default)]
    dry_run: bool,
    #[serde(default)]
    name: String,
}

#[derive(Deserialize)]
pub(crate) struct Listed {
    limit: Option<usize>,
    cursor: Option<Id<file::Intake>>,
}

#[derive(Deserialize)]
pub(crate) struct After {
    #[serde(default)]
    after: i64,
}

/// A sheet, a text of fields or an archive of them, as it is.
#[derive(ToSchema)]
#[schema(value_type = String, format = Binary, min_length = 1)]
pub(crate) struct Sheet(#[expect(dead_code, reason = "says what is sent")] Vec<u8>);

/// A file as a form sends it.
#[derive(ToSchema)]
#[schema(as = IntakeUpload)]
pub(crate) struct Upload {
    #[expect(dead_code, reason = "says what is sent")]
    #[schema(value_type = String, format = Binary)]
    file: Vec<u8>,
}

/// Sends a file in.
#[utoipa::path(post, path = "/api/v1/intakes", operation_id = "send_intake", tag = "intakes",
    params(
        ("noun" = String, Query, example = "vacancies"),
        ("layout" = Option<String>, Query, example = "county"),
        ("dry_run" = Option<bool>, Query, example = true),
        ("name" = Option<String>, Query, example = "posts.csv"),
    ),
    request_body(content(
        (Sheet = "application/octet-stream"),
        (Upload = "multipart/form-data"),
    )),
    responses((status = 200, body = Rehearsed), (status = 202, body = Intake)))]
pub(crate) async fn send(
    State(app): State<App>,
    Office(actor): Office,
    frame: Frame,
    Query(Asked { noun, layout, dry_run, name }): Query<Asked>,
    request: Request,
) -> Result<Response> {
    let choice = choice(&app, noun, layout)?;
    let sent = upload::any(&app, request, &name).await?;
    if dry_run {
        let file = (noun, sent.file.path.as_path(), &choice);
        let told = (frame.lang, None);
        let found = app::intake::rehearse(&app, &actor, file, told, &|_| ()).await?;
        let faults = found.faults.into_iter().map(Flaw::from).collect();
        let outcome = Outcome::from(&found.counts);
        return Ok(Json(Rehearsed { layout: found.layout, outcome, faults }).into_response());
    }
    let id = receive(&app, &actor, noun, &sent.file).await?;
    begin(&app, actor.clone(), id, choice).await?;
    let place = [(header::LOCATION, format!("/api/v1/intakes/{id}"))];
    let intake = whole(&app, &actor, id, frame.lang, 0).await?;
    Ok((StatusCode::ACCEPTED, place, Json(intake)).into_response())
}

/// The files sent in.
#[utoipa::path(get, path = "/api/v1/intakes", operation_id = "list_intakes", tag = "intakes",
    params(("limit" = Option<u32>, Query, example = 20), ("cursor" = Option<Uuid>, Query)),
    responses((status = 200, body = Intakes)))]
pub(crate) async fn list(
    State(app): State<App>,
    Office(actor): Office,
    Query(Listed { limit, cursor }): Query<Listed>,
) -> Result<Json<Intakes>> {
    let limit = crate::api::limit(limit)?;
    let mut r = app.db().read().await?;
    let found = store::intake::page(&mut r, &actor.scope(), cursor, limit).await?;
    let brief = |intake: file::Intake| Brief {
        id: intake.id.uuid(),
        noun: intake.noun.code(),
        state: intake.state.code(),
        outcome: Outcome::from(&intake.counts),
        created_at: intake.created_at,
        name: intake.name,
    };
    let items = found.items.into_iter().map(brief).collect();
    Ok(Json(Intakes { items, next: found.next }))
}

/// One file and what became of its rows.
#[utoipa::path(get, path = "/api/v1/intakes/{id}", operation_id = "read_intake", tag = "intakes",
    params(("id" = Uuid, Path), ("after" = Option<i64>, Query)),
    responses((status = 200, body = Intake)))]
pub(crate) async fn read(
    State(app): State<App>,
    Office(actor): Office,
    frame: Frame,
    Path(id): Path<Id<file::Intake>>,
    Query(After { after }): Query<After>,
) -> Result<Json<Intake>> {
    Ok(Json(whole(&app, &actor, id, frame.lang, after).await?))
}

/// The refused rows as a file, of the sort that came.
#[utoipa::path(get, path = "/api/v1/intakes/{id}/refused", operation_id = "read_refused", tag = "intakes",
    params(("id" = Uuid, Path)),
    responses((status = 200, content(
        (String = "text/csv"),
        (Vec<u8> = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        (Vec<serde_json::Value> = "application/json"),
        (Vec<serde_json::Value> = "application/ld+json"),
        (String = "application/jsonl")))))]
pub(crate) async fn refused(
    app: State<App>,
    office: Office,
    frame: Frame,
    id: Path<Id<file::Intake>>,
) -> Result<Response> {
    show::refused(app, office, frame, id).await
}

/// A layout by its name, the office's own ones too.
fn choice(app: &App, noun: Noun, layout: Option<String>) -> Result<Choice> {
    let Some(name) = layout.filter(|name| !name.is_empty()) else { return Ok(Choice::Recognise) };
    let own = app::intake::layouts(app).iter().any(|l| l.noun == noun && l.name == name);
    if !own {
        layout::find(&name, noun)?;
    }
    Ok(Choice::Layout(name))
}

async fn whole(
    app: &App,
    actor: &model::access::Actor,
    id: Id<file::Intake>,
    lang: Lang,
    after: i64,
) -> Result<Intake> {
    let intake = app::intake::find(app, actor, id).await?;
    let faults = app::intake::faults(app, actor, id, lang, after).await?;
    let refusal = intake.refusal.as_ref().map(|told| Flaw::from(Told::fault(lang, 0, told)));
    Ok(Intake {
        id: id.uuid(),
        noun: intake.noun.code(),
        name: intake.name,
        state: intake.state.code(),
        staged: intake.staged,
        outcome: Outcome::from(&intake.counts),
        refusal,
        faults: faults.items.into_iter().map(Flaw::from).collect(),
        next: faults.next,
        created_at: intake.created_at,
        updated_at: intake.updated_at,
    })
}

impl From<&Counts> for Outcome {
    fn from(counts: &Counts) -> Self {
        let all = counts.understood;
        let understood = Understood {
            wage: share(all.wage),
            city: share(all.city),
            county: share(all.county),
            education: share(all.education),
        };
        let Counts { rows, accepted, unchanged, refused, held, rejected, .. } = *counts;
        Self { rows, accepted, unchanged, refused, held, rejected, understood }
    }
}

impl From<Told> for Flaw {
    fn from(told: Told) -> Self {
        let Told { row, column, value, code, reason, remedy } = told;
        Self { row, column, value, code, reason, remedy }
    }
}

/// To four decimals, rounded down: 1 means all of it.
fn share(Tally { said, understood }: Tally) -> Option<f64> {
    let whole = (understood * 10_000).checked_div(said)?;
    #[expect(clippy::cast_precision_loss, reason = "0 to 10,000")]
    Some(whole as f64 / 10_000.0)
}
