//! Where people really went: from the work they did before, or wished for, to the work they took up.

use std::collections::{BTreeMap, BTreeSet};

use crate::{Id, jobseeker::Jobseeker};

/// What fewer people did is chance, and would tell of persons.
pub const FEWEST: i64 = 5;

/// From one occupation to another, or on in the same, and how many people; each counts once.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Passage {
    pub origin: String,
    pub goal: String,
    pub people: i64,
}

/// Counts so far; what is read belongs to one person after the other.
#[derive(Debug, Default)]
pub struct Passages {
    people: BTreeMap<(String, String), i64>,
    person: Option<Id<Jobseeker>>,
    /// What this person did last.
    before: Option<String>,
    seen: BTreeSet<(String, String)>,
}

impl Passages {
    /// Somebody takes up work; the works of one person come in the order of their days.
    pub fn read(&mut self, person: Id<Jobseeker>, wish: Option<&str>, occupation: &str) {
        if self.person != Some(person) {
            (self.person, self.before) = (Some(person), None);
            self.seen.clear();
        }
        if occupation.is_empty() {
            return;
        }
        let before = self.before.replace(occupation.to_owned());
        for origin in before.into_iter().chain(wish.map(str::to_owned)) {
            let pair = (origin, occupation.to_owned());
            if self.seen.insert(pair.clone()) {
                *self.people.entry(pair).or_default() += 1;
            }
        }
    }

    pub fn counted(self) -> Vec<Passage> {
        let passage = |((origin, goal), people)| Passage { origin, goal, people };
        self.people.into_iter().map(passage).collect()
    }
}

/// Of all who were seen to leave or stay, the share that each goal drew, in thousandths; only what
/// enough people did.
pub fn shares(all: &[Passage]) -> impl Iterator<Item = (&str, &str, i64)> {
    let mut leavers: BTreeMap<&str, i64> = BTreeMap::new();
    for one in all {
        *leavers.entry(&one.origin).or_default() += one.people;
    }
    all.iter().filter(|one| one.people >= FEWEST && one.origin != one.goal).map(move |one| {
        let of = leavers.get(one.origin.as_str()).copied().unwrap_or(1).max(1);
        (one.origin.as_str(), one.goal.as_str(), one.people * 1_000 / of)
    })
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn counted(works: &[(u128, Option<&str>, &str)]) -> Vec<(String, String, i64)> {
        let mut all = Passages::default();
        for (person, wish, work) in works {
            all.read(Id::new(Uuid::from_u128(*person)), *wish, work);
        }
        all.counted().into_iter().map(|one| (one.origin, one.goal, one.people)).collect()
    }

    #[test]
    fn everybody_counts_once_from_the_last_work_and_from_the_wish() {
        let found = counted(&[
            (1, Some("cleaner"), "nurse"),
            (1, Some("cleaner"), "cook"),
            (1, Some("cleaner"), "nurse"),
            (2, Some("cleaner"), "nurse"),
            (3, None, "nurse"),
            (3, None, ""),
            (3, None, "cook"),
        ]);
        let row = |from: &str, to: &str, people| (from.to_owned(), to.to_owned(), people);
        assert_eq!(
            found,
            [
                row("cleaner", "cook", 1),
                row("cleaner", "nurse", 2),
                row("cook", "nurse", 1),
                row("nurse", "cook", 2),
            ]
        );
    }

    #[test]
    fn whoever_stays_makes_the_share_of_those_who_go_smaller_and_few_make_none() {
        let row = |goal: &str, people| Passage { origin: "a".into(), goal: goal.into(), people };
        let all = [row("a", 10), row("b", 6), row("c", 4)];
        assert_eq!(shares(&all).collect::<Vec<_>>(), [("a", "b", 300)]);
    }
}
