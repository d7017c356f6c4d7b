//! Applications for programs: of whoever asks, made and moved on.

use app::App;
use axum::{
    Json,
    extract::{Path, Query, State},
    http::StatusCode,
};
use chrono::{DateTime, NaiveDate, Utc};
use model::{
    Id,
    application::{Application as Held, Side},
    jobseeker::Jobseeker,
    vacancy::Vacancy,
};
use serde::{Deserialize, Serialize};
use store::application::Which;
use utoipa::ToSchema;
use uuid::Uuid;

use super::step::Given;
use crate::{actor::Office, api::limit, error::Result};

/// One person and one vacancy.
#[derive(Serialize, ToSchema)]
pub(crate) struct Application {
    id: Uuid,
    jobseeker_id: Uuid,
    vacancy_id: Uuid,
    employer_id: Uuid,
    /// `own` or `referral`.
    channel: &'static str,
    /// `submitted`, `shortlisted`, `interview`, `offered`, `hired`, `declined`, `rejected`, `lapsed`.
    state: &'static str,
    since: DateTime<Utc>,
    /// Who acts next: `person`, `employer`, or null.
    waits_for: Option<&'static str>,
    due_on: Option<NaiveDate>,
    /// Has the person said yes to the interview or the offer?
    agreed: bool,
    reason: Option<&'static str>,
    note: String,
    meets_at: Option<DateTime<Utc>>,
    meets_where: String,
    arrived_on: Option<NaiveDate>,
    /// Of the letter, or empty.
    #[schema(example = "003-2026-00012")]
    number: String,
    version: i64,
}

impl Application {
    pub(crate) fn new(one: Held) -> Self {
        let waits_for = one.waits_for().map(|side| match side {
            Side::Person => "person",
            Side::Employer | Side::Office | Side::Program => "employer",
        });
        Self {
            id: one.id.uuid(),
            jobseeker_id: one.jobseeker.uuid(),
            vacancy_id: one.vacancy.uuid(),
            employer_id: one.employer.uuid(),
            channel: one.channel.code(),
            state: one.state.code(),
            since: one.since,
            waits_for,
            due_on: one.due_on,
            agreed: one.agreed,
            reason: one.reason.map(model::application::Reason::code),
            note: one.note,
            meets_at: one.meets_at,
            meets_where: one.meets_where,
            arrived_on: one.arrived_on,
            number: one.number,
            version: one.version,
        }
    }
}

/// A page of applications, the newest first.
#[derive(Serialize, ToSchema)]
pub(crate) struct Applications {
    items: Vec<Application>,
    /// Hand it back as `before` for those that follow.
    next: Option<String>,
}

#[derive(Deserialize)]
pub(crate) struct Asked {
    state: Option<String>,
    before: Option<Id<Held>>,
    limit: Option<usize>,
}

/// Those that whoever asks may see: their own, their firm's, their office's.
#[utoipa::path(get, path = "/api/v1/applications", operation_id = "list_applications",
    tag = "applications", params(("state" = Option<String>, Query, example = "submitted"),
        ("before" = Option<Uuid>, Query), ("limit" = Option<usize>, Query)),
    responses((status = 200, body = Applications)))]
pub(crate) async fn list(
    State(app): State<App>,
    Office(actor): Office,
    Query(asked): Query<Asked>,
) -> Result<Json<Applications>> {
    let which = match asked.state.as_deref() {
        None | Some("open" | "") => Which::Open,
        Some("overdue") => Which::Overdue(app.today()),
        Some(state) => Which::In(state.parse().map_err(crate::error::Error::malformed)?),
    };
    let limit = limit(asked.limit)?;
    let mut r = app.db().read().await?;
    let page = store::application::page(&mut r, &actor.scope(), which, asked.before, limit).await?;
    let items = page.items.into_iter().map(Application::new).collect();
    Ok(Json(Applications { items, next: page.next }))
}

/// One of them.
#[utoipa::path(get, path = "/api/v1/applications/{id}", operation_id = "read_application",
    tag = "applications", params(("id" = Uuid, Path)),
    responses((status = 200, body = Application)))]
pub(crate) async fn read(
    State(app): State<App>,
    Office(actor): Office,
    Path(id): Path<Id<Held>>,
) -> Result<Json<Application>> {
    let mut r = app.db().read().await?;
    let one = store::application::find(&mut r, &actor.scope(), id).await?;
    Ok(Json(Application::new(one)))
}

/// For which vacancy a registered person applies.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Applying {
    vacancy_id: Uuid,
}

/// Applies. Asked for twice it is there once.
#[utoipa::path(post, path = "/api/v1/applications", operation_id = "submit_application",
    tag = "applications", request_body = Applying,
    responses((status = 201, body = Application), (status = 404)))]
pub(crate) async fn submit(
    State(app): State<App>,
    Office(actor): Office,
    Json(Applying { vacancy_id }): Json<Applying>,
) -> Result<(StatusCode, Json<Application>)> {
    let one = app::application::submit(&app, &actor, Id::new(vacancy_id)).await?;
    Ok((StatusCode::CREATED, Json(Application::new(one))))
}

/// Whom an office sends where.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Referring {
    /// Up to twenty: a letter each, all or none.
    vacancy_ids: Vec<Uuid>,
}

/// The letters that were issued.
#[derive(Serialize, ToSchema)]
pub(crate) struct Referred {
    items: Vec<Application>,
}

/// Sends a person to vacancies with a letter each.
#[utoipa::path(post, path = "/api/v1/jobseekers/{id}/referrals", operation_id = "refer_jobseeker",
    tag = "applications", params(("id" = Uuid, Path)), request_body = Referring,
    responses((status = 201, body = Referred)))]
pub(crate) async fn refer(
    State(app): State<App>,
    Office(actor): Office,
    Path(id): Path<Id<Jobseeker>>,
    Json(Referring { vacancy_ids }): Json<Referring>,
) -> Result<(StatusCode, Json<Referred>)> {
    let mut ids: Vec<Id<Vacancy>> = vec![];
    for id in vacancy_ids.into_iter().map(Id::new) {
        if !ids.contains(&id) {
            ids.push(id);
        }
    }
    let letters = app::application::letter::refer(&app, &actor, id, &ids).await?;
    let items = letters.into_iter().map(Application::new).collect();
    Ok((StatusCode::CREATED, Json(Referred { items })))
}

/// What is done with an application.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ApplicationStep {
    /// `shortlist`, `invite`, `arrive`, `offer`, `hire`, `reject`, `agree`, `decline`, `lapse`,
    /// `reopen`.
    #[schema(example = "invite")]
    act: String,
    /// With `reject` and `decline`.
    #[serde(default)]
    reason: String,
    #[serde(default)]
    note: String,
    /// With `invite`, on the office's clock.
    #[serde(default)]
    #[schema(example = "2026-11-28T09:30")]
    meets_at: String,
    #[serde(default)]
    meets_where: String,
    /// The state as it was read: what somebody else did meanwhile is not overwritten.
    #[serde(default)]
    seen: String,
}

/// Moves an application on. The same act twice is done once.
#[utoipa::path(post, path = "/api/v1/applications/{id}", operation_id = "move_application",
    tag = "applications", params(("id" = Uuid, Path)), request_body = ApplicationStep,
    responses((status = 200, body = Application), (status = 409)))]
pub(crate) async fn act(
    State(app): State<App>,
    Office(actor): Office,
    Path(id): Path<Id<Held>>,
    Json(step): Json<ApplicationStep>,
) -> Result<Json<Application>> {
    let ApplicationStep { act, reason, note, meets_at, meets_where, seen } = step;
    let back = String::new();
    let given = Given { act, reason, note, meets_at, meets_where, seen, back };
    let step = given.step(&app).map_err(app::Error::from)?;
    let one = app::application::act(&app, &actor, id, &step).await?;
    Ok(Json(Application::new(one)))
}
