//! One selection of the sorted keys, with the best of its long stretches.

use std::{collections::HashMap, ops::Range};

use model::vacancy::suggestion::Kind;

use super::{
    Key,
    thing::{Thing, doublings, worth_here},
    top::{Met, Top},
};

/// A stretch up to this long is looked at whole.
const SHORT: usize = 24;

/// So many keys are not searched for where a stretch of them begins.
const MANY: usize = 10_000;

/// Positions of keys, ascending: so they are in the order of their texts.
pub(super) struct Shelf {
    keys: Vec<u32>,
    /// By the ends of the stretch, each thing once, the best of a kind before the others.
    best: HashMap<(u32, u32), Box<[Known]>>,
    /// How many there are before a position, where that is known without looking for it.
    ranks: Option<Ranks>,
}

/// Some of many positions, a bit each, and of each sixty-four how many are before them.
struct Ranks(Vec<(u64, u32)>);

impl Ranks {
    fn new(positions: &[u32], all: usize) -> Self {
        let mut rows = vec![(0_u64, 0_u32); all / 64 + 1];
        for &at in positions {
            if let Some((bits, _)) = rows.get_mut(at as usize / 64) {
                *bits |= 1 << (at % 64);
            }
        }
        let mut sum = 0;
        for (bits, before) in &mut rows {
            *before = sum;
            sum += bits.count_ones();
        }
        Self(rows)
    }

    fn before(&self, end: usize) -> usize {
        let (bits, before) = self.0.get(end / 64).copied().unwrap_or_default();
        let inside = bits & ((1 << (end % 64)) - 1);
        before as usize + inside.count_ones() as usize
    }
}

/// One of the best of a stretch.
#[derive(Clone, Copy)]
pub(super) struct Known {
    pub(super) key: u32,
    pub(super) thing: u32,
    /// As of the thing.
    pub(super) rank: u32,
}

/// What may be among the best of a stretch.
#[derive(Clone, Copy)]
pub(super) enum Best<'a> {
    /// By kind, and of a kind the best first.
    Ranked(&'a [Known]),
    /// All of a short one.
    All(&'a [u32]),
}

impl Best<'_> {
    pub(super) fn keys(&self) -> impl Iterator<Item = u32> {
        let (known, all): (&[Known], &[u32]) = match *self {
            Best::Ranked(known) => (known, &[]),
            Best::All(keys) => (&[], keys),
        };
        known.iter().map(|known| known.key).chain(all.iter().copied())
    }
}

/// What is needed to find the best.
pub(super) struct Order<'a> {
    pub(super) keys: &'a [Key],
    pub(super) pool: &'a [u8],
    pub(super) things: &'a [Thing],
    /// Of what is not a place itself only this counts: what is open between these numbers.
    pub(super) within: Option<Range<i64>>,
    /// So many of a kind are kept; `None`: all.
    pub(super) most: Option<usize>,
}

impl Shelf {
    /// The stretches are all that begin alike, and of each what is the same to the end.
    pub(super) fn new(keys: Vec<u32>, order: &Order<'_>) -> Self {
        let mut best = HashMap::new();
        let mut waiting = vec![(0, keys.len(), 0)];
        while let Some((from, to, depth)) = waiting.pop() {
            let Some(inside) = keys.get(from..to).filter(|keys| keys.len() > SHORT) else {
                continue;
            };
            if let Some(ends) = ends(from, to).filter(|_| depth > 0) {
                best.entry(ends).or_insert_with(|| order.best(inside));
            }
            let mut start = 0;
            while let Some(&first) = inside.get(start) {
                let byte = order.byte(first, depth);
                let rest = inside.get(start..).unwrap_or_default();
                let length = rest.partition_point(|&key| order.byte(key, depth) <= byte);
                let (begin, end) = (from + start, from + start + length);
                start += length;
                if byte.is_some() {
                    waiting.push((begin, end, depth + 1));
                } else if let Some((ends, same)) = ends(begin, end).zip(rest.get(..length))
                    && length > SHORT
                {
                    best.entry(ends).or_insert_with(|| order.best(same));
                }
            }
        }
        let ranks = (keys.len() > MANY).then(|| Ranks::new(&keys, order.keys.len()));
        Self { keys, best, ranks }
    }

    /// Those of the keys between two positions that may be among the best.
    pub(super) fn best(&self, from: usize, to: usize) -> Best<'_> {
        let (from, to) = self.between(from, to);
        let known = ends(from, to).and_then(|ends| self.best.get(&ends));
        let all = || Best::All(self.keys.get(from..to).unwrap_or_default());
        known.map_or_else(all, |known| Best::Ranked(known))
    }

    /// All keys between two positions.
    pub(super) fn all(&self, from: usize, to: usize) -> &[u32] {
        let (from, to) = self.between(from, to);
        self.keys.get(from..to).unwrap_or_default()
    }

    fn between(&self, from: usize, to: usize) -> (usize, usize) {
        let before = |end: usize| match &self.ranks {
            Some(ranks) => ranks.before(end),
            None => self.keys.partition_point(|&key| (key as usize) < end),
        };
        (before(from), before(to))
    }
}

impl From<Met> for Known {
    fn from(Met { key, thing, rank, .. }: Met) -> Self {
        Self { key, thing, rank }
    }
}

fn ends(from: usize, to: usize) -> Option<(u32, u32)> {
    Some((u32::try_from(from).ok()?, u32::try_from(to).ok()?))
}

impl Order<'_> {
    fn byte(&self, key: u32, depth: usize) -> Option<u8> {
        let key = self.keys.get(key as usize)?;
        let inside = depth < usize::from(key.length);
        inside.then(|| self.pool.get(key.at as usize + depth).copied()).flatten()
    }

    fn best(&self, keys: &[u32]) -> Box<[Known]> {
        let met = keys.iter().filter_map(|&key| self.met(key));
        let Some(most) = self.most else {
            let mut all: Vec<Met> = met.collect();
            let kind = |met: &Met| self.thing(*met).map(|thing| thing.kind);
            all.sort_unstable_by_key(|met| (kind(met), met.rank, met.text));
            all.dedup_by_key(|met| met.thing);
            return all.into_iter().map(Known::from).collect();
        };
        let (mut places, mut others) = (Top::new(most), Top::new(most));
        for met in met {
            let place = self.thing(met).is_some_and(|thing| thing.kind == Kind::Place);
            if place { places.offer(met) } else { others.offer(met) }
        }
        places.into_all().into_iter().chain(others.into_all()).map(Known::from).collect()
    }

    fn thing(&self, met: Met) -> Option<&Thing> {
        self.things.get(met.thing as usize)
    }

    fn met(&self, key: u32) -> Option<Met> {
        let Key { thing, text, .. } = *self.keys.get(key as usize)?;
        let of = self.things.get(thing as usize)?;
        // of places all that lie in one another count alike here
        let score = match &self.within {
            Some(range) if of.kind != Kind::Place => {
                worth_here(of.kind, doublings(of.count(Some(range))))
            }
            _ => 0,
        };
        Some(Met { score, rank: of.rank, thing, key, text })
    }
}
