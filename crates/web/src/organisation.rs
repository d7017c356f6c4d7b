//! The tree of offices: looked at by staff, changed by their administrators.

use app::App;
use askama::Template;
use axum::{
    Form, Router,
    extract::{Path, Query, State},
    middleware::from_fn,
    response::{IntoResponse, Redirect, Response},
    routing::{get, post},
};
use model::{
    Id,
    access::Actor,
    organisation::{Details, Kind, Organisation},
};
use serde::Deserialize;

use crate::{
    actor::Office,
    error::Result,
    frame::{Fault, Frame, again, page, wording::Wording},
    guard::private,
};

/// Offices on one page, and in a choice of them.
const MOST: i64 = 2_000;

pub fn routes() -> Router<App> {
    Router::new()
        .route("/organisations", get(list).post(create))
        .route("/organisations/new", get(new))
        .route("/organisations/{id}", get(show))
        .route("/organisations/{id}/rename", post(rename))
        .route("/organisations/{id}/move", post(shift))
        .route("/organisations/{id}/merge", post(merge))
        .layer(from_fn(private))
}

struct Line {
    id: Id<Organisation>,
    name: String,
    kind: &'static str,
    regions: String,
    /// Steps below the first of the list.
    depth: usize,
}

#[derive(Template)]
#[template(path = "organisation/list.html")]
struct List {
    frame: Frame,
    lines: Vec<Line>,
}

/// The whole tree within the reach, each office before those below it.
async fn lines(app: &App, actor: &Actor, frame: &Frame) -> Result<Vec<Line>> {
    let all = store::organisation::tree(&mut app.db().read().await?, &actor.scope(), MOST).await?;
    let reference = app.reference().await?;
    let wording = Wording { lang: frame.lang, reference: &reference, today: app.today() };
    let top = all.first().map_or(1, Organisation::depth);
    let line = |one: Organisation| Line {
        id: one.id,
        kind: one.kind.code(),
        regions: named(&one.regions, wording),
        depth: one.depth().saturating_sub(top),
        name: one.name,
    };
    Ok(all.into_iter().map(line).collect())
}

fn named(regions: &[String], wording: Wording<'_>) -> String {
    let name = |code: &String| {
        let name = wording.region(code);
        if name.is_empty() { code.clone() } else { name }
    };
    let names: Vec<_> = regions.iter().map(name).collect();
    names.join(wording.lang.comma())
}

async fn list(State(app): State<App>, Office(actor): Office, frame: Frame) -> Result<Response> {
    let lines = lines(&app, &actor, &frame).await?;
    Ok(page(&List { frame, lines })?.into_response())
}

#[derive(Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Given {
    #[serde(default)]
    kind: String,
    #[serde(default)]
    parent: String,
    name: String,
    /// Codes with spaces, commas or lines between them.
    #[serde(default)]
    regions: String,
}

impl Given {
    fn details(&self) -> Details {
        let split = |c: char| c.is_whitespace() || "，,、;；".contains(c);
        let codes = self.regions.split(split).filter(|code| !code.is_empty());
        Details { name: self.name.clone(), regions: codes.map(str::to_owned).collect() }
    }
}

#[derive(Deserialize)]
struct Below {
    #[serde(default)]
    parent: String,
}

#[derive(Template)]
#[template(path = "organisation/new.html")]
struct Fresh {
    frame: Frame,
    lines: Vec<Line>,
    given: Given,
    fault: Option<Fault>,
}

async fn new(
    State(app): State<App>,
    Office(actor): Office,
    frame: Frame,
    Query(Below { parent }): Query<Below>,
) -> Result<Response> {
    let lines = lines(&app, &actor, &frame).await?;
    let given = Given { parent, kind: Kind::Office.code().into(), ..Given::default() };
    Ok(page(&Fresh { frame, lines, given, fault: None })?.into_response())
}

async fn create(
    State(app): State<App>,
    Office(actor): Office,
    frame: Frame,
    Form(given): Form<Given>,
) -> Result<Response> {
    let parent = match given.parent.as_str() {
        "" => None,
        id => Some(id.parse()?),
    };
    let new =
        app::organisation::New { kind: given.kind.parse()?, parent, details: given.details() };
    match app::organisation::create(&app, &actor, new).await {
        Ok(made) => Ok(Redirect::to(&format!("/organisations/{}", made.id)).into_response()),
        Err(error) => {
            let fault = Some(Fault::of(&frame, error)?);
            let lines = lines(&app, &actor, &frame).await?;
            Ok(again(page(&Fresh { frame, lines, given, fault })?))
        }
    }
}

/// A span of the history, in words.
struct Span {
    deed: String,
    name: String,
    above: String,
    from: String,
    to: String,
}

#[derive(Template)]
#[template(path = "organisation/show.html")]
struct Show {
    frame: Frame,
    one: Organisation,
    regions: String,
    codes: String,
    above: Option<Organisation>,
    below: Vec<Organisation>,
    past: Vec<Span>,
    /// Where it could be moved to, or merged into.
    others: Vec<Line>,
    fault: Option<Fault>,
}

impl Show {
    async fn new(
        app: &App,
        actor: &Actor,
        frame: Frame,
        (id, fault): (Id<Organisation>, Option<Fault>),
    ) -> Result<Self> {
        let (scope, reference) = (actor.scope(), app.reference().await?);
        let mut r = app.db().read().await?;
        let one = store::organisation::find(&mut r, &scope, id).await?;
        let below = store::organisation::below(&mut r, &scope, id).await?;
        let past = store::organisation::past(&mut r, id).await?;
        let ids: Vec<_> = past.iter().filter_map(|span| span.parent).chain(one.parent).collect();
        let named_above = store::organisation::of_ids(&mut r, &ids).await?;
        drop(r);
        let wording = Wording { lang: frame.lang, reference: &reference, today: app.today() };
        let day = |at| text::date::full(frame.lang, app.day_of(at));
        let name_of = |id: Id<Organisation>| {
            let found = named_above.iter().find(|above| above.id == id);
            found.map(|above| above.name.clone()).unwrap_or_default()
        };
        let span = |span: model::organisation::Past| Span {
            above: span.parent.map(name_of).unwrap_or_default(),
            from: day(span.valid_from),
            to: span.valid_to.map(day).unwrap_or_default(),
            deed: span.deed,
            name: span.name,
        };
        let past = past.into_iter().map(span).collect();
        let regions = named(&one.regions, wording);
        let mut others = Vec::new();
        if actor.may("organisation.move").is_ok() && one.parent.is_some() {
            others = lines(app, actor, &frame).await?;
            others.retain(|line| line.id != id);
        }
        let above = named_above.into_iter().find(|above| Some(above.id) == one.parent);
        let codes = one.regions.join(" ");
        Ok(Self { frame, one, regions, codes, above, below, past, others, fault })
    }
}

async fn show(
    State(app): State<App>,
    Office(actor): Office,
    frame: Frame,
    Path(id): Path<Id<Organisation>>,
) -> Result<Response> {
    Ok(page(&Show::new(&app, &actor, frame, (id, None)).await?)?.into_response())
}

async fn rename(
    State(app): State<App>,
    Office(actor): Office,
    frame: Frame,
    Path(id): Path<Id<Organisation>>,
    Form(given): Form<Given>,
) -> Result<Response> {
    let done = app::organisation::rename(&app, &actor, id, given.details()).await;
    shown(&app, &actor, frame, (id, done)).await
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Other {
    other: Id<Organisation>,
}

async fn shift(
    State(app): State<App>,
    Office(actor): Office,
    frame: Frame,
    Path(id): Path<Id<Organisation>>,
    Form(Other { other }): Form<Other>,
) -> Result<Response> {
    let done = app::organisation::shift(&app, &actor, id, other).await;
    shown(&app, &actor, frame, (id, done)).await
}

async fn merge(
    State(app): State<App>,
    Office(actor): Office,
    frame: Frame,
    Path(id): Path<Id<Organisation>>,
    Form(Other { other }): Form<Other>,
) -> Result<Response> {
    let done = app::organisation::merge(&app, &actor, id, other).await;
    shown(&app, &actor, frame, (id, done)).await
}

/// On to what came of it, or the page again with what was wrong.
async fn shown(
    app: &App,
    actor: &Actor,
    frame: Frame,
    (id, done): (Id<Organisation>, app::Result<Organisation>),
) -> Result<Response> {
    match done {
        Ok(one) => Ok(Redirect::to(&format!("/organisations/{}", one.id)).into_response()),
        Err(error) => {
            let fault = Some(Fault::of(&frame, error)?);
            Ok(again(page(&Show::new(app, actor, frame, (id, fault)).await?)?))
        }
    }
}
