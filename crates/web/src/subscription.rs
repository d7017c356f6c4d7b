//! Questions about vacancies that a person wants to be told about.

use app::App;
use askama::Template;
use axum::{
    Form, Json, Router,
    extract::{Path, State},
    http::StatusCode,
    middleware::from_fn,
    response::{Html, Redirect},
    routing::{get, post},
};
use model::{Id, Refusal, subscription::Subscription};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    actor::Office,
    error::Result,
    frame::{Frame, page},
    guard::private,
    vacancy::params,
};

pub fn routes() -> Router<App> {
    Router::new()
        .route("/me/subscriptions", get(list).post(keep))
        .route("/me/subscriptions/{id}/end", post(end))
        .layer(from_fn(private))
}

struct Line {
    id: String,
    name: String,
    address: String,
    since: String,
}

#[derive(Template)]
#[template(path = "subscription/list.html")]
struct List {
    frame: Frame,
    lines: Vec<Line>,
}

async fn list(State(app): State<App>, Office(actor): Office, frame: Frame) -> Result<Html<String>> {
    let line = |one: Subscription| Line {
        id: one.id.to_string(),
        name: if one.name.is_empty() { frame.t("subscription.all") } else { one.name },
        address: format!("/vacancies?{}", one.query),
        since: text::date::full(frame.lang, app.day_of(one.made_at)),
    };
    let lines = app::subscription::mine(&app, &actor).await?.into_iter().map(line).collect();
    page(&List { frame, lines })
}

/// A question as the address of the list has it, written anew.
fn question(app: &App, text: &str) -> Result<String, Refusal> {
    let wrong = || Refusal::new("subscription.not_understood").field("query");
    let query = params::of_text(text, app.today()).ok_or_else(wrong)?;
    let address = params::address(&query, app.today());
    Ok(address.split_once('?').map(|(_, query)| query.to_owned()).unwrap_or_default())
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Given {
    query: String,
    #[serde(default)]
    name: String,
}

async fn keep(
    State(app): State<App>,
    Office(actor): Office,
    Form(Given { query, name }): Form<Given>,
) -> Result<Redirect> {
    let query = question(&app, &query).map_err(app::Error::from)?;
    app::subscription::keep(&app, &actor, name.trim(), &query).await?;
    Ok(Redirect::to("/me/subscriptions"))
}

async fn end(
    State(app): State<App>,
    Office(actor): Office,
    Path(id): Path<Id<Subscription>>,
) -> Result<Redirect> {
    app::subscription::end(&app, &actor, id).await?;
    Ok(Redirect::to("/me/subscriptions"))
}

/// A question that the person is told about.
#[derive(Serialize, ToSchema)]
pub(crate) struct Asked {
    id: Uuid,
    name: String,
    /// As the address of the list of vacancies has it.
    #[schema(example = "q=焊工&region=620502")]
    query: String,
}

#[derive(Serialize, ToSchema)]
pub(crate) struct AskedAll {
    items: Vec<Asked>,
}

/// A question to be told about.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Asking {
    #[schema(example = "q=焊工&region=620502")]
    query: String,
    #[serde(default)]
    name: String,
}

impl Asked {
    fn new(one: Subscription) -> Self {
        Self { id: one.id.uuid(), name: one.name, query: one.query }
    }
}

/// Those of whoever asks.
#[utoipa::path(get, path = "/api/v1/subscriptions", operation_id = "list_subscriptions",
    tag = "applications", responses((status = 200, body = AskedAll)))]
pub(crate) async fn read(State(app): State<App>, Office(actor): Office) -> Result<Json<AskedAll>> {
    let items = app::subscription::mine(&app, &actor).await?;
    let items = items.into_iter().map(Asked::new).collect();
    Ok(Json(AskedAll { items }))
}

/// Keeps a question: a new vacancy that answers it gives one notice.
#[utoipa::path(post, path = "/api/v1/subscriptions", operation_id = "keep_subscription",
    tag = "applications", request_body = Asking, responses((status = 201, body = Asked)))]
pub(crate) async fn send(
    State(app): State<App>,
    Office(actor): Office,
    Json(Asking { query, name }): Json<Asking>,
) -> Result<(StatusCode, Json<Asked>)> {
    let query = question(&app, &query).map_err(app::Error::from)?;
    let one = app::subscription::keep(&app, &actor, name.trim(), &query).await?;
    Ok((StatusCode::CREATED, Json(Asked::new(one))))
}
