//! `judge`: how good the program is at titles that people have judged, in files of anybody's.

use std::{
    collections::{BTreeMap, BTreeSet},
    io::{Write, stdout},
    path::PathBuf,
    process::ExitCode,
};

use clap::Subcommand;
use model::{
    occupation::shared_levels,
    title::{Title, likeness::Likeness, measure::Measures},
};

use crate::{Outcome, classify::rows};

#[derive(Subcommand)]
pub(crate) enum Judge {
    /// Titles that are like other titles: MAP, MRR, P@5, P@10 and nDCG@10
    ///
    /// One file has the columns query, title, grade; every title in it is ranked for every query.
    /// Three files are queries (id, title), corpus (id, title) and relevance (query, title, grade,
    /// or as TREC has it: query, 0, title, grade). Columns are parted by commas or tabs, the
    /// relevance also by blanks; a line of headings is left out. Grades above 0 are relevant.
    #[command(verbatim_doc_comment)]
    Titles {
        #[arg(required = true, num_args = 1..=3)]
        files: Vec<PathBuf>,
    },
    /// Titles and the code of their occupation: how often the right one comes first, or in the
    /// first ten
    ///
    /// The file has the columns title, code. Codes are those of the classification of 2022, like
    /// 6-18-02-04, or unit groups of ISCO-08, like 7212. Coarser codes count at their level.
    #[command(verbatim_doc_comment)]
    Classify { file: PathBuf },
}

pub(crate) fn run(judge: &Judge) -> Outcome {
    match judge {
        Judge::Titles { files } => match files.as_slice() {
            [graded] => similarity(&Judged::of_one(rows(graded)?)),
            [queries, corpus, relevance] => {
                let relevance = std::fs::read_to_string(relevance)?;
                similarity(&Judged::of_three(rows(queries)?, rows(corpus)?, &relevance))
            }
            _ => Err("one file, or three: queries, corpus, relevance".into()),
        },
        Judge::Classify { file } => classification(rows(file)?),
    }
}

/// Queries and titles by their ids, and which grades were given.
#[derive(Default)]
struct Judged {
    queries: BTreeMap<String, String>,
    corpus: BTreeMap<String, String>,
    grades: BTreeMap<String, BTreeMap<String, u32>>,
}

impl Judged {
    /// The titles themselves are the ids.
    fn of_one(rows: Vec<Vec<String>>) -> Self {
        let mut judged = Self::default();
        for row in rows {
            let [query, title, grade, ..] = row.as_slice() else { continue };
            let Ok(grade) = grade.parse() else { continue };
            judged.queries.insert(query.clone(), query.clone());
            judged.corpus.insert(title.clone(), title.clone());
            judged.grades.entry(query.clone()).or_default().insert(title.clone(), grade);
        }
        judged
    }

    fn of_three(queries: Vec<Vec<String>>, corpus: Vec<Vec<String>>, relevance: &str) -> Self {
        let mut judged = Self { queries: named(queries), corpus: named(corpus), ..Self::default() };
        for line in relevance.lines() {
            let parted = |c: char| c.is_whitespace() || c == ',';
            let cells: Vec<&str> = line.split(parted).filter(|cell| !cell.is_empty()).collect();
            let (query, title, grade) = match cells.as_slice() {
                [query, title, grade] | [query, _, title, grade] => (*query, *title, *grade),
                _ => continue,
            };
            if let Ok(grade) = grade.parse::<i64>() {
                let grade = u32::try_from(grade).unwrap_or_default();
                judged.grades.entry(query.into()).or_default().insert(title.into(), grade);
            }
        }
        judged
    }
}

/// The second column by the first, without a line of headings.
fn named(rows: Vec<Vec<String>>) -> BTreeMap<String, String> {
    let heading = |id: &str| id.to_lowercase().ends_with("id");
    let pair = |mut row: Vec<String>| {
        (row.len() > 1).then(|| (row.swap_remove(0), row.pop().unwrap_or_default()))
    };
    let pairs = rows.into_iter().map(|mut row| {
        row.truncate(2);
        row
    });
    pairs.filter_map(pair).filter(|(id, _)| !heading(id)).collect()
}

fn similarity(judged: &Judged) -> Outcome {
    let classifier = store::reference::classifier();
    let ids: Vec<&String> = judged.corpus.keys().collect();
    let titles: Vec<&str> = judged.corpus.values().map(String::as_str).collect();
    let likeness = Likeness::new(classifier.space(), &titles);
    let mut all = Vec::new();
    for (query, grades) in &judged.grades {
        let Some(text) = judged.queries.get(query) else { continue };
        let mut ranked: Vec<(&String, f32)> = ids.iter().copied().zip(likeness.all(text)).collect();
        // a title that asks for itself is no answer, unless somebody judged that it is
        ranked.retain(|(id, _)| *id != query || grades.contains_key(*id));
        ranked.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(b.0)));
        let grade = |id: &String| grades.get(id).copied().unwrap_or_default();
        let ranked: Vec<u32> = ranked.iter().map(|(id, _)| grade(id)).collect();
        all.extend(Measures::of(&ranked, &grades.values().copied().collect::<Vec<_>>()));
    }
    let Measures { map, mrr, p5, p10, ndcg10 } = Measures::mean(&all);
    let mut out = stdout().lock();
    writeln!(out, "{} queries with relevant titles, {} titles", all.len(), titles.len())?;
    writeln!(out, "MAP {map:.4}  MRR {mrr:.4}  P@5 {p5:.4}  P@10 {p10:.4}  nDCG@10 {ndcg10:.4}")?;
    Ok(ExitCode::SUCCESS)
}

/// How many titles were judged at a level, and of how many the right code came first and in ten.
#[derive(Default)]
struct Level {
    titles: u32,
    first: u32,
    ten: u32,
}

fn classification(rows: Vec<Vec<String>>) -> Outcome {
    let classifier = store::reference::classifier();
    let space = classifier.space();
    let mut levels: BTreeMap<String, Level> = BTreeMap::new();
    for row in rows {
        let [title, code, ..] = row.as_slice() else { continue };
        if !code.starts_with(|c: char| c.is_ascii_digit()) {
            continue;
        }
        let fit = space.fit(&Title::new(title));
        let isco = code.chars().all(|c| c.is_ascii_digit()) && code.len() > 1;
        let found = if isco { space.isco(&fit, MANY) } else { space.ours(&fit, MANY) };
        let found: Vec<&str> = found.into_iter().map(|(code, _)| code).collect();
        for (name, steps) in if isco { ISCO } else { OURS } {
            if steps_of(code, isco) >= *steps {
                let same = |found: &str| shared(found, code, isco) >= *steps;
                levels.entry((*name).to_owned()).or_default().note(&found, same, *steps, isco);
            }
        }
    }
    let mut out = stdout().lock();
    writeln!(out, "{:<24}{:>8}{:>10}{:>10}", "level", "titles", "first", "in ten")?;
    for (name, Level { titles, first, ten }) in &levels {
        let share = |hits: u32| f64::from(hits) / f64::from((*titles).max(1));
        let (first, ten) = (share(*first), share(*ten));
        writeln!(
            out,
            "{:<24}{titles:>8}{first:>10.4}{ten:>10.4}",
            name.trim_start_matches(char::is_numeric)
        )?;
    }
    Ok(ExitCode::SUCCESS)
}

/// So many codes are looked at: enough for ten different ones at the coarser levels.
const MANY: usize = 200;

/// Levels, finest first, and how many steps of a code they compare. The number is for their order.
const OURS: &[(&str, usize)] =
    &[("1leaf (2022)", 4), ("2group", 3), ("3minor group", 2), ("4major group", 1)];
const ISCO: &[(&str, usize)] = &[
    ("5unit group (ISCO-08)", 4),
    ("6minor group (ISCO-08)", 3),
    ("7sub-major (ISCO-08)", 2),
    ("8major (ISCO-08)", 1),
];

fn steps_of(code: &str, isco: bool) -> usize {
    if isco { code.len() } else { code.split('-').count() }
}

fn shared(a: &str, b: &str, isco: bool) -> usize {
    if isco {
        a.chars().zip(b.chars()).take_while(|(a, b)| a == b).count()
    } else {
        shared_levels(a, b)
    }
}

impl Level {
    /// `found`: codes, best first; of those that are one at this level only the first counts.
    fn note(&mut self, found: &[&str], same: impl Fn(&str) -> bool, steps: usize, isco: bool) {
        let node = |code: &str| -> String {
            if isco {
                code.chars().take(steps).collect()
            } else {
                code.split('-').take(steps).collect::<Vec<_>>().join("-")
            }
        };
        let mut seen = BTreeSet::new();
        let mut nodes = found.iter().filter(|code| seen.insert(node(code)));
        let place = nodes.position(|code| same(code));
        self.titles += 1;
        self.first += u32::from(place == Some(0));
        self.ten += u32::from(place.is_some_and(|place| place < 10));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn relevance_is_read_in_both_orders_and_with_headings() {
        let table = |rows: &[[&str; 2]]| {
            rows.iter().map(|row| row.iter().map(|c| (*c).to_owned()).collect()).collect()
        };
        let queries = table(&[["q_id", "title"], ["1", "焊工"]]);
        let corpus = table(&[["a", "电焊工"], ["b", "会计"]]);
        let relevance = "q_id iter id rel\n1 0 a 1\n1\tb\t0\n1,b,x\n";
        let judged = Judged::of_three(queries, corpus, relevance);
        assert_eq!(judged.queries.len(), 1);
        assert_eq!(judged.corpus.len(), 2);
        let grades = &judged.grades["1"];
        assert_eq!((grades["a"], grades["b"], grades.len()), (1, 0, 2));
    }

    #[test]
    fn a_level_counts_each_of_its_nodes_once() {
        let mut level = Level::default();
        let found = ["6-18-02-04", "6-18-02-01", "4-01-02-01"];
        level.note(&found, |code| shared(code, "4-01-02-03", false) >= 3, 3, false);
        assert_eq!((level.titles, level.first, level.ten), (1, 0, 1));
        level.note(&found, |code| shared(code, "6-18-02-07", false) >= 3, 3, false);
        assert_eq!((level.titles, level.first, level.ten), (2, 1, 2));
    }
}
