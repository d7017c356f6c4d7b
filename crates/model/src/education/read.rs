//! From "大专及以上", "统招本科", "A four-year high school diploma" to a level.

use super::Education;
use crate::cell;

/// What a cell says about education.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Said {
    /// The lowest level that is named; `None`: any will do.
    pub lowest: Option<Education>,
    pub highest: Option<Education>,
    /// 初中及以下: an upper end.
    pub or_less: bool,
}

impl Said {
    /// The least a vacancy asks for with these words: an upper end asks for nothing.
    pub fn least(self) -> Option<Education> {
        self.lowest.filter(|_| !self.or_less)
    }
}

/// Longer words first: what is found is taken out, so that 大学专科 is not a 大学 as well.
const WORDS: &[(&str, Education)] = &[
    ("技工学校", Education::Vocational),
    ("技师学院", Education::Vocational),
    ("高级技工", Education::Vocational),
    ("博士", Education::Doctor),
    ("phd", Education::Doctor),
    ("ph.d", Education::Doctor),
    ("doctor", Education::Doctor),
    ("硕士", Education::Master),
    ("研究生", Education::Master),
    ("emba", Education::Master),
    ("mba", Education::Master),
    ("mpa", Education::Master),
    ("master", Education::Master),
    ("postgraduate", Education::Master),
    ("大学专科", Education::College),
    ("专科", Education::College),
    ("大专", Education::College),
    ("高职", Education::College),
    ("associate degree", Education::College),
    ("associate's degree", Education::College),
    ("associates degree", Education::College),
    ("大学本科", Education::Bachelor),
    ("本科", Education::Bachelor),
    ("学士", Education::Bachelor),
    ("双一流", Education::Bachelor),
    ("专升本", Education::Bachelor),
    ("985", Education::Bachelor),
    ("211", Education::Bachelor),
    ("大学", Education::Bachelor),
    ("baccalaureate", Education::Bachelor),
    ("bachelor", Education::Bachelor),
    ("college degree", Education::Bachelor),
    ("university degree", Education::Bachelor),
    ("undergraduate", Education::Bachelor),
    ("associate", Education::College),
    ("中等专业", Education::Vocational),
    ("中等职业", Education::Vocational),
    ("职业高中", Education::Vocational),
    ("中专", Education::Vocational),
    ("中技", Education::Vocational),
    ("中职", Education::Vocational),
    ("职高", Education::Vocational),
    ("技校", Education::Vocational),
    ("技工", Education::Vocational),
    ("高技", Education::Vocational),
    ("vocational school", Education::Vocational),
    ("trade school", Education::Vocational),
    ("普通高中", Education::SeniorHigh),
    ("高中", Education::SeniorHigh),
    ("普高", Education::SeniorHigh),
    ("high school", Education::SeniorHigh),
    ("ged", Education::SeniorHigh),
    ("初级中学", Education::JuniorHigh),
    ("初中", Education::JuniorHigh),
    ("junior high", Education::JuniorHigh),
    ("middle school", Education::JuniorHigh),
    ("九年义务教育", Education::JuniorHigh),
    ("小学", Education::Primary),
    ("文盲", Education::Primary),
    ("primary school", Education::Primary),
    ("elementary school", Education::Primary),
];
/// 电大、夜大 end like a level, 大专生 is none the less one.
const ANY: &[&str] = &[
    "不限",
    "无要求",
    "不要求",
    "没要求",
    "无限制",
    "任意",
    "均可",
    "无学历",
    "识字",
    "无需学历",
    "学历不",
    "any",
    "no requirement",
    "not required",
    "no minimum",
    "none required",
];
const OR_LESS: &[&str] = &["及以下", "或以下", "以下", "or below", "or less"];

/// Reads a cell that is about education. `None`: not understood.
pub fn text(text: &str) -> Option<Said> {
    let folded = cell::fold(text);
    if let Ok(level) = folded.parse::<Education>() {
        return Some(Said { lowest: Some(level), highest: Some(level), or_less: false });
    }
    let said = levels(&folded);
    if said.is_none()
        && (ANY.iter().any(|w| folded.contains(w)) || matches!(folded.as_str(), "无" | "no"))
    {
        return Some(Said { lowest: None, highest: None, or_less: false });
    }
    said
}

/// The levels in a longer text, such as the qualifications asked for; a level that is merely
/// preferred is not asked for.
pub fn within(text: &str) -> Option<Said> {
    const NEAR: &[&str] = &["学历", "以上", "degree", "diploma", "毕业", "ged"];
    const NICE: &[&str] = &["优先", "优佳", "更佳", "preferred", "a plus", "在读", "就读", "加分"];
    let folded = cell::fold(text);
    let about =
        |c: &&str| NEAR.iter().any(|w| c.contains(w)) && !NICE.iter().any(|w| c.contains(w));
    let clauses = folded.split([',', ';', '。', '、', '\n', '(', ')']).filter(about);
    clauses.filter_map(levels).reduce(|a, b| Said {
        lowest: a.lowest.min(b.lowest),
        highest: a.highest.max(b.highest),
        or_less: a.or_less && b.or_less,
    })
}

fn levels(folded: &str) -> Option<Said> {
    if folded.is_empty() {
        return None;
    }
    let mut rest = folded.to_owned();
    let mut found: Vec<Education> = Vec::new();
    for (word, level) in WORDS {
        if whole_word(&rest, word) {
            found.push(*level);
            rest = rest.replace(word, " ");
        }
    }
    let (lowest, highest) = (found.iter().min().copied(), found.iter().max().copied());
    let or_less = OR_LESS.iter().any(|w| folded.contains(w));
    lowest.map(|_| Said { lowest, highest, or_less })
}

/// Latin words only as words: "ged" is not in "managed", nor "mba" in "Bombay".
fn whole_word(text: &str, word: &str) -> bool {
    if !word.is_ascii() {
        return text.contains(word);
    }
    let letter = |c: char| c.is_ascii_alphabetic();
    text.match_indices(word).any(|(at, _)| {
        let before = text.get(..at).is_some_and(|t| t.ends_with(letter));
        let short = word.len() <= 4;
        let after = text.get(at + word.len()..).is_some_and(|t| t.starts_with(letter));
        !(before || short && after)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_vacancy_asks_for_the_lowest_that_is_named() {
        use Education::*;
        for (written, least) in [
            ("大专及以上", Some(College)),
            ("本科", Some(Bachelor)),
            ("统招本科", Some(Bachelor)),
            ("全日制大学本科及以上学历", Some(Bachelor)),
            ("学历不限", None),
            ("不限", None),
            ("无", None),
            ("初中及以下", None),
            ("中专/中技", Some(Vocational)),
            ("高中/中专及以上", Some(SeniorHigh)),
            ("MBA/EMBA", Some(Master)),
            ("硕士及以上", Some(Master)),
            ("硕士研究生", Some(Master)),
            ("高中以上", Some(SeniorHigh)),
            ("大学专科", Some(College)),
            ("大 专", Some(College)),
            ("小学及以上文化程度", Some(Primary)),
            ("bachelor", Some(Bachelor)),
            ("High school diploma or GED", Some(SeniorHigh)),
            ("A baccalaureate degree from an accredited college", Some(Bachelor)),
        ] {
            assert_eq!(text(written).map(Said::least), Some(least), "{written}");
        }
    }

    #[test]
    fn a_person_has_the_level_also_where_less_is_included() {
        let said = text("初中及以下").unwrap();
        assert_eq!((said.lowest, said.or_less), (Some(Education::JuniorHigh), true));
        assert_eq!(text("本科、硕士").unwrap().highest, Some(Education::Master));
    }

    #[test]
    fn other_words_are_not_understood() {
        for other in ["", "3-5年", "英语精通", "其他", "应届生", "managed", "3"] {
            assert_eq!(text(other), None, "{other}");
        }
    }

    #[test]
    fn the_level_in_a_longer_text() {
        let least = |t| within(t).and_then(Said::least);
        assert_eq!(
            least(
                "1. A master's degree in economics; or 2. A four-year high school diploma and six years"
            ),
            Some(Education::SeniorHigh)
        );
        assert_eq!(least("任职要求:大专以上学历,硕士优先;熟悉电工"), Some(Education::College));
        assert_eq!(least("研究生学历优先"), None);
        assert_eq!(least("负责大学城片区"), None);
    }
}
