//! The way through the documents of one segment.

use chrono::NaiveDate;
use tantivy::{DocId, SegmentReader, fastfield::AliveBitSet};

use super::{
    Search,
    page::{Order, Page},
};
use crate::{
    record::{Part, place, short_day},
    sieve::Held,
    tally::{Counted, Tallies},
    vacancy::day_number,
    wish::Wish,
};

pub(super) struct Walk<'a> {
    part: &'a Part,
    alive: Option<&'a AliveBitSet>,
    held: Held<'a>,
    order: &'a Order,
    tallies: Option<Tallies>,
    total: u64,
    /// From this worth on a hit is a good one, and how many are.
    good: (u32, u64),
    wish: Option<Wish<'a>>,
    page: &'a mut Page,
}

impl<'a> Walk<'a> {
    pub(super) fn new(
        part: &'a Part,
        reader: &'a SegmentReader,
        search: &'a Search<'a>,
        page: &'a mut Page,
    ) -> Self {
        let (alive, held) = (reader.alive_bitset(), search.sieve.held(part));
        let good = (search.asked.good, 0);
        let wish = search.wished.as_ref().map(|wished| wished.held(part));
        let order = &search.order;
        Self { part, alive, held, order, tallies: None, total: 0, good, wish, page }
    }

    /// From now on the facets are counted too.
    pub(super) fn count(&mut self, today: NaiveDate) {
        self.tallies = Some(Tallies::new(self.part, short_day(day_number(today))));
    }

    pub(super) fn visit(&mut self, doc: DocId, worth: u32) {
        let Some(record) = self.part.records.get(place(doc)) else { return };
        let Some(failed) = self.held.failed(record) else { return };
        if self.alive.is_some_and(|alive| alive.is_deleted(doc)) {
            return;
        }
        if let Some(tallies) = &mut self.tallies {
            tallies.count(record, failed);
        }
        if failed == 0 {
            self.total += 1;
            self.good.1 += u64::from(worth >= self.good.0);
            let worth = worth + self.wish.as_ref().map_or(0, |wish| wish.worth(record));
            let id = || self.part.ids.get(place(doc)).copied().unwrap_or_default();
            self.page.weigh(self.order, record, worth, id);
        }
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
