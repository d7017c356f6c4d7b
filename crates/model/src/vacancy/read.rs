//! The other cells of a vacancy: experience, headcount, contract form, benefits.

use super::{Benefit, Form};
use crate::{Refusal, cell};

/// Months of experience asked for, or had.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Experience {
    pub min: i64,
    pub max: Option<i64>,
}

/// Nobody has worked longer: a larger number is something else, such as a calendar year.
const LONGEST: f64 = 60.0;

/// Reads "3-5年", 经验不限, 应届, "1年以下", "5+ years"; a bare number counts years.
pub fn experience(text: &str) -> Option<Experience> {
    const NONE: &[&str] = &[
        "不限",
        "无需",
        "无经验",
        "无工作经验",
        "应届",
        "在校",
        "在读",
        "毕业生",
        "优先",
        "不要求",
        "无要求",
        "不需要",
        "没有经验",
        "零经验",
        "no experience",
        "no requirement",
        "entry level",
        "entry-level",
        "可无经验",
        "小白",
        "新手",
    ];
    const AT_MOST: &[&str] =
        &["以下", "以内", "之内", "不足", "少于", "不到", "less than", "under"];
    const AT_LEAST: &[&str] =
        &["以上", "+", "起", "不少于", "不低于", "至少", "at least", "or more", "minimum"];
    let folded = cell::figures(text);
    let has = |words: &[&str]| words.iter().any(|w| folded.contains(w));
    let Some((low, high)) = span(&folded) else {
        let none = has(NONE) || matches!(folded.as_str(), "无" | "no" | "none");
        return none.then_some(Experience { min: 0, max: None });
    };
    Some(match high {
        Some(high) => Experience { min: low, max: Some(high) },
        None if has(AT_MOST) => Experience { min: 0, max: Some(low) },
        None if has(AT_LEAST) => Experience { min: low, max: None },
        None => Experience { min: low, max: None },
    })
}

/// The first one or two numbers of a text with their unit, in months.
fn span(folded: &str) -> Option<(i64, Option<i64>)> {
    let spelled = spelled_in_english(folded);
    let text = spelled.as_deref().unwrap_or(folded);
    if text.starts_with("半年") {
        return Some((6, None));
    }
    let (low, rest) = number(text.get(text.find(|c: char| c.is_ascii_digit())?..)?)?;
    let half = rest.strip_prefix("年半").or_else(|| rest.strip_prefix("个半"));
    let between = rest.trim_start_matches(['年', '个', '月', ' ']);
    let (high, rest) = match between.strip_prefix('-').and_then(number) {
        Some((high, rest)) => (Some(high), rest),
        None => (None, half.unwrap_or(rest)),
    };
    let unit = rest.trim_start_matches([' ', '+', '以', '上', '(', ')']);
    let in_months = unit.starts_with("个月") || unit.starts_with('月') || unit.starts_with("month");
    let in_years = unit.is_empty()
        || unit.starts_with('年')
        || unit.starts_with("year")
        || unit.starts_with("yr")
        || half.is_some();
    let per = if in_months { 1.0 } else { 12.0 };
    let plausible =
        low <= LONGEST * 12.0 / per && high.is_none_or(|h| h >= low && h <= LONGEST * 12.0 / per);
    #[expect(clippy::cast_possible_truncation, reason = "at most 720")]
    let months = |n: f64| (n * per).round() as i64;
    let more = if half.is_some() { 6 } else { 0 };
    ((in_months || in_years) && plausible).then(|| (months(low) + more, high.map(months)))
}

fn number(text: &str) -> Option<(f64, &str)> {
    let end = text.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(text.len());
    let (digits, rest) = text.split_at(end);
    Some((digits.parse().ok()?, rest))
}

/// "five years of experience" starts with a digit after this.
fn spelled_in_english(folded: &str) -> Option<String> {
    const NUMBERS: &[&str] =
        &["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];
    if !folded.contains("year") {
        return None;
    }
    let mut words = folded.split(|c: char| !c.is_ascii_alphabetic());
    let place = words.find_map(|w| NUMBERS.iter().position(|n| *n == w))?;
    let after = folded.split("year").nth(1).unwrap_or_default();
    if folded.contains(|c: char| c.is_ascii_digit()) {
        None
    } else {
        Some(format!("{} year{after}", place + 1))
    }
}

/// How many are wanted. `Ok(None)`: some, or not said in figures; a range gives its upper end.
pub fn headcount(text: &str) -> Result<Option<i64>, Refusal> {
    const MOST: i64 = 100_000;
    let folded = cell::figures(text);
    let mut numbers = folded
        .split(|c: char| !c.is_ascii_digit() && c != '.')
        .filter(|n| !n.is_empty())
        .filter_map(cell::whole);
    let Some(first) = numbers.next() else { return Ok(None) };
    let both = folded.contains('男') && folded.contains('女');
    let wanted = if both {
        first + numbers.sum::<i64>()
    } else if folded.contains('-') && !folded.starts_with('-') {
        numbers.next().unwrap_or(first)
    } else {
        first
    };
    match wanted {
        _ if folded.starts_with('-') || !(0..=MOST).contains(&wanted) => {
            Err(Refusal::new("vacancy.headcount_implausible")
                .field("headcount")
                .arg("value", cell::line(text)))
        }
        0 => Ok(None),
        wanted => Ok(Some(wanted)),
    }
}

/// Is a headcount without a figure one that says so: 若干?
pub fn is_open_headcount(text: &str) -> bool {
    const SOME: &[&str] =
        &["若干", "不限", "多名", "多人", "数名", "several", "multiple", "many", "长期", "大量"];
    let folded = cell::fold(text);
    SOME.iter().any(|w| folded.contains(w))
}

/// The contract form that a word names.
pub fn form(text: &str) -> Option<Form> {
    // the narrower before the wider: 非全日制 holds 全日制, 全职实习 is a trainee's post
    const WORDS: &[(&str, Form)] = &[
        ("公益", Form::PublicWelfare),
        ("见习", Form::Trainee),
        ("实习", Form::Trainee),
        ("学徒", Form::Trainee),
        ("intern", Form::Trainee),
        ("trainee", Form::Trainee),
        ("apprentice", Form::Trainee),
        ("季节", Form::Seasonal),
        ("暑假工", Form::Seasonal),
        ("寒假工", Form::Seasonal),
        ("season", Form::Seasonal),
        ("非全日", Form::PartTime),
        ("兼职", Form::PartTime),
        ("小时工", Form::PartTime),
        ("钟点", Form::PartTime),
        ("part", Form::PartTime),
        ("临时", Form::Temporary),
        ("临聘", Form::Temporary),
        ("短期", Form::Temporary),
        ("日结", Form::Temporary),
        ("零工", Form::Temporary),
        ("灵活", Form::Temporary),
        ("tempor", Form::Temporary),
        ("contractor", Form::Temporary),
        ("per_diem", Form::Temporary),
        ("per diem", Form::Temporary),
        ("全职", Form::FullTime),
        ("全日", Form::FullTime),
        ("正式", Form::FullTime),
        ("固定工", Form::FullTime),
        ("合同", Form::FullTime),
        ("长期", Form::FullTime),
        ("固定期限", Form::FullTime),
        ("派遣", Form::FullTime),
        ("full", Form::FullTime),
        ("permanent", Form::FullTime),
        ("regular", Form::FullTime),
        ("contract", Form::Temporary),
    ];
    let folded = cell::fold(text);
    if let Ok(form) = folded.parse() {
        return Some(form);
    }
    WORDS.iter().find(|(word, _)| folded.contains(word)).map(|(_, form)| *form)
}

/// What comes with the wage, in any text; what is denied (不包吃, 无双休) is left out.
pub fn benefits(text: &str) -> Vec<Benefit> {
    const WORDS: &[(&str, &[Benefit])] = &[
        ("包吃住", &[Benefit::Board, Benefit::Lodging]),
        ("包食宿", &[Benefit::Board, Benefit::Lodging]),
        ("管吃住", &[Benefit::Board, Benefit::Lodging]),
        ("提供食宿", &[Benefit::Board, Benefit::Lodging]),
        ("免费食宿", &[Benefit::Board, Benefit::Lodging]),
        ("包吃", &[Benefit::Board]),
        ("管吃", &[Benefit::Board]),
        ("管饭", &[Benefit::Board]),
        ("工作餐", &[Benefit::Board]),
        ("餐补", &[Benefit::Board]),
        ("饭补", &[Benefit::Board]),
        ("餐饮补贴", &[Benefit::Board]),
        ("免费午餐", &[Benefit::Board]),
        ("包住", &[Benefit::Lodging]),
        ("管住", &[Benefit::Lodging]),
        ("住宿", &[Benefit::Lodging]),
        ("宿舍", &[Benefit::Lodging]),
        ("房补", &[Benefit::Lodging]),
        ("住房补贴", &[Benefit::Lodging]),
        ("一金", &[Benefit::Insurance, Benefit::HousingFund]),
        ("二金", &[Benefit::Insurance, Benefit::HousingFund]),
        ("两金", &[Benefit::Insurance, Benefit::HousingFund]),
        ("公积金", &[Benefit::HousingFund]),
        ("五险", &[Benefit::Insurance]),
        ("社保", &[Benefit::Insurance]),
        ("社会保险", &[Benefit::Insurance]),
        ("三险", &[Benefit::Insurance]),
        ("六险", &[Benefit::Insurance]),
        ("双休", &[Benefit::Weekend]),
        ("周末休息", &[Benefit::Weekend]),
        ("做五休二", &[Benefit::Weekend]),
        ("年终奖", &[Benefit::Bonus]),
        ("双薪", &[Benefit::Bonus]),
        ("13薪", &[Benefit::Bonus]),
        ("14薪", &[Benefit::Bonus]),
        ("年终分红", &[Benefit::Bonus]),
        ("班车", &[Benefit::Transport]),
        ("接送", &[Benefit::Transport]),
        ("交通补", &[Benefit::Transport]),
        ("车补", &[Benefit::Transport]),
        ("培训", &[Benefit::Training]),
    ];
    const DENIED: &[&str] = &["不", "无", "没有", "不提供", "无法提供", "不含", "自理"];
    let mut found = Vec::new();
    for (word, benefits) in WORDS {
        let granted = |(at, _): (usize, &str)| {
            let before = text.get(..at).unwrap_or_default();
            !DENIED.iter().any(|w| before.ends_with(w))
        };
        if text.match_indices(word).any(granted) {
            found.extend(
                benefits.iter().filter(|b| !found.contains(*b)).copied().collect::<Vec<_>>(),
            );
        }
    }
    found.sort_unstable();
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn experience_is_counted_in_months() {
        for (written, min, max) in [
            ("3-5年", 36, Some(60)),
            ("3-4年工作经验", 36, Some(48)),
            ("2年工作经验", 24, None),
            ("1年以下", 0, Some(12)),
            ("1年以内", 0, Some(12)),
            ("经验不限", 0, None),
            ("无需经验", 0, None),
            ("无工作经验", 0, None),
            ("应届毕业生", 0, None),
            ("在校/应届", 0, None),
            ("5年以上", 60, None),
            ("三年以上", 36, None),
            ("三至五年", 36, Some(60)),
            ("半年以上", 6, None),
            ("6个月以上", 6, None),
            ("10年及以上", 120, None),
            ("3", 36, None),
            ("0", 0, None),
            ("1年半", 18, None),
            ("5+ years", 60, None),
            ("3-5 years", 36, Some(60)),
            ("Two years of experience", 24, None),
            ("至少1年餐饮经验", 12, None),
        ] {
            assert_eq!(experience(written), Some(Experience { min, max }), "{written}");
        }
    }

    #[test]
    fn what_is_no_experience_is_not_taken_for_it() {
        for other in ["", "本科", "英语精通", "2019", "5-3年", "18岁", "18-45岁"] {
            assert_eq!(experience(other), None, "{other}");
        }
    }

    #[test]
    fn a_headcount_is_a_number_or_open() {
        for (written, wanted) in [
            ("2人", Some(2)),
            ("招5人", Some(5)),
            ("3-5人", Some(5)),
            ("十名", Some(10)),
            ("男3女2", Some(5)),
            ("２０", Some(20)),
            ("10.0", Some(10)),
            ("若干", None),
            ("0", None),
            ("", None),
        ] {
            assert_eq!(headcount(written), Ok(wanted), "{written}");
        }
        for bad in ["-3", "9999999"] {
            assert_eq!(headcount(bad).unwrap_err().code, "vacancy.headcount_implausible", "{bad}");
        }
        assert!(is_open_headcount("若干人") && !is_open_headcount("人"));
    }

    #[test]
    fn the_contract_form_by_its_words() {
        for (word, meant) in [
            ("全职", Some(Form::FullTime)),
            ("非全日制", Some(Form::PartTime)),
            ("劳动合同制", Some(Form::FullTime)),
            ("兼职/小时工", Some(Form::PartTime)),
            ("公益性岗位", Some(Form::PublicWelfare)),
            ("全职实习", Some(Form::Trainee)),
            ("临时工", Some(Form::Temporary)),
            ("季节性用工", Some(Form::Seasonal)),
            ("FULL_TIME", Some(Form::FullTime)),
            ("Part-time", Some(Form::PartTime)),
            ("fulltime_fixed_term", Some(Form::FullTime)),
            ("", None),
            ("F", None),
        ] {
            assert_eq!(form(word), meant, "{word}");
        }
    }

    #[test]
    fn benefits_are_found_in_any_text_unless_denied() {
        use Benefit::*;
        assert_eq!(
            benefits("五险一金|包吃|包住|双休|年底双薪"),
            [Insurance, HousingFund, Board, Lodging, Weekend, Bonus]
        );
        assert_eq!(benefits("缴纳社保，免费班车，岗前培训"), [Insurance, Transport, Training]);
        assert_eq!(benefits("包吃不包住，无双休"), [Board]);
        assert!(benefits("待遇从优").is_empty());
    }
}
