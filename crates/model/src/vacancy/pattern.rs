//! A text of a vacancy that an employer keeps under a name, to begin from. 岗位模板

use chrono::{DateTime, Utc};

use super::form::Written;
use crate::{Id, Refusal, cell, employer::Employer};

#[derive(Clone, Debug, PartialEq, sqlx::FromRow)]
pub struct Pattern {
    pub id: Id<Pattern>,
    #[sqlx(rename = "employer_id")]
    pub employer: Id<Employer>,
    pub name: String,
    #[sqlx(json)]
    pub written: Written,
    pub made_by: String,
    pub made_at: DateTime<Utc>,
}

/// So many an employer keeps.
pub const MOST: usize = 50;
/// Characters of a name.
const LONGEST: usize = 40;

/// A name as somebody typed it; where nothing is typed, the title.
pub fn name(typed: &str, written: &Written) -> Result<String, Refusal> {
    let typed = cell::line(typed);
    let name = if typed.is_empty() { cell::line(&written.title) } else { typed };
    if name.is_empty() {
        return Err(Refusal::new("vacancy.pattern_nameless").field("title"));
    }
    Ok(name.chars().take(LONGEST).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_is_called_as_typed_or_by_its_title() {
        let written = Written { title: " 电焊工 ".into(), ..Written::default() };
        assert_eq!(name("", &written).unwrap(), "电焊工");
        assert_eq!(name("夜班焊工", &written).unwrap(), "夜班焊工");
        assert_eq!(name(&"长".repeat(90), &written).unwrap().chars().count(), LONGEST);
        assert!(name(" ", &Written::default()).is_err());
    }
}
