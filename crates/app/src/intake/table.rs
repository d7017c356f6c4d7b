//! A file as a table: its head, its first rows, how they are bound to fields, and the rows of data.

use std::{collections::VecDeque, path::Path};

use model::{
    Refusal,
    intake::{
        Noun, Row,
        binding::Binding,
        field::Field,
        file::{Format, Head},
        jobposting,
        layout::{self, Layout},
    },
};
use serde::{Deserialize, Serialize};

use super::{
    child::Child,
    reading::frame::{self, Frame},
};
use crate::{App, Error, Result};

/// How the columns of a file are to be found.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Choice {
    /// By the headings.
    #[default]
    Recognise,
    /// As the layout of this name says.
    Layout(String),
    /// As this mapping file says.
    Mapping(Box<Layout>),
    /// As a person chose: the number of the row of headings, and a field for each column.
    Columns { row: i64, fields: Vec<Option<Field>> },
}

/// A row of data on its way in.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Staged {
    /// 1, 2, 3 … in the file, whatever its lines are numbered.
    pub(super) position: i64,
    pub(super) row: Row,
    /// Not even a row: see [`frame::Row`].
    pub(super) broken: bool,
}

/// So many rows are looked at in order to find the headings, and shown where they are not found.
pub(super) const LOOKED_AT: usize = 20;

pub(super) struct Table {
    child: Child,
    pub(super) head: Head,
    waiting: VecDeque<frame::Row>,
    ended: bool,
    position: i64,
}

impl Table {
    /// Begins to read: the head and the first rows.
    pub(super) async fn open(app: &App, path: &Path) -> Result<Self> {
        let mut child = Child::begin(app, path)?;
        let Frame::Head(head) = child.next().await? else {
            return Err(Error::broken("a reader that begins with no head"));
        };
        let mut table = Self { child, head, waiting: VecDeque::new(), ended: false, position: 0 };
        while table.waiting.len() < LOOKED_AT && !table.ended {
            if let Some(row) = table.pull().await? {
                table.waiting.push_back(row);
            }
        }
        Ok(table)
    }

    /// The first rows, before any has been taken.
    pub(super) fn first(&self) -> Vec<Row> {
        let whole = self.waiting.iter().filter(|r| !r.broken);
        whole.map(|r| Row { number: r.number, cells: r.cells.clone() }).collect()
    }

    /// The rows down to the headings.
    pub(super) fn top(&self, binding: &Binding) -> Vec<Row> {
        let mut rows = self.first();
        rows.retain(|row| row.number <= binding.heading_row);
        rows
    }

    /// Binds the columns. The properties of schema.org are known.
    pub(super) fn bind(&self, app: &App, noun: Noun, choice: &Choice) -> Result<Binding, Refusal> {
        let rows = self.first();
        if self.head.format == Format::JobPosting {
            return match noun {
                Noun::Vacancies => Ok(jobposting::binding()),
                Noun::Jobseekers => Err(Refusal::new("intake.postings_only").field("file")),
            };
        }
        let binding = match choice {
            Choice::Recognise => Binding::recognise(noun, &rows, &layouts(app)),
            Choice::Mapping(layout) => Binding::of_layout(layout, &rows)?,
            Choice::Layout(name) => {
                let layouts = layouts(app);
                let own = layouts.iter().find(|l| l.noun == noun && &l.name == name);
                Binding::of_layout(own.map_or_else(|| layout::find(name, noun), Ok)?, &rows)?
            }
            Choice::Columns { row, fields } => {
                let headings = rows.iter().find(|r| r.number == *row);
                let headings = headings.ok_or_else(asked)?;
                Binding::from_choices(noun, headings, fields.clone())?
            }
        };
        if binding.missing().is_empty() { Ok(binding) } else { Err(asked()) }
    }

    /// The next row that says something below the headings.
    pub(super) async fn next(&mut self, binding: &Binding) -> Result<Option<Staged>> {
        loop {
            let next = match self.waiting.pop_front() {
                Some(row) => Some(row),
                None if self.ended => return Ok(None),
                None => self.pull().await?,
            };
            let Some(frame::Row { number, cells, broken }) = next else { continue };
            let row = Row { number, cells };
            if broken || binding.is_data(&row) {
                self.position += 1;
                return Ok(Some(Staged { position: self.position, row, broken }));
            }
        }
    }

    async fn pull(&mut self) -> Result<Option<frame::Row>> {
        match self.child.next().await? {
            Frame::Row(row) => Ok(Some(row)),
            Frame::End(_) => {
                self.ended = true;
                Ok(None)
            }
            Frame::Head(_) | Frame::Refused(_) => Err(Error::broken("a frame out of its place")),
        }
    }
}

/// Nobody can tell from the headings what the columns are: a person has to say.
pub const ASKED: &str = "intake.layout_asked";

fn asked() -> Refusal {
    Refusal::new(ASKED).field("layout")
}

/// The layouts by which files are recognised: the office's own, in the folder `layout` of the
/// data, and those that the program knows. A file there that is no layout is passed over.
pub fn layouts(app: &App) -> Vec<Layout> {
    let folder = std::fs::read_dir(app.settings().data.join("layout"));
    let texts = folder.into_iter().flatten().flatten();
    let own = texts.filter_map(|entry| std::fs::read_to_string(entry.path()).ok());
    own.filter_map(|text| Layout::parse(&text).ok())
        .chain(layout::builtin().iter().cloned())
        .collect()
}
