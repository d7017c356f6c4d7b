//! Counting: how often each number of a column occurs, and what a person may choose from it.

use std::{
    collections::HashMap,
    hash::{BuildHasherDefault, Hasher},
    ops::Range,
};

use chrono::{Days, NaiveDate};
use model::{
    education::Education,
    vacancy::{
        Benefit, Form,
        query::{Count, Facets},
    },
};

use crate::{
    sieve::Sieve,
    vacancy::{OCCUPATION_STEPS, REGION_STEPS, benefit_bits, day_number, form_number},
};

/// Number → how many documents have it.
pub(crate) type Tally = HashMap<i64, u64, BuildHasherDefault<Mix>>;

/// Spreads whole numbers over a table; std's hasher resists attackers and costs most of the time.
#[derive(Default)]
pub(crate) struct Mix(u64);

impl Hasher for Mix {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.write_u64(u64::from(byte));
        }
    }

    fn write_u64(&mut self, n: u64) {
        self.0 = (self.0 ^ n).wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(26);
    }

    fn write_i64(&mut self, n: i64) {
        self.write_u64(n.cast_unsigned());
    }
}

/// One tally for each facet, each under all filters but its own.
#[derive(Default)]
pub(crate) struct Tallies {
    pub(crate) region: Tally,
    pub(crate) occupation: Tally,
    pub(crate) education: Tally,
    pub(crate) experience: Tally,
    pub(crate) form: Tally,
    pub(crate) pay: Tally,
    pub(crate) posted: Tally,
    pub(crate) benefits: Tally,
}

/// The most places or occupations that one facet names.
const MOST: usize = 20;
/// Months of experience that a person may say to have.
const EXPERIENCES: [i64; 6] = [0, 6, 12, 36, 60, 120];
/// Cents a month.
const WAGES: [i64; 7] = [300_000, 500_000, 800_000, 1_000_000, 1_500_000, 2_000_000, 3_000_000];
/// Days back.
const AGES: [u64; 4] = [1, 3, 7, 30];

impl Tallies {
    pub(crate) fn absorb(&mut self, other: Self) {
        let pairs = [
            (&mut self.region, other.region),
            (&mut self.occupation, other.occupation),
            (&mut self.education, other.education),
            (&mut self.experience, other.experience),
            (&mut self.form, other.form),
            (&mut self.pay, other.pay),
            (&mut self.posted, other.posted),
            (&mut self.benefits, other.benefits),
        ];
        for (mine, theirs) in pairs {
            for (number, count) in theirs {
                *mine.entry(number).or_default() += count;
            }
        }
    }

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
            pay_from: counts(WAGES, &self.pay, |wanted, pay| pay >= wanted),
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
        let passing = tally.iter().filter(|&(&number, _)| passes(value, number));
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
    let narrower = |step: &&i64| **step < chosen.end - chosen.start;
    let deeper: Vec<i64> = steps.iter().filter(narrower).copied().collect();
    let inside = below(tally, chosen.clone(), &deeper);
    if !inside.is_empty() {
        return inside;
    }
    let Some(wider) = steps.iter().rev().find(|&&step| step > chosen.end - chosen.start) else {
        return below(tally, 0..i64::MAX, &steps);
    };
    let start = chosen.start - chosen.start % wider;
    let same = steps.iter().filter(|&step| step < wider).copied().collect::<Vec<_>>();
    below(tally, start..start + wider, &same)
}

fn below(tally: &Tally, within: Range<i64>, steps: &[i64]) -> Vec<(i64, u64)> {
    let mut found = Vec::new();
    let mut wider = within.end - within.start;
    for &step in steps {
        let mut nodes: HashMap<i64, u64> = HashMap::new();
        for (&number, &count) in tally {
            // what is known no deeper than the level above belongs to no node of this one
            let deep = number % wider / step > 0;
            if deep && within.contains(&number) {
                *nodes.entry(number - number % step).or_default() += count;
            }
        }
        if nodes.is_empty() {
            break;
        }
        found = nodes.into_iter().collect();
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
fn occupation_code(number: i64) -> String {
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
        let mut tally = Tally::default();
        for &number in numbers {
            *tally.entry(number).or_default() += 1;
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
