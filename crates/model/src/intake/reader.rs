//! One row being read: its cells by field, and what was wrong, uncertain and understood so far.

use chrono::NaiveDate;

use super::{Fault, Note, Row, Understood, binding::Binding, field::Field, place};
use crate::{
    Refusal,
    cell::{self, day},
    education::read::Said as Level,
    jobseeker::citizen_number,
    reference::Reference,
    vacancy::Place,
    wage::{Wage, read::Said},
};

/// A draft with what was understood and noted, or everything that refuses the row.
pub(super) type Outcome<T> = Result<(T, Understood, Vec<Note>), Vec<Fault>>;

pub(super) struct Reader<'a> {
    pub(super) reference: &'a Reference,
    pub(super) binding: &'a Binding,
    pub(super) today: NaiveDate,
    pub(super) understood: Understood,
    row: &'a Row,
    faults: Vec<Fault>,
    notes: Vec<Note>,
}

impl<'a> Reader<'a> {
    pub(super) fn new(
        reference: &'a Reference,
        binding: &'a Binding,
        row: &'a Row,
        today: NaiveDate,
    ) -> Self {
        let (faults, notes) = (Vec::new(), Vec::new());
        Self { reference, binding, today, understood: Understood::default(), row, faults, notes }
    }

    pub(super) fn outcome<T>(self, draft: T) -> Outcome<T> {
        if self.faults.is_empty() {
            Ok((draft, self.understood, self.notes))
        } else {
            Err(self.faults)
        }
    }

    pub(super) fn line(&self, field: Field) -> String {
        cell::line(&self.binding.cell(self.row, field))
    }

    pub(super) fn body(&self, field: Field) -> String {
        cell::body(&self.binding.cell(self.row, field))
    }

    pub(super) fn fault(&mut self, field: Field, refusal: Refusal) {
        let (column, value) = (self.binding.heading(self.row, field), self.shown(field));
        self.faults.push(Fault { column, value, refusal });
    }

    pub(super) fn note(&mut self, field: Field, remark: Refusal) {
        let (column, value) = (self.binding.heading(self.row, field), self.shown(field));
        self.notes.push(Note { column, value, remark });
    }

    /// What may be shown of a cell: numbers of people only in part, a whole essay not at all.
    fn shown(&self, field: Field) -> String {
        let value = self.line(field);
        let hidden = matches!(field, Field::Number | Field::Phone);
        if hidden { citizen_number::masked(&value) } else { shortened(&value) }
    }

    /// A text that must be there, and no longer than `most` characters.
    pub(super) fn name(
        &mut self,
        field: Field,
        most: usize,
        missing: &'static str,
        too_long: &'static str,
    ) -> String {
        let name = self.line(field);
        if name.is_empty() {
            self.fault(field, Refusal::new(missing).field(field.code()));
        } else if name.chars().count() > most {
            self.fault(
                field,
                Refusal::new(too_long).field(field.code()).arg("most", most.to_string()),
            );
        }
        name
    }

    /// Counts and notes what was read of a wage; a slip refuses the row.
    pub(super) fn wage(
        &mut self,
        field: Field,
        said: Result<Option<Said>, Refusal>,
    ) -> Option<Wage> {
        self.understood.wage.count(matches!(said, Ok(Some(_))));
        match said {
            Ok(Some(Said::Range(wage))) => return Some(wage),
            Ok(Some(Said::Negotiable | Said::Piece)) => {}
            Ok(None) => self.note(field, Refusal::new("wage.not_understood").field("wage")),
            Err(refusal) => self.fault(field, refusal),
        }
        None
    }

    /// Counts and notes what was read of a cell about education.
    pub(super) fn education(&mut self, said: Option<Level>) {
        self.understood.education.count(said.is_some());
        if said.is_none() {
            self.note(
                Field::Education,
                Refusal::new("education.not_understood").field("education"),
            );
        }
    }

    /// Reads a place, by its code where the row has one; `field` is where its text stands.
    pub(super) fn place(&mut self, field: Field, text: &str) -> Place {
        let code = self.line(Field::PlaceCode);
        let (places, around) = (&self.reference.places, &self.binding.constants.around);
        let (place, remark) = place::read(places, text, &code, around, &mut self.understood);
        if let Some(remark) = remark {
            self.note(if text.is_empty() { Field::PlaceCode } else { field }, remark);
            // the whole of it, where several columns make one place
            if let Some(note) = self.notes.last_mut().filter(|_| !text.is_empty()) {
                note.value = shortened(text);
            }
        }
        place
    }

    pub(super) fn day(&mut self, field: Field, side: day::Side) -> Option<NaiveDate> {
        const OPEN: &[&str] = &["长期", "招满", "不限", "open"];
        let written = self.line(field);
        let day = day::read(&written, self.today, side);
        if day.is_none() && !written.is_empty() && !OPEN.iter().any(|w| written.contains(w)) {
            self.note(field, Refusal::new("intake.day_not_understood").field(field.code()));
        }
        day
    }
}

fn shortened(text: &str) -> String {
    const LONGEST: usize = 120;
    let more = text.chars().count() > LONGEST;
    text.chars().take(LONGEST).chain(more.then_some('…')).collect()
}
