//! What is done with a vacancy that is there: paused, renewed, ended, opened again, and what the
//! calendar ends by itself. Which of it may follow which, [`model::vacancy::life`] says.

use chrono::{NaiveDate, NaiveTime, TimeDelta};
use model::{
    Id, Refusal,
    access::Actor,
    notice::{Kind, To},
    vacancy::{
        State, Vacancy,
        life::{self, Act, Cause},
    },
};
use serde_json::json;
use store::{Note, Writer};

use crate::{
    App, Result,
    compliance::{self, Customs},
    deed,
    notice::inbox,
};

/// What somebody says who does something with a vacancy.
#[derive(Clone, Debug, Default)]
pub struct Said {
    /// The new last day, for what is renewed or opened again; the usual one where nothing is said.
    pub until: Option<NaiveDate>,
    pub cause: Option<Cause>,
    pub reason: String,
}

/// Does one of the acts. Writing a text anew is [`super::form`]'s.
pub async fn act(
    app: &App,
    actor: &Actor,
    id: Id<Vacancy>,
    act: Act,
    said: &Said,
) -> Result<Vacancy> {
    match act {
        Act::Release => compliance::release(app, actor, id, &said.reason).await,
        Act::Reject => compliance::reject(app, actor, id, (said.cause, &said.reason)).await,
        Act::GiveBack => compliance::give_back(app, actor, id, &said.reason).await,
        Act::Hold => compliance::hold(app, actor, id, (said.cause, &said.reason)).await,
        Act::Pause => pause(app, actor, id, said).await,
        Act::Renew => renew(app, actor, id, said).await,
        Act::Resume => resume(app, actor, id).await,
        Act::Reopen => reopen(app, actor, id, said).await,
        Act::Fill => close(app, actor, id, State::Filled, said).await,
        Act::Withdraw => close(app, actor, id, State::Withdrawn, said).await,
        Act::Submit | Act::Expire => Err(Refusal::new("vacancy.act_impossible").into()),
    }
}

/// Leads a vacancy on, and says so in the log.
pub(crate) async fn lead(
    w: &mut Writer,
    vacancy: Vacancy,
    act: Act,
    into: State,
) -> Result<Vacancy> {
    let led = vacancy.lead(act, into, w.at())?;
    keep(w, &led, None).await?;
    Ok(led)
}

/// Saves a vacancy that is known, and says so in the log. Of what `was` the same vacancy until now
/// another copy may be shown.
pub(crate) async fn keep(w: &mut Writer, vacancy: &Vacancy, was: Option<i64>) -> Result<()> {
    store::vacancy::save(w, vacancy).await?;
    let mut change = json!({ "version": vacancy.version, "state": vacancy.state });
    if let (Some(was), Some(object)) = (was, change.as_object_mut()) {
        object.insert("twin".into(), was.into());
    }
    let region = vacancy.offer.place.region.clone();
    w.note(Note { noun: "vacancy", subject: vacancy.id.uuid(), region, change });
    Ok(())
}

/// Takes it out of the lists for a while. What was told to applicants stays.
async fn pause(app: &App, actor: &Actor, id: Id<Vacancy>, said: &Said) -> Result<Vacancy> {
    deed!(app, actor, "vacancy.pause", |w| {
        let vacancy = store::vacancy::managed_by(w, &actor.scope(), id).await?;
        let paused = lead(w, vacancy, Act::Pause, State::Paused).await?;
        store::vacancy::life::explain(w, id, None, said.reason.trim()).await?;
        Ok(paused)
    })
}

/// It is still offered: the last day moves, and the silence begins anew.
async fn renew(app: &App, actor: &Actor, id: Id<Vacancy>, said: &Said) -> Result<Vacancy> {
    let (reference, today) = (app.reference().await?, app.today());
    let until = life::until(said.until, &reference.terms, today)?;
    deed!(app, actor, "vacancy.renew", |w| {
        let mut vacancy = store::vacancy::managed_by(w, &actor.scope(), id).await?;
        vacancy.offer.expires_on = until;
        let renewed = lead(w, vacancy, Act::Renew, State::Published).await?;
        store::vacancy::life::confirm(w, &[id], today).await?;
        Ok(renewed)
    })
}

/// Back into the open, through the gate: the law may have changed meanwhile.
async fn resume(app: &App, actor: &Actor, id: Id<Vacancy>) -> Result<Vacancy> {
    let customs = customs(app, actor, id).await?;
    deed!(app, actor, "vacancy.resume", |w| {
        let vacancy = store::vacancy::managed_by(w, &actor.scope(), id).await?;
        admit(app, w, actor, (vacancy, Act::Resume, &customs)).await
    })
}

/// Offers again what has ended, until a new last day.
async fn reopen(app: &App, actor: &Actor, id: Id<Vacancy>, said: &Said) -> Result<Vacancy> {
    let (reference, today) = (app.reference().await?, app.today());
    let until = life::until(said.until, &reference.terms, today)?;
    let customs = customs(app, actor, id).await?;
    deed!(app, actor, "vacancy.reopen", |w| {
        let mut vacancy = store::vacancy::managed_by(w, &actor.scope(), id).await?;
        vacancy.offer.expires_on = until;
        admit(app, w, actor, (vacancy, Act::Reopen, &customs)).await
    })
}

async fn customs(app: &App, actor: &Actor, id: Id<Vacancy>) -> Result<Customs> {
    let mut r = app.db().read().await?;
    let vacancy = store::vacancy::managed_by(&mut r, &actor.scope(), id).await?;
    drop(r);
    Customs::of_occupation(app, actor, &vacancy.offer.occupation).await
}

/// Lets a vacancy through the gate again, as it stands.
async fn admit(
    app: &App,
    w: &mut Writer,
    actor: &Actor,
    (vacancy, act, customs): (Vacancy, Act, &Customs),
) -> Result<Vacancy> {
    let screened = compliance::screen(app, w, actor, (&vacancy, customs)).await?;
    let into = screened.state(None);
    if into == State::Rejected {
        return Err(Refusal::new("vacancy.mend_first").into());
    }
    let id = vacancy.id;
    let led = lead(w, vacancy, act, into).await?;
    if into == State::Submitted {
        store::vacancy::life::explain(w, id, screened.cause, "").await?;
    }
    store::vacancy::life::confirm(w, &[id], app.today()).await?;
    screened.keep(w, id, into).await?;
    Ok(led)
}

/// Ends a vacancy, and with it the copies of it from other sources: who has been told that it is
/// filled shall not meet it again. It is gone from the pages with the answer, and from the index
/// with its next look.
pub async fn close(
    app: &App,
    actor: &Actor,
    id: Id<Vacancy>,
    end: State,
    said: &Said,
) -> Result<Vacancy> {
    deed!(app, actor, "vacancy.close", |w| {
        let vacancy = store::vacancy::managed_by(w, &actor.scope(), id).await?;
        let open = vacancy.state == State::Published;
        let copies = store::vacancy::copy::beside(w, &actor.scope(), &vacancy).await?;
        let closed = ended(w, vacancy, end, said).await?;
        for copy in copies.into_iter().filter(|_| open) {
            ended(w, copy, end, said).await?;
        }
        Ok(closed)
    })
}

/// The last place is taken: it is filled, and its copies with it.
pub(crate) async fn fill(w: &mut Writer, vacancy: Vacancy) -> Result<()> {
    let (scope, said) = (Actor::program("vacancy").scope(), Said::default());
    let open = vacancy.state == State::Published;
    let copies = store::vacancy::copy::beside(w, &scope, &vacancy).await?;
    ended(w, vacancy, State::Filled, &said).await?;
    for copy in copies.into_iter().filter(|_| open) {
        ended(w, copy, State::Filled, &said).await?;
    }
    Ok(())
}

async fn ended(w: &mut Writer, vacancy: Vacancy, end: State, said: &Said) -> Result<Vacancy> {
    let closed = vacancy.close(end, w.at())?;
    keep(w, &closed, None).await?;
    store::vacancy::life::explain(w, closed.id, said.cause, said.reason.trim()).await?;
    Ok(closed)
}

/// Vacancies that one deed of the calendar ends: each is one event.
const BATCH: i64 = 500;

/// Ends what the calendar says is over, for as long as the program runs.
pub async fn keep_current(app: &App) {
    loop {
        if let Err(error) = remind(app).await {
            tracing::warn!(%error, "nobody is reminded of vacancies that end");
        }
        match expire(app).await {
            Ok(0) => {}
            Ok(ended) => tracing::info!(target: "calendar", ended, "vacancies are over"),
            Err(error) => tracing::warn!(%error, "the calendar ends no vacancies"),
        }
        tokio::time::sleep(std::time::Duration::from_mins(10)).await;
    }
}

/// Ends everything whose last day is over, and of what is left what nobody has spoken of for long;
/// gives how many.
pub async fn expire(app: &App) -> Result<usize> {
    let mut ended = 0;
    for cause in [Cause::Over, Cause::Silent] {
        loop {
            let some = expire_some(app, cause).await?;
            ended += some;
            if some == 0 {
                break;
            }
        }
    }
    Ok(ended)
}

async fn expire_some(app: &App, cause: Cause) -> Result<usize> {
    let (reference, today) = (app.reference().await?, app.today());
    let silent = life::days(&reference.terms, "vacancy_silent_days");
    let program = Actor::program("calendar");
    deed!(app, &program, "vacancy.expire", |w| {
        let over = match (cause, silent) {
            (Cause::Over, _) => store::vacancy::life::over(w, today, BATCH).await?,
            (_, Some(silent)) => {
                let since = begin(app, today - silent);
                store::vacancy::life::silent(w, since, BATCH).await?
            }
            (_, None) => vec![],
        };
        let ended = over.len();
        for vacancy in over {
            let id = vacancy.id;
            lead(w, vacancy, Act::Expire, State::Expired).await?;
            store::vacancy::life::explain(w, id, Some(cause), "").await?;
        }
        Ok(ended)
    })
}

/// Reminds employers, once each, of vacancies that end soon unless somebody says that they are still
/// offered; gives how many.
pub async fn remind(app: &App) -> Result<usize> {
    let (reference, today) = (app.reference().await?, app.today());
    let Some(before) = life::days(&reference.terms, "vacancy_reminder_days") else { return Ok(0) };
    let silent = life::days(&reference.terms, "vacancy_silent_days");
    // where no silence ends a vacancy, none is near its end by it
    let heard = silent.map_or(NaiveDate::MIN, |silent| today + before - silent);
    let heard =
        if silent.is_some() { begin(app, heard) } else { (heard, chrono::DateTime::UNIX_EPOCH) };
    let mut all = 0;
    loop {
        let mut r = app.db().read().await?;
        let some = store::vacancy::life::ending(&mut r, today + before, heard, BATCH).await?;
        drop(r);
        if some.is_empty() {
            return Ok(all);
        }
        let program = Actor::program("calendar");
        deed!(app, &program, "vacancy.remind", |w| {
            for vacancy in &some {
                store::vacancy::life::reminded(w, vacancy.id, today).await?;
                let to = (To::Employer(vacancy.employer), Kind::Expiring);
                inbox::tell_of(app, w, to, vacancy).await?;
            }
            Ok(())
        })?;
        all += some.len();
    }
}

/// A day and when it began.
fn begin(app: &App, day: NaiveDate) -> (NaiveDate, chrono::DateTime<chrono::Utc>) {
    let ahead = TimeDelta::hours(i64::from(app.settings().utc_offset_hours));
    (day, (day.and_time(NaiveTime::MIN) - ahead).and_utc())
}
