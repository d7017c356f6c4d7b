//! Matching: posts for a person, people for a post, and one pair looked at closely.
//!
//! Lists are made when somebody looks, not stored. A person is shown without a name.

pub mod all;
pub mod engine;
pub mod notice;
pub mod unmatched;
pub mod weight;

use std::{
    collections::{BTreeMap, HashMap},
    sync::Arc,
};

use chrono::NaiveDate;
use futures_util::TryStreamExt;
use model::{
    Id, Refusal,
    access::{Actor, Scope},
    education::Education,
    employer::Employer,
    jobseeker::{Jobseeker, Profile},
    matching::{
        self, Aim, Call, Census, Limit, Market, Opening, Outcome, Part, Person, Post, Reason, Rule,
        Top,
    },
    region::Code,
    vacancy::{Offer, Vacancy},
};
use store::Reader;

use crate::{App, Error, Result, relation};
pub use ::matching::Strict;
use engine::page;
pub(crate) use engine::page::Found;

/// The best of a list.
#[derive(Clone, Debug)]
pub struct Ranking<T> {
    /// Best first.
    pub items: Vec<Ranked<T>>,
    /// How many stood behind each limit; each is counted at its hardest one.
    pub excluded: BTreeMap<Limit, i64>,
    /// Of the weights.
    pub version: i64,
}

/// One of a list, with its score taken apart.
#[derive(Clone, Debug)]
pub struct Ranked<T> {
    pub what: T,
    /// 0 … [`matching::BEST`].
    pub score: i64,
    pub parts: Vec<Part>,
    /// What would change the result if somebody said it.
    pub unknown: Vec<Reason>,
}

/// A post, as it is shown.
#[derive(Clone, Debug)]
pub struct Offered {
    pub vacancy: Vacancy,
    pub employer: Employer,
}

/// A person, as far as one may be shown who has not agreed to more.
#[derive(Clone, Debug)]
pub struct Candidate {
    pub id: Id<Jobseeker>,
    /// "A3F27": to speak about this person without a name.
    pub label: String,
    /// The occupation wished for most, or empty.
    pub occupation: String,
    /// Where the person lives, to the county.
    pub region: String,
    /// Months.
    pub experience: Option<i64>,
    pub education: Option<Education>,
}

/// A person and a post, fitting or not.
#[derive(Clone, Debug)]
pub struct Pair {
    pub candidate: Candidate,
    pub offered: Offered,
    pub outcome: Outcome,
    /// Of the weights.
    pub version: i64,
}

/// The posts that fit a person best.
pub async fn matches(
    app: &App,
    actor: &Actor,
    jobseeker: Id<Jobseeker>,
    limit: usize,
) -> Result<Ranking<Offered>> {
    let (profile, found) = posts_for(app, actor, jobseeker, limit).await?;
    offers(app, actor, &profile, found).await
}

/// The same without what they are and why.
pub(crate) async fn posts_for(
    app: &App,
    actor: &Actor,
    jobseeker: Id<Jobseeker>,
    limit: usize,
) -> Result<(Profile, Found)> {
    let mut r = app.db().read().await?;
    let profile = store::jobseeker::find(&mut r, &actor.scope(), jobseeker).await?.profile;
    let found = match page::posts(app, (jobseeker, &profile), limit).await? {
        Some(found) => found,
        None => stream_posts(app, &mut r, &profile, limit).await?,
    };
    Ok((profile, found))
}

/// What was found for somebody, in its order, with the reasons.
pub(crate) async fn offers(
    app: &App,
    actor: &Actor,
    profile: &Profile,
    found: Found,
) -> Result<Ranking<Offered>> {
    let (scope, ids) = (actor.scope(), found.ids());
    let Found { excluded, rule, .. } = found;
    let mut r = app.db().read().await?;
    let person = Person::new(profile, &app.reference().await?.terms, &rule);
    let mut posts = store::matching::openings_of(&mut r, &scope, &ids).await?;
    let explain = |what: Offered| {
        let opening = posts.remove(posts.iter().position(|one| one.id == what.vacancy.id)?);
        ranked(what, matching::explain(&person, &Post::new(&opening, &rule), &rule))
    };
    let items = offered(&mut r, &scope, &ids).await?.into_iter().filter_map(explain).collect();
    Ok(Ranking { items, excluded, version: rule.weights.version })
}

/// All that the rule can see of a person.
pub async fn features(app: &App, actor: &Actor, jobseeker: Id<Jobseeker>) -> Result<Person> {
    let scope = actor.scope();
    let mut r = app.db().read().await?;
    let profile = store::jobseeker::find(&mut r, &scope, jobseeker).await?.profile;
    let rule = rule(app, &mut r, &scope).await?;
    Ok(Person::new(&profile, &app.reference().await?.terms, &rule))
}

/// By going through the rows, while the structures are not there.
async fn stream_posts(app: &App, r: &mut Reader, profile: &Profile, limit: usize) -> Result<Found> {
    let scope = Actor::public().scope();
    let rule = rule(app, r, &scope).await?;
    let person = Person::new(profile, &app.reference().await?.terms, &rule);
    let (aim, mut top) = (Aim::of(&rule, &person), Top::<Vacancy>::new(limit));
    let mut rows = store::matching::openings(r, &scope, rule.day)?;
    while let Some(row) = rows.try_next().await? {
        let post = Post::new(&row, &rule);
        let judged = matching::judge_with(&aim, person.view(), &post, &rule);
        top.offer(row.id, post.posted, judged);
    }
    drop(rows);
    let excluded = std::mem::take(&mut top.excluded);
    Ok(Found { ranks: top.into_ranks(), excluded, rule: Arc::clone(&rule) })
}

/// How many people there are for an offer in its area, and how many of them each condition keeps
/// away; `None` where the structures are not there, or so few are there that a sum would tell of one.
pub async fn strict(app: &App, offer: &Offer) -> Result<Option<Strict>> {
    let least =
        app.reference().await?.terms.find("strict_people_least", "").map_or(0.0, |t| t.value);
    let found = page::strict(app, offer)?;
    #[expect(clippy::cast_precision_loss, reason = "a number of people")]
    Ok(found.filter(|strict| strict.all as f64 >= least))
}

/// The people who fit a post best.
pub async fn candidates(
    app: &App,
    actor: &Actor,
    vacancy: Id<Vacancy>,
    limit: usize,
) -> Result<Ranking<Candidate>> {
    let found = people_for(app, actor, vacancy, limit).await?;
    put_forward(app, actor, vacancy, found).await
}

/// The same without who they are and why.
pub(crate) async fn people_for(
    app: &App,
    actor: &Actor,
    vacancy: Id<Vacancy>,
    limit: usize,
) -> Result<Found> {
    let (scope, mut r) = (actor.scope(), app.db().read().await?);
    store::vacancy::find(&mut r, &scope, vacancy).await?;
    Ok(match page::people(app, &scope, vacancy, limit).await? {
        Some(found) => found,
        None => stream_people(app, &mut r, &scope, (vacancy, limit)).await?,
    })
}

/// Who was found for a post, in that order, with the reasons.
pub(crate) async fn put_forward(
    app: &App,
    actor: &Actor,
    vacancy: Id<Vacancy>,
    found: Found,
) -> Result<Ranking<Candidate>> {
    let (scope, reference, ids) = (actor.scope(), app.reference().await?, found.ids());
    let Found { excluded, rule, .. } = found;
    let mut r = app.db().read().await?;
    let post = post(&mut r, &scope, vacancy, &rule).await?;
    let mut found = store::jobseeker::of_ids(&mut r, &scope, &ids).await?;
    let explain = |id: Id<Jobseeker>| {
        let jobseeker = found.remove(found.iter().position(|one| one.id == id)?);
        let person = Person::new(&jobseeker.profile, &reference.terms, &rule);
        ranked(Candidate::of(&jobseeker), matching::explain(&person, &post, &rule))
    };
    let items = ids.into_iter().filter_map(explain).collect();
    Ok(Ranking { items, excluded, version: rule.weights.version })
}

async fn stream_people(
    app: &App,
    r: &mut Reader,
    scope: &Scope,
    (vacancy, limit): (Id<Vacancy>, usize),
) -> Result<Found> {
    let (rule, reference) = (rule(app, r, scope).await?, app.reference().await?);
    let post = post(r, scope, vacancy, &rule).await?;
    let (call, mut top) = (Call::of(&rule, &post), Top::<Jobseeker>::new(limit));
    let mut rows = store::matching::seekers(r, scope)?;
    while let Some(row) = rows.try_next().await? {
        let person = Person::new(&row.profile, &reference.terms, &rule);
        let judged = matching::judge_with(&call, person.view(), &post, &rule);
        top.offer(row.id, post.posted, judged);
    }
    drop(rows);
    let excluded = std::mem::take(&mut top.excluded);
    Ok(Found { ranks: top.into_ranks(), excluded, rule: Arc::clone(&rule) })
}

/// Why this post fits this person, or what stands in the way.
pub async fn pair(
    app: &App,
    actor: &Actor,
    jobseeker: Id<Jobseeker>,
    vacancy: Id<Vacancy>,
) -> Result<Pair> {
    let scope = actor.scope();
    let mut r = app.db().read().await?;
    let jobseeker = store::jobseeker::find(&mut r, &scope, jobseeker).await?;
    let vacancy = store::vacancy::find(&mut r, &scope, vacancy).await?;
    let employer = store::employer::find(&mut r, &scope, vacancy.employer).await?;
    let rule = rule(app, &mut r, &scope).await?;
    let person = Person::new(&jobseeker.profile, &app.reference().await?.terms, &rule);
    let post = post(&mut r, &scope, vacancy.id, &rule).await?;
    let outcome = matching::explain(&person, &post, &rule);
    let (candidate, version) = (Candidate::of(&jobseeker), rule.weights.version);
    Ok(Pair { candidate, offered: Offered { vacancy, employer }, outcome, version })
}

/// The same of one post and many people at once.
pub async fn outcomes(
    app: &App,
    actor: &Actor,
    vacancy: Id<Vacancy>,
    people: &[&Jobseeker],
) -> Result<HashMap<Id<Jobseeker>, Outcome>> {
    let (scope, reference) = (actor.scope(), app.reference().await?);
    let mut r = app.db().read().await?;
    let rule = rule(app, &mut r, &scope).await?;
    let post = post(&mut r, &scope, vacancy, &rule).await?;
    let outcome = |one: &&Jobseeker| {
        let person = Person::new(&one.profile, &reference.terms, &rule);
        (one.id, matching::explain(&person, &post, &rule))
    };
    Ok(people.iter().map(outcome).collect())
}

/// `None` for one that has closed, or changed, since it was ranked.
fn ranked<T>(what: T, outcome: Outcome) -> Option<Ranked<T>> {
    match outcome {
        Outcome::Score { total: score, parts, unknown } => {
            Some(Ranked { what, score, parts, unknown })
        }
        Outcome::Excluded { .. } => None,
    }
}

/// In the order of the ids.
async fn offered(r: &mut Reader, scope: &Scope, ids: &[Id<Vacancy>]) -> Result<Vec<Offered>> {
    let mut vacancies = store::vacancy::of_ids(r, scope, ids).await?;
    vacancies.sort_by_key(|vacancy| ids.iter().position(|id| *id == vacancy.id));
    let theirs: Vec<_> = vacancies.iter().map(|vacancy| vacancy.employer).collect();
    let employers = store::employer::of_ids(r, scope, &theirs).await?;
    let offered = vacancies.into_iter().filter_map(|vacancy| {
        let employer = employers.iter().find(|one| one.id == vacancy.employer)?.clone();
        Some(Offered { vacancy, employer })
    });
    Ok(offered.collect())
}

async fn post(r: &mut Reader, scope: &Scope, id: Id<Vacancy>, rule: &Rule) -> Result<Post> {
    // whether it may be seen is not asked here but of the vacancy
    store::vacancy::find(r, scope, id).await?;
    let opening: Option<Opening> = store::matching::openings_of(r, scope, &[id]).await?.pop();
    opening.map(|opening| Post::new(&opening, rule)).ok_or(Error::Absent("vacancy"))
}

/// So many posts or people are gone through for a page while the structures are not there.
const FEW: i64 = 20_000;

/// The rule of the structures in memory, so that every page says the same; until they are there, one
/// counted from the rows, unless these are many: then a page waits until the structures are there.
pub(crate) async fn rule(app: &App, r: &mut Reader, scope: &Scope) -> Result<Arc<Rule>> {
    if let Some(rule) = page::rule(app)? {
        return Ok(rule);
    }
    if store::matching::more_than(r, scope, FEW).await? {
        return Err(Error::Unready(Refusal::new("matching.not_yet")));
    }
    let mut rule = plain(app, r).await?;
    rule.market = market(app, r, scope, &rule).await?;
    Ok(Arc::new(rule))
}

/// The rule of today, before anything is learnt from the posts.
async fn plain(app: &App, r: &mut Reader) -> Result<Rule> {
    let (today, reference) = (app.today(), app.reference().await?);
    let age = reference.terms.find("minimum_working_age", "");
    #[expect(clippy::cast_possible_truncation, reason = "years of age")]
    let legal_age = age.map(|term| term.value as i64);
    Ok(Rule {
        weights: store::matching::weights(r, today).await?,
        catalogue: Arc::clone(&reference.catalogue),
        market: Arc::default(),
        legal_age,
        day: today,
    })
}

/// What the posts now open teach; counted again when anything has happened.
pub(crate) type Counted = Option<(i64, NaiveDate, Arc<Market>)>;

async fn market(app: &App, r: &mut Reader, scope: &Scope, rule: &Rule) -> Result<Arc<Market>> {
    let seq = store::event::last(r).await?;
    let mut held = app.0.market.lock().await;
    if let Some((at, day, market)) = held.as_ref()
        && (*at, *day) == (seq, rule.day)
    {
        return Ok(Arc::clone(market));
    }
    let mut census = Census::default();
    let mut rows = store::matching::openings(r, scope, rule.day)?;
    while let Some(row) = rows.try_next().await? {
        census.count(&Post::new(&row, rule), &rule.catalogue);
    }
    drop(rows);
    let (related, moves) = relation::counting(r, &rule.catalogue).await?;
    let learnt = census.finish(&rule.catalogue, related, moves);
    let market = Arc::new(learnt);
    *held = Some((seq, rule.day, Arc::clone(&market)));
    Ok(market)
}

impl Candidate {
    /// Where the person lives, to the county, and the occupation wished for most.
    fn placed(profile: &Profile) -> (String, String) {
        let county = profile.place.region.parse::<Code>();
        let county = county.map(|code| code.at_level(3).to_string()).unwrap_or_default();
        (county, profile.wish.occupations.first().cloned().unwrap_or_default())
    }

    pub fn of(jobseeker: &Jobseeker) -> Self {
        let profile = &jobseeker.profile;
        let (region, occupation) = Self::placed(profile);
        Self {
            id: jobseeker.id,
            // the last bits of an id are chance, and tell nothing of the person
            label: format!("{:05X}", jobseeker.id.uuid().as_u128() & 0xF_FFFF),
            occupation,
            region,
            experience: profile.experience,
            education: profile.education,
        }
    }
}
