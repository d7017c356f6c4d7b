//! Rankings for programs at the office's machine, every score taken apart into sentences.

use std::collections::BTreeMap;

use app::{
    App,
    matching::{Candidate, Offered, Ranked, Ranking},
};
use axum::{
    Json,
    extract::{Path, Query, State},
};
use model::{
    Id,
    exposure::Order,
    jobseeker::Jobseeker,
    matching::{self, Tone},
    vacancy::Vacancy,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    Somebody,
    sentence::{Reader, Sentence},
};
use crate::{
    actor::Office,
    error::Result,
    frame::{Frame, wording::Wording},
};

/// The best of a list, best first; in the fair order the scores need not fall.
#[derive(Serialize, ToSchema)]
pub(crate) struct Matches {
    items: Vec<Match>,
    /// How many could not be, by the limit that stood in the way.
    #[schema(value_type = BTreeMap<String, i64>, example = json!({ "too_far": 120, "below_floor": 3 }))]
    excluded: BTreeMap<&'static str, i64>,
    /// Of the weights by which it was scored.
    version: i64,
}

/// One of the list.
#[derive(Serialize, ToSchema)]
pub(crate) struct Match {
    /// Of the vacancy, or of the jobseeker.
    id: Uuid,
    /// Title of the vacancy, or how to speak of the person without a name.
    title: String,
    /// The employer and the place of a vacancy; what is known of a person.
    facts: Vec<String>,
    /// 0 to 100,000.
    score: i64,
    /// Their points add up to the score.
    parts: Vec<Part>,
    /// What speaks for it and what is missing, weightiest first.
    reasons: Vec<Said>,
    /// What nobody has said, and would change the result.
    unknown: Vec<Said>,
}

/// A part of a score.
#[derive(Serialize, ToSchema)]
pub(crate) struct Part {
    /// `skills`, `occupation`, `place`, `wage`, `experience`, `education`, `freshness`, `living` or
    /// `form`.
    #[schema(value_type = String, example = "skills")]
    kind: &'static str,
    name: String,
    points: i64,
    /// What the points would be if this part fitted entirely.
    of: i64,
}

/// A reason in words.
#[derive(Serialize, ToSchema)]
pub(crate) struct Said {
    /// Stable name of the reason.
    #[schema(value_type = String, example = "skills_had")]
    code: &'static str,
    /// `fits`, `lacks` or `untold`.
    #[schema(value_type = String, example = "fits")]
    tone: Tone,
    text: String,
    /// What it would take, where something is missing.
    remedy: Option<String>,
}

#[derive(Deserialize)]
pub(crate) struct Limited {
    limit: Option<usize>,
    order: Option<Order>,
}

/// The posts that fit a person best.
#[utoipa::path(get, path = "/api/v1/jobseekers/{id}/matches", operation_id = "list_matches",
    tag = "matching", params(("id" = Uuid, Path), ("limit" = Option<u32>, Query, example = 20),
        ("order" = Option<String>, Query)),
    responses((status = 200, body = Matches)))]
pub(crate) async fn matches(
    State(app): State<App>,
    Office(actor): Office,
    frame: Frame,
    Path(id): Path<Id<Jobseeker>>,
    Query(Limited { limit, order }): Query<Limited>,
) -> Result<Json<Matches>> {
    let asked = (crate::api::limit(limit)?, order.unwrap_or(Order::Fair));
    let (ranking, _) = app::exposure::matches(&app, &actor, id, asked).await?;
    let reference = app.reference().await?;
    let wording = Wording { lang: frame.lang, reference: &reference, today: app.today() };
    let post = |Offered { vacancy, employer }: &Offered| {
        let facts = vec![employer.details.name.clone(), wording.place(&vacancy.offer)];
        (vacancy.id.uuid(), vacancy.offer.title.clone(), facts)
    };
    Ok(Json(Matches::new(&ranking, Reader::You, wording, post)))
}

/// The people who fit a post best.
#[utoipa::path(get, path = "/api/v1/vacancies/{id}/candidates", operation_id = "list_candidates",
    tag = "matching", params(("id" = Uuid, Path), ("limit" = Option<u32>, Query, example = 20),
        ("order" = Option<String>, Query)),
    responses((status = 200, body = Matches)))]
pub(crate) async fn candidates(
    State(app): State<App>,
    Office(actor): Office,
    frame: Frame,
    Path(id): Path<Id<Vacancy>>,
    Query(Limited { limit, order }): Query<Limited>,
) -> Result<Json<Matches>> {
    let asked = (crate::api::limit(limit)?, order.unwrap_or(Order::Fair));
    let (ranking, _) = app::exposure::candidates(&app, &actor, id, asked).await?;
    let reference = app.reference().await?;
    let wording = Wording { lang: frame.lang, reference: &reference, today: app.today() };
    let person = |candidate: &Candidate| {
        let Somebody { id, label, facts } = Somebody::new(candidate, wording);
        (id.uuid(), label, facts)
    };
    Ok(Json(Matches::new(&ranking, Reader::Them, wording, person)))
}

impl Matches {
    fn new<T>(
        ranking: &Ranking<T>,
        reader: Reader,
        wording: Wording<'_>,
        of: impl Fn(&T) -> (Uuid, String, Vec<String>),
    ) -> Self {
        let items = ranking
            .items
            .iter()
            .map(|ranked| Match::new(of(&ranked.what), ranked, reader, wording));
        let excluded = ranking.excluded.iter().map(|(limit, count)| (limit.code(), *count));
        Self { items: items.collect(), excluded: excluded.collect(), version: ranking.version }
    }
}

impl Match {
    fn new<T>(
        (id, title, facts): (Uuid, String, Vec<String>),
        ranked: &Ranked<T>,
        reader: Reader,
        wording: Wording<'_>,
    ) -> Self {
        let said = |reason: &matching::Reason| {
            let Sentence { tone, text, remedy } = Sentence::new(reason, reader, wording);
            Said { code: reason.code, tone, text, remedy }
        };
        let part = |part: &matching::Part| {
            let kind = part.kind.code();
            let name = text::t(wording.lang, &format!("matching.part-{kind}"), &[]);
            Part { kind, name, points: part.points, of: part.of }
        };
        Self {
            id,
            title,
            facts,
            score: ranked.score,
            parts: ranked.parts.iter().map(part).collect(),
            reasons: ranked.parts.iter().flat_map(|part| &part.reasons).map(said).collect(),
            unknown: ranked.unknown.iter().map(said).collect(),
        }
    }
}
