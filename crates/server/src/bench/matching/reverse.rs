//! One new post against all people.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use matching::{Best, Crowd, People, Tag};
use model::matching::{Call, Rule};

use super::table::{Table, millis, resident, spread};
use crate::bench::world::people::Maker;

const POSTS: usize = 200;
const COMPARED: usize = 20;

pub(crate) fn run(
    table: &mut Table,
    maker: &Maker<'_>,
    rule: &Arc<Rule>,
    people: usize,
    bars: &[u32],
) {
    let mut crowd = Crowd::default();
    for n in 0..people {
        let (id, person, _) = maker.person(n);
        let bar = bars.get(n % bars.len().max(1)).copied().unwrap_or(0);
        crowd.push(id, &person, Tag { bar, desk: person.head.home });
        table.progress("people", n, people);
    }
    let began = Instant::now();
    let crowd = People::new(Arc::clone(rule), &std::mem::take(&mut crowd));
    #[expect(clippy::cast_precision_loss, reason = "bytes a person")]
    let each = crowd.bytes() as f64 / people.max(1) as f64;
    table.row(
        &format!("building the structure of {people} people, already read"),
        &format!(
            "{:.1} s, {each:.0} bytes a person with the id; {} MB in all",
            began.elapsed().as_secs_f64(),
            resident()
        ),
        "≤ 64 bytes a person",
    );
    let (mut times, mut lists, mut looked, mut hit) = (Vec::new(), Vec::new(), 0, 0_usize);
    for n in 0..POSTS {
        let (_, post) = maker.post(50_000_000 + n);
        let began = Instant::now();
        let call = Call::of(rule, &post);
        looked += crowd.reached(&call, &post, |_, _| hit += 1);
        times.push(began.elapsed());
        let (began, mut best) = (Instant::now(), Best::new(20));
        crowd.best(&call, &post, None, &mut best);
        lists.push(began.elapsed());
    }
    let (mean, high) = spread(&mut times, 95);
    table.row(
        &format!("one new post against {people} people: whom it reaches, {POSTS} posts"),
        &format!(
            "mean {mean:.1} ms, p95 {high:.1} ms; {} people looked at and {} reached by a post",
            looked / POSTS as u64,
            hit / POSTS
        ),
        "≤ 60 ms",
    );
    let (mean, high) = spread(&mut lists, 95);
    table.row(
        &format!("the best 20 of {people} people for a post, {POSTS} posts"),
        &format!("mean {mean:.1} ms, p95 {high:.1} ms"),
        "",
    );
    compare(table, maker, rule, &crowd);
}

/// Whom some posts reach, by pruning and by looking at everybody.
fn compare(table: &mut Table, maker: &Maker<'_>, rule: &Rule, crowd: &People) {
    let (mut wrong, mut slow) = (0, Duration::ZERO);
    for n in 0..COMPARED {
        let (_, post) = maker.post(50_000_000 + n);
        let call = Call::of(rule, &post);
        let (mut quick, mut all) = (Vec::new(), Vec::new());
        crowd.reached(&call, &post, |id, score| quick.push((id, score)));
        let began = Instant::now();
        crowd.judge_all(&call, &post, |id, bar, judged| {
            all.extend(judged.ok().filter(|score| score.total >= bar).map(|score| (id, score)));
        });
        slow += began.elapsed();
        all.sort_unstable();
        wrong += usize::from(quick != all);
    }
    let each = millis(slow) / f64::from(u32::try_from(COMPARED).unwrap_or(1));
    table.row(
        &format!("the same by looking at everybody, {COMPARED} posts"),
        &format!("{each:.0} ms; {wrong} answers differ"),
        "the same",
    );
}
