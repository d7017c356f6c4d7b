//! Why a file as a whole cannot be taken: said by the reading child, worded in the locales.

use model::Refusal;
use serde::{Deserialize, Serialize};
use thiserror::Error;

/// One thing wrong with a whole file. Nothing of such a file is kept.
#[derive(Clone, Debug, Error, PartialEq, Eq, Serialize, Deserialize)]
#[error("{self:?}")]
pub enum Unreadable {
    /// No byte in it, or nothing but blanks.
    Empty,
    /// Headings and no row below them.
    NoRows,
    /// Neither text nor a workbook: a picture, a program, a document.
    Binary,
    /// A web page, often with the ending `.xls`.
    WebPage,
    /// The workbook format before 2007, or a binary one.
    OldWorkbook,
    /// Locked with a password.
    Encrypted,
    TooLarge {
        megabytes: u64,
    },
    TooManyRows {
        limit: i64,
    },
    TooManyColumns {
        row: i64,
        limit: usize,
    },
    RowTooLong {
        row: i64,
        kilobytes: usize,
    },
    /// A byte that is no character, at this line.
    Encoding {
        line: usize,
    },
    /// Inflates to more than any table of people and posts needs.
    ZipBomb,
    BrokenWorkbook,
    /// A formula where a value should stand.
    Formula {
        row: i64,
        column: String,
    },
    BrokenJson {
        line: usize,
    },
    /// Processor or waiting time used up.
    Timeout,
    /// Memory used up.
    Memory,
    /// Ended without a word.
    ReaderDied,
}

impl From<Unreadable> for Refusal {
    fn from(why: Unreadable) -> Self {
        let refusal = |code| Self::new(code).field("file");
        match why {
            Unreadable::Empty => refusal("intake.empty"),
            Unreadable::NoRows => refusal("intake.no_rows"),
            Unreadable::Binary => refusal("intake.not_a_table"),
            Unreadable::WebPage => refusal("intake.web_page"),
            Unreadable::OldWorkbook => refusal("intake.old_workbook"),
            Unreadable::Encrypted => refusal("intake.encrypted"),
            Unreadable::TooLarge { megabytes } => {
                refusal("intake.too_large").arg("megabytes", megabytes.to_string())
            }
            Unreadable::TooManyRows { limit } => {
                refusal("intake.too_many_rows").arg("limit", limit.to_string())
            }
            Unreadable::TooManyColumns { row, limit } => refusal("intake.too_many_columns")
                .arg("row", row.to_string())
                .arg("limit", limit.to_string()),
            Unreadable::RowTooLong { row, kilobytes } => refusal("intake.row_too_long")
                .arg("row", row.to_string())
                .arg("kilobytes", kilobytes.to_string()),
            Unreadable::Encoding { line } => {
                refusal("intake.encoding").arg("row", line.to_string())
            }
            Unreadable::ZipBomb => refusal("intake.zip_bomb"),
            Unreadable::BrokenWorkbook => refusal("intake.broken_workbook"),
            Unreadable::Formula { row, column } => {
                refusal("intake.formula").arg("row", row.to_string()).arg("column", column)
            }
            Unreadable::BrokenJson { line } => {
                refusal("intake.broken_json").arg("row", line.to_string())
            }
            Unreadable::Timeout => refusal("intake.timeout"),
            Unreadable::Memory => refusal("intake.memory"),
            Unreadable::ReaderDied => refusal("intake.reader_died"),
        }
    }
}
