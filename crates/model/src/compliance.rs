//! What the law says about a vacancy: dated rules, the words that break them, the exceptions that
//! make these words lawful, and what is found in one text. 合规审查
//!
//! A rule is a row with its basis; a text on a day gives the same findings for ever. Nothing here
//! decides alone: what is held waits for a clerk, who sees the words and the basis.

pub mod age;
pub mod fact;
mod gate;
mod view;
mod wording;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::coded::coded;
pub use gate::{Gate, Text};
pub use wording::Wording;

coded! {
    /// What follows from a finding, the weakest first.
    pub enum Strength: "compliance.strength_unknown", "strength" {
        /// Words that only look like a condition: "男女不限". Nothing is said of them.
        Harmless = "harmless",
        /// A condition that the law allows here, or even asks for: tagged with its basis.
        Lawful = "lawful",
        /// Published; the employer and the office are told.
        Warn = "warn",
        /// Waits for a clerk.
        Hold = "hold",
        /// Not published; the employer may change the text.
        Refuse = "refuse",
    }
}

coded! {
    /// Where an exception must stand to lift what was found.
    pub enum Reach: "compliance.reach_unknown", "reach" {
        /// Over the words themselves.
        Around = "around",
        Clause = "clause",
        Sentence = "sentence",
        Text = "text",
    }
}

/// One rule, or one exception from rules, in one place for a time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, sqlx::FromRow)]
pub struct Rule {
    /// `sex`, `deposit`, …: the key of its sentence in the locales. The same code has several rows
    /// where the law has changed.
    pub code: String,
    /// `V-1` … `V-14`.
    pub ground: String,
    pub strength: Strength,
    /// For an exception: the codes of the rules that it lifts, `*` for all.
    pub lifts: String,
    pub reach: Reach,
    /// Where it holds: a region code, or empty for the whole country.
    pub region: String,
    pub valid_from: NaiveDate,
    /// The day after the last one; `None` while in force.
    pub valid_to: Option<NaiveDate>,
    /// Instrument and article.
    pub basis_zh: String,
    pub basis_en: String,
    /// What is not sure about the basis.
    pub note: String,
}

impl Rule {
    pub fn holds(&self, day: NaiveDate, region: &str) -> bool {
        let from = self.valid_from <= day && self.valid_to.is_none_or(|end| day < end);
        from && region.starts_with(self.region.trim_end_matches("00"))
    }

    /// An exception needs no words of a rule to be told: a measure in favour of somebody.
    fn is_measure(&self) -> bool {
        self.strength == Strength::Lawful && self.ground == "V-14"
    }

    /// A rule that nobody can look up is no ground for keeping a vacancy back.
    fn strength(&self) -> Strength {
        if self.basis_zh.is_empty() { self.strength.min(Strength::Warn) } else { self.strength }
    }
}

/// Something in a vacancy that a rule speaks of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, sqlx::FromRow)]
pub struct Finding {
    pub rule: String,
    pub ground: String,
    /// [`Strength::Lawful`] where an exception lifts it.
    pub strength: Strength,
    /// `title`, `duties`, …
    pub field: String,
    /// Characters of the field, from and to before; the same where no words are meant.
    pub begins: i64,
    pub ends: i64,
    /// The words, or the figure that is too low or too high.
    pub words: String,
    /// The figure that the rule asks for, where there is one.
    pub bound: String,
    /// The exception, or empty.
    pub lawful: String,
    /// The basis of the rule, or of the exception where there is one.
    pub basis_zh: String,
    pub basis_en: String,
}

impl Finding {
    fn of(rule: &Rule, field: &str, (start, end): (usize, usize), words: &str) -> Self {
        let place = |at: usize| i64::try_from(at).unwrap_or(i64::MAX);
        Self {
            rule: rule.code.clone(),
            ground: rule.ground.clone(),
            strength: rule.strength(),
            field: field.to_owned(),
            begins: place(start),
            ends: place(end),
            words: words.to_owned(),
            bound: String::new(),
            lawful: String::new(),
            basis_zh: rule.basis_zh.clone(),
            basis_en: rule.basis_en.clone(),
        }
    }

    pub fn is_lawful(&self) -> bool {
        self.strength <= Strength::Lawful
    }
}

/// What follows from all of them: the strongest.
pub fn verdict(findings: &[Finding]) -> Strength {
    findings.iter().map(|finding| finding.strength).max().unwrap_or(Strength::Harmless)
}

#[cfg(test)]
mod tests;
