//! Employers that wait for a clerk: the list, one with its papers, and the decision.

use app::{
    App,
    employer::{Decision, refuse, suspend, verify},
};
use askama::Template;
use axum::{
    Form,
    extract::{Path, Query, State},
    response::{Html, IntoResponse, Redirect, Response},
};
use model::{
    Id, Refusal,
    access::Actor,
    employer::{
        Employer,
        verification::{Act, State as Stage, Verification},
    },
};
use serde::Deserialize;
use store::employer::verification as rows;

use super::paper::{Shown, shown};
use crate::{
    actor::Office,
    error::Result,
    frame::{Fault, Frame, again, page},
};

/// Employers on one page.
const LIMIT: usize = 30;

#[derive(Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    state: String,
    after: Option<Id<Employer>>,
}

struct Line {
    id: Id<Employer>,
    name: String,
    code: String,
    since: String,
    agency: bool,
}

#[derive(Template)]
#[template(path = "employer/list.html")]
struct List {
    frame: Frame,
    state: Stage,
    states: &'static [Stage],
    lines: Vec<Line>,
    next: Option<String>,
}

impl List {
    #[expect(clippy::trivially_copy_pass_by_ref, reason = "a page hands over a reference")]
    fn chosen(&self, one: &Stage) -> bool {
        self.state == *one
    }
}

pub(super) async fn list(
    State(app): State<App>,
    Office(actor): Office,
    frame: Frame,
    Query(Asked { state, after }): Query<Asked>,
) -> Result<Html<String>> {
    let (state, scope) = (state.parse().unwrap_or(Stage::Submitted), actor.scope());
    let mut r = app.db().read().await?;
    let found = rows::queue(&mut r, &scope, state, after, LIMIT).await?;
    let ids: Vec<_> = found.items.iter().map(|employer| employer.id).collect();
    let stands = rows::of(&mut r, &scope, &ids).await?;
    let line = |employer: Employer| {
        let (_, stand) = stands.iter().find(|(id, _)| *id == employer.id)?;
        let since = text::date::ago(frame.lang, app.day_of(stand.since), app.today());
        let Employer { id, details, .. } = employer;
        let code = if stand.claim.code.is_empty() {
            details.credit_code
        } else {
            stand.claim.code.clone()
        };
        Some(Line { id, name: details.name, code, since, agency: stand.claim.agency })
    };
    let lines = found.items.into_iter().filter_map(line).collect();
    page(&List { state, states: Stage::ALL, lines, next: found.next, frame })
}

#[derive(Template)]
#[template(path = "employer/verification.html")]
struct Show {
    frame: Frame,
    employer: Employer,
    verification: Verification,
    since: String,
    place: String,
    valid_to: String,
    files: Vec<Shown>,
    /// Others with the same code or name: the id, the name, the code.
    alike: Vec<(Id<Employer>, String, String)>,
    usual: String,
    fault: Option<Fault>,
}

impl Show {
    async fn new(app: &App, actor: &Actor, frame: Frame, id: Id<Employer>) -> Result<Self> {
        let (reference, scope) = (app.reference().await?, actor.scope());
        let mut r = app.db().read().await?;
        let employer = store::employer::looked_after(&mut r, &scope, id).await?;
        let verification = rows::one(&mut r, &scope, id).await?;
        let files = rows::files(&mut r, &scope, id).await?;
        let key = model::cell::fold(&employer.details.name);
        let alike = rows::alike(&mut r, &scope, (id, &verification.claim.code, &key)).await?;
        let other = |e: Employer| (e.id, e.details.name, e.details.credit_code);
        let path = reference.places.path(&verification.claim.region);
        let year = app.today() + chrono::TimeDelta::days(365);
        Ok(Self {
            since: text::date::ago(frame.lang, app.day_of(verification.since), app.today()),
            place: path.iter().map(|region| region.name.as_str()).collect(),
            valid_to: verification
                .valid_to
                .map(|day| text::date::full(frame.lang, day))
                .unwrap_or_default(),
            files: shown(app, &frame, &files),
            alike: alike.into_iter().map(other).collect(),
            usual: year.to_string(),
            fault: None,
            employer,
            verification,
            frame,
        })
    }

    fn can(&self, act: &str) -> bool {
        act.parse::<Act>().is_ok_and(|act| act.begins(self.verification.state))
    }
}

pub(super) async fn show(
    State(app): State<App>,
    Office(actor): Office,
    frame: Frame,
    Path(id): Path<Id<Employer>>,
) -> Result<Html<String>> {
    page(&Show::new(&app, &actor, frame, id).await?)
}

#[derive(Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct Given {
    reason: String,
    valid_to: String,
    same: String,
}

pub(super) async fn decide(
    State(app): State<App>,
    Office(actor): Office,
    frame: Frame,
    Path((id, act)): Path<(Id<Employer>, String)>,
    Form(given): Form<Given>,
) -> Result<Response> {
    match decided(&app, &actor, (id, &act), &given).await {
        Ok(id) => Ok(Redirect::to(&format!("/employers/{id}/verification")).into_response()),
        Err(error) => {
            let fault = Some(Fault::of(&frame, error)?);
            Ok(again(page(&Show { fault, ..Show::new(&app, &actor, frame, id).await? })?))
        }
    }
}

/// Does what the word says; gives the employer that is left where two became one.
pub(super) async fn decided(
    app: &App,
    actor: &Actor,
    (id, act): (Id<Employer>, &str),
    given: &Given,
) -> app::Result<Id<Employer>> {
    let malformed = |_| Refusal::new("vacancy.day_malformed").field("valid_to");
    let reason = given.reason.clone();
    match act.parse()? {
        Act::Verify => {
            let day = given.valid_to.trim();
            let valid_to =
                if day.is_empty() { None } else { Some(day.parse().map_err(malformed)?) };
            let decision = Decision { reason, valid_to, same: given.same.parse().ok() };
            verify(app, actor, id, &decision).await
        }
        Act::Refuse => refuse(app, actor, id, &reason).await.map(|()| id),
        Act::Suspend => suspend(app, actor, id, &reason).await.map(|()| id),
        Act::Apply => Err(Refusal::new("employer.act_impossible").into()),
    }
}
