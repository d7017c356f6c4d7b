//! Deferred acceptance (Gale and Shapley 1962) with nested limits: people ask in the order of their
//! wishes, and a post keeps the best of all who have asked so far, as its limits allow.
//!
//! The result does not depend on who asks first. With one place for each person nobody gains by
//! hiding wishes or by naming them in another order; with several nobody is promised that.

use std::{
    cmp::Reverse,
    collections::{BTreeSet, BinaryHeap},
};

use super::{Market, Outcome, Wish, add, goes_first, take};

/// Somebody who is kept for now, the least liked on top: favour, then place in the market.
type Kept = Reverse<(i64, Reverse<usize>, usize)>;

struct Round<'m> {
    market: &'m Market,
    taken: Vec<usize>,
    /// For each limit those who were kept, and perhaps are no longer.
    kept: Vec<BinaryHeap<Kept>>,
    /// For each person the wishes that have come true so far.
    got: Vec<BTreeSet<usize>>,
}

pub(super) fn assign(market: &Market) -> Outcome {
    let mut round = Round {
        market,
        taken: vec![0; market.limits.len()],
        kept: vec![BinaryHeap::new(); market.limits.len()],
        got: vec![BTreeSet::new(); market.people.len()],
    };
    let mut asked = vec![0; market.people.len()];
    let mut waiting: Vec<usize> = (0..market.people.len()).rev().collect();
    while let Some(person) = waiting.pop() {
        while round.wants(person)
            && let Some(next) = asked.get_mut(person)
            && let Some(wish) = market.wish(person, *next)
        {
            let refused = round.ask(person, *next, wish);
            *next += 1;
            waiting.extend(refused.filter(|refused| *refused != person));
        }
    }
    let got = round.got.into_iter().map(|wishes| wishes.into_iter().collect()).collect();
    Outcome::of(market, got, None)
}

impl Round<'_> {
    fn wants(&self, person: usize) -> bool {
        self.got.get(person).is_some_and(|got| got.len() < self.market.each)
    }

    /// Answers whom the post sends away for it, if anybody.
    fn ask(&mut self, person: usize, at: usize, wish: &Wish) -> Option<usize> {
        let market = self.market;
        let full = |n: &usize| self.taken.get(*n).copied() >= Some(market.seats(*n));
        let Some(full) = market.around(wish.limit).find(full) else {
            self.keep(person, at, wish);
            return None;
        };
        // the only limit that matters: whoever leaves it makes room in all those around it
        let Some((favour, last, theirs)) = self.least(full) else { return Some(person) };
        if !goes_first((wish.favour, person), (favour, last)) {
            return Some(person);
        }
        self.drop(last, theirs);
        self.keep(person, at, wish);
        Some(last)
    }

    /// The least liked of those who count against a limit.
    fn least(&mut self, limit: usize) -> Option<(i64, usize, usize)> {
        let kept = self.kept.get_mut(limit)?;
        while let Some(Reverse((favour, Reverse(person), wish))) = kept.peek() {
            if self.got.get(*person)?.contains(wish) {
                return Some((*favour, *person, *wish));
            }
            kept.pop();
        }
        None
    }

    fn keep(&mut self, person: usize, at: usize, wish: &Wish) {
        for limit in self.market.around(wish.limit) {
            add(&mut self.taken, limit, 1);
            if let Some(kept) = self.kept.get_mut(limit) {
                kept.push(Reverse((wish.favour, Reverse(person), at)));
            }
        }
        if let Some(got) = self.got.get_mut(person) {
            got.insert(at);
        }
    }

    fn drop(&mut self, person: usize, at: usize) {
        let limit = self.market.wish(person, at).map(|wish| wish.limit);
        for limit in limit.into_iter().flat_map(|limit| self.market.around(limit)) {
            take(&mut self.taken, limit);
        }
        if let Some(got) = self.got.get_mut(person) {
            got.remove(&at);
        }
    }
}
