//! Telling people of new posts that fit. The engine finds whom a new post reaches and this keeps them;
//! a task looks at each once more and writes it into the inbox, in one deed, so that it is there once.

use std::{
    collections::{BTreeMap, HashMap, HashSet},
    time::Duration,
};

use chrono::TimeDelta;
use model::{
    Id,
    access::Actor,
    application,
    jobseeker::Jobseeker,
    matching::{self, Person, Post, Rule},
    notice::{Kind, To},
    vacancy::Vacancy,
};
use store::{
    Reader,
    matching::notice::{self as rows, Notice},
};

use super::engine::{self, page};
use crate::{App, Result, deed, notice::inbox};

/// People to whom one new post is announced, the best of those who hear of posts.
const A_POST: usize = 100;
/// Looked at at once, and events.
const BATCH: i64 = 200;
const MISSED: i64 = 2_000;
/// The longest sleep; a deed of this process ends it at once.
const SLEEP: Duration = Duration::from_secs(2);
/// After a fault that may pass.
const PAUSE: Duration = Duration::from_secs(5);
/// What could not be told for so long is no news.
const NEWS: TimeDelta = TimeDelta::days(3);
/// So long after it was settled a line goes, once the post has closed.
const KEPT: TimeDelta = TimeDelta::days(7);

/// How many posts a person is told of in a day, by the dated row.
async fn a_day(app: &App) -> Result<i64> {
    let most = application::days(&app.reference().await?.terms, "matching_notice_day_most");
    Ok(i64::try_from(most.unwrap_or(0)).unwrap_or(i64::MAX))
}

/// The name under which the log knows up to where posts are announced.
const READER: &str = "matching";

/// Keeps whom new or changed posts reach, the best of each post; `seq` is the last event that was
/// looked at.
pub(super) async fn announce(app: &App, posts: Posts, seq: i64) -> Result<()> {
    if posts.is_empty() {
        return Ok(());
    }
    let (day, at) = (app.today(), app.now());
    let Some((version, found)) = engine::reached(app, posts).await? else { return Ok(()) };
    let mut ids: Vec<_> = found.iter().map(|(person, ..)| *person).collect();
    ids.sort_unstable();
    ids.dedup();
    let listening = rows::listening(&mut app.db().read().await?, &ids, day).await?;
    let notice = |(jobseeker, vacancy, score): Reached| {
        let score = i64::from(score);
        Notice { jobseeker, vacancy, score, version, made_on: day, made_at: at }
    };
    let chosen = chosen(found, listening, a_day(app).await?).into_iter();
    let (notices, program) = (chosen.map(notice).collect::<Vec<_>>(), Actor::program("matcher"));
    deed!(app, &program, "matching.notice", |w| {
        rows::add(w, &notices).await?;
        Ok(store::event::reach(w, READER, seq).await?)
    })
}

/// Posts that may be announced.
pub(super) type Posts = Vec<(Id<Vacancy>, Post)>;

/// Announces what was published while nobody followed the log, up to an event that the structures hold.
pub(super) async fn make_up(app: &App, upto: i64) -> Result<()> {
    let mut from = store::event::reached(&mut app.db().read().await?, READER).await?;
    let oldest = app.now() - NEWS;
    // of a service that has never announced anything, all is old
    while from > 0 && from < upto {
        let events = store::event::after(&mut app.db().read().await?, from, MISSED).await?;
        let Some(last) = events.last().map(|event| event.seq) else { break };
        let new: Vec<_> = events.into_iter().filter(|event| event.at >= oldest).collect();
        let (posts, _) = engine::changes(app, &new).await?;
        announce(app, engine::open(posts), last).await?;
        from = last;
    }
    let program = Actor::program("matcher");
    deed!(app, &program, "matching.notice", |w| Ok(store::event::reach(w, READER, upto).await?))
}

/// Somebody, a post that reaches them, and its score.
pub(super) type Reached = (Id<Jobseeker>, Id<Vacancy>, u32);

/// Of each post the best who hear of posts, and of many posts at once for everybody the best, so many
/// a day. `found` is in the order of the posts, best first; `listening` says how many each has.
fn chosen(
    found: Vec<Reached>,
    mut listening: HashMap<Id<Jobseeker>, i64>,
    a_day: i64,
) -> Vec<Reached> {
    let mut of_post: HashMap<Id<Vacancy>, usize> = HashMap::new();
    let mut chosen: Vec<Reached> = found
        .into_iter()
        .filter(|(person, ..)| listening.contains_key(person))
        .filter(|(_, vacancy, _)| {
            let taken = of_post.entry(*vacancy).or_default();
            *taken += 1;
            *taken <= A_POST
        })
        .collect();
    chosen.sort_unstable_by_key(|(person, vacancy, score)| (*person, u32::MAX - score, *vacancy));
    chosen.retain(|(person, ..)| {
        let count = listening.entry(*person).or_default();
        *count += 1;
        *count <= a_day
    });
    chosen
}

/// Tells what waits for as long as the program runs.
pub async fn follow(app: &App) {
    let mut tidied = None;
    loop {
        match tell_next(app).await {
            Ok(0) => {
                if tidied != Some(app.today()) && tidy(app).await.is_ok() {
                    tidied = Some(app.today());
                }
                drop(tokio::time::timeout(SLEEP, app.bell().notified()).await);
            }
            Ok(_) => {}
            Err(error) => {
                tracing::warn!(%error, "nobody is told of new posts");
                tokio::time::sleep(PAUSE).await;
            }
        }
    }
}

/// Settles the next that wait; how many these were. Nothing while matching is not in memory.
pub async fn tell_next(app: &App) -> Result<usize> {
    let mut r = app.db().read().await?;
    let waiting = rows::waiting(&mut r, BATCH).await?;
    let Some(rule) = page::rule(app)?.filter(|_| !waiting.is_empty()) else { return Ok(0) };
    let vacancies = fitting(app, &mut r, &rule, &waiting).await?;
    drop(r);
    let (day, most, program) = (app.today(), a_day(app).await?, Actor::program("matcher"));
    deed!(app, &program, "matching.tell", |w| {
        for one in &waiting {
            if !rows::settle(w, one).await? {
                continue;
            }
            let Some(vacancy) = vacancies.get(&(one.jobseeker, one.vacancy)) else { continue };
            let told = rows::hears(w, one, day).await?;
            if told.is_some_and(|told| told < most)
                // whoever was told by a question of theirs is not told again
                && store::subscription::tell(w, one.jobseeker, one.vacancy).await?
            {
                let to = (To::Person(one.jobseeker), Kind::Fits);
                inbox::tell_of(app, w, to, vacancy).await?;
                rows::told(w, one, day).await?;
            }
        }
        Ok(())
    })?;
    Ok(waiting.len())
}

/// Of these pairs those that fit at this moment as well as a notice must: the post is published, shown
/// and open, the person looks for work, no limit shuts it and the score is enough.
async fn fitting(
    app: &App,
    r: &mut Reader,
    rule: &Rule,
    waiting: &[Notice],
) -> Result<BTreeMap<(Id<Jobseeker>, Id<Vacancy>), Vacancy>> {
    let (scope, reference) = (Actor::program("matcher").scope(), app.reference().await?);
    let oldest = app.now() - NEWS;
    let fresh: Vec<_> = waiting.iter().filter(|one| one.made_at >= oldest).collect();
    let ids: HashSet<_> = fresh.iter().map(|one| one.vacancy).collect();
    let ids: Vec<_> = ids.into_iter().collect();
    let shown = store::vacancy::copy::shown(r, &scope, &ids).await?;
    let shown: Vec<_> = shown.into_iter().collect();
    let openings = store::matching::openings_of(r, &scope, &shown).await?;
    let posts: HashMap<_, _> = openings.iter().map(|row| (row.id, Post::new(row, rule))).collect();
    let vacancies = store::vacancy::of_ids(r, &scope, &shown).await?;
    let vacancies: HashMap<_, _> = vacancies.into_iter().map(|one| (one.id, one)).collect();
    let people: HashSet<_> = fresh.iter().map(|one| one.jobseeker).collect();
    let people: Vec<_> = people.into_iter().collect();
    let seekers = store::matching::seekers_of(r, &scope, &people).await?;
    let people = seekers.iter().map(|row| {
        let person = Person::new(&row.profile, &reference.terms, rule);
        (row.id, person)
    });
    let people: HashMap<_, _> = people.collect();
    let fits = |one: &Notice| {
        let (person, post) = (people.get(&one.jobseeker)?, posts.get(&one.vacancy)?);
        let judged = matching::judge(person, post, rule).ok()?;
        let enough = i64::from(judged.total) >= rule.weights.notice;
        let vacancy = enough.then(|| vacancies.get(&one.vacancy).cloned())??;
        Some(((one.jobseeker, one.vacancy), vacancy))
    };
    Ok(fresh.into_iter().filter_map(fits).collect())
}

/// Lets go of what is settled and over.
async fn tidy(app: &App) -> Result<u64> {
    let (program, before) = (Actor::program("matcher"), app.now() - KEPT);
    deed!(app, &program, "matching.tell", |w| Ok(rows::forget(w, before).await?))
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn id<T>(n: u128) -> Id<T> {
        Id::new(Uuid::from_u128(n))
    }

    #[test]
    fn of_a_post_the_best_who_listen_hear_and_everybody_of_the_best_of_many_posts() {
        let all = (0..300).map(|n| (id(n), id(1), 95_000 - u32::try_from(n).unwrap()));
        let mut found: Vec<Reached> = all.collect();
        // those in even places listen; the first has been told of two today
        let mut listening: HashMap<_, _> = (0..150).map(|n| (id(n * 2), 0)).collect();
        listening.insert(id(0), 2);
        let of_one = chosen(found.clone(), listening.clone(), 3);
        assert_eq!(of_one.len(), 100);
        assert!(of_one.iter().all(|(person, ..)| person.uuid().as_u128() < 200));
        found.extend((2..9).map(|n| (id(0), id(n), 90_000 + u32::try_from(n).unwrap())));
        let of_first: Vec<_> = chosen(found, listening, 3)
            .into_iter()
            .filter(|(person, ..)| *person == id(0))
            .map(|(_, vacancy, _)| vacancy)
            .collect();
        assert_eq!(of_first, [id(1)], "the best of the day is the third");
    }

    #[test]
    fn nobody_hears_where_the_row_says_none() {
        let listening = HashMap::from([(id(1), 0)]);
        assert!(chosen(vec![(id(1), id(2), 99_000)], listening, 0).is_empty());
    }
}
