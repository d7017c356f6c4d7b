//! One post against all people, cell by cell; a cell in which nobody can reach the bar is left out.

use model::matching::{
    Call, Ceiling, Limit, Most, NONE, Post, Rank, Score, Someone, WILLING, judge_above, judge_with,
};

use super::{Cell, GONE, People, Row, bits};
use crate::best::Best;

impl People {
    /// Puts the best people for a post into `best`; gives how many were looked at.
    pub fn best(&self, call: &Call<'_>, post: &Post, best: &mut Best) -> u64 {
        let mut looked = 0;
        let mut order: Vec<(i64, Ceiling, &Cell)> = Vec::new();
        let near = self.near(call);
        for cell in &self.cells {
            if let Some(ceiling) = self.ceiling(cell, post, &near) {
                order.push((-ceiling.above(&self.rule.weights, GUESS), ceiling, cell));
            }
        }
        order.sort_by_key(|(promise, _, cell)| (*promise, cell.from));
        for (_, ceiling, cell) in order {
            if ceiling.above(&self.rule.weights, best.bar()) < 0 {
                continue;
            }
            for (row, id) in self.rows_of(cell) {
                looked += 1;
                if let Some(score) = self.look(call, self.view(row), post, best.bar()) {
                    best.offer(Rank::new(score, post.posted, id));
                }
            }
        }
        for (id, (person, _)) in &self.delta {
            looked += 1;
            if let Some(score) = self.look(call, person.view(), post, best.bar()) {
                best.offer(Rank::new(score, post.posted, *id));
            }
        }
        looked
    }

    /// Whom a post reaches: everybody whose own bar it passes. Gives how many were looked at.
    pub fn reached(&self, call: &Call<'_>, post: &Post, mut found: impl FnMut(u128, Score)) -> u64 {
        let mut looked = 0;
        let near = self.near(call);
        for cell in &self.cells {
            let ceiling = self.ceiling(cell, post, &near);
            if ceiling.is_none_or(|ceiling| ceiling.above(&self.rule.weights, cell.bar) < 0) {
                continue;
            }
            for (row, id) in self.rows_of(cell) {
                looked += 1;
                if let Some(score) = self.look(call, self.view(row), post, row.bar) {
                    found(id, score);
                }
            }
        }
        for (id, (person, bar)) in &self.delta {
            looked += 1;
            if let Some(score) = self.look(call, person.view(), post, *bar) {
                found(*id, score);
            }
        }
        looked
    }

    /// Looks at everybody: what the others must give, and how many stand behind each limit.
    pub fn judge_all(
        &self,
        call: &Call<'_>,
        post: &Post,
        mut found: impl FnMut(u128, u32, Result<Score, Limit>),
    ) {
        for (id, person, bar) in self.all() {
            found(id, bar, judge_with(call, person, post, &self.rule));
        }
    }

    #[inline]
    fn look(&self, call: &Call<'_>, person: Someone<'_>, post: &Post, bar: u32) -> Option<Score> {
        judge_above(call, person, post, &self.rule, (bar, 1_000))
    }

    fn rows_of(&self, cell: &Cell) -> impl Iterator<Item = (&Row, u128)> {
        let range = cell.from as usize..cell.to as usize;
        let rows = self.rows.get(range.clone()).unwrap_or_default().iter();
        let ids = self.ids.get(range).unwrap_or_default().iter();
        rows.zip(ids.copied()).filter(|(row, _)| row.bar != GONE)
    }

    /// For each bit of the minor groups the most that a wish in it is worth.
    fn near(&self, call: &Call<'_>) -> [i64; 128] {
        let mut near = [0; 128];
        for (wish, bits) in (0..).zip(&self.minors.of) {
            let worth = call.nearness(wish);
            for (bit, most) in near.iter_mut().enumerate() {
                if worth > *most && bits & (1 << bit) != 0 {
                    *most = worth;
                }
            }
        }
        near
    }

    /// What the post is at most to anybody in the cell; `None` where it is too far for all of them.
    fn ceiling(&self, block: &Cell, post: &Post, near: &[i64; 128]) -> Option<Ceiling> {
        let catalogue = &self.rule.catalogue;
        let (province, city) = bits(catalogue, post.place);
        let named = post.benefits & Post::ABROAD != 0
            || block.cities & city != 0
            || block.provinces & province != 0
            // a post that is only known to a province lies around every place in it
            || (city == 0 && (block.cities | block.provinces) != 0);
        let willing = (named || block.anywhere).then_some(WILLING);
        let ground = self.grounds.get(usize::from(block.ground))?;
        let place = ground.most_of(post, willing, block.reach_km, &self.rule)?;
        let wishes = near.iter().enumerate().filter(|(bit, _)| block.minors & (1 << bit) != 0);
        let nearest = wishes.map(|(_, most)| *most).max().unwrap_or(0);
        let occupation = Most::trade(nearest, block.wish && post.occupation != NONE);
        Some(Ceiling { place, occupation, ..Ceiling::NONE })
    }
}

/// A guess of the bar, to begin with the most promising cell; it decides nothing else.
const GUESS: u32 = 85_000;
