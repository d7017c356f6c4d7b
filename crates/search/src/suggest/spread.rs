//! How much is open, place by place, of what is at home nowhere.

use std::{collections::HashMap, ops::Range};

use super::thing::{Chosen, Thing, doublings, is_settled, regions};

/// Of each thing the doublings of what is open of it.
pub(super) struct Spread {
    /// By the number of a province or a city, then of a thing.
    wide: HashMap<u32, Box<[u8]>>,
    /// By the number of a county only of those that it has: the number of a thing in the high bits,
    /// its doublings in the low ones, in order.
    counties: HashMap<u32, Box<[u32]>>,
}

/// Doublings are at most 64.
const BITS: u32 = 7;

impl Spread {
    /// Those that are at home nowhere come first among the things.
    pub(super) fn new(things: &[Thing]) -> Self {
        let common = things.partition_point(|thing| !is_settled(thing.kind));
        let mut wide: HashMap<u32, Box<[u8]>> = HashMap::new();
        let mut counties: HashMap<u32, Vec<u32>> = HashMap::new();
        for (thing, at) in things.iter().take(common).zip(0_u32..) {
            for group in thing.homes() {
                let open = doublings(thing.count(Some(&regions(group))));
                if group >= 10_000 {
                    counties.entry(group).or_default().push(at << BITS | u32::from(open));
                    continue;
                }
                let row = wide.entry(group).or_insert_with(|| vec![0; common].into());
                if let Some(cell) = row.get_mut(at as usize) {
                    *cell = open;
                }
            }
        }
        let counties = counties.into_iter().map(|(group, row)| (group, row.into())).collect();
        Self { wide, counties }
    }

    /// What there is in a place; where there is no row nothing is open.
    pub(super) fn within(&self, chosen: &Chosen) -> Within<'_> {
        let groups: Vec<u32> = chosen.groups().collect();
        let wide = groups.iter().take(2).next_back().and_then(|group| self.wide.get(group));
        let row = |group| self.counties.get(group).map(AsRef::as_ref).unwrap_or_default();
        Within {
            wide: wide.map(AsRef::as_ref).unwrap_or_default(),
            county: groups.get(2).map(row),
            small: chosen.small(),
        }
    }
}

/// What there is in one place: first of the city around it, which is soonest looked at.
pub(super) struct Within<'a> {
    wide: &'a [u8],
    county: Option<&'a [u32]>,
    small: Option<Range<i64>>,
}

impl Within<'_> {
    /// The doublings of what is open of a thing. `None` as soon as `may` says that so many are not
    /// enough: what lies around a place has no fewer.
    pub(super) fn doublings(
        &self,
        (at, thing): (u32, &Thing),
        may: impl Fn(u8) -> bool,
    ) -> Option<u8> {
        let mut most = self.wide.get(at as usize).copied().unwrap_or_default();
        if let Some(row) = self.county.filter(|_| most > 0 && may(most)) {
            let place = row.partition_point(|cell| cell >> BITS < at);
            let cell = row.get(place).filter(|&cell| cell >> BITS == at);
            most = cell.map_or(0, |cell| (cell & ((1 << BITS) - 1)) as u8);
        }
        if let Some(range) = self.small.as_ref().filter(|_| most > 0 && may(most)) {
            most = doublings(thing.count(Some(range)));
        }
        may(most).then_some(most)
    }
}
