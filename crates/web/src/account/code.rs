//! Signing in with a telephone: the number, then the code that was sent to it.

use app::{App, account::passcode};
use askama::Template;
use axum::{
    Form,
    extract::{Query, State},
    response::{IntoResponse, Response},
};
use serde::Deserialize;

use super::{
    keeping,
    sign_in::{Knock, Next},
};
use crate::{
    error::{Error, Result},
    frame::{Fault, Frame, again, page},
};

#[derive(Template)]
#[template(path = "account/code.html")]
struct Code {
    frame: Frame,
    phone: String,
    next: String,
    /// Was a code sent? Then it is asked for.
    sent: bool,
    fault: Option<Fault>,
}

pub(super) async fn show(frame: Frame, Query(Next { next }): Query<Next>) -> Result<Response> {
    let code = Code { frame, phone: String::new(), next, sent: false, fault: None };
    Ok(page(&code)?.into_response())
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Typed {
    phone: String,
    #[serde(default)]
    code: String,
    #[serde(default)]
    next: String,
}

/// Sends a code. Every number is answered alike.
pub(super) async fn send(
    State(app): State<App>,
    frame: Frame,
    knock: Knock,
    Form(Typed { phone, next, .. }): Form<Typed>,
) -> Result<Response> {
    let done = passcode::send(&app, &knock.device, &phone, frame.lang).await;
    let fault = done.err().map(|error| Fault::of(&frame, error)).transpose()?;
    let refused = fault.is_some();
    let code = page(&Code { frame, phone, next, sent: !refused, fault })?;
    let answer = if refused { again(code) } else { code.into_response() };
    Ok(keeping(knock.cookie, answer))
}

pub(super) async fn check(
    State(app): State<App>,
    frame: Frame,
    knock: Knock,
    Form(Typed { phone, code, next }): Form<Typed>,
) -> Result<Response> {
    match passcode::check(&app, &knock.device, &phone, &code).await {
        Ok(entry) => {
            knock.left(&app).await;
            let home = model::account::next(&next) == "/";
            Ok(knock.on(&entry, if home { "/me" } else { &next }))
        }
        Err(error) => {
            let fault = Some(Fault::of(&frame, error)?);
            Ok(again(page(&Code { frame, phone, next, sent: true, fault })?))
        }
    }
}

#[derive(Template)]
#[template(path = "account/mailbox.html")]
struct Mailbox {
    frame: Frame,
    /// When, to whom, the words.
    lines: Vec<(String, String, String)>,
}

/// What would have gone to telephones: in the demonstration only.
pub(super) async fn mailbox(State(app): State<App>, frame: Frame) -> Result<Response> {
    if !frame.settings.demo {
        return Err(Error::from(app::Error::Absent("page")));
    }
    let line = |(at, letter): (_, model::notice::Letter)| {
        (app.local(at).format("%H:%M:%S").to_string(), letter.to, letter.text)
    };
    let lines = app::notice::mailbox(&app).await?.into_iter().map(line).collect();
    Ok(page(&Mailbox { frame, lines })?.into_response())
}
