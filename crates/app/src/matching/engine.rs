//! The structures in memory: built from the tables in the background, then following the log. A page
//! that comes before they are ready goes through the rows instead.

use std::{
    collections::{BTreeMap, HashMap},
    sync::{Arc, RwLock},
    time::Duration,
};

use futures_util::TryStreamExt;
use matching::{Best, Crowd, People, Posts, Scratch, Strict};
use model::{
    Id,
    access::Actor,
    event::Event,
    jobseeker::{Jobseeker, Profile},
    matching::{Aim, Call, Census, Limit, Opening, Person, Post, Rank, Rule},
    vacancy::{Offer, Vacancy},
};
use store::matching::Notice;

use crate::{App, Error, Result, blocking, deed, relation};

/// What the program holds in memory of matching.
#[derive(Default)]
pub(crate) struct Engine {
    held: RwLock<Option<Held>>,
    /// Held by whoever builds or follows.
    pen: tokio::sync::Mutex<()>,
}

struct Held {
    posts: Posts,
    people: People,
    /// The last event that is in it.
    seq: i64,
}

/// What a search found, best first.
pub(super) struct Found<T> {
    pub(super) ids: Vec<Id<T>>,
    pub(super) excluded: BTreeMap<Limit, i64>,
    pub(super) rule: Arc<Rule>,
}

/// Events done at once.
const BATCH: i64 = 2_000;
/// The longest sleep; a deed of this process ends it at once, one of another process cannot.
const SLEEP: Duration = Duration::from_millis(300);
/// After a fault that may pass.
const PAUSE: Duration = Duration::from_secs(5);
/// A delta of so many is built into a new base, and never less than one in so many of the base.
const DELTA: usize = 20_000;
/// So many posts are counted with the base that was there before them.
const FEW: usize = 200;
/// Notices that one person is given in a day.
const A_DAY: i64 = 3;
/// People to whom one new post is announced, the best.
const A_POST: usize = 100;

/// Keeps the structures true to the tables for as long as the program runs.
pub async fn follow(app: &App) {
    loop {
        match step(app).await {
            Ok(0) => drop(tokio::time::timeout(SLEEP, app.bell().notified()).await),
            Ok(_) => {}
            Err(error) => {
                tracing::warn!(%error, cause = ?error, "matching does not follow the log");
                tokio::time::sleep(PAUSE).await;
            }
        }
    }
}

/// Builds what is missing and follows until nothing is left: for commands and tests.
pub async fn catch_up(app: &App) -> Result<()> {
    while step(app).await? > 0 {}
    Ok(())
}

/// Lets go of the structures; the next step builds them again.
pub fn forget(app: &App) -> Result<()> {
    write(app, |place| *place = None)
}

/// Does the next batch of events, or builds; gives how many were done.
async fn step(app: &App) -> Result<usize> {
    let _pen = app.0.engine.pen.lock().await;
    let weights = store::matching::weights(&mut app.db().read().await?, app.today()).await?;
    let Some((seq, counted)) = read(app, |held| {
        let rule = held.posts.rule();
        let ((base, delta), (_, changed)) = (held.posts.len(), held.people.len());
        let whole = delta + changed < DELTA.max(base / 20);
        let holds = whole && rule.day == app.today() && rule.weights == weights;
        holds.then_some((held.seq, delta <= base.max(FEW)))
    })?
    .flatten() else {
        let held = build(app).await?;
        write(app, |place| *place = Some(held))?;
        return Ok(1);
    };
    let events = store::event::after(&mut app.db().read().await?, seq, BATCH).await?;
    let Some(last) = events.last().map(|event| event.seq) else {
        // what is counted over the posts, rarity and usual wages, is counted anew with the base:
        // every day, and sooner where the base is the smaller part of the posts
        if !counted {
            forget(app)?;
        }
        return Ok(usize::from(!counted));
    };
    if events.iter().any(|event| event.noun == "relation") {
        // what counts as related is in every score: all of it is made anew
        forget(app)?;
        return Ok(1);
    }
    let (posts, people) = changes(app, &events).await?;
    let new: Vec<_> = posts.iter().filter_map(|(id, post)| Some((*id, (*post)?))).collect();
    write(app, |place| {
        let Some(held) = place else { return };
        for (id, post) in posts {
            held.posts.put(id.uuid().as_u128(), post);
        }
        let bar = bar(held.posts.rule());
        for (id, person) in people {
            held.people.put(id.uuid().as_u128(), person.map(|person| (person, bar)));
        }
        held.seq = last;
    })?;
    announce(app, new).await?;
    Ok(events.len())
}

fn read<T>(app: &App, look: impl FnOnce(&Held) -> T) -> Result<Option<T>> {
    let held = app.0.engine.held.read().map_err(|_| Error::broken("matching has panicked"))?;
    Ok(held.as_ref().map(look))
}

fn write(app: &App, change: impl FnOnce(&mut Option<Held>)) -> Result<()> {
    let mut held = app.0.engine.held.write().map_err(|_| Error::broken("matching has panicked"))?;
    change(&mut held);
    Ok(())
}

/// The bar of somebody whose list nobody has looked at.
fn bar(rule: &Rule) -> u32 {
    u32::try_from(rule.weights.notice).unwrap_or(u32::MAX)
}

/// The bars that are higher than where everybody begins, from before by the same weights.
fn bars(app: &App, rule: &Rule) -> Result<HashMap<u128, u32>> {
    let least = bar(rule);
    let bars = read(app, |held| {
        let same = held.posts.rule().weights == rule.weights;
        let raised = held.people.all().filter(|(_, _, bar)| same && *bar > least);
        raised.map(|(id, _, bar)| (id, bar)).collect()
    })?;
    Ok(bars.unwrap_or_default())
}

/// Reads all rows as of one moment, one after the other.
async fn build(app: &App) -> Result<Held> {
    let (scope, reference) = (Actor::program("matcher").scope(), app.reference().await?);
    let mut r = app.db().snapshot().await?;
    let seq = store::event::last(&mut r).await?;
    let mut rule = super::plain(app, &mut r).await?;
    let (mut posts, mut census) = (Vec::new(), Census::default());
    let mut rows = store::matching::openings(&mut r, &scope, rule.day)?;
    while let Some(row) = rows.try_next().await? {
        let post = Post::new(&row, &rule);
        census.count(&post, &rule.catalogue);
        posts.push((row.id.uuid().as_u128(), post));
    }
    drop(rows);
    let (related, moves) = relation::counting(&mut r, &rule.catalogue).await?;
    let learnt = census.finish(&rule.catalogue, related, moves);
    for (_, post) in &mut posts {
        post.usual = learnt.usual(post, &rule.catalogue);
    }
    rule.market = Arc::new(learnt);
    let (rule, mut crowd) = (Arc::new(rule), Crowd::default());
    let bars = bars(app, &rule)?;
    let mut rows = store::matching::seekers(&mut r, &scope)?;
    while let Some(row) = rows.try_next().await? {
        let (id, person) =
            (row.id.uuid().as_u128(), Person::new(&row.profile, &reference.terms, &rule));
        crowd.push(id, &person, bars.get(&id).copied().unwrap_or(bar(&rule)));
    }
    drop(rows);
    let held = blocking(move || {
        let posts = Posts::new(Arc::clone(&rule), posts);
        Held { posts, people: People::new(rule, &crowd), seq }
    });
    let held = held.await?;
    let ((posts, _), (people, _)) = (held.posts.len(), held.people.len());
    tracing::info!(posts, people, "matching is in memory");
    Ok(held)
}

type Changed<T, F> = Vec<(Id<T>, Option<F>)>;

/// What the posts and the people of these events are now; nothing where they are no longer offered
/// or looking.
async fn changes(
    app: &App,
    events: &[Event],
) -> Result<(Changed<Vacancy, Post>, Changed<Jobseeker, Person>)> {
    let scope = Actor::program("matcher").scope();
    let rule = rule(app)?.ok_or_else(|| Error::broken("matching is not in memory"))?;
    let reference = app.reference().await?;
    let mut r = app.db().read().await?;
    let vacancies = crate::event::vacancies(&mut r, &scope, events).await?;
    let openings = store::matching::openings_of(&mut r, &scope, &vacancies).await?;
    let mut posts: HashMap<_, _> =
        openings.iter().map(|row| (row.id, Post::new(row, &rule))).collect();
    posts.retain(|_, post| post.last_day >= model::matching::day(rule.day));
    let mut people: Vec<Id<Jobseeker>> = Vec::new();
    people.extend(events.iter().filter(|e| e.noun == "jobseeker").map(|e| Id::new(e.subject)));
    people.sort_unstable();
    people.dedup();
    let seekers = store::matching::seekers_of(&mut r, &scope, &people).await?;
    let mut profiles: HashMap<_, _> = seekers
        .iter()
        .map(|row| (row.id, Person::new(&row.profile, &reference.terms, &rule)))
        .collect();
    Ok((
        vacancies.into_iter().map(|id| (id, posts.remove(&id))).collect(),
        people.into_iter().map(|id| (id, profiles.remove(&id))).collect(),
    ))
}

/// Whom new or changed posts reach: candidates for a notice, the best of each post.
async fn announce(app: &App, posts: Vec<(Id<Vacancy>, Post)>) -> Result<()> {
    if posts.is_empty() {
        return Ok(());
    }
    let (day, at, own) = (app.today(), app.now(), app.clone());
    let found = blocking(move || read(&own, |held| reached(held, &posts))).await??;
    let Some((version, found)) = found.filter(|(_, found)| !found.is_empty()) else {
        return Ok(());
    };
    let mut notices = Vec::with_capacity(found.len());
    for (jobseeker, vacancy, score) in found {
        let score = i64::from(score);
        notices.push(Notice { jobseeker, vacancy, score, version, made_on: day, made_at: at });
    }
    let program = Actor::program("matcher");
    deed!(app, &program, "matching.notice", |w| {
        Ok(store::matching::notice(w, &notices, A_DAY).await?)
    })
}

type Reached = Vec<(Id<Jobseeker>, Id<Vacancy>, u32)>;

fn reached(held: &Held, posts: &[(Id<Vacancy>, Post)]) -> (i64, Reached) {
    let rule = held.people.rule();
    let mut all = Reached::new();
    for (vacancy, post) in posts {
        let mut best = Best::new(A_POST);
        held.people.reached(&Call::of(rule, post), post, |id, score| {
            best.offer(Rank::new(score, post.posted, id));
        });
        let ranks = best.into_ranks().into_iter();
        let found = ranks.map(|rank| (person_id(&rank), *vacancy, rank.score.total));
        all.extend(found);
    }
    // of many posts at once everybody hears of the best
    all.sort_unstable_by_key(|(person, vacancy, score)| (*person, u32::MAX - score, *vacancy));
    (rule.weights.version, all)
}

fn person_id(rank: &Rank) -> Id<Jobseeker> {
    Id::new(uuid::Uuid::from_u128(rank.id.0))
}

/// The rule of the structures, once they are there.
pub(super) fn rule(app: &App) -> Result<Option<Arc<Rule>>> {
    let rule = read(app, |held| Arc::clone(held.posts.rule()))?;
    Ok(rule.filter(|rule| rule.day == app.today()))
}

/// The best posts for somebody, if the structures are there. Remembers how good the person's best
/// are: a notice must be better.
pub(super) async fn posts(
    app: &App,
    (id, profile): (Id<Jobseeker>, &Profile),
    limit: usize,
) -> Result<Option<Found<Vacancy>>> {
    let (Some(rule), reference) = (rule(app)?, app.reference().await?) else { return Ok(None) };
    let (person, own) = (Person::new(profile, &reference.terms, &rule), app.clone());
    let found = blocking(move || {
        read(&own, |held| {
            let rule = Arc::clone(held.posts.rule());
            let aim = Aim::of(&rule, &person);
            let mut best = Best::new(limit);
            held.posts.best(&aim, person.view(), &mut best, &mut Scratch::default());
            let excluded = held.posts.limits(&aim, person.view());
            let vacancy = |rank: &Rank| Id::new(uuid::Uuid::from_u128(rank.id.0));
            let third = best.ranks().get(THIRD).map_or(0, |rank| rank.score.total + 1);
            let ids = best.ranks().iter().map(vacancy).collect();
            (Found { ids, excluded, rule: Arc::clone(&rule) }, third.max(bar(&rule)))
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
pub(super) fn strict(app: &App, offer: &Offer) -> Result<Option<Strict>> {
    let opening = Opening {
        id: Id::new(uuid::Uuid::nil()),
        published: true,
        expires_on: None,
        occupation: offer.occupation.clone(),
        title: offer.title.clone(),
        region: offer.place.region.clone(),
        place_text: offer.place.text.clone(),
        longitude: offer.place.longitude,
        latitude: offer.place.latitude,
        pay_from: offer.pay_from,
        pay_to: offer.pay_to,
        education: offer.education,
        schooling_told: !offer.education_text.is_empty(),
        experience_min: offer.experience_min,
        experience_max: offer.experience_max,
        form: offer.form,
        skills: offer.skills.clone(),
        benefits: offer.benefits.clone(),
        posted_on: offer.posted_on,
        answers_due: None,
        answers_given: None,
    };
    read(app, |held| held.people.strict(&Post::new(&opening, held.people.rule())))
}

/// The best people for a post, if the structures are there.
pub(super) async fn people(
    app: &App,
    vacancy: Id<Vacancy>,
    limit: usize,
) -> Result<Option<Found<Jobseeker>>> {
    let Some(rule) = rule(app)? else { return Ok(None) };
    let scope = Actor::program("matcher").scope();
    let mut r = app.db().read().await?;
    let post = super::post(&mut r, &scope, vacancy, &rule).await?;
    let own = app.clone();
    let found = blocking(move || {
        read(&own, |held| {
            let rule = Arc::clone(held.people.rule());
            let (call, mut best) = (Call::of(&rule, &post), Best::new(limit));
            held.people.best(&call, &post, &mut best);
            let excluded = held.people.limits(&call, &post);
            let ids = best.ranks().iter().map(person_id).collect();
            Found { ids, excluded, rule: Arc::clone(&rule) }
        })
    });
    found.await?
}
