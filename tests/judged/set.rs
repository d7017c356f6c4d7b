//! The judged sets over the real postings, as they are kept: no word of a posting, only file and row.

use std::collections::{BTreeSet, HashMap};

use serde::Deserialize;

/// A posting by the layout of its file and its row, the first after the headings being 1.
pub(super) type Row = (String, i64);

#[derive(Deserialize)]
pub(super) struct Questions {
    pub file: Vec<File>,
    pub query: Vec<Query>,
}

#[derive(Deserialize)]
pub(super) struct File {
    pub layout: String,
    pub language: String,
    /// Beside the project, under `shared/data`.
    pub path: String,
    /// The first half of its digest: in another edition the rows are others.
    pub sha256: String,
}

#[derive(Deserialize)]
pub(super) struct Query {
    /// Begins with the language of the postings that were judged.
    pub group: String,
    pub words: String,
    #[serde(flatten)]
    pub grades: Grades,
}

#[derive(Deserialize)]
pub(super) struct People {
    pub person: Vec<Person>,
}

#[derive(Deserialize)]
pub(super) struct Person {
    pub label: String,
    pub row: Vec<String>,
    #[serde(flatten)]
    pub grades: Grades,
}

/// "ats 3 17": rows 3 and 17 of the file in the layout `ats`. What is not in here is worth nothing.
#[derive(Deserialize)]
#[serde(default)]
#[derive(Default)]
pub(super) struct Grades {
    meant: Vec<String>,
    close: Vec<String>,
    related: Vec<String>,
}

impl Questions {
    pub(super) fn read() -> Self {
        toml::from_str(include_str!("search.toml")).unwrap()
    }

    pub(super) fn language(&self, layout: &str) -> &str {
        self.file.iter().find(|file| file.layout == layout).map_or("", |file| &file.language)
    }
}

impl Query {
    /// Were postings in this language judged for it?
    pub(super) fn judges(&self, language: &str) -> bool {
        self.group.starts_with(language)
    }
}

impl People {
    pub(super) fn read() -> Self {
        toml::from_str(include_str!("matching.toml")).unwrap()
    }
}

impl Grades {
    pub(super) fn by_row(&self) -> HashMap<Row, u8> {
        let graded = [(3, &self.meant), (2, &self.close), (1, &self.related)];
        graded.into_iter().flat_map(|(grade, lines)| rows(lines).map(move |r| (r, grade))).collect()
    }
}

fn rows(lines: &[String]) -> impl Iterator<Item = Row> {
    lines.iter().flat_map(|line| {
        let (layout, rows) = line.split_once(' ').unwrap();
        rows.split(' ').map(move |row| (layout.to_owned(), row.parse().unwrap()))
    })
}

#[test]
fn every_question_has_an_answer_and_is_asked_once() {
    let judged = Questions::read();
    assert!(judged.query.len() >= 120, "{}", judged.query.len());
    let mut asked = BTreeSet::new();
    for query in &judged.query {
        let (words, grades) = (&query.words, query.grades.by_row());
        assert!(asked.insert((query.group.split('-').next(), words)), "{words} is asked twice");
        assert!(!grades.is_empty(), "{words}");
        let mine = |(layout, _): &Row| {
            judged.file.iter().any(|f| f.layout == *layout && query.judges(&f.language))
        };
        assert!(grades.keys().all(mine), "{words}");
    }
}

#[test]
fn every_person_has_a_post_worth_something() {
    let people = People::read().person;
    assert!(people.len() >= 60, "{}", people.len());
    for person in &people {
        assert!(!person.grades.by_row().is_empty(), "{}", person.label);
    }
}
