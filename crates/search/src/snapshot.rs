//! One state of the index: its segments as the engine reads them, each with its numbers in memory.

use std::sync::{Arc, Mutex, PoisonError};

use tantivy::{Searcher, SegmentReader, schema::Field};

use crate::{Error, find::Whole, record::Part};

pub(crate) struct Snapshot {
    pub(crate) searcher: Searcher,
    /// In the order of the searcher's segments.
    parts: Vec<Arc<Part>>,
    pub(crate) words: Field,
    /// What was counted of everything, if somebody has asked.
    whole: Mutex<Option<Arc<Whole>>>,
}

impl Snapshot {
    /// Takes over from `before` what has not changed: only new segments are read.
    pub(crate) fn new(
        searcher: Searcher,
        words: Field,
        before: Option<&Self>,
    ) -> Result<Self, Error> {
        let known = |segment: &SegmentReader| {
            let parts = before.map(|before| before.parts.as_slice()).unwrap_or_default();
            parts.iter().find(|part| part.segment == segment.segment_id()).map(Arc::clone)
        };
        let open = |segment: &SegmentReader| match known(segment) {
            Some(part) => Ok(part),
            None => Part::open(segment).map(Arc::new),
        };
        let parts = searcher.segment_readers().iter().map(open).collect::<Result<_, _>>()?;
        Ok(Self { searcher, parts, words, whole: Mutex::default() })
    }

    pub(crate) fn parts(&self) -> impl Iterator<Item = (&Part, &SegmentReader)> {
        self.parts.iter().map(|part| &**part).zip(self.searcher.segment_readers())
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
