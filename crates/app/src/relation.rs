//! What lies near what: learning it from the vacancies, and correcting what was learnt.

use std::{collections::HashMap, time::Duration};

use futures_util::TryStreamExt;
use model::{
    Refusal,
    access::Actor,
    matching::{Catalogue, Moves, NONE, Related},
    reference::Reference,
    relation::{
        Correction, Noun, Verdict,
        learner::Learner,
        passage::{Passage, Passages, shares},
    },
};
use serde_json::json;
use store::{Note, Reader, relation::Learning};

use crate::{App, Error, Result, deed};

/// So often is looked whether it is time to learn.
const LOOK: Duration = Duration::from_mins(10);
/// Hours after which what was learnt is old.
const OLD: i64 = 24;

/// Learns anew from every vacancy, in one pass and with memory that does not grow with them. What
/// offices have corrected stays corrected.
pub async fn learn(app: &App, actor: &Actor) -> Result<Learning> {
    let reference = app.reference().await?;
    let papers = reference.skills.all().iter().filter(|skill| skill.is_paper());
    let mut learner = Learner::new(papers.map(|skill| skill.code.clone()));
    let mut r = app.db().read().await?;
    let mut lessons = store::relation::lessons(&mut r, &actor.scope())?;
    while let Some(lesson) = lessons.try_next().await? {
        learner.read(&lesson.occupation, &lesson.skills);
    }
    drop(lessons);
    let seen = observed(&mut r, actor, &reference).await?;
    drop(r);
    let (skills, occupations) = (learner.skills(), learner.occupations());
    let count = |rows: &[_]| i64::try_from(rows.len()).unwrap_or(i64::MAX);
    let learning = Learning {
        id: app.id(),
        at: app.now(),
        posts: learner.posts().into(),
        skills: count(&skills),
        occupations: count(&occupations),
    };
    deed!(app, actor, "relation.learn", |w| {
        store::relation::replace(w, Noun::Skill, &skills).await?;
        store::relation::replace(w, Noun::Occupation, &occupations).await?;
        store::relation::observe(w, &seen).await?;
        store::relation::tell(w, &learning).await?;
        let Learning { posts, skills, occupations, .. } = learning;
        w.note(Note {
            noun: "relation",
            subject: learning.id.uuid(),
            region: String::new(),
            change: json!({ "posts": posts, "skills": skills, "occupations": occupations,
                "moves": seen.len() }),
        });
        Ok(())
    })?;
    Ok(learning)
}

/// Where people went, counted over the placements. Work without a vacancy is what its name says.
async fn observed(r: &mut Reader, actor: &Actor, reference: &Reference) -> Result<Vec<Passage>> {
    let (mut all, mut meant) = (Passages::default(), HashMap::<String, String>::new());
    let mut works = store::relation::works(r, &actor.scope())?;
    while let Some(taken) = works.try_next().await? {
        let wish = taken.wish.occupations.first().map(String::as_str);
        let occupation = match taken.occupation {
            told if !told.is_empty() => told,
            _ => {
                let guess = |post: &String| {
                    let guesses = reference.occupations.classify(post, 1);
                    guesses.into_iter().next().map(|guess| guess.code).unwrap_or_default()
                };
                meant.entry(taken.post).or_insert_with_key(guess).clone()
            }
        };
        all.read(taken.jobseeker, wish, &occupation);
    }
    Ok(all.counted())
}

/// What counts in matching, in its numbers: skills in 64ths, occupations in thousandths, the
/// stronger of what is related and of where people were seen to go.
pub(crate) async fn counting(r: &mut Reader, catalogue: &Catalogue) -> Result<(Related, Moves)> {
    let skills = store::relation::all(r, Noun::Skill).await?;
    let own = i64::from(Related::OWN);
    let skill = |(has, asked, strength): (&str, &str, i64)| {
        let worth = u8::try_from(strength * own / 1_000).unwrap_or(Related::HALF);
        (catalogue.skill(has), catalogue.skill(asked), worth)
    };
    let related = Related::new(skills.pairs().map(skill));
    let occupations = store::relation::all(r, Noun::Occupation).await?;
    let moves = store::relation::all_moves(r).await?;
    let trade = |(wished, offered, strength): (&str, &str, i64)| {
        let near = u16::try_from(strength).unwrap_or(0);
        (catalogue.occupation(wished), catalogue.occupation(offered), near)
    };
    let trades = occupations.pairs().chain(shares(&moves)).map(trade);
    let known = trades.filter(|(wished, offered, _)| *wished != NONE && *offered != NONE);
    Ok((related, Moves::new(known)))
}

/// Learns once a day for as long as the program runs. Can be dropped at any moment.
pub async fn keep_learning(app: &App) {
    let program = Actor::program("learner");
    loop {
        if let Err(error) = learn_if_old(app, &program).await {
            tracing::warn!(%error, "nothing was learnt from the vacancies");
        }
        tokio::time::sleep(LOOK).await;
    }
}

/// Where nothing was learnt for a day and something has happened since.
async fn learn_if_old(app: &App, actor: &Actor) -> Result<()> {
    let mut r = app.db().read().await?;
    let last = store::relation::last_learning(&mut r).await?;
    let happened = store::event::last(&mut r).await? > 0;
    drop(r);
    let old = last.is_none_or(|last| (app.now() - last.at).num_hours() >= OLD);
    if old && happened {
        learn(app, actor).await?;
    }
    Ok(())
}

/// The office says how near two things are, that they are not, or takes it back.
pub async fn correct(app: &App, actor: &Actor, said: &Correction) -> Result<()> {
    said.check()?;
    let reference = app.reference().await?;
    for (field, code) in [("code", &said.code), ("related", &said.related)] {
        let known = match said.noun {
            Noun::Skill => reference.skills.find(code).is_some(),
            Noun::Occupation => reference.occupations.find(code).is_some(),
        };
        if !known {
            let refusal = Refusal::new("relation.code_unknown").field(field);
            return Err(Error::Refused(refusal.arg("value", code)));
        }
    }
    let paper = reference.skills.find(&said.related).is_some_and(model::skill::Skill::is_paper);
    if said.noun == Noun::Skill && paper && matches!(said.verdict, Verdict::Pin(_)) {
        return Err(Refusal::new("relation.paper").field("related").into());
    }
    let id = app.id();
    deed!(app, actor, "relation.correct", |w| {
        store::relation::correct(w, id, said).await?;
        w.note(Note {
            noun: "relation",
            subject: id.uuid(),
            region: String::new(),
            change: json!(said),
        });
        Ok(())
    })
}
