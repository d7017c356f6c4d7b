//! What was required and what was reached, as a table for the terminal and for the repository.

use std::{
    fs,
    io::{Write as _, stdout},
    path::Path,
};

use crate::Outcome;

#[derive(Default)]
pub(super) struct Table {
    title: &'static str,
    head: String,
    rows: Vec<[String; 4]>,
    notes: Vec<String>,
}

impl Table {
    pub(super) fn new(title: &'static str, head: String) -> Self {
        Self { title, head, ..Self::default() }
    }

    /// Adds a line and shows it at once.
    pub(super) fn row(
        &mut self,
        work: &str,
        must: &str,
        reached: String,
        kept: bool,
    ) -> Outcome<()> {
        let kept = if kept { "yes" } else { "NO" };
        writeln!(stdout(), "{kept:>3}  {work}: {reached} (must: {must})")?;
        self.rows.push([work.to_owned(), must.to_owned(), reached, kept.to_owned()]);
        Ok(())
    }

    pub(super) fn note(&mut self, note: String) -> Outcome<()> {
        writeln!(stdout(), "     {note}")?;
        self.notes.push(note);
        Ok(())
    }

    fn text(&self) -> String {
        let mut text = format!("# {}\n\n{}\n\n", self.title, self.head);
        text += "| work | must reach | reached | kept |\n|---|---|---|---|\n";
        for [work, must, reached, kept] in &self.rows {
            text += &[work, must, reached, kept].map(|cell| format!("| {cell} ")).concat();
            text += "|\n";
        }
        text.push('\n');
        for note in &self.notes {
            text += &["- ", note, "\n"].concat();
        }
        text
    }

    /// Writes it where results are kept.
    pub(super) fn save(&self, path: &Path) -> Outcome<()> {
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)?;
        }
        fs::write(path, self.text())?;
        Ok(())
    }
}

/// The processor and the memory, as the kernel names them.
pub(super) fn machine() -> String {
    let line = |file: &str, name: &str| {
        let text = fs::read_to_string(file).unwrap_or_default();
        let line = text.lines().find(|line| line.starts_with(name)).unwrap_or_default();
        line.split_once(':').map(|(_, value)| value.trim().to_owned()).unwrap_or_default()
    };
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let memory: u64 =
        line("/proc/meminfo", "MemTotal").trim_end_matches(" kB").parse().unwrap_or(0);
    let memory = memory / 1_048_576;
    format!("{cores} cores of {}, {memory} GiB", line("/proc/cpuinfo", "model name"))
}
