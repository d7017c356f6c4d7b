//! Applications: made by a person, answered by an employer, ended by somebody. Each change is there
//! with its event and with what follows from it, or not at all.

pub mod clock;
pub mod letter;
pub mod sheet;

use model::{
    Id, Refusal,
    access::{Actor, Scope},
    application::{Act, Application, Clock, Reason, Side, State},
    invitation::Answer,
    jobseeker::{Identity, Jobseeker},
    look::What,
    notice::Kind,
    vacancy::Vacancy,
};
use serde_json::json;
use store::{Note, Reader, Writer, look::Firm};

use crate::{
    App, Error, Result, consent, deed, jobseeker, look, notice::inbox, placement, vacancy,
};

/// The hour and the days of today's rows.
pub(crate) async fn now(app: &App) -> Result<Clock> {
    let at = app.now();
    Ok(Clock::new(at, app.local(at), &app.reference().await?.terms))
}

fn program() -> Scope {
    Actor::program("application").scope()
}

/// A registered person applies for themselves. Asked for twice it is there once.
pub async fn submit(app: &App, actor: &Actor, vacancy: Id<Vacancy>) -> Result<Application> {
    let (scope, clock) = (actor.scope(), now(app).await?);
    let none = || Refusal::new("application.register_first");
    let person = scope.person().ok_or_else(none)?;
    let done = deed!(app, actor, "application.submit", |w| {
        put(app, w, actor, (person, vacancy), clock).await
    });
    once(app, &scope, (person, vacancy), done).await
}

/// The second of two clicks in the same moment finds what the first has made.
pub(crate) async fn once(
    app: &App,
    scope: &Scope,
    (person, vacancy): (Id<Jobseeker>, Id<Vacancy>),
    done: Result<Application>,
) -> Result<Application> {
    match done {
        Err(error) if error.is_collision() => {
            let mut r = app.db().read().await?;
            let open = store::application::open_between(&mut r, scope, person, vacancy).await?;
            open.ok_or(error)
        }
        done => done,
    }
}

/// Puts a person to a vacancy, of their own will; if the employer has asked them, that is the answer.
pub(crate) async fn put(
    app: &App,
    w: &mut Writer,
    actor: &Actor,
    (person, vacancy): (Id<Jobseeker>, Id<Vacancy>),
    clock: Clock,
) -> Result<Application> {
    let scope = actor.scope();
    if let Some(open) = store::application::open_between(w, &scope, person, vacancy).await? {
        return Ok(open);
    }
    let post = open_post(app, w, &scope, vacancy).await?;
    let one = Application::submitted(app.id(), (person, &post), &actor.name, clock);
    store::application::add(w, &one).await?;
    store::invitation::answer(w, (person, vacancy), Answer::Agreed).await?;
    told(w, &one, "submit", &post.offer.place.region);
    inbox::tell(app, w, (&one, &post.offer.title), Kind::Applied).await?;
    Ok(one)
}

/// A vacancy that somebody may still be put to.
async fn open_post(app: &App, r: &mut Reader, scope: &Scope, id: Id<Vacancy>) -> Result<Vacancy> {
    let post = store::vacancy::find(r, scope, id).await?;
    if post.is_open(app.today()) {
        return Ok(post);
    }
    Err(Refusal::new("application.vacancy_closed").into())
}

/// What somebody does with an application, and the state in which they saw it: what another did
/// meanwhile is not overwritten, and the same act done twice is done once.
#[derive(Clone, Debug)]
pub struct Step {
    pub act: Act,
    pub note: String,
    pub seen: Option<State>,
}

pub async fn act(
    app: &App,
    actor: &Actor,
    id: Id<Application>,
    step: &Step,
) -> Result<Application> {
    let (scope, side, clock) = (actor.scope(), Side::of(actor.role), now(app).await?);
    deed!(app, actor, "application.act", |w| {
        let one = locked(w, &scope, id, &step.act).await?;
        go(app, w, &one, (side, step), clock).await
    })
}

/// The same with several at once: all of them, or none.
pub async fn act_on_all(
    app: &App,
    actor: &Actor,
    ids: &[Id<Application>],
    act: &Act,
) -> Result<()> {
    let (scope, side, clock) = (actor.scope(), Side::of(actor.role), now(app).await?);
    let step = Step { act: act.clone(), note: String::new(), seen: None };
    deed!(app, actor, "application.act", |w| {
        for id in ids {
            let one = locked(w, &scope, *id, act).await?;
            go(app, w, &one, (side, &step), clock).await?;
        }
        Ok(())
    })
}

/// One that nobody else changes meanwhile; of a hire also its vacancy, which comes first so that two
/// hires never wait for each other.
async fn locked(
    w: &mut Writer,
    scope: &Scope,
    id: Id<Application>,
    act: &Act,
) -> Result<Application> {
    if *act == Act::Hire {
        let seen = store::application::find(w, scope, id).await?;
        store::application::lock_vacancy(w, seen.vacancy).await?;
    }
    Ok(store::application::lock(w, scope, id).await?)
}

pub(crate) async fn go(
    app: &App,
    w: &mut Writer,
    one: &Application,
    (side, step): (Side, &Step),
    clock: Clock,
) -> Result<Application> {
    let Step { act, note, seen } = step;
    if seen.is_some_and(|seen| seen != one.state) {
        if act.leads_to() == Some(one.state) {
            return Ok(one.clone());
        }
        let refusal = Refusal::new("application.changed").arg("state", one.state.code());
        return Err(Error::Changed(refusal));
    }
    if *act == Act::Hire && one.state == State::Hired {
        return Ok(one.clone());
    }
    let mut next = one.act(side, act, note, clock)?;
    if let Some(in_time) = one.answers(&next, side, clock.today) {
        next.counted = true;
        store::application::count_answer(w, one.employer, in_time).await?;
    }
    if *act == Act::Reopen {
        let (person, vacancy) = (one.jobseeker, one.vacancy);
        if store::application::open_between(w, &program(), person, vacancy).await?.is_some() {
            return Err(Refusal::new("application.already").into());
        }
    }
    store::application::save(w, &next).await?;
    let post = store::vacancy::find(w, &program(), one.vacancy).await?;
    told(w, &next, act.code(), &post.offer.place.region);
    if let Some(kind) = inbox::kind(act) {
        inbox::tell(app, w, (&next, &post.offer.title), kind).await?;
    }
    if *act == Act::Hire {
        hired(app, w, &next, clock).await?;
    }
    Ok(next)
}

/// What a hire brings with it: a place is taken, somebody is to be registered, the person waits nowhere
/// else, and with the last place the vacancy is filled and nobody waits for it.
async fn hired(app: &App, w: &mut Writer, one: &Application, clock: Clock) -> Result<()> {
    let taken = store::application::take_place(w, one.vacancy).await?;
    let taken = taken.ok_or_else(|| Refusal::new("application.no_place"))?;
    placement::hired(app, w, one, &taken).await?;
    // on no more lists until they say otherwise
    consent::seeks(w, one.jobseeker, false).await?;
    for other in store::application::open_beside(w, one, false).await? {
        lapse(app, w, &other, Reason::HiredElsewhere, clock).await?;
    }
    if taken.places_open() == Some(0) {
        for other in store::application::open_beside(w, one, true).await? {
            lapse(app, w, &other, Reason::VacancyFilled, clock).await?;
        }
        vacancy::life::fill(w, taken).await?;
    }
    Ok(())
}

/// Ends one that nobody ended.
pub(crate) async fn lapse(
    app: &App,
    w: &mut Writer,
    one: &Application,
    reason: Reason,
    clock: Clock,
) -> Result<()> {
    let act = Act::Lapse(reason);
    let next = one.act(Side::Program, &act, &one.note, clock)?;
    store::application::save(w, &next).await?;
    told(w, &next, act.code(), "");
    if let Some(kind) = inbox::kind(&act) {
        let post = store::vacancy::find(w, &program(), one.vacancy).await?;
        inbox::tell(app, w, (&next, &post.offer.title), kind).await?;
    }
    Ok(())
}

fn told(w: &mut Writer, one: &Application, act: &str, region: &str) {
    w.note(Note {
        noun: "application",
        subject: one.id.uuid(),
        region: region.to_owned(),
        change: json!({
            "act": act, "state": one.state, "reason": one.reason, "vacancy": one.vacancy,
            "jobseeker": one.jobseeker, "version": one.version,
        }),
    });
}

/// The name and the telephone of who applied, for the employer and for staff. That somebody looked is
/// an event, and without the event nothing is shown.
pub async fn open(app: &App, actor: &Actor, id: Id<Application>) -> Result<Identity> {
    let day = look::Day::of(app, actor).await?;
    let opened = deed!(app, actor, "application.open", |w| {
        let one = store::application::find(w, &actor.scope(), id).await?;
        day.room(w, &[one.jobseeker]).await?;
        looked(app, w, (one.jobseeker, day.firm), What::Contact).await
    });
    day.told(app, opened).await
}

/// Opens who a person is, in a deed that leaves the trace.
pub(crate) async fn looked(
    app: &App,
    w: &mut Writer,
    (id, firm): (Id<Jobseeker>, Option<Firm>),
    what: What,
) -> Result<Identity> {
    let sealed = store::jobseeker::identity(w, &program(), id).await?;
    let identity = jobseeker::unseal(app, id, &sealed).await?;
    store::look::note(w, app.id(), (id, firm), what, "").await?;
    Ok(identity)
}
