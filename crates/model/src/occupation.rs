//! Occupations of the classification of 2022: four levels with definitions and aliases. 职业

pub mod classify;

use serde::{Deserialize, Serialize};

/// A node: major `6`, minor `6-18`, group `6-18-02`, occupation `6-18-02-04`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, sqlx::FromRow)]
pub struct Occupation {
    pub code: String,
    /// 1 major, 2 minor, 3 group, 4 occupation.
    pub level: i64,
    pub name: String,
    /// Code of the node above; empty at a major.
    pub parent: String,
    pub definition: String,
    /// Everyday names and trades within it, separated by `|`.
    pub aliases: String,
    /// The edition that has it: `2022`.
    pub edition: String,
}

/// An occupation that a title may mean.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Guess {
    pub code: String,
    /// How many of a hundred such guesses are right.
    pub confidence: i64,
}

/// Is `code` the node `node` or below it? `6-18` holds `6-18-02-04`, and `6-1` does not.
pub fn within(node: &str, code: &str) -> bool {
    code.strip_prefix(node).is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
}

/// How many levels two codes share: 0 nothing, 4 the same occupation.
pub fn shared_levels(a: &str, b: &str) -> usize {
    if a.is_empty() || b.is_empty() {
        return 0;
    }
    a.split('-').zip(b.split('-')).take_while(|(x, y)| x == y).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tree_is_in_the_codes() {
        assert!(within("6-18", "6-18-02-04") && within("6", "6"));
        assert!(!within("6-1", "6-18-02-04"));
        assert_eq!(shared_levels("6-18-02-04", "6-18-02-07"), 3);
        assert_eq!(shared_levels("6-18", "4-18"), 0);
        assert_eq!(shared_levels("", ""), 0);
    }
}
