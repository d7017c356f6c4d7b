//! Days as people say them.

use chrono::{Datelike, NaiveDate};

use crate::{Lang, t};

/// "2024年11月2日", "2 November 2024".
pub fn full(lang: Lang, day: NaiveDate) -> String {
    match lang {
        Lang::Zh => format!("{}年{}月{}日", day.year(), day.month(), day.day()),
        Lang::En => day.format("%-d %B %Y").to_string(),
    }
}

/// "今天", "3天前", and from a month on the day itself: "2024-11-02", as lists show it.
pub fn ago(lang: Lang, day: NaiveDate, today: NaiveDate) -> String {
    match (today - day).num_days() {
        0 => t(lang, "date.today", &[]),
        1 => t(lang, "date.yesterday", &[]),
        days @ 2..=30 => t(lang, "date.days_ago", &[("days", days.into())]),
        _ => day.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_told_by_how_long_ago_it_was() {
        let day = |d| NaiveDate::from_ymd_opt(2024, 11, d).unwrap();
        assert_eq!(full(Lang::Zh, day(2)), "2024年11月2日");
        assert_eq!(full(Lang::En, day(2)), "2 November 2024");
        assert_eq!(ago(Lang::Zh, day(2), day(2)), "今天");
        assert_eq!(ago(Lang::En, day(1), day(2)), "yesterday");
        assert_eq!(ago(Lang::Zh, day(2), day(5)), "3天前");
        assert_eq!(ago(Lang::En, day(2), day(5)), "3 days ago");
        assert_eq!(ago(Lang::Zh, day(2), day(2) + chrono::Days::new(31)), "2024-11-02");
        // a day to come is never "ago"
        assert_eq!(ago(Lang::Zh, day(5), day(2)), "2024-11-05");
    }
}
