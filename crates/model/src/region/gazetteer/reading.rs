//! Free text to a node of the tree. Left to right, the longest word first; each word must lie in
//! what is known so far, or it says something else and is passed over.

mod among;

use std::{mem, ops::Range};

use super::{
    Gazetteer,
    name::{Sense, without_kind},
};
use crate::{cell::fold, region::Region};

/// What a text says about where.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reading {
    /// As deep as it is certain, or empty.
    pub region: String,
    /// The places it may mean where it is not certain which ("朝阳区" alone): codes. Two places
    /// that contradict each other ("上海 天河区") stand here both.
    pub candidates: Vec<String>,
}

/// Short names of a city that mostly mean a county elsewhere (朝阳: the district of 北京).
const MOSTLY_A_COUNTY: [&str; 1] = ["朝阳"];

/// More places of one name than a person would choose from.
const TOO_MANY: usize = 30;

impl Gazetteer {
    /// Reads free text or a code. `around` is the code of the region in which an ambiguous name is
    /// meant (the file's county or city), or empty.
    pub fn read(&self, text: &str, around: &str) -> Reading {
        let text = fold(text);
        if text.chars().any(|c| c >= '\u{4e00}') {
            Walk::new(self, &text, around).run().0
        } else {
            self.read_codes(&text)
        }
    }

    /// Codes of 6, 9 or 12 digits and nothing else; a village, or a code that the table lacks, is
    /// read as the nearest node above.
    fn read_codes(&self, text: &str) -> Reading {
        let mut reading = Reading::default();
        for word in text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()) {
            let known = matches!(word.len(), 6 | 9 | 12).then(|| self.nearest(word)).flatten();
            let Some(region) = known else { return Reading::default() };
            if reading.region.is_empty() || region.code.starts_with(stem(&reading.region)) {
                reading.region.clone_from(&region.code);
            } else if !reading.region.starts_with(stem(&region.code)) {
                let meant = self.namesake(region, &reading.region).unwrap_or(&reading.region);
                reading = Reading {
                    region: meant.to_owned(),
                    candidates: vec![reading.region.clone(), region.code.clone()],
                };
            }
        }
        reading
    }

    /// The place inside `outer` that is called like this one: 南山区 of 鹤岗 written for that of 深圳.
    fn namesake(&self, region: &Region, outer: &str) -> Option<&str> {
        let codes = self.names.senses(&region.name).iter().filter_map(|s| self.code(s.at));
        codes.into_iter().find(|code| code.starts_with(stem(outer)))
    }

    fn nearest(&self, code: &str) -> Option<&Region> {
        let digits = |n: usize| code.get(..n).unwrap_or_default();
        let above = [code.to_owned(), digits(9).into(), digits(6).into()];
        let above =
            above.into_iter().chain([format!("{}00", digits(4)), format!("{}0000", digits(2))]);
        let region = above.into_iter().find_map(|c| self.find(&c))?;
        self.find(&region.successor).or(Some(region)).map(|r| self.named(r))
    }

    /// The node itself, or the one above a nameless level.
    fn named<'a>(&'a self, region: &'a Region) -> &'a Region {
        if region.is_nameless() { self.find(&region.parent).unwrap_or(region) } else { region }
    }

    /// The deepest node that all of these lie in; empty if they share none.
    fn common(&self, places: &[usize]) -> String {
        let codes: Vec<&str> = places.iter().filter_map(|&at| self.code(at)).collect();
        let mut node = codes.first().and_then(|code| self.find(code));
        while let Some(region) = node {
            let holds = codes.iter().all(|code| code.starts_with(stem(&region.code)));
            if holds && !region.is_nameless() {
                return region.code.clone();
            }
            node = self.find(&region.parent);
        }
        String::new()
    }

    fn code(&self, at: usize) -> Option<&str> {
        self.regions.get(at).map(|r| r.code.as_str())
    }

    fn level(&self, at: usize) -> i64 {
        self.regions.get(at).map_or(i64::MAX, |r| r.level)
    }

    /// Does `inner` lie below `outer`, or is it the same?
    fn holds(&self, outer: usize, inner: usize) -> bool {
        let (outer, inner) = (self.code(outer).map(stem), self.code(inner));
        outer.zip(inner).is_some_and(|(outer, inner)| inner.starts_with(outer))
    }
}

/// What all codes below begin with.
fn stem(code: &str) -> &str {
    let kept = match code.as_bytes() {
        [_, _, b'0', b'0', b'0', b'0'] => 2,
        [_, _, _, _, b'0', b'0'] => 4,
        whole => whole.len(),
    };
    code.get(..kept).unwrap_or(code)
}

/// One text being read.
struct Walk<'a> {
    tree: &'a Gazetteer,
    text: &'a str,
    around: &'a str,
    /// Certain so far.
    settled: Option<usize>,
    /// It is one of these, below what is settled.
    open: Vec<usize>,
    /// Places read before that the text names beside the present one.
    others: Vec<usize>,
    /// Byte after the last word that was taken.
    end: usize,
    /// Bytes of the words that were taken.
    taken: Vec<Range<usize>>,
    /// The text is about other things too.
    among_words: bool,
}

impl<'a> Walk<'a> {
    fn new(tree: &'a Gazetteer, text: &'a str, around: &'a str) -> Self {
        let (open, others, taken) = (Vec::new(), Vec::new(), Vec::new());
        let (settled, end, among_words) = (None, 0, false);
        Self { tree, text, around, settled, open, others, end, taken, among_words }
    }

    fn run(mut self) -> (Reading, Vec<Range<usize>>) {
        let mut at = 0;
        while let Some(rest) = self.text.get(at..).filter(|rest| !rest.is_empty()) {
            let step = self.word(at, rest).or_else(|| self.remnant(at, rest));
            if let Some(step) = step {
                self.end = at + step;
                self.taken.push(at..self.end);
            }
            at += step.unwrap_or_else(|| rest.chars().next().map_or(1, char::len_utf8));
        }
        let taken = mem::take(&mut self.taken);
        (self.finish(), taken)
    }

    fn finish(self) -> Reading {
        let codes = |places: &[usize]| -> Vec<String> {
            places.iter().filter_map(|&p| self.tree.code(p)).map(str::to_owned).collect()
        };
        let mut all = self.others.clone();
        all.extend(self.settled);
        all.dedup();
        if !self.others.is_empty() && all.len() > 1 {
            let contradicted = self.others.iter().all(|&o| self.tree.level(o) < 3)
                && self.settled.is_some_and(|s| self.tree.level(s) >= 3);
            let region = if contradicted {
                codes(self.settled.as_slice()).concat()
            } else {
                self.tree.common(&all)
            };
            return Reading { region, candidates: codes(&all) };
        }
        let region = match self.settled {
            Some(_) => codes(self.settled.as_slice()).concat(),
            None => self.tree.common(&self.open),
        };
        Reading { region, candidates: codes(&self.open) }
    }

    /// Takes the longest word that begins here and fits; gives its length in bytes.
    fn word(&mut self, at: usize, rest: &str) -> Option<usize> {
        let tree = self.tree;
        for long in tree.names.lengths(rest.chars().next()?) {
            let bytes: usize = rest.chars().take(long).map(char::len_utf8).sum();
            let (word, after) = rest.split_at_checked(bytes)?;
            let senses = tree.names.senses(word);
            let meant = !self.among_words || self.is_meant(at, senses, after);
            if !senses.is_empty() && meant && self.take(at, senses, after) {
                return Some(bytes);
            }
        }
        None
    }

    /// Fits a word into what is known; false if it means something else.
    fn take(&mut self, at: usize, senses: &[Sense], after: &str) -> bool {
        if senses.iter().all(|s| !s.full) && self.is_something_else(senses, after) {
            return false;
        }
        let near = self.is_near(at);
        if let Some(settled) = self.settled {
            return self.narrow(settled, senses, near)
                || (near && self.beside(settled, senses, at));
        }
        if self.open.is_empty() {
            return self.begin(senses, near);
        }
        self.resolve(senses)
    }

    /// A word inside what is settled, or above it.
    fn narrow(&mut self, settled: usize, senses: &[Sense], near: bool) -> bool {
        let tree = self.tree;
        let above = |s: &&Sense| s.at != settled && tree.holds(settled, s.at);
        let inside: Vec<Sense> = senses.iter().filter(above).copied().collect();
        let city = tree.code(settled).is_some_and(|code| tree.is_city(code));
        let allowed = |s: &&Sense| tree.level(s.at) < 4 || (city && (s.full || near));
        let mut found = preferred(inside.iter().filter(allowed).copied().collect());
        let top = found.iter().map(|&f| tree.level(f)).min().unwrap_or_default();
        found.retain(|&f| tree.level(f) == top);
        match found.as_slice() {
            [] => senses.iter().any(|s| tree.holds(s.at, settled)),
            [one] => {
                self.settled = Some(*one);
                self.open.clear();
                true
            }
            _ if tree.level(settled) >= 3 => false,
            _ => {
                self.open = found;
                true
            }
        }
    }

    /// A word right after what is settled that does not lie in it: 上海 天河区, 北京/上海.
    fn beside(&mut self, settled: usize, senses: &[Sense], at: usize) -> bool {
        let tree = self.tree;
        let between = self.text.get(self.end..at).unwrap_or_default();
        if tree.level(settled) >= 3 && !between.contains(['/', '、', ',', ';', '|']) {
            return false;
        }
        let full: Vec<usize> = senses.iter().filter(|s| s.full).map(|s| s.at).collect();
        let county = full.iter().all(|&s| tree.level(s) == 3) && tree.level(settled) < 3;
        match full.as_slice() {
            [one] if county => {
                self.others.push(settled);
                self.settled = Some(*one);
                true
            }
            [_, _, ..] if county && full.len() <= TOO_MANY => {
                self.open = full;
                true
            }
            _ => {
                let city: Vec<usize> =
                    senses.iter().map(|s| s.at).filter(|&s| tree.level(s) < 3).collect();
                let Some(&one) = city.first() else { return false };
                self.others.push(settled);
                self.settled = Some(one);
                self.open.clear();
                true
            }
        }
    }

    /// The first word of the text.
    fn begin(&mut self, senses: &[Sense], near: bool) -> bool {
        let tree = self.tree;
        let mut found = self.around_here(senses, near);
        if found.is_empty() {
            let alone = |s: &&Sense| tree.level(s.at) < 4 || s.full;
            found = preferred(senses.iter().filter(alone).copied().collect());
            found.retain(|&f| !found_above(tree, senses, f));
            found = self.largest(found, senses);
        }
        match found.as_slice() {
            [] => false,
            [one] => {
                self.settled = Some(*one);
                true
            }
            many if many.len() > TOO_MANY => false,
            _ => {
                self.open = found;
                true
            }
        }
    }

    /// Those of the senses that lie in the region around, or in its city, or in its province.
    fn around_here(&self, senses: &[Sense], near: bool) -> Vec<usize> {
        let path = self.tree.path(self.around);
        let inside = |region: &&Region| {
            let fits = |s: &&Sense| {
                let word = self.tree.level(s.at) < 4 || s.full || (near && region.level > 1);
                word && self.tree.code(s.at).is_some_and(|c| c.starts_with(stem(&region.code)))
            };
            preferred(senses.iter().filter(fits).copied().collect())
        };
        path.iter().rev().map(inside).find(|found| !found.is_empty()).unwrap_or_default()
    }

    /// Of places of one short name, the province or the city: 大同 is not the district of 大庆.
    fn largest(&self, found: Vec<usize>, senses: &[Sense]) -> Vec<usize> {
        let level = |&at: &usize| self.tree.level(at);
        let short = senses.iter().all(|s| !s.full);
        let top = found.iter().map(level).min().unwrap_or_default();
        let name = |at: usize| self.tree.regions.get(at).map_or("", |r| without_kind(r));
        let county = found.iter().any(|&at| MOSTLY_A_COUNTY.contains(&name(at)));
        if short && !county && top < 3 {
            return found.into_iter().filter(|at| level(at) == top).collect();
        }
        found
    }

    /// A word after an ambiguous one: it says which.
    fn resolve(&mut self, senses: &[Sense]) -> bool {
        let tree = self.tree;
        let mut below: Vec<usize> = Vec::new();
        let mut kept: Vec<usize> = Vec::new();
        for &open in &self.open {
            below.extend(senses.iter().map(|s| s.at).filter(|&s| tree.holds(open, s)));
            if senses.iter().any(|s| tree.holds(s.at, open)) {
                kept.push(open);
            }
        }
        let found = if below.is_empty() { kept } else { below };
        match found.as_slice() {
            [] => return false,
            [one] => {
                self.settled = Some(*one);
                self.open.clear();
            }
            _ => self.open = found,
        }
        true
    }

    /// "东新区" after 上海, "景山区" after 北京: a name that lost its first character on the way; or
    /// a zone that is no county (成都 高新区), which is passed over.
    fn remnant(&mut self, at: usize, rest: &str) -> Option<usize> {
        let settled = self.settled.filter(|&s| self.tree.level(s) < 3 && self.is_near(at))?;
        let bytes = rest.find(is_separator).unwrap_or(rest.len());
        let word = rest.get(..bytes)?;
        if !(3..6).contains(&word.chars().count()) || !word.ends_with(['区', '县', '市']) {
            return None;
        }
        let below = self.tree.children(self.tree.code(settled)?);
        let mut fits = below.iter().filter(|r| r.level == 3 && r.name.ends_with(word));
        if let (Some(one), None) = (fits.next(), fits.next()) {
            let senses = self.tree.names.senses(&one.name);
            let sense = senses.iter().find(|s| self.tree.holds(settled, s.at))?;
            self.settled = Some(sense.at);
        }
        Some(bytes)
    }

    /// Are there only blanks, dots and dashes since the last word?
    fn is_near(&self, at: usize) -> bool {
        self.text.get(self.end..at).is_some_and(|between| between.chars().all(is_separator))
    }
}

/// Official names before parts of names; then each place once.
fn preferred(senses: Vec<Sense>) -> Vec<usize> {
    let any_full = senses.iter().any(|s| s.full);
    senses.into_iter().filter(|s| s.full || !any_full).map(|s| s.at).collect()
}

/// Is a place above this one among the senses? 吉林 is the province, and holds the city.
fn found_above(tree: &Gazetteer, senses: &[Sense], at: usize) -> bool {
    let same = senses.iter().find(|s| s.at == at).is_some_and(|s| s.full);
    senses.iter().any(|s| s.at != at && s.full == same && tree.holds(s.at, at))
}

fn is_separator(c: char) -> bool {
    !c.is_alphanumeric()
}
