//! What is due, what is too late, who works where.

use app::App;
use askama::Template;
use axum::{
    extract::{Query, State},
    response::Html,
};
use model::{Id, placement::Placement};
use serde::Deserialize;
use store::placement::Which;

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
    before: Option<Id<Placement>>,
}

const LISTS: [&str; 4] = ["due", "overdue", "open", "ended"];

#[derive(Template)]
#[template(path = "placement/list.html")]
struct List {
    frame: Frame,
    lists: &'static [&'static str],
    which: String,
    lines: Vec<Line>,
    next: Option<String>,
    due: u64,
    overdue: u64,
}

pub(crate) struct Line {
    pub id: String,
    pub label: String,
    pub employer: String,
    pub post: String,
    pub state: String,
    pub since: String,
    pub due: String,
    pub late: bool,
}

impl Line {
    pub(crate) fn new(frame: &Frame, app: &App, one: &Placement) -> Self {
        let day = |day| text::date::full(frame.lang, day);
        Self {
            id: one.id.to_string(),
            label: one.jobseeker.label(),
            employer: one.work.employer_name.clone(),
            post: one.work.post.clone(),
            state: frame.t(&format!("placement.state-{}", one.state.code())),
            since: day(one.ended_on.or(one.work.started_on).unwrap_or(one.hired_on)),
            due: one.due_on.map(day).unwrap_or_default(),
            late: one.due_on.is_some_and(|due| due < app.today()),
        }
    }
}

pub(super) async fn list(
    State(app): State<App>,
    Office(actor): Office,
    frame: Frame,
    Query(Asked { which, before }): Query<Asked>,
) -> Result<Html<String>> {
    let which = if LISTS.contains(&which.as_str()) { which } else { "due".to_owned() };
    let asked = match which.as_str() {
        "overdue" => Which::Overdue(app.today()),
        "open" => Which::Open,
        "ended" => Which::Ended,
        _ => Which::Due,
    };
    let (mut r, scope) = (app.db().read().await?, actor.scope());
    let (due, overdue) = store::placement::count(&mut r, &scope, app.today()).await?;
    let found = store::placement::page(&mut r, &scope, asked, before, LIMIT).await?;
    let lines = found.items.iter().map(|one| Line::new(&frame, &app, one)).collect();
    let count = |n: i64| u64::try_from(n).unwrap_or(0);
    let (due, overdue) = (count(due), count(overdue));
    page(&List { frame, lists: &LISTS, which, lines, next: found.next, due, overdue })
}
