//! One person against all posts.
//!
//! First the near places, class by class, the most promising first: that fills the list and sets the
//! bar. Then the rest of what is in reach. There a class that only skills can lift is looked at
//! through the lists of the skills without which no row of it can reach the bar.

use std::ops::Range;

use model::matching::{
    Aim, Ceiling, Head, Most, NONE, Post, Rank, Someone, Spot, WILLING, coverage, judge_above,
    nearest,
};

use super::{GUESS, Posts, block::Blocks, gather::Gathered, occupations};
use crate::{best::Best, class::Asking};

/// Places nearer than this quality are looked at first, at most [`NEAREST`] of them.
const NEAR: i64 = 250;
const NEAREST: usize = 32;
/// From so many places on they are looked at by province.
const MANY: usize = 16;
/// Below so many rows the lists of skills are not worth the trouble.
const FEW: u32 = 32;

/// Room for one search after another.
#[derive(Default)]
pub struct Scratch {
    /// By class: what the person's skills cover of it.
    covered: Vec<Cover>,
    /// Classes by promise.
    order: Vec<(i64, u16)>,
    ceilings: Vec<Ceiling>,
    /// Places in reach, the best first.
    places: Vec<(Most, u16)>,
    /// How many of them are near.
    near: usize,
    /// Provinces in reach beyond these.
    provinces: Vec<usize>,
    /// The same as ranges of neighbours.
    pub(super) runs: Vec<Range<usize>>,
    /// By class: the lists of the skills that the person has something of, with what they cover.
    pub(super) lists: Vec<Vec<(i64, Asking)>>,
    pub(super) gathered: Gathered,
}

/// What some skills cover of the posts of a class.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Cover {
    /// The sum of the greatest shares of one's own.
    own: i64,
    /// The worth of the best that is only related, in 64ths.
    related: i64,
}

impl Cover {
    pub(super) fn add(&mut self, worth: i64, asking: Asking) {
        if worth == OWN {
            self.own += i64::from(asking.share);
        } else {
            self.related = worth.max(self.related);
        }
    }

    pub(super) fn most(self) -> i64 {
        coverage(self.own, self.related)
    }
}

/// A search under way.
pub(super) struct Search<'s> {
    pub(super) posts: &'s Posts,
    aim: &'s Aim<'s>,
    person: Someone<'s>,
    best: &'s mut Best,
    pub(super) scratch: &'s mut Scratch,
    looked: u64,
}

impl Posts {
    /// Puts the best posts for a person into `best`, which must be empty; gives how many rows were
    /// looked at. `aim` is turned to the person, by this structure's rule.
    pub fn best(
        &self,
        aim: &Aim<'_>,
        person: Someone<'_>,
        best: &mut Best,
        scratch: &mut Scratch,
    ) -> u64 {
        let mut search = Search { posts: self, aim, person, best, scratch, looked: 0 };
        search.places();
        search.classes();
        search.near();
        search.far();
        search.delta();
        search.looked
    }
}

impl Search<'_> {
    /// Which places are in reach, and what they are worth at most.
    fn places(&mut self) {
        let (places, runs) = (&mut self.scratch.places, &mut self.scratch.runs);
        places.clear();
        runs.clear();
        let (rule, head) = (&self.posts.rule, &self.person.head);
        let home = Spot::new(head.point, head.home, &rule.catalogue);
        for (at, ground) in self.posts.areas.iter().enumerate() {
            let Some(most) = ground.most_for(self.person, &home, rule) else { continue };
            places.push((most, u16::try_from(at).unwrap_or(NONE)));
            match runs.last_mut() {
                Some(run) if run.end == at => run.end = at + 1,
                _ => runs.push(at..at + 1),
            }
        }
        places.sort_unstable_by_key(|(most, at)| (-most.quality, *at));
    }

    /// What each class is worth at most, and the most promising first.
    fn classes(&mut self) {
        let posts = self.posts;
        let Scratch { covered, order, ceilings, lists, .. } = &mut *self.scratch;
        covered.clear();
        covered.resize(posts.classes.len(), Cover::default());
        lists.resize_with(posts.classes.len().max(lists.len()), Vec::new);
        lists.iter_mut().for_each(Vec::clear);
        for (skill, worth) in self.aim.gained() {
            for &asking in posts.postings.of.get(usize::from(skill)).into_iter().flatten() {
                let class = usize::from(asking.class);
                if let Some(cover) = covered.get_mut(class) {
                    cover.add(worth, asking);
                }
                if let Some(list) = lists.get_mut(class) {
                    list.push((worth, asking));
                }
            }
        }
        let plain = Ceiling::of_person(&self.person.head, &posts.rule.weights);
        order.clear();
        ceilings.clear();
        for (at, class) in posts.classes.iter().enumerate() {
            let cover = covered.get(at).copied().unwrap_or_default();
            let skilled = self.person.head.skills > 0;
            let wishes = self.person.head.occupations > 0;
            let occupation =
                occupations(class).filter(|_| wishes).map(|range| nearest(self.aim, range));
            let mut ceiling = plain;
            ceiling.skills = Most {
                quality: if skilled { cover.most() } else { 0 },
                sure: skilled && class.extent.asks(),
            };
            ceiling.occupation = match occupation {
                None if self.person.head.words == 0 => Most::NONE,
                near => Most::trade(near.unwrap_or(0), near.is_some()),
            };
            class.extent.lower(&mut ceiling, &self.person.head, &posts.rule);
            ceilings.push(ceiling);
            if !class.extent.is_below(&self.person.head) {
                let promise = ceiling.above(&posts.rule.weights, GUESS);
                order.push((-promise, u16::try_from(at).unwrap_or(NONE)));
            }
        }
        order.sort_unstable();
    }

    fn ceiling(&self, class: u16, place: Most) -> Ceiling {
        let class = self.scratch.ceilings.get(usize::from(class)).copied();
        let any = || Ceiling::of_person(&self.person.head, &self.posts.rule.weights);
        let mut ceiling = class.unwrap_or_else(any);
        ceiling.place = place;
        ceiling
    }

    /// May anything under this ceiling come in?
    fn promises(&self, ceiling: &Ceiling) -> bool {
        ceiling.above(&self.posts.rule.weights, self.best.bar()) >= 0
    }

    fn near(&mut self) {
        let Some(&(nearest, _)) = self.scratch.places.first() else { return };
        // where all that is named counts alike, only what is nearer yet is near
        let head = &self.person.head;
        let willing = head.regions > 0 || head.is(Head::ANYWHERE);
        let many = willing && self.scratch.places.len() > MANY;
        let least = if many { NEAR.max(WILLING[0] + 1) } else { NEAR };
        let near = self.scratch.places.iter().take(NEAREST);
        let near = near.take_while(|(place, _)| place.quality >= least).count();
        let sure = self.scratch.places.iter().take(near).all(|(place, _)| place.sure);
        for at in 0..self.scratch.order.len() {
            let Some(&(_, class)) = self.scratch.order.get(at) else { break };
            let ceiling = self.ceiling(class, Most { sure, ..nearest });
            if self.promises(&ceiling) {
                self.cells(class, 0..near, sure);
            }
        }
        self.scratch.near = near;
    }

    /// The rows of a class in some of the places; if these are surely known, the first that
    /// promises nothing is the last.
    fn cells(&mut self, class: u16, places: Range<usize>, sure: bool) {
        for at in places {
            let Some(&(place, area)) = self.scratch.places.get(at) else { break };
            let ceiling = self.ceiling(class, place);
            if self.promises(&ceiling) {
                self.cell(class, area.into(), ceiling);
            } else if sure {
                break;
            }
        }
    }

    /// The rows of a class in one area.
    fn cell(&mut self, class: u16, area: usize, mut ceiling: Ceiling) {
        let posts = self.posts;
        let rows = posts.cell(class.into(), area..area + 1);
        let extent = posts.extents.get(usize::from(class) * posts.areas.len() + area);
        let Some(extent) = extent.filter(|_| !rows.is_empty()) else { return };
        extent.lower(&mut ceiling, &self.person.head, &posts.rule);
        if !extent.is_below(&self.person.head) && self.promises(&ceiling) {
            for row in rows {
                self.row(row as usize, ceiling.skills.quality);
            }
        }
    }

    #[inline]
    pub(super) fn row(&mut self, row: usize, skills: i64) {
        if let Some(post) = self.posts.rows.get(row) {
            self.looked += 1;
            self.look(post, skills, |posts| posts.id(row));
        }
    }

    #[inline]
    fn look(&mut self, post: &Post, skills: i64, id: impl FnOnce(&Posts) -> u128) {
        let bar = (self.best.bar(), skills);
        if let Some(score) = judge_above(self.aim, self.person, post, &self.posts.rule, bar) {
            self.best.offer(Rank::new(score, post.posted, id(self.posts)));
        }
    }

    fn far(&mut self) {
        let far = self.scratch.near..self.scratch.places.len();
        let places = self.scratch.places.get(far.clone()).unwrap_or_default();
        let Some(&(Most { quality, .. }, _)) = places.first() else { return };
        let sure = places.iter().all(|(place, _)| place.sure);
        let many = places.len() > MANY;
        self.scratch.provinces.clear();
        let provinces = places.iter().filter_map(|(_, area)| {
            self.posts.provinces.get(usize::from(*area)).copied().map(usize::from)
        });
        self.scratch.provinces.extend(provinces);
        self.scratch.provinces.sort_unstable();
        self.scratch.provinces.dedup();
        if many && self.is_silent() {
            let head = &self.person.head;
            let mut ceiling = Ceiling::of_person(head, &self.posts.rule.weights);
            ceiling.occupation = Most::NONE;
            ceiling.place = Most { quality, sure };
            return self.blocks(&self.posts.any, 0, ceiling);
        }
        for at in 0..self.scratch.order.len() {
            let Some(&(_, class)) = self.scratch.order.get(at) else { break };
            let ceiling = self.ceiling(class, Most { quality, sure });
            if !self.promises(&ceiling) {
                continue;
            }
            let needed = ceiling.skills_needed(&self.posts.rule.weights, self.best.bar());
            let rows = self.posts.cell(class.into(), 0..self.posts.areas.len());
            if needed > 0 && rows.end - rows.start > FEW {
                self.essential(class, needed, &rows);
            } else if many {
                self.blocks(&self.posts.blocks, class, ceiling);
            } else {
                self.cells(class, far.clone(), sure);
            }
        }
    }

    /// Does the person tell nothing of the work?
    const fn is_silent(&self) -> bool {
        let head = &self.person.head;
        head.occupations == 0 && head.words == 0 && head.skills == 0
    }

    /// The rows of a class in all provinces in reach, block by block.
    fn blocks(&mut self, blocks: &Blocks, class: u16, most: Ceiling) {
        let (posts, head) = (self.posts, self.person.head);
        for at in 0..self.scratch.provinces.len() {
            let Some(&province) = self.scratch.provinces.get(at) else { break };
            for block in blocks.of(class.into(), province) {
                let Some(extent) = blocks.extent(block) else { break };
                let mut ceiling = most;
                extent.lower(&mut ceiling, &head, &posts.rule);
                if extent.is_below(&head) || !self.promises(&ceiling) {
                    continue;
                }
                let rows = blocks.rows(block);
                touch(&posts.rows, rows);
                for row in rows {
                    self.row(*row as usize, ceiling.skills.quality);
                }
            }
        }
    }

    fn delta(&mut self) {
        for (id, post) in &self.posts.delta {
            self.looked += 1;
            self.look(post, 1_000, |_| *id);
        }
    }
}

/// Brings rows that lie apart from each other into the cache all at once.
pub(super) fn touch(posts: &[Post], rows: &[u32]) {
    let rows = rows.iter().filter_map(|row| posts.get(*row as usize));
    std::hint::black_box(rows.fold(0, |bits, post| bits | post.last_day));
}

/// What a skill of one's own is worth, in 64ths.
pub(super) const OWN: i64 = 64;
