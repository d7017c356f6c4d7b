//! The filters of one question, ready to be held against a document's numbers.

use std::{ops::Range, sync::Arc};

use chrono::NaiveDate;
use model::vacancy::query::VacancyQuery;
use tantivy::{SegmentReader, columnar::ColumnValues};

use crate::{
    field::Numbers,
    near::Around,
    record::{Part, Record, short_day},
    vacancy::{benefit_bits, day_number, form_number, occupation_range, region_range},
};

pub(crate) type Column = Arc<dyn ColumnValues<i64>>;
pub(crate) type Columns = Numbers<Column>;

pub(crate) fn columns(segment: &SegmentReader) -> tantivy::Result<Columns> {
    Numbers::make(|name| segment.fast_fields().column_first_or_default::<i64>(name))
}

/// The filters that have a facet: one bit each in [`Held::failed`].
pub(crate) mod face {
    pub(crate) const REGION: u8 = 1;
    pub(crate) const OCCUPATION: u8 = 1 << 1;
    pub(crate) const EDUCATION: u8 = 1 << 2;
    pub(crate) const EXPERIENCE: u8 = 1 << 3;
    pub(crate) const FORM: u8 = 1 << 4;
    pub(crate) const PAY: u8 = 1 << 5;
    pub(crate) const POSTED: u8 = 1 << 6;
    pub(crate) const BENEFITS: u8 = 1 << 7;
}

pub(crate) struct Sieve {
    today: u16,
    pub(crate) around: Option<Around>,
    pub(crate) region: Option<Range<i64>>,
    pub(crate) occupation: Option<Range<i64>>,
    education: u8,
    experience: u16,
    form: Option<u8>,
    pay: i32,
    posted: u16,
    pub(crate) benefits: i64,
}

impl Sieve {
    pub(crate) fn new(query: &VacancyQuery, today: NaiveDate) -> Self {
        let around = query.near.zip(query.within_km);
        let education = query.education.map(model::education::Education::step);
        let form = query.form.map(|form| form_number(Some(form)));
        let least = i32::MIN;
        Self {
            today: short_day(day_number(today)),
            around: around.map(|(centre, km)| Around::new(centre, km * 1_000.0)),
            region: query.region.as_ref().map(region_range),
            occupation: query.occupation.as_deref().map(occupation_range),
            education: education.map_or(u8::MAX, |step| u8::try_from(step).unwrap_or(u8::MAX)),
            experience: query
                .experience
                .map_or(u16::MAX, |m| u16::try_from(m.max(0)).unwrap_or(u16::MAX)),
            form: form.map(|form| u8::try_from(form).unwrap_or(u8::MAX)),
            pay: query.pay_from.map_or(least, |pay| i32::try_from(pay).unwrap_or(i32::MAX)),
            posted: query.posted_since.map_or(0, |day| short_day(day_number(day))),
            benefits: benefit_bits(&query.benefits),
        }
    }

    /// Does it let everything through that is open?
    pub(crate) fn is_open(&self) -> bool {
        let Self { today: _, around, region, occupation, education, experience, form, pay, .. } =
            self;
        around.is_none()
            && region.is_none()
            && occupation.is_none()
            && form.is_none()
            && (*education, *experience, *pay) == (u8::MAX, u16::MAX, i32::MIN)
            && (self.posted, self.benefits) == (0, 0)
    }

    /// For the documents of one segment.
    pub(crate) fn held(&self, part: &Part) -> Held<'_> {
        let ranks = |codes: &[i64], range: Option<&Range<i64>>| {
            let rank = |bound: i64| codes.partition_point(|&code| code < bound);
            let all = Range { start: 0, end: usize::MAX };
            range.map_or(all, |range| rank(range.start)..rank(range.end))
        };
        Held {
            sieve: self,
            region: ranks(&part.regions, self.region.as_ref()),
            occupation: ranks(&part.occupations, self.occupation.as_ref()),
            #[expect(clippy::cast_sign_loss, clippy::cast_possible_truncation, reason = "8 bits")]
            benefits: self.benefits as u8,
        }
    }
}

/// A sieve with codes as a segment ranks them.
pub(crate) struct Held<'a> {
    sieve: &'a Sieve,
    region: Range<usize>,
    occupation: Range<usize>,
    benefits: u8,
}

impl Held<'_> {
    /// Which of the filters with a facet the document does not pass; `None` where it fails one
    /// without, or more than one: then it is no hit and counts for nothing.
    pub(crate) fn failed(&self, record: &Record) -> Option<u8> {
        let sieve = self.sieve;
        if record.expires < sieve.today
            || sieve.around.as_ref().is_some_and(|around| !around.holds(record))
        {
            return None;
        }
        let bit = |failed: bool, face: u8| if failed { face } else { 0 };
        let form = sieve.form.is_some_and(|form| form != record.form);
        let lacks = record.benefits & self.benefits != self.benefits;
        let bits = bit(!self.region.contains(&usize::from(record.region)), face::REGION)
            | bit(!self.occupation.contains(&usize::from(record.occupation)), face::OCCUPATION)
            | bit(record.education > sieve.education, face::EDUCATION)
            | bit(record.experience > sieve.experience, face::EXPERIENCE)
            | bit(form, face::FORM)
            | bit(record.pay_to < sieve.pay, face::PAY)
            | bit(record.posted < sieve.posted, face::POSTED)
            | bit(lacks, face::BENEFITS);
        (bits & bits.wrapping_sub(1) == 0).then_some(bits)
    }
}
