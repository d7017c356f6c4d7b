//! The sums of money in a folded text, each with its unit and period: "试用期3千,转正4-5千/月" has
//! two, and "每天8小时,月休4天" none.

use super::SIGNS;
use crate::wage::Period;

/// A sum or a range of sums.
#[derive(Debug, PartialEq)]
pub(super) struct Sum {
    pub(super) low: f64,
    pub(super) high: f64,
    /// It has a unit of its own: 千, 万, k.
    pub(super) unit: bool,
    pub(super) period: Option<Period>,
    /// For a piece of work: 3元/件.
    pub(super) piece: bool,
    /// The likelier it is the wage, the higher; negative for allowances and deposits.
    pub(super) rank: i64,
}

/// What follows a sum.
#[derive(Default)]
struct Tail<'a> {
    period: Option<Period>,
    piece: bool,
    at_most: bool,
    rest: &'a str,
}

struct Amount {
    value: f64,
    unit: Option<f64>,
}

pub(super) fn read(text: &str) -> Vec<Sum> {
    let mut sums = Vec::new();
    let (mut lead_from, mut from) = (text, text);
    while let Some(at) = from.find(|c: char| c.is_ascii_digit()) {
        let digits = from.get(at..).unwrap_or_default();
        let lead = lead_from.get(..lead_from.len() - digits.len()).unwrap_or_default();
        let (low, after) = amount(digits);
        if is_money(lead, &low, after) {
            let (sum, rest) = sum(lead, &low, after);
            sums.push(sum);
            (lead_from, from) = (rest, rest);
        } else {
            from = after;
        }
    }
    sums
}

/// One sum from its lower end on, with what it leaves to be read.
fn sum<'a>(lead: &str, low: &Amount, after: &'a str) -> (Sum, &'a str) {
    let upper = upper_end(low, after);
    let ranged = upper.is_some();
    let (high, after) = upper.map_or((None, after), |(high, rest)| (Some(high), rest));
    let (low, high, unit) = scaled(low, high.as_ref());
    let tail = tail(after);
    let bare_lead = lead.trim_end_matches(['$', '¥', '€', '£']);
    let at_most = !ranged && (tail.at_most || ends_with(bare_lead, AT_MOST));
    let sum = Sum {
        low: if at_most { 0.0 } else { low },
        high,
        unit,
        period: period_before(lead).or(tail.period),
        piece: tail.piece,
        rank: rank(lead, after, ranged),
    };
    (sum, tail.rest)
}

const AT_MOST: &[&str] = &["不超过", "最高", "至多", "上限", "高达", "可达", "upto", "up to"];
/// These follow a number that counts something else: 8小时, 4天, 30人, 13级.
const COUNTED: &[&str] = &[
    "小时", "个", "天", "日", "年", "人", "岁", "名", "号", "点", "班", "级", "%", "次", "险",
    "金", "倍", "周", "分", "楼", "室", "期", "位", "届", "折", "项", "条", "月",
];

fn amount(text: &str) -> (Amount, &str) {
    let mut seen_dot = false;
    let end = text.char_indices().find(|&(at, c)| match c {
        '0'..='9' => false,
        '.' if !seen_dot
            && text.get(at + 1..).is_some_and(|t| t.starts_with(|d: char| d.is_ascii_digit())) =>
        {
            seen_dot = true;
            false
        }
        _ => true,
    });
    let (digits, rest) = text.split_at(end.map_or(text.len(), |(at, _)| at));
    let value = digits.parse().unwrap_or(0.0);
    let Some((unit, after)) = unit(rest.trim_start()) else {
        return (Amount { value, unit: None }, rest);
    };
    let (more, after) = tenths(after, unit);
    (Amount { value: value + more / unit, unit: Some(unit) }, after)
}

fn unit(text: &str) -> Option<(f64, &str)> {
    const UNITS: &[(&str, f64)] = &[
        ("百万", 1e6),
        ("亿", 1e8),
        ("万", 1e4),
        ("w", 1e4),
        ("千", 1e3),
        ("k", 1e3),
        ("百", 1e2),
    ];
    let (rest, unit) =
        UNITS.iter().find_map(|(word, unit)| Some((text.strip_prefix(word)?, *unit)))?;
    let is_word =
        text.starts_with(['w', 'k']) && rest.starts_with(|c: char| c.is_ascii_alphabetic());
    if is_word { None } else { Some((unit, rest)) }
}

/// The 5 of 1万5, and of 1万5千: what it adds.
fn tenths(text: &str, unit: f64) -> (f64, &str) {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let (digit, rest) = text.split_at(digits);
    match (digits, digit.parse::<f64>()) {
        (1, Ok(value)) if !rest.starts_with('.') => match self::unit(rest) {
            Some((smaller, rest)) if smaller < unit => (value * smaller, rest),
            _ => (value * unit / 10.0, rest),
        },
        _ => (0.0, text),
    }
}

fn is_money(lead: &str, amount: &Amount, after: &str) -> bool {
    let is_label = lead.ends_with(|c: char| c.is_ascii_alphabetic())
        && !SIGNS.iter().any(|(sign, _)| lead.trim_end().ends_with(sign))
        && !lead.ends_with('x');
    let counts = amount.unit.is_none() && COUNTED.iter().any(|w| after.starts_with(w));
    let per_month = after.starts_with('月') && amount.value >= 500.0;
    !is_label && (!counts || per_month)
}

/// `-1.2万` of `8千-1.2万`, also where currency and period stand twice: `3000元/月-5000元/月`. Two
/// numbers beside each other, `4000/5000`, are a range where the second can be its upper end.
fn upper_end<'a>(low: &Amount, after: &'a str) -> Option<(Amount, &'a str)> {
    let direct = without_sign(after);
    let dashed = direct.strip_prefix('-').or_else(|| tail(after).rest.strip_prefix('-'));
    let beside = || direct.strip_prefix(['/', '、', '_', '或']);
    let number = without_sign(dashed.or_else(beside)?);
    if !number.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let (high, rest) = amount(number);
    let fits = high.value >= low.value && is_money("", &high, rest);
    if dashed.is_some() || fits { Some((high, rest)) } else { None }
}

/// In 1-1.5万 the unit of the upper end is the lower one's too; in 800-1.2万 it is not.
fn scaled(low: &Amount, high: Option<&Amount>) -> (f64, f64, bool) {
    const BARE: f64 = 100.0;
    let Some(high) = high else {
        let value = low.value * low.unit.unwrap_or(1.0);
        return (value, value, low.unit.is_some());
    };
    let inherited = |amount: &Amount, other: &Amount| match amount.unit {
        Some(unit) => unit,
        None if amount.value < BARE => other.unit.unwrap_or(1.0),
        None => 1.0,
    };
    let (by_low, by_high) = (inherited(low, high), inherited(high, low));
    (low.value * by_low, high.value * by_high, low.unit.is_some() || high.unit.is_some())
}

fn tail(text: &str) -> Tail<'_> {
    const BETWEEN: &[&str] =
        &["左右", "及", "起", "整", "+", "(", "[", "·", " ", "以上", "上下", "/人", "税前", "税后"];
    const AT_MOST: &[&str] = &["以下", "以内", "之内", "封顶"];
    const PER: &[&str] = &["/", "每", "1", "per ", "an ", "a ", "按"];
    let mut tail = Tail { rest: text, ..Tail::default() };
    loop {
        let next = without_sign(stripped(tail.rest, BETWEEN));
        let capped = stripped(next, AT_MOST);
        tail.at_most |= capped.len() < next.len();
        if capped.len() == tail.rest.len() {
            break;
        }
        tail.rest = capped;
    }
    let unit = stripped(tail.rest, PER);
    let said = unit.len() < tail.rest.len()
        || (tail.rest.len() < text.len() && !unit.starts_with(|c: char| c.is_ascii_digit()));
    if let Some((period, rest)) = period_word(unit).filter(|_| said) {
        (tail.period, tail.piece, tail.rest) = (period, period.is_none(), rest);
    }
    tail
}

/// A word for what a sum is paid for; `None` inside: for a piece.
fn period_word(text: &str) -> Option<(Option<Period>, &str)> {
    const WORDS: &[(&str, Option<Period>)] = &[
        ("小时", Some(Period::Hour)),
        ("时", Some(Period::Hour)),
        ("钟头", Some(Period::Hour)),
        ("课时", Some(Period::Hour)),
        ("hour", Some(Period::Hour)),
        ("hr", Some(Period::Hour)),
        ("h", Some(Period::Hour)),
        ("天", Some(Period::Day)),
        ("日", Some(Period::Day)),
        ("班", Some(Period::Day)),
        ("day", Some(Period::Day)),
        ("d", Some(Period::Day)),
        ("周", Some(Period::Week)),
        ("星期", Some(Period::Week)),
        ("week", Some(Period::Week)),
        ("wk", Some(Period::Week)),
        ("个月", Some(Period::Month)),
        ("月", Some(Period::Month)),
        ("month", Some(Period::Month)),
        ("mo", Some(Period::Month)),
        ("m", Some(Period::Month)),
        ("年", Some(Period::Year)),
        ("year", Some(Period::Year)),
        ("yr", Some(Period::Year)),
        ("annum", Some(Period::Year)),
        ("y", Some(Period::Year)),
        ("次", Some(Period::Once)),
        ("趟", Some(Period::Once)),
        ("场", Some(Period::Once)),
        ("件", None),
        ("个", None),
        ("单", None),
        ("只", None),
        ("台", None),
        ("套", None),
        ("吨", None),
        ("米", None),
        ("平", None),
        ("斤", None),
        ("票", None),
        ("节", None),
        ("公里", None),
        ("k", None),
    ];
    WORDS.iter().find_map(|(word, period)| Some((*period, text.strip_prefix(word)?)))
}

/// What the words before a sum say: 年薪10-15万.
fn period_before(lead: &str) -> Option<Period> {
    const WORDS: &[(&str, Period)] = &[
        ("年薪", Period::Year),
        ("年收入", Period::Year),
        ("每年", Period::Year),
        ("月薪", Period::Month),
        ("月工资", Period::Month),
        ("月收入", Period::Month),
        ("底薪", Period::Month),
        ("每月", Period::Month),
        ("月", Period::Month),
        ("日薪", Period::Day),
        ("日工资", Period::Day),
        ("日结", Period::Day),
        ("每天", Period::Day),
        ("1天", Period::Day),
        ("周薪", Period::Week),
        ("时薪", Period::Hour),
        ("小时工资", Period::Hour),
        ("每小时", Period::Hour),
    ];
    let lead = lead.trim_end_matches([':', '¥', '$', '约', ' ', '(', '达', '为']);
    let clause = lead.rsplit([',', ';', '。', '、']).next().unwrap_or(lead);
    WORDS
        .iter()
        .filter_map(|(word, period)| Some((clause.rfind(word)?, *period)))
        .max_by_key(|w| w.0)
        .map(|w| w.1)
}

fn rank(lead: &str, after: &str, ranged: bool) -> i64 {
    const WAGE: &[&str] =
        &["综合", "转正", "到手", "平均", "合计", "月薪", "年薪", "工资", "收入", "薪资", "待遇"];
    const LESS: &[&str] = &["试用", "底薪", "保底", "基本"];
    const OTHER: &[&str] = &[
        "补贴",
        "补助",
        "餐补",
        "房补",
        "饭补",
        "全勤",
        "奖",
        "提成",
        "押金",
        "社保",
        "公积金",
        "工龄",
        "高温",
        "房租",
        "介绍费",
    ];
    let clause = lead.rsplit([',', ';', '。', '+', '、']).next().unwrap_or(lead);
    let has = |words: &[&str]| words.iter().any(|w| clause.contains(w));
    let follows = without_sign(after);
    match () {
        () if has(LESS) => i64::from(ranged),
        () if has(WAGE) => 3 + i64::from(ranged),
        () if has(OTHER) || OTHER.iter().any(|w| follows.starts_with(w)) => -1,
        () => 1 + i64::from(ranged),
    }
}

fn ends_with(text: &str, words: &[&str]) -> bool {
    words.iter().any(|w| text.trim_end().ends_with(w))
}

fn stripped<'a>(text: &'a str, words: &[&str]) -> &'a str {
    words.iter().find_map(|w| text.strip_prefix(w)).unwrap_or(text)
}

fn without_sign(text: &str) -> &str {
    SIGNS.iter().find_map(|(sign, _)| text.strip_prefix(sign)).unwrap_or(text)
}
