//! Nobody's list: everybody for whom no open post is right, why, and what would free most posts.
//! Also the same for one person who looks.

use std::{collections::BTreeMap, sync::Arc, time::Duration};

use futures_util::TryStreamExt;
use model::{
    Id,
    access::{Actor, Scope},
    jobseeker::{Jobseeker, Profile},
    matching::{Aim, Gaps, NONE, Person, Post, Rule, Way},
    skill::Training,
};
use serde_json::json;
use store::{
    Note, Reader,
    matching::unmatched::{Survey, Unmatched},
};

use super::{Candidate, engine::page};
use crate::{App, Error, Result, deed};

/// So often is looked whether it is time for a survey.
const LOOK: Duration = Duration::from_mins(10);
const SOON: Duration = Duration::from_secs(20);
/// Hours after which a survey is old.
const OLD: i64 = 24;

/// What would open more posts to a person, the most first, and the trainings that lead there.
#[derive(Clone, Debug)]
pub struct Ways {
    pub gaps: Gaps,
    pub ways: Vec<Way>,
    pub trainings: Vec<Training>,
}

/// Counted in memory; by going through the rows while the structures are not there.
pub async fn ways(app: &App, actor: &Actor, jobseeker: Id<Jobseeker>) -> Result<Ways> {
    let scope = actor.scope();
    let mut r = app.db().read().await?;
    let profile = store::jobseeker::find(&mut r, &scope, jobseeker).await?.profile;
    let (gaps, rule) = match page::gaps(app, &profile).await? {
        Some(counted) => counted,
        None => stream(app, &mut r, &profile).await?,
    };
    let ways = gaps.ways(&rule);
    let skills: Vec<_> = ways.iter().filter_map(Way::skill).map(str::to_owned).collect();
    let trainings = store::reference::trainings(&mut r, &skills).await?;
    Ok(Ways { gaps, ways, trainings })
}

async fn stream(app: &App, r: &mut Reader, profile: &Profile) -> Result<(Gaps, Arc<Rule>)> {
    let scope = Actor::public().scope();
    let rule = super::rule(app, r, &scope).await?;
    let person = Person::new(profile, &app.reference().await?.terms, &rule);
    let (aim, mut gaps) = (Aim::of(&rule, &person), Gaps::default());
    let mut rows = store::matching::openings(r, &scope, rule.day)?;
    while let Some(row) = rows.try_next().await? {
        gaps.look(&aim, person.view(), &Post::new(&row, &rule), &rule);
    }
    drop(rows);
    Ok((gaps, Arc::clone(&rule)))
}

/// The open posts, by their occupation.
struct Posts(BTreeMap<u16, Vec<Post>>);

impl Posts {
    async fn read(r: &mut Reader, scope: &Scope, rule: &Rule) -> Result<Self> {
        let mut posts: BTreeMap<u16, Vec<Post>> = BTreeMap::new();
        let mut rows = store::matching::openings(r, scope, rule.day)?;
        while let Some(row) = rows.try_next().await? {
            let post = Post::new(&row, rule);
            posts.entry(post.occupation).or_default().push(post);
        }
        Ok(Self(posts))
    }

    fn len(&self) -> i64 {
        let all: usize = self.0.values().map(Vec::len).sum();
        i64::try_from(all).unwrap_or(i64::MAX)
    }

    /// Why nothing is right for a person; nothing where a post is, and then the rest is not looked
    /// at.
    fn gaps(&self, person: &Person, rule: &Rule) -> Option<Gaps> {
        let (aim, mut gaps) = (Aim::of(rule, person), Gaps::default());
        let untold = person.head.occupations == 0;
        let near =
            |occupation: &u16| untold || *occupation == NONE || aim.nearness(*occupation) > 0;
        for post in self.0.iter().filter(|(code, _)| near(code)).flat_map(|(_, posts)| posts) {
            gaps.look(&aim, person.view(), post, rule);
            if gaps.fitting > 0 {
                return None;
            }
        }
        Some(gaps)
    }
}

/// Looks at everybody. Posts are held in memory, 64 bytes each; people come one at a time, and only
/// those whom nothing fits are kept.
pub async fn survey(app: &App, actor: &Actor) -> Result<Survey> {
    let scope = actor.scope();
    let reference = app.reference().await?;
    let mut r = app.db().read().await?;
    let rule = super::rule(app, &mut r, &scope).await?;
    let posts = Posts::read(&mut r, &scope, &rule).await?;
    let (mut found, mut people) = (Vec::new(), 0);
    let mut rows = store::matching::seekers(&mut r, &scope)?;
    while let Some(row) = rows.try_next().await? {
        people += 1;
        let person = Person::new(&row.profile, &reference.terms, &rule);
        if let Some(gaps) = posts.gaps(&person, &rule) {
            found.push(unmatched(row.id, Candidate::placed(&row.profile), &gaps, &rule));
        }
    }
    drop(rows);
    drop(r);
    let survey = Survey {
        id: app.id(),
        at: app.now(),
        version: rule.weights.version,
        people,
        posts: posts.len(),
        unmatched: i64::try_from(found.len()).unwrap_or(i64::MAX),
    };
    deed!(app, actor, "matching.survey", |w| {
        store::matching::unmatched::replace(w, &survey, &found).await?;
        let Survey { people, posts, unmatched, .. } = survey;
        w.note(Note {
            noun: "matching",
            subject: survey.id.uuid(),
            region: String::new(),
            change: json!({ "people": people, "posts": posts, "unmatched": unmatched }),
        });
        Ok(())
    })?;
    Ok(survey)
}

fn unmatched(
    jobseeker: Id<Jobseeker>,
    (region, occupation): (String, String),
    gaps: &Gaps,
    rule: &Rule,
) -> Unmatched {
    let binding = gaps.binding().map_or("", |binding| binding.code()).to_owned();
    let way = gaps.ways(rule).into_iter().next();
    let freed = way.as_ref().map_or(0, |way| way.posts);
    Unmatched { jobseeker, region, occupation, binding, posts: gaps.posts, way, freed }
}

/// A survey once a day for as long as the program runs. Can be dropped at any moment.
pub async fn keep_surveying(app: &App) {
    let program = Actor::program("survey");
    loop {
        match survey_if_old(app, &program).await {
            Ok(()) => {}
            // while matching is being read there is nothing to count with
            Err(Error::Unready(_)) => {
                tokio::time::sleep(SOON).await;
                continue;
            }
            Err(error) => tracing::warn!(%error, "nobody's list was not made"),
        }
        tokio::time::sleep(LOOK).await;
    }
}

async fn survey_if_old(app: &App, actor: &Actor) -> Result<()> {
    let mut r = app.db().read().await?;
    let last = store::matching::unmatched::last(&mut r).await?;
    let happened = store::event::last(&mut r).await? > 0;
    drop(r);
    let old = last.is_none_or(|last| (app.now() - last.at).num_hours() >= OLD);
    if old && happened {
        survey(app, actor).await?;
    }
    Ok(())
}
