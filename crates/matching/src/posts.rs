//! Posts for a person: exact, by looking at few of them.

mod search;

use std::{collections::HashMap, sync::Arc};

use model::matching::{Aim, Extent, Ground, Limit, NONE, Post, Rank, Rule, Someone, judge_above};

use crate::{
    best::Best,
    class::{Class, Postings},
};

pub use search::Scratch;

/// Posts sorted by group of occupations, then county, then newest first. A clone is another
/// structure, with all of its memory.
#[derive(Clone)]
pub struct Posts {
    rule: Arc<Rule>,
    rows: Vec<Post>,
    ids: Vec<u128>,
    classes: Vec<Class>,
    /// Where posts are, in the order of the codes.
    areas: Vec<Ground>,
    /// By class and area: its first row; one more at the end.
    cells: Vec<u32>,
    extents: Vec<Extent>,
    postings: Postings,
    /// Rows by id.
    by_id: Vec<u32>,
    /// What is new or has changed since.
    delta: HashMap<u128, Post>,
}

impl Posts {
    /// `posts` in any order. Takes about 120 bytes a post.
    pub fn new(rule: Arc<Rule>, mut posts: Vec<(u128, Post)>) -> Self {
        let catalogue = Arc::clone(&rule.catalogue);
        let key = |post: &Post| (catalogue.group(post.occupation), catalogue.area(post.place));
        posts.sort_by_cached_key(|(id, post)| (key(post), u16::MAX - post.posted, *id));
        let mut nodes: Vec<u16> =
            posts.iter().map(|(_, post)| catalogue.area(post.place)).collect();
        nodes.sort_unstable();
        nodes.dedup();
        let mut areas: Vec<Ground> = nodes.iter().map(|node| Ground::new(*node)).collect();
        // the starts are the first row of each class, and the number of rows
        let (mut classes, mut starts, mut cells) = (vec![], vec![], vec![]);
        let mut extents: Vec<Extent> = vec![];
        let mut last = None;
        for (row, (_, post)) in (0_u32..).zip(&posts) {
            let (class, node) = key(post);
            if last != Some(class) {
                last = Some(class);
                let filled = classes.len() * areas.len();
                cells.resize(filled, row);
                extents.resize_with(filled, Default::default);
                classes.push(Class::new());
                starts.push(row);
            }
            let area = nodes.binary_search(&node).unwrap_or(0);
            let cell = (classes.len() - 1) * areas.len() + area;
            if cells.len() <= cell {
                cells.resize(cell + 1, row);
                extents.resize_with(cell + 1, Default::default);
            }
            if let Some(ground) = areas.get_mut(area) {
                ground.take(post.point);
            }
            if let Some(extent) = extents.get_mut(cell) {
                extent.take(post);
            }
            if let Some(class) = classes.last_mut() {
                class.take(post);
            }
        }
        let count = u32::try_from(posts.len()).unwrap_or(u32::MAX);
        starts.push(count);
        cells.resize(classes.len() * areas.len() + 1, count);
        extents.resize_with(classes.len() * areas.len(), Default::default);
        let (ids, rows): (Vec<u128>, Vec<Post>) = posts.into_iter().unzip();
        let postings = Postings::new(&rows, &starts, &rule);
        let mut by_id: Vec<u32> = (0..count).collect();
        by_id.sort_unstable_by_key(|row| ids.get(*row as usize));
        let delta = HashMap::new();
        Self { rule, rows, ids, classes, areas, cells, extents, postings, by_id, delta }
    }

    pub fn rule(&self) -> &Arc<Rule> {
        &self.rule
    }

    /// Posts in the base, and in the delta.
    pub fn len(&self) -> (usize, usize) {
        (self.rows.len(), self.delta.len())
    }

    pub fn is_empty(&self) -> bool {
        self.rows.is_empty() && self.delta.is_empty()
    }

    /// Bytes held.
    pub fn bytes(&self) -> usize {
        let lists: usize = self.postings.of.iter().map(Vec::len).sum();
        self.rows.len() * (size_of::<Post>() + 16 + 4)
            + self.cells.len() * 4
            + self.extents.len() * size_of::<Extent>()
            + self.postings.rows.len() * 4
            + lists * size_of::<crate::class::Asking>()
            + self.delta.len() * 96
    }

    /// A post is new, has changed, or has gone. In the base it is closed, which the rule understands
    /// and no bound minds; what it is now goes to the delta.
    pub fn put(&mut self, id: u128, post: Option<Post>) {
        if let Some(row) = self.row_of(id).and_then(|row| self.rows.get_mut(row)) {
            row.last_day = 0;
        }
        match post {
            Some(post) => drop(self.delta.insert(id, post)),
            None => drop(self.delta.remove(&id)),
        }
    }

    fn row_of(&self, id: u128) -> Option<usize> {
        let at = |row: &u32| self.ids.get(*row as usize).copied().unwrap_or(u128::MAX);
        let found = self.by_id.binary_search_by_key(&id, at).ok()?;
        self.by_id.get(found).map(|row| *row as usize)
    }

    /// The post as it is now.
    pub fn get(&self, id: u128) -> Option<&Post> {
        let base = || self.row_of(id).and_then(|row| self.rows.get(row));
        self.delta.get(&id).or_else(base)
    }

    /// Every post with its id, open or not, base and delta.
    pub fn all(&self) -> impl Iterator<Item = (u128, &Post)> {
        let delta = self.delta.iter().map(|(id, post)| (*id, post));
        self.ids.iter().copied().zip(&self.rows).chain(delta)
    }

    /// The best `limit` for a person, best first, by looking at all of them: the reference.
    pub fn scan(&self, aim: &Aim<'_>, person: Someone<'_>, limit: usize) -> Vec<Rank> {
        let mut best = Best::new(limit);
        for (id, post) in self.all() {
            let bar = (best.bar(), 1_000);
            if let Some(score) = judge_above(aim, person, post, &self.rule, bar) {
                best.offer(Rank::new(score, post.posted, id));
            }
        }
        best.into_ranks()
    }

    /// The hardest limit of every post that a limit keeps from the person.
    pub fn limits(&self, aim: &Aim<'_>, person: Someone<'_>, mut found: impl FnMut(Limit)) {
        for (_, post) in self.all().filter(|(_, post)| post.last_day > 0) {
            if let Some(limit) = Limit::hardest(aim, person, post, &self.rule) {
                found(limit);
            }
        }
    }

    fn id(&self, row: usize) -> u128 {
        self.ids.get(row).copied().unwrap_or(0)
    }

    /// First row of a cell and the row after its last.
    #[inline]
    fn cell(&self, class: usize, areas: std::ops::Range<usize>) -> std::ops::Range<u32> {
        let at = |area| self.cells.get(class * self.areas.len() + area).copied().unwrap_or(0);
        at(areas.start)..at(areas.end)
    }
}

/// The occupations of a class that have a number.
fn occupations(class: &Class) -> Option<std::ops::RangeInclusive<u16>> {
    (class.low != NONE).then_some(class.low..=class.high)
}
