//! Refused rows back to whoever sent them: the same layout and format, and two columns more, with
//! the reason and how to mend it. Mended, the file goes in again as it is.

use std::{
    fs::File,
    io::{BufWriter, Write},
    path::Path,
};

use model::{
    cell::inert,
    intake::{
        Row,
        file::{self, Format, Head, Refused},
    },
};
use rust_xlsxwriter::Workbook;
use serde_json::{Map, Value};
use text::Lang;

use crate::{Error, Result};

/// One fault in words.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Told {
    /// Line of the text or row of the sheet.
    pub row: i64,
    pub column: String,
    pub value: String,
    pub code: String,
    pub reason: String,
    /// Empty where nothing can be advised.
    pub remedy: String,
}

impl Told {
    /// The faults of a row in the reader's language.
    pub fn of(lang: Lang, refused: &Refused) -> Vec<Self> {
        let told = refused.faults.iter().map(|fault| Self::fault(lang, refused.row.number, fault));
        told.collect()
    }

    /// One written-down refusal in words; `row` 0 where it is about the whole file.
    pub fn fault(lang: Lang, row: i64, fault: &file::Told) -> Self {
        let args: Vec<_> =
            fault.args.iter().map(|(k, v)| (k.as_str(), v.as_str().into())).collect();
        let remedy = format!("{}-remedy", fault.code);
        let advice = text::t(lang, &remedy, &args);
        Self {
            row,
            column: fault.column.clone(),
            value: fault.value.clone(),
            code: fault.code.clone(),
            reason: text::t(lang, &fault.code, &args),
            remedy: if advice == remedy { String::new() } else { advice },
        }
    }
}

/// A file of refused rows that is being written.
pub(super) struct Sheet {
    lang: Lang,
    head: Head,
    /// As wide as the headings: the two columns stand beside them.
    width: usize,
    headings: Vec<String>,
    out: Out,
}

enum Out {
    Csv(Box<csv::Writer<BufWriter<File>>>),
    Workbook { book: Box<Workbook>, next: u32, file: File },
    Json { file: BufWriter<File>, rows: usize },
}

impl Sheet {
    /// Begins the file with the rows down to the headings.
    pub(super) fn begin(path: &Path, head: &Head, top: &[Row], lang: Lang) -> Result<Self> {
        let file = File::create(path).map_err(|e| {
            let name = path.display().to_string();
            model::Refusal::new("intake.not_written").arg("name", name).arg("reason", e.to_string())
        })?;
        let headings = top.last().map(|row| row.cells.clone()).unwrap_or_default();
        let out = match head.format {
            Format::Csv => csv_out(file, head)?,
            Format::Workbook => {
                let mut book = Workbook::new();
                let _sheet = book.add_worksheet_with_constant_memory();
                Out::Workbook { book: Box::new(book), next: 0, file }
            }
            Format::JsonArray | Format::JsonLines | Format::JobPosting => {
                Out::Json { file: BufWriter::new(file), rows: 0 }
            }
        };
        let width = headings.len();
        let mut sheet = Self { lang, head: head.clone(), width, headings, out };
        if !matches!(sheet.out, Out::Json { .. }) {
            for (at, row) in top.iter().enumerate() {
                let last = at + 1 == top.len();
                let added = ["intake.result", "intake.reason"].map(|key| text::t(lang, key, &[]));
                sheet.cells(&row.cells, if last { added } else { Default::default() })?;
            }
        }
        Ok(sheet)
    }

    pub(super) fn row(&mut self, refused: &Refused) -> Result<()> {
        let told = Told::of(self.lang, refused).into_iter().map(|t| {
            let place = if t.column.is_empty() { String::new() } else { t.column + ": " };
            [place, t.reason, t.remedy].concat()
        });
        let reason = told.collect::<Vec<_>>().join("\n");
        let result = text::t(self.lang, "intake.row_refused", &[]);
        self.cells(&refused.row.cells, [result, reason])
    }

    fn cells(&mut self, cells: &[String], added: [String; 2]) -> Result<()> {
        let mut cells = cells.to_vec();
        if !matches!(self.out, Out::Json { .. }) {
            cells.resize(self.width.max(cells.len()), String::new());
            cells.extend(added.clone());
        }
        match &mut self.out {
            Out::Csv(writer) => {
                let safe = cells.iter().map(|cell| inert(cell).into_owned());
                writer.write_record(safe).map_err(Error::broken)
            }
            Out::Workbook { book, next, .. } => {
                let sheet = book.worksheet_from_index(0).map_err(Error::broken)?;
                for (column, cell) in (0..).zip(&cells) {
                    // A text is never taken for a formula: it is written as a text.
                    sheet.write_string(*next, column, cell).map_err(Error::broken)?;
                }
                *next += 1;
                Ok(())
            }
            Out::Json { file, rows } => {
                let mut object = record(self.head.format, &self.headings, cells);
                for (key, text) in ["intake.result", "intake.reason"].into_iter().zip(added) {
                    object.insert(text::t(self.lang, key, &[]), Value::String(text));
                }
                let before = match (self.head.format, *rows) {
                    (Format::JsonLines, _) => "",
                    (_, 0) => "[\n",
                    _ => ",\n",
                };
                *rows += 1;
                let line = if self.head.format == Format::JsonLines { "\n" } else { "" };
                let text = Value::Object(object);
                write!(file, "{before}{text}{line}").map_err(Error::broken)
            }
        }
    }

    pub(super) fn end(self) -> Result<()> {
        match self.out {
            Out::Csv(mut writer) => writer.flush().map_err(Error::broken),
            Out::Workbook { mut book, mut file, .. } => {
                book.save_to_writer(&mut file).map_err(Error::broken)
            }
            Out::Json { mut file, rows } => {
                let tail = match (self.head.format, rows) {
                    (Format::JsonLines, _) => "",
                    (_, 0) => "[]\n",
                    _ => "\n]\n",
                };
                file.write_all(tail.as_bytes()).and_then(|()| file.flush()).map_err(Error::broken)
            }
        }
    }
}

fn csv_out(file: File, head: &Head) -> Result<Out> {
    let mut file = BufWriter::new(file);
    // Spreadsheets take a CSV file without this mark for the machine's old encoding.
    file.write_all(b"\xEF\xBB\xBF").map_err(Error::broken)?;
    let delimiter = u8::try_from(head.delimiter).unwrap_or(b',');
    let writer = csv::WriterBuilder::new().delimiter(delimiter).flexible(true).from_writer(file);
    Ok(Out::Csv(Box::new(writer)))
}

fn record(format: Format, headings: &[String], cells: Vec<String>) -> Map<String, Value> {
    if format == Format::JobPosting {
        let text = cells.concat();
        return serde_json::from_str(&text).unwrap_or_default();
    }
    let cells = cells.into_iter().chain(std::iter::repeat(String::new()));
    headings.iter().cloned().zip(cells.map(Value::String)).collect()
}

/// The ending of such a file's name, and what a browser is told it is.
pub const fn kind(format: Format) -> (&'static str, &'static str) {
    match format {
        Format::Csv => ("csv", "text/csv; charset=utf-8"),
        Format::Workbook => {
            ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
        }
        Format::JsonArray => ("json", "application/json"),
        Format::JsonLines => ("jsonl", "application/jsonl"),
        Format::JobPosting => ("json", "application/ld+json"),
    }
}
