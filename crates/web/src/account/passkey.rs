//! Passkeys: the own ones on a page, and one of them in the place of six digits at the door.

use app::{
    App,
    account::{
        door,
        passkey::{self, Made, Shown, Site},
    },
};
use askama::Template;
use axum::{
    Form, Json,
    extract::{Path, State},
    response::{Html, IntoResponse, Response},
};
use model::{
    Id,
    account::{Login, Step, passkey::Passkey},
};
use serde::Deserialize;
use serde_json::Value;

use super::{
    onward,
    sign_in::{Knock, missing},
};
use crate::{
    actor::Signed,
    error::Result,
    frame::{Fault, Frame, again, page},
};

/// Where passkeys of this page are for, if browsers know any there.
pub(super) fn site(frame: &Frame) -> Option<Site> {
    Site::of(&frame.full(""))
}

fn here(frame: &Frame) -> Result<Site> {
    Ok(site(frame).ok_or(app::Error::Absent("page"))?)
}

/// Has somebody half way in a passkey for this site?
pub(super) async fn offered(app: &App, frame: &Frame, login: &Login) -> Result<bool> {
    if site(frame).is_none() {
        return Ok(false);
    }
    let mut r = app.db().read().await?;
    Ok(!store::account::passkey::of_account(&mut r, login.account_id).await?.is_empty())
}

#[derive(Template)]
#[template(path = "account/passkeys.html")]
struct List {
    frame: Frame,
    keys: Vec<Line>,
    /// The six digits are set up.
    digits: bool,
    name: String,
    /// What the browser is asked, once the password was said again.
    asked: String,
    fault: Option<Fault>,
}

struct Line {
    id: Id<Passkey>,
    name: String,
    made: String,
    used: Option<String>,
    doubted: Option<String>,
}

impl Line {
    fn new(app: &App, key: Passkey) -> Self {
        let when = |at| app.local(at).format("%Y-%m-%d %H:%M").to_string();
        Self {
            id: key.id,
            name: key.name,
            made: when(key.made_at),
            used: key.used_at.map(when),
            doubted: key.doubted_at.map(when),
        }
    }
}

async fn shown(
    app: &App,
    frame: Frame,
    signed: &Signed,
    (name, asked): (String, String),
    fault: Option<Fault>,
) -> Result<Html<String>> {
    let id = signed.here.login.account_id;
    let mut r = app.db().read().await?;
    let digits = store::account::find(&mut r, id).await?.second.is_some();
    let keys = store::account::passkey::of_account(&mut r, id).await?;
    drop(r);
    let keys = keys.into_iter().map(|key| Line::new(app, key)).collect();
    page(&List { frame, keys, digits, name, asked, fault })
}

pub(super) async fn list(State(app): State<App>, frame: Frame, signed: Signed) -> Result<Response> {
    here(&frame)?;
    let nothing = (String::new(), String::new());
    Ok(shown(&app, frame, &signed, nothing, None).await?.into_response())
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Wanted {
    name: String,
    password: String,
}

/// The password once more; then the browser makes the passkey.
pub(super) async fn begin(
    State(app): State<App>,
    frame: Frame,
    signed: Signed,
    Form(Wanted { name, password }): Form<Wanted>,
) -> Result<Response> {
    let (site, login) = (here(&frame)?, &signed.here.login);
    let whose = (login.account_id, login.id);
    match passkey::begin(&app, &site, whose, (&password, &name)).await {
        Ok(asked) => {
            let asked = (name, asked.to_string());
            Ok(shown(&app, frame, &signed, asked, None).await?.into_response())
        }
        Err(error) => unmade(&app, frame, &signed, name, error).await,
    }
}

/// The list as it was, with what is wrong.
async fn unmade(
    app: &App,
    frame: Frame,
    signed: &Signed,
    name: String,
    error: app::Error,
) -> Result<Response> {
    let fault = Some(Fault::of(&frame, error)?);
    Ok(again(shown(app, frame, signed, (name, String::new()), fault).await?))
}

/// What opens the door has changed: signed in anew, and back to the list.
async fn changed(app: &App, signed: &Signed, knock: Knock) -> Result<Response> {
    let entry = door::renew(app, &signed.actor, &signed.here.login).await?;
    Ok(onward("/account/passkeys", knock.session(&entry)))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Fresh {
    name: String,
    client: String,
    attestation: String,
}

pub(super) async fn add(
    State(app): State<App>,
    frame: Frame,
    signed: Signed,
    knock: Knock,
    Form(Fresh { name, client, attestation }): Form<Fresh>,
) -> Result<Response> {
    let (site, login) = (here(&frame)?, &signed.here.login);
    let whose = (login.account_id, login.id);
    let made = Made { client: &client, attestation: &attestation, name: &name };
    match passkey::add(&app, &signed.actor, &site, whose, &made).await {
        Ok(()) => changed(&app, &signed, knock).await,
        Err(error) => unmade(&app, frame, &signed, name, error).await,
    }
}

#[derive(Template)]
#[template(path = "account/passkey.html")]
struct Removal {
    frame: Frame,
    key: Line,
    fault: Option<Fault>,
}

/// One passkey, and the digits that are asked for before it goes.
async fn going(
    app: &App,
    frame: Frame,
    signed: &Signed,
    (id, fault): (Id<Passkey>, Option<Fault>),
) -> Result<Html<String>> {
    here(&frame)?;
    let key = passkey::own(app, signed.here.login.account_id, id).await?;
    page(&Removal { frame, key: Line::new(app, key), fault })
}

pub(super) async fn removal(
    State(app): State<App>,
    frame: Frame,
    signed: Signed,
    Path(id): Path<Id<Passkey>>,
) -> Result<Html<String>> {
    going(&app, frame, &signed, (id, None)).await
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Digits {
    digits: String,
}

pub(super) async fn remove(
    State(app): State<App>,
    frame: Frame,
    signed: Signed,
    knock: Knock,
    Path(id): Path<Id<Passkey>>,
    Form(Digits { digits }): Form<Digits>,
) -> Result<Response> {
    let login = &signed.here.login;
    let who = (&signed.actor, &knock.device);
    match passkey::remove(&app, who, login.account_id, (id, &digits)).await {
        Ok(()) => changed(&app, &signed, knock).await,
        Err(error) => {
            let fault = Some(Fault::of(&frame, error)?);
            Ok(again(going(&app, frame, &signed, (id, fault)).await?))
        }
    }
}

/// What the browser is asked at the door.
pub(super) async fn question(
    State(app): State<App>,
    frame: Frame,
    knock: Knock,
) -> Result<Json<Value>> {
    // open to everybody as the door is; for whoever has not said a password there is nothing here
    let login = knock.at(Step::Second).map_err(|_| app::Error::Absent("passkey"))?;
    Ok(Json(passkey::challenge(&app, &here(&frame)?, &login).await?))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Answered {
    credential: String,
    client: String,
    data: String,
    signature: String,
    #[serde(default)]
    next: String,
}

pub(super) async fn enter(
    State(app): State<App>,
    frame: Frame,
    knock: Knock,
    Form(typed): Form<Answered>,
) -> Result<Response> {
    let (site, login) = (here(&frame)?, knock.at(Step::Second)?);
    let Answered { credential, client, data, signature, next } = &typed;
    let answer = Shown { credential, client, data, signature };
    match passkey::show(&app, &knock.device, &site, &login, &answer).await {
        Ok(entry) => Ok(knock.on(&entry, next)),
        Err(error) => {
            let fault = Some(Fault::of(&frame, error)?);
            let asked = (next.clone(), String::new(), fault);
            Ok(again(missing(&app, frame, &login, asked).await?))
        }
    }
}
