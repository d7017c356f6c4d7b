//! The best few of one kind, each thing once.

use std::cmp::Reverse;

/// A thing that was met by a key.
#[derive(Clone, Copy, Debug)]
pub(super) struct Met {
    pub(super) score: i64,
    /// The place of the thing among all, which decides among equals.
    pub(super) rank: u32,
    pub(super) thing: u32,
    pub(super) key: u32,
    /// Which of its texts: better its name than another word for it.
    pub(super) text: u8,
}

impl Met {
    const fn order(&self) -> (Reverse<i64>, u32) {
        (Reverse(self.score), self.rank)
    }
}

/// Best first.
pub(super) struct Top {
    most: usize,
    all: Vec<Met>,
}

impl Top {
    pub(super) const fn new(most: usize) -> Self {
        Self { most, all: Vec::new() }
    }

    /// Is there no room for what scores this and has this rank?
    pub(super) fn is_above(&self, score: i64, rank: u32) -> bool {
        let order = (Reverse(score), rank);
        self.all.len() >= self.most && self.all.last().is_some_and(|last| last.order() < order)
    }

    pub(super) fn offer(&mut self, met: Met) {
        if self.is_above(met.score, met.rank) {
            return;
        }
        if let Some(at) = self.all.iter().position(|known| known.thing == met.thing) {
            let Some(known) = self.all.get_mut(at) else { return };
            if known.score >= met.score {
                if known.score == met.score && met.text < known.text {
                    *known = met;
                }
                return;
            }
            self.all.remove(at);
        }
        let place = self.all.partition_point(|known| known.order() < met.order());
        self.all.insert(place, met);
        self.all.truncate(self.most);
    }

    pub(super) const fn len(&self) -> usize {
        self.all.len()
    }

    pub(super) fn into_all(self) -> Vec<Met> {
        self.all
    }
}
