//! The place that a question names, in characters or in letters; and which it may be where several
//! are called so.

use std::ops::Range;

use crate::region::{Code, gazetteer::Gazetteer};

/// A name of a place in a text.
pub(super) struct Named {
    /// As deep as it is certain.
    pub(super) region: Option<Code>,
    /// Where it is not certain which.
    pub(super) candidates: Vec<Code>,
    pub(super) bytes: Vec<Range<usize>>,
}

/// Finds it; a word of letters is a place only where it `is_work` not.
pub(super) fn find(
    places: &Gazetteer,
    text: &str,
    around: &str,
    is_work: &dyn Fn(&str) -> bool,
) -> Option<Named> {
    in_characters(places, text, around).or_else(|| in_letters(places, text, around, is_work))
}

fn in_characters(places: &Gazetteer, text: &str, around: &str) -> Option<Named> {
    let (reading, bytes) = places.locate(text, around)?;
    let region = reading.region.parse().ok();
    let mut candidates: Vec<Code> = Vec::new();
    if !reading.candidates.contains(&reading.region) {
        candidates.extend(reading.candidates.iter().filter_map(|code| code.parse().ok()));
    }
    (region.is_some() || candidates.len() > 1).then_some(Named { region, candidates, bytes })
}

/// "in Tianshui", "welder Tianshui": a name in pinyin, a county's only among other words.
fn in_letters(
    places: &Gazetteer,
    text: &str,
    around: &str,
    is_work: &dyn Fn(&str) -> bool,
) -> Option<Named> {
    const FEW: usize = 30;
    const IN: &str = "in ";
    let chosen: Option<Code> = around.parse().ok();
    let words = words(text);
    words.iter().find_map(|range| {
        let (word, before) = (text.get(range.clone())?, text.get(..range.start)?);
        let told = before.ends_with(" in ");
        let length = if told || words.len() > 1 { 4 } else { 5 };
        if word.len() < length || (!told && is_work(word)) {
            return None;
        }
        let mut named = places.suggest(word, FEW);
        named.retain(|one| one.pinyin.replace(' ', "") == word && one.level <= 3);
        let larger = named.iter().map(|one| one.level).min()?;
        // a word of two syllables is more often a trade in pinyin than a county
        let county = larger > 2;
        if county && (words.len() == 1 || word.len() < LONG) {
            return None;
        }
        named.retain(|one| (one.level == larger || county) && one.valid_to.is_none());
        let codes = named.iter().filter_map(|one| one.code.parse().ok());
        let inside = |code: &Code| chosen.as_ref().is_none_or(|c| c.contains(code.as_str()));
        let candidates: Vec<Code> = codes.filter(inside).collect();
        let from = if told { range.start - IN.len() } else { range.start };
        let whole = from..range.end;
        let bytes = vec![whole];
        match candidates.as_slice() {
            [] => None,
            [only] => Some(Named { region: Some(only.clone()), candidates: Vec::new(), bytes }),
            _ => Some(Named { region: None, candidates, bytes }),
        }
    })
}

/// Letters of a county's name.
const LONG: usize = 6;

/// Where words of letters stand by themselves.
fn words(text: &str) -> Vec<Range<usize>> {
    let mut words = Vec::new();
    let mut at = 0;
    for part in text.split(' ') {
        let range = at..at + part.len();
        at = range.end + 1;
        if !part.is_empty() && part.bytes().all(|b| b.is_ascii_alphabetic()) {
            words.push(range);
        }
    }
    words
}
