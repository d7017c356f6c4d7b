//! The columns of one file, bound to fields: by a layout, by the words of the headings, or by a
//! person's choice.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use super::{
    Noun, Row,
    field::{self, Field},
    jobposting,
    layout::{Codes, Constants, Layout},
};
use crate::{Refusal, cell};

/// How the rows of one file are to be read.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Binding {
    pub noun: Noun,
    /// The layout's name; `own` where the headings were recognised by their words or chosen.
    pub source: String,
    /// The number of the row with the headings: data begins after it. 0: there is none.
    pub heading_row: i64,
    pub headings: Vec<String>,
    /// By position: what the column holds, if anything.
    pub columns: Vec<Option<Field>>,
    pub constants: Constants,
    pub codes: Codes,
}

/// A title, a note and a blank row may stand above the headings.
const LOOKED_AT: usize = 10;

impl Binding {
    /// Binds a file by its first rows: in a known layout if it has all its headings, else by the
    /// words of the headings. See [`Binding::missing`] for whether that is enough.
    pub fn recognise(noun: Noun, rows: &[Row], layouts: &[Layout]) -> Self {
        let looked_at = || rows.iter().take(LOOKED_AT);
        if noun == Noun::Vacancies && rows.first().is_some_and(|r| r.cells == [jobposting::HEADING])
        {
            return jobposting::binding();
        }
        for row in looked_at() {
            let known = layouts.iter().filter(|l| l.noun == noun && bears(row, l));
            if let Some(layout) = known.max_by_key(|l| l.signature.len()) {
                return Self::by_layout(layout, row);
            }
        }
        let likeness = |row: &&Row| {
            let words = row.cells.iter().filter_map(|c| Field::by_heading(noun, c));
            words.map(|(_, exact)| if exact { 3 } else { 1 }).sum::<i64>()
        };
        // the first of the likeliest: a table that repeats its headings is read from its top
        let best = looked_at().rev().max_by_key(likeness).filter(|row| likeness(row) >= 3);
        best.map_or_else(|| Self::empty(noun), |row| Self::by_words(noun, row))
    }

    /// Binds a file that is said to be in this layout: its headings are looked for in the first rows.
    pub fn of_layout(layout: &Layout, rows: &[Row]) -> Result<Self, Refusal> {
        let row = rows.iter().take(LOOKED_AT).find(|row| bears(row, layout)).ok_or_else(|| {
            let wanted = layout.signature.join(", ");
            Refusal::new("intake.layout_other").arg("layout", &layout.name).arg("wanted", wanted)
        })?;
        Ok(Self::by_layout(layout, row))
    }

    /// Binds the columns as a person chose: by position, `None` for a column that is not read.
    pub fn from_choices(
        noun: Noun,
        headings: &Row,
        choices: Vec<Option<Field>>,
    ) -> Result<Self, Refusal> {
        let chosen = |field: Field| choices.iter().filter(|c| **c == Some(field)).count();
        if let Some(twice) = Field::of(noun).iter().find(|f| !f.is_joined() && chosen(**f) > 1) {
            return Err(Refusal::new("intake.field_twice").arg("field", twice.code()));
        }
        let binding = Self::chosen(noun, headings, choices);
        match binding.missing().first() {
            None => Ok(binding),
            Some(field) => Err(Refusal::new("intake.field_missing").arg("field", field.code())),
        }
    }

    /// What must be found and was not: while this is not empty, a person has to be asked.
    pub fn missing(&self) -> Vec<Field> {
        let has = |f: &&Field| self.columns.contains(&Some(**f));
        let lacking = Field::needed(self.noun).iter().filter(|any| !any.iter().any(|f| has(&f)));
        lacking.filter_map(|any| any.first().copied()).collect()
    }

    /// A row to be read: it says something, and does not repeat the headings.
    pub fn is_data(&self, row: &Row) -> bool {
        let said = row.cells.iter().any(|c| !cell::is_blank(c));
        let same = |(cell, heading): (&String, &String)| cell.trim() == heading.trim();
        said && row.number > self.heading_row && !row.cells.iter().zip(&self.headings).all(same)
    }

    /// What the row says in this field; the texts of several columns joined, empty where nothing.
    pub(super) fn cell<'r>(&self, row: &'r Row, field: Field) -> Cow<'r, str> {
        let mut texts = self.filled(row, field).map(|(_, text)| text);
        let Some(first) = texts.next() else { return Cow::Borrowed("") };
        let rest: Vec<&str> = texts.collect();
        let text = if rest.is_empty() {
            Cow::Borrowed(first)
        } else {
            let between = if matches!(field, Field::Duties | Field::Requirements | Field::History) {
                "\n"
            } else {
                " "
            };
            Cow::Owned(std::iter::once(first).chain(rest).collect::<Vec<_>>().join(between))
        };
        match self.codes.get(&field).and_then(|codes| codes.get(text.as_ref())) {
            Some(meant) => Cow::Owned(meant.clone()),
            None => text,
        }
    }

    /// The heading of the column that holds the field, for saying where something stands.
    pub fn heading(&self, row: &Row, field: Field) -> String {
        let first = || self.columns.iter().position(|c| *c == Some(field));
        let at = self.filled(row, field).next().map(|(at, _)| at).or_else(first);
        let heading = at.and_then(|at| self.headings.get(at));
        heading.map_or_else(|| field.code().to_owned(), |h| cell::line(h))
    }

    fn filled<'r>(&self, row: &'r Row, field: Field) -> impl Iterator<Item = (usize, &'r str)> {
        let held = self.columns.iter().enumerate().filter(move |(_, c)| **c == Some(field));
        held.filter_map(|(at, _)| row.cells.get(at).map(|text| (at, text.trim())))
            .filter(|(_, t)| !cell::is_blank(t))
    }

    pub(super) fn chosen(noun: Noun, headings: &Row, columns: Vec<Option<Field>>) -> Self {
        Self { columns, ..Self::on(noun, headings) }.with_wage_heading()
    }

    fn empty(noun: Noun) -> Self {
        Self {
            noun,
            source: OWN.to_owned(),
            heading_row: 0,
            headings: Vec::new(),
            columns: Vec::new(),
            constants: Constants::default(),
            codes: Codes::default(),
        }
    }

    fn on(noun: Noun, headings: &Row) -> Self {
        Self { heading_row: headings.number, headings: headings.cells.clone(), ..Self::empty(noun) }
    }

    fn by_layout(layout: &Layout, row: &Row) -> Self {
        let mut binding = Self::on(layout.noun, row);
        binding.columns = row.cells.iter().map(|h| layout.columns.get(h.trim()).copied()).collect();
        binding.source.clone_from(&layout.name);
        binding.constants = layout.constants.clone();
        binding.codes = layout.codes.clone();
        binding
    }

    fn by_words(noun: Noun, row: &Row) -> Self {
        let mut binding = Self::on(noun, row);
        binding.columns = vec![None; row.cells.len()];
        for exactly in [true, false] {
            for (at, heading) in row.cells.iter().enumerate() {
                let Some((field, exact)) = Field::by_heading(noun, heading) else { continue };
                let free = field.is_joined() || !binding.columns.contains(&Some(field));
                if let Some(column) = binding.columns.get_mut(at)
                    && exact == exactly
                    && free
                {
                    *column = Some(field);
                }
            }
        }
        binding.with_wage_heading()
    }

    fn with_wage_heading(mut self) -> Self {
        let wage = |f: &Option<Field>| matches!(f, Some(Field::Wage | Field::WageMin));
        if let Some(heading) =
            self.columns.iter().position(wage).and_then(|at| self.headings.get(at))
        {
            let (unit, period) = field::wage_of_heading(heading);
            (self.constants.wage_unit, self.constants.wage_period) = (unit, period);
        }
        self
    }
}

/// The source of rows that came in no known layout.
const OWN: &str = "own";

fn bears(row: &Row, layout: &Layout) -> bool {
    let has = |h: &String| row.cells.iter().any(|c| c.trim().trim_start_matches('\u{feff}') == h);
    !layout.signature.is_empty() && layout.signature.iter().all(has)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::intake::layout::builtin;

    fn row(number: i64, cells: &[&str]) -> Row {
        Row { number, cells: cells.iter().map(|c| (*c).to_owned()).collect() }
    }

    fn vacancies(rows: &[Row]) -> Binding {
        Binding::recognise(Noun::Vacancies, rows, builtin())
    }

    #[test]
    fn a_known_layout_is_known_by_its_headings() {
        let headings =
            ["id", "title", "company", "wage_text", "tags", "location", "experience", "education"];
        let binding = vacancies(&[row(1, &headings)]);
        assert_eq!(binding.source, "zhilian");
        assert_eq!(binding.columns[0], Some(Field::Key));
        assert!(binding.missing().is_empty());
        let five = ["title", "company", "monthly_wage_floor", "place", "date"];
        assert_eq!(vacancies(&[row(1, &five)]).source, "gxrc");
    }

    #[test]
    fn headings_below_a_title_are_found() {
        let rows = [
            row(1, &["2026年春风行动岗位汇总表", "", "", ""]),
            row(2, &["", "", "", ""]),
            row(3, &["序号", "用人单位", "招聘工种", "工资(元/天)"]),
            row(4, &["1", "清水县某某合作社", "采摘工", "120"]),
        ];
        let binding = vacancies(&rows);
        assert_eq!((binding.heading_row, binding.source.as_str()), (3, OWN));
        assert_eq!(
            binding.columns,
            [None, Some(Field::Employer), Some(Field::Title), Some(Field::Wage)]
        );
        assert_eq!(binding.constants.wage_period, Some(crate::wage::Period::Day));
        assert!(!binding.is_data(&rows[2]) && binding.is_data(&rows[3]));
        assert!(!binding.is_data(&row(9, &["序号", "用人单位", "招聘工种", "工资(元/天)"])));
    }

    #[test]
    fn what_cannot_be_known_is_asked() {
        let binding =
            vacancies(&[row(1, &["甲", "乙", "丙"]), row(2, &["保安", "某公司", "3000"])]);
        assert_eq!(binding.missing(), [Field::Title, Field::Employer]);
        let headings = row(1, &["甲", "乙", "丙"]);
        let chosen = vec![Some(Field::Title), Some(Field::Employer), None];
        let binding = Binding::from_choices(Noun::Vacancies, &headings, chosen).unwrap();
        assert_eq!(binding.cell(&row(2, &["保安", "某公司", ""]), Field::Title), "保安");
        let twice = vec![Some(Field::Title), Some(Field::Title), Some(Field::Employer)];
        let refusal = Binding::from_choices(Noun::Vacancies, &headings, twice).unwrap_err();
        assert_eq!(refusal.code, "intake.field_twice");
        let missing = vec![Some(Field::Title), None, None];
        let refusal = Binding::from_choices(Noun::Vacancies, &headings, missing).unwrap_err();
        assert_eq!(refusal.code, "intake.field_missing");
    }

    #[test]
    fn several_columns_make_one_place() {
        let binding = vacancies(&[row(1, &["岗位", "单位", "省", "市", "区县"])]);
        let cell = binding
            .cell(&row(2, &["焊工", "某厂", "甘肃省", "天水市", "-"]), Field::Place)
            .into_owned();
        assert_eq!(cell, "甘肃省 天水市");
    }
}
