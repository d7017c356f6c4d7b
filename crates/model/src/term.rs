//! Numbers from regulations: dated rows with their legal basis, handed to the rules that need them.

use chrono::NaiveDate;
use serde::Serialize;

use crate::Refusal;

/// One number, valid in one place for a time.
#[derive(Clone, Debug, PartialEq, Serialize, sqlx::FromRow)]
pub struct Term {
    /// What it is: `working_days_per_month`, `minimum_working_age`, …
    pub key: String,
    /// Where it holds: a region code, or empty for the whole country.
    pub region: String,
    pub value: f64,
    pub unit: String,
    pub valid_from: NaiveDate,
    /// The day after the last one; `None` while in force.
    pub valid_to: Option<NaiveDate>,
    /// Instrument and article.
    pub basis: String,
}

/// The keys of which an office may add rows, with their units.
pub const KEPT: [(&str, &str); 17] = [
    ("minimum_wage_month", "CNY/month"),
    ("minimum_wage_hour", "CNY/hour"),
    ("compliance_hold", "flag"),
    ("retention_jobseeker", "day"),
    ("retention_look", "day"),
    ("retention_consent", "day"),
    ("retention_alarm", "day"),
    ("vacancy_usual_days", "day"),
    ("vacancy_longest_days", "day"),
    ("vacancy_silent_days", "day"),
    ("vacancy_reminder_days", "day"),
    ("vacancy_decision_days", "day"),
    ("list_minute_visitor", "page"),
    ("list_minute_address", "page"),
    ("list_minute_member", "page"),
    ("alarm_minute_misses", "count"),
    ("employer_day_people", "person"),
];

impl Term {
    /// Whether an office may add this row.
    pub fn check(&self) -> Result<(), Refusal> {
        if !KEPT.contains(&(&self.key, &self.unit)) {
            let valid = KEPT.map(|(key, _)| key).join(", ");
            let refusal = Refusal::new("term.key_unknown").field("key");
            return Err(refusal.arg("value", &self.key).arg("valid", valid));
        }
        let most = if self.unit == "flag" { 1.0 } else { 100_000.0 };
        if !(0.0..=most).contains(&self.value) {
            let refusal = Refusal::new("term.value_range").field("value");
            return Err(refusal.arg("value", self.value.to_string()).arg("most", most.to_string()));
        }
        if self.basis.trim().chars().count() < 4 {
            return Err(Refusal::new("term.basis_missing").field("basis"));
        }
        Ok(())
    }
}

/// The terms in force on one day.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Terms {
    rows: Vec<Term>,
}

impl Terms {
    /// Keeps what is in force on `day`.
    pub fn on(day: NaiveDate, rows: impl IntoIterator<Item = Term>) -> Self {
        let holds = |t: &Term| t.valid_from <= day && t.valid_to.is_none_or(|end| day < end);
        Self { rows: rows.into_iter().filter(holds).collect() }
    }

    /// The row for `key` at `region`: the smallest region around it that has one, else the
    /// country's; of several there, the one that holds since last, so that a new row ends the one
    /// before it. `None` where nothing is laid down: the rule then says nothing.
    pub fn find(&self, key: &str, region: &str) -> Option<&Term> {
        let around =
            |t: &&Term| t.key == key && region.starts_with(t.region.trim_end_matches("00"));
        let near = |t: &&Term| (t.region.trim_end_matches("00").len(), t.valid_from);
        self.rows.iter().filter(around).max_by_key(near)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn term(region: &str, value: f64, from: i32, to: Option<i32>) -> Term {
        let day = |y| NaiveDate::from_ymd_opt(y, 1, 1).unwrap_or_default();
        Term {
            key: "minimum_wage_month".into(),
            region: region.into(),
            value,
            unit: "CNY/month".into(),
            valid_from: day(from),
            valid_to: to.map(day),
            basis: "test".into(),
        }
    }

    #[test]
    fn a_newer_row_ends_the_one_before_it() {
        let rows = [term("620000", 3.0, 2024, None), term("620000", 2.0, 2020, None)];
        let value = |year| {
            let day = NaiveDate::from_ymd_opt(year, 6, 1).unwrap_or_default();
            let terms = Terms::on(day, rows.clone());
            terms.find("minimum_wage_month", "620102").map(|t| t.value)
        };
        assert_eq!((value(2019), value(2023), value(2026)), (None, Some(2.0), Some(3.0)));
    }

    #[test]
    fn the_nearest_region_and_the_day_decide() {
        let rows = [
            term("", 1.0, 2000, None),
            term("620000", 2.0, 2000, Some(2020)),
            term("620000", 3.0, 2020, None),
            term("620100", 4.0, 2020, None),
        ];
        let day = NaiveDate::from_ymd_opt(2026, 1, 1).unwrap_or_default();
        let terms = Terms::on(day, rows);
        let at = |region| terms.find("minimum_wage_month", region).map(|t| t.value);
        assert_eq!(at("620102"), Some(4.0));
        assert_eq!(at("620402"), Some(3.0));
        assert_eq!(at("440300"), Some(1.0));
        assert_eq!(terms.find("unknown", "620102"), None);
    }
}
