//! A jobseeker as the rule sees one, in small numbers. What is not in these structs cannot count.

use chrono::{Datelike, NaiveDate};

use crate::{
    Id,
    education::Education,
    jobseeker::{Jobseeker, Profile},
    matching::{
        Point, Rule,
        catalogue::{Catalogue, NONE},
        licence,
        standing::Standing,
    },
    organisation::Organisation,
    term::Terms,
    vacancy::{Form, Place},
};

/// A jobseeker's side.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Person {
    pub head: Head,
    /// Numbers in the catalogue: occupations wished for, best first; regions where the person would
    /// work besides home; words of the work wished for; skills, each once, with the licences that
    /// they include.
    pub lists: Vec<u16>,
}

/// All of a person that has one value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Head {
    pub point: Point,
    /// Region, or [`NONE`].
    pub home: u16,
    /// The least wage, yuan a month; 0: none.
    pub floor: u16,
    /// Kilometres from home, or [`NONE`].
    pub reach_km: u16,
    /// Months, or [`NONE`].
    pub experience: u16,
    /// A level, see [`level`].
    pub education: u8,
    /// A bit for each form wanted; none: any.
    pub forms: u8,
    pub flags: u8,
    /// How long each of the lists is.
    pub occupations: u8,
    pub regions: u8,
    /// The last so many of the regions: where the person would go if need be, not gladly.
    pub reluctant: u8,
    pub skills: u8,
    pub words: u8,
}

impl Head {
    /// All that is kept of the date of birth.
    pub const OF_AGE: u8 = 1;
    pub const ANYWHERE: u8 = 2;
    pub const BOARD: u8 = 4;
    pub const LODGING: u8 = 8;
    /// Wishes for work abroad.
    pub const ABROAD: u8 = 16;
    /// Wishes for a beginner's post.
    pub const BEGINS: u8 = 32;

    pub const fn is(&self, flag: u8) -> bool {
        self.flags & flag != 0
    }
}

impl Default for Head {
    fn default() -> Self {
        Self {
            point: Point::NOWHERE,
            home: NONE,
            floor: 0,
            reach_km: NONE,
            experience: NONE,
            education: 0,
            forms: 0,
            flags: Self::OF_AGE,
            occupations: 0,
            regions: 0,
            reluctant: 0,
            skills: 0,
            words: 0,
        }
    }
}

/// A person wherever the lists are kept.
#[derive(Clone, Copy, Debug)]
pub struct Someone<'p> {
    pub head: Head,
    pub lists: &'p [u16],
}

impl<'p> Someone<'p> {
    #[inline]
    fn list(&self, skip: u8, take: u8) -> &'p [u16] {
        let from = usize::from(skip);
        self.lists.get(from..from + usize::from(take)).unwrap_or(&[])
    }

    #[inline]
    pub fn occupations(&self) -> &'p [u16] {
        self.list(0, self.head.occupations)
    }

    #[inline]
    pub fn regions(&self) -> &'p [u16] {
        self.list(self.head.occupations, self.head.regions)
    }

    /// Those of the regions where the person would gladly go.
    #[inline]
    pub fn glad_regions(&self) -> &'p [u16] {
        let glad = self.head.regions.saturating_sub(self.head.reluctant);
        self.list(self.head.occupations, glad)
    }

    /// The most telling words of what the person wishes for.
    #[inline]
    pub fn words(&self) -> &'p [u16] {
        self.list(self.head.occupations + self.head.regions, self.head.words)
    }

    #[inline]
    pub fn skills(&self) -> &'p [u16] {
        let Head { occupations, regions, words, .. } = self.head;
        let from = usize::from(occupations) + usize::from(regions) + usize::from(words);
        self.lists.get(from..).unwrap_or(&[])
    }
}

/// Numbers of each kind that somebody may give; who names more wishes has none.
const LONGEST: usize = 15;

/// Words of one person's wishes that are looked at.
const WORDS: usize = 6;

/// Skills of one person that are looked at.
const MOST_SKILLS: usize = 100;

impl Person {
    /// `terms` are those in force on the rule's day.
    pub fn new(profile: &Profile, terms: &Terms, rule: &Rule) -> Self {
        let (catalogue, wish) = (&*rule.catalogue, &profile.wish);
        let known = |n: &u16| *n != NONE;
        let wished = wish.occupations.iter().map(|code| catalogue.occupation(code));
        let occupations: Vec<u16> = wished.filter(known).take(LONGEST).collect();
        let named = wish.regions.iter().map(|code| (wish.reluctant.contains(code), code));
        let named = named.map(|(reluctant, code)| (reluctant, catalogue.place(code)));
        let mut named: Vec<(bool, u16)> = named.filter(|(_, n)| known(n)).take(LONGEST).collect();
        named.sort_by_key(|(reluctant, _)| *reluctant);
        let reluctant = named.iter().filter(|(reluctant, _)| *reluctant).count();
        let regions = named.into_iter().map(|(_, region)| region).collect();
        let counted = profile.skills.iter().filter(|code| licence::counts(code));
        let own = counted.map(|code| catalogue.skill(code)).filter(known).take(MOST_SKILLS);
        let mut words = catalogue.words(&wish.text);
        words.truncate(WORDS);
        let told = Self::lists(occupations, regions, words, own.collect(), catalogue);
        let begins = wish.forms.contains(&Form::Trainee)
            || Standing::of_title(&wish.text) == Standing::Beginner;
        let flags = [
            (wish.abroad, Head::ABROAD),
            (begins, Head::BEGINS),
            (of_legal_age(profile, terms, rule.day), Head::OF_AGE),
            (wish.anywhere, Head::ANYWHERE),
            (wish.needs_board, Head::BOARD),
            (wish.needs_lodging, Head::LODGING),
        ];
        let head = Head {
            point: Point::of(&profile.place),
            home: catalogue.place(&profile.place.region),
            floor: wish.pay_from.map_or(0, yuan),
            reach_km: wish.reach_km.map_or(NONE, small),
            experience: profile.experience.map_or(NONE, small),
            education: profile.education.map_or(0, level),
            forms: wish.forms.iter().fold(0, |bits, form| bits | bit(*form)),
            flags: flags
                .into_iter()
                .fold(0, |bits, (set, bit)| if set { bits | bit } else { bits }),
            reluctant: u8::try_from(reluctant).unwrap_or(u8::MAX),
            ..told.head
        };
        Self { head, ..told }
    }

    /// Somebody who tells these numbers and nothing else.
    pub fn lists(
        occupations: Vec<u16>,
        regions: Vec<u16>,
        words: Vec<u16>,
        mut skills: Vec<u16>,
        catalogue: &Catalogue,
    ) -> Self {
        let included: Vec<u16> =
            skills.iter().flat_map(|skill| catalogue.included(*skill)).copied().collect();
        skills.extend(included);
        skills.sort_unstable();
        skills.dedup();
        let length = |list: &[u16]| u8::try_from(list.len()).unwrap_or(u8::MAX);
        let head = Head {
            occupations: length(&occupations),
            regions: length(&regions),
            words: length(&words),
            skills: length(&skills),
            ..Head::default()
        };
        Self { head, lists: [occupations, regions, words, skills].concat() }
    }

    pub fn view(&self) -> Someone<'_> {
        Someone { head: self.head, lists: &self.lists }
    }
}

/// Somebody whose birthday is not known is not kept out by a guess, and where no term lays down an
/// age there is no limit.
fn of_legal_age(profile: &Profile, terms: &Terms, day: NaiveDate) -> bool {
    let youngest = terms.find("minimum_working_age", &profile.place.region).map(|t| t.value);
    match (profile.born_on, youngest) {
        (Some(born), Some(youngest)) => {
            day.years_since(born).is_some_and(|age| f64::from(age) >= youngest)
        }
        _ => true,
    }
}

/// Cents a month as whole yuan, as much as 16 bits hold.
pub(super) fn yuan(cents: i64) -> u16 {
    small(cents / 100)
}

pub(super) fn small(n: i64) -> u16 {
    u16::try_from(n.clamp(0, i64::from(NONE) - 1)).unwrap_or(0)
}

/// A day as a number of days since 2000; what was before is day 1.
#[inline]
pub fn day(date: NaiveDate) -> u16 {
    // of the calendar from year 1 on
    const SINCE: i32 = 730_120;
    small(i64::from(date.num_days_from_ce() - SINCE).max(1))
}

pub(super) fn bit(form: Form) -> u8 {
    1 << (form as u8)
}

/// The form of `Post::form`.
pub(super) fn form(bits: u8) -> Option<Form> {
    Form::ALL.iter().copied().find(|form| bit(*form) == bits)
}

/// A level of education: its step in the upper half, which of the list in the lower; 0 is none.
pub fn level(education: Education) -> u8 {
    let step = u8::try_from(education.step()).unwrap_or(0);
    step << 4 | (education as u8 & 0xF)
}

pub(super) fn education(level: u8) -> Option<Education> {
    Education::ALL.iter().copied().find(|education| self::level(*education) == level)
}

/// A jobseeker as a row, without the person's own words.
#[derive(Clone, Debug, PartialEq, sqlx::FromRow)]
pub struct Seeker {
    pub id: Id<Jobseeker>,
    /// Which office looks after the person.
    #[sqlx(rename = "office_id")]
    pub office: Option<Id<Organisation>>,
    #[sqlx(flatten)]
    pub profile: Profile,
}

impl Point {
    pub(super) fn of(place: &Place) -> Self {
        Self::of_degrees(place.longitude, place.latitude).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_counted_from_the_first_of_2000() {
        let date = |year, month| NaiveDate::from_ymd_opt(year, month, 1).unwrap();
        assert_eq!((day(date(2000, 1)), day(date(2000, 2)), day(date(1990, 1))), (1, 31, 1));
        assert_eq!(i64::from(day(date(2026, 11))), (date(2026, 11) - date(2000, 1)).num_days());
    }

    #[test]
    fn a_head_is_small() {
        assert_eq!(size_of::<Head>(), 24);
    }

    #[test]
    fn levels_and_forms_come_back_from_their_bits() {
        for &one in Education::ALL {
            assert_eq!(education(level(one)), Some(one));
            assert_eq!(i64::from(level(one) >> 4), one.step());
        }
        assert!(Form::ALL.iter().all(|&one| form(bit(one)) == Some(one)));
        assert_eq!((education(0), form(0)), (None, None));
    }
}
