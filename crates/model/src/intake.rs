//! Files coming in: rows, what was understood of them, and why one was refused. 导入

pub mod binding;
pub mod field;
pub mod file;
pub mod jobposting;
pub mod jobseeker;
pub mod layout;
mod place;
mod reader;
pub mod typed;
pub mod vacancy;

use serde::{Deserialize, Serialize};

use crate::{Refusal, coded::coded, employer, jobseeker as person, vacancy::Offer};

coded! {
    /// What a file holds.
    pub enum Noun: "intake.noun_unknown", "noun" {
        Vacancies = "vacancies",
        Jobseekers = "jobseekers",
    }
}

/// One row as it stands in the file, every cell as text. The heading row comes first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    /// As the person who made the file counts: line of the text or row of the sheet, from 1.
    pub number: i64,
    pub cells: Vec<String>,
}

/// Why a row was refused: one thing wrong in one cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The heading of the column, as the file has it.
    pub column: String,
    /// What stands there.
    pub value: String,
    /// The reason; `<code>-remedy` in the locales says how to mend it.
    pub refusal: Refusal,
}

/// Something in an accepted row that was not understood, or only in part: the text is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// The heading of the column, as the file has it.
    pub column: String,
    /// What stands there.
    pub value: String,
    /// Worded like a refusal; nothing is refused.
    pub remark: Refusal,
}

/// Of so many cells that said something, so many were understood.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tally {
    pub said: i64,
    pub understood: i64,
}

impl Tally {
    /// Counts one cell that said something.
    pub(crate) fn count(&mut self, understood: bool) {
        self.said += 1;
        self.understood += i64::from(understood);
    }
}

impl std::ops::AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        self.said += other.said;
        self.understood += other.understood;
    }
}

impl std::ops::AddAssign for Understood {
    fn add_assign(&mut self, other: Self) {
        self.wage += other.wage;
        self.city += other.city;
        self.county += other.county;
        self.education += other.education;
    }
}

/// How much of what the file says was understood.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Understood {
    pub wage: Tally,
    pub city: Tally,
    pub county: Tally,
    pub education: Tally,
}

/// A vacancy read from a row.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct VacancyDraft {
    /// The row's own id, or what makes it this row: employer, title and place.
    pub key: String,
    pub employer: employer::Details,
    pub offer: Offer,
}

/// A person read from a row.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct JobseekerDraft {
    /// The citizen number, else the row's own id, else name and telephone.
    pub key: String,
    pub identity: person::Identity,
    pub profile: person::Profile,
}
