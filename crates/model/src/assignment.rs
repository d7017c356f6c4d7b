//! Who gets which post where places are short: slots at a fair, a labour order's headcount, seats
//! in a class. 分配
//!
//! People and posts are numbers here; a score is whatever the rule of matching gave. Quotas of one
//! post are drawn as a forest of limits, each within the one above it (the county within the city
//! within the post). That is what keeps "stable" well defined: what a post chooses of all who ask is
//! then the best set of a matroid, nobody refused is wanted again later, and the process that
//! `stable` runs ends in the best stable assignment there is for every person (Hatfield and
//! Milgrom 2005, for substitutable choice with the law of aggregate demand).

mod auction;
mod chain;
mod draw;
mod optimal;
mod proof;
mod record;
mod stable;

#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize};

use crate::coded::coded;

pub use draw::{Drawn, Quota, draw};
pub use proof::{Distance, Proof};
pub use record::{Assignment, Input, Seats};

coded! {
    /// By what the places are given.
    pub enum Way: "assignment.way_unknown", "way" {
        /// No person and post that would both rather have each other.
        Stable = "stable",
        /// As many people placed as can be, then the best sum of scores.
        Optimal = "optimal",
    }
}

/// Everything an outcome depends on: the same market gives the same outcome, byte for byte.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Market {
    /// How many posts one person may get: one for work, several for interviews.
    pub each: usize,
    /// A limit's place in this list is its number; the first are the posts, in their order.
    pub limits: Vec<Limit>,
    /// In the order in which ties are settled: earlier goes first.
    pub people: Vec<Vec<Wish>>,
}

/// So many places for all that count against it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Limit {
    /// The limit around this one; none around that of a post.
    pub within: Option<usize>,
    pub seats: usize,
}

/// One post that a person would take; a person's wishes stand in their order, the dearest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "(usize, usize, i64, i64)", into = "(usize, usize, i64, i64)")]
pub struct Wish {
    pub post: usize,
    /// The innermost limit that this person counts against there.
    pub limit: usize,
    /// How well the two fit: what the optimal way sums up.
    pub score: i64,
    /// How much the post would like the person; higher is dearer.
    pub favour: i64,
}

/// What came of it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outcome {
    /// For each person the places in the list of wishes that came true, ascending.
    pub got: Vec<Vec<usize>>,
    /// How many count against each limit.
    pub taken: Vec<usize>,
    /// How far it is from the best there could be; stable outcomes do not claim to be near it.
    pub proof: Option<Proof>,
}

/// What became of one wish.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    Granted,
    /// A dearer wish came true, or as many as one person may have.
    Spared,
    /// This limit was full, and everybody in it goes first; `last` is the least liked of them.
    Full {
        limit: usize,
        last: i64,
    },
    /// There was room, or this person would have gone first, but more people or a better sum came
    /// out otherwise. Only of the optimal way.
    Outweighed,
}

/// Gives the places.
pub fn assign(market: &Market, way: Way) -> Outcome {
    match way {
        Way::Stable => stable::assign(market),
        Way::Optimal => optimal::assign(market),
    }
}

impl Market {
    /// The limits a wish counts against, from the innermost out.
    fn around(&self, limit: usize) -> impl Iterator<Item = usize> {
        let within = |n: &usize| self.limits.get(*n).and_then(|limit| limit.within);
        // drawn limits have no circle; one made by hand must not hang the program
        std::iter::successors(Some(limit), within).take(self.limits.len())
    }

    fn wish(&self, person: usize, wish: usize) -> Option<&Wish> {
        self.people.get(person)?.get(wish)
    }

    fn seats(&self, limit: usize) -> usize {
        self.limits.get(limit).map_or(0, |limit| limit.seats)
    }

    /// How many posts there are.
    pub fn posts(&self) -> usize {
        self.limits.iter().take_while(|limit| limit.within.is_none()).count()
    }
}

impl Outcome {
    fn of(market: &Market, got: Vec<Vec<usize>>, proof: Option<Proof>) -> Self {
        let mut taken = vec![0; market.limits.len()];
        for (person, wishes) in got.iter().enumerate() {
            for wish in wishes.iter().filter_map(|wish| market.wish(person, *wish)) {
                for limit in market.around(wish.limit) {
                    add(&mut taken, limit, 1);
                }
            }
        }
        Self { got, taken, proof }
    }

    /// Places given, and the sum of their scores.
    pub fn sum(&self, market: &Market) -> (usize, i64) {
        let mut sum = (0, 0);
        for (person, wishes) in self.got.iter().enumerate() {
            for wish in wishes.iter().filter_map(|wish| market.wish(person, *wish)) {
                sum = (sum.0 + 1, sum.1 + wish.score);
            }
        }
        sum
    }

    /// The least liked that count against each limit, the favour and the person; none where nobody
    /// does.
    pub fn last(&self, market: &Market) -> Vec<Option<(i64, usize)>> {
        let mut last: Vec<Option<(i64, usize)>> = vec![None; market.limits.len()];
        let each = self.got.iter().enumerate();
        let wishes = each.flat_map(|(person, got)| got.iter().map(move |wish| (person, *wish)));
        for (person, wish) in wishes.filter_map(|(p, w)| Some((p, market.wish(p, w)?))) {
            let own = (wish.favour, person);
            for limit in market.around(wish.limit) {
                if let Some(known) = last.get_mut(limit) {
                    *known = Some(known.filter(|held| goes_first(own, *held)).unwrap_or(own));
                }
            }
        }
        last
    }

    /// What became of a person's wish; `last` is [`Outcome::last`].
    pub fn fate(
        &self,
        market: &Market,
        last: &[Option<(i64, usize)>],
        (person, wish): (usize, usize),
    ) -> Fate {
        let got = self.got.get(person).map_or(&[][..], Vec::as_slice);
        let Some(wished) = market.wish(person, wish) else { return Fate::Outweighed };
        if got.contains(&wish) {
            return Fate::Granted;
        }
        if got.len() >= market.each && got.last().is_some_and(|worst| *worst < wish) {
            return Fate::Spared;
        }
        let full = |n: &usize| self.taken.get(*n).copied() >= Some(market.seats(*n));
        let Some(limit) = market.around(wished.limit).find(full) else { return Fate::Outweighed };
        match last.get(limit).copied().flatten() {
            Some(held) if goes_first((wished.favour, person), held) => Fate::Outweighed,
            held => Fate::Full { limit, last: held.map_or(0, |(favour, _)| favour) },
        }
    }
}

/// Does the post rather have the first than the second? Dearer goes first, then whoever stands
/// earlier in the market.
fn goes_first(a: (i64, usize), b: (i64, usize)) -> bool {
    (a.0, std::cmp::Reverse(a.1)) > (b.0, std::cmp::Reverse(b.1))
}

fn add(counts: &mut [usize], at: usize, more: usize) {
    if let Some(count) = counts.get_mut(at) {
        *count += more;
    }
}

fn take(counts: &mut [usize], at: usize) {
    if let Some(count) = counts.get_mut(at) {
        *count = count.saturating_sub(1);
    }
}

impl From<(usize, usize, i64, i64)> for Wish {
    fn from((post, limit, score, favour): (usize, usize, i64, i64)) -> Self {
        Self { post, limit, score, favour }
    }
}
impl From<Wish> for (usize, usize, i64, i64) {
    fn from(wish: Wish) -> Self {
        (wish.post, wish.limit, wish.score, wish.favour)
    }
}
