//! That an office has spoken with a person: who has not been spoken with for long is on a list. 联系记录

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use uuid::Uuid;

use crate::{Id, coded::coded, jobseeker::Jobseeker};

/// Once, on a day. Taken back, it counts no more, and stays in the log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, sqlx::FromRow)]
pub struct Contact {
    pub id: Id<Contact>,
    #[sqlx(rename = "jobseeker_id")]
    pub jobseeker: Id<Jobseeker>,
    pub day: NaiveDate,
    pub way: Way,
    /// Those that were noted together are taken back together.
    pub batch: Uuid,
    #[serde(skip)]
    pub made_by: String,
    pub made_at: DateTime<Utc>,
    pub undone_at: Option<DateTime<Utc>>,
}

coded! {
    /// How they spoke.
    pub enum Way: "contact.way_unknown", "way" {
        /// At the window, a letter included.
        Counter = "counter",
        Phone = "phone",
        Visit = "visit",
        Message = "message",
    }
}
