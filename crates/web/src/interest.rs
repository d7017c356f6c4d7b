//! Where staff declare what they have to do with employers.

use app::App;
use askama::Template;
use axum::{
    Form, Router,
    extract::{Path, State},
    middleware::from_fn,
    response::{IntoResponse, Redirect, Response},
    routing::{get, post},
};
use model::{
    Id,
    access::Actor,
    interest::{Interest, Kind},
};
use serde::Deserialize;

use crate::{
    actor::Office,
    error::Result,
    frame::{Fault, Frame, again, page},
    guard::private,
};

pub fn routes() -> Router<App> {
    Router::new()
        .route("/interests", get(list).post(declare))
        .route("/interests/{id}/end", post(end))
        .layer(from_fn(private))
}

#[derive(Template)]
#[template(path = "interest/list.html")]
struct List {
    frame: Frame,
    lines: Vec<Line>,
    employer: String,
    fault: Option<Fault>,
}

struct Line {
    id: Id<Interest>,
    name: String,
    kind: Kind,
    day: String,
}

impl List {
    async fn new(app: &App, actor: &Actor, frame: Frame) -> Result<Self> {
        // whoever sits at the machine itself has no account, and nothing to declare
        let mine = match actor.account {
            Some(_) => app::interest::mine(app, actor).await?,
            None => vec![],
        };
        let line = |(one, employer): (Interest, model::employer::Employer)| Line {
            id: one.id,
            name: employer.details.name,
            kind: one.kind,
            day: text::date::full(frame.lang, app.day_of(one.declared_at)),
        };
        let lines = mine.into_iter().map(line).collect();
        Ok(Self { lines, employer: String::new(), fault: None, frame })
    }
}

async fn list(State(app): State<App>, Office(actor): Office, frame: Frame) -> Result<Response> {
    Ok(page(&List::new(&app, &actor, frame).await?)?.into_response())
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Given {
    employer: String,
    kind: Kind,
}

async fn declare(
    State(app): State<App>,
    Office(actor): Office,
    frame: Frame,
    Form(Given { employer, kind }): Form<Given>,
) -> Result<Response> {
    match app::interest::declare(&app, &actor, &employer, kind).await {
        Ok(_) => Ok(Redirect::to("/interests").into_response()),
        Err(error) => {
            let fault = Some(Fault::of(&frame, error)?);
            let list = List::new(&app, &actor, frame).await?;
            Ok(again(page(&List { employer, fault, ..list })?))
        }
    }
}

async fn end(
    State(app): State<App>,
    Office(actor): Office,
    Path(id): Path<Id<Interest>>,
) -> Result<Redirect> {
    app::interest::end(&app, &actor, id).await?;
    Ok(Redirect::to("/interests"))
}
