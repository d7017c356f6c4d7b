//! Rules about what a vacancy states in its fields, not about words.

use chrono::NaiveDate;

use super::{Finding, Gate, Text};
use crate::{
    cell,
    education::Education,
    term::Terms,
    vacancy::{Form, Offer},
    wage::Period,
};

/// What is usual among the open vacancies of the same occupation, of a hundred.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Usual {
    /// Vacancies that were counted.
    pub count: i64,
    /// Of a hundred, those that ask for less education than this one.
    pub less_education: i64,
    /// Of a hundred, those that ask for less experience.
    pub less_experience: i64,
}

/// What the gate must know beside the text.
#[derive(Clone, Copy, Debug)]
pub struct Facts<'a> {
    pub day: NaiveDate,
    pub terms: &'a Terms,
    /// `None` where too few vacancies of the occupation are known.
    pub usual: Option<Usual>,
    /// For an employer that offers work at others: may it, today?
    pub agency: Option<bool>,
}

impl Gate {
    /// Everything that is found in an offer.
    pub fn check(&self, offer: &Offer, facts: &Facts<'_>) -> Vec<Finding> {
        let texts = texts(offer);
        let region = offer.place.region.as_str();
        let mut findings = self.read(&texts, (facts.day, region), facts.terms);
        let fact = |code: &str, field: &str, words: String, limit: String| {
            let rule = self.rule(code, facts.day, region)?;
            Some(Finding { bound: limit, ..Finding::of(rule, field, (0, 0), &words) })
        };
        let told = [
            lacking(offer).and_then(|field| fact("content", field, String::new(), String::new())),
            low_wage(offer, facts.terms)
                .and_then(|(words, limit)| fact("wage_minimum", "wage", words, limit)),
            (offer.headcount == Some(0))
                .then(|| fact("headcount_none", "headcount", "0".into(), String::new()))
                .flatten(),
            (facts.agency == Some(false))
                .then(|| fact("agency_licence", "end_employer", String::new(), String::new()))
                .flatten(),
            (facts.agency.is_some() && offer.end_employer.is_empty())
                .then(|| fact("end_employer", "end_employer", String::new(), String::new()))
                .flatten(),
        ];
        findings.extend(told.into_iter().flatten());
        for (field, words, less) in over_specified(offer, facts) {
            findings.extend(fact("over_specified", field, words, less));
        }
        findings
    }
}

/// The texts of an offer in which conditions stand; the title first.
pub fn texts(offer: &Offer) -> [Text<'_>; 5] {
    [
        Text { field: "title", text: &offer.title },
        Text { field: "duties", text: &offer.duties },
        Text { field: "wage", text: &offer.wage_text },
        Text { field: "education", text: &offer.education_text },
        Text { field: "experience", text: &offer.experience_text },
    ]
}

/// The first thing that a notice of vacancy must say and this one does not.
fn lacking(offer: &Offer) -> Option<&'static str> {
    let said = [
        ("title", !offer.title.is_empty()),
        ("duties", !offer.duties.is_empty()),
        ("wage", offer.wage.is_some()),
        ("headcount", offer.headcount.is_some()),
    ];
    said.into_iter().find(|(_, is)| !is).map(|(field, _)| field)
}

/// The wage's lower end and the minimum that it does not reach, both in yuan, with the period.
/// The minimum a month stands for full-time work, the minimum an hour for part-time.
fn low_wage(offer: &Offer, terms: &Terms) -> Option<(String, String)> {
    /// What comes on top of the sum that is named is not known.
    const MORE: [&str; 5] = ["底薪", "提成", "计件", "commission", "piece"];
    let wage = offer.wage.as_ref().filter(|wage| wage.currency == "CNY")?;
    let said = cell::fold(&offer.wage_text);
    if MORE.iter().any(|word| said.contains(word)) {
        return None;
    }
    let by_hour = match offer.form {
        Some(Form::PartTime) => true,
        Some(Form::Temporary | Form::Seasonal) | None => wage.period == Period::Hour,
        // a trainee is paid a living allowance, which has a rule of its own
        Some(Form::Trainee) => return None,
        Some(Form::FullTime | Form::PublicWelfare) => false,
    };
    let key = if by_hour { "minimum_wage_hour" } else { "minimum_wage_month" };
    let least = terms.find(key, &offer.place.region)?.value;
    #[expect(clippy::cast_precision_loss, reason = "cents of a wage")]
    let offered = match (by_hour, wage.period) {
        (true, Period::Hour) => wage.min as f64 / 100.0,
        // a sum a day or a month says nothing about an hour of part-time work
        (true, _) => return None,
        (false, _) => wage.monthly(terms)?.0 as f64 / 100.0,
    };
    // nothing, or a few yuan, is a piece rate or a slip of the pen, not a wage
    (offered > 0.0 && offered < least)
        .then(|| (format!("{offered:.0}"), format!("{least:.1}").trim_end_matches(".0").into()))
}

/// Conditions that most vacancies of the occupation do without: the field, what is asked, and how
/// many of a hundred ask for less.
fn over_specified<'a>(
    offer: &'a Offer,
    facts: &Facts<'_>,
) -> impl Iterator<Item = (&'static str, String, String)> + use<'a> {
    let usual = facts.usual.unwrap_or_default();
    let share = facts.terms.find("over_specified_share", "").map(|term| term.value);
    #[expect(clippy::cast_precision_loss, reason = "of a hundred")]
    let most = move |less: i64| share.is_some_and(|share| less as f64 >= share);
    let education = offer.education.filter(|_| most(usual.less_education));
    let experience = offer.experience_min.filter(|m| *m > 0 && most(usual.less_experience));
    let education = education
        .map(Education::code)
        .map(|code| ("education", code.to_owned(), usual.less_education.to_string()));
    let experience = experience
        .map(|months| ("experience", months.to_string(), usual.less_experience.to_string()));
    education.into_iter().chain(experience)
}
