//! Counting: how often each number of a column occurs, and what a person may choose from it.

use std::ops::Range;

use chrono::{Days, NaiveDate};
use model::{
    education::Education,
    vacancy::{
        Benefit, Form,
        query::{Count, Facets},
    },
};

use crate::{
    record::{COUNTY, Part, Record, long_day},
    sieve::{Sieve, face},
    vacancy::{OCCUPATION_STEPS, REGION_STEPS, benefit_bits, day_number, form_number},
};

/// Numbers, and how many documents have each: sorted by number, none twice.
pub(crate) type Tally = Vec<(i64, u64)>;

/// The most places or occupations that one facet names.
const MOST: usize = 20;
/// Months of experience that a person may say to have.
const EXPERIENCES: [i64; 6] = [0, 6, 12, 36, 60, 120];
/// Cents a month.
const WAGES: [i64; 7] = [300_000, 500_000, 800_000, 1_000_000, 1_500_000, 2_000_000, 3_000_000];
/// Days back.
const AGES: [u64; 4] = [1, 3, 7, 30];

/// How many of [`WAGES`] a wage reaches.
pub(crate) fn wage_step(cents: i64) -> u8 {
    WAGES.iter().map(|&wage| u8::from(cents >= wage)).sum()
}

/// One tally for each facet, each under all filters but its own, over one segment: by place in
/// its lists of codes, or by the small number that a record has.
pub(crate) struct Tallies {
    region: Vec<u32>,
    occupation: Vec<u32>,
    education: [u32; 256],
    experience: [u32; LONG_EXPERIENCE as usize + 1],
    form: [u32; 256],
    wage_step: [u32; 256],
    /// Days back from `today`.
    age: [u32; LONG_AGO as usize + 1],
    benefits: [u32; 256],
    today: u16,
}

/// More months, and more days, make no difference to what may be chosen.
const LONG_EXPERIENCE: u16 = 121;
const LONG_AGO: u16 = 31;

impl Tallies {
    pub(crate) fn new(part: &Part, today: u16) -> Self {
        Self {
            region: vec![0; part.regions.len()],
            occupation: vec![0; part.occupations.len()],
            education: [0; 256],
            experience: [0; LONG_EXPERIENCE as usize + 1],
            form: [0; 256],
            wage_step: [0; 256],
            age: [0; LONG_AGO as usize + 1],
            benefits: [0; 256],
            today,
        }
    }

    /// Counts a document that passes all filters, or all but the one of `failed`.
    pub(crate) fn count(&mut self, record: &Record, failed: u8) {
        fn one(tally: &mut [u32], at: usize) {
            if let Some(count) = tally.get_mut(at) {
                *count += 1;
            }
        }
        let face = |own: u8, tally: &mut [u32], at: usize| {
            if failed & !own == 0 {
                one(tally, at);
            }
        };
        let age = self.today.saturating_sub(record.posted).min(LONG_AGO);
        let experience = record.experience.min(LONG_EXPERIENCE);
        face(face::REGION, &mut self.region, record.region.into());
        face(face::OCCUPATION, &mut self.occupation, record.occupation.into());
        face(face::EDUCATION, &mut self.education, record.education.into());
        face(face::EXPERIENCE, &mut self.experience, experience.into());
        face(face::FORM, &mut self.form, record.form.into());
        face(face::PAY, &mut self.wage_step, record.wage_step.into());
        face(face::POSTED, &mut self.age, age.into());
        face(face::BENEFITS, &mut self.benefits, record.benefits.into());
    }

    /// Adds what was counted to what was counted in other segments.
    pub(crate) fn add_to(&self, all: &mut Counted, part: &Part) {
        let coded = |tally: &[u32], codes: &[i64]| -> Tally {
            let counts = codes.iter().zip(tally).filter(|(_, count)| **count > 0);
            counts.map(|(&code, &count)| (code, count.into())).collect()
        };
        let small = |tally: &[u32]| -> Tally {
            let counts = (0..).zip(tally).filter(|(_, count)| **count > 0);
            counts.map(|(number, &count)| (number, count.into())).collect()
        };
        let today = long_day(self.today);
        let ages = small(&self.age).into_iter().rev();
        let posted = ages.map(|(age, count)| (today - age, count)).collect();
        add(&mut all.region, coded(&self.region, &part.regions));
        add(&mut all.occupation, coded(&self.occupation, &part.occupations));
        add(&mut all.education, small(&self.education));
        add(&mut all.experience, small(&self.experience));
        add(&mut all.form, small(&self.form));
        add(&mut all.wage_step, small(&self.wage_step));
        add(&mut all.posted, posted);
        add(&mut all.benefits, small(&self.benefits));
    }
}

/// Two tallies in one.
fn add(all: &mut Tally, more: Tally) {
    if all.is_empty() {
        *all = more;
        return;
    }
    all.extend(more);
    all.sort_by_key(|&(number, _)| number);
    all.dedup_by(|(number, count), (kept, sum)| {
        let same = number == kept;
        if same {
            *sum += *count;
        }
        same
    });
}

/// The tallies of all segments.
#[derive(Default)]
pub(crate) struct Counted {
    pub(crate) region: Tally,
    pub(crate) occupation: Tally,
    education: Tally,
    experience: Tally,
    form: Tally,
    wage_step: Tally,
    posted: Tally,
    benefits: Tally,
}

impl Counted {
    pub(crate) fn facets(&self, sieve: &Sieve, today: NaiveDate) -> Facets {
        let days = AGES.iter().filter_map(|&age| today.checked_sub_days(Days::new(age)));
        let with = |benefit: Benefit| sieve.benefits | benefit_bits(&[benefit]);
        Facets {
            region: named(children(&self.region, sieve.region.as_ref(), REGION_STEPS), |number| {
                region_code(number).parse().ok()
            }),
            occupation: named(
                children(&self.occupation, sieve.occupation.as_ref(), OCCUPATION_STEPS),
                |number| Some(occupation_code(number)),
            ),
            education: counts(Education::ALL.iter().copied(), &self.education, |has, asked| {
                asked <= has.step()
            }),
            experience: counts(EXPERIENCES, &self.experience, |has, asked| asked <= has),
            form: counts(Form::ALL.iter().copied(), &self.form, |form, number| {
                number == form_number(Some(form))
            }),
            pay_from: counts(WAGES, &self.wage_step, |wanted, step| {
                step >= i64::from(wage_step(wanted))
            }),
            posted_since: counts(days, &self.posted, |since, posted| posted >= day_number(since)),
            benefits: counts(Benefit::ALL.iter().copied(), &self.benefits, |benefit, bits| {
                bits & with(benefit) == with(benefit)
            }),
        }
    }
}

/// What each choice would give, without those that would give nothing.
fn counts<T: Copy>(
    choices: impl IntoIterator<Item = T>,
    tally: &Tally,
    passes: impl Fn(T, i64) -> bool,
) -> Vec<Count<T>> {
    let count = |value: T| {
        let passing = tally.iter().filter(|(number, _)| passes(value, *number));
        Count { value, count: passing.map(|(_, count)| count).sum() }
    };
    choices.into_iter().map(count).filter(|choice| choice.count > 0).collect()
}

/// The most frequent nodes, with their codes.
fn named<T>(mut nodes: Vec<(i64, u64)>, code: impl Fn(i64) -> Option<T>) -> Vec<Count<T>> {
    nodes.sort_by_key(|&(number, count)| (std::cmp::Reverse(count), number));
    let named = |(number, count)| Some(Count { value: code(number)?, count });
    nodes.into_iter().filter_map(named).take(MOST).collect()
}

/// The nodes to choose from: those below the chosen one, or, where nothing is below it, those
/// beside it; with nothing chosen from the top. Levels without a choice are passed over.
fn children(tally: &Tally, chosen: Option<&Range<i64>>, steps: [i64; 4]) -> Vec<(i64, u64)> {
    let Some(chosen) = chosen else { return below(tally, 0..i64::MAX, &steps) };
    let inside = inside(tally, chosen, steps);
    if !inside.is_empty() {
        return inside;
    }
    let Some((around, step)) = around(chosen, steps) else {
        return below(tally, 0..i64::MAX, &steps);
    };
    let same = steps.iter().filter(|&&other| other < step).copied().collect::<Vec<_>>();
    below(tally, around, &same)
}

fn inside(tally: &Tally, chosen: &Range<i64>, steps: [i64; 4]) -> Vec<(i64, u64)> {
    let narrower = |step: &&i64| **step < chosen.end - chosen.start;
    let deeper: Vec<i64> = steps.iter().filter(narrower).copied().collect();
    below(tally, chosen.clone(), &deeper)
}

/// The node above, and its step; `None` above the top.
fn around(chosen: &Range<i64>, steps: [i64; 4]) -> Option<(Range<i64>, i64)> {
    let wider = steps.iter().rev().find(|&&step| step > chosen.end - chosen.start)?;
    let start = chosen.start - chosen.start % wider;
    Some((start..start + wider, *wider))
}

/// Over which regions those beside the chosen one are counted, where nothing is below it; `None`
/// where the tally, which holds the chosen one and at least its county, is wide enough.
pub(crate) fn wider(tally: &Tally, chosen: &Range<i64>) -> Option<Range<i64>> {
    let leaf = chosen.end - chosen.start < COUNTY;
    if leaf || !inside(tally, chosen, REGION_STEPS).is_empty() {
        return None;
    }
    Some(around(chosen, REGION_STEPS).map_or(0..i64::MAX, |(range, _)| range))
}

fn below(tally: &Tally, within: Range<i64>, steps: &[i64]) -> Vec<(i64, u64)> {
    let from = tally.partition_point(|&(number, _)| number < within.start);
    let inside = tally.iter().skip(from).take_while(|(number, _)| within.contains(number));
    let mut found = Vec::new();
    let mut wider = within.end - within.start;
    for &step in steps {
        let mut nodes: Vec<(i64, u64)> = Vec::new();
        for &(number, count) in inside.clone() {
            // what is known no deeper than the level above belongs to no node of this one
            if number % wider / step == 0 {
                continue;
            }
            match nodes.last_mut() {
                Some((node, sum)) if *node == number - number % step => *sum += count,
                _ => nodes.push((number - number % step, count)),
            }
        }
        if nodes.is_empty() {
            break;
        }
        found = nodes;
        if found.len() > 1 {
            break;
        }
        wider = step;
    }
    found
}

/// 620102000 is `620102`; a township keeps its nine digits.
fn region_code(number: i64) -> String {
    if number % 1000 == 0 { (number / 1000).to_string() } else { number.to_string() }
}

/// 6180000 is `6-18`. A group and its occupation `00` are one node.
pub(crate) fn occupation_code(number: i64) -> String {
    let mut code = (number / 1_000_000).to_string();
    for step in OCCUPATION_STEPS.iter().skip(1) {
        if number % (step * 100) == 0 {
            break;
        }
        code = format!("{code}-{:02}", number / step % 100);
    }
    code
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tally(numbers: &[i64]) -> Tally {
        let mut tally = Tally::new();
        for &number in numbers {
            add(&mut tally, vec![(number, 1)]);
        }
        tally
    }

    fn codes(numbers: &[i64], chosen: Option<&Range<i64>>) -> Vec<(String, u64)> {
        let nodes = children(&tally(numbers), chosen, REGION_STEPS);
        named(nodes, |number| Some(region_code(number)))
            .into_iter()
            .map(|c| (c.value, c.count))
            .collect()
    }

    #[test]
    fn a_level_without_a_choice_is_passed_over() {
        let places = [620_102_000, 620_102_001, 620_103_000, 620_100_000, 0];
        assert_eq!(codes(&places, None), [("620102".into(), 2), ("620103".into(), 1)]);
        let other = [620_102_000, 510_104_000, 510_000_000];
        assert_eq!(codes(&other, None), [("510000".into(), 2), ("620000".into(), 1)]);
    }

    #[test]
    fn below_a_leaf_stand_its_neighbours() {
        let places = [620_102_000, 620_103_000, 620_103_000, 620_201_000];
        let chosen = 620_102_000..620_103_000;
        assert_eq!(codes(&places, Some(&chosen)), [("620103".into(), 2), ("620102".into(), 1)]);
        let city = 620_100_000..620_200_000;
        assert_eq!(codes(&places, Some(&city)), [("620103".into(), 2), ("620102".into(), 1)]);
    }

    #[test]
    fn a_number_is_a_code_again() {
        assert_eq!(occupation_code(6_180_204), "6-18-02-04");
        assert_eq!(occupation_code(6_180_000), "6-18");
        assert_eq!(occupation_code(6_000_000), "6");
        assert_eq!(region_code(620_102_001), "620102001");
    }
}
