//! For how long what is kept, on what basis, and what will go when.

use app::{App, retention::Due};
use askama::Template;
use axum::{Router, extract::State, middleware::from_fn, response::Html, routing::get};

use crate::{
    actor::Office,
    error::Result,
    frame::{Frame, page},
    guard::private,
};

pub fn routes() -> Router<App> {
    Router::new().route("/retention", get(list)).layer(from_fn(private))
}

#[derive(Template)]
#[template(path = "retention/list.html")]
struct List {
    frame: Frame,
    rules: Vec<Line>,
    tables: Vec<[String; 3]>,
}

struct Line {
    rule: &'static str,
    days: u64,
    basis: String,
    today: u64,
    soon: u64,
    people: Vec<(String, String)>,
}

async fn list(State(app): State<App>, Office(actor): Office, frame: Frame) -> Result<Html<String>> {
    let due = app::retention::preview(&app, &actor).await?;
    let rules = due.into_iter().map(|due| Line::new(&app, &frame, due)).collect();
    let chinese = frame.lang == text::Lang::Zh;
    let table = |table: &model::inventory::Table| {
        let [zh, en] = &table.purpose;
        let purpose = if chinese { zh } else { en }.clone();
        [purpose, table.name.clone(), table.kept.clone()]
    };
    let personal = store::inventory::tables().iter();
    let tables = personal.filter(|t| t.personal() || t.account.is_some()).map(table).collect();
    page(&List { frame, rules, tables })
}

impl Line {
    fn new(app: &App, frame: &Frame, due: Due) -> Self {
        let Due { standing, today, soon, people } = due;
        let day = |at| text::date::full(frame.lang, app.day_of(at).max(app.today()));
        let count = |n: i64| u64::try_from(n).unwrap_or(0);
        Self {
            rule: standing.rule.code(),
            days: standing.days,
            basis: standing.basis,
            today: count(today),
            soon: count(soon),
            people: people.into_iter().map(|(id, at)| (id.label(), day(at))).collect(),
        }
    }
}
