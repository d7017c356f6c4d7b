//! The filters of one question, ready to be held against a document's numbers.

use std::{ops::Range, sync::Arc};

use chrono::NaiveDate;
use model::vacancy::query::{Point, VacancyQuery};
use tantivy::{DocId, SegmentReader, columnar::ColumnValues};

use crate::{
    field::Numbers,
    vacancy::{
        benefit_bits, day_number, form_number, millionths, occupation_range, point, region_range,
    },
};

pub(crate) type Column = Arc<dyn ColumnValues<i64>>;
pub(crate) type Columns = Numbers<Column>;

pub(crate) fn columns(segment: &SegmentReader) -> tantivy::Result<Columns> {
    Numbers::make(|name| segment.fast_fields().column_first_or_default::<i64>(name))
}

/// The filters that have a facet: one bit each in [`Sieve::failed`].
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

#[derive(Clone)]
pub(crate) struct Sieve {
    today: i64,
    around: Option<Around>,
    pub(crate) region: Option<Range<i64>>,
    pub(crate) occupation: Option<Range<i64>>,
    education: Option<i64>,
    experience: Option<i64>,
    form: Option<i64>,
    pay: Option<i64>,
    posted: Option<i64>,
    pub(crate) benefits: i64,
}

/// A circle, with the box around it that is cheap to look at.
#[derive(Clone)]
struct Around {
    centre: Point,
    metres: f64,
    latitudes: Range<i64>,
}

impl Sieve {
    pub(crate) fn new(query: &VacancyQuery, today: NaiveDate) -> Self {
        let around = query.near.zip(query.within_km);
        Self {
            today: day_number(today),
            around: around.map(|(centre, km)| Around::new(centre, km)),
            region: query.region.as_ref().map(region_range),
            occupation: query.occupation.as_deref().map(occupation_range),
            education: query.education.map(model::education::Education::step),
            experience: query.experience,
            form: query.form.map(|form| form_number(Some(form))),
            pay: query.pay_from,
            posted: query.posted_since.map(day_number),
            benefits: benefit_bits(&query.benefits),
        }
    }

    /// Which of the filters with a facet the document does not pass; `None` where it fails one
    /// without, or more than one: then it is no hit and counts for nothing.
    pub(crate) fn failed(&self, columns: &Columns, doc: DocId) -> Option<u8> {
        let value = |column: &Column| column.get_val(doc);
        if value(&columns.expires) < self.today || !self.holds(columns, doc) {
            return None;
        }
        let out = |range: &Option<Range<i64>>, column: &Column| {
            range.as_ref().is_some_and(|range| !range.contains(&value(column)))
        };
        let over = |most: Option<i64>, column: &Column| most.is_some_and(|m| value(column) > m);
        let under = |least: Option<i64>, column: &Column| least.is_some_and(|l| value(column) < l);
        let lacks = self.benefits != 0 && value(&columns.benefits) & self.benefits != self.benefits;
        let failed = [
            (out(&self.region, &columns.region), face::REGION),
            (out(&self.occupation, &columns.occupation), face::OCCUPATION),
            (over(self.education, &columns.education), face::EDUCATION),
            (over(self.experience, &columns.experience), face::EXPERIENCE),
            (self.form.is_some_and(|form| value(&columns.form) != form), face::FORM),
            (under(self.pay, &columns.pay_to), face::PAY),
            (under(self.posted, &columns.posted), face::POSTED),
            (lacks, face::BENEFITS),
        ];
        let bits: u8 = failed.iter().filter(|(failed, _)| *failed).map(|(_, bit)| bit).sum();
        (bits.count_ones() <= 1).then_some(bits)
    }

    fn holds(&self, columns: &Columns, doc: DocId) -> bool {
        let Some(around) = &self.around else { return true };
        let latitude = columns.latitude.get_val(doc);
        around.latitudes.contains(&latitude)
            && point(latitude, columns.longitude.get_val(doc))
                .is_some_and(|place| around.centre.metres(place) <= around.metres)
    }
}

impl Around {
    fn new(centre: Point, km: f64) -> Self {
        /// Of a degree of latitude, a little too short, so that the box is never too small.
        const KM_PER_DEGREE: f64 = 110.0;
        let reach = km / KM_PER_DEGREE;
        let latitudes =
            millionths(centre.latitude - reach)..millionths(centre.latitude + reach) + 1;
        Self { centre, metres: km * 1000.0, latitudes }
    }
}
