//! Vacancies that seem to say the same, side by side, for a clerk to decide.

use std::collections::HashMap;

use app::App;
use askama::Template;
use axum::{
    Form,
    extract::{Query, State},
    response::{Html, Redirect},
};
use model::{
    Id,
    vacancy::{
        Vacancy,
        pair::{Pair, Verdict},
    },
};
use serde::Deserialize;

use super::card::Card;
use crate::{
    actor::Office,
    error::Result,
    frame::{Frame, page, wording::Wording},
};

/// Pairs on one page.
const LIMIT: i64 = 30;

/// One of the two.
struct Side {
    id: Id<Vacancy>,
    card: Card,
    text: String,
    source: String,
}

struct Line {
    kind: &'static str,
    likeness: u64,
    first: Side,
    second: Side,
}

impl Line {
    fn sides(&self) -> [&Side; 2] {
        [&self.first, &self.second]
    }
}

#[derive(Template)]
#[template(path = "vacancy/pairs.html")]
struct List {
    frame: Frame,
    verdict: Verdict,
    lines: Vec<Line>,
}

#[derive(Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    verdict: String,
}

pub(super) async fn list(
    State(app): State<App>,
    Office(actor): Office,
    frame: Frame,
    Query(Asked { verdict }): Query<Asked>,
) -> Result<Html<String>> {
    let (reference, scope) = (app.reference().await?, actor.scope());
    let verdict = verdict.parse().unwrap_or(Verdict::Open);
    let wording = Wording { lang: frame.lang, reference: &reference, today: app.today() };
    let mut r = app.db().read().await?;
    let pairs = store::vacancy::pair::list(&mut r, &scope, verdict, LIMIT).await?;
    let ids: Vec<_> = pairs.iter().flat_map(|pair| [pair.shown, pair.copy]).collect();
    let vacancies = store::vacancy::named(&mut r, &scope, &ids).await?;
    let vacancies: HashMap<_, _> = vacancies.into_iter().map(|row| (row.0.id, row)).collect();
    let side = |id: Id<Vacancy>| {
        let (vacancy, employer) = vacancies.get(&id)?;
        let card = Card::new(vacancy, employer, wording);
        let text = vacancy.offer.duties.chars().take(240).collect();
        Some(Side { id, card, text, source: vacancy.source.name.clone() })
    };
    let line = |pair: &Pair| {
        let (first, second) = (side(pair.shown)?, side(pair.copy)?);
        let likeness = u64::try_from(pair.likeness).unwrap_or(0);
        Some(Line { kind: pair.kind.code(), likeness, first, second })
    };
    let lines = pairs.iter().filter_map(line).collect();
    page(&List { frame, verdict, lines })
}

impl List {
    #[expect(clippy::unused_self, reason = "a page asks itself")]
    fn verdicts(&self) -> &'static [Verdict] {
        Verdict::ALL
    }

    #[expect(clippy::trivially_copy_pass_by_ref, reason = "a page hands over a reference")]
    fn chosen(&self, one: &Verdict) -> bool {
        self.verdict == *one
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Decision {
    shown: Id<Vacancy>,
    copy: Id<Vacancy>,
    verdict: String,
}

pub(super) async fn decide(
    State(app): State<App>,
    Office(actor): Office,
    Form(Decision { shown, copy, verdict }): Form<Decision>,
) -> Result<Redirect> {
    app::vacancy::pair::decide(&app, &actor, (shown, copy), verdict.parse()?).await?;
    Ok(Redirect::to("/vacancies/pairs"))
}
