//! The gate for programs: a text that is tried, what waits, and the decision about it.

use app::App;
use axum::{
    Json,
    extract::{Path, Query, State},
};
use model::{
    Id, Refusal,
    compliance::{Finding, verdict},
    vacancy::{State as Stage, Vacancy, form::Written},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{LIMIT, decided, said::Said};
use crate::{
    actor::{Asker, Office},
    error::{Error, Result},
    frame::Frame,
};

/// A vacancy as somebody writes it; nothing of it is kept. Only the title must be there.
#[derive(Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
#[derive(Default)]
pub(crate) struct TriedText {
    #[schema(example = "仓库管理员")]
    title: String,
    #[schema(example = "负责收发货，限男性，需交押金500元")]
    duties: String,
    #[schema(example = "4000-5000元/月")]
    wage: String,
    #[schema(example = "天水市秦州区")]
    place: String,
    education: String,
    experience: String,
    headcount: String,
    contract: String,
}

/// What the gate says of a vacancy.
#[derive(Serialize, ToSchema)]
pub(crate) struct Screening {
    /// `harmless` or `lawful`: published; `warn`: published with the notes; `hold`: waits for a
    /// clerk; `refuse`: not published.
    verdict: &'static str,
    findings: Vec<Spoken>,
}

/// One finding.
#[derive(Serialize, ToSchema)]
pub(crate) struct Spoken {
    rule: String,
    /// `V-1` to `V-14`.
    ground: String,
    /// As in `verdict`; `lawful` where the law allows or wants it.
    strength: &'static str,
    /// The field in which the words stand.
    field: String,
    /// Characters of the field, from and to before; both 0 where no words are meant.
    begins: i64,
    ends: i64,
    words: String,
    /// What is wrong, in a sentence.
    sentence: String,
    /// Instrument and article; empty where there is none.
    basis: String,
    /// The exception that makes it lawful, or empty.
    lawful: String,
}

impl Spoken {
    pub(crate) fn new(frame: &Frame, finding: Finding) -> Self {
        let Said { strength, sentence, basis, .. } = Said::new(frame, &finding);
        let Finding { rule, ground, field, begins, ends, words, lawful, .. } = finding;
        Self { rule, ground, strength, field, begins, ends, words, sentence, basis, lawful }
    }
}

/// Says what the gate would find.
#[utoipa::path(post, path = "/api/v1/vacancies/check", operation_id = "check_vacancy",
    tag = "vacancies", request_body = TriedText, responses((status = 200, body = Screening)))]
pub(crate) async fn check(
    State(app): State<App>,
    Asker(actor): Asker,
    frame: Frame,
    Json(draft): Json<TriedText>,
) -> Result<Json<Screening>> {
    let TriedText { title, duties, wage, place, education, experience, headcount, contract } =
        draft;
    let tried = Written {
        title,
        duties,
        wage,
        place,
        education,
        experience,
        headcount,
        contract,
        ..Written::default()
    };
    let (_, findings) = app::compliance::check(&app, &actor, &tried).await?;
    let verdict = verdict(&findings).code();
    let findings = findings.into_iter().map(|finding| Spoken::new(&frame, finding)).collect();
    Ok(Json(Screening { verdict, findings }))
}

/// Vacancies that the gate keeps back, the longest waiting first.
#[derive(Serialize, ToSchema)]
pub(crate) struct HeldVacancies {
    items: Vec<HeldVacancy>,
    /// Hand it back as `after` for those that follow.
    next: Option<String>,
}

#[derive(Serialize, ToSchema)]
pub(crate) struct HeldVacancy {
    id: Uuid,
    title: String,
    /// `submitted` or `rejected`.
    state: &'static str,
    findings: Vec<Spoken>,
}

#[derive(Deserialize)]
pub(crate) struct Queue {
    state: Option<Stage>,
    after: Option<Id<Vacancy>>,
}

/// What waits for a clerk, or was turned away.
#[utoipa::path(get, path = "/api/v1/held", operation_id = "list_held", tag = "compliance",
    params(("state" = Option<String>, Query, example = "submitted"),
        ("after" = Option<Uuid>, Query)),
    responses((status = 200, body = HeldVacancies)))]
pub(crate) async fn held(
    State(app): State<App>,
    Office(actor): Office,
    frame: Frame,
    Query(asked): Query<Queue>,
) -> Result<Json<HeldVacancies>> {
    let state = asked.state.unwrap_or(Stage::Submitted);
    if !matches!(state, Stage::Submitted | Stage::Rejected) {
        let refusal = Refusal::new("vacancy.state_unknown").field("state");
        let refusal = refusal.arg("value", state.code()).arg("valid", "submitted, rejected");
        return Err(Error::malformed(refusal));
    }
    let found = app::compliance::queue(&app, &actor, state, asked.after, LIMIT).await?;
    let kept = |(vacancy, findings): (Vacancy, Vec<Finding>)| HeldVacancy {
        id: vacancy.id.uuid(),
        title: vacancy.offer.title,
        state: vacancy.state.code(),
        findings: findings.into_iter().map(|finding| Spoken::new(&frame, finding)).collect(),
    };
    Ok(Json(HeldVacancies { items: found.items.into_iter().map(kept).collect(), next: found.next }))
}

/// A clerk's decision.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct HeldDecision {
    /// `release`, `reject` or `give-back`.
    #[schema(example = "release")]
    decision: String,
    #[schema(example = "井下岗位，国家规定不适合妇女")]
    reason: String,
}

/// What the vacancy is now.
#[derive(Serialize, ToSchema)]
pub(crate) struct Decided {
    id: Uuid,
    state: &'static str,
}

/// Decides about a vacancy that waits.
#[utoipa::path(post, path = "/api/v1/held/{id}", operation_id = "decide_held",
    tag = "compliance", params(("id" = Uuid, Path)), request_body = HeldDecision,
    responses((status = 200, body = Decided)))]
pub(crate) async fn decide(
    State(app): State<App>,
    Office(actor): Office,
    Path(id): Path<Id<Vacancy>>,
    Json(HeldDecision { decision, reason }): Json<HeldDecision>,
) -> Result<Json<Decided>> {
    let vacancy = decided(&app, &actor, id, &decision, &reason).await?;
    Ok(Json(Decided { id: vacancy.id.uuid(), state: vacancy.state.code() }))
}
