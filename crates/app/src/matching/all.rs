//! Everybody against everything, block by block.

use std::{num::NonZero, sync::Arc};

use futures_util::TryStreamExt;
use matching::{Best, Posts, Scratch};
use model::{
    Id,
    access::Actor,
    jobseeker::Jobseeker,
    matching::{Aim, Census, NONE, Person, Post, Rank, Rule},
    vacancy::Vacancy,
};

use crate::{App, Error, Result, blocking, relation};

/// The posts in memory, and the rule.
pub struct Province {
    posts: Arc<Posts>,
}

/// People one after another with their lists, best first.
#[derive(Clone, Debug, Default)]
pub struct Block {
    pub lists: Vec<(Id<Jobseeker>, Vec<Entry>)>,
}

/// One post of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry {
    pub vacancy: Id<Vacancy>,
    /// 0 … [`model::matching::BEST`].
    pub score: u32,
}

impl Province {
    /// Reads the open posts as of now.
    pub async fn open(app: &App) -> Result<Self> {
        let scope = Actor::program("matcher").scope();
        let mut r = app.db().snapshot().await?;
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
        let posts = blocking(move || Posts::new(Arc::new(rule), posts)).await?;
        Ok(Self { posts: Arc::new(posts) })
    }

    pub fn rule(&self) -> &Rule {
        self.posts.rule()
    }

    /// The lists of the next `size` people after `after`, in the order of their ids; an empty block
    /// is the end.
    pub async fn block(
        &self,
        app: &App,
        actor: &Actor,
        after: Option<Id<Jobseeker>>,
        (size, limit): (usize, usize),
    ) -> Result<Block> {
        let (scope, reference) = (actor.scope(), app.reference().await?);
        let count = i64::try_from(size).unwrap_or(i64::MAX);
        let mut r = app.db().read().await?;
        let rows = store::matching::seekers_after(&mut r, &scope, after, count).await?;
        drop(r);
        let posts = Arc::clone(&self.posts);
        let mut people = Vec::with_capacity(rows.len());
        for row in rows {
            let person = Person::new(&row.profile, &reference.terms, self.posts.rule());
            people.push((row.id, person));
        }
        let lists = blocking(move || lists(&posts, &people, limit)).await?;
        Ok(Block { lists: lists.ok_or_else(|| Error::broken("a thread of matching has ended"))? })
    }
}

type Lists = Vec<(Id<Jobseeker>, Vec<Entry>)>;

/// On as many threads as there are cores. Neighbours who wish for the same come one after the other,
/// as they look at the same posts; the lists are in the order of the ids.
fn lists(posts: &Posts, people: &[(Id<Jobseeker>, Person)], limit: usize) -> Option<Lists> {
    let catalogue = &posts.rule().catalogue;
    let mut order: Vec<&(Id<Jobseeker>, Person)> = people.iter().collect();
    order.sort_by_cached_key(|(id, person)| {
        let wish = person.view().occupations().first().copied().unwrap_or(NONE);
        (catalogue.area(person.head.home), catalogue.group(wish), *id)
    });
    let threads = std::thread::available_parallelism().map_or(1, NonZero::get);
    let share = order.len().div_ceil(threads).max(1);
    let mut lists = std::thread::scope(|scope| {
        let running: Vec<_> =
            order.chunks(share).map(|some| scope.spawn(move || each(posts, some, limit))).collect();
        let done: Option<Vec<Lists>> = running.into_iter().map(|one| one.join().ok()).collect();
        done.map(|lists| lists.concat())
    })?;
    lists.sort_unstable_by_key(|(id, _)| *id);
    Some(lists)
}

fn each(posts: &Posts, people: &[&(Id<Jobseeker>, Person)], limit: usize) -> Lists {
    let mut aim = Aim::new(posts.rule());
    let (mut best, mut scratch) = (Best::new(limit), Scratch::default());
    let entry = |rank: &Rank| Entry {
        vacancy: Id::new(uuid::Uuid::from_u128(rank.id.0)),
        score: rank.score.total,
    };
    let list = |(id, person): &&(Id<Jobseeker>, Person)| {
        best.clear();
        aim.turn(person.view());
        posts.best(&aim, person.view(), &mut best, &mut scratch);
        (*id, best.ranks().iter().map(entry).collect())
    };
    people.iter().map(list).collect()
}
