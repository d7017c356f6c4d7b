//! The documents of words, straight from the blocks of their lists: window by window, so that what
//! is counted stays in the nearest cache and nothing as long as a list is ever made.

use std::ops::Range;

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

    /// Adds a token, if the segment has it.
    pub(crate) fn add(&mut self, blocks: Option<BlockSegmentPostings>, worth: Worth) {
        self.lists.extend(blocks.map(|blocks| List { blocks, at: 0, worth }));
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
/// their order: what their words are worth, of each word the best token that stands there.
pub(crate) fn each(
    mut words: Vec<Word>,
    least: u32,
    stretches: &[Range<DocId>],
    mut visit: impl FnMut(DocId, u32),
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
    let (mut field, mut found) = (Field::new(), Vec::new());
    for stretch in stretches {
        let mut from = stretch.start;
        while let Some(next) = leading.iter_mut().filter_map(|word| word.next(from)).min()
            && next < stretch.end
        {
            from = next.saturating_add(WINDOW).min(stretch.end);
            for word in &mut *leading {
                word.lists.iter_mut().for_each(|list| list.mark(next..from, &mut field));
                field.add(word.weight);
            }
            field.take(next, least.saturating_sub(left), &mut found);
            look_up(others, left, least, &mut found);
            for candidate in &found {
                visit(candidate.doc, candidate.worth);
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
struct Candidate {
    doc: DocId,
    worth: u32,
    held: u32,
    /// What the best token of the word in hand is worth.
    best: u32,
}

/// What is known of the documents of a window.
struct Field {
    cells: Vec<Cell>,
    /// Those with a word, a bit each; and those with the word in hand.
    found: Vec<u64>,
    marked: Vec<u64>,
}

#[derive(Clone, Default)]
struct Cell {
    best: u32,
    worth: u32,
    held: u32,
}

impl Field {
    fn new() -> Self {
        let bits = vec![0; place(WINDOW) / 64];
        Self { cells: vec![Cell::default(); place(WINDOW)], found: bits.clone(), marked: bits }
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
        into.clear();
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

    /// Marks the documents of a window, and goes behind it.
    fn mark(&mut self, window: Range<DocId>, field: &mut Field) {
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
                field.mark(place(doc - window.start), Self::worth(&self.worth, count));
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
