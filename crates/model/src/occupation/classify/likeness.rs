//! Likeness of titles by their characters: Chinese characters alone and in pairs, Latin words and
//! their three-letter pieces, weighted by rarity, compared by the cosine.

use std::collections::HashMap;

use super::title;

/// A word of the dictionary in which a piece occurs, and how much of the word's length it is.
#[derive(Clone, Copy)]
struct Posting {
    word: usize,
    weight: f32,
}

struct Piece {
    rarity: f32,
    postings: Vec<Posting>,
}

/// The pieces of all words of the dictionary.
pub(super) struct Likeness {
    pieces: HashMap<String, Piece>,
    /// The occupation of each word.
    meanings: Vec<usize>,
}

impl Likeness {
    /// `words` to positions of occupations; the first is what a word means.
    pub(super) fn new(words: &HashMap<String, Vec<usize>>) -> Self {
        let mut sorted: Vec<(&String, usize)> =
            words.iter().filter_map(|(word, at)| Some((word, *at.first()?))).collect();
        sorted.sort_unstable();
        let counted: Vec<HashMap<String, f32>> =
            sorted.iter().map(|(word, _)| pieces(word)).collect();
        let mut known: HashMap<String, Piece> = HashMap::new();
        for (word, found) in counted.iter().enumerate() {
            for (piece, &weight) in found {
                let entry = known.entry(piece.clone());
                let entry = entry.or_insert(Piece { rarity: 0.0, postings: Vec::new() });
                entry.postings.push(Posting { word, weight });
            }
        }
        let mut lengths = vec![0.0_f32; sorted.len()];
        for piece in known.values_mut() {
            piece.rarity = rarity(sorted.len(), piece.postings.len());
            for posting in &mut piece.postings {
                posting.weight *= piece.rarity;
            }
        }
        // in the order of the words, not of the map, so that sums are the same on every run
        for (length, found) in lengths.iter_mut().zip(&counted) {
            let mut squares: Vec<f32> = found
                .iter()
                .filter_map(|(piece, weight)| Some((weight * known.get(piece)?.rarity).powi(2)))
                .collect();
            squares.sort_by(f32::total_cmp);
            *length = squares.iter().sum::<f32>().sqrt();
        }
        for posting in known.values_mut().flat_map(|piece| &mut piece.postings) {
            posting.weight /= lengths.get(posting.word).copied().unwrap_or(1.0).max(f32::EPSILON);
        }
        Self { pieces: known, meanings: sorted.into_iter().map(|(_, at)| at).collect() }
    }

    /// Occupations by the likeness of their nearest word, 0 … 1, best first, at most six.
    pub(super) fn nearest(&self, text: &str) -> Vec<(usize, f64)> {
        let mut found: Vec<(String, f32)> = pieces(text).into_iter().collect();
        found.sort_unstable_by(|a, b| a.0.cmp(&b.0));
        let mut scores = vec![0.0_f32; self.meanings.len()];
        let mut length = 0.0;
        for (piece, weight) in &found {
            let known = self.pieces.get(piece);
            let rarity = known.map_or_else(|| rarity(self.meanings.len(), 1), |k| k.rarity);
            length += (weight * rarity).powi(2);
            for posting in known.map_or(&[][..], |k| &k.postings) {
                if let Some(score) = scores.get_mut(posting.word) {
                    *score += weight * rarity * posting.weight;
                }
            }
        }
        let length = length.sqrt().max(f32::EPSILON);
        let mut best: HashMap<usize, f32> = HashMap::new();
        for (&at, score) in self.meanings.iter().zip(scores) {
            if score > 0.25 * length {
                let known = best.entry(at).or_default();
                *known = known.max(score / length);
            }
        }
        let mut best: Vec<(usize, f64)> =
            best.into_iter().map(|(at, score)| (at, f64::from(score))).collect();
        best.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        best.truncate(6);
        best
    }
}

/// How much a piece says that occurs in `some` of `all` words.
#[expect(clippy::cast_precision_loss, reason = "counts of a few thousand")]
fn rarity(all: usize, some: usize) -> f32 {
    (1.0 + all as f32 / some as f32).ln()
}

/// The pieces of a text and how often they occur in it.
fn pieces(text: &str) -> HashMap<String, f32> {
    let mut found: HashMap<String, f32> = HashMap::new();
    let mut add = |piece: String| *found.entry(piece).or_default() += 1.0;
    let steps = title::steps(text);
    let mut before: Option<&str> = None;
    for (from, to) in steps.iter().zip(steps.iter().skip(1)) {
        let Some(word) = text.get(*from..*to).map(str::trim_end) else { continue };
        if !word.chars().any(char::is_alphanumeric) {
            before = None;
            continue;
        }
        add(word.to_owned());
        if word.is_ascii() {
            let framed: Vec<char> = format!("^{word}$").chars().collect();
            framed.windows(3).for_each(|three| add(three.iter().collect()));
        } else if let Some(before) = before {
            add(format!("{before}{word}"));
        }
        before = Some(word).filter(|w| !w.is_ascii());
    }
    found
}
