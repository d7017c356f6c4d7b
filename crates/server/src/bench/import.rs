//! `bench import`: files of many rows through the importer, as its own process, watched from
//! outside: how long it takes, and how much memory it and its reading child hold at most.

use std::{
    fs,
    io::{Write, stdout},
    path::Path,
    process::{Command, ExitCode, Stdio},
    thread::sleep,
    time::{Duration, Instant},
};

use chrono::NaiveDate;
use model::intake::Noun;
use store::Db;

use crate::{Outcome, config::Config, demo::county};

/// What is measured: a file twice, since most rows of most files are known already.
const FILES: [(&str, Noun); 3] = [
    ("vacancies.csv", Noun::Vacancies),
    ("vacancies.xlsx", Noun::Vacancies),
    ("jobseekers.csv", Noun::Jobseekers),
];

/// Measures on a SQLite file of its own beside the data, or on the PostgreSQL that the settings
/// name.
pub(crate) fn run(config: &Config, rows: usize) -> Outcome {
    let folder = config.data.join("bench-import");
    fs::create_dir_all(&folder)?;
    let url = config.database();
    let sqlite = url.starts_with("sqlite:");
    let mut out = stdout();
    writeln!(out, "{} rows, {}", rows, if sqlite { "SQLite" } else { "PostgreSQL" })?;
    writeln!(out, "file                run     seconds  rows/s  importer MB  reader MB")?;
    for (name, noun) in FILES {
        let file = folder.join(name);
        // any day will do: the file is the same on every one
        let day = NaiveDate::from_ymd_opt(2026, 11, 1).unwrap_or_default();
        county::large(&file, noun, rows, day)?;
        let data = folder.join(format!("{name}.data"));
        let database = if sqlite { Db::url_in(&data) } else { url.clone() };
        for run in ["first", "again"] {
            let seen = watched(&data, &database, noun, &file)?;
            let seconds = seen.took.as_secs_f64();
            #[expect(clippy::cast_precision_loss, reason = "counts of rows and kilobytes")]
            writeln!(
                out,
                "{name:<18}  {run:<6}  {seconds:>7.1}  {:>6.0}  {:>11.0}  {:>9.0}",
                rows as f64 / seconds,
                seen.importer as f64 / 1_024.0,
                seen.reader as f64 / 1_024.0,
            )?;
        }
    }
    fs::remove_dir_all(&folder)?;
    Ok(ExitCode::SUCCESS)
}

/// Peaks of resident memory are in kB.
struct Seen {
    took: Duration,
    importer: u64,
    reader: u64,
}

fn watched(data: &Path, database: &str, noun: Noun, file: &Path) -> Outcome<Seen> {
    let began = Instant::now();
    let mut child = Command::new(std::env::current_exe()?)
        .arg("--data")
        .arg(data)
        .args(["--database", database, "import", noun.code()])
        .arg(file)
        .stdout(Stdio::null())
        .spawn()?;
    let (mut importer, mut reader) = (0, 0);
    loop {
        importer = peak(child.id()).max(importer);
        for grandchild in children(child.id()) {
            reader = peak(grandchild).max(reader);
        }
        if let Some(status) = child.try_wait()? {
            let refused = status.code() == Some(2);
            if !status.success() && !refused {
                return Err("the import failed".into());
            }
            return Ok(Seen { took: began.elapsed(), importer, reader });
        }
        sleep(Duration::from_millis(20));
    }
}

/// The most that a process has held, as the kernel keeps it; 0 when it has gone.
pub(super) fn peak(process: u32) -> u64 {
    let status = fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|l| l.trim().trim_end_matches(" kB").parse().ok()).unwrap_or(0)
}

fn children(process: u32) -> Vec<u32> {
    let threads = fs::read_dir(format!("/proc/{process}/task"));
    let lists = threads
        .into_iter()
        .flatten()
        .flatten()
        .filter_map(|thread| fs::read_to_string(thread.path().join("children")).ok());
    lists
        .flat_map(|l| l.split_whitespace().filter_map(|c| c.parse().ok()).collect::<Vec<_>>())
        .collect()
}
