//! How a vacancy stands, and leading it on, for programs.

use app::App;
use axum::{
    Json,
    extract::{Path, State},
};
use chrono::{DateTime, NaiveDate, Utc};
use model::{
    Id,
    access::Actor,
    vacancy::{Vacancy, life::Act},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::manage::{self, Given};
use crate::{actor::Office, error::Result};

/// How a vacancy stands.
#[derive(Serialize, ToSchema)]
pub(crate) struct Standing {
    id: Uuid,
    /// `draft`, `submitted`, `published`, `paused`, `filled`, `expired`, `withdrawn` or `rejected`.
    #[schema(value_type = String)]
    state: &'static str,
    since: DateTime<Utc>,
    /// Why, as one of a few words: `over`, `silent`, `unlawful` …; null where there is nothing to say.
    #[schema(value_type = Option<String>)]
    cause: Option<&'static str>,
    /// The words of whoever decided.
    reason: String,
    /// The day on which somebody last said that it is offered.
    confirmed_on: Option<NaiveDate>,
    /// The last day on which it stays public unless somebody says that it is still offered.
    lasts_until: Option<NaiveDate>,
    /// What can be done with it now.
    #[schema(value_type = Vec<String>)]
    acts: Vec<&'static str>,
}

/// What is to be done.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Doing {
    /// `pause`, `resume`, `renew`, `fill`, `withdraw`, `reopen` or `hold`.
    #[schema(example = "renew")]
    act: String,
    /// The new last day, for `renew` and `reopen`; the usual one where nothing is said.
    #[serde(default)]
    #[schema(example = "2026-12-31")]
    until: String,
    #[serde(default)]
    cause: String,
    #[serde(default)]
    reason: String,
}

/// How a vacancy stands that you look after.
#[utoipa::path(get, path = "/api/v1/vacancies/{id}/standing", operation_id = "vacancy_standing",
    tag = "vacancies", params(("id" = Uuid, Path)), responses((status = 200, body = Standing)))]
pub(crate) async fn read(
    State(app): State<App>,
    Office(actor): Office,
    Path(id): Path<Id<Vacancy>>,
) -> Result<Json<Standing>> {
    of(&app, &actor, id).await.map(Json)
}

/// Pauses, renews, ends or opens a vacancy again.
#[utoipa::path(post, path = "/api/v1/vacancies/{id}/standing", operation_id = "lead_vacancy",
    tag = "vacancies", params(("id" = Uuid, Path)), request_body = Doing,
    responses((status = 200, body = Standing)))]
pub(crate) async fn act(
    State(app): State<App>,
    Office(actor): Office,
    Path(id): Path<Id<Vacancy>>,
    Json(Doing { act, until, cause, reason }): Json<Doing>,
) -> Result<Json<Standing>> {
    let given = Given { until, cause, reason };
    manage::done(&app, &actor, id, (&act, &given)).await?;
    of(&app, &actor, id).await.map(Json)
}

async fn of(app: &App, actor: &Actor, id: Id<Vacancy>) -> Result<Standing> {
    let (reference, scope) = (app.reference().await?, actor.scope());
    let mut r = app.db().read().await?;
    let vacancy = store::vacancy::managed_by(&mut r, &scope, id).await?;
    let standing = store::vacancy::life::standing(&mut r, &scope, &[id]).await?;
    let (_, standing) = standing.into_iter().next().ok_or(app::Error::Absent("vacancy"))?;
    let acts = Act::ALL.iter().filter(|act| manage::may(actor, &vacancy, **act));
    Ok(Standing {
        id: id.uuid(),
        state: vacancy.state.code(),
        lasts_until: vacancy.lasts(&standing, &reference.terms),
        since: standing.since,
        cause: standing.cause.map(model::vacancy::life::Cause::code),
        reason: standing.reason,
        confirmed_on: standing.confirmed_on,
        acts: acts.map(|act| act.code()).collect(),
    })
}
