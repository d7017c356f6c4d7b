//! What the law asks of whoever does some work: a paper by name, since when, and where that stands.
//! 持证上岗

use std::collections::HashMap;

use chrono::NaiveDate;
use serde::Serialize;

/// One dated row.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Statute {
    /// Any level of the classification; empty: whatever the title says.
    pub occupation: String,
    /// One of these stands in the title, divided by `|`.
    pub titles: String,
    /// None of these does; may be empty.
    pub except_titles: String,
    /// The least paper that will do.
    pub skill: String,
    pub valid_from: NaiveDate,
    pub valid_to: Option<NaiveDate>,
    #[sqlx(flatten)]
    pub basis: Basis,
    pub note: String,
}

/// Where it stands, in both languages.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, sqlx::FromRow)]
pub struct Basis {
    #[sqlx(rename = "basis_zh")]
    pub zh: String,
    #[sqlx(rename = "basis_en")]
    pub en: String,
}

/// All rows, by occupation.
#[derive(Debug, Default, PartialEq)]
pub struct Statutes(HashMap<String, Vec<Statute>>);

impl Statutes {
    pub fn new(rows: Vec<Statute>) -> Self {
        let mut all: HashMap<String, Vec<Statute>> = HashMap::new();
        for row in rows {
            all.entry(row.occupation.clone()).or_default().push(row);
        }
        Self(all)
    }

    /// What the law asks on a day of whoever does this work.
    pub fn of(&self, occupation: &str, title: &str, day: NaiveDate) -> Vec<&Statute> {
        let title = title.to_lowercase();
        let has = |words: &str| words.split('|').any(|w| !w.is_empty() && title.contains(w));
        let mut asked: Vec<_> = self.about(occupation, day).collect();
        asked.retain(|row| has(&row.titles) && !has(&row.except_titles));
        asked
    }

    /// Where it stands that the law asks for a paper in an occupation, whatever the title is.
    pub fn basis(&self, occupation: &str, skill: &str, day: NaiveDate) -> Option<&Basis> {
        self.about(occupation, day).find(|row| row.skill == skill).map(|row| &row.basis)
    }

    /// The rows of an occupation, of what it lies in, and of none.
    fn about(&self, occupation: &str, day: NaiveDate) -> impl Iterator<Item = &Statute> {
        let ends = occupation.match_indices('-').map(|(at, _)| at).chain([occupation.len()]);
        let nodes = ends.filter_map(|end| occupation.get(..end)).filter(|node| !node.is_empty());
        let rows = nodes.chain([""]).filter_map(|node| self.0.get(node)).flatten();
        rows.filter(move |row| row.valid_from <= day && row.valid_to.is_none_or(|to| day < to))
    }
}
