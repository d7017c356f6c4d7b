//! Judged sets: questions, and what each posting is worth as an answer to them, decided by reading.
//! Each test prints how good the lists are, and fails when they get worse than they were.

mod demo;
mod gain;
mod matching;
mod real;
mod set;

use std::{
    collections::{BTreeMap, HashMap, HashSet},
    time::{Duration, Instant},
};

use gain::ndcg;
use model::vacancy::Vacancy;

/// Places of a list that count.
const SEEN: usize = 10;

/// How far the mean may fall below the recorded one.
const SLACK: f64 = 0.01;

/// The means that were reached, by the name of the set.
const RECORDED: &str = include_str!("judged/recorded.toml");

/// The lists of one set as they are scored, one after the other.
struct Score {
    set: &'static str,
    began: Instant,
    took: Duration,
    groups: BTreeMap<String, Vec<f64>>,
    worst: Vec<(f64, String)>,
    seen: usize,
    worthless: usize,
    copies: usize,
    unjudged: usize,
}

impl Score {
    fn new(set: &'static str) -> Self {
        Self {
            set,
            began: Instant::now(),
            took: Duration::ZERO,
            groups: BTreeMap::new(),
            worst: Vec::new(),
            seen: 0,
            worthless: 0,
            copies: 0,
            unjudged: 0,
        }
    }

    /// Takes in a list, from the top, and what each posting is worth. `None` is a posting that nobody
    /// judged: it is left out.
    fn list(
        &mut self,
        group: &str,
        asked: &str,
        list: Vec<Option<Copy>>,
        grades: &HashMap<Copy, u8>,
    ) {
        let (mut shown, mut worth) = (HashSet::new(), Vec::new());
        for copy in list {
            if worth.len() == SEEN {
                break;
            }
            let Some(copy) = copy else {
                self.unjudged += 1;
                continue;
            };
            let grade = grades.get(&copy).copied().unwrap_or(0);
            if shown.insert(copy) {
                self.worthless += usize::from(grade == 0);
                worth.push(grade);
            } else {
                self.copies += 1;
            }
        }
        self.seen += worth.len();
        let all: Vec<u8> = grades.values().copied().collect();
        let ndcg = ndcg(&worth, &all, SEEN);
        self.groups.entry(group.to_owned()).or_default().push(ndcg);
        self.worst.push((ndcg, asked.to_owned()));
        self.took = self.began.elapsed();
    }

    fn mean(&self) -> f64 {
        mean(&self.groups.values().flatten().copied().collect::<Vec<_>>())
    }

    fn print(&self) {
        let share = |n: usize| 100.0 * f64::from(u32::try_from(n).unwrap()) / self.divisor();
        println!("{}: {:.1} s", self.set, self.took.as_secs_f64());
        for (group, lists) in &self.groups {
            println!("  {group:<18} {:>4} lists  nDCG@{SEEN} {:.4}", lists.len(), mean(lists));
        }
        println!(
            "  worth nothing {:.1} %, copies {:.1} %, not judged {:.1} %",
            share(self.worthless),
            share(self.copies),
            share(self.unjudged)
        );
        let mut worst: Vec<_> = self.worst.iter().collect();
        worst.sort_by(|a, b| a.0.total_cmp(&b.0));
        for (ndcg, asked) in worst.iter().take(12) {
            println!("  {ndcg:.3} {asked}");
        }
        println!("  all: {:.4}, recorded {:.4}", self.mean(), self.recorded());
    }

    fn recorded(&self) -> f64 {
        let recorded: BTreeMap<String, f64> = toml::from_str(RECORDED).unwrap();
        recorded[self.set]
    }

    /// Fails when it is worse than what is recorded.
    fn hold(&self) {
        let (mean, recorded) = (self.mean(), self.recorded());
        assert!(mean >= recorded - SLACK, "{}: {mean:.4} after {recorded:.4}", self.set);
    }

    fn divisor(&self) -> f64 {
        f64::from(u32::try_from(self.seen.max(1)).unwrap())
    }
}

fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / f64::from(u32::try_from(values.len().max(1)).unwrap())
}

/// What two copies of one posting have in common: whose, what, and the city.
type Copy = (uuid::Uuid, String, String);

fn copy(vacancy: &Vacancy) -> Copy {
    let title = vacancy.offer.title.to_lowercase();
    let title = title.chars().filter(|c| c.is_alphanumeric() || "+#".contains(*c)).collect();
    let place = &vacancy.offer.place;
    let city = if place.region.is_empty() { &place.text } else { &place.region };
    (vacancy.employer.uuid(), title, city.chars().take(4).collect())
}
