//! The documents that a question's words ask for, with what they are worth.
//!
//! What a word is worth follows from what it says (a trade, a word, a character), from how it is
//! found (itself, another word for it, an occupation beside it) and where, and from how many
//! documents have it. All words are asked for first; where few documents have them where it counts,
//! fewer will do, down to the one that says most.

mod worth;

use std::{
    collections::BTreeSet,
    io,
    ops::{ControlFlow, Range},
};

use tantivy::{DocId, schema::IndexRecordOption};

use crate::{
    Error,
    posting::{self, Candidate, Field, Word},
    snapshot::{Segment, Snapshot, Token},
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
    tokens: Vec<AskedToken>,
    /// What a document gains by it towards what it must have.
    weight: u32,
}

struct AskedToken {
    token: Token,
    worth: posting::Worth,
    /// Asked for only where little has what was said.
    far: bool,
}

impl Asked {
    /// `plan` is that of the page before; `guesses` says whether [`Asked::mean`] may be told more.
    pub(crate) fn new(
        snapshot: &Snapshot,
        question: &Question,
        guesses: bool,
        plan: Option<Plan>,
    ) -> Result<Self, Error> {
        let mut asked = Self {
            words: Vec::new(),
            levels: Vec::new(),
            all: 0,
            plan: plan.unwrap_or_default(),
            good: 0,
            best: 0,
            missing: Vec::new(),
        };
        let documents = snapshot.searcher.num_docs();
        let mut kin = false;
        for (place, ask) in question.asks.iter().enumerate() {
            let near = ask.close.iter().any(|(_, bond)| is_far(*bond));
            let mut word = AskedWord::new(snapshot, ask)?;
            let rarity = match plan {
                Some(plan) => plan.rarity >> (2 * place) & 3,
                None => rarity(word.frequency(), documents),
            };
            asked.plan.rarity |= rarity << (2 * place);
            if rarity == NOWHERE && ask.kind.is_main() && !near {
                asked.missing.push(ask.word.replace('_', " "));
            }
            let weight = weight(ask.kind, rarity);
            // what stands in quotes has to be there
            let weight = if ask.exact || near { weight.max(1) } else { weight };
            if weight > 0 {
                word.weigh(ask, weight);
                (asked.all, kin) = (asked.all + word.weight, kin || near);
                asked.best += weight * 100;
                asked.words.push(word);
            }
        }
        asked.good = asked.all * GOOD;
        asked.widen(question, kin, guesses);
        Ok(asked)
    }

    /// The occupations that the words together may mean will do for all of them; `false` where
    /// nothing has one.
    pub(crate) fn mean(&mut self, snapshot: &Snapshot, codes: &[String]) -> Result<bool, Error> {
        let meant = AskedWord::meant(snapshot, codes, self.all)?;
        let found = meant.frequency() > 0;
        self.words.extend(Some(meant).filter(|_| found));
        Ok(found)
    }

    /// Is more looked for than all words where they stand?
    pub(crate) const fn is_lowered(&self) -> bool {
        self.plan.level > 0
    }

    /// The levels, from all words down to the one that says most. With the same words in the same
    /// places they are the same on every page.
    fn widen(&mut self, question: &Question, kin: bool, guesses: bool) {
        let all = self.all.max(1);
        self.levels = vec![Level { least: all, kin: false }];
        if question.asks.iter().any(|ask| ask.exact) {
            return;
        }
        let kin = kin || guesses;
        if kin {
            self.levels.push(Level { least: all, kin });
        }
        let most = self.words.iter().map(|word| word.weight).max().unwrap_or_default();
        for least in [(all * 3).div_ceil(5), most.max(1)] {
            let least = self.reached(least);
            if self.levels.last().is_some_and(|before| least < before.least) {
                self.levels.push(Level { least, kin });
            }
        }
    }

    /// The least that some of the words weigh together, and no less than `least`.
    fn reached(&self, least: u32) -> u32 {
        let mut sums = BTreeSet::from([0]);
        for word in self.words.iter().filter(|word| word.weight > 0) {
            let more: Vec<u32> = sums.iter().map(|sum| sum + word.weight).collect();
            sums.extend(more);
        }
        sums.range(least..).next().copied().unwrap_or(least)
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

    /// Does this level look for nothing that the one before did not, but for what is meant?
    pub(crate) fn is_as_before(&self) -> bool {
        let far = |word: &AskedWord| word.tokens.iter().any(|t| t.far && t.token.frequency > 0);
        self.plan.level == 1
            && self.levels.get(1).is_some_and(|level| level.kin && level.least >= self.all)
            && !self.words.iter().any(far)
    }

    /// Tells `visit` of the documents within the stretches that have enough of the words, in their
    /// order and a few at once, with what these are worth. `nth` is the place of the segment.
    pub(crate) fn each(
        &self,
        (nth, segment): (usize, &Segment),
        stretches: &[Range<DocId>],
        field: &mut Field,
        visit: impl FnMut(&[Candidate]) -> ControlFlow<(), u32>,
    ) -> io::Result<()> {
        let Some(level) = self.levels.get(usize::from(self.plan.level)) else { return Ok(()) };
        let mut words = Vec::with_capacity(self.words.len());
        for asked in &self.words {
            let mut word = Word::new(asked.weight);
            for asked in asked.tokens.iter().filter(|asked| level.kin || !asked.far) {
                let Some(info) = asked.token.infos.get(nth).and_then(Option::as_ref) else {
                    continue;
                };
                let option = IndexRecordOption::WithFreqs;
                let blocks = segment.lists.read_block_postings_from_terminfo(info, option)?;
                word.add(blocks, asked.worth);
            }
            words.push(word);
        }
        posting::each(words, level.least, stretches, field, visit);
        Ok(())
    }
}

impl AskedWord {
    /// A word as it is looked up, before anybody knows what it is worth.
    fn new(snapshot: &Snapshot, ask: &Ask) -> Result<Self, Error> {
        let itself = std::iter::once((ask.word.as_str(), None));
        let close = ask.close.iter().map(|(token, bond)| (token.as_str(), Some(*bond)));
        let common = snapshot.searcher.num_docs() / COMMON;
        let mut tokens = Vec::with_capacity(1 + ask.close.len());
        for (token, bond) in itself.chain(close) {
            let token = snapshot.token(token)?;
            // a part that many have says nothing of the whole
            let says = bond != Some(Bond::Part) || token.frequency <= common;
            if says {
                let percent = bond.map_or(100, nearness);
                let worth = places(ask.kind).map(|place| place * percent);
                tokens.push(AskedToken { token, worth, far: bond.is_some_and(is_far) });
            }
        }
        Ok(Self { tokens, weight: 0 })
    }

    /// The most documents that have one of the tokens that stand for it.
    fn frequency(&self) -> u64 {
        let near = self.tokens.iter().filter(|asked| !asked.far);
        near.map(|asked| asked.token.frequency).max().unwrap_or_default()
    }

    fn weigh(&mut self, ask: &Ask, weight: u32) {
        for worth in self.tokens.iter_mut().flat_map(|asked| &mut asked.worth) {
            *worth = in_all(u32::from(*worth) * weight / 100);
        }
        self.weight = if ask.kind.is_main() { weight } else { 0 };
    }

    /// The occupations that the words together may mean, instead of all of them.
    fn meant(snapshot: &Snapshot, codes: &[String], all: u32) -> Result<Self, Error> {
        /// Percent of all words in a title.
        const WORTH: u32 = 55;
        let worth = places(Kind::Plain).map(|place| in_all(all * u32::from(place) * WORTH / 100));
        let mut tokens = Vec::new();
        for token in codes.iter().filter_map(|code| trade(code)) {
            for token in [snapshot.token(&token)?, snapshot.token(&foreign(&token))?] {
                tokens.push(AskedToken { token, worth, far: false });
            }
        }
        Ok(Self { tokens, weight: all })
    }
}

/// Twenty-four words of the greatest weight are worth less than this together.
fn in_all(worth: u32) -> u16 {
    worth.try_into().unwrap_or(u16::MAX)
}
