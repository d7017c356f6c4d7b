//! `classify`: the occupations of the titles in a file, one title a line or the first column.

use std::{
    io::{self, stdout},
    path::{Path, PathBuf},
    process::ExitCode,
};

use crate::Outcome;

#[derive(clap::Args)]
pub(crate) struct Args {
    /// One title a line, or CSV with the titles in the first column; `-` reads the standard input
    file: PathBuf,
    /// So many occupations for each title; none is printed where nothing is likely enough
    #[arg(long, default_value_t = 1)]
    most: usize,
}

pub(crate) fn run(args: &Args) -> Outcome {
    let classifier = store::reference::classifier();
    let mut out = csv::Writer::from_writer(stdout().lock());
    out.write_record(["title", "code", "name", "confidence"])?;
    for row in rows(&args.file)? {
        let title = row.first().map_or("", String::as_str);
        let guesses = classifier.classify(title, args.most);
        if guesses.is_empty() {
            out.write_record([title, "", "", "0"])?;
        }
        for guess in guesses {
            let name = classifier.find(&guess.code).map_or("", |o| o.name.as_str());
            out.write_record([title, &guess.code, name, &guess.confidence.to_string()])?;
        }
    }
    out.flush()?;
    Ok(ExitCode::SUCCESS)
}

/// The cells of a file with commas or, where its first line has one, tabs; `-`: standard input.
pub(crate) fn rows(path: &Path) -> Outcome<Vec<Vec<String>>> {
    let bytes = if path == Path::new("-") {
        let mut bytes = Vec::new();
        io::Read::read_to_end(&mut io::stdin().lock(), &mut bytes)?;
        bytes
    } else {
        std::fs::read(path).map_err(|error| format!("{}: {error}", path.display()))?
    };
    let text = String::from_utf8_lossy(&bytes);
    let text = text.trim_start_matches('\u{feff}');
    let tabs = text.lines().next().is_some_and(|line| line.contains('\t'));
    let mut reader = csv::ReaderBuilder::new();
    let reader = reader.has_headers(false).flexible(true).quoting(!tabs);
    let reader = reader.delimiter(if tabs { b'\t' } else { b',' });
    let mut rows = Vec::new();
    for record in reader.from_reader(text.as_bytes()).into_records() {
        let cells: Vec<String> = record?.iter().map(|cell| cell.trim().to_owned()).collect();
        if cells.iter().any(|cell| !cell.is_empty()) {
            rows.push(cells);
        }
    }
    Ok(rows)
}
