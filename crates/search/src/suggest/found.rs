//! One question: what begins with the typed letters, and which of it comes first.

use std::cmp::Reverse;

use model::{
    region::Code,
    vacancy::suggestion::{Kind, Suggestion},
};

use super::{
    Key, Suggester,
    shelf::{Best, Shelf},
    sound::{Sound, initials},
    thing::{Chosen, HERE, Thing, is_settled},
    top::{Met, Top},
};

/// Readings of mixed letters that are tried, and things held against each.
const READINGS: usize = 3;
const TRIED: usize = 16;
/// Of one kind at first: what is left is filled with any.
pub(super) const OF_A_KIND: usize = 4;

/// What it is worth that something was typed to the end.
pub(super) const WHOLE: i64 = 25;

/// What one question has come upon.
pub(super) struct Found<'a> {
    suggester: &'a Suggester,
    chosen: Option<Chosen>,
    /// Of the province, the city and the county chosen.
    local: Vec<&'a Shelf>,
    /// Of the smallest of these with doublings what there is of each thing.
    doubled: Option<&'a [u8]>,
    /// By kind.
    tops: [Top; Kind::ALL.len()],
}

impl<'a> Found<'a> {
    pub(super) fn new(suggester: &'a Suggester, region: Option<&Code>, limit: usize) -> Self {
        let chosen = region.map(Chosen::new);
        let groups: Vec<u32> = chosen.iter().flat_map(Chosen::groups).collect();
        let shelf = |group| suggester.shelves.local.get(group);
        let doubled = groups.iter().take(2).next_back().map(|group| suggester.doubled.get(group));
        Self {
            suggester,
            local: groups.iter().filter_map(shelf).collect(),
            // where there is no row nothing is open
            doubled: doubled.map(|row| row.map(AsRef::as_ref).unwrap_or_default()),
            chosen,
            tops: std::array::from_fn(|_| Top::new(limit)),
        }
    }

    /// How many things were met, as far as they may be shown.
    pub(super) fn count(&self) -> usize {
        self.tops.iter().map(Top::len).sum()
    }

    /// Whatever begins with the typed letters.
    pub(super) fn begin(&mut self, typed: &str) {
        if typed.is_empty() {
            return;
        }
        let (from, to) = self.suggester.range(typed);
        let end = self.suggester.end((from, to), typed);
        self.stretch(from, end, WHOLE);
        if end < to {
            self.stretch(from, to, 0);
        }
    }

    fn stretch(&mut self, from: usize, to: usize, bonus: i64) {
        if from == to {
            return;
        }
        let shelves = &self.suggester.shelves;
        for shelf in [&shelves.common, &shelves.far] {
            self.meet_best(shelf.best(from, to), bonus);
        }
        let small = self.chosen.as_ref().is_some_and(Chosen::is_small);
        let mut local = std::mem::take(&mut self.local);
        let last = if small { local.pop() } else { None };
        for shelf in &local {
            self.meet_best(shelf.best(from, to), bonus);
        }
        if let Some(shelf) = last {
            // what is best in a county need not be best in a township of it
            self.meet(shelf.all(from, to), bonus);
        }
        local.extend(last);
        self.local = local;
    }

    /// Characters, syllables and first letters in one: `焊g`, `h工`.
    pub(super) fn mixed(&mut self, typed: &str) {
        let suggester = self.suggester;
        let sounds = suggester.readings.sounds(typed);
        if sounds.iter().all(Sound::is_read) {
            // characters alone begin what they begin
            return;
        }
        // and so do first letters alone
        for row in initials(&sounds, READINGS).into_iter().filter(|row| row != typed) {
            let (from, to) = suggester.range(&row);
            for shelf in [&suggester.shelves.common, &suggester.shelves.far] {
                let (Best::Ranked(best) | Best::All(best)) = shelf.best(from, to);
                let best = best.iter().take(TRIED);
                let spelt = best.copied().filter(|&key| suggester.spells(typed, key));
                self.meet(&spelt.collect::<Vec<_>>(), 0);
            }
        }
    }

    fn meet_best(&mut self, keys: Best<'_>, bonus: i64) {
        let mut rest = match keys {
            Best::All(keys) => return self.meet(keys, bonus),
            Best::Ranked(keys) => keys,
        };
        let suggester = self.suggester;
        let brief = |key: u32| {
            suggester
                .keys
                .get(key as usize)
                .and_then(|key| suggester.briefs.get(key.thing as usize))
        };
        let here = if self.chosen.is_some() { HERE } else { 0 };
        while let Some((first, later)) = rest.split_first() {
            let Some(best) = brief(*first) else { return };
            let top = self.tops.get(best.kind as usize);
            let over = best
                .common()
                .is_some_and(|value| top.is_some_and(|top| top.is_above(value + here + bonus)));
            if over {
                // none of its kind that follows is better
                let same = |key: &u32| brief(*key).is_some_and(|other| other.kind <= best.kind);
                rest = rest.get(rest.partition_point(same)..).unwrap_or_default();
            } else {
                self.meet(std::slice::from_ref(first), bonus);
                rest = later;
            }
        }
    }

    fn meet(&mut self, keys: &[u32], bonus: i64) {
        let chosen = self.chosen.as_ref();
        for &at in keys {
            let Some(&Key { thing, text, .. }) = self.suggester.keys.get(at as usize) else {
                continue;
            };
            let Some(brief) = self.suggester.briefs.get(thing as usize) else { continue };
            let Some(top) = self.tops.get_mut(brief.kind as usize) else { continue };
            let mut met = Met { score: 0, rank: brief.rank, thing, key: at, text };
            if let Some(score) = brief.score(chosen) {
                met.score = score + bonus;
                top.offer(met);
                continue;
            }
            let Some(of) = self.suggester.things.get(thing as usize) else { continue };
            let row = self.doubled.filter(|_| !is_settled(of.kind));
            let mut doubled = row.map(|row| row.get(thing as usize).copied().unwrap_or_default());
            if chosen.is_some_and(Chosen::is_below_city)
                && let Some(most) = doubled.filter(|&most| most > 0)
            {
                if top.is_above(of.worth(most) + HERE + bonus) {
                    continue;
                }
                doubled = None;
            }
            met.score = of.score(chosen, doubled) + bonus;
            top.offer(met);
        }
    }

    pub(super) fn best(self, limit: usize) -> Vec<Suggestion> {
        let mut ranked: Vec<(&Thing, Met)> = Vec::new();
        for met in self.tops.into_iter().flat_map(Top::into_all) {
            ranked.extend(self.suggester.things.get(met.thing as usize).map(|of| (of, met)));
        }
        ranked.sort_by_key(|(of, met)| (Reverse(met.score), of.kind, met.rank));
        let mut kinds = [0; Kind::ALL.len()];
        let (mut first, mut later) = (Vec::new(), Vec::new());
        for (of, met) in ranked {
            let Some(of_kind) = kinds.get_mut(of.kind as usize) else { continue };
            *of_kind += 1;
            let place = if *of_kind <= OF_A_KIND { &mut first } else { &mut later };
            place.push((of, met));
        }
        let all = first.into_iter().chain(later).take(limit);
        all.map(|(of, met)| of.suggestion(met.text, self.chosen.as_ref())).collect()
    }
}
