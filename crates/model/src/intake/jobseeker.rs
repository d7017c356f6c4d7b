//! From a row to a person.

#[cfg(test)]
mod tests;

use chrono::{Datelike, NaiveDate};

use super::{Fault, JobseekerDraft, Note, Row, Understood, binding::Binding, field::Field, place};
use crate::{
    Refusal,
    cell::{self, day},
    education,
    jobseeker::{
        Identity, Profile, Wish,
        citizen_number::{self, CitizenNumber},
    },
    reference::Reference,
    vacancy::read as words,
    wage::read::{self as wage, Said},
};

/// Reads one row of a file of jobseekers. What is wrong refuses the row, all of it at once; what is
/// merely not understood is noted, and its text kept.
pub fn read(
    reference: &Reference,
    binding: &Binding,
    row: &Row,
    today: NaiveDate,
) -> Result<(JobseekerDraft, Understood, Vec<Note>), Vec<Fault>> {
    let mut reader = Reader {
        reference,
        binding,
        row,
        today,
        faults: Vec::new(),
        notes: Vec::new(),
        understood: Understood::default(),
    };
    let (identity, born_on) = reader.identity();
    let mut profile = Profile { born_on, ..Profile::default() };
    reader.of_age(&profile);
    reader.abilities(&mut profile);
    reader.home(&mut profile);
    profile.wish = reader.wish();
    let key = reader.key(&identity);
    let draft = JobseekerDraft { key, identity, profile };
    if reader.faults.is_empty() {
        Ok((draft, reader.understood, reader.notes))
    } else {
        Err(reader.faults)
    }
}

struct Reader<'a> {
    reference: &'a Reference,
    binding: &'a Binding,
    row: &'a Row,
    today: NaiveDate,
    faults: Vec<Fault>,
    notes: Vec<Note>,
    understood: Understood,
}

impl Reader<'_> {
    fn line(&self, field: Field) -> String {
        cell::line(&self.binding.cell(self.row, field))
    }

    /// What may be shown of a cell: numbers of people only in part.
    fn shown(&self, field: Field) -> String {
        let value = self.line(field);
        match field {
            Field::Number | Field::Phone => citizen_number::masked(&value),
            _ => value,
        }
    }

    fn fault(&mut self, field: Field, refusal: Refusal) {
        let (column, value) = (self.binding.heading(self.row, field), self.shown(field));
        self.faults.push(Fault { column, value, refusal });
    }

    fn note(&mut self, field: Field, remark: Refusal) {
        let (column, value) = (self.binding.heading(self.row, field), self.shown(field));
        self.notes.push(Note { column, value, remark });
    }

    fn identity(&mut self) -> (Identity, Option<NaiveDate>) {
        const LONGEST_NAME: usize = 50;
        let name = self.line(Field::Name);
        if name.is_empty() {
            self.fault(Field::Name, Refusal::new("jobseeker.name_missing").field("name"));
        } else if name.chars().count() > LONGEST_NAME {
            self.fault(
                Field::Name,
                Refusal::new("jobseeker.name_too_long")
                    .field("name")
                    .arg("most", LONGEST_NAME.to_string()),
            );
        }
        let phone = self.phone();
        let mut born_on = self.birth_cell();
        let mut number = String::new();
        let written = self.line(Field::Number);
        if !written.is_empty() && written != "无" {
            match CitizenNumber::parse(&written, self.today) {
                Ok(checked) => {
                    self.same_birth(born_on, checked.born_on());
                    born_on = Some(checked.born_on());
                    checked.as_str().clone_into(&mut number);
                }
                Err(refusal) => self.fault(Field::Number, refusal),
            }
        }
        (Identity { name, number, phone }, born_on)
    }

    /// Digits, and what stands between parts of a number; a number that cannot be rung is noted.
    fn phone(&mut self) -> String {
        let written = self.line(Field::Phone);
        let folded = cell::fold(&written);
        let digits = folded.chars().filter(char::is_ascii_digit).count();
        if !written.is_empty() && !(7..=24).contains(&digits) {
            self.note(Field::Phone, Refusal::new("jobseeker.phone_not_understood").field("phone"));
        }
        folded
    }

    fn birth_cell(&mut self) -> Option<NaiveDate> {
        let written = self.line(Field::BornOn);
        if written.is_empty() {
            return None;
        }
        let born = day::read(&written, self.today, day::Side::Past);
        match born {
            Some(day) if day > self.today => {
                self.fault(Field::BornOn, Refusal::new("jobseeker.birth_future").field("born_on"));
            }
            Some(_) => {}
            None => {
                self.note(Field::BornOn, Refusal::new("intake.day_not_understood").field("born_on"))
            }
        }
        born
    }

    fn same_birth(&mut self, cell: Option<NaiveDate>, number: NaiveDate) {
        let differs = |c: NaiveDate| (c.year(), c.month()) != (number.year(), number.month());
        if cell.is_some_and(differs) {
            self.note(Field::BornOn, Refusal::new("jobseeker.birth_differs").field("born_on"));
        }
    }

    /// The age from which one may work is a dated row with its legal basis.
    fn of_age(&mut self, profile: &Profile) {
        let Some(term) = self.reference.terms.find("minimum_working_age", "") else { return };
        let Some(age) = profile.born_on.and_then(|born| self.today.years_since(born)) else {
            return;
        };
        if f64::from(age) < term.value {
            let refusal = Refusal::new("jobseeker.under_age")
                .arg("age", term.value.to_string())
                .arg("basis", &term.basis);
            let field =
                if self.line(Field::Number).is_empty() { Field::BornOn } else { Field::Number };
            self.fault(field, refusal.field("born_on"));
        }
    }

    fn abilities(&mut self, profile: &mut Profile) {
        profile.education_text = self.line(Field::Education);
        if !profile.education_text.is_empty() {
            let said = education::read::text(&profile.education_text);
            self.understood.education.count(said.is_some());
            profile.education = said.and_then(|s| s.highest);
            if said.is_none() {
                self.note(
                    Field::Education,
                    Refusal::new("education.not_understood").field("education"),
                );
            }
        }
        let spell = self.line(Field::Experience);
        let months = words::experience(&spell);
        if months.is_none() && !spell.is_empty() {
            self.note(
                Field::Experience,
                Refusal::new("jobseeker.experience_not_understood").field("experience"),
            );
        }
        profile.experience = months.map(|m| m.min);
        profile.history = cell::body(&self.binding.cell(self.row, Field::History));
        let texts = [self.line(Field::Skills), profile.history.clone(), self.line(Field::Wish)];
        profile.skills = self
            .reference
            .skills
            .read(&texts.join("\n"))
            .into_iter()
            .map(|need| need.code)
            .collect();
    }

    fn home(&mut self, profile: &mut Profile) {
        let (mut text, detail) = (self.line(Field::Place), self.line(Field::PlaceDetail));
        let field = if text.is_empty() { Field::Origin } else { Field::Place };
        if text.is_empty() {
            text = self.line(Field::Origin);
        }
        if !detail.is_empty() && !text.contains(&detail) {
            text = cell::line(&format!("{text} {detail}"));
        }
        let code = self.line(Field::PlaceCode);
        let around = &self.binding.constants.around;
        let found = place::read(&self.reference.places, &text, &code, around, &mut self.understood);
        profile.place = found.place;
        if let Some(remark) = found.remark {
            self.note(field, remark);
        }
    }

    fn wish(&mut self) -> Wish {
        let text = self.line(Field::Wish);
        let mut wish = Wish {
            pay_from: self.pay(),
            occupations: self.occupations(&text),
            text,
            ..Wish::default()
        };
        self.wish_places(&mut wish);
        let contract = self.line(Field::Contract);
        wish.forms = contract.split(['、', ',', '，', '/', ' ']).filter_map(words::form).collect();
        wish.forms.dedup();
        wish.needs_lodging = self.yes(Field::NeedsLodging);
        wish.needs_board = self.yes(Field::NeedsBoard);
        wish.reach_km = cell::whole(
            self.line(Field::ReachKm).trim_end_matches(['公', '里', 'k', 'm', 'K', 'M']),
        );
        wish
    }

    fn occupations(&self, text: &str) -> Vec<String> {
        const MOST: usize = 5;
        let mut codes = Vec::new();
        for word in
            text.split(['、', ',', '，', ';', '；', '/', '|', ' ']).filter(|w| !w.is_empty())
        {
            let best = self.reference.occupations.guess(word).into_iter().next();
            if let Some(guess) = best.filter(|g| !codes.contains(&g.code)) {
                codes.push(guess.code);
            }
        }
        codes.truncate(MOST);
        codes
    }

    /// The least the person would work for, cents a month.
    fn pay(&mut self) -> Option<i64> {
        let written = self.line(Field::Wage);
        if written.is_empty() {
            return None;
        }
        let said = wage::text(&written, &self.binding.constants.wage());
        self.understood.wage.count(matches!(said, Ok(Some(_))));
        match said {
            Ok(Some(Said::Range(range))) => {
                range.monthly(&self.reference.terms).map(|(from, _)| from)
            }
            Ok(Some(Said::Negotiable | Said::Piece)) => None,
            Ok(None) => {
                self.note(Field::Wage, Refusal::new("wage.not_understood").field("wage"));
                None
            }
            Err(refusal) => {
                self.fault(Field::Wage, refusal);
                None
            }
        }
    }

    fn wish_places(&mut self, wish: &mut Wish) {
        const ANYWHERE: &[&str] = &["不限", "全国", "均可", "都可以", "任意", "外省", "省外"];
        let text = self.line(Field::WishPlaces);
        wish.anywhere = ANYWHERE.iter().any(|w| text.contains(w));
        for part in
            text.split(['、', ',', '，', ';', '；', '/', '|', ' ']).filter(|p| !p.is_empty())
        {
            let region = self.reference.places.read(part, &self.binding.constants.around).region;
            if region.is_empty() {
                if !wish.anywhere {
                    self.note(
                        Field::WishPlaces,
                        Refusal::new("intake.place_not_understood").arg("value", part),
                    );
                }
            } else if !wish.regions.contains(&region) {
                wish.regions.push(region);
            }
        }
    }

    fn yes(&self, field: Field) -> bool {
        const NO: &[&str] = &["否", "不", "无", "no", "n", "false", "0"];
        let word = cell::fold(&self.line(field));
        !word.is_empty() && !NO.iter().any(|w| word.starts_with(w))
    }

    fn key(&self, identity: &Identity) -> String {
        let own = self.line(Field::Key);
        match () {
            () if !identity.number.is_empty() => identity.number.clone(),
            () if !own.is_empty() => own,
            () => format!("{}|{}", cell::fold(&identity.name), identity.phone),
        }
    }
}
