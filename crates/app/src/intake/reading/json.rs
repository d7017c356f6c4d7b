//! Records of JSON: an array, lines, or a web page's own description of its vacancies.
//!
//! The first pass collects the keys, in the order in which they are met, and the second sends the
//! rows below them.

use std::{
    collections::HashMap,
    fs::File,
    io::{self, BufRead, BufReader, Read, Write},
};

use encoding_rs::Encoding;
use model::intake::file::{Format, Head};
use serde_json::Value;

use self::record::Record;
use super::{
    super::unreadable::Unreadable,
    encoding::{Decoded, name},
    fence::{Fence, Post},
    frame::{COLUMNS, Failure, Frames, Row},
};

mod record;

/// How the records stand in the text.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Shape {
    Array,
    Lines,
    /// One object, perhaps around an array of them.
    Document,
}

/// A document is held in memory as a whole.
const DOCUMENT_BYTES: u64 = 32 << 20;

/// One record after the other, or the text of what is none.
type Each<'a> = &'a mut dyn FnMut(i64, Result<Record, String>) -> Result<(), Failure>;

/// Sends all records of the text.
pub fn read(
    file: &File,
    encoding: &'static Encoding,
    frames: &mut Frames<impl Write>,
) -> Result<(), Failure> {
    let text = || Ok::<_, Failure>(Decoded::new(file.try_clone()?, encoding)?);
    let shape = shape(text()?)?;
    let mut headings = Headings::default();
    let mut described = false;
    records(text()?, shape, &mut |number, record| {
        let Ok(record) = record else { return Ok(()) };
        described |= record.is_linked();
        headings.add(number, &record)
    })?;
    let format = match shape {
        _ if described => Format::JobPosting,
        Shape::Lines => Format::JsonLines,
        Shape::Array | Shape::Document => Format::JsonArray,
    };
    frames.head(&Head { format, detail: name(encoding).into(), delimiter: ',' })?;
    if described {
        return postings(text()?, shape, frames);
    }
    frames.row(Row { number: 0, cells: headings.names.clone(), broken: false })?;
    records(text()?, shape, &mut |number, record| {
        frames.row(match record {
            Ok(record) => Row { number, cells: headings.spread(record), broken: false },
            Err(text) => Row { number, cells: vec![text], broken: true },
        })
    })
}

/// Sends every JobPosting of the text as the one cell of its row.
fn postings(text: Decoded, shape: Shape, frames: &mut Frames<impl Write>) -> Result<(), Failure> {
    frames.row(Row { number: 0, cells: vec!["JobPosting".into()], broken: false })?;
    let mut number = 0;
    records(text, shape, &mut |_, record| {
        let Ok(record) = record else { return Ok(()) };
        for posting in record.postings() {
            number += 1;
            frames.row(Row { number, cells: vec![posting.to_string()], broken: false })?;
        }
        Ok(())
    })
}

/// Sends the `JobPosting` objects that a web page describes itself with; `false` if it has none.
pub fn page(mut text: Decoded, frames: &mut Frames<impl Write>) -> Result<bool, Failure> {
    let mut page = String::new();
    text.by_ref().take(DOCUMENT_BYTES).read_to_string(&mut page)?;
    let blocks = page.split("application/ld+json").skip(1);
    let inside = |b: &str| Some(b.split_once('>')?.1.split("</script").next()?.to_owned());
    let postings: Vec<Value> = blocks
        .filter_map(inside)
        .filter_map(|block| serde_json::from_str::<Record>(&block).ok())
        .flat_map(Record::postings)
        .collect();
    if postings.is_empty() {
        return Ok(false);
    }
    frames.head(&Head { format: Format::JobPosting, detail: "UTF-8".into(), delimiter: ',' })?;
    frames.row(Row { number: 0, cells: vec!["JobPosting".into()], broken: false })?;
    for (number, posting) in (1..).zip(postings) {
        frames.row(Row { number, cells: vec![posting.to_string()], broken: false })?;
    }
    Ok(true)
}

fn shape(text: Decoded) -> Result<Shape, Failure> {
    let (fenced, post) = Fence::new(text, b',');
    let mut lines = BufReader::new(fenced);
    let mut said = || {
        let mut line = String::new();
        while line.trim().is_empty() && lines.read_line(&mut line)? > 0 {}
        post.passed(1);
        Ok::<_, io::Error>(line)
    };
    let first = said()?;
    if first.trim_start().starts_with('[') {
        return Ok(Shape::Array);
    }
    let Ok(record) = serde_json::from_str::<Record>(&first) else {
        return Ok(Shape::Document);
    };
    let more = !said()?.trim().is_empty();
    let single = || record.unwrapped().len() == 1;
    Ok(if more || single() { Shape::Lines } else { Shape::Document })
}

fn records(text: Decoded, shape: Shape, each: Each<'_>) -> Result<(), Failure> {
    match shape {
        Shape::Array => {
            let (fenced, post) = Fence::new(text, b',');
            array(BufReader::new(fenced), &post, each)
        }
        Shape::Lines => {
            let (fenced, post) = Fence::new(text, b',');
            lines(BufReader::new(fenced), &post, each)
        }
        Shape::Document => document(text, each),
    }
}

fn array(text: impl Read, post: &Post, each: Each<'_>) -> Result<(), Failure> {
    let mut failure = None;
    let mut number = 0;
    let mut parser = serde_json::Deserializer::from_reader(text);
    let outcome = record::each(&mut parser, &mut |record| {
        number += 1;
        post.passed(number + 1);
        each(number, Ok(record)).map_err(|e| failure = Some(e)).is_ok()
    });
    match (failure, outcome.and_then(|()| parser.end())) {
        (Some(failure), _) => Err(failure),
        (None, outcome) => outcome.map_err(broken),
    }
}

fn lines(mut text: impl BufRead, post: &Post, each: Each<'_>) -> Result<(), Failure> {
    let mut line = String::new();
    let mut number = 0;
    while text.read_line(&mut line)? > 0 {
        number += 1;
        post.passed(number + 1);
        if !line.trim().is_empty() {
            each(number, serde_json::from_str(&line).map_err(|_| line.trim_end().to_owned()))?;
        }
        line.clear();
    }
    Ok(())
}

fn document(mut text: Decoded, each: Each<'_>) -> Result<(), Failure> {
    let mut whole = String::new();
    text.by_ref().take(DOCUMENT_BYTES + 1).read_to_string(&mut whole)?;
    if u64::try_from(whole.len()).unwrap_or(u64::MAX) > DOCUMENT_BYTES {
        return Err(Unreadable::TooLarge { megabytes: DOCUMENT_BYTES >> 20 }.into());
    }
    let mut number = 0;
    for record in serde_json::Deserializer::from_str(&whole).into_iter::<Record>() {
        for inner in record.map_err(broken)?.unwrapped() {
            number += 1;
            each(number, Ok(inner))?;
        }
    }
    Ok(())
}

fn broken(error: serde_json::Error) -> Failure {
    let line = error.line();
    if error.is_io() {
        return io::Error::from(error).into();
    }
    Unreadable::BrokenJson { line }.into()
}

/// The union of all records' keys.
#[derive(Default)]
struct Headings {
    names: Vec<String>,
    places: HashMap<String, usize>,
}

impl Headings {
    fn add(&mut self, row: i64, record: &Record) -> Result<(), Failure> {
        for (key, _) in &record.fields {
            if !self.places.contains_key(key) {
                self.places.insert(key.clone(), self.names.len());
                self.names.push(key.clone());
            }
        }
        if self.names.len() > COLUMNS {
            return Err(Unreadable::TooManyColumns { row, limit: COLUMNS }.into());
        }
        Ok(())
    }

    fn spread(&self, record: Record) -> Vec<String> {
        let mut cells = vec![String::new(); self.names.len()];
        for (key, value) in record.fields {
            if let Some(cell) = self.places.get(&key).and_then(|&at| cells.get_mut(at)) {
                *cell = record::text(&value);
            }
        }
        cells
    }
}
