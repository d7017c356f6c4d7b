//! A table as a file for spreadsheets, in which nothing is a formula.

use rust_xlsxwriter::{Format as Style, Workbook};

use crate::{Error, Result};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    Csv,
    Workbook,
}

/// A cell: words, or a number that a spreadsheet can add up.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    Words(String),
    Number(i64),
    /// With one digit behind the point.
    Part(f64),
    Nothing,
}

impl From<Option<i64>> for Cell {
    fn from(number: Option<i64>) -> Self {
        number.map_or(Self::Nothing, Self::Number)
    }
}

impl From<String> for Cell {
    fn from(words: String) -> Self {
        Self::Words(words)
    }
}

/// The bytes of the file.
pub fn sheet(format: Format, headings: &[String], rows: &[Vec<Cell>]) -> Result<Vec<u8>> {
    match format {
        Format::Csv => csv(headings, rows).map_err(Error::broken),
        Format::Workbook => workbook(headings, rows).map_err(Error::broken),
    }
}

fn csv(headings: &[String], rows: &[Vec<Cell>]) -> Result<Vec<u8>, csv::Error> {
    // spreadsheets take a CSV file without the mark for the machine's old encoding
    let mut out = csv::Writer::from_writer("\u{feff}".as_bytes().to_vec());
    out.write_record(headings)?;
    for row in rows {
        out.write_record(row.iter().map(Cell::plain))?;
    }
    out.into_inner().map_err(|error| error.into_error().into())
}

impl Cell {
    /// As text that no spreadsheet takes for a formula.
    fn plain(&self) -> String {
        match self {
            Self::Number(number) => number.to_string(),
            Self::Part(number) => format!("{number:.1}"),
            Self::Words(words) => model::cell::inert(words).into_owned(),
            Self::Nothing => String::new(),
        }
    }
}

fn workbook(
    headings: &[String],
    rows: &[Vec<Cell>],
) -> Result<Vec<u8>, rust_xlsxwriter::XlsxError> {
    let mut book = Workbook::new();
    let page = book.add_worksheet();
    let bold = Style::new().set_bold();
    for (column, heading) in (0..).zip(headings) {
        page.set_column_width(column, 16)?;
        page.write_string_with_format(0, column, heading, &bold)?;
    }
    for (line, row) in (1..).zip(rows) {
        for (column, cell) in (0..).zip(row) {
            match cell {
                Cell::Words(words) => page.write_string(line, column, words)?,
                #[expect(clippy::cast_precision_loss, reason = "counts are far below 2^53")]
                Cell::Number(number) => page.write_number(line, column, *number as f64)?,
                Cell::Part(number) => {
                    page.write_number(line, column, (number * 10.0).round() / 10.0)?
                }
                Cell::Nothing => continue,
            };
        }
    }
    page.set_freeze_panes(1, 0)?;
    book.save_to_buffer()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_of_a_file_is_a_formula() {
        let rows = [
            vec![Cell::Words("=1+1".into()), Cell::Number(-3)],
            vec![Cell::Nothing, Cell::Part(87.25)],
        ];
        let file = sheet(Format::Csv, &["词".into(), "数".into()], &rows).unwrap();
        assert_eq!(String::from_utf8(file).unwrap(), "\u{feff}词,数\n'=1+1,-3\n,87.2\n");
        let book = sheet(Format::Workbook, &["词".into(), "数".into()], &rows).unwrap();
        assert!(book.starts_with(b"PK"));
    }
}
