//! XLSX: the first sheet that holds anything, cell by cell; never a sheet as a whole.

use std::{
    fs::File,
    io::{BufReader, Write},
};

use calamine::{
    DataRef, ExcelDateTime, Reader, SheetType, SheetVisible, Xlsx, XlsxError, XlsxFormulaMetadata,
};
use model::intake::file::{Format, Head};

use super::{
    super::unreadable::Unreadable,
    archive,
    frame::{COLUMNS, Failure, Frames, ROW_BYTES, Row, too_long},
};

/// Sends all rows of the sheet.
pub fn read(file: &File, frames: &mut Frames<impl Write>) -> Result<(), Failure> {
    archive::inspect(file)?;
    let mut book = Xlsx::new(BufReader::new(file.try_clone()?)).map_err(|e| broken(&e))?;
    let sheets: Vec<String> = book
        .sheets_metadata()
        .iter()
        .filter(|s| s.typ == SheetType::WorkSheet && s.visible == SheetVisible::Visible)
        .map(|s| s.name.clone())
        .collect();
    for name in sheets {
        if sheet(&mut book, &name, frames)? {
            return Ok(());
        }
    }
    Err(Unreadable::Empty.into())
}

/// `false` if there is nothing on the sheet.
fn sheet(
    book: &mut Xlsx<BufReader<File>>,
    name: &str,
    frames: &mut Frames<impl Write>,
) -> Result<bool, Failure> {
    let mut cells = book.worksheet_cells_reader(name).map_err(|e| broken(&e))?;
    let (mut row, mut bytes) = (Row { number: 0, cells: Vec::new(), broken: false }, 0);
    let mut begun = false;
    while let Some(cell) = cells.next_cell_with_formula_metadata().map_err(|e| broken(&e))? {
        let number = i64::from(cell.pos.0) + 1;
        let column = usize::try_from(cell.pos.1).unwrap_or(usize::MAX);
        if cell.value == DataRef::Empty && cell.formula.is_none() {
            continue;
        }
        let text = text(cell.value, cell.formula.as_ref(), (number, column))?;
        if !begun && !text.trim().is_empty() {
            begun = true;
            let detail = name.to_owned();
            frames.head(&Head { format: Format::Workbook, detail, delimiter: ',' })?;
        }
        if number != row.number {
            let empty = Row { number, cells: Vec::new(), broken: false };
            frames.row(std::mem::replace(&mut row, empty))?;
            bytes = 0;
        }
        bytes += text.len();
        if bytes > ROW_BYTES {
            return Err(too_long(number).into());
        }
        put(&mut row, column, text)?;
    }
    frames.row(row)?;
    Ok(begun)
}

fn put(row: &mut Row, column: usize, text: String) -> Result<(), Failure> {
    if text.is_empty() {
        return Ok(());
    }
    if column >= COLUMNS {
        return Err(Unreadable::TooManyColumns { row: row.number, limit: COLUMNS }.into());
    }
    if row.cells.len() <= column {
        row.cells.resize(column + 1, String::new());
    }
    if let Some(cell) = row.cells.get_mut(column) {
        *cell = text;
    }
    Ok(())
}

/// What the cell shows. A formula counts for the value it had when the file was saved; one that
/// was never reckoned, or failed, has none.
fn text(
    value: DataRef<'_>,
    formula: Option<&XlsxFormulaMetadata>,
    (row, column): (i64, usize),
) -> Result<String, Failure> {
    let without_value = matches!(value, DataRef::Empty | DataRef::Error(_));
    if formula.is_some() && without_value {
        return Err(Unreadable::Formula { row, column: letters(column) }.into());
    }
    Ok(match value {
        DataRef::SharedString(s) => s.to_owned(),
        DataRef::String(s) | DataRef::DateTimeIso(s) | DataRef::DurationIso(s) => s,
        DataRef::Int(n) => n.to_string(),
        // Shortest form: 13900000000, not 1.39e10, and 0.8, not 0.80000000000000004.
        DataRef::Float(n) => n.to_string(),
        DataRef::Bool(b) => b.to_string(),
        DataRef::DateTime(moment) => day(moment),
        DataRef::Error(_) | DataRef::Empty => String::new(),
    })
}

fn day(moment: ExcelDateTime) -> String {
    let (year, month, day, hour, minute, second, _) = moment.to_ymd_hms_milli();
    let date = format!("{year:04}-{month:02}-{day:02}");
    match (hour, minute, second) {
        (0, 0, 0) => date,
        _ => format!("{date} {hour:02}:{minute:02}:{second:02}"),
    }
}

/// The column as the sheet names it: A, B, … Z, AA.
fn letters(column: usize) -> String {
    let mut name = Vec::new();
    let mut rest = column + 1;
    while rest > 0 {
        let letter = u8::try_from((rest - 1) % 26).unwrap_or(0) + b'A';
        name.insert(0, char::from(letter));
        rest = (rest - 1) / 26;
    }
    name.into_iter().collect()
}

fn broken(error: &XlsxError) -> Unreadable {
    let locked = matches!(error, XlsxError::Password);
    if locked { Unreadable::Encrypted } else { Unreadable::BrokenWorkbook }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_have_the_names_of_the_sheet() {
        assert_eq!([0, 25, 26, 701, 702].map(letters), ["A", "Z", "AA", "ZZ", "AAA"]);
    }
}
