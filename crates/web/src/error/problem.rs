//! A problem document, RFC 9457: what went wrong, for programs.

use axum::{
    Json,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use model::Refusal;
use serde::Serialize;
use text::{Lang, t};
use utoipa::ToSchema;

use super::{Asked, key};

/// What went wrong (RFC 9457).
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(example = json!({
    "type": "/problems/search.sort_unknown",
    "title": "The request could not be read",
    "status": 400,
    "detail": "There is no order called “best”",
    "remedy": "Choose one of: fit, new, wage, distance",
    "code": "search.sort_unknown",
    "field": "sort",
    "valid": ["fit", "new", "wage", "distance"],
    "instance": "/api/v1/vacancies",
    "request": "0197a1b2-0000-7000-8000-000000000000",
}))]
pub struct Problem {
    /// Address of a page about this kind of problem.
    #[serde(rename = "type")]
    pub kind: String,
    /// What the status means, in the reader's language.
    pub title: String,
    pub status: u16,
    /// What went wrong this time, in the reader's language.
    pub detail: String,
    /// How to mend it, where there is a way.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remedy: Option<String>,
    /// Stable name of the problem, to branch on: `noun.what_is_wrong`.
    pub code: String,
    /// The parameter or field it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
    /// The values that would have been taken.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(required = false)]
    pub valid: Vec<String>,
    /// The path that was asked for.
    pub instance: String,
    /// Number of the request, as the server's log has it. Quote it in a report.
    pub request: String,
}

impl Problem {
    pub(super) fn new(
        lang: Lang,
        status: StatusCode,
        refusal: Option<&Refusal>,
        asked: &Asked,
    ) -> Self {
        let general = format!("error.{}", key(status));
        let valid = refusal.and_then(|r| r.args.iter().find(|(name, _)| *name == "valid"));
        let valid = valid.map(|(_, all)| all.split(", ").map(str::to_owned).collect());
        let key = refusal.and_then(|r| r.args.iter().find(|(name, _)| *name == "key"));
        let field = refusal.and_then(|r| r.field).or(key.map(|(_, name)| name.as_str()));
        let code = refusal.map_or(general.as_str(), |r| r.code).to_owned();
        let detail = match refusal {
            Some(refusal) => text::say(lang, refusal),
            None => t(lang, &format!("{general}_api"), &[]),
        };
        Self {
            kind: format!("/problems/{code}"),
            title: t(lang, &general, &[]),
            status: status.as_u16(),
            detail,
            remedy: refusal.and_then(|r| text::remedy(lang, r)),
            code,
            field: field.map(str::to_owned),
            valid: valid.unwrap_or_default(),
            instance: asked.path.clone(),
            request: asked.id.clone(),
        }
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let kind = HeaderValue::from_static("application/problem+json");
        ([(header::CONTENT_TYPE, kind)], Json(self)).into_response()
    }
}
