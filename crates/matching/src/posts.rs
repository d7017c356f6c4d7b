//! Posts for a person: exact, by looking at few of them.

mod block;
mod count;
mod gap;
mod gather;
mod grid;
mod search;

use std::{collections::HashMap, sync::Arc};

use model::matching::{
    Aim, Catalogue, Extent, Ground, Limit, NONE, Post, Rank, Rule, Someone, judge_above,
};

use crate::{
    best::Best,
    class::{Class, Postings},
};

use block::Blocks;
use count::Sums;
use grid::Grid;
pub use search::Scratch;

/// Posts sorted by group of occupations, then county, then newest first. A clone is another
/// structure, with all of its memory.
#[derive(Clone)]
pub struct Posts {
    rule: Arc<Rule>,
    rows: Vec<Post>,
    ids: Vec<u128>,
    classes: Vec<Class>,
    /// Where posts are, in the order of the codes: counties, or what is more than a county.
    nodes: Vec<u16>,
    areas: Vec<Ground>,
    /// By class and area: its first row; one more at the end.
    cells: Vec<u32>,
    extents: Vec<Extent>,
    postings: Postings,
    /// By area: the place of its province.
    provinces: Vec<u16>,
    blocks: Blocks,
    /// The same without classes, for people who tell nothing of the work that they look for.
    any: Blocks,
    sums: Sums,
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
        let Grid { classes, starts, areas, cells, extents } = Grid::new(&posts, &nodes, key);
        let count = starts.last().copied().unwrap_or(0);
        let (ids, rows): (Vec<u128>, Vec<Post>) = posts.into_iter().unzip();
        let postings = Postings::new(&rows, &starts, &rule);
        let mut by_id: Vec<u32> = (0..count).collect();
        by_id.sort_unstable_by_key(|row| ids.get(*row as usize));
        let place = |post: &Post| nodes.binary_search(&catalogue.area(post.place)).unwrap_or(0);
        let sums = Sums::new(&rows, areas.len(), &rule, place);
        let (count, provinces) = provinces(&nodes, &catalogue);
        let province = |post: &Post| provinces.get(place(post)).copied().map_or(0, usize::from);
        let blocks = Blocks::new(&rows, &starts, &rule, (count, province));
        let all = [0, u32::try_from(rows.len()).unwrap_or(0)];
        let any = Blocks::new(&rows, &all, &rule, (count, province));
        Self {
            rule,
            rows,
            ids,
            classes,
            nodes,
            areas,
            cells,
            extents,
            postings,
            provinces,
            blocks,
            any,
            sums,
            by_id,
            delta: HashMap::new(),
        }
    }

    pub fn rule(&self) -> &Arc<Rule> {
        &self.rule
    }

    /// Posts in the base, and in the delta.
    pub fn len(&self) -> (usize, usize) {
        (self.rows.len(), self.delta.len())
    }

    /// How many are open.
    pub fn open(&self) -> usize {
        self.all().filter(|(_, post)| !Limit::closes(post, &self.rule)).count()
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
            + self.postings.rows.len() * 5
            + lists * size_of::<crate::class::Asking>()
            + self.sums.bytes()
            + self.blocks.bytes()
            + self.any.bytes()
            + self.delta.len() * 96
    }

    /// A post is new, has changed, or has gone. In the base it is closed, which the rule understands
    /// and no bound minds; what it is now goes to the delta.
    pub fn put(&mut self, id: u128, post: Option<Post>) {
        if let Some(at) = self.row_of(id)
            && let Some(row) = self.rows.get_mut(at)
        {
            self.sums.remove(at, row, &self.rule);
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

    /// The place of a post's area.
    fn area_of(&self, post: &Post) -> usize {
        let node = self.rule.catalogue.area(post.place);
        self.nodes.binary_search(&node).unwrap_or(0)
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

/// A guess of the bar, to begin with what promises most; it decides nothing else.
const GUESS: u32 = 85_000;

/// How many provinces the areas lie in, and the place of each area's among them.
fn provinces(nodes: &[u16], catalogue: &Catalogue) -> (usize, Vec<u16>) {
    let of: Vec<u16> = nodes.iter().map(|node| catalogue.province(*node)).collect();
    let mut all = of.clone();
    all.sort_unstable();
    all.dedup();
    let place = |province| u16::try_from(all.binary_search(province).unwrap_or(0)).unwrap_or(0);
    (all.len(), of.iter().map(place).collect())
}

/// The occupations of a class that have a number.
fn occupations(class: &Class) -> Option<std::ops::RangeInclusive<u16>> {
    (class.low != NONE).then_some(class.low..=class.high)
}
