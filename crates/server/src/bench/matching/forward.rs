//! One person against all posts, and the same while posts change.

use std::{
    collections::BTreeMap,
    sync::RwLock,
    time::{Duration, Instant},
};

use matching::{Best, Posts, Scratch};
use model::matching::{Aim, Person, Rank};

use super::table::{Table, millis, processor, spread};
use crate::bench::world::people::{Maker, Reach};

pub(crate) const LIMIT: usize = 20;
const PEOPLE: usize = 4_000;
/// Of whom the answer is compared with that of looking at everything.
const COMPARED: usize = 500;

pub(crate) fn run(table: &mut Table, maker: &Maker<'_>, posts: &Posts, times: usize) {
    cold(table, maker, posts, times);
    scanned(table, maker, posts, times);
}

/// How many people, how long all of them took, and how many rows were looked at.
type Sum = (u32, Duration, u64);

fn cold(table: &mut Table, maker: &Maker<'_>, posts: &Posts, times: usize) {
    let mut aim = Aim::new(posts.rule());
    let (mut best, mut scratch) = (Best::new(LIMIT), Scratch::default());
    let (mut all, mut by_reach) = (Vec::new(), BTreeMap::<usize, Sum>::new());
    let before = processor();
    for n in 0..PEOPLE {
        let (_, person, reach) = maker.person(n);
        best.clear();
        let began = Instant::now();
        aim.turn(person.view());
        let looked = posts.best(&aim, person.view(), &mut best, &mut scratch);
        let time = began.elapsed();
        all.push(time);
        let silent = person.head.occupations == 0;
        let at = Reach::ALL.iter().position(|one| *one == reach).unwrap_or(0);
        let at = at + if silent { Reach::ALL.len() } else { 0 };
        let (count, sum, rows) = by_reach.entry(at).or_default();
        (*count, *sum, *rows) = (*count + 1, *sum + time, *rows + looked);
    }
    let busy = millis(processor().saturating_sub(before)) / of(PEOPLE);
    let (mean, high) = spread(&mut all, 99);
    let each: Vec<String> = by_reach.iter().map(|(at, sum)| reached(*at, *sum)).collect();
    let (count, _) = posts.len();
    let wanted = if times == 1 { "≤ 0.5 ms, p99 ≤ 5 ms" } else { "exact" };
    table.row(
        &format!("one person against {count} posts, best 20, {PEOPLE} people one after another"),
        &format!(
            "mean {mean:.3} ms ({busy:.3} ms of processor with making the person), \
             p99 {high:.2} ms; {}",
            each.join(", ")
        ),
        wanted,
    );
}

fn reached(at: usize, (count, sum, rows): Sum) -> String {
    let reach = Reach::ALL.get(at % Reach::ALL.len());
    let reach = reach.map(|reach| format!("{reach:?}").to_lowercase()).unwrap_or_default();
    let silent = if at < Reach::ALL.len() { "" } else { " without a wish" };
    let (mean, rows) = (millis(sum / count.max(1)), rows / u64::from(count.max(1)));
    format!("{reach}{silent} {mean:.2} ms ({rows} rows)")
}

fn of(count: usize) -> f64 {
    f64::from(u32::try_from(count.max(1)).unwrap_or(u32::MAX))
}

/// The same by another way: how long both take in sum, and how many answers differ.
pub(crate) fn compare(
    maker: &Maker<'_>,
    posts: &Posts,
    people: usize,
    mut other: impl FnMut(&Aim<'_>, &Person) -> Vec<Rank>,
) -> (Duration, Duration, usize) {
    let mut aim = Aim::new(posts.rule());
    let (mut best, mut scratch) = (Best::new(LIMIT), Scratch::default());
    let (mut wrong, mut quick, mut slow) = (0, Duration::ZERO, Duration::ZERO);
    for n in 0..people {
        let (_, person, _) = maker.person(n * 7 + 1);
        aim.turn(person.view());
        best.clear();
        let began = Instant::now();
        posts.best(&aim, person.view(), &mut best, &mut scratch);
        quick += began.elapsed();
        let began = Instant::now();
        let found = other(&aim, &person);
        slow += began.elapsed();
        wrong += usize::from(found != best.ranks());
    }
    (quick, slow, wrong)
}

/// What [`compare`] found, as a row.
pub(crate) fn compared(
    table: &mut Table,
    work: &str,
    people: usize,
    (quick, slow, wrong): (Duration, Duration, usize),
    wanted: &str,
) {
    let ratio = slow.as_secs_f64() / quick.as_secs_f64().max(1e-9);
    let each = millis(slow) / of(people);
    table.row(
        work,
        &format!("{each:.1} ms, {ratio:.0} times as long; {wrong} answers differ"),
        wanted,
    );
}

fn scanned(table: &mut Table, maker: &Maker<'_>, posts: &Posts, times: usize) {
    let people = COMPARED / times.max(1);
    let scan = |aim: &Aim<'_>, person: &Person| posts.scan(aim, person.view(), LIMIT);
    let found = compare(maker, posts, people, scan);
    let wanted = if times == 1 { "≥ 20 times, same bit for bit" } else { "≥ 40 times, exact" };
    let work = format!("the same by looking at every row, {people} people of every reach");
    compared(table, &work, people, found, wanted);
}

/// 200 changes and 50 pages a second for ten seconds.
pub(crate) fn beside_changes(table: &mut Table, maker: &Maker<'_>, posts: Posts) {
    let (count, _) = posts.len();
    let held = RwLock::new(posts);
    let until = Instant::now() + Duration::from_secs(10);
    let (mut pages, changes) = std::thread::scope(|threads| {
        let changing = threads.spawn(|| {
            let (mut n, mut next) = (0, Instant::now());
            while Instant::now() < until {
                let (id, _) = maker.post(n * 37 % count.max(1));
                let (_, post) = maker.post(count + n);
                if let Ok(mut posts) = held.write() {
                    posts.put(id, (n % 5 > 0).then_some(post));
                }
                n += 1;
                next += Duration::from_millis(5);
                std::thread::sleep(next.saturating_duration_since(Instant::now()));
            }
            n
        });
        let mut pages = Vec::new();
        let (mut n, mut next) = (0, Instant::now());
        while Instant::now() < until {
            let (_, person, _) = maker.person(n);
            let began = Instant::now();
            page(&held, &person);
            pages.push(began.elapsed());
            n += 1;
            next += Duration::from_millis(20);
            std::thread::sleep(next.saturating_duration_since(Instant::now()));
        }
        (pages, changing.join().unwrap_or(0))
    });
    let shown = pages.len();
    let (mean, high) = spread(&mut pages, 99);
    table.row(
        &format!(
            "match pages beside changes: {shown} pages and {changes} changes in 10 s, without HTTP"
        ),
        &format!("mean {mean:.2} ms, p99 {high:.1} ms"),
        "p99 ≤ 50 ms",
    );
}

/// What a page does: the list, each entry taken apart, how many stand behind each limit, and what would
/// open more.
fn page(held: &RwLock<Posts>, person: &Person) {
    let Ok(posts) = held.read() else { return };
    let aim = Aim::of(posts.rule(), person);
    let mut best = Best::new(LIMIT);
    posts.best(&aim, person.view(), &mut best, &mut Scratch::default());
    for rank in best.ranks() {
        if let Some(post) = posts.get(rank.id.0) {
            std::hint::black_box(model::matching::explain(person, post, posts.rule()));
        }
    }
    std::hint::black_box(posts.limits(&aim, person.view()));
    // whoever wishes for nothing is asked for that instead
    if person.head.occupations > 0 {
        std::hint::black_box(posts.gaps(&aim, person.view()));
    }
}
