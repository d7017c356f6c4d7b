//! The questions: the words of the query file, each with a place, a wage and a point drawn for it.

use model::{
    education::Education,
    vacancy::{
        Form,
        query::{Point, Sort, VacancyQuery},
    },
};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use search::Index;
use store::bench::{Asked, Work};

use crate::bench::world::World;

pub(super) struct Question {
    pub(super) words: String,
    asked: Asked,
    region: String,
    minor: String,
}

/// Kilometres of the questions about what lies around.
const AROUND: f64 = 20.0;

/// As many questions as lines of the file, or more: then with other places.
pub(super) fn all(world: &World, index: &Index, lines: &str, count: usize) -> Vec<Question> {
    let lines: Vec<&str> =
        lines.lines().map(str::trim).filter(|l| !l.is_empty() && !l.starts_with('#')).collect();
    let question = |n: usize| Question::new(world, index, lines.get(n % lines.len().max(1))?, n);
    (0..count).filter_map(question).collect()
}

impl Question {
    fn new(world: &World, index: &Index, words: &str, n: usize) -> Option<Self> {
        let dice = &mut World::dice(5, n);
        let (spot, home) = (world.spots.any(dice), world.spots.at_home(dice));
        let job = world.job(dice)?;
        let minor = job.code.get(..4)?.to_owned();
        let city = spot.code.get(..4)?.to_owned();
        let pay = dice.between(30, 70) * 10_000;
        let degrees = |dice: &mut crate::demo::dice::Dice| {
            f64::from(i32::try_from(dice.between(-40_000, 40_000)).unwrap_or_default()) / 1e6
        };
        let asked = Asked {
            words: index.asked(words),
            city: city.parse().ok()?,
            minor: minor.replace('-', "").parse().ok()?,
            form: 1,
            education: Education::College.step(),
            experience: 24,
            pay,
            today: day(world.today),
            longitude: home.longitude + degrees(dice),
            latitude: home.latitude + degrees(dice),
            kilometres: AROUND,
        };
        Some(Self { words: words.to_owned(), asked, region: format!("{city}00"), minor })
    }

    pub(super) fn asked(&self) -> &Asked {
        &self.asked
    }

    /// The address of the page for words and city.
    pub(super) fn address(&self) -> String {
        let words = utf8_percent_encode(&self.words, NON_ALPHANUMERIC);
        format!("/vacancies?q={words}&region={}", self.region)
    }

    /// The same work for our own engine.
    pub(super) fn query(&self, work: Work) -> VacancyQuery {
        let none = VacancyQuery::default();
        let words = || self.words.clone();
        let region = || self.region.parse().ok();
        let near = Some(Point { latitude: self.asked.latitude, longitude: self.asked.longitude });
        match work {
            Work::Words | Work::WordsFacets => VacancyQuery { words: words(), ..none },
            Work::WordsCityWage => VacancyQuery {
                words: words(),
                region: region(),
                pay_from: Some(self.asked.pay),
                ..none
            },
            Work::Facets => none,
            Work::WordsNear => VacancyQuery {
                words: words(),
                near,
                within_km: Some(AROUND),
                sort: Sort::Distance,
                ..none
            },
            Work::Filters => VacancyQuery {
                region: region(),
                occupation: Some(self.minor.clone()),
                form: Some(Form::FullTime),
                education: Some(Education::College),
                experience: Some(self.asked.experience),
                pay_from: Some(self.asked.pay),
                sort: Sort::New,
                ..none
            },
            Work::Nearest => VacancyQuery { near, sort: Sort::Distance, ..none },
        }
    }

    /// Words and city, as the result page asks.
    pub(super) fn page(&self) -> VacancyQuery {
        VacancyQuery {
            words: self.words.clone(),
            region: self.region.parse().ok(),
            ..VacancyQuery::default()
        }
    }
}

/// Days as the other engines are given them.
pub(super) fn day(day: chrono::NaiveDate) -> i64 {
    i64::from(chrono::Datelike::num_days_from_ce(&day))
}
