//! The administrative tree, GB/T 2260 with the statistics bureau's township codes. 行政区划

pub mod abroad;
pub mod gazetteer;

use std::{fmt, str::FromStr};

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::Refusal;

/// A node of the tree. The code is the scope of everything that happens in it.
#[derive(Clone, Debug, PartialEq, Serialize, sqlx::FromRow)]
pub struct Region {
    /// 6 digits to county, 9 to township.
    pub code: String,
    /// 1 province, 2 city, 3 county, 4 township.
    pub level: i64,
    pub name: String,
    /// Code of the node above; empty at a province.
    pub parent: String,
    /// "xi an": syllables with spaces.
    pub pinyin: String,
    /// Other words for it, separated by `|`: what people write on forms.
    pub aliases: String,
    /// Degrees, GCJ-02 as published; of the nearest node above where a place has none of its own.
    pub longitude: Option<f64>,
    pub latitude: Option<f64>,
    pub valid_from: NaiveDate,
    /// The day after the last one; `None` while in force.
    pub valid_to: Option<NaiveDate>,
    /// The code that took its place; empty if none.
    pub successor: String,
}

impl Region {
    /// A level that exists in the codes only: 市辖区 under 北京市, the direct counties of 河南省.
    pub fn is_nameless(&self) -> bool {
        let direct = self.name.ends_with("直辖县级行政区划");
        direct || self.name == "市辖区" || (self.level == 2 && self.name == "县")
    }
}

/// A region code that has the right shape. That it exists is known to the table.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Code(String);

impl Code {
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// 1 province, 2 city, 3 county, 4 township, 5 village.
    pub fn level(&self) -> i64 {
        match self.0.len() {
            9 => 4,
            12 => 5,
            _ if self.0.ends_with("0000") => 1,
            _ if self.0.ends_with("00") => 2,
            _ => 3,
        }
    }

    /// The codes of this node and everything below it, as a half-open range of text: 620100 gives
    /// `["6201", "6202")`. Indexable on both engines, unlike `like`.
    pub fn subtree(&self) -> (String, String) {
        let kept = match self.level() {
            1 => 2,
            2 => 4,
            _ => self.0.len(),
        };
        let from: String = self.0.chars().take(kept).collect();
        let to = from.parse::<u64>().map_or_else(|_| from.clone(), |n| format!("{:0kept$}", n + 1));
        (from, to)
    }

    /// Is `other` this node or below it?
    pub fn contains(&self, other: &str) -> bool {
        let (from, to) = self.subtree();
        from.as_str() <= other && other < to.as_str()
    }

    /// The node `level` steps from the top that this one lies in, or itself.
    #[must_use]
    pub fn at_level(&self, level: i64) -> Self {
        let digits = |n: usize| self.0.chars().take(n).collect::<String>();
        match level {
            _ if level >= self.level() => self.clone(),
            1 => Self(digits(2) + "0000"),
            2 => Self(digits(4) + "00"),
            3 => Self(digits(6)),
            _ => Self(digits(9)),
        }
    }
}

impl FromStr for Code {
    type Err = Refusal;

    fn from_str(s: &str) -> Result<Self, Refusal> {
        let shaped = matches!(s.len(), 6 | 9 | 12) && s.bytes().all(|b| b.is_ascii_digit());
        if shaped && !s.starts_with('0') {
            Ok(Self(s.to_owned()))
        } else {
            Err(Refusal::new("region.malformed").field("region").arg("value", s))
        }
    }
}
impl TryFrom<String> for Code {
    type Error = Refusal;

    fn try_from(s: String) -> Result<Self, Refusal> {
        s.parse()
    }
}
impl From<Code> for String {
    fn from(code: Code) -> Self {
        code.0
    }
}
impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(s: &str) -> Code {
        s.parse().unwrap()
    }

    #[test]
    fn a_subtree_is_a_range_of_text() {
        assert_eq!(code("620000").subtree(), ("62".into(), "63".into()));
        assert_eq!(code("620100").subtree(), ("6201".into(), "6202".into()));
        assert_eq!(code("620102").subtree(), ("620102".into(), "620103".into()));
        assert!(code("620102").contains("620102001"));
        assert!(code("620100").contains("620100"));
        assert!(!code("620100").contains("620201"));
    }

    #[test]
    fn a_node_knows_what_it_lies_in() {
        assert_eq!(code("620102001").at_level(2), code("620100"));
        assert_eq!(code("620102").at_level(1), code("620000"));
        assert_eq!(code("620000").at_level(3), code("620000"));
    }

    #[test]
    fn what_is_no_code_is_refused() {
        for bad in ["", "62010", "62010a", "六二〇一〇二", "012345", "6201020"] {
            assert_eq!(bad.parse::<Code>().unwrap_err().code, "region.malformed", "{bad}");
        }
    }
}
