//! Shortlists and invitations for programs.

use app::{App, invitation};
use axum::{
    Json,
    extract::{Path, State},
    http::StatusCode,
};
use chrono::{DateTime, Utc};
use model::{
    Id,
    invitation::{Answer, Invitation as Held},
    matching::BEST,
    vacancy::Vacancy,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::LIMIT;
use crate::{
    actor::Office,
    application::api::Application,
    error::Result,
    frame::{Frame, wording::Wording},
    matching::{Somebody, Verdict, percent, sentence::Reader},
};

/// Somebody who fits, without a name.
#[derive(Serialize, ToSchema)]
pub(crate) struct ShortlistEntry {
    jobseeker_id: Uuid,
    /// To speak about this person without a name.
    label: String,
    /// Occupation, county, education, experience, in words.
    facts: Vec<String>,
    /// 0 to 100.
    score: i64,
    /// Why, weightiest first.
    reasons: Vec<String>,
    /// When they were asked to apply.
    invited_at: Option<DateTime<Utc>>,
    /// `declined`, or null.
    answer: Option<&'static str>,
}

#[derive(Serialize, ToSchema)]
pub(crate) struct Shortlist {
    /// Of the vacancy: `published`, `paused`, `filled`, `expired`, `withdrawn` …
    state: &'static str,
    /// Are people wanted? While not, `items` is empty and nobody can be asked.
    open: bool,
    items: Vec<ShortlistEntry>,
    /// Who has applied, the newest first, 200 at most.
    applied: Vec<Application>,
}

/// Those who fit a vacancy of one's own best and let employers see them. Name and telephone are seen
/// only once somebody has applied. One that is not open lists nobody new, and still who applied.
#[utoipa::path(get, path = "/api/v1/vacancies/{id}/shortlist", operation_id = "read_shortlist",
    tag = "applications", params(("id" = Uuid, Path)),
    responses((status = 200, body = Shortlist), (status = 404)))]
pub(crate) async fn list(
    State(app): State<App>,
    Office(actor): Office,
    frame: Frame,
    Path(id): Path<Id<Vacancy>>,
) -> Result<Json<Shortlist>> {
    let reference = app.reference().await?;
    let found = invitation::shortlist(&app, &actor, id, LIMIT).await?;
    let wording = Wording { lang: frame.lang, reference: &reference, today: app.today() };
    let entry = |one: &app::matching::Ranked<app::matching::Candidate>| {
        let (who, known) = (Somebody::new(&one.what, wording), found.asked.get(&one.what.id));
        let verdict = Verdict::new(one, Reader::Them, wording);
        ShortlistEntry {
            jobseeker_id: one.what.id.uuid(),
            label: one.what.label.clone(),
            facts: who.facts,
            score: percent(one.score, BEST),
            reasons: verdict.reasons.into_iter().map(|reason| reason.text).collect(),
            invited_at: known.map(|one| one.made_at),
            answer: known.and_then(|one| one.answer).map(Answer::code),
        }
    };
    let items = found.people.iter().map(entry).collect();
    let (state, open) = (found.vacancy.state.code(), found.open);
    let applied = found.applied.into_iter().map(Application::new).collect();
    Ok(Json(Shortlist { state, open, items, applied }))
}

/// Whom to ask.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Inviting {
    jobseeker_id: Uuid,
}

/// Asks somebody of the shortlist to apply; asked twice they are asked once.
#[utoipa::path(post, path = "/api/v1/vacancies/{id}/shortlist", operation_id = "invite_jobseeker",
    tag = "applications", params(("id" = Uuid, Path)), request_body = Inviting,
    responses((status = 204), (status = 404)))]
pub(crate) async fn make(
    State(app): State<App>,
    Office(actor): Office,
    Path(id): Path<Id<Vacancy>>,
    Json(Inviting { jobseeker_id }): Json<Inviting>,
) -> Result<StatusCode> {
    invitation::make(&app, &actor, (id, Id::new(jobseeker_id))).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// An employer asks whoever reads it to apply.
#[derive(Serialize, ToSchema)]
pub(crate) struct Invitation {
    id: Uuid,
    vacancy_id: Uuid,
    employer_id: Uuid,
    title: String,
    made_at: DateTime<Utc>,
}

#[derive(Serialize, ToSchema)]
pub(crate) struct Invitations {
    items: Vec<Invitation>,
}

/// What waits for the answer of whoever asks.
#[utoipa::path(get, path = "/api/v1/invitations", operation_id = "list_invitations",
    tag = "applications", responses((status = 200, body = Invitations)))]
pub(crate) async fn waiting(
    State(app): State<App>,
    Office(actor): Office,
) -> Result<Json<Invitations>> {
    let item = |(one, post): (Held, Vacancy)| Invitation {
        id: one.id.uuid(),
        vacancy_id: one.vacancy.uuid(),
        employer_id: one.employer.uuid(),
        title: post.offer.title,
        made_at: one.made_at,
    };
    let all = invitation::waiting(&app, &actor).await?;
    Ok(Json(Invitations { items: all.into_iter().map(item).collect() }))
}

/// What the person says.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct InvitationAnswer {
    /// `agreed` or `declined`.
    #[schema(example = "agreed")]
    answer: String,
}

/// The application that follows, or null.
#[derive(Serialize, ToSchema)]
pub(crate) struct InvitationAnswered {
    application_id: Option<Uuid>,
}

/// Answers: yes is applying, and shows the employer who it is.
#[utoipa::path(post, path = "/api/v1/invitations/{id}", operation_id = "answer_invitation",
    tag = "applications", params(("id" = Uuid, Path)), request_body = InvitationAnswer,
    responses((status = 200, body = InvitationAnswered), (status = 404)))]
pub(crate) async fn answer(
    State(app): State<App>,
    Office(actor): Office,
    Path(id): Path<Id<Held>>,
    Json(InvitationAnswer { answer }): Json<InvitationAnswer>,
) -> Result<Json<InvitationAnswered>> {
    let answer: Answer = answer.parse()?;
    let application_id = match answer {
        Answer::Agreed => Some(invitation::agree(&app, &actor, id).await?.id.uuid()),
        Answer::Declined => {
            invitation::decline(&app, &actor, id).await?;
            None
        }
    };
    Ok(Json(InvitationAnswered { application_id }))
}
