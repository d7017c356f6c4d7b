//! The judged sets over the demonstration's vacancies, which are always there. These come from a
//! closed list of trades, so what a vacancy is worth follows from its title and its conditions.

use std::collections::HashMap;

use chrono::NaiveDate;
use model::{
    access::Actor,
    education::Education,
    vacancy::{Benefit, Form, Offer, Vacancy, query::VacancyQuery},
};
use serde::Deserialize;

use super::{Copy, Score, copy, matching};
use crate::world::{World, demonstration};

/// Hits asked for: copies among them do not take the places of others.
const ASKED: usize = 30;

#[derive(Deserialize)]
struct Questions {
    query: Vec<Query>,
}

#[derive(Deserialize)]
struct Query {
    group: String,
    words: String,
    #[serde(flatten)]
    trade: Trade,
    #[serde(flatten)]
    terms: Terms,
}

#[derive(Deserialize)]
struct People {
    person: Vec<Person>,
}

#[derive(Deserialize)]
struct Person {
    label: String,
    row: Vec<String>,
    #[serde(flatten)]
    trade: Trade,
    #[serde(flatten)]
    needs: Needs,
}

/// What was meant, in pieces of titles.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Trade {
    meant: Vec<String>,
    close: Vec<String>,
    related: Vec<String>,
    never: Vec<String>,
}

/// What a question says besides the trade.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Terms {
    /// The beginning of a code.
    region: String,
    /// A piece of the place as written.
    place: String,
    benefits: Vec<Benefit>,
    form: Option<Form>,
}

/// What a person needs, and what the person has.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Needs {
    /// Beginnings of codes.
    regions: Vec<String>,
    /// Yuan a month.
    pay: Option<i64>,
    forms: Vec<Form>,
    lodging: bool,
    board: bool,
    education: Option<Education>,
    years: Option<i64>,
    licences: Vec<String>,
}

impl Trade {
    fn grade(&self, title: &str) -> u8 {
        let says = |pieces: &[String]| pieces.iter().any(|piece| title.contains(piece));
        match () {
            () if says(&self.never) => 0,
            () if says(&self.meant) => 3,
            () if says(&self.close) => 2,
            () => u8::from(says(&self.related)),
        }
    }
}

impl Terms {
    /// How much they take away from the grade: 1 for each that is nearly kept or of which nothing is
    /// said, 2 for one that is not kept.
    fn unmet(&self, offer: &Offer) -> u8 {
        let (asked, found) = (self.region.as_str(), offer.place.region.as_str());
        let city = asked.get(..4).unwrap_or(asked);
        let far = match () {
            () if found.starts_with(asked) => 0,
            () if asked.len() > 4 && found.starts_with(city) => 1,
            () => 2,
        };
        let elsewhere = u8::from(!offer.place.text.contains(&self.place));
        let missing = self.benefits.iter().filter(|benefit| !offer.benefits.contains(benefit));
        let other = if self.form.is_none_or(|form| offer.form == Some(form)) { 0 } else { 3 };
        far + elsewhere + other + u8::try_from(missing.count()).unwrap()
    }
}

impl Needs {
    /// As for a question; 3 is beyond what the person can or will do.
    fn unmet(&self, offer: &Offer) -> u8 {
        let reached = |region: &String| offer.place.region.starts_with(region.as_str());
        let licensed =
            offer.skills.iter().filter(|need| need.must && need.code.contains("licence"));
        if !self.regions.iter().any(reached)
            || licensed.into_iter().any(|need| !self.licences.contains(&need.code))
            || !self.forms.is_empty() && offer.form.is_none_or(|form| !self.forms.contains(&form))
        {
            return 3;
        }
        let needed = [(self.lodging, Benefit::Lodging), (self.board, Benefit::Board)];
        let missing = needed.iter().filter(|(needs, b)| *needs && !offer.benefits.contains(b));
        self.short_of_pay(offer)
            + self.short_of_school(offer)
            + self.short_of_experience(offer)
            + u8::try_from(missing.count()).unwrap()
    }

    fn short_of_pay(&self, offer: &Offer) -> u8 {
        let Some(floor) = self.pay.map(|yuan| yuan * 100) else { return 0 };
        match (offer.pay_from, offer.pay_to) {
            (Some(from), _) if from >= floor => 0,
            (_, Some(to)) if to < floor => 3,
            (_, Some(to)) => u8::from(to * 100 < floor * 115),
            _ => 1,
        }
    }

    fn short_of_school(&self, offer: &Offer) -> u8 {
        let (Some(asked), Some(had)) = (offer.education, self.education) else { return 0 };
        match asked.step() - had.step() {
            ..=0 => 0,
            1 => 2,
            _ => 3,
        }
    }

    fn short_of_experience(&self, offer: &Offer) -> u8 {
        let (Some(asked), Some(had)) = (offer.experience_min, self.years) else { return 0 };
        match asked - had * 12 {
            ..=0 => 0,
            1..=12 => 1,
            13..=30 => 2,
            _ => 3,
        }
    }
}

/// The demonstration on the day of its newest vacancy.
struct Demo {
    world: World,
    open: Vec<Vacancy>,
}

impl Demo {
    async fn open() -> Self {
        let world = World::with(demonstration::copied()).await;
        let mut r = world.app.db().read().await.unwrap();
        let mut open = store::vacancy::all_after(&mut r, None, i64::MAX).await.unwrap();
        drop(r);
        let today: NaiveDate =
            open.iter().filter_map(|vacancy| vacancy.offer.posted_on).max().unwrap();
        open.retain(|vacancy| vacancy.is_open(today));
        world.at(&format!("{today}T04:00:00Z"));
        world.work().await;
        Self { world, open }
    }

    fn grades(&self, asked: &str, worth: impl Fn(&Offer) -> u8) -> HashMap<Copy, u8> {
        let mut grades: HashMap<Copy, u8> = HashMap::new();
        for vacancy in &self.open {
            let best = grades.entry(copy(vacancy)).or_default();
            *best = (*best).max(worth(&vacancy.offer));
        }
        assert!(grades.values().any(|grade| *grade > 1), "{asked} has no answer");
        grades
    }

    async fn searched(&self) -> Score {
        let questions: Questions = toml::from_str(include_str!("demo.toml")).unwrap();
        assert!(questions.query.len() >= 40, "{}", questions.query.len());
        let mut score = Score::new("search_demo");
        for Query { group, words, trade, terms } in &questions.query {
            let limit = ASKED;
            let asked = VacancyQuery { words: words.clone(), limit, ..VacancyQuery::default() };
            let found = app::vacancy::search(&self.world.app, &Actor::public(), &asked).await;
            let list = found.unwrap().items.iter().map(|hit| Some(copy(&hit.vacancy))).collect();
            let worth = |o: &Offer| trade.grade(&o.title).saturating_sub(terms.unmet(o));
            score.list(group, words, list, &self.grades(words, worth));
        }
        score
    }

    async fn matched(&self) -> Score {
        let people: People = toml::from_str(include_str!("matching_demo.toml")).unwrap();
        assert!(people.person.len() >= 20, "{}", people.person.len());
        let rows: Vec<_> = people.person.iter().map(|person| person.row.as_slice()).collect();
        let ids = matching::registered(&self.world, &rows).await;
        let mut score = Score::new("matching_demo");
        for (Person { label, trade, needs, .. }, id) in people.person.iter().zip(ids) {
            let list = matching::offered(&self.world, id, ASKED).await;
            let worth = |o: &Offer| trade.grade(&o.title).saturating_sub(needs.unmet(o));
            score.list("demo", label, list, &self.grades(label, worth));
        }
        score
    }
}

#[tokio::test]
async fn the_demonstrations_vacancies_that_were_meant_come_first() {
    let demo = Demo::open().await;
    let (found, offered) = (demo.searched().await, demo.matched().await);
    found.print();
    offered.print();
    found.hold();
    offered.hold();
}
