//! From "8千-1.2万·13薪" to a range in cents. What could mean two things is not guessed.

mod sums;
#[cfg(test)]
mod tests;

use super::{Period, Wage};
use crate::{Refusal, cell};

/// What a cell says about the wage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Said {
    Range(Wage),
    /// 面议: understood, and no figure.
    Negotiable,
    /// 计件、提成: what is earned depends on what is done.
    Piece,
}

/// What the layout of a file says about all its wages.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Hint {
    pub period: Option<Period>,
    /// ISO 4217, or empty.
    pub currency: String,
    /// What a bare number is worth: 1000 under a heading 月薪（千元）.
    pub unit: Option<f64>,
}

/// What a month may bring, in whole units of its currency.
const PLAUSIBLE: std::ops::RangeInclusive<f64> = 1.0..=100_000_000.0;
/// Under a heading that names a unit, nobody means more of them a month.
const LARGEST_IN_UNITS: f64 = 500.0;
/// An upper end that is so many times the lower one was typed with a slip.
const WIDEST: f64 = 100.0;

/// Reads one cell. `Ok(None)`: it says something that is not understood.
pub fn text(text: &str, hint: &Hint) -> Result<Option<Said>, Refusal> {
    let text = cell::figures(text);
    let (text, months) = months(&text);
    let sums = sums::read(&text);
    // the first of the likeliest
    let likely = sums.iter().rev().filter(|s| s.rank >= 0 && !s.piece);
    let Some(sum) = likely.max_by_key(|s| s.rank) else {
        return Ok(without_sum(&text, sums.iter().any(|s| s.piece)));
    };
    let currency = currency(&text).or_else(|| some(&hint.currency)).unwrap_or("CNY");
    let unit = match hint.unit {
        // whoever writes 5600-6900元 in a column of thousands means what is written
        Some(unit) if !sum.unit && !text.contains('元') && sum.high < LARGEST_IN_UNITS => unit,
        Some(_) | None => 1.0,
    };
    let (low, high) = (sum.low * unit, sum.high * unit);
    let period = sum.period.or_else(|| period(&text)).or(hint.period);
    let Some(period) = period.or_else(|| usual(currency, low, high, sum.unit)) else {
        return Ok(None);
    };
    wage(low, high, period, currency, months).map(|w| Some(Said::Range(w)))
}

/// Reads a wage that stands in two columns, and perhaps a third with its period.
pub fn columns(low: &str, high: &str, per: &str, hint: &Hint) -> Result<Option<Said>, Refusal> {
    let joined = match (cell::is_blank(low), cell::is_blank(high)) {
        (true, true) => return Ok(None),
        (true, false) => format!("不超过{high} {per}"),
        (false, true) => format!("{low} {per}"),
        (false, false) => format!("{low}-{high} {per}"),
    };
    text(&joined, hint)
}

/// The period that a text names anywhere: 年薪, hourly, `per day`.
pub fn period(folded: &str) -> Option<Period> {
    const WORDS: &[(Period, &[&str])] = &[
        (Period::Hour, &["时薪", "小时工资", "每小时", "hour", "/小时", "/时", "/h", "按小时"]),
        (
            Period::Day,
            &["日薪", "天薪", "日结", "日工资", "每天", "每日", "daily", "/天", "/日", "day"],
        ),
        (Period::Week, &["周薪", "每周", "week", "/周", "周结"]),
        (
            Period::Year,
            &["年薪", "年收入", "每年", "年度", "annual", "annum", "year", "/年", "/yr"],
        ),
        (Period::Month, &["月薪", "月工资", "月收入", "每月", "month", "/月", "底薪", "/个月"]),
    ];
    if let Ok(period) = folded.parse() {
        return Some(period);
    }
    let named = |(_, words): &&(Period, &[&str])| words.iter().any(|w| folded.contains(w));
    WORDS.iter().find(named).map(|(period, _)| *period)
}

/// The period that nobody writes because everybody knows it. In this country a plain sum is a
/// month's; 20-30万 may be a month's on one board and a year's on another, so it stays open.
fn usual(currency: &str, low: f64, high: f64, has_unit: bool) -> Option<Period> {
    let known = match currency {
        "CNY" if has_unit || high >= 500.0 => low < 100_000.0 && high >= 500.0,
        "CNY" => false,
        _ if high < 500.0 => return Some(Period::Hour),
        _ if high >= 10_000.0 => return Some(Period::Year),
        _ => false,
    };
    known.then_some(Period::Month)
}

fn wage(
    low: f64,
    high: f64,
    period: Period,
    currency: &str,
    months: Option<i64>,
) -> Result<Wage, Refusal> {
    // in round figures: this only tells a wage from a slip
    let per_month = match period {
        Period::Hour => 200.0,
        Period::Day => 25.0,
        Period::Week => 4.0,
        Period::Year => 1.0 / 12.0,
        Period::Month | Period::Once => 1.0,
    };
    let refuse =
        |code| Refusal::new(code).field("wage").arg("min", figure(low)).arg("max", figure(high));
    if low > high {
        return Err(refuse("wage.min_above_max"));
    }
    let plausible = |sum: f64| PLAUSIBLE.contains(&(sum * per_month));
    let too_wide = low > 0.0 && high / low > WIDEST;
    if !plausible(high) || (low > 0.0 && !plausible(low)) || too_wide {
        return Err(refuse("wage.implausible"));
    }
    #[expect(clippy::cast_possible_truncation, reason = "a hundred million a month fits")]
    let cents = |sum: f64| (sum * 100.0).round() as i64;
    Ok(Wage { min: cents(low), max: cents(high), period, months, currency: currency.to_owned() })
}

/// For the sentence of a refusal: `8000`, `25.5`.
fn figure(sum: f64) -> String {
    let text = format!("{sum:.2}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// Takes "13薪", "13-15薪", "*14" out of the text: months paid a year.
fn months(text: &str) -> (String, Option<i64>) {
    const JOINTS: [char; 8] = ['·', '*', 'x', '×', ',', '(', '/', ' '];
    let kept = || (text.to_owned(), None);
    let (before, after) = text.split_once('薪').unwrap_or((text, ""));
    let head = before.trim_end_matches(|c: char| c.is_ascii_digit() || c == '-');
    let digits = before.get(head.len()..).unwrap_or_default();
    let Some(months) = digits.split('-').find_map(|d| d.parse::<i64>().ok()) else { return kept() };
    let times = head.ends_with(['*', '×', 'x']) && head.contains(|c: char| c.is_ascii_digit());
    if (12..=36).contains(&months) && (before.len() < text.len() || times) {
        (format!("{} {after}", head.trim_end_matches(JOINTS)), Some(months))
    } else {
        kept()
    }
}

/// Words and signs for currencies; those that hold another one first.
const SIGNS: &[(&str, &str)] = &[
    ("hk$", "HKD"),
    ("hkd", "HKD"),
    ("港币", "HKD"),
    ("港元", "HKD"),
    ("美元", "USD"),
    ("美金", "USD"),
    ("日元", "JPY"),
    ("欧元", "EUR"),
    ("英镑", "GBP"),
    ("us$", "USD"),
    ("usd", "USD"),
    ("eur", "EUR"),
    ("gbp", "GBP"),
    ("jpy", "JPY"),
    ("krw", "KRW"),
    ("inr", "INR"),
    ("sgd", "SGD"),
    ("cad", "CAD"),
    ("aud", "AUD"),
    ("chf", "CHF"),
    ("myr", "MYR"),
    ("thb", "THB"),
    ("vnd", "VND"),
    ("rub", "RUB"),
    ("kzt", "KZT"),
    ("$", "USD"),
    ("€", "EUR"),
    ("£", "GBP"),
    ("人民币", "CNY"),
    ("元", "CNY"),
    ("块钱", "CNY"),
    ("块", "CNY"),
    ("¥", "CNY"),
    ("rmb", "CNY"),
    ("cny", "CNY"),
];

fn currency(text: &str) -> Option<&'static str> {
    SIGNS.iter().find(|(sign, _)| text.contains(sign)).map(|(_, code)| *code)
}

fn without_sum(text: &str, has_piece: bool) -> Option<Said> {
    const OPEN: &[&str] = &[
        "面议",
        "面谈",
        "详谈",
        "协商",
        "商议",
        "电议",
        "待定",
        "保密",
        "从优",
        "另议",
        "按规定",
        "按公司",
        "按照公司",
        "公司规定",
        "negotiable",
        "competitive",
        "doe",
        "tbd",
        "不限",
    ];
    const PIECE: &[&str] = &["计件", "按件", "按量", "提成", "多劳多得", "piece", "commission"];
    let has = |words: &[&str]| words.iter().any(|w| text.contains(w));
    match text {
        _ if has(OPEN) => Some(Said::Negotiable),
        _ if has_piece || has(PIECE) => Some(Said::Piece),
        _ => None,
    }
}

fn some(text: &str) -> Option<&str> {
    if text.is_empty() { None } else { Some(text) }
}
