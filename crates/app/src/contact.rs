//! Noting that an office has spoken with people, and taking it back.

use model::{
    Id, Refusal,
    access::Actor,
    application::days,
    contact::{Contact, Way},
    jobseeker::Jobseeker,
};
use serde_json::json;
use store::{Note, Writer, contact::Quiet};
use uuid::Uuid;

use crate::{App, Error, Result, deed};

/// The most at once.
const MOST: usize = 200;

/// Notes that somebody of the office spoke with these people today; all of them, or none. Answers the
/// batch, to take it back.
pub async fn note(app: &App, actor: &Actor, people: &[Id<Jobseeker>], way: Way) -> Result<Uuid> {
    if people.is_empty() || people.len() > MOST {
        let refusal = Refusal::new("contact.choose_some").field("person");
        return Err(refusal.arg("most", MOST.to_string()).into());
    }
    let batch = app.id::<Contact>().uuid();
    deed!(app, actor, "contact.note", |w| {
        let found = store::jobseeker::of_ids(w, &actor.scope(), people).await?;
        if found.len() < people.len() {
            return Err(Error::Absent("jobseeker"));
        }
        spoken(app, w, &found, (way, batch)).await?;
        Ok(batch)
    })
}

/// Notes within a deed that its author spoke with these people today.
pub(crate) async fn spoken(
    app: &App,
    w: &mut Writer,
    people: &[Jobseeker],
    (way, batch): (Way, Uuid),
) -> Result<()> {
    let contact = |one: &Jobseeker| Contact {
        id: app.id(),
        jobseeker: one.id,
        day: app.today(),
        way,
        batch,
        made_by: w.actor().to_owned(),
        made_at: w.at(),
        undone_at: None,
    };
    let contacts: Vec<Contact> = people.iter().map(contact).collect();
    store::contact::add(w, &contacts).await?;
    for one in people {
        told(w, one.id, &one.profile.place.region, json!({ "contact": way }));
    }
    Ok(())
}

/// Takes back what the actor noted together.
pub async fn undo(app: &App, actor: &Actor, batch: Uuid) -> Result<usize> {
    deed!(app, actor, "contact.undo", |w| {
        let people = store::contact::undo(w, batch, &actor.name).await?;
        for id in &people {
            told(w, *id, "", json!({ "undone": batch }));
        }
        Ok(people.len())
    })
}

fn told(w: &mut Writer, id: Id<Jobseeker>, region: &str, change: serde_json::Value) {
    let region = region.to_owned();
    w.note(Note { noun: "contact", subject: id.uuid(), region, change });
}

/// The actor's people with whom nobody has spoken for as long as the dated row says, and that number
/// of days; nobody where there is no such row.
pub async fn quiet(app: &App, actor: &Actor, limit: i64) -> Result<(Vec<Quiet>, u64)> {
    let Some(days) = days(&app.reference().await?.terms, "contact_days") else {
        return Ok((vec![], 0));
    };
    let since = app.today().checked_sub_days(chrono::Days::new(days));
    let mut r = app.db().read().await?;
    let since = since.unwrap_or_else(|| app.today());
    Ok((store::contact::quiet(&mut r, &actor.scope(), since, limit).await?, days))
}
