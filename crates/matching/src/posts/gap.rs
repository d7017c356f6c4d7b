//! What one change would open to a person, counted over the rows of the person's trade.

use model::matching::{Aim, Gaps, Limit, Post, Someone, nearest};

use super::{Posts, occupations};
use crate::class::Class;

impl Posts {
    /// The same as looking at every open post.
    pub fn gaps(&self, aim: &Aim<'_>, person: Someone<'_>) -> Gaps {
        let mut gaps = Gaps::default();
        for post in self.of_trade(aim, person) {
            gaps.look(aim, person, post, &self.rule);
        }
        gaps
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
