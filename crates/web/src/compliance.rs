//! What the gate finds, shown in the text: for whoever writes a vacancy, and for the clerk who decides
//! about one that waits.

pub mod api;
pub(crate) mod said;

use app::App;
use askama::Template;
use axum::{
    Form, Router,
    extract::{Path, Query, State},
    http::StatusCode,
    response::{Html, IntoResponse, Redirect, Response},
    routing::{get, post},
};
use model::{
    Id, Refusal,
    access::Actor,
    compliance::{Finding, Strength, fact, verdict},
    vacancy::{self, Offer, Vacancy, form::Written},
};
use serde::Deserialize;

use self::said::{Part, Said, parts};
use crate::{
    actor::{Asker, Office},
    error::Result,
    frame::{Fault, Frame, again, page},
};

pub fn routes() -> Router<App> {
    Router::new()
        .route("/vacancies/check", get(blank).post(check))
        .route("/vacancies/held", get(list))
        .route("/vacancies/{id}/held", get(show))
        .route("/vacancies/{id}/held/{decision}", post(decide))
}

/// A field with its text, the words that were hit marked in it.
pub(crate) struct Field {
    pub(crate) label: String,
    pub(crate) parts: Vec<Part>,
}

/// The fields of an offer that say something.
pub(crate) fn fields(frame: &Frame, offer: &Offer, findings: &[Finding]) -> Vec<Field> {
    let texts = fact::texts(offer).into_iter().filter(|text| !text.text.is_empty());
    texts
        .map(|text| Field {
            label: frame.t(&format!("compliance.field-{}", text.field)),
            parts: parts(text, findings),
        })
        .collect()
}

#[derive(Template)]
#[template(path = "compliance/check.html")]
struct Check {
    frame: Frame,
    tried: Written,
    /// Nothing was sent yet.
    blank: bool,
    verdict: Strength,
    fields: Vec<Field>,
    said: Vec<Said>,
    fault: Option<Fault>,
}

async fn blank(frame: Frame) -> Result<Html<String>> {
    let (fields, said, fault, tried) = Default::default();
    let verdict = Strength::Harmless;
    page(&Check { frame, tried, blank: true, verdict, fields, said, fault })
}

async fn check(
    State(app): State<App>,
    Asker(actor): Asker,
    frame: Frame,
    Form(tried): Form<Written>,
) -> Result<Response> {
    let (status, offer, findings, fault) = match app::compliance::check(&app, &actor, &tried).await
    {
        Ok((offer, findings)) => (StatusCode::OK, offer, findings, None),
        Err(error) => {
            let fault = Some(Fault::of(&frame, error)?);
            (StatusCode::UNPROCESSABLE_ENTITY, Offer::default(), vec![], fault)
        }
    };
    let said = findings.iter().map(|finding| Said::new(&frame, finding)).collect();
    let shown = Check {
        blank: false,
        verdict: verdict(&findings),
        fields: fields(&frame, &offer, &findings),
        said,
        tried,
        fault,
        frame,
    };
    Ok((status, page(&shown)?).into_response())
}

#[derive(Deserialize)]
struct Asked {
    /// `submitted`: waiting; `rejected`: turned away.
    #[serde(default)]
    state: String,
    #[serde(default)]
    after: String,
}

impl Asked {
    /// What is listed: what waits, where nothing else is asked for.
    fn state(&self) -> vacancy::State {
        match self.state.as_str() {
            "rejected" => vacancy::State::Rejected,
            _ => vacancy::State::Submitted,
        }
    }
}

/// Vacancies on one page.
const LIMIT: usize = 20;

#[derive(Template)]
#[template(path = "compliance/list.html")]
struct List {
    frame: Frame,
    state: vacancy::State,
    entries: Vec<Entry>,
    next: Option<String>,
}

/// One vacancy that waits, and why.
struct Entry {
    id: String,
    title: String,
    since: String,
    said: Vec<Said>,
}

async fn list(
    State(app): State<App>,
    Office(actor): Office,
    frame: Frame,
    Query(asked): Query<Asked>,
) -> Result<Html<String>> {
    let (state, after) = (asked.state(), asked.after.parse().ok());
    let found = app::compliance::queue(&app, &actor, state, after, LIMIT).await?;
    let entry = |(vacancy, findings): &(Vacancy, Vec<Finding>)| {
        let keeping = findings.iter().filter(|f| f.strength > Strength::Warn);
        Entry {
            id: vacancy.id.to_string(),
            title: vacancy.offer.title.clone(),
            since: text::date::ago(frame.lang, app.day_of(vacancy.updated_at), app.today()),
            said: keeping.map(|finding| Said::new(&frame, finding)).collect(),
        }
    };
    let entries = found.items.iter().map(entry).collect();
    page(&List { state, entries, next: found.next, frame })
}

#[derive(Template)]
#[template(path = "compliance/show.html")]
struct Show {
    frame: Frame,
    id: String,
    title: String,
    employer: String,
    state: vacancy::State,
    fields: Vec<Field>,
    said: Vec<Said>,
    reason: String,
    fault: Option<Fault>,
}

async fn show(
    State(app): State<App>,
    Office(actor): Office,
    frame: Frame,
    Path(id): Path<Id<Vacancy>>,
) -> Result<Html<String>> {
    page(&Show::new(&app, &actor, frame, id).await?)
}

impl Show {
    async fn new(app: &App, actor: &Actor, frame: Frame, id: Id<Vacancy>) -> Result<Self> {
        let mut r = app.db().read().await?;
        let vacancy = store::vacancy::managed_by(&mut r, &actor.scope(), id).await?;
        let findings = store::compliance::of(&mut r, &actor.scope(), id).await?;
        let employer = store::employer::of_ids(&mut r, &actor.scope(), &[vacancy.employer]).await?;
        let employer = employer.into_iter().next().map(|employer| employer.details.name);
        Ok(Self {
            id: id.to_string(),
            title: vacancy.offer.title.clone(),
            employer: employer.unwrap_or_default(),
            state: vacancy.state,
            fields: fields(&frame, &vacancy.offer, &findings),
            said: findings.iter().map(|finding| Said::new(&frame, finding)).collect(),
            reason: String::new(),
            fault: None,
            frame,
        })
    }

    fn waits(&self) -> bool {
        matches!(self.state, vacancy::State::Submitted | vacancy::State::Rejected)
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Decision {
    #[serde(default)]
    reason: String,
}

async fn decide(
    State(app): State<App>,
    Office(actor): Office,
    frame: Frame,
    Path((id, word)): Path<(Id<Vacancy>, String)>,
    Form(Decision { reason }): Form<Decision>,
) -> Result<Response> {
    match decided(&app, &actor, id, &word, &reason).await {
        Ok(_) => Ok(Redirect::to("/vacancies/held").into_response()),
        Err(error) => {
            let fault = Some(Fault::of(&frame, error)?);
            let shown = Show { reason, fault, ..Show::new(&app, &actor, frame, id).await? };
            Ok(again(page(&shown)?))
        }
    }
}

/// Does what the word says: `release`, `reject`, `give-back`.
async fn decided(
    app: &App,
    actor: &Actor,
    id: Id<Vacancy>,
    word: &str,
    reason: &str,
) -> app::Result<Vacancy> {
    match word {
        "release" => app::compliance::release(app, actor, id, reason).await,
        "reject" => app::compliance::reject(app, actor, id, (None, reason)).await,
        "give-back" => app::compliance::give_back(app, actor, id, reason).await,
        other => {
            let refusal = Refusal::new("compliance.decision_unknown").field("decision");
            let valid = "release, reject, give-back";
            Err(refusal.arg("value", other).arg("valid", valid).into())
        }
    }
}
