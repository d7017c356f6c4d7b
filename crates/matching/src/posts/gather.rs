//! Rows of a class by what they ask for of one's own skills: the lists of the skills are added up
//! before any row is looked at.

use std::ops::Range;

use model::matching::coverage;

use super::search::{Cover, OWN, Search, touch};
use crate::class::{Asking, Postings, quality};

/// Rows that are brought into the cache together.
const AHEAD: usize = 16;

/// Rows of a class with the shares of one's own skills, added up.
#[derive(Default)]
pub(super) struct Gathered {
    start: u32,
    /// By row of the class: nothing yet, or one more than the sum.
    sums: Vec<u16>,
    rows: Vec<u32>,
}

impl Gathered {
    fn begin(&mut self, rows: &Range<u32>) {
        let count = (rows.end - rows.start) as usize;
        self.start = rows.start;
        self.sums.resize(count.max(self.sums.len()), 0);
    }

    #[inline]
    fn add(&mut self, row: u32, share: u16) {
        let Some(sum) = self.sums.get_mut((row - self.start) as usize) else { return };
        if *sum == 0 {
            *sum = 1;
            self.rows.push(row);
        }
        *sum += share;
    }

    /// The sum of a row, which begins anew.
    #[inline]
    fn take(&mut self, row: u32) -> u16 {
        let sum = self.sums.get_mut((row - self.start) as usize);
        sum.map_or(1, std::mem::take) - 1
    }
}

impl Search<'_> {
    /// Looks at the rows of a class that can reach `needed` by what they ask for of one's own skills.
    /// The lists that tell least are left out for as long as all of them together do not reach it.
    pub(super) fn essential(&mut self, class: u16, needed: i64, rows: &Range<u32>) {
        let Some(list) = self.scratch.lists.get_mut(usize::from(class)) else { return };
        let mut list = std::mem::take(list);
        // the related first: together they cover no more than the best of them
        list.sort_unstable_by_key(|(worth, asking)| {
            (*worth == OWN, *worth, asking.share, asking.from)
        });
        let (mut cover, mut skip) = (Cover::default(), 0);
        for &(worth, asking) in &list {
            cover.add(worth, asking);
            if cover.most() >= needed {
                break;
            }
            skip += 1;
        }
        let related = list.iter().map(|(worth, _)| *worth).filter(|worth| *worth < OWN).max();
        let related = related.unwrap_or(0);
        let left = list.iter().take(skip).filter(|(worth, _)| *worth == OWN);
        let left: i64 = left.map(|(_, asking)| i64::from(asking.share)).sum();
        self.scratch.gathered.begin(rows);
        for &(worth, asking) in list.iter().skip(skip) {
            for at in 0..self.scratch.runs.len() {
                let Some(run) = self.scratch.runs.get(at).cloned() else { break };
                let rows = self.posts.cell(class.into(), run);
                self.gather(asking, &rows, worth == OWN);
            }
        }
        self.gathered(left, related, needed);
        list.clear();
        if let Some(slot) = self.scratch.lists.get_mut(usize::from(class)) {
            *slot = list;
        }
    }

    /// Adds up what the rows of a list ask for of a skill.
    fn gather(&mut self, asking: Asking, rows: &Range<u32>, own: bool) {
        let Postings { rows: all, shares, .. } = &self.posts.postings;
        let range = asking.from as usize..asking.to as usize;
        let all = all.get(range.clone()).unwrap_or_default();
        let shares = shares.get(range).unwrap_or_default();
        let from = all.partition_point(|row| *row < rows.start);
        let rest = all.iter().zip(shares).skip(from);
        for (&row, &share) in rest.take_while(|(row, _)| **row < rows.end) {
            self.scratch.gathered.add(row, if own { quality(share) } else { 0 });
        }
    }

    /// Looks at the gathered rows that may still reach `needed`, where the lists left out may add
    /// `left`.
    fn gathered(&mut self, left: i64, related: i64, needed: i64) {
        let mut gathered = std::mem::take(&mut self.scratch.gathered);
        let mut rows = std::mem::take(&mut gathered.rows);
        let mut most = |row| coverage(i64::from(gathered.take(row)) + left, related);
        rows.retain(|row| most(*row) >= needed);
        let skills = coverage(1_000, related);
        for some in rows.chunks(AHEAD) {
            touch(&self.posts.rows, some);
            for row in some {
                self.row(*row as usize, skills);
            }
        }
        rows.clear();
        gathered.rows = rows;
        self.scratch.gathered = gathered;
    }
}
