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
    let groups: Vec<&str> =
        text.split(|c: char| !c.is_ascii_digit()).filter(|g| !g.is_empty()).collect();
    let of_year = |g: &&str| g.len() == 4 && (g.starts_with("20") || g.starts_with("19"));
    // of a span the end is what lies ahead: 2026年3月1日-2026年6月30日
    let year = match side {
        Side::Past => groups.iter().position(of_year),
        Side::Future => groups.iter().rposition(of_year),
    };
    let number = |at: usize| groups.get(at)?.parse::<u32>().ok();
    let first = *groups.first()?;
    if let Some(month) = month_name(&text) {
        let day = groups.iter().find(|g| g.len() <= 2)?.parse().ok()?;
        return sensible(groups.get(year?)?.parse().ok()?, month, day);
    }
    match (first.len(), year) {
        (8, _) => compact(first),
        (14, _) => compact(first.get(..8)?),
        (5, _) if text.len() == 5 || text.starts_with(&format!("{first}.")) => serial(first),
        (1 | 2, Some(2)) => of_slashes(groups.get(2)?.parse().ok()?, number(0)?, number(1)?),
        (_, Some(at)) => {
            sensible(groups.get(at)?.parse().ok()?, number(at + 1)?, number(at + 2).unwrap_or(1))
        }
        (2, None) if groups.len() == 3 && number(0)? > 12 => {
            sensible(2000 + first.parse::<i32>().ok()?, number(1)?, number(2)?)
        }
        (1 | 2, None) => without_year(number(0)?, number(1)?, today, side),
        _ => None,
    }
}

/// The month that an English date names.
fn month_name(text: &str) -> Option<u32> {
    const MONTHS: [&str; 12] =
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let mut words = text.split(|c: char| !c.is_ascii_alphabetic()).filter(|w| w.len() >= 3);
    words.find_map(|w| (1..).zip(MONTHS).find(|(_, m)| w.starts_with(m)).map(|(n, _)| n))
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
        let count = text.split(|c: char| !c.is_ascii_digit()).find(|g| !g.is_empty())?;
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
            "22-02-24",
            "Feb 24, 2022",
            "24 February 2022",
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
        assert_eq!(past("发布于2天前"), ymd(2026, 2, 27));
        assert_eq!(past("今天"), Some(today));
        assert_eq!(read("June 30, 2026", today, Side::Future), ymd(2026, 6, 30));
        assert_eq!(read("2026年3月1日至2026年6月30日", today, Side::Future), ymd(2026, 6, 30));
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
