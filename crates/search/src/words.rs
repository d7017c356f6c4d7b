//! Words: our own segmentation, so that every engine is handed the same tokens.
//!
//! A text is indexed with every dictionary word in it and every single character, and a question
//! is cut once, precisely: whatever piece of a text is asked for, its words are in the index. A
//! text that says one of the words for some work has the token of that work too: synonyms cost a
//! question one lookup, however many there are.

mod common;
mod homophone;
mod mark;
mod question;
mod run;
mod stem;
mod thesaurus;

use std::{
    borrow::Cow,
    cmp::Reverse,
    sync::{Arc, Mutex, OnceLock, PoisonError},
};

use jieba_rs::Jieba;

use homophone::Homophones;
pub use mark::Marker;
pub(crate) use model::cell::plain::fold;
use model::cell::plain::folded;
pub(crate) use question::{Ask, Bond, Kind, Question};
use run::{Run, is_han, runs};
use stem::{root, stem};
pub use thesaurus::{Dictionary, Group};
use thesaurus::{Thesaurus, kin};
pub(crate) use thesaurus::{foreign, trade};

/// Longer names hide the words in them from a question.
const LONGEST_NAME: usize = 4;

/// Where in a vacancy a word stands; what counts more comes later.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Place {
    Duties = 1,
    Region = 2,
    Employer = 3,
    Occupation = 4,
    Title = 5,
}

impl Place {
    pub(crate) const ALL: [Self; 5] =
        [Self::Duties, Self::Region, Self::Employer, Self::Occupation, Self::Title];

    /// A token stands in a document as often as the best of its places counts.
    pub(crate) const fn count(self) -> usize {
        self as usize
    }
}

pub(crate) struct Words {
    dictionary: Dictionary,
    /// Fingerprint of the dictionary: another one makes other tokens.
    pub(crate) seal: u64,
    /// A quarter of a second and 70 MB, so only for a process that searches or indexes.
    learnt: OnceLock<Arc<Learnt>>,
}

struct Learnt {
    jieba: Jieba,
    thesaurus: Thesaurus,
    /// Names of trades and skills by how they sound: only for questions that nothing answers.
    homophones: OnceLock<Homophones>,
}

/// What was learnt last, and the seal of its dictionary: one process has many only in tests.
static LAST: Mutex<Option<(u64, Arc<Learnt>)>> = Mutex::new(None);

impl Words {
    pub(crate) fn new(mut dictionary: Dictionary) -> Self {
        dictionary.names.sort_unstable();
        dictionary.names.dedup();
        let seal = dictionary.seal();
        Self { dictionary, seal, learnt: OnceLock::new() }
    }

    /// Reads the dictionary, if nobody has.
    pub(crate) fn read(&self) {
        self.learnt();
    }

    pub(crate) fn is_read(&self) -> bool {
        self.learnt.get().is_some()
    }

    fn learnt(&self) -> &Learnt {
        self.learnt.get_or_init(|| {
            let mut last = LAST.lock().unwrap_or_else(PoisonError::into_inner);
            match &*last {
                Some((seal, learnt)) if *seal == self.seal => Arc::clone(learnt),
                _ => {
                    let learnt = Arc::new(Learnt::new(&self.dictionary));
                    Arc::clone(&last.insert((self.seal, learnt)).1)
                }
            }
        })
    }

    /// Every token by which a document with these texts shall be found, separated by spaces, each
    /// as often as the best of its places counts. `occupation` is a code or empty.
    pub(crate) fn document(&self, texts: &[(Place, &str)], occupation: &str) -> String {
        let folded: Vec<(Place, String)> =
            texts.iter().map(|&(place, text)| (place, folded(text))).collect();
        let mut tokens: Vec<(Cow<'_, str>, Place)> = Vec::new();
        for (place, text) in &folded {
            self.learnt().tokens(*place, text, &mut tokens);
        }
        let title = texts.iter().find(|(place, _)| *place == Place::Title);
        let native = title.is_none_or(|(_, title)| title.contains(is_han));
        for token in [trade(occupation), kin(occupation)].into_iter().flatten() {
            let token = if native { token } else { foreign(&token) };
            tokens.push((token.into(), Place::Occupation));
        }
        // most are told apart by their first bytes
        let mut tokens: Vec<_> =
            tokens.into_iter().map(|(token, place)| (head(&token), token, place)).collect();
        tokens.sort_unstable_by(|(x, a, place), (y, b, other)| {
            (x, a, Reverse(place)).cmp(&(y, b, Reverse(other)))
        });
        tokens.dedup_by(|(x, a, _), (y, b, _)| x == y && a == b);
        let mut document = String::with_capacity(tokens.len() * 12);
        for (_, token, place) in &tokens {
            for _ in 0..place.count() {
                document.push_str(token);
                document.push(' ');
            }
        }
        document
    }

    /// What is looked for.
    pub(crate) fn question(&self, text: &str) -> Question {
        Question::new(self.learnt(), text)
    }

    /// `text` with names for those of its words that only sound like one, and what was put for
    /// what; `None` where there is none.
    pub(crate) fn as_it_sounds(&self, text: &str) -> Option<(String, Slip)> {
        let learnt = self.learnt();
        let homophones = learnt.homophones.get_or_init(|| Homophones::new(&self.dictionary));
        homophones.mended(learnt, &folded(text))
    }
}

/// A word as it was typed, and the one that is looked for instead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Slip {
    pub typed: String,
    pub meant: String,
}

impl Learnt {
    fn new(dictionary: &Dictionary) -> Self {
        let mut jieba = Jieba::new();
        let spoken =
            dictionary.groups.iter().flat_map(|group| group.words.iter().chain(&group.wider));
        for name in dictionary.names.iter().chain(spoken) {
            let name = folded(name);
            let han = name.chars().all(is_han);
            if han && (2..=LONGEST_NAME).contains(&name.chars().count()) && !jieba.has_word(&name) {
                jieba.add_word(&name, None, None);
            }
        }
        let thesaurus = Thesaurus::new(&dictionary.groups);
        Self { jieba, thesaurus, homophones: OnceLock::new() }
    }

    /// The tokens of one folded text.
    fn tokens<'a>(&'a self, place: Place, text: &'a str, tokens: &mut Vec<(Cow<'a, str>, Place)>) {
        let mut ends = Vec::new();
        for run in runs(text) {
            if run.han {
                // long texts count least anywhere, and their words are not worth a second cut
                let cut = if place > Place::Duties { self.cut(&run) } else { Vec::new() };
                self.every(&run, place, &cut, tokens);
                ends.extend(cut);
                if place == Place::Title {
                    tokens.extend(pairs(run.text).map(|pair| (pair.into(), place)));
                }
            } else {
                tokens.push((run.text.into(), place));
                tokens.push((stem(run.text).into(), place));
                if place >= Place::Occupation {
                    tokens.extend(root(run.text).map(|root| (root.into(), place)));
                }
                tokens.extend(run.parts().into_iter().map(|part| (part, place)));
                ends.extend([run.at, run.end()]);
            }
        }
        if place == Place::Duties {
            ends.clear();
        }
        for spoken in self.thesaurus.spoken(text, &ends).iter().chain(&self.thesaurus.phrases(text))
        {
            // asked for by itself it is found wherever it stands
            let here = if spoken.by_chance { Place::Duties } else { place };
            tokens.push((Cow::Owned(spoken.token.to_owned()), here));
            let native = spoken.token.contains(is_han);
            let told = self.thesaurus.told(spoken).filter(|_| !spoken.by_chance);
            let told = told.map(|token| if native { token.to_owned() } else { foreign(token) });
            tokens.extend(told.map(|token| (Cow::Owned(token), place)));
        }
    }

    /// Every word and every character of a run. A word that hangs over the end of another is one
    /// only by chance (电工 in 家电工程师) and counts least.
    fn every<'a>(
        &self,
        run: &Run<'a>,
        place: Place,
        cut: &[usize],
        tokens: &mut Vec<(Cow<'a, str>, Place)>,
    ) {
        for token in self.jieba.cut_all(run.text) {
            let (start, end) = (run.at + token.byte_start, run.at + token.byte_end);
            let by_chance = thesaurus::is_cut(cut, start, end);
            let place = if by_chance { Place::Duties } else { place };
            tokens.push((token.word.into(), place));
        }
        let characters = run.text.split("").filter(|c| !c.is_empty());
        tokens.extend(characters.map(|c| (c.into(), place)));
    }

    /// The bytes of the text at which the words of a run begin and end.
    fn cut(&self, run: &Run<'_>) -> Vec<usize> {
        let words = self.jieba.cut(run.text, false);
        let ends = words.iter().map(|token| run.at + token.byte_end);
        [run.at].into_iter().chain(ends).collect()
    }
}

/// The first eight bytes as a number that sorts as they do.
pub(crate) fn head(text: &str) -> u64 {
    let mut first = [0; size_of::<u64>()];
    first.iter_mut().zip(text.bytes()).for_each(|(place, byte)| *place = byte);
    u64::from_be_bytes(first)
}

/// Characters beside each other, as tokens of their own: for words that no dictionary has.
fn pairs(text: &str) -> impl Iterator<Item = String> {
    let second = text.chars().skip(1);
    text.chars().zip(second).map(|(one, other)| format!("^{one}{other}"))
}

#[cfg(test)]
mod tests;
