//! Accounts: who signs in, as what, and with which secrets. 账户

pub mod door;
pub mod passcode;
pub mod passkey;
pub mod password;
mod prepared;
pub mod provider;
pub mod second;
pub mod token;

use model::{
    Id, Refusal,
    access::{Actor, Role},
    account::{Account, Login, Membership, Person, State, login},
    employer::Employer,
    organisation::Organisation,
};
use serde_json::{Value, json};
use store::{Note, Writer};

pub(crate) use self::prepared::Prepared;
use crate::{App, Error, Result, deed, secret};

/// What an operator may set about signing in.
#[derive(Clone, Debug)]
pub struct Rules {
    /// Of argon2id: memory in KiB, and passes over it.
    pub password_memory_kib: u32,
    pub password_passes: u32,
    /// So many passwords are checked at once; the others wait.
    pub passwords_at_once: usize,
    /// The weakest password that is taken, 0 to 4 as zxcvbn has it.
    pub password_score: u8,
    /// Minutes without a request that end a sign-in, of staff and of everybody else.
    pub staff_idle_minutes: i64,
    pub idle_minutes: i64,
    /// Hours that end it whatever happens.
    pub staff_hours: i64,
    pub hours: i64,
    /// Must staff have a second factor?
    pub second_factor: bool,
    /// Messages with codes an hour, all together: beyond it something is wrong.
    pub codes_an_hour: i64,
    /// Is there a way for text messages, one for mails: a gateway, or the demonstration's mailbox?
    pub messages: bool,
    pub mails: bool,
}

impl Default for Rules {
    fn default() -> Self {
        Self {
            password_memory_kib: 19_456,
            password_passes: 2,
            passwords_at_once: 2,
            password_score: 3,
            staff_idle_minutes: 15,
            idle_minutes: 24 * 60,
            staff_hours: 12,
            hours: 30 * 24,
            second_factor: true,
            codes_an_hour: 3_000,
            messages: false,
            mails: false,
        }
    }
}

/// Somebody who is to sign in.
#[derive(Clone, Default)]
pub struct New {
    pub login: String,
    pub name: String,
    /// The first password; changed at the first sign-in where `due`.
    pub password: String,
    pub due: bool,
    pub seat: Seat,
}

/// What somebody is to be, and where.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Seat {
    pub role: Option<Role>,
    pub organisation: Option<Id<Organisation>>,
    pub employer: Option<Id<Employer>>,
}

/// Adds an account with its first membership. The membership must lie within the actor's reach, and be
/// no more than the actor may give.
pub async fn create(app: &App, actor: &Actor, new: &New) -> Result<Id<Account>> {
    let prepared = Prepared::new(app, actor, new).await?;
    let made = deed!(app, actor, "account.create", |w| {
        let id = prepared.keep(w).await?;
        let membership = seated(app, w, actor, (id, new.seat)).await?;
        store::account::appoint(w, &membership).await?;
        note(w, id, json!({ "role": membership.role }));
        Ok(id)
    });
    match made {
        Err(error) if error.is_collision() => {
            Err(Refusal::new("account.login_taken").field("login").into())
        }
        made => made,
    }
}

fn fresh(w: &Writer, id: Id<Account>, sealed: Vec<u8>, (hash, due): (&str, bool)) -> Account {
    Account {
        id,
        sealed,
        password: hash.to_owned(),
        password_due: due,
        second: None,
        second_step: 0,
        state: State::Open,
        created_at: w.at(),
        updated_at: w.at(),
    }
}

/// A new membership, if the actor may give it.
async fn seated(
    app: &App,
    w: &mut Writer,
    actor: &Actor,
    (account, seat): (Id<Account>, Seat),
) -> Result<Membership> {
    let scope = actor.scope();
    let role = seat.role.ok_or_else(|| Refusal::new("access.role_unknown").field("role"))?;
    if !actor.role.appoints(role) {
        return Err(Refusal::new("account.role_too_high").field("role").into());
    }
    let membership = Membership {
        id: app.id(),
        account_id: account,
        role,
        organisation_id: seat.organisation,
        employer_id: seat.employer,
        jobseeker_id: None,
        valid_from: w.at(),
        valid_to: None,
    };
    role.fits(&membership)?;
    if let Some(office) = seat.organisation {
        store::organisation::find(w, &scope, office).await?;
    }
    if let Some(employer) = seat.employer {
        store::employer::looked_after(w, &scope, employer).await?;
    }
    Ok(membership)
}

/// Makes somebody who has an account something more.
pub async fn appoint(
    app: &App,
    actor: &Actor,
    known: Id<Membership>,
    seat: Seat,
) -> Result<Id<Membership>> {
    deed!(app, actor, "account.appoint", |w| {
        let known = store::account::membership(w, &actor.scope(), known).await?;
        let membership = seated(app, w, actor, (known.account_id, seat)).await?;
        store::account::appoint(w, &membership).await?;
        note(w, known.account_id, json!({ "role": membership.role }));
        Ok(membership.id)
    })
}

/// Ends a membership within the actor's reach, and every sign-in as it.
pub async fn dismiss(app: &App, actor: &Actor, id: Id<Membership>) -> Result<()> {
    deed!(app, actor, "account.dismiss", |w| {
        let membership = ruled(w, actor, id).await?;
        store::account::dismiss(w, id).await?;
        note(w, membership.account_id, json!({ "ended": membership.role }));
        Ok(())
    })
}

/// What an administrator does to an account.
#[derive(Clone, Debug)]
pub enum Change {
    Close,
    Reopen,
    /// Takes the second factor away: it is lost.
    ForgetSecond,
    /// Ends every sign-in.
    EndLogins,
    /// A password that must be changed at the next sign-in.
    Password(String),
    /// Who it is at the bureau's provider, in the provider's words.
    Subject(String),
    /// Signs in at the provider no more.
    ForgetSubject,
}

/// Changes the account behind a membership of the actor's reach.
pub async fn change(app: &App, actor: &Actor, id: Id<Membership>, what: Change) -> Result<()> {
    actor.may("account.change").map_err(Error::Forbidden)?;
    let kept = match &what {
        Change::Password(password) => {
            password::strong(app, password, &[])?;
            password::hashed(app, password).await?
        }
        Change::Subject(subject) => provider::typed(app, subject)?,
        Change::Close
        | Change::Reopen
        | Change::ForgetSecond
        | Change::EndLogins
        | Change::ForgetSubject => String::new(),
    };
    let done = deed!(app, actor, "account.change", |w| {
        let account = ruled(w, actor, id).await?.account_id;
        let mut one = store::account::find(w, account).await?;
        let told = match &what {
            Change::Close => {
                one.state = State::Closed;
                "closed"
            }
            Change::Reopen => {
                one.state = State::Open;
                "open"
            }
            Change::ForgetSecond => {
                one.second = None;
                store::account::recoverable(w, account, &[]).await?;
                store::account::passkey::remove_all(w, account).await?;
                "second"
            }
            Change::EndLogins => "logins",
            Change::Password(_) => {
                one.password.clone_from(&kept);
                one.password_due = true;
                "password"
            }
            Change::Subject(_) => {
                store::account::provider::link(w, account, &kept).await?;
                "subject"
            }
            Change::ForgetSubject => {
                store::account::provider::unlink(w, account).await?;
                "subject_forgotten"
            }
        };
        store::account::save(w, &one).await?;
        store::account::login::end_all(w, account, None).await?;
        note(w, account, json!({ "changed": told }));
        Ok(())
    });
    match done {
        Err(error) if error.is_collision() => {
            Err(Refusal::new("account.subject_taken").field("subject").into())
        }
        done => done,
    }
}

/// A membership of the actor's reach, of a role that the actor may give and take.
async fn ruled(w: &mut Writer, actor: &Actor, id: Id<Membership>) -> Result<Membership> {
    let membership = store::account::membership(w, &actor.scope(), id).await?;
    let all = store::account::memberships_of(w, membership.account_id).await?;
    // who is more somewhere else is not changed from here
    if all.iter().chain([&membership]).all(|one| actor.role.appoints(one.role)) {
        Ok(membership)
    } else {
        Err(Error::Forbidden(Refusal::new("account.role_too_high")))
    }
}

/// Another password, by its owner, who knows the old one; every other sign-in ends.
pub async fn new_password(
    app: &App,
    actor: &Actor,
    (id, here): (Id<Account>, Id<Login>),
    (old, new): (Option<&str>, &str),
) -> Result<()> {
    let account = store::account::find(&mut app.db().read().await?, id).await?;
    let person = person(app, &account).await?;
    if let Some(old) = old {
        password::again(app, &account, old, "old").await?;
    }
    password::strong(app, new, &[&person.login, &person.name])?;
    if password::fits(app, new, Some(&account.password)).await? {
        return Err(Refusal::new("account.password_same").field("password").into());
    }
    let hash = password::hashed(app, new).await?;
    deed!(app, actor, "account.secure", |w| {
        let mut kept = store::account::find(w, id).await?;
        kept.password.clone_from(&hash);
        kept.password_due = false;
        store::account::save(w, &kept).await?;
        store::account::login::end_all(w, id, Some(here)).await?;
        note(w, id, json!({ "password": true }));
        Ok(())
    })
}

/// Who an account is. Shown to itself, and to whoever administers it.
pub async fn person(app: &App, account: &Account) -> Result<Person> {
    let id = account.id.uuid();
    let plain = app.secret().keys(&[id]).await?.unseal(id, id.as_bytes(), &account.sealed)?;
    serde_json::from_slice(&plain).map_err(Error::broken)
}

pub(crate) async fn sealed(app: &App, id: Id<Account>, person: &Person) -> Result<Vec<u8>> {
    let plain = serde_json::to_vec(person).map_err(Error::broken)?;
    let (id, at) = (id.uuid(), app.now());
    app.secret().make(&[id], at).await?.seal(id, id.as_bytes(), &plain)
}

fn note(w: &mut Writer, id: Id<Account>, change: Value) {
    w.note(Note { noun: "account", subject: id.uuid(), region: String::new(), change });
}

/// Forgets what was tried and sent, and sign-ins that are over; for as long as the program runs.
pub async fn keep_tidy(app: &App) {
    loop {
        if let Err(error) = tidy(app).await {
            tracing::warn!(%error, "what was tried at the door is not forgotten");
        }
        tokio::time::sleep(std::time::Duration::from_hours(1)).await;
    }
}

/// Once: everything that is older than two days.
pub async fn tidy(app: &App) -> Result<u64> {
    deed!(app, &door::keeper(), "account.tidy", |w| {
        let before = w.at() - chrono::TimeDelta::days(2);
        Ok(store::account::tidy(w, before).await?)
    })
}

/// The code that makes the first administrator; printed where the program runs, and good until there
/// is an account. `None` afterwards.
pub async fn setup_code(app: &App) -> Result<Option<String>> {
    if !empty(app).await? {
        return Ok(None);
    }
    let mut held = app.0.setup.lock().await;
    Ok(Some(held.get_or_insert_with(|| secret::token().chars().take(16).collect()).clone()))
}

/// Is there no account yet?
pub async fn empty(app: &App) -> Result<bool> {
    if app.0.peopled.get().is_some() {
        return Ok(false);
    }
    let any = store::account::any(&mut app.db().read().await?).await?;
    if any {
        app.0.peopled.get_or_init(async || ()).await;
    }
    Ok(!any)
}

/// Makes the first administrator, who looks after the program and after the whole network.
pub async fn first(app: &App, code: &str, new: &New, top: crate::organisation::New) -> Result<()> {
    let Some(right) = setup_code(app).await? else {
        return Err(Error::Absent("page"));
    };
    // compared by digests: equal time whatever was typed
    if app.secret().digest("setup", &right) != app.secret().digest("setup", code.trim()) {
        return Err(Refusal::new("account.setup_code").field("code").into());
    }
    let program = Actor::program("setup");
    let login = login(&new.login)?;
    password::strong(app, &new.password, &[&login, &new.name])?;
    let top = match store::organisation::top(&mut app.db().read().await?).await? {
        Some(top) => top,
        None => crate::organisation::create(app, &program, top).await?,
    };
    let role = Some(Role::OfficeAdministrator);
    let seat = Seat { role, organisation: Some(top.id), employer: None };
    let id = create(app, &program, &New { seat, ..new.clone() }).await?;
    let mut r = app.db().read().await?;
    let known = store::account::memberships_of(&mut r, id).await?;
    drop(r);
    let seat = Seat { role: Some(Role::SystemAdministrator), ..Seat::default() };
    if let Some(known) = known.first() {
        appoint(app, &program, known.id, seat).await?;
    }
    Ok(())
}
