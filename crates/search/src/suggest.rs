//! Type-ahead: a sorted row of everything somebody may type, held in memory, made anew beside the
//! old one. The best of every long stretch of the row are known beforehand, so that one letter
//! costs no more than ten.

mod build;
mod shelf;
mod sound;

use std::{cmp::Reverse, collections::HashMap};

use model::{
    region::Code,
    vacancy::suggestion::{Kind, Suggestion},
};

use crate::{vacancy::region_range, words::fold};
use shelf::Shelf;
use sound::{Readings, initials, spells};

/// Something to suggest.
#[derive(Clone, Debug)]
pub struct Item {
    pub kind: Kind,
    /// As in [`Suggestion::id`].
    pub id: String,
    /// The name first, then the other words for it.
    pub texts: Vec<String>,
    /// Syllables with spaces between, where they are known: of the beginning of the name.
    pub pinyin: String,
    /// Open vacancies by the code of their region, empty where it is not known.
    pub open: Vec<(String, u64)>,
}

/// Everything that can be suggested, as of one moment.
pub struct Suggester {
    /// Sorted by their text.
    keys: Vec<Key>,
    pool: String,
    things: Vec<Thing>,
    everything: Shelf,
    /// What lies in a city or a province, by the beginning of its code.
    local: HashMap<u32, Shelf>,
    readings: Readings,
}

/// One way to type one text of one thing.
#[derive(Clone, Copy)]
struct Key {
    /// In the pool.
    at: u32,
    length: u8,
    /// Which of the texts.
    text: u8,
    thing: u32,
}

struct Thing {
    kind: Kind,
    id: Box<str>,
    texts: Box<[Box<str>]>,
    /// Regions as numbers, each with the count of it and all before it.
    spread: Box<[(u32, u32)]>,
    total: u32,
}

/// The most characters that are looked at.
const LONGEST: usize = 32;
/// Readings of mixed letters that are tried, and things held against each.
const READINGS: usize = 3;
const TRIED: usize = 16;
/// Of one kind at first: what is left is filled with any.
const OF_A_KIND: usize = 4;

/// What it is worth that something was typed to the end.
const WHOLE: i64 = 25;

impl Suggester {
    /// How many things there are to suggest.
    pub fn len(&self) -> usize {
        self.things.len()
    }

    pub fn is_empty(&self) -> bool {
        self.things.is_empty()
    }

    /// The likeliest things that `typed` begins, best first; with a place chosen those of it first.
    pub fn find(&self, typed: &str, region: Option<&Code>, limit: usize) -> Vec<Suggestion> {
        let typed = folded(typed);
        let mut found = Found { suggester: self, region, seen: Vec::new() };
        let joined: String = typed.chars().filter(|c| *c != ' ').collect();
        found.begin(&typed);
        if joined != typed {
            found.begin(&joined);
        }
        if found.seen.len() < limit && !joined.is_empty() {
            found.mixed(&joined);
        }
        found.best(limit)
    }

    fn text(&self, key: &Key) -> &str {
        let from = key.at as usize;
        self.pool.get(from..from + usize::from(key.length)).unwrap_or_default()
    }

    /// Is this one of the words of something, or one word of them? Everything else may be a name.
    pub fn knows(&self, word: &str) -> bool {
        let word = folded(word);
        let (from, to) = self.range(&word);
        let begins = |key: &Key| {
            let rest = self.text(key).strip_prefix(word.as_str());
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
        };
        self.keys.get(from..to).is_some_and(|keys| keys.first().is_some_and(begins))
    }

    /// The stretch of keys that begin with `prefix`.
    fn range(&self, prefix: &str) -> (usize, usize) {
        let from = self.keys.partition_point(|key| self.text(key) < prefix);
        let rest = self.keys.get(from..).unwrap_or_default();
        (from, from + rest.partition_point(|key| self.text(key).starts_with(prefix)))
    }
}

/// Text as keys have it: letters, digits and Chinese characters, one space between foreign words.
fn folded(text: &str) -> String {
    let mut out = String::new();
    let mut gap = false;
    for c in text.chars().map(fold).take(LONGEST * 4) {
        let c = if c == 'ü' { 'v' } else { c };
        if c.is_alphanumeric() || "+#.".contains(c) {
            if gap && out.chars().next_back().is_some_and(|c| c.is_ascii()) && c.is_ascii() {
                out.push(' ');
            }
            gap = false;
            out.push(c);
        } else {
            // people set syllables apart with it
            gap = gap || c != '\'';
        }
    }
    out.chars().take(LONGEST).collect()
}

/// What one question has come upon.
struct Found<'a> {
    suggester: &'a Suggester,
    region: Option<&'a Code>,
    /// Each thing once, with the text it was met by.
    seen: Vec<Met>,
}

#[derive(Clone, Copy)]
struct Met {
    thing: u32,
    text: u8,
    /// It was typed to the end.
    whole: bool,
}

impl Found<'_> {
    /// Whatever begins with the typed letters, first of all where the person looks.
    fn begin(&mut self, typed: &str) {
        if typed.is_empty() {
            return;
        }
        let suggester = self.suggester;
        let (from, to) = suggester.range(typed);
        for at in (from..to).take(TRIED * 4) {
            let Some(key) = suggester.keys.get(at).filter(|k| suggester.text(k) == typed) else {
                break;
            };
            self.meet(key, true);
        }
        let shelves =
            [self.region.and_then(|r| suggester.local.get(&group(r))), Some(&suggester.everything)];
        for shelf in shelves.into_iter().flatten() {
            for &key in shelf.best(from, to) {
                if let Some(key) = suggester.keys.get(key as usize) {
                    self.meet(key, false);
                }
            }
        }
    }

    /// Characters, syllables and first letters in one: `焊g`, `h工`.
    fn mixed(&mut self, typed: &str) {
        let suggester = self.suggester;
        let sounds = suggester.readings.sounds(typed);
        for row in initials(&sounds, READINGS) {
            let (from, to) = suggester.range(&row);
            for &key in suggester.everything.best(from, to).iter().take(TRIED) {
                let Some(key) = suggester.keys.get(key as usize) else { continue };
                let text = suggester.thing(key).and_then(|t| t.texts.get(usize::from(key.text)));
                let said = text.map(|text| suggester.readings.sounds(&folded(text)));
                if said.is_some_and(|said| spells(typed, &said)) {
                    self.meet(key, false);
                }
            }
        }
    }

    fn meet(&mut self, key: &Key, whole: bool) {
        let Some(met) = self.seen.iter_mut().find(|met| met.thing == key.thing) else {
            self.seen.push(Met { thing: key.thing, text: key.text, whole });
            return;
        };
        // by its name rather than by another word for it
        if met.whole == whole {
            met.text = met.text.min(key.text);
        }
    }

    fn best(self, limit: usize) -> Vec<Suggestion> {
        let rank = |met: &Met| {
            let thing = self.suggester.things.get(met.thing as usize)?;
            let count = thing.count(self.region);
            let near = self.region.map_or(0, |region| thing.nearness(region, count));
            let length = thing.texts.get(usize::from(met.text)).map_or(0, |t| t.chars().count());
            let whole = if met.whole { WHOLE } else { 0 };
            let worth = thing.worth(count) + near + whole;
            Some(((Reverse(worth), thing.kind, length), *met, thing, count))
        };
        let mut ranked: Vec<_> = self.seen.iter().filter_map(rank).collect();
        ranked.sort_by(|a, b| a.0.cmp(&b.0).then_with(|| a.2.id.cmp(&b.2.id)));
        let mut kinds: HashMap<Kind, usize> = HashMap::new();
        let (mut first, mut later) = (Vec::new(), Vec::new());
        for (_, met, thing, count) in ranked {
            let of_kind = kinds.entry(thing.kind).or_default();
            *of_kind += 1;
            let place = if *of_kind <= OF_A_KIND { &mut first } else { &mut later };
            place.push((met, thing, count));
        }
        let all = first.into_iter().chain(later).take(limit);
        all.map(|(met, thing, count)| thing.suggestion(met.text, count)).collect()
    }
}

/// The shelf of a place: that of its city, and for a province its own.
fn group(region: &Code) -> u32 {
    let digits = if region.level() > 1 { 4 } else { 2 };
    region.as_str().get(..digits).and_then(|code| code.parse().ok()).unwrap_or_default()
}

impl Suggester {
    fn thing(&self, key: &Key) -> Option<&Thing> {
        self.things.get(key.thing as usize)
    }
}

impl Thing {
    /// Open vacancies of it, in a place or anywhere. A place has those that lie in it.
    fn count(&self, region: Option<&Code>) -> u64 {
        let Some(region) = region.filter(|_| self.kind != Kind::Place) else {
            return u64::from(self.total);
        };
        let range = region_range(region);
        let before = |number: i64| {
            let place = self.spread.partition_point(|&(at, _)| i64::from(at) < number);
            place.checked_sub(1).and_then(|last| self.spread.get(last)).map_or(0, |&(_, sum)| sum)
        };
        u64::from(before(range.end) - before(range.start))
    }

    /// What it counts for: its kind, and how often twice as many there are.
    fn worth(&self, count: u64) -> i64 {
        let kind = match self.kind {
            Kind::Occupation => 30,
            Kind::Words | Kind::Place => 20,
            Kind::Skill => 12,
            Kind::Employer => 0,
        };
        let doublings = u64::BITS - count.leading_zeros();
        let none = match self.kind {
            _ if count > 0 => 0,
            Kind::Skill => 10,
            // townships are many, and nobody looks for one without a post
            Kind::Place if self.id.len() > 6 => 80,
            Kind::Occupation | Kind::Words | Kind::Employer | Kind::Place => 40,
        };
        kind + i64::from(doublings) * 6 - none
    }

    /// How much nearer it is than the rest of the country.
    fn nearness(&self, region: &Code, count: u64) -> i64 {
        if self.kind != Kind::Place {
            return if count > 0 { 30 } else { 0 };
        }
        let above = |level| region.at_level(level).contains(&self.id);
        match region.level() {
            _ if region.contains(&self.id) => 90,
            2.. if above(2) => 60,
            _ if above(1) => 30,
            _ => 0,
        }
    }

    fn suggestion(&self, text: u8, count: u64) -> Suggestion {
        let said = |at: usize| self.texts.get(at).map(ToString::to_string).unwrap_or_default();
        Suggestion {
            kind: self.kind,
            id: self.id.to_string(),
            name: said(0),
            matched: said(usize::from(text)),
            count,
        }
    }
}

#[cfg(test)]
mod tests;
