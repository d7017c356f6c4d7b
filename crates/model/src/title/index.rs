//! Which documents have a piece, and how much of each document it is; rare pieces say more.

use super::piece::{Pieces, Scattered, normalise};

#[derive(Clone, Copy)]
struct Span {
    from: u32,
    count: u32,
    rarity: f32,
}

#[derive(Default)]
pub(super) struct Index {
    spans: Scattered<Span>,
    /// Document and weight, those of one piece together.
    postings: Vec<(u32, f32)>,
    documents: usize,
}

impl Index {
    /// Documents are numbered as they come, each brought to length 1.
    pub(super) fn new(documents: &[Pieces]) -> Self {
        let mut spans: Scattered<Span> = Scattered::default();
        for (piece, _) in documents.iter().flatten() {
            spans.entry(*piece).or_insert(Span { from: 0, count: 0, rarity: 0.0 }).count += 1;
        }
        let mut from = 0;
        for span in spans.values_mut() {
            span.from = from;
            from += span.count;
            span.rarity = rarity(documents.len(), span.count);
            span.count = 0;
        }
        let mut index =
            Self { spans, postings: vec![(0, 0.0); from as usize], documents: documents.len() };
        for (at, document) in (0_u32..).zip(documents) {
            for (piece, weight) in index.weigh(document) {
                let Some(span) = index.spans.get_mut(&piece) else { continue };
                if let Some(posting) = index.postings.get_mut((span.from + span.count) as usize) {
                    *posting = (at, weight);
                }
                span.count += 1;
            }
        }
        index
    }

    pub(super) fn is_empty(&self) -> bool {
        self.documents == 0
    }

    pub(super) fn knows(&self, piece: u32) -> bool {
        self.spans.contains_key(&piece)
    }

    /// Weighs each piece by its rarity, and brings the whole to length 1.
    pub(super) fn weigh(&self, pieces: &Pieces) -> Pieces {
        let unknown = rarity(self.documents, 1);
        let rarity = |piece| self.spans.get(&piece).map_or(unknown, |span| span.rarity);
        let mut weighed: Pieces = pieces.iter().map(|(p, w)| (*p, w * rarity(*p))).collect();
        normalise(&mut weighed);
        weighed
    }

    /// Adds `share` times the cosine of `weighed` with each document to `scores`, which may stand
    /// for the first documents only.
    pub(super) fn add(&self, weighed: &Pieces, share: f32, scores: &mut [f32]) {
        for (piece, weight) in weighed {
            let Some(span) = self.spans.get(piece) else { continue };
            let (from, to) = (span.from as usize, (span.from + span.count) as usize);
            for (document, part) in self.postings.get(from..to).unwrap_or_default() {
                let Some(score) = scores.get_mut(*document as usize) else { break };
                *score += share * weight * part;
            }
        }
    }
}

/// How much a piece says that is in `some` of `all` documents.
#[expect(clippy::cast_precision_loss, reason = "some ten thousand documents")]
fn rarity(all: usize, some: u32) -> f32 {
    (1.0 + all as f32 / some.max(1) as f32).ln()
}
