//! People who look for work: opening what is sealed of them.

use model::{
    Id,
    access::Actor,
    jobseeker::{Identity, Jobseeker},
};
use store::Note;

use crate::{App, Error, Result, deed};

/// Opens a person's name, number and telephone. That somebody looked is an event of its own, and
/// without the event nothing is shown.
pub async fn open(app: &App, actor: &Actor, id: Id<Jobseeker>) -> Result<Identity> {
    deed!(app, actor, "jobseeker.open", |w| {
        let scope = actor.scope();
        let jobseeker = store::jobseeker::find(w, &scope, id).await?;
        let sealed = store::jobseeker::identity(w, &scope, id).await?;
        let plain = app.secret().unseal(id.uuid().as_bytes(), &sealed)?;
        let region = jobseeker.profile.place.region;
        let (noun, subject, change) = ("jobseeker", id.uuid(), serde_json::json!({}));
        w.note(Note { noun, subject, region, change });
        serde_json::from_slice(&plain).map_err(Error::broken)
    })
}
