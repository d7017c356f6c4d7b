//! The best so many of a stream, without holding the rest.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, BinaryHeap},
};

use crate::{Id, matching::Limit};

/// Exact: what `limit` best of all would be, ties to the smaller id.
pub struct Top<T> {
    limit: usize,
    heap: BinaryHeap<Reverse<(i64, Reverse<Id<T>>)>>,
    /// How many stood behind each limit.
    pub excluded: BTreeMap<Limit, i64>,
}

impl<T> Top<T> {
    pub fn new(limit: usize) -> Self {
        Self { limit, heap: BinaryHeap::new(), excluded: BTreeMap::new() }
    }

    pub fn offer(&mut self, id: Id<T>, judged: Result<i64, Limit>) {
        match judged {
            Ok(total) => {
                self.heap.push(Reverse((total, Reverse(id))));
                if self.heap.len() > self.limit {
                    self.heap.pop();
                }
            }
            Err(limit) => *self.excluded.entry(limit).or_default() += 1,
        }
    }

    /// Best first.
    pub fn into_ids(self) -> Vec<Id<T>> {
        let sorted = self.heap.into_sorted_vec();
        sorted.into_iter().map(|Reverse((_, Reverse(id)))| id).collect()
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    #[test]
    fn the_top_is_the_head_of_the_sorted_list_and_ties_go_to_the_smaller_id() {
        let id = |n: u64| Id::<()>::new(Uuid::from_u128(u128::from(n * 7919 % 101)));
        let total = |n: u64| i64::try_from(n * 31 % 13).unwrap();
        let mut all: Vec<_> = (0..101).map(|n| (Reverse(total(n)), id(n))).collect();
        all.sort();
        let mut top = Top::new(20);
        for n in 0..101 {
            top.offer(id(n), Ok(total(n)));
        }
        top.offer(id(7), Err(Limit::Closed));
        assert_eq!(top.excluded, BTreeMap::from([(Limit::Closed, 1)]));
        let best: Vec<_> = all.into_iter().take(20).map(|(_, id)| id).collect();
        assert_eq!(top.into_ids(), best);
    }
}
