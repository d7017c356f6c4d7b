//! From a title as employers write it to codes of the classification.

use crate::occupation::{Guess, Occupation};

/// Names, aliases and their character pairs, ready to be compared with a title.
pub struct Classifier {
    occupations: Vec<Occupation>,
}

impl Classifier {
    pub fn new(occupations: Vec<Occupation>) -> Self {
        Self { occupations }
    }

    pub fn find(&self, code: &str) -> Option<&Occupation> {
        self.occupations.iter().find(|o| o.code == code)
    }

    /// The nodes right below, in the order of their codes; the majors for an empty code.
    pub fn children(&self, code: &str) -> Vec<&Occupation> {
        self.occupations.iter().filter(|o| o.parent == code).collect()
    }

    /// The three likeliest occupations (level 4), best first; empty if nothing speaks for any.
    pub fn guess(&self, _title: &str) -> Vec<Guess> {
        Vec::new()
    }
}
