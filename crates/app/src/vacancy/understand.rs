//! Understanding a question before it is asked of the index: what is a condition, what is a place,
//! and which work a phrase may mean that no table has.

use chrono::NaiveDate;
use model::{
    cell::plain::folded,
    reference::Reference,
    vacancy::{
        query::{Heard, Understood, Unsure, VacancyQuery},
        wish::{self, Reading, Said},
    },
};
use search::{Found, Hint, Index, Want};

use crate::Result;

/// So many good answers are enough.
const ENOUGH: u64 = 10;

/// Guesses at what the words may mean together, and how sure they must be, of a hundred.
const GUESSES: usize = 2;
const SURE: i64 = 30;

/// The answer to a question as it was understood. Conditions are filters where enough passes them
/// all; otherwise what keeps more of them comes first.
pub(super) fn answer(
    reference: &Reference,
    index: &Index,
    query: &VacancyQuery,
    (today, want): (NaiveDate, Want),
) -> Result<(Found, Understood)> {
    let plain = folded(&query.words);
    let is_work = |word: &str| is_work(reference, word);
    let reading = Reading::new(&reference.places, &reference.terms, (&plain, query), &is_work);
    let wished =
        VacancyQuery { words: String::new(), ..reading.filtered(&VacancyQuery::default()) };
    let meant = || meant(reference, &reading.words);
    let hint = Hint { beside: reading.beside.clone(), wished, meant: Some(&meant) };
    let seek = |query: &VacancyQuery| index.seek(query, &hint, today, want);
    let strict = filtered(seek, query, &reading)?;
    let is_strict = strict.is_some();
    let found = if let Some(found) = strict {
        found
    } else {
        // nothing but conditions that too little keeps: what says them
        let typed = reading.words.is_empty() || reading.wishes.is_empty();
        let words = if typed { &query.words } else { &reading.words };
        seek(&VacancyQuery { words: words.clone(), ..query.clone() })?
    };
    let heard = |said: &Said| Heard {
        wish: said.wish.clone(),
        without: wish::without(&said.bytes, &query.words, &plain),
    };
    let unsure = |unsure: &wish::Unsure| Unsure {
        typed: wish::only(&unsure.bytes, &query.words, &plain),
        candidates: unsure.candidates.clone(),
        without: wish::without(&unsure.bytes, &query.words, &plain),
    };
    let understood = Understood {
        wishes: reading.wishes.iter().map(heard).collect(),
        strict: is_strict,
        missing: found.missing.clone(),
        slips: found.slips.iter().map(|slip| (slip.typed.clone(), slip.meant.clone())).collect(),
        unsure: reading.unsure.as_ref().map(unsure),
    };
    Ok((found, understood))
}

/// The answer with the conditions as filters; `None` where there are none, where too little passes
/// them, and where the page before was not such a one.
fn filtered(
    seek: impl Fn(&VacancyQuery) -> Result<Found, search::Error>,
    query: &VacancyQuery,
    reading: &Reading,
) -> Result<Option<Found>> {
    if reading.wishes.is_empty() {
        return Ok(None);
    }
    match seek(&reading.filtered(query)) {
        Ok(found) => Ok(Some(found).filter(|f| f.good >= ENOUGH || query.cursor.is_some())),
        Err(search::Error::Refused(refusal)) if refusal.code == "search.cursor_malformed" => {
            Ok(None)
        }
        Err(other) => Err(other.into()),
    }
}

/// The occupations that the words together may mean.
fn meant(reference: &Reference, words: &str) -> Vec<String> {
    let guesses = reference.occupations.classify(words, GUESSES);
    let sure = guesses.into_iter().filter(|guess| guess.confidence >= SURE);
    sure.map(|guess| guess.code).collect()
}

/// Is a word a skill's or a trade's?
fn is_work(reference: &Reference, word: &str) -> bool {
    !reference.skills.read(word).is_empty() || !meant(reference, word).is_empty()
}
