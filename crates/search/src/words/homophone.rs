//! Names of trades and skills by how they sound: 会记 is meant to be 会计.

use std::collections::HashMap;

use super::{
    Dictionary, Learnt, Slip,
    run::{is_han, runs},
};
use crate::suggest::sound::{Readings, Sound};

/// Characters of a name that is looked for by its sound.
const SHORTEST: usize = 2;
const LONGEST: usize = 6;

/// The most ways in which one name is read.
const WAYS: usize = 4;

pub(super) struct Homophones {
    readings: Readings,
    /// The names by their syllables; the first of several.
    names: HashMap<String, String>,
}

impl Homophones {
    pub(super) fn new(dictionary: &Dictionary) -> Self {
        let readings = Readings::new([]);
        let words = dictionary.groups.iter().flat_map(|group| &group.words);
        let mut names = HashMap::new();
        for name in words.chain(&dictionary.names).filter(|name| name.chars().all(is_han)) {
            if (SHORTEST..=LONGEST).contains(&name.chars().count()) {
                for way in ways(&readings, name) {
                    names.entry(way).or_insert_with(|| name.clone());
                }
            }
        }
        Self { readings, names }
    }

    /// The first stretch of a folded text that the dictionary cuts into single characters and that
    /// sounds like a name, put right.
    pub(super) fn mended(&self, learnt: &Learnt, text: &str) -> Option<(String, Slip)> {
        runs(text).iter().filter(|run| run.han).find_map(|run| {
            let single = |token: &&jieba_rs::Token<'_>| token.word.chars().nth(1).is_none();
            let cut = learnt.jieba.cut(run.text, false);
            cut.chunk_by(|one, other| single(&one) == single(&other)).find_map(|stretch| {
                let (first, last) = (stretch.first().filter(single)?, stretch.last()?);
                let (from, to) = (run.at + first.byte_start, run.at + last.byte_end);
                let slip = self.slip(text.get(from..to)?)?;
                let (before, after) = (text.get(..from)?, text.get(to..)?);
                let rest = text.get(from..to)?.replacen(&slip.typed, &slip.meant, 1);
                Some((format!("{before}{rest}{after}"), slip))
            })
        })
    }

    /// The longest part of single characters that sounds like a name.
    fn slip(&self, typed: &str) -> Option<Slip> {
        let ends: Vec<usize> =
            typed.char_indices().map(|(at, _)| at).chain([typed.len()]).collect();
        let most = ends.len().saturating_sub(1).min(LONGEST);
        for long in (SHORTEST..=most).rev() {
            for (from, to) in ends.iter().zip(ends.iter().skip(long)) {
                let part = typed.get(*from..*to)?;
                let known = ways(&self.readings, part).into_iter();
                let meant = known.filter_map(|way| self.names.get(&way)).find(|name| *name != part);
                if let Some(meant) = meant {
                    return Some(Slip { typed: part.to_owned(), meant: meant.clone() });
                }
            }
        }
        None
    }
}

/// The syllables of a name, in every usual way.
fn ways(readings: &Readings, name: &str) -> Vec<String> {
    let mut ways = vec![String::new()];
    for sound in readings.sounds(name) {
        let Sound::Read(_, syllables) = sound else { return Vec::new() };
        let most = if ways.len() * syllables.len() <= WAYS { syllables.len() } else { 1 };
        let grown = ways.iter().flat_map(|way| {
            syllables.iter().take(most).map(move |syllable| format!("{way}{syllable} "))
        });
        ways = grown.collect();
    }
    ways
}
