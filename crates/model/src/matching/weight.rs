//! What each part weighs: a dated, versioned row that an office may change.

use chrono::NaiveDate;
use serde::Serialize;

use crate::matching::Kind;

/// The row in force. Weights are relative to each other, and at most 1,000 each.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, sqlx::FromRow)]
pub struct Weights {
    /// Named in every answer, so that a score can be understood later.
    pub version: i64,
    pub valid_from: NaiveDate,
    pub skills: i64,
    pub occupation: i64,
    pub place: i64,
    pub wage: i64,
    pub experience: i64,
    pub education: i64,
    pub freshness: i64,
    pub living: i64,
    pub form: i64,
    /// How often the employer answers.
    pub answer: i64,
    /// What no form tells: it stands at the middle in every pair alike, so that nobody comes first
    /// by telling nothing.
    pub doubt: i64,
    /// What a skill that must be had weighs where one that is good to have weighs 100.
    pub must: i64,
    /// Kilometres after which a place is worth half.
    pub half_km: i64,
    /// How far somebody goes who named places and no distance.
    pub usual_reach_km: i64,
    /// Days after which a post is no longer new at all.
    pub fresh_days: i64,
    /// The least total at which a new post is worth a notice to somebody.
    pub notice: i64,
    /// Who decided it, and why.
    pub basis: String,
}

impl Weights {
    pub const fn of(&self, kind: Kind) -> i64 {
        match kind {
            Kind::Skills => self.skills,
            Kind::Occupation => self.occupation,
            Kind::Place => self.place,
            Kind::Wage => self.wage,
            Kind::Experience => self.experience,
            Kind::Education => self.education,
            Kind::Freshness => self.freshness,
            Kind::Living => self.living,
            Kind::Form => self.form,
            Kind::Answer => self.answer,
            Kind::Untold => self.doubt,
        }
    }
}
