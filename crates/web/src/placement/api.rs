//! Placements for programs.

use app::App;
use axum::{
    Json,
    extract::{Path, Query, State},
    http::StatusCode,
};
use chrono::NaiveDate;
use model::{
    Id, Refusal,
    jobseeker::Jobseeker,
    placement::{Channel, Contract, End, Kind, Placement as Held, Work},
};
use serde::{Deserialize, Serialize};
use store::placement::Which;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    actor::Office,
    api::limit,
    error::{Error, Result},
};

/// Somebody who works somewhere.
#[derive(Serialize, ToSchema)]
pub(crate) struct Placement {
    id: Uuid,
    jobseeker_id: Uuid,
    application_id: Option<Uuid>,
    vacancy_id: Option<Uuid>,
    employer_id: Option<Uuid>,
    work: PlacementWork,
    /// `own`, `referral`, `fair`, `export`, `elsewhere`.
    channel: &'static str,
    /// `hired`, `registered`, `leaving`, `ended`.
    state: &'static str,
    hired_on: NaiveDate,
    /// By when the hire, or the end, is to be registered.
    due_on: Option<NaiveDate>,
    registered_on: Option<NaiveDate>,
    ended_on: Option<NaiveDate>,
    end_reason: Option<&'static str>,
    version: i64,
}

/// What is registered.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PlacementWork {
    /// `employed`, `flexible`, `self_employed`.
    #[schema(example = "employed")]
    kind: String,
    #[serde(default)]
    employer_name: String,
    post: String,
    /// Region code, or empty.
    #[serde(default)]
    region: String,
    started_on: Option<NaiveDate>,
    /// Cents a month.
    wage: Option<i64>,
    /// `fixed_term`, `open_ended`, `task`, `dispatch`, `part_time`, `unwritten`.
    contract: Option<String>,
    signed_on: Option<NaiveDate>,
    until: Option<NaiveDate>,
    insured_on: Option<NaiveDate>,
}

impl PlacementWork {
    fn new(work: Work) -> Self {
        let contract = work.contract.map(|form| form.code().to_owned());
        let Work { kind, employer_name, post, region, started_on, wage, .. } = work;
        let Work { signed_on, until, insured_on, .. } = work;
        let kind = kind.code().to_owned();
        Self {
            kind,
            employer_name,
            post,
            region,
            started_on,
            wage,
            contract,
            signed_on,
            until,
            insured_on,
        }
    }

    fn read(self) -> Result<Work, Refusal> {
        let Self { kind, employer_name, post, region, started_on, wage, contract, .. } = self;
        let Self { signed_on, until, insured_on, .. } = self;
        let kind: Kind = kind.parse()?;
        let contract = contract.map(|code| code.parse::<Contract>()).transpose()?;
        Ok(Work {
            kind,
            employer_name,
            post,
            region,
            started_on,
            wage,
            contract,
            signed_on,
            until,
            insured_on,
        })
    }
}

impl Placement {
    fn new(one: Held) -> Self {
        Self {
            id: one.id.uuid(),
            jobseeker_id: one.jobseeker.uuid(),
            application_id: one.application.map(Id::uuid),
            vacancy_id: one.vacancy.map(Id::uuid),
            employer_id: one.employer.map(Id::uuid),
            work: PlacementWork::new(one.work),
            channel: one.channel.code(),
            state: one.state.code(),
            hired_on: one.hired_on,
            due_on: one.due_on,
            registered_on: one.registered_on,
            ended_on: one.ended_on,
            end_reason: one.end_reason.map(End::code),
            version: one.version,
        }
    }
}

/// A page of placements.
#[derive(Serialize, ToSchema)]
pub(crate) struct Placements {
    items: Vec<Placement>,
    /// Hand it back as `before` for those that follow.
    next: Option<String>,
}

#[derive(Deserialize)]
pub(crate) struct Asked {
    which: Option<String>,
    before: Option<Id<Held>>,
    limit: Option<usize>,
}

/// Those that whoever asks may see.
#[utoipa::path(get, path = "/api/v1/placements", operation_id = "list_placements",
    tag = "applications", params(("which" = Option<String>, Query, example = "due"),
        ("before" = Option<Uuid>, Query), ("limit" = Option<usize>, Query)),
    responses((status = 200, body = Placements)))]
pub(crate) async fn list(
    State(app): State<App>,
    Office(actor): Office,
    Query(asked): Query<Asked>,
) -> Result<Json<Placements>> {
    let which = match asked.which.as_deref() {
        Some("overdue") => Which::Overdue(app.today()),
        Some("open") => Which::Open,
        Some("ended") => Which::Ended,
        None | Some("due" | "") => Which::Due,
        Some(other) => {
            let refusal = Refusal::new("placement.state_unknown").field("which");
            let refusal = refusal.arg("value", other).arg("valid", "due, overdue, open, ended");
            return Err(Error::malformed(refusal));
        }
    };
    let limit = limit(asked.limit)?;
    let mut r = app.db().read().await?;
    let page = store::placement::page(&mut r, &actor.scope(), which, asked.before, limit).await?;
    let items = page.items.into_iter().map(Placement::new).collect();
    Ok(Json(Placements { items, next: page.next }))
}

/// One of them.
#[utoipa::path(get, path = "/api/v1/placements/{id}", operation_id = "read_placement",
    tag = "applications", params(("id" = Uuid, Path)), responses((status = 200, body = Placement)))]
pub(crate) async fn read(
    State(app): State<App>,
    Office(actor): Office,
    Path(id): Path<Id<Held>>,
) -> Result<Json<Placement>> {
    let mut r = app.db().read().await?;
    let one = store::placement::find(&mut r, &actor.scope(), id).await?;
    Ok(Json(Placement::new(one)))
}

/// Registers a hire, or mends what was registered.
#[utoipa::path(post, path = "/api/v1/placements/{id}", operation_id = "register_placement",
    tag = "applications", params(("id" = Uuid, Path)), request_body = PlacementWork,
    responses((status = 200, body = Placement)))]
pub(crate) async fn register(
    State(app): State<App>,
    Office(actor): Office,
    Path(id): Path<Id<Held>>,
    Json(work): Json<PlacementWork>,
) -> Result<Json<Placement>> {
    let work = work.read().map_err(app::Error::from)?;
    let one = app::placement::register(&app, &actor, (id, None), &work).await?;
    Ok(Json(Placement::new(one)))
}

/// The end of a placement.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PlacementEnd {
    ended_on: NaiveDate,
    /// `contract_over`, `resigned`, `dismissed`, `laid_off`, `agreed`, `closed`, `retired`,
    /// `not_begun`, `other`.
    #[schema(example = "resigned")]
    reason: String,
}

/// Ends one.
#[utoipa::path(post, path = "/api/v1/placements/{id}/end", operation_id = "end_placement",
    tag = "applications", params(("id" = Uuid, Path)), request_body = PlacementEnd,
    responses((status = 200, body = Placement)))]
pub(crate) async fn end(
    State(app): State<App>,
    Office(actor): Office,
    Path(id): Path<Id<Held>>,
    Json(PlacementEnd { ended_on, reason }): Json<PlacementEnd>,
) -> Result<Json<Placement>> {
    let reason = reason.parse().map_err(app::Error::Refused)?;
    let one = app::placement::end(&app, &actor, (id, None), (ended_on, reason)).await?;
    Ok(Json(Placement::new(one)))
}

/// Work that somebody found without an application here.
#[utoipa::path(post, path = "/api/v1/jobseekers/{id}/placements", operation_id = "enter_placement",
    tag = "applications", params(("id" = Uuid, Path)), request_body = PlacementWork,
    responses((status = 201, body = Placement)))]
pub(crate) async fn enter(
    State(app): State<App>,
    Office(actor): Office,
    Path(id): Path<Id<Jobseeker>>,
    Json(work): Json<PlacementWork>,
) -> Result<(StatusCode, Json<Placement>)> {
    let work = work.read().map_err(app::Error::from)?;
    let what = (&work, Channel::Elsewhere);
    let one = app::placement::enter(&app, &actor, id, what).await?;
    Ok((StatusCode::CREATED, Json(Placement::new(one))))
}
