//! From a row to a vacancy.

#[cfg(test)]
mod tests;

use chrono::NaiveDate;

use super::{Fault, Note, Row, Understood, VacancyDraft, binding::Binding, field::Field, place};
use crate::{
    Refusal,
    cell::{self, day},
    education,
    employer::{self, credit_code::CreditCode},
    reference::Reference,
    vacancy::{Form, Offer, read as words},
    wage::read::{self as wage, Said},
};

/// Reads one row of a file of vacancies. What is wrong refuses the row, all of it at once; what is
/// merely not understood is noted, and its text kept.
pub fn read(
    reference: &Reference,
    binding: &Binding,
    row: &Row,
    today: NaiveDate,
) -> Result<(VacancyDraft, Understood, Vec<Note>), Vec<Fault>> {
    let mut reader = Reader {
        reference,
        binding,
        row,
        today,
        faults: Vec::new(),
        notes: Vec::new(),
        understood: Understood::default(),
    };
    let employer = reader.employer();
    let mut offer = Offer { title: reader.title(), ..Offer::default() };
    reader.wage(&mut offer);
    reader.education_and_experience(&mut offer);
    reader.place(&mut offer);
    reader.terms(&mut offer);
    reader.days(&mut offer);
    reader.work(&mut offer);
    let key = reader.key(&employer, &offer);
    let draft = VacancyDraft { key, employer, offer };
    if reader.faults.is_empty() {
        Ok((draft, reader.understood, reader.notes))
    } else {
        Err(reader.faults)
    }
}

/// A name or title that is longer was taken from the wrong column.
const LONGEST_NAME: usize = 200;

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

    fn body(&self, field: Field) -> String {
        cell::body(&self.binding.cell(self.row, field))
    }

    fn fault(&mut self, field: Field, refusal: Refusal) {
        let (column, value) = (self.binding.heading(self.row, field), self.line(field));
        self.faults.push(Fault { column, value, refusal });
    }

    fn note(&mut self, field: Field, remark: Refusal) {
        let (column, value) = (self.binding.heading(self.row, field), self.line(field));
        self.notes.push(Note { column, value, remark });
    }

    /// A text that must be there and short.
    fn name(&mut self, field: Field, missing: &'static str, too_long: &'static str) -> String {
        let name = self.line(field);
        if name.is_empty() {
            self.fault(field, Refusal::new(missing).field(field.code()));
        } else if name.chars().count() > LONGEST_NAME {
            let most = LONGEST_NAME.to_string();
            self.fault(field, Refusal::new(too_long).field(field.code()).arg("most", most));
        }
        name
    }

    fn title(&mut self) -> String {
        self.name(Field::Title, "vacancy.title_missing", "vacancy.title_too_long")
    }

    fn employer(&mut self) -> employer::Details {
        let name = self.name(Field::Employer, "employer.name_missing", "employer.name_too_long");
        let mut details = employer::Details {
            name,
            credit_code: String::new(),
            industry: String::new(),
            industry_text: self.line(Field::Industry),
            ownership: self.line(Field::Ownership),
            size: self.line(Field::Size),
        };
        about_employer(&self.line(Field::About), &mut details);
        let written = self.line(Field::CreditCode);
        if !written.is_empty() && written != "无" {
            match CreditCode::parse(&written) {
                Ok(code) => code.as_str().clone_into(&mut details.credit_code),
                Err(refusal) => self.fault(Field::CreditCode, refusal),
            }
        }
        details
    }

    fn wage(&mut self, offer: &mut Offer) {
        let hint = self.binding.constants.wage();
        let text = self.line(Field::Wage);
        let (low, high) = (self.line(Field::WageMin), self.line(Field::WageMax));
        let per = self.line(Field::WagePeriod);
        let in_columns = !low.is_empty() || !high.is_empty();
        let one = format!("{text} {per}");
        let mut field = Field::Wage;
        let mut said = wage::text(&one, &hint);
        if in_columns && !matches!(said, Ok(Some(_))) {
            field = Field::WageMin;
            said = wage::columns(&low, &high, &per, &hint);
        }
        offer.wage_text = match field {
            Field::Wage => text,
            _ if low == high || high.is_empty() => cell::line(&format!("{low} {per}")),
            _ => cell::line(&format!("{low}-{high} {per}")),
        };
        if offer.wage_text.is_empty() {
            return;
        }
        self.understood.wage.count(matches!(said, Ok(Some(_))));
        match said {
            Ok(Some(Said::Range(range))) => {
                let monthly = range.monthly(&self.reference.terms);
                (offer.pay_from, offer.pay_to) = monthly.unzip();
                offer.wage = Some(range);
            }
            Ok(Some(Said::Negotiable | Said::Piece)) => {}
            Ok(None) => self.note(field, Refusal::new("wage.not_understood").field("wage")),
            Err(refusal) => self.fault(field, refusal),
        }
    }

    /// Boards shift these two columns into each other where one of them is empty.
    fn education_and_experience(&mut self, offer: &mut Offer) {
        let (mut level, mut years) = (self.line(Field::Education), self.line(Field::Experience));
        let (mut said, mut spell) = (education::read::text(&level), words::experience(&years));
        if said.is_none()
            && let Some(found) = education::read::text(&years)
        {
            let swapped = words::experience(&level);
            (said, spell) = (Some(found), swapped);
            std::mem::swap(&mut level, &mut years);
        } else if said.is_none()
            && spell.is_none()
            && let Some(found) = words::experience(&level)
        {
            spell = Some(found);
            std::mem::swap(&mut level, &mut years);
        }
        if level.is_empty() {
            let asked = self.body(Field::Requirements);
            said = education::read::within(&asked);
            self.understood.education.said += i64::from(said.is_some());
            self.understood.education.understood += i64::from(said.is_some());
        } else if is_about_education(&level) {
            self.understood.education.count(said.is_some());
            if said.is_none() {
                self.note(
                    Field::Education,
                    Refusal::new("education.not_understood").field("education"),
                );
            }
        }
        offer.education = said.and_then(education::read::Said::least);
        (offer.experience_min, offer.experience_max) =
            (spell.map(|s| s.min), spell.and_then(|s| s.max));
        (offer.education_text, offer.experience_text) = (level, years);
    }

    fn place(&mut self, offer: &mut Offer) {
        let text = joined_place(&self.line(Field::Place), &self.line(Field::PlaceDetail));
        let constants = &self.binding.constants;
        if constants.abroad {
            offer.place.text = text;
            return;
        }
        let code = self.line(Field::PlaceCode);
        let found = place::read(
            &self.reference.places,
            &text,
            &code,
            &constants.around,
            &mut self.understood,
        );
        offer.place = found.place;
        if let Some(remark) = found.remark {
            let field = if text.is_empty() { Field::PlaceCode } else { Field::Place };
            self.note(field, remark);
        }
    }

    /// Headcount, contract form, benefits.
    fn terms(&mut self, offer: &mut Offer) {
        let written = self.line(Field::Headcount);
        match words::headcount(&written) {
            Ok(count) => offer.headcount = count,
            Err(refusal) => self.fault(Field::Headcount, refusal),
        }
        if offer.headcount.is_none() && !written.is_empty() && !words::is_open_headcount(&written) {
            self.note(
                Field::Headcount,
                Refusal::new("vacancy.headcount_not_understood").field("headcount"),
            );
        }
        let contract = self.line(Field::Contract);
        offer.form = words::form(&contract).or_else(|| form_of_title(&offer.title));
        if offer.form.is_none() && !contract.is_empty() {
            self.note(
                Field::Contract,
                Refusal::new("vacancy.form_not_understood").field("contract"),
            );
        }
        let texts = [
            self.line(Field::Benefits),
            self.line(Field::About),
            offer.wage_text.clone(),
            offer.title.clone(),
        ];
        offer.benefits = words::benefits(&texts.join("|"));
    }

    fn days(&mut self, offer: &mut Offer) {
        offer.posted_on = self.day(Field::PostedOn, day::Side::Past).or(Some(self.today));
        offer.expires_on = self.day(Field::ExpiresOn, day::Side::Future);
        if offer.expires_on.is_some_and(|last| offer.posted_on.is_some_and(|first| last < first)) {
            self.fault(
                Field::ExpiresOn,
                Refusal::new("vacancy.expires_before_posted").field("expires_on"),
            );
        }
    }

    fn day(&mut self, field: Field, side: day::Side) -> Option<NaiveDate> {
        const OPEN: &[&str] = &["长期", "招满", "不限", "open"];
        let written = self.line(field);
        let day = day::read(&written, self.today, side);
        if day.is_none() && !written.is_empty() && !OPEN.iter().any(|w| written.contains(w)) {
            self.note(field, Refusal::new("intake.day_not_understood").field(field.code()));
        }
        day
    }

    /// What is done, by whom, with which skills.
    fn work(&mut self, offer: &mut Offer) {
        let asked = self.body(Field::Requirements);
        offer.duties = self.body(Field::Duties);
        if !asked.is_empty() {
            let gap = if offer.duties.is_empty() { "" } else { "\n" };
            offer.duties = format!("{}{gap}{asked}", offer.duties);
        }
        offer.contact = self.line(Field::Contact);
        let named = [self.line(Field::Skills), self.line(Field::About)].join("\n");
        let text = format!("{}\n{}\n{named}", offer.title, offer.duties);
        offer.skills = self.reference.skills.read(&text);
        let occupations = &self.reference.occupations;
        let written = self.line(Field::Occupation);
        offer.guesses = occupations.guess(&offer.title);
        if offer.guesses.is_empty() && !written.is_empty() {
            offer.guesses = occupations.guess(&written);
        }
        offer.occupation = match occupations.find(&written) {
            Some(known) => known.code.clone(),
            None => offer.guesses.first().map(|g| g.code.clone()).unwrap_or_default(),
        };
    }

    fn key(&self, employer: &employer::Details, offer: &Offer) -> String {
        let own = self.line(Field::Key);
        if own.is_empty() {
            [&employer.name, &offer.title, &offer.place.text].map(|t| cell::fold(t)).join("|")
        } else {
            own
        }
    }
}

/// "民营|20-99人|计算机软件": each part is known by its words; the industry follows them.
fn about_employer(text: &str, details: &mut employer::Details) {
    const OWNERSHIP: &[&str] = &[
        "民营",
        "国企",
        "国有",
        "合资",
        "外资",
        "外商",
        "上市公司",
        "股份制",
        "事业单位",
        "私企",
        "私营",
        "个体",
        "机关",
        "集体",
        "社会团体",
        "港澳台",
        "学校/下级学院",
        "代表处",
        "非营利",
    ];
    let mut seen = false;
    for part in text.split('|').map(str::trim).filter(|p| !p.is_empty()) {
        let is_size = part.contains('人') && (part.contains(|c: char| c.is_ascii_digit()));
        if is_size && part.chars().count() <= 12 {
            part.clone_into(&mut details.size);
            seen = true;
        } else if OWNERSHIP.iter().any(|w| part.starts_with(w)) {
            part.clone_into(&mut details.ownership);
            seen = true;
        } else if seen && details.industry_text.is_empty() {
            part.clone_into(&mut details.industry_text);
        }
    }
}

/// In the education column boards also put languages.
fn is_about_education(text: &str) -> bool {
    const LANGUAGES: &[&str] = &["英语", "普通话", "日语", "德语", "法语", "韩语", "粤语"];
    !LANGUAGES.iter().any(|w| text.contains(w)) && words::experience(text).is_none()
        || education::read::text(text).is_some()
}

fn joined_place(place: &str, detail: &str) -> String {
    if detail.is_empty() || place.contains(detail) {
        place.to_owned()
    } else if place.is_empty() || detail.starts_with(place) {
        detail.to_owned()
    } else {
        format!("{place} {detail}")
    }
}

/// A title may say what the form is; only words that cannot be part of the work itself count.
fn form_of_title(title: &str) -> Option<Form> {
    const WORDS: &[&str] = &[
        "兼职",
        "实习生",
        "见习",
        "公益性岗位",
        "公益岗",
        "暑假工",
        "寒假工",
        "临时工",
        "小时工",
        "钟点工",
        "季节工",
        "学徒",
    ];
    words::form(WORDS.iter().find(|w| title.contains(*w))?)
}
