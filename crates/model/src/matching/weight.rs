//! What each part weighs: a dated, versioned row that an office may change.

use chrono::NaiveDate;
use serde::Serialize;

use crate::{Refusal, matching::Kind};

/// The row in force. Weights are relative to each other, and at most 1,000 each.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, sqlx::FromRow)]
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
    /// By how much of its weight, in thousandths, a part that a side does not tell adds to the doubt.
    pub untold: i64,
    /// How much of the occupation, in thousandths, the words of title and wish decide.
    pub title: i64,
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

/// What a row must be: each part, its least and its most.
const BOUNDS: [(&str, i64, i64); 18] = [
    ("skills", 0, 1_000),
    ("occupation", 0, 1_000),
    ("place", 0, 1_000),
    ("wage", 0, 1_000),
    ("experience", 0, 1_000),
    ("education", 0, 1_000),
    ("freshness", 0, 1_000),
    ("living", 0, 1_000),
    ("form", 0, 1_000),
    ("answer", 0, 1_000),
    ("doubt", 1, 500),
    ("untold", 0, 1_000),
    ("title", 0, 1_000),
    ("must", 100, 500),
    ("half_km", 1, 500),
    ("usual_reach_km", 1, 1_000),
    ("fresh_days", 1, 365),
    ("notice", 0, 100_000),
];

impl Weights {
    /// The names of the numbers, as columns, forms and the API have them.
    pub fn names() -> impl Iterator<Item = &'static str> {
        BOUNDS.iter().map(|(name, ..)| *name)
    }

    /// What the parts add up to.
    pub const SUM: i64 = 1_000;

    pub fn get(&self, name: &str) -> i64 {
        let mut copy = self.clone();
        copy.slot(name).map_or(0, |value| *value)
    }

    /// The place of a number; none for a name that is none.
    pub fn slot(&mut self, name: &str) -> Option<&mut i64> {
        Some(match name {
            "skills" => &mut self.skills,
            "occupation" => &mut self.occupation,
            "place" => &mut self.place,
            "wage" => &mut self.wage,
            "experience" => &mut self.experience,
            "education" => &mut self.education,
            "freshness" => &mut self.freshness,
            "living" => &mut self.living,
            "form" => &mut self.form,
            "answer" => &mut self.answer,
            "doubt" => &mut self.doubt,
            "untold" => &mut self.untold,
            "title" => &mut self.title,
            "must" => &mut self.must,
            "half_km" => &mut self.half_km,
            "usual_reach_km" => &mut self.usual_reach_km,
            "fresh_days" => &mut self.fresh_days,
            "notice" => &mut self.notice,
            _ => return None,
        })
    }

    /// What a part that is not told adds to the doubt.
    pub(super) const fn doubt_of(&self, weight: i64) -> i64 {
        weight * self.untold / 1_000
    }

    /// What the parts of a score add up to, without the doubt.
    pub fn sum(&self) -> i64 {
        Kind::ALL.into_iter().map(|kind| self.of(kind)).sum()
    }

    /// May this be the next row? It does not begin before `today`: what was answered stays true.
    pub fn check(&self, today: NaiveDate) -> Result<(), Refusal> {
        for (name, least, most) in BOUNDS {
            if !(least..=most).contains(&self.get(name)) {
                let refusal = Refusal::new("matching.weight_out_of_range").field(name);
                return Err(refusal.arg("least", least.to_string()).arg("most", most.to_string()));
            }
        }
        if self.sum() != Self::SUM {
            let refusal = Refusal::new("matching.weight_sum").arg("sum", self.sum().to_string());
            return Err(refusal.arg("whole", Self::SUM.to_string()));
        }
        if self.valid_from < today {
            return Err(Refusal::new("matching.weight_past").field("valid_from"));
        }
        if self.basis.trim().is_empty() {
            return Err(Refusal::new("matching.weight_reason").field("basis"));
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row() -> Weights {
        let valid_from = NaiveDate::from_ymd_opt(2026, 12, 1).unwrap();
        let mut row = Weights { valid_from, basis: "a try".into(), ..Weights::default() };
        for (name, least, _) in BOUNDS {
            *row.slot(name).unwrap() = least;
        }
        row.skills = 600;
        row.place = 400;
        row
    }

    #[test]
    fn a_row_adds_up_begins_today_at_the_earliest_and_says_why() {
        let today = row().valid_from;
        let code = |row: &Weights| row.check(today).unwrap_err().code;
        assert!(row().check(today).is_ok());
        assert_eq!(code(&Weights { skills: 601, ..row() }), "matching.weight_sum");
        assert_eq!(code(&Weights { must: 99, ..row() }), "matching.weight_out_of_range");
        assert_eq!(code(&Weights { basis: " ".into(), ..row() }), "matching.weight_reason");
        let yesterday = today.pred_opt().unwrap();
        assert_eq!(code(&Weights { valid_from: yesterday, ..row() }), "matching.weight_past");
    }

    #[test]
    fn every_number_has_a_name_and_a_place() {
        let mut row = row();
        assert!(Weights::names().all(|name| row.slot(name).is_some()));
        assert!(row.slot("version").is_none());
        assert_eq!(row.get("skills"), 600);
    }
}
