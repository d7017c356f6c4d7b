//! Inboxes: a line is written with the deed it tells of, and a task sends it out of the house
//! afterwards to those who want that. A line is taken up in the same deed that writes its messages, so
//! it leaves once; a message is taken up before it is sent, so it is sent at most once.

use chrono::TimeDelta;
use model::{
    Id, Refusal,
    access::{Actor, Role},
    account::Person,
    application::{Act, Application, Reason, Side},
    consent::Purpose,
    jobseeker::Identity,
    notice::{About, Channel, Kind, Letter, Notice, To},
    vacancy::Vacancy,
};
use store::{Writer, notice::inbox::Reading};
use text::Lang;

use crate::{App, Result, account, deed, jobseeker};

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
        Kind::Expiring => To::Employer(one.employer),
        Kind::Remind if one.waits_for() == Some(Side::Employer) => To::Employer(one.employer),
        Kind::Escalated => To::Office(one.office, one.jobseeker),
        Kind::Shortlisted
        | Kind::Invited
        | Kind::Offered
        | Kind::Hired
        | Kind::Rejected
        | Kind::Lapsed
        | Kind::Found
        | Kind::Fits
        | Kind::Asked
        | Kind::Remind
        // of no application
        | Kind::Full
        | Kind::Trapped
        | Kind::Walked => To::Person(one.jobseeker),
    };
    let what = (kind, About::Application(one.id), title);
    Ok(store::notice::inbox::add(w, app.id(), to, what).await?)
}

/// Tells somebody of a vacancy.
pub(crate) async fn tell_of(
    app: &App,
    w: &mut Writer,
    (to, kind): (To, Kind),
    vacancy: &Vacancy,
) -> Result<()> {
    let what = (kind, About::Vacancy(vacancy.id), vacancy.offer.title.as_str());
    Ok(store::notice::inbox::add(w, app.id(), to, what).await?)
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

/// What of the messages besides the inbox somebody wants, and where to. An employer's people say the
/// addresses here; a person's stand in their record.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wish {
    pub sms: bool,
    pub mail: bool,
    /// Of new posts that fit, in the inbox.
    pub posts: bool,
    pub phone: String,
    pub address: String,
}

/// Keeps what somebody wants.
pub async fn prefer(app: &App, actor: &Actor, wish: &Wish) -> Result<()> {
    let id = actor.account.ok_or_else(|| Refusal::new("access.sign_in"))?;
    // a registered person's stand in their record
    let own = actor.role != Role::Jobseeker;
    let phone = if wish.phone.trim().is_empty() {
        String::new()
    } else {
        model::account::phone(&wish.phone)?
    };
    let mail = if wish.address.trim().is_empty() {
        String::new()
    } else {
        model::account::mail(&wish.address)?
    };
    if own && wish.sms && phone.is_empty() {
        return Err(Refusal::new("notice.no_phone").field("phone").into());
    }
    if own && wish.mail && mail.is_empty() {
        return Err(Refusal::new("notice.no_address").field("address").into());
    }
    deed!(app, actor, "notice.prefer", |w| {
        store::notice::inbox::prefer(w, id, (wish.sms, wish.mail, wish.posts)).await?;
        if own {
            let account = store::account::find(w, id).await?;
            let known = account::person(app, &account).await?;
            let person = Person { phone: phone.clone(), mail: mail.clone(), ..known };
            let sealed = account::sealed(app, id, &person).await?;
            store::account::reseal(w, id, sealed).await?;
        }
        Ok(())
    })
}

/// What the actor gets besides the inbox, and where.
pub async fn wish(app: &App, actor: &Actor) -> Result<Wish> {
    let Some(id) = actor.account else { return Ok(Wish::default()) };
    let mut r = app.db().read().await?;
    let said = store::notice::inbox::wants(&mut r, id).await?;
    let account = store::account::find(&mut r, id).await?;
    drop(r);
    let (sms, mail, posts) = said.unwrap_or((actor.role == Role::Jobseeker, false, true));
    let Person { phone, mail: address, .. } = account::person(app, &account).await?;
    Ok(Wish { sms, mail, posts, phone, address })
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
        let letters = letters(app, notice).await?;
        deed!(app, &program, "notice.send", |w| {
            if store::notice::inbox::take(w, notice.id).await? {
                let until = w.at() + KEPT;
                for (channel, letter) in &letters {
                    super::write(app, w, (*channel, letter), until).await?;
                }
            }
            Ok(())
        })?;
    }
    Ok(leaving.len())
}

/// The messages that a line becomes, by the ways that there are.
async fn letters(app: &App, notice: &Notice) -> Result<Vec<(Channel, Letter)>> {
    let addresses = addresses(app, notice).await?;
    let words = [("title", notice.title.as_str().into())];
    let say =
        |key: &str| text::t(Lang::Zh, &format!("notice.{key}-{}", notice.kind.code()), &words);
    let rules = &app.settings().account;
    let mut letters = vec![];
    for Wish { sms, mail, phone, address, .. } in addresses {
        // only to a number that takes text messages
        if let Ok(to) = model::account::phone(&phone)
            && sms
            && rules.messages
        {
            let subject = String::new();
            letters.push((Channel::Sms, Letter { to, subject, text: say("sms") }));
        }
        if let Ok(to) = model::account::mail(&address)
            && mail
            && rules.mails
        {
            let letter = Letter { to, subject: say("kind"), text: say("sms") };
            letters.push((Channel::Mail, letter));
        }
    }
    Ok(letters)
}

/// Where a line goes: to a person unless they said no, or took back that messages may be sent; of an
/// employer, and of those who administer, to those who said yes.
async fn addresses(app: &App, notice: &Notice) -> Result<Vec<Wish>> {
    let mut r = app.db().read().await?;
    let readers: Vec<Reading> = if matches!(notice.kind, Kind::Trapped | Kind::Walked) {
        store::notice::inbox::administrators(&mut r, notice.office).await?
    } else {
        store::notice::inbox::readers(&mut r, (notice.jobseeker, notice.employer)).await?
    };
    let Some(person) = notice.jobseeker else {
        let ids: Vec<_> = readers.iter().map(|one| one.account_id).collect();
        let accounts = store::account::of_ids(&mut r, &ids).await?;
        drop(r);
        let mut all = vec![];
        for account in accounts {
            let said = readers.iter().find(|one| one.account_id == account.id);
            let (sms, mail) = said.map_or((false, false), |one| {
                (one.sms.unwrap_or(false), one.mail.unwrap_or(false))
            });
            let Person { phone, mail: address, .. } = account::person(app, &account).await?;
            all.push(Wish { sms, mail, posts: false, phone, address });
        }
        return Ok(all);
    };
    if store::consent::withdrawn(&mut r, person, Purpose::Messages).await? {
        return Ok(vec![]);
    }
    let scope = Actor::program("messenger").scope();
    let sealed = match store::jobseeker::identity(&mut r, &scope, person).await {
        Ok(sealed) => sealed,
        Err(store::Error::Absent(_)) => return Ok(vec![]),
        Err(other) => return Err(other.into()),
    };
    drop(r);
    // who was forgotten meanwhile has no address
    let Ok(Identity { phone, email: address, .. }) = jobseeker::unseal(app, person, &sealed).await
    else {
        return Ok(vec![]);
    };
    let sms = readers.iter().all(|reader| reader.sms != Some(false));
    let mail = readers.iter().any(|reader| reader.mail == Some(true));
    Ok(vec![Wish { sms, mail, posts: false, phone, address }])
}
