//! A vacancy as one entry of a list, in words.

use model::{
    Id,
    vacancy::{Vacancy, query::Hit},
};
use text::Lang;

use crate::frame::wording::Wording;

/// What an entry shows.
#[derive(Clone, Debug)]
pub struct Card {
    pub id: Id<Vacancy>,
    pub title: String,
    /// The language the employer writes in, as a tag: readers aloud need it.
    pub tongue: &'static str,
    pub employer: String,
    pub place: String,
    pub pay: String,
    pub facts: Vec<String>,
    pub benefits: Vec<String>,
    pub posted: String,
    pub distance: String,
    /// Pieces of the duties; `true` is a word of the question.
    pub snippet: Vec<(bool, String)>,
}

/// One fact with its name, and what stands small below it.
#[derive(Clone, Debug, Default)]
pub struct Fact {
    pub name: String,
    pub value: String,
    pub note: String,
}

impl Card {
    pub fn of_hit(hit: &Hit, wording: Wording<'_>) -> Self {
        let distance = hit.distance_km.map(|km| text::vacancy::distance(wording.lang, km));
        Self {
            distance: distance.unwrap_or_default(),
            snippet: hit.snippet.clone(),
            ..Self::new(&hit.vacancy, &hit.employer, wording)
        }
    }

    /// `employer` is the name, or empty on the employer's own page.
    pub fn new(vacancy: &Vacancy, employer: &str, wording: Wording<'_>) -> Self {
        let (lang, offer) = (wording.lang, &vacancy.offer);
        let posted = offer.posted_on.map(|day| text::date::ago(lang, day, wording.today));
        Self {
            id: vacancy.id,
            title: offer.title.clone(),
            tongue: text::lang::written(&offer.title).tag(),
            employer: employer.to_owned(),
            place: wording.place(offer),
            pay: text::wage::full(lang, offer.wage.as_ref()),
            facts: facts(vacancy, lang),
            benefits: offer.benefits.iter().map(|b| text::vacancy::benefit(lang, *b)).collect(),
            posted: posted.unwrap_or_default(),
            distance: String::new(),
            snippet: Vec::new(),
        }
    }
}

/// What is asked, in the order in which people look for it.
fn facts(vacancy: &Vacancy, lang: Lang) -> Vec<String> {
    let offer = &vacancy.offer;
    let education = text::vacancy::education_asked(lang, offer.education);
    let (from, to) = (offer.experience_min, offer.experience_max);
    let mut facts = vec![education, text::vacancy::experience_asked(lang, from, to)];
    facts.extend(offer.form.map(|form| text::vacancy::form(lang, form)));
    facts.extend(offer.headcount.map(|_| text::vacancy::places(lang, vacancy)));
    facts
}
