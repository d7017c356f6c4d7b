//! Something to suggest, and what it is worth where somebody looks.

use std::ops::Range;

use model::{
    region::Code,
    vacancy::suggestion::{Kind, Suggestion},
};

use super::Item;
use crate::vacancy::{region_number, region_range};

pub(super) struct Thing {
    pub(super) kind: Kind,
    pub(super) id: Box<str>,
    pub(super) texts: Box<[Box<str>]>,
    /// Regions as numbers, each with the count of it and all before it; empty for places.
    spread: Box<[(u32, u32)]>,
    total: u32,
    /// A place's own number.
    at: u32,
    /// Its place in the order of everything, with no place chosen; no two have the same.
    pub(super) rank: u32,
}

/// What decides of most things whether they come first: so many lie close together that looking at
/// one costs little.
#[derive(Clone, Copy)]
pub(super) struct Brief {
    pub(super) kind: Kind,
    /// Its worth with no place chosen.
    value: i32,
    pub(super) rank: u32,
    /// A place's own number; of an employer the region where all lies that is open of it.
    at: u32,
}

impl Brief {
    pub(super) fn new(thing: &Thing) -> Self {
        let only = match (&*thing.spread, thing.total) {
            (_, 0) => 0,
            ([(region, _)], _) => *region,
            _ => 0,
        };
        let at = if thing.kind == Kind::Employer { only } else { thing.at };
        let value = i32::try_from(thing.value()).unwrap_or_default();
        Self { kind: thing.kind, value, rank: thing.rank, at }
    }

    /// As [`Thing::score`]; `None` where the thing itself has to be asked.
    pub(super) fn score(&self, chosen: Option<&Chosen>) -> Option<i64> {
        let (value, at) = (i64::from(self.value), i64::from(self.at));
        match (chosen, self.kind) {
            (None, _) => Some(value),
            (Some(chosen), Kind::Place) => Some(value + chosen.nearness(self.at)),
            (Some(chosen), Kind::Employer) if at > 0 => {
                let here = chosen.own.contains(&at);
                Some(if here { value + HERE } else { worth(Kind::Employer, false, 0) })
            }
            (Some(_), _) => None,
        }
    }
}

/// Where somebody looks.
pub(super) struct Chosen {
    level: i64,
    own: Range<i64>,
    city: Range<i64>,
    province: Range<i64>,
}

/// What being near is worth: of a place that it lies in the chosen one, in its city, in its
/// province; of anything else that there is some of it.
const INSIDE: i64 = 90;
const CITY: i64 = 60;
const PROVINCE: i64 = 30;
const HERE: i64 = 30;

impl Chosen {
    pub(super) fn new(region: &Code) -> Self {
        let range = |level| region_range(&region.at_level(level));
        let own = region_range(region);
        Self { level: region.level(), own, city: range(2), province: range(1) }
    }

    /// The shelves of the province, the city and the county, as far as they are chosen.
    pub(super) fn groups(&self) -> impl Iterator<Item = u32> {
        let levels = usize::try_from(self.level).unwrap_or_default();
        groups(self.own.start).into_iter().take(levels)
    }

    /// Its regions, where it is smaller than what has a shelf.
    pub(super) fn small(&self) -> Option<Range<i64>> {
        (self.level > 3).then(|| self.own.clone())
    }

    fn nearness(&self, place: u32) -> i64 {
        let place = i64::from(place);
        match self.level {
            _ if self.own.contains(&place) => INSIDE,
            2.. if self.city.contains(&place) => CITY,
            _ if self.province.contains(&place) => PROVINCE,
            _ => 0,
        }
    }
}

/// Numbers of the shelves of a region's province, city and county.
pub(super) fn groups(region: i64) -> [u32; 3] {
    [10_000_000, 100_000, 1_000].map(|step| u32::try_from(region / step).unwrap_or_default())
}

/// The regions of a shelf.
pub(super) fn regions(group: u32) -> Range<i64> {
    let step = match group {
        0..100 => 10_000_000,
        100..10_000 => 100_000,
        _ => 1_000,
    };
    i64::from(group) * step..i64::from(group + 1) * step
}

/// How often twice as many there are.
pub(super) const fn doublings(count: u64) -> u8 {
    #[expect(clippy::cast_possible_truncation, reason = "at most 64")]
    let doublings = (u64::BITS - count.leading_zeros()) as u8;
    doublings
}

/// What something counts for: its kind, and how often twice as many there are.
fn worth(kind: Kind, township: bool, doublings: u8) -> i64 {
    let of_kind = match kind {
        Kind::Occupation => 30,
        Kind::Words | Kind::Place => 20,
        Kind::Skill => 12,
        Kind::Employer => 0,
    };
    let none = match kind {
        _ if doublings > 0 => 0,
        Kind::Skill => 10,
        // townships are many, and nobody looks for one without a post
        Kind::Place if township => 80,
        Kind::Occupation | Kind::Words | Kind::Employer | Kind::Place => 40,
    };
    of_kind + i64::from(doublings) * 6 - none
}

/// What anything but a place is worth in the chosen one.
pub(super) fn worth_here(kind: Kind, doublings: u8) -> i64 {
    worth(kind, false, doublings) + if doublings > 0 { HERE } else { 0 }
}

/// Places and employers are at home somewhere; the others are few and everywhere.
pub(super) const fn is_settled(kind: Kind) -> bool {
    matches!(kind, Kind::Place | Kind::Employer)
}

/// The order of the kinds among the things.
pub(super) const fn order(kind: Kind) -> (bool, Kind) {
    (is_settled(kind), kind)
}

impl Thing {
    pub(super) fn new(item: &Item) -> Self {
        let number = |code: &str| u32::try_from(region_number(code)).unwrap_or_default();
        let small = |count: u64| u32::try_from(count).unwrap_or(u32::MAX);
        let mut open: Vec<(u32, u32)> =
            item.open.iter().map(|(code, count)| (number(code), small(*count))).collect();
        open.sort_unstable();
        let mut sum = 0_u32;
        for (_, count) in &mut open {
            sum = sum.saturating_add(*count);
            *count = sum;
        }
        let place = item.kind == Kind::Place;
        Self {
            kind: item.kind,
            id: item.id.as_str().into(),
            texts: item.texts.iter().map(|text| text.as_str().into()).collect(),
            spread: if place { [].into() } else { open.into() },
            total: sum,
            at: if place { number(&item.id) } else { 0 },
            rank: 0,
        }
    }

    /// Shelves of the places in which it is at home, each once.
    pub(super) fn homes(&self) -> Vec<u32> {
        let spread = self.spread.iter().map(|&(region, _)| region);
        let regions = spread.chain([self.at]).filter(|&region| region > 0);
        let mut homes: Vec<u32> = regions.flat_map(|region| groups(region.into())).collect();
        homes.sort_unstable();
        homes.dedup();
        homes
    }

    /// Open vacancies of it between two numbers; of a place all that lie in it.
    pub(super) fn count(&self, within: Option<&Range<i64>>) -> u64 {
        let Some(range) = within.filter(|_| self.kind != Kind::Place) else {
            return u64::from(self.total);
        };
        let from = self.spread.partition_point(|&(at, _)| i64::from(at) < range.start);
        let (before, rest) = self.spread.split_at(from);
        let within = |&(at, _): &(u32, u32)| i64::from(at) < range.end;
        // most ranges are short: their end is looked for from their beginning
        let mut step = 8;
        while rest.get(step).is_some_and(within) {
            step *= 2;
        }
        let near = rest.get(..step).unwrap_or(rest);
        let inside = near.get(..near.partition_point(within)).unwrap_or_default();
        let sum = |row: &[(u32, u32)]| row.last().map(|&(_, sum)| sum);
        let before = sum(before).unwrap_or_default();
        u64::from(sum(inside).map_or(0, |end| end - before))
    }

    /// What it is worth with no place chosen.
    pub(super) fn value(&self) -> i64 {
        worth(self.kind, self.id.len() > 6, doublings(self.total.into()))
    }

    /// What it is worth to somebody who looks there: by how much there is, and how near it lies.
    pub(super) fn score(&self, chosen: &Chosen) -> i64 {
        match self.kind {
            Kind::Place => self.value() + chosen.nearness(self.at),
            kind => worth_here(kind, doublings(self.count(Some(&chosen.own)))),
        }
    }

    pub(super) fn suggestion(&self, text: u8, chosen: Option<&Chosen>) -> Suggestion {
        let said = |at: usize| self.texts.get(at).map(ToString::to_string).unwrap_or_default();
        Suggestion {
            kind: self.kind,
            id: self.id.to_string(),
            name: said(0),
            matched: said(usize::from(text)),
            count: self.count(chosen.map(|chosen| &chosen.own)),
        }
    }
}
