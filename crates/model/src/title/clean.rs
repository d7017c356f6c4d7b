//! A title without what employers hang on it: 【急聘】高薪诚聘电焊工（包吃住，五险一金）.

use super::piece::{Run, runs, stem};
use crate::cell::fold;

/// Praise and perks, longer ones first; taken out wherever they stand.
const DECORATIONS: [&str; 61] = [
    "五险一金",
    "六险一金",
    "五险二金",
    "七险一金",
    "周末双休",
    "双休不加班",
    "不加班",
    "双休",
    "单休",
    "包吃包住",
    "包吃住",
    "包食宿",
    "管吃住",
    "包吃",
    "包住",
    "提供吃住",
    "提供食宿",
    "吃住全包",
    "高薪诚聘",
    "高薪急聘",
    "高薪",
    "诚聘",
    "急聘",
    "急招",
    "急需",
    "诚招",
    "直招",
    "热招",
    "大量招",
    "长期招",
    "可预支",
    "可日结",
    "日结",
    "周结",
    "月结",
    "无责底薪",
    "底薪",
    "提成",
    "0元入职",
    "入职奖励",
    "零经验",
    "无经验可",
    "无需经验",
    "可无经验",
    "接受小白",
    "应届生可",
    "应届毕业生",
    "应届生",
    "应届",
    "校招",
    "社招",
    "长白班",
    "不穿无尘服",
    "就近分配",
    "就近上班",
    "远程办公",
    "统招",
    "学信网可查",
    "工资高",
    "待遇优",
    "高提成",
];

/// A title in the forms in which it is compared.
pub struct Title {
    /// Folded, as it stands.
    pub(super) folded: String,
    /// Without brackets and decorations.
    pub(super) clean: String,
    /// What stands between dashes, slashes and commas, then what stands in brackets.
    pub(super) parts: Vec<Part>,
}

/// A part of a title.
pub(super) struct Part {
    pub(super) text: String,
    /// What comes first is meant, the rest explains.
    pub(super) weight: f32,
}

const REST: f32 = 0.6;
const EXPLAINED: f32 = 0.35;

impl Title {
    pub fn new(text: &str) -> Self {
        let folded = fold(text);
        let (outside, inside) = brackets(&folded);
        let mut clean = undecorated(&outside);
        if clean.is_empty() {
            clean = undecorated(&inside);
        }
        let mut parts: Vec<Part> = Vec::new();
        let said = clean.split(is_break).map(|text| (text, REST));
        for (text, weight) in said.chain(inside.split(is_break).map(|text| (text, EXPLAINED))) {
            let text = undecorated(text);
            if width(&text) > 0.9 && parts.iter().all(|p| p.text != text) {
                let weight = if parts.is_empty() { 1.0 } else { weight };
                parts.push(Part { text, weight });
            }
        }
        Self { folded, clean, parts }
    }

    /// Each pair of characters that stand together, each that stands alone, and each Latin word
    /// without its ending, as often as it occurs.
    pub fn each_word(&self, mut found: impl FnMut(&str)) {
        for run in self.parts.iter().flat_map(|part| runs(&part.text)) {
            match run {
                Run::Han(run) => {
                    let starts: Vec<usize> = run.char_indices().map(|(at, _)| at).collect();
                    let ends = starts.iter().skip(2).copied().chain([run.len()]);
                    let pairs = starts.iter().zip(ends);
                    pairs.filter_map(|(from, to)| run.get(*from..to)).for_each(&mut found);
                }
                Run::Latin(words) => words.into_iter().for_each(|word| found(&stem(word))),
            }
        }
    }
}

/// The length of a text as a person sees it: a Chinese character is one, a Latin letter a third.
fn width(text: &str) -> f64 {
    text.chars().map(|c| if c.is_ascii() { 1.0 / 3.0 } else { 1.0 }).sum()
}

fn is_break(c: char) -> bool {
    matches!(
        c,
        '-' | '/' | ',' | '、' | ';' | '|' | '_' | ':' | '!' | '。' | '·' | '&' | '~' | '\\'
    )
}

/// What stands outside and inside of brackets of any kind.
fn brackets(text: &str) -> (String, String) {
    let (mut outside, mut inside) = (String::new(), String::new());
    let mut depth = 0_usize;
    for c in text.chars() {
        match c {
            '(' | '[' | '【' | '{' | '《' | '<' => depth += 1,
            ')' | ']' | '】' | '}' | '》' | '>' => {
                depth = depth.saturating_sub(1);
                inside.push('|');
            }
            _ if depth > 0 => inside.push(c),
            _ => outside.push(c),
        }
    }
    (outside, inside)
}

fn undecorated(text: &str) -> String {
    let mut clean = unasked(text).to_owned();
    for word in DECORATIONS {
        if clean.contains(word) {
            clean = clean.replace(word, "");
        }
    }
    without_figures(&clean)
        .trim_matches(|c: char| !c.is_alphanumeric() && !matches!(c, '+' | '#'))
        .to_owned()
}

/// Without 招聘 around it, unless what is left is only a rank: a 招聘专员 hires.
fn unasked(text: &str) -> &str {
    const ASKED: &str = "招聘";
    const RANKS: &[&str] = &[
        "专员",
        "主管",
        "经理",
        "师",
        "助理",
        "顾问",
        "总监",
        "文员",
        "专家",
        "组长",
        "负责人",
        "实习生",
    ];
    let rest = text.strip_prefix(ASKED).unwrap_or(text);
    let rest = rest.strip_suffix(ASKED).filter(|rest| width(rest) > 1.9).unwrap_or(rest);
    let rank = RANKS.iter().find_map(|rank| rest.strip_prefix(rank));
    let only = rank.is_some_and(|after| after.chars().next().is_none_or(|c| !c.is_alphabetic()));
    if only || rest.is_empty() { text } else { rest }
}

/// Without wages and head counts: 8000-12000元/月, 月薪1.2万, 5名, 10k-15k.
fn without_figures(text: &str) -> String {
    const AROUND: &[char] = &[
        '元', '万', '千', 'k', 'w', '名', '人', '薪', '岁', '年', '月', '天', '起', '+', '-', '~',
        '.',
    ];
    if !text.contains(|c: char| c.is_ascii_digit()) {
        return text.to_owned();
    }
    let mut kept = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(|c: char| c.is_ascii_digit()) {
        let (before, figure) = rest.split_at(at);
        let end = figure.find(|c: char| !c.is_ascii_digit() && !AROUND.contains(&c));
        let (figure, after) = figure.split_at(end.unwrap_or(figure.len()));
        let counted = figure.chars().any(|c| AROUND.contains(&c) && !matches!(c, '.' | '-' | '+'));
        let long = figure.chars().filter(char::is_ascii_digit).count() > 3;
        kept.push_str(if counted || long { without_measure(before) } else { before });
        if !(counted || long) {
            kept.push_str(figure);
        }
        rest = after;
    }
    kept.push_str(rest);
    kept
}

/// 月薪, 月入 before a figure.
fn without_measure(before: &str) -> &str {
    let measures = ["月薪", "月入", "年薪", "时薪", "日薪", "薪资", "工资", "保底", "底薪"];
    measures.iter().find_map(|m| before.strip_suffix(m)).unwrap_or(before)
}
