//! Processor time, as the kernel counts it for each thread, and what a list of times says.

use std::{fs, thread::sleep, time::Duration};

/// What the threads of a process have worked until now.
pub(super) fn worked(process: u32) -> Duration {
    // a thread's time is brought up to date when it waits
    sleep(Duration::from_millis(5));
    let threads = fs::read_dir(format!("/proc/{process}/task"));
    let each = threads.into_iter().flatten().flatten().filter_map(|thread| {
        let line = fs::read_to_string(thread.path().join("schedstat")).ok()?;
        line.split_whitespace().next()?.parse::<u64>().ok()
    });
    Duration::from_nanos(each.sum())
}

/// Sorted times.
pub(super) struct Times(Vec<Duration>);

impl Times {
    pub(super) fn new(mut times: Vec<Duration>) -> Self {
        times.sort_unstable();
        Self(times)
    }

    /// So many of a hundred took no longer, in milliseconds.
    pub(super) fn percentile(&self, percent: usize) -> f64 {
        let at = (self.0.len() * percent / 100).min(self.0.len().saturating_sub(1));
        self.0.get(at).map_or(0.0, |time| time.as_secs_f64() * 1e3)
    }

    /// In milliseconds.
    pub(super) fn mean(&self) -> f64 {
        let all: Duration = self.0.iter().sum();
        u32::try_from(self.0.len())
            .ok()
            .and_then(|of| all.checked_div(of))
            .map_or(0.0, |one| one.as_secs_f64() * 1e3)
    }
}

/// Bytes, the whole folder.
pub(super) fn size(folder: &std::path::Path) -> u64 {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let one = |entry: fs::DirEntry| match entry.metadata() {
        Ok(of) if of.is_dir() => size(&entry.path()),
        Ok(of) => of.len(),
        Err(_) => 0,
    };
    entries.map(one).sum()
}
