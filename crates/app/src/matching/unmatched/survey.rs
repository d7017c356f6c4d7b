//! Nobody's list: everybody for whom no open post is right, why, and what would free most posts. Asked
//! for by the office or due once a day, made by a task block by block: killed anywhere, it goes on with
//! the next block, and the list before stays readable until this one has ended.

use std::time::Duration;

use model::{
    Id,
    access::Actor,
    jobseeker::Jobseeker,
    matching::{Gaps, Person, Rule, Seeker, Way},
};
use serde_json::json;
use store::{
    Note, Writer,
    matching::unmatched::{self as rows, Survey, Unmatched},
};

use crate::{
    App, Error, Result, deed,
    matching::{
        Candidate,
        engine::{self, page},
    },
};

/// People of one block.
const BLOCK: i64 = 500;
/// Between two looks whether one is asked for; a deed of this process ends it, but not at once.
const SLEEP: Duration = Duration::from_secs(10);
const LEAST: Duration = Duration::from_secs(1);
/// Hours after which a survey is old.
const OLD: i64 = 24;

/// Asks for a survey; gives the one that goes on, if one does.
pub async fn ask(app: &App, actor: &Actor) -> Result<Survey> {
    let scope = Actor::program("survey").scope();
    let mut r = app.db().read().await?;
    let whole = store::matching::seeking(&mut r, &scope).await?;
    let version = store::matching::weights(&mut r, app.today()).await?.version;
    drop(r);
    let id = app.id();
    deed!(app, actor, "matching.survey", |w| {
        if let Some(running) = rows::running(w).await? {
            return Ok(running);
        }
        let survey = Survey {
            id,
            asked_at: w.at(),
            ended_at: None,
            version,
            people: 0,
            whole,
            posts: 0,
            unmatched: 0,
            upto: None,
        };
        if rows::begin(w, &survey).await? {
            note(w, &survey, json!({ "asked": true }));
        }
        Ok(survey)
    })
}

fn note(w: &mut Writer, survey: &Survey, change: serde_json::Value) {
    let (noun, subject, region) = ("matching", survey.id.uuid(), String::new());
    w.note(Note { noun, subject, region, change });
}

/// The next block of the survey that goes on, or its end; false where none does.
pub async fn step(app: &App) -> Result<bool> {
    let (program, mut r) = (Actor::program("survey"), app.db().read().await?);
    let Some(before) = rows::running(&mut r).await? else { return Ok(false) };
    let people =
        store::matching::seekers_after(&mut r, &program.scope(), before.upto, BLOCK).await?;
    drop(r);
    let Some(last) = people.last().map(|row| row.id) else {
        end(app, &program, &before).await?;
        return Ok(true);
    };
    let looked = i64::try_from(people.len()).unwrap_or(BLOCK);
    let Some(Looked { posts, rule, found }) = look(app, people).await? else {
        return Err(Error::Unready(model::Refusal::new("matching.not_yet")));
    };
    let found: Vec<_> = found.iter().map(|(row, gaps)| unmatched(row, gaps, &rule)).collect();
    let now = Survey {
        version: rule.weights.version,
        people: before.people + looked,
        posts,
        unmatched: before.unmatched + i64::try_from(found.len()).unwrap_or(0),
        upto: Some(last),
        ..before.clone()
    };
    deed!(app, &program, "matching.survey", |w| {
        rows::advance(w, &before, &now, &found).await?;
        Ok(())
    })?;
    Ok(true)
}

async fn end(app: &App, program: &Actor, survey: &Survey) -> Result<()> {
    deed!(app, program, "matching.survey", |w| {
        if rows::end(w, survey.id).await? {
            let Survey { people, posts, unmatched, .. } = survey;
            let change = json!({ "people": people, "posts": posts, "unmatched": unmatched });
            note(w, survey, change);
        }
        Ok(())
    })
}

/// What a block gave.
struct Looked {
    /// Open posts.
    posts: i64,
    rule: std::sync::Arc<Rule>,
    found: Vec<(Seeker, Gaps)>,
}

/// Those of a block whom nothing fits; `None` where the structures are not there.
async fn look(app: &App, people: Vec<Seeker>) -> Result<Option<Looked>> {
    let Some(rule) = page::rule(app)? else { return Ok(None) };
    let reference = app.reference().await?;
    let seen = |row: &Seeker| Person::new(&row.profile, &reference.terms, &rule);
    let persons = people.iter().map(seen).collect();
    let Some((posts, gaps)) = page::nothing(app, persons).await? else { return Ok(None) };
    let found = people.into_iter().zip(gaps).filter_map(|(row, gaps)| Some((row, gaps?)));
    Ok(Some(Looked { posts, rule, found: found.collect() }))
}

fn unmatched(row: &Seeker, gaps: &Gaps, rule: &Rule) -> Unmatched {
    let (region, occupation) = Candidate::placed(&row.profile);
    let binding = gaps.binding().map_or("", |binding| binding.code()).to_owned();
    let way: Option<Way> = gaps.ways(rule).into_iter().next();
    let freed = way.as_ref().map_or(0, |way| way.posts);
    let jobseeker: Id<Jobseeker> = row.id;
    Unmatched { jobseeker, region, occupation, binding, posts: gaps.posts, way, freed }
}

/// Makes what is asked for, and one a day, for as long as the program runs.
pub async fn follow(app: &App) {
    loop {
        match work(app).await {
            Ok(true) => {}
            Ok(false) => {
                tokio::time::sleep(LEAST).await;
                drop(tokio::time::timeout(SLEEP, app.bell().notified()).await);
            }
            // while matching is being read there is nothing to count with
            Err(Error::Unready(_)) => tokio::time::sleep(LEAST).await,
            Err(error) => {
                tracing::warn!(%error, "nobody's list was not made");
                tokio::time::sleep(SLEEP).await;
            }
        }
    }
}

/// Everything that is asked for: for tests.
pub async fn catch_up(app: &App) -> Result<()> {
    engine::catch_up(app).await?;
    while step(app).await? {}
    Ok(())
}

async fn work(app: &App) -> Result<bool> {
    if step(app).await? {
        return Ok(true);
    }
    let mut r = app.db().read().await?;
    let last = rows::last(&mut r).await?.and_then(|last| last.ended_at);
    let happened = store::event::last(&mut r).await? > 0;
    drop(r);
    let old = last.is_none_or(|at| (app.now() - at).num_hours() >= OLD);
    if old && happened {
        ask(app, &Actor::program("survey")).await?;
    }
    Ok(old && happened)
}
