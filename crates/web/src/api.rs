//! The interface for programs: its routes, its document (OpenAPI 3.1), and a page to read it.

mod document;
mod known;
mod show;

use app::App;
use axum::{
    Json, Router,
    extract::{DefaultBodyLimit, Request},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    middleware::{Next, from_fn},
    response::{IntoResponse, Response},
    routing::get,
};
use chrono::{DateTime, Utc};
use model::{Refusal, vacancy::query::VacancyQuery};
use serde::Serialize;
use text::Lang;
use utoipa::OpenApi;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    account, application, assignment, compliance, employer,
    error::{Error, Problem, Result},
    frame::Frame,
    guard::private,
    inquiry, intake, invitation, jobseeker, matching, notice, occupation, placement, region,
    relation, subscription, timetable, vacancy,
};

#[derive(OpenApi)]
#[openapi(
    info(title = "Jinqiao", license(name = "Apache-2.0", identifier = "Apache-2.0")),
    components(schemas(Problem))
)]
struct Document;

/// Every route for programs, with its description beside it.
fn described() -> OpenApiRouter<App> {
    let office = OpenApiRouter::new()
        .routes(routes!(account::api::send))
        .routes(routes!(account::api::enter))
        .routes(routes!(jobseeker::mine::api::read, jobseeker::mine::api::send))
        .routes(routes!(jobseeker::api::list))
        .routes(routes!(matching::api::matches))
        .routes(routes!(matching::api::candidates))
        .routes(routes!(matching::way::own))
        .routes(routes!(matching::way::read))
        .routes(routes!(matching::weight::read, matching::weight::send))
        .routes(routes!(matching::unmatched::api::read, matching::unmatched::api::count_anew))
        .routes(routes!(relation::api::correct))
        .routes(routes!(application::api::list, application::api::submit))
        .routes(routes!(application::api::read, application::api::act))
        .routes(routes!(application::api::refer))
        .routes(routes!(invitation::api::list, invitation::api::make))
        .routes(routes!(invitation::api::waiting))
        .routes(routes!(invitation::api::answer))
        .routes(routes!(placement::api::list))
        .routes(routes!(notice::api::list))
        .routes(routes!(subscription::read, subscription::send))
        .routes(routes!(placement::api::read, placement::api::register))
        .routes(routes!(placement::api::end))
        .routes(routes!(placement::api::enter))
        .routes(routes!(assignment::api::list, assignment::api::make))
        .routes(routes!(assignment::api::read))
        .routes(routes!(assignment::api::verify))
        .routes(routes!(timetable::api::read))
        .routes(routes!(timetable::api::shift))
        .routes(routes!(intake::api::list, intake::api::send))
        .routes(routes!(intake::api::read))
        .routes(routes!(compliance::api::held))
        .routes(routes!(compliance::api::decide))
        .routes(routes!(vacancy::write::write))
        .routes(routes!(vacancy::write::write_all))
        .routes(routes!(vacancy::write::text, vacancy::write::change))
        .routes(routes!(employer::api::desk))
        .routes(routes!(vacancy::standing::read, vacancy::standing::act))
        .routes(routes!(inquiry::api::list))
        .routes(routes!(intake::api::refused))
        .layer(DefaultBodyLimit::disable())
        .layer(from_fn(private));
    OpenApiRouter::with_openapi(Document::openapi())
        .routes(routes!(vacancy::api::search))
        .routes(routes!(vacancy::api::read))
        .routes(routes!(vacancy::api::similar))
        .routes(routes!(vacancy::suggest::suggest))
        .routes(routes!(compliance::api::check))
        .routes(routes!(employer::api::read))
        .routes(routes!(region::list))
        .routes(routes!(occupation::list))
        .routes(routes!(occupation::classify, occupation::classify_all))
        .routes(routes!(relation::api::list))
        .merge(office)
        .layer(from_fn(known::refuse))
        .layer(from_fn(spoken))
}

/// What is left of a language in the address is none.
async fn spoken(request: Request, next: Next) -> Response {
    let mut pairs = request.uri().query().unwrap_or_default().split('&');
    let Some(tag) = pairs.find_map(|pair| pair.strip_prefix("lang=")) else {
        return next.run(request).await;
    };
    let valid: Vec<_> = Lang::ALL.iter().map(|lang| lang.code()).collect();
    let refusal = Refusal::new("api.lang_unknown").field("lang").arg("value", tag);
    Error::malformed(refusal.arg("valid", valid.join(", "))).into_response()
}

pub fn routes() -> Router<App> {
    let (router, _) = described().split_for_parts();
    router
        .route("/api", get(show::show))
        .route("/api/v1/openapi.json", get(async |frame: Frame| Json(document::of(frame.lang))))
        .route("/problems/{code}", get(show::problem))
}

/// The OpenAPI document in English, as text.
pub fn openapi() -> String {
    format!("{:#}", document::of(Lang::En))
}

/// How many entries a page holds: as asked for, or 20.
pub(crate) fn limit(asked: Option<usize>) -> Result<usize> {
    let limit = asked.unwrap_or(20);
    if (1..=VacancyQuery::MOST).contains(&limit) {
        return Ok(limit);
    }
    let refusal = Refusal::new("search.limit_out_of_range").field("limit");
    Err(Error::malformed(refusal.arg("valid", format!("1-{}", VacancyQuery::MOST))))
}

/// One thing as JSON with its state, or the word that the copy at hand is still good. The state
/// goes by when it was last changed, and by the language of its names.
pub(crate) fn fresh(
    headers: &HeaderMap,
    lang: Lang,
    changed: DateTime<Utc>,
    body: &impl Serialize,
) -> Response {
    let tag = format!("W/\"{:x}-{}\"", changed.timestamp_micros(), lang.code());
    let asked = headers.get(header::IF_NONE_MATCH).and_then(|h| h.to_str().ok());
    let same = asked.is_some_and(|all| all.split(',').any(|t| t.trim() == tag || t.trim() == "*"));
    let mut response =
        if same { StatusCode::NOT_MODIFIED.into_response() } else { Json(body).into_response() };
    let when = changed.format("%a, %d %b %Y %H:%M:%S GMT").to_string();
    for (name, value) in [(header::ETAG, tag), (header::LAST_MODIFIED, when)] {
        if let Ok(value) = HeaderValue::from_str(&value) {
            response.headers_mut().insert(name, value);
        }
    }
    response
}
