//! The door: name and password, then what is missing, a page each.

use std::convert::Infallible;

use app::{
    App,
    account::door::{self, Device, Entry},
};
use askama::Template;
use axum::{
    Form,
    extract::{FromRequestParts, Query, State},
    http::{Extensions, HeaderMap, HeaderValue, request::Parts},
    response::{Html, IntoResponse, Response},
};
use model::{
    Refusal,
    account::{Login, Step},
};
use serde::Deserialize;
use store::account::login::Here;

use super::{keeping, onward, passkey};
use crate::{
    actor::{self, Asking},
    error::Result,
    frame::{Fault, Frame, again, page, preference::cookie},
    guard::encoded,
};

#[derive(Deserialize)]
pub(super) struct Next {
    #[serde(default)]
    pub(super) next: String,
}

#[derive(Template)]
#[template(path = "account/sign_in.html")]
pub(super) struct SignIn {
    frame: Frame,
    login: String,
    next: String,
    fault: Option<Fault>,
    /// Nobody has an account: the first administrator is made first.
    empty: bool,
    /// What the bureau's own provider is called, or empty.
    provider: String,
}

impl SignIn {
    pub(super) async fn new(
        app: &App,
        frame: Frame,
        (login, next): (String, String),
        fault: Option<Fault>,
    ) -> Result<Self> {
        let empty = app::account::empty(app).await?;
        let provider = app::account::provider::name(app).unwrap_or_default().to_owned();
        Ok(Self { frame, login, next, fault, empty, provider })
    }
}

#[derive(Deserialize)]
pub(super) struct Came {
    #[serde(default)]
    next: String,
    /// Of an employer that has just registered.
    #[serde(default)]
    login: String,
}

pub(super) async fn show(
    State(app): State<App>,
    frame: Frame,
    Query(Came { next, login }): Query<Came>,
) -> Result<Response> {
    let login = model::account::login(&login).unwrap_or_default();
    let form = SignIn::new(&app, frame, (login, next), None).await?;
    Ok(page(&form)?.into_response())
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Typed {
    login: String,
    password: String,
    #[serde(default)]
    next: String,
}

/// What a handler of the door needs of the request besides its form.
pub(crate) struct Knock {
    pub(super) device: Device,
    pub(super) cookie: Option<HeaderValue>,
    pub(super) here: Option<Here>,
    headers: HeaderMap,
    extensions: Extensions,
}

impl<S: Sync> FromRequestParts<S> for Knock {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        let (device, cookie) = actor::device(&parts.headers, &parts.extensions);
        let Asking { here, .. } = actor::asking(&parts.extensions);
        let (headers, extensions) = (parts.headers.clone(), parts.extensions.clone());
        Ok(Self { device, cookie, here, headers, extensions })
    }
}

impl Knock {
    /// On to what is missing, or to where somebody wanted to go, with the new cookie.
    pub(super) fn on(self, entry: &Entry, next: &str) -> Response {
        let next = model::account::next(next);
        let to = match entry.step {
            Step::Whole if next == "/" => "/account".to_owned(),
            Step::Whole => next.to_owned(),
            Step::Second | Step::Enrol | Step::Password => {
                format!("/sign-in/next?next={}", encoded(next))
            }
        };
        onward(&to, self.session(entry))
    }

    /// The cookies of somebody who is in, or a step further.
    pub(super) fn session(self, entry: &Entry) -> impl Iterator<Item = HeaderValue> + use<> {
        let cookie = actor::set_cookie(&self.extensions, Some(&entry.token));
        cookie.into_iter().chain(self.cookie)
    }

    /// A cookie of the door's own.
    pub(super) fn kept(&self, name: &str) -> Option<String> {
        cookie(&self.headers, &self.named(name).0).map(str::to_owned)
    }

    /// What such a cookie is called here, and what it ends with: over https with the prefix by which a
    /// browser takes it from this host only.
    pub(super) fn named(&self, name: &str) -> (String, &'static str) {
        if actor::is_https(&self.extensions) {
            (format!("__Host-{name}"), "; Secure")
        } else {
            (name.to_owned(), "")
        }
    }

    /// A cookie of before the sign-in is worth nothing after it.
    pub(super) async fn left(&self, app: &App) {
        if let Some(Here { login, .. }) = &self.here {
            drop(door::leave(app, &door::keeper(), login.account_id, login.id).await);
        }
    }

    /// The sign-in that stands at this step.
    pub(super) fn at(&self, step: Step) -> Result<Login> {
        let login = self.here.as_ref().map(|here| &here.login).filter(|l| l.step == step);
        let nobody = || app::Error::Forbidden(Refusal::new("access.sign_in"));
        Ok(login.cloned().ok_or_else(nobody)?)
    }
}

pub(super) async fn enter(
    State(app): State<App>,
    frame: Frame,
    knock: Knock,
    Form(Typed { login, password, next }): Form<Typed>,
) -> Result<Response> {
    match door::sign_in(&app, &knock.device, &login, &password).await {
        Ok(entry) => {
            knock.left(&app).await;
            Ok(knock.on(&entry, &next))
        }
        Err(error) => {
            let fault = Some(Fault::of(&frame, error)?);
            let form = page(&SignIn::new(&app, frame, (login, next), fault).await?)?;
            Ok(keeping(knock.cookie, again(form)))
        }
    }
}

#[derive(Template)]
#[template(path = "account/next.html")]
struct Further {
    frame: Frame,
    step: Step,
    next: String,
    fault: Option<Fault>,
    /// For setting the second factor up: a picture, and the secret to type in.
    picture: String,
    secret: String,
    /// May a passkey be shown in the place of the digits?
    passkey: bool,
}

/// The page of the step that is missing.
pub(super) async fn further(
    State(app): State<App>,
    frame: Frame,
    knock: Knock,
    Query(Next { next }): Query<Next>,
) -> Result<Response> {
    let Some(Here { login, .. }) = &knock.here else {
        return Ok(onward(&format!("/sign-in?next={}", encoded(&next)), []));
    };
    if login.step == Step::Whole {
        return Ok(onward(model::account::next(&next), []));
    }
    let secret = app::account::second::secret_text();
    Ok(missing(&app, frame, login, (next, secret, None)).await?.into_response())
}

pub(super) async fn missing(
    app: &App,
    frame: Frame,
    login: &Login,
    (next, secret, fault): (String, String, Option<Fault>),
) -> Result<Html<String>> {
    let picture = match login.step {
        Step::Enrol => app::account::second::shown(app, login.account_id, &secret).await?.picture,
        Step::Second | Step::Password | Step::Whole => String::new(),
    };
    let passkey = login.step == Step::Second && passkey::offered(app, &frame, login).await?;
    page(&Further { frame, step: login.step, next, fault, picture, secret, passkey })
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Typing {
    digits: String,
    #[serde(default)]
    secret: String,
    #[serde(default)]
    next: String,
}

pub(super) async fn digits(
    State(app): State<App>,
    frame: Frame,
    knock: Knock,
    Form(Typing { digits, next, .. }): Form<Typing>,
) -> Result<Response> {
    let login = knock.at(Step::Second)?;
    match door::digits(&app, &knock.device, &login, &digits).await {
        Ok(entry) => Ok(knock.on(&entry, &next)),
        Err(error) => {
            let fault = Some(Fault::of(&frame, error)?);
            Ok(again(missing(&app, frame, &login, (next, String::new(), fault)).await?))
        }
    }
}

#[derive(Template)]
#[template(path = "account/codes.html")]
pub(super) struct Paper {
    pub(super) frame: Frame,
    pub(super) codes: Vec<String>,
    pub(super) next: String,
}

/// Sets the second factor up at the door, and shows the codes for paper.
pub(super) async fn enrol(
    State(app): State<App>,
    frame: Frame,
    knock: Knock,
    Form(Typing { digits, secret, next }): Form<Typing>,
) -> Result<Response> {
    let login = knock.at(Step::Enrol)?;
    let program = door::keeper();
    let typed = (secret.as_str(), digits.as_str());
    match app::account::second::enrol(&app, &program, login.account_id, typed).await {
        Ok(codes) => {
            let entry = door::further(&app, &knock.device, &login, true).await?;
            let next = model::account::next(&next).to_owned();
            let cookie = actor::set_cookie(&knock.extensions, Some(&entry.token));
            let paper = page(&Paper { frame, codes, next })?;
            Ok(keeping(cookie.into_iter().chain(knock.cookie), paper))
        }
        Err(error) => {
            let fault = Some(Fault::of(&frame, error)?);
            Ok(again(missing(&app, frame, &login, (next, secret, fault)).await?))
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Chosen {
    password: String,
    #[serde(default)]
    next: String,
}

/// A new password in the place of one that somebody else has given.
pub(super) async fn password(
    State(app): State<App>,
    frame: Frame,
    knock: Knock,
    Form(Chosen { password, next }): Form<Chosen>,
) -> Result<Response> {
    let login = knock.at(Step::Password)?;
    let (program, whose) = (door::keeper(), (login.account_id, login.id));
    match app::account::new_password(&app, &program, whose, (None, &password)).await {
        Ok(()) => {
            let entry = door::further(&app, &knock.device, &login, true).await?;
            Ok(knock.on(&entry, &next))
        }
        Err(error) => {
            let fault = Some(Fault::of(&frame, error)?);
            Ok(again(missing(&app, frame, &login, (next, String::new(), fault)).await?))
        }
    }
}

/// Out: the place where somebody was signed in ends, and the cookie with it.
pub(super) async fn leave(State(app): State<App>, knock: Knock) -> Result<Response> {
    if let Some(Here { login, .. }) = &knock.here {
        let program = door::keeper();
        door::leave(&app, &program, login.account_id, login.id).await?;
    }
    Ok(onward("/", actor::set_cookie(&knock.extensions, None)))
}
