//! Vacancies that somebody writes here, at the desk of an employer or of an office: one, changed,
//! or many at once. Each goes through the same gate as what comes in a file.

use chrono::NaiveDate;
use model::{
    Id, Refusal,
    access::{Actor, Reach},
    compliance::Finding,
    employer::{Details, Employer},
    fingerprint::fingerprint,
    term::Terms,
    vacancy::{
        Offer, Source, State, Vacancy,
        form::{Remark, Written},
        life::{self, Act, Cause},
    },
};
use store::Writer;

use super::life::keep;
use crate::{
    App, Error, Result,
    compliance::{self, Customs, Screened},
    deed,
};

/// Under this name stands what was written here.
pub const SOURCE: &str = "desk";

/// Whose vacancy it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Whose {
    /// Of the employer to which the actor belongs.
    Own,
    Known(Id<Employer>),
    /// As an office writes it: known by its code or name, or new.
    Named(Box<Details>),
}

/// What was kept.
#[derive(Clone, Debug)]
pub struct Kept {
    pub vacancy: Vacancy,
    pub findings: Vec<Finding>,
    /// It could not be sent: the law does not allow it as it is. The draft is kept.
    pub refused: bool,
}

/// What is understood of a text, and what the gate says of it.
pub struct Read {
    pub offer: Offer,
    pub remarks: Vec<Remark>,
    pub findings: Vec<Finding>,
}

/// Reads a text and keeps nothing of it.
pub async fn read(
    app: &App,
    actor: &Actor,
    written: &Written,
    agency: Option<bool>,
) -> Result<Result<Read, Vec<Remark>>> {
    let reference = app.reference().await?;
    let (offer, remarks) = match written.read(&reference, app.today()) {
        Ok(read) => read,
        Err(faults) => return Ok(Err(faults)),
    };
    let customs = Customs::of_occupation(app, actor, &offer.occupation).await?;
    let findings = compliance::found(app, &offer, &customs, agency).await?;
    Ok(Ok(Read { offer, remarks, findings }))
}

/// The employer for which the actor may write.
pub async fn employer(app: &App, actor: &Actor, whose: &Whose) -> Result<Option<Id<Employer>>> {
    let mut r = app.db().read().await?;
    let scope = actor.scope();
    match (scope.reach(), whose) {
        (Reach::Employer(own), Whose::Own) => Ok(Some(*own)),
        (Reach::Employer(own), Whose::Known(id)) if own == id => Ok(Some(*own)),
        (Reach::Employer(_), _) => Err(Error::Absent("employer")),
        (_, Whose::Known(id)) => Ok(Some(store::employer::find(&mut r, &scope, *id).await?.id)),
        (_, Whose::Own) => Err(Refusal::new("employer.name_missing").field("employer").into()),
        (_, Whose::Named(_)) => Ok(None),
    }
}

/// Keeps a new vacancy, as a draft or sent.
pub async fn write(
    app: &App,
    actor: &Actor,
    (whose, written): (&Whose, &Written),
    send: bool,
) -> Result<Kept> {
    let offer = understood(app, written).await?;
    reach(actor, &offer)?;
    let (known, today) = (employer(app, actor, whose).await?, app.today());
    let customs = Customs::of_occupation(app, actor, &offer.occupation).await?;
    let (id, terms) = (app.id(), &app.reference().await?.terms);
    let mark = mark(written);
    deed!(app, actor, "vacancy.write", |w| {
        let employer = match (known, whose) {
            (Some(id), _) => id,
            (None, Whose::Named(details)) => {
                crate::intake::employer(app, w, details).await?.ok_or(Error::Absent("employer"))?
            }
            (None, Whose::Own | Whose::Known(_)) => return Err(Error::Absent("employer")),
        };
        let at = w.at();
        let key = id.to_string();
        let source = Source { name: SOURCE.into(), key, fingerprint: mark.clone() };
        let (offer, state) = (dated(offer.clone(), terms, today, send)?, State::Draft);
        let mut vacancy = Vacancy {
            id,
            source,
            employer,
            offer,
            state,
            created_at: at,
            updated_at: at,
            version: 1,
            hired: 0,
        };
        let mut screened = compliance::screen(app, w, actor, (&vacancy, &customs)).await?;
        if screened.unread {
            screened.hold(Some(Cause::Unverified));
        }
        let into = screened.state(None);
        let refused = send && into == State::Rejected;
        if send && !refused {
            vacancy.state = into;
        }
        store::vacancy::add(w, std::slice::from_ref(&vacancy)).await?;
        noted(w, &vacancy);
        settle(w, &vacancy, &screened, today).await?;
        Ok(Kept { vacancy, findings: screened.findings, refused })
    })
}

/// Keeps what was changed of a vacancy. A draft stays one unless it is sent; anything else goes
/// through the gate again. What the law does not allow is not kept in a vacancy that is public or
/// waits: the old text stands.
pub async fn change(
    app: &App,
    actor: &Actor,
    (id, version): (Id<Vacancy>, Option<i64>),
    written: &Written,
    submit: bool,
) -> Result<Kept> {
    let offer = understood(app, written).await?;
    reach(actor, &offer)?;
    let (terms, today) = (&app.reference().await?.terms, app.today());
    let customs = Customs::of_occupation(app, actor, &offer.occupation).await?;
    deed!(app, actor, "vacancy.change", |w| {
        let was = store::vacancy::managed_by(w, &actor.scope(), id).await?;
        if version.is_some_and(|version| version != was.version) {
            return Err(Error::Stale);
        }
        let sent = submit || was.state != State::Draft;
        let mut offer = dated(offer.clone(), terms, today, sent)?;
        offer.posted_on = was.offer.posted_on.or(offer.posted_on);
        let next = Vacancy { offer, updated_at: w.at(), version: was.version + 1, ..was.clone() };
        let mut screened = compliance::screen(app, w, actor, (&next, &customs)).await?;
        let other = next.offer.differs_materially(&was.offer);
        if screened.unread && (other || was.state != State::Published) {
            screened.hold(Some(Cause::Unverified));
        } else if other && store::compliance::released(w, id).await? {
            screened.hold(None);
        }
        let into = screened.state(Some(was.state));
        let refused = sent && into == State::Rejected;
        if refused && was.state != State::Draft {
            return Err(Refusal::new("vacancy.mend_first").into());
        }
        let vacancy = match (sent && !refused, into == was.state) {
            (true, false) => {
                let led = Vacancy { version: was.version, ..next };
                led.lead(Act::Submit, into, w.at())?
            }
            _ if ended(was.state) => return Err(Refusal::new("vacancy.act_impossible").into()),
            _ => next,
        };
        let twin = Some(was.twin()).filter(|twin| *twin != vacancy.twin());
        keep(w, &vacancy, twin).await?;
        settle(w, &vacancy, &screened, today).await?;
        Ok(Kept { vacancy, findings: screened.findings, refused })
    })
}

/// A text that has ended is not changed: it is offered again, or another is written after it.
const fn ended(state: State) -> bool {
    matches!(state, State::Filled | State::Expired | State::Withdrawn)
}

/// The findings and the reason that belong to the state; and somebody has spoken of it today.
async fn settle(
    w: &mut Writer,
    vacancy: &Vacancy,
    screened: &Screened,
    today: NaiveDate,
) -> Result<()> {
    screened.keep(w, vacancy.id, vacancy.state).await?;
    if let (State::Submitted, Some(cause)) = (vacancy.state, screened.cause) {
        store::vacancy::life::explain(w, vacancy.id, Some(cause), "").await?;
    }
    Ok(store::vacancy::life::confirm(w, &[vacancy.id], today).await?)
}

fn noted(w: &mut Writer, vacancy: &Vacancy) {
    let change = serde_json::json!({ "version": vacancy.version, "state": vacancy.state });
    let region = vacancy.offer.place.region.clone();
    w.note(store::Note { noun: "vacancy", subject: vacancy.id.uuid(), region, change });
}

async fn understood(app: &App, written: &Written) -> Result<Offer> {
    let reference = app.reference().await?;
    let (offer, _) = written.read(&reference, app.today()).map_err(|faults| {
        let first = faults.into_iter().next();
        first.map_or_else(
            || Refusal::new("vacancy.title_missing").field("title"),
            |fault| Refusal { field: Some(fault.field), ..fault.refusal },
        )
    })?;
    Ok(offer)
}

/// An office writes vacancies of its own regions only; it could not look after others.
fn reach(actor: &Actor, offer: &Offer) -> Result<(), Refusal> {
    match actor.scope().reach() {
        Reach::Office(territory) if !territory.covers(&offer.place.region) && !territory.root => {
            Err(Refusal::new("vacancy.place_elsewhere").field("place"))
        }
        Reach::Office(_) | Reach::All | Reach::Employer(_) | Reach::Public | Reach::Person(_) => {
            Ok(())
        }
    }
}

/// The offer with a last day that may stand in it, once it is sent.
fn dated(mut offer: Offer, terms: &Terms, today: NaiveDate, send: bool) -> Result<Offer, Refusal> {
    if send {
        offer.expires_on = life::until(offer.expires_on, terms, today)?;
    }
    Ok(offer)
}

fn mark(written: &Written) -> String {
    let text = serde_json::to_string(written).unwrap_or_default();
    format!("{:016x}", fingerprint([text]))
}
