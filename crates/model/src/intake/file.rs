//! One file on its way in: what it is, how far it has come, and what became of its rows.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{Fault, Noun, Row, Understood, binding::Binding};
use crate::{Id, Refusal, coded::coded};

coded! {
    /// How a file is written.
    pub enum Format: "intake.format_unknown", "format" {
        Csv = "csv",
        Workbook = "xlsx",
        /// An array of objects, alone or inside an object.
        JsonArray = "json",
        JsonLines = "jsonl",
        /// schema.org; each row has one cell, the text of a JobPosting object.
        JobPosting = "jobposting",
    }
}

/// What the reader of a file says before its rows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Head {
    pub format: Format,
    /// Name of the encoding of a text, or of the sheet of a workbook.
    pub detail: String,
    /// Of a CSV file.
    pub delimiter: char,
}

coded! {
    /// received → staging → applying → done; failed when the file as a whole was refused.
    pub enum State: "intake.state_unknown", "state" {
        Received = "received",
        /// Its rows are being read into the staging table: nothing else has changed.
        Staging = "staging",
        /// Batch after batch becomes vacancies or jobseekers.
        Applying = "applying",
        Done = "done",
        Failed = "failed",
    }
}

/// What became of the rows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Counts {
    pub rows: i64,
    pub accepted: i64,
    pub unchanged: i64,
    pub refused: i64,
    /// Of the accepted vacancies, those that wait for a clerk, and those that may not be published.
    pub held: i64,
    pub rejected: i64,
    pub understood: Understood,
}

impl std::ops::AddAssign for Counts {
    fn add_assign(&mut self, other: Self) {
        self.rows += other.rows;
        self.accepted += other.accepted;
        self.unchanged += other.unchanged;
        self.refused += other.refused;
        self.held += other.held;
        self.rejected += other.rejected;
        self.understood += other.understood;
    }
}

/// A file of vacancies or jobseekers, received and worked off.
#[derive(Clone, Debug, PartialEq, sqlx::FromRow)]
pub struct Intake {
    pub id: Id<Intake>,
    pub noun: Noun,
    /// As the person who sent it named it.
    pub name: String,
    /// The first half of the SHA-256 of the bytes.
    pub digest: String,
    /// How it was asked to be read: the same file asked for otherwise is another intake.
    pub choice: String,
    pub state: State,
    #[sqlx(json(nullable))]
    pub head: Option<Head>,
    /// The rows down to the headings, as a refused file repeats them.
    #[sqlx(json)]
    pub top: Vec<Row>,
    #[sqlx(json(nullable))]
    pub binding: Option<Binding>,
    /// Batches of rows in the staging table, and how many of them are done.
    pub batches: i64,
    pub cursor: i64,
    pub staged: i64,
    #[sqlx(json)]
    pub counts: Counts,
    /// Why the file as a whole was refused.
    #[sqlx(json(nullable))]
    pub refusal: Option<Told>,
    /// Who is staging it: whoever comes later takes over.
    pub holder: Uuid,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

/// A refusal written down: the words are found by the code when somebody reads it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Told {
    /// The heading of the column and what stands there; empty where it is about the whole.
    #[serde(default)]
    pub column: String,
    #[serde(default)]
    pub value: String,
    pub code: String,
    pub args: Vec<(String, String)>,
}

impl From<&Refusal> for Told {
    fn from(refusal: &Refusal) -> Self {
        let args = refusal.args.iter().map(|(k, v)| ((*k).to_owned(), v.clone())).collect();
        let code = refusal.code.to_owned();
        Self { column: String::new(), value: String::new(), code, args }
    }
}
impl From<&Fault> for Told {
    fn from(fault: &Fault) -> Self {
        let Fault { column, value, refusal } = fault;
        Self { column: column.clone(), value: value.clone(), ..refusal.into() }
    }
}

/// A row that was refused, with what is wrong in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refused {
    pub row: Row,
    pub faults: Vec<Told>,
}
