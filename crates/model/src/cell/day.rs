//! Days as people and spreadsheets write them.

use chrono::{Datelike, Days, NaiveDate};

use super::figures;

/// On which side of today a day without a year lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// When something was offered or done.
    Past,
    /// When something ends.
    Future,
}

/// Reads `2022-02-24`, `2022/2/24`, `2022.2.24`, `2022年2月24日`, `20220224`, `44616` (a
/// spreadsheet's serial), ISO date-times, `02/24/2022`, `9-13发布`, 今天, 3天前.
pub fn read(text: &str, today: NaiveDate, side: Side) -> Option<NaiveDate> {
    let text = figures(text);
    if let Some(day) = relative(&text, today) {
        return Some(day);
    }
    let mut groups = text.split(|c: char| !c.is_ascii_digit()).filter(|g| !g.is_empty());
    let first = groups.next()?;
    let number = |s: &str| s.parse::<u32>().ok();
    match first.len() {
        4 => {
            let month = groups.next().and_then(number)?;
            let last = groups.next().and_then(number);
            sensible(first.parse().ok()?, month, last.unwrap_or(1))
        }
        8 => compact(first),
        14 => compact(first.get(..8)?),
        5 if text.len() == first.len() || text.starts_with(&format!("{first}.")) => serial(first),
        1 | 2 => {
            let (a, b) = (number(first)?, groups.next().and_then(number)?);
            match groups.next() {
                Some(year) if year.len() == 4 => of_slashes(year.parse().ok()?, a, b),
                _ => without_year(a, b, today, side),
            }
        }
        _ => None,
    }
}

fn sensible(year: i32, month: u32, day: u32) -> Option<NaiveDate> {
    if (1900..2200).contains(&year) { NaiveDate::from_ymd_opt(year, month, day) } else { None }
}

fn compact(digits: &str) -> Option<NaiveDate> {
    let part = |range: std::ops::Range<usize>| digits.get(range)?.parse::<u32>().ok();
    sensible(part(0..4)?.try_into().ok()?, part(4..6)?, part(6..8)?)
}

/// Days since 1899-12-30, as spreadsheets count; outside 1954…2119 it is some other number.
fn serial(digits: &str) -> Option<NaiveDate> {
    let days: u64 = digits.parse().ok()?;
    let origin = NaiveDate::from_ymd_opt(1899, 12, 30)?;
    if (20_000..80_000).contains(&days) { origin.checked_add_days(Days::new(days)) } else { None }
}

/// `13/09/2019` can only be British, `09/13/2019` only American; what can be both is American.
fn of_slashes(year: i32, a: u32, b: u32) -> Option<NaiveDate> {
    if a > 12 { sensible(year, b, a) } else { sensible(year, a, b) }
}

fn without_year(month: u32, day: u32, today: NaiveDate, side: Side) -> Option<NaiveDate> {
    let years = match side {
        Side::Past => [0, -1, -2, -3, -4],
        Side::Future => [0, 1, 2, 3, 4],
    };
    let lies = |d: &NaiveDate| match side {
        Side::Past => *d <= today,
        Side::Future => *d >= today,
    };
    let day_in = |by: i32| NaiveDate::from_ymd_opt(today.year() + by, month, day);
    years.into_iter().filter_map(day_in).find(lies)
}

fn relative(text: &str, today: NaiveDate) -> Option<NaiveDate> {
    let back = |days: u64| today.checked_sub_days(Days::new(days));
    let days = |per: u64| {
        let count: String = text.chars().take_while(char::is_ascii_digit).collect();
        count.parse::<u64>().ok().and_then(|n| back(n.min(10_000) * per))
    };
    match text {
        _ if text.starts_with("今天") || text.starts_with("today") || text.contains("刚刚") => {
            Some(today)
        }
        _ if text.starts_with("昨天") || text.starts_with("yesterday") => back(1),
        _ if text.starts_with("前天") => back(2),
        _ if text.contains("天前") || text.contains("日前") || text.contains(" days ago") => {
            days(1)
        }
        _ if text.contains("周前") || text.contains("星期前") => days(7),
        _ if text.contains("小时前") || text.contains("分钟前") => Some(today),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ymd(year: i32, month: u32, day: u32) -> Option<NaiveDate> {
        NaiveDate::from_ymd_opt(year, month, day)
    }

    fn past(text: &str) -> Option<NaiveDate> {
        read(text, ymd(2026, 3, 1).unwrap(), Side::Past)
    }

    #[test]
    fn a_day_in_all_its_spellings() {
        for written in [
            "2022-02-24",
            "2022/2/24",
            "2022.2.24",
            "2022年2月24日",
            "２０２２年２月２４日",
            "20220224",
            "44616",
            "44616.5",
            "2022-02-24T00:00:00.000",
            "2022-02-24T19:00:00-04:00",
            "2022-02-24 14:15",
            "02/24/2022",
            "24/02/2022",
            "20220224103000",
            "二〇二二年二月二十四日",
        ] {
            assert_eq!(past(written), ymd(2022, 2, 24), "{written}");
        }
    }

    #[test]
    fn the_year_that_is_not_written_is_the_nearest() {
        let today = ymd(2026, 3, 1).unwrap();
        assert_eq!(past("9-13发布"), ymd(2025, 9, 13));
        assert_eq!(past("02月28日"), ymd(2026, 2, 28));
        assert_eq!(read("2-15", today, Side::Future), ymd(2027, 2, 15));
        assert_eq!(past("2-29"), ymd(2024, 2, 29));
        assert_eq!(past("3天前"), ymd(2026, 2, 26));
        assert_eq!(past("今天"), Some(today));
    }

    #[test]
    fn what_is_no_day_is_none() {
        for bad in [
            "",
            "长期",
            "2022-13-01",
            "2022-02-30",
            "20221301",
            "12345",
            "99999",
            "0000-00-00",
            "5000",
        ] {
            assert_eq!(past(bad), None, "{bad}");
        }
    }
}
