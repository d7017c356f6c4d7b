//! Agreeing, and taking it back: what depends on it stops in the same deed.

use model::{
    Id,
    access::Actor,
    consent::{Consent, Purpose},
    jobseeker::Jobseeker,
};
use serde_json::json;
use store::{Note, Writer};

use crate::{App, Result, deed};

/// Writes down that a person agrees to a purpose, or no longer does.
pub async fn say(
    app: &App,
    actor: &Actor,
    id: Id<Jobseeker>,
    (purpose, given): (Purpose, bool),
) -> Result<()> {
    deed!(app, actor, "jobseeker.consent", |w| {
        let known = store::jobseeker::find(w, &actor.scope(), id).await?;
        let consent = Consent {
            id: app.id(),
            jobseeker_id: id,
            purpose,
            given,
            actor: actor.name.clone(),
            at: w.at(),
        };
        store::consent::add(w, &consent).await?;
        if purpose == Purpose::Matching {
            store::consent::seek(w, id, given).await?;
        }
        let change = json!({ "consent": purpose.code(), "given": given });
        let (noun, subject) = ("jobseeker", id.uuid());
        w.note(Note { noun, subject, region: known.profile.place.region, change });
        Ok(())
    })
}

/// Somebody looks for work no longer, or again unless they took that back: in the deed that brings it.
pub(crate) async fn seeks(w: &mut Writer, id: Id<Jobseeker>, seeking: bool) -> Result<()> {
    let scope = Actor::program("consent").scope();
    let Some(known) = store::jobseeker::of_ids(w, &scope, &[id]).await?.pop() else {
        return Ok(());
    };
    let kept = seeking && store::consent::withdrawn(w, id, Purpose::Matching).await?;
    if kept || known.seeking == seeking {
        return Ok(());
    }
    store::consent::seek(w, id, seeking).await?;
    let (noun, subject, region) = ("jobseeker", id.uuid(), known.profile.place.region);
    w.note(Note { noun, subject, region, change: json!({ "seeking": seeking }) });
    Ok(())
}
