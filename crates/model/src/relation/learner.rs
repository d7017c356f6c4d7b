//! Learning what lies near what from the vacancies: counted in one pass, in memory that is bounded
//! by the two classifications and not by the number of vacancies.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::{
    matching::logarithm,
    occupation::shared_levels,
    relation::{MOST, Relation},
    skill::Need,
};

/// What fewer vacancies show is chance.
pub const FLOOR: u32 = 5;
/// A relation weaker than this is not worth a row.
const WEAKEST: i64 = 50;
/// The most that a learnt relation counts: being asked for together is not being the same.
const STRONGEST: i64 = 500;
/// Nearer than this many shared levels, the tree itself says more.
const NEAR: usize = 3;

/// Counts so far. A skill pair is counted once a vacancy.
#[derive(Default)]
pub struct Learner {
    /// Papers: they are held or not, and nothing comes near them.
    papers: BTreeSet<String>,
    skills: Codes,
    occupations: Codes,
    /// Vacancies that ask for any skill.
    posts: u32,
    asking: Vec<u32>,
    pairs: HashMap<(u32, u32), u32>,
    /// Vacancies of an occupation that ask for a skill.
    trades: HashMap<(u32, u32), u32>,
    /// Vacancies of an occupation that ask for any skill.
    sizes: Vec<u32>,
}

/// Codes as small numbers.
#[derive(Default)]
struct Codes {
    numbers: HashMap<String, u32>,
    names: Vec<String>,
}

impl Codes {
    fn number(&mut self, code: &str) -> u32 {
        if let Some(number) = self.numbers.get(code) {
            return *number;
        }
        let number = u32::try_from(self.names.len()).unwrap_or(u32::MAX);
        self.numbers.insert(code.to_owned(), number);
        self.names.push(code.to_owned());
        number
    }

    fn name(&self, number: u32) -> &str {
        at(&self.names, number).map(String::as_str).unwrap_or_default()
    }
}

fn at<T>(all: &[T], number: u32) -> Option<&T> {
    all.get(usize::try_from(number).ok()?)
}

fn count(counts: &mut Vec<u32>, number: u32) {
    let number = usize::try_from(number).unwrap_or(usize::MAX);
    if counts.len() <= number {
        counts.resize(number + 1, 0);
    }
    if let Some(n) = counts.get_mut(number) {
        *n += 1;
    }
}

impl Learner {
    /// `papers` are the codes of licences and certificates.
    pub fn new(papers: impl IntoIterator<Item = String>) -> Self {
        Self { papers: papers.into_iter().collect(), ..Self::default() }
    }

    /// One vacancy. The occupation may be empty.
    pub fn read(&mut self, occupation: &str, skills: &[Need]) {
        let mut asked: Vec<u32> =
            skills.iter().map(|need| self.skills.number(&need.code)).collect();
        asked.sort_unstable();
        asked.dedup();
        if asked.is_empty() {
            return;
        }
        self.posts += 1;
        for (n, &a) in asked.iter().enumerate() {
            count(&mut self.asking, a);
            for &b in asked.iter().skip(n + 1) {
                *self.pairs.entry((a, b)).or_default() += 1;
            }
        }
        if !occupation.is_empty() {
            let trade = self.occupations.number(occupation);
            count(&mut self.sizes, trade);
            for &skill in &asked {
                *self.trades.entry((trade, skill)).or_default() += 1;
            }
        }
    }

    /// How many vacancies were of use.
    pub const fn posts(&self) -> u32 {
        self.posts
    }

    /// P(b|a)·idf(b): how often b is asked for where a is, and how telling that is. It beat PMI and
    /// its normal form at guessing a skill that was hidden.
    pub fn skills(&self) -> Vec<Relation> {
        let mut found: BTreeMap<u32, Vec<Relation>> = BTreeMap::new();
        for (&(a, b), &both) in self.pairs.iter().filter(|(_, both)| **both >= FLOOR) {
            for (from, to) in [(a, b), (b, a)] {
                found.entry(from).or_default().extend(self.skill(from, to, both));
            }
        }
        found.into_values().flat_map(nearest).collect()
    }

    fn skill(&self, from: u32, to: u32, both: u32) -> Option<Relation> {
        let related = self.skills.name(to);
        let (own, other) = (*at(&self.asking, from)?, *at(&self.asking, to)?);
        if self.papers.contains(related) || !self.beyond_chance(both, own, other) {
            return None;
        }
        let likely = i64::from(both) * 1_000 / i64::from(own.max(1));
        let strength = likely * 2 * telling(self.posts, other) / telling(self.posts, FLOOR).max(1);
        relation(self.skills.name(from), related, strength, both)
    }

    /// Half as often again together as chance would have it; what all ask for is near nothing.
    fn beyond_chance(&self, both: u32, one: u32, other: u32) -> bool {
        u64::from(both) * u64::from(self.posts) * 2 >= u64::from(one) * u64::from(other) * 3
    }

    /// By the skills that are its own: from an occupation to what it asks for, and on to who else asks for that;
    /// against the share that comes back to where it began.
    pub fn occupations(&self) -> Vec<Relation> {
        let mut of_skill: HashMap<u32, Vec<(u32, u32)>> = HashMap::new();
        let mut of_trade: BTreeMap<u32, Vec<(u32, u32)>> = BTreeMap::new();
        for (&(trade, skill), &n) in &self.trades {
            let size = at(&self.sizes, trade).copied().unwrap_or(0);
            let asking = at(&self.asking, skill).copied().unwrap_or(0);
            if !self.beyond_chance(n, size, asking) {
                continue;
            }
            of_skill.entry(skill).or_default().push((trade, n));
            of_trade.entry(trade).or_default().push((skill, n));
        }
        let enough = |trade: u32| at(&self.sizes, trade).is_some_and(|n| *n >= FLOOR);
        let trades = of_trade.iter().filter(|(trade, _)| enough(**trade));
        let related = trades.flat_map(|(&from, skills)| {
            let reached = walk(skills, &of_skill);
            let home = reached.get(&from).map_or(1, |reach| reach.share.max(1));
            let others = reached.iter().filter(|(to, _)| **to != from && enough(**to));
            nearest(others.filter_map(|(to, reach)| self.trade(from, *to, reach, home)).collect())
        });
        related.collect()
    }

    fn trade(&self, from: u32, to: u32, reach: &Reach, home: u64) -> Option<Relation> {
        let (code, related) = (self.occupations.name(from), self.occupations.name(to));
        if shared_levels(code, related) >= NEAR {
            return None;
        }
        let (own, other) = (*at(&self.sizes, from)?, *at(&self.sizes, to)?);
        let share = i64::try_from(reach.share * 1_000 / home).unwrap_or(0);
        let strength = share * telling(self.posts, other) / telling(self.posts, own).max(1);
        relation(code, related, strength, reach.support)
    }
}

/// How much of an occupation's way through its skills ends at another.
#[derive(Default)]
struct Reach {
    /// Millionths of a vacancy, summed.
    share: u64,
    /// Vacancies of both that ask for the same, the smaller number of each skill's.
    support: u32,
}

fn walk(skills: &[(u32, u32)], of_skill: &HashMap<u32, Vec<(u32, u32)>>) -> HashMap<u32, Reach> {
    let mut reached: HashMap<u32, Reach> = HashMap::new();
    for (skill, n) in skills {
        let trades = of_skill.get(skill).map(Vec::as_slice).unwrap_or_default();
        let all: u64 = trades.iter().map(|(_, m)| u64::from(*m)).sum();
        for (trade, m) in trades {
            let reach = reached.entry(*trade).or_default();
            reach.share += u64::from(*n) * u64::from(*m) * 1_000_000 / all.max(1);
            reach.support += n.min(m);
        }
    }
    reached
}

/// Sixteenths of a doubling: how rare it is.
fn telling(all: u32, having: u32) -> i64 {
    i64::from(logarithm(u64::from(all) * 16 / u64::from(having.max(1)))) - i64::from(logarithm(16))
}

fn relation(code: &str, related: &str, strength: i64, support: u32) -> Option<Relation> {
    let strength = strength.min(STRONGEST);
    let (code, related) = (code.to_owned(), related.to_owned());
    let enough = strength >= WEAKEST && support >= FLOOR;
    enough.then_some(Relation { code, related, strength, support: support.into() })
}

/// The strongest; of equals the better supported, then by code: any order of reading gives the same.
fn nearest(mut all: Vec<Relation>) -> Vec<Relation> {
    all.sort_by(|a, b| {
        (-a.strength, -a.support, &a.related).cmp(&(-b.strength, -b.support, &b.related))
    });
    all.truncate(MOST);
    all
}

#[cfg(test)]
mod tests;
