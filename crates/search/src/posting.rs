//! The documents of words, straight from the blocks of their lists: window by window, so that what
//! is counted stays in the nearest cache and nothing as long as a list is ever made.

use std::ops::{ControlFlow, Range};

use tantivy::{DocId, postings::BlockSegmentPostings};

use crate::{record::place, words::Place};

/// What a token is worth, by how often it stands in a document: see [`Place::count`].
pub(crate) type Worth = [u16; Place::ALL.len() + 1];

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

    /// What it is worth at most.
    fn most(&self) -> u32 {
        let worths = self.lists.iter().flat_map(|list| list.worth);
        worths.max().unwrap_or_default().into()
    }

    /// The first document from `doc` on.
    fn next(&mut self, doc: DocId) -> Option<DocId> {
        self.lists.iter_mut().filter_map(|list| list.next(doc)).min()
    }
}

/// Tells `visit` of the documents within the stretches whose words weigh `least` at least, some at
/// once: what their words are worth, of each word the best token that stands there. Ends where
/// `visit` breaks; otherwise that says from which worth on it has to be exact for others.
pub(crate) fn each(
    mut words: Vec<Word>,
    least: u32,
    stretches: &[Range<DocId>],
    field: &mut Field,
    mut visit: impl FnMut(&[Candidate]) -> ControlFlow<(), u32>,
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
    let (mut found, mut behind, mut floor) = (Vec::new(), Vec::new(), 0);
    for stretch in stretches {
        let mut from = stretch.start;
        while let Some(next) = leading.iter_mut().filter_map(|word| word.next(from)).min()
            && next < stretch.end
        {
            from = next.saturating_add(WINDOW).min(stretch.end);
            let window = next..from;
            field.gather(leading, window.clone(), least.saturating_sub(left), &mut found);
            if !others.is_empty() {
                let most: u32 = others.iter().map(Word::most).sum();
                let over = |c: &mut Candidate| c.held >= least && c.worth + most < floor;
                behind.extend(found.extract_if(.., over));
                look_up(others, (left, least), &window, field, &mut found);
            }
            for some in [&found, &behind] {
                match visit(some) {
                    ControlFlow::Continue(least) => floor = least,
                    ControlFlow::Break(()) => return,
                }
            }
            behind.clear();
        }
    }
}

/// Adds the words that need be looked at only where others stand. `left` is what they weigh.
fn look_up(
    words: &mut [Word],
    (mut left, least): (u32, u32),
    window: &Range<DocId>,
    field: &mut Field,
    found: &mut Vec<Candidate>,
) {
    for word in words {
        if found.is_empty() {
            return;
        }
        for list in &mut word.lists {
            if list.is_sparse(found.len()) {
                field.look_up(list, window, found);
            } else {
                list.look_up(found);
            }
        }
        left -= word.weight;
        for candidate in found.iter_mut().filter(|candidate| candidate.best > 0) {
            candidate.worth += std::mem::take(&mut candidate.best);
            candidate.held += word.weight;
        }
        if word.weight > 0 {
            found.retain(|candidate| candidate.held + left >= least);
        }
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

/// A window's documents.
const ROOM: usize = WINDOW as usize;

/// What is known of the documents of a window: room to work in, empty between two uses.
pub(crate) struct Field {
    /// What the best token of the word in hand is worth.
    best: Box<[u16; ROOM]>,
    /// Of the words before: what they are worth, and weigh.
    held: Box<[(u16, u16); ROOM]>,
    /// Those with the word in hand, and those with a word before, a bit each.
    marked: [u64; ROOM / 64],
    found: [u64; ROOM / 64],
}

impl Field {
    pub(crate) fn new() -> Self {
        let (marked, found) = ([0; ROOM / 64], [0; ROOM / 64]);
        Self { best: Box::new([0; ROOM]), held: Box::new([(0, 0); ROOM]), marked, found }
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
        if let [Word { lists, weight: held }] = words {
            let (held, best) = (*held, 0);
            if let [list] = lists.as_mut_slice() {
                list.through(window, |doc, worth| {
                    into.push(Candidate { doc, worth: worth.into(), held, best });
                });
                return;
            }
            for list in lists {
                self.mark(list, &window);
            }
            self.take_marked(window.start, |doc, worth| {
                into.push(Candidate { doc, worth: worth.into(), held, best });
            });
            return;
        }
        for Word { lists, weight } in words {
            for list in lists {
                self.mark(list, &window);
            }
            self.add(u16::try_from(*weight).unwrap_or(u16::MAX));
        }
        self.take(window.start, least, into);
    }

    fn mark(&mut self, list: &mut List, window: &Range<DocId>) {
        let first = window.start;
        list.through(window.clone(), |doc, worth| {
            // the window is no wider, so that nothing is cut off here
            let at = place(doc - first) % ROOM;
            if let (Some(best), Some(bits)) = (self.best.get_mut(at), self.marked.get_mut(at / 64))
            {
                *best = worth.max(*best);
                *bits |= 1 << (at % 64);
            }
        });
    }

    /// Ends a word.
    fn add(&mut self, weight: u16) {
        let cells = self.best.as_chunks_mut::<64>().0.iter_mut();
        let cells = cells.zip(self.held.as_chunks_mut::<64>().0);
        for ((marked, found), (best, held)) in
            self.marked.iter_mut().zip(&mut self.found).zip(cells)
        {
            *found |= *marked;
            for bit in ones(std::mem::take(marked)) {
                if let (Some(best), Some(held)) =
                    (best.get_mut(place(bit)), held.get_mut(place(bit)))
                {
                    held.0 += std::mem::take(best);
                    held.1 += weight;
                }
            }
        }
    }

    /// Gives the documents that weigh enough.
    fn take(&mut self, first: DocId, least: u32, into: &mut Vec<Candidate>) {
        let cells = self.held.as_chunks_mut::<64>().0.iter_mut();
        for ((found, cells), from) in self.found.iter_mut().zip(cells).zip((first..).step_by(64)) {
            for (bit, doc) in ones(std::mem::take(found)).map(|bit| (bit, from + bit)) {
                let Some((worth, held)) = cells.get_mut(place(bit)).map(std::mem::take) else {
                    continue;
                };
                let (worth, held) = (worth.into(), held.into());
                if held >= least {
                    into.push(Candidate { doc, worth, held, best: 0 });
                }
            }
        }
    }

    /// Gives the documents with the word in hand.
    fn take_marked(&mut self, first: DocId, mut tell: impl FnMut(DocId, u16)) {
        let cells = self.best.as_chunks_mut::<64>().0.iter_mut();
        for ((marked, cells), from) in self.marked.iter_mut().zip(cells).zip((first..).step_by(64))
        {
            for bit in ones(std::mem::take(marked)) {
                if let Some(best) = cells.get_mut(place(bit)) {
                    tell(from + bit, std::mem::take(best));
                }
            }
        }
    }

    /// Looks up many at once.
    fn look_up(&mut self, list: &mut List, window: &Range<DocId>, found: &mut [Candidate]) {
        self.mark(list, window);
        for candidate in found {
            let best = self.best.get(place(candidate.doc - window.start) % ROOM);
            candidate.best = candidate.best.max(best.copied().unwrap_or_default().into());
        }
        self.take_marked(window.start, |_, _| ());
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
    fn worth(worth: &Worth, frequency: u32) -> u16 {
        let last = worth.len() - 1;
        worth.get((frequency as usize).min(last)).copied().unwrap_or_default()
    }

    /// Has the stretch in hand few enough documents that going through all of them costs less than
    /// looking for so many?
    fn is_sparse(&self, looked_for: usize) -> bool {
        /// Documents gone through for one that is looked for.
        const CHEAPER: usize = 6;
        let docs = self.blocks.docs();
        let (Some(first), Some(last)) = (docs.first(), docs.last()) else { return false };
        docs.len() * ROOM < looked_for * CHEAPER * place(last - first + 1)
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
    fn through(&mut self, window: Range<DocId>, mut tell: impl FnMut(DocId, u16)) {
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
                    candidate.best = candidate.best.max(Self::worth(&self.worth, count).into());
                }
                Some(_) => {}
                None => return,
            }
        }
    }
}
