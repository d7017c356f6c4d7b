//! The tree of offices: making, naming, moving and merging them, each with its history.

use model::{
    Id, Refusal,
    access::Actor,
    organisation::{Details, Kind, Organisation, State},
};
use store::{Note, Writer};

use crate::{App, Error, Result, deed};

/// An office on its way into the tree.
#[derive(Clone, Debug)]
pub struct New {
    pub kind: Kind,
    /// `None`: the top, of which there is one.
    pub parent: Option<Id<Organisation>>,
    pub details: Details,
}

/// Adds an office below another one of the actor's reach, or the top of the tree.
pub async fn create(app: &App, actor: &Actor, new: New) -> Result<Organisation> {
    let details = known(app, new.details.checked(new.kind)?).await?;
    deed!(app, actor, "organisation.create", |w| {
        let scope = actor.scope();
        let above = match new.parent {
            Some(parent) => Some(store::organisation::find(w, &scope, parent).await?),
            None if scope.office().is_some() || store::organisation::top(w).await?.is_some() => {
                return Err(Refusal::new("organisation.one_top").field("parent").into());
            }
            None => None,
        };
        if let Some(above) = &above {
            above.takes(new.kind, &details.regions)?;
        }
        let id: Id<Organisation> = app.id();
        let path = above.map(|above| above.path).unwrap_or_default();
        let one = Organisation {
            id,
            kind: new.kind,
            name: details.name.clone(),
            parent: new.parent,
            path: format!("{path}{}/", id.uuid().simple()),
            regions: details.regions.clone(),
            ranges: Vec::new(),
            state: State::Open,
            merged_into: None,
            created_at: w.at(),
            updated_at: w.at(),
            version: 1,
        };
        store::organisation::add(w, &one).await?;
        told(w, &one, "organisation.create", serde_json::json!({ "kind": one.kind })).await?;
        Ok(store::organisation::find(w, &Actor::program("tree").scope(), id).await?)
    })
}

/// Gives an office another name, or other regions.
pub async fn rename(
    app: &App,
    actor: &Actor,
    id: Id<Organisation>,
    details: Details,
) -> Result<Organisation> {
    deed!(app, actor, "organisation.rename", |w| {
        let (scope, all) = (actor.scope(), Actor::program("tree").scope());
        let mut one = store::organisation::find(w, &scope, id).await?;
        let details = known(app, details.clone().checked(one.kind)?).await?;
        if details.regions != one.regions {
            if let Some(parent) = one.parent {
                let above = store::organisation::find(w, &all, parent).await?;
                above.takes(one.kind, &details.regions)?;
            }
            one.regions = details.regions;
            let codes = one.regions.iter().filter_map(|code| code.parse().ok());
            one.ranges = model::organisation::ranges(codes);
            for below in store::organisation::below(w, &all, id).await? {
                one.takes(below.kind, &below.regions)?;
            }
        }
        one.name = details.name;
        changed(w, &mut one, "organisation.rename").await?;
        Ok(one)
    })
}

/// Puts an office, with everything below it, under another one.
pub async fn shift(
    app: &App,
    actor: &Actor,
    id: Id<Organisation>,
    parent: Id<Organisation>,
) -> Result<Organisation> {
    deed!(app, actor, "organisation.move", |w| {
        let scope = actor.scope();
        let mut one = store::organisation::find(w, &scope, id).await?;
        let above = store::organisation::find(w, &scope, parent).await?;
        one.moves(&above)?;
        let (from, to) = (one.path.clone(), format!("{}{}/", above.path, id.uuid().simple()));
        store::organisation::rebase(w, &from, &to).await?;
        (one.parent, one.path) = (Some(parent), to);
        store::organisation::redraw(w, &from).await?;
        changed(w, &mut one, "organisation.move").await?;
        Ok(one)
    })
}

/// Makes an office part of another: what it has, and what is below it, goes there.
pub async fn merge(
    app: &App,
    actor: &Actor,
    id: Id<Organisation>,
    into: Id<Organisation>,
) -> Result<Organisation> {
    deed!(app, actor, "organisation.merge", |w| {
        let (scope, all) = (actor.scope(), Actor::program("tree").scope());
        let mut one = store::organisation::find(w, &scope, id).await?;
        let mut other = store::organisation::find(w, &scope, into).await?;
        one.merges(&other)?;
        other.regions.extend(one.regions.iter().cloned());
        other.regions.sort();
        other.regions.dedup();
        if let Some(parent) = other.parent {
            let above = store::organisation::find(w, &all, parent).await?;
            above.takes(other.kind, &other.regions)?;
        }
        for below in store::organisation::below(w, &all, id).await? {
            let path = format!("{}{}/", other.path, below.id.uuid().simple());
            store::organisation::rebase(w, &below.path, &path).await?;
        }
        store::organisation::hand_over(w, id, into).await?;
        (one.state, one.merged_into) = (State::Merged, Some(into));
        changed(w, &mut one, "organisation.merge").await?;
        changed(w, &mut other, "organisation.merge").await?;
        Ok(other)
    })
}

/// Writes a changed office, its history, and the ranges of all above it.
async fn changed(w: &mut Writer, one: &mut Organisation, deed: &str) -> Result<()> {
    one.version += 1;
    one.updated_at = w.at();
    store::organisation::save(w, one).await?;
    let change = serde_json::json!({ "parent": one.parent, "merged_into": one.merged_into });
    told(w, one, deed, change).await
}

async fn told(
    w: &mut Writer,
    one: &Organisation,
    deed: &str,
    change: serde_json::Value,
) -> Result<()> {
    store::organisation::redraw(w, &one.path).await?;
    store::organisation::remember(w, one, deed).await?;
    let region = one.regions.first().cloned().unwrap_or_default();
    w.note(Note { noun: "organisation", subject: one.id.uuid(), region, change });
    Ok(())
}

/// Refused where one of the regions, down to the township, is in no table.
async fn known(app: &App, details: Details) -> Result<Details> {
    let reference = app.reference().await?;
    let unknown = details
        .regions
        .iter()
        .find(|code| code.len() <= 9 && reference.places.path(code).is_empty());
    match unknown {
        Some(code) => {
            let refusal = Refusal::new("organisation.region_unknown").field("regions");
            Err(Error::Refused(refusal.arg("value", code.as_str())))
        }
        None => Ok(details),
    }
}
