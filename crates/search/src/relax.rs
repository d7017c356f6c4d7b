//! How many vacancies other questions would find, for somebody whose own found none.

use chrono::NaiveDate;
use model::vacancy::query::VacancyQuery;

use crate::{Error, Index};

impl Index {
    /// The words that a text is understood to look for.
    pub fn words(&self, text: &str) -> Vec<String> {
        let asks = self.words.question(text).asks;
        asks.into_iter().map(|ask| ask.word.replace('_', " ")).collect()
    }

    /// The exact totals of questions, each as [`Index::find`] would give it.
    pub fn totals(&self, queries: &[VacancyQuery], today: NaiveDate) -> Result<Vec<u64>, Error> {
        let total = |query: &VacancyQuery| {
            let query = VacancyQuery { limit: 1, ..query.clone() };
            self.list(&query, today).map(|found| found.total)
        };
        queries.iter().map(total).collect()
    }
}
