//! One selection of the sorted keys, with the best of its long stretches.

use std::{collections::HashMap, ops::Range};

use model::vacancy::suggestion::Kind;

use super::{
    Key,
    thing::{Thing, doublings},
    top::{Met, Top},
};

/// A stretch up to this long is looked at whole.
const SHORT: usize = 24;

/// Positions of keys, ascending: so they are in the order of their texts.
pub(super) struct Shelf {
    keys: Vec<u32>,
    /// By the ends of the stretch, each thing once, the best of a kind before the others.
    best: HashMap<(u32, u32), Box<[u32]>>,
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
        Self { keys, best }
    }

    /// Those of the keys between two positions that may be among the best.
    pub(super) fn best(&self, from: usize, to: usize) -> &[u32] {
        let (from, to) = self.between(from, to);
        let known = ends(from, to).and_then(|ends| self.best.get(&ends));
        known.map_or_else(|| self.keys.get(from..to).unwrap_or_default(), AsRef::as_ref)
    }

    /// All keys between two positions.
    pub(super) fn all(&self, from: usize, to: usize) -> &[u32] {
        let (from, to) = self.between(from, to);
        self.keys.get(from..to).unwrap_or_default()
    }

    fn between(&self, from: usize, to: usize) -> (usize, usize) {
        let before = |end: usize| self.keys.partition_point(|&key| (key as usize) < end);
        (before(from), before(to))
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

    fn best(&self, keys: &[u32]) -> Box<[u32]> {
        let met = keys.iter().filter_map(|&key| self.met(key));
        let Some(most) = self.most else {
            let mut all: Vec<Met> = met.collect();
            all.sort_unstable_by_key(|met| (met.rank, met.text));
            all.dedup_by_key(|met| met.thing);
            return all.into_iter().map(|met| met.key).collect();
        };
        let (mut places, mut others) = (Top::new(most), Top::new(most));
        for met in met {
            let place = self.thing(met).is_some_and(|thing| thing.kind == Kind::Place);
            if place { places.offer(met) } else { others.offer(met) }
        }
        places.into_all().into_iter().chain(others.into_all()).map(|met| met.key).collect()
    }

    fn thing(&self, met: Met) -> Option<&Thing> {
        self.things.get(met.thing as usize)
    }

    fn met(&self, key: u32) -> Option<Met> {
        let Key { thing, text, .. } = *self.keys.get(key as usize)?;
        let of = self.things.get(thing as usize)?;
        // of places all that lie in one another count alike here
        let score = match &self.within {
            Some(range) if of.kind != Kind::Place => of.worth(doublings(of.count(Some(range)))),
            _ => 0,
        };
        Some(Met { score, rank: of.rank, thing, key, text })
    }
}
