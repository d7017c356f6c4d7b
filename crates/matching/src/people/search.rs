//! One post against all people, cell by cell; a cell in which nobody can reach the bar is left out.
//!
//! Somebody who wishes for several groups stands in a cell of each. A cell is measured by the wishes
//! for its own group only: whoever owes the score to another wish is found there.

use model::matching::{
    Call, Ceiling, Limit, Most, NONE, Post, Rank, Score, Spot, WILLING, judge_above, judge_with,
};

use super::{
    Cell, Desks, Group, People, Row,
    cell::{Way, skill_bit},
};
use crate::best::Best;

/// A post under comparison.
pub(super) struct Search<'s> {
    pub people: &'s People,
    pub call: &'s Call<'s>,
    pub post: &'s Post,
    /// Whose people are meant; all.
    pub among: Option<&'s Desks>,
    spot: Spot,
    /// Province and city.
    top: [u16; 2],
    /// Bits of the licences that the law asks for.
    pub lawful: u64,
    pub abroad: bool,
    /// By group of occupations: how near the nearest wish for it is.
    near: Vec<i64>,
    /// To anybody at all.
    ceiling: Ceiling,
    looked: u64,
}

impl People {
    /// Puts the best people for a post into `best`, those of some desks only, or all; gives how many
    /// were looked at.
    pub fn best(
        &self,
        call: &Call<'_>,
        post: &Post,
        among: Option<&Desks>,
        best: &mut Best,
    ) -> u64 {
        let mut search = Search::new(self, call, post, among);
        for (id, (person, tag)) in &self.delta {
            if !search.means(tag.desk) {
                continue;
            }
            search.looked += 1;
            let bar = (best.bar(), 1_000);
            if let Some(score) = judge_above(call, person.view(), post, &self.rule, bar) {
                best.offer(Rank::new(score, post.posted, *id));
            }
        }
        let mut groups: Vec<_> =
            self.groups.iter().map(|group| (search.occupation(group), group)).collect();
        groups.sort_by_key(|(most, group)| (-most.quality, group.node));
        for (occupation, group) in groups {
            let ceiling = search.to(occupation);
            if search.promises(&ceiling, best.bar()) {
                search.best_of(group, ceiling, best);
            }
        }
        search.looked
    }

    /// Whom a post reaches, by id: everybody whose own bar it passes. Gives how many were looked at.
    pub fn reached(&self, call: &Call<'_>, post: &Post, mut found: impl FnMut(u128, Score)) -> u64 {
        let mut search = Search::new(self, call, post, None);
        let mut hits: Vec<(u128, Score)> = Vec::new();
        for (id, (person, tag)) in &self.delta {
            search.looked += 1;
            let score = judge_above(call, person.view(), post, &self.rule, (tag.bar, 1_000));
            hits.extend(score.map(|score| (*id, score)));
        }
        for group in &self.groups {
            let ceiling = search.to(search.occupation(group));
            if search.promises(&ceiling, group.bar) {
                search.reached_of(group, ceiling, &mut hits);
            }
        }
        hits.sort_unstable();
        hits.dedup();
        for (id, score) in hits {
            found(id, score);
        }
        search.looked
    }

    /// Looks at everybody: what the others must give.
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

    /// The cells of a group: of those who wish for it first, and of the others.
    pub(super) fn cells_of(&self, group: &Group) -> impl Iterator<Item = (bool, &Cell)> {
        let first = self.cells.get(group.first.clone()).unwrap_or_default();
        let besides = self.besides.get(group.besides.clone()).unwrap_or_default();
        let besides = besides.iter().map(|cell| (true, cell));
        first.iter().map(|cell| (false, cell)).chain(besides)
    }

    /// The rows of a cell.
    pub(super) fn rows_of(
        &self,
        (besides, cell): (bool, &Cell),
    ) -> impl Iterator<Item = (usize, &Row)> {
        let named = self.others.get(cell.from as usize..cell.to as usize);
        let named = named.filter(|_| besides).unwrap_or_default().iter();
        let plain = if besides { 0..0 } else { cell.from..cell.to };
        let rows = plain.chain(named.copied()).map(|row| row as usize);
        rows.filter_map(|at| Some((at, self.rows.get(at).filter(|row| row.bar() != Row::GONE)?)))
    }

    fn id(&self, row: usize) -> u128 {
        self.ids.get(row).copied().unwrap_or(0)
    }
}

impl<'s> Search<'s> {
    pub(super) fn new(
        people: &'s People,
        call: &'s Call<'s>,
        post: &'s Post,
        among: Option<&'s Desks>,
    ) -> Self {
        let rule = &people.rule;
        let (_, occupations, _) = rule.catalogue.sizes();
        let mut near = vec![0; occupations];
        for wish in (0..occupations).filter_map(|wish| u16::try_from(wish).ok()) {
            let group = usize::from(rule.catalogue.group(wish));
            if let Some(most) = near.get_mut(group) {
                *most = call.nearness(wish).max(*most);
            }
        }
        let lawful = post.asked().filter(|asked| asked & Post::LAWFUL != 0);
        Self {
            people,
            call,
            post,
            among,
            spot: Spot::new(post.point, post.place, &rule.catalogue),
            top: people.tops.of(post.place),
            lawful: lawful.fold(0, |bits, asked| bits | skill_bit(asked & Post::SKILL)),
            abroad: post.benefits & Post::ABROAD != 0,
            near,
            ceiling: Ceiling::of_post(post, rule),
            looked: 0,
        }
    }

    /// May anybody in the cell be meant?
    pub(super) fn meets(&self, cell: &Cell) -> bool {
        self.among.is_none_or(|among| among.any(cell.desks))
    }

    /// Are those of a desk meant?
    #[inline]
    pub(super) fn means(&self, desk: u16) -> bool {
        self.among.is_none_or(|among| among.has(desk))
    }

    fn promises(&self, ceiling: &Ceiling, bar: u32) -> bool {
        ceiling.above(&self.people.rule.weights, bar) >= 0
    }

    fn occupation(&self, group: &Group) -> Most {
        if group.node == NONE || self.post.occupation == NONE {
            return Most::trade(0, false);
        }
        Most::trade(self.near.get(usize::from(group.node)).copied().unwrap_or(0), true)
    }

    fn to(&self, occupation: Most) -> Ceiling {
        let mut ceiling = self.ceiling;
        ceiling.occupation = occupation;
        ceiling
    }

    /// What place is at most worth to anybody in the cell; `None` where it is too far for all.
    pub(super) fn place(&self, cell: &Cell) -> Option<Most> {
        let [named, anywhere] = WILLING;
        let willing = match cell.way {
            _ if self.abroad || cell.may_name(self.top) => Some(named),
            Way::Anywhere => Some(anywhere),
            Way::Near | Way::Named | Way::Far => None,
        };
        cell.ground.most_of(&self.spot, willing, cell.reach_km, &self.people.rule)
    }

    /// What the post is at most to anybody in the cell; `None` where a limit keeps it from all.
    fn ceiling(&self, cell: &Cell, mut ceiling: Ceiling) -> Option<Ceiling> {
        let below = self.post.pay_to != NONE && self.post.pay_to < cell.floors.0;
        if below || self.lawful & !cell.skills != 0 {
            return None;
        }
        ceiling.place = self.place(cell)?;
        ceiling.lower(self.post, cell.floors.0);
        Some(ceiling)
    }

    /// The most promising cells first.
    fn best_of(&mut self, group: &Group, most: Ceiling, best: &mut Best) {
        let (people, rule, among) = (self.people, &self.people.rule, self.among);
        let mut order: Vec<_> = people
            .cells_of(group)
            .filter(|(_, cell)| self.meets(cell))
            .filter_map(|cell| {
                let ceiling = self.ceiling(cell.1, most)?;
                let promises = self.promises(&ceiling, best.bar());
                promises.then(|| (-ceiling.above(&rule.weights, GUESS), ceiling, cell))
            })
            .collect();
        order.sort_by_key(|(promise, ..)| *promise);
        for (_, ceiling, cell) in order {
            if !self.promises(&ceiling, best.bar()) {
                continue;
            }
            let rows = people.rows_of(cell);
            for (at, row) in rows.filter(|(at, _)| among.is_none_or(|a| a.has(people.desk(*at)))) {
                self.looked += 1;
                let (person, bar) = (people.view(at, row), (best.bar(), 1_000));
                if let Some(score) = judge_above(self.call, person, self.post, rule, bar) {
                    best.offer(Rank::new(score, self.post.posted, people.id(at)));
                }
            }
        }
    }

    fn reached_of(&mut self, group: &Group, most: Ceiling, hits: &mut Vec<(u128, Score)>) {
        let (people, rule) = (self.people, &self.people.rule);
        for cell in people.cells_of(group) {
            let ceiling = self.ceiling(cell.1, most);
            if ceiling.is_none_or(|ceiling| !self.promises(&ceiling, cell.1.bar)) {
                continue;
            }
            for (at, row) in people.rows_of(cell) {
                self.looked += 1;
                let (person, bar) = (people.view(at, row), (row.bar(), 1_000));
                let score = judge_above(self.call, person, self.post, rule, bar);
                hits.extend(score.map(|score| (people.id(at), score)));
            }
        }
    }
}

/// A guess of the bar, to begin with the most promising cell; it decides nothing else.
const GUESS: u32 = 85_000;
