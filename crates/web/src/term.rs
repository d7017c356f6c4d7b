//! Figures that an office keeps, minimum wages first: every row with its time, and a form for one more.

use app::App;
use askama::Template;
use axum::{
    Form, Router,
    extract::State,
    response::{Html, IntoResponse, Redirect, Response},
    routing::get,
};
use model::{
    Refusal,
    access::Actor,
    term::{KEPT, Term},
};
use serde::Deserialize;

use crate::{
    actor::Office,
    error::Result,
    frame::{Fault, Frame, again, page, wording::Wording},
};

pub fn routes() -> Router<App> {
    Router::new().route("/terms", get(list).post(keep))
}

#[derive(Template)]
#[template(path = "term/list.html")]
struct List {
    frame: Frame,
    lines: Vec<Line>,
    given: Given,
    fault: Option<Fault>,
}

/// One row in words.
struct Line {
    what: String,
    place: String,
    value: String,
    from: String,
    to: String,
    basis: String,
    /// Added by an office.
    own: bool,
    /// In force today.
    now: bool,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Given {
    key: String,
    region: String,
    value: String,
    valid_from: String,
    basis: String,
}

async fn list(State(app): State<App>, Office(actor): Office, frame: Frame) -> Result<Html<String>> {
    page(&List::new(&app, &actor, frame).await?)
}

async fn keep(
    State(app): State<App>,
    Office(actor): Office,
    frame: Frame,
    Form(given): Form<Given>,
) -> Result<Response> {
    let kept = match given.term() {
        Ok(term) => app::term::keep(&app, &actor, &term).await,
        Err(refusal) => Err(refusal.into()),
    };
    match kept {
        Ok(()) => Ok(Redirect::to("/terms").into_response()),
        Err(error) => {
            let fault = Some(Fault::of(&frame, error)?);
            let shown = List { given, fault, ..List::new(&app, &actor, frame).await? };
            Ok(again(page(&shown)?))
        }
    }
}

impl Given {
    fn term(&self) -> Result<Term, Refusal> {
        let value = model::cell::fold(&self.value);
        let malformed = |_| Refusal::new("term.value_malformed").field("value");
        let unclear = |_| Refusal::new("term.day_malformed").field("valid_from");
        let unit = KEPT.iter().find(|(key, _)| *key == self.key).map_or("", |(_, unit)| unit);
        Ok(Term {
            key: self.key.clone(),
            region: self.region.trim().to_owned(),
            value: value.parse().map_err(malformed)?,
            unit: unit.to_owned(),
            valid_from: self.valid_from.trim().parse().map_err(unclear)?,
            valid_to: None,
            basis: self.basis.trim().to_owned(),
        })
    }
}

impl List {
    async fn new(app: &App, actor: &Actor, frame: Frame) -> Result<Self> {
        let reference = app.reference().await?;
        let wording = Wording { lang: frame.lang, reference: &reference, today: app.today() };
        let mut r = app.db().read().await?;
        let mut lines = Vec::new();
        for (key, _) in KEPT {
            let rows = store::term::like(&mut r, &actor.scope(), key).await?;
            lines.extend(rows.into_iter().map(|(term, own)| {
                let now = reference.terms.find(&term.key, &term.region) == Some(&term);
                Line::new(&frame, wording, term, own, now)
            }));
        }
        Ok(Self { frame, lines, given: Given::default(), fault: None })
    }

    fn keys(&self) -> Vec<(&'static str, String)> {
        let word = |key| (key, self.frame.t(&format!("term.key-{key}")));
        KEPT.iter().map(|(key, _)| word(*key)).collect()
    }
}

impl Line {
    fn new(frame: &Frame, wording: Wording<'_>, term: Term, own: bool, now: bool) -> Self {
        let day = |day| text::date::full(frame.lang, day);
        let place = match term.region.as_str() {
            "" => frame.t("term.everywhere"),
            code => format!("{} {code}", wording.region(code)),
        };
        Self {
            what: frame.t(&format!("term.key-{}", term.key)),
            place,
            value: format!("{:.1}", term.value).trim_end_matches(".0").to_owned(),
            from: day(term.valid_from),
            to: term.valid_to.map(day).unwrap_or_default(),
            basis: term.basis,
            own,
            now,
        }
    }
}
