//! Finding: the documents that have the words, or lie where they shall, give total, page and facets.

mod page;
mod walk;

use std::{ops::Range, sync::Arc};

use chrono::NaiveDate;
use model::{
    Id,
    vacancy::{
        Vacancy,
        query::{Facets, Sort, VacancyQuery},
    },
};

pub(crate) use crate::ask::Plan;
use crate::{
    Error,
    ask::{Asked, ENOUGH},
    cursor::Key,
    near::Around,
    posting::{Candidate, Field},
    sieve::Sieve,
    snapshot::Snapshot,
    tally::{Counted, Tally, wider},
    wish::{Hint, Wished},
    words::{Question, Slip},
};
use page::{Order, Page};
use walk::Walk;

/// The answer in ids: the rows are read from the database.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    pub total: u64,
    pub hits: Vec<Hit>,
    pub facets: Facets,
    /// Other words that were looked for too.
    pub also: Vec<String>,
    /// The words to be marked where they stand: see [`crate::Marker`].
    pub marks: Vec<String>,
    /// Words that are found nowhere.
    pub missing: Vec<String>,
    /// What was looked for instead of words as they were typed.
    pub slips: Vec<Slip>,
    /// Hits that have all that was said where it counts, counted up to ten or more: few where less had
    /// to do.
    pub good: u64,
    pub next: Option<String>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Hit {
    pub id: Id<Vacancy>,
    pub score: i64,
    pub distance_km: Option<f64>,
}

/// What is wanted besides a page and its exact total.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Want {
    /// Every facet.
    Facets,
    /// Nothing: the facets stay empty.
    List,
    /// No page and no total either, only whether enough hits are good.
    Good,
}

/// Everything that is open, counted once for each state of the index and each day.
pub(crate) struct Whole {
    today: NaiveDate,
    total: u64,
    facets: Facets,
    /// The newest, as many as a page holds at most.
    newest: Page,
    /// Numbers of occupations, with how many are for each.
    occupations: Tally,
}

/// One question, taken apart.
pub(crate) struct Said<'a> {
    pub(crate) query: &'a VacancyQuery,
    /// What `query.words` ask for.
    pub(crate) question: &'a Question,
    pub(crate) hint: &'a Hint<'a>,
    /// Behind what the page begins, and how the question was understood on the page before.
    pub(crate) after: Option<(Key, Plan)>,
}

/// Answers as of `today`: with all that was said, and where few have that, with less.
pub(crate) fn find(
    snapshot: &Snapshot,
    said: &Said<'_>,
    today: NaiveDate,
    want: Want,
) -> Result<(Found, Plan), Error> {
    let mut search = Search::new(snapshot, said, today, want)?;
    if said.after.is_none() {
        search.settle(said.hint)?;
    }
    let Walked { total, good, page, facets, .. } = search.answer()?;
    let plan = search.asked.plan;
    let next = page.next().map(|key| key.write(plan, said.query));
    let (also, marks) = (said.question.also.clone(), said.question.marks.clone());
    let missing = search.asked.missing;
    let (hits, slips) = (page.hits(), Vec::new());
    Ok((Found { total, hits, facets, also, marks, missing, slips, good, next }, plan))
}

/// The occupations that most open vacancies are for, as numbers, with how many.
pub(crate) fn trades(
    snapshot: &Snapshot,
    today: NaiveDate,
    limit: usize,
) -> Result<Vec<(i64, u64)>, Error> {
    let mut trades = whole(snapshot, today)?.occupations.clone();
    trades.retain(|&(number, _)| number > 0);
    trades.sort_by_key(|&(number, count)| (std::cmp::Reverse(count), number));
    trades.truncate(limit);
    Ok(trades)
}

fn whole(snapshot: &Snapshot, today: NaiveDate) -> Result<Arc<Whole>, Error> {
    if let Some(whole) = snapshot.whole().filter(|whole| whole.today == today) {
        return Ok(whole);
    }
    recount(snapshot, today)
}

/// Counts everything, and keeps it.
pub(crate) fn recount(snapshot: &Snapshot, today: NaiveDate) -> Result<Arc<Whole>, Error> {
    let limit = VacancyQuery::MOST;
    let query = VacancyQuery { sort: Sort::New, limit, ..VacancyQuery::default() };
    let (question, hint) = <(Question, Hint<'_>)>::default();
    let said = Said { query: &query, question: &question, hint: &hint, after: None };
    let search = Search::new(snapshot, &said, today, Want::Facets)?;
    let Walked { total, counted, page, .. } = search.walk(None, Want::Facets)?;
    let facets = counted.facets(&search.sieve, today);
    let whole = Whole { today, total, facets, newest: page, occupations: counted.occupation };
    Ok(snapshot.keep(whole))
}

/// One question as it is asked of every segment.
struct Search<'a> {
    snapshot: &'a Snapshot,
    query: &'a VacancyQuery,
    asked: Asked,
    sieve: Sieve,
    wished: Option<Wished>,
    order: Order,
    today: NaiveDate,
    want: Want,
}

/// What all segments gave.
struct Walked {
    total: u64,
    good: u64,
    counted: Counted,
    page: Page,
    facets: Facets,
}

impl<'a> Search<'a> {
    fn new(
        snapshot: &'a Snapshot,
        said: &Said<'a>,
        today: NaiveDate,
        want: Want,
    ) -> Result<Self, Error> {
        let Said { query, question, hint, after } = *said;
        let plan = after.map(|(_, plan)| plan);
        let asked = Asked::new(snapshot, question, hint.meant.is_some(), plan)?;
        let mut search = Self {
            snapshot,
            query,
            wished: Wished::new(&hint.wished, asked.best),
            asked,
            sieve: Sieve::new(query, today),
            order: Order {
                sort: query.sort,
                near: query.near,
                after: after.map(|(key, _)| key),
                since: query.since.map(|id| id.as_u128()),
            },
            today,
            want,
        };
        if search.asked.is_lowered() {
            search.mean(hint)?;
        }
        Ok(search)
    }

    /// The occupations that the words may mean will do; `false` where that gives nothing more.
    fn mean(&mut self, hint: &Hint<'_>) -> Result<bool, Error> {
        match hint.meant {
            Some(meant) => self.asked.mean(self.snapshot, &meant()),
            None => Ok(false),
        }
    }

    /// Asks for less until enough hits are good.
    fn settle(&mut self, hint: &Hint<'_>) -> Result<(), Error> {
        let mut news = !self.asked.is_empty();
        while !news || self.walk(self.sieve.region.as_ref(), Want::Good)?.good < ENOUGH {
            if self.asked.is_empty() || !self.asked.lower() {
                break;
            }
            let meant = self.asked.plan.level == 1 && self.mean(hint)?;
            news = meant || !self.asked.is_as_before();
        }
        Ok(())
    }

    fn answer(&self) -> Result<Walked, Error> {
        if !self.asked.is_empty() || !self.sieve.is_open() {
            return self.narrowed();
        }
        let whole = whole(self.snapshot, self.today)?;
        let page = match (self.order.sort, self.order.near, self.order.after) {
            (Sort::Distance, ..) => self.nearest()?,
            (Sort::Fit | Sort::New, None, None) if self.order.since.is_none() => {
                whole.newest.first(self.query.limit)
            }
            (Sort::Fit | Sort::New | Sort::Wage, ..) => self.walk(None, Want::List)?.page,
        };
        let facets = match self.want {
            Want::Facets => whole.facets.clone(),
            Want::List | Want::Good => Facets::default(),
        };
        let (total, counted) = (whole.total, Counted::default());
        Ok(Walked { total, good: total, counted, page, facets })
    }

    fn narrowed(&self) -> Result<Walked, Error> {
        let chosen = self.sieve.region.as_ref();
        let mut walked = self.walk(chosen, self.want)?;
        if self.want == Want::Facets {
            // where nothing lies below the chosen place those beside it are offered
            if let Some(wider) = chosen.and_then(|chosen| wider(&walked.counted.region, chosen)) {
                walked.counted.region = self.walk(Some(&wider), Want::Facets)?.counted.region;
            }
            walked.facets = walked.counted.facets(&self.sieve, self.today);
        }
        Ok(walked)
    }

    /// Looks at every document that may be meant, within a stretch of regions.
    fn walk(&self, regions: Option<&Range<i64>>, want: Want) -> Result<Walked, Error> {
        let mut page = Page::new(self.query.limit);
        let (mut total, mut good, mut counted) = (0, 0, Counted::default());
        // a facet counts what its own filter keeps out
        let occupations = self.sieve.occupation.as_ref().filter(|_| want != Want::Facets);
        let around = self.sieve.around.as_ref();
        let mut field = Field::new();
        for (nth, segment) in self.snapshot.segments().iter().enumerate() {
            let part = &*segment.part;
            let mut walk = Walk::new(segment, self, want, &mut page);
            if !self.asked.is_empty() {
                let stretches = part.stretches(regions, occupations, around);
                let visit = |found: &[Candidate]| walk.visit(found);
                self.asked.each((nth, segment), &stretches, &mut field, visit)?;
            } else if let (Some(around), None) = (around, regions) {
                walk.visit_all(part.grid.within(around));
            } else {
                let stretches = part.stretches(regions, occupations, around);
                walk.visit_all(stretches.into_iter().flatten());
            }
            let (hits, of_these) = walk.harvest(&mut counted);
            (total, good) = (total + hits, good + of_these);
            if want == Want::Good && good >= ENOUGH {
                break;
            }
        }
        Ok(Walked { total, good, counted, page, facets: Facets::default() })
    }

    /// The page that lies nearest, out of everything: in circles that grow until it is full.
    fn nearest(&self) -> Result<Page, Error> {
        /// Metres.
        const FIRST: f64 = 700.0;
        const GROWTH: f64 = 2.5;
        let Some(centre) = self.order.near else { return Ok(Page::new(self.query.limit)) };
        let mut metres = FIRST;
        while metres < Around::FARTHEST {
            let around = Around::new(centre, metres);
            let mut page = Page::new(self.query.limit);
            for segment in self.snapshot.segments() {
                let mut walk = Walk::new(segment, self, Want::List, &mut page);
                walk.visit_all(segment.part.grid.within(&around));
            }
            if page.is_full_within(metres) {
                return Ok(page);
            }
            metres *= GROWTH;
        }
        Ok(self.walk(None, Want::List)?.page)
    }
}
