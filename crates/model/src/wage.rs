//! Wages: a range in cents with a period, comparable per month. 工资

pub mod read;

use serde::{Deserialize, Serialize};

use crate::{coded::coded, term::Terms};

/// What is offered, as it was meant.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wage {
    /// Cents (fen) a period; `min <= max`.
    pub min: i64,
    pub max: i64,
    pub period: Period,
    /// Months paid a year where said: "13薪" is 13. It does not enter the comparison per month.
    pub months: Option<i64>,
    /// ISO 4217: `CNY`, `USD`.
    pub currency: String,
}

coded! {
    /// What a sum is paid for.
    pub enum Period: "wage.period_unknown", "wage_period" {
        Hour = "hour",
        Day = "day",
        Week = "week",
        Month = "month",
        Year = "year",
        /// Once, for the whole of the work.
        Once = "once",
    }
}

impl Wage {
    /// Cents a month, lower and upper end, for comparing and filtering. `None` where the terms do
    /// not say how many days or hours a month has, for a one-off sum, and for an unknown currency.
    pub fn monthly(&self, terms: &Terms) -> Option<(i64, i64)> {
        let days = || terms.find("working_days_per_month", "").map(|t| t.value);
        let hours = || terms.find("working_hours_per_day", "").map(|t| t.value);
        let rate = match self.currency.as_str() {
            "CNY" => 1.0,
            other => terms.find(&format!("exchange_{}", other.to_lowercase()), "")?.value,
        };
        let factor = rate
            * match self.period {
                Period::Hour => days()? * hours()?,
                Period::Day => days()?,
                Period::Week => days()? / 5.0,
                Period::Month => 1.0,
                Period::Year => 1.0 / 12.0,
                Period::Once => return None,
            };
        #[expect(clippy::cast_possible_truncation, clippy::cast_precision_loss, reason = "cents")]
        let times = |cents: i64| (cents as f64 * factor).round() as i64;
        Some((times(self.min), times(self.max)))
    }
}
