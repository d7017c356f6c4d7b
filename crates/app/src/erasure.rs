//! Forgetting somebody: their rows first, then their key, without which old backups say nothing either.

use chrono::NaiveDate;
use model::{
    Id,
    access::Actor,
    cell,
    erasure::{self, Erasure, Ground, Hold},
    jobseeker::Jobseeker,
};
use serde_json::json;
use store::{Note, Writer};

use crate::{App, Error, Result, deed, intake, jobseeker, notice};

/// Erases a person's record. `typed`: the second step, the label of the record as whoever erases has
/// typed it. Refused while a hold stands, which the refusal names.
pub async fn erase(
    app: &App,
    actor: &Actor,
    id: Id<Jobseeker>,
    ground: Ground,
    typed: &str,
) -> Result<()> {
    actor.may("jobseeker.erase").map_err(Error::Forbidden)?;
    erasure::confirmed(id, typed)?;
    let today = app.today();
    // what was kept before it bore marks would not be found
    notice::address_all(app).await?;
    intake::mark_rows(app).await?;
    deed!(app, actor, "jobseeker.erase", |w| {
        let scope = actor.scope();
        let known = store::jobseeker::find(w, &scope, id).await?;
        erasure::free(&store::erasure::holds(w, &scope, id).await?, today)?;
        elsewhere(app, w, id).await?;
        store::erasure::forget(w, id, ground).await?;
        let region = known.profile.place.region.chars().take(6).collect();
        note(w, id, region, json!({ "erased": ground.code() }));
        Ok(())
    })?;
    finish(app).await?;
    settle(app).await
}

/// What names the person and is sealed with another key: messages on their way, and refused rows of files.
async fn elsewhere(app: &App, w: &mut Writer, id: Id<Jobseeker>) -> Result<()> {
    let sealed = store::jobseeker::identity(w, &Actor::program("keeper").scope(), id).await?;
    let who = match jobseeker::unseal(app, id, &sealed).await {
        Ok(who) => who,
        // without the key nobody can say what would name the person
        Err(Error::Refused(_) | Error::Unready(_)) => return Ok(()),
        Err(error) => return Err(error),
    };
    let phone = model::account::phone(&who.phone).unwrap_or_else(|_| cell::fold(&who.phone));
    let said = |marks: &[&str]| -> Vec<String> {
        marks.iter().filter(|mark| !mark.is_empty()).map(|mark| cell::fold(mark)).collect()
    };
    let addresses = said(&[&phone, &who.phone, &who.email]);
    let addresses: Vec<&str> = addresses.iter().map(String::as_str).collect();
    notice::forget(app, w, &addresses).await?;
    let marks = said(&[&who.number, &who.name, &who.phone, &phone]);
    let marks: Vec<&str> = marks.iter().map(String::as_str).collect();
    intake::forget_rows(app, w, &marks).await
}

/// Erases the keys of everybody whose rows are gone; answers how many people. Also run after a stop
/// between the two.
pub async fn finish(app: &App) -> Result<usize> {
    let program = Actor::program("keeper");
    let left: Vec<Erasure> = store::erasure::unfinished(&mut app.db().read().await?).await?;
    for one in &left {
        app.secret().erase(&one.holders(), app.now()).await?;
        deed!(app, &program, "jobseeker.erase", |w| {
            Ok(store::erasure::finished(w, one.jobseeker_id).await?)
        })?;
    }
    Ok(left.len())
}

/// Takes what was erased out of the journals of the databases.
pub(crate) async fn settle(app: &App) -> Result<()> {
    store::erasure::settle(app.db()).await?;
    Ok(store::erasure::settle(app.secret().store()).await?)
}

/// Keeps a record from being erased until a day.
pub async fn hold(
    app: &App,
    actor: &Actor,
    jobseeker: Id<Jobseeker>,
    (basis, until): (&str, NaiveDate),
) -> Result<()> {
    let hold = Hold {
        id: app.id(),
        jobseeker_id: jobseeker,
        basis: basis.trim().to_owned(),
        until,
        actor: actor.name.clone(),
        at: app.now(),
    };
    hold.check(app.today())?;
    deed!(app, actor, "jobseeker.hold", |w| {
        let known = store::jobseeker::find(w, &actor.scope(), jobseeker).await?;
        store::erasure::hold(w, &hold).await?;
        let change = json!({ "hold": hold.until });
        note(w, jobseeker, known.profile.place.region, change);
        Ok(())
    })
}

/// Ends a hold.
pub async fn release(
    app: &App,
    actor: &Actor,
    jobseeker: Id<Jobseeker>,
    id: Id<Hold>,
) -> Result<()> {
    let yesterday = app.today() - chrono::Days::new(1);
    deed!(app, actor, "jobseeker.hold", |w| {
        let known = store::jobseeker::find(w, &actor.scope(), jobseeker).await?;
        store::erasure::release(w, id, jobseeker, yesterday).await?;
        note(w, jobseeker, known.profile.place.region, json!({ "hold": "ended" }));
        Ok(())
    })
}

fn note(w: &mut Writer, id: Id<Jobseeker>, region: String, change: serde_json::Value) {
    w.note(Note { noun: "jobseeker", subject: id.uuid(), region, change });
}
