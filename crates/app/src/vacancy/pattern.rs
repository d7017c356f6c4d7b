//! Texts that an employer keeps under a name, to begin from.

use model::{
    Id, Refusal,
    access::Actor,
    vacancy::{
        form::Written,
        pattern::{self, MOST, Pattern},
    },
};

use crate::{App, Error, Result, deed, employer};

/// Everything that the actor's employer keeps, by name.
pub async fn all(app: &App, actor: &Actor) -> Result<Vec<Pattern>> {
    Ok(store::vacancy::pattern::all(&mut app.db().read().await?, &actor.scope()).await?)
}

/// Keeps a text, without its last day; of the same name the newer stays.
pub async fn keep(app: &App, actor: &Actor, typed: &str, written: &Written) -> Result<()> {
    let name = pattern::name(typed, written)?;
    let written = Written { expires_on: String::new(), ..written.clone() };
    let one = Pattern {
        id: app.id(),
        employer: employer::own(actor)?,
        name,
        written,
        made_by: actor.name.clone(),
        made_at: app.now(),
    };
    deed!(app, actor, "vacancy.keep_pattern", |w| {
        let known = store::vacancy::pattern::all(w, &actor.scope()).await?;
        if known.len() >= MOST && known.iter().all(|other| other.name != one.name) {
            let refusal = Refusal::new("vacancy.patterns_many").field("pattern");
            return Err(refusal.arg("most", MOST.to_string()).into());
        }
        Ok(store::vacancy::pattern::keep(w, &one).await?)
    })
}

pub async fn end(app: &App, actor: &Actor, id: Id<Pattern>) -> Result<()> {
    deed!(app, actor, "vacancy.end_pattern", |w| {
        if store::vacancy::pattern::end(w, &actor.scope(), id).await? {
            Ok(())
        } else {
            Err(Error::Absent("vacancy"))
        }
    })
}
