//! Filters as links: every choice is an address, so that it works without script and can be sent
//! to somebody.

use model::{
    region::Code,
    vacancy::{
        query::{Count, Facets, Heard, Sort, Unsure, VacancyQuery},
        wish::Wish,
    },
};
use text::{Lang, t};

use super::params;
use crate::frame::wording::Wording;

/// One thing to filter by, with its choices.
#[derive(Clone, Debug)]
pub struct Group {
    /// The parameter.
    pub name: &'static str,
    pub title: String,
    pub choices: Vec<Choice>,
    /// Something in it is chosen.
    pub open: bool,
}

/// A choice is a link; a chosen one leads back out of it.
#[derive(Clone, Debug)]
pub struct Choice {
    /// As the parameter takes it.
    pub value: String,
    pub label: String,
    pub count: u64,
    pub address: String,
    pub chosen: bool,
}

/// The question in hand, and the words for it.
pub struct Filters<'a> {
    pub wording: Wording<'a>,
    /// As in the address, from its first page on.
    pairs: Vec<(&'static str, String)>,
    sort: Sort,
    somewhere: bool,
}

/// What is no filter: the words and how the answer is given.
const OTHER: [&str; 4] = ["q", "sort", "limit", "cursor"];

/// The groups that stand open from the start.
const OPEN: [&str; 3] = ["region", "occupation", "wage_min"];

impl<'a> Filters<'a> {
    pub fn new(query: &VacancyQuery, wording: Wording<'a>) -> Self {
        let mut pairs = params::pairs(query, wording.today);
        pairs.retain(|(name, _)| *name != "cursor");
        Self { wording, pairs, sort: query.sort, somewhere: query.near.is_some() }
    }

    /// All groups that leave a choice, in the order in which people narrow.
    pub fn groups(&self, facets: &Facets) -> Vec<Group> {
        self.all(facets).into_iter().filter(|group| !group.choices.is_empty()).collect()
    }

    /// Every group, also those without a choice.
    pub fn all(&self, facets: &Facets) -> [Group; 8] {
        let since = |day: &_| params::since(*day, self.wording.today);
        [
            self.group("region", &facets.region, ToString::to_string),
            self.group("occupation", &facets.occupation, Clone::clone),
            self.group("wage_min", &facets.pay_from, |cents| params::yuan(*cents)),
            self.group("contract", &facets.form, ToString::to_string),
            self.group("education", &facets.education, ToString::to_string),
            self.group("experience", &facets.experience, |months| params::years(*months)),
            self.group("benefit", &facets.benefits, ToString::to_string),
            self.group("posted_since", &facets.posted_since, since),
        ]
    }

    fn group<T>(
        &self,
        name: &'static str,
        counts: &[Count<T>],
        value: impl Fn(&T) -> String,
    ) -> Group {
        let choices = self.choices(name, counts, value);
        let open = OPEN.contains(&name) || choices.iter().any(|c| c.chosen);
        let title = t(self.lang(), &format!("search.filter-{name}"), &[]);
        Group { name, title, choices, open }
    }

    /// One filter's values as links.
    pub fn choices<T>(
        &self,
        name: &'static str,
        counts: &[Count<T>],
        value: impl Fn(&T) -> String,
    ) -> Vec<Choice> {
        counts.iter().map(|c| self.choice(name, &value(&c.value), c.count)).collect()
    }

    fn choice(&self, name: &'static str, value: &str, count: u64) -> Choice {
        let now = self.pairs.iter().find(|(n, _)| *n == name).map_or("", |(_, v)| v);
        // the coordinates of `near` have a comma of their own
        let chosen = now == value || (name == "benefit" && now.split(',').any(|p| p == value));
        let then = match (chosen, name) {
            (true, "benefit") => without(now, value),
            (true, _) => String::new(),
            (false, "benefit") if !now.is_empty() => format!("{now},{value}"),
            (false, _) => value.to_owned(),
        };
        let (label, address) = (self.label(name, value), self.with(name, &then));
        Choice { value: value.to_owned(), label, count, address, chosen }
    }

    /// What is chosen, each a link to the same question without it.
    pub fn chips(&self) -> Vec<Choice> {
        let filters = self.pairs.iter().filter(|(name, _)| !OTHER.contains(name));
        let parts = filters.flat_map(|(name, value)| {
            let parts =
                if *name == "benefit" { value.split(',').collect() } else { vec![&**value] };
            parts.into_iter().map(move |part| (*name, part))
        });
        parts.map(|(name, part)| self.choice(name, part, 0)).collect()
    }

    /// The ways to sort that make sense for this question.
    pub fn sorts(&self) -> Vec<Choice> {
        let possible = |sort: &&Sort| **sort != Sort::Distance || self.somewhere;
        let choice = |sort: &Sort| Choice {
            value: sort.to_string(),
            label: t(self.lang(), &format!("search.sort-{sort}"), &[]),
            count: 0,
            address: self.with("sort", sort.code()),
            chosen: self.sort == *sort,
        };
        Sort::ALL.iter().filter(possible).map(choice).collect()
    }

    /// The filters as hidden fields of the search box: new words keep them.
    pub fn kept(&self) -> Vec<(&'static str, String)> {
        self.pairs.iter().filter(|(name, _)| *name != "q").cloned().collect()
    }

    /// The address without any filter, with the same words.
    pub fn cleared(&self) -> String {
        params::write(self.pairs().filter(|(name, _)| *name == "q"))
    }

    /// The address with one name changed; empty: without it.
    pub fn with(&self, name: &'static str, value: &str) -> String {
        let near = name == "near";
        let nowhere = near && value.is_empty() && self.sort == Sort::Distance;
        let keeps = |other: &str| {
            other != name && !(near && other == "within_km") && !(nowhere && other == "sort")
        };
        let kept = self.pairs().filter(|(other, _)| keeps(other));
        params::write(kept.chain((!value.is_empty()).then_some((name, value))))
    }

    fn pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        self.pairs.iter().map(|(name, value)| (*name, value.as_str()))
    }

    /// What the words were understood to say, each a link to the same question without those.
    pub fn heard(&self, heard: &[Heard]) -> Vec<Choice> {
        heard.iter().flat_map(|one| self.wish(one)).collect()
    }

    /// The places of one name, each a link to the same question there.
    pub fn places(&self, unsure: &Unsure) -> Vec<Choice> {
        let choice = |code: &Code| {
            let kept = self.pairs().filter(|(name, _)| !["q", "region"].contains(name));
            let there = [("q", unsure.without.as_str()), ("region", code.as_str())];
            let pairs = kept.chain(there).filter(|(_, value)| !value.is_empty());
            Choice {
                value: code.to_string(),
                label: self.wording.region_apart(code.as_str()),
                count: 0,
                address: params::write(pairs),
                chosen: false,
            }
        };
        unsure.candidates.iter().map(choice).collect()
    }

    fn wish(&self, heard: &Heard) -> Vec<Choice> {
        let (name, values) = match &heard.wish {
            Wish::Pay(cents) => ("wage_min", vec![params::yuan(*cents)]),
            Wish::Education(level) => ("education", vec![level.to_string()]),
            Wish::Experience(months) => ("experience", vec![params::years(*months)]),
            Wish::Form(form) => ("contract", vec![form.to_string()]),
            Wish::Region(code) => ("region", vec![code.to_string()]),
            Wish::Benefits(all) => ("benefit", all.iter().map(ToString::to_string).collect()),
        };
        let choice = |value: String| Choice {
            label: self.label(name, &value),
            count: 0,
            address: self.with("q", &heard.without),
            chosen: true,
            value,
        };
        values.into_iter().map(choice).collect()
    }

    /// The words for one value of a filter.
    fn label(&self, name: &str, value: &str) -> String {
        let (lang, places) = (self.lang(), &self.wording.reference.places);
        let said = |key: &str, arg: &str| t(lang, key, &[(arg, value.into())]);
        match name {
            "region" => {
                places.find(value).map_or(value.to_owned(), |r| text::region::name(lang, r))
            }
            // the names of the eight majors are those of a standard, and nobody looks for them
            "occupation" if value.len() == 1 => t(lang, &format!("search.occupation-{value}"), &[]),
            "occupation" => Some(self.wording.occupation(value))
                .filter(|name| !name.is_empty())
                .unwrap_or_else(|| value.to_owned()),
            "wage_min" => match value.parse::<i64>() {
                Ok(yuan) => text::wage::floor(lang, yuan.saturating_mul(100)),
                Err(_) => said("wage.floor", "sum"),
            },
            "contract" => t(lang, &format!("vacancy.form-{value}"), &[]),
            "education" => t(lang, &format!("education.{value}"), &[]),
            "experience" if value == "0" => t(lang, "search.experience_none", &[]),
            "experience" => {
                let months = value.parse::<f64>().unwrap_or_default() * 12.0;
                #[expect(clippy::cast_possible_truncation, reason = "a working life in months")]
                let time = text::vacancy::months(lang, months.round() as i64);
                t(lang, "search.experience", &[("time", time.into())])
            }
            "benefit" => t(lang, &format!("vacancy.benefit-{value}"), &[]),
            "posted_since" if value == "0" => t(lang, "date.today", &[]),
            "posted_since" => said("search.since", "days"),
            "within_km" => said("search.within", "km"),
            _ => t(lang, "search.near", &[]),
        }
    }

    const fn lang(&self) -> Lang {
        self.wording.lang
    }
}

fn without(list: &str, part: &str) -> String {
    list.split(',').filter(|p| *p != part).collect::<Vec<_>>().join(",")
}
