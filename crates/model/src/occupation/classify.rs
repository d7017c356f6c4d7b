//! From a title as employers write it, or a word as people say it, to codes of the classification.

use std::sync::OnceLock;

use crate::{
    occupation::{Guess, Occupation},
    title::{Texts, Title, space::Space},
};

/// The classification, and what titles are compared with.
pub struct Classifier {
    /// Sorted by code.
    occupations: Vec<Occupation>,
    texts: fn() -> Texts,
    /// A second and 40 MB, so only for a process that is asked.
    space: OnceLock<Space>,
}

/// What is less sure than this is not said.
const LEAST: i64 = 20;

impl Classifier {
    /// `texts` is called by the first who asks.
    pub fn new(mut occupations: Vec<Occupation>, texts: fn() -> Texts) -> Self {
        occupations.sort_by(|a, b| a.code.cmp(&b.code));
        Self { occupations, texts, space: OnceLock::new() }
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

    /// The names of both classifications, for comparing titles with each other.
    pub fn space(&self) -> &Space {
        self.space.get_or_init(|| Space::new(&self.occupations, &(self.texts)()))
    }

    /// The likeliest occupations (leaves of the tree) of a title or of an everyday word, best
    /// first; empty where nothing is likely enough to be said.
    pub fn classify(&self, title: &str, most: usize) -> Vec<Guess> {
        let space = self.space();
        let fit = space.fit_ours(&Title::new(title));
        let mut guesses = guesses(&space.ours(&fit, most.max(2)));
        if guesses.first().is_none_or(|best| best.confidence < LEAST) {
            return Vec::new();
        }
        guesses.truncate(most);
        guesses.retain(|guess| guess.confidence > 0);
        guesses
    }
}

/// How sure each of some codes is, from how well they fit, best first.
pub fn guesses(fits: &[(&str, f32)]) -> Vec<Guess> {
    let fit = |at: usize| fits.get(at).map_or(0.0, |(_, fit)| *fit);
    let rival = |at: usize| if at == 0 { fit(1) } else { fit(0) };
    let guess = |(at, (code, fit)): (usize, &(&str, f32))| Guess {
        code: (*code).to_owned(),
        confidence: confidence(*fit, rival(at)),
    };
    fits.iter().enumerate().map(guess).collect()
}

/// The share of right ones in a hundred guesses that fit so well and whose best rival fits `rival`,
/// learnt from names that were left out of the classification, and from titles judged by hand.
fn confidence(fit: f32, rival: f32) -> i64 {
    let evidence = OFFSET + FIT * fit + MARGIN * (fit - rival);
    #[expect(clippy::cast_possible_truncation, reason = "between 0 and 100")]
    let hundredths = (100.0 / (1.0 + (-evidence).exp())).round() as i64;
    hundredths
}

const OFFSET: f32 = -2.91;
const FIT: f32 = 2.56;
const MARGIN: f32 = 8.62;

#[cfg(test)]
mod tests;
