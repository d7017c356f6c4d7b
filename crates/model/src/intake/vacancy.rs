//! From a row to a vacancy.

#[cfg(test)]
pub(crate) mod tests;

use chrono::NaiveDate;

use super::{
    Row, VacancyDraft,
    binding::Binding,
    field::Field,
    jobposting,
    reader::{Outcome, Reader},
};
use crate::{
    Refusal,
    cell::{self, day::Side},
    education,
    employer::{self, credit_code::CreditCode},
    reference::Reference,
    vacancy::{Form, Offer, read as words},
    wage::read as wage_words,
};

/// Reads one row of a file of vacancies. What is wrong refuses the row, all of it at once; what is
/// merely not understood is noted, and its text kept.
pub fn read(
    reference: &Reference,
    binding: &Binding,
    row: &Row,
    today: NaiveDate,
) -> Outcome<VacancyDraft> {
    let row = jobposting::laid_out(binding, row)?;
    let mut r = Reader::new(reference, binding, &row, today);
    let employer = employer(&mut r);
    let title =
        r.name(Field::Title, LONGEST_NAME, "vacancy.title_missing", "vacancy.title_too_long");
    let mut offer = Offer { title, ..Offer::default() };
    wage(&mut r, &mut offer);
    education_and_experience(&mut r, &mut offer);
    place(&mut r, &mut offer);
    terms(&mut r, &mut offer);
    days(&mut r, &mut offer);
    work(&r, &mut offer);
    let key = key(&r, &employer, &offer);
    r.outcome(VacancyDraft { key, employer, offer })
}

/// A name or title that is longer was taken from the wrong column.
const LONGEST_NAME: usize = 200;

/// So many occupations that a title may mean are kept.
const GUESSES: usize = 3;

fn employer(r: &mut Reader<'_>) -> employer::Details {
    let name =
        r.name(Field::Employer, LONGEST_NAME, "employer.name_missing", "employer.name_too_long");
    let mut details = employer::Details {
        name,
        credit_code: String::new(),
        industry: String::new(),
        industry_text: r.line(Field::Industry),
        ownership: r.line(Field::Ownership),
        size: r.line(Field::Size),
    };
    about_employer(&r.line(Field::About), &mut details);
    let written = r.line(Field::CreditCode);
    if !written.is_empty() && written != "无" {
        match CreditCode::parse(&written) {
            Ok(code) => code.as_str().clone_into(&mut details.credit_code),
            Err(refusal) => r.fault(Field::CreditCode, refusal),
        }
    }
    details
}

/// The wage stands in one cell, or its ends in two; a cell that is not understood may have two
/// numbers beside it that are.
fn wage(r: &mut Reader<'_>, offer: &mut Offer) {
    let hint = r.binding.constants.wage();
    let (text, per) = (r.line(Field::Wage), r.line(Field::WagePeriod));
    let (low, high) = (r.line(Field::WageMin), r.line(Field::WageMax));
    let in_columns = !low.is_empty() || !high.is_empty();
    let mut said = wage_words::text(&format!("{text} {per}"), &hint);
    let mut field = Field::Wage;
    offer.wage_text = text;
    if in_columns && !matches!(said, Ok(Some(_))) {
        field = Field::WageMin;
        said = wage_words::columns(&low, &high, &per, &hint);
        let ends = if low == high || high.is_empty() { low } else { format!("{low}-{high}") };
        offer.wage_text = cell::line(&format!("{ends} {per}"));
    }
    if offer.wage_text.is_empty() {
        return;
    }
    offer.wage = r.wage(field, said);
    let monthly = offer.wage.as_ref().and_then(|w| w.monthly(&r.reference.terms));
    (offer.pay_from, offer.pay_to) = monthly.unzip();
}

/// Boards shift these two columns into each other where one of them is empty.
fn education_and_experience(r: &mut Reader<'_>, offer: &mut Offer) {
    let (mut level, mut years) = (r.line(Field::Education), r.line(Field::Experience));
    let mut said = education::read::text(&level);
    let shifted = said.is_none()
        && (education::read::text(&years).is_some()
            || (words::experience(&level).is_some() && words::experience(&years).is_none()));
    if shifted {
        std::mem::swap(&mut level, &mut years);
        said = education::read::text(&level);
    }
    if level.is_empty() {
        said = education::read::within(&r.body(Field::Requirements));
        if said.is_some() {
            r.education(said);
        }
    } else if !is_language(&level) {
        r.education(said);
    }
    offer.education = said.and_then(education::read::Said::least);
    let spell = words::experience(&years);
    (offer.experience_min, offer.experience_max) =
        (spell.map(|s| s.min), spell.and_then(|s| s.max));
    (offer.education_text, offer.experience_text) = (level, years);
}

/// Boards put the languages that are asked for into the education column too.
fn is_language(text: &str) -> bool {
    const LANGUAGES: &[&str] = &["英语", "普通话", "日语", "德语", "法语", "韩语", "粤语"];
    LANGUAGES.iter().any(|w| text.contains(w)) && education::read::text(text).is_none()
}

fn place(r: &mut Reader<'_>, offer: &mut Offer) {
    let text = joined_place(r.line(Field::Place), r.line(Field::PlaceDetail));
    if r.binding.constants.abroad {
        offer.place.text = text;
    } else {
        offer.place = r.place(Field::Place, &text);
    }
}

/// Headcount, contract form, benefits.
fn terms(r: &mut Reader<'_>, offer: &mut Offer) {
    let written = r.line(Field::Headcount);
    match words::headcount(&written) {
        Ok(count) => offer.headcount = count,
        Err(refusal) => r.fault(Field::Headcount, refusal),
    }
    if matches!(words::headcount(&written), Ok(None))
        && !written.is_empty()
        && !words::is_open_headcount(&written)
    {
        r.note(
            Field::Headcount,
            Refusal::new("vacancy.headcount_not_understood").field("headcount"),
        );
    }
    let contract = r.line(Field::Contract);
    offer.form = words::form(&contract).or_else(|| form_of_title(&offer.title));
    if offer.form.is_none() && !contract.is_empty() {
        r.note(Field::Contract, Refusal::new("vacancy.form_not_understood").field("contract"));
    }
    let texts = [
        r.line(Field::Benefits),
        r.line(Field::About),
        offer.wage_text.clone(),
        offer.title.clone(),
    ];
    offer.benefits = words::benefits(&texts.join("|"));
}

fn days(r: &mut Reader<'_>, offer: &mut Offer) {
    offer.end_employer = r.line(Field::EndEmployer);
    offer.posted_on = r.day(Field::PostedOn, Side::Past).or(Some(r.today));
    offer.expires_on = r.day(Field::ExpiresOn, Side::Future);
    if offer.expires_on.is_some() && offer.expires_on < offer.posted_on {
        r.fault(
            Field::ExpiresOn,
            Refusal::new("vacancy.expires_before_posted").field("expires_on"),
        );
    }
}

/// What is done, by whom, with which skills.
fn work(r: &Reader<'_>, offer: &mut Offer) {
    let texts = [r.body(Field::Duties), r.body(Field::Requirements)];
    let said: Vec<&str> = texts.iter().map(String::as_str).filter(|t| !t.is_empty()).collect();
    offer.duties = said.join("\n");
    offer.contact = r.line(Field::Contact);
    let named = [r.line(Field::Skills), r.line(Field::About)].join("\n");
    offer.skills = r.reference.skills.read(&format!("{}\n{}\n{named}", offer.title, offer.duties));
    let occupations = &r.reference.occupations;
    let written = r.line(Field::Occupation);
    offer.guesses = occupations.classify(&offer.title, GUESSES);
    if offer.guesses.is_empty() && !written.is_empty() {
        offer.guesses = occupations.classify(&written, GUESSES);
    }
    let coded = if written.is_empty() { None } else { occupations.find(&written) };
    let best = offer.guesses.first().map(|g| &g.code);
    offer.occupation = coded.map(|o| &o.code).or(best).cloned().unwrap_or_default();
}

fn key(r: &Reader<'_>, employer: &employer::Details, offer: &Offer) -> String {
    let own = r.line(Field::Key);
    if own.is_empty() {
        [&employer.name, &offer.title, &offer.place.text].map(|t| cell::fold(t)).join("|")
    } else {
        own
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

fn joined_place(place: String, detail: String) -> String {
    if detail.is_empty() || place.contains(&detail) {
        place
    } else if detail.starts_with(&place) {
        detail
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
