//! The two sides as the rule sees them. What is not in these structs cannot count.

use crate::{
    Id,
    education::Education,
    jobseeker::{Jobseeker, Profile, Wish},
    matching::licence,
    skill::Need,
    term::Terms,
    vacancy::{Benefit, Form, Place, Vacancy},
};
use chrono::NaiveDate;

/// A jobseeker's side.
#[derive(Clone, Debug, PartialEq)]
pub struct Person {
    /// All that is kept of the date of birth.
    pub of_legal_age: bool,
    pub home: Spot,
    /// Without its free text.
    pub wish: Wish,
    /// Sorted.
    pub skills: Vec<String>,
    pub education: Option<Education>,
    /// Months.
    pub experience: Option<i64>,
}

/// A vacancy's side.
#[derive(Clone, Debug, PartialEq, sqlx::FromRow)]
pub struct Post {
    /// Open to the public on the day.
    pub open: bool,
    pub occupation: String,
    #[sqlx(flatten)]
    pub spot: Spot,
    /// Cents a month.
    pub pay_from: Option<i64>,
    pub pay_to: Option<i64>,
    pub education: Option<Education>,
    /// Months.
    pub experience_min: Option<i64>,
    pub form: Option<Form>,
    #[sqlx(json)]
    pub skills: Vec<Need>,
    /// Empty: nothing is said.
    #[sqlx(json)]
    pub benefits: Vec<Benefit>,
    pub posted_on: Option<NaiveDate>,
}

/// An open post as a row.
#[derive(Clone, Debug, PartialEq, sqlx::FromRow)]
pub struct Opening {
    pub id: Id<Vacancy>,
    #[sqlx(flatten)]
    pub post: Post,
}

/// A jobseeker as a row, without the person's own words.
#[derive(Clone, Debug, PartialEq, sqlx::FromRow)]
pub struct Seeker {
    pub id: Id<Jobseeker>,
    #[sqlx(flatten)]
    pub profile: Profile,
}

/// Where somebody or something is.
#[derive(Clone, Debug, Default, PartialEq, sqlx::FromRow)]
pub struct Spot {
    /// Region code, or empty.
    pub region: String,
    pub longitude: Option<f64>,
    pub latitude: Option<f64>,
}

/// A place in millionths of a degree.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Point {
    pub east: i64,
    pub north: i64,
}

impl Person {
    /// `terms` are those in force on `day`.
    pub fn new(profile: &Profile, terms: &Terms, day: NaiveDate) -> Self {
        let mut skills = profile.skills.clone();
        skills.retain(|skill| licence::counts(skill));
        skills.sort();
        skills.dedup();
        Self {
            of_legal_age: of_legal_age(profile, terms, day),
            home: Spot::from(&profile.place),
            wish: Wish { text: String::new(), ..profile.wish.clone() },
            skills,
            education: profile.education,
            experience: profile.experience,
        }
    }

    pub(super) fn has(&self, skill: &str) -> bool {
        self.skills.binary_search_by(|own| own.as_str().cmp(skill)).is_ok()
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

impl Post {
    pub fn new(vacancy: &Vacancy, day: NaiveDate) -> Self {
        let offer = &vacancy.offer;
        Self {
            open: vacancy.is_open(day),
            occupation: offer.occupation.clone(),
            spot: Spot::from(&offer.place),
            pay_from: offer.pay_from,
            pay_to: offer.pay_to,
            education: offer.education,
            experience_min: offer.experience_min,
            form: offer.form,
            skills: offer.skills.clone(),
            benefits: offer.benefits.clone(),
            posted_on: offer.posted_on,
        }
    }
}

impl From<&Place> for Spot {
    fn from(place: &Place) -> Self {
        Self { region: place.region.clone(), longitude: place.longitude, latitude: place.latitude }
    }
}

impl Spot {
    pub fn point(&self) -> Option<Point> {
        #[expect(clippy::cast_possible_truncation, reason = "degrees are at most 180")]
        let millionths = |degrees: f64| (degrees * 1e6).round() as i64;
        Some(Point { east: millionths(self.longitude?), north: millionths(self.latitude?) })
    }
}

impl Point {
    /// Metres along the ground, within 0.5 % up to some hundred kilometres. Integers only, so that
    /// every machine gives the same.
    pub fn metres_to(self, other: Self) -> i64 {
        // Bhaskara's cosine of degrees: (32400 − 4x²) / (32400 + x²), at most 0.2 % off.
        let mean = i64::midpoint(self.north, other.north) / 1_000;
        let square = mean * mean / 1_000;
        let cosine = (32_400_000 - 4 * square) * 10_000 / (32_400_000 + square);
        // A degree of a great circle is 111,195 m.
        let metres = |millionths: i64| millionths * 111_195 / 1_000_000;
        let east = metres(self.east - other.east) * cosine / 10_000;
        let north = metres(self.north - other.north);
        (east * east + north * north).isqrt()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn point(longitude: f64, latitude: f64) -> Point {
        let spot = Spot { longitude: Some(longitude), latitude: Some(latitude), ..Spot::default() };
        spot.point().unwrap()
    }

    #[test]
    fn distances_are_those_of_the_map() {
        let lanzhou = point(103.834_303, 36.061_089);
        let tianshui = point(105.724_979, 34.580_885);
        let sanya = point(109.511_909, 18.252_847);
        let haikou = point(110.199_889, 20.044_22);
        // By the haversine: 237.7 and 211.9 km.
        assert!((236_000..239_000).contains(&lanzhou.metres_to(tianshui)));
        assert!((210_500..212_700).contains(&sanya.metres_to(haikou)));
        assert_eq!(lanzhou.metres_to(tianshui), tianshui.metres_to(lanzhou));
        assert_eq!(haikou.metres_to(haikou), 0);
    }

    #[test]
    fn a_place_without_degrees_is_no_point() {
        assert_eq!(Spot { longitude: Some(1.0), ..Spot::default() }.point(), None);
    }
}
