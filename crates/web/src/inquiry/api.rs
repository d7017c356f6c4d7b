//! What people looked for and did not find, for programs at the office's machine.

use app::App;
use axum::{
    Json,
    extract::{Query, State},
};
use chrono::NaiveDate;
use model::inquiry::Report;
use serde::Serialize;
use utoipa::ToSchema;

use super::read;
use crate::{
    actor::Office,
    error::{Error, Result},
    frame::{Frame, wording::Wording},
    vacancy::params::Pairs,
};

/// What was looked for in a span of days: sums of everything, and of what nothing was found for.
#[derive(Serialize, ToSchema)]
pub(crate) struct Inquiries {
    from: NaiveDate,
    to: NaiveDate,
    /// How often something was looked for.
    asked: i64,
    /// How often nothing was found.
    missed: i64,
    /// Words are listed that at least so many asked for.
    words_least: i64,
    /// Most missed first.
    words: Vec<OfWords>,
    /// By place and work, most missed first.
    places: Vec<OfPlace>,
    days: Vec<OfDay>,
}

#[derive(Serialize, ToSchema)]
pub(crate) struct OfWords {
    words: String,
    asked: i64,
    missed: i64,
}

/// A place and a kind of work.
#[derive(Serialize, ToSchema)]
pub(crate) struct OfPlace {
    /// Code of the region, to the county, or empty.
    region: String,
    place: String,
    /// Code of the occupation, or empty.
    occupation: String,
    work: String,
    asked: i64,
    missed: i64,
}

#[derive(Serialize, ToSchema)]
pub(crate) struct OfDay {
    day: NaiveDate,
    asked: i64,
    missed: i64,
}

/// What was looked for and not found.
#[utoipa::path(get, path = "/api/v1/inquiries", operation_id = "list_inquiries", tag = "inquiries",
    params(
        ("from" = Option<NaiveDate>, Query, example = "2026-11-01"),
        ("to" = Option<NaiveDate>, Query, example = "2026-11-30"),
        ("region" = Option<String>, Query, example = "620500"),
        ("occupation" = Option<String>, Query, example = "6-18"),
    ),
    responses((status = 200, body = Inquiries)))]
pub(crate) async fn list(
    State(app): State<App>,
    Office(actor): Office,
    frame: Frame,
    Query(pairs): Query<Pairs>,
) -> Result<Json<Inquiries>> {
    let span = read(&pairs, app.today()).map_err(Error::malformed)?;
    let rows = app::inquiry::of_span(&app, &actor, &span).await?;
    let report = Report::new(&rows);
    let reference = app.reference().await?;
    let wording = Wording { lang: frame.lang, reference: &reference, today: app.today() };
    let (words_least, _) = app::inquiry::terms(&app).await?;
    let place = |sum: model::inquiry::Sum<(String, String)>| {
        let ((region, occupation), asked, missed) = (sum.of, sum.asked, sum.missed);
        let (place, work) = (wording.region(&region), wording.occupation(&occupation));
        OfPlace { region, place, occupation, work, asked, missed }
    };
    Ok(Json(Inquiries {
        from: span.from,
        to: span.to,
        asked: report.asked,
        missed: report.missed,
        words_least,
        words: report
            .words
            .into_iter()
            .map(|sum| OfWords { words: sum.of, asked: sum.asked, missed: sum.missed })
            .collect(),
        places: report.places.into_iter().map(place).collect(),
        days: report
            .days
            .into_iter()
            .map(|sum| OfDay { day: sum.of, asked: sum.asked, missed: sum.missed })
            .collect(),
    }))
}
