//! The wage that a question names: 8000以上, 15k, "月薪2万", 五千以上, "over $100,000", 4500.

use std::ops::Range;

use crate::{
    term::Terms,
    wage::read::{self, Hint, Said},
};

/// What may stand before and after a sum.
const BEFORE: &[&str] = &[
    "月薪",
    "月工资",
    "月收入",
    "年薪",
    "年收入",
    "日薪",
    "时薪",
    "周薪",
    "工资",
    "薪资",
    "薪水",
    "收入",
    "底薪",
    "待遇",
    "每月",
    "一个月",
    "一月",
    "每年",
    "一年",
    "每天",
    "一天",
    "每小时",
    "一小时",
    "不低于",
    "至少",
    "最低",
    "起码",
    "达到",
    "超过",
    "大于",
    "over",
    "above",
    "at least",
    "more than",
    "minimum",
    "from",
    "salary",
    "pay",
    "wage",
    "¥",
    "$",
    "us$",
    "£",
    "€",
    "rmb",
];
const AFTER: &[&str] = &[
    "千",
    "万",
    "k",
    "w",
    "元",
    "块钱",
    "块",
    "以上",
    "及以上",
    "往上",
    "起",
    "左右",
    "+",
    "多",
    "/月",
    "每月",
    "一个月",
    "/天",
    "每天",
    "一天",
    "/小时",
    "每小时",
    "一小时",
    "/年",
    "每年",
    "一年",
    "月薪",
    "年薪",
    "a month",
    "per month",
    "/month",
    "a year",
    "per year",
    "/year",
    "a day",
    "per day",
    "/day",
    "an hour",
    "per hour",
    "/hour",
    "/hr",
    "and up",
    "or more",
    "plus",
    "usd",
    "rmb",
    "dollars",
    "yuan",
];

/// A bare number in this range, in whole hundreds, is a month's wage.
const BARE: Range<i64> = 1_500..60_000;

/// The first sum of money, with the words that belong to it, and the cents a month it comes to.
pub(super) fn find(text: &str, terms: &Terms) -> Option<(Range<usize>, i64)> {
    let mut from = 0;
    while let Some(at) = text.get(from..)?.find(begins).map(|n| from + n) {
        let digits = number(text.get(at..)?);
        if digits == 0 {
            from = at + text.get(at..)?.chars().next().map_or(1, char::len_utf8);
            continue;
        }
        let start = back(text, at);
        let (end, ranged) = forward(text, at + digits);
        let bare = start == at && end == at + digits;
        let alone = |c: Option<char>| c.is_none_or(|c| !c.is_ascii_alphanumeric());
        let before = alone(text.get(..start)?.chars().next_back());
        let after = alone(text.get(end..)?.chars().next());
        let written = text.get(start..end)?;
        if before
            && after
            && (ranged || !bare || is_bare(text, at, digits))
            && let Some(pay) = monthly(written, terms)
        {
            return Some((start..end, pay));
        }
        from = at + digits;
    }
    None
}

fn begins(c: char) -> bool {
    c.is_ascii_digit() || "一二两三四五六七八九".contains(c)
}

/// Digits, with separators of thousands and a decimal point; or characters, from a thousand on: 五千,
/// 一万二, 三千五百.
fn number(text: &str) -> usize {
    if !text.starts_with(|c: char| c.is_ascii_digit()) {
        let part = |c: char| "零一二两三四五六七八九十百千万".contains(c);
        let end = text.find(|c: char| !part(c)).unwrap_or(text.len());
        let written = text.get(..end).unwrap_or_default();
        return if begins_with_thousands(written) { end } else { 0 };
    }
    let part = |c: char| c.is_ascii_digit() || c == ',' || c == '.';
    let end = text.find(|c: char| !part(c)).unwrap_or(text.len());
    text.get(..end).map_or(0, |number| number.trim_end_matches([',', '.']).len())
}

/// 五千, 三五千, 两万; not 一天 and not 三百六十行.
fn begins_with_thousands(written: &str) -> bool {
    let mut rest = written.trim_start_matches(begins).chars();
    written.starts_with(begins) && matches!(rest.next(), Some('千' | '万'))
}

/// Where the words before a sum begin.
fn back(text: &str, at: usize) -> usize {
    let mut start = at;
    while let Some(before) = text.get(..start).map(str::trim_end) {
        let Some(word) =
            BEFORE.iter().filter(|word| before.ends_with(*word)).max_by_key(|w| w.len())
        else {
            break;
        };
        start = before.len() - word.len();
    }
    start
}

/// Where the words after a sum end, and whether another sum is among them.
fn forward(text: &str, at: usize) -> (usize, bool) {
    let (mut end, mut ranged) = (at, false);
    while let Some(after) = text.get(end..) {
        let rest = after.trim_start();
        let blank = after.len() - rest.len();
        let upper = rest.strip_prefix(['-', '~', '—', '–', '到', '至']);
        let digits = upper.map_or(0, number);
        if let Some(word) = AFTER.iter().filter(|w| rest.starts_with(*w)).max_by_key(|w| w.len()) {
            end += blank + word.len();
        } else if digits > 0 && !ranged {
            end += after.len() - upper.map_or(0, str::len) + digits;
            ranged = true;
        } else {
            break;
        }
    }
    (end, ranged)
}

/// Nothing says that it is money; but whoever looks for work and types 4500 means that.
fn is_bare(text: &str, at: usize, digits: usize) -> bool {
    let Some(number) = text.get(at..at + digits) else { return false };
    if !number.is_ascii() {
        // 五千的焊工, and not 两千人的厂
        let next = text.get(at + digits..).and_then(|rest| rest.chars().next());
        return next.is_none_or(|c| c == '的' || !c.is_alphanumeric());
    }
    let value = number.parse::<i64>().ok();
    value.is_some_and(|value| BARE.contains(&value) && value % 500 == 0)
}

fn monthly(written: &str, terms: &Terms) -> Option<i64> {
    const SHORTEST: i64 = 50_000;
    let Ok(Some(Said::Range(wage))) = read::text(written, &Hint::default()) else { return None };
    let (low, high) = wage.monthly(terms)?;
    let meant = if low > 0 { low } else { high };
    (meant >= SHORTEST).then_some(meant)
}
