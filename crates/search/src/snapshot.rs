//! One state of the index: its segments as the engine reads them, each with its numbers in memory.

use std::sync::{Arc, Mutex, PoisonError};

use tantivy::{
    InvertedIndexReader, Searcher, SegmentReader, Term, postings::TermInfo, schema::Field,
};

use crate::{Error, find::Whole, generation::Mark, record::Part};

pub(crate) struct Snapshot {
    pub(crate) searcher: Searcher,
    /// How far it has followed the event log, at least.
    pub(crate) mark: Mark,
    /// In the order of the searcher's segments.
    segments: Vec<Segment>,
    words: Field,
    /// What was counted of everything, if somebody has asked.
    whole: Mutex<Option<Arc<Whole>>>,
}

pub(crate) struct Segment {
    pub(crate) part: Arc<Part>,
    pub(crate) reader: SegmentReader,
    /// The lists of the words.
    pub(crate) lists: Arc<InvertedIndexReader>,
}

/// A token, looked up once for one question.
pub(crate) struct Token {
    /// Its list in each segment that has one, in the order of the segments.
    pub(crate) infos: Box<[Option<TermInfo>]>,
    /// Documents, also those that are gone.
    pub(crate) frequency: u64,
}

impl Snapshot {
    /// Takes over from `before` what has not changed: only new segments are read.
    pub(crate) fn new(
        searcher: Searcher,
        words: Field,
        mark: Mark,
        before: Option<&Self>,
    ) -> Result<Self, Error> {
        let known = |reader: &SegmentReader| {
            let segments = before.map(|before| before.segments.as_slice()).unwrap_or_default();
            let known = segments.iter().find(|known| known.part.segment == reader.segment_id());
            known.map(|known| Arc::clone(&known.part))
        };
        let open = |reader: &SegmentReader| {
            let part = match known(reader) {
                Some(part) => part,
                None => Arc::new(Part::open(reader)?),
            };
            let lists = reader.inverted_index(words)?;
            Ok::<_, Error>(Segment { part, reader: reader.clone(), lists })
        };
        let segments = searcher.segment_readers().iter().map(open).collect::<Result<_, _>>()?;
        Ok(Self { searcher, mark, segments, words, whole: Mutex::default() })
    }

    pub(crate) fn segments(&self) -> &[Segment] {
        &self.segments
    }

    pub(crate) fn token(&self, token: &str) -> Result<Token, Error> {
        let term = Term::from_field_text(self.words, token);
        let look = |segment: &Segment| segment.lists.get_term_info(&term);
        let infos: Box<[Option<TermInfo>]> =
            self.segments.iter().map(look).collect::<Result<_, _>>()?;
        let frequency = infos.iter().flatten().map(|info| u64::from(info.doc_freq)).sum();
        Ok(Token { infos, frequency })
    }

    pub(crate) fn whole(&self) -> Option<Arc<Whole>> {
        self.whole.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    pub(crate) fn keep(&self, whole: Whole) -> Arc<Whole> {
        let whole = Arc::new(whole);
        *self.whole.lock().unwrap_or_else(PoisonError::into_inner) = Some(Arc::clone(&whole));
        whole
    }
}
