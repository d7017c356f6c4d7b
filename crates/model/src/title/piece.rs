//! The pieces of a title, as numbers: Chinese characters alone and in pairs; English words without
//! their endings, and runs of three to five letters in them.

use std::{
    collections::HashMap,
    hash::{BuildHasherDefault, Hasher},
};

/// Numbers of pieces with their weights, by rising number, each once.
pub(super) type Pieces = Vec<(u32, f32)>;

/// A map whose keys are numbers that are scattered already; the same order in every run.
pub(super) type Scattered<T> = HashMap<u32, T, BuildHasherDefault<Same>>;

#[derive(Clone, Default)]
pub(super) struct Same(u64);

impl Hasher for Same {
    fn finish(&self) -> u64 {
        self.0
    }
    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 << 8) | u64::from(*byte);
        }
    }
    fn write_u32(&mut self, number: u32) {
        self.0 = u64::from(number).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    }
}

/// Characters of one kind that stand together.
pub(super) enum Run<'a> {
    Han(&'a str),
    Latin(Vec<&'a str>),
}

pub(super) fn runs(text: &str) -> Vec<Run<'_>> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let han = is_han(first);
        let end = rest.find(|c| is_han(c) != han).unwrap_or(rest.len());
        let (run, after) = rest.split_at(end);
        if han {
            found.push(Run::Han(run));
        } else {
            let words: Vec<&str> = words(run).collect();
            if !words.is_empty() {
                found.push(Run::Latin(words));
            }
        }
        rest = after;
    }
    found
}

pub(super) fn words(text: &str) -> impl Iterator<Item = &str> {
    let inside = |c: char| c.is_alphanumeric() || matches!(c, '+' | '#');
    text.split(move |c| !inside(c)).filter(|word| !word.is_empty())
}

pub(super) fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9fff}')
}

/// A word without the ending of the plural.
pub(super) fn stem(word: &str) -> String {
    if let Some(body) = word.strip_suffix("ies").filter(|body| body.len() > 1) {
        return format!("{body}y");
    }
    let body = word.strip_suffix('s').filter(|b| b.len() > 2 && !b.ends_with(['s', 'u', 'i']));
    body.unwrap_or(word).to_owned()
}

/// Words that say how high, how new or which one, and little about the work.
const RANKS: &[&str] = &[
    "senior",
    "junior",
    "lead",
    "principal",
    "chief",
    "head",
    "assistant",
    "sr",
    "jr",
    "i",
    "ii",
    "iii",
    "iv",
    "1",
    "2",
    "3",
    "trainee",
    "intern",
    "associate",
    "deputy",
    "the",
    "of",
    "and",
    "to",
    "for",
    "in",
    "a",
    "with",
    "at",
    "on",
];
const RANK: f32 = 0.3;
const ALONE: f32 = 0.7;
const LETTERS: f32 = 0.5;

/// With `letters` also the runs of letters, by which words are alike that are not the same.
pub(super) fn pieces(text: &str, letters: bool) -> Pieces {
    let mut found: Scattered<f32> = Scattered::default();
    for run in runs(text) {
        match run {
            Run::Han(run) => characters(run, &mut found),
            Run::Latin(words) => {
                for word in words {
                    let stem = stem(word);
                    let weight = if RANKS.contains(&stem.as_str()) { RANK } else { 1.0 };
                    *found.entry(hash(2, stem.chars())).or_default() += weight;
                    if letters {
                        grams(word, weight * LETTERS, &mut found);
                    }
                }
            }
        }
    }
    sorted(found)
}

fn characters(run: &str, found: &mut Scattered<f32>) {
    let mut before = None;
    for c in run.chars() {
        *found.entry(hash(1, [c])).or_default() += ALONE;
        if let Some(before) = before {
            *found.entry(hash(1, [before, c])).or_default() += 1.0;
        }
        before = Some(c);
    }
}

/// The runs of three to five letters of a word, which together weigh as `weight` says.
pub(super) fn grams(word: &str, weight: f32, found: &mut Scattered<f32>) {
    let framed: Vec<char> = ['^'].into_iter().chain(word.chars()).chain(['$']).collect();
    if framed.len() < 5 {
        return;
    }
    let all = || (3..=5).flat_map(|n| framed.windows(n));
    #[expect(clippy::cast_precision_loss, reason = "a few dozen")]
    let share = weight / (all().count() as f32).sqrt();
    for gram in all() {
        *found.entry(hash(3, gram.iter().copied())).or_default() += share;
    }
}

pub(super) fn sorted(found: Scattered<f32>) -> Pieces {
    let mut pieces: Pieces = found.into_iter().collect();
    pieces.sort_unstable_by_key(|piece| piece.0);
    pieces
}

/// FNV-1a over characters; `kind` keeps words, pairs and letters apart.
pub(super) fn hash(kind: u32, characters: impl IntoIterator<Item = char>) -> u32 {
    characters
        .into_iter()
        .fold(0x811C_9DC5 ^ kind, |hash, c| (hash ^ u32::from(c)).wrapping_mul(0x0100_0193))
}

/// Brings the length of a vector to 1.
pub(super) fn normalise(pieces: &mut Pieces) {
    let length = pieces.iter().map(|p| p.1 * p.1).sum::<f32>().sqrt();
    if length > 0.0 {
        for piece in pieces {
            piece.1 /= length;
        }
    }
}
