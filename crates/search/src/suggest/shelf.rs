//! One selection of the sorted keys, with the best of its long stretches.

use std::collections::HashMap;

use super::Key;

/// A stretch up to this long is looked at whole.
const SHORT: usize = 96;
/// Of a longer one these many are kept.
const KEPT: usize = 48;

/// Positions of keys, ascending: so they are in the order of their texts.
pub(super) struct Shelf {
    keys: Vec<u32>,
    /// By the ends of the stretch.
    best: HashMap<(u32, u32), Box<[u32]>>,
}

/// What is needed to find the best: the keys, their texts, and the place of each thing in the
/// order of worth.
pub(super) struct Order<'a> {
    pub(super) keys: &'a [Key],
    pub(super) pool: &'a [u8],
    pub(super) rank: &'a [u32],
}

impl Shelf {
    pub(super) fn new(keys: Vec<u32>, order: &Order<'_>) -> Self {
        let mut shelf = Self { keys, best: HashMap::new() };
        shelf.look(0, shelf.keys.len(), order);
        shelf
    }

    /// Looks at a stretch whose keys have their first `depth` bytes in common, and at those in it.
    fn look(&mut self, from: usize, to: usize, order: &Order<'_>) {
        let mut waiting = vec![(from, to, 0)];
        while let Some((from, to, depth)) = waiting.pop() {
            let Some(keys) = self.keys.get(from..to).filter(|keys| keys.len() > SHORT) else {
                continue;
            };
            if let Some(ends) = ends(from, to)
                && depth > 0
                && !self.best.contains_key(&ends)
            {
                self.best.insert(ends, order.best(keys));
            }
            let mut start = 0;
            while let Some(&first) = keys.get(start) {
                let byte = order.byte(first, depth);
                let same = keys.get(start..).unwrap_or_default();
                let length = same.partition_point(|&key| order.byte(key, depth) <= byte);
                if byte.is_some() {
                    waiting.push((from + start, from + start + length, depth + 1));
                }
                start += length;
            }
        }
    }

    /// The best of the keys whose positions lie between `from` and `to`, in no order.
    pub(super) fn best(&self, from: usize, to: usize) -> &[u32] {
        let before = |end: usize| self.keys.partition_point(|&key| (key as usize) < end);
        let (from, to) = (before(from), before(to));
        let known = ends(from, to).and_then(|ends| self.best.get(&ends));
        let short = || self.keys.get(from..to.min(from + SHORT)).unwrap_or_default();
        known.map_or_else(short, AsRef::as_ref)
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

    /// Each thing once, by its shortest key.
    fn best(&self, keys: &[u32]) -> Box<[u32]> {
        let rank = |key: u32| {
            let key = self.keys.get(key as usize)?;
            Some((*self.rank.get(key.thing as usize)?, key.length))
        };
        let mut ranked: Vec<_> = keys.iter().map(|&key| (rank(key), key)).collect();
        // a thing has few keys in one stretch: four times as many hold enough things
        let most = KEPT * 4;
        if ranked.len() > most {
            ranked.select_nth_unstable(most);
            ranked.truncate(most);
        }
        ranked.sort_unstable();
        let mut last = None;
        ranked.retain(|&(rank, _)| {
            let thing = rank.map(|(rank, _)| rank);
            let fresh = thing != last;
            last = thing;
            fresh
        });
        ranked.into_iter().take(KEPT).map(|(_, key)| key).collect()
    }
}
