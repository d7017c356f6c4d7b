//! The committed tables, read from their files: what the tests of the readers stand on.

use std::{fs::File, path::PathBuf, sync::LazyLock};

use crate::{
    compliance::{Gate, Rule, Wording},
    occupation::{Occupation, classify::Classifier},
    region::{Region, gazetteer::Gazetteer},
    skill::{Skill, lexicon::Lexicon},
    term::{Term, Terms},
    title::{Texts, Word},
};

pub(crate) static PLACES: LazyLock<Gazetteer> = LazyLock::new(|| Gazetteer::new(regions()));
pub(crate) static OCCUPATIONS: LazyLock<Classifier> =
    LazyLock::new(|| Classifier::new(occupations(), texts));
pub(crate) static SKILLS: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::new(skills()));

/// All that readers of words need, without the tables of matching; terms as of 2026-03-01.
pub(crate) fn reference() -> crate::reference::Reference {
    let day = chrono::NaiveDate::from_ymd_opt(2026, 3, 1).unwrap();
    crate::reference::Reference {
        catalogue: std::sync::Arc::default(),
        places: Gazetteer::new(regions()),
        occupations: Classifier::new(occupations(), texts),
        skills: Lexicon::new(skills()),
        english: std::collections::BTreeMap::new(),
        synonyms: Vec::new(),
        terms: Terms::on(day, terms()),
        gate: Gate::new(Vec::new(), Vec::new()),
    }
}

/// A file of the folder of sources beside the project; `None`, and said so, where it is absent.
pub(crate) fn source(name: &str) -> Option<File> {
    let path = root().join("../shared/data").join(name);
    let file = File::open(&path).ok();
    if file.is_none() {
        println!("skipped: {name} is not here");
    }
    file
}

pub(crate) fn regions() -> Vec<Region> {
    let day = |text: &str| text.parse().ok();
    rows("region")
        .map(|row| Region {
            code: row[0].into(),
            level: row[1].parse().unwrap(),
            name: row[2].into(),
            parent: row[3].into(),
            pinyin: row[4].into(),
            aliases: row[5].into(),
            longitude: row[6].parse().ok(),
            latitude: row[7].parse().ok(),
            valid_from: day(&row[8]).unwrap_or_default(),
            valid_to: day(&row[9]),
            successor: row[10].into(),
        })
        .collect()
}

pub(crate) fn occupations() -> Vec<Occupation> {
    rows("occupation")
        .map(|row| Occupation {
            code: row[0].into(),
            level: row[1].parse().unwrap(),
            name: row[2].into(),
            parent: row[3].into(),
            definition: row[4].into(),
            aliases: row[5].into(),
            edition: row[6].into(),
        })
        .collect()
}

pub(crate) fn texts() -> Texts {
    let pairs = |table| rows(table).map(|row| (row[0].into(), row[1].into())).collect();
    let word = |row: csv::StringRecord| Word {
        concept: row[0].into(),
        broader: row[1].into(),
        words: format!("{}|{}", &row[2], &row[3]),
    };
    Texts {
        titles: pairs("occupation_title"),
        tasks: pairs("occupation_task"),
        labels: pairs("esco"),
        bridge: pairs("isco_bridge"),
        words: rows("title_word").map(word).collect(),
    }
}

pub(crate) fn skills() -> Vec<Skill> {
    rows("skill")
        .map(|row| Skill {
            code: row[0].into(),
            name_zh: row[1].into(),
            name_en: row[2].into(),
            aliases: row[3].into(),
            occupation: row[4].into(),
            licence: row[5].parse().unwrap(),
        })
        .collect()
}

pub(crate) fn rules() -> Vec<Rule> {
    let day = |text: &str| text.parse().ok();
    rows("compliance")
        .map(|row| Rule {
            code: row[0].into(),
            ground: row[1].into(),
            strength: row[2].parse().unwrap(),
            lifts: row[3].into(),
            reach: row[4].parse().unwrap(),
            region: row[5].into(),
            valid_from: day(&row[6]).unwrap(),
            valid_to: day(&row[7]),
            basis_zh: row[8].into(),
            basis_en: row[9].into(),
            note: row[10].into(),
        })
        .collect()
}

pub(crate) fn wordings() -> Vec<Wording> {
    let wording = |row: csv::StringRecord| Wording { rule: row[0].into(), pattern: row[1].into() };
    rows("compliance_wording").map(wording).collect()
}

pub(crate) fn terms() -> Vec<Term> {
    rows("term")
        .map(|row| Term {
            key: row[0].into(),
            region: row[1].into(),
            value: row[2].parse().unwrap(),
            unit: row[3].into(),
            valid_from: row[4].parse().unwrap(),
            valid_to: row[5].parse().ok(),
            basis: row[6].into(),
        })
        .collect()
}

fn rows(table: &str) -> impl Iterator<Item = csv::StringRecord> {
    let path = root().join("migrations/seed").join(format!("{table}.csv"));
    csv::Reader::from_path(path).unwrap().into_records().map(Result::unwrap)
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..")
}
