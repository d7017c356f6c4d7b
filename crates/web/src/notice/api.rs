//! The inbox for programs.

use app::App;
use axum::{
    Json,
    extract::{Query, State},
};
use chrono::{DateTime, Utc};
use model::{Id, notice::Notice as Held};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{actor::Office, error::Result, frame::Frame};

/// One line of an inbox.
#[derive(Serialize, ToSchema)]
pub(crate) struct Notice {
    id: Uuid,
    /// `applied`, `referred`, `agreed`, `declined`, `shortlisted`, `invited`, `offered`, `hired`,
    /// `rejected`, `lapsed`, `found`, `fits`, `asked`, `expiring`, `remind`, `escalated`,
    /// `full`, `trapped`, `walked`.
    kind: &'static str,
    application_id: Option<Uuid>,
    vacancy_id: Option<Uuid>,
    /// In a sentence.
    said: String,
    made_at: DateTime<Utc>,
    read_at: Option<DateTime<Utc>>,
}

#[derive(Serialize, ToSchema)]
pub(crate) struct Notices {
    items: Vec<Notice>,
    /// Hand it back as `before` for those that follow.
    next: Option<String>,
}

#[derive(Deserialize)]
pub(crate) struct Asked {
    before: Option<Id<Held>>,
}

const LIMIT: i64 = 50;

/// The inbox of whoever asks, the newest first.
#[utoipa::path(get, path = "/api/v1/notices", operation_id = "list_notices",
    tag = "applications", params(("before" = Option<Uuid>, Query)),
    responses((status = 200, body = Notices)))]
pub(crate) async fn list(
    State(app): State<App>,
    Office(actor): Office,
    frame: Frame,
    Query(Asked { before }): Query<Asked>,
) -> Result<Json<Notices>> {
    let all = app::notice::inbox::mine(&app, &actor, before, LIMIT).await?;
    let full = i64::try_from(all.len()).unwrap_or(LIMIT) == LIMIT;
    let next = all.last().filter(|_| full).map(|one| one.id.to_string());
    let item = |one: Held| Notice {
        id: one.id.uuid(),
        kind: one.kind.code(),
        application_id: one.application.map(Id::uuid),
        vacancy_id: one.vacancy.map(Id::uuid),
        said: frame.s(&format!("notice.kind-{}", one.kind.code()), "title", &one.title),
        made_at: one.made_at,
        read_at: one.read_at,
    };
    Ok(Json(Notices { items: all.into_iter().map(item).collect(), next }))
}
