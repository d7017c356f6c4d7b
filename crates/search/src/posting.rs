//! The documents of words, straight from the blocks of their lists: window by window, so that what
//! is counted stays in the nearest cache and nothing as long as a list is ever made.

use std::ops::{ControlFlow, Range};

use tantivy::{DocId, postings::BlockSegmentPostings};

use crate::{record::place, words::Place};

/// What a token is worth, by how often it stands in a document: see [`Place::count`].
pub(crate) type Worth = [u32; Place::ALL.len() + 1];

/// Documents looked at at once.
const WINDOW: u32 = 4_096;

/// One word: the lists of its tokens.
pub(crate) struct Word {
    lists: Vec<List>,
    /// What a document gains by it towards what it must have.
    weight: u32,
}

struct List {
    blocks: BlockSegmentPostings,
    /// In the block.
    at: usize,
    worth: Worth,
}

impl Word {
    pub(crate) const fn new(weight: u32) -> Self {
        Self { lists: Vec::new(), weight }
    }

    /// Adds a token that the segment has.
    pub(crate) fn add(&mut self, blocks: BlockSegmentPostings, worth: Worth) {
        self.lists.push(List { blocks, at: 0, worth });
    }

    fn frequency(&self) -> u32 {
        self.lists.iter().map(|list| list.blocks.doc_freq()).sum()
    }

    /// The first document from `doc` on.
    fn next(&mut self, doc: DocId) -> Option<DocId> {
        self.lists.iter_mut().filter_map(|list| list.next(doc)).min()
    }
}

/// Tells `visit` of the documents within the stretches whose words weigh `least` at least, in
/// their order and a few at once: what their words are worth, of each word the best token that
/// stands there. Ends where `visit` breaks.
pub(crate) fn each(
    mut words: Vec<Word>,
    least: u32,
    stretches: &[Range<DocId>],
    field: &mut Field,
    mut visit: impl FnMut(&[Candidate]) -> ControlFlow<()>,
) {
    // whoever has enough of them has one of the rarest
    words.sort_by_key(|word| (word.weight == 0, word.frequency()));
    let mut left: u32 = words.iter().map(|word| word.weight).sum();
    let mut leading = 0;
    while let Some(word) = words.get(leading).filter(|_| left >= least) {
        left -= word.weight;
        leading += 1;
    }
    let (leading, others) = words.split_at_mut(leading);
    let mut found = Vec::new();
    for stretch in stretches {
        let mut from = stretch.start;
        while let Some(next) = leading.iter_mut().filter_map(|word| word.next(from)).min()
            && next < stretch.end
        {
            from = next.saturating_add(WINDOW).min(stretch.end);
            field.gather(leading, next..from, least.saturating_sub(left), &mut found);
            look_up(others, left, least, &mut found);
            if visit(&found).is_break() {
                return;
            }
        }
    }
}

/// Adds the words that need be looked at only where others stand; `left` is what they weigh.
fn look_up(words: &mut [Word], mut left: u32, least: u32, found: &mut Vec<Candidate>) {
    for word in words {
        if found.is_empty() {
            return;
        }
        for list in &mut word.lists {
            list.look_up(found);
        }
        left -= word.weight;
        for candidate in found.iter_mut().filter(|candidate| candidate.best > 0) {
            candidate.worth += std::mem::take(&mut candidate.best);
            candidate.held += word.weight;
        }
        found.retain(|candidate| candidate.held + left >= least);
    }
}

/// A document, what the words found in it are worth, and what they weigh.
#[derive(Clone, Copy)]
pub(crate) struct Candidate {
    pub(crate) doc: DocId,
    pub(crate) worth: u32,
    held: u32,
    /// What the best token of the word in hand is worth.
    best: u32,
}

impl Candidate {
    /// A document that was found without words.
    pub(crate) const fn of(doc: DocId) -> Self {
        Self { doc, worth: 0, held: 0, best: 0 }
    }
}

/// What is known of the documents of a window: room to work in, which one question after the other
/// may use.
pub(crate) struct Field {
    cells: Vec<Cell>,
    /// Those with a word, a bit each; and those with the word in hand.
    found: Vec<u64>,
    marked: Vec<u64>,
}

#[derive(Clone, Copy, Default)]
struct Cell {
    best: u32,
    worth: u32,
    held: u32,
}

impl Field {
    pub(crate) fn new() -> Self {
        let bits = vec![0; place(WINDOW) / 64];
        Self { cells: vec![Cell::default(); place(WINDOW)], found: bits.clone(), marked: bits }
    }

    /// Gives the documents of a window in which words weigh enough.
    fn gather(
        &mut self,
        words: &mut [Word],
        window: Range<DocId>,
        least: u32,
        into: &mut Vec<Candidate>,
    ) {
        into.clear();
        if let [Word { lists, weight }] = words
            && let [list] = lists.as_mut_slice()
        {
            let held = *weight;
            list.through(window, |doc, worth| into.push(Candidate { doc, worth, held, best: 0 }));
            return;
        }
        for word in words {
            for list in &mut word.lists {
                list.through(window.clone(), |doc, worth| {
                    self.mark(place(doc - window.start), worth);
                });
            }
            self.add(word.weight);
        }
        self.take(window.start, least, into);
    }

    fn mark(&mut self, at: usize, worth: u32) {
        if let (Some(cell), Some(bits)) = (self.cells.get_mut(at), self.marked.get_mut(at / 64)) {
            cell.best = cell.best.max(worth);
            *bits |= 1 << (at % 64);
        }
    }

    /// Ends a word.
    fn add(&mut self, weight: u32) {
        for ((marked, found), cells) in
            self.marked.iter_mut().zip(&mut self.found).zip(self.cells.chunks_mut(64))
        {
            *found |= *marked;
            for cell in ones(std::mem::take(marked)) {
                if let Some(cell) = cells.get_mut(place(cell)) {
                    cell.worth += std::mem::take(&mut cell.best);
                    cell.held += weight;
                }
            }
        }
    }

    /// Gives the documents that weigh enough, and is empty again.
    fn take(&mut self, first: DocId, least: u32, into: &mut Vec<Candidate>) {
        for ((found, cells), from) in
            self.found.iter_mut().zip(self.cells.chunks_mut(64)).zip((first..).step_by(64))
        {
            for bit in ones(std::mem::take(found)) {
                let Some(cell) = cells.get_mut(place(bit)).map(std::mem::take) else { continue };
                if cell.held >= least {
                    let Cell { worth, held, best } = cell;
                    into.push(Candidate { doc: from + bit, worth, held, best });
                }
            }
        }
    }
}

/// The places of the bits that are set, below 64.
fn ones(mut bits: u64) -> impl Iterator<Item = u32> {
    std::iter::from_fn(move || {
        let at = (bits != 0).then(|| bits.trailing_zeros());
        bits &= bits.wrapping_sub(1);
        at
    })
}

impl List {
    fn worth(worth: &Worth, frequency: u32) -> u32 {
        worth.get(frequency as usize).or(worth.last()).copied().unwrap_or_default()
    }

    /// Goes to the first document from `doc` on.
    fn next(&mut self, doc: DocId) -> Option<DocId> {
        let docs = self.blocks.docs();
        if *docs.last()? < doc {
            self.at = self.blocks.seek(doc);
        } else {
            let rest = docs.get(self.at..).unwrap_or_default();
            self.at += rest.partition_point(|&other| other < doc);
        }
        self.blocks.docs().get(self.at).copied()
    }

    /// Tells of the documents of a window what the token is worth in each, and goes behind it.
    fn through(&mut self, window: Range<DocId>, mut tell: impl FnMut(DocId, u32)) {
        if self.next(window.start).is_none() {
            return;
        }
        loop {
            let docs = self.blocks.docs().get(self.at..).unwrap_or_default();
            let counts = self.blocks.freqs().get(self.at..).unwrap_or_default();
            let inside = match docs.last() {
                Some(&last) if last < window.end => docs.len(),
                _ => docs.partition_point(|&doc| doc < window.end),
            };
            for (&doc, &count) in docs.iter().zip(counts).take(inside) {
                tell(doc, Self::worth(&self.worth, count));
            }
            if inside < docs.len() || docs.is_empty() {
                self.at += inside;
                return;
            }
            self.blocks.advance();
            self.at = 0;
        }
    }

    fn look_up(&mut self, found: &mut [Candidate]) {
        for candidate in found {
            match self.next(candidate.doc) {
                Some(doc) if doc == candidate.doc => {
                    let count = self.blocks.freqs().get(self.at).copied().unwrap_or(1);
                    candidate.best = candidate.best.max(Self::worth(&self.worth, count));
                }
                Some(_) => {}
                None => return,
            }
        }
    }
}
