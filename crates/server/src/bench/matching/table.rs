//! The table that is printed and kept, and how time and memory are measured.

use std::{
    fmt::Write as _,
    hint::black_box,
    io::{Write as _, stderr, stdout},
    time::{Duration, Instant},
};

pub(crate) struct Table {
    head: String,
    rows: Vec<[String; 3]>,
}

impl Table {
    pub(crate) fn new(posts: usize, people: usize) -> Self {
        let read = |path: &str| std::fs::read_to_string(path).unwrap_or_default();
        let cpu = read("/proc/cpuinfo");
        let name = cpu.lines().find_map(|line| line.strip_prefix("model name")).unwrap_or_default();
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        let load = read("/proc/loadavg");
        let load = load.split_whitespace().next().unwrap_or_default();
        let head = format!(
            "{posts} posts, {people} people, made up from a seed. {cores} cores,{}; load at the \
             beginning {load}.",
            name.trim_start_matches(['\t', ':'])
        );
        drop(writeln!(stdout(), "{head}"));
        Self { head, rows: Vec::new() }
    }

    /// Prints a row at once and keeps it.
    pub(crate) fn row(&mut self, work: &str, measured: &str, wanted: &str) {
        drop(writeln!(
            stdout(),
            "{work}: {measured}{}",
            match wanted {
                "" => String::new(),
                wanted => format!("   (wanted: {wanted})"),
            }
        ));
        self.rows.push([work, measured, wanted].map(str::to_owned));
    }

    /// How far something long has come, every million, apart from the table.
    #[expect(clippy::unused_self, reason = "beside the rows")]
    pub(crate) fn progress(&self, what: &str, done: usize, of: usize) {
        if done > 0 && done.is_multiple_of(1_000_000) {
            drop(writeln!(stderr(), "… {done} of {of} {what}"));
        }
    }

    pub(crate) fn save(&self) -> std::io::Result<()> {
        let mut text = format!(
            "# Matching, measured\n\nBy `jinqiao bench matching --save`. {}\n\n\
             | work | measured | wanted |\n|---|---|---|\n",
            self.head
        );
        for [work, measured, wanted] in &self.rows {
            _ = writeln!(text, "| {work} | {measured} | {wanted} |");
        }
        std::fs::create_dir_all(".docs/bench")?;
        std::fs::write(".docs/bench/matching.md", text)
    }

    /// How fast memory is read, for comparison.
    pub(crate) fn bandwidth(&mut self) {
        let words: Vec<u64> = (0..64 << 20).collect();
        let began = Instant::now();
        for _ in 0..4 {
            black_box(black_box(&words).iter().fold(0, |sum: u64, word| sum.wrapping_add(*word)));
        }
        let gigabytes = 4.0 * 0.5 * 1.073_741_824;
        let rate = gigabytes / began.elapsed().as_secs_f64();
        self.row("memory read by one thread", &format!("{rate:.1} GB/s"), "");
    }
}

/// Processor time of the whole program so far, all threads.
pub(crate) fn processor() -> Duration {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let after = stat.rsplit(')').next().unwrap_or_default();
    let ticks: u64 = after.split_whitespace().skip(11).take(2).flat_map(str::parse::<u64>).sum();
    Duration::from_millis(ticks * 10)
}

/// Megabytes that the program holds now.
pub(crate) fn resident() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    line.and_then(|line| line.split_whitespace().next()?.parse::<u64>().ok()).unwrap_or(0) / 1_024
}

pub(crate) fn millis(time: Duration) -> f64 {
    time.as_secs_f64() * 1_000.0
}

/// Mean, and the value below which so many of a hundred lie.
pub(crate) fn spread(times: &mut [Duration], percent: usize) -> (f64, f64) {
    times.sort_unstable();
    let count = u32::try_from(times.len().max(1)).unwrap_or(u32::MAX);
    let mean = times.iter().sum::<Duration>() / count;
    let at = times.len() * percent / 100;
    let high = times.get(at.min(times.len().saturating_sub(1))).copied().unwrap_or_default();
    (millis(mean), millis(high))
}
