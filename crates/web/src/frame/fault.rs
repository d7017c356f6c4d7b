//! What a form was refused for, in words; and the form once more.

use axum::{
    http::StatusCode,
    response::{IntoResponse, Response},
};
use model::Refusal;

use super::Frame;
use crate::error::{Error, Result};

/// The sentence, how to mend it, and at which field.
#[derive(Clone, Debug)]
pub struct Fault {
    pub said: String,
    pub remedy: Option<String>,
    pub field: &'static str,
}

impl Fault {
    pub fn new(frame: &Frame, refusal: &Refusal) -> Self {
        let (said, remedy) = (frame.say(refusal), text::remedy(frame.lang, refusal));
        Self { said, remedy, field: refusal.field.unwrap_or_default() }
    }

    /// The refusal as a fault of the form; any other error goes its way.
    pub fn of(frame: &Frame, error: app::Error) -> Result<Self> {
        if let app::Error::Refused(refusal) = &error {
            return Ok(Self::new(frame, refusal));
        }
        Err(Error::from(error))
    }
}

/// The form again, with what was wrong: 422.
pub fn again(page: impl IntoResponse) -> Response {
    (StatusCode::UNPROCESSABLE_ENTITY, page).into_response()
}
