//! What each part weighs: a dated, versioned row that an office may change; and how telling a
//! skill is, counted over the posts now open.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::Serialize;

use crate::{matching::Kind, skill::Need};

/// The row in force. Weights are relative to each other.
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
    /// What a skill that must be had weighs where one that is good to have weighs 100.
    pub must: i64,
    /// Kilometres after which a place is worth half.
    pub half_km: i64,
    /// How far somebody goes who named places and no distance.
    pub usual_reach_km: i64,
    /// Days after which a post is no longer new at all.
    pub fresh_days: i64,
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
            Kind::Untold => 0,
        }
    }
}

/// How telling each skill is: one that few posts ask for tells more than one that all ask for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rarity {
    posts: i64,
    asking: BTreeMap<String, i64>,
}

/// Steps of the logarithm: 16 a doubling.
const STEPS: u32 = 16;

impl Rarity {
    /// Counts one post's skills.
    pub fn count(&mut self, skills: &[Need]) {
        self.posts += 1;
        for skill in skills.iter().map(|need| need.code.as_str()) {
            match self.asking.get_mut(skill) {
                Some(n) => *n += 1,
                None => drop(self.asking.insert(skill.to_owned(), 1)),
            }
        }
    }

    /// 16 for a skill that every post asks for, and 16 more for each halving of their share.
    pub fn of(&self, skill: &str) -> i64 {
        let asking = self.asking.get(skill).copied().unwrap_or(0).max(1);
        let share = u64::try_from(self.posts.max(1)).unwrap_or(1) * u64::from(STEPS)
            / u64::try_from(asking).unwrap_or(1);
        i64::from(STEPS + logarithm(share) - logarithm(u64::from(STEPS)))
    }
}

/// 16·log2, by straight lines between the powers of two.
fn logarithm(n: u64) -> u32 {
    let n = n.max(1);
    let whole = n.ilog2();
    let rest = ((n - (1 << whole)) * u64::from(STEPS)) >> whole;
    whole * STEPS + u32::try_from(rest).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_fewer_posts_ask_for_a_skill_the_more_it_tells() {
        let mut rarity = Rarity::default();
        for n in 0..100 {
            let need = |code: &str| Need { code: code.into(), must: true };
            rarity.count(&[need("mandarin"), need(if n < 10 { "welding" } else { "cooking" })]);
        }
        assert_eq!(rarity.of("mandarin"), 16);
        assert!(rarity.of("cooking") > 16 && rarity.of("welding") > rarity.of("cooking"));
        assert!(rarity.of("never asked for") > rarity.of("welding"));
        assert_eq!(Rarity::default().of("anything"), 16);
    }

    #[test]
    fn the_logarithm_grows_by_sixteen_a_doubling() {
        for power in 0..40 {
            assert_eq!(logarithm(1 << power), power * 16);
        }
        assert!((1..5000_u64).all(|n| logarithm(n) <= logarithm(n + 1)));
    }
}
