//! The files as the importer's rules see them.

use std::collections::BTreeMap;

use encoding_rs::GB18030;
use model::{
    compliance::Gate,
    intake::{Row, binding::Binding, jobseeker, layout, vacancy},
    occupation::classify::Classifier,
    reference::Reference,
    region::gazetteer::Gazetteer,
    skill::lexicon::Lexicon,
    term::Terms,
};

use super::{
    super::{person, trade},
    *,
};

fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 22).unwrap()
}

/// Without tables: what is refused is refused without them.
fn reference() -> Reference {
    Reference {
        catalogue: std::sync::Arc::default(),
        places: Gazetteer::new(Vec::new()),
        occupations: Classifier::new(Vec::new(), Default::default),
        skills: Lexicon::new(Vec::new()),
        english: BTreeMap::new(),
        synonyms: Vec::new(),
        gate: Gate::new(Vec::new(), Vec::new()),
        terms: Terms::default(),
    }
}

fn rows(table: Table) -> Vec<Row> {
    let headings = table.headings.iter().map(|h| (*h).to_owned()).collect();
    let rows = [headings].into_iter().chain(table.rows);
    (1..).zip(rows).map(|(number, cells)| Row { number, cells }).collect()
}

/// How many rows each refusal has, and how many rows there are.
fn refusals(
    noun: Noun,
    table: Table,
    read: impl Fn(&Binding, &Row) -> Option<&'static str>,
) -> (BTreeMap<&'static str, usize>, usize) {
    let rows = rows(table);
    let binding = Binding::recognise(noun, &rows, layout::builtin());
    assert_eq!(binding.missing(), []);
    let mut refused = BTreeMap::new();
    for code in rows.iter().skip(1).filter_map(|row| read(&binding, row)) {
        *refused.entry(code).or_default() += 1;
    }
    (refused, rows.len() - 1)
}

#[test]
fn one_or_two_rows_in_a_hundred_are_refused_each_for_its_own_reason() {
    let (trades, mut dice) = (trade::all().unwrap(), Dice::new(SEED));
    let posts = post::all(&mut dice, &trades, 2_000, today());
    let table = Table::of_posts(&mut dice, "", &posts);
    let reference = reference();
    let (refused, all) = refusals(Noun::Vacancies, table, |binding, row| {
        vacancy::read(&reference, binding, row, today()).err().map(|faults| faults[0].refusal.code)
    });
    let sum: usize = refused.values().sum();
    assert!(refused.len() >= 4 && (all / 100..all / 40).contains(&sum), "{refused:?} of {all}");

    let people: Vec<_> =
        (0..2_000).filter_map(|_| person::new(&mut dice, &trades, today())).collect();
    let table = Table::of_people(&mut dice, "", &people);
    let (refused, all) = refusals(Noun::Jobseekers, table, |binding, row| {
        let read = jobseeker::read(&reference, binding, row, today());
        read.err().map(|faults| faults[0].refusal.code)
    });
    let sum: usize = refused.values().sum();
    assert!(refused.len() >= 4 && (all / 100..all / 40).contains(&sum), "{refused:?} of {all}");
}

#[test]
fn the_files_are_the_same_wherever_they_are_made_and_are_made_once() {
    let folder = tempfile::tempdir().unwrap();
    let [one, other] = ["one", "other"].map(|name| folder.path().join(name));
    let (made, again) = (files(&one, today()).unwrap(), files(&other, today()).unwrap());
    for ((_, path), (_, twin)) in made.iter().zip(&again) {
        let bytes = fs::read(path).unwrap();
        assert!(bytes.len() > 100_000, "{}", path.display());
        assert!(bytes == fs::read(twin).unwrap(), "{}", path.display());
    }
    let (_, csv) = &made[1];
    let bytes = fs::read(csv).unwrap();
    let (text, _, unreadable) = GB18030.decode(&bytes);
    assert!(!unreadable && text.contains("甘谷县"));
    fs::write(csv, "mended by hand").unwrap();
    files(&one, today()).unwrap();
    assert_eq!(fs::read_to_string(csv).unwrap(), "mended by hand");
}
