//! Employers for programs.

use app::App;
use axum::{
    extract::{Path, State},
    http::HeaderMap,
    response::Response,
};
use model::{Id, employer};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{actor::Asker, api::fresh, error::Result, frame::Frame};

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
