//! The rows of each class and province once more, by what they ask for, the best paid and the newest
//! first, in blocks of which much can be said: for people to whom all places are much the same.

use std::{cmp::Reverse, ops::Range};

use model::matching::{Ceiling, Extent, Head, Post, Rule};

/// Blocks of a class are neighbours, and so are those of a province in it.
#[derive(Clone, Default)]
pub(super) struct Blocks {
    rows: Vec<u32>,
    /// Of each block: what its rows have at most, and where they begin; one more at the end.
    extents: Vec<Extent>,
    froms: Vec<u32>,
    /// By class and province: its first block; one more at the end.
    starts: Vec<u32>,
    provinces: usize,
}

/// Rows of a block.
const MOST: usize = 16;

/// Place of the province, schooling and experience that are asked for, promise, and row.
type Sorted = (usize, (u8, u16), Reverse<i64>, u32);

impl Blocks {
    /// `starts` are the first rows of the classes, and the number of rows; `province` tells the place
    /// of a post's province.
    pub(super) fn new(
        posts: &[Post],
        starts: &[u32],
        rule: &Rule,
        (provinces, province): (usize, impl Fn(&Post) -> usize),
    ) -> Self {
        let mut blocks = Self { provinces, ..Self::default() };
        for span in starts.windows(2) {
            let &[from, to] = span else { continue };
            let rows = posts.iter().zip(0_u32..).skip(from as usize).take((to - from) as usize);
            let mut rows: Vec<Sorted> = rows
                .map(|(post, row)| {
                    let (asked, promise) = promise(post, rule);
                    (province(post), asked, Reverse(promise), row)
                })
                .collect();
            rows.sort_unstable();
            let mut rest = rows.as_slice();
            for place in 0..provinces {
                blocks.starts.push(u32::try_from(blocks.extents.len()).unwrap_or(0));
                let (own, others) = rest.split_at(rest.partition_point(|(at, ..)| *at == place));
                rest = others;
                own.chunks(MOST).for_each(|some| blocks.take(posts, some));
            }
        }
        blocks.starts.push(u32::try_from(blocks.extents.len()).unwrap_or(0));
        blocks.froms.push(u32::try_from(blocks.rows.len()).unwrap_or(0));
        blocks
    }

    fn take(&mut self, posts: &[Post], rows: &[Sorted]) {
        let mut extent = Extent::default();
        self.froms.push(u32::try_from(self.rows.len()).unwrap_or(0));
        for (.., row) in rows {
            if let Some(post) = posts.get(*row as usize) {
                extent.take(post);
            }
            self.rows.push(*row);
        }
        self.extents.push(extent);
    }

    /// The blocks of a class in a province.
    pub(super) fn of(&self, class: usize, province: usize) -> Range<usize> {
        let at = |n: usize| self.starts.get(n).copied().unwrap_or(0) as usize;
        let n = class * self.provinces + province;
        at(n)..at(n + 1)
    }

    pub(super) fn extent(&self, block: usize) -> Option<&Extent> {
        self.extents.get(block)
    }

    pub(super) fn rows(&self, block: usize) -> &[u32] {
        let at = |n: usize| self.froms.get(n).copied().unwrap_or(0) as usize;
        self.rows.get(at(block)..at(block + 1)).unwrap_or_default()
    }

    pub(super) fn bytes(&self) -> usize {
        (self.rows.len() + self.froms.len() + self.starts.len()) * 4
            + self.extents.len() * size_of::<Extent>()
    }
}

/// What a post asks for, and what it promises to somebody of whom nothing is known: only for the
/// order.
fn promise(post: &Post, rule: &Rule) -> ((u8, u16), i64) {
    let (mut extent, head) = (Extent::default(), Head::default());
    extent.take(post);
    let mut ceiling = Ceiling::of_person(&head, &rule.weights);
    extent.lower(&mut ceiling, &head, rule);
    (extent.asked(), ceiling.above(&rule.weights, super::GUESS))
}
