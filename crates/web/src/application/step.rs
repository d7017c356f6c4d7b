//! What is done with applications from pages: applying, sending, moving on.

use app::{App, application::Step};
use axum::Form;
use axum::{
    extract::{Path, RawForm, State},
    response::Redirect,
};
use chrono::NaiveDateTime;
use model::{
    Id, Refusal,
    account::next,
    application::{Act, Application, Reason, State as Standing},
    jobseeker::Jobseeker,
    vacancy::Vacancy,
};
use serde::Deserialize;

use crate::{
    actor::Office,
    error::{Error, Result},
};

/// One tap of a registered person.
pub(super) async fn submit(
    State(app): State<App>,
    Office(actor): Office,
    Path(id): Path<Id<Vacancy>>,
) -> Result<Redirect> {
    let one = app::application::submit(&app, &actor, id).await?;
    Ok(Redirect::to(&format!("/applications/{}", one.id)))
}

/// The vacancies that were ticked, each a letter.
pub(super) async fn refer(
    State(app): State<App>,
    Office(actor): Office,
    Path(id): Path<Id<Jobseeker>>,
    RawForm(body): RawForm,
) -> Result<Redirect> {
    let chosen = chosen(&body, "vacancy")?;
    let letters = app::application::letter::refer(&app, &actor, id, &chosen).await?;
    let ids: Vec<String> = letters.iter().map(|one| format!("id={}", one.id)).collect();
    Ok(Redirect::to(&format!("/applications/letters?{}", ids.join("&"))))
}

/// The ids of a form's field, in the order they came, each once.
pub(crate) fn chosen<T>(form: &[u8], name: &str) -> Result<Vec<Id<T>>> {
    let text = String::from_utf8_lossy(form).into_owned();
    let mut ids: Vec<Id<T>> = vec![];
    for pair in text.split('&') {
        let Some((key, value)) = pair.split_once('=') else { continue };
        if key == name && !value.is_empty() {
            let id = value.parse().map_err(Error::malformed)?;
            if !ids.contains(&id) {
                ids.push(id);
            }
        }
    }
    Ok(ids)
}

/// An act as a form or a program names it.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Given {
    pub act: String,
    pub reason: String,
    pub note: String,
    /// "2026-11-28T09:30", on the office's clock.
    pub meets_at: String,
    pub meets_where: String,
    /// The state that was on the page.
    pub seen: String,
    /// Where to go on.
    pub back: String,
}

impl Given {
    pub(super) fn step(&self, app: &App) -> Result<Step, Refusal> {
        let reason = || -> Result<Reason, Refusal> {
            if self.reason.is_empty() {
                return Err(Refusal::new("application.reason_missing").field("reason"));
            }
            self.reason.parse()
        };
        let act = match self.act.as_str() {
            "shortlist" => Act::Shortlist,
            "invite" => {
                let malformed = || Refusal::new("application.meets_malformed").field("meets_at");
                let typed = self.meets_at.trim();
                let local = NaiveDateTime::parse_from_str(typed, "%Y-%m-%dT%H:%M")
                    .or_else(|_| NaiveDateTime::parse_from_str(typed, "%Y-%m-%d %H:%M"))
                    .map_err(|_| malformed())?;
                Act::Invite { at: app.moment(local), place: self.meets_where.clone() }
            }
            "arrive" => Act::Arrive,
            "offer" => Act::Offer,
            "hire" => Act::Hire,
            "reject" => Act::Reject(reason()?),
            "agree" => Act::Agree,
            "decline" => Act::Decline(reason()?),
            "lapse" => Act::Lapse(Reason::NoAnswer),
            "reopen" => Act::Reopen,
            other => {
                let refusal = Refusal::new("application.act_unknown").field("act");
                let valid = "shortlist, invite, arrive, offer, hire, reject, agree, decline, \
                             lapse, reopen";
                return Err(refusal.arg("value", other).arg("valid", valid));
            }
        };
        let seen = match self.seen.as_str() {
            "" => None,
            code => Some(code.parse::<Standing>()?),
        };
        Ok(Step { act, note: self.note.clone(), seen })
    }
}

pub(super) async fn act(
    State(app): State<App>,
    Office(actor): Office,
    Path(id): Path<Id<Application>>,
    Form(given): Form<Given>,
) -> Result<Redirect> {
    let step = given.step(&app).map_err(app::Error::from)?;
    app::application::act(&app, &actor, id, &step).await?;
    let own = format!("/applications/{id}");
    let back = if given.back.is_empty() { own.as_str() } else { next(&given.back) };
    Ok(Redirect::to(back))
}
