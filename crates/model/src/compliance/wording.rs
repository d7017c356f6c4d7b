//! Patterns as rows, compiled once.
//!
//! Each is looked for alone: every one has literal words that its own automaton seeks, and two
//! hundred such looks at a text of five hundred characters cost a fiftieth of one look of a common
//! automaton of all (which outgrows its cache and is simulated instead).

use std::collections::HashMap;

use regex::{Regex, RegexBuilder};

/// Words by which a rule or an exception is known. The group `h` is what is shown as hit, the
/// groups `from` and `to` are ages. Any other name in `<>` stands for the row `@name`.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Wording {
    pub rule: String,
    pub pattern: String,
}

pub(super) struct Wordings {
    patterns: Vec<(String, Regex)>,
}

/// What a pattern means where it stands: the bytes of the hit, and ages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Words<'t> {
    pub(super) span: (usize, usize),
    pub(super) from: Option<&'t str>,
    pub(super) to: Option<&'t str>,
}

/// A pattern's automaton may take so much.
const BYTES: usize = 64 << 20;

impl Wordings {
    /// A pattern that cannot be read is left out; a test reads them all.
    pub(super) fn new(rows: &[Wording]) -> Self {
        let part = |row: &Wording| Some((format!("<{}>", row.rule.strip_prefix('@')?), group(row)));
        let parts: HashMap<String, String> = rows.iter().filter_map(part).collect();
        let patterns = rows.iter().filter(|row| !row.rule.starts_with('@')).filter_map(|row| {
            let whole = whole(&row.pattern, &parts);
            Some((row.rule.clone(), RegexBuilder::new(&whole).size_limit(BYTES).build().ok()?))
        });
        Self { patterns: patterns.collect() }
    }

    /// The rules or exceptions that `wanted` asks for, wherever their words stand in the text.
    pub(super) fn within<'a>(
        &'a self,
        text: &'a str,
        wanted: impl Fn(&str) -> bool,
    ) -> impl Iterator<Item = (&'a str, Words<'a>)> {
        let asked = self.patterns.iter().filter(move |(rule, _)| wanted(rule));
        asked.flat_map(move |(rule, regex)| {
            stands(regex, text).map(move |words| (rule.as_str(), words))
        })
    }
}

/// Where a pattern stands; its groups are read only where it has some.
fn stands<'a>(regex: &'a Regex, text: &'a str) -> Box<dyn Iterator<Item = Words<'a>> + 'a> {
    if regex.captures_len() == 1 {
        let plain = |found: regex::Match<'a>| Words {
            span: (found.start(), found.end()),
            from: None,
            to: None,
        };
        return Box::new(regex.find_iter(text).map(plain));
    }
    Box::new(regex.captures_iter(text).filter_map(|captures| {
        let group = |name| captures.name(name).map(|group| group.as_str());
        let hit = captures.name("h").or_else(|| captures.get(0))?;
        Some(Words { span: (hit.start(), hit.end()), from: group("from"), to: group("to") })
    }))
}

fn group(row: &Wording) -> String {
    format!("(?:{})", row.pattern)
}

/// The pattern with its parts put in. Parts may hold parts.
fn whole(pattern: &str, parts: &HashMap<String, String>) -> String {
    let put_in = |pattern: String| {
        parts.iter().fold(pattern, |pattern, (name, part)| pattern.replace(name, part))
    };
    (0..3).fold(pattern.to_owned(), |pattern, _| put_in(pattern))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reference::seed;

    #[test]
    fn a_part_may_hold_parts_and_a_group_keeps_its_name() {
        let row =
            |rule: &str, pattern: &str| Wording { rule: rule.into(), pattern: pattern.into() };
        let rows = [row("@b", "b|<c>"), row("@c", "cc"), row("x", "a<b>(?P<to>d)"), row("y", "a")];
        let wordings = Wordings::new(&rows);
        let found: Vec<_> = wordings.within("accd", |rule| rule == "x").collect();
        assert_eq!(found, [("x", Words { span: (0, 4), from: None, to: Some("d") })]);
        assert_eq!(wordings.within("accd", |_| true).count(), 2);
    }

    #[test]
    fn every_pattern_of_the_rows_can_be_read() {
        let rows = seed::wordings();
        let patterns = rows.iter().filter(|row| !row.rule.starts_with('@')).count();
        assert_eq!(Wordings::new(&rows).patterns.len(), patterns);
    }
}
