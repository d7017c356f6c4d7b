//! What one change would open to a person, counted over the rows of the person's trade.

use model::matching::{Aim, Gaps, Limit, Post, Someone, nearest};

use super::{Posts, Scratch, occupations};
use crate::{best::Best, class::Class};

impl Posts {
    /// The same as looking at every open post.
    pub fn gaps(&self, aim: &Aim<'_>, person: Someone<'_>) -> Gaps {
        let mut gaps = Gaps::default();
        for post in self.of_trade(aim, person) {
            gaps.look(aim, person, post, &self.rule);
        }
        gaps
    }

    /// Why no post of the trade is open to somebody; nothing where one is, and then few are looked at:
    /// what fits best is of the trade nearly always.
    pub fn nothing(
        &self,
        aim: &Aim<'_>,
        person: Someone<'_>,
        scratch: &mut Scratch,
    ) -> Option<Gaps> {
        let mut best = Best::new(1);
        self.best(aim, person, &mut best, scratch);
        let post = best.ranks().first().and_then(|rank| self.get(rank.id.0));
        if post.is_some_and(|post| Gaps::concerns(aim, person, post)) {
            return None;
        }
        let mut gaps = Gaps::default();
        for post in self.of_trade(aim, person) {
            gaps.look(aim, person, post, &self.rule);
            if gaps.fitting > 0 {
                return None;
            }
        }
        Some(gaps)
    }

    /// The open posts among which those of the person's trade are.
    fn of_trade(&self, aim: &Aim<'_>, person: Someone<'_>) -> impl Iterator<Item = &Post> {
        let may = move |class: &Class| match occupations(class) {
            Some(range) if person.head.occupations > 0 => Gaps::of_trade(nearest(aim, range)),
            _ => true,
        };
        let classes = self.classes.iter().enumerate().filter(move |(_, class)| may(class));
        let base = classes.flat_map(|(at, _)| {
            let rows = self.cell(at, 0..self.areas.len());
            self.rows.get(rows.start as usize..rows.end as usize).unwrap_or_default()
        });
        base.chain(self.delta.values()).filter(|post| !Limit::closes(post, &self.rule))
    }
}
