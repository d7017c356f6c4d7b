//! Employers for programs.

use app::App;
use axum::{
    Json,
    extract::{Path, Query, State},
    http::HeaderMap,
    response::Response,
};
use model::{Id, employer};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    actor::{Asker, Office},
    api::fresh,
    error::{Error, Result},
    frame::Frame,
};

/// An organisation that takes people on.
#[derive(Serialize, ToSchema)]
pub(crate) struct Employer {
    id: Uuid,
    name: String,
    /// Unified social credit code with its check digit checked, or empty.
    credit_code: String,
    /// Industry code, or empty.
    industry: String,
    /// The industry as it was written.
    industry_text: String,
    /// As it was written: private, state-owned.
    ownership: String,
    /// As it was written: "20-99人".
    size: String,
    /// Address of the page for people, with the open vacancies.
    page: String,
    updated_at: chrono::DateTime<chrono::Utc>,
}

/// One employer.
#[utoipa::path(get, path = "/api/v1/employers/{id}", operation_id = "read_employer", tag = "vacancies",
    params(("id" = Uuid, Path)),
    responses((status = 200, body = Employer), (status = 304)))]
pub(crate) async fn read(
    State(app): State<App>,
    Asker(actor): Asker,
    frame: Frame,
    Path(id): Path<Id<employer::Employer>>,
    headers: HeaderMap,
) -> Result<Response> {
    let mut r = app.db().read().await?;
    let employer = store::employer::find(&mut r, &actor.scope(), id).await?;
    let details = employer.details;
    let whole = Employer {
        id: id.uuid(),
        name: details.name,
        credit_code: details.credit_code,
        industry: details.industry,
        industry_text: details.industry_text,
        ownership: details.ownership,
        size: details.size,
        page: frame.full(&format!("/employers/{id}")),
        updated_at: employer.updated_at,
    };
    Ok(fresh(&headers, frame.lang, employer.updated_at, &whole))
}

/// The vacancies of one's own employer.
#[derive(Serialize, ToSchema)]
pub(crate) struct DeskVacancies {
    employer_id: Uuid,
    /// A clerk has found that the employer is who it says.
    verified: bool,
    items: Vec<DeskVacancy>,
    /// Hand it back as `before` for those that follow.
    next: Option<String>,
}

#[derive(Serialize, ToSchema)]
pub(crate) struct DeskVacancy {
    id: Uuid,
    title: String,
    /// `draft`, `submitted`, `published` …
    #[schema(value_type = String)]
    state: &'static str,
    since: chrono::DateTime<chrono::Utc>,
    /// Why it is where it is, in the words of whoever decided.
    reason: String,
    /// It goes off the lists soon: renew it, or end it.
    ends_soon: bool,
}

/// The vacancies of the employer to which you belong, in every state, newest first.
#[utoipa::path(get, path = "/api/v1/desk", operation_id = "desk", tag = "vacancies",
    params(("state" = Option<String>, Query, example = "submitted"),
        ("before" = Option<Uuid>, Query)),
    responses((status = 200, body = DeskVacancies)))]
pub(crate) async fn desk(
    State(app): State<App>,
    Office(actor): Office,
    Query(asked): Query<super::desk::Asked>,
) -> Result<Json<DeskVacancies>> {
    let state = Some(&asked.state).filter(|state| !state.is_empty());
    let state = state.map(|state| state.parse()).transpose().map_err(Error::malformed)?;
    let desk = app::employer::desk::look(&app, &actor, state, asked.before).await?;
    let item = |entry: app::employer::desk::Entry| DeskVacancy {
        id: entry.vacancy.id.uuid(),
        title: entry.vacancy.offer.title,
        state: entry.vacancy.state.code(),
        since: entry.standing.since,
        reason: entry.standing.reason,
        ends_soon: entry.ends,
    };
    Ok(Json(DeskVacancies {
        employer_id: desk.employer.id.uuid(),
        verified: desk.verification.is_verified(app.today()),
        items: desk.page.items.into_iter().map(item).collect(),
        next: desk.page.next,
    }))
}
