//! The same questions to all engines: what each costs them, and whether their totals agree.

use std::time::{Duration, Instant};

use chrono::NaiveDate;
use search::Index;
use store::bench::{Peer, Work};

use super::question::Question;
use crate::{
    Outcome,
    bench::{
        clock::{Times, worked},
        table::Table,
    },
};

/// A kind of work: what is required, how often our own engine and the others do it.
struct Kind {
    work: Work,
    name: &'static str,
    /// So many times less than PostgreSQL and than SQLite; 0: no requirement.
    less: [f64; 2],
    ours: usize,
    theirs: [usize; 2],
}

const KINDS: [Kind; 7] = [
    kind(Work::Words, "words, first 20", [40.0, 15.0], 600, [100, 100]),
    kind(Work::WordsCityWage, "words + city + wage", [50.0, 50.0], 2_000, [200, 100]),
    kind(Work::WordsFacets, "8 facets with words", [20.0, 50.0], 600, [60, 30]),
    kind(Work::Facets, "8 facets over everything", [0.0, 0.0], 40, [3, 1]),
    kind(Work::WordsNear, "words within 20 km, by distance", [5.0, 0.0], 1_000, [100, 60]),
    kind(Work::Filters, "seven filters, newest first, exact total", [2.0, 0.0], 4_000, [400, 200]),
    kind(Work::Nearest, "nearest 20 without words", [1.0, 0.0], 4_000, [400, 200]),
];

const fn kind(
    work: Work,
    name: &'static str,
    less: [f64; 2],
    ours: usize,
    theirs: [usize; 2],
) -> Kind {
    Kind { work, name, less, ours, theirs }
}

/// Milliseconds of processor time: the mean, and by the clock 50 and 99 of a hundred.
struct Cost {
    mean: f64,
    times: Times,
}

pub(super) async fn all(
    index: &Index,
    questions: &[Question],
    today: NaiveDate,
    peers: &mut [Peer],
    table: &mut Table,
) -> Outcome<()> {
    for kind in &KINDS {
        let own = ours(index, questions, today, kind)?;
        let mut said = format!("{} ms", shown(&own));
        let mut kept = true;
        for (n, peer) in peers.iter_mut().enumerate() {
            let count = kind.theirs.get(n).copied().unwrap_or(1);
            let cost = theirs(peer, questions, kind.work, count).await?;
            let name = if matches!(peer, Peer::Postgres(_)) { "PostgreSQL" } else { "SQLite" };
            let times = cost.mean / own.mean;
            let least = kind.less.get(usize::from(name == "SQLite")).copied().unwrap_or(0.0);
            kept &= times >= least;
            said = format!("{said}; {name} {} ms, ×{times:.1}", shown(&cost));
        }
        let must = match (kind.work, kind.less) {
            (Work::Facets, _) => {
                kept = own.mean <= 30.0;
                "≤ 30 ms".to_owned()
            }
            (_, [postgres, 0.0]) => format!("≥ {postgres}× less than PostgreSQL"),
            (_, [postgres, sqlite]) => {
                format!("≥ {postgres}× less than PostgreSQL, ≥ {sqlite}× less than SQLite")
            }
        };
        table.row(kind.name, &must, said, kept)?;
    }
    Ok(())
}

fn shown(cost: &Cost) -> String {
    let (middle, worst) = (cost.times.percentile(50), cost.times.percentile(99));
    format!("{:.3} (50 % {middle:.3}, 99 % {worst:.3})", cost.mean)
}

fn ours(index: &Index, questions: &[Question], today: NaiveDate, kind: &Kind) -> Outcome<Cost> {
    let queries: Vec<_> = questions.iter().map(|question| question.query(kind.work)).collect();
    let faced = kind.work == Work::WordsFacets;
    let ask = |n: usize| {
        let query = queries.get(n % queries.len().max(1)).cloned().unwrap_or_default();
        if kind.work == Work::Facets {
            // an index that has just changed: nothing that was counted before may be used
            index.recount(today)
        } else if faced {
            index.find(&query, today).map(drop)
        } else {
            index.list(&query, today).map(drop)
        }
    };
    for n in 0..kind.ours / 10 {
        ask(n)?;
    }
    let (before, mut times) = (worked(std::process::id()), Vec::new());
    for n in 0..kind.ours {
        let began = Instant::now();
        ask(n)?;
        times.push(began.elapsed());
    }
    Ok(Cost::new(worked(std::process::id()).saturating_sub(before), times))
}

async fn theirs(
    peer: &mut Peer,
    questions: &[Question],
    work: Work,
    count: usize,
) -> Outcome<Cost> {
    let process = peer.process().await?.unwrap_or(std::process::id());
    for question in questions.iter().take(count / 10) {
        peer.ask(work, question.asked()).await?;
    }
    let (before, mut times) = (worked(process), Vec::new());
    for question in questions.iter().cycle().take(count) {
        let began = Instant::now();
        peer.ask(work, question.asked()).await?;
        times.push(began.elapsed());
    }
    Ok(Cost::new(worked(process).saturating_sub(before), times))
}

impl Cost {
    fn new(worked: Duration, times: Vec<Duration>) -> Self {
        #[expect(clippy::cast_precision_loss, reason = "thousands")]
        let mean = worked.as_secs_f64() * 1e3 / times.len().max(1) as f64;
        Self { mean, times: Times::new(times) }
    }
}

/// How many of the totals agree, of how many.
pub(super) async fn totals(
    index: &Index,
    questions: &[Question],
    today: NaiveDate,
    peers: &mut [Peer],
) -> Outcome<(usize, usize)> {
    let (mut same, mut all) = (0, 0);
    for work in [Work::Words, Work::WordsCityWage, Work::Filters] {
        for question in questions.iter().take(40) {
            let own = index.list(&question.query(work), today)?.total;
            for peer in peers.iter_mut() {
                let theirs = peer.total(work, question.asked()).await?;
                all += 1;
                if u64::try_from(theirs) == Ok(own) {
                    same += 1;
                } else {
                    tracing::warn!(words = question.words, ?work, own, theirs, "totals differ");
                }
            }
        }
    }
    Ok((same, all))
}
