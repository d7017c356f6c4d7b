//! Places by the first letters somebody types: name, pinyin, initials.

use crate::region::Region;

/// Keys in order, each with the position of its place; two words of one place are two keys.
pub(super) struct Sounds {
    keys: Vec<(String, usize)>,
    /// Level of the place at a position: larger places come first.
    levels: Vec<i64>,
}

impl Sounds {
    pub(super) fn new(regions: &[Region]) -> Self {
        let mut keys = Vec::new();
        for (at, region) in regions.iter().enumerate() {
            if region.valid_to.is_none() && !region.is_nameless() {
                keys.push((region.name.clone(), at));
                keys.push((folded(&region.pinyin), at));
                keys.push((
                    region.pinyin.split(' ').filter_map(|s| s.chars().next()).collect(),
                    at,
                ));
            }
        }
        keys.sort_unstable();
        keys.dedup();
        Self { keys, levels: regions.iter().map(|r| r.level).collect() }
    }

    /// Positions of at most `limit` places.
    pub(super) fn find(&self, prefix: &str, limit: usize) -> Vec<usize> {
        let prefix = folded(prefix);
        if prefix.is_empty() {
            return Vec::new();
        }
        let from = self.keys.partition_point(|(key, _)| *key < prefix);
        let hits = self.keys.iter().skip(from).take_while(|(key, _)| key.starts_with(&prefix));
        let rank = |(key, at): &(String, usize)| {
            (self.levels.get(*at).copied().unwrap_or(i64::MAX), key.len(), *at)
        };
        let mut found: Vec<_> = hits.map(rank).collect();
        found.sort_unstable();
        let mut places = Vec::new();
        for (_, _, at) in found {
            if places.len() < limit && !places.contains(&at) {
                places.push(at);
            }
        }
        places
    }
}

fn folded(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect()
}
