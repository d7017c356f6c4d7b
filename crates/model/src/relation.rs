//! Which skills and which occupations lie near each other: by hand, learnt from the vacancies, or
//! corrected by an office, whose word goes first. 相近关系

pub mod learner;
pub mod passage;

use std::collections::BTreeMap;

use serde::Serialize;

use crate::{Refusal, coded::coded};

coded! {
    /// Between what a relation is.
    pub enum Noun: "relation.noun_unknown", "noun" {
        Skill = "skill",
        Occupation = "occupation",
    }
}

coded! {
    /// Where the strength of a relation comes from, the word that goes last first.
    pub enum Origin: "relation.origin_unknown", "origin" {
        /// A list written by hand, part of the program.
        Seed = "seed",
        /// Counted over the vacancies.
        Learnt = "learnt",
        /// An office says so.
        Pinned = "pinned",
        /// An office says that there is none.
        Forbidden = "forbidden",
    }
}

/// How many a skill or an occupation has at most: the strongest.
pub const MOST: usize = 8;

impl Noun {
    /// How much of what is wanted somebody brings who has the related thing, at most, in
    /// thousandths: only the thing itself is the whole.
    pub const fn strongest(self) -> i64 {
        match self {
            Self::Skill => 500,
            Self::Occupation => 900,
        }
    }
}

/// From one to another: whoever can do `code` can partly do `related`. Not the same both ways: a
/// cook of Sichuan dishes can cook, and not every cook can do Sichuan dishes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, sqlx::FromRow)]
pub struct Relation {
    pub code: String,
    pub related: String,
    /// Thousandths, up to [`Noun::strongest`].
    pub strength: i64,
    /// In how many vacancies both were seen; 0 where nobody counted.
    pub support: i64,
}

/// What an office says of one relation; learning anew does not touch it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Correction {
    pub noun: Noun,
    pub code: String,
    pub related: String,
    pub verdict: Verdict,
    /// In the office's own words.
    pub reason: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// This strong, whatever was learnt.
    Pin(i64),
    /// Not related, whatever was learnt.
    Forbid,
    /// Takes an earlier correction back.
    Free,
}

/// One relation as it holds, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Known {
    pub related: String,
    /// Thousandths; 0 where it is forbidden.
    pub strength: i64,
    pub support: i64,
    pub origin: Origin,
    /// The office's, where it has said something.
    pub reason: String,
}

impl Correction {
    /// Whether it can be understood; whether the codes exist is the tables' to say.
    pub fn check(&self) -> Result<(), Refusal> {
        if self.code == self.related {
            return Err(Refusal::new("relation.itself").field("related"));
        }
        if let Verdict::Pin(strength) = self.verdict
            && !(1..=self.noun.strongest()).contains(&strength)
        {
            let refusal = Refusal::new("relation.strength_out_of_range").field("strength");
            return Err(refusal.arg("most", (self.noun.strongest() / 10).to_string()));
        }
        if self.reason.trim().is_empty() {
            return Err(Refusal::new("relation.reason_missing").field("reason"));
        }
        Ok(())
    }

    pub const fn origin(&self) -> Origin {
        match self.verdict {
            Verdict::Pin(_) => Origin::Pinned,
            Verdict::Forbid | Verdict::Free => Origin::Forbidden,
        }
    }

    const fn strength(&self) -> i64 {
        match self.verdict {
            Verdict::Pin(strength) => strength,
            Verdict::Forbid | Verdict::Free => 0,
        }
    }
}

/// All relations of one noun, from each to its nearest, as they hold.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Relations(BTreeMap<String, Vec<Known>>);

impl Relations {
    /// The stronger of what was written by hand and what was learnt; over both goes the office.
    pub fn new(seeds: Vec<Relation>, learnt: Vec<Relation>, corrections: Vec<Correction>) -> Self {
        let mut all: BTreeMap<(String, String), Known> = BTreeMap::new();
        let rows = seeds.into_iter().map(|row| (row, Origin::Seed));
        for (row, origin) in rows.chain(learnt.into_iter().map(|row| (row, Origin::Learnt))) {
            let Relation { code, related, strength, support } = row;
            let reason = String::new();
            let new = Known { related: related.clone(), strength, support, origin, reason };
            let known = all.entry((code, related)).or_insert_with(|| new.clone());
            known.support = known.support.max(support);
            if strength > known.strength {
                *known = Known { support: known.support, ..new };
            }
        }
        for said in corrections {
            let (strength, origin) = (said.strength(), said.origin());
            let known = all.entry((said.code, said.related.clone()));
            let support = 0;
            let reason = said.reason;
            let new = Known { related: said.related, strength, support, origin, reason };
            let known = known.or_insert_with(|| new.clone());
            *known = Known { support: known.support, ..new };
        }
        let mut lists: BTreeMap<String, Vec<Known>> = BTreeMap::new();
        for ((code, _), known) in all {
            lists.entry(code).or_default().push(known);
        }
        for list in lists.values_mut() {
            // what is forbidden stays in sight, behind the rest
            list.sort_by(|a, b| (-a.strength, &a.related).cmp(&(-b.strength, &b.related)));
            let mut kept = 0;
            list.retain(|known| {
                kept += usize::from(known.strength > 0);
                kept <= MOST || matches!(known.origin, Origin::Pinned | Origin::Forbidden)
            });
        }
        Self(lists)
    }

    /// Of one code, strongest first; the forbidden ones last, with strength 0.
    pub fn of(&self, code: &str) -> &[Known] {
        self.0.get(code).map(Vec::as_slice).unwrap_or_default()
    }

    /// Every relation with the code it starts from, in the order of the codes, strongest first.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Known)> {
        self.0.iter().flat_map(|(code, list)| list.iter().map(move |known| (code.as_str(), known)))
    }

    /// The related ones that count, as code, related and thousandths, in the order of the codes.
    pub fn pairs(&self) -> impl Iterator<Item = (&str, &str, i64)> {
        let counting = self.iter().filter(|(_, known)| known.strength > 0);
        counting.map(|(code, known)| (code, known.related.as_str(), known.strength))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(code: &str, related: &str, strength: i64, support: i64) -> Relation {
        Relation { code: code.into(), related: related.into(), strength, support }
    }

    fn said(related: &str, verdict: Verdict) -> Correction {
        let (code, reason) = ("welding".into(), "we know the trade here".into());
        Correction { noun: Noun::Skill, code, related: related.into(), verdict, reason }
    }

    #[test]
    fn the_stronger_word_holds_and_over_all_the_offices() {
        let seeds = vec![row("welding", "cutting", 300, 0), row("welding", "riveting", 200, 0)];
        let learnt = vec![row("welding", "cutting", 100, 40), row("welding", "cooking", 400, 9)];
        let corrections =
            vec![said("cooking", Verdict::Forbid), said("riveting", Verdict::Pin(500))];
        let relations = Relations::new(seeds, learnt, corrections);
        let seen: Vec<_> = relations
            .of("welding")
            .iter()
            .map(|k| (k.related.as_str(), k.strength, k.support, k.origin))
            .collect();
        let expected = [
            ("riveting", 500, 0, Origin::Pinned),
            ("cutting", 300, 40, Origin::Seed),
            ("cooking", 0, 9, Origin::Forbidden),
        ];
        assert_eq!(seen, expected);
        let counting: Vec<_> = relations.pairs().map(|(_, related, _)| related).collect();
        assert_eq!(counting, ["riveting", "cutting"]);
    }

    #[test]
    fn only_the_nearest_are_kept_and_whatever_the_office_says() {
        let learnt = (0..40).map(|n| row("welding", &format!("s{n:02}"), 100 + n, 5)).collect();
        let relations = Relations::new(vec![], learnt, vec![said("s00", Verdict::Pin(1))]);
        assert_eq!(relations.of("welding").len(), MOST + 1);
        assert_eq!(relations.of("welding")[0].related, "s39");
        assert!(relations.of("welding").iter().any(|known| known.related == "s00"));
    }

    #[test]
    fn a_correction_needs_a_reason_and_another_code() {
        assert!(said("cutting", Verdict::Forbid).check().is_ok());
        let code = |c: Correction| c.check().unwrap_err().code;
        assert_eq!(code(said("welding", Verdict::Forbid)), "relation.itself");
        for strength in [0, -5, Noun::Skill.strongest() + 1] {
            let pin = said("cutting", Verdict::Pin(strength));
            assert_eq!(code(pin), "relation.strength_out_of_range");
        }
        let silent = Correction { reason: " ".into(), ..said("cutting", Verdict::Free) };
        assert_eq!(code(silent), "relation.reason_missing");
    }
}
