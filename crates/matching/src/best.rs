//! The best so many found so far, and the total that the next must reach.

use model::matching::Rank;

/// A short sorted list, best first.
#[derive(Clone, Debug)]
pub struct Best {
    limit: usize,
    ranks: Vec<Rank>,
}

impl Best {
    pub fn new(limit: usize) -> Self {
        Self { limit, ranks: Vec::with_capacity(limit + 1) }
    }

    /// What a total must be at least to come in, perhaps by the order among equals.
    #[inline]
    pub fn bar(&self) -> u32 {
        match self.ranks.last() {
            Some(last) if self.ranks.len() >= self.limit => last.score.total,
            _ => 0,
        }
    }

    /// The same may be offered twice.
    #[inline]
    pub fn offer(&mut self, rank: Rank) {
        let full = self.ranks.len() >= self.limit;
        if full && self.ranks.last().is_none_or(|last| rank <= *last) {
            return;
        }
        // best first: the greater stand before
        let at = self.ranks.partition_point(|held| *held > rank);
        if self.ranks.get(at) == Some(&rank) {
            return;
        }
        if full {
            self.ranks.pop();
        }
        self.ranks.insert(at, rank);
    }

    /// Nothing, for the next search.
    pub fn clear(&mut self) {
        self.ranks.clear();
    }

    /// Best first.
    pub fn ranks(&self) -> &[Rank] {
        &self.ranks
    }

    pub fn into_ranks(self) -> Vec<Rank> {
        self.ranks
    }
}
