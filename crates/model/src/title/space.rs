//! Where titles have a place: the names of the occupations of two classifications, ours and ESCO,
//! found by pieces and by concepts, and the texts that say what their work consists of.

use std::collections::{BTreeMap, HashMap};

use super::{
    Texts,
    clean::Title,
    concept::Concepts,
    index::Index,
    piece::{Pieces, Scattered, grams, hash, is_han, normalise, pieces, sorted, stem, words},
};
use crate::{cell::fold, occupation::Occupation};

/// What each way of comparing with a name counts, of 1.
const PIECES: f32 = 0.5;
const CONCEPTS: f32 = 1.0 - PIECES;
/// What the text of the work counts beside that, and an official name that is the title.
const TASKS: f32 = 0.2;
const SAME: f32 = 0.15;

/// A meaning is spread over this many occupations of a classification; the likelier ones count
/// more by this power.
const WIDTH: usize = 30;
const POWER: i32 = 4;
/// Each step up the tree.
const ABOVE: f32 = 0.5;

/// The names and texts of occupations, ready to be compared with titles.
#[derive(Default)]
pub struct Space {
    concepts: Concepts,
    /// Codes of ours, then of ESCO, each in order.
    codes: Vec<String>,
    /// How many are ours.
    ours: usize,
    /// For each occupation, where its names begin.
    names: Vec<usize>,
    /// Occupations that have a name, and what that says.
    exact: HashMap<String, Vec<(u32, f32)>>,
    by_pieces: Index,
    by_concepts: Index,
    /// Over ours only.
    by_tasks: Index,
    vocabulary: Vocabulary,
    /// For each occupation, the nodes of the trees that it counts for.
    nodes: Vec<Pieces>,
    /// For each of ESCO, ours that are the same work.
    bridge: Vec<Vec<u32>>,
}

/// How well each occupation fits a title: ours, then those of ESCO.
pub struct Fit(Vec<f32>);

impl Space {
    pub fn new(occupations: &[Occupation], texts: &Texts) -> Self {
        let leaves = leaves(occupations);
        let mut codes: Vec<String> = leaves.iter().map(|o| o.code.clone()).collect();
        let ours = codes.len();
        codes.extend(texts.labels.iter().map(|(code, _)| code.clone()));
        let concepts = Concepts::new(&texts.words);
        let (mut names, mut labels) = (vec![], vec![]);
        let mut exact: HashMap<String, Vec<(u32, f32)>> = HashMap::new();
        for (at, list) in (0_u32..).zip(listed(&leaves, texts)) {
            names.push(labels.len());
            for (place, name) in list.split('|').filter(|name| !name.is_empty()).enumerate() {
                let name = fold(name);
                // the official name first, then titles written for this, then those of the sources
                #[expect(clippy::cast_precision_loss, reason = "some hundred names")]
                let share = SAME / (1.0 + (place as f32).sqrt());
                exact.entry(name.clone()).or_default().push((at, share));
                labels.push(name);
            }
        }
        names.push(labels.len());
        let read = |name: &String| pieces(name, false);
        let by_pieces = Index::new(&labels.iter().map(read).collect::<Vec<_>>());
        let by_concepts = labels.iter().map(|name| concepts.of(name)).collect::<Vec<_>>();
        let tasks = by_code(&texts.tasks);
        let described = leaves.iter().map(|o| {
            let tasks = tasks.get(o.code.as_str()).copied().unwrap_or_default();
            pairs(&fold(&format!("{} {} {tasks}", o.name, o.definition)))
        });
        Self {
            by_tasks: Index::new(&described.collect::<Vec<_>>()),
            by_concepts: Index::new(&by_concepts),
            vocabulary: Vocabulary::new(&labels),
            nodes: nodes(&codes, ours),
            bridge: bridge(&codes, ours, &texts.bridge),
            concepts,
            ours,
            names,
            exact,
            by_pieces,
            codes,
        }
    }

    /// How well each occupation fits.
    pub fn fit(&self, title: &Title) -> Fit {
        self.compare(title, self.codes.len())
    }

    /// How well each of ours fits; English titles find more of them by way of ESCO.
    pub fn fit_ours(&self, title: &Title) -> Fit {
        let chinese = title.clean.chars().any(is_han);
        self.compare(title, if chinese { self.ours } else { self.codes.len() })
    }

    /// Compares with the names of the first `count` occupations.
    fn compare(&self, title: &Title, count: usize) -> Fit {
        let mut scores = vec![0.0; self.names.get(count).copied().unwrap_or_default()];
        let read = self.by_pieces.weigh(&self.pieces(title));
        self.by_pieces.add(&read, PIECES, &mut scores);
        let meant = self.by_concepts.weigh(&self.concepts(title));
        self.by_concepts.add(&meant, CONCEPTS, &mut scores);
        let names =
            |(from, to): (&usize, &usize)| of_names(scores.get(*from..*to).unwrap_or_default());
        let mut fit: Vec<f32> =
            self.names.iter().zip(self.names.iter().skip(1)).take(count).map(names).collect();
        let said = self.by_tasks.weigh(&pairs(&title.clean));
        self.by_tasks.add(&said, TASKS, &mut fit);
        for (at, share) in
            [&title.folded, &title.clean].iter().filter_map(|f| self.exact.get(*f)).flatten()
        {
            if let Some(fit) = usize::try_from(*at).ok().and_then(|at| fit.get_mut(at)) {
                *fit += share;
            }
        }
        Fit(fit)
    }

    /// The pieces of a title, with known words in the place of unknown ones that are like them.
    fn pieces(&self, title: &Title) -> Pieces {
        let mut found: Scattered<f32> = Scattered::default();
        for part in &title.parts {
            for (piece, weight) in pieces(&part.text, false) {
                *found.entry(piece).or_default() += weight * part.weight;
            }
            let strange =
                |word: &&str| word.is_ascii() && !self.by_pieces.knows(hash(2, stem(word).chars()));
            let like = words(&part.text).filter(strange).flat_map(|w| self.vocabulary.like(w));
            for (piece, likeness) in like {
                *found.entry(piece).or_default() += part.weight * likeness;
            }
        }
        sorted(found)
    }

    /// The concepts of a title.
    pub(super) fn concepts(&self, title: &Title) -> Pieces {
        let mut found: Scattered<f32> = Scattered::default();
        for part in &title.parts {
            for (concept, weight) in self.concepts.of(&part.text) {
                let known = found.entry(concept).or_default();
                *known = known.max(weight * part.weight);
            }
        }
        sorted(found)
    }

    /// Ours by how well they fit, best first, at most `most`.
    pub fn ours(&self, fit: &Fit, most: usize) -> Vec<(&str, f32)> {
        let mut fits: Vec<f32> = fit.0.get(..self.ours).unwrap_or_default().to_vec();
        for (ours, foreign) in self.bridge.iter().zip(fit.0.get(self.ours..).unwrap_or_default()) {
            for at in ours {
                if let Some(fit) = usize::try_from(*at).ok().and_then(|at| fits.get_mut(at)) {
                    *fit = fit.max(foreign * BRIDGED);
                }
            }
        }
        let best = best(&fits, most);
        best.into_iter().filter_map(|(at, fit)| Some((self.codes.get(at)?.as_str(), fit))).collect()
    }

    /// Unit groups of ISCO-08 by how well an occupation of ESCO in them fits, best first.
    pub fn isco(&self, fit: &Fit, most: usize) -> Vec<(&str, f32)> {
        let (ours, foreign) = fit.0.split_at_checked(self.ours).unwrap_or_default();
        let mut groups: Vec<(&str, f32)> = Vec::new();
        for ((code, fit), bridge) in
            self.codes.iter().skip(self.ours).zip(foreign).zip(&self.bridge)
        {
            let own = |at: &u32| usize::try_from(*at).ok().and_then(|at| ours.get(at));
            let own = bridge.iter().filter_map(own).copied().fold(0.0, f32::max);
            let (group, fit) = (code.split('.').next().unwrap_or(code), fit.max(own * BRIDGED));
            match groups.last_mut() {
                Some((last, best)) if *last == group => *best = best.max(fit),
                Some(_) | None => groups.push((group, fit)),
            }
        }
        groups.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(b.0)));
        groups.truncate(most);
        groups
    }

    /// What a title means: how likely each occupation is, and each node of the trees above.
    pub(super) fn meaning(&self, fit: &Fit) -> Pieces {
        let mut found: Scattered<f32> = Scattered::default();
        let (ours, foreign) = fit.0.split_at_checked(self.ours).unwrap_or_default();
        for (from, fits) in [(0, ours), (self.ours, foreign)] {
            let likely = best(fits, WIDTH);
            let Some((_, most)) = likely.first().copied() else { continue };
            let share = |fit: f32| (fit / most).powi(POWER);
            let whole: f32 = likely.iter().map(|(_, fit)| share(*fit)).sum();
            for (at, fit) in likely {
                let share = share(fit) / whole * most.min(1.0);
                for (node, weight) in self.nodes.get(from + at).into_iter().flatten() {
                    *found.entry(*node).or_default() += share * weight;
                }
            }
        }
        let mut meaning = sorted(found);
        normalise(&mut meaning);
        meaning
    }
}

/// An occupation that only the bridge from the other classification leads to is a little less sure.
const BRIDGED: f32 = 0.65;

/// What the names of one occupation say together: the best one, the first one a little more, and
/// the others as far as they speak for it too.
fn of_names(scores: &[f32]) -> f32 {
    let (mut best, mut next) = (0.0_f32, 0.0_f32);
    for score in scores {
        if *score > best {
            (best, next) = (*score, best);
        } else {
            next = next.max(*score);
        }
    }
    best + NEXT * next + FIRST * scores.first().copied().unwrap_or_default()
}
const NEXT: f32 = 0.1;
const FIRST: f32 = 0.1;

/// What is below this is no fit.
const LEAST: f32 = 0.05;

fn best(fits: &[f32], most: usize) -> Vec<(usize, f32)> {
    let fits = fits.iter().copied().enumerate().filter(|(_, fit)| *fit > LEAST);
    let mut best: Vec<(usize, f32)> = fits.collect();
    let better = |a: &(usize, f32), b: &(usize, f32)| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0));
    if best.len() > most {
        best.select_nth_unstable_by(most, better);
        best.truncate(most);
    }
    best.sort_unstable_by(better);
    best
}

/// The names of each occupation, separated by `|`.
fn listed(leaves: &[&Occupation], texts: &Texts) -> Vec<String> {
    let titles = by_code(&texts.titles);
    let own = leaves.iter().map(|o| {
        let titles = titles.get(o.code.as_str()).copied().unwrap_or_default();
        format!("{}|{titles}|{}", o.name, o.aliases)
    });
    own.chain(texts.labels.iter().map(|(_, names)| names.clone())).collect()
}

fn by_code(table: &[(String, String)]) -> HashMap<&str, &str> {
    table.iter().map(|(code, text)| (code.as_str(), text.as_str())).collect()
}

/// Occupations below which nothing lies, by code.
fn leaves(occupations: &[Occupation]) -> Vec<&Occupation> {
    let mut sorted: Vec<&Occupation> = occupations.iter().collect();
    sorted.sort_by(|a, b| a.code.cmp(&b.code));
    let parents: std::collections::BTreeSet<&str> =
        occupations.iter().map(|o| o.parent.as_str()).collect();
    sorted.retain(|o| o.level > 2 && !parents.contains(o.code.as_str()));
    sorted
}

/// Pairs of characters of a long text; the second time a pair says little more.
fn pairs(text: &str) -> Pieces {
    let mut found: Scattered<f32> = Scattered::default();
    let characters: Vec<char> = text.chars().collect();
    for pair in characters.windows(2) {
        if let [a, b] = pair
            && !a.is_ascii()
            && a.is_alphanumeric()
            && b.is_alphanumeric()
        {
            *found.entry(hash(1, [*a, *b])).or_default() += 1.0;
        }
    }
    let mut pairs = sorted(found);
    for pair in &mut pairs {
        pair.1 /= 1.0 + pair.1;
    }
    pairs
}

/// The nodes of the trees for each occupation: itself, and two steps above.
fn nodes(codes: &[String], ours: usize) -> Vec<Pieces> {
    let mut numbers: BTreeMap<String, u32> = BTreeMap::new();
    let mut number = |node: &str| {
        let next = u32::try_from(numbers.len()).unwrap_or(u32::MAX);
        *numbers.entry(node.to_owned()).or_insert(next)
    };
    let mut nodes = Vec::with_capacity(codes.len());
    for (at, code) in codes.iter().enumerate() {
        let (group, wide) = if at < ours {
            (code.get(..7).unwrap_or(code), code.get(..4).unwrap_or(code))
        } else {
            (code.get(..4).unwrap_or(code), code.get(..3).unwrap_or(code))
        };
        let steps = [(code.as_str(), 1.0), (group, ABOVE), (wide, ABOVE * ABOVE)];
        nodes.push(steps.into_iter().map(|(node, weight)| (number(node), weight)).collect());
    }
    nodes
}

fn bridge(codes: &[String], ours: usize, table: &[(String, String)]) -> Vec<Vec<u32>> {
    let own = codes.get(..ours).unwrap_or_default();
    let at = |code: &str| u32::try_from(own.binary_search_by(|o| o.as_str().cmp(code)).ok()?).ok();
    let table: HashMap<&str, Vec<u32>> = table
        .iter()
        .map(|(isco, codes)| (isco.as_str(), codes.split('|').filter_map(at).collect()))
        .collect();
    let group = |code: &String| code.split('.').next().and_then(|isco| table.get(isco)).cloned();
    codes.iter().skip(ours).map(|code| group(code).unwrap_or_default()).collect()
}

/// The English words of all names, for words that are none of them: misspelt, or put together.
#[derive(Default)]
struct Vocabulary {
    words: Vec<u32>,
    by_letters: Index,
}

impl Vocabulary {
    fn new(labels: &[String]) -> Self {
        let all = labels.iter().flat_map(|label| words(label)).filter(|w| w.is_ascii());
        let known: std::collections::BTreeSet<&str> = all.filter(|w| w.len() > 3).collect();
        let letters = |word: &&str| {
            let mut found = Scattered::default();
            grams(word, 1.0, &mut found);
            sorted(found)
        };
        let by_letters = Index::new(&known.iter().map(letters).collect::<Vec<_>>());
        let words = known.iter().map(|word| hash(2, stem(word).chars())).collect();
        Self { words, by_letters }
    }

    /// The three words that are most like `word`, and how much.
    fn like(&self, word: &str) -> Vec<(u32, f32)> {
        let mut found = Scattered::default();
        grams(word, 1.0, &mut found);
        let mut scores = vec![0.0; self.words.len()];
        self.by_letters.add(&self.by_letters.weigh(&sorted(found)), 1.0, &mut scores);
        let best = best(&scores, 3).into_iter().filter(|(_, likeness)| *likeness > 0.4);
        best.filter_map(|(at, likeness)| Some((*self.words.get(at)?, likeness))).collect()
    }
}
