//! Signing in with a telephone for programs that stand for a page: the same deeds, the same limits, the
//! same cookie.

use app::{App, account::passcode};
use axum::{
    Json,
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{keeping, sign_in::Knock};
use crate::{error::Result, frame::Frame};

/// Where the code goes.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct CodeWanted {
    #[schema(example = "13800138000")]
    phone: String,
}

/// Sends a code to a telephone. Every number is answered alike.
#[utoipa::path(post, path = "/api/v1/sign-in/code", operation_id = "send_code", tag = "sign-in",
    request_body = CodeWanted, responses((status = 204)))]
pub(crate) async fn send(
    State(app): State<App>,
    frame: Frame,
    knock: Knock,
    Json(CodeWanted { phone }): Json<CodeWanted>,
) -> Result<Response> {
    passcode::send(&app, &knock.device, &phone, frame.lang).await?;
    Ok(keeping(knock.cookie, StatusCode::NO_CONTENT))
}

/// The code that came.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct CodeTyped {
    #[schema(example = "13800138000")]
    phone: String,
    #[schema(example = "123456")]
    code: String,
}

/// Who is signed in now.
#[derive(Serialize, ToSchema)]
pub(crate) struct SignedIn {
    /// What is missing yet: `whole` where nothing is.
    step: &'static str,
}

/// Signs in with the code; the cookie of the answer is the session. The first time makes an account.
#[utoipa::path(post, path = "/api/v1/sign-in", operation_id = "sign_in", tag = "sign-in",
    request_body = CodeTyped, responses((status = 200, body = SignedIn)))]
pub(crate) async fn enter(
    State(app): State<App>,
    knock: Knock,
    Json(CodeTyped { phone, code }): Json<CodeTyped>,
) -> Result<Response> {
    let entry = passcode::check(&app, &knock.device, &phone, &code).await?;
    knock.left(&app).await;
    let body = Json(SignedIn { step: entry.step.code() }).into_response();
    Ok(keeping(knock.session(&entry), body))
}
