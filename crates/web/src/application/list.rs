//! The office's list: what is open, what nobody has answered, what has ended.

use app::App;
use askama::Template;
use axum::{
    extract::{Query, State},
    response::Html,
};
use model::{Id, application::Application};
use serde::Deserialize;
use store::application::Which;

use super::line::{Line, lines};
use crate::{
    actor::Office,
    error::Result,
    frame::{Frame, page},
};

const LIMIT: usize = 50;

#[derive(Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    which: String,
    before: Option<Id<Application>>,
}

/// The lists there are.
const LISTS: [&str; 6] = ["open", "overdue", "hired", "rejected", "declined", "lapsed"];

#[derive(Template)]
#[template(path = "application/list.html")]
struct List {
    frame: Frame,
    lists: &'static [&'static str],
    which: String,
    lines: Vec<Line>,
    next: Option<String>,
    open: u64,
    overdue: u64,
}

pub(super) async fn list(
    State(app): State<App>,
    Office(actor): Office,
    frame: Frame,
    Query(Asked { which, before }): Query<Asked>,
) -> Result<Html<String>> {
    let which = if LISTS.contains(&which.as_str()) { which } else { "open".to_owned() };
    let asked = match which.as_str() {
        "open" => Which::Open,
        "overdue" => Which::Overdue(app.today()),
        state => Which::In(state.parse()?),
    };
    let (mut r, scope) = (app.db().read().await?, actor.scope());
    let (open, overdue) = store::application::count(&mut r, &scope, app.today()).await?;
    let found = store::application::page(&mut r, &scope, asked, before, LIMIT).await?;
    drop(r);
    let lines = lines(&frame, &app, &found.items).await?;
    let count = |n: i64| u64::try_from(n).unwrap_or(0);
    let (open, overdue) = (count(open), count(overdue));
    page(&List { frame, lists: &LISTS, which, lines, next: found.next, open, overdue })
}
