//! What the reading child says to its parent: a head, rows, and an end or a reason for none.
//!
//! A frame is a tag byte, the length of the body (four bytes, little end first) and the body.
//! A stream without an end frame is a failure, whatever came before it.

use std::io::{self, Write};

use model::intake::file::Head;
use serde::{Deserialize, Serialize};

use super::super::unreadable::Unreadable;

/// The most columns, rows, and text in a row that a file may have.
pub const COLUMNS: usize = 500;
pub const ROWS: i64 = 1_000_000;
pub const ROW_BYTES: usize = 256 * 1024;
/// No honest frame is longer: a row of the longest, every character escaped, and its number.
const FRAME_BYTES: u32 = 2 * 1024 * 1024;

/// A row as staged. A broken one carries its text in the one cell it has.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    /// Line of the text or row of the sheet, from 1; 0 for headings that are in no line.
    pub number: i64,
    pub cells: Vec<String>,
    /// Not even a row: a line of JSON Lines that is no object.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub broken: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Frame {
    Head(Head),
    Row(Row),
    /// So many rows were sent.
    End(i64),
    Refused(Unreadable),
}

/// The child's end of the pipe; holds every row to the limits.
pub struct Frames<W> {
    out: W,
    rows: i64,
}

impl<W: Write> Frames<W> {
    pub fn new(out: W) -> Self {
        Self { out, rows: 0 }
    }

    pub fn rows(&self) -> i64 {
        self.rows
    }

    pub fn head(&mut self, head: &Head) -> io::Result<()> {
        self.send(b'H', &serde_json::to_vec(head)?)
    }

    /// Sends a row unless it is blank. Control characters become blanks: no database and no page
    /// wants them.
    pub fn row(&mut self, mut row: Row) -> Result<(), Failure> {
        while row.cells.last().is_some_and(|c| c.trim().is_empty()) {
            row.cells.pop();
        }
        if row.cells.is_empty() {
            return Ok(());
        }
        if row.cells.len() > COLUMNS {
            return Err(Unreadable::TooManyColumns { row: row.number, limit: COLUMNS }.into());
        }
        if row.cells.iter().map(String::len).sum::<usize>() > ROW_BYTES {
            return Err(too_long(row.number).into());
        }
        if self.rows == ROWS {
            return Err(Unreadable::TooManyRows { limit: ROWS }.into());
        }
        for cell in row.cells.iter_mut().filter(|c| c.bytes().any(|b| b < b' ')) {
            *cell = cell.replace(|c: char| c.is_control() && !matches!(c, '\n' | '\t'), " ");
        }
        self.rows += 1;
        Ok(self.send(b'R', &serde_json::to_vec(&row).map_err(io::Error::from)?)?)
    }

    /// The last frame of a file that was read to its end.
    pub fn end(mut self) -> io::Result<()> {
        self.send(b'E', &self.rows.to_le_bytes())?;
        self.out.flush()
    }

    /// The last frame of any other.
    pub fn refuse(mut self, why: &Unreadable) -> io::Result<()> {
        self.send(b'X', &serde_json::to_vec(why)?)?;
        self.out.flush()
    }

    fn send(&mut self, tag: u8, body: &[u8]) -> io::Result<()> {
        let length = u32::try_from(body.len()).map_err(io::Error::other)?;
        self.out.write_all(&[tag])?;
        self.out.write_all(&length.to_le_bytes())?;
        self.out.write_all(body)
    }
}

/// The refusal of a row that is longer than any.
pub fn too_long(row: i64) -> Unreadable {
    Unreadable::RowTooLong { row, kilobytes: ROW_BYTES / 1024 }
}

/// The parent's end: how long the body is that follows such a beginning.
pub fn length(head: [u8; 5]) -> io::Result<usize> {
    let [_, length @ ..] = head;
    match u32::from_le_bytes(length) {
        length @ ..=FRAME_BYTES => usize::try_from(length).map_err(io::Error::other),
        _ => Err(io::Error::other("a frame longer than any")),
    }
}

/// What a frame says.
pub fn frame([tag, ..]: [u8; 5], body: &[u8]) -> io::Result<Frame> {
    Ok(match tag {
        b'H' => Frame::Head(serde_json::from_slice(body)?),
        b'R' => Frame::Row(serde_json::from_slice(body)?),
        b'E' => Frame::End(i64::from_le_bytes(
            body.try_into().map_err(|_| io::Error::other("an end without a count"))?,
        )),
        b'X' => Frame::Refused(serde_json::from_slice(body)?),
        _ => return Err(io::Error::other("an unknown frame")),
    })
}

/// Why reading stopped: the file, or the pipe.
#[derive(Debug)]
pub enum Failure {
    File(Unreadable),
    Pipe(io::Error),
}

impl From<Unreadable> for Failure {
    fn from(why: Unreadable) -> Self {
        Self::File(why)
    }
}
impl From<io::Error> for Failure {
    /// Readers below a parser hand their refusal through it inside an `io::Error`.
    fn from(e: io::Error) -> Self {
        match e.downcast::<Unreadable>() {
            Ok(why) => Self::File(why),
            Err(e) => Self::Pipe(e),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use model::intake::file::Format;

    use super::*;

    fn receive(from: &mut impl Read) -> io::Result<Frame> {
        let mut head = [0; 5];
        from.read_exact(&mut head)?;
        let mut body = vec![0; length(head)?];
        from.read_exact(&mut body)?;
        frame(head, &body)
    }

    fn row(number: i64, cells: &[&str]) -> Row {
        Row { number, cells: cells.iter().map(|&c| c.into()).collect(), broken: false }
    }

    #[test]
    fn what_the_child_sends_arrives() {
        let mut pipe = Vec::new();
        let mut frames = Frames::new(&mut pipe);
        let head = Head { format: Format::Csv, detail: "UTF-8".into(), delimiter: ',' };
        frames.head(&head).unwrap();
        frames.row(row(1, &["岗位", "a\0b", "", " "])).unwrap();
        frames.row(row(2, &["", "  "])).unwrap();
        frames.end().unwrap();

        let mut from = pipe.as_slice();
        assert_eq!(receive(&mut from).unwrap(), Frame::Head(head));
        assert_eq!(receive(&mut from).unwrap(), Frame::Row(row(1, &["岗位", "a b"])));
        assert_eq!(receive(&mut from).unwrap(), Frame::End(1));
        assert!(receive(&mut from).is_err(), "nothing follows the end");
    }

    #[test]
    fn a_row_beyond_the_limits_is_refused() {
        let mut frames = Frames::new(Vec::new());
        let wide = frames.row(row(3, &["x"; COLUMNS + 1]));
        assert!(matches!(wide, Err(Failure::File(Unreadable::TooManyColumns { row: 3, .. }))));
        let long = frames.row(row(4, &[&"x".repeat(ROW_BYTES + 1)]));
        assert!(matches!(long, Err(Failure::File(Unreadable::RowTooLong { row: 4, .. }))));
    }

    #[test]
    fn a_stream_that_is_none_is_an_error() {
        assert!(receive(&mut &b"hello, world"[..]).is_err());
        assert!(receive(&mut &b"R\x05\0\0\0[1]"[..]).is_err());
        assert!(receive(&mut &b"R\xff\xff\xff\xff"[..]).is_err());
    }
}
