//! People who look for work: sealing who they are, and opening it.

pub mod dossier;
pub mod link;
pub mod mine;
pub mod register;

use model::{
    Id,
    access::Actor,
    jobseeker::{Identity, Jobseeker},
    look::What,
};
use store::Note;
use uuid::Uuid;

use crate::{App, Error, Result, deed};

/// Who somebody is, sealed, and the digests by which they are found again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seals {
    pub identity: Vec<u8>,
    pub number_index: String,
    pub phone_index: String,
}

/// Seals who somebody is with their own key, which is made where there is none and is on the disk when
/// this answers. May be called within a deed: a key without a row does no harm.
pub async fn seal(app: &App, id: Id<Jobseeker>, identity: &Identity) -> Result<Seals> {
    let sealed = seal_all(app, &[(id, identity)]).await?.pop();
    sealed.ok_or_else(|| Error::broken("nothing was sealed"))
}

/// The same for many, in their order, with one look into the store of keys.
pub async fn seal_all(app: &App, all: &[(Id<Jobseeker>, &Identity)]) -> Result<Vec<Seals>> {
    let holders: Vec<Uuid> = all.iter().map(|(id, _)| id.uuid()).collect();
    let (secret, keys) = (app.secret(), app.secret().make(&holders, app.now()).await?);
    let sealed = all.iter().map(|(id, identity)| {
        let plain = serde_json::to_vec(identity).map_err(Error::broken)?;
        Ok(Seals {
            identity: keys.seal(id.uuid(), id.uuid().as_bytes(), &plain)?,
            number_index: secret.digest("number", &identity.number),
            phone_index: phone_index(app, &identity.phone),
        })
    });
    sealed.collect()
}

/// The digest of a telephone, however it was written: the same that an account has.
pub(crate) fn phone_index(app: &App, said: &str) -> String {
    let number = model::account::phone(said).unwrap_or_else(|_| model::cell::fold(said));
    app.secret().digest("phone", &number)
}

/// Opens what is sealed of a person. That somebody looked is to be told where it is shown: see
/// [`open`] and `app::look`.
pub async fn unseal(app: &App, id: Id<Jobseeker>, sealed: &[u8]) -> Result<Identity> {
    let opened = unseal_all(app, &[(id, sealed)]).await?.pop();
    opened.ok_or_else(|| Error::broken("nothing was opened"))
}

/// The same for many, in their order.
pub async fn unseal_all(app: &App, all: &[(Id<Jobseeker>, &[u8])]) -> Result<Vec<Identity>> {
    let holders: Vec<Uuid> = all.iter().map(|(id, _)| id.uuid()).collect();
    let keys = app.secret().keys(&holders).await?;
    let opened = all.iter().map(|(id, sealed)| {
        let plain = keys.unseal(id.uuid(), id.uuid().as_bytes(), sealed)?;
        serde_json::from_slice(&plain).map_err(Error::broken)
    });
    opened.collect()
}

/// Opens a person's name, number and telephone. That somebody looked is an event of its own, and
/// without the event nothing is shown.
pub async fn open(app: &App, actor: &Actor, id: Id<Jobseeker>) -> Result<Identity> {
    deed!(app, actor, "jobseeker.open", |w| {
        let scope = actor.scope();
        let jobseeker = store::jobseeker::find(w, &scope, id).await?;
        let sealed = store::jobseeker::identity(w, &scope, id).await?;
        let opened = unseal(app, id, &sealed).await?;
        let region = jobseeker.profile.place.region;
        let (noun, subject, change) = ("jobseeker", id.uuid(), serde_json::json!({}));
        w.note(Note { noun, subject, region, change });
        store::look::note(w, app.id(), (id, None), What::Identity, "").await?;
        Ok(opened)
    })
}
