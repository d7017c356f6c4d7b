//! Records of one person: found, linked, told apart again.

use model::{
    Id,
    access::Actor,
    jobseeker::{
        Jobseeker,
        link::{self, Link, Reason, State},
    },
};
use serde_json::json;
use store::{Note, Writer};

use crate::{App, Error, Result, deed};

/// Looks whether these records are of somebody who has another, and keeps the pairs: the same number
/// links at once, a name has to be decided by somebody.
pub(crate) async fn notice(w: &mut Writer, actor: &Actor, ids: &[Id<Jobseeker>]) -> Result<()> {
    let found = store::jobseeker::link::alike(w, ids).await?;
    let by = (actor, w.at());
    let pairs = found.into_iter().map(|(own, other, reason)| Link::found((own, other), reason, by));
    let mut pairs: Vec<_> = pairs.collect();
    // by the number first: of two reasons for one pair the certain one is kept
    pairs.sort_by_key(|pair| (pair.first.uuid(), pair.second.uuid(), pair.reason));
    pairs.dedup_by_key(|pair| (pair.first, pair.second));
    store::jobseeker::link::add(w, &pairs).await?;
    Ok(())
}

/// The clerk has looked: of whoever has the same name, this is another person.
pub(super) async fn apart(w: &mut Writer, actor: &Actor, id: Id<Jobseeker>) -> Result<()> {
    let found = store::jobseeker::link::of(w, &actor.scope(), id).await?;
    for link in found.into_iter().filter(|link| link.state == State::Open) {
        let told = Link { state: State::Apart, actor: actor.name.clone(), at: w.at(), ..link };
        store::jobseeker::link::decide(w, &told).await?;
    }
    Ok(())
}

/// Says that two records are of one person, or of two; either can be said again later. One of them
/// must be the actor's to look after.
pub async fn decide(
    app: &App,
    actor: &Actor,
    (one, other): (Id<Jobseeker>, Id<Jobseeker>),
    state: State,
) -> Result<()> {
    link::two(one, other)?;
    deed!(app, actor, "jobseeker.link", |w| {
        let scope = actor.scope();
        let own = store::jobseeker::find(w, &scope, one).await?;
        let found = store::jobseeker::link::find(w, (one, other)).await?;
        let mut kept = if let Some(kept) = found {
            kept
        } else {
            // a pair that nobody knew of yet: both must be the actor's
            store::jobseeker::find(w, &scope, other).await?;
            let fresh = Link::found((one, other), Reason::Said, (actor, w.at()));
            store::jobseeker::link::add(w, std::slice::from_ref(&fresh)).await?;
            fresh
        };
        (kept.state, kept.at) = (state, w.at());
        kept.actor.clone_from(&actor.name);
        if !store::jobseeker::link::decide(w, &kept).await? {
            return Err(Error::Absent("jobseeker"));
        }
        let change = json!({ "link": other, "state": state });
        let region = own.profile.place.region;
        w.note(Note { noun: "jobseeker", subject: one.uuid(), region, change });
        Ok(())
    })
}
