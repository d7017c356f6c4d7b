//! A person's own applications: what is waited for, from whom, until when.

use app::App;
use askama::Template;
use axum::{extract::State, response::Html};
use model::application::Reason;

use super::line::{Line, lines};
use crate::{
    actor::Office,
    error::Result,
    frame::{Frame, page},
    invitation::{self, Asked},
};

/// The most that are shown.
const MOST: i64 = 200;

#[derive(Template)]
#[template(path = "application/mine.html")]
struct Mine {
    frame: Frame,
    /// Employers that ask the person to apply.
    asked: Vec<Asked>,
    open: Vec<Line>,
    ended: Vec<Line>,
    /// Nobody is registered behind this account yet.
    unregistered: bool,
}

pub(super) async fn list(
    State(app): State<App>,
    Office(actor): Office,
    frame: Frame,
) -> Result<Html<String>> {
    let scope = actor.scope();
    let all = match scope.person() {
        Some(person) => {
            let mut r = app.db().read().await?;
            store::application::of_person(&mut r, &scope, person, MOST).await?
        }
        None => vec![],
    };
    let (open, ended) = lines(&frame, &app, &all).await?.into_iter().partition(is_open);
    let asked = invitation::waiting(&app, &actor, &frame).await?;
    page(&Mine { unregistered: scope.person().is_none(), asked, frame, open, ended })
}

fn is_open(line: &Line) -> bool {
    line.state.is_open()
}

/// The reasons of a form, each with its words.
pub(super) fn reasons(
    frame: &Frame,
    state: model::application::State,
) -> Vec<(&'static str, String)> {
    let word = |why: &Reason| (why.code(), frame.t(&format!("application.reason-{}", why.code())));
    Reason::of(state).iter().map(word).collect()
}
