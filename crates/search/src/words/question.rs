//! What somebody typed, as words to be looked for.

use super::{
    Learnt, Slip,
    common::{is_beside, is_empty},
    fold, folded, foreign,
    run::{Run, is_han, is_letter, runs},
    stem::{root, stem},
    thesaurus::{Spoken, stems},
};

/// Words of a question that are looked for: its first ones.
const MOST: usize = 24;

/// Other words that the answer names: so many of each word, and in all.
const ALSO: usize = 4;
const ALSO_IN_ALL: usize = 8;

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
    /// What stands for it, and counts less.
    pub(crate) close: Vec<(String, Bond)>,
    pub(crate) kind: Kind,
    /// In quotes: it has to be there.
    pub(crate) exact: bool,
}

/// What a word says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// The name of an occupation.
    Trade,
    Plain,
    /// A character of a word that the dictionary lacks, or beside longer words.
    Piece,
    /// Two such characters beside each other in a title, or a word that a name is made of: it raises
    /// what has it, and nobody has typed it.
    Pair,
    /// It raises what has it, and keeps nothing out.
    Beside,
}

impl Kind {
    /// Does it say what is looked for, so that an answer has to have it?
    pub(crate) const fn is_main(self) -> bool {
        matches!(self, Self::Trade | Self::Plain)
    }
}

/// How near what stands for a word is to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Bond {
    /// The word in another form.
    Form,
    /// Another word of the same root.
    Root,
    /// Another word for the same.
    Same,
    /// The same in another language.
    Foreign,
    /// A word that the name is made of.
    Part,
    /// An occupation beside it in the tree.
    Kin,
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
        question.sort();
        question.asks.truncate(MOST);
        question.also.truncate(ALSO_IN_ALL);
        let asked: Vec<String> = question.words().collect();
        question.marks.splice(0..0, asked);
        question
    }

    /// The words as a reader knows them.
    pub(crate) fn words(&self) -> impl Iterator<Item = String> {
        let told = self.asks.iter().filter(|ask| ask.kind != Kind::Pair);
        told.map(|ask| ask.word.replace('_', " "))
    }

    /// Adds words that raise what has them, where there is something to raise.
    pub(crate) fn beside(&mut self, other: Self) {
        if self.asks.is_empty() {
            return;
        }
        for ask in other.asks.into_iter().filter(|ask| ask.kind != Kind::Pair) {
            if self.asks.iter().all(|known| known.word != ask.word) && self.asks.len() < MOST {
                self.asks.push(Ask { kind: Kind::Beside, ..ask });
            }
        }
        self.marks.extend(other.marks);
    }

    /// Words that were put right are looked for as they were typed too.
    pub(crate) fn spelt(&mut self, slips: &[Slip]) {
        for slip in slips {
            for ask in self.asks.iter_mut().filter(|ask| ask.word == slip.meant) {
                ask.close.push((slip.typed.clone(), Bond::Form));
            }
        }
    }

    /// Leaves out what says nothing, where something else does, and lets that decide which says
    /// most.
    fn sort(&mut self) {
        let full = |ask: &Ask| ask.exact || !is_empty(&ask.word);
        if self.asks.iter().any(|ask| full(ask) && ask.kind != Kind::Pair) {
            self.asks.retain(full);
        }
        let long = |ask: &Ask| ask.kind.is_main() && ask.word.chars().nth(1).is_some();
        if self.asks.iter().any(long) {
            for ask in self.asks.iter_mut().filter(|ask| !long(ask) && ask.kind == Kind::Plain) {
                if ask.word.contains(is_han) {
                    ask.kind = Kind::Piece;
                }
            }
        }
        for kind in [Kind::Piece, Kind::Beside] {
            if !self.asks.iter().any(|ask| ask.kind.is_main()) {
                let asks = self.asks.iter_mut().filter(|ask| ask.kind == kind);
                asks.for_each(|ask| ask.kind = Kind::Plain);
            }
        }
    }

    fn add(&mut self, word: &str, close: Vec<(String, Bond)>, kind: Kind) {
        if self.asks.iter().all(|known| known.word != word) {
            let kind = if is_beside(word) { Kind::Beside } else { kind };
            self.asks.push(Ask { word: word.to_owned(), close, kind, exact: false });
        }
    }

    /// Nothing but the words of `text`.
    fn exact(&mut self, learnt: &Learnt, text: &str) {
        for run in runs(text) {
            let cut = if run.han { learnt.jieba.cut(run.text, false) } else { Vec::new() };
            let words = cut.iter().map(|token| token.word);
            for word in words.chain((!run.han).then_some(run.text)) {
                if self.asks.iter().all(|known| known.word != word) {
                    let (word, close) = (word.to_owned(), Vec::new());
                    self.asks.push(Ask { word, close, kind: Kind::Plain, exact: true });
                }
            }
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
            if run.han {
                self.chinese(learnt, &run);
            } else {
                self.letters(run.text, Kind::Plain);
            }
        }
    }

    fn letters(&mut self, word: &str, kind: Kind) {
        self.add(word, forms(word), kind);
    }

    fn chinese(&mut self, learnt: &Learnt, run: &Run<'_>) {
        let mut before: Option<&str> = None;
        let alone = run.text.chars().nth(1).is_none();
        for token in learnt.jieba.cut(run.text, false) {
            let single = token.word.chars().nth(1).is_none();
            let kind = if single && !alone { Kind::Piece } else { Kind::Plain };
            self.add(token.word, Vec::new(), kind);
            if let Some(before) = before.filter(|_| single) {
                let pair = format!("{before}{}", token.word);
                let close = vec![(format!("^{pair}"), Bond::Form)];
                self.add(&pair, close, Kind::Pair);
            }
            before = single.then_some(token.word);
        }
    }

    /// A name, and the other words for what it means.
    fn name(&mut self, learnt: &Learnt, text: &str, name: &Spoken<'_>) {
        let written = text.get(name.start..name.end).unwrap_or_default();
        let native = written.contains(is_han);
        let trade = learnt.thesaurus.is_trade(name);
        let kind = if trade { Kind::Trade } else { Kind::Plain };
        let mut close = Vec::new();
        let mut also: Vec<&String> = Vec::new();
        for (token, words) in learnt.thesaurus.also(name) {
            let (here, there) =
                if native { (Bond::Same, Bond::Foreign) } else { (Bond::Foreign, Bond::Same) };
            close.extend([(token.to_owned(), here), (foreign(token), there)]);
            if let Some((group, _)) = token.rsplit_once('-').filter(|_| token.starts_with('@')) {
                close.extend([(group.to_owned(), Bond::Kin), (foreign(group), Bond::Kin)]);
            }
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
            close.extend(forms(written));
            self.add(written, close, kind);
        } else {
            let parts: Vec<String> = parts(learnt, written).collect();
            close.extend(parts.iter().map(|part| (part.clone(), Bond::Part)));
            self.add(name.token, close, kind);
            for part in parts {
                self.add(&part, forms(&part), Kind::Pair);
            }
        }
    }
}

/// The words that a name is made of.
fn parts(learnt: &Learnt, name: &str) -> impl Iterator<Item = String> {
    let mut parts = Vec::new();
    for run in runs(name) {
        if run.han {
            let cut = learnt.jieba.cut_all(run.text).into_iter().map(|token| token.word.to_owned());
            parts.extend(cut.filter(|word| word != name && word.chars().nth(1).is_some()));
        } else {
            parts.push(stem(run.text));
        }
    }
    parts.retain(|part| !is_empty(part) && !is_beside(part));
    parts.into_iter()
}

/// The other forms of a word of letters.
fn forms(word: &str) -> Vec<(String, Bond)> {
    let stem = Some(stem(word)).filter(|stem| stem != word);
    let form = stem.map(|stem| (stem, Bond::Form));
    form.into_iter().chain(root(word).map(|root| (root, Bond::Root))).collect()
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
