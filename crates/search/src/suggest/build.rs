//! Making a suggester: from items to sorted keys.

use std::{
    cmp::Reverse,
    collections::{HashMap, HashSet},
};

use model::vacancy::suggestion::Kind;

use crate::words::head;

use super::{
    Item, Key, Shelves, Suggester, folded,
    shelf::{Order, Shelf},
    sound::{Readings, spellings},
    spread::Spread,
    thing::{Brief, Thing, is_settled, order, regions},
};

/// Bytes of a key that are kept: more than anybody types.
const WIDEST: usize = 96;
/// Of a kind, where very many begin alike.
const KEPT: usize = 8;

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
        let mut items: Vec<&Item> = items.iter().collect();
        items.sort_by_key(|item| order(item.kind));
        let mut made: Vec<(String, u8, u32)> = Vec::new();
        for (item, thing) in items.iter().zip(0..) {
            made.extend(keys.of(item).into_iter().map(|(text, key)| (key, text, thing)));
        }
        made.sort_unstable();
        let mut pool = String::new();
        let keys: Vec<Key> = made.iter().filter_map(|made| key(made, &mut pool)).collect();
        drop(made);
        let mut things: Vec<Thing> = items.into_iter().map(Thing::new).collect();
        rank(&mut things);
        let shelves = Shelves::new(&things, &keys, pool.as_bytes());
        let spread = Spread::new(&things);
        let mut ends = [0; Kind::ALL.len()];
        for (end, &kind) in ends.iter_mut().zip(Kind::ALL) {
            let after = things.partition_point(|thing| order(thing.kind) <= order(kind));
            *end = u32::try_from(after).unwrap_or(u32::MAX);
        }
        let briefs = things.iter().map(Brief::new).collect();
        let heads = keys.iter().map(|key| head(key.text_in(&pool))).collect();
        Self { keys, heads, pool, things, ends, briefs, shelves, spread, readings }
    }
}

impl Shelves {
    fn new(things: &[Thing], keys: &[Key], pool: &[u8]) -> Self {
        let settled = |at: &u32| {
            let key = keys.get(*at as usize);
            key.and_then(|key| things.get(key.thing as usize)).is_some_and(|t| is_settled(t.kind))
        };
        let (far, common): (Vec<u32>, Vec<u32>) = (0..).take(keys.len()).partition(settled);
        let sorted = |within, most| Order { keys, pool, things, within, most };
        let local = local(things, keys).into_iter().map(|(group, keys)| {
            (group, Shelf::new(keys, &sorted(Some(regions(group)), Some(KEPT))))
        });
        Self {
            common: Shelf::new(common, &sorted(None, None)),
            far: Shelf::new(far, &sorted(None, Some(KEPT))),
            local: local.collect(),
        }
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

/// Gives each its place in the order of worth; among equals the shorter name first.
fn rank(things: &mut [Thing]) {
    let place = |thing: &Thing| {
        let length = thing.texts.first().map_or(0, |name| name.chars().count());
        (Reverse(thing.value()), thing.kind, length)
    };
    let places: Vec<_> = things.iter().map(place).collect();
    let mut order: Vec<(&mut Thing, _)> = things.iter_mut().zip(places).collect();
    order.sort_unstable_by(|(a, x), (b, y)| x.cmp(y).then_with(|| a.id.cmp(&b.id)));
    for ((thing, _), rank) in order.iter_mut().zip(0..) {
        thing.rank = rank;
    }
}

/// The keys of the places and employers of each province, city and county.
fn local(things: &[Thing], keys: &[Key]) -> HashMap<u32, Vec<u32>> {
    let homes: Vec<Vec<u32>> = things
        .iter()
        .map(|thing| if is_settled(thing.kind) { thing.homes() } else { Vec::new() })
        .collect();
    let mut local: HashMap<u32, Vec<u32>> = HashMap::new();
    for (key, at) in keys.iter().zip(0..) {
        for &group in homes.get(key.thing as usize).into_iter().flatten() {
            local.entry(group).or_default().push(at);
        }
    }
    local
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
