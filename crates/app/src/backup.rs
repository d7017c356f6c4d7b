//! Backups: every row as of one moment in one file, and out of it again, for either engine.

use std::io::{BufRead, BufReader, Read, Write};

use flate2::{Compression, read::GzDecoder, write::GzEncoder};
use futures_util::TryStreamExt;
use model::{
    Refusal,
    backup::{Head, Line, Table, Tail, hex},
};
use serde_json::Value;
use sha2::{Digest, Sha256};
use store::{Db, Deed, Writer};

use crate::{Error, Result};

/// Rows that are put into the database with one call.
const BATCH: usize = 1_000;

/// Messages on their way out: what is restored must not send them a second time, and they name people.
const UNKEPT: &str = "notice_out";

/// Writes everything into `out`, in one consistent state, also while others write; answers the rows.
/// Memory does not grow with the data. `progress` is told how many rows are written.
pub async fn write(
    db: &Db,
    head: Head,
    out: impl Write + Send,
    progress: impl Fn(i64) + Send + Sync,
) -> Result<i64> {
    let mut r = db.snapshot().await?;
    let mut out = Lines { out: GzEncoder::new(out, Compression::fast()), digest: Sha256::new() };
    out.write(&Line::Head(head))?;
    let mut count = 0;
    for table in store::backup::tables(&mut r).await? {
        out.write(&Line::Table(table.clone()))?;
        if table.name == UNKEPT {
            continue;
        }
        let mut rows = store::backup::rows(&mut r, &table)?;
        while let Some(row) = rows.try_next().await? {
            out.write(&Line::Row(row))?;
            count += 1;
            progress(count);
        }
    }
    let digest = hex(&out.digest.clone().finalize());
    out.write(&Line::Tail(Tail { rows: count, digest }))?;
    out.out.finish().and_then(|mut file| file.flush()).map_err(Error::broken)?;
    Ok(count)
}

/// Reads a backup to its end without using it. Anything but a whole, untouched file is refused.
pub fn verify(input: impl Read) -> Result<(Head, Tail)> {
    let (mut head, mut rows, mut tail) = (None, 0, None);
    for line in Reading::of(input) {
        match line? {
            Line::Head(found) if head.is_none() => head = Some(found),
            Line::Row(_) if head.is_some() => rows += 1,
            Line::Table(_) if head.is_some() => {}
            Line::Tail(found) if found.rows == rows => tail = Some(found),
            Line::Head(_) | Line::Table(_) | Line::Row(_) | Line::Tail(_) => return Err(damaged()),
        }
    }
    head.zip(tail).ok_or_else(damaged)
}

/// Fills a freshly migrated database from a backup, in one transaction; answers the rows. The log is
/// restored with the rest, so this alone of all changes writes no event. `progress` is told how many
/// rows are there.
pub async fn fill(
    db: &Db,
    deed: Deed,
    input: impl Read + Send,
    progress: impl Fn(i64) + Send + Sync,
) -> Result<i64> {
    let mut w = db.write(deed).await?;
    let tables = store::backup::tables(&mut w).await?;
    let references = store::backup::prepare(&mut w, &tables).await?;
    let mut count = 0;
    let mut open: Option<(Table, Vec<Vec<Value>>)> = None;
    for line in Reading::of(input) {
        match (line?, &mut open) {
            (Line::Row(row), Some((table, rows))) => {
                rows.push(row);
                if rows.len() == BATCH {
                    count += put(&mut w, table, std::mem::take(rows)).await?;
                    progress(count);
                }
            }
            (Line::Table(next), _) => {
                count += end(&mut w, open.take()).await?;
                if !tables.contains(&next) {
                    return Err(damaged());
                }
                open = Some((next, vec![]));
            }
            (Line::Head(_) | Line::Tail(_) | Line::Row(_), _) => {}
        }
    }
    count += end(&mut w, open).await?;
    store::backup::check(&mut w, references).await?;
    w.commit().await?;
    Ok(count)
}

async fn end(w: &mut Writer, open: Option<(Table, Vec<Vec<Value>>)>) -> Result<i64> {
    match open {
        Some((table, rows)) => put(w, &table, rows).await,
        None => Ok(0),
    }
}

async fn put(w: &mut Writer, table: &Table, rows: Vec<Vec<Value>>) -> Result<i64> {
    let count = store::backup::fill(w, table, rows).await?;
    Ok(i64::try_from(count).unwrap_or(i64::MAX))
}

fn damaged() -> Error {
    Refusal::new("backup.damaged").into()
}

/// Lines on their way into a compressed file, and the digest of those written.
struct Lines<W: Write> {
    out: GzEncoder<W>,
    digest: Sha256,
}

impl<W: Write> Lines<W> {
    fn write(&mut self, line: &Line) -> Result<()> {
        let mut text = serde_json::to_vec(line).map_err(Error::broken)?;
        text.push(b'\n');
        self.digest.update(&text);
        self.out.write_all(&text).map_err(Error::broken)
    }
}

/// Lines out of a compressed file; the last one must be a tail that agrees with those before it.
struct Reading<R: Read> {
    input: BufReader<GzDecoder<R>>,
    digest: Sha256,
    ended: bool,
}

impl<R: Read> Reading<R> {
    fn of(input: R) -> Self {
        let input = BufReader::with_capacity(1 << 16, GzDecoder::new(input));
        Self { input, digest: Sha256::new(), ended: false }
    }

    /// The next line; none after the tail.
    fn line(&mut self) -> Result<Option<Line>> {
        let mut text = vec![];
        self.input.read_until(b'\n', &mut text).map_err(|_| damaged())?;
        if self.ended {
            return if text.is_empty() { Ok(None) } else { Err(damaged()) };
        }
        let line = serde_json::from_slice(&text).map_err(|_| damaged())?;
        if let Line::Tail(tail) = &line {
            self.ended = true;
            if hex(&self.digest.clone().finalize()) != tail.digest {
                return Err(damaged());
            }
        }
        self.digest.update(&text);
        Ok(Some(line))
    }
}

impl<R: Read> Iterator for Reading<R> {
    type Item = Result<Line>;

    fn next(&mut self) -> Option<Result<Line>> {
        self.line().transpose()
    }
}
