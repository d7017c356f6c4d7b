//! Writing vacancies by programs: one, changed, or many at once.

use app::{
    App, Error as AppError,
    vacancy::form::{self, Kept},
};
use axum::{
    Json,
    extract::{Path, State},
    http::StatusCode,
};
use model::{
    Id, Refusal,
    access::Actor,
    vacancy::{Vacancy, form::Written},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    actor::Office,
    compliance::api::Spoken,
    error::{Error, Result},
    frame::Frame,
};

/// A vacancy in words, as the form has it. A contract form and benefits may be given by their codes.
#[derive(Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct VacancyText {
    #[schema(example = "电焊工")]
    title: String,
    #[schema(example = "焊接钢结构，能看懂图纸")]
    duties: String,
    #[schema(example = "3")]
    headcount: String,
    #[schema(example = "6000-8000元/月")]
    wage: String,
    #[schema(example = "天水市秦州区")]
    place: String,
    education: String,
    experience: String,
    #[schema(example = "full_time")]
    contract: String,
    #[schema(example = "board,lodging")]
    benefits: String,
    skills: String,
    contact: String,
    /// A day; the usual one where nothing is said.
    #[schema(example = "2026-12-31")]
    expires_on: String,
    /// For an agency: who takes the people on.
    end_employer: String,
    /// For an office: whose vacancy it is, by id, or by name and credit code. An employer's own
    /// members and tokens leave these empty.
    employer_id: String,
    employer: String,
    credit_code: String,
    /// `draft`: keep it unseen; `send`: through the gate and, if nothing holds it, public.
    #[schema(example = "send")]
    act: String,
    /// The version that is changed; a newer one is not overwritten.
    version: Option<i64>,
}

/// What became of it.
#[derive(Serialize, ToSchema)]
pub(crate) struct KeptVacancy {
    id: Uuid,
    version: i64,
    /// `draft`, `submitted` or `published`.
    #[schema(value_type = String)]
    state: &'static str,
    findings: Vec<Spoken>,
}

/// Many at once.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ManyTexts {
    items: Vec<VacancyText>,
}

/// What became of each, in the order in which they came.
#[derive(Serialize, ToSchema)]
pub(crate) struct ManyKept {
    items: Vec<OneOfMany>,
}

/// One of many: kept, or why not.
#[derive(Serialize, ToSchema)]
pub(crate) struct OneOfMany {
    kept: Option<KeptVacancy>,
    /// The code of the refusal, and in a sentence.
    code: Option<String>,
    sentence: Option<String>,
    field: Option<String>,
}

/// So many are taken at once.
const MOST: usize = 500;

impl VacancyText {
    fn written(&self) -> Written {
        let s = self.clone();
        Written {
            title: s.title,
            duties: s.duties,
            headcount: s.headcount,
            wage: s.wage,
            place: s.place,
            education: s.education,
            experience: s.experience,
            contract: s.contract,
            benefits: s.benefits,
            skills: s.skills,
            contact: s.contact,
            expires_on: s.expires_on,
            end_employer: s.end_employer,
        }
    }

    fn sends(&self) -> Result<bool, Refusal> {
        match self.act.as_str() {
            "" | "send" => Ok(true),
            "draft" => Ok(false),
            other => {
                let refusal = Refusal::new("vacancy.act_unknown").field("act");
                Err(refusal.arg("value", other).arg("valid", "draft, send"))
            }
        }
    }

    async fn keep(&self, app: &App, actor: &Actor) -> app::Result<Kept> {
        let whose =
            super::form::whose(actor, &self.employer_id, &self.employer, &self.credit_code)?;
        form::write(app, actor, (&whose, &self.written()), self.sends()?).await
    }
}

impl KeptVacancy {
    fn new(frame: &Frame, kept: Kept) -> Self {
        Self {
            id: kept.vacancy.id.uuid(),
            version: kept.vacancy.version,
            state: kept.vacancy.state.code(),
            findings: kept.findings.into_iter().map(|f| Spoken::new(frame, f)).collect(),
        }
    }
}

/// Writes a vacancy. What the law does not allow stays a draft, with the findings.
#[utoipa::path(post, path = "/api/v1/vacancies", operation_id = "write_vacancy", tag = "vacancies",
    request_body = VacancyText, responses((status = 201, body = KeptVacancy)))]
pub(crate) async fn write(
    State(app): State<App>,
    Office(actor): Office,
    frame: Frame,
    Json(text): Json<VacancyText>,
) -> Result<(StatusCode, Json<KeptVacancy>)> {
    let kept = text.keep(&app, &actor).await?;
    Ok((StatusCode::CREATED, Json(KeptVacancy::new(&frame, kept))))
}

/// Writes up to 500 vacancies, each for itself: one that is refused keeps no other from being kept.
#[utoipa::path(post, path = "/api/v1/vacancies/bulk", operation_id = "write_vacancies",
    tag = "vacancies", request_body = ManyTexts, responses((status = 200, body = ManyKept)))]
pub(crate) async fn write_all(
    State(app): State<App>,
    Office(actor): Office,
    frame: Frame,
    Json(ManyTexts { items }): Json<ManyTexts>,
) -> Result<Json<ManyKept>> {
    if items.len() > MOST {
        let refusal = Refusal::new("vacancy.too_many").field("items");
        return Err(Error::malformed(refusal.arg("most", MOST.to_string())));
    }
    let mut kept = Vec::with_capacity(items.len());
    for text in items {
        kept.push(match text.keep(&app, &actor).await {
            Ok(one) => OneOfMany {
                kept: Some(KeptVacancy::new(&frame, one)),
                code: None,
                sentence: None,
                field: None,
            },
            Err(AppError::Refused(refusal)) => OneOfMany {
                kept: None,
                sentence: Some(frame.say(&refusal)),
                field: refusal.field.map(str::to_owned),
                code: Some(refusal.code.to_owned()),
            },
            Err(other) => return Err(other.into()),
        });
    }
    Ok(Json(ManyKept { items: kept }))
}

/// A vacancy in the words in which it can be changed.
#[utoipa::path(get, path = "/api/v1/vacancies/{id}/text", operation_id = "vacancy_text",
    tag = "vacancies", params(("id" = Uuid, Path)), responses((status = 200, body = VacancyText)))]
pub(crate) async fn text(
    State(app): State<App>,
    Office(actor): Office,
    Path(id): Path<Id<Vacancy>>,
) -> Result<Json<VacancyText>> {
    let (reference, scope) = (app.reference().await?, actor.scope());
    let vacancy = store::vacancy::managed_by(&mut app.db().read().await?, &scope, id).await?;
    let w = Written::of(&vacancy.offer, &reference);
    Ok(Json(VacancyText {
        title: w.title,
        duties: w.duties,
        headcount: w.headcount,
        wage: w.wage,
        place: w.place,
        education: w.education,
        experience: w.experience,
        contract: w.contract,
        benefits: w.benefits,
        skills: w.skills,
        contact: w.contact,
        expires_on: w.expires_on,
        end_employer: w.end_employer,
        version: Some(vacancy.version),
        ..VacancyText::default()
    }))
}

/// Changes a vacancy; what is public or waits goes through the gate again.
#[utoipa::path(post, path = "/api/v1/vacancies/{id}/text", operation_id = "change_vacancy",
    tag = "vacancies", params(("id" = Uuid, Path)), request_body = VacancyText,
    responses((status = 200, body = KeptVacancy)))]
pub(crate) async fn change(
    State(app): State<App>,
    Office(actor): Office,
    frame: Frame,
    Path(id): Path<Id<Vacancy>>,
    Json(text): Json<VacancyText>,
) -> Result<Json<KeptVacancy>> {
    let (which, send) = ((id, text.version), text.sends()?);
    let kept = form::change(&app, &actor, which, &text.written(), send).await?;
    Ok(Json(KeptVacancy::new(&frame, kept)))
}
