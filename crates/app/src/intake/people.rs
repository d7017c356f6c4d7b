//! A batch of jobseekers, compared with the table and written; what identifies them, sealed.

use std::collections::HashMap;

use model::{Id, intake::file::Intake, jobseeker::Jobseeker, vacancy::Source};
use serde_json::json;
use store::{Note, Reader, Writer, jobseeker::Sealed};

use super::parsing::{Draft, Read};
use crate::{
    App, Result,
    jobseeker::{Seals, seal_all},
};

/// The rows that are new or say something else than what is stored, each with what is stored.
pub(super) async fn changed<'a>(
    r: &mut Reader,
    source: &str,
    reads: &'a [Read],
) -> Result<Vec<(&'a Read, Option<Jobseeker>)>> {
    let mut stored: HashMap<(String, String), Jobseeker> = HashMap::new();
    for name in [source, "citizen"] {
        let own = reads.iter().filter(|read| source_of(read, source) == name);
        let keys: Vec<&str> = own.map(|read| read.key.as_str()).collect();
        let found = store::jobseeker::of_source(r, name, &keys).await?;
        stored.extend(found.into_iter().map(|j| ((name.to_owned(), j.source.key.clone()), j)));
    }
    let found = reads.iter().map(|read| {
        let key = (source_of(read, source).to_owned(), read.key.clone());
        (read, stored.remove(&key))
    });
    let differs = |(read, stored): &(&Read, Option<Jobseeker>)| {
        stored.as_ref().is_none_or(|j| j.source.fingerprint != read.fingerprint)
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
    (source, intake): (&str, Id<Intake>),
    reads: &[Read],
) -> Result<i64> {
    let changed = changed(w, source, reads).await?;
    let at = w.at();
    let mut people = Vec::new();
    for (read, stored) in &changed {
        let Draft::Jobseeker(draft) = &read.draft else { continue };
        let (key, fingerprint) = (read.key.clone(), read.fingerprint.clone());
        let source = Source { name: source_of(read, source).to_owned(), key, fingerprint };
        let jobseeker = Jobseeker {
            id: stored.as_ref().map_or_else(|| app.id(), |j| j.id),
            source,
            profile: draft.profile.clone(),
            seeking: true,
            created_at: stored.as_ref().map_or(at, |j| j.created_at),
            updated_at: at,
            version: stored.as_ref().map_or(0, |j| j.version) + 1,
        };
        let region = jobseeker.profile.place.region.clone();
        let change = json!({ "version": jobseeker.version });
        w.note(Note { noun: "jobseeker", subject: jobseeker.id.uuid(), region, change });
        people.push((jobseeker, &draft.identity));
    }
    let who: Vec<_> =
        people.iter().map(|(jobseeker, identity)| (jobseeker.id, *identity)).collect();
    let seals = seal_all(app, &who).await?;
    let mut new = Vec::new();
    for ((jobseeker, _), seals) in people.into_iter().zip(seals) {
        let Seals { identity, number_index, phone_index } = seals;
        let known = jobseeker.version > 1;
        let sealed = Sealed { jobseeker, identity, number_index, phone_index };
        if known {
            store::jobseeker::save(w, &sealed).await?;
        } else {
            new.push(sealed);
        }
    }
    store::jobseeker::add(w, &new).await?;
    let ids: Vec<_> = new.iter().map(|sealed| sealed.jobseeker.id).collect();
    store::jobseeker::come_in(w, &ids, intake).await?;
    Ok(i64::try_from(changed.len()).unwrap_or(i64::MAX))
}
