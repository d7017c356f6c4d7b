//! Words: our own segmentation, so that every engine is handed the same tokens.
//!
//! A text is indexed with every dictionary word in it and every single character, and a question
//! is cut once, precisely: whatever piece of a text is asked for, its words are in the index.
//! Synonyms, pinyin and traditional characters join in [`fold`] and [`Words::query`].

mod mark;

use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use jieba_rs::Jieba;

pub(crate) use mark::mark;

use crate::vacancy::fingerprint;

/// Words of a question that are looked for: its first ones.
const MOST: usize = 24;

/// Longer runs of letters are no words: keys, links, pictures written as text.
const LONGEST: usize = 64;

/// Said in a question without narrowing it: particles, and what everybody here is looking for.
const EMPTY: &[&str] = &[
    "的",
    "了",
    "和",
    "与",
    "及",
    "或",
    "在",
    "等",
    "招",
    "找",
    "招聘",
    "急聘",
    "诚聘",
    "招工",
    "找工作",
    "工作",
    "岗位",
    "职位",
    "a",
    "an",
    "and",
    "at",
    "for",
    "in",
    "job",
    "jobs",
    "of",
    "or",
    "the",
    "to",
];

/// The dictionary: the general one, and names from the reference tables.
pub(crate) struct Words {
    names: Vec<String>,
    /// Fingerprint of the names: another list makes other tokens.
    pub(crate) seal: u64,
    /// A quarter of a second and 70 MB, so only for a process that searches or indexes.
    jieba: OnceLock<Arc<Jieba>>,
}

/// The dictionary made last, and the seal of its names: one process has many only in tests.
static LAST: Mutex<Option<(u64, Arc<Jieba>)>> = Mutex::new(None);

impl Words {
    pub(crate) fn new(mut names: Vec<String>) -> Self {
        names.sort_unstable();
        names.dedup();
        let seal = fingerprint(&names);
        Self { names, seal, jieba: OnceLock::new() }
    }

    fn jieba(&self) -> &Jieba {
        self.jieba.get_or_init(|| {
            let mut last = LAST.lock().unwrap_or_else(PoisonError::into_inner);
            match &*last {
                Some((seal, jieba)) if *seal == self.seal => Arc::clone(jieba),
                _ => Arc::clone(&last.insert((self.seal, Arc::new(self.learn()))).1),
            }
        })
    }

    fn learn(&self) -> Jieba {
        let mut jieba = Jieba::new();
        for name in &self.names {
            let folded: String = name.chars().map(fold).collect();
            if !jieba.has_word(&folded) {
                jieba.add_word(&folded, None, None);
            }
        }
        jieba
    }

    /// Every token by which `text` shall be found, each once, separated by spaces.
    pub(crate) fn index(&self, text: &str) -> String {
        let folded: String = text.chars().map(fold).collect();
        let mut tokens = Vec::new();
        for run in runs(&folded) {
            match run {
                Run::Han(text) => {
                    tokens.extend(self.jieba().cut_all(text).into_iter().map(|t| t.word));
                    tokens.extend(text.split("").filter(|c| !c.is_empty()));
                }
                Run::Letters(word) => {
                    tokens.push(word);
                    tokens.extend(word.split(JOINTS).filter(|part| !part.is_empty()));
                }
            }
        }
        tokens.sort_unstable();
        tokens.dedup();
        tokens.join(" ")
    }

    /// The words of a question, each once, in its order.
    pub(crate) fn query(&self, text: &str) -> Vec<String> {
        let folded: String = text.chars().map(fold).collect();
        let mut words: Vec<String> = Vec::new();
        let mut add = |word: &str| {
            if words.iter().all(|known| known != word) {
                words.push(word.to_owned());
            }
        };
        for run in runs(&folded) {
            match run {
                Run::Han(text) => {
                    self.jieba().cut(text, false).iter().for_each(|token| add(token.word));
                }
                Run::Letters(word) => add(word),
            }
        }
        let full = |word: &String| !EMPTY.contains(&word.as_str());
        if words.iter().any(full) {
            words.retain(full);
        }
        words.truncate(MOST);
        words
    }
}

/// One character as the index knows it: full width and capitals are the same as plain ones.
pub(crate) fn fold(c: char) -> char {
    match c {
        '\u{3000}' => ' ',
        '\u{ff01}'..='\u{ff5e}' => {
            let plain = char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c);
            plain.to_ascii_lowercase()
        }
        _ if c.is_ascii() => c.to_ascii_lowercase(),
        _ => c.to_lowercase().next().unwrap_or(c),
    }
}

/// What may stand inside or at the end of a word of letters: `node.js`, `8000-12000`, `c++`, `c#`.
const JOINTS: [char; 4] = ['.', '-', '+', '#'];

enum Run<'a> {
    Han(&'a str),
    Letters(&'a str),
}

#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Han,
    Letters,
    Gap,
}

/// The stretches of folded text that hold words.
fn runs(text: &str) -> Vec<Run<'_>> {
    let chars: Vec<(usize, char)> = text.char_indices().collect();
    let at = |i: Option<usize>| i.and_then(|i| chars.get(i)).map_or(' ', |&(_, c)| c);
    let kinds =
        chars.iter().enumerate().map(|(i, &(_, c))| kind(at(i.checked_sub(1)), c, at(Some(i + 1))));
    let ends = chars.iter().skip(1).map(|&(end, _)| end).chain([text.len()]);
    let mut runs = Vec::new();
    let (mut start, mut last) = (0, Kind::Gap);
    let mut close = |start: usize, end: usize, kind: Kind| {
        let piece = text.get(start..end).unwrap_or_default();
        match kind {
            Kind::Han => runs.push(Run::Han(piece)),
            Kind::Letters if piece.chars().count() <= LONGEST => runs.push(Run::Letters(piece)),
            Kind::Letters | Kind::Gap => {}
        }
    };
    for ((&(from, _), kind), end) in chars.iter().zip(kinds).zip(ends) {
        if kind != last {
            close(start, from, last);
            (start, last) = (from, kind);
        }
        if end == text.len() {
            close(start, end, last);
        }
    }
    runs
}

/// What a character is between its neighbours.
fn kind(before: char, c: char, after: char) -> Kind {
    let joins = match c {
        _ if is_han(c) => return Kind::Han,
        '.' => is_letter(after) && (is_letter(before) || after.is_alphabetic()),
        '-' => before.is_ascii_digit() && after.is_ascii_digit(),
        '+' | '#' => (is_letter(before) || before == c) && !is_letter(after),
        _ => is_letter(c),
    };
    if joins { Kind::Letters } else { Kind::Gap }
}

/// Part of a word in an alphabet, or a digit.
pub(crate) fn is_letter(c: char) -> bool {
    c.is_alphanumeric() && !is_han(c)
}

fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{323af}' | '〇')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words() -> &'static Words {
        static WORDS: OnceLock<Words> = OnceLock::new();
        WORDS.get_or_init(|| Words::new(vec!["叉车工".into(), "十八里店".into()]))
    }

    #[test]
    fn words_with_signs_stay_whole() {
        for (text, expected) in [
            ("C++/C#、.NET，Node.js", "c++ c# .net node.js"),
            ("5G网络、B2驾照", "5g 网络 b2 驾照"),
            ("月薪8000-12000元", "月薪 8000-12000 元"),
            ("Ｊａｖａ　ＷＥＢ", "java web"),
            ("full-time work.", "full time work"),
            ("3+ years; PLC编程", "3+ years plc 编程"),
            ("——！？…", ""),
        ] {
            assert_eq!(words().query(text).join(" "), expected, "{text}");
        }
    }

    #[test]
    fn names_of_the_tables_are_words() {
        assert_eq!(words().query("十八里店叉车工"), ["十八里店", "叉车工"]);
    }

    #[test]
    fn a_question_of_empty_words_keeps_them() {
        assert_eq!(words().query("招聘 电工"), ["电工"]);
        assert_eq!(words().query("招聘"), ["招聘"]);
        assert_eq!(words().query("the job of a baker"), ["baker"]);
    }

    #[test]
    fn every_piece_of_a_text_is_found_in_it() {
        let text = "诚聘养老护理员、叉车工各5名，熟悉Node.js者优先；月薪8000-12000元，包吃住。";
        let folded: Vec<char> = text.chars().collect();
        let index = words().index(text);
        let tokens: Vec<&str> = index.split(' ').collect();
        for from in 0..folded.len() {
            for to in from + 1..=folded.len() {
                let piece: String = folded.get(from..to).unwrap_or_default().iter().collect();
                if piece.is_ascii() || piece.contains(|c: char| c.is_ascii()) {
                    continue;
                }
                for word in words().query(&piece) {
                    assert!(tokens.contains(&word.as_str()), "{word} of {piece}");
                }
            }
        }
        assert!(tokens.contains(&"node.js") && tokens.contains(&"node") && tokens.contains(&"工"));
        assert!(!tokens.contains(&"，"));
    }
}
