//! People for a post, and whom a new post reaches.

mod cell;
mod count;
mod crowd;
mod desk;
mod row;
mod search;
mod strict;

use std::{collections::HashMap, ops::Range, sync::Arc};

use model::matching::{NONE, Person, Rule, Someone};

use cell::{Cell, Key, Tops};
use crowd::slice;
pub use crowd::{Crowd, Tag};
pub use desk::Desks;
use row::Row;
pub use strict::Strict;

/// The cells of a group of occupations.
struct Group {
    /// [`NONE`]: of those who wish for nothing.
    node: u16,
    /// Of those who wish for it first, by row.
    first: Range<usize>,
    /// Of those who wish for it besides, by place in [`People::others`].
    besides: Range<usize>,
    /// The lowest bar of all of them.
    bar: u32,
}

/// People sorted by what they wish for, how far they go, and where. A person stands once, and is
/// named again in each other group that is wished for.
pub struct People {
    rule: Arc<Rule>,
    rows: Vec<Row>,
    bases: Vec<u32>,
    lists: Vec<u16>,
    ids: Vec<u128>,
    /// By row: who looks after them.
    desks: Vec<u16>,
    cells: Vec<Cell>,
    /// Rows of those who wish for more than one group, by group, and the cells of these.
    others: Vec<u32>,
    besides: Vec<Cell>,
    groups: Vec<Group>,
    by_id: Vec<u32>,
    tops: Tops,
    /// Who is new or has changed since.
    delta: HashMap<u128, (Person, Tag)>,
}

impl People {
    /// Takes about 64 bytes a person.
    pub fn new(rule: Arc<Rule>, crowd: &Crowd) -> Self {
        let catalogue = Arc::clone(&rule.catalogue);
        let count = crowd.len();
        let key = |n: &u32| {
            let person = crowd.view(*n);
            let wish = person.occupations().first().copied().unwrap_or(NONE);
            Key::new(person, catalogue.group(wish), &catalogue)
        };
        let mut order: Vec<u32> = (0..count).collect();
        order.sort_by_cached_key(|n| (key(n), *n));
        let mut people = Self {
            rows: Vec::with_capacity(order.len()),
            bases: Vec::with_capacity(order.len() / Row::BLOCK + 1),
            lists: Vec::with_capacity(crowd.numbers()),
            ids: Vec::with_capacity(order.len()),
            desks: Vec::with_capacity(order.len()),
            cells: Vec::new(),
            others: Vec::new(),
            besides: Vec::new(),
            groups: Vec::new(),
            by_id: (0..count).collect(),
            tops: Tops::new(&catalogue),
            delta: HashMap::new(),
            rule,
        };
        for n in order {
            people.take(crowd.id(n), crowd.view(n), crowd.tag(n));
        }
        people.file();
        let ids = &people.ids;
        people.by_id.sort_unstable_by_key(|row| ids.get(*row as usize));
        people
    }

    fn take(&mut self, id: u128, person: Someone<'_>, tag: Tag) {
        if self.rows.len().is_multiple_of(Row::BLOCK) {
            self.bases.push(u32::try_from(self.lists.len()).unwrap_or(u32::MAX));
        }
        self.rows.push(Row::new(person.head, tag.bar));
        self.lists.extend_from_slice(person.lists);
        self.ids.push(id);
        self.desks.push(tag.desk);
    }

    /// Makes the cells and the groups of the rows.
    fn file(&mut self) {
        let catalogue = Arc::clone(&self.rule.catalogue);
        let (mut first, mut others) = (Vec::with_capacity(self.rows.len()), Vec::new());
        for (n, row) in (0_u32..).zip(&self.rows) {
            let person = self.view(n as usize, row);
            let mut groups: Vec<u16> =
                person.occupations().iter().map(|wish| catalogue.group(*wish)).collect();
            let own = groups.first().copied().unwrap_or(NONE);
            first.push((Key::new(person, own, &catalogue), n));
            groups.sort_unstable();
            groups.dedup();
            let besides = groups.into_iter().filter(|group| *group != own);
            others.extend(besides.map(|group| (Key::new(person, group, &catalogue), n)));
        }
        others.sort_unstable();
        let (cells, mut groups) = self.cut(&first);
        let (besides, again) = self.cut(&others);
        for other in again {
            match groups.iter_mut().find(|group| group.node == other.node) {
                Some(group) => {
                    group.besides = other.first;
                    group.bar = group.bar.min(other.bar);
                }
                None => groups.push(Group { first: 0..0, besides: other.first, ..other }),
            }
        }
        self.others = others.into_iter().map(|(_, row)| row).collect();
        (self.cells, self.besides, self.groups) = (cells, besides, groups);
    }

    /// `rows` are in the order of their keys.
    fn cut(&self, rows: &[(Key, u32)]) -> (Vec<Cell>, Vec<Group>) {
        let (mut cells, mut groups): (Vec<Cell>, Vec<Group>) = (Vec::new(), Vec::new());
        let usual = u16::try_from(self.rule.weights.usual_reach_km).unwrap_or(NONE);
        let mut last: Option<Key> = None;
        for (at, (key, row)) in (0_u32..).zip(rows) {
            if last.is_none_or(|last| last.group != key.group) {
                let first = cells.len()..cells.len();
                groups.push(Group { node: key.group, first, besides: 0..0, bar: u32::MAX });
            }
            let held = cells.last().map_or(0, Cell::people);
            if last.is_none_or(|last| self.parts(last, *key, held)) {
                cells.push(Cell::new(at, key.way));
            }
            last = Some(*key);
            let Some(found) = self.rows.get(*row as usize) else { continue };
            let person = self.view(*row as usize, found);
            if let Some(cell) = cells.last_mut() {
                let tag = Tag { bar: found.bar(), desk: self.desk(*row as usize) };
                cell.take(person, tag, &self.tops, usual);
            }
            if let Some(group) = groups.last_mut() {
                group.first.end = cells.len();
                group.bar = group.bar.min(found.bar());
            }
        }
        cells.shrink_to_fit();
        (cells, groups)
    }

    /// Does another cell begin with `next`? A cell is full, or far from the next one.
    fn parts(&self, last: Key, next: Key, held: u32) -> bool {
        let ([province, city], [other, town]) =
            (self.tops.of(last.anchor), self.tops.of(next.anchor));
        (last.group, last.way) != (next.group, next.way)
            || held >= Cell::MOST
            || (held >= Cell::MOST / 8 && province != other)
            || (held >= Cell::MOST / 2 && city != town)
    }

    pub fn rule(&self) -> &Arc<Rule> {
        &self.rule
    }

    /// People in the base, and in the delta.
    pub fn len(&self) -> (usize, usize) {
        (self.rows.len(), self.delta.len())
    }

    pub fn is_empty(&self) -> bool {
        self.rows.is_empty() && self.delta.is_empty()
    }

    /// Bytes held.
    pub fn bytes(&self) -> usize {
        self.rows.len() * (size_of::<Row>() + 16 + 4 + 2)
            + self.lists.len() * 2
            + (self.bases.len() + self.others.len()) * 4
            + (self.cells.len() + self.besides.len()) * size_of::<Cell>()
            + self.delta.len() * 160
    }

    /// Somebody is new, has changed, or has gone.
    pub fn put(&mut self, id: u128, person: Option<(Person, Tag)>) {
        self.remove(id);
        match person {
            Some(person) => drop(self.delta.insert(id, person)),
            None => drop(self.delta.remove(&id)),
        }
    }

    /// Marks somebody of the base as no longer there; gives who it was, and the desk.
    fn remove(&mut self, id: u128) -> Option<(Person, u16)> {
        let at = self.row_of(id)?;
        let row = self.rows.get(at).filter(|row| row.bar() != Row::GONE)?;
        let Someone { head, lists } = self.view(at, row);
        let person = Person { head, lists: lists.to_vec() };
        self.rows.get_mut(at)?.set_bar(Row::GONE);
        let cell = self.cells.partition_point(|cell| cell.to as usize <= at);
        self.cells.get_mut(cell)?.gone += 1;
        Some((person, self.desk(at)))
    }

    /// The total that a new post must reach to be worth a notice to somebody.
    pub fn set_bar(&mut self, id: u128, bar: u32) {
        if let Some((_, held)) = self.delta.get_mut(&id) {
            held.bar = bar;
            return;
        }
        let row = self.row_of(id).and_then(|at| self.rows.get_mut(at));
        let Some(row) = row.filter(|row| row.bar() != Row::GONE) else { return };
        if bar >= row.bar() {
            row.set_bar(bar.min(Row::GONE - 1));
        } else if let Some((person, desk)) = self.remove(id) {
            // the cells know a higher one
            self.delta.insert(id, (person, Tag { bar, desk }));
        }
    }

    /// The same of somebody who is here.
    pub fn bar(&self, id: u128) -> Option<u32> {
        let base = || self.row_of(id).and_then(|at| self.rows.get(at)).map(Row::bar);
        let delta = self.delta.get(&id).map(|(_, tag)| tag.bar);
        delta.or_else(|| base().filter(|bar| *bar != Row::GONE))
    }

    fn row_of(&self, id: u128) -> Option<usize> {
        let at = |row: &u32| self.ids.get(*row as usize).copied().unwrap_or(u128::MAX);
        let found = self.by_id.binary_search_by_key(&id, at).ok()?;
        self.by_id.get(found).map(|row| *row as usize)
    }

    #[inline]
    fn desk(&self, at: usize) -> u16 {
        self.desks.get(at).copied().unwrap_or(u16::MAX)
    }

    #[inline]
    fn view(&self, at: usize, row: &Row) -> Someone<'_> {
        let base = self.bases.get(at / Row::BLOCK).copied().unwrap_or(0) as usize;
        let before = self.rows.get(at - at % Row::BLOCK..at).unwrap_or_default();
        let from = base + before.iter().map(Row::length).sum::<usize>();
        let head = row.head();
        Someone { head, lists: slice(&self.lists, from, &head) }
    }

    /// Everybody, base and delta, with the bar.
    pub fn all(&self) -> impl Iterator<Item = (u128, Someone<'_>, u32)> {
        let rows = self.ids.iter().zip(self.rows.iter().enumerate());
        let here = rows.filter(|(_, (_, row))| row.bar() != Row::GONE);
        let delta = self.delta.iter().map(|(id, (person, tag))| (*id, person.view(), tag.bar));
        here.map(|(id, (at, row))| (*id, self.view(at, row), row.bar())).chain(delta)
    }
}
