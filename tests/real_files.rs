//! The real files that lie beside the project, read as an import reads them: how much of what they
//! say is understood. Skipped, and said so, where they are absent; their texts never come in here.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use chrono::NaiveDate;
use model::{
    intake::{Note, Noun, Row, Tally, Understood, binding::Binding, layout, vacancy},
    reference::Reference,
    wage::{
        Period,
        read::{self as wage, Hint, Said},
    },
};
use serde_json::Value;

/// File, layout, rows.
pub(crate) const FILES: &[(&str, &str, usize)] = &[
    ("postings-zh/zhilian_2024_sample.csv", "zhilian", 4000),
    ("postings-zh/gxrc_management_2022.csv", "gxrc", 1134),
    ("postings-zh/51job_bigdata_2019.jsonl", "51job", 935),
    ("postings-zh/it_postings_2019_sample.jsonl", "it_postings", 5000),
    ("postings-zh/tipdm_5iai_vacancies_2023.jsonl", "tipdm", 1581),
    ("postings-en/nyc_jobs_2013_2019.csv", "nyc_jobs", 2188),
    ("postings-en/ats_new_postings_2026-08.json", "ats", 833),
];

pub(crate) fn data() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/data")
}

pub(crate) async fn reference() -> Reference {
    let folder = tempfile::tempdir().unwrap();
    let db = store::Db::connect(&store::Db::url_in(folder.path())).await.unwrap();
    db.migrate().await.unwrap();
    store::reference::load(&db, today().and_time(chrono::NaiveTime::MIN).and_utc()).await.unwrap();
    store::reference::read(&mut db.read().await.unwrap(), today()).await.unwrap()
}

pub(crate) fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 3, 1).unwrap()
}

/// The headings and all rows of a file.
pub(crate) fn rows(path: &Path) -> Vec<Row> {
    let text = fs::read_to_string(path).unwrap();
    let cells: Vec<Vec<String>> = match path.extension().and_then(|e| e.to_str()) {
        Some("csv") => {
            let mut csv = csv::ReaderBuilder::new()
                .has_headers(false)
                .flexible(true)
                .from_reader(text.as_bytes());
            csv.records().map(|r| r.unwrap().iter().map(str::to_owned).collect()).collect()
        }
        Some("json") => table(&serde_json::from_str::<Vec<Value>>(&text).unwrap()),
        _ => table(&text.lines().map(|l| serde_json::from_str(l).unwrap()).collect::<Vec<Value>>()),
    };
    (1..).zip(cells).map(|(number, cells)| Row { number, cells }).collect()
}

fn table(objects: &[Value]) -> Vec<Vec<String>> {
    let keys: Vec<String> = objects.first().unwrap().as_object().unwrap().keys().cloned().collect();
    let rows = objects.iter().map(|o| keys.iter().map(|k| cell(&o[k])).collect());
    std::iter::once(keys.clone()).chain(rows).collect()
}

fn cell(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Array(parts) => parts.iter().map(cell).collect::<Vec<_>>().join(", "),
        Value::Bool(_) | Value::Number(_) | Value::Object(_) => value.to_string(),
    }
}

/// What an import of one file says at its end.
#[derive(Default)]
struct Report {
    accepted: usize,
    understood: Understood,
    refused: BTreeMap<String, usize>,
    notes: BTreeMap<String, usize>,
}

impl Report {
    fn of(reference: &Reference, binding: &Binding, rows: &[Row]) -> Self {
        let mut report = Self::default();
        for row in rows.iter().filter(|row| binding.is_data(row)) {
            match vacancy::read(reference, binding, row, today()) {
                Ok((draft, understood, notes)) => {
                    assert!(!draft.key.is_empty() && !draft.offer.title.is_empty());
                    report.accepted += 1;
                    report.understood += understood;
                    for note in &notes {
                        report.note(note);
                    }
                }
                Err(faults) => {
                    for fault in faults {
                        let said =
                            format!("{} {}={}", fault.refusal.code, fault.column, fault.value);
                        *report.refused.entry(said).or_default() += 1;
                    }
                }
            }
        }
        report
    }

    fn note(&mut self, note: &Note) {
        let said = format!("{} {}={}", note.remark.code, note.column, note.value);
        *self.notes.entry(said).or_default() += 1;
    }

    /// Prints what was not understood, the most frequent first.
    fn print(&self, file: &str) {
        let Understood { wage, city, county, education } = self.understood;
        println!("{file}: accepted {}", self.accepted);
        for (name, tally) in
            [("wage", wage), ("city", city), ("county", county), ("education", education)]
        {
            println!("  {name}: {} of {} = {:.2} %", tally.understood, tally.said, tally.percent());
        }
        for (what, said) in [("refused", &self.refused), ("noted", &self.notes)] {
            let mut said: Vec<_> = said.iter().collect();
            said.sort_by_key(|(_, count)| std::cmp::Reverse(**count));
            for (text, count) in said.iter().take(40) {
                println!("  {what} {count} x {text}");
            }
        }
    }
}

fn holds(what: &str, tally: Tally, least: f64) {
    assert!(
        tally.percent() >= least,
        "{what}: {:.2} % of {} understood",
        tally.percent(),
        tally.said
    );
}

#[tokio::test]
async fn nearly_everything_that_real_files_say_is_understood() {
    if !data().is_dir() {
        println!("skipped: there is no ../shared/data beside the project");
        return;
    }
    let reference = reference().await;
    let mut all = Understood::default();
    for (file, name, count) in FILES {
        let rows = rows(&data().join(file));
        let binding = Binding::recognise(Noun::Vacancies, &rows, layout::builtin());
        assert_eq!(binding.source, *name, "{file}");
        let report = Report::of(&reference, &binding, &rows);
        report.print(file);
        assert_eq!(rows.len() - 1, *count, "{file}");
        let without_employer =
            report.refused.iter().filter(|(said, _)| said.starts_with("employer.name_missing"));
        let refused = count - report.accepted - without_employer.map(|(_, n)| n).sum::<usize>();
        assert!(refused * 200 <= *count, "{file}: {refused} rows are refused");
        holds(&format!("{file} wage"), report.understood.wage, 97.0);
        holds(&format!("{file} city"), report.understood.city, 97.0);
        holds(&format!("{file} county"), report.understood.county, 90.0);
        holds(&format!("{file} education"), report.understood.education, 99.0);
        all += report.understood;
    }
    assert!(all.wage.said > 12_000 && all.city.said > 10_000 && all.county.said > 6_000);
}

/// One file has its wages twice, as text and as the thousands a month that its makers read there.
#[test]
fn the_wages_read_are_those_that_others_read_in_the_same_words() {
    let path = data().join("postings-zh/it_postings_2019_sample.jsonl");
    let Ok(file) = fs::read_to_string(path) else {
        println!("skipped: there is no ../shared/data beside the project");
        return;
    };
    let hint = Hint { period: Some(Period::Month), ..Hint::default() };
    let (mut same, mut other) = (0, Vec::new());
    for line in file.lines() {
        let row: Value = serde_json::from_str(line).unwrap();
        let thousands = |name: &str| row[name].as_str().and_then(|k| k.parse::<f64>().ok());
        let (Some(low), Some(high)) = (thousands("wage_min_k"), thousands("wage_max_k")) else {
            continue;
        };
        let Ok(Some(Said::Range(wage))) = wage::text(row["wage_text"].as_str().unwrap(), &hint)
        else {
            continue;
        };
        // some of its rows have the two numbers the wrong way round
        let (low, high) = (low.min(high), low.max(high));
        let near = |cents: i64, k: f64| {
            (f64::from(i32::try_from(cents).unwrap()) / 100_000.0 - k).abs() < 0.06
        };
        if wage.period == Period::Month {
            if near(wage.min, low) && near(wage.max, high) {
                same += 1;
            } else {
                other.push(format!("{} {low} {high}", row["wage_text"]));
            }
        }
    }
    println!("{same} wages agree, {} do not: {other:?}", other.len());
    assert!(same > 3000 && other.len() * 200 < same);
}
