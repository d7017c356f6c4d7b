//! What a question says about the work besides which it is: 包吃住, 大专, 应届, "月薪2万以上", "part
//! time", 天河区. Read by the same rules as the cells of a file.

mod phrase;
mod place;
mod sum;

use std::ops::Range;

use crate::{
    education::Education,
    region::{Code, gazetteer::Gazetteer},
    term::Terms,
    vacancy::{Benefit, Form, query::VacancyQuery},
};

/// One thing that was said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wish {
    /// Cents a month.
    Pay(i64),
    /// What the person has.
    Education(Education),
    /// Months the person has.
    Experience(i64),
    Form(Form),
    Benefits(Vec<Benefit>),
    Region(Code),
}

/// A question, taken apart.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reading {
    /// What is left: the work.
    pub words: String,
    /// The words of the conditions that a posting may have in its text too.
    pub beside: String,
    pub wishes: Vec<Said>,
    /// A name that several places have.
    pub unsure: Option<Unsure>,
}

/// Places of one name, and the bytes of the words that say it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unsure {
    pub candidates: Vec<Code>,
    pub bytes: Vec<Range<usize>>,
}

/// One thing that was said, and the bytes of the words that say it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    pub wish: Wish,
    pub bytes: Vec<Range<usize>>,
}

/// `typed` without these bytes of `folded`, which was read character for character.
pub fn without(bytes: &[Range<usize>], typed: &str, folded: &str) -> String {
    kept(typed, folded, |at| !bytes.iter().any(|range| range.contains(&at)))
}

/// Only these bytes of it.
pub fn only(bytes: &[Range<usize>], typed: &str, folded: &str) -> String {
    kept(typed, folded, |at| bytes.iter().any(|range| range.contains(&at)))
}

fn kept(typed: &str, folded: &str, wanted: impl Fn(usize) -> bool) -> String {
    let left = typed.chars().zip(folded.char_indices());
    let left: String = left.filter(|(_, (at, _))| wanted(*at)).map(|(c, _)| c).collect();
    left.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Between these only the words themselves are meant.
const QUOTES: [char; 10] = ['"', '“', '”', '„', '«', '「', '『', '‘', '＂', '』'];

impl Reading {
    /// Reads folded text: half-width, lower case, simplified. What `query` filters by already is
    /// not read again, and a place only inside the chosen one. `is_work` tells of a word in letters.
    pub fn new(
        places: &Gazetteer,
        terms: &Terms,
        (text, query): (&str, &VacancyQuery),
        is_work: &dyn Fn(&str) -> bool,
    ) -> Self {
        let mut reading = Self::default();
        let mut rest = Rest { text, taken: Vec::new() };
        if !text.contains(QUOTES) {
            reading.sums(terms, &mut rest, query);
            reading.phrases(&mut rest, query);
            reading.place(places, &mut rest, query, is_work);
        }
        reading.words = rest.words();
        reading
    }

    fn sums(&mut self, terms: &Terms, rest: &mut Rest<'_>, query: &VacancyQuery) {
        while let Some((range, pay)) = sum::find(&rest.left(), terms) {
            if query.pay_from.is_none() && !self.has(|wish| matches!(wish, Wish::Pay(_))) {
                self.hear(Wish::Pay(pay), vec![range.clone()]);
            }
            rest.take(range);
        }
    }

    fn phrases(&mut self, rest: &mut Rest<'_>, query: &VacancyQuery) {
        while let Some((range, wish)) = phrase::find(&rest.left()) {
            self.beside.push_str(rest.written(&range));
            self.beside.push(' ');
            let known = match &wish {
                Wish::Education(_) => {
                    query.education.is_some() || self.has(|w| matches!(w, Wish::Education(_)))
                }
                Wish::Experience(_) => {
                    query.experience.is_some() || self.has(|w| matches!(w, Wish::Experience(_)))
                }
                Wish::Form(_) => query.form.is_some() || self.has(|w| matches!(w, Wish::Form(_))),
                Wish::Benefits(said) => said.iter().all(|b| query.benefits.contains(b)),
                Wish::Pay(_) | Wish::Region(_) => true,
            };
            if !known {
                self.hear(wish, vec![range.clone()]);
            }
            rest.take(range);
        }
    }

    fn place(
        &mut self,
        places: &Gazetteer,
        rest: &mut Rest<'_>,
        query: &VacancyQuery,
        is_work: &dyn Fn(&str) -> bool,
    ) {
        let around = query.region.as_ref().map(ToString::to_string).unwrap_or_default();
        let Some(named) = place::find(places, &rest.left(), &around, is_work) else { return };
        if named.candidates.len() > 1 {
            let (candidates, bytes) = (named.candidates, named.bytes.clone());
            self.unsure = Some(Unsure { candidates, bytes });
        }
        let Some(code) = named.region else { return };
        let inside = query.region.as_ref().is_none_or(|chosen| chosen.contains(code.as_str()));
        if !inside {
            return;
        }
        for range in &named.bytes {
            self.beside.push_str(rest.written(range));
            self.beside.push(' ');
            rest.take(range.clone());
        }
        self.hear(Wish::Region(code), named.bytes);
    }

    fn hear(&mut self, wish: Wish, bytes: Vec<Range<usize>>) {
        self.wishes.push(Said { wish, bytes });
    }

    fn has(&self, which: impl Fn(&Wish) -> bool) -> bool {
        self.wishes.iter().any(|said| which(&said.wish))
    }

    /// The question with what was said as filters, its words being those of the work.
    pub fn filtered(&self, query: &VacancyQuery) -> VacancyQuery {
        let mut filtered = VacancyQuery { words: self.words.clone(), ..query.clone() };
        for said in &self.wishes {
            match &said.wish {
                Wish::Pay(cents) => filtered.pay_from = Some(*cents),
                Wish::Education(level) => filtered.education = Some(*level),
                Wish::Experience(months) => filtered.experience = Some(*months),
                Wish::Form(form) => filtered.form = Some(*form),
                Wish::Region(code) => filtered.region = Some(code.clone()),
                Wish::Benefits(said) => {
                    filtered.benefits.extend(said);
                    filtered.benefits.sort_unstable();
                    filtered.benefits.dedup();
                }
            }
        }
        filtered
    }
}

/// A text of which parts are understood.
struct Rest<'a> {
    text: &'a str,
    taken: Vec<Range<usize>>,
}

impl Rest<'_> {
    /// The text with signs of the same length in the place of what was taken.
    fn left(&self) -> String {
        let gone = |at: usize| self.taken.iter().any(|range| range.contains(&at));
        let mut left = String::with_capacity(self.text.len());
        for (at, c) in self.text.char_indices() {
            if gone(at) {
                (0..c.len_utf8()).for_each(|_| left.push('|'));
            } else {
                left.push(c);
            }
        }
        left
    }

    fn written(&self, range: &Range<usize>) -> &str {
        self.text.get(range.clone()).unwrap_or_default()
    }

    fn take(&mut self, range: Range<usize>) {
        self.taken.push(range);
    }

    fn words(&self) -> String {
        let left = self.left().replace('|', " ");
        left.split_whitespace().collect::<Vec<_>>().join(" ")
    }
}

#[cfg(test)]
mod tests;
