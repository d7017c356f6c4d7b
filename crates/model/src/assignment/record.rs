//! An assignment as it is kept: what went in, what came out, and nothing that changes later.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::{Market, Quota, Way, draw::Drawn, draw::draw};
use crate::{Id, Refusal, jobseeker::Jobseeker, vacancy::Vacancy};

/// One assignment of a list. Both texts are kept too, with their digests, so that anybody can make
/// the outcome again from the input and compare every byte.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, sqlx::FromRow)]
pub struct Assignment {
    pub id: Id<Assignment>,
    pub title: String,
    pub way: Way,
    /// How many people and posts took part, and how many places were given.
    pub people: i64,
    pub posts: i64,
    pub placed: i64,
    /// SHA-256 in hexadecimal.
    pub input_digest: String,
    pub outcome_digest: String,
    pub created_at: DateTime<Utc>,
}

/// Everything an assignment was made of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Input {
    pub way: Way,
    /// Version of the weights of the scores, the day they were for, and the last event before.
    pub weights: i64,
    pub day: NaiveDate,
    pub event: i64,
    pub posts: Vec<Seats>,
    pub quotas: Vec<Quota>,
    /// In the order of the market.
    pub people: Vec<Id<Jobseeker>>,
    pub market: Market,
}

/// A post and how many places it has here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seats {
    pub vacancy: Id<Vacancy>,
    pub seats: usize,
}

impl Input {
    /// The limits with their names.
    pub fn drawn(&self) -> Result<Drawn, Refusal> {
        let seats: Vec<_> = self.posts.iter().map(|post| post.seats).collect();
        draw(&seats, &self.quotas)
    }
}
