//! Employers: they register themselves, show their papers, and a clerk finds whether they are who
//! they say. 用人单位

pub mod desk;

use chrono::{NaiveDate, TimeDelta};
use model::{
    Id, Refusal,
    access::{Actor, Reach, Role},
    account::Membership,
    cell,
    employer::{
        Details, Employer,
        credit_code::CreditCode,
        verification::{Act, Claim, Media, Paper, Verification},
    },
    vacancy::{
        State as Stage,
        life::{Act as Step, Cause},
    },
};
use serde_json::json;
use store::{
    Note, Writer,
    employer::{
        Known,
        verification::{self as rows, File},
    },
};

use crate::{App, Error, Result, account, deed, secret, vacancy::life::lead};

/// An employer that registers itself, with the person who does so.
#[derive(Clone, Default)]
pub struct Registration {
    pub name: String,
    pub credit_code: String,
    /// Region code of its seat.
    pub region: String,
    pub agency: bool,
    /// Who signs in for it.
    pub person: String,
    pub login: String,
    pub password: String,
}

/// So many may register in an hour, all together: beyond it something is wrong.
const AN_HOUR: i64 = 300;
/// Bytes of a file, at most.
pub const LARGEST: usize = 5 << 20;
/// Files that one employer may show.
const MOST_FILES: usize = 12;

/// Makes an account and an employer that nobody has verified yet. One of the same name or code that
/// is here already stays as it is: only a clerk may say that both are the same. Gives the name for the
/// door.
pub async fn register(app: &App, actor: &Actor, new: &Registration) -> Result<String> {
    let name = cell::line(&new.name);
    if name.is_empty() || name.chars().count() > 200 {
        return Err(Refusal::new("employer.name_missing").field("name").into());
    }
    let code = CreditCode::parse(&new.credit_code).map_err(|r| r.field("credit_code"))?;
    place(app, &new.region).await?;
    let program = Actor::program("registration");
    let seat = account::Seat { role: Some(Role::Owner), ..account::Seat::default() };
    let person = account::New {
        login: apart(&new.login),
        name: new.person.clone(),
        password: new.password.clone(),
        due: false,
        seat,
    };
    let login = person.login.clone();
    let person = account::Prepared::new(app, &program, &person).await?;
    let id: Id<Employer> = app.id();
    let made = deed!(app, actor, "employer.register", |w| {
        let at = w.at();
        if rows::registered_since(w, at - TimeDelta::hours(1)).await? >= AN_HOUR {
            return Err(Error::Unready(Refusal::new("employer.too_many")));
        }
        let details = Details { name: name.clone(), ..Details::default() };
        let employer = Employer { id, details, created_at: at, updated_at: at };
        // until a clerk has looked it has neither the name nor the code to itself
        let known = Known { name_key: unproven(id), employer };
        store::employer::add(w, &[known]).await?;
        let claim = Claim {
            code: code.as_str().into(),
            region: new.region.clone(),
            agency: new.agency,
            ..Claim::default()
        };
        let scope = program.scope();
        let fresh = rows::one(w, &scope, id).await?;
        rows::save(w, id, &Verification { claim, since: at, ..fresh }).await?;
        noted(w, id, &new.region, json!({ "new": true }));
        let account = person.keep(w).await?;
        let membership = Membership {
            id: app.id(),
            account_id: account,
            role: Role::Owner,
            organisation_id: None,
            employer_id: Some(id),
            jobseeker_id: None,
            valid_from: at,
            valid_to: None,
        };
        store::account::appoint(w, &membership).await?;
        Ok(login.clone())
    });
    match made {
        Err(error) if error.is_collision() => {
            Err(Refusal::new("account.login_taken").field("login").into())
        }
        made => made,
    }
}

/// The name for the door of somebody whom no office knows yet: with four digits of chance, so that whoever
/// registers does not learn which names are taken.
fn apart(login: &str) -> String {
    let bytes = secret::random();
    let number = bytes.first_chunk().map_or(0, |b| u32::from_be_bytes(*b));
    format!("{}.{:04}", login.trim().to_lowercase(), number % 10_000)
}

/// The folded name of an employer that nobody has verified: no file can mean it.
fn unproven(id: Id<Employer>) -> String {
    format!("?{id}")
}

async fn place(app: &App, region: &str) -> Result<()> {
    let reference = app.reference().await?;
    if reference.places.find(region).is_none() {
        return Err(Refusal::new("employer.place_unknown").field("place").into());
    }
    Ok(())
}

fn noted(w: &mut Writer, id: Id<Employer>, region: &str, change: serde_json::Value) {
    w.note(Note { noun: "employer", subject: id.uuid(), region: region.into(), change });
}

/// The employer that the actor belongs to.
pub fn own(actor: &Actor) -> Result<Id<Employer>> {
    match actor.scope().reach() {
        Reach::Employer(id) => Ok(*id),
        Reach::Public | Reach::All | Reach::Office(_) | Reach::Person(_) => {
            Err(Error::Absent("employer"))
        }
    }
}

/// Shows the papers to the office: for the first time, again, or to renew.
pub async fn apply(app: &App, actor: &Actor, id: Id<Employer>, claim: &Claim) -> Result<()> {
    let code = CreditCode::parse(&claim.code).map_err(|r| r.field("credit_code"))?;
    let claim = Claim {
        code: code.as_str().into(),
        agency_licence: cell::line(&claim.agency_licence),
        agency_issuer: cell::line(&claim.agency_issuer),
        ..claim.clone()
    };
    claim.check(app.today())?;
    place(app, &claim.region).await?;
    deed!(app, actor, "employer.apply", |w| {
        let scope = actor.scope();
        store::employer::looked_after(w, &scope, id).await?;
        if rows::files(w, &scope, id).await?.is_empty() {
            return Err(Refusal::new("employer.file_missing").field("file").into());
        }
        let known = rows::one(w, &scope, id).await?;
        let known = Verification { claim: claim.clone(), ..known };
        let asked = known.lead(Act::Apply, ("", None), w.at())?;
        rows::save(w, id, &asked).await?;
        noted(w, id, &asked.claim.region, json!({ "state": asked.state }));
        Ok(())
    })
}

/// Keeps a file that the employer shows, sealed. What it is, its first bytes say.
pub async fn attach(
    app: &App,
    actor: &Actor,
    (id, paper): (Id<Employer>, Paper),
    bytes: &[u8],
) -> Result<Id<File>> {
    if bytes.len() > LARGEST {
        let most = (LARGEST >> 20).to_string();
        return Err(Refusal::new("employer.file_large").field("file").arg("most", most).into());
    }
    let media = Media::of(bytes).ok_or_else(|| Refusal::new("employer.file_kind").field("file"))?;
    let file: Id<File> = app.id();
    let sealed = app.secret().seal(file.uuid().as_bytes(), bytes)?;
    let size = i64::try_from(bytes.len()).unwrap_or(i64::MAX);
    deed!(app, actor, "employer.attach", |w| {
        let scope = actor.scope();
        store::employer::looked_after(w, &scope, id).await?;
        if rows::files(w, &scope, id).await?.len() >= MOST_FILES {
            return Err(Refusal::new("employer.files_many").field("file").into());
        }
        let row = File { id: file, employer_id: id, paper, media, size, created_at: w.at() };
        rows::attach(w, &row, sealed.clone()).await?;
        noted(w, id, "", json!({ "file": paper }));
        Ok(file)
    })
}

/// A file as it was sent, for those who look after the employer.
pub async fn paper(
    app: &App,
    actor: &Actor,
    id: Id<Employer>,
    file: Id<File>,
) -> Result<(File, Vec<u8>)> {
    let (mut r, scope) = (app.db().read().await?, actor.scope());
    store::employer::looked_after(&mut r, &scope, id).await?;
    let (file, sealed) = rows::file(&mut r, &scope, (id, file)).await?;
    let plain = app.secret().unseal(file.id.uuid().as_bytes(), &sealed)?;
    Ok((file, plain))
}

/// What a clerk says of an employer.
#[derive(Clone, Debug, Default)]
pub struct Decision {
    pub reason: String,
    /// For a yes: the last day for which it holds.
    pub valid_to: Option<NaiveDate>,
    /// For a yes: the employer that was here already under the code, and is the same.
    pub same: Option<Id<Employer>>,
}

/// The employer is who it says. What waited only for this is public now. Where it was here already,
/// from a file, both become one: the one that was here.
pub async fn verify(
    app: &App,
    actor: &Actor,
    id: Id<Employer>,
    decision: &Decision,
) -> Result<Id<Employer>> {
    if decision.valid_to.is_some_and(|day| day < app.today()) {
        return Err(Refusal::new("employer.valid_to_past").field("valid_to").into());
    }
    deed!(app, actor, "employer.verify", |w| {
        let scope = actor.scope();
        let known = store::employer::looked_after(w, &scope, id).await?;
        let verification = rows::one(w, &scope, id).await?;
        let said = (decision.reason.as_str(), decision.valid_to);
        let verified = verification.lead(Act::Verify, said, w.at())?;
        let code = &verified.claim.code;
        let key = cell::fold(&known.details.name);
        let alike = rows::alike(w, &scope, (id, code, &key)).await?;
        let coded = alike.iter().find(|e| !code.is_empty() && e.details.credit_code == *code);
        let named = alike.iter().find(|e| Some(e.id) == decision.same);
        let survivor = match coded.or(named) {
            Some(other) => {
                rows::absorb(w, id, other.id).await?;
                noted(w, id, "", json!({ "same": other.id }));
                other.clone()
            }
            None => known,
        };
        let mut details = survivor.details.clone();
        if !code.is_empty() {
            details.credit_code.clone_from(code);
        }
        let name_key = cell::fold(&details.name);
        store::employer::save(w, survivor.id, &name_key, &details).await?;
        rows::save(w, survivor.id, &verified).await?;
        noted(w, survivor.id, &verified.claim.region, json!({ "state": verified.state }));
        for vacancy in rows::waiting(w, survivor.id).await? {
            lead(w, vacancy, Step::Release, Stage::Published).await?;
        }
        Ok(survivor.id)
    })
}

/// The employer is not who it says, or its papers do not do.
pub async fn refuse(app: &App, actor: &Actor, id: Id<Employer>, reason: &str) -> Result<()> {
    deed!(app, actor, "employer.refuse", |w| {
        barred(w, actor, id, (Act::Refuse, reason)).await?;
        Ok(())
    })
}

/// Takes an employer out of the service for now, and everything it offers out of the open.
pub async fn suspend(app: &App, actor: &Actor, id: Id<Employer>, reason: &str) -> Result<()> {
    deed!(app, actor, "employer.suspend", |w| {
        barred(w, actor, id, (Act::Suspend, reason)).await?;
        for vacancy in rows::public(w, id).await? {
            let held = lead(w, vacancy, Step::Hold, Stage::Submitted).await?;
            let cause = Some(Cause::Unverified);
            store::vacancy::life::explain(w, held.id, cause, reason.trim()).await?;
        }
        Ok(())
    })
}

async fn barred(
    w: &mut Writer,
    actor: &Actor,
    id: Id<Employer>,
    (act, reason): (Act, &str),
) -> Result<()> {
    let scope = actor.scope();
    store::employer::looked_after(w, &scope, id).await?;
    let known = rows::one(w, &scope, id).await?;
    let led = known.lead(act, (reason, None), w.at())?;
    rows::save(w, id, &led).await?;
    noted(w, id, &led.claim.region, json!({ "state": led.state, "reason": led.reason }));
    Ok(())
}
