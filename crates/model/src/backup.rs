//! A backup: one stream of lines that either engine writes and either engine reads. 备份
//!
//! Head, then for each table its columns and its rows, then a tail with the digest of everything
//! before it. A file whose tail is missing or does not agree is no backup.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{Refusal, coded::coded};

/// The number of this layout of lines.
pub const FORMAT: i64 = 1;

/// One line, as JSON.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Line {
    Head(Head),
    Table(Table),
    /// A row of the table named last, in the order of its columns.
    Row(Vec<Value>),
    Tail(Tail),
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Head {
    pub format: i64,
    /// The version of the program that wrote it.
    pub version: String,
    pub made_at: DateTime<Utc>,
    /// The number of the last change to the tables that the program knew.
    pub migration: i64,
    /// The key that opens sealed names and numbers, when it was asked for; else it is kept apart.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key: Option<Vec<u8>>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Table {
    pub name: String,
    pub columns: Vec<Column>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Column {
    pub name: String,
    pub kind: Kind,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tail {
    pub rows: i64,
    /// SHA-256 over all lines before, each with its line end, in hexadecimal.
    pub digest: String,
}

coded! {
    /// What a column holds: the types that mean the same on both engines.
    pub enum Kind: "backup.kind_unknown", "kind" {
        Boolean = "boolean",
        Integer = "bigint",
        Real = "double precision",
        Text = "text",
        /// In hexadecimal.
        Bytes = "bytea",
        Uuid = "uuid",
        /// With microseconds, in UTC.
        Time = "timestamptz",
        Date = "date",
        Json = "jsonb",
    }
}

impl Head {
    /// Can a program whose tables stand at `migration` read this?
    pub fn suits(&self, migration: i64) -> Result<(), Refusal> {
        if self.format == FORMAT && self.migration == migration {
            return Ok(());
        }
        Err(Refusal::new("backup.other_version").arg("version", &self.version))
    }
}

/// Bytes as hexadecimal digits.
pub fn hex(bytes: &[u8]) -> String {
    let digit = |half: u8| char::from_digit(half.into(), 16).unwrap_or_default();
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}

/// Bytes out of hexadecimal digits; none when they are not pairs of such.
pub fn unhex(text: &str) -> Option<Vec<u8>> {
    let digit = |byte: &u8| char::from(*byte).to_digit(16).and_then(|d| u8::try_from(d).ok());
    let pair = |pair: &[u8]| match pair {
        [high, low] => Some(digit(high)? << 4 | digit(low)?),
        _ => None,
    };
    text.as_bytes().chunks(2).map(pair).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn head(format: i64, migration: i64) -> Head {
        let made_at = DateTime::UNIX_EPOCH;
        Head { format, version: "0.1.0".into(), made_at, migration, key: None }
    }

    #[test]
    fn a_backup_of_other_tables_is_refused_with_its_version() {
        assert_eq!(head(FORMAT, 6).suits(6), Ok(()));
        let refusal = Refusal::new("backup.other_version").arg("version", "0.1.0");
        assert_eq!(head(FORMAT, 5).suits(6), Err(refusal.clone()));
        assert_eq!(head(FORMAT + 1, 6).suits(6), Err(refusal));
    }

    #[test]
    fn bytes_come_back_from_their_digits() {
        assert_eq!(hex(&[0, 10, 255]), "000aff");
        assert_eq!(unhex("000aff"), Some(vec![0, 10, 255]));
        assert_eq!((unhex("000"), unhex("0g")), (None, None));
    }

    #[test]
    fn a_line_says_what_it_is_and_a_head_without_key_has_none() {
        let line = serde_json::to_string(&Line::Head(head(1, 6))).unwrap();
        assert!(line.starts_with("{\"head\":{\"format\":1,") && !line.contains("key"), "{line}");
        let row: Line = serde_json::from_str("{\"row\":[1,null,\"x\"]}").unwrap();
        assert_eq!(row, Line::Row(vec![1.into(), Value::Null, "x".into()]));
    }
}
