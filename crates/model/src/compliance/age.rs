//! Ages in a text: which of them are limits, and which limits the law knows.

use crate::{cell, term::Terms};

/// What an age condition comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Limit {
    /// Somebody below the age of employment is asked for.
    Child,
    /// A limit without a ground in the age of employment or of retirement.
    Limit,
}

/// Reads a condition "from … to …". An end below ten, or beyond a hundred, is no age of a worker.
pub fn limit(from: Option<&str>, to: Option<&str>, terms: &Terms) -> Option<Limit> {
    let age = |text: &str| cell::whole(text).filter(|age| (10..100).contains(age));
    let term = |key| terms.find(key, "").map(|term| term.value);
    #[expect(clippy::cast_precision_loss, reason = "two digits")]
    let is = |age: i64, test: fn(&f64, &f64) -> bool, key| {
        term(key).is_some_and(|value| test(&(age as f64), &value))
    };
    let (from, to) = (from.and_then(age), to.and_then(age));
    let child = |age: i64| is(age, f64::lt, "minimum_working_age");
    if from.is_some_and(child) || to.is_some_and(child) {
        return Some(Limit::Child);
    }
    let above = from.is_some_and(|age| is(age, f64::gt, "age_of_majority"));
    // up to the age of majority it is a youth's place, which has a rule of its own
    let below = to.is_some_and(|age| {
        is(age, f64::lt, "retirement_age") && is(age, f64::gt, "age_of_majority")
    });
    (above || below).then_some(Limit::Limit)
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::*;
    use crate::term::Term;

    #[test]
    fn only_limits_without_a_ground_are_limits() {
        let term = |(key, value): (&str, f64)| Term {
            key: key.into(),
            region: String::new(),
            value,
            unit: "year".into(),
            valid_from: NaiveDate::default(),
            valid_to: None,
            basis: "test".into(),
        };
        let rows =
            [("minimum_working_age", 16.0), ("age_of_majority", 18.0), ("retirement_age", 60.0)];
        let terms = Terms::on(NaiveDate::default(), rows.map(term));
        for (from, to, found) in [
            ("18", "60", None),
            ("16", "", None),
            ("18", "45", Some(Limit::Limit)),
            ("25", "", Some(Limit::Limit)),
            ("十四", "十六", Some(Limit::Child)),
            ("", "三十五", Some(Limit::Limit)),
            ("3", "6", None),
            ("16", "17", None),
        ] {
            let said = |text: &'static str| Some(text).filter(|text| !text.is_empty());
            assert_eq!(limit(said(from), said(to), &terms), found, "{from}-{to}");
        }
        assert_eq!(limit(Some("14"), None, &Terms::default()), None);
    }
}
