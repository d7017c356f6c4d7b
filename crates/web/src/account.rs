//! Signing in and out, one's own account, and the accounts of others for who gives them.

pub(crate) mod api;
mod code;
mod list;
mod mine;
mod passkey;
mod provider;
mod setup;
mod sign_in;
mod token;

use crate::guard::private;
use app::App;
use axum::{
    Router,
    http::{HeaderValue, header},
    middleware::from_fn,
    response::{AppendHeaders, IntoResponse, Redirect, Response},
    routing::{get, post},
};

pub fn routes() -> Router<App> {
    Router::new()
        .route("/setup", get(setup::show).post(setup::make))
        .route("/sign-in", get(sign_in::show).post(sign_in::enter))
        .route("/sign-in/code", get(code::show).post(code::send))
        .route("/sign-in/code/check", post(code::check))
        .route("/_mailbox", get(code::mailbox))
        .route("/sign-in/next", get(sign_in::further))
        .route("/sign-in/provider", get(provider::begin))
        .route("/sign-in/provider/back", get(provider::back))
        .route("/sign-in/digits", post(sign_in::digits))
        .route("/sign-in/passkey", post(passkey::enter))
        .route("/sign-in/passkey/question", post(passkey::question))
        .route("/sign-in/enrol", post(sign_in::enrol))
        .route("/sign-in/password", post(sign_in::password))
        .route("/sign-out", post(sign_in::leave))
        .route("/account", get(mine::show))
        .route("/account/switch", post(mine::switch))
        .route("/account/password", post(mine::password))
        .route("/account/second", get(mine::second).post(mine::enrol))
        .route("/account/passkeys", get(passkey::list).post(passkey::add))
        .route("/account/passkeys/begin", post(passkey::begin))
        .route("/account/passkeys/{id}/remove", get(passkey::removal).post(passkey::remove))
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

/// On to a page, with cookies.
pub(crate) fn onward(to: &str, cookies: impl IntoIterator<Item = HeaderValue>) -> Response {
    keeping(cookies, Redirect::to(to))
}

/// An answer that the browser keeps cookies of.
fn keeping(cookies: impl IntoIterator<Item = HeaderValue>, answer: impl IntoResponse) -> Response {
    let cookies = cookies.into_iter().map(|cookie| (header::SET_COOKIE, cookie));
    (AppendHeaders(cookies), answer).into_response()
}
