//! `bench exposure`: two weeks of made-up lists, plain and fair, and how the views spread.

use std::{
    fmt::Write as _,
    io::{Write as _, stdout},
    path::Path,
    process::ExitCode,
};

use chrono::{DateTime, NaiveDate, Utc};
use model::{
    Id,
    exposure::{Load, Order, Rule, Turn, gini, people, posts},
};
use uuid::Uuid;

use super::assignment::Side;
use crate::{Outcome, demo::dice::Dice};

const DAYS: u64 = 14;
const LIST: usize = 20;
/// Where the result is kept.
const FILE: &str = ".docs/bench/exposure.md";

struct World {
    /// For each person all posts that fit, with the scores, the best first; the same for each post.
    matches: Vec<Vec<(i64, usize)>>,
    candidates: Vec<Vec<(i64, usize)>>,
    heads: Vec<i64>,
    /// Since when each person is registered.
    since: Vec<DateTime<Utc>>,
}

/// What came of one order in the second week.
#[derive(Default)]
struct Week {
    views: Vec<i64>,
    score: i64,
    shown: i64,
    turns: Vec<Turn>,
    on_a_list: Vec<bool>,
}

pub(crate) fn run(count: usize, offers: usize, save: bool) -> Outcome {
    let world = World::new(count, offers);
    let rule = rule();
    let (plain, fair) = (world.live(&rule, Order::Plain), world.live(&rule, Order::Fair));
    let mut told = String::new();
    writeln!(
        told,
        "{count} people, {offers} posts; a third of the people and half of the posts a day, {LIST} a list; the second week counts.\n"
    )?;
    writeln!(told, "| | plain | fair |\n|---|---:|---:|")?;
    for (name, of) in ROWS {
        writeln!(told, "| {name} | {} | {} |", of(&world, &plain), of(&world, &fair))?;
    }
    write!(stdout(), "{told}")?;
    if save {
        let path = Path::new(FILE);
        std::fs::create_dir_all(path.parent().unwrap_or(path))?;
        let head = "# Exposure: how lists spread\n\n`jinqiao bench exposure --save` wrote this; the same numbers come out on every machine.\n\n";
        std::fs::write(path, format!("{head}{told}"))?;
    }
    Ok(ExitCode::SUCCESS)
}

type Row = (&'static str, fn(&World, &Week) -> String);

const ROWS: [Row; 7] = [
    ("Gini of views per person wanted", |world, week| permille(gini(&world.per_head(week)))),
    ("share of views of the tenth of posts most seen per person wanted", |world, week| {
        let mut all = world.per_head(week);
        all.sort_unstable_by(|a, b| b.cmp(a));
        let top: i64 = all.iter().take(all.len() / 10).sum();
        permille(top * 1_000 / all.iter().sum::<i64>().max(1))
    }),
    ("posts that fit somebody and were never shown", |world, week| {
        let fits = |(post, views): &(usize, &i64)| {
            **views == 0 && world.candidates.get(*post).is_some_and(|all| !all.is_empty())
        };
        week.views.iter().enumerate().filter(fits).count().to_string()
    }),
    ("mean score of what was shown (of 100)", |_, week| {
        let mean = week.score / week.shown.max(1) / 10;
        format!("{}.{:02}", mean / 100, mean % 100)
    }),
    ("people who fit some post and were on no list in the week", |world, week| {
        world.listed().filter(|n| week.on_a_list.get(*n) == Some(&false)).count().to_string()
    }),
    ("of these registered for a year and more", |world, week| {
        let long = world.listed().filter(|n| world.is_long(*n));
        long.filter(|n| week.on_a_list.get(*n) == Some(&false)).count().to_string()
    }),
    ("people who fit some post and were never on a list", |world, week| {
        let never =
            |n: &usize| week.turns.get(*n).is_some_and(|turn| turn.recommended_on.is_none());
        world.listed().filter(never).count().to_string()
    }),
];

fn permille(n: i64) -> String {
    format!("0.{n:03}")
}

/// As the dated row in force has it.
fn rule() -> Rule {
    Rule {
        version: 1,
        valid_from: day(0),
        views_per_head: 50,
        views_per_application: 5,
        usual_heads: 3,
        window_days: 7,
        step: 2_000,
        most: 10_000,
        within: 20,
        reserved: 4,
        long_months: 12,
        due_days: 7,
        pool: 400,
        basis: String::new(),
    }
}

fn day(n: u64) -> NaiveDate {
    let first = NaiveDate::from_ymd_opt(2026, 11, 2).unwrap_or_default();
    first.checked_add_days(chrono::Days::new(n)).unwrap_or(first)
}

impl World {
    fn new(count: usize, offers: usize) -> Self {
        let mut dice = Dice::new(8);
        let seekers: Vec<_> = (0..count).map(|_| Side::throw(&mut dice)).collect();
        let posts: Vec<_> = (0..offers).map(|_| Side::throw(&mut dice)).collect();
        let best = |mut all: Vec<(i64, usize)>| {
            all.sort_by_key(|(score, n)| (-score, *n));
            all
        };
        let matches = seekers.iter().map(|person| {
            let all = posts.iter().enumerate();
            best(all.filter_map(|(n, post)| Some((person.score(post)?, n))).collect())
        });
        let candidates = posts.iter().map(|post| {
            let all = seekers.iter().enumerate();
            best(all.filter_map(|(n, person)| Some((person.score(post)?, n))).collect())
        });
        let (matches, candidates) = (matches.collect(), candidates.collect());
        // most look for one or two people, a few for a whole line
        let heads = (0..offers).map(|_| dice.between(1, 3) * dice.between(1, 6) / 3 + 1).collect();
        let since = |months: i64| {
            let back = chrono::Duration::days(months * 31);
            (day(0) - back).and_time(chrono::NaiveTime::MIN).and_utc()
        };
        let since = (0..count).map(|_| since(dice.between(0, 23))).collect();
        Self { matches, candidates, heads, since }
    }

    fn live(&self, rule: &Rule, order: Order) -> Week {
        let (offers, count) = (self.heads.len(), self.matches.len());
        let mut dice = Dice::new(9);
        let turn = |(n, since): (u128, &DateTime<Utc>)| Turn {
            id: Id::new(Uuid::from_u128(n)),
            created_at: *since,
            recommended_on: None,
            before_on: None,
        };
        let mut week = Week {
            views: vec![0; offers],
            turns: (0..).zip(&self.since).map(turn).collect(),
            on_a_list: vec![false; count],
            ..Week::default()
        };
        let mut days: Vec<Vec<i64>> = vec![];
        for today in 0..DAYS {
            let prices: Vec<_> = (0..offers).map(|n| self.price(rule, &days, n)).collect();
            let mut views = vec![0; offers];
            for list in self.matches.iter().filter(|_| dice.chance(333)) {
                look(list, (order, &prices), &mut views, (today >= 7).then_some(&mut week));
            }
            for list in self.candidates.iter().filter(|_| dice.chance(500)) {
                meet(list, (rule, order), today, &mut week);
            }
            if today >= 7 {
                for (sum, more) in week.views.iter_mut().zip(&views) {
                    *sum += more;
                }
            }
            days.push(views);
        }
        week
    }

    fn price(&self, rule: &Rule, days: &[Vec<i64>], post: usize) -> i64 {
        let shown = days.iter().rev().take(7).filter_map(|day| day.get(post)).sum();
        rule.price(Load { shown, headcount: self.heads.get(post).copied(), applied: None })
    }

    /// Views in a thousandth for each person wanted.
    fn per_head(&self, week: &Week) -> Vec<i64> {
        week.views.iter().zip(&self.heads).map(|(views, heads)| views * 1_000 / heads).collect()
    }

    /// People whom some post fits, however low they stand on its list.
    fn listed(&self) -> impl Iterator<Item = usize> {
        let all: std::collections::BTreeSet<usize> =
            self.candidates.iter().flatten().map(|(_, person)| *person).collect();
        all.into_iter()
    }

    fn is_long(&self, person: usize) -> bool {
        let year = chrono::Duration::days(366);
        self.since.get(person).is_some_and(|since| since.date_naive() + year <= day(7))
    }
}

/// A person looks at posts.
fn look(
    list: &[(i64, usize)],
    (order, prices): (Order, &[i64]),
    views: &mut [i64],
    week: Option<&mut Week>,
) {
    let price = |post: &usize| prices.get(*post).copied().unwrap_or(0);
    let ranked: Vec<_> = list.iter().map(|(score, post)| (*score, price(post))).collect();
    let chosen = match order {
        Order::Plain => (0..list.len().min(LIST)).collect(),
        Order::Fair => posts(&ranked, LIST),
    };
    let shown: Vec<_> = chosen.iter().filter_map(|at| list.get(*at)).collect();
    for (_, post) in &shown {
        if let Some(count) = views.get_mut(*post) {
            *count += 1;
        }
    }
    if let Some(week) = week {
        week.shown += i64::try_from(shown.len()).unwrap_or(0);
        week.score += shown.iter().map(|(score, _)| score).sum::<i64>();
    }
}

/// An employer looks at people.
fn meet(list: &[(i64, usize)], (rule, order): (&Rule, Order), today: u64, week: &mut Week) {
    let most = usize::try_from(rule.pool).unwrap_or(0);
    let pool = list.iter().take(most).filter_map(|(_, n)| week.turns.get(*n).cloned());
    let pool: Vec<_> = pool.collect();
    let chosen = match order {
        Order::Plain => (0..list.len().min(LIST)).collect(),
        Order::Fair => people(rule, &pool, LIST, day(today)),
    };
    for (_, person) in chosen.iter().filter_map(|at| list.get(*at)) {
        if let Some(turn) = week.turns.get_mut(*person) {
            turn.before_on = turn.last(day(today));
            turn.recommended_on = Some(day(today));
        }
        if let Some(on) = week.on_a_list.get_mut(*person).filter(|_| today >= 7) {
            *on = true;
        }
    }
}
