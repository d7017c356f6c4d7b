//! Skills named in a text.

use crate::skill::{Need, Skill};

/// Skills by all their words.
pub struct Lexicon {
    skills: Vec<Skill>,
}

impl Lexicon {
    pub fn new(skills: Vec<Skill>) -> Self {
        Self { skills }
    }

    pub fn find(&self, code: &str) -> Option<&Skill> {
        self.skills.iter().find(|s| s.code == code)
    }

    /// What a vacancy's text asks for; what it says is merely good to have ("优先") is not a must.
    pub fn read(&self, _text: &str) -> Vec<Need> {
        Vec::new()
    }
}
