//! Giving places where they are short: who takes part, the scores, the outcome, and its proof.
//!
//! What is kept is never changed; whoever doubts it lets it be made again from what went in.

pub mod sheet;
mod slip;

use std::{
    io::{Read as _, Write as _},
    sync::Arc,
};

use flate2::{Compression, read::GzDecoder, write::GzEncoder};
use futures_util::TryStreamExt;
use model::{
    Id, Refusal,
    access::Actor,
    assignment::{
        Assignment, Drawn, Input, Market, Outcome, Quota, Seats, Way, Wish, assign, draw,
    },
    backup::hex,
    jobseeker::Jobseeker,
    matching::{self, Call, Person, Post, Rule},
    page::Page,
};
use serde::{Serialize, de::DeserializeOwned};
use sha2::{Digest as _, Sha256};
use store::{Note, assignment::Texts};

use crate::{App, Error, Result, blocking, deed};

/// What the office asks for.
#[derive(Clone, Debug)]
pub struct Asked {
    pub title: String,
    pub way: Way,
    /// How many posts one person may get.
    pub each: usize,
    pub posts: Vec<Seats>,
    /// A quota a line: a region's name or code, how many, and the post's number unless it holds at
    /// each post.
    pub quotas: String,
    /// A person a line: the label, the id, or the address; after a colon the numbers of the posts
    /// in the order of the person's wishes. Empty: everybody who looks for work.
    pub people: String,
}

/// An assignment with what went in and came out.
#[derive(Clone, Debug)]
pub struct Shown {
    pub assignment: Assignment,
    pub input: Input,
    pub outcome: Outcome,
    /// The limits with their regions.
    pub drawn: Arc<Drawn>,
}

/// The most of each that one assignment takes.
pub const POSTS: usize = 1_000;
const PEOPLE: usize = 100_000;
/// The longest title.
const TITLE: usize = 100;

/// Gives the places and keeps what came of it.
pub async fn make(app: &App, actor: &Actor, asked: &Asked) -> Result<Assignment> {
    actor.may("assignment.make").map_err(Error::Forbidden)?;
    check(asked)?;
    let input = prepare(app, actor, asked).await?;
    let (texts, placed, input) = blocking(move || {
        let outcome = assign(&input.market, input.way);
        let texts = [written(&input)?, written(&outcome)?];
        Ok::<_, Error>((texts, outcome.sum(&input.market).0, input))
    })
    .await??;
    let [(input_text, input_digest), (outcome_text, outcome_digest)] = texts;
    let count = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    let id = app.id();
    deed!(app, actor, "assignment.make", |w| {
        let assignment = Assignment {
            id,
            title: asked.title.trim().to_owned(),
            way: asked.way,
            people: count(input.people.len()),
            posts: count(input.posts.len()),
            placed: count(placed),
            input_digest: input_digest.clone(),
            outcome_digest: outcome_digest.clone(),
            created_at: w.at(),
        };
        let texts = Texts { input: input_text.clone(), outcome: outcome_text.clone() };
        store::assignment::add(w, &assignment, &texts).await?;
        if let Some(office) = actor.scope().office() {
            store::assignment::assign(w, id, office).await?;
        }
        w.note(Note {
            noun: "assignment",
            subject: id.uuid(),
            region: String::new(),
            change: serde_json::json!({
                "way": assignment.way, "people": assignment.people, "posts": assignment.posts,
                "placed": assignment.placed, "input": input_digest, "outcome": outcome_digest,
            }),
        });
        Ok(assignment)
    })
}

pub async fn page(
    app: &App,
    actor: &Actor,
    before: Option<Id<Assignment>>,
    limit: usize,
) -> Result<Page<Assignment>> {
    let mut r = app.db().read().await?;
    Ok(store::assignment::page(&mut r, &actor.scope(), before, limit).await?)
}

pub async fn show(app: &App, actor: &Actor, id: Id<Assignment>) -> Result<Shown> {
    let mut r = app.db().read().await?;
    let assignment = store::assignment::find(&mut r, &actor.scope(), id).await?;
    let texts = store::assignment::texts(&mut r, &actor.scope(), id).await?;
    blocking(move || {
        let input: Input = read(&texts.input)?;
        let drawn = Arc::new(input.drawn()?);
        Ok(Shown { assignment, input, outcome: read(&texts.outcome)?, drawn })
    })
    .await?
}

/// Makes the outcome again from the input that was kept: are both still what they were, to the last
/// byte?
pub async fn verify(app: &App, actor: &Actor, id: Id<Assignment>) -> Result<bool> {
    let Shown { assignment, input, .. } = show(app, actor, id).await?;
    blocking(move || {
        let (_, outcome_digest) = written(&assign(&input.market, input.way))?;
        let (_, input_digest) = written(&input)?;
        let same = input_digest == assignment.input_digest;
        Ok(same && outcome_digest == assignment.outcome_digest)
    })
    .await?
}

fn check(asked: &Asked) -> Result<(), Refusal> {
    let long = asked.title.trim().chars().count();
    if long == 0 || long > TITLE {
        let refusal = Refusal::new("assignment.title").field("title");
        return Err(refusal.arg("most", TITLE.to_string()));
    }
    if asked.posts.is_empty() || asked.posts.len() > POSTS {
        let refusal = Refusal::new("assignment.posts").field("vacancy");
        return Err(refusal.arg("most", POSTS.to_string()));
    }
    if !(1..=20).contains(&asked.each) {
        return Err(Refusal::new("assignment.each").field("each"));
    }
    let twice = |(n, post): (usize, &Seats)| {
        asked.posts.iter().take(n).any(|other| other.vacancy == post.vacancy)
    };
    if asked.posts.iter().enumerate().any(twice) {
        return Err(Refusal::new("assignment.post_twice").field("vacancy"));
    }
    Ok(())
}

async fn prepare(app: &App, actor: &Actor, asked: &Asked) -> Result<Input> {
    let (scope, reference) = (actor.scope(), app.reference().await?);
    let quotas = slip::quotas(&asked.quotas, &reference.places, asked.posts.len())?;
    let seats: Vec<_> = asked.posts.iter().map(|post| post.seats).collect();
    let drawn = draw(&seats, &quotas)?;
    let mut r = app.db().read().await?;
    let event = store::event::last(&mut r).await?;
    let rule = crate::matching::rule(app, &mut r, &scope).await?;
    let ids: Vec<_> = asked.posts.iter().map(|post| post.vacancy).collect();
    let vacancies = store::vacancy::of_ids(&mut r, &scope, &ids).await?;
    let open = vacancies.iter().filter(|vacancy| vacancy.is_open(rule.day)).count();
    if open < ids.len() {
        return Err(Refusal::new("assignment.post_closed").field("vacancy").into());
    }
    let openings = store::matching::openings_of(&mut r, &scope, &ids).await?;
    let posts: Vec<Post> = ids
        .iter()
        .filter_map(|id| openings.iter().find(|one| one.id == *id))
        .map(|opening| Post::new(opening, &rule))
        .collect();
    let mut people = vec![];
    let mut rows = store::matching::seekers(&mut r, &scope)?;
    while let Some(row) = rows.try_next().await? {
        let person = Person::new(&row.profile, &reference.terms, &rule);
        people.push((row.id, row.profile.place.region, person));
    }
    drop(rows);
    let given = slip::people(&asked.people, people.iter().map(|(id, ..)| *id), ids.len())?;
    let (way, each, asked_posts) = (asked.way, asked.each, asked.posts.clone());
    blocking(move || {
        let (ids, wishes) = score(&posts, people, given.as_ref(), &drawn, &rule);
        let market = Market { each, limits: drawn.limits, people: wishes };
        let (weights, day) = (rule.weights.version, rule.day);
        Input { way, weights, day, event, posts: asked_posts, quotas, people: ids, market }
    })
    .await
    .and_then(|input| match input.people.len() {
        0 => Err(Refusal::new("assignment.nobody").field("people").into()),
        n if n > PEOPLE => {
            let most = PEOPLE.to_string();
            Err(Refusal::new("assignment.many_people").field("people").arg("most", most).into())
        }
        _ => Ok(input),
    })
}

/// The people in the order of their ids, that is of their registration, and what each wishes: as
/// they said, or the best fitting first. What does not fit at all cannot be wished for.
fn score(
    posts: &[Post],
    mut people: Vec<(Id<Jobseeker>, String, Person)>,
    given: Option<&slip::Named>,
    drawn: &Drawn,
    rule: &Rule,
) -> (Vec<Id<Jobseeker>>, Vec<Vec<Wish>>) {
    let calls: Vec<_> = posts.iter().map(|post| Call::of(rule, post)).collect();
    people.retain(|(id, ..)| given.is_none_or(|given| given.contains_key(id)));
    people.sort_unstable_by_key(|(id, ..)| *id);
    let one = |(id, home, person): (Id<Jobseeker>, String, Person)| {
        let wish = |(number, (post, call)): (usize, (&Post, &Call<'_>))| {
            let score = matching::judge_with(call, person.view(), post, rule).ok()?;
            let (score, limit) = (i64::from(score.total), drawn.limit(number, &home));
            Some(Wish { post: number, limit, score, favour: score })
        };
        let mut wishes: Vec<_> = posts.iter().zip(&calls).enumerate().filter_map(wish).collect();
        match given.and_then(|given| given.get(&id)).filter(|own| !own.is_empty()) {
            Some(own) => {
                wishes.retain(|wish| own.contains(&wish.post));
                wishes.sort_by_key(|wish| own.iter().position(|post| *post == wish.post));
            }
            None => wishes.sort_by_key(|wish| (-wish.score, wish.post)),
        }
        (id, wishes)
    };
    people.into_iter().map(one).unzip()
}

/// As JSON, compressed, and the digest of the JSON.
fn written(value: &impl Serialize) -> Result<(Vec<u8>, String)> {
    let text = serde_json::to_vec(value).map_err(Error::broken)?;
    let mut out = GzEncoder::new(Vec::new(), Compression::fast());
    out.write_all(&text).map_err(Error::broken)?;
    Ok((out.finish().map_err(Error::broken)?, hex(&Sha256::digest(&text))))
}

fn read<T: DeserializeOwned>(bytes: &[u8]) -> Result<T> {
    let mut text = vec![];
    GzDecoder::new(bytes).read_to_end(&mut text).map_err(Error::broken)?;
    serde_json::from_slice(&text).map_err(Error::broken)
}

/// A quota in words that [`Asked::quotas`] reads back.
pub fn quota_line(quota: &Quota) -> String {
    let post = quota.post.map(|post| format!(" {}", post + 1)).unwrap_or_default();
    format!("{} {}{post}", quota.region, quota.seats)
}
