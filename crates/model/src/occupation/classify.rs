//! From a title as employers write it to codes of the classification: the words of the dictionary
//! first, whole or within the title; then the likeness of characters.

mod likeness;
mod title;

use std::collections::{BTreeMap, HashMap};

use crate::{
    cell::fold,
    occupation::{Guess, Occupation},
};
use likeness::Likeness;
use title::{Part, Title};

/// Names, aliases and their characters, ready to be compared with a title.
pub struct Classifier {
    /// Sorted by code.
    occupations: Vec<Occupation>,
    /// Folded names and aliases to positions in `occupations`, best first.
    words: HashMap<String, Vec<usize>>,
    likeness: Likeness,
}

/// The longest word of the dictionary that is looked for inside a title, in characters.
const LONGEST: usize = 14;

/// A likeness alone is never surer than this.
const LIKENESS: f64 = 78.0;

/// What is less sure than this is not said.
const LEAST: i64 = 25;

impl Classifier {
    pub fn new(mut occupations: Vec<Occupation>) -> Self {
        occupations.sort_by(|a, b| a.code.cmp(&b.code));
        let mut words: HashMap<String, Vec<usize>> = HashMap::new();
        let leaves = || (0..).zip(&occupations).filter(|(at, _)| is_leaf(&occupations, *at));
        let named = leaves().map(|(at, o)| (at, o.name.as_str()));
        // an alias that is another occupation's name means that one first
        let called = leaves().flat_map(|(at, o)| o.aliases.split('|').map(move |a| (at, a)));
        for (at, word) in named.chain(called) {
            let meant = words.entry(fold(word)).or_default();
            if !meant.contains(&at) {
                meant.push(at);
            }
        }
        words.remove("");
        let likeness = Likeness::new(&words);
        Self { occupations, words, likeness }
    }

    pub fn find(&self, code: &str) -> Option<&Occupation> {
        let at = self.occupations.binary_search_by(|o| o.code.as_str().cmp(code)).ok()?;
        self.occupations.get(at)
    }

    /// Every node, in the order of the codes.
    pub fn all(&self) -> &[Occupation] {
        &self.occupations
    }

    /// The nodes right below, in the order of their codes; the majors for an empty code.
    pub fn children(&self, code: &str) -> Vec<&Occupation> {
        self.occupations.iter().filter(|o| o.parent == code).collect()
    }

    /// The three likeliest occupations (leaves of the tree), best first; empty if nothing speaks
    /// for any.
    pub fn guess(&self, title: &str) -> Vec<Guess> {
        let title = Title::new(title);
        let mut found = Found::default();
        for (form, confidence) in title.forms() {
            for (rank, &at) in self.meanings(form).iter().enumerate() {
                found.note(at, if rank == 0 { confidence } else { confidence / 2 });
            }
        }
        for part in &title.parts {
            self.within(part, &mut found);
        }
        if !found.is_sure() {
            for (at, score) in self.likeness.nearest(&title.clean) {
                found.note(at, hundredths(score * LIKENESS));
            }
        }
        let code = |at: usize| self.occupations.get(at).map(|o| o.code.clone());
        let guess = |(at, confidence)| Some(Guess { code: code(at)?, confidence });
        let mut guesses: Vec<Guess> = found.0.into_iter().filter_map(guess).collect();
        guesses.retain(|g| g.confidence >= LEAST);
        guesses.sort_by(|a, b| b.confidence.cmp(&a.confidence).then(a.code.cmp(&b.code)));
        guesses.truncate(3);
        guesses
    }

    fn meanings(&self, word: &str) -> &[usize] {
        self.words.get(word).map_or(&[], Vec::as_slice)
    }

    /// Words of the dictionary inside a part of the title: the more of it they cover, the surer;
    /// the last word of a title is what the person is, the first ones say of what.
    fn within(&self, part: &Part, found: &mut Found) {
        let Part { text, most } = part;
        let whole = title::width(text);
        let starts = title::steps(text);
        for (n, &from) in starts.iter().enumerate() {
            for &to in starts.iter().skip(n + 1).take(LONGEST) {
                let Some(word) = text.get(from..to).map(str::trim_end) else { continue };
                let Some(&at) = self.meanings(word).first() else { continue };
                let share = title::width(word) / whole.max(1.0);
                let last = if from + word.len() == text.len() { 12.0 } else { 0.0 };
                found.note(at, hundredths(45.0 + 35.0 * share + last).min(*most));
            }
        }
    }
}

/// Positions of occupations, each with the best that speaks for it.
#[derive(Default)]
struct Found(BTreeMap<usize, i64>);

impl Found {
    fn note(&mut self, at: usize, confidence: i64) {
        let best = self.0.entry(at).or_default();
        *best = confidence.max(*best);
    }

    fn is_sure(&self) -> bool {
        self.0.values().any(|&confidence| confidence >= 90)
    }
}

/// Nothing lies below it: the next code in order does not begin with it.
fn is_leaf(sorted: &[Occupation], at: usize) -> bool {
    let (this, next) = (sorted.get(at), sorted.get(at + 1));
    let above = |o: &Occupation| {
        next.is_some_and(|n| n.code.strip_prefix(&o.code).is_some_and(|rest| rest.starts_with('-')))
    };
    this.is_some_and(|o| o.level > 2 && !above(o))
}

#[expect(clippy::cast_possible_truncation, reason = "between 0 and 100")]
fn hundredths(value: f64) -> i64 {
    value.round() as i64
}

#[cfg(test)]
mod tests;
