//! For how long what is kept: dated rows of terms with their basis, and what each makes go. 保存期限

use chrono::{DateTime, Days, NaiveDate, NaiveTime, Utc};

use crate::{coded::coded, term::Terms};

coded! {
    /// What goes when its time is over. The code is the key of the term that says how many days.
    pub enum Rule: "retention.rule_unknown", "rule" {
        /// Records of people who look for nothing and have not been touched: erased as if they had asked.
        Jobseekers = "retention_jobseeker",
        /// Lines of who has looked at a record.
        Looks = "retention_look",
        /// What people agreed to and have since taken back or said anew.
        Consents = "retention_consent",
        /// Alarms of who walks through records, with the address that they come from.
        Alarms = "retention_alarm",
    }
}

/// A rule as it stands on a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    pub rule: Rule,
    pub days: u64,
    pub basis: String,
    /// What was last touched before this goes.
    pub before: DateTime<Utc>,
}

/// The rules that hold: one for which no term is in force makes nothing go.
pub fn standing(terms: &Terms, today: NaiveDate) -> Vec<Standing> {
    let one = |rule: &Rule| {
        let term = terms.find(rule.code(), "")?;
        // a term of no days would empty the tables
        let days = if term.value >= 1.0 {
            format!("{:.0}", term.value).parse().ok()?
        } else {
            return None;
        };
        let before = today.checked_sub_days(Days::new(days))?.and_time(NaiveTime::MIN).and_utc();
        Some(Standing { rule: *rule, days, basis: term.basis.clone(), before })
    };
    Rule::ALL.iter().filter_map(one).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::term::Term;

    #[test]
    fn a_rule_holds_while_its_term_does_and_is_never_of_no_days() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let term = |key: &str, value| Term {
            key: key.into(),
            region: String::new(),
            value,
            unit: "day".into(),
            valid_from: day("2020-01-01"),
            valid_to: None,
            basis: "个人信息保护法第十九条".into(),
        };
        let today = day("2026-11-22");
        let terms =
            Terms::on(today, [term("retention_look", 10.0), term("retention_consent", 0.0)]);
        let found = standing(&terms, today);
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].rule, found[0].days), (Rule::Looks, 10));
        assert_eq!(found[0].before.to_rfc3339(), "2026-11-12T00:00:00+00:00");
        assert!(standing(&Terms::default(), today).is_empty());
    }
}
