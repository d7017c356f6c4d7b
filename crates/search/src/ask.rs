//! The documents that a question's words ask for, with what they are worth.

use std::{io, ops::Range};

use tantivy::{DocId, InvertedIndexReader, Term, schema::Field, schema::IndexRecordOption};

use crate::{
    posting::{self, Word, Worth},
    words::{Place, Question},
};

/// What one more word found is worth: more than any place.
const WORD: u32 = 128;

/// What a word is worth by the best place it is found in. The title counts more than all others
/// together; whole numbers, so that sums are exact in any order.
const fn worth(place: Place) -> u32 {
    match place {
        Place::Title => 16,
        Place::Occupation => 6,
        Place::Employer => 4,
        Place::Region => 3,
        Place::Duties => 1,
    }
}

/// Quarters of what the word itself is worth: the word, and what stands for it.
const ITSELF: u32 = 4;
const CLOSE: u32 = 3;

/// A question as the lists understand it.
pub(crate) struct Asked {
    words: Vec<Vec<(Term, Worth)>>,
    /// So many of the words a document must have.
    needed: u32,
}

impl Asked {
    /// Of up to three words all, of more at least three quarters.
    pub(crate) fn new(field: Field, question: &Question) -> Self {
        let words = question.asks.iter().map(|ask| {
            let token = |token: &String, quarters| {
                (Term::from_field_text(field, token), scale(u32::from(ask.length) * quarters))
            };
            let close = ask.close.iter().map(|close| token(close, CLOSE));
            std::iter::once(token(&ask.word, ITSELF)).chain(close).collect()
        });
        let count = question.asks.len();
        let needed = if count < 4 { count } else { (count * 3).div_ceil(4) };
        let needed = u32::try_from(needed).unwrap_or(u32::MAX);
        Self { words: words.collect(), needed }
    }

    pub(crate) const fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// Tells `visit` of the documents within the stretches that have enough of the words, in their
    /// order, with what these are worth.
    pub(crate) fn each(
        &self,
        lists: &InvertedIndexReader,
        stretches: &[Range<DocId>],
        visit: impl FnMut(DocId, u32),
    ) -> io::Result<()> {
        let mut words = Vec::with_capacity(self.words.len());
        for tokens in &self.words {
            let mut word = Word::new(1);
            for (term, worth) in tokens {
                let blocks = lists.read_block_postings(term, IndexRecordOption::WithFreqs)?;
                word.add(blocks, *worth);
            }
            words.push(word);
        }
        posting::each(words, self.needed, stretches, visit);
        Ok(())
    }
}

fn scale(quarters: u32) -> Worth {
    let mut scale = [0; Place::ALL.len() + 1];
    for (step, place) in scale.iter_mut().skip(1).zip(Place::ALL) {
        *step = WORD + (worth(place) * quarters + 2) / 4;
    }
    scale
}
