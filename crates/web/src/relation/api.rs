//! What lies near what, for programs: open to everybody, corrected by the office.

use app::App;
use axum::{
    Json,
    extract::{Query, State},
};
use model::relation::{Correction, Noun};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{name, verdict};
use crate::{
    actor::Office,
    error::Result,
    frame::{Frame, wording::Wording},
};

/// Relations of skills or occupations, strongest first.
#[derive(Serialize, ToSchema)]
pub(crate) struct Relations {
    /// When they were last learnt from the vacancies, and from how many; nothing before the first
    /// time.
    learnt: Option<Learnt>,
    items: Vec<Relation>,
    /// Where people went from the occupation that was asked for; empty until placements are
    /// recorded.
    moves: Vec<Move>,
}

#[derive(Serialize, ToSchema)]
pub(crate) struct Learnt {
    at: chrono::DateTime<chrono::Utc>,
    posts: i64,
}

/// Whoever can do the one can partly do the other.
#[derive(Serialize, ToSchema)]
pub(crate) struct Relation {
    code: String,
    related: String,
    name: String,
    /// Thousandths of the thing itself; 0 where the office forbids it.
    strength: i64,
    /// Vacancies that asked for both.
    support: i64,
    /// `seed`, `learnt`, `pinned` or `forbidden`.
    #[schema(value_type = String, example = "learnt")]
    origin: &'static str,
    /// The office's, where it has said something.
    reason: String,
}

#[derive(Serialize, ToSchema)]
pub(crate) struct Move {
    occupation: String,
    people: i64,
}

#[derive(Deserialize)]
pub(crate) struct Asked {
    kind: Option<Noun>,
    #[serde(default)]
    code: String,
}

/// What lies near a skill or an occupation, or near every one.
#[utoipa::path(get, path = "/api/v1/relations", operation_id = "list_relations", tag = "reference",
    params(("kind" = Option<String>, Query, example = "skill"),
        ("code" = Option<String>, Query, example = "tig_welding")),
    responses((status = 200, body = Relations)))]
pub(crate) async fn list(
    State(app): State<App>,
    frame: Frame,
    Query(Asked { kind, code }): Query<Asked>,
) -> Result<Json<Relations>> {
    Ok(Json(Relations::of(&app, &frame, kind.unwrap_or(Noun::Skill), &code).await?))
}

/// A correction by the office.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = RelationSaid)]
pub(crate) struct Said {
    /// `skill` or `occupation`.
    #[schema(value_type = String, example = "skill")]
    kind: Noun,
    code: String,
    related: String,
    /// `pin`, `forbid` or `free`.
    verdict: String,
    /// With `pin`.
    percent: Option<i64>,
    reason: String,
}

/// Says how near two things are, that they are not, or takes it back.
#[utoipa::path(post, path = "/api/v1/relations", operation_id = "correct_relation",
    tag = "matching", request_body = Said, responses((status = 200, body = Relations)))]
pub(crate) async fn correct(
    State(app): State<App>,
    Office(actor): Office,
    frame: Frame,
    Json(said): Json<Said>,
) -> Result<Json<Relations>> {
    let percent = said.percent.unwrap_or(0).to_string();
    let verdict = verdict(&said.verdict, &percent)?;
    let Said { kind: noun, code, related, reason, .. } = said;
    let correction = Correction { noun, code, related, verdict, reason };
    app::relation::correct(&app, &actor, &correction).await?;
    Ok(Json(Relations::of(&app, &frame, noun, &correction.code).await?))
}

impl Relations {
    async fn of(app: &App, frame: &Frame, noun: Noun, code: &str) -> Result<Self> {
        let reference = app.reference().await?;
        let wording = Wording { lang: frame.lang, reference: &reference, today: app.today() };
        let mut r = app.db().read().await?;
        let relations = store::relation::all(&mut r, noun).await?;
        let learning = store::relation::last_learning(&mut r).await?;
        let moves = match noun {
            Noun::Occupation if !code.is_empty() => store::relation::moves(&mut r, code).await?,
            Noun::Occupation | Noun::Skill => vec![],
        };
        let wanted = relations.iter().filter(|(known, _)| code.is_empty() || *known == code);
        let items = wanted.map(|(code, known)| Relation {
            code: code.to_owned(),
            related: known.related.clone(),
            name: name(noun, &known.related, wording),
            strength: known.strength,
            support: known.support,
            origin: known.origin.code(),
            reason: known.reason.clone(),
        });
        let items = items.collect();
        let moves = moves.into_iter().map(|(occupation, people)| Move { occupation, people });
        let learnt = learning.map(|one| Learnt { at: one.at, posts: one.posts });
        Ok(Self { learnt, items, moves: moves.collect() })
    }
}
