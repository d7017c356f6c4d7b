//! One's own account: what one is here, where one is signed in, password and second factor.

use app::{App, account::door};
use askama::Template;
use axum::{
    Form,
    extract::{Path, State},
    response::{IntoResponse, Redirect, Response},
};
use model::{
    Id,
    account::{Login, Membership},
};
use serde::Deserialize;

use super::{
    keeping, passkey,
    sign_in::{Knock, Paper},
};
use crate::{
    actor::Signed,
    error::Result,
    frame::{Fault, Frame, again, page},
};

#[derive(Template)]
#[template(path = "account/show.html")]
struct Show {
    frame: Frame,
    name: String,
    login: String,
    seats: Vec<SeatLine>,
    logins: Vec<LoginLine>,
    second: bool,
    /// Where this site knows passkeys: may one of the account's have been copied?
    passkeys: Option<bool>,
    fault: Option<Fault>,
    done: bool,
}

/// One of the things somebody is.
pub(super) struct SeatLine {
    pub(super) id: Id<Membership>,
    pub(super) role: &'static str,
    pub(super) place: String,
    pub(super) current: bool,
}

struct LoginLine {
    id: Id<Login>,
    device: String,
    since: String,
    seen: String,
    current: bool,
}

impl Show {
    async fn new(app: &App, frame: Frame, signed: &Signed, fault: Option<Fault>) -> Result<Self> {
        let here = &signed.here.login;
        let mut r = app.db().read().await?;
        let account = store::account::find(&mut r, here.account_id).await?;
        let memberships = store::account::memberships_of(&mut r, account.id).await?;
        let keys = store::account::passkey::of_account(&mut r, account.id).await?;
        let logins = store::account::login::of_account(&mut r, account.id, app.now()).await?;
        drop(r);
        let mut seats = seats(app, &memberships).await?;
        for seat in &mut seats {
            seat.current = Some(seat.id) == here.membership_id;
        }
        let when = |at| app.local(at).format("%Y-%m-%d %H:%M").to_string();
        let line = |login: Login| LoginLine {
            id: login.id,
            device: login.device,
            since: when(login.started_at),
            seen: when(login.seen_at),
            current: login.id == here.id,
        };
        let person = app::account::person(app, &account).await?;
        let login = if person.login.is_empty() { person.phone } else { person.login };
        Ok(Self {
            name: person.name,
            login,
            seats,
            logins: logins.into_iter().map(line).collect(),
            second: account.second.is_some(),
            passkeys: passkey::site(&frame)
                .map(|_| keys.iter().any(|key| key.doubted_at.is_some())),
            fault,
            done: false,
            frame,
        })
    }
}

/// Memberships with the names of their places.
pub(super) async fn seats(app: &App, memberships: &[Membership]) -> Result<Vec<SeatLine>> {
    let mut r = app.db().read().await?;
    let offices: Vec<_> = memberships.iter().filter_map(|one| one.organisation_id).collect();
    let offices = store::organisation::of_ids(&mut r, &offices).await?;
    let firms: Vec<_> = memberships.iter().filter_map(|one| one.employer_id).collect();
    let scope = model::access::Actor::public().scope();
    let firms = store::employer::of_ids(&mut r, &scope, &firms).await?;
    let line = |one: &Membership| {
        let office = offices.iter().find(|office| Some(office.id) == one.organisation_id);
        let firm = firms.iter().find(|firm| Some(firm.id) == one.employer_id);
        let place = office
            .map(|office| office.name.clone())
            .or_else(|| firm.map(|firm| firm.details.name.clone()));
        SeatLine {
            id: one.id,
            role: one.role.code(),
            place: place.unwrap_or_default(),
            current: false,
        }
    };
    Ok(memberships.iter().map(line).collect())
}

pub(super) async fn show(State(app): State<App>, frame: Frame, signed: Signed) -> Result<Response> {
    Ok(page(&Show::new(&app, frame, &signed, None).await?)?.into_response())
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct As {
    membership: Id<Membership>,
}

/// As another of the things one is: with another cookie.
pub(super) async fn switch(
    State(app): State<App>,
    signed: Signed,
    knock: Knock,
    Form(As { membership }): Form<As>,
) -> Result<Response> {
    let entry = door::switch(&app, &signed.actor, &signed.here.login, membership).await?;
    Ok(knock.on(&entry, "/account"))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Passwords {
    old: String,
    password: String,
}

pub(super) async fn password(
    State(app): State<App>,
    frame: Frame,
    signed: Signed,
    knock: Knock,
    Form(Passwords { old, password }): Form<Passwords>,
) -> Result<Response> {
    let login = &signed.here.login;
    let whose = (login.account_id, login.id);
    let typed = (Some(old.as_str()), password.as_str());
    let done = app::account::new_password(&app, &signed.actor, whose, typed).await;
    match done {
        Ok(()) => {
            let mut show = Show::new(&app, frame, &signed, None).await?;
            show.done = true;
            let entry = door::renew(&app, &signed.actor, login).await?;
            Ok(keeping(knock.session(&entry), page(&show)?))
        }
        Err(error) => {
            let fault = Fault::of(&frame, error)?;
            Ok(again(page(&Show::new(&app, frame, &signed, Some(fault)).await?)?))
        }
    }
}

#[derive(Template)]
#[template(path = "account/second.html")]
struct Second {
    frame: Frame,
    picture: String,
    secret: String,
    fault: Option<Fault>,
}

impl Second {
    async fn new(
        app: &App,
        frame: Frame,
        signed: &Signed,
        (secret, fault): (String, Option<Fault>),
    ) -> Result<Self> {
        let id = signed.here.login.account_id;
        let shown = app::account::second::shown(app, id, &secret).await?;
        Ok(Self { frame, picture: shown.picture, secret, fault })
    }
}

pub(super) async fn second(
    State(app): State<App>,
    frame: Frame,
    signed: Signed,
) -> Result<Response> {
    let secret = app::account::second::secret_text();
    Ok(page(&Second::new(&app, frame, &signed, (secret, None)).await?)?.into_response())
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Enrol {
    secret: String,
    digits: String,
    password: String,
}

/// Sets up another second factor; the password is asked for again.
pub(super) async fn enrol(
    State(app): State<App>,
    frame: Frame,
    signed: Signed,
    knock: Knock,
    Form(Enrol { secret, digits, password }): Form<Enrol>,
) -> Result<Response> {
    let id = signed.here.login.account_id;
    let set = app::account::second::renew(&app, &signed.actor, id, (&password, &secret, &digits));
    match set.await {
        Ok(codes) => {
            let entry = door::renew(&app, &signed.actor, &signed.here.login).await?;
            let paper = page(&Paper { frame, codes, next: "/account".into() })?;
            Ok(keeping(knock.session(&entry), paper))
        }
        Err(error) => {
            let fault = Some(Fault::of(&frame, error)?);
            Ok(again(page(&Second::new(&app, frame, &signed, (secret, fault)).await?)?))
        }
    }
}

/// Ends one of the places where one is signed in.
pub(super) async fn end(
    State(app): State<App>,
    signed: Signed,
    Path(id): Path<Id<Login>>,
) -> Result<Redirect> {
    let account = signed.here.login.account_id;
    door::leave(&app, &signed.actor, account, id).await?;
    Ok(Redirect::to("/account"))
}

pub(super) async fn end_others(State(app): State<App>, signed: Signed) -> Result<Redirect> {
    let login = &signed.here.login;
    door::leave_others(&app, &signed.actor, login.account_id, login.id).await?;
    Ok(Redirect::to("/account"))
}
