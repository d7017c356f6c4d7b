//! Whole answers against a scan by hand: which hits, in which order, how far, on every page.

use model::vacancy::query::Point;
use proptest::prelude::*;

use super::{facet::passes, *};

/// Words of which the documents here have one token each, so that the scan needs no dictionary.
const WORDS: [&str; 6] = ["", "电工", "会计", "c++", "java", "夜班"];

#[expect(clippy::cast_possible_truncation, reason = "metres on earth")]
fn whole(metres: f64) -> i64 {
    metres.round() as i64
}

/// What a question gives, best first: the id, and the metres where a point is given.
fn by_hand(rows: &[Vacancy], query: &VacancyQuery) -> Vec<(Id<Vacancy>, Option<i64>)> {
    let far = |row: &Vacancy| {
        let place = row.offer.place.latitude.zip(row.offer.place.longitude);
        let place = place.map(|(latitude, longitude)| Point { latitude, longitude });
        query.near.zip(place).map(|(near, place)| near.metres(place))
    };
    let near =
        |row: &Vacancy| query.within_km.is_none_or(|km| far(row).is_some_and(|m| m <= km * 1e3));
    let said = |row: &Vacancy| {
        let offer = &row.offer;
        let text = format!("{} {}", offer.title, offer.duties).to_lowercase();
        query.words.is_empty() || text.contains(&query.words)
    };
    let mut found: Vec<&Vacancy> =
        rows.iter().filter(|row| passes(row, query) && near(row) && said(row)).collect();
    let metres = |row: &Vacancy| far(row).map(whole);
    let newest = |row: &Vacancy| std::cmp::Reverse(row.offer.posted_on);
    match query.sort {
        Sort::Wage => {
            found.sort_by_key(|row| (-row.offer.pay_from.unwrap_or(-1), newest(row), row.id));
        }
        Sort::Distance => {
            found.sort_by_key(|row| (metres(row).unwrap_or(i64::MAX), newest(row), row.id));
        }
        Sort::Fit | Sort::New => found.sort_by_key(|row| (newest(row), row.id)),
    }
    found.into_iter().map(|row| (row.id, metres(row))).collect()
}

fn questions() -> impl Strategy<Value = VacancyQuery> {
    let near = prop::option::of((34.5..38.5_f64, 102.5..106.5_f64));
    let kilometres = prop::option::of(prop::sample::select(vec![2.0, 20.0, 90.0, 400.0, 9_000.0]));
    let words = prop::sample::select(&WORDS[..]);
    let sort = prop::sample::select(&[Sort::New, Sort::Wage, Sort::Distance][..]);
    (facet::questions(), words, near, kilometres, sort, 1_usize..60).prop_map(
        |(question, words, near, within, sort, limit)| {
            let near = near.map(|(latitude, longitude)| Point { latitude, longitude });
            let sort = if near.is_none() && sort == Sort::Distance { Sort::New } else { sort };
            let within_km = within.filter(|_| near.is_some());
            VacancyQuery { words: words.into(), near, within_km, sort, limit, ..question }
        },
    )
}

#[test]
fn every_answer_is_that_of_a_scan() {
    let mut rows = vacancies(2_500);
    let (_dir, index) = index(&rows);
    // several segments, some with documents that are gone
    for part in rows[..600].chunks_mut(150) {
        for row in part.iter_mut().step_by(3) {
            row.offer.pay_from = Some(700_000);
            row.offer.pay_to = Some(800_000);
            row.offer.posted_on = Some(today());
        }
        let changed: Vec<_> = part.iter().step_by(3).map(entry).collect();
        index.apply(&changed, &[], mark(8)).unwrap();
    }
    let gone: Vec<_> = rows.iter().step_by(11).map(|row| row.id).collect();
    index.apply(&[], &gone, mark(9)).unwrap();
    rows.retain(|row| !gone.contains(&row.id));
    proptest!(ProptestConfig::with_cases(200), |(query in questions())| {
        let expected = by_hand(&rows, &query);
        let found = index.list(&query, today()).unwrap();
        prop_assert_eq!(found.total, expected.len() as u64);
        let faced = index.find(&query, today()).unwrap();
        prop_assert_eq!((&faced.hits, faced.total), (&found.hits, found.total));
        let query = VacancyQuery { limit: query.limit.max(20), ..query };
        let hits = walk(&index, &query, |_| ());
        let metres = |hit: &Hit| hit.distance_km.map(|km| whole(km * 1_000.0));
        let hits: Vec<_> = hits.iter().map(|hit| (hit.id, metres(hit))).collect();
        prop_assert_eq!(hits, expected);
    });
}

#[test]
fn the_best_words_come_first_and_the_totals_hold() {
    let rows = vacancies(1_000);
    let (_dir, index) = index(&rows);
    let open = |row: &&Vacancy| row.is_open(today());
    for word in ["电工", "会计", "java", "养老护理员"] {
        let query = VacancyQuery { limit: 100, ..asking(word) };
        let found = walk(&index, &query, |_| ());
        let has = |row: &&Vacancy| row.offer.title.to_lowercase().contains(word);
        assert_eq!(found.len(), rows.iter().filter(open).filter(has).count(), "{word}");
        assert!(found.is_sorted_by_key(|hit| std::cmp::Reverse(hit.score)), "{word}");
    }
}
