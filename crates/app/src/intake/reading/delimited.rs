//! Text of rows and separators: comma, semicolon, tab or bar, quoted or not.

use std::{
    fs::File,
    io::{self, Read, Write},
};

use csv::{ByteRecord, Reader, ReaderBuilder};
use encoding_rs::Encoding;
use model::{
    cell::inert,
    intake::file::{Format, Head},
};

use super::{
    super::unreadable::Unreadable,
    encoding::{Decoded, fill, name},
    fence::Fence,
    frame::{Failure, Frames, Row},
};

const SEPARATORS: [u8; 4] = *b",;\t|";
/// What separators are recognised by.
const SAMPLE_BYTES: usize = 64 * 1024;
const SAMPLE_ROWS: usize = 20;

/// Sends all rows of the text.
pub fn read(
    file: File,
    encoding: &'static Encoding,
    frames: &mut Frames<impl Write>,
) -> Result<(), Failure> {
    let mut sample = vec![0; SAMPLE_BYTES];
    let sampled = fill(&mut Decoded::new(file.try_clone()?, encoding)?, &mut sample)?;
    let separator = sniff(sample.get(..sampled).unwrap_or_default());
    frames.head(&Head {
        format: Format::Csv,
        detail: name(encoding).into(),
        delimiter: char::from(separator),
    })?;
    // Ended by a line feed like every other, the last row is counted like every other.
    let ended = Decoded::new(file, encoding)?.chain(b"\n".as_slice());
    let (fenced, post) = Fence::new(ended, separator);
    let mut reader = records(fenced, separator);
    let mut record = ByteRecord::new();
    while reader.read_byte_record(&mut record).map_err(stopped)? {
        let number = line(reader.position().line(), &record);
        let cells: Vec<_> = record.iter().map(|c| unwrapped(&String::from_utf8_lossy(c))).collect();
        // A text quoted by this program is none: it is what the office itself wrote.
        if let Some(at) =
            record.iter().zip(&cells).position(|(c, cell)| !c.starts_with(b"'") && is_formula(cell))
        {
            let column = (at + 1).to_string();
            return Err(Unreadable::Formula { row: number, column }.into());
        }
        frames.row(Row { number, cells, broken: false })?;
        post.passed(number + 1);
    }
    Ok(())
}

/// The line on which a record begins, from the line after it. (What the parser calls its line is
/// that of the blank lines before it.)
fn line(after: u64, record: &ByteRecord) -> i64 {
    let within = record.iter().map(|c| c.split(|&b| b == b'\n').count() - 1).sum::<usize>();
    i64::try_from(after).unwrap_or(i64::MAX) - 1 - i64::try_from(within).unwrap_or(0)
}

/// Text without a fixed number of columns cannot be wrong, so only reading fails.
fn stopped(error: csv::Error) -> Failure {
    if let csv::ErrorKind::Io(e) = error.into_kind() {
        return e.into();
    }
    io::Error::other("the text was cut into cells in no way").into()
}

fn records<R: Read>(from: R, separator: u8) -> Reader<R> {
    ReaderBuilder::new().delimiter(separator).has_headers(false).flexible(true).from_reader(from)
}

/// The separator that cuts most of the first rows into the same number of cells, and into more
/// than one.
fn sniff(sample: &[u8]) -> u8 {
    let agreement = |separator: u8| {
        let mut reader = records(sample, separator);
        let widths: Vec<usize> = reader
            .byte_records()
            .map_while(Result::ok)
            .take(SAMPLE_ROWS)
            .map(|r| r.len())
            .filter(|&w| w > 1)
            .collect();
        let same = |w: &usize| widths.iter().filter(|&v| v == w).count();
        widths.iter().map(|w| (same(w), *w)).max().unwrap_or_default()
    };
    // The first of equals wins: the comma.
    let best = SEPARATORS.iter().rev().max_by_key(|&&s| agreement(s));
    best.copied().unwrap_or(b',')
}

/// `="00123"` is how spreadsheets keep a number with its noughts in a CSV file, and `'+86…` how
/// a file of refused rows keeps them from taking a text for a formula.
fn unwrapped(cell: &str) -> String {
    let quoted = cell.strip_prefix('\'').filter(|text| inert(text) != *text);
    let number = || cell.strip_prefix("=\"").and_then(|rest| rest.strip_suffix('"'));
    let text = quoted.or_else(|| number().filter(|t| !t.contains('"')));
    text.unwrap_or(cell).to_owned()
}

/// Would a spreadsheet take this for a formula, and does it look meant as one? Rulers of equal
/// signs, telephone numbers and lists with dashes are not.
pub fn is_formula(cell: &str) -> bool {
    let Some(rest) = cell.strip_prefix(['=', '+', '-', '@']) else {
        return false;
    };
    let name_end = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '.' && c != '_');
    let (name, after) = rest.split_at(name_end.unwrap_or(rest.len()));
    let called = !name.is_empty() && after.starts_with('(');
    let commanded = rest.split_once('|').is_some_and(|(_, command)| command.contains('!'));
    let reckoned = rest.bytes().any(|b| b.is_ascii_alphanumeric())
        && rest.bytes().all(|b| b.is_ascii_alphanumeric() || b"+-*/^&<>.:$!(), %".contains(&b));
    match cell.as_bytes().first() {
        Some(b'=') => called || commanded || reckoned,
        Some(b'@') => called || commanded,
        _ => commanded,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_separator_is_the_one_that_cuts_evenly() {
        assert_eq!(sniff("岗位,工资\n电焊工,8千;包吃\n".as_bytes()), b',');
        assert_eq!(sniff("岗位;工资\n电焊工;8,5\n厨师;7,5\n".as_bytes()), b';');
        assert_eq!(sniff("岗位\t工资\n电焊工\t8,000\n".as_bytes()), b'\t');
        assert_eq!(sniff("a|b|c\n1|2|3\n".as_bytes()), b'|');
        assert_eq!(sniff("岗位\n电焊工\n".as_bytes()), b',');
    }

    #[test]
    fn a_formula_is_told_from_text() {
        for formula in ["=1+1", "=SUM(A1:A9)", "@SUM(A1)", "=cmd|' /C calc'!A0", "+cmd|'x'!A0"] {
            assert!(is_formula(formula), "{formula}");
        }
        for text in ["====", "= 岗位职责 =", "+86 13900000000", "-会焊接(有证)", "@厂门口", "-"]
        {
            assert!(!is_formula(text), "{text}");
        }
        assert_eq!(unwrapped("=\"0012\""), "0012");
        assert_eq!(unwrapped("'+86 139"), "+86 139");
        assert_eq!(unwrapped("'tis"), "'tis");
    }
}
