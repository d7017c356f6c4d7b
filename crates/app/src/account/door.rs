//! The door: in with a password, a step at a time, and out again. A wrong name and a wrong password
//! are answered alike and take as long; nobody is kept out for the address they come from.

use chrono::TimeDelta;
use model::{
    Id, Refusal,
    access::{Actor, Role},
    account::{Account, Login, Membership, State, Step},
};
use serde_json::json;
use store::{Writer, account::login::Here};

use super::{note, password, second};
use crate::{App, Error, Result, deed, secret};

/// Who knocks: a browser that was here before or not, and of what kind it says to be.
#[derive(Clone, Debug, Default)]
pub struct Device {
    /// What its long-lived cookie holds, or empty.
    pub key: String,
    /// "Firefox, Android": for the list that the owner of the account sees.
    pub kind: String,
}

/// In, or a step further: the new content of the cookie, and what is missing yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    pub token: String,
    pub step: Step,
}

/// A sign-in is noted as seen at most so often.
const NOTED: TimeDelta = TimeDelta::seconds(60);
/// A sign-in that stops half way is over after so long.
const HALF: TimeDelta = TimeDelta::minutes(15);

/// Who does what has to be done for somebody who is not in yet.
pub fn keeper() -> Actor {
    Actor::program("door")
}

/// Signs in with a name and a password.
pub async fn sign_in(app: &App, device: &Device, name: &str, typed: &str) -> Result<Entry> {
    let name = model::account::login(name).unwrap_or_else(|_| "-".into());
    let index = app.secret().digest("login", &name);
    let found = store::account::of_login(&mut app.db().read().await?, &index).await?;
    let door = door(app, found.as_ref().map(|one| one.id), ("password", &index), device).await?;
    knock(app, &door).await?;
    let kept = found.as_ref().map(|one| one.password.as_str());
    let fits = password::fits(app, typed, kept).await?;
    let open = found.filter(|one| fits && one.state == State::Open);
    let account = open.ok_or_else(|| Refusal::new("account.unknown").field("login"))?;
    enter(app, device, &account, Way::Password(&door)).await
}

/// What failures are counted by: what was tried, and the device if the account knows it. A stranger
/// who guesses closes the door for strangers, not for its owner.
pub(super) async fn door(
    app: &App,
    account: Option<Id<Account>>,
    (kind, index): (&str, &str),
    device: &Device,
) -> Result<String> {
    let key = app.secret().digest("device", &device.key);
    let known = match account {
        Some(id) if !key.is_empty() => {
            store::account::knows(&mut app.db().read().await?, id, &key).await?
        }
        Some(_) | None => false,
    };
    let from = if known { key } else { String::new() };
    Ok(app.secret().digest("door", &format!("{kind} {index} {from}")))
}

/// Counts a try before it is looked at, so that many at once are no way round; refused while the door
/// is closed.
pub(super) async fn knock(app: &App, door: &str) -> Result<()> {
    deed!(app, &keeper(), "account.attempt", |w| {
        let now = w.at();
        let before = store::account::attempt(w, door).await?;
        if let Some(before) = &before {
            before.open(now)?;
        }
        let none = model::account::Attempt { failures: 0, last_at: now };
        store::account::failed(w, door, before.unwrap_or(none).failed(now)).await?;
        Ok(())
    })
}

/// How somebody has shown who they are.
#[derive(Clone, Copy, Debug)]
pub(super) enum Way<'a> {
    /// At the door whose failures are forgotten now.
    Password(&'a str),
    Code,
    /// At the bureau's provider, which has asked for a `second` factor itself or not.
    Provider {
        second: bool,
    },
}

/// The secret was right: a new place where the account is signed in.
pub(super) async fn enter(
    app: &App,
    device: &Device,
    account: &Account,
    way: Way<'_>,
) -> Result<Entry> {
    let vouched = matches!(way, Way::Provider { second: true });
    let token = secret::token();
    let digest = app.secret().digest("session", &token);
    let known = app.secret().digest("device", &device.key);
    deed!(app, &keeper(), "account.sign_in", |w| {
        let all = store::account::memberships_of(w, account.id).await?;
        let Some(seat) = all.iter().max_by_key(|one| one.role.is_staff()) else {
            return Err(Refusal::new("account.unknown").field("login").into());
        };
        let step = step(app, account, seat.role, vouched);
        let login = Login {
            id: app.id(),
            account_id: account.id,
            membership_id: Some(seat.id),
            step,
            device: device.kind.clone(),
            started_at: w.at(),
            seen_at: w.at(),
            ends_at: w.at() + lasts(app, seat.role),
        };
        store::account::login::add(w, &login, &digest).await?;
        if let Way::Password(door) = way {
            store::account::forget(w, door).await?;
        }
        if matches!(way, Way::Provider { .. }) {
            note(w, account.id, json!({ "provider": true, "second": vouched }));
        }
        whole(w, &login, &known).await?;
        Ok(Entry { token: token.clone(), step })
    })
}

/// What is missing for somebody whose secret was right.
fn step(app: &App, account: &Account, role: Role, second_done: bool) -> Step {
    if account.second.is_some() && !second_done {
        Step::Second
    } else if account.password_due {
        Step::Password
    } else if account.second.is_none() && asked(app, role) && !second_done {
        Step::Enrol
    } else {
        Step::Whole
    }
}

/// Must this role have a second factor?
pub fn asked(app: &App, role: Role) -> bool {
    role.is_staff() && app.settings().account.second_factor
}

/// Somebody is in: the device is known from now on, and the log tells of it.
async fn whole(w: &mut Writer, login: &Login, device: &str) -> Result<()> {
    if login.step == Step::Whole {
        if !device.is_empty() {
            store::account::know(w, login.account_id, device).await?;
        }
        note(w, login.account_id, json!({ "login": login.id }));
    }
    Ok(())
}

/// The second step: six digits, or a code from paper.
pub async fn digits(app: &App, device: &Device, login: &Login, typed: &str) -> Result<Entry> {
    second(app, device, login.account_id, typed).await?;
    further(app, device, login, true).await
}

/// Refused unless these are the digits of now, or a code from paper; counted, whoever asks for them.
pub(super) async fn second(app: &App, device: &Device, id: Id<Account>, typed: &str) -> Result<()> {
    let index = id.uuid().to_string();
    let door = door(app, Some(id), ("second", &index), device).await?;
    knock(app, &door).await?;
    let fits = deed!(app, &keeper(), "account.sign_in", |w| {
        let fits = second::fits(w, app, id, typed).await?;
        if fits {
            store::account::forget(w, &door).await?;
        }
        Ok(fits)
    })?;
    if fits { Ok(()) } else { Err(Refusal::new("account.digits_wrong").field("digits").into()) }
}

/// A step further with another cookie: what an earlier one opened is closed.
pub async fn further(app: &App, device: &Device, login: &Login, second: bool) -> Result<Entry> {
    let token = secret::token();
    let digest = app.secret().digest("session", &token);
    let known = app.secret().digest("device", &device.key);
    deed!(app, &keeper(), "account.sign_in", |w| {
        let account = store::account::find(w, login.account_id).await?;
        let role = role_of(w, login).await?;
        let step = step(app, &account, role, second);
        let login = Login { step, ..login.clone() };
        if !store::account::login::renew(w, &login, &digest).await? {
            return Err(Error::Absent("login"));
        }
        whole(w, &login, &known).await?;
        Ok(Entry { token: token.clone(), step })
    })
}

async fn role_of(w: &mut Writer, login: &Login) -> Result<Role> {
    let all = store::account::memberships_of(w, login.account_id).await?;
    let seat = all.iter().find(|one| Some(one.id) == login.membership_id);
    Ok(seat.ok_or(Error::Absent("login"))?.role)
}

/// The same person as another of the things they are: a new cookie, and the time begins anew at most
/// to where the first would have ended.
pub async fn switch(app: &App, actor: &Actor, login: &Login, to: Id<Membership>) -> Result<Entry> {
    let token = secret::token();
    let digest = app.secret().digest("session", &token);
    deed!(app, actor, "account.switch", |w| {
        let all = store::account::memberships_of(w, login.account_id).await?;
        let seat = all.iter().find(|one| one.id == to).ok_or(Error::Absent("membership"))?;
        let account = store::account::find(w, login.account_id).await?;
        // who has shown a second factor at the door need not again; who has none must set one up
        let step = step(app, &account, seat.role, account.second.is_some());
        let ends_at = login.ends_at.min(login.started_at + lasts(app, seat.role));
        let login = Login { step, ends_at, membership_id: Some(to), ..login.clone() };
        store::account::login::renew(w, &login, &digest).await?;
        note(w, login.account_id, json!({ "as": seat.role }));
        Ok(Entry { token: token.clone(), step })
    })
}

/// Another cookie for somebody whose secrets have just changed: what the old one opened is closed, and so
/// is every other place where the account is signed in.
pub async fn renew(app: &App, actor: &Actor, login: &Login) -> Result<Entry> {
    let token = secret::token();
    let digest = app.secret().digest("session", &token);
    deed!(app, actor, "account.secure", |w| {
        if !store::account::login::renew(w, login, &digest).await? {
            return Err(Error::Absent("login"));
        }
        store::account::login::end_all(w, login.account_id, Some(login.id)).await?;
        Ok(Entry { token: token.clone(), step: login.step })
    })
}

/// Who holds this cookie, if it has not run out.
pub async fn here(app: &App, token: &str) -> Result<Option<Here>> {
    let digest = app.secret().digest("session", token);
    let found = store::account::login::here(&mut app.db().read().await?, &digest).await?;
    let Some(here) = found else { return Ok(None) };
    let (now, login) = (app.now(), &here.login);
    let idle = match &here.member {
        Some(member) => idle(app, member.role),
        None => HALF,
    };
    if now >= login.ends_at || now - login.seen_at >= idle {
        return Ok(None);
    }
    if now - login.seen_at >= NOTED {
        let (app, id) = (app.clone(), login.id);
        // beside the answer: a page does not wait for the database's only pen
        tokio::spawn(async move { stay(&app, id).await });
    }
    Ok(Some(here))
}

async fn stay(app: &App, id: Id<Login>) {
    let done: Result<()> = deed!(app, &keeper(), "account.stay", |w| {
        Ok(store::account::login::seen(w, id).await?)
    });
    if let Err(error) = done {
        tracing::warn!(%error, "a sign-in could not be noted as seen");
    }
}

fn idle(app: &App, role: Role) -> TimeDelta {
    let rules = &app.settings().account;
    let minutes = if role.is_staff() { rules.staff_idle_minutes } else { rules.idle_minutes };
    TimeDelta::minutes(minutes)
}

fn lasts(app: &App, role: Role) -> TimeDelta {
    let rules = &app.settings().account;
    TimeDelta::hours(if role.is_staff() { rules.staff_hours } else { rules.hours })
}

/// Ends a place where the actor is signed in: this one, or another of the list.
pub async fn leave(app: &App, actor: &Actor, account: Id<Account>, id: Id<Login>) -> Result<()> {
    deed!(app, actor, "account.leave", |w| {
        if !store::account::login::end(w, account, id).await? {
            return Err(Error::Absent("login"));
        }
        note(w, account, json!({ "left": id }));
        Ok(())
    })
}

/// Ends all places of the actor but this one.
pub async fn leave_others(
    app: &App,
    actor: &Actor,
    account: Id<Account>,
    here: Id<Login>,
) -> Result<u64> {
    deed!(app, actor, "account.leave", |w| {
        let ended = store::account::login::end_all(w, account, Some(here)).await?;
        note(w, account, json!({ "left_others": ended }));
        Ok(ended)
    })
}
