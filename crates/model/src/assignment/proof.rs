//! How far an assignment is from the best there could be, shown by prices: whoever doubts the
//! solver need only add up.
//!
//! Let each limit have a price of 0 or more, and add the same `bonus` to every score. No assignment
//! of K places can have a sum above Σ over people of the best that scores plus bonus less prices
//! leave them, plus Σ prices × seats, less K × bonus: that is the dual of the linear program, and
//! holds for any prices. And no assignment can place more than a cut through the limits lets pass.

use serde::{Deserialize, Serialize};

use super::{Market, Outcome};

/// Prices, and the limits that are short.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proof {
    /// Of one seat of each limit, in points.
    pub prices: Vec<i64>,
    /// Added to every score; what one place more would be worth.
    pub bonus: i64,
    /// The limits on the near side of the cut: whatever is short stands at its edge.
    pub near: Vec<bool>,
}

/// What the proof shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Distance {
    pub placed: usize,
    /// No assignment places more.
    pub most: usize,
    pub sum: i64,
    /// No assignment of as many places has a greater sum.
    pub best: i64,
}

impl Distance {
    /// Points by which it may be less than the best.
    pub fn gap(&self) -> i64 {
        self.best - self.sum
    }

    /// The same in a thousandth of the best, rounded up.
    pub fn permille(&self) -> i64 {
        let gap = self.gap().max(0).saturating_mul(1_000);
        gap.checked_div(self.best).map_or(0, |whole| whole + i64::from(gap % self.best > 0))
    }
}

impl Proof {
    /// Adds up.
    pub fn distance(&self, market: &Market, outcome: &Outcome) -> Distance {
        let (placed, sum) = outcome.sum(market);
        let prices: Vec<i64> = (0..market.limits.len())
            .map(|limit| market.around(limit).map(|n| self.price(n)).sum())
            .collect();
        let mut best: i64 = 0;
        for wishes in &market.people {
            let price = |limit: usize| prices.get(limit).copied().unwrap_or_default();
            let left = wishes.iter().map(|wish| wish.score + self.bonus - price(wish.limit));
            let mut left: Vec<i64> = left.filter(|left| *left > 0).collect();
            left.sort_unstable_by(|a, b| b.cmp(a));
            best += left.iter().take(market.each).sum::<i64>();
        }
        for (n, limit) in market.limits.iter().enumerate() {
            best += self.price(n) * i64::try_from(limit.seats).unwrap_or(i64::MAX);
        }
        best -= self.bonus * i64::try_from(placed).unwrap_or(i64::MAX);
        Distance { placed, most: self.most(market), sum, best }
    }

    /// A price below nothing would prove nothing.
    fn price(&self, limit: usize) -> i64 {
        self.prices.get(limit).copied().unwrap_or_default().max(0)
    }

    fn near(&self, limit: usize) -> bool {
        self.near.get(limit).copied().unwrap_or_default()
    }

    /// The limits at the edge of the cut: what keeps more people from being placed.
    pub fn short(&self, market: &Market) -> Vec<usize> {
        let edge = |n: &usize| {
            let within = market.limits.get(*n).and_then(|limit| limit.within);
            self.near(*n) && !within.is_some_and(|around| self.near(around))
        };
        (0..market.limits.len()).filter(edge).collect()
    }

    fn most(&self, market: &Market) -> usize {
        let seats = self.short(market).into_iter().map(|limit| market.seats(limit)).sum::<usize>();
        let beyond = |wishes: &Vec<super::Wish>| {
            wishes.iter().filter(|wish| !self.near(wish.limit)).count().min(market.each)
        };
        seats + market.people.iter().map(beyond).sum::<usize>()
    }
}
