//! Signing in and out, one's own account, and the accounts of others for who gives them.

mod code;
mod list;
mod mine;
mod setup;
mod sign_in;
mod token;

use app::App;
use axum::http::{StatusCode, header};
use axum::{
    Router,
    http::HeaderValue,
    middleware::from_fn,
    response::{IntoResponse, Redirect, Response},
    routing::{get, post},
};
use model::Refusal;

use crate::{
    error::{Error, Result},
    frame::Frame,
    guard::private,
};

pub fn routes() -> Router<App> {
    Router::new()
        .route("/setup", get(setup::show).post(setup::make))
        .route("/sign-in", get(sign_in::show).post(sign_in::enter))
        .route("/sign-in/code", get(code::show).post(code::send))
        .route("/sign-in/code/check", post(code::check))
        .route("/_mailbox", get(code::mailbox))
        .route("/sign-in/next", get(sign_in::further))
        .route("/sign-in/digits", post(sign_in::digits))
        .route("/sign-in/enrol", post(sign_in::enrol))
        .route("/sign-in/password", post(sign_in::password))
        .route("/sign-out", post(sign_in::leave))
        .route("/account", get(mine::show))
        .route("/account/switch", post(mine::switch))
        .route("/account/password", post(mine::password))
        .route("/account/second", get(mine::second).post(mine::enrol))
        .route("/account/logins/end", post(mine::end_others))
        .route("/account/logins/{id}/end", post(mine::end))
        .route("/accounts", get(list::list).post(list::create))
        .route("/accounts/new", get(list::new))
        .route("/accounts/{id}", get(list::show))
        .route("/accounts/{id}/change", post(list::change))
        .route("/accounts/{id}/appoint", post(list::appoint))
        .route("/accounts/{id}/dismiss", post(list::dismiss))
        .route("/tokens", get(token::list).post(token::grant))
        .route("/tokens/{id}/end", post(token::end))
        .layer(from_fn(private))
}

/// What a form was refused for: the sentence, how to mend it, and at which field.
#[derive(Clone, Debug)]
pub(crate) struct Fault {
    pub(crate) said: String,
    pub(crate) remedy: Option<String>,
    pub(crate) field: &'static str,
}

impl Fault {
    pub(crate) fn new(frame: &Frame, refusal: &Refusal) -> Self {
        let (said, remedy) = (frame.say(refusal), text::remedy(frame.lang, refusal));
        Self { said, remedy, field: refusal.field.unwrap_or_default() }
    }

    /// The refusal as a fault of the form; any other error goes its way.
    pub(crate) fn of(frame: &Frame, error: app::Error) -> Result<Self> {
        if let app::Error::Refused(refusal) = &error {
            return Ok(Self::new(frame, refusal));
        }
        Err(Error::from(error))
    }
}

/// The form again, with what was wrong: 422.
pub(crate) fn again(page: impl IntoResponse) -> Response {
    (StatusCode::UNPROCESSABLE_ENTITY, page).into_response()
}

/// On to a page, with cookies.
pub(crate) fn onward(to: &str, cookies: impl IntoIterator<Item = HeaderValue>) -> Response {
    let mut response = Redirect::to(to).into_response();
    for cookie in cookies {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    response
}
