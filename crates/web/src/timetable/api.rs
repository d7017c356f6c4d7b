//! Timetables for programs at the office's machine.

use app::{App, timetable::Day};
use axum::{
    Json,
    extract::{Path, State},
};
use chrono::NaiveDate;
use model::{
    Id, Refusal,
    timetable::{Interview as Held, Timetable as Made, clock, minute},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    actor::Office,
    error::{Error, Result},
};

/// A day of interviews.
#[derive(Serialize, ToSchema)]
pub(crate) struct Timetable {
    id: Uuid,
    title: String,
    #[schema(example = "2026-11-28")]
    day: NaiveDate,
    /// When an interview may begin.
    #[schema(example = json!(["09:00", "09:20"]))]
    times: Vec<String>,
    minutes: i64,
    interviews: Vec<Interview>,
}

/// One person at one booth.
#[derive(Serialize, ToSchema)]
pub(crate) struct Interview {
    id: Uuid,
    vacancy_id: Uuid,
    jobseeker_id: Uuid,
    /// How to speak of the person without a name.
    label: String,
    /// Null where no time was left.
    #[schema(example = "09:20")]
    begins: Option<String>,
    /// `planned` or `cancelled`.
    #[schema(value_type = String, example = "planned")]
    state: &'static str,
    /// Hand it back with a change.
    version: i64,
}

/// Another time for an interview.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Moved {
    #[schema(example = "10:00", pattern = "^([01][0-9]|2[0-3]):[0-5][0-9]$")]
    begins: String,
    /// As it was read: a change that another overtook is refused with what it is now.
    version: i64,
}

/// A timetable.
#[utoipa::path(get, path = "/api/v1/timetables/{id}", operation_id = "read_timetable",
    tag = "matching", params(("id" = Uuid, Path)), responses((status = 200, body = Timetable)))]
pub(crate) async fn read(
    State(app): State<App>,
    Office(actor): Office,
    Path(id): Path<Id<Made>>,
) -> Result<Json<Timetable>> {
    let Day { timetable, interviews } = app::timetable::show(&app, &actor, id).await?;
    Ok(Json(Timetable {
        id: timetable.id.uuid(),
        title: timetable.title,
        day: timetable.day,
        times: timetable.grid.times().into_iter().map(clock).collect(),
        minutes: timetable.grid.length,
        interviews: interviews.iter().map(Interview::new).collect(),
    }))
}

/// Gives an interview another time.
#[utoipa::path(post, path = "/api/v1/timetables/{id}/interviews/{interview}",
    operation_id = "move_interview", tag = "matching",
    params(("id" = Uuid, Path), ("interview" = Uuid, Path)), request_body = Moved,
    responses((status = 200, body = Interview), (status = 409)))]
pub(crate) async fn shift(
    State(app): State<App>,
    Office(actor): Office,
    Path((id, interview)): Path<(Id<Made>, Id<Held>)>,
    Json(Moved { begins, version }): Json<Moved>,
) -> Result<Json<Interview>> {
    let none = || Error::malformed(Refusal::new("timetable.no_such_time").field("begins"));
    let begins = minute(&begins).ok_or_else(none)?;
    let moved = app::timetable::move_to(&app, &actor, id, (interview, version), begins).await?;
    Ok(Json(Interview::new(&moved)))
}

impl Interview {
    fn new(held: &Held) -> Self {
        Self {
            id: held.id.uuid(),
            vacancy_id: held.vacancy.uuid(),
            jobseeker_id: held.jobseeker.uuid(),
            label: held.jobseeker.label(),
            begins: held.begins.map(clock),
            state: held.state.code(),
            version: held.version,
        }
    }
}
