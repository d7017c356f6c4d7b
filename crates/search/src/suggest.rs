//! Type-ahead: a sorted row of everything somebody may type, held in memory, made anew beside the
//! old one. The best of every long stretch of the row are known beforehand, so that one letter
//! costs no more than ten.

mod build;
mod found;
mod shelf;
pub(crate) mod sound;
mod spread;
mod thing;
mod top;

use std::collections::HashMap;

use model::{
    region::Code,
    vacancy::suggestion::{Kind, Suggestion},
};

use crate::words::{fold, head};
use found::Found;
use shelf::Shelf;
use sound::Readings;
use spread::Spread;
use thing::{Brief, Thing};

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
    /// The first eight bytes of each key, in which most are found.
    heads: Vec<u64>,
    pool: String,
    /// By kind, and those that are at home nowhere come first.
    things: Vec<Thing>,
    /// Where the things of each kind end.
    ends: [u32; Kind::ALL.len()],
    /// Of each thing.
    briefs: Vec<Brief>,
    shelves: Shelves,
    spread: Spread,
    readings: Readings,
}

/// Where the best of a beginning stand.
struct Shelves {
    /// What is at home nowhere.
    common: Shelf,
    /// Places and employers, of everywhere.
    far: Shelf,
    /// And those of a province, a city, a county, by its number.
    local: HashMap<u32, Shelf>,
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

/// The most characters that are looked at.
const LONGEST: usize = 32;

impl Suggester {
    /// How many things there are to suggest.
    pub fn len(&self) -> usize {
        self.things.len()
    }

    pub fn is_empty(&self) -> bool {
        self.things.is_empty()
    }

    /// The likeliest things that `typed` begins, best first; with a place chosen those of it first.
    /// At most eight of a kind where very many begin so.
    pub fn find(&self, typed: &str, region: Option<&Code>, limit: usize) -> Vec<Suggestion> {
        let typed = folded(typed);
        let joined: String = typed.chars().filter(|c| *c != ' ').collect();
        let mut found = Found::new(self, region, limit);
        found.begin(&typed);
        if joined != typed {
            found.begin(&joined);
        }
        if found.count() < limit {
            found.mixed(&joined);
        }
        found.best(limit)
    }

    /// Where the things after those of a kind begin.
    fn after(&self, kind: Kind) -> u32 {
        self.ends.get(kind as usize).copied().unwrap_or_default()
    }

    fn text(&self, key: &Key) -> &str {
        key.text_in(&self.pool)
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

    /// Where the keys that are `prefix` itself end in its stretch.
    fn end(&self, (from, to): (usize, usize), prefix: &str) -> usize {
        let keys = self.keys.get(from..to).unwrap_or_default();
        from + keys.partition_point(|key| usize::from(key.length) == prefix.len())
    }

    /// Does what was typed spell the beginning of the text of a key?
    fn spells(&self, typed: &str, key: u32) -> bool {
        let key = self.keys.get(key as usize);
        let thing = key.and_then(|key| self.things.get(key.thing as usize));
        let text = thing.zip(key).and_then(|(of, key)| of.texts.get(usize::from(key.text)));
        let Some(text) = text else { return false };
        let plain = |c: char| c.is_ascii() || text.chars().any(|other| fold(other) == c);
        if !typed.chars().all(plain) {
            return false;
        }
        // no more of it need be read than was typed, and the rest of the word that stands there
        let begin: Vec<char> = kept(text).take(typed.chars().count() + 4).collect();
        self.readings.spells(typed, &begin)
    }

    /// The stretch of keys that begin with `prefix`.
    fn range(&self, prefix: &str) -> (usize, usize) {
        let first = head(prefix);
        let open = u64::MAX.checked_shr(u32::try_from(prefix.len() * 8).unwrap_or(u32::MAX));
        let last = first | open.unwrap_or_default();
        let from = self.heads.partition_point(|&head| head < first);
        let to = self.heads.partition_point(|&head| head <= last);
        if prefix.len() <= size_of::<u64>() {
            return (from, to);
        }
        let keys = self.keys.get(from..to).unwrap_or_default();
        let before = keys.partition_point(|key| self.text(key) < prefix);
        let rest = keys.get(before..).unwrap_or_default();
        let count = rest.partition_point(|key| self.text(key).starts_with(prefix));
        (from + before, from + before + count)
    }
}

impl Key {
    fn text_in<'p>(&self, pool: &'p str) -> &'p str {
        let from = self.at as usize;
        pool.get(from..from + usize::from(self.length)).unwrap_or_default()
    }
}

/// Text as keys have it: letters, digits and Chinese characters, one space between foreign words.
fn folded(text: &str) -> String {
    kept(text).collect()
}

/// The characters of [`folded`] text, one by one.
fn kept(text: &str) -> impl Iterator<Item = char> {
    let mut last: Option<char> = None;
    let mut gap = false;
    let kept = text.chars().map(fold).take(LONGEST * 4).flat_map(move |c| {
        let c = if c == 'ü' { 'v' } else { c };
        if !(c.is_alphanumeric() || "+#.".contains(c)) {
            // people set syllables apart with it
            gap = gap || c != '\'';
            return [None, None];
        }
        let apart = gap && c.is_ascii() && last.is_some_and(|last| last.is_ascii());
        gap = false;
        last = Some(c);
        [apart.then_some(' '), Some(c)]
    });
    kept.flatten().take(LONGEST)
}

#[cfg(test)]
mod tests;
