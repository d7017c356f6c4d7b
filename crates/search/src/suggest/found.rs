//! One question: what begins with the typed letters, and which of it comes first.

use std::cmp::Reverse;

use model::{
    region::Code,
    vacancy::suggestion::{Kind, Suggestion},
};

use super::{
    Key, Suggester,
    shelf::{Best, Known, Shelf},
    sound::{Sound, initials},
    spread::Within,
    thing::{Chosen, Thing, is_settled, worth_here},
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
    /// The place, and what there is in it of everything that is at home nowhere.
    chosen: Option<(Chosen, Within<'a>)>,
    /// Of the province, the city and the county chosen.
    local: Vec<&'a Shelf>,
    /// By kind.
    tops: [Top; Kind::ALL.len()],
    limit: usize,
}

impl<'a> Found<'a> {
    pub(super) fn new(suggester: &'a Suggester, region: Option<&Code>, limit: usize) -> Self {
        let chosen = region.map(Chosen::new);
        let groups = chosen.iter().flat_map(Chosen::groups);
        Self {
            suggester,
            local: groups.filter_map(|group| suggester.shelves.local.get(&group)).collect(),
            chosen: chosen.map(|chosen| {
                let within = suggester.spread.within(&chosen);
                (chosen, within)
            }),
            tops: std::array::from_fn(|_| Top::new(limit)),
            limit,
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
        let small = self.chosen.as_ref().is_some_and(|(chosen, _)| chosen.small().is_some());
        let mut local = std::mem::take(&mut self.local);
        let last = if small { local.pop() } else { None };
        for shelf in &local {
            self.meet_best(shelf.best(from, to), bonus);
        }
        if let Some(shelf) = last {
            // what is best in a county need not be best in a township of it
            self.meet(shelf.all(from, to).iter().copied(), bonus);
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
                let best = shelf.best(from, to);
                let spelt = best.keys().take(TRIED).filter(|&key| suggester.spells(typed, key));
                self.meet(spelt, 0);
            }
        }
    }

    fn meet_best(&mut self, best: Best<'_>, bonus: i64) {
        let mut rest = match best {
            Best::All(keys) => return self.meet(keys.iter().copied(), bonus),
            Best::Ranked(known) => known,
        };
        while let Some(&Known { thing: first, .. }) = rest.first() {
            let Some(kind) = self.suggester.things.get(first as usize).map(|of| of.kind) else {
                return;
            };
            let end = self.suggester.after(kind);
            let (run, later) = rest.split_at(rest.partition_point(|known| known.thing < end));
            if self.chosen.is_none() || is_settled(kind) {
                // no more of a kind can be shown
                self.meet(run.iter().take(self.limit).map(|known| known.key), bonus);
            } else {
                self.meet_common(kind, run.iter().copied(), bonus);
            }
            rest = later;
        }
    }

    /// What is at home nowhere, of one kind.
    fn meet_common(&mut self, kind: Kind, run: impl Iterator<Item = Known>, bonus: i64) {
        let (Some((_, within)), Some(top)) = (&self.chosen, self.tops.get_mut(kind as usize))
        else {
            return;
        };
        for Known { key, thing, rank } in run {
            let Some(of) = self.suggester.things.get(thing as usize) else { continue };
            let may = |doublings| !top.is_above(worth_here(kind, doublings) + bonus, rank);
            let Some(doublings) = within.doublings((thing, of), may) else { continue };
            let text = self.suggester.keys.get(key as usize).map(|key| key.text);
            let score = worth_here(kind, doublings) + bonus;
            top.offer(Met { score, rank, thing, key, text: text.unwrap_or_default() });
        }
    }

    fn meet(&mut self, keys: impl Iterator<Item = u32>, bonus: i64) {
        for at in keys {
            let Some(&Key { thing, text, .. }) = self.suggester.keys.get(at as usize) else {
                continue;
            };
            let Some(brief) = self.suggester.briefs.get(thing as usize) else { continue };
            let (kind, rank) = (brief.kind, brief.rank);
            if self.chosen.is_some() && !is_settled(kind) {
                self.meet_common(kind, std::iter::once(Known { key: at, thing, rank }), bonus);
                continue;
            }
            let of = self.suggester.things.get(thing as usize);
            let chosen = self.chosen.as_ref().map(|(chosen, _)| chosen);
            let score = brief.score(chosen).or_else(|| Some(of?.score(chosen?)));
            let Some((score, top)) = score.zip(self.tops.get_mut(kind as usize)) else { continue };
            top.offer(Met { score: score + bonus, rank, thing, key: at, text });
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
        all.map(|(of, met)| of.suggestion(met.text, self.chosen.as_ref().map(|(chosen, _)| chosen)))
            .collect()
    }
}
