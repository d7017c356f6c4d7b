//! An auction (Bertsekas 1988) with nested limits: people bid for the posts that leave them most
//! after the price, and each bid raises the price by at least a step.
//!
//! The price of a post is the lowest bid within the innermost limit around it that is full, or
//! nothing. Prices never fall, so that at the end nobody is farther from the best for oneself than
//! one step, and all together not farther from the best sum than a step for each place.

use std::{cmp::Reverse, collections::BinaryHeap};

use super::{Market, add, take};

pub(super) struct Auction<'m> {
    market: &'m Market,
    step: i64,
    pub(super) taken: Vec<usize>,
    /// The lowest bid within a limit, once it is full.
    pub(super) lowest: Vec<Option<i64>>,
    /// Bids within each limit, the lowest on top, and some that no longer hold.
    bids: Vec<BinaryHeap<Reverse<(i64, usize, usize)>>>,
    /// The wishes that each person holds, with the bids.
    pub(super) held: Vec<Vec<(usize, i64)>>,
}

impl<'m> Auction<'m> {
    /// Runs until nobody wants to bid.
    pub(super) fn run(market: &'m Market, step: i64) -> Self {
        let limits = market.limits.len();
        let mut auction = Self {
            market,
            step: step.max(1),
            taken: vec![0; limits],
            lowest: vec![None; limits],
            bids: vec![BinaryHeap::new(); limits],
            held: vec![vec![]; market.people.len()],
        };
        let mut bidding: Vec<usize> = (0..market.people.len()).rev().collect();
        while let Some(person) = bidding.pop() {
            bidding.extend(auction.turn(person));
        }
        auction
    }

    /// What somebody has to outbid; none where there is no seat at all.
    pub(super) fn price(&self, limit: usize) -> Option<i64> {
        let market = self.market;
        let full = |n: &usize| self.taken.get(*n).copied() >= Some(market.seats(*n));
        match market.around(limit).find(full) {
            Some(full) => self.lowest.get(full).copied().flatten(),
            None => Some(0),
        }
    }

    /// A person bids for as many posts as there is room for; answers who lost a place by it.
    fn turn(&mut self, person: usize) -> Vec<usize> {
        let held = self.held.get(person).map_or(&[][..], Vec::as_slice);
        let room = self.market.each.saturating_sub(held.len());
        let wishes = self.market.people.get(person).map_or(&[][..], Vec::as_slice);
        // the best, as many as there is room for and one more to compare with
        let mut best: Vec<(i64, usize, i64)> = Vec::with_capacity(room + 2);
        for (at, wish) in wishes.iter().enumerate() {
            let Some(price) = self.price(wish.limit) else { continue };
            let left = wish.score - price;
            let worst = best.get(room).map_or(-1, |(left, ..)| *left);
            if left > worst && !held.iter().any(|(own, _)| *own == at) {
                let place = best.partition_point(|(other, ..)| *other >= left);
                best.insert(place, (left, at, price));
                best.truncate(room + 1);
            }
        }
        let next = best.get(room).map_or(0, |(left, ..)| *left);
        let bids: Vec<_> = best.into_iter().take(room).collect();
        let bid = |(left, at, price): (i64, usize, i64)| {
            self.place(person, at, price + left - next + self.step)
        };
        bids.into_iter().filter_map(bid).collect()
    }

    /// Takes a seat, from whoever bid least if there is none left.
    fn place(&mut self, person: usize, at: usize, bid: i64) -> Option<usize> {
        let market = self.market;
        let limit = market.wish(person, at)?.limit;
        let full = |n: &usize| self.taken.get(*n).copied() >= Some(market.seats(*n));
        let lost = market.around(limit).find(full).and_then(|full| self.least(full));
        if let Some((_, loser, wish)) = lost {
            if let Some(held) = self.held.get_mut(loser) {
                held.retain(|(own, _)| *own != wish);
            }
            let theirs = market.wish(loser, wish).map(|wish| wish.limit);
            for limit in theirs.into_iter().flat_map(|limit| market.around(limit)) {
                take(&mut self.taken, limit);
            }
        }
        if let Some(held) = self.held.get_mut(person) {
            held.push((at, bid));
        }
        for limit in market.around(limit) {
            add(&mut self.taken, limit, 1);
            if let Some(bids) = self.bids.get_mut(limit) {
                bids.push(Reverse((bid, person, at)));
            }
        }
        for limit in market.around(limit) {
            if self.taken.get(limit).copied() >= Some(market.seats(limit)) {
                let lowest = self.least(limit).map(|(bid, ..)| bid);
                if let Some(known) = self.lowest.get_mut(limit) {
                    *known = lowest;
                }
            }
        }
        lost.map(|(_, loser, _)| loser)
    }

    /// The lowest bid within a limit that still holds.
    fn least(&mut self, limit: usize) -> Option<(i64, usize, usize)> {
        let bids = self.bids.get_mut(limit)?;
        while let Some(Reverse((bid, person, wish))) = bids.peek() {
            if self.held.get(*person)?.contains(&(*wish, *bid)) {
                return Some((*bid, *person, *wish));
            }
            bids.pop();
        }
        None
    }
}
