//! Inboxes: a line is written with the deed it tells of, and a task sends it out of the house
//! afterwards to those who want that. A line is taken up in the same deed that writes its messages, so
//! it leaves once; a message is taken up before it is sent, so it is sent at most once.

use chrono::TimeDelta;
use model::{
    Id, Refusal,
    access::{Actor, Role},
    application::{Act, Application, Reason, Side},
    jobseeker::Jobseeker,
    notice::{About, Kind, Letter, Notice, To},
    vacancy::Vacancy,
};
use store::{Writer, notice::inbox::Reading};
use text::Lang;

use crate::{App, Result, deed, jobseeker};

/// Tells whoever is concerned of what was done with an application.
pub(crate) async fn tell(
    app: &App,
    w: &mut Writer,
    (one, title): (&Application, &str),
    kind: Kind,
) -> Result<()> {
    let to = match kind {
        Kind::Applied | Kind::Referred | Kind::Agreed | Kind::Declined => {
            To::Employer(one.employer)
        }
        Kind::Remind if one.waits_for() == Some(Side::Employer) => To::Employer(one.employer),
        Kind::Escalated => To::Office(one.office, one.jobseeker),
        Kind::Shortlisted
        | Kind::Invited
        | Kind::Offered
        | Kind::Hired
        | Kind::Rejected
        | Kind::Lapsed
        | Kind::Found
        | Kind::Remind => To::Person(one.jobseeker),
    };
    let what = (kind, About::Application(one.id), title);
    Ok(store::notice::inbox::add(w, app.id(), to, what).await?)
}

/// Tells a person of a new vacancy that answers a question of theirs.
pub(crate) async fn tell_of(
    app: &App,
    w: &mut Writer,
    person: Id<Jobseeker>,
    vacancy: &Vacancy,
) -> Result<()> {
    let what = (Kind::Found, About::Vacancy(vacancy.id), vacancy.offer.title.as_str());
    Ok(store::notice::inbox::add(w, app.id(), To::Person(person), what).await?)
}

/// Of what an act is told; `None`: of nothing.
pub(crate) const fn kind(act: &Act) -> Option<Kind> {
    match act {
        Act::Shortlist => Some(Kind::Shortlisted),
        Act::Invite { .. } => Some(Kind::Invited),
        Act::Offer => Some(Kind::Offered),
        Act::Hire => Some(Kind::Hired),
        Act::Reject(_) => Some(Kind::Rejected),
        Act::Agree => Some(Kind::Agreed),
        Act::Decline(_) => Some(Kind::Declined),
        // whoever was hired knows it
        Act::Lapse(Reason::HiredElsewhere) | Act::Arrive | Act::Reopen => None,
        Act::Lapse(_) => Some(Kind::Lapsed),
    }
}

/// The actor's inbox, the newest first.
pub async fn mine(
    app: &App,
    actor: &Actor,
    before: Option<Id<Notice>>,
    limit: i64,
) -> Result<Vec<Notice>> {
    let mut r = app.db().read().await?;
    Ok(store::notice::inbox::of(&mut r, &actor.scope(), before, limit).await?)
}

/// Everything up to one is read.
pub async fn read(app: &App, actor: &Actor, upto: Id<Notice>) -> Result<()> {
    deed!(app, actor, "notice.read", |w| {
        store::notice::inbox::read(w, &actor.scope(), upto).await?;
        Ok(())
    })
}

/// Whether text messages are wanted besides the inbox.
pub async fn prefer(app: &App, actor: &Actor, sms: bool) -> Result<()> {
    let account = actor.account.ok_or_else(|| Refusal::new("access.sign_in"))?;
    deed!(app, actor, "notice.prefer", |w| {
        store::notice::inbox::prefer(w, account, sms).await?;
        Ok(())
    })
}

/// Does the actor get text messages?
pub async fn wants(app: &App, actor: &Actor) -> Result<bool> {
    let Some(account) = actor.account else { return Ok(false) };
    let said = store::notice::inbox::wants(&mut app.db().read().await?, account).await?;
    Ok(said.unwrap_or(actor.role == Role::Jobseeker))
}

/// So many lines at once.
const BATCH: i64 = 100;
/// A message that could not leave for so long leaves no more.
const KEPT: TimeDelta = TimeDelta::hours(24);

/// Writes messages for the lines that are to leave the house; how many lines there were.
pub async fn forward(app: &App) -> Result<usize> {
    let leaving = store::notice::inbox::leaving(&mut app.db().read().await?, BATCH).await?;
    let program = Actor::program("messenger");
    for notice in &leaving {
        let phones = phones(app, notice).await?;
        let words = [("title", notice.title.as_str().into())];
        let key = format!("notice.sms-{}", notice.kind.code());
        let text = text::t(Lang::Zh, &key, &words);
        deed!(app, &program, "notice.send", |w| {
            if store::notice::inbox::take(w, notice.id).await? {
                let until = w.at() + KEPT;
                for to in &phones {
                    let letter = Letter { to: to.clone(), text: text.clone() };
                    super::write(app, w, &letter, until).await?;
                }
            }
            Ok(())
        })?;
    }
    Ok(leaving.len())
}

/// The telephones that a line goes to: a person's own unless they said no; of an employer those who
/// said yes.
async fn phones(app: &App, notice: &Notice) -> Result<Vec<String>> {
    let mut r = app.db().read().await?;
    let of = (notice.jobseeker, notice.employer);
    let readers: Vec<Reading> = store::notice::inbox::readers(&mut r, of).await?;
    if let Some(person) = notice.jobseeker {
        if readers.iter().any(|reader| reader.sms == Some(false)) {
            return Ok(vec![]);
        }
        let scope = Actor::program("messenger").scope();
        let sealed = match store::jobseeker::identity(&mut r, &scope, person).await {
            Ok(sealed) => sealed,
            Err(store::Error::Absent(_)) => return Ok(vec![]),
            Err(other) => return Err(other.into()),
        };
        drop(r);
        // who was forgotten meanwhile has no telephone
        let Ok(identity) = jobseeker::unseal(app, person, &sealed).await else {
            return Ok(vec![]);
        };
        return Ok(mobile(&identity.phone).into_iter().collect());
    }
    let ids: Vec<_> =
        readers.iter().filter(|one| one.sms == Some(true)).map(|one| one.account_id).collect();
    let accounts = store::account::of_ids(&mut r, &ids).await?;
    drop(r);
    let mut phones = vec![];
    for account in accounts {
        let person = crate::account::person(app, &account).await?;
        phones.extend(mobile(&person.phone));
    }
    Ok(phones)
}

/// Only to a number that takes text messages.
fn mobile(phone: &str) -> Option<String> {
    model::account::phone(phone).ok()
}
