//! What is paid, in the words of an advertisement.

use model::wage::Wage;

use crate::{Lang, number, t};

/// "6,000–8,000 元/月·13薪", "¥6,000–8,000 a month, 13 months a year"; "面议" without a figure.
pub fn full(lang: Lang, wage: Option<&Wage>) -> String {
    let Some(wage) = wage else { return t(lang, "wage.negotiable", &[]) };
    let args = [("sum", sum(lang, wage).into())];
    let paid = t(lang, &format!("wage.per-{}", wage.period), &args);
    match wage.months {
        Some(months) if months > 12 => {
            t(lang, "wage.months", &[("wage", paid.into()), ("months", months.into())])
        }
        Some(_) | None => paid,
    }
}

/// Cents a month as a floor: "3,000 元以上", "from ¥3,000".
pub fn floor(lang: Lang, cents: i64) -> String {
    t(lang, "wage.floor", &[("sum", number::money(cents).into())])
}

/// Cents a month as a sum: "3,000 元", "¥3,000".
pub fn monthly(lang: Lang, cents: i64) -> String {
    t(lang, "wage.money-CNY", &[("sum", number::money(cents).into())])
}

/// Two sums in cents a month: "3,000–4,500 元", "¥3,000–4,500".
pub fn monthly_range(lang: Lang, from: i64, to: i64) -> String {
    t(lang, "wage.money-CNY", &[("sum", range(from, to).into())])
}

fn range(from: i64, to: i64) -> String {
    if from == to {
        number::money(from)
    } else {
        format!("{}–{}", number::money(from), number::money(to))
    }
}

fn sum(lang: Lang, wage: &Wage) -> String {
    let range = range(wage.min, wage.max);
    let key = match wage.currency.as_str() {
        "CNY" => "wage.money-CNY",
        "USD" => "wage.money-USD",
        _ => return format!("{} {range}", wage.currency),
    };
    t(lang, key, &[("sum", range.into())])
}

#[cfg(test)]
mod tests {
    use model::wage::Period;

    use super::*;

    fn wage(min: i64, max: i64, period: Period, currency: &str) -> Wage {
        Wage { min, max, period, months: None, currency: currency.into() }
    }

    #[test]
    fn a_wage_reads_like_an_advertisement() {
        let month = wage(600_000, 800_000, Period::Month, "CNY");
        assert_eq!(full(Lang::Zh, Some(&month)), "6,000–8,000 元/月");
        assert_eq!(full(Lang::En, Some(&month)), "¥6,000–8,000 a month");
        let day = wage(18_050, 18_050, Period::Day, "CNY");
        assert_eq!(full(Lang::Zh, Some(&day)), "180.50 元/天");
        let hour = wage(1_500, 2_000, Period::Hour, "USD");
        assert_eq!(full(Lang::En, Some(&hour)), "$15–20 an hour");
        assert_eq!(full(Lang::Zh, Some(&hour)), "15–20 美元/小时");
        assert_eq!(full(Lang::Zh, None), "面议");
    }

    #[test]
    fn more_than_twelve_months_are_said() {
        let thirteen = Wage { months: Some(13), ..wage(800_000, 800_000, Period::Month, "CNY") };
        assert_eq!(full(Lang::Zh, Some(&thirteen)), "8,000 元/月·13薪");
        assert_eq!(full(Lang::En, Some(&thirteen)), "¥8,000 a month, 13 months a year");
        let twelve = Wage { months: Some(12), ..thirteen };
        assert_eq!(full(Lang::Zh, Some(&twelve)), "8,000 元/月");
    }

    #[test]
    fn a_floor_is_said_as_one() {
        assert_eq!(floor(Lang::Zh, 300_000), "3,000 元以上");
        assert_eq!(monthly(Lang::En, 300_000), "¥3,000");
    }
}
