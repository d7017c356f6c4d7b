//! Finding: one pass over the documents that have the words gives total, page and facets.

use std::{collections::BinaryHeap, sync::Arc};

use chrono::NaiveDate;
use model::{
    Id,
    vacancy::{
        Vacancy,
        query::{Facets, Point, Sort, VacancyQuery},
    },
};
use tantivy::{
    DocId, Score, Searcher, SegmentReader,
    collector::{Collector, SegmentCollector},
};
use uuid::Uuid;

use crate::{
    ask::asking,
    cursor::Key,
    field::Fields,
    sieve::{Columns, Sieve, columns, face},
    tally::{Tallies, Tally},
    vacancy::point,
    words::Question,
};

/// The answer in ids: the rows are read from the database.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    pub total: u64,
    pub hits: Vec<Hit>,
    pub facets: Facets,
    /// Other words that were looked for too.
    pub also: Vec<String>,
    pub next: Option<String>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Hit {
    pub id: Id<Vacancy>,
    pub score: i64,
    pub distance_km: Option<f64>,
}

/// Among equals the shorter title, which says less besides; [`crate::vacancy`] has 0 to 63.
const BREVITY: i64 = 64;

/// Answers `query` as of `today`; `question` is what `query.words` ask for.
pub(crate) fn find(
    searcher: &Searcher,
    fields: &Fields,
    query: &VacancyQuery,
    question: &Question,
    today: NaiveDate,
) -> Result<Found, crate::Error> {
    query.check()?;
    let sieve = Sieve::new(query, today);
    let after = query.cursor.as_deref().map(|text| Key::read(text, query)).transpose()?;
    let asked = Asked {
        sort: query.sort,
        near: query.near,
        limit: query.limit,
        after,
        scored: query.sort == Sort::Fit && !question.asks.is_empty(),
    };
    let pass = Pass { sieve: sieve.clone(), asked };
    let gathered = searcher.search(asking(fields.words, question).as_ref(), &pass)?;
    let page = gathered.page.heap.into_sorted_vec();
    let more = gathered.page.offered > query.limit;
    let next = page.last().filter(|_| more).map(|last| last.key.write(query));
    Ok(Found {
        total: gathered.total,
        hits: page.iter().map(Candidate::hit).collect(),
        facets: gathered.tallies.facets(&sieve, today),
        also: question.also.clone(),
        next,
    })
}

/// What decides a page.
#[derive(Clone, Copy)]
struct Asked {
    sort: Sort,
    near: Option<Point>,
    limit: usize,
    after: Option<Key>,
    scored: bool,
}

/// One walk over the documents.
struct Pass {
    sieve: Sieve,
    asked: Asked,
}

/// What a walk has seen.
struct Gathered {
    total: u64,
    tallies: Tallies,
    page: Page,
}

/// The best so far, the worst of them on top.
struct Page {
    limit: usize,
    heap: BinaryHeap<Candidate>,
    /// How many stand behind the cursor.
    offered: usize,
}

#[derive(Clone, Copy)]
struct Candidate {
    key: Key,
    score: i64,
    metres: Option<f64>,
}

impl PartialEq for Candidate {
    fn eq(&self, other: &Self) -> bool {
        self.key == other.key
    }
}
impl Eq for Candidate {}
impl PartialOrd for Candidate {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}
impl Ord for Candidate {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.key.cmp(&other.key)
    }
}

impl Candidate {
    fn hit(&self) -> Hit {
        let id = Id::new(Uuid::from_u128(self.key.id));
        Hit { id, score: self.score, distance_km: self.metres.map(|metres| metres / 1000.0) }
    }
}

impl Page {
    fn new(limit: usize) -> Self {
        Self { limit, heap: BinaryHeap::with_capacity(limit + 1), offered: 0 }
    }

    fn offer(&mut self, candidate: Candidate) {
        self.heap.push(candidate);
        if self.heap.len() > self.limit {
            self.heap.pop();
        }
    }

    /// Is there room for a candidate of which only this is known yet?
    fn takes(&self, first: i64, age: i64) -> bool {
        self.heap.len() < self.limit
            || self
                .heap
                .peek()
                .is_some_and(|worst| (first, age) <= (worst.key.first, worst.key.age))
    }
}

impl Collector for Pass {
    type Fruit = Gathered;
    type Child = Walk;

    fn for_segment(&self, _: u32, segment: &SegmentReader) -> tantivy::Result<Walk> {
        let page = Page::new(self.asked.limit);
        let gathered = Gathered { total: 0, tallies: Tallies::default(), page };
        let columns = Arc::new(columns(segment)?);
        Ok(Walk { sieve: self.sieve.clone(), asked: self.asked, columns, gathered })
    }

    fn requires_scoring(&self) -> bool {
        self.asked.scored
    }

    fn merge_fruits(&self, parts: Vec<Gathered>) -> tantivy::Result<Gathered> {
        let page = Page::new(self.asked.limit);
        let mut all = Gathered { total: 0, tallies: Tallies::default(), page };
        for part in parts {
            all.total += part.total;
            all.tallies.absorb(part.tallies);
            all.page.offered += part.page.offered;
            part.page.heap.into_iter().for_each(|candidate| all.page.offer(candidate));
        }
        Ok(all)
    }
}

/// The walk through one segment.
struct Walk {
    sieve: Sieve,
    asked: Asked,
    columns: Arc<Columns>,
    gathered: Gathered,
}

impl SegmentCollector for Walk {
    type Fruit = Gathered;

    fn collect(&mut self, doc: DocId, score: Score) {
        let Some(failed) = self.sieve.failed(&self.columns, doc) else { return };
        let (tallies, columns) = (&mut self.gathered.tallies, &self.columns);
        let faces: [(u8, &mut Tally, _); 8] = [
            (face::REGION, &mut tallies.region, &columns.region),
            (face::OCCUPATION, &mut tallies.occupation, &columns.occupation),
            (face::EDUCATION, &mut tallies.education, &columns.education),
            (face::EXPERIENCE, &mut tallies.experience, &columns.experience),
            (face::FORM, &mut tallies.form, &columns.form),
            (face::PAY, &mut tallies.pay, &columns.pay_to),
            (face::POSTED, &mut tallies.posted, &columns.posted),
            (face::BENEFITS, &mut tallies.benefits, &columns.benefits),
        ];
        for (own, tally, column) in faces {
            if failed & !own == 0 {
                *tally.entry(column.get_val(doc)).or_default() += 1;
            }
        }
        if failed == 0 {
            self.gathered.total += 1;
            self.weigh(doc, score);
        }
    }

    fn harvest(self) -> Gathered {
        self.gathered
    }
}

impl Walk {
    /// Takes a hit onto the page if it belongs there.
    fn weigh(&mut self, doc: DocId, score: Score) {
        let columns = &self.columns;
        let value = |column: &crate::sieve::Column| column.get_val(doc);
        #[expect(clippy::cast_possible_truncation, reason = "whole, and far below 2^24")]
        let words = if self.asked.scored { score as i64 } else { 0 };
        let score = if words == 0 { 0 } else { words * BREVITY + value(&columns.brevity) };
        let age = -value(&columns.posted);
        let metres = || {
            let place = point(value(&columns.latitude), value(&columns.longitude))?;
            Some(self.asked.near?.metres(place))
        };
        #[expect(clippy::cast_possible_truncation, reason = "metres on earth")]
        let first = match self.asked.sort {
            Sort::Fit => -score,
            Sort::New => 0,
            Sort::Wage => -value(&columns.pay_from),
            Sort::Distance => metres().map_or(i64::MAX, |metres| metres.round() as i64),
        };
        let after = |key: Key| self.asked.after.is_none_or(|cut| key > cut);
        let page = &mut self.gathered.page;
        if !page.takes(first, age) {
            // behind the worst of the page, which is behind the cursor
            page.offered += 1;
            return;
        }
        let half = |column| u128::from(value(column).cast_unsigned());
        let id = half(&columns.id_high) << 64 | half(&columns.id_low);
        let key = Key { first, age, id };
        if after(key) {
            page.offered += 1;
            page.offer(Candidate { key, score, metres: metres() });
        }
    }
}
