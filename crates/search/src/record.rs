//! The numbers of a segment in memory, a document in 32 bytes: what the filters look at, what the
//! facets count and what the page is sorted by lies in half a line of the processor's cache.
//!
//! They are made from the columns of the segment when it is opened, and never change: what is
//! deleted is left out by the reader. A million documents are 60 MB.

use std::{
    ops::Range,
    sync::{Arc, Mutex, PoisonError},
};

use tantivy::{DocId, SegmentReader, columnar::ColumnValues, index::SegmentId};

use crate::{
    Error,
    field::Numbers,
    near::{Around, Grid, Reach},
    sieve::{Column, columns},
    tally::wage_step,
    vacancy::NOWHERE,
};

/// One document. Days are counted from [`EPOCH`].
#[derive(Clone, Copy, Debug, Default)]
#[repr(align(32))]
pub(crate) struct Record {
    pub(crate) pay_from: i32,
    pub(crate) pay_to: i32,
    pub(crate) latitude: i32,
    pub(crate) longitude: i32,
    /// Places in [`Part::regions`] and [`Part::occupations`].
    pub(crate) region: u16,
    pub(crate) occupation: u16,
    pub(crate) posted: u16,
    pub(crate) expires: u16,
    pub(crate) experience: u16,
    pub(crate) education: u8,
    pub(crate) form: u8,
    pub(crate) benefits: u8,
    pub(crate) brevity: u8,
    pub(crate) answered: u8,
    /// How many of the wages to choose from are reached.
    pub(crate) wage_step: u8,
}

/// 1 January 1990, as `num_days_from_ce` counts: 16 bits reach to the year 2169.
const EPOCH: i64 = 726_468;

/// A day of the columns in 16 bits; what lies outside is the first or the last.
pub(crate) fn short_day(day: i64) -> u16 {
    u16::try_from((day - EPOCH).clamp(0, i64::from(u16::MAX))).unwrap_or(u16::MAX)
}

/// The day that [`short_day`] made short.
pub(crate) fn long_day(day: u16) -> i64 {
    i64::from(day) + EPOCH
}

/// A segment.
pub(crate) struct Part {
    pub(crate) segment: SegmentId,
    pub(crate) records: Vec<Record>,
    pub(crate) ids: Vec<u128>,
    /// The codes that occur, as numbers, sorted.
    pub(crate) regions: Vec<i64>,
    pub(crate) occupations: Vec<i64>,
    /// Documents are sorted by county and, within it, by occupation.
    counties: Vec<County>,
    pub(crate) grid: Grid,
    /// By what the newest come first, and of one day those whose employers answer: the greater the
    /// earlier. Many hits are equally good, and of most of them nothing else is looked at.
    newness: Vec<u32>,
    /// Those that are open on a day, a bit each.
    open: Mutex<Option<(u16, Open)>>,
}

/// A county: where its documents begin, and where they lie.
struct County {
    number: i64,
    first: DocId,
    reach: Reach,
}

/// A bit for each document.
pub(crate) type Open = Arc<[u64]>;

/// What one county spans among the numbers of regions.
pub(crate) const COUNTY: i64 = 1_000;

impl Part {
    /// Reads the columns; fails where they cannot be what this program has written.
    pub(crate) fn open(segment: &SegmentReader) -> Result<Self, Error> {
        let columns = columns(segment)?;
        let count = usize::try_from(segment.max_doc()).unwrap_or(usize::MAX);
        let (regions, places) = ranked(&all(&columns.region, count))?;
        let (occupations, trades) = ranked(&all(&columns.occupation, count))?;
        let mut records = vec![Record::default(); count];
        for ((record, region), occupation) in records.iter_mut().zip(&places).zip(&trades) {
            (record.region, record.occupation) = (*region, *occupation);
        }
        fill(&mut records, &columns);
        let (high, low) = (all(&columns.id_high, count), all(&columns.id_low, count));
        let half = |half: i64| u128::from(half.cast_unsigned());
        let ids = high.iter().zip(&low).map(|(&high, &low)| half(high) << 64 | half(low)).collect();
        let counties = counties(&records, &regions, &occupations)?;
        let newness = |record: &Record| u32::from(record.posted) << 8 | u32::from(record.answered);
        Ok(Self {
            segment: segment.segment_id(),
            grid: Grid::new(&records),
            newness: records.iter().map(newness).collect(),
            open: Mutex::default(),
            records,
            ids,
            regions,
            occupations,
            counties,
        })
    }

    pub(crate) fn newness(&self, doc: DocId) -> u32 {
        self.newness.get(place(doc)).copied().unwrap_or_default()
    }

    /// Which are open on a day, whether they are deleted or not; remembered for one day.
    pub(crate) fn open_on(&self, day: u16) -> Open {
        let mut kept = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, open)) = kept.as_ref().filter(|(known, _)| *known == day) {
            return Arc::clone(open);
        }
        let bits = |records: &[Record]| {
            let open = records.iter().zip(0..).filter(|(record, _)| record.expires >= day);
            open.fold(0, |bits, (_, at)| bits | 1_u64 << at)
        };
        let open: Open = self.records.chunks(64).map(bits).collect();
        *kept = Some((day, Arc::clone(&open)));
        open
    }

    /// The stretches of documents in which all of these regions and occupations are, and all that
    /// lies around a point; others may be among them.
    pub(crate) fn stretches(
        &self,
        regions: Option<&Range<i64>>,
        occupations: Option<&Range<i64>>,
        around: Option<&Around>,
    ) -> Vec<Range<DocId>> {
        let (mut from, mut to) = (0, self.counties.len());
        if let Some(regions) = regions {
            let before = |number: i64| self.counties.partition_point(|c| c.number < number);
            (from, to) = (before(regions.start / COUNTY), before((regions.end - 1) / COUNTY + 1));
        }
        let start = |n: usize| self.counties.get(n).map_or(self.len(), |county| county.first);
        if occupations.is_none() && around.is_none() {
            return std::iter::once(start(from)..start(to)).collect();
        }
        let near = |n: &usize| {
            let county = self.counties.get(*n);
            around.is_none_or(|around| county.is_some_and(|c| around.reaches(&c.reach)))
        };
        let within = |n: usize| {
            let county = start(n)..start(n + 1);
            match occupations.filter(|_| regions.is_some()) {
                Some(occupations) => self.trade(county, occupations),
                None => county,
            }
        };
        (from..to).filter(near).map(within).filter(|stretch| !stretch.is_empty()).collect()
    }

    /// The part of a county in which the occupations are.
    fn trade(&self, county: Range<DocId>, occupations: &Range<i64>) -> Range<DocId> {
        let low = self.occupations.partition_point(|&code| code < occupations.start);
        let high = self.occupations.partition_point(|&code| code < occupations.end);
        let rows = self.records.get(place(county.start)..place(county.end)).unwrap_or_default();
        let before = |bound: usize| {
            let count = rows.partition_point(|record| usize::from(record.occupation) < bound);
            county.start + DocId::try_from(count).unwrap_or_default()
        };
        before(low)..before(high)
    }

    fn len(&self) -> DocId {
        DocId::try_from(self.records.len()).unwrap_or(DocId::MAX)
    }
}

/// A document's place in a list.
pub(crate) const fn place(doc: DocId) -> usize {
    doc as usize
}

/// A whole column.
fn all(column: &Column, count: usize) -> Vec<i64> {
    let mut values = vec![0; count];
    column.get_range(0, &mut values);
    values
}

/// The values that occur, sorted, and for each document the place of its value among them.
fn ranked(values: &[i64]) -> Result<(Vec<i64>, Vec<u16>), Error> {
    let mut known = values.to_vec();
    known.dedup(); // neighbours are often the same, which leaves little to sort
    known.sort_unstable();
    known.dedup();
    let mut last = (0, 0);
    let mut rank = |&value: &i64| {
        if known.get(last.1) != Some(&value) || last.0 != value {
            last = (value, known.partition_point(|&code| code < value));
        }
        u16::try_from(last.1).map_err(|_| Error::Broken("there are not so many codes".into()))
    };
    let ranks = values.iter().map(&mut rank).collect::<Result<_, _>>()?;
    Ok((known, ranks))
}

/// Everything but the two codes.
fn fill(records: &mut [Record], columns: &Numbers<Column>) {
    #[expect(clippy::cast_possible_truncation, reason = "clamped")]
    fn short(value: i64) -> i32 {
        value.clamp(i64::from(i32::MIN), i64::from(i32::MAX)) as i32
    }
    fn byte(value: i64) -> u8 {
        u8::try_from(value.max(0)).unwrap_or(u8::MAX)
    }
    let count = records.len();
    let mut each = |column: &Column, set: fn(&mut Record, i64)| {
        let values = all(column, count);
        records.iter_mut().zip(values).for_each(|(record, value)| set(record, value));
    };
    each(&columns.pay_from, |record, value| record.pay_from = short(value));
    each(&columns.pay_to, |record, value| {
        record.pay_to = short(value);
        record.wage_step = wage_step(value);
    });
    each(&columns.latitude, |record, value| record.latitude = short(value));
    each(&columns.longitude, |record, value| record.longitude = short(value));
    each(&columns.posted, |record, value| record.posted = short_day(value));
    each(&columns.expires, |record, value| record.expires = short_day(value));
    each(&columns.experience, |record, value| {
        record.experience = u16::try_from(value.max(0)).unwrap_or(u16::MAX);
    });
    each(&columns.education, |record, value| record.education = byte(value));
    each(&columns.form, |record, value| record.form = byte(value));
    each(&columns.benefits, |record, value| record.benefits = byte(value));
    each(&columns.brevity, |record, value| record.brevity = byte(value));
    each(&columns.answered, |record, value| record.answered = byte(value));
}

/// Where each county begins; fails where the documents are not in their order.
fn counties(
    records: &[Record],
    regions: &[i64],
    occupations: &[i64],
) -> Result<Vec<County>, Error> {
    let mut counties: Vec<County> = Vec::new();
    let mut before = (-1, -1);
    for (record, first) in records.iter().zip(0..) {
        let region = regions.get(usize::from(record.region)).copied().unwrap_or_default();
        let occupation = occupations.get(usize::from(record.occupation)).copied();
        let now = (region / COUNTY, occupation.unwrap_or_default());
        if now < before {
            return Err(Error::Broken("the documents are not in their order".into()));
        }
        if now.0 != before.0 {
            counties.push(County { number: now.0, first, reach: Reach::default() });
        }
        if let Some(county) = counties.last_mut() {
            county.reach.take(record);
        }
        before = now;
    }
    Ok(counties)
}

/// As the columns have it, where it is not known.
pub(crate) const fn is_somewhere(record: &Record) -> bool {
    record.latitude as i64 != NOWHERE && record.longitude as i64 != NOWHERE
}
