//! How many posts each limit keeps from a person, from sums: only posts on the edge of somebody's
//! reach, those abroad, and those that the law asks a licence for, are looked at one by one.

use std::collections::BTreeMap;

use model::matching::{Aim, Ground, Head, Limit, Post, Rule, Someone, Spot};

use super::Posts;

/// The base counted, as it was when it was built.
#[derive(Clone, Default)]
pub(super) struct Sums {
    /// Posts that had ended already.
    closed: i64,
    /// Open rows that ask for a licence or are abroad; they stand nowhere else.
    apart: Vec<u32>,
    /// What the others pay at most, rising, by area and form.
    pays: Vec<u16>,
    /// Where each area and form begins; one more at the end.
    starts: Vec<u32>,
    /// Rows that have gone since.
    gone: Vec<u32>,
}

/// Bits of a form, and none.
const FORMS: usize = 9;

fn form_of(post: &Post) -> usize {
    post.form.checked_ilog2().map_or(0, |bit| bit as usize + 1)
}

/// Is a licence asked for, or is it in another country?
fn stands_apart(post: &Post) -> bool {
    let first = post.asked().next();
    post.benefits & Post::ABROAD != 0 || first.is_some_and(|asked| asked & Post::LAWFUL != 0)
}

/// How an area lies to somebody.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Lies {
    Within,
    Beyond,
    /// Some of it may be too far.
    Across,
}

impl Sums {
    /// `area` tells the place of a post's area.
    pub(super) fn new(
        rows: &[Post],
        areas: usize,
        rule: &Rule,
        area: impl Fn(&Post) -> usize,
    ) -> Self {
        let mut sums = Self::default();
        let mut all: Vec<(u32, u16)> = Vec::with_capacity(rows.len());
        for (n, post) in (0..).zip(rows) {
            match () {
                () if Limit::closes(post, rule) => sums.closed += i64::from(post.last_day > 0),
                () if stands_apart(post) => sums.apart.push(n),
                () => {
                    let slot = area(post) * FORMS + form_of(post);
                    all.push((u32::try_from(slot).unwrap_or(u32::MAX), post.pay_to));
                }
            }
        }
        all.sort_unstable();
        let slots = u32::try_from(areas * FORMS).unwrap_or(u32::MAX);
        let start = |slot| all.partition_point(|(at, _)| *at < slot);
        sums.starts = (0..=slots).map(|slot| u32::try_from(start(slot)).unwrap_or(0)).collect();
        sums.pays = all.into_iter().map(|(_, pay)| pay).collect();
        sums
    }

    /// A row is about to be marked as gone.
    pub(super) fn remove(&mut self, row: usize, post: &Post, rule: &Rule) {
        match () {
            () if Limit::closes(post, rule) => self.closed -= i64::from(post.last_day > 0),
            () if stands_apart(post) => {}
            () => self.gone.extend(u32::try_from(row).ok()),
        }
    }

    pub(super) fn bytes(&self) -> usize {
        self.pays.len() * 2 + (self.starts.len() + self.apart.len() + self.gone.len()) * 4
    }

    /// What one form of an area pays.
    fn pays(&self, area: usize, form: usize) -> &[u16] {
        let at = |slot: usize| self.starts.get(slot).copied().unwrap_or(0) as usize;
        let slot = area * FORMS + form;
        self.pays.get(at(slot)..at(slot + 1)).unwrap_or_default()
    }

    /// Counts an area that is within reach.
    fn within(&self, area: usize, head: &Head, found: &mut Found) {
        for form in 0..FORMS {
            let pays = self.pays(area, form);
            let below = pays.partition_point(|pay| *pay < head.floor);
            found.add(Limit::BelowFloor, below);
            let bit = form.checked_sub(1).map_or(0, |bit| 1_u8 << bit);
            if head.forms != 0 && bit != 0 && head.forms & bit == 0 {
                found.add(Limit::FormUnwanted, pays.len() - below);
            }
        }
    }
}

#[derive(Default)]
struct Found(BTreeMap<Limit, i64>);

impl Found {
    fn add(&mut self, limit: Limit, count: usize) {
        if count > 0 {
            *self.0.entry(limit).or_default() += i64::try_from(count).unwrap_or(0);
        }
    }
}

impl Posts {
    /// By the hardest limit of each post; exact.
    pub fn limits(&self, aim: &Aim<'_>, person: Someone<'_>) -> BTreeMap<Limit, i64> {
        let (head, rule) = (&person.head, &self.rule);
        let mut found = Found::default();
        let lies = self.lies(person);
        for (area, lies) in lies.iter().enumerate() {
            match lies {
                Lies::Within => self.sums.within(area, head, &mut found),
                Lies::Beyond => {
                    let all = (0..FORMS).map(|form| self.sums.pays(area, form).len()).sum();
                    found.add(Limit::TooFar, all);
                }
                Lies::Across => self.across(area, aim, person, &mut found),
            }
        }
        for post in self.sums.apart.iter().filter_map(|row| self.rows.get(*row as usize)) {
            let limit = (post.last_day > 0).then(|| Limit::hardest(aim, person, post, rule));
            if let Some(limit) = limit.flatten() {
                found.add(limit, 1);
            }
        }
        // what has gone was counted as if it were there
        for post in self.sums.gone.iter().filter_map(|row| self.rows.get(*row as usize)) {
            let then = Post { last_day: u16::MAX, ..*post };
            let counted = lies.get(self.area_of(post)).is_some_and(|lies| *lies != Lies::Across);
            let limit = Limit::hardest(aim, person, &then, rule).filter(|_| counted);
            if let Some(count) = limit.and_then(|limit| found.0.get_mut(&limit)) {
                *count -= 1;
            }
        }
        for post in self.delta.values().filter(|post| post.last_day > 0) {
            if let Some(limit) = Limit::hardest(aim, person, post, rule) {
                found.add(limit, 1);
            }
        }
        *found.0.entry(Limit::Closed).or_default() += self.sums.closed;
        found.0.retain(|_, count| *count > 0);
        found.0
    }

    fn lies(&self, person: Someone<'_>) -> Vec<Lies> {
        let home = Spot::new(person.head.point, person.head.home, &self.rule.catalogue);
        let lies = |ground: &Ground| match () {
            // whom age keeps out is not asked how far
            () if !person.head.is(Head::OF_AGE) => Lies::Across,
            () if ground.all_within(person, &self.rule) => Lies::Within,
            () if ground.most_for(person, &home, &self.rule).is_none() => Lies::Beyond,
            () => Lies::Across,
        };
        self.areas.iter().map(lies).collect()
    }

    /// Looks at the rows of an area that [`Sums`] have counted.
    fn across(&self, area: usize, aim: &Aim<'_>, person: Someone<'_>, found: &mut Found) {
        for class in 0..self.classes.len() {
            let rows = self.cell(class, area..area + 1);
            let rows = self.rows.get(rows.start as usize..rows.end as usize).unwrap_or_default();
            let counted = |post: &&Post| !stands_apart(post) && !Limit::closes(post, &self.rule);
            for post in rows.iter().filter(counted) {
                if let Some(limit) = Limit::hardest(aim, person, post, &self.rule) {
                    found.add(limit, 1);
                }
            }
        }
    }
}
