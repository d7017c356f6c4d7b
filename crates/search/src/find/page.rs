//! The page of an answer: the best so far, and what makes one better.

use std::collections::BinaryHeap;

use model::{
    Id,
    vacancy::query::{Point, Sort},
};
use uuid::Uuid;

use super::Hit;
use crate::{cursor::Key, near::point, record::Record};

/// What comes first, and behind what the page begins.
pub(super) struct Order {
    pub(super) sort: Sort,
    pub(super) near: Option<Point>,
    pub(super) after: Option<Key>,
    /// Ids up to this one have no place on it.
    pub(super) since: Option<u128>,
}

/// The best so far, the worst of them on top.
#[derive(Clone)]
pub(super) struct Page {
    limit: usize,
    heap: BinaryHeap<Candidate>,
    /// How many stand behind the cursor.
    offered: usize,
}

#[derive(Clone, Copy)]
struct Candidate {
    key: Key,
    score: i64,
    metres: Option<f64>,
}

impl PartialEq for Candidate {
    fn eq(&self, other: &Self) -> bool {
        self.key == other.key
    }
}
impl Eq for Candidate {}
impl PartialOrd for Candidate {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}
impl Ord for Candidate {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.key.cmp(&other.key)
    }
}

impl Candidate {
    fn hit(&self) -> Hit {
        let id = Id::new(Uuid::from_u128(self.key.id));
        Hit { id, score: self.score, distance_km: self.metres.map(|metres| metres / 1000.0) }
    }
}

impl Page {
    pub(super) fn new(limit: usize) -> Self {
        Self { limit, heap: BinaryHeap::with_capacity(limit + 1), offered: 0 }
    }

    /// A smaller page of the same answer.
    pub(super) fn first(&self, limit: usize) -> Self {
        let mut all = self.heap.clone().into_sorted_vec();
        all.truncate(limit);
        Self { limit, heap: all.into(), offered: self.offered }
    }

    /// The hits, best first.
    pub(super) fn hits(self) -> Vec<Hit> {
        self.heap.into_sorted_vec().iter().map(Candidate::hit).collect()
    }

    /// Behind what the next page begins, if there is one.
    pub(super) fn next(&self) -> Option<Key> {
        self.heap.peek().filter(|_| self.offered > self.limit).map(|last| last.key)
    }

    /// Is it full, with more behind, and can nothing from outside this circle belong to it?
    pub(super) fn is_full_within(&self, metres: f64) -> bool {
        #[expect(clippy::cast_possible_truncation, reason = "metres on earth")]
        let inside = |key: Key| key.first < metres as i64;
        self.next().is_some_and(inside)
    }

    /// Has a hit no place on the page, of which only this is known: what it is worth at most, and how
    /// new it is, as [`crate::record::Part::newness`] has it?
    pub(super) fn is_over(&self, order: &Order, most: u32, newness: u32) -> bool {
        let first = match order.sort {
            Sort::Fit => -i64::from(most),
            Sort::New => 0,
            Sort::Wage | Sort::Distance => return false,
        };
        !self.takes(first, -i64::from(newness))
    }

    /// From this worth on a hit may have a place on the page.
    pub(super) fn floor(&self, order: &Order) -> u32 {
        let worst = self.heap.peek().filter(|_| self.heap.len() >= self.limit);
        match order.sort {
            Sort::Fit => worst.map_or(0, |worst| u32::try_from(worst.score).unwrap_or_default()),
            Sort::New | Sort::Wage | Sort::Distance => u32::MAX,
        }
    }

    /// Counts a hit that has no place on the page.
    pub(super) const fn pass(&mut self) {
        self.offered += 1;
    }

    /// Takes a hit onto the page if it belongs there. `id` is asked for only where it matters.
    pub(super) fn weigh(
        &mut self,
        order: &Order,
        record: &Record,
        worth: u32,
        id: impl FnOnce() -> u128,
    ) {
        let fits = order.sort == Sort::Fit && worth > 0;
        let score = if fits { i64::from(worth) } else { 0 };
        let metres = || order.near.zip(point(record)).map(|(near, place)| near.metres(place));
        // of one day those first whose employers answer
        let age = -(i64::from(record.posted) << 8 | i64::from(record.answered));
        #[expect(clippy::cast_possible_truncation, reason = "metres on earth")]
        let first = match order.sort {
            Sort::Fit => -score,
            Sort::New => 0,
            Sort::Wage => -i64::from(record.pay_from),
            Sort::Distance => metres().map_or(i64::MAX, |metres| metres.round() as i64),
        };
        if !self.takes(first, age) {
            // behind the worst of the page, which is behind the cursor
            self.pass();
            return;
        }
        let key = Key { first, age, id: id() };
        let news = order.since.is_none_or(|since| key.id > since);
        if news && order.after.is_none_or(|cut| key > cut) {
            self.offered += 1;
            self.heap.push(Candidate { key, score, metres: metres() });
            if self.heap.len() > self.limit {
                self.heap.pop();
            }
        }
    }

    /// Is there room for a candidate of which only this is known yet?
    fn takes(&self, first: i64, age: i64) -> bool {
        self.heap.len() < self.limit
            || self
                .heap
                .peek()
                .is_some_and(|worst| (first, age) <= (worst.key.first, worst.key.age))
    }
}
