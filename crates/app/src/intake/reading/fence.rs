//! A reader that stops when one row goes on for longer than any: parsers hold a row in memory, and
//! a quotation mark that is never closed makes the rest of the file one row.

use std::{
    cell::Cell,
    io::{self, Read},
    rc::Rc,
};

use super::{
    super::unreadable::Unreadable,
    frame::{COLUMNS, ROW_BYTES, too_long},
};

/// What parsers read ahead, and what quotes, escapes and keys add to a row.
const SLACK: usize = 4 * ROW_BYTES;

/// Where the row that is being read began, told by whoever counts rows.
#[derive(Clone, Default)]
pub struct Post {
    row: Rc<Cell<i64>>,
    since: Rc<Cell<usize>>,
    separators: Rc<Cell<usize>>,
}

impl Post {
    /// A row has been read; the next is row or line `next`.
    pub fn passed(&self, next: i64) {
        self.row.set(next);
        self.since.set(0);
        self.separators.set(0);
    }
}

/// The reader between the file and the parser.
pub struct Fence<R> {
    inner: R,
    separator: u8,
    post: Post,
}

impl<R: Read> Fence<R> {
    /// `separator` tells a row of too many columns from a long one.
    pub fn new(inner: R, separator: u8) -> (Self, Post) {
        let post = Post::default();
        post.passed(1);
        (Self { inner, separator, post: post.clone() }, post)
    }
}

impl<R: Read> Read for Fence<R> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        let got = self.inner.read(buf)?;
        let read = buf.get(..got).unwrap_or_default();
        let since = self.post.since.get() + got;
        let separators =
            self.post.separators.get() + read.split(|&b| b == self.separator).count() - 1;
        self.post.since.set(since);
        self.post.separators.set(separators);
        if since <= ROW_BYTES + SLACK {
            return Ok(got);
        }
        let row = self.post.row.get();
        Err(io::Error::other(if separators > since / 8 {
            Unreadable::TooManyColumns { row, limit: COLUMNS }
        } else {
            too_long(row)
        }))
    }
}
