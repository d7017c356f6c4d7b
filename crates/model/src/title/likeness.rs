//! How alike titles are, over a set of them.

use super::{
    clean::Title,
    index::Index,
    piece::{Pieces, Scattered, pieces, sorted},
    space::Space,
};

/// What each way of comparing counts, of 1.
const PIECES: f32 = 0.2;
const CONCEPTS: f32 = 0.25;
const MEANING: f32 = 0.55;

/// Titles that can be searched for those that are like another.
pub struct Likeness<'a> {
    space: &'a Space,
    by_pieces: Index,
    by_concepts: Index,
    by_meaning: Index,
    count: usize,
}

impl<'a> Likeness<'a> {
    /// How alike a title is to itself by its words alone.
    pub const BY_WORDS: f32 = PIECES + CONCEPTS;

    /// Titles are numbered as they come.
    pub fn new(space: &'a Space, titles: &[&str]) -> Self {
        let place = |title: &Title| space.meaning(&space.fit(title));
        let places: Vec<Pieces> = titles.iter().map(|title| place(&Title::new(title))).collect();
        Self { by_meaning: Index::new(&places), ..Self::by_words(space, titles) }
    }

    /// Without the meaning, twenty times as fast: for titles that are the same kind of work.
    pub fn by_words(space: &'a Space, titles: &[&str]) -> Self {
        let titles: Vec<Title> = titles.iter().copied().map(Title::new).collect();
        let meant: Vec<Pieces> = titles.iter().map(|title| space.concepts(title)).collect();
        Self {
            space,
            count: titles.len(),
            by_pieces: Index::new(&titles.iter().map(of).collect::<Vec<_>>()),
            by_concepts: Index::new(&meant),
            by_meaning: Index::default(),
        }
    }

    /// How alike each title is to `title`, 0 … 1, in the order in which they came.
    pub fn all(&self, title: &str) -> Vec<f32> {
        let title = Title::new(title);
        let mut scores = vec![0.0; self.count];
        let read = self.by_pieces.weigh(&of(&title));
        self.by_pieces.add(&read, PIECES, &mut scores);
        let meant = self.by_concepts.weigh(&self.space.concepts(&title));
        self.by_concepts.add(&meant, CONCEPTS, &mut scores);
        if !self.by_meaning.is_empty() {
            let place = self.by_meaning.weigh(&self.space.meaning(&self.space.fit(&title)));
            self.by_meaning.add(&place, MEANING, &mut scores);
        }
        scores
    }

    /// The titles most like `title`, best first, with how alike they are.
    pub fn nearest(&self, title: &str, most: usize) -> Vec<(usize, f32)> {
        let mut scored: Vec<(usize, f32)> = self.all(title).into_iter().enumerate().collect();
        scored.retain(|(_, score)| *score > 0.0);
        scored.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        scored.truncate(most);
        scored
    }
}

fn of(title: &Title) -> Pieces {
    let mut found: Scattered<f32> = Scattered::default();
    for part in &title.parts {
        for (piece, weight) in pieces(&part.text, true) {
            *found.entry(piece).or_default() += weight * part.weight;
        }
    }
    sorted(found)
}
