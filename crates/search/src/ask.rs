//! A question for the engine: one or two lists of documents for a word, and no arithmetic on them
//! but the greatest and the sum.

use tantivy::{
    DocId, DocSet, Score, SegmentReader, TERMINATED, TantivyError, Term,
    postings::{Postings as _, SegmentPostings},
    query::{
        AllQuery, BooleanQuery, EmptyScorer, EnableScoring, Explanation, Query, Scorer, Weight,
    },
    schema::{Field, IndexRecordOption},
};

use crate::words::{Place, Question};

/// What one more word found is worth: more than any place.
const WORD: Score = 128.0;

/// What a word is worth by the best place it is found in. The title counts more than all others
/// together; whole numbers, so that sums are exact in any order.
const fn worth(place: Place) -> Score {
    match place {
        Place::Title => 16.0,
        Place::Occupation => 6.0,
        Place::Employer => 4.0,
        Place::Region => 3.0,
        Place::Duties => 1.0,
    }
}

/// Of this part is what stands for a word worth.
const CLOSE: Score = 0.75;

/// By how often a token stands in a document: see [`Place::count`].
type Worth = [Score; Place::ALL.len() + 1];

/// Documents with most of the words: of up to three all, of more at least three quarters.
pub(crate) fn asking(field: Field, question: &Question) -> Box<dyn Query> {
    let mut words: Vec<Box<dyn Query>> = Vec::with_capacity(question.asks.len());
    for ask in &question.asks {
        let token = |token: &String, part: Score| {
            (Term::from_field_text(field, token), scale(Score::from(ask.length) * part))
        };
        let itself = std::iter::once(token(&ask.word, 1.0));
        let close = ask.close.iter().map(|close| token(close, CLOSE));
        words.push(Box::new(Any { tokens: itself.chain(close).collect() }));
    }
    let count = words.len();
    match words.pop() {
        None => Box::new(AllQuery),
        Some(only) if words.is_empty() => only,
        Some(last) => {
            words.push(last);
            let needed = if count < 4 { count } else { (count * 3).div_ceil(4) };
            if needed == count {
                Box::new(BooleanQuery::intersection(words))
            } else {
                Box::new(BooleanQuery::union_with_minimum_required_clauses(words, needed))
            }
        }
    }
}

fn scale(factor: Score) -> Worth {
    let mut scale = [0.0; Place::ALL.len() + 1];
    for (step, place) in scale.iter_mut().skip(1).zip(Place::ALL) {
        *step = WORD + (worth(place) * factor).round();
    }
    scale
}

/// Documents with any of the tokens; the best of them counts.
#[derive(Clone, Debug)]
struct Any {
    tokens: Vec<(Term, Worth)>,
}

struct AnyWeight {
    tokens: Vec<(Term, Worth)>,
    option: IndexRecordOption,
}

impl Query for Any {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        let counted = scoring.is_scoring_enabled();
        let option = if counted { IndexRecordOption::WithFreqs } else { IndexRecordOption::Basic };
        Ok(Box::new(AnyWeight { tokens: self.tokens.clone(), option }))
    }

    fn query_terms<'a>(&'a self, visitor: &mut dyn FnMut(&'a Term, bool)) {
        self.tokens.iter().for_each(|(term, _)| visitor(term, false));
    }
}

impl Weight for AnyWeight {
    fn scorer(&self, segment: &SegmentReader, _: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let mut lists = Vec::with_capacity(self.tokens.len());
        for (term, worth) in &self.tokens {
            let lists_of = segment.inverted_index(term.field())?;
            if let Some(postings) = lists_of.read_postings(term, self.option)? {
                lists.push(List { postings, worth: *worth });
            }
        }
        let first = lists.iter().map(List::doc).min();
        Ok(match first {
            Some(doc) => Box::new(AnyScorer { lists, doc }),
            None => Box::new(EmptyScorer),
        })
    }

    fn explain(&self, segment: &SegmentReader, doc: DocId) -> tantivy::Result<Explanation> {
        let mut scorer = self.scorer(segment, 1.0)?;
        if scorer.doc() > doc || scorer.seek(doc) != doc {
            return Err(TantivyError::InvalidArgument(format!("document {doc} does not match")));
        }
        Ok(Explanation::new("best place of the word", scorer.score()))
    }
}

/// The documents of one token.
struct List {
    postings: SegmentPostings,
    worth: Worth,
}

impl List {
    fn doc(&self) -> DocId {
        self.postings.doc()
    }
}

struct AnyScorer {
    lists: Vec<List>,
    doc: DocId,
}

impl AnyScorer {
    fn settle(&mut self) -> DocId {
        self.doc = self.lists.iter().map(List::doc).min().unwrap_or(TERMINATED);
        self.doc
    }
}

impl DocSet for AnyScorer {
    fn advance(&mut self) -> DocId {
        let doc = self.doc;
        for list in self.lists.iter_mut().filter(|list| list.doc() == doc) {
            list.postings.advance();
        }
        self.settle()
    }

    fn seek(&mut self, target: DocId) -> DocId {
        for list in self.lists.iter_mut().filter(|list| list.doc() < target) {
            list.postings.seek(target);
        }
        self.settle()
    }

    fn doc(&self) -> DocId {
        self.doc
    }

    fn size_hint(&self) -> u32 {
        self.lists.iter().map(|list| list.postings.size_hint()).sum()
    }
}

impl Scorer for AnyScorer {
    fn score(&mut self) -> Score {
        let here = self.lists.iter().filter(|list| list.doc() == self.doc);
        let worth = |list: &List| {
            let count = list.postings.term_freq() as usize;
            list.worth.get(count).or(list.worth.last()).copied().unwrap_or_default()
        };
        here.map(worth).fold(0.0, Score::max)
    }
}
