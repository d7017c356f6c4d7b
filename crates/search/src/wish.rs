//! What somebody said about the work besides which it is: a filter would keep out what says nothing
//! of it; here it only comes later.

use std::ops::Range;

use model::{
    education::Education,
    region::Code,
    vacancy::query::{Sort, VacancyQuery},
};

use crate::{
    record::{Part, Record},
    vacancy::{benefit_bits, form_number, region_range},
};

/// What is known of a question besides its words.
#[derive(Clone, Default)]
pub struct Hint<'a> {
    /// Words that raise what has them and keep nothing out.
    pub beside: String,
    /// Filters that raise what passes them and keep nothing out.
    pub wished: VacancyQuery,
    /// Gives the codes of occupations that the words as a whole may mean; asked only where few
    /// answers have the words themselves.
    pub meant: Option<&'a dyn Fn() -> Vec<String>>,
}

/// Percent of a wish that is kept, where it is not all or nothing.
const ALL: u32 = 100;
const NEARLY: u32 = 55;
const UNSAID: u32 = 45;

/// The wishes of one question.
pub(crate) struct Wished {
    /// The node, its city and its province.
    region: Option<[Range<i64>; 3]>,
    education: Option<u8>,
    experience: Option<u16>,
    form: Option<u8>,
    pay: Option<i32>,
    benefits: u8,
    /// What each of them is worth.
    each: u32,
}

impl Wished {
    /// `best` is what the words are worth at most; `None` where nothing is wished.
    pub(crate) fn new(wished: &VacancyQuery, best: u32) -> Option<Self> {
        let nothing = VacancyQuery {
            words: wished.words.clone(),
            sort: wished.sort,
            limit: wished.limit,
            ..VacancyQuery::default()
        };
        if *wished == nothing || wished.sort != Sort::Fit {
            return None;
        }
        let above = |code: &Code| [code.clone(), code.at_level(2), code.at_level(1)];
        #[expect(clippy::cast_sign_loss, clippy::cast_possible_truncation, reason = "8 bits")]
        let benefits = benefit_bits(&wished.benefits) as u8;
        Some(Self {
            region: wished.region.as_ref().map(|code| above(code).map(|node| region_range(&node))),
            education: wished.education.map(Education::step).and_then(|step| step.try_into().ok()),
            experience: wished.experience.and_then(|months| months.try_into().ok()),
            form: wished.form.and_then(|form| form_number(Some(form)).try_into().ok()),
            pay: wished.pay_from.and_then(|pay| pay.try_into().ok()),
            benefits,
            each: best.max(300) / 3,
        })
    }

    /// For the documents of one segment.
    pub(crate) fn held(&self, part: &Part) -> Wish<'_> {
        let rank = |bound: i64| part.regions.partition_point(|&code| code < bound);
        let ranks = |range: &Range<i64>| rank(range.start)..rank(range.end);
        let region = self
            .region
            .as_ref()
            .map(|[node, city, province]| [ranks(node), ranks(city), ranks(province), 0..rank(1)]);
        Wish { wished: self, region }
    }
}

/// Wishes with codes as a segment ranks them.
pub(crate) struct Wish<'a> {
    wished: &'a Wished,
    /// The node, its city, its province; and what lies nobody knows where.
    region: Option<[Range<usize>; 4]>,
}

impl Wish<'_> {
    /// What a document is worth by them at most.
    pub(crate) fn most(&self) -> u32 {
        let Wished { region, education, experience, form, pay, benefits, each } = self.wished;
        let said = [
            region.is_some(),
            education.is_some(),
            experience.is_some(),
            form.is_some(),
            pay.is_some(),
        ];
        let said: u32 = said.into_iter().map(u32::from).sum();
        (said + benefits.count_ones()) * each
    }

    /// What a document is worth by them.
    pub(crate) fn worth(&self, record: &Record) -> u32 {
        let wished = self.wished;
        let parts = [
            self.region.as_ref().map(|places| place(places, usize::from(record.region))),
            wished.education.map(|had| if record.education <= had { ALL } else { 0 }),
            wished.experience.map(|had| if record.experience <= had { ALL } else { 0 }),
            wished.form.map(|form| match record.form {
                0 => UNSAID,
                other => u32::from(other == form) * ALL,
            }),
            wished.pay.map(|least| pay(least, record)),
        ];
        let sum: u32 = parts.into_iter().flatten().sum();
        let missing = (wished.benefits & !record.benefits).count_ones();
        let benefits = wished.benefits.count_ones() * ALL - missing * (ALL - UNSAID);
        (sum + benefits) * wished.each / ALL
    }
}

fn place([node, city, province, unknown]: &[Range<usize>; 4], rank: usize) -> u32 {
    match () {
        () if node.contains(&rank) => ALL,
        () if city.contains(&rank) => NEARLY,
        () if province.contains(&rank) || unknown.contains(&rank) => UNSAID,
        () => 0,
    }
}

fn pay(least: i32, record: &Record) -> u32 {
    match () {
        () if record.pay_from >= least => ALL,
        () if record.pay_to >= least => NEARLY,
        () if record.pay_to < 0 => UNSAID,
        () => 0,
    }
}
