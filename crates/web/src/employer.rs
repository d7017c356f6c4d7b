//! The page of an employer: what it says of itself, and its open vacancies.

pub mod api;
mod desk;
mod paper;
mod register;
mod verification;

use app::App;
use askama::Template;
use axum::{
    Router,
    extract::{DefaultBodyLimit, Path, Query, State},
    response::Html,
    routing::{get, post},
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
    let most = DefaultBodyLimit::max(3 * app::employer::LARGEST);
    Router::new()
        .route("/employers", get(verification::list))
        .route("/employers/new", get(register::blank).post(register::register))
        .route("/employers/{id}", get(show))
        .route("/employers/{id}/verification", get(verification::show))
        .route("/employers/{id}/verification/{act}", post(verification::decide))
        .route("/employers/{id}/papers/{file}", get(paper::paper))
        .route("/desk", get(desk::desk))
        .route("/desk/vacancies.xlsx", get(desk::workbook))
        .route("/desk/papers", get(desk::papers).post(desk::apply).layer(most))
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
    verified: bool,
    /// Applications answered in time, of a hundred.
    answered: Option<u64>,
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
    let stand = store::employer::verification::one(&mut r, &scope, id).await?;
    let answered = store::employer::answers(&mut r, &scope, &[id]).await?.pop();
    let answered = answered.map(|(_, part)| u64::from(part));
    let verified = stand.is_verified(app.today());
    let vacancies = store::vacancy::of_employer(&mut r, &scope, id, before, LIMIT).await?;
    let wording = Wording { lang: frame.lang, reference: &reference, today: app.today() };
    page(&Show { verified, answered, ..Show::new(frame, employer, &vacancies, wording) })
}

/// The code of a place as somebody writes it.
async fn region(app: &App, text: &str) -> app::Result<String> {
    let reference = app.reference().await?;
    let read = reference.places.read(text, "");
    if read.region.is_empty() {
        return Err(model::Refusal::new("employer.place_unknown").field("place").into());
    }
    Ok(read.region)
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
            verified: false,
            answered: None,
            cards: open.map(|v| Card::new(v, "", wording)).collect(),
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
