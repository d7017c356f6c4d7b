//! The concepts that the words of a title stand for, the same ones in Chinese and English: the
//! longest words that the table knows, the shorter ones in them, and the wider concepts above.

use std::collections::HashMap;

use super::{
    Word,
    piece::{Pieces, Run, Scattered, runs, sorted, stem, words},
};

/// A word of the table that stands alone in a Chinese run of characters may be chance.
const ONE: f32 = 0.6;
/// A word inside a longer one.
const INNER: f32 = 0.5;
/// Each step towards a wider concept.
const BROADER: f32 = 0.6;
/// How high somebody stands says little about the work.
const RANK: f32 = 0.3;
/// The longest words: characters, and English words.
const LONGEST: (usize, usize) = (8, 4);

#[derive(Default)]
pub(super) struct Concepts {
    meant: HashMap<String, Vec<u32>>,
    broader: Vec<Option<u32>>,
    rank: Option<u32>,
}

impl Concepts {
    pub(super) fn new(table: &[Word]) -> Self {
        let numbered = (0_u32..).zip(table);
        let numbers: HashMap<&str, u32> = numbered.map(|(n, w)| (w.concept.as_str(), n)).collect();
        let mut meant: HashMap<String, Vec<u32>> = HashMap::new();
        for (number, row) in (0_u32..).zip(table) {
            for word in row.words.split('|').filter(|word| !word.is_empty()) {
                let known = meant.entry(key(word)).or_default();
                if !known.contains(&number) {
                    known.push(number);
                }
            }
        }
        let broader = table.iter().map(|w| numbers.get(w.broader.as_str()).copied()).collect();
        Self { meant, broader, rank: numbers.get("rank").copied() }
    }

    /// The concepts of a folded text with their weights.
    pub(super) fn of(&self, text: &str) -> Pieces {
        let mut found = Scattered::default();
        for run in runs(text) {
            match run {
                Run::Han(run) => {
                    let units: Vec<String> = run.chars().map(String::from).collect();
                    self.read(&units, "", LONGEST.0, &mut found);
                }
                Run::Latin(words) => {
                    let units: Vec<String> = words.into_iter().map(stem).collect();
                    self.read(&units, " ", LONGEST.1, &mut found);
                }
            }
        }
        sorted(found)
    }

    fn read(&self, units: &[String], glue: &str, longest: usize, found: &mut Scattered<f32>) {
        let mut rest = units;
        while !rest.is_empty() {
            let lengths = (1..=longest.min(rest.len())).rev();
            let mut words = lengths.filter_map(|n| rest.get(..n).map(|units| (n, units)));
            let known = words.find(|(_, units)| self.meant.contains_key(&units.join(glue)));
            let Some((length, word)) = known else {
                rest = rest.get(1..).unwrap_or_default();
                continue;
            };
            let alone = length == 1 && glue.is_empty();
            self.note(&word.join(glue), if alone { ONE } else { 1.0 }, found);
            let least = if glue.is_empty() { 2 } else { 1 };
            for inner in (least..length).flat_map(|n| word.windows(n)) {
                self.note(&inner.join(glue), INNER, found);
            }
            rest = rest.get(length..).unwrap_or_default();
        }
    }

    fn note(&self, word: &str, weight: f32, found: &mut Scattered<f32>) {
        let meant = self.meant.get(word).map_or(&[][..], Vec::as_slice);
        #[expect(clippy::cast_precision_loss, reason = "a handful")]
        let share = weight / (meant.len() as f32).sqrt();
        for &concept in meant {
            let mut share = if self.is_rank(concept) { share * RANK } else { share };
            let mut next = Some(concept);
            while let Some(concept) = next {
                let known = found.entry(concept).or_default();
                *known = known.max(share);
                share *= BROADER;
                next = self.above(concept).filter(|wider| Some(*wider) != self.rank);
            }
        }
    }

    fn above(&self, concept: u32) -> Option<u32> {
        self.broader.get(usize::try_from(concept).ok()?).copied().flatten()
    }

    fn is_rank(&self, concept: u32) -> bool {
        self.rank.is_some_and(|rank| concept == rank || self.above(concept) == Some(rank))
    }
}

/// The form in which a word is looked up.
fn key(word: &str) -> String {
    if word.is_ascii() {
        words(word).map(stem).collect::<Vec<_>>().join(" ")
    } else {
        word.to_owned()
    }
}
