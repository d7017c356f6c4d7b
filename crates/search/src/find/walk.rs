//! The way through the documents of one segment.

use std::ops::ControlFlow;

use tantivy::{DocId, fastfield::AliveBitSet};

use super::{
    Search, Want,
    page::{Order, Page},
};
use crate::{
    ask::ENOUGH,
    posting::Candidate,
    record::{Open, Part, Record, place, short_day},
    sieve::Held,
    snapshot::Segment,
    tally::{Counted, Tallies},
    vacancy::day_number,
    wish::Wish,
};

/// Documents without words that are looked at at once.
const FEW: usize = 512;

pub(super) struct Walk<'a> {
    part: &'a Part,
    alive: Option<&'a AliveBitSet>,
    held: Held<'a>,
    /// What is open, where that is the only filter.
    open: Option<Open>,
    order: &'a Order,
    want: Want,
    tallies: Option<Tallies>,
    total: u64,
    /// From this worth on a hit is a good one, and how many are.
    good: (u32, u64),
    wish: Option<Wish<'a>>,
    page: &'a mut Page,
    /// The numbers of the documents in hand.
    records: Vec<Record>,
}

impl<'a> Walk<'a> {
    pub(super) fn new(
        segment: &'a Segment,
        search: &'a Search<'a>,
        want: Want,
        page: &'a mut Page,
    ) -> Self {
        let part = &*segment.part;
        let today = short_day(day_number(search.today));
        let plain = search.sieve.is_open() && want != Want::Facets;
        Self {
            part,
            alive: segment.reader.alive_bitset(),
            held: search.sieve.held(part),
            open: plain.then(|| part.open_on(today)),
            order: &search.order,
            want,
            tallies: (want == Want::Facets).then(|| Tallies::new(part, today)),
            total: 0,
            good: (search.asked.good, 0),
            wish: search.wished.as_ref().map(|wished| wished.held(part)),
            page,
            records: Vec::new(),
        }
    }

    /// Looks at documents that were found by no words.
    pub(super) fn visit_all(&mut self, documents: impl Iterator<Item = DocId>) {
        let mut found = Vec::with_capacity(FEW);
        for doc in documents {
            found.push(Candidate::of(doc));
            if found.len() == FEW {
                let _ = self.visit(&found);
                found.clear();
            }
        }
        let _ = self.visit(&found);
    }

    /// Breaks where enough is known; otherwise says from which worth on that of others matters.
    pub(super) fn visit(&mut self, found: &[Candidate]) -> ControlFlow<(), u32> {
        if self.want == Want::Good {
            return self.judge(found);
        }
        match self.open.take() {
            Some(open) => {
                self.count(&open, found);
                self.open = Some(open);
            }
            None => self.sift_all(found),
        }
        let (good, enough) = self.good;
        let good = if enough < ENOUGH { good } else { u32::MAX };
        let wish = self.wish.as_ref().map_or(0, Wish::most);
        ControlFlow::Continue(good.min(self.page.floor(self.order).saturating_sub(wish)))
    }

    fn sift_all(&mut self, found: &[Candidate]) {
        // one after the other, so that what lies far in memory is waited for together
        let record = |found: &Candidate| self.part.records.get(place(found.doc)).copied();
        let mut records = std::mem::take(&mut self.records);
        records.extend(found.iter().map(|found| record(found).unwrap_or_default()));
        for (found, record) in found.iter().zip(&records) {
            self.sift(*found, record);
        }
        records.clear();
        self.records = records;
    }

    fn is_gone(&self, doc: DocId) -> bool {
        self.alive.is_some_and(|alive| alive.is_deleted(doc))
    }

    /// Only whether there are enough good ones.
    fn judge(&mut self, found: &[Candidate]) -> ControlFlow<(), u32> {
        let (least, _) = self.good;
        for found in found.iter().filter(|found| found.worth >= least) {
            let record = self.part.records.get(place(found.doc));
            let passes = record.is_some_and(|record| self.held.failed(record) == Some(0));
            self.good.1 += u64::from(passes && !self.is_gone(found.doc));
            if self.good.1 >= ENOUGH {
                return ControlFlow::Break(());
            }
        }
        ControlFlow::Continue(least)
    }

    /// Where there are no filters most need only be counted.
    fn count(&mut self, open: &[u64], found: &[Candidate]) {
        for found in found {
            let bits = open.get(place(found.doc) / 64).copied().unwrap_or_default();
            if bits >> (found.doc % 64) & 1 == 0 || self.is_gone(found.doc) {
                continue;
            }
            self.total += 1;
            self.good.1 += u64::from(found.worth >= self.good.0);
            let most = found.worth + self.wish.as_ref().map_or(0, Wish::most);
            if self.page.is_over(self.order, most, self.part.newness(found.doc)) {
                self.page.pass();
            } else if let Some(record) = self.part.records.get(place(found.doc)) {
                self.weigh(*found, record);
            }
        }
    }

    fn sift(&mut self, found: Candidate, record: &Record) {
        let Some(failed) = self.held.failed(record) else { return };
        if self.is_gone(found.doc) {
            return;
        }
        if let Some(tallies) = &mut self.tallies {
            tallies.count(record, failed);
        }
        if failed == 0 {
            self.total += 1;
            self.good.1 += u64::from(found.worth >= self.good.0);
            self.weigh(found, record);
        }
    }

    fn weigh(&mut self, found: Candidate, record: &Record) {
        let worth = found.worth + self.wish.as_ref().map_or(0, |wish| wish.worth(record));
        let id = || self.part.ids.get(place(found.doc)).copied().unwrap_or_default();
        self.page.weigh(self.order, record, worth, id);
    }

    /// Adds what was counted to what other segments gave; gives how many hits there are, and how
    /// many of them are good.
    pub(super) fn harvest(self, counted: &mut Counted) -> (u64, u64) {
        if let Some(tallies) = self.tallies {
            tallies.add_to(counted, self.part);
        }
        (self.total, self.good.1)
    }
}
