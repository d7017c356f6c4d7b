//! What somebody typed, as words to be looked for.

use super::{
    Learnt, fold, folded,
    run::{Run, is_han, is_letter, runs},
    stem::stem,
    thesaurus::{Spoken, stems},
};

/// Words of a question that are looked for: its first ones.
const MOST: usize = 24;

/// Other words that the answer names: so many of each word, and in all.
const ALSO: usize = 4;
const ALSO_IN_ALL: usize = 8;

/// Characters up to which a longer word is worth more, being rarer.
const RARE: usize = 4;

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
    "我",
    "想",
    "有",
    "做",
    "要",
    "请",
    "问",
    "吗",
    "呢",
    "招聘",
    "急聘",
    "诚聘",
    "急招",
    "直招",
    "招工",
    "招人",
    "找工作",
    "工作",
    "岗位",
    "职位",
    "人员",
    "员工",
    "工人",
    "师傅",
    "附近",
    "最近",
    "想找",
    "有没有",
    "一份",
    "活",
    "a",
    "an",
    "and",
    "at",
    "for",
    "i",
    "in",
    "job",
    "jobs",
    "of",
    "or",
    "position",
    "positions",
    "the",
    "to",
    "vacancies",
    "vacancy",
    "work",
];

/// Pairs of signs between which nothing but the words themselves is meant.
const QUOTES: [(char, char); 8] = [
    ('"', '"'),
    ('“', '”'),
    ('”', '“'),
    ('„', '“'),
    ('«', '»'),
    ('「', '」'),
    ('『', '』'),
    ('‘', '’'),
];

/// The words of a question, each once, in its order.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Question {
    pub(crate) asks: Vec<Ask>,
    /// Other words that are looked for too, for the reader.
    pub(crate) also: Vec<String>,
    /// What is marked in a text, folded.
    pub(crate) marks: Vec<String>,
}

/// One word that is looked for, by any of its tokens.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Ask {
    /// The word itself.
    pub(crate) word: String,
    /// What stands for it, and counts a little less.
    pub(crate) close: Vec<String>,
    /// How telling it is: 1 to 4.
    pub(crate) length: u8,
}

impl Question {
    pub(super) fn new(learnt: &Learnt, text: &str) -> Self {
        let mut question = Self::default();
        for (quoted, text) in quotes(&text.chars().map(fold).collect::<Vec<_>>()) {
            if quoted {
                question.exact(learnt, &text);
            } else {
                question.wide(learnt, &text);
            }
        }
        let full = |ask: &Ask| !EMPTY.contains(&ask.word.as_str());
        if question.asks.iter().any(full) {
            question.asks.retain(full);
        }
        question.asks.truncate(MOST);
        question.also.truncate(ALSO_IN_ALL);
        let asked: Vec<String> =
            question.asks.iter().map(|ask| ask.word.replace('_', " ")).collect();
        question.marks.splice(0..0, asked);
        question
    }

    fn add(&mut self, word: &str, close: Vec<String>) {
        if self.asks.iter().all(|known| known.word != word) {
            let length = (1..RARE).zip(word.chars().skip(1)).count();
            let length = u8::try_from(length + 1).unwrap_or(1);
            self.asks.push(Ask { word: word.to_owned(), close, length });
        }
    }

    /// Nothing but the words of `text`.
    fn exact(&mut self, learnt: &Learnt, text: &str) {
        for run in runs(text) {
            self.plain(learnt, &run, |_| Vec::new());
        }
    }

    fn plain(&mut self, learnt: &Learnt, run: &Run<'_>, close: impl Fn(&str) -> Vec<String>) {
        if run.han {
            for token in learnt.jieba.cut(run.text, false) {
                self.add(token.word, Vec::new());
            }
        } else {
            self.add(run.text, close(run.text));
        }
    }

    /// The words of `text`, and what means the same.
    fn wide(&mut self, learnt: &Learnt, text: &str) {
        let names = names(learnt, text);
        let mut at = 0;
        for name in &names {
            self.between(learnt, text, at, name.start);
            self.name(learnt, text, name);
            at = name.end;
        }
        self.between(learnt, text, at, text.len());
    }

    fn between(&mut self, learnt: &Learnt, text: &str, from: usize, to: usize) {
        for run in runs(text.get(from..to).unwrap_or_default()) {
            self.plain(learnt, &run, |word| {
                let stem = stem(word);
                if stem == word { Vec::new() } else { vec![stem] }
            });
        }
    }

    /// A name, and the other words for what it means.
    fn name(&mut self, learnt: &Learnt, text: &str, name: &Spoken<'_>) {
        let written = text.get(name.start..name.end).unwrap_or_default();
        let mut close = Vec::new();
        let mut also: Vec<&String> = Vec::new();
        for (token, words) in learnt.thesaurus.also(name) {
            close.push(token.to_owned());
            also.extend(words);
        }
        also.retain(|word| stems(&folded(word)) != stems(written));
        self.marks.extend(also.iter().map(|word| folded(word)));
        // the reader's script first
        also.sort_by_key(|word| word.contains(is_han) != written.contains(is_han));
        for word in also.into_iter().take(ALSO) {
            if !self.also.contains(word) {
                self.also.push(word.clone());
            }
        }
        if written.chars().all(is_letter) {
            close.push(stem(written));
            self.add(written, close);
        } else {
            self.add(name.token, close);
        }
    }
}

/// The names in a text that are looked for as such: the longest, from the left.
fn names<'a>(learnt: &'a Learnt, text: &str) -> Vec<Spoken<'a>> {
    let runs = runs(text);
    let ends: Vec<usize> = runs
        .iter()
        .flat_map(|run| if run.han { learnt.cut(run) } else { vec![run.at, run.end()] })
        .collect();
    let mut spoken = learnt.thesaurus.spoken(text, &ends);
    // inside of a longer word it is not the word that was asked for
    spoken.retain(|name| ends.contains(&name.start) && ends.contains(&name.end));
    spoken.extend(learnt.thesaurus.phrases(text));
    spoken.sort_by_key(|name| (name.start, std::cmp::Reverse(name.end)));
    let mut reached = 0;
    spoken.retain(|name| {
        let free = name.start >= reached;
        reached = if free { name.end } else { reached };
        free
    });
    spoken
}

/// The pieces of a text, and whether each stands in quotes. A quote that is not closed goes to the
/// end.
fn quotes(text: &[char]) -> Vec<(bool, String)> {
    let mut pieces = vec![(false, String::new())];
    let mut awaited = None;
    for &c in text {
        let opened = QUOTES.iter().find(|(open, _)| *open == c).map(|&(_, close)| close);
        if awaited == Some(c) {
            awaited = None;
            pieces.push((false, String::new()));
        } else if let (None, Some(close)) = (awaited, opened) {
            awaited = Some(close);
            pieces.push((true, String::new()));
        } else if let Some((_, piece)) = pieces.last_mut() {
            piece.push(c);
        }
    }
    pieces
}
