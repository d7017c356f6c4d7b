//! The inbox: what was done with one's applications, and whether text messages are wanted.

pub mod api;

use app::App;
use askama::Template;
use axum::{
    Form, Router,
    extract::{Query, State},
    middleware::from_fn,
    response::{Html, Redirect},
    routing::{get, post},
};
use model::{Id, notice::Notice};
use serde::Deserialize;

use crate::{
    actor::Office,
    error::Result,
    frame::{Frame, page},
    guard::private,
};

pub fn routes() -> Router<App> {
    Router::new()
        .route("/notices", get(list))
        .route("/notices/read", post(read))
        .route("/notices/preference", post(prefer))
        .layer(from_fn(private))
}

/// Lines on one page.
const LIMIT: i64 = 50;

#[derive(Deserialize)]
struct Before {
    before: Option<Id<Notice>>,
}

struct Line {
    said: String,
    link: String,
    when: String,
    unread: bool,
}

#[derive(Template)]
#[template(path = "notice/list.html")]
struct List {
    frame: Frame,
    lines: Vec<Line>,
    /// The newest of the page, to mark all up to it.
    newest: Option<String>,
    next: Option<String>,
    unread: u64,
    sms: bool,
    /// An account that may want text messages.
    prefers: bool,
}

async fn list(
    State(app): State<App>,
    Office(actor): Office,
    frame: Frame,
    Query(Before { before }): Query<Before>,
) -> Result<Html<String>> {
    let all = app::notice::inbox::mine(&app, &actor, before, LIMIT).await?;
    let unread = store::notice::inbox::unread(&mut app.db().read().await?, &actor.scope()).await?;
    let line = |one: &Notice| Line {
        said: frame.s(&format!("notice.kind-{}", one.kind.code()), "title", &one.title),
        link: link(one),
        when: text::date::ago(frame.lang, app.day_of(one.made_at), app.today()),
        unread: one.read_at.is_none(),
    };
    let full = i64::try_from(all.len()).unwrap_or(LIMIT) == LIMIT;
    let next = all.last().filter(|_| full).map(|one| one.id.to_string());
    page(&List {
        lines: all.iter().map(line).collect(),
        newest: all.first().map(|one| one.id.to_string()),
        next,
        unread: u64::try_from(unread).unwrap_or(0),
        sms: app::notice::inbox::wants(&app, &actor).await?,
        prefers: actor.account.is_some() && !actor.role.is_staff(),
        frame,
    })
}

/// Where a line leads.
fn link(one: &Notice) -> String {
    match (one.application, one.vacancy) {
        (Some(id), _) => format!("/applications/{id}"),
        (None, Some(id)) => format!("/vacancies/{id}"),
        (None, None) => "/notices".to_owned(),
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Upto {
    upto: Id<Notice>,
}

async fn read(
    State(app): State<App>,
    Office(actor): Office,
    Form(Upto { upto }): Form<Upto>,
) -> Result<Redirect> {
    app::notice::inbox::read(&app, &actor, upto).await?;
    Ok(Redirect::to("/notices"))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Wish {
    /// There where the box is ticked.
    #[serde(default)]
    sms: String,
}

async fn prefer(
    State(app): State<App>,
    Office(actor): Office,
    Form(Wish { sms }): Form<Wish>,
) -> Result<Redirect> {
    app::notice::inbox::prefer(&app, &actor, !sms.is_empty()).await?;
    Ok(Redirect::to("/notices"))
}
