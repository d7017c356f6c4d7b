//! The counts of the facets against counting by hand.

use model::{
    occupation::within,
    vacancy::query::{Count, Facets},
};
use proptest::prelude::*;

use super::*;

/// Is it in the answer? Written from the vacancy itself, not from its numbers.
pub(super) fn passes(row: &Vacancy, query: &VacancyQuery) -> bool {
    let offer = &row.offer;
    let place = &offer.place.region;
    let step = |education: Education| education.step();
    row.is_open(today())
        && query.region.as_ref().is_none_or(|code| !place.is_empty() && code.contains(place))
        && query.occupation.as_ref().is_none_or(|code| within(code, &offer.occupation))
        && query.pay_from.is_none_or(|pay| offer.pay_to.is_some_and(|to| to >= pay))
        && query.education.is_none_or(|has| offer.education.is_none_or(|e| step(e) <= step(has)))
        && query.experience.is_none_or(|has| offer.experience_min.is_none_or(|min| min <= has))
        && query.form.is_none_or(|form| offer.form == Some(form))
        && query.benefits.iter().all(|benefit| offer.benefits.contains(benefit))
        && query.posted_since.is_none_or(|since| offer.posted_on.is_some_and(|day| day >= since))
}

/// Each value of a facet gives what it says.
fn holds<T: Clone + std::fmt::Debug>(
    rows: &[Vacancy],
    counts: &[Count<T>],
    choose: impl Fn(T) -> VacancyQuery,
) {
    for count in counts {
        let query = choose(count.value.clone());
        let expected = rows.iter().filter(|row| passes(row, &query)).count() as u64;
        assert_eq!(count.count, expected, "{:?}", count.value);
    }
}

fn all_hold(rows: &[Vacancy], facets: &Facets, query: &VacancyQuery) {
    let q = || query.clone();
    holds(rows, &facets.region, |code| VacancyQuery { region: Some(code), ..q() });
    holds(rows, &facets.occupation, |code| VacancyQuery { occupation: Some(code), ..q() });
    holds(rows, &facets.education, |has| VacancyQuery { education: Some(has), ..q() });
    holds(rows, &facets.experience, |has| VacancyQuery { experience: Some(has), ..q() });
    holds(rows, &facets.form, |form| VacancyQuery { form: Some(form), ..q() });
    holds(rows, &facets.pay_from, |pay| VacancyQuery { pay_from: Some(pay), ..q() });
    holds(rows, &facets.posted_since, |day| VacancyQuery { posted_since: Some(day), ..q() });
    holds(rows, &facets.benefits, |benefit| {
        let mut query = q();
        query.benefits.push(benefit);
        query
    });
}

pub(super) fn questions() -> impl Strategy<Value = VacancyQuery> {
    let of = |all: &'static [&'static str]| prop::option::of(prop::sample::select(all));
    let codes = of(&["620000", "620100", "620102", "620102001", "510000", "110000"]);
    let trades = of(&["2", "2-02", "2-02-10", "2-02-10-03", "4", "6-31-01-03"]);
    let numbers = (
        prop::option::of(prop::sample::select(vec![200_000_i64, 450_000, 900_000, 2_000_000])),
        prop::option::of(0_i64..40),
        prop::option::of(0_u64..60),
    );
    let kinds = (
        prop::option::of(prop::sample::select(Education::ALL)),
        prop::option::of(prop::sample::select(&[Form::FullTime, Form::Seasonal][..])),
        prop::collection::vec(prop::sample::select(Benefit::ALL), 0..2),
    );
    (codes, trades, numbers, kinds).prop_map(|(region, trade, (pay, months, days), kinds)| {
        let (education, form, benefits) = kinds;
        VacancyQuery {
            region: region.map(|code| code.parse().unwrap()),
            occupation: trade.map(Into::into),
            pay_from: pay,
            experience: months,
            posted_since: days.and_then(|days| today().checked_sub_days(Days::new(days))),
            education,
            form,
            benefits,
            ..VacancyQuery::default()
        }
    })
}

#[test]
fn counts_hold_under_any_filters() {
    let rows = vacancies(600);
    let (_dir, index) = index(&rows);
    proptest!(ProptestConfig::with_cases(120), |(query in questions())| {
        let found = index.find(&query, today()).unwrap();
        let expected = rows.iter().filter(|row| passes(row, &query)).count() as u64;
        prop_assert_eq!(found.total, expected);
        all_hold(&rows, &found.facets, &query);
    });
}

#[test]
fn without_a_filter_every_choice_is_offered() {
    let rows = vacancies(600);
    let (_dir, index) = index(&rows);
    let facets = index.find(&asking(""), today()).unwrap().facets;
    let provinces: Vec<_> = facets.region.iter().map(|c| c.value.as_str()).collect();
    assert_eq!(provinces, ["620000", "510000"]);
    assert_eq!(facets.education.len(), Education::ALL.len());
    assert_eq!(facets.form.len(), 2);
    assert_eq!(facets.occupation.len(), 3);
    assert_eq!(facets.benefits.len(), Benefit::ALL.len());
}
