//! The order of a list, and the best so many of a stream without holding the rest.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, BinaryHeap},
};

use crate::{
    Id,
    matching::{Limit, Score},
};

/// Where something stands: the higher total first, then what more is known of, then the newer post,
/// then the smaller id. Greater is better.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Rank {
    pub score: Score,
    /// Of the post, see [`super::day`]; 0 where it is not known.
    pub posted: u16,
    pub id: Reverse<u128>,
}

/// Exact: what `limit` best of all would be.
pub struct Top<T> {
    limit: usize,
    heap: BinaryHeap<Reverse<Rank>>,
    noun: std::marker::PhantomData<fn() -> T>,
    /// How many stood behind each limit.
    pub excluded: BTreeMap<Limit, i64>,
}

impl<T> Top<T> {
    pub fn new(limit: usize) -> Self {
        let excluded = BTreeMap::new();
        Self { limit, heap: BinaryHeap::new(), noun: std::marker::PhantomData, excluded }
    }

    pub fn offer(&mut self, id: Id<T>, posted: u16, judged: Result<Score, Limit>) {
        match judged {
            Ok(score) => {
                self.heap.push(Reverse(Rank::new(score, posted, id.uuid().as_u128())));
                if self.heap.len() > self.limit {
                    self.heap.pop();
                }
            }
            Err(limit) => *self.excluded.entry(limit).or_default() += 1,
        }
    }

    /// Best first.
    pub fn into_ranks(self) -> Vec<Rank> {
        self.heap.into_sorted_vec().into_iter().map(|Reverse(rank)| rank).collect()
    }
}

impl Rank {
    /// Of the vacancy, or of the person.
    pub fn of<T>(&self) -> Id<T> {
        Id::new(uuid::Uuid::from_u128(self.id.0))
    }

    /// `posted` is that of the post.
    pub fn new(score: Score, posted: u16, id: u128) -> Self {
        let posted = if posted == super::NONE { 0 } else { posted };
        Self { score, posted, id: Reverse(id) }
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    #[test]
    fn the_top_is_the_head_of_the_sorted_list_and_ties_go_to_the_smaller_id() {
        let id = |n: u64| Id::<()>::new(Uuid::from_u128(u128::from(n * 7919 % 101)));
        let score = |n: u64| Score { total: u32::try_from(n * 31 % 13).unwrap(), known: 5 };
        let mut all: Vec<_> = (0..101).map(|n| (Reverse(score(n)), id(n))).collect();
        all.sort();
        let mut top = Top::new(20);
        for n in 0..101 {
            top.offer(id(n), 1, Ok(score(n)));
        }
        top.offer(id(7), 1, Err(Limit::Closed));
        assert_eq!(top.excluded, BTreeMap::from([(Limit::Closed, 1)]));
        let best: Vec<_> = all.into_iter().take(20).map(|(_, id)| id).collect();
        let ids: Vec<Id<()>> = top.into_ranks().iter().map(Rank::of).collect();
        assert_eq!(ids, best);
    }

    #[test]
    fn of_equals_the_one_that_is_known_better_comes_first_then_the_newer_then_the_smaller_id() {
        let rank = |known, posted, id| Rank::new(Score { total: 9, known }, posted, id);
        assert!(rank(8, 1, 9) > rank(7, 9, 1));
        assert!(rank(7, 2, 9) > rank(7, 1, 1));
        assert!(rank(7, 1, 1) > rank(7, 1, 2));
        assert!(rank(7, 1, 1) > rank(7, super::super::NONE, 0));
    }
}
