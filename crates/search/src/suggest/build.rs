//! Making a suggester: from items to sorted keys.

use std::{
    cmp::Reverse,
    collections::{HashMap, HashSet},
};

use model::vacancy::suggestion::Kind;

use super::{
    Item, Key, Suggester, Thing, folded,
    shelf::{Order, Shelf},
    sound::{Readings, spellings},
};
use crate::vacancy::region_number;

/// Bytes of a key that are kept: more than anybody types.
const WIDEST: usize = 96;

impl Suggester {
    /// Takes seconds for hundreds of thousands of items: call from where blocking is allowed.
    pub fn new(items: &[Item]) -> Self {
        let places = items.iter().filter(|item| item.kind == Kind::Place);
        let spoken = places.clone().filter(|item| !item.pinyin.is_empty() && item.id.len() == 6);
        let called = |item: &Item| item.texts.first().cloned().unwrap_or_default();
        let names: Vec<(String, &str)> = spoken.map(|i| (called(i), i.pinyin.as_str())).collect();
        let readings = Readings::new(names.iter().map(|(name, pinyin)| (name.as_str(), *pinyin)));
        let stems: HashSet<String> =
            names.iter().flat_map(|(name, _)| [Some(name.clone()), stem(name)]).flatten().collect();
        let keys = Keys { readings: &readings, stems: &stems };
        let mut made: Vec<(String, u8, u32)> = Vec::new();
        for (item, thing) in items.iter().zip(0..) {
            made.extend(keys.of(item).into_iter().map(|(text, key)| (key, text, thing)));
        }
        made.sort_unstable();
        let mut pool = String::new();
        let keys: Vec<Key> = made.iter().filter_map(|made| key(made, &mut pool)).collect();
        drop(made);
        let things: Vec<Thing> = items.iter().map(Thing::new).collect();
        let rank = ranks(&things);
        let order = Order { keys: &keys, pool: pool.as_bytes(), rank: &rank };
        let everything = Shelf::new((0..).take(keys.len()).collect(), &order);
        let local = local(&things, &keys);
        let local = local.into_iter().map(|(group, keys)| (group, Shelf::new(keys, &order)));
        Self { local: local.collect(), keys, pool, things, everything, readings }
    }
}

/// Puts a key into the pool, or finds it there where the one before was the same.
fn key((text, number, thing): &(String, u8, u32), pool: &mut String) -> Option<Key> {
    let length = u8::try_from(text.len()).ok()?;
    let at = if pool.ends_with(text.as_str()) { pool.len() - text.len() } else { pool.len() };
    if at == pool.len() {
        pool.push_str(text);
    }
    Some(Key { at: u32::try_from(at).ok()?, length, text: *number, thing: *thing })
}

/// The place of each thing in the order of worth.
fn ranks(things: &[Thing]) -> Vec<u32> {
    let worth = |thing: &Thing| Reverse(thing.worth(u64::from(thing.total)));
    let mut order: Vec<(Reverse<i64>, u32)> = things.iter().map(worth).zip(0..).collect();
    order.sort_unstable();
    let mut ranks = vec![0; things.len()];
    for ((_, thing), rank) in order.into_iter().zip(0..) {
        if let Some(place) = ranks.get_mut(thing as usize) {
            *place = rank;
        }
    }
    ranks
}

/// The keys of the places and employers of each city and each province.
fn local(things: &[Thing], keys: &[Key]) -> HashMap<u32, Vec<u32>> {
    let groups: Vec<Vec<u32>> = things.iter().map(Thing::groups).collect();
    let mut local: HashMap<u32, Vec<u32>> = HashMap::new();
    for (key, at) in keys.iter().zip(0..) {
        for &group in groups.get(key.thing as usize).into_iter().flatten() {
            local.entry(group).or_default().push(at);
        }
    }
    local
}

impl Thing {
    fn new(item: &Item) -> Self {
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
        Self {
            kind: item.kind,
            id: item.id.as_str().into(),
            texts: item.texts.iter().map(|text| text.as_str().into()).collect(),
            spread: if item.kind == Kind::Place { [].into() } else { open.into() },
            total: sum,
        }
    }

    /// Beginnings of the codes of the cities and provinces it is at home in.
    fn groups(&self) -> Vec<u32> {
        let mut groups: Vec<u32> = match self.kind {
            Kind::Place => {
                let part = |digits| self.id.get(..digits).and_then(|code| code.parse().ok());
                [part(2), part(4)].into_iter().flatten().collect()
            }
            Kind::Employer => {
                let known = self.spread.iter().map(|(region, _)| *region).filter(|r| *r > 0);
                known.flat_map(|region| [region / 10_000_000, region / 100_000]).collect()
            }
            Kind::Occupation | Kind::Words | Kind::Skill => Vec::new(),
        };
        groups.sort_unstable();
        groups.dedup();
        groups
    }
}

/// What keys are made with.
struct Keys<'a> {
    readings: &'a Readings,
    /// Names of places, with and without what kind of place they are.
    stems: &'a HashSet<String>,
}

/// What a place is called besides its name.
const PLACES: [&str; 7] = ["自治县", "省", "市", "区", "县", "旗", "盟"];

fn stem(name: &str) -> Option<String> {
    let stem = PLACES.iter().find_map(|kind| name.strip_suffix(kind))?;
    (stem.chars().count() > 1).then(|| stem.to_owned())
}

impl Keys<'_> {
    /// Every way to type an item, each with the number of its text.
    fn of(&self, item: &Item) -> Vec<(u8, String)> {
        let mut keys = Vec::new();
        for (text, number) in item.texts.iter().zip(0..=u8::MAX) {
            let text = folded(text);
            self.read(&text, item, number, &mut keys);
            let own = if item.kind == Kind::Employer { self.without_place(&text) } else { None };
            if let Some(own) = own {
                self.read(own, item, number, &mut keys);
            }
            let words = text.match_indices(' ').filter_map(|(gap, _)| text.get(gap + 1..));
            keys.extend(words.map(|word| (number, word.to_owned())));
        }
        if !item.pinyin.is_empty() {
            let syllables = item.pinyin.split(' ');
            keys.push((0, syllables.clone().collect()));
            keys.push((0, syllables.filter_map(|syllable| syllable.chars().next()).collect()));
        }
        for (_, key) in &mut keys {
            let end = (0..=WIDEST.min(key.len())).rev().find(|end| key.is_char_boundary(*end));
            key.truncate(end.unwrap_or_default());
        }
        keys.retain(|(_, key)| !key.is_empty());
        keys.sort_unstable_by(|a, b| a.1.cmp(&b.1).then(a.0.cmp(&b.0)));
        keys.dedup_by(|a, b| a.1 == b.1);
        keys
    }

    fn read(&self, text: &str, item: &Item, number: u8, keys: &mut Vec<(u8, String)>) {
        keys.push((number, text.to_owned()));
        if text.is_ascii() || (item.kind == Kind::Place && !item.pinyin.is_empty() && number == 0) {
            return;
        }
        // what people wrote is read in one way: all others would be five times as many keys
        let every = item.kind != Kind::Employer && item.kind != Kind::Words;
        let spelled = spellings(&self.readings.sounds(text), every);
        keys.extend(spelled.into_iter().map(|key| (number, key)));
    }

    /// An employer's own name: nobody begins with the city.
    fn without_place<'t>(&self, text: &'t str) -> Option<&'t str> {
        let mut rest = text;
        for _ in 0..3 {
            let ends = rest.char_indices().map(|(at, _)| at).skip(2).take(6);
            let place = ends.filter_map(|end| rest.get(..end)).filter(|p| self.stems.contains(*p));
            let Some(place) = place.last() else { break };
            rest = rest.get(place.len()..).unwrap_or_default();
        }
        (rest.len() < text.len() && rest.chars().count() > 1).then_some(rest)
    }
}
