//! The inbox: what was done with one's applications, and what is wanted besides it.

pub mod api;

use app::{App, notice::inbox::Wish};
use askama::Template;
use axum::{
    Form, Router,
    extract::{Query, State},
    middleware::from_fn,
    response::{Html, IntoResponse, Redirect, Response},
    routing::{get, post},
};
use model::{
    Id,
    access::{Actor, Role},
    alarm::Source,
    notice::{Kind, Notice},
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
    wish: Wish,
    /// An account that may want messages.
    prefers: bool,
    /// Has no record of their own: says here where messages go.
    says: bool,
    fault: Option<Fault>,
}

async fn list(
    State(app): State<App>,
    Office(actor): Office,
    frame: Frame,
    Query(Before { before }): Query<Before>,
) -> Result<Html<String>> {
    let wish = app::notice::inbox::wish(&app, &actor).await?;
    page(&List::new(&app, &actor, frame, before, wish).await?)
}

impl List {
    async fn new(
        app: &App,
        actor: &Actor,
        frame: Frame,
        before: Option<Id<Notice>>,
        wish: Wish,
    ) -> Result<Self> {
        let all = app::notice::inbox::mine(app, actor, before, LIMIT).await?;
        let unread =
            store::notice::inbox::unread(&mut app.db().read().await?, &actor.scope()).await?;
        let line = |one: &Notice| Line {
            said: frame.s(&format!("notice.kind-{}", one.kind.code()), "title", &one.title),
            link: link(one),
            when: text::date::ago(frame.lang, app.day_of(one.made_at), app.today()),
            unread: one.read_at.is_none(),
        };
        let full = i64::try_from(all.len()).unwrap_or(LIMIT) == LIMIT;
        let next = all.last().filter(|_| full).map(|one| one.id.to_string());
        Ok(Self {
            lines: all.iter().map(line).collect(),
            newest: all.first().map(|one| one.id.to_string()),
            next,
            unread: u64::try_from(unread).unwrap_or(0),
            wish,
            prefers: actor.may("notice.prefer").is_ok(),
            says: actor.role != Role::Jobseeker,
            fault: None,
            frame,
        })
    }
}

/// Where a line leads.
fn link(one: &Notice) -> String {
    if let Some(page) = one.source.as_deref().and_then(Source::parse).and_then(|one| one.page()) {
        return page;
    }
    match (one.application, one.vacancy) {
        (_, Some(id)) if one.kind == Kind::Expiring => format!("/vacancies/{id}/manage"),
        (_, Some(_)) if one.kind == Kind::Asked => "/me/applications".to_owned(),
        (_, Some(id)) if one.kind == Kind::Fits => format!("/me/matches/{id}"),
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
struct Given {
    /// There where the box is ticked.
    #[serde(default)]
    sms: String,
    #[serde(default)]
    mail: String,
    #[serde(default)]
    posts: String,
    #[serde(default)]
    phone: String,
    #[serde(default)]
    address: String,
}

async fn prefer(
    State(app): State<App>,
    Office(actor): Office,
    frame: Frame,
    Form(given): Form<Given>,
) -> Result<Response> {
    let Given { sms, mail, posts, phone, address } = given;
    let [sms, mail, posts] = [sms, mail, posts].map(|ticked| !ticked.is_empty());
    let wish = Wish { sms, mail, posts, phone, address };
    match app::notice::inbox::prefer(&app, &actor, &wish).await {
        Ok(()) => Ok(Redirect::to("/notices").into_response()),
        Err(error) => {
            let fault = Some(Fault::of(&frame, error)?);
            let list = List::new(&app, &actor, frame, None, wish).await?;
            Ok(again(page(&List { fault, ..list })?))
        }
    }
}
