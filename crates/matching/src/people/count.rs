//! How many people each limit keeps from a post, without looking at those of whom it is known.

use std::collections::BTreeMap;

use model::matching::{Call, Limit, NONE, Post};

use super::{Cell, Desks, People, Row, cell::Way, search::Search};

impl People {
    /// By the hardest limit of each of those of some desks, or of all; exact.
    pub fn limits(
        &self,
        call: &Call<'_>,
        post: &Post,
        among: Option<&Desks>,
    ) -> BTreeMap<Limit, i64> {
        let search = Search::new(self, call, post, among);
        let closed = Limit::closes(post, &self.rule);
        let mut found = BTreeMap::new();
        for cell in self.cells.iter().filter(|cell| search.meets(cell)) {
            let limit = if closed { Some(Limit::Closed) } else { search.of_all(cell) };
            match limit {
                Some(limit) => *found.entry(limit).or_default() += search.present(cell),
                None => search.count(cell, &mut found),
            }
        }
        for (person, _) in self.delta.values().filter(|(_, tag)| search.means(tag.desk)) {
            let limit = Limit::hardest(call, person.view(), post, &self.rule);
            if let Some(limit) = limit {
                *found.entry(limit).or_default() += 1;
            }
        }
        found.retain(|_, count| *count > 0);
        found
    }
}

impl Search<'_> {
    /// A limit that is the hardest for everybody in a cell.
    fn of_all(&self, cell: &Cell) -> Option<Limit> {
        match () {
            () if !cell.of_age => None,
            () if self.lawful & !cell.skills != 0 => Some(Limit::LicenceMissing),
            () if self.lawful == 0 && self.place(cell).is_none() => Some(Limit::TooFar),
            () => None,
        }
    }

    /// How many of a cell are here and meant.
    fn present(&self, cell: &Cell) -> i64 {
        if self.among.is_none_or(|among| among.all(cell.desks)) {
            i64::from(cell.people()) - i64::from(cell.gone)
        } else {
            i64::try_from(self.meant(cell).count()).unwrap_or(0)
        }
    }

    /// The rows of one of [`People::cells`] that are here and meant.
    fn meant(&self, cell: &Cell) -> impl Iterator<Item = (usize, &Row)> {
        let rows = self.people.rows_of((false, cell));
        rows.filter(|(at, _)| self.means(self.people.desk(*at)))
    }

    fn count(&self, cell: &Cell, found: &mut BTreeMap<Limit, i64>) {
        let (people, post, rule) = (self.people, self.post, &self.people.rule);
        let (least, greatest) = cell.floors;
        let free = cell.of_age
            && self.lawful == 0
            && (self.abroad || matches!(cell.way, Way::Far | Way::Anywhere));
        let paid = post.pay_to == NONE || post.pay_to >= greatest;
        if free && !self.abroad && paid && (cell.any_form || post.form == 0) {
            return;
        }
        if free && !self.abroad && !paid && post.pay_to < least {
            *found.entry(Limit::BelowFloor).or_default() += self.present(cell);
            return;
        }
        let (mut below, mut unwanted) = (0, 0);
        for (at, row) in self.meant(cell) {
            let limit = if free {
                Limit::of_terms(&row.head(), post)
            } else {
                Limit::hardest(self.call, people.view(at, row), post, rule)
            };
            match limit {
                None => {}
                Some(Limit::BelowFloor) => below += 1,
                Some(Limit::FormUnwanted) => unwanted += 1,
                Some(limit) => *found.entry(limit).or_default() += 1,
            }
        }
        *found.entry(Limit::BelowFloor).or_default() += below;
        *found.entry(Limit::FormUnwanted).or_default() += unwanted;
    }
}
