//! Accounts for who gives and takes them: an office's administrator, a firm's owner.

use app::{
    App,
    account::{Change, New, Seat},
};
use askama::Template;
use axum::{
    Form,
    extract::{Path, Query, State},
    response::{IntoResponse, Redirect, Response},
};
use model::{
    Id,
    access::{Actor, Role},
    account::{Account, Membership, State as Standing},
    employer::Employer,
    organisation::Organisation,
};
use serde::Deserialize;

use super::mine::{SeatLine, seats};
use crate::{
    actor::Office,
    error::Result,
    frame::{Fault, Frame, again, page},
};

/// Memberships on one page.
const LIMIT: i64 = 50;
/// Offices offered in a form.
const OFFERED: i64 = 2_000;

#[derive(Deserialize)]
pub(super) struct Before {
    before: Option<Id<Membership>>,
}

struct Line {
    seat: SeatLine,
    name: String,
    login: String,
    closed: bool,
    second: bool,
}

#[derive(Template)]
#[template(path = "account/list.html")]
struct List {
    frame: Frame,
    lines: Vec<Line>,
    next: Option<Id<Membership>>,
}

pub(super) async fn list(
    State(app): State<App>,
    Office(actor): Office,
    frame: Frame,
    Query(Before { before }): Query<Before>,
) -> Result<Response> {
    let mut r = app.db().read().await?;
    let found = store::account::members(&mut r, &actor.scope(), before, LIMIT).await?;
    drop(r);
    let full = i64::try_from(found.len()).unwrap_or(LIMIT) == LIMIT;
    let next = found.last().filter(|_| full).map(|one| one.id);
    let lines = lines(&app, &found).await?;
    Ok(page(&List { frame, lines, next })?.into_response())
}

async fn lines(app: &App, found: &[Membership]) -> Result<Vec<Line>> {
    let ids: Vec<_> = found.iter().map(|one| one.account_id).collect();
    let accounts = store::account::of_ids(&mut app.db().read().await?, &ids).await?;
    let mut lines = vec![];
    for (seat, one) in seats(app, found).await?.into_iter().zip(found) {
        let Some(account) = accounts.iter().find(|a| a.id == one.account_id) else { continue };
        lines.push(line(app, seat, account).await?);
    }
    Ok(lines)
}

async fn line(app: &App, seat: SeatLine, account: &Account) -> Result<Line> {
    let person = app::account::person(app, account).await?;
    Ok(Line {
        seat,
        name: person.name,
        login: person.login,
        closed: account.state == Standing::Closed,
        second: account.second.is_some(),
    })
}

/// Where somebody may be seated, and as what.
struct Offers {
    roles: Vec<&'static str>,
    offices: Vec<Organisation>,
    /// The firm of an owner.
    employer: Option<Id<Employer>>,
}

impl Offers {
    async fn new(app: &App, actor: &Actor) -> Result<Self> {
        let scope = actor.scope();
        let offices =
            store::organisation::tree(&mut app.db().read().await?, &scope, OFFERED).await?;
        let roles = Role::ALL.iter().filter(|role| actor.role.appoints(**role));
        let roles = roles.filter(|role| **role != Role::Jobseeker).map(|role| role.code());
        let employer = match scope.reach() {
            model::access::Reach::Employer(id) => Some(*id),
            model::access::Reach::Public
            | model::access::Reach::All
            | model::access::Reach::Office(_)
            | model::access::Reach::Person(_) => None,
        };
        Ok(Self { roles: roles.collect(), offices, employer })
    }
}

#[derive(Template)]
#[template(path = "account/new.html")]
struct Fresh {
    frame: Frame,
    offers: Offers,
    given: Given,
    fault: Option<Fault>,
}

#[derive(Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Given {
    #[serde(default)]
    login: String,
    #[serde(default)]
    name: String,
    #[serde(default)]
    password: String,
    role: String,
    #[serde(default)]
    organisation: String,
    #[serde(default)]
    employer: String,
}

impl Given {
    fn seat(&self) -> Result<Seat> {
        let role: Role = self.role.parse()?;
        let organisation = match self.organisation.as_str() {
            "" => None,
            _ if role.is_employers() || role == Role::SystemAdministrator => None,
            id => Some(id.parse()?),
        };
        let employer = match self.employer.as_str() {
            "" => None,
            id => Some(id.parse()?),
        };
        Ok(Seat { role: Some(role), organisation, employer })
    }
}

pub(super) async fn new(
    State(app): State<App>,
    Office(actor): Office,
    frame: Frame,
) -> Result<Response> {
    let offers = Offers::new(&app, &actor).await?;
    Ok(page(&Fresh { frame, offers, given: Given::default(), fault: None })?.into_response())
}

pub(super) async fn create(
    State(app): State<App>,
    Office(actor): Office,
    frame: Frame,
    Form(given): Form<Given>,
) -> Result<Response> {
    let Given { login, name, password, .. } = given.clone();
    let new = New { login, name, password, due: true, seat: given.seat()? };
    match app::account::create(&app, &actor, &new).await {
        Ok(_) => Ok(Redirect::to("/accounts").into_response()),
        Err(error) => {
            let fault = Some(Fault::of(&frame, error)?);
            let offers = Offers::new(&app, &actor).await?;
            let given = Given { password: String::new(), ..given };
            Ok(again(page(&Fresh { frame, offers, given, fault })?))
        }
    }
}

#[derive(Template)]
#[template(path = "account/edit.html")]
struct Show {
    frame: Frame,
    line: Line,
    others: Vec<SeatLine>,
    offers: Offers,
    /// What the bureau's own provider is called, or empty; and whether the account may come from there.
    provider: String,
    linked: bool,
    fault: Option<Fault>,
}

impl Show {
    async fn new(
        app: &App,
        actor: &Actor,
        frame: Frame,
        (id, fault): (Id<Membership>, Option<Fault>),
    ) -> Result<Self> {
        let mut r = app.db().read().await?;
        let one = store::account::membership(&mut r, &actor.scope(), id).await?;
        let account = store::account::find(&mut r, one.account_id).await?;
        let mut all = store::account::memberships_of(&mut r, one.account_id).await?;
        let linked = store::account::provider::linked(&mut r, account.id).await?;
        drop(r);
        all.retain(|other| other.id != id);
        let seat = seats(app, &[one]).await?.pop().ok_or(app::Error::Absent("account"))?;
        Ok(Self {
            line: line(app, seat, &account).await?,
            others: seats(app, &all).await?,
            offers: Offers::new(app, actor).await?,
            provider: app::account::provider::name(app).unwrap_or_default().to_owned(),
            linked,
            fault,
            frame,
        })
    }
}

/// An account, by one of its memberships.
pub(super) async fn show(
    State(app): State<App>,
    Office(actor): Office,
    frame: Frame,
    Path(id): Path<Id<Membership>>,
) -> Result<Response> {
    Ok(page(&Show::new(&app, &actor, frame, (id, None)).await?)?.into_response())
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Changing {
    what: String,
    #[serde(default)]
    password: String,
    #[serde(default)]
    subject: String,
}

pub(super) async fn change(
    State(app): State<App>,
    Office(actor): Office,
    frame: Frame,
    Path(id): Path<Id<Membership>>,
    Form(Changing { what, password, subject }): Form<Changing>,
) -> Result<Response> {
    let what = match what.as_str() {
        "close" => Change::Close,
        "reopen" => Change::Reopen,
        "second" => Change::ForgetSecond,
        "logins" => Change::EndLogins,
        "subject" => Change::Subject(subject),
        "subject_forget" => Change::ForgetSubject,
        _ => Change::Password(password),
    };
    match app::account::change(&app, &actor, id, what).await {
        Ok(()) => Ok(Redirect::to(&format!("/accounts/{id}")).into_response()),
        Err(error) => {
            let fault = Some(Fault::of(&frame, error)?);
            Ok(again(page(&Show::new(&app, &actor, frame, (id, fault)).await?)?))
        }
    }
}

/// Something more for the same person.
pub(super) async fn appoint(
    State(app): State<App>,
    Office(actor): Office,
    frame: Frame,
    Path(id): Path<Id<Membership>>,
    Form(given): Form<Given>,
) -> Result<Response> {
    match app::account::appoint(&app, &actor, id, given.seat()?).await {
        Ok(_) => Ok(Redirect::to(&format!("/accounts/{id}")).into_response()),
        Err(error) => {
            let fault = Some(Fault::of(&frame, error)?);
            Ok(again(page(&Show::new(&app, &actor, frame, (id, fault)).await?)?))
        }
    }
}

pub(super) async fn dismiss(
    State(app): State<App>,
    Office(actor): Office,
    Path(id): Path<Id<Membership>>,
) -> Result<Redirect> {
    app::account::dismiss(&app, &actor, id).await?;
    Ok(Redirect::to("/accounts"))
}
