//! The documents that a question's words ask for, with what they are worth.
//!
//! What a word is worth follows from what it says (a trade, a word, a character), from how it is
//! found (itself, another word for it, an occupation beside it) and where, and from how many
//! documents have it. All words are asked for first; where few documents have them where it counts,
//! fewer will do, down to the one that says most.

mod worth;

use std::{io, ops::Range};

use tantivy::{DocId, InvertedIndexReader, Term, schema::IndexRecordOption};

use crate::{
    posting::{self, Word},
    snapshot::Snapshot,
    words::{Ask, Bond, Kind, Question, foreign, trade},
};

pub(crate) use worth::ENOUGH;
use worth::{COMMON, GOOD, NOWHERE, is_far, nearness, places, rarity, weight};

/// How a question was understood where that depends on the index: with the same plan it gives the
/// same list, whatever has come in meanwhile.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Plan {
    /// How rare each word is, two bits each.
    pub(crate) rarity: u64,
    pub(crate) level: u8,
    /// A word was read as another that sounds like it.
    pub(crate) mended: bool,
}

/// How much of a question a document must have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Level {
    least: u32,
    /// Occupations beside those that were named will do.
    kin: bool,
}

/// A question as the lists understand it.
pub(crate) struct Asked {
    words: Vec<AskedWord>,
    levels: Vec<Level>,
    /// What all words say.
    all: u32,
    pub(crate) plan: Plan,
    /// From this worth on an answer is a good one.
    pub(crate) good: u32,
    /// The worth of what has everything.
    pub(crate) best: u32,
    /// What is found nowhere.
    pub(crate) missing: Vec<String>,
}

struct AskedWord {
    tokens: Vec<(Term, posting::Worth, bool)>,
    /// What a document gains by it towards what it must have.
    weight: u32,
}

impl Asked {
    /// `plan` is that of the page before; `guesses` says whether [`Asked::mean`] may be told more.
    pub(crate) fn new(
        snapshot: &Snapshot,
        question: &Question,
        guesses: bool,
        plan: Option<Plan>,
    ) -> Result<Self, crate::Error> {
        let mut asked = Self {
            words: Vec::new(),
            levels: Vec::new(),
            all: 0,
            plan: plan.unwrap_or_default(),
            good: 0,
            best: 0,
            missing: Vec::new(),
        };
        let (mut all, mut most, mut kin) = (0, 0, false);
        for (place, ask) in question.asks.iter().enumerate() {
            let rarity = match plan {
                Some(plan) => plan.rarity >> (2 * place) & 3,
                None => rarity(snapshot, ask)?,
            };
            asked.plan.rarity |= rarity << (2 * place);
            let weight = weight(ask.kind, rarity);
            let near = ask.close.iter().any(|(_, bond)| is_far(*bond));
            if rarity == NOWHERE && ask.kind.is_main() && !near {
                asked.missing.push(ask.word.replace('_', " "));
            }
            // what stands in quotes has to be there
            let weight = if ask.exact || near { weight.max(1) } else { weight };
            if weight > 0 {
                let held = if ask.kind.is_main() { weight } else { 0 };
                (all, most, kin) = (all + held, most.max(held), kin || near);
                asked.best += weight * 100;
                asked.words.push(AskedWord::new(snapshot, ask, weight, held)?);
            }
        }
        (asked.all, asked.good) = (all, all * GOOD);
        asked.widen(question, all, most, kin || guesses);
        Ok(asked)
    }

    /// The occupations that the words together may mean will do for all of them.
    pub(crate) fn mean(&mut self, snapshot: &Snapshot, codes: &[String]) {
        self.words.extend(AskedWord::meant(snapshot, codes, self.all));
    }

    /// Is more looked for than all words where they stand?
    pub(crate) const fn is_lowered(&self) -> bool {
        self.plan.level > 0
    }

    /// The levels, from all words down to the one that says most.
    fn widen(&mut self, question: &Question, all: u32, most: u32, kin: bool) {
        let exact = question.asks.iter().any(|ask| ask.exact);
        let several = [(all, false), (all, kin), ((all * 3).div_ceil(5), kin), (most, kin)];
        let several = several.into_iter().take(if exact { 1 } else { 4 });
        self.levels = several.map(|(least, kin)| Level { least: least.max(1), kin }).collect();
        self.levels.dedup();
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.words.is_empty() && self.missing.is_empty()
    }

    /// Asks for less; `false` where there is no less.
    pub(crate) fn lower(&mut self) -> bool {
        let more = usize::from(self.plan.level) + 1 < self.levels.len();
        self.plan.level += u8::from(more);
        more
    }

    /// Tells `visit` of the documents within the stretches that have enough of the words, in their
    /// order, with what these are worth.
    pub(crate) fn each(
        &self,
        lists: &InvertedIndexReader,
        stretches: &[Range<DocId>],
        visit: impl FnMut(DocId, u32),
    ) -> io::Result<()> {
        let Some(level) = self.levels.get(usize::from(self.plan.level)) else { return Ok(()) };
        let mut words = Vec::with_capacity(self.words.len());
        for asked in &self.words {
            let mut word = Word::new(asked.weight);
            for (term, worth, _) in asked.tokens.iter().filter(|(_, _, far)| level.kin || !far) {
                let blocks = lists.read_block_postings(term, IndexRecordOption::WithFreqs)?;
                word.add(blocks, *worth);
            }
            words.push(word);
        }
        posting::each(words, level.least, stretches, visit);
        Ok(())
    }
}

impl AskedWord {
    fn new(snapshot: &Snapshot, ask: &Ask, weight: u32, held: u32) -> Result<Self, crate::Error> {
        let places = places(ask.kind);
        let token = |token: &str, percent: u32, far: bool| {
            let worth = places.map(|place| weight * place * percent / 100);
            (Term::from_field_text(snapshot.words, token), worth, far)
        };
        let mut tokens = vec![token(&ask.word, 100, false)];
        for (close, bond) in &ask.close {
            let (term, worth, far) = token(close, nearness(*bond), is_far(*bond));
            // a part that many have says nothing of the whole
            let says = *bond != Bond::Part || {
                snapshot.searcher.doc_freq(&term)? <= snapshot.searcher.num_docs() / COMMON
            };
            if says {
                tokens.push((term, worth, far));
            }
        }
        Ok(Self { tokens, weight: held })
    }

    /// The occupations that the words together may mean, instead of all of them.
    fn meant(snapshot: &Snapshot, codes: &[String], all: u32) -> Option<Self> {
        /// Percent of all words in a title.
        const WORTH: u32 = 55;
        let worth = places(Kind::Plain).map(|place| all * place * WORTH / 100);
        let term = |token: &str| (Term::from_field_text(snapshot.words, token), worth, true);
        let both = |code: &String| trade(code).map(|token| [term(&token), term(&foreign(&token))]);
        let tokens: Vec<_> = codes.iter().filter_map(both).flatten().collect();
        (!tokens.is_empty()).then_some(Self { tokens, weight: all })
    }
}
