//! Placements: begun by a hire or by a clerk, registered, ended; each once.

use model::{
    Id, Refusal,
    access::{Actor, Scope},
    application::{Application, Channel as Way, Side},
    jobseeker::Jobseeker,
    placement::{Channel, Clock, End, Origin, Placement, State, Work},
    vacancy::Vacancy,
};
use serde_json::json;
use store::{Note, Writer};

use crate::{App, Error, Result, consent, deed};

pub(crate) async fn now(app: &App) -> Result<Clock> {
    Ok(Clock::new(app.now(), app.today(), &app.reference().await?.terms))
}

/// What a hire brings: somebody is to be registered at this employer.
pub(crate) async fn hired(
    app: &App,
    w: &mut Writer,
    one: &Application,
    post: &Vacancy,
) -> Result<()> {
    let scope = Actor::program("placement").scope();
    let employer = store::employer::find(w, &scope, one.employer).await?;
    let channel = match one.channel {
        Way::Own => Channel::Own,
        Way::Referral => Channel::Referral,
    };
    let origin = Origin {
        jobseeker: one.jobseeker,
        application: Some(one.id),
        vacancy: Some(one.vacancy),
        employer: Some(one.employer),
        office: one.office,
        channel,
    };
    let work = Work {
        employer_name: employer.details.name,
        post: post.offer.title.clone(),
        region: post.offer.place.region.clone(),
        wage: post.offer.pay_from,
        ..Work::default()
    };
    let fresh = Placement::hired(app.id(), origin, work, now(app).await?);
    match store::placement::add(w, &fresh).await {
        Ok(()) => {}
        Err(store::Error::Duplicate) => return Err(Refusal::new("placement.works_there").into()),
        Err(other) => return Err(other.into()),
    }
    told(w, &fresh);
    Ok(())
}

fn told(w: &mut Writer, one: &Placement) {
    w.note(Note {
        noun: "placement",
        subject: one.id.uuid(),
        region: one.work.region.clone(),
        change: json!({
            "state": one.state, "kind": one.work.kind, "channel": one.channel,
            "jobseeker": one.jobseeker, "reason": one.end_reason, "version": one.version,
        }),
    });
}

/// Registers somebody who found work without an application here: with an employer, flexibly, or on
/// their own account.
pub async fn enter(
    app: &App,
    actor: &Actor,
    person: Id<Jobseeker>,
    (work, channel): (&Work, Channel),
) -> Result<Placement> {
    let (scope, clock) = (actor.scope(), now(app).await?);
    known(app, work).await?;
    let done = deed!(app, actor, "placement.register", |w| {
        store::jobseeker::find(w, &scope, person).await?;
        let employer = of_name(w, &scope, work).await?;
        let (application, vacancy, office) = (None, None, scope.office());
        let origin = Origin { jobseeker: person, application, vacancy, employer, office, channel };
        let fresh = Placement::hired(app.id(), origin, work.clone(), clock);
        let hired_on = work.started_on.unwrap_or(clock.today).min(clock.today);
        let fresh = Placement { hired_on, ..fresh }.register(work.clone(), clock)?;
        let fresh = Placement { version: 1, ..fresh };
        store::placement::add(w, &fresh).await?;
        told(w, &fresh);
        Ok(fresh)
    });
    match done {
        Err(error) if error.is_collision() => {
            Err(Refusal::new("placement.works_there").field("employer_name").into())
        }
        done => done,
    }
}

/// The record of the employer that is named, if there is one.
async fn of_name(
    w: &mut Writer,
    _scope: &Scope,
    work: &Work,
) -> Result<Option<Id<model::employer::Employer>>> {
    if work.employer_name.trim().is_empty() {
        return Ok(None);
    }
    let name = model::cell::fold(&work.employer_name);
    let known = store::employer::known(w, &[], &[&name]).await?;
    Ok(known.into_iter().next().map(|known| known.employer.id))
}

async fn known(app: &App, work: &Work) -> Result<()> {
    let reference = app.reference().await?;
    if work.region.is_empty() || reference.places.find(&work.region).is_some() {
        return Ok(());
    }
    Err(Refusal::new("placement.region_unknown").field("region").into())
}

/// Registers a hire, or mends what was registered. `seen` is the version that was on the page.
pub async fn register(
    app: &App,
    actor: &Actor,
    (id, seen): (Id<Placement>, Option<i64>),
    work: &Work,
) -> Result<Placement> {
    let clock = now(app).await?;
    known(app, work).await?;
    deed!(app, actor, "placement.register", |w| {
        let one = locked(w, &actor.scope(), id, seen).await?;
        let next = one.register(work.clone(), clock)?;
        store::placement::save(w, &next).await?;
        told(w, &next);
        Ok(next)
    })
}

/// Somebody works there no more. The office registers that with it; of an employer or the person it is
/// told, and the office is to register it.
pub async fn end(
    app: &App,
    actor: &Actor,
    (id, seen): (Id<Placement>, Option<i64>),
    (on, reason): (chrono::NaiveDate, End),
) -> Result<Placement> {
    let clock = now(app).await?;
    let office = Side::of(actor.role) == Side::Office;
    deed!(app, actor, "placement.end", |w| {
        let one = locked(w, &actor.scope(), id, seen).await?;
        let next = one.end(on, reason, office, clock)?;
        store::placement::save(w, &next).await?;
        told(w, &next);
        if next.state == State::Ended && reason != End::Retired {
            consent::seeks(w, next.jobseeker, true).await?;
        }
        Ok(next)
    })
}

async fn locked(
    w: &mut Writer,
    scope: &Scope,
    id: Id<Placement>,
    seen: Option<i64>,
) -> Result<Placement> {
    let one = store::placement::lock(w, scope, id).await?;
    if seen.is_some_and(|seen| seen != one.version) {
        let refusal = Refusal::new("placement.changed").arg("state", one.state.code());
        return Err(Error::Changed(refusal));
    }
    Ok(one)
}
