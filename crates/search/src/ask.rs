//! The documents that a question's words ask for, with what they are worth: straight from the
//! blocks of the lists, the rarest words first, the others looked up only where these stand.

use std::{cmp::Ordering, io, ops::Range};

use tantivy::{
    DocId, InvertedIndexReader, Term, postings::BlockSegmentPostings, schema::Field,
    schema::IndexRecordOption,
};

use crate::words::{Place, Question};

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

/// By how often a token stands in a document: see [`Place::count`].
type Worth = [u32; Place::ALL.len() + 1];

/// A question as the lists understand it.
pub(crate) struct Asked {
    words: Vec<Vec<(Term, Worth)>>,
    /// So many of the words a document must have.
    needed: usize,
}

/// A document, and what the words found in it are worth.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Candidate {
    pub(crate) doc: DocId,
    pub(crate) worth: u32,
    words: u32,
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
        Self { words: words.collect(), needed }
    }

    pub(crate) const fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// The documents within the stretches that have enough of the words, in their order.
    pub(crate) fn candidates(
        &self,
        lists: &InvertedIndexReader,
        stretches: &[Range<DocId>],
    ) -> io::Result<Vec<Candidate>> {
        let mut words = Vec::with_capacity(self.words.len());
        for tokens in &self.words {
            words.push(Word::open(lists, tokens)?);
        }
        // whoever has enough of them has one of the rarest
        words.sort_by_key(Word::frequency);
        let first = words.len().saturating_sub(self.needed) + 1;
        let mut found = Vec::new();
        for word in words.iter_mut().take(first) {
            let theirs = word.all(stretches);
            found = if found.is_empty() { theirs } else { merged(&found, &theirs, sum) };
        }
        let mut left = words.len().saturating_sub(first);
        for word in words.iter_mut().skip(first) {
            left -= 1;
            word.add_to(&mut found);
            let least = self.needed.saturating_sub(left);
            found.retain(|candidate| candidate.words as usize >= least);
        }
        if self.needed > 1 && first > 1 {
            found.retain(|candidate| candidate.words as usize >= self.needed);
        }
        Ok(found)
    }
}

fn scale(quarters: u32) -> Worth {
    let mut scale = [0; Place::ALL.len() + 1];
    for (step, place) in scale.iter_mut().skip(1).zip(Place::ALL) {
        *step = WORD + (worth(place) * quarters + 2) / 4;
    }
    scale
}

/// One word: the lists of its tokens.
struct Word(Vec<List>);

struct List {
    blocks: BlockSegmentPostings,
    worth: Worth,
}

impl Word {
    fn open(lists: &InvertedIndexReader, tokens: &[(Term, Worth)]) -> io::Result<Self> {
        let mut found = Vec::with_capacity(tokens.len());
        for (term, worth) in tokens {
            if let Some(blocks) = lists.read_block_postings(term, IndexRecordOption::WithFreqs)? {
                found.push(List { blocks, worth: *worth });
            }
        }
        Ok(Self(found))
    }

    fn frequency(&self) -> u32 {
        self.0.iter().map(|list| list.blocks.doc_freq()).sum()
    }

    /// Every document of the word in the stretches.
    fn all(&mut self, stretches: &[Range<DocId>]) -> Vec<Candidate> {
        let mut found = Vec::new();
        for list in &mut self.0 {
            let theirs = list.all(stretches);
            found = if found.is_empty() { theirs } else { merged(&found, &theirs, best) };
        }
        found
    }

    /// Adds what the word is worth in the documents found already.
    fn add_to(&mut self, found: &mut [Candidate]) {
        let mut best = vec![0; found.len()];
        for list in &mut self.0 {
            list.look_up(found, &mut best);
        }
        for (candidate, worth) in found.iter_mut().zip(best).filter(|(_, worth)| *worth > 0) {
            candidate.worth += worth;
            candidate.words += 1;
        }
    }
}

impl List {
    fn worth(worth: &Worth, frequency: u32) -> u32 {
        worth.get(frequency as usize).or(worth.last()).copied().unwrap_or_default()
    }

    fn all(&mut self, stretches: &[Range<DocId>]) -> Vec<Candidate> {
        let mut found = Vec::new();
        let mut whole = stretches.iter();
        let Some(mut stretch) = whole.next() else { return found };
        let mut from = self.blocks.seek(stretch.start);
        loop {
            let (docs, counts) = (self.blocks.docs(), self.blocks.freqs());
            let Some(&last) = docs.last() else { return found };
            let inside = docs.partition_point(|&doc| doc < stretch.end);
            let rows = docs.iter().zip(counts).take(inside).skip(from);
            let candidate = |(&doc, &count): (&DocId, &u32)| Candidate {
                doc,
                worth: Self::worth(&self.worth, count),
                words: 1,
            };
            found.extend(rows.map(candidate));
            if last < stretch.end {
                self.blocks.advance();
                from = 0;
                continue;
            }
            let Some(next) = whole.next() else { return found };
            stretch = next;
            from = self.place(stretch.start);
        }
    }

    /// Where in its block the first document from `doc` on stands, which may be behind the last.
    fn place(&mut self, doc: DocId) -> usize {
        if self.blocks.docs().last().is_none_or(|&last| last < doc) {
            return self.blocks.seek(doc);
        }
        self.blocks.docs().partition_point(|&other| other < doc)
    }

    fn look_up(&mut self, found: &[Candidate], best: &mut [u32]) {
        let Some(first) = found.first() else { return };
        let mut at = self.blocks.seek(first.doc);
        for (candidate, best) in found.iter().zip(best) {
            let docs = self.blocks.docs();
            at = match docs.last() {
                None => return,
                Some(&last) if last < candidate.doc => self.blocks.seek(candidate.doc),
                Some(_) => {
                    let rest = docs.get(at..).unwrap_or_default();
                    at + rest.iter().take_while(|&&doc| doc < candidate.doc).count()
                }
            };
            if self.blocks.docs().get(at) == Some(&candidate.doc) {
                let count = self.blocks.freqs().get(at).copied().unwrap_or(1);
                *best = (*best).max(Self::worth(&self.worth, count));
            }
        }
    }
}

fn best(one: Candidate, other: Candidate) -> Candidate {
    Candidate { worth: one.worth.max(other.worth), ..one }
}

fn sum(one: Candidate, other: Candidate) -> Candidate {
    Candidate { worth: one.worth + other.worth, words: one.words + other.words, ..one }
}

/// Both lists in one, in order; what is in both is put together.
fn merged(
    one: &[Candidate],
    other: &[Candidate],
    both: fn(Candidate, Candidate) -> Candidate,
) -> Vec<Candidate> {
    let mut all = Vec::with_capacity(one.len() + other.len());
    let (mut a, mut b) = (one.iter(), other.iter());
    let (mut left, mut right) = (a.next(), b.next());
    while let (Some(&one), Some(&other)) = (left, right) {
        match one.doc.cmp(&other.doc) {
            Ordering::Less => {
                all.push(one);
                left = a.next();
            }
            Ordering::Greater => {
                all.push(other);
                right = b.next();
            }
            Ordering::Equal => {
                all.push(both(one, other));
                (left, right) = (a.next(), b.next());
            }
        }
    }
    all.extend(left.into_iter().chain(a));
    all.extend(right.into_iter().chain(b));
    all
}
