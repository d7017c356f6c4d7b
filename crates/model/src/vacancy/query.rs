//! What a person may ask of the open vacancies, and the shape of the answer.

use chrono::NaiveDate;
use serde::Serialize;
use uuid::Uuid;

use crate::{
    Refusal,
    coded::coded,
    education::Education,
    region,
    vacancy::{Benefit, Form, Vacancy, wish::Wish},
};

/// One question. A filter that is `None` (or empty) says nothing.
#[derive(Clone, Debug, PartialEq)]
pub struct VacancyQuery {
    /// As typed.
    pub words: String,
    /// This node of the tree and everything below it.
    pub region: Option<region::Code>,
    /// A code of the classification at any level: this node and everything below it.
    pub occupation: Option<String>,
    /// Cents a month: the upper end of the wage reaches it.
    pub pay_from: Option<i64>,
    /// What the person has: vacancies that ask for no more.
    pub education: Option<Education>,
    /// Months the person has: vacancies that ask for no more.
    pub experience: Option<i64>,
    pub form: Option<Form>,
    /// All of them.
    pub benefits: Vec<Benefit>,
    /// Offered on this day or later.
    pub posted_since: Option<NaiveDate>,
    pub near: Option<Point>,
    /// Kilometres around `near`.
    pub within_km: Option<f64>,
    /// On the page only what came in after whatever has this id, as ids sort by time: it narrows
    /// neither the total nor how the words are understood.
    pub since: Option<Uuid>,
    pub sort: Sort,
    pub limit: usize,
    /// `next` of the page before.
    pub cursor: Option<String>,
}

/// A place on the map, in degrees as the region table has them.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Point {
    pub latitude: f64,
    pub longitude: f64,
}

coded! {
    /// What comes first.
    pub enum Sort: "search.sort_unknown", "sort" {
        /// Best answer to the words; without words the newest.
        Fit = "fit",
        New = "new",
        /// Highest lower end first, negotiable last.
        Wage = "wage",
        /// Nearest first; needs a point.
        Distance = "distance",
    }
}

/// A page of the answer.
#[derive(Clone, Debug, PartialEq)]
pub struct Results {
    /// All that match, not only this page.
    pub total: u64,
    pub items: Vec<Hit>,
    pub facets: Facets,
    /// Other words for the same work that were looked for too.
    pub also: Vec<String>,
    /// How the words were understood.
    pub understood: Understood,
    pub next: Option<String>,
}

impl Results {
    /// How many have what was asked for: none, where a word of it was found nowhere.
    pub const fn found(&self) -> u64 {
        if self.understood.missing.is_empty() { self.total } else { 0 }
    }
}

/// How words were read that are not looked for as they were typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Understood {
    pub wishes: Vec<Heard>,
    /// They are filters; otherwise too little passes them all, and what passes more comes first.
    pub strict: bool,
    /// Words that stand in no vacancy and were left out.
    pub missing: Vec<String>,
    /// Words as they were typed, and what was looked for instead.
    pub slips: Vec<(String, String)>,
    pub unsure: Option<Unsure>,
}

/// A name that several places have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unsure {
    pub typed: String,
    pub candidates: Vec<region::Code>,
    /// The words as they were typed, without the name.
    pub without: String,
}

/// A condition that the words were understood to say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heard {
    pub wish: Wish,
    /// The words as they were typed, without those that say it.
    pub without: String,
}

/// One vacancy found.
#[derive(Clone, Debug, PartialEq)]
pub struct Hit {
    pub vacancy: Vacancy,
    /// The employer's name.
    pub employer: String,
    /// Higher fits the words better; comparable within one question only.
    pub score: i64,
    /// From the point of the question; `None` without one, or where the place is not known.
    pub distance_km: Option<f64>,
    /// Part of the duties around the first word found, in pieces: `true` is a word of the question.
    pub snippet: Vec<(bool, String)>,
}

/// What the answer would be with one filter more, or changed. Each count is the exact total that
/// choosing its value gives while all other filters stay; what would give nothing is left out.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Facets {
    /// The places one level below the chosen one, or the first level where there is a choice.
    pub region: Vec<Count<region::Code>>,
    /// As `region`, for codes of the classification.
    pub occupation: Vec<Count<String>>,
    pub education: Vec<Count<Education>>,
    /// Months the person has.
    pub experience: Vec<Count<i64>>,
    pub form: Vec<Count<Form>>,
    /// Cents a month.
    pub pay_from: Vec<Count<i64>>,
    pub posted_since: Vec<Count<NaiveDate>>,
    /// With what is chosen already.
    pub benefits: Vec<Count<Benefit>>,
}

/// A value of a filter, and how many vacancies it gives.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Count<T> {
    pub value: T,
    pub count: u64,
}

impl Default for VacancyQuery {
    fn default() -> Self {
        Self {
            words: String::new(),
            region: None,
            occupation: None,
            pay_from: None,
            education: None,
            experience: None,
            form: None,
            benefits: Vec::new(),
            posted_since: None,
            near: None,
            within_km: None,
            since: None,
            sort: Sort::Fit,
            limit: 20,
            cursor: None,
        }
    }
}

impl VacancyQuery {
    /// The most that one page holds.
    pub const MOST: usize = 100;
    /// The most characters that are read as words.
    pub const LONGEST: usize = 200;
    /// Half the way around the earth, in kilometres: farther is nowhere.
    const FARTHEST: f64 = 20_040.0;

    /// Do the parts make sense, alone and together?
    pub fn check(&self) -> Result<(), Refusal> {
        if !(1..=Self::MOST).contains(&self.limit) {
            let refusal = Refusal::new("search.limit_out_of_range").field("limit");
            return Err(refusal.arg("valid", format!("1-{}", Self::MOST)));
        }
        if self.words.chars().count() > Self::LONGEST {
            let refusal = Refusal::new("search.words_too_long").field("q");
            return Err(refusal.arg("most", Self::LONGEST.to_string()));
        }
        match (self.near, self.within_km) {
            (None, Some(_)) => {
                return Err(Refusal::new("search.within_without_near").field("within_km"));
            }
            (None, None) if self.sort == Sort::Distance => {
                return Err(Refusal::new("search.distance_without_near").field("sort"));
            }
            (_, Some(km)) if !(km > 0.0 && km <= Self::FARTHEST) => {
                return Err(Refusal::new("search.within_out_of_range").field("within_km"));
            }
            _ => {}
        }
        self.near.map_or(Ok(()), Point::check)
    }
}

impl Point {
    fn check(self) -> Result<(), Refusal> {
        let on_earth = self.latitude.abs() <= 90.0 && self.longitude.abs() <= 180.0;
        let refusal = || Refusal::new("search.near_out_of_range").field("near");
        if on_earth { Ok(()) } else { Err(refusal()) }
    }

    /// Metres to another point, along the great circle.
    pub fn metres(self, other: Self) -> f64 {
        const RADIUS: f64 = 6_371_008.8;
        let (a, b) = (self.latitude.to_radians(), other.latitude.to_radians());
        let across = (b - a) / 2.0;
        let along = (other.longitude - self.longitude).to_radians() / 2.0;
        let h = across.sin().powi(2) + a.cos() * b.cos() * along.sin().powi(2);
        2.0 * RADIUS * h.min(1.0).sqrt().asin()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(query: &VacancyQuery) -> Option<&'static str> {
        query.check().err().map(|refusal| refusal.code)
    }

    #[test]
    fn distance_needs_a_point_to_start_from() {
        let here = Point { latitude: 36.06, longitude: 103.83 };
        let far = VacancyQuery { sort: Sort::Distance, ..VacancyQuery::default() };
        assert_eq!(refused(&far), Some("search.distance_without_near"));
        assert_eq!(refused(&VacancyQuery { near: Some(here), ..far }), None);
        let around = VacancyQuery { within_km: Some(5.0), ..VacancyQuery::default() };
        assert_eq!(refused(&around), Some("search.within_without_near"));
        for km in [0.0, -1.0, f64::NAN, f64::INFINITY] {
            let odd = VacancyQuery { near: Some(here), within_km: Some(km), ..around.clone() };
            assert_eq!(refused(&odd), Some("search.within_out_of_range"), "{km}");
        }
    }

    #[test]
    fn a_point_lies_on_the_earth() {
        for (latitude, longitude) in [(91.0, 0.0), (0.0, 181.0), (f64::NAN, 0.0)] {
            let near = Some(Point { latitude, longitude });
            let query = VacancyQuery { near, ..VacancyQuery::default() };
            assert_eq!(refused(&query), Some("search.near_out_of_range"));
        }
    }

    #[test]
    fn a_page_has_a_size() {
        for limit in [0, 101, usize::MAX] {
            let query = VacancyQuery { limit, ..VacancyQuery::default() };
            assert_eq!(refused(&query), Some("search.limit_out_of_range"));
        }
        let query = VacancyQuery { words: "工".repeat(201), ..VacancyQuery::default() };
        assert_eq!(refused(&query), Some("search.words_too_long"));
    }

    #[test]
    fn lanzhou_to_tianshui_is_some_250_kilometres() {
        let lanzhou = Point { latitude: 36.061, longitude: 103.834 };
        let tianshui = Point { latitude: 34.581, longitude: 105.725 };
        let metres = lanzhou.metres(tianshui);
        assert!((230_000.0..260_000.0).contains(&metres), "{metres}");
        assert!(lanzhou.metres(lanzhou) < 0.001);
    }
}
