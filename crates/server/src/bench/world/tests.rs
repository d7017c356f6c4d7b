//! The made-up world of vacancies: the same every time, and as skewed as a real one.

use std::collections::HashMap;

use super::*;

/// The reference tables of this program, from a database of their own.
async fn reference() -> std::sync::Arc<Reference> {
    let folder = tempfile::tempdir().unwrap();
    let app = app::App::open(app::Settings::in_folder(folder.path())).await.unwrap();
    app.reference().await.unwrap()
}

fn day() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 1).unwrap()
}

#[tokio::test]
async fn the_world_is_the_same_each_time_and_as_unequal_as_life() {
    let world = World::new(&*reference().await, 24_000, day()).unwrap();
    assert!(world.jobs.len() > 1_500 && world.firms == 2_000);
    assert_eq!(world.vacancy(7), world.vacancy(7));
    assert_eq!(world.employer(7), world.employer(7));
    assert!(world.spots.at_home(&mut World::dice(9, 1)).code.starts_with("62"));
    let employer = world.employer(11);
    assert_eq!(world.employer_name(employer.id), employer.details.name);
    let rows: Vec<_> = (0..2_000).map(|n| world.vacancy(n)).collect();
    assert!(rows.windows(2).all(|two| two[0].id < two[1].id));
    let mut trades: HashMap<&str, usize> = HashMap::new();
    let mut counties: HashMap<&str, usize> = HashMap::new();
    for row in &rows {
        let length = row.offer.duties.chars().count();
        assert!((75..=200).contains(&length), "{length}: {}", row.offer.duties);
        assert!(row.is_open(day()) && !row.offer.title.is_empty());
        *trades.entry(&row.offer.occupation).or_default() += 1;
        *counties.entry(row.offer.place.region.get(..6).unwrap()).or_default() += 1;
    }
    let most = |of: &HashMap<&str, usize>| of.values().max().copied().unwrap_or_default();
    assert!(trades.len() > 300 && most(&trades) > 20, "{} {}", trades.len(), most(&trades));
    assert!(counties.len() > 60 && most(&counties) > 40, "{}", counties.len());
}
