//! Assignments for programs at the office's machine.

use app::{App, assignment::Asked};
use axum::{
    Json,
    extract::{Path, Query, State},
};
use chrono::{DateTime, Utc};
use model::{
    Id,
    assignment::{Assignment as Made, Seats},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    actor::Office,
    error::Result,
    frame::{Frame, wording::Wording},
};

/// Assignments, the newest first.
#[derive(Serialize, ToSchema)]
pub(crate) struct Assignments {
    items: Vec<Assignment>,
    next: Option<String>,
}

/// Places given by the office.
#[derive(Serialize, ToSchema)]
pub(crate) struct Assignment {
    id: Uuid,
    title: String,
    /// `stable` or `optimal`.
    #[schema(value_type = String, example = "stable")]
    way: &'static str,
    people: i64,
    posts: i64,
    placed: i64,
    /// SHA-256 of what went in and of what came out.
    input_digest: String,
    outcome_digest: String,
    created_at: DateTime<Utc>,
}

/// An assignment with everybody in it.
#[derive(Serialize, ToSchema)]
pub(crate) struct Assigned {
    assignment: Assignment,
    /// How far it is from the best; null where the way does not claim to be near it.
    distance: Option<Distance>,
    lines: Vec<Line>,
}

/// How far an assignment is from the best, as its prices prove.
#[derive(Serialize, ToSchema)]
pub(crate) struct Distance {
    placed: usize,
    /// No assignment places more.
    most: usize,
    /// Sum of the scores, of 100,000 each.
    sum: i64,
    /// No assignment of as many places has a greater sum.
    best: i64,
    gap: i64,
    /// Rounded up.
    permille: i64,
}

/// One person.
#[derive(Serialize, ToSchema)]
#[schema(as = PlacedLine)]
pub(crate) struct Line {
    jobseeker_id: Option<Uuid>,
    label: String,
    /// Null where the person got nothing.
    vacancy_id: Option<Uuid>,
    /// The place among the person's wishes, from 1.
    wish: Option<usize>,
    /// 0 to 100,000.
    score: Option<i64>,
    /// Why the dearest wish did not come true.
    why: Option<String>,
}

/// Is it still what it was?
#[derive(Serialize, ToSchema)]
pub(crate) struct Verified {
    /// Made again from its input, it is the same to the last byte.
    same: bool,
}

/// Places to be given.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = WantedPlaces)]
pub(crate) struct Wanted {
    title: String,
    /// `stable` or `optimal`.
    #[schema(value_type = String, example = "stable")]
    way: String,
    /// How many posts one person may get; 1 if it is not said.
    #[serde(default = "one")]
    each: usize,
    posts: Vec<Post>,
    /// A quota a line: "620523 20", or "620523 20 1" at the first post only.
    #[serde(default)]
    quotas: String,
    /// A person a line: the id or label, and after a colon the posts by number in the order of the
    /// wishes. Empty: everybody who looks for work.
    #[serde(default)]
    people: String,
}

/// A post and its places.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Post {
    vacancy_id: Uuid,
    seats: usize,
}

const fn one() -> usize {
    1
}

#[derive(Deserialize)]
pub(crate) struct Listed {
    limit: Option<usize>,
    cursor: Option<Id<Made>>,
}

/// The assignments of the office.
#[utoipa::path(get, path = "/api/v1/assignments", operation_id = "list_assignments",
    tag = "matching",
    params(("limit" = Option<u32>, Query, example = 20), ("cursor" = Option<Uuid>, Query)),
    responses((status = 200, body = Assignments)))]
pub(crate) async fn list(
    State(app): State<App>,
    Office(actor): Office,
    Query(Listed { limit, cursor }): Query<Listed>,
) -> Result<Json<Assignments>> {
    let limit = crate::api::limit(limit)?;
    let found = app::assignment::page(&app, &actor, cursor, limit).await?;
    let items = found.items.into_iter().map(Assignment::new).collect();
    Ok(Json(Assignments { items, next: found.next }))
}

/// Gives places.
#[utoipa::path(post, path = "/api/v1/assignments", operation_id = "make_assignment",
    tag = "matching", request_body = Wanted, responses((status = 200, body = Assignment)))]
pub(crate) async fn make(
    State(app): State<App>,
    Office(actor): Office,
    Json(wanted): Json<Wanted>,
) -> Result<Json<Assignment>> {
    let seats = |post: &Post| Seats { vacancy: Id::new(post.vacancy_id), seats: post.seats };
    let asked = Asked {
        way: wanted.way.parse().map_err(app::Error::Refused)?,
        title: wanted.title,
        each: wanted.each,
        posts: wanted.posts.iter().map(seats).collect(),
        quotas: wanted.quotas,
        people: wanted.people,
    };
    Ok(Json(Assignment::new(app::assignment::make(&app, &actor, &asked).await?)))
}

/// What came of it.
#[utoipa::path(get, path = "/api/v1/assignments/{id}", operation_id = "read_assignment",
    tag = "matching", params(("id" = Uuid, Path)), responses((status = 200, body = Assigned)))]
pub(crate) async fn read(
    State(app): State<App>,
    Office(actor): Office,
    frame: Frame,
    Path(id): Path<Id<Made>>,
) -> Result<Json<Assigned>> {
    let shown = app::assignment::show(&app, &actor, id).await?;
    let reference = app.reference().await?;
    let wording = Wording { lang: frame.lang, reference: &reference, today: app.today() };
    let distance = shown.outcome.proof.as_ref().map(|proof| {
        let far = proof.distance(&shown.input.market, &shown.outcome);
        let (gap, permille) = (far.gap(), far.permille());
        let (placed, most, sum, best) = (far.placed, far.most, far.sum, far.best);
        Distance { placed, most, sum, best, gap, permille }
    });
    let line = |line: app::assignment::sheet::Line| {
        let why = shown.why(frame.lang, &line, |code| wording.region(code));
        let vacancy = line.got.and_then(|(post, ..)| shown.input.posts.get(post));
        Line {
            jobseeker_id: shown.input.people.get(line.person).map(|id| id.uuid()),
            label: line.label,
            vacancy_id: vacancy.map(|post| post.vacancy.uuid()),
            wish: line.got.map(|(_, wish, _)| wish),
            score: line.got.map(|(.., score)| score),
            why: Some(why).filter(|why| !why.is_empty()),
        }
    };
    let lines = shown.lines().into_iter().map(line).collect();
    let assignment = Assignment::new(shown.assignment.clone());
    Ok(Json(Assigned { assignment, distance, lines }))
}

/// Makes it again from what went in, and compares.
#[utoipa::path(get, path = "/api/v1/assignments/{id}/verification",
    operation_id = "verify_assignment", tag = "matching", params(("id" = Uuid, Path)),
    responses((status = 200, body = Verified)))]
pub(crate) async fn verify(
    State(app): State<App>,
    Office(actor): Office,
    Path(id): Path<Id<Made>>,
) -> Result<Json<Verified>> {
    Ok(Json(Verified { same: app::assignment::verify(&app, &actor, id).await? }))
}

impl Assignment {
    fn new(made: Made) -> Self {
        Self {
            id: made.id.uuid(),
            way: made.way.code(),
            title: made.title,
            people: made.people,
            posts: made.posts,
            placed: made.placed,
            input_digest: made.input_digest,
            outcome_digest: made.outcome_digest,
            created_at: made.created_at,
        }
    }
}
