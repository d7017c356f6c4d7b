//! A vacancy as the index has it: words to find it by, numbers to filter it by.

use std::ops::Range;

use chrono::{Datelike, NaiveDate};
use model::{
    Id,
    fingerprint::fingerprint,
    vacancy::{Benefit, Form, Vacancy},
};
use tantivy::TantivyDocument;

use crate::{
    field::{EDITION, Fields, Numbers},
    record::COUNTY,
    words::{Place, Words},
};

/// No place on earth has this many millionths of a degree.
pub(crate) const NOWHERE: i64 = 999_000_000;

/// Of whom nothing is known is between those who answer and those who do not.
const UNKNOWN: u8 = 50;

/// Titles longer than this are equally long.
const LONG_TITLE: usize = 63;

/// A vacancy, and what the tables say in words about its codes.
#[derive(Clone, Copy, Debug)]
pub struct Entry<'a> {
    pub vacancy: &'a Vacancy,
    /// The employer's name.
    pub employer: &'a str,
    /// Name of the occupation.
    pub occupation: &'a str,
    /// Names of the place, from the province down.
    pub place: &'a str,
    /// Applications of a hundred that the employer answers in time, where it is known.
    pub answered: Option<u8>,
}

/// What is handed to the engine.
pub(crate) struct Row {
    pub(crate) id: Id<Vacancy>,
    pub(crate) words: String,
    numbers: Numbers<i64>,
}

impl Row {
    pub(crate) fn new(words: &Words, entry: &Entry<'_>) -> Self {
        let offer = &entry.vacancy.offer;
        let place = format!("{} {}", entry.place, offer.place.text);
        let texts = [
            (Place::Title, offer.title.as_str()),
            (Place::Occupation, entry.occupation),
            (Place::Employer, entry.employer),
            (Place::Region, place.as_str()),
            (Place::Duties, offer.duties.as_str()),
        ];
        let words = words.document(&texts, &offer.occupation);
        let mut numbers = numbers(entry.vacancy);
        numbers.answered = i64::from(entry.answered.unwrap_or(UNKNOWN));
        let told = fingerprint([&words]).to_le_bytes();
        let counted: Vec<_> = numbers.each().flat_map(|number| number.to_le_bytes()).collect();
        let edition = EDITION.to_le_bytes();
        let all = fingerprint([&told[..], &counted, &edition]);
        numbers.fingerprint = all.cast_signed();
        Self { id: entry.vacancy.id, words, numbers }
    }

    pub(crate) const fn fingerprint(&self) -> i64 {
        self.numbers.fingerprint
    }

    pub(crate) fn document(&self, fields: &Fields) -> TantivyDocument {
        let mut document = TantivyDocument::default();
        document.add_bytes(fields.id, self.id.uuid().as_bytes());
        document.add_text(fields.words, &self.words);
        for (&field, &number) in fields.numbers.each().zip(self.numbers.each()) {
            document.add_i64(field, number);
        }
        document
    }
}

fn numbers(vacancy: &Vacancy) -> Numbers<i64> {
    let offer = &vacancy.offer;
    let (high, low) = vacancy.id.uuid().as_u64_pair();
    let posted = offer.posted_on.unwrap_or_else(|| vacancy.created_at.date_naive());
    let region = region_number(&offer.place.region);
    let occupation = occupation_number(&offer.occupation);
    let brevity = LONG_TITLE.saturating_sub(offer.title.chars().count());
    Numbers {
        id_high: high.cast_signed(),
        id_low: low.cast_signed(),
        order: region / COUNTY * OCCUPATIONS + occupation,
        fingerprint: 0,
        region,
        occupation,
        pay_from: offer.pay_from.unwrap_or(-1),
        pay_to: offer.pay_to.or(offer.pay_from).unwrap_or(-1),
        education: offer.education.map_or(0, model::education::Education::step),
        experience: offer.experience_min.unwrap_or(0),
        form: form_number(offer.form),
        benefits: benefit_bits(&offer.benefits),
        posted: day_number(posted),
        expires: offer.expires_on.map_or(i64::from(i32::MAX), day_number),
        latitude: offer.place.latitude.map_or(NOWHERE, millionths),
        longitude: offer.place.longitude.map_or(NOWHERE, millionths),
        brevity: i64::try_from(brevity).unwrap_or_default(),
        answered: 0,
    }
}

/// Steps of the two trees: what one node of each level spans, from the top.
pub(crate) const REGION_STEPS: [i64; 4] = [10_000_000, 100_000, 1_000, 1];
pub(crate) const OCCUPATION_STEPS: [i64; 4] = [1_000_000, 10_000, 100, 1];

/// Numbers of occupations are below this.
const OCCUPATIONS: i64 = 10_000_000;

/// `620102` is 620102000, `620102001` is itself; 0 where there is none.
pub(crate) fn region_number(code: &str) -> i64 {
    format!("{code:0<9}").get(..9).and_then(|nine| nine.parse::<u32>().ok()).map_or(0, i64::from)
}

/// The node and everything below it.
pub(crate) fn region_range(code: &model::region::Code) -> Range<i64> {
    let (from, to) = code.subtree();
    region_number(&from)..region_number(&to)
}

/// `6-18-02-04` is 6180204, `6-18` is 6180000; 0 where there is none.
pub(crate) fn occupation_number(code: &str) -> i64 {
    let parts = code.split('-').zip(OCCUPATION_STEPS);
    let number: i64 =
        parts.map(|(part, step)| part.parse().map_or(0, |part: i64| part * step)).sum();
    number.clamp(0, OCCUPATIONS - 1)
}

/// The node and everything below it.
pub(crate) fn occupation_range(code: &str) -> Range<i64> {
    let level = code.split('-').count();
    let step = OCCUPATION_STEPS.get(level.saturating_sub(1)).copied().unwrap_or(1);
    let from = occupation_number(code);
    from..from + step
}

pub(crate) fn form_number(form: Option<Form>) -> i64 {
    let place = form.and_then(|form| Form::ALL.iter().position(|&f| f == form));
    place.and_then(|place| i64::try_from(place + 1).ok()).unwrap_or_default()
}

pub(crate) fn benefit_bits(benefits: &[Benefit]) -> i64 {
    let bits = Benefit::ALL.iter().zip(0..).filter(|(benefit, _)| benefits.contains(benefit));
    bits.map(|(_, bit)| 1_i64 << bit).sum()
}

pub(crate) fn day_number(day: NaiveDate) -> i64 {
    i64::from(day.num_days_from_ce())
}

#[expect(clippy::cast_possible_truncation, reason = "degrees on earth are small numbers")]
pub(crate) fn millionths(degrees: f64) -> i64 {
    (degrees * 1e6).round() as i64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn trees_are_ranges_of_numbers() {
        let range = |code: &str| region_range(&code.parse().unwrap());
        assert_eq!(range("620000"), 620_000_000..630_000_000);
        assert_eq!(range("620100"), 620_100_000..620_200_000);
        assert_eq!(range("620102001"), 620_102_001..620_102_002);
        assert_eq!(region_number(""), 0);
        assert_eq!(region_number("620102001003"), 620_102_001);
        assert_eq!(occupation_range("6-18"), 6_180_000..6_190_000);
        assert_eq!(occupation_range("6-18-02-04"), 6_180_204..6_180_205);
        assert_eq!(occupation_range("6"), 6_000_000..7_000_000);
        assert_eq!(occupation_number(""), 0);
    }
}
