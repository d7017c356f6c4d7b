//! Reading a vacancy's texts with the rules in force on a day.

use std::{collections::HashMap, sync::OnceLock};

use chrono::NaiveDate;

use super::{
    Finding, Reach, Rule, Strength,
    age::{self, Limit},
    view::{View, views},
    wording::{Wording, Wordings, Words},
};
use crate::term::Terms;

/// All rules of all times. Cheap to make: the patterns are compiled by the first who asks.
pub struct Gate {
    rules: Vec<Rule>,
    rows: Vec<Wording>,
    wordings: OnceLock<Wordings>,
}

/// One text of a vacancy and the field it stands in.
#[derive(Clone, Copy, Debug)]
pub struct Text<'a> {
    pub field: &'static str,
    pub text: &'a str,
}

/// The rules in force on a day at a place, by their codes.
type Active<'a> = HashMap<&'a str, &'a Rule>;

/// Where the words of a rule or an exception stand, in characters of a field.
struct Hit<'a> {
    rule: &'a Rule,
    field: usize,
    span: (usize, usize),
}

impl Gate {
    pub const fn new(rules: Vec<Rule>, rows: Vec<Wording>) -> Self {
        Self { rules, rows, wordings: OnceLock::new() }
    }

    /// The row of a rule that is in force on the day at the place: the nearest to it.
    pub fn rule(&self, code: &str, day: NaiveDate, region: &str) -> Option<&Rule> {
        let of_code = self.rules.iter().filter(|rule| rule.code == code);
        of_code.filter(|rule| rule.holds(day, region)).max_by_key(|rule| rule.region.len())
    }

    pub fn rules(&self) -> &[Rule] {
        &self.rules
    }

    /// What the words say, in the order of the fields and of the text. The first text is the
    /// title: what it says of the place of work holds for all of them.
    pub fn read(
        &self,
        texts: &[Text<'_>],
        (day, region): (NaiveDate, &str),
        terms: &Terms,
    ) -> Vec<Finding> {
        let views: Vec<_> = texts
            .iter()
            .enumerate()
            .flat_map(|(field, Text { text, .. })| {
                let (open, tight) = views(text);
                [Some(open), tight].into_iter().flatten().map(move |view| (field, view))
            })
            .collect();
        let codes = self.rules.iter().map(|rule| rule.code.as_str());
        let active: Active<'_> =
            codes.filter_map(|code| Some((code, self.rule(code, day, region)?))).collect();
        let hits = |wanted: &dyn Fn(&Rule) -> bool| -> Vec<Hit<'_>> {
            let of_view =
                |(field, view): &(usize, View)| self.hits(view, *field, wanted, &active, terms);
            views.iter().flat_map(of_view).collect()
        };
        let found = hits(&|rule| rule.strength > Strength::Lawful);
        // most texts break no rule, and then only measures in favour of somebody are looked for
        let exceptions = hits(&|rule| {
            rule.strength <= Strength::Lawful && (!found.is_empty() || rule.is_measure())
        });
        let chars: Vec<Vec<char>> = texts.iter().map(|t| t.text.chars().collect()).collect();
        let findings = found.into_iter().filter_map(|hit| {
            let lifted = exceptions.iter().filter(|exception| exception.lifts(&hit, &chars));
            let lifted = lifted.min_by_key(|exception| exception.rule.strength);
            finding(texts, &chars, &hit, lifted.map(|exception| exception.rule))
        });
        let measures = exceptions.iter().filter(|hit| hit.rule.is_measure());
        let measures = measures.filter_map(|hit| finding(texts, &chars, hit, Some(hit.rule)));
        one_each(findings.chain(measures).collect(), texts)
    }

    /// Where the wanted rules' words stand in one reading of a field.
    fn hits<'a>(
        &'a self,
        view: &View,
        field: usize,
        wanted: &dyn Fn(&Rule) -> bool,
        active: &Active<'a>,
        terms: &Terms,
    ) -> Vec<Hit<'a>> {
        let wordings = self.wordings.get_or_init(|| Wordings::new(&self.rows));
        let rule = |code: &str| active.get(code).copied().filter(|rule| wanted(rule));
        let ages = rule("age_child").or_else(|| rule("age_limit")).is_some();
        let asked = |code: &str| if code == "age" { ages } else { rule(code).is_some() };
        let hits = wordings.within(&view.text, asked).filter_map(|(code, words)| {
            let rule = rule(meant(code, &words, terms)?)?;
            Some(Hit { rule, field, span: view.span(words.span.0, words.span.1) })
        });
        hits.collect()
    }
}

/// The rule that the words mean: ages decide by their figures.
fn meant<'a>(code: &'a str, words: &Words<'_>, terms: &Terms) -> Option<&'a str> {
    if code != "age" {
        return Some(code);
    }
    match age::limit(words.from, words.to, terms)? {
        Limit::Child => Some("age_child"),
        Limit::Limit => Some("age_limit"),
    }
}

impl Hit<'_> {
    fn lifts(&self, hit: &Hit<'_>, chars: &[Vec<char>]) -> bool {
        let mut codes = self.rule.lifts.split(' ');
        if !codes.any(|code| code == "*" || code == hit.rule.code) {
            return false;
        }
        // the title says what place all the rest is about; that it names a cashier excuses nothing
        let titled = self.field == 0 && self.rule.reach == Reach::Sentence;
        let text = chars.get(hit.field).map_or(&[][..], Vec::as_slice);
        let overlaps = |(from, to): (usize, usize)| self.span.0 < to && from < self.span.1;
        let beside = self.field == hit.field
            && match self.rule.reach {
                Reach::Around => overlaps(hit.span),
                Reach::Clause => overlaps(between(text, hit.span, ends_clause)),
                Reach::Sentence => overlaps(between(text, hit.span, ends_sentence)),
                Reach::Text => true,
            };
        beside || titled || self.rule.reach == Reach::Text
    }
}

fn ends_clause(c: char) -> bool {
    ends_sentence(c) || matches!(c, ',' | '，' | ':' | '：')
}

fn ends_sentence(c: char) -> bool {
    matches!(c, '\n' | '。' | ';' | '；' | '!' | '！' | '?' | '？')
}

/// The part of the text around a span, up to the signs that end it.
fn between(text: &[char], (from, to): (usize, usize), ends: fn(char) -> bool) -> (usize, usize) {
    let before = text.iter().take(from).rposition(|c| ends(*c)).map_or(0, |at| at + 1);
    let after = text.iter().skip(to).position(|c| ends(*c)).map_or(text.len(), |at| to + at);
    (before, after)
}

/// The finding, lawful where an exception lifts it; `None` where the words are no condition.
fn finding(
    texts: &[Text<'_>],
    chars: &[Vec<char>],
    hit: &Hit<'_>,
    exception: Option<&Rule>,
) -> Option<Finding> {
    let (from, to) = hit.span;
    let words = chars.get(hit.field)?.iter().skip(from).take(to - from).collect::<String>();
    let found = Finding::of(hit.rule, texts.get(hit.field)?.field, hit.span, &words);
    let Some(exception) = exception else { return Some(found) };
    (exception.strength == Strength::Lawful).then(|| Finding {
        strength: Strength::Lawful,
        lawful: exception.code.clone(),
        basis_zh: exception.basis_zh.clone(),
        basis_en: exception.basis_en.clone(),
        ..found
    })
}

/// One finding for words that several patterns of a rule have found, the longest of them.
fn one_each(mut findings: Vec<Finding>, texts: &[Text<'_>]) -> Vec<Finding> {
    let field = |f: &Finding| texts.iter().position(|t| t.field == f.field);
    findings.sort_by_key(|f| (field(f), f.begins, -f.ends));
    let mut kept: Vec<Finding> = Vec::new();
    for finding in findings {
        let same = kept.iter_mut().rev().find(|k| {
            k.rule == finding.rule && k.field == finding.field && finding.begins < k.ends
        });
        match same {
            // what one reading lifts the other lifts too
            Some(k) if finding.is_lawful() && !k.is_lawful() => *k = finding,
            Some(_) => {}
            None => kept.push(finding),
        }
    }
    kept
}
