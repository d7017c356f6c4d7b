//! The desk of an employer: what waits for it, its vacancies and how they stand, and the same as a
//! workbook.

use model::{
    Id,
    access::Actor,
    employer::{Employer, verification::Verification},
    page::Page,
    term::Terms,
    vacancy::{State, Vacancy, life::Standing},
};
use store::vacancy::life as rows;

use super::own;
use crate::{App, Result};

/// A vacancy and how it stands.
pub struct Entry {
    pub vacancy: Vacancy,
    pub standing: Standing,
    /// Its end is near: somebody should say that it is still offered.
    pub ends: bool,
}

/// What an employer sees when it comes in.
pub struct Desk {
    pub employer: Employer,
    pub verification: Verification,
    /// Applications answered in time, of a hundred; `None` before the first.
    pub answered: Option<u8>,
    pub tally: Vec<(State, i64)>,
    pub page: Page<Entry>,
}

/// So many vacancies stand on one page.
const LIMIT: usize = 50;
/// So many go into a workbook.
const MOST: usize = 10_000;

/// The desk of the employer to which the actor belongs.
pub async fn look(
    app: &App,
    actor: &Actor,
    state: Option<State>,
    before: Option<Id<Vacancy>>,
) -> Result<Desk> {
    let (id, scope) = (own(actor)?, actor.scope());
    let mut r = app.db().read().await?;
    let employer = store::employer::find(&mut r, &scope, id).await?;
    let verification = store::employer::verification::one(&mut r, &scope, id).await?;
    let answered = store::employer::answers(&mut r, &scope, &[id]).await?.pop();
    let tally = rows::tally(&mut r, &scope, id).await?;
    drop(r);
    let page = entries(app, actor, (id, state), before, LIMIT).await?;
    Ok(Desk { employer, verification, answered: answered.map(|(_, part)| part), tally, page })
}

async fn entries(
    app: &App,
    actor: &Actor,
    (id, state): (Id<Employer>, Option<State>),
    before: Option<Id<Vacancy>>,
    limit: usize,
) -> Result<Page<Entry>> {
    let (scope, today) = (actor.scope(), app.today());
    let terms: &Terms = &app.reference().await?.terms;
    let mut r = app.db().read().await?;
    let states: Vec<State> = state.into_iter().collect();
    let Page { items, next } =
        rows::own(&mut r, &scope, (Some(id), &states), before, limit).await?;
    let ids: Vec<_> = items.iter().map(|vacancy| vacancy.id).collect();
    let mut standings = rows::standing(&mut r, &scope, &ids).await?;
    let entry = |vacancy: Vacancy| {
        let at = standings.iter().position(|(id, _)| *id == vacancy.id)?;
        let (_, standing) = standings.swap_remove(at);
        let ends = vacancy.nears_end(&standing, terms, today);
        Some(Entry { vacancy, standing, ends })
    };
    Ok(Page { items: items.into_iter().filter_map(entry).collect(), next })
}

/// All vacancies of the desk, for a workbook.
pub async fn all(app: &App, actor: &Actor) -> Result<Vec<Entry>> {
    Ok(entries(app, actor, (own(actor)?, None), None, MOST).await?.items)
}
