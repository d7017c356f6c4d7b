//! Everything that is kept of a person: `/me/data` for themselves, `/jobseekers/{id}/data` at the counter.
//! Here one agrees and takes it back, and asks to be forgotten.

use app::{App, inventory::Section};
use askama::Template;
use axum::{
    Form, Json, Router,
    extract::{Path, State},
    http::header,
    middleware::from_fn,
    response::{Html, IntoResponse, Redirect, Response},
    routing::{get, post},
};
use chrono::NaiveDate;
use model::{
    Id, Refusal,
    access::Actor,
    consent::{self, Consent, Purpose},
    erasure::{Ground, Hold},
    jobseeker::Jobseeker,
};
use serde::Deserialize;
use serde_json::Value;
use text::Lang;

use crate::{
    actor::Office,
    error::Result,
    frame::{Fault, Frame, again, page},
    guard::private,
    look::own,
};

pub fn routes() -> Router<App> {
    Router::new()
        .route("/me/data", get(mine))
        .route("/me/data.json", get(my_document))
        .route("/me/data/consent", post(my_consent))
        .route("/me/data/erase", post(erase_me))
        .route("/jobseekers/{id}/data", get(theirs))
        .route("/jobseekers/{id}/data.json", get(their_document))
        .route("/jobseekers/{id}/data/consent", post(their_consent))
        .route("/jobseekers/{id}/data/hold", post(hold))
        .route("/jobseekers/{id}/data/holds/{hold}/end", post(release))
        .route("/jobseekers/{id}/data/erase", post(erase))
        .layer(from_fn(private))
}

#[derive(Template)]
#[template(path = "inventory/show.html")]
struct Show {
    frame: Frame,
    /// Does the person look themselves?
    own: bool,
    id: Id<Jobseeker>,
    label: String,
    /// `/me`, or the address of the record.
    base: String,
    fault: Option<Fault>,
    consents: Vec<ConsentLine>,
    holds: Vec<HoldLine>,
    sections: Vec<Part>,
}

struct ConsentLine {
    purpose: &'static str,
    given: bool,
    state: String,
    history: Vec<String>,
}

struct HoldLine {
    id: Id<Hold>,
    said: String,
    standing: bool,
}

/// One table, as somebody reads it.
struct Part {
    title: String,
    kept: String,
    rows: Vec<Vec<(String, String)>>,
}

/// The record of whoever asks; 404 where there is none.
fn me(actor: &Actor) -> Result<Id<Jobseeker>> {
    own(actor).ok_or_else(|| app::Error::Absent("jobseeker").into())
}

async fn mine(State(app): State<App>, Office(actor): Office, frame: Frame) -> Result<Html<String>> {
    let id = me(&actor)?;
    page(&Show::new(&app, &actor, frame, id).await?)
}

async fn theirs(
    State(app): State<App>,
    Office(actor): Office,
    frame: Frame,
    Path(id): Path<Id<Jobseeker>>,
) -> Result<Html<String>> {
    page(&Show::new(&app, &actor, frame, id).await?)
}

async fn my_document(State(app): State<App>, Office(actor): Office) -> Result<Response> {
    let id = me(&actor)?;
    document(&app, &actor, id).await
}

async fn their_document(
    State(app): State<App>,
    Office(actor): Office,
    Path(id): Path<Id<Jobseeker>>,
) -> Result<Response> {
    document(&app, &actor, id).await
}

async fn document(app: &App, actor: &Actor, id: Id<Jobseeker>) -> Result<Response> {
    let sections = app::inventory::everything(app, actor, id).await?;
    let name = format!("attachment; filename=\"{}.json\"", id.label());
    let body = Json(app::inventory::document(app, id, &sections));
    Ok(([(header::CONTENT_DISPOSITION, name)], body).into_response())
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Said {
    purpose: Purpose,
    given: bool,
}

async fn my_consent(
    State(app): State<App>,
    Office(actor): Office,
    Form(said): Form<Said>,
) -> Result<Redirect> {
    let id = me(&actor)?;
    app::consent::say(&app, &actor, id, (said.purpose, said.given)).await?;
    Ok(Redirect::to("/me/data"))
}

async fn their_consent(
    State(app): State<App>,
    Office(actor): Office,
    Path(id): Path<Id<Jobseeker>>,
    Form(said): Form<Said>,
) -> Result<Redirect> {
    app::consent::say(&app, &actor, id, (said.purpose, said.given)).await?;
    Ok(Redirect::to(&format!("/jobseekers/{id}/data")))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Confirmed {
    label: String,
    #[serde(default)]
    ground: Option<Ground>,
}

async fn erase_me(
    State(app): State<App>,
    Office(actor): Office,
    frame: Frame,
    Form(Confirmed { label, .. }): Form<Confirmed>,
) -> Result<Response> {
    let id = me(&actor)?;
    erased(&app, &actor, frame, id, (Ground::Asked, label)).await
}

async fn erase(
    State(app): State<App>,
    Office(actor): Office,
    frame: Frame,
    Path(id): Path<Id<Jobseeker>>,
    Form(Confirmed { label, ground }): Form<Confirmed>,
) -> Result<Response> {
    erased(&app, &actor, frame, id, (ground.unwrap_or(Ground::Asked), label)).await
}

#[derive(Template)]
#[template(path = "inventory/gone.html")]
struct Gone {
    frame: Frame,
}

async fn erased(
    app: &App,
    actor: &Actor,
    frame: Frame,
    id: Id<Jobseeker>,
    (ground, label): (Ground, String),
) -> Result<Response> {
    match app::erasure::erase(app, actor, id, ground, &label).await {
        Ok(()) => Ok(page(&Gone { frame })?.into_response()),
        Err(error) => refused(app, actor, frame, id, error).await,
    }
}

/// The page again, with what stands in the way.
async fn refused(
    app: &App,
    actor: &Actor,
    frame: Frame,
    id: Id<Jobseeker>,
    error: app::Error,
) -> Result<Response> {
    let fault = Some(Fault::of(&frame, error)?);
    Ok(again(page(&Show { fault, ..Show::new(app, actor, frame, id).await? })?))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Held {
    basis: String,
    until: String,
}

async fn hold(
    State(app): State<App>,
    Office(actor): Office,
    frame: Frame,
    Path(id): Path<Id<Jobseeker>>,
    Form(Held { basis, until }): Form<Held>,
) -> Result<Response> {
    let done = match until.trim().parse::<NaiveDate>() {
        Ok(until) => app::erasure::hold(&app, &actor, id, (&basis, until)).await,
        Err(_) => Err(Refusal::new("erasure.until_range").field("until").into()),
    };
    match done {
        Ok(()) => Ok(Redirect::to(&format!("/jobseekers/{id}/data")).into_response()),
        Err(error) => refused(&app, &actor, frame, id, error).await,
    }
}

async fn release(
    State(app): State<App>,
    Office(actor): Office,
    Path((id, hold)): Path<(Id<Jobseeker>, Id<Hold>)>,
) -> Result<Redirect> {
    app::erasure::release(&app, &actor, id, hold).await?;
    Ok(Redirect::to(&format!("/jobseekers/{id}/data")))
}

impl Show {
    async fn new(app: &App, actor: &Actor, frame: Frame, id: Id<Jobseeker>) -> Result<Self> {
        let sections = app::inventory::everything(app, actor, id).await?;
        let mut r = app.db().read().await?;
        let consents = store::consent::of(&mut r, &actor.scope(), id).await?;
        let holds = store::erasure::holds(&mut r, &actor.scope(), id).await?;
        drop(r);
        let own = own(actor) == Some(id);
        let base = if own { "/me".into() } else { format!("/jobseekers/{id}") };
        let line = |purpose: &Purpose| ConsentLine::new(app, &frame, *purpose, &consents);
        let consents = Purpose::ALL.iter().map(line).collect();
        let holds = holds.iter().map(|one| HoldLine::new(app, &frame, one)).collect();
        let sections = sections.iter().map(|one| Part::new(&frame, one)).collect();
        let label = id.label();
        Ok(Self { frame, own, id, label, base, fault: None, consents, holds, sections })
    }
}

impl ConsentLine {
    fn new(app: &App, frame: &Frame, purpose: Purpose, all: &[Consent]) -> Self {
        let said = |one: &Consent| {
            let day = text::date::full(frame.lang, app.day_of(one.at));
            let key = if one.given { "consent.given" } else { "consent.withdrawn" };
            frame.s(key, "day", &day)
        };
        let now = consent::now(all, purpose);
        let own = all.iter().filter(|one| one.purpose == purpose);
        Self {
            purpose: purpose.code(),
            given: now.is_some_and(|one| one.given),
            state: now.map_or_else(|| frame.t("consent.never"), said),
            history: own.skip(1).map(said).collect(),
        }
    }
}

impl HoldLine {
    fn new(app: &App, frame: &Frame, hold: &Hold) -> Self {
        let day = text::date::full(frame.lang, hold.until);
        let args = [("basis", hold.basis.as_str().into()), ("day", day.as_str().into())];
        let said = text::t(frame.lang, "erasure.held_until", &args);
        Self { id: hold.id, said, standing: hold.until >= app.today() }
    }
}

impl Part {
    fn new(frame: &Frame, Section { table, rows }: &Section) -> Self {
        let [zh, en] = &table.purpose;
        let title = if frame.lang == Lang::Zh { zh } else { en }.clone();
        let cell = |(name, value): (&String, &Value)| {
            let column = table.columns.iter().find(|column| column.name == *name);
            let label = column.map_or_else(
                || identity(frame, name),
                |column| column.label(frame.lang == Lang::Zh).to_owned(),
            );
            (label, said(frame, value))
        };
        let told = |row: &serde_json::Map<String, Value>| {
            let known = row.iter().filter(|(_, value)| !empty(value));
            known.map(cell).collect()
        };
        Self { title, kept: table.kept.clone(), rows: rows.iter().map(told).collect() }
    }
}

/// The word for a field of what is sealed.
fn identity(frame: &Frame, name: &str) -> String {
    match name {
        "name" | "number" | "phone" => frame.t(&format!("jobseeker.{name}")),
        "email" | "address" | "dossier" => frame.t(&format!("inventory.{name}")),
        other => other.to_owned(),
    }
}

fn empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.is_empty(),
        Value::Array(list) => list.is_empty(),
        Value::Object(map) => map.values().all(empty),
        Value::Bool(_) | Value::Number(_) => false,
    }
}

/// A value as a person reads it.
fn said(frame: &Frame, value: &Value) -> String {
    let joint = frame.t("frame.and");
    match value {
        Value::Bool(true) => frame.t("inventory.yes"),
        Value::Bool(false) => frame.t("inventory.no"),
        Value::String(text) => text.clone(),
        Value::Null => String::new(),
        Value::Number(number) => number.to_string(),
        Value::Array(list) => {
            list.iter().map(|one| said(frame, one)).collect::<Vec<_>>().join(&joint)
        }
        Value::Object(map) => {
            let known = map.iter().filter(|(_, value)| !empty(value));
            let pairs: Vec<_> =
                known.map(|(name, value)| format!("{name}: {}", said(frame, value))).collect();
            pairs.join("; ")
        }
    }
}
