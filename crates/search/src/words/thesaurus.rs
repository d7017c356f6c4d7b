//! Words for the same work: which of them a text says, and what else is looked for with a word.

use std::collections::HashMap;

use aho_corasick::AhoCorasick;

use super::{
    folded,
    run::{is_han, is_letter, runs},
    stem::stem,
};
use model::fingerprint::fingerprint;

/// Words of letters that one name is made of.
const LONGEST_PHRASE: usize = 5;

/// What the tables know about words.
#[derive(Clone, Debug, Default)]
pub struct Dictionary {
    /// Names that a dictionary of everyday Chinese lacks: places, trades, skills.
    pub names: Vec<String>,
    pub groups: Vec<Group>,
}

/// Words for the same work.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Group {
    pub words: Vec<String>,
    /// More words for it, too wide to be looked for with the others: who asks for one of them is
    /// shown the others too.
    pub wider: Vec<String>,
    /// Code of the occupation, or empty: its vacancies are found by these words.
    pub occupation: String,
}

impl From<Vec<String>> for Dictionary {
    fn from(names: Vec<String>) -> Self {
        Self { names, groups: Vec::new() }
    }
}

impl Dictionary {
    /// Another dictionary makes other tokens.
    pub(super) fn seal(&self) -> u64 {
        let group = |group: &Group| {
            let wider = fingerprint(&group.wider).to_string();
            [group.words.join("|"), wider, group.occupation.clone()].join(",")
        };
        fingerprint(self.names.iter().cloned().chain(self.groups.iter().map(group)))
    }
}

/// By the token of a group a text is found that says one of its words.
#[derive(Clone, Debug)]
struct Concept {
    token: String,
    words: Vec<String>,
}

/// One concept that a word belongs to.
#[derive(Clone, Copy, Debug)]
struct Sense {
    concept: usize,
    /// A text with this word is found by the concept.
    told: bool,
}

pub(super) struct Thesaurus {
    concepts: Vec<Concept>,
    /// Finds names that are not of letters alone, anywhere in a text.
    finder: Option<AhoCorasick>,
    /// By the number of the finder's pattern.
    names: Vec<(String, Vec<Sense>)>,
    /// By the stems, joined with `_`.
    phrases: HashMap<String, Vec<Sense>>,
}

/// A name that stands in a text.
#[derive(Debug)]
pub(super) struct Spoken<'a> {
    pub(super) start: usize,
    pub(super) end: usize,
    /// The name as a token.
    pub(super) token: &'a str,
    senses: &'a [Sense],
    /// Cut through by the end of a word: it stands there and is not meant (电工 in 家电工程师).
    pub(super) by_chance: bool,
}

/// The token by which a vacancy of an occupation is found.
pub(crate) fn trade(code: &str) -> Option<String> {
    (!code.is_empty()).then(|| format!("@{code}"))
}

/// The token of all occupations beside this one in the tree.
pub(super) fn kin(code: &str) -> Option<String> {
    code.rsplit_once('-').and_then(|(group, _)| trade(group))
}

/// The token of a concept that is told in a language of letters.
pub(crate) fn foreign(token: &str) -> String {
    format!("{token}~")
}

impl Thesaurus {
    pub(super) fn new(groups: &[Group]) -> Self {
        let mut concepts: Vec<Concept> = Vec::new();
        let mut numbers: HashMap<String, usize> = HashMap::new();
        let mut senses: HashMap<String, Vec<Sense>> = HashMap::new();
        for (place, group) in groups.iter().enumerate() {
            let code = &group.occupation;
            let token = trade(code).unwrap_or_else(|| format!("={place}"));
            let concept = *numbers.entry(token.clone()).or_insert_with(|| {
                concepts.push(Concept { token, words: Vec::new() });
                concepts.len() - 1
            });
            let told = group.words.iter().map(|word| (word, true));
            for (word, told) in told.chain(group.wider.iter().map(|word| (word, false))) {
                let known = senses.entry(folded(word)).or_default();
                known.retain(|sense| sense.concept != concept || sense.told);
                if known.iter().all(|sense| sense.concept != concept) {
                    known.push(Sense { concept, told });
                    let words = concepts.get_mut(concept).map(|c| &mut c.words);
                    words.into_iter().filter(|_| told).for_each(|words| words.push(word.clone()));
                }
            }
        }
        let mut senses: Vec<_> = senses.into_iter().filter(|(word, _)| is_name(word)).collect();
        senses.sort_by(|(a, _), (b, _)| a.cmp(b));
        let (names, phrases) =
            senses.into_iter().partition::<Vec<_>, _>(|(w, _)| w.contains(is_han));
        let finder = AhoCorasick::new(names.iter().map(|(name, _)| name)).ok();
        let phrases = phrases.into_iter().map(|(phrase, senses)| (stems(&phrase), senses));
        Self { concepts, finder, names, phrases: phrases.collect() }
    }

    /// Names that stand in folded text, also inside of each other. `ends` are the bytes at which
    /// its words begin and end.
    pub(super) fn spoken(&self, text: &str, ends: &[usize]) -> Vec<Spoken<'_>> {
        let mut spoken = Vec::new();
        for found in self.finder.iter().flat_map(|finder| finder.find_overlapping_iter(text)) {
            let Some((name, senses)) = self.names.get(found.pattern().as_usize()) else { continue };
            let (start, end) = (found.start(), found.end());
            if stands(text, start, end) {
                let by_chance = is_cut(ends, start, end);
                spoken.push(Spoken { start, end, token: name, senses, by_chance });
            }
        }
        spoken
    }

    /// Names of letters alone that stand in folded text, by the stems of their words.
    pub(super) fn phrases(&self, text: &str) -> Vec<Spoken<'_>> {
        let runs = runs(text);
        let stems: Vec<_> =
            runs.iter().map(|run| if run.han { String::new() } else { stem(run.text) }).collect();
        let mut spoken = Vec::new();
        for (first, run) in runs.iter().enumerate().filter(|(_, run)| !run.han) {
            let (mut phrase, mut end) = (String::new(), run.at);
            for (next, stem) in runs.iter().zip(&stems).skip(first).take(LONGEST_PHRASE) {
                let between = text.get(end..next.at).unwrap_or_default();
                if next.han || between.chars().any(|c| !matches!(c, ' ' | '-' | '/')) {
                    break;
                }
                if !phrase.is_empty() {
                    phrase.push('_');
                }
                phrase.push_str(stem);
                end = next.end();
                if let Some((token, senses)) = self.phrases.get_key_value(&phrase) {
                    spoken.push(Spoken { start: run.at, end, token, senses, by_chance: false });
                }
            }
        }
        spoken
    }

    /// The tokens of the groups by which a text with this name is found.
    pub(super) fn told(&self, spoken: &Spoken<'_>) -> impl Iterator<Item = &str> {
        self.of(spoken.senses, |sense| sense.told).map(|concept| concept.token.as_str())
    }

    /// Is it the name of an occupation?
    pub(super) fn is_trade(&self, spoken: &Spoken<'_>) -> bool {
        self.of(spoken.senses, |_| true).any(|concept| concept.token.starts_with('@'))
    }

    /// The tokens of the groups that are looked for with this name, and their words.
    pub(super) fn also(&self, spoken: &Spoken<'_>) -> impl Iterator<Item = (&str, &[String])> {
        let all = self.of(spoken.senses, |_| true);
        all.map(|concept| (concept.token.as_str(), concept.words.as_slice()))
    }

    fn of(&self, senses: &[Sense], which: fn(&Sense) -> bool) -> impl Iterator<Item = &Concept> {
        senses.iter().filter(move |sense| which(sense)).filter_map(|s| self.concepts.get(s.concept))
    }
}

/// One character means too much, and brackets explain.
fn is_name(word: &str) -> bool {
    word.chars().nth(1).is_some() && !word.contains(['(', '（', ','])
}

pub(super) fn stems(phrase: &str) -> String {
    let stems: Vec<_> = runs(phrase).iter().map(|run| stem(run.text)).collect();
    stems.join("_")
}

/// Do letters at the ends of a name end there in the text too?
fn stands(text: &str, start: usize, end: usize) -> bool {
    let (before, name) = text.split_at(start);
    let (name, after) = name.split_at(end - start);
    let both =
        |a: Option<char>, b: Option<char>| a.is_some_and(is_letter) && b.is_some_and(is_letter);
    !both(before.chars().next_back(), name.chars().next())
        && !both(name.chars().next_back(), after.chars().next())
}

/// Does a word begin or end inside, while another hangs over?
pub(super) fn is_cut(ends: &[usize], start: usize, end: usize) -> bool {
    let inside = ends.iter().any(|&at| start < at && at < end);
    inside && !(ends.contains(&start) && ends.contains(&end))
}
