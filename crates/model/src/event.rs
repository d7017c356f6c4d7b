//! The log: one immutable row for every accepted change. 事件

use chrono::{DateTime, Utc};
use serde::Serialize;
use uuid::Uuid;

/// What happened, to what, by whom. Search index, notices, statistics and the audit trail are all
/// readers of these rows, each with its own cursor (`seq` of the last row it has done).
#[derive(Clone, Debug, PartialEq, Serialize, sqlx::FromRow)]
pub struct Event {
    /// 1, 2, 3 … without gaps, in the order of commits.
    pub seq: i64,
    pub at: DateTime<Utc>,
    pub actor: String,
    /// `noun.verb`, the name of the deed everywhere.
    pub deed: String,
    /// The noun that changed, and which one.
    pub noun: String,
    pub subject: Uuid,
    /// Where it belongs: a region code, or empty.
    pub region: String,
    /// An object: what changed, without names, numbers or contacts of a person.
    #[sqlx(json)]
    pub change: serde_json::Value,
}
