//! Slips of the pen: where a word is found nowhere, or nothing good has it, what may have been meant.

use chrono::NaiveDate;
use model::vacancy::query::VacancyQuery;

use crate::{
    Error, Hint,
    cursor::Key,
    find::{self, Found, Said, Want},
    snapshot::Snapshot,
    words::{Bond, Kind, Question, Slip, Words},
};

/// Letters of the shortest and the longest word that is put right.
const SHORTEST: usize = 5;
const LONGEST: usize = 20;

/// So many words of one question are put right.
const MOST: usize = 3;

/// Answers a question, with slips put right where that helps.
pub(crate) fn answer(
    words: &Words,
    snapshot: &Snapshot,
    query: &VacancyQuery,
    hint: &Hint<'_>,
    today: NaiveDate,
    want: Want,
) -> Result<Found, Error> {
    let after = query.cursor.as_deref().map(|text| Key::read(text, query)).transpose()?;
    let asked = words.question(&query.words);
    let (typed, mut slips) = put_right(&asked, snapshot, &query.words)?;
    let asked = if slips.is_empty() { asked } else { words.question(&typed) };
    let beside = words.question(&hint.beside);
    let by = |mut question: Question, slips: &[Slip]| {
        question.beside(beside.clone());
        question.spelt(slips);
        find::find(snapshot, &Said { query, question: &question, hint, after }, today, want)
    };
    let quoted = asked.asks.iter().any(|ask| ask.exact);
    let spoken = if quoted { None } else { words.as_it_sounds(&typed) };
    let Some((text, slip)) = spoken else {
        let (found, _) = by(asked, &slips)?;
        return Ok(Found { slips, ..found });
    };
    let mended = match after {
        Some((_, plan)) => plan.mended,
        None => !is_written(&words.question(&slip.typed), snapshot)?,
    };
    if mended {
        let (better, plan) = by(words.question(&text), &slips)?;
        if better.good > 0 || after.is_some() {
            let next = better.next.as_deref().and_then(|next| Key::read(next, query).ok());
            let plan = find::Plan { mended: true, ..plan };
            let next = next.map(|(key, _)| key.write(plan, query));
            slips.push(slip);
            return Ok(Found { slips, next, ..better });
        }
    }
    let (found, _) = by(asked, &slips)?;
    Ok(Found { slips, ..found })
}

/// Does any title have these characters beside each other?
fn is_written(typed: &Question, snapshot: &Snapshot) -> Result<bool, Error> {
    for ask in typed.asks.iter().filter(|ask| ask.kind == Kind::Pair) {
        for (token, _) in &ask.close {
            if frequency(snapshot, token)? > 0 {
                return Ok(true);
            }
        }
    }
    Ok(false)
}

/// A word is a slip where another one is in so many times more documents.
const RARER: u64 = 200;

/// The text with its words of letters put right that next to nothing has, one slip from one that
/// many have.
fn put_right(
    asked: &Question,
    snapshot: &Snapshot,
    text: &str,
) -> Result<(String, Vec<Slip>), Error> {
    let (mut text, mut slips) = (text.to_owned(), Vec::new());
    for ask in &asked.asks {
        let word = &ask.word;
        let letters = word.bytes().all(|byte| byte.is_ascii_lowercase());
        let long = (SHORTEST..=LONGEST).contains(&word.len());
        if !letters || !long || ask.exact || ask.kind == Kind::Beside || slips.len() == MOST {
            continue;
        }
        let far = |bond: &Bond| matches!(bond, Bond::Kin | Bond::Root | Bond::Part);
        let close = ask.close.iter().filter(|(_, bond)| !far(bond)).map(|(token, _)| token);
        let mut found = 0;
        for token in std::iter::once(word).chain(close) {
            found += frequency(snapshot, token)?;
        }
        // nobody looks long for what is common
        if found * RARER > snapshot.searcher.num_docs() {
            continue;
        }
        if let Some((count, meant)) = nearest(snapshot, word)?
            && count > found * RARER
        {
            text = replaced(&text, word, &meant);
            slips.push(Slip { typed: word.clone(), meant });
        }
    }
    Ok((text, slips))
}

fn frequency(snapshot: &Snapshot, token: &str) -> Result<u64, Error> {
    Ok(snapshot.token(token)?.frequency)
}

/// The word in most documents that is one slip away, and in how many: a letter left out, doubled or
/// exchanged with the next before a wrong one.
fn nearest(snapshot: &Snapshot, word: &str) -> Result<Option<(u64, String)>, Error> {
    for variants in [moved(word), wrong(word)] {
        let mut best = None;
        for other in variants {
            let count = frequency(snapshot, &other)?;
            if count > best.as_ref().map_or(0, |(count, _)| *count) {
                best = Some((count, other));
            }
        }
        if best.is_some() {
            return Ok(best);
        }
    }
    Ok(None)
}

/// Every word that is one letter more or less, or two beside each other exchanged. The first letter
/// is seldom wrong.
fn moved(word: &str) -> Vec<String> {
    let mut all = Vec::new();
    for at in 1..=word.len() {
        let Some((before, after)) = word.split_at_checked(at) else { continue };
        let mut rest = after.chars();
        if let Some(first) = rest.next() {
            let later = rest.as_str();
            all.push(format!("{before}{later}"));
            if let Some(second) = rest.next().filter(|second| *second != first) {
                all.push(format!("{before}{second}{first}{}", rest.as_str()));
            }
        }
        all.extend(('a'..='z').map(|letter| format!("{before}{letter}{after}")));
    }
    all
}

/// Every word with one letter that is another.
fn wrong(word: &str) -> Vec<String> {
    let mut all = Vec::new();
    for (at, was) in word.char_indices().skip(1) {
        let Some((before, after)) = word.split_at_checked(at) else { continue };
        let later = after.get(1..).unwrap_or_default();
        let others = ('a'..='z').filter(|letter| *letter != was);
        all.extend(others.map(|letter| format!("{before}{letter}{later}")));
    }
    all
}

/// `text` with a word, however it is written there, exchanged.
fn replaced(text: &str, word: &str, meant: &str) -> String {
    model::cell::plain::folded(text).replacen(word, meant, 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_slip_is_a_letter_more_less_other_or_two_exchanged() {
        for typed in ["electrican", "javascirpt", "acountant", "weldder", "weldar"] {
            let meant = [moved(typed), wrong(typed)].concat();
            let words = ["electrician", "javascript", "accountant", "welder"];
            assert!(words.iter().any(|word| meant.iter().any(|one| one == word)), "{typed}");
            assert!(meant.iter().all(|one| one != typed), "{typed}");
        }
        assert!(moved("abcdefghij").len() + wrong("abcdefghij").len() < 700);
    }
}
