//! A batch of jobseekers, compared with the table and written; what identifies them, sealed.
//!
//! A row about somebody whom another office looks after changes nothing there: it becomes a record of
//! the office's own, linked with the other by the citizen number.

use std::collections::HashMap;

use model::{
    Id,
    access::Actor,
    intake::file::Intake,
    jobseeker::{Identity, Jobseeker},
    vacancy::Source,
};
use serde_json::json;
use store::{Note, Reader, Writer, jobseeker::Sealed};

use super::parsing::{Draft, Read};
use crate::{
    App, Result,
    jobseeker::{
        Seals, link,
        register::{kept, name_index, own_key},
        seal_all, unseal_all,
    },
};

/// A row that is new or says something else than what is stored.
pub(super) struct Changed<'a> {
    read: &'a Read,
    /// By what the record is or will be known.
    key: String,
    stored: Option<Jobseeker>,
}

/// The rows that are new or say something else than what is stored, each with what is stored of it
/// within the actor's reach.
pub(super) async fn changed<'a>(
    r: &mut Reader,
    actor: &Actor,
    source: &str,
    reads: &'a [Read],
) -> Result<Vec<Changed<'a>>> {
    let (scope, mut stored) = (actor.scope(), HashMap::<(String, String), Jobseeker>::new());
    let own = |read: &Read| own_key(&read.key, scope.office());
    for name in [source, "citizen"] {
        let of_name = reads.iter().filter(|read| source_of(read, source) == name);
        let keys: Vec<String> = of_name.flat_map(|read| [read.key.clone(), own(read)]).collect();
        let keys: Vec<&str> = keys.iter().map(String::as_str).collect();
        let found = store::jobseeker::of_source(r, name, &keys).await?;
        stored.extend(found.into_iter().map(|j| ((name.to_owned(), j.source.key.clone()), j)));
    }
    let ids: Vec<_> = stored.values().map(|j| j.id).collect();
    let within = store::jobseeker::within(r, &scope, &ids).await?;
    let found = reads.iter().map(|read| {
        let mut take =
            |key: &str| stored.remove(&(source_of(read, source).to_owned(), key.to_owned()));
        let (ours, plain) = (take(&own(read)), take(&read.key));
        let (key, stored) = match (ours, plain) {
            (Some(ours), _) => (own(read), Some(ours)),
            (None, Some(plain)) if within.contains(&plain.id) => (read.key.clone(), Some(plain)),
            (None, Some(_)) => (own(read), None),
            (None, None) => (read.key.clone(), None),
        };
        Changed { read, key, stored }
    });
    let differs = |one: &Changed<'_>| {
        one.stored.as_ref().is_none_or(|j| j.source.fingerprint != one.read.fingerprint)
    };
    Ok(found.filter(differs).collect())
}

fn source_of<'a>(read: &Read, file: &'a str) -> &'a str {
    if read.source.is_empty() { file } else { read.source }
}

/// Writes what is new or has changed; answers how many rows that were.
pub(super) async fn write(
    app: &App,
    w: &mut Writer,
    (actor, source, intake): (&Actor, &str, Id<Intake>),
    reads: &[Read],
) -> Result<i64> {
    let changed = changed(w, actor, source, reads).await?;
    let mut before = before(app, w, &changed).await?;
    let mut people: Vec<(Jobseeker, Identity)> = Vec::new();
    for one in &changed {
        let Draft::Jobseeker(draft) = &one.read.draft else { continue };
        let person = person(app, w, one, source);
        let known = before.remove(&person.id).unwrap_or_default();
        let region = person.profile.place.region.clone();
        let change = json!({ "version": person.version });
        w.note(Note { noun: "jobseeker", subject: person.id.uuid(), region, change });
        people.push((person, kept(draft.identity.clone(), known)));
    }
    let who: Vec<_> = people.iter().map(|(person, identity)| (person.id, identity)).collect();
    let seals = seal_all(app, &who).await?;
    let (mut new, mut all) = (Vec::new(), Vec::new());
    for ((person, identity), seals) in people.into_iter().zip(seals) {
        let name_index = name_index(app, &identity.name, person.profile.born_on);
        let Seals { identity, number_index, phone_index } = seals;
        all.push(person.id);
        let known = person.version > 1;
        let sealed = Sealed { jobseeker: person, identity, number_index, phone_index, name_index };
        if known { store::jobseeker::save(w, &sealed).await? } else { new.push(sealed) }
    }
    store::jobseeker::add(w, &new).await?;
    let ids: Vec<_> = new.iter().map(|sealed| sealed.jobseeker.id).collect();
    store::jobseeker::come_in(w, &ids, intake).await?;
    link::notice(w, actor, &all).await?;
    Ok(i64::try_from(changed.len()).unwrap_or(i64::MAX))
}

/// A row as a person, the next version of the one that is stored.
fn person(app: &App, w: &Writer, one: &Changed<'_>, source: &str) -> Jobseeker {
    let Changed { read, key, stored } = one;
    let (name, fingerprint) = (source_of(read, source).to_owned(), read.fingerprint.clone());
    let profile = match &read.draft {
        Draft::Jobseeker(draft) => draft.profile.clone(),
        Draft::Vacancy(_) => model::jobseeker::Profile::default(),
    };
    Jobseeker {
        id: stored.as_ref().map_or_else(|| app.id(), |j| j.id),
        source: Source { name, key: key.clone(), fingerprint },
        profile,
        seeking: true,
        visible: stored.as_ref().is_none_or(|j| j.visible),
        created_at: stored.as_ref().map_or(w.at(), |j| j.created_at),
        updated_at: w.at(),
        version: stored.as_ref().map_or(0, |j| j.version) + 1,
    }
}

/// Who the stored ones are: a file says less of them than the office may have noted.
async fn before(
    app: &App,
    r: &mut Reader,
    changed: &[Changed<'_>],
) -> Result<HashMap<Id<Jobseeker>, Identity>> {
    let ids: Vec<_> = changed.iter().filter_map(|one| Some(one.stored.as_ref()?.id)).collect();
    let sealed = store::jobseeker::identities(r, &ids).await?;
    let known: Vec<_> = sealed.iter().map(|(id, sealed)| (*id, sealed.as_slice())).collect();
    let opened = unseal_all(app, &known).await?;
    Ok(sealed.iter().map(|(id, _)| *id).zip(opened).collect())
}
