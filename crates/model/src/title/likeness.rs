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
    /// Titles are numbered as they come.
    pub fn new(space: &'a Space, titles: &[&str]) -> Self {
        let (mut read, mut meant, mut means) = (vec![], vec![], vec![]);
        for title in titles.iter().copied().map(Title::new) {
            read.push(of(&title));
            meant.push(space.concepts(&title));
            means.push(space.meaning(&space.fit(&title)));
        }
        Self {
            space,
            count: read.len(),
            by_pieces: Index::new(&read),
            by_concepts: Index::new(&meant),
            by_meaning: Index::new(&means),
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
        let means = self.by_meaning.weigh(&self.space.meaning(&self.space.fit(&title)));
        self.by_meaning.add(&means, MEANING, &mut scores);
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
