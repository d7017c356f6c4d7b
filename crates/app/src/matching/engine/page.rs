//! What a page asks of the structures; nothing where they are not there.

use std::{collections::BTreeMap, sync::Arc};

use matching::{Best, Scratch, Strict};
use model::{
    Id,
    access::Scope,
    jobseeker::{Jobseeker, Profile},
    matching::{Aim, Call, Gaps, Limit, Opening, Person, Post, Rank, Rule},
    vacancy::{Offer, Vacancy},
};

use super::{bar, desk, read, write};
use crate::{App, Result, blocking};

/// What a search found, best first.
pub(crate) struct Found {
    pub(crate) ranks: Vec<Rank>,
    pub(in crate::matching) excluded: BTreeMap<Limit, i64>,
    pub(in crate::matching) rule: Arc<Rule>,
}

impl Found {
    pub(crate) fn ids<T>(&self) -> Vec<Id<T>> {
        self.ranks.iter().map(Rank::of).collect()
    }
}

/// The rule of the structures, once they are there.
pub(in crate::matching) fn rule(app: &App) -> Result<Option<Arc<Rule>>> {
    let rule = read(app, |held| Arc::clone(held.posts.rule()))?;
    Ok(rule.filter(|rule| rule.day == app.today()))
}

/// The best posts for somebody, if the structures are there. Remembers how good the person's best
/// are: a notice must be better.
pub(in crate::matching) async fn posts(
    app: &App,
    (id, profile): (Id<Jobseeker>, &Profile),
    limit: usize,
) -> Result<Option<Found>> {
    let (Some(rule), reference) = (rule(app)?, app.reference().await?) else { return Ok(None) };
    let (person, own) = (Person::new(profile, &reference.terms, &rule), app.clone());
    let found = blocking(move || {
        read(&own, |held| {
            let rule = Arc::clone(held.posts.rule());
            let aim = Aim::of(&rule, &person);
            let mut best = Best::new(limit);
            held.posts.best(&aim, person.view(), &mut best, &mut Scratch::default());
            let excluded = held.posts.limits(&aim, person.view());
            let third = best.ranks().get(THIRD).map_or(0, |rank| rank.score.total + 1);
            let ranks = best.into_ranks();
            (Found { ranks, excluded, rule: Arc::clone(&rule) }, third.max(bar(&rule)))
        })
    });
    let Some((found, bar)) = found.await?? else { return Ok(None) };
    write(app, |place| {
        if let Some(held) = place {
            held.people.set_bar(id.uuid().as_u128(), bar);
        }
    })?;
    Ok(Some(found))
}

/// A notice is better than the person's third best.
const THIRD: usize = 2;

/// How many people each condition of an offer keeps away, if the structures are there. A group of
/// occupations is looked at: a few milliseconds at most.
pub(in crate::matching) fn strict(app: &App, offer: &Offer) -> Result<Option<Strict>> {
    let opening = Opening::of(offer);
    read(app, |held| held.people.strict(&Post::new(&opening, held.people.rule())))
}

/// The best people of a scope for a post, if the structures are there.
pub(in crate::matching) async fn people(
    app: &App,
    scope: &Scope,
    vacancy: Id<Vacancy>,
    limit: usize,
) -> Result<Option<Found>> {
    let Some(rule) = rule(app)? else { return Ok(None) };
    let mut r = app.db().read().await?;
    let post = crate::matching::post(&mut r, scope, vacancy, &rule).await?;
    let choice = desk::Choice::of(&mut r, scope).await?;
    drop(r);
    let (Some(choice), own) = (choice, app.clone()) else { return Ok(None) };
    let found = blocking(move || {
        read(&own, |held| {
            let rule = Arc::clone(held.people.rule());
            let (call, mut best) = (Call::of(&rule, &post), Best::new(limit));
            let among = held.desks.chosen(&choice);
            held.people.best(&call, &post, among.as_ref(), &mut best);
            let excluded = held.people.limits(&call, &post, among.as_ref());
            let (ranks, known) = (best.into_ranks(), held.desks.knows(&choice));
            known.then(|| Found { ranks, excluded, rule: Arc::clone(&rule) })
        })
    });
    Ok(found.await??.flatten())
}

/// What one change would open to somebody, if the structures are there.
pub(in crate::matching) async fn gaps(
    app: &App,
    profile: &Profile,
) -> Result<Option<(Gaps, Arc<Rule>)>> {
    let (Some(rule), reference) = (rule(app)?, app.reference().await?) else { return Ok(None) };
    let (person, own) = (Person::new(profile, &reference.terms, &rule), app.clone());
    let found = blocking(move || {
        read(&own, |held| {
            let rule = Arc::clone(held.posts.rule());
            (held.posts.gaps(&Aim::of(&rule, &person), person.view()), rule)
        })
    });
    found.await?
}

/// For each of these people why no open post is right for them, nothing where one is; and how many
/// posts are open. If the structures are there.
pub(in crate::matching) async fn nothing(
    app: &App,
    people: Vec<Person>,
) -> Result<Option<(i64, Vec<Option<Gaps>>)>> {
    let own = app.clone();
    blocking(move || {
        let (mut scratch, mut all) = (Scratch::default(), Vec::new());
        for person in &people {
            // held for one person at a time, so that changes need not wait
            let found = read(&own, |held| {
                let aim = Aim::of(held.posts.rule(), person);
                held.posts.nothing(&aim, person.view(), &mut scratch)
            })?;
            let Some(found) = found else { return Ok(None) };
            all.push(found);
        }
        let open = read(&own, |held| held.posts.open())?.unwrap_or(0);
        Ok(Some((i64::try_from(open).unwrap_or(i64::MAX), all)))
    })
    .await?
}
