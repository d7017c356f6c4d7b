//! What a person can show, kept; and the categories that the office notes.

use std::collections::BTreeMap;

use model::{
    Id, Refusal,
    access::{Actor, Reach},
    jobseeker::{
        Identity, Jobseeker,
        dossier::{self, Dossier, Standing, Wrong},
    },
};
use store::Writer;

use super::{
    register::{dossier_skills, save},
    unseal,
};
use crate::{App, Error, Result, deed};

/// Keeps what the form says; wrong fields by their names.
pub async fn keep(
    app: &App,
    actor: &Actor,
    (id, version): (Id<Jobseeker>, i64),
    fields: &BTreeMap<String, String>,
) -> Result<Result<(), Vec<Wrong>>> {
    deed!(app, actor, "jobseeker.edit", |w| {
        let (person, known) = found(app, w, actor, (id, version)).await?;
        let read = match dossier::read(fields, &known.dossier, app.today()) {
            Ok(read) => read,
            Err(wrong) => return Ok(Err(wrong)),
        };
        let line = |name: &str| fields.get(name).map(|text| model::cell::line(text));
        let identity = Identity {
            dossier: read,
            email: line("email").unwrap_or_default(),
            address: line("address").unwrap_or_default(),
            ..known
        };
        let mut profile = person.profile.clone();
        dossier_skills(app, &identity, &mut profile.skills).await?;
        save(app, w, Jobseeker { profile, ..person }, &identity).await?;
        Ok(Ok(()))
    })
}

/// Notes a category with its evidence, or ends one on a day. For the person's own office only.
pub async fn categorise(
    app: &App,
    actor: &Actor,
    (id, version): (Id<Jobseeker>, i64),
    standing: Standing,
) -> Result<()> {
    if standing.evidence.trim().is_empty() {
        return Err(Refusal::new("jobseeker.evidence_missing").field("evidence").into());
    }
    if standing.to.is_some_and(|last| last < standing.from) {
        return Err(Refusal::new("jobseeker.span_backwards").field("to").into());
    }
    deed!(app, actor, "jobseeker.categorise", |w| {
        let (person, mut identity) = found(app, w, actor, (id, version)).await?;
        if !own(w, actor, id).await? {
            return Err(Error::Absent("jobseeker"));
        }
        let Dossier { categories, .. } = &mut identity.dossier;
        categories.retain(|one| one.category != standing.category || one.from != standing.from);
        categories.push(standing.clone());
        categories.sort_by_key(|one| (one.category, one.from));
        save(app, w, person, &identity).await
    })
}

async fn found(
    app: &App,
    w: &mut Writer,
    actor: &Actor,
    (id, version): (Id<Jobseeker>, i64),
) -> Result<(Jobseeker, Identity)> {
    let scope = actor.scope();
    let person = store::jobseeker::find(w, &scope, id).await?;
    if person.version != version {
        return Err(Error::Changed(Refusal::new("jobseeker.changed")));
    }
    let sealed = store::jobseeker::identity(w, &scope, id).await?;
    Ok((person, unseal(app, id, &sealed).await?))
}

/// Does the person belong to the actor's own office, or to none and live in its regions? The machine
/// itself and the person are always let in.
pub async fn own(r: &mut store::Reader, actor: &Actor, id: Id<Jobseeker>) -> Result<bool> {
    Ok(match actor.scope().reach() {
        Reach::Office(territory) => {
            let office = store::jobseeker::office(r, id).await?;
            office.is_none_or(|office| office == territory.office)
        }
        Reach::All => true,
        Reach::Person(person) => *person == id,
        Reach::Public | Reach::Employer(_) => false,
    })
}
