//! An empty file in the office's own layout, to be filled in.

use model::intake::{Noun, file::Format, layout};
use rust_xlsxwriter::{Format as Style, Workbook};

use crate::{Error, Result};

/// The bytes of the file: headings and no row. `None` for a format that nobody fills in by hand.
pub fn template(noun: Noun, format: Format) -> Result<Option<Vec<u8>>> {
    let name = match noun {
        Noun::Vacancies => "county",
        Noun::Jobseekers => "county_people",
    };
    let headings = layout::find(name, noun)?.headings();
    match format {
        // spreadsheets take a CSV file without the mark for the machine's old encoding
        Format::Csv => Ok(Some(format!("\u{feff}{}\r\n", headings.join(",")).into_bytes())),
        Format::Workbook => workbook(&headings).map(Some).map_err(Error::broken),
        Format::JsonArray | Format::JsonLines | Format::JobPosting => Ok(None),
    }
}

fn workbook(headings: &[&str]) -> Result<Vec<u8>, rust_xlsxwriter::XlsxError> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    let bold = Style::new().set_bold().set_text_wrap();
    for (column, heading) in (0..).zip(headings) {
        sheet.set_column_width(column, 16)?;
        sheet.write_string_with_format(0, column, *heading, &bold)?;
    }
    sheet.set_freeze_panes(1, 0)?;
    book.save_to_buffer()
}
