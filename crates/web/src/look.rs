//! Who has looked at whose record: the person reads it on `/me/looks`, the office beside the record.
//! The layer notes every look at an address with a person's id in it, so that no page can forget to.

use app::{App, look::Told};
use askama::Template;
use axum::{
    Router,
    extract::{MatchedPath, Path, Query, Request, State},
    http::Method,
    middleware::{Next, from_fn},
    response::{Html, IntoResponse, Response},
    routing::get,
};
use model::{
    Id,
    access::{Actor, Reach, Role},
    jobseeker::Jobseeker,
    look::{Look, What},
};
use serde::Deserialize;

use crate::{
    actor::{self, Office},
    error::{Error, Result},
    frame::{Frame, page},
    guard::private,
};

pub fn routes() -> Router<App> {
    Router::new()
        .route("/jobseekers/{id}/looks", get(of_person))
        .route("/me/looks", get(mine))
        .layer(from_fn(private))
}

/// Looks on one page.
const LIMIT: i64 = 50;

#[derive(Deserialize)]
struct Before {
    /// The last look of the page before.
    before: Option<Id<Look>>,
}

#[derive(Template)]
#[template(path = "look/list.html")]
struct List {
    frame: Frame,
    /// Whose record; none on the person's own page.
    person: Option<Id<Jobseeker>>,
    lines: Vec<Line>,
    /// The address of the next page.
    next: Option<String>,
}

struct Line {
    at: String,
    who: String,
    place: String,
    what: String,
    reason: String,
}

async fn of_person(
    State(app): State<App>,
    Office(actor): Office,
    frame: Frame,
    Path(id): Path<Id<Jobseeker>>,
    Query(Before { before }): Query<Before>,
) -> Result<Html<String>> {
    let here = format!("/jobseekers/{id}/looks");
    page(&List::new(&app, &actor, frame, (id, before), &here).await?)
}

async fn mine(
    State(app): State<App>,
    Office(actor): Office,
    frame: Frame,
    Query(Before { before }): Query<Before>,
) -> Result<Html<String>> {
    let Some(id) = own(&actor) else {
        return page(&List { frame, person: None, lines: vec![], next: None });
    };
    let list = List::new(&app, &actor, frame, (id, before), "/me/looks").await?;
    page(&List { person: None, ..list })
}

/// The record of whoever asks, if they are a registered person.
pub(crate) fn own(actor: &Actor) -> Option<Id<Jobseeker>> {
    match actor.scope().reach() {
        Reach::Person(id) => Some(*id),
        Reach::Public | Reach::All | Reach::Office(_) | Reach::Employer(_) => None,
    }
}

impl List {
    async fn new(
        app: &App,
        actor: &Actor,
        frame: Frame,
        (id, before): (Id<Jobseeker>, Option<Id<Look>>),
        here: &str,
    ) -> Result<Self> {
        let found = app::look::of(app, actor, id, before, LIMIT).await?;
        let full = i64::try_from(found.len()).unwrap_or(LIMIT) == LIMIT;
        let last = found.last().filter(|_| full);
        let next = last.map(|told| format!("{here}?before={}", told.look.id));
        let lines = found.into_iter().map(|told| Line::new(app, &frame, told)).collect();
        Ok(Self { frame, person: Some(id), lines, next })
    }
}

impl Line {
    fn new(app: &App, frame: &Frame, told: Told) -> Self {
        let role = told.role.map(|role| frame.t(&format!("access.role-{}", role.code())));
        let words = [told.name, role.unwrap_or_else(|| frame.t("look.machine"))];
        let who: Vec<String> = words.into_iter().filter(|word| !word.is_empty()).collect();
        Self {
            at: app.local(told.look.at).format("%Y-%m-%d %H:%M").to_string(),
            who: who.join(" · "),
            place: told.place,
            what: frame.t(&format!("look.what-{}", told.look.what.code())),
            reason: told.look.reason,
        }
    }
}

/// Notes a look at an address with a person's id in it, before the answer is given: without the note
/// nothing is shown.
pub async fn layer(State(app): State<App>, request: Request, next: Next) -> Response {
    let actor = actor::asking(request.extensions()).actor;
    let seen = seen(&request).filter(|_| actor.role != Role::Jobseeker);
    let response = next.run(request).await;
    let Some((person, what)) = seen.filter(|_| response.status().is_success()) else {
        return response;
    };
    match app::look::note(&app, &actor, &[person], what, "").await {
        Ok(()) => response,
        Err(error) => Error::from(error).into_response(),
    }
}

/// Whose record an address shows, and what of it.
fn seen(request: &Request) -> Option<(Id<Jobseeker>, What)> {
    if *request.method() != Method::GET {
        return None;
    }
    let matched = request.extensions().get::<MatchedPath>()?.as_str();
    let (_, rest) = matched.split_once("/jobseekers/{")?;
    let (_, rest) = rest.split_once('}')?;
    let (_, id) = request.uri().path().split_once("/jobseekers/")?;
    let id = id.split('/').next()?.parse().ok()?;
    Some((id, what(rest)?))
}

/// What the rest of such an address shows; none where the deed that opens the name tells of it itself.
fn what(rest: &str) -> Option<What> {
    let first = rest.trim_start_matches('/').split('/').next().unwrap_or_default();
    Some(match first {
        "edit" | "profile" | "cv" | "open" => return None,
        "matches" | "ways" => What::Matching,
        "data" | "data.json" => What::Export,
        "placements" => What::Progress,
        _ => What::Record,
    })
}
