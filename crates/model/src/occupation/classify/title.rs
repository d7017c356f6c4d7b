//! A title without what employers hang on it: 【急聘】高薪诚聘电焊工（包吃住，五险一金）.

use crate::cell::fold;

/// Praise and perks, longer ones first; taken out wherever they stand.
const DECORATIONS: [&str; 62] = [
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
    "招聘",
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

/// How experienced somebody must be says nothing about the work.
const RANKS: [&str; 38] = [
    "高级",
    "资深",
    "中级",
    "初级",
    "中高级",
    "实习生",
    "实习",
    "兼职",
    "全职",
    "储备",
    "见习",
    "助理",
    "学徒",
    "senior ",
    "junior ",
    "sr. ",
    "sr ",
    "jr. ",
    "lead ",
    "principal ",
    "staff ",
    "entry-level ",
    "entry level ",
    "experienced ",
    "associate ",
    "assistant ",
    "deputy ",
    "chief ",
    "supervising ",
    " i",
    " ii",
    " iii",
    " iv",
    " 1",
    " 2",
    " 3",
    " intern",
    " trainee",
];

/// The forms of one title in which it is looked up.
pub(super) struct Title {
    /// Folded, as it stands.
    folded: String,
    /// Without brackets and decorations.
    pub(super) clean: String,
    /// Without ranks too.
    bare: String,
    /// What stands between dashes, slashes and commas, then what stands in brackets.
    pub(super) parts: Vec<Part>,
}

/// A part of a title.
pub(super) struct Part {
    pub(super) text: String,
    /// How sure a word in it can make at most: what comes first is meant, the rest explains.
    pub(super) most: i64,
}

impl Title {
    pub(super) fn new(text: &str) -> Self {
        let folded = fold(text);
        let (outside, inside) = brackets(&folded);
        let mut clean = undecorated(&outside);
        if clean.is_empty() {
            clean = undecorated(&inside);
        }
        let bare = without_rank(&clean);
        let mut parts: Vec<Part> = Vec::new();
        let explained = inside.split(is_break).map(|text| (text, 60));
        for (text, most) in clean.split(is_break).map(|text| (text, 85)).chain(explained) {
            let text = undecorated(text);
            if width(&text) > 1.0 && parts.iter().all(|p| p.text != text) {
                let most = if parts.is_empty() { 90 } else { most };
                parts.push(Part { text, most });
            }
        }
        Self { folded, clean, bare, parts }
    }

    /// The forms that may stand in the dictionary as a whole, and how sure a hit is.
    pub(super) fn forms(&self) -> impl Iterator<Item = (&str, i64)> {
        let whole =
            [(self.folded.as_str(), 98), (self.clean.as_str(), 95), (self.bare.as_str(), 92)];
        whole.into_iter().chain(self.parts.iter().map(|part| (part.text.as_str(), part.most)))
    }
}

/// The length of a text as a person sees it: a Chinese character is one, a Latin letter a third.
pub(super) fn width(text: &str) -> f64 {
    text.chars().map(|c| if c.is_ascii() { 1.0 / 3.0 } else { 1.0 }).sum()
}

/// Where a word may begin or end: at every Chinese character, and around Latin words.
pub(super) fn steps(text: &str) -> Vec<usize> {
    let mut steps = vec![];
    let mut before = ' ';
    for (at, c) in text.char_indices() {
        let inside = is_latin(before) && is_latin(c);
        if !inside && c != ' ' {
            steps.push(at);
        }
        before = c;
    }
    steps.push(text.len());
    steps
}

fn is_latin(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '+' | '#' | '.' | '\'')
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
    let mut clean = text.to_owned();
    for word in DECORATIONS {
        if clean.contains(word) {
            clean = clean.replace(word, "");
        }
    }
    clean.trim_matches(|c: char| !c.is_alphanumeric() && !matches!(c, '+' | '#')).to_owned()
}

fn without_rank(text: &str) -> String {
    let mut bare = text;
    while let Some(rest) = RANKS.iter().find_map(|rank| {
        let end = if rank.starts_with(' ') { None } else { bare.strip_prefix(rank) };
        let start = if rank.ends_with(' ') { None } else { bare.strip_suffix(rank) };
        end.or(start).filter(|rest| width(rest) > 1.0)
    }) {
        bare = rest.trim();
    }
    bare.to_owned()
}
