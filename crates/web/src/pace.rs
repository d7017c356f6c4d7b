//! How fast lists are read: whoever is not signed in is given a number with the first list, and 429 says
//! how long to wait. The layer also sees who walks through records that are not there.

use std::net::IpAddr;

use app::{
    App,
    pace::{Pace, Reader},
};
use axum::{
    Router,
    extract::{MatchedPath, Query, Request, State},
    http::{Extensions, HeaderMap, HeaderValue, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Redirect, Response},
    routing::get,
};
use model::{
    access::{Actor, Role},
    alarm::Source,
    look::Who,
};
use serde::{Deserialize, Deserializer};
use uuid::Uuid;

use crate::{
    actor,
    error::{Error, Result},
    frame::preference::cookie,
    guard::{encoded, reads_pages},
};

pub fn routes() -> Router<App> {
    Router::new().route("/visit", get(visit))
}

/// What lists posts or employers to everybody. Typing ahead is none: it says a few words.
const LISTS: [&str; 6] = [
    "/vacancies",
    "/employers/{id}",
    "/sitemap/{first}",
    "/api/v1/vacancies",
    "/api/v1/vacancies/{id}/similar",
    "/api/v1/employers/{id}",
];

/// What shows people to an employer.
const SHOWN: [&str; 1] = ["/api/v1/vacancies/{id}/shortlist"];

/// May reading here be answered with 429?
pub(crate) fn is_bounded(path: &str) -> bool {
    LISTS.contains(&path) || SHOWN.contains(&path)
}

/// The cookie with the number; it ends with the browser.
const COOKIE: &str = "visit";

/// Lets a list be read, or says when.
pub async fn layer(State(app): State<App>, request: Request, next: Next) -> Response {
    let path = request.extensions().get::<MatchedPath>().map(|path| path.as_str().to_owned());
    let path = path.unwrap_or_default();
    let read = request.method().is_safe();
    let list = read && LISTS.contains(&path.as_str());
    if !list && !names_a_record(&path) {
        return next.run(request).await;
    }
    let who = Asked::of(&app, &request);
    let asked = request.uri().path().to_owned();
    let mut response = if list {
        match app::pace::read(&app, who.reader).await {
            Ok(Pace::Go) => next.run(request).await,
            Ok(Pace::Number) if reads_pages(request.headers()) => {
                let here = request.uri().path_and_query().map_or("/", |p| p.as_str());
                Redirect::to(&format!("/visit?next={}", encoded(here))).into_response()
            }
            Ok(Pace::Number) => Error::from(Pace::refusal(MINUTE, "pace.stranger")).into_response(),
            Ok(Pace::Wait(wait, code)) => Error::from(Pace::refusal(wait, code)).into_response(),
            Err(error) => Error::from(error).into_response(),
        }
    } else {
        next.run(request).await
    };
    if list && matches!(who.reader, Reader::Stranger(_)) {
        who.number(&app, response.headers_mut());
    }
    let missed = match response.status() {
        StatusCode::NOT_FOUND => read,
        StatusCode::TOO_MANY_REQUESTS => list,
        _ => false,
    };
    if missed && let Some(source) = who.source {
        let trapped = asked.contains(&who.trap.to_string());
        let told = app::alarm::missed(&app, (&who.actor, who.reader), source, trapped).await;
        if let Err(error) = told {
            tracing::warn!(%error, "a walk through records could not be told of");
        }
    }
    response
}

/// Seconds after which those without a number may read on.
const MINUTE: u64 = 60;

/// Has the address an id or a code in it that somebody may guess?
fn names_a_record(path: &str) -> bool {
    let part = path.split_once('{').map(|(_, rest)| rest);
    part.is_some_and(|rest| {
        ["id}", "jobseeker}", "code}", "first}"].iter().any(|one| rest.starts_with(one))
    }) && !path.starts_with("/problems/")
        && !path.starts_with("/relations/")
}

/// Who asks, as far as lists and records are concerned.
struct Asked {
    actor: Actor,
    reader: Reader,
    source: Option<Source>,
    trap: Uuid,
    https: bool,
}

impl Asked {
    fn of(app: &App, request: &Request) -> Self {
        let (headers, extensions) = (request.headers(), request.extensions());
        let actor = actor::asking(extensions).actor;
        let (reader, source) = match (actor.role, Who::of(&actor.name)) {
            (Role::Public, _) => {
                let from = actor::address(headers, extensions);
                (visitor(app, headers, extensions), Some(Source::Address(from)))
            }
            (_, Who::Member(account, membership)) => {
                (Reader::Member(account.uuid().as_u128()), Some(Source::Member(membership)))
            }
            (_, Who::Token(id)) => (Reader::Member(id.as_u128()), Some(Source::Token(id))),
            (_, Who::Machine) => (Reader::Free, None),
        };
        let settings = actor::settings(extensions);
        let trap = settings.map_or(Uuid::nil(), |settings| settings.trap);
        Self { actor, reader, source, trap, https: actor::is_https(extensions) }
    }

    /// Gives a number, and lets no shared store keep the answer with it.
    fn number(&self, app: &App, headers: &mut HeaderMap) {
        let secure = if self.https { "; Secure" } else { "" };
        let number = app::pace::number(app);
        let text = format!("{COOKIE}={number}; Path=/; HttpOnly; SameSite=Lax{secure}");
        if let Ok(value) = HeaderValue::from_str(&text) {
            headers.append(header::SET_COOKIE, value);
        }
        let rule = HeaderValue::from_static("private, no-cache");
        headers.entry(header::CACHE_CONTROL).or_insert(rule);
    }
}

fn visitor(app: &App, headers: &HeaderMap, extensions: &Extensions) -> Reader {
    let from = actor::address(headers, extensions);
    match cookie(headers, COOKIE).and_then(|text| app::pace::visitor(app, text)) {
        Some(number) => Reader::Visitor(number, from),
        None => Reader::Stranger(from),
    }
}

/// Addresses of proxies as the settings name them, with commas between.
pub fn addresses<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<IpAddr>, D::Error> {
    let text = String::deserialize(from)?;
    let all = text.split([',', ' ']).filter(|one| !one.is_empty()).map(str::parse);
    all.collect::<Result<_, _>>().map_err(serde::de::Error::custom)
}

#[derive(Deserialize)]
struct Onward {
    #[serde(default)]
    next: String,
}

/// Where somebody comes by who was just given a number: with it they go on. Whose browser keeps none is
/// told to wait.
async fn visit(
    State(app): State<App>,
    Query(Onward { next }): Query<Onward>,
    request: Request,
) -> Result<Response> {
    match visitor(&app, request.headers(), request.extensions()) {
        Reader::Stranger(_) => Err(Pace::refusal(MINUTE, "pace.stranger").into()),
        Reader::Free | Reader::Member(_) | Reader::Visitor(..) => {
            Ok(Redirect::to(model::account::next(&next)).into_response())
        }
    }
}
