//! The page of an employer: what it says of itself, and its open vacancies.

pub mod api;

use app::App;
use askama::Template;
use axum::{
    Router,
    extract::{Path, Query, State},
    response::Html,
    routing::get,
};
use model::{
    Id,
    employer::{Details, Employer},
    page::Page,
    vacancy::Vacancy,
};
use serde::Deserialize;

use crate::{
    actor::Asker,
    error::Result,
    frame::{Frame, page, wording::Wording},
    vacancy::card::{Card, Fact},
};

pub fn routes() -> Router<App> {
    Router::new().route("/employers/{id}", get(show))
}

/// Vacancies on one page.
const LIMIT: usize = 20;

#[derive(Deserialize)]
struct After {
    /// The last vacancy of the page before.
    before: Option<Id<Vacancy>>,
}

#[derive(Template)]
#[template(path = "employer/show.html")]
struct Show {
    frame: Frame,
    employer: Employer,
    path: String,
    sheet: Vec<Fact>,
    cards: Vec<Card>,
    next: Option<String>,
}

async fn show(
    State(app): State<App>,
    Asker(actor): Asker,
    frame: Frame,
    Path(id): Path<Id<Employer>>,
    Query(After { before }): Query<After>,
) -> Result<Html<String>> {
    let (reference, scope) = (app.reference().await?, actor.scope());
    let mut r = app.db().read().await?;
    let employer = store::employer::find(&mut r, &scope, id).await?;
    let vacancies = store::vacancy::of_employer(&mut r, &scope, id, before, LIMIT).await?;
    let wording = Wording { lang: frame.lang, reference: &reference, today: app.today() };
    page(&Show::new(frame, employer, &vacancies, wording))
}

impl Show {
    fn new(
        frame: Frame,
        employer: Employer,
        vacancies: &Page<Vacancy>,
        wording: Wording<'_>,
    ) -> Self {
        let open = vacancies.items.iter().filter(|v| v.is_open(wording.today));
        Self {
            sheet: facts(&frame, &employer.details),
            cards: open.map(|v| Card::new(v, None, wording)).collect(),
            path: format!("/employers/{}", employer.id),
            next: vacancies.next.clone(),
            frame,
            employer,
        }
    }
}

/// What the employer says of itself.
fn facts(frame: &Frame, details: &Details) -> Vec<Fact> {
    let Details { industry_text, ownership, size, credit_code, .. } = details;
    let checked = frame.t("employer.code_checked");
    let all = [
        (frame.t("employer.industry"), industry_text, String::new()),
        (frame.t("employer.ownership"), ownership, String::new()),
        (frame.t("employer.size"), size, String::new()),
        (frame.t("employer.credit_code"), credit_code, checked),
    ];
    let known = all.into_iter().filter(|(_, value, _)| !value.is_empty());
    known.map(|(name, value, note)| Fact { name, value: value.clone(), note }).collect()
}
