//! What would open more posts to one person. The same for everybody for whom no open post is right, see
//! [`survey`].

pub mod survey;

use std::sync::Arc;

use futures_util::TryStreamExt;
use model::{
    Id,
    access::Actor,
    jobseeker::{Jobseeker, Profile},
    matching::{Aim, Gaps, Person, Post, Rule, Way},
    skill::Training,
};
use store::Reader;

use super::engine::page;
use crate::{App, Result};

/// What would open more posts to a person, the most first, and the trainings that lead there.
#[derive(Clone, Debug)]
pub struct Ways {
    /// No trade is wished for. Then nothing is counted: it would be every post, for an answer that says
    /// nothing.
    pub untold: bool,
    pub gaps: Gaps,
    pub ways: Vec<Way>,
    pub trainings: Vec<Training>,
}

/// Counted in memory; by going through the rows while the structures are not there.
pub async fn ways(app: &App, actor: &Actor, jobseeker: Id<Jobseeker>) -> Result<Ways> {
    let scope = actor.scope();
    let mut r = app.db().read().await?;
    let profile = store::jobseeker::find(&mut r, &scope, jobseeker).await?.profile;
    if profile.wish.occupations.is_empty() {
        let (gaps, ways, trainings) = Default::default();
        return Ok(Ways { untold: true, gaps, ways, trainings });
    }
    let (gaps, rule) = match page::gaps(app, &profile).await? {
        Some(counted) => counted,
        None => stream(app, &mut r, &profile).await?,
    };
    let ways = gaps.ways(&rule);
    let skills: Vec<_> = ways.iter().filter_map(Way::skill).map(str::to_owned).collect();
    let trainings = store::reference::trainings(&mut r, &skills).await?;
    Ok(Ways { untold: false, gaps, ways, trainings })
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
