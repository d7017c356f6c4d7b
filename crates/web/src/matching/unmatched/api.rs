//! Nobody's list for programs.

use app::App;
use axum::{
    Json,
    extract::{Query, State},
    http::StatusCode,
};
use chrono::{DateTime, Utc};
use model::{
    Refusal, access::Actor, matching::Binding, reference::Reference, vacancy::query::VacancyQuery,
};
use serde::Serialize;
use store::matching::unmatched::{self as rows, Survey};
use utoipa::ToSchema;

use super::{Asked, Block, CELLS, Line, PEOPLE, blocks, people};
use crate::{
    actor::Office,
    error::{Error, Result},
    frame::Frame,
};

/// Nobody's list.
#[derive(Serialize, ToSchema)]
#[schema(as = UnmatchedAnswer)]
pub(crate) struct Answer {
    /// The last survey that has ended; nothing before the first.
    survey: Option<Counted>,
    /// The one that goes on.
    running: Option<Progress>,
    /// People by place and occupation together, most first.
    cells: Vec<Block>,
    /// Hand it back as `from` for the cells that follow.
    next_from: Option<i64>,
    items: Vec<Line>,
    /// Hand it back as `after` for the people who follow.
    next: Option<String>,
}

#[derive(Serialize, ToSchema)]
#[schema(as = UnmatchedSurvey)]
pub(crate) struct Counted {
    at: Option<DateTime<Utc>>,
    /// Of the weights.
    version: i64,
    people: i64,
    posts: i64,
    unmatched: i64,
}

#[derive(Serialize, ToSchema)]
#[schema(as = UnmatchedProgress)]
pub(crate) struct Progress {
    asked_at: DateTime<Utc>,
    /// Looked at so far, and how many looked for work when it was asked for.
    people: i64,
    whole: i64,
}

impl From<&Survey> for Progress {
    fn from(one: &Survey) -> Self {
        let Survey { asked_at, people, whole, .. } = one;
        Self { asked_at: *asked_at, people: *people, whole: *whole }
    }
}

/// People whom no open post fits, without names, and what would free most posts.
#[utoipa::path(get, path = "/api/v1/matching/unmatched", operation_id = "list_unmatched",
    tag = "matching", params(("region" = Option<String>, Query, example = "620523"),
        ("occupation" = Option<String>, Query, example = "6-18-02-04"),
        ("binding" = Option<String>, Query, example = "too_far"),
        ("after" = Option<uuid::Uuid>, Query), ("from" = Option<u32>, Query)),
    responses((status = 200, body = Answer)))]
pub(crate) async fn read(
    State(app): State<App>,
    Office(actor): Office,
    frame: Frame,
    Query(asked): Query<Asked>,
) -> Result<Json<Answer>> {
    sound(&asked, &*app.reference().await?).map_err(Error::malformed)?;
    Ok(Json(Answer::of(&app, &actor, &frame, &asked).await?))
}

/// A person sees an empty list where a place, a trade or a limit is none; a program is told.
fn sound(asked: &Asked, reference: &Reference) -> Result<(), Refusal> {
    let Asked { region, occupation, binding, .. } = asked;
    let told = |code: &String| Some(code.clone()).filter(|code| !code.is_empty());
    let region = told(region).map(|code| code.parse()).transpose()?;
    let part = VacancyQuery { region, occupation: told(occupation), ..VacancyQuery::default() };
    app::vacancy::check(reference, &part)?;
    let valid = Binding::codes();
    if binding.is_empty() || valid.contains(&binding.as_str()) {
        return Ok(());
    }
    let refusal = Refusal::new("matching.binding_unknown").field("binding");
    Err(refusal.arg("value", binding.as_str()).arg("valid", valid.join(", ")))
}

/// Asks that everybody be looked at again; a task does it.
#[utoipa::path(post, path = "/api/v1/matching/unmatched", operation_id = "survey_unmatched",
    tag = "matching", responses((status = 202, body = Progress)))]
pub(crate) async fn count_anew(
    State(app): State<App>,
    Office(actor): Office,
) -> Result<(StatusCode, Json<Progress>)> {
    let survey = app::matching::unmatched::survey::ask(&app, &actor).await?;
    Ok((StatusCode::ACCEPTED, Json(Progress::from(&survey))))
}

impl Answer {
    async fn of(app: &App, actor: &Actor, frame: &Frame, asked: &Asked) -> Result<Self> {
        let mut r = app.db().read().await?;
        let (survey, running) = (rows::last(&mut r).await?, rows::running(&mut r).await?);
        drop(r);
        let counted = |one: Survey| {
            let Survey { ended_at: at, version, people, posts, unmatched, .. } = one;
            Counted { at, version, people, posts, unmatched }
        };
        let (cells, next_from) = blocks(app, actor, frame, (asked, CELLS)).await?;
        let items = people(app, actor, frame, (asked, PEOPLE)).await?;
        let full = i64::try_from(items.len()).unwrap_or(0) == PEOPLE;
        let next = items.last().filter(|_| full).map(|one| one.id.to_string());
        let running = running.as_ref().map(Progress::from);
        Ok(Self { survey: survey.map(counted), running, cells, next_from, items, next })
    }
}
