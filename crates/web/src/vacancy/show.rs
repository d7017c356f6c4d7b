//! A vacancy, or that it is closed.

use app::App;
use askama::Template;
use axum::{
    extract::{Path, State},
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
};
use model::{Id, employer::Employer, vacancy::Vacancy};

use super::{
    card::{Card, Fact},
    params, posting, sheet,
};
use crate::{
    actor::Asker,
    error::Result,
    frame::{Frame, page, wording::Wording},
};

#[derive(Template)]
#[template(path = "vacancy/show.html")]
struct Show {
    frame: Frame,
    card: Card,
    employer: Employer,
    path: String,
    back: String,
    summary: String,
    /// JobPosting, safe inside a script element.
    posting: String,
    pay_note: String,
    sheet: Vec<Fact>,
    skills: Vec<Fact>,
    /// What the law asks for, with where it stands.
    lawful: Vec<String>,
    duties: Vec<String>,
    contact: String,
    /// The contact as a number to call, if it is one.
    telephone: String,
    about: Vec<String>,
    /// The same vacancy from other sources: address and name.
    copies: Vec<(String, String)>,
    near: String,
    similar: Vec<Card>,
    /// Whoever looks looks after it.
    managed: bool,
    /// The application of the person who looks, if there is one.
    applied: Option<String>,
}

/// So many similar vacancies stand on the page.
const SIMILAR: usize = 4;

#[derive(Template)]
#[template(path = "vacancy/gone.html")]
struct Gone {
    frame: Frame,
    title: String,
    employer: Id<Employer>,
    near: String,
    /// Where whoever looks after it goes on, or empty.
    manage: String,
}

pub(super) async fn show(
    State(app): State<App>,
    Asker(actor): Asker,
    frame: Frame,
    Path(id): Path<Id<Vacancy>>,
    headers: HeaderMap,
) -> Result<Response> {
    let (reference, scope) = (app.reference().await?, actor.scope());
    let mut r = app.db().read().await?;
    let vacancy = store::vacancy::find(&mut r, &scope, id).await?;
    let wording = Wording { lang: frame.lang, reference: &reference, today: app.today() };
    let managed = actor.may("vacancy.own").is_ok()
        && store::vacancy::managed_by(&mut r, &scope, id).await.is_ok();
    if !vacancy.is_open(app.today()) {
        let manage = if managed { format!("/vacancies/{id}/manage") } else { String::new() };
        let gone = Gone { manage, ..Gone::new(frame, &vacancy, wording) };
        return Ok((StatusCode::GONE, page(&gone)?).into_response());
    }
    let employer = store::employer::find(&mut r, &scope, vacancy.employer).await?;
    let back = params::back(&headers, app.today());
    let mut copies = store::vacancy::copy::beside(&mut r, &scope, &vacancy).await?;
    copies.retain(|copy| copy.is_open(app.today()));
    let link = |copy: &Vacancy| (format!("/vacancies/{}", copy.id), copy.source.name.clone());
    let copies = copies.iter().map(link).collect();
    let applied = match scope.person() {
        Some(person) => store::application::open_between(&mut r, &scope, person, id).await?,
        None => None,
    };
    let applied = applied.map(|one| one.id.to_string());
    drop(r);
    // while the index is made anew the page does without
    let similar = app::vacancy::similar(&app, &actor, &vacancy, SIMILAR).await.unwrap_or_default();
    let card = |(hit, _): (model::vacancy::query::Hit, i64)| {
        Card::new(&hit.vacancy, &hit.employer, wording)
    };
    let similar = similar.into_iter().map(card).collect();
    let show = Show {
        copies,
        similar,
        managed,
        applied,
        ..Show::new(frame, &vacancy, employer, wording, back)
    };
    Ok(page(&show)?.into_response())
}

impl Gone {
    fn new(frame: Frame, vacancy: &Vacancy, wording: Wording<'_>) -> Self {
        let near = sheet::similar(vacancy, wording);
        let (title, manage) = (vacancy.offer.title.clone(), String::new());
        Self { frame, title, employer: vacancy.employer, near, manage }
    }
}

impl Show {
    fn new(
        frame: Frame,
        vacancy: &Vacancy,
        employer: Employer,
        wording: Wording<'_>,
        back: String,
    ) -> Self {
        let card = Card::new(vacancy, &employer.details.name, wording);
        let path = format!("/vacancies/{}", vacancy.id);
        let details = &employer.details;
        let about = [&details.industry_text, &details.ownership, &details.size];
        Self {
            summary: sheet::summary(&card),
            posting: posting::json(vacancy, &employer, &frame.full(&path), wording),
            pay_note: sheet::pay_note(&vacancy.offer, wording),
            sheet: sheet::facts(vacancy, wording),
            skills: sheet::skills(&vacancy.offer, wording),
            lawful: sheet::lawful(&vacancy.offer, wording),
            duties: sheet::paragraphs(&vacancy.offer.duties),
            contact: vacancy.offer.contact.clone(),
            telephone: sheet::telephone(&vacancy.offer.contact),
            about: about.into_iter().filter(|a| !a.is_empty()).cloned().collect(),
            copies: Vec::new(),
            near: sheet::similar(vacancy, wording),
            similar: Vec::new(),
            managed: false,
            applied: None,
            back,
            frame,
            card,
            path,
            employer,
        }
    }
}
