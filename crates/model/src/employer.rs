//! Those who offer work. 用人单位

pub mod credit_code;
pub mod verification;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::Id;

/// An organisation that takes people on.
#[derive(Clone, Debug, PartialEq, Serialize, sqlx::FromRow)]
pub struct Employer {
    pub id: Id<Employer>,
    #[sqlx(flatten)]
    pub details: Details,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

/// What an employer says of itself.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, sqlx::FromRow)]
pub struct Details {
    pub name: String,
    /// The checked unified social credit code, or empty.
    pub credit_code: String,
    /// Industry code, or empty.
    pub industry: String,
    /// As it was written.
    pub industry_text: String,
    /// "民营", "国企" … as written.
    pub ownership: String,
    /// "20-99人" as written.
    pub size: String,
}
