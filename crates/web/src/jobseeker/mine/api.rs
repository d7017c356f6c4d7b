//! Registering oneself, for programs that stand for the pages: all answers at once, read and refused as
//! there.

use std::collections::BTreeMap;

use app::{
    App,
    jobseeker::{
        mine,
        register::{self, Answer},
    },
};
use axum::{Json, extract::State, http::StatusCode};
use model::{
    Refusal,
    intake::{Fault, typed::Typed},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{Step, person};
use crate::{actor::Signed, error::Result, frame::Frame};

/// What a page would ask, and what was answered so far.
#[derive(Serialize, ToSchema)]
pub(crate) struct OwnRegistration {
    /// The record, once there is one.
    jobseeker_id: Option<Uuid>,
    /// By field, as typed; the number is never shown.
    answers: BTreeMap<&'static str, String>,
    /// What is missing or not understood yet.
    faults: Vec<OwnFault>,
}

/// One answer that will not do.
#[derive(Serialize, ToSchema)]
pub(crate) struct OwnFault {
    field: String,
    code: &'static str,
    said: String,
}

impl OwnFault {
    fn new(frame: &Frame, fault: &Fault) -> Self {
        Self {
            field: fault.column.clone(),
            code: fault.refusal.code,
            said: frame.say(&fault.refusal),
        }
    }
}

fn codes() -> impl Iterator<Item = &'static str> {
    Step::all().flat_map(Step::codes)
}

/// How far one's own registration has come.
#[utoipa::path(get, path = "/api/v1/me", operation_id = "read_own_registration", tag = "sign-in",
    responses((status = 200, body = OwnRegistration)))]
pub(crate) async fn read(
    State(app): State<App>,
    Signed { actor, here }: Signed,
    frame: Frame,
) -> Result<Json<OwnRegistration>> {
    if let Some(id) = person(&actor) {
        let jobseeker_id = Some(id.uuid());
        let (answers, faults) = Default::default();
        return Ok(Json(OwnRegistration { jobseeker_id, answers, faults }));
    }
    let typed = mine::draft(&app, here.login.account_id).await?;
    let answers = codes().filter(|code| *code != "number" && !typed.get(code).is_empty());
    let answers = answers.map(|code| (code, typed.get(code).to_owned())).collect();
    let faults = register::read(&app, &actor, &typed).await?.err().unwrap_or_default();
    let faults = faults.iter().map(|fault| OwnFault::new(&frame, fault)).collect();
    Ok(Json(OwnRegistration { jobseeker_id: None, answers, faults }))
}

/// The answers, by the names of the fields that `GET` lists; what is not said stays as it was.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct OwnAnswers {
    /// `name`, `number`, `born_on`, `place`, `education`, `experience`, `history`, `skills`, `wish`,
    /// `wish_places`, `maybe_places`, `reach_km`, `wage`, `contract`, `needs_board`, `needs_lodging`,
    /// `visible`.
    answers: BTreeMap<String, String>,
    /// Only keep them: the rest follows.
    #[serde(default)]
    draft: bool,
}

/// Keeps answers, and registers with them unless they are a draft. Number and telephone together join
/// what an office has registered before, as on the page.
#[utoipa::path(post, path = "/api/v1/me", operation_id = "register_oneself", tag = "sign-in",
    request_body = OwnAnswers,
    responses((status = 200, body = OwnRegistration), (status = 201, body = OwnRegistration)))]
pub(crate) async fn send(
    State(app): State<App>,
    Signed { actor, here }: Signed,
    frame: Frame,
    Json(OwnAnswers { answers, draft }): Json<OwnAnswers>,
) -> Result<(StatusCode, Json<OwnRegistration>)> {
    if person(&actor).is_some() {
        return Err(Refusal::new("jobseeker.registered_already").into());
    }
    let membership = here.login.membership_id.ok_or(app::Error::Absent("account"))?;
    let whose = (here.login.account_id, membership);
    let said: Vec<&str> = codes().filter(|code| answers.contains_key(*code)).collect();
    if let Some(strange) = answers.keys().find(|name| !said.contains(&name.as_str())) {
        let refusal = Refusal::new("intake.field_unknown").arg("value", strange);
        return Err(refusal.arg("valid", codes().collect::<Vec<_>>().join(", ")).into());
    }
    let page = Typed::new(answers.clone());
    let typed = mine::keep(&app, &actor, whose.0, (&said, page)).await?;
    if draft {
        let signed = Signed { actor, here };
        return Ok((StatusCode::OK, read(State(app), signed, frame).await?));
    }
    let faults = match register::read(&app, &actor, &typed).await? {
        Ok(_) if mine::find(&app, &actor, whose, &typed).await? => None,
        Ok(_) => match mine::join(&app, &actor, whose).await? {
            Answer::Wrong(faults) => Some(faults),
            Answer::Kept(_) | Answer::Known(_) => None,
        },
        Err(faults) => Some(faults),
    };
    if let Some(fault) = faults.and_then(|all| all.into_iter().next()) {
        let field = codes().find(|code| *code == fault.column);
        return Err(field.map_or(fault.refusal.clone(), |code| fault.refusal.field(code)).into());
    }
    let mut r = app.db().read().await?;
    let all = store::account::memberships_of(&mut r, whose.0).await?;
    let jobseeker_id = all.iter().find_map(|one| one.jobseeker_id).map(model::Id::uuid);
    let (answers, faults) = Default::default();
    Ok((StatusCode::CREATED, Json(OwnRegistration { jobseeker_id, answers, faults })))
}
