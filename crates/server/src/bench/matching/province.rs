//! Everybody against everything, a share of it, and the bars of the people's notices.

use std::{
    sync::atomic::{AtomicUsize, Ordering},
    time::Instant,
};

use matching::{Best, Posts, Scratch};
use model::matching::Aim;

use super::table::{Table, processor, resident};
use crate::bench::world::people::Maker;

const LIMIT: usize = 20;
/// People that are really matched.
const SHARE: usize = 120_000;
const BLOCK: usize = 1_000;
/// People whose list is made to know how high their bar is.
const SAMPLE: usize = 5_000;

pub(crate) fn run(table: &mut Table, maker: &Maker<'_>, posts: &Posts, people: usize) {
    let (next, found) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let share = SHARE.min(people);
    let (began, before) = (Instant::now(), processor());
    let work = || {
        let mut aim = Aim::new(posts.rule());
        let (mut best, mut scratch) = (Best::new(LIMIT), Scratch::default());
        let block = || Some(next.fetch_add(BLOCK, Ordering::Relaxed)).filter(|&from| from < share);
        for n in std::iter::from_fn(block).flat_map(|from| from..(from + BLOCK).min(share)) {
            let (_, person, _) = maker.person(n);
            best.clear();
            aim.turn(person.view());
            posts.best(&aim, person.view(), &mut best, &mut scratch);
            found.fetch_add(best.ranks().len(), Ordering::Relaxed);
        }
    };
    std::thread::scope(|threads| {
        threads.spawn(work);
        threads.spawn(work);
    });
    let (wall, busy) =
        (began.elapsed().as_secs_f64(), processor().saturating_sub(before).as_secs_f64());
    let times = f64::from(u32::try_from(people).unwrap_or(1))
        / f64::from(u32::try_from(share.max(1)).unwrap_or(1))
        / 60.0;
    let (count, _) = posts.len();
    table.row(
        &format!("a province: {people} people against {count} posts, best 20 each; {share} of them measured, the rest by proportion"),
        &format!(
            "{:.0} minutes by the clock of two threads, {:.0} by processor time on two cores; {} MB; {:.1} posts a person",
            wall * times,
            busy * times / 2.0,
            resident(),
            f64::from(u32::try_from(found.into_inner()).unwrap_or(0)) / f64::from(u32::try_from(share.max(1)).unwrap_or(1)),
        ),
        "≤ 35 minutes, ≤ 1.5 GB",
    );
}

/// Bars of some people: the third best that they have, and never below what is worth a notice.
pub(crate) fn bars(maker: &Maker<'_>, posts: &Posts) -> Vec<u32> {
    let mut aim = Aim::new(posts.rule());
    let (mut best, mut scratch) = (Best::new(LIMIT), Scratch::default());
    let least = u32::try_from(posts.rule().weights.notice).unwrap_or(0);
    let bar = |n| {
        let (_, person, _) = maker.person(n * 11 + 3);
        best.clear();
        aim.turn(person.view());
        posts.best(&aim, person.view(), &mut best, &mut scratch);
        best.ranks().get(2).map_or(least, |third| (third.score.total + 1).max(least))
    };
    (0..SAMPLE).map(bar).collect()
}
