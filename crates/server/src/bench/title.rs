//! `bench titles`: occupations from titles and likeness of titles, on one core, in the process.

use std::{
    fs,
    io::{Write, stdout},
    process::ExitCode,
    time::Instant,
};

use model::{occupation::Occupation, title::likeness::Likeness};

use crate::Outcome;

/// What employers hang on titles.
const AROUND: [(&str, &str); 4] =
    [("", ""), ("急聘", "（包吃住）"), ("高级", ""), ("诚聘", " 月薪6000-8000元")];
const MANY: usize = 20_000;
const CORPUS: usize = 5_000;

pub(crate) fn run() -> Outcome {
    let mut out = stdout().lock();
    let classifier = store::reference::classifier();
    let before = resident();
    let (wall, used) = timed(|| {
        classifier.space();
    });
    let memory = resident().saturating_sub(before) / 1_024;
    writeln!(out, "built when first asked: {wall:.2} s, {used:.2} s of a core, {memory} MB")?;
    let names = names(&classifier.children(""), &classifier);
    for (language, ascii) in [("Chinese", false), ("English", true)] {
        let names = names.iter().filter(|name| name.is_ascii() == ascii);
        let decorated = names.cycle().zip(AROUND.iter().cycle()).take(MANY);
        let titles: Vec<String> = decorated.map(|(n, (a, b))| format!("{a}{n}{b}")).collect();
        let mut told = 0;
        let (wall, used) = timed(|| {
            told = titles.iter().filter(|t| !classifier.classify(t, 10).is_empty()).count();
        });
        let count = f64::from(u32::try_from(titles.len())?);
        writeln!(
            out,
            "{language}: {:.0} titles a second of a core ({:.0} by the clock), {told} of {count} told",
            count / used,
            count / wall
        )?;
    }
    let corpus: Vec<&str> = names.iter().map(String::as_str).take(CORPUS).collect();
    let mut likeness = None;
    let (_, used) = timed(|| likeness = Some(Likeness::new(classifier.space(), &corpus)));
    let Some(likeness) = likeness else { return Ok(ExitCode::FAILURE) };
    let (_, asked) =
        timed(|| corpus.iter().take(1_000).for_each(|t| drop(likeness.nearest(t, 10))));
    writeln!(
        out,
        "{} titles made comparable in {used:.2} s of a core; the ten nearest in {:.2} ms",
        corpus.len(),
        asked
    )?;
    Ok(ExitCode::SUCCESS)
}

/// Names and everyday names of all occupations.
fn names(
    nodes: &[&Occupation],
    classifier: &model::occupation::classify::Classifier,
) -> Vec<String> {
    let mut names = Vec::new();
    for node in nodes {
        let own = node.aliases.split('|').chain([node.name.as_str()]);
        names.extend(own.filter(|name| !name.is_empty()).map(str::to_owned));
        names.extend(self::names(&classifier.children(&node.code), classifier));
    }
    names
}

/// Seconds by the clock, and seconds of a core that this thread used.
fn timed(work: impl FnOnce()) -> (f64, f64) {
    let (began, used) = (Instant::now(), processor());
    work();
    let wall = began.elapsed().as_secs_f64();
    let used = processor() - used;
    (wall, if used > 0.0 { used } else { wall })
}

/// Seconds that this thread has used; 0 where the system does not tell.
fn processor() -> f64 {
    let told = fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    let nanoseconds = told.split(' ').next().and_then(|n| n.parse::<f64>().ok());
    nanoseconds.unwrap_or_default() / 1e9
}

/// Memory of this process in kB; 0 where the system does not tell.
fn resident() -> u64 {
    let told = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = told.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    line.and_then(|l| l.trim().trim_end_matches(" kB").parse().ok()).unwrap_or_default()
}
