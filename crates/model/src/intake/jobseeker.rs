//! From a row to a person.

#[cfg(test)]
mod tests;

use chrono::{Datelike, NaiveDate};

use super::{
    JobseekerDraft, Row,
    binding::Binding,
    field::Field,
    reader::{Outcome, Reader},
};
use crate::{
    Refusal,
    cell::{self, day::Side},
    education,
    jobseeker::{Identity, Profile, Wish, citizen_number::CitizenNumber},
    reference::Reference,
    region::abroad::is_abroad,
    vacancy::read as words,
    wage::read as wage_words,
};

/// Reads one row of a file of jobseekers. What is wrong refuses the row, all of it at once; what is
/// merely not understood is noted, and its text kept.
pub fn read(
    reference: &Reference,
    binding: &Binding,
    row: &Row,
    today: NaiveDate,
) -> Outcome<JobseekerDraft> {
    let mut r = Reader::new(reference, binding, row, today);
    let (mut identity, born_on) = identity(&mut r);
    identity.dossier.said = r.line(Field::Skills);
    let mut profile = Profile { born_on, ..Profile::default() };
    of_age(&mut r, &profile);
    abilities(&mut r, &mut profile);
    profile.place = home(&mut r);
    profile.wish = wish(&mut r);
    let own = r.line(Field::Key);
    let key = match () {
        () if !identity.number.is_empty() => identity.number.clone(),
        () if !own.is_empty() => own,
        () => format!("{}|{}", cell::fold(&identity.name), identity.phone),
    };
    identity.take_words(&mut profile, |text| reference.catalogue.kept(text));
    r.outcome(JobseekerDraft { key, identity, profile })
}

fn identity(r: &mut Reader<'_>) -> (Identity, Option<NaiveDate>) {
    const LONGEST_NAME: usize = 50;
    let name =
        r.name(Field::Name, LONGEST_NAME, "jobseeker.name_missing", "jobseeker.name_too_long");
    let phone = phone(r);
    let mut born_on = r.day(Field::BornOn, Side::Past);
    if born_on.is_some_and(|day| day > r.today) {
        r.fault(Field::BornOn, Refusal::new("jobseeker.birth_future").field("born_on"));
    }
    let mut number = String::new();
    let written = r.line(Field::Number);
    if !written.is_empty() && written != "无" {
        match CitizenNumber::parse(&written, r.today) {
            Ok(checked) => {
                let month = |day: NaiveDate| (day.year(), day.month());
                if born_on.is_some_and(|day| month(day) != month(checked.born_on())) {
                    r.note(Field::BornOn, Refusal::new("jobseeker.birth_differs").field("born_on"));
                }
                born_on = Some(checked.born_on());
                checked.as_str().clone_into(&mut number);
            }
            Err(refusal) => r.fault(Field::Number, refusal),
        }
    }
    (Identity { name, number, phone, ..Identity::default() }, born_on)
}

/// A number that cannot be rung is kept and noted.
fn phone(r: &mut Reader<'_>) -> String {
    let folded = cell::fold(&r.line(Field::Phone));
    let digits = folded.chars().filter(char::is_ascii_digit).count();
    if !folded.is_empty() && !(7..=24).contains(&digits) {
        r.note(Field::Phone, Refusal::new("jobseeker.phone_not_understood").field("phone"));
    }
    folded
}

/// The age from which one may work is a dated row with its legal basis.
fn of_age(r: &mut Reader<'_>, profile: &Profile) {
    let Some(term) = r.reference.terms.find("minimum_working_age", "") else { return };
    let Some(age) = profile.born_on.and_then(|born| r.today.years_since(born)) else { return };
    if f64::from(age) < term.value {
        let refusal = Refusal::new("jobseeker.under_age").field("born_on");
        let field = if r.line(Field::Number).is_empty() { Field::BornOn } else { Field::Number };
        r.fault(field, refusal.arg("age", term.value.to_string()).arg("basis", &term.basis));
    }
}

fn abilities(r: &mut Reader<'_>, profile: &mut Profile) {
    profile.education_text = r.line(Field::Education);
    if !profile.education_text.is_empty() {
        let said = education::read::text(&profile.education_text);
        r.education(said);
        profile.education = said.and_then(|s| s.highest);
    }
    let spell = r.line(Field::Experience);
    profile.experience = words::experience(&spell).map(|months| months.min);
    if profile.experience.is_none() && !spell.is_empty() {
        r.note(
            Field::Experience,
            Refusal::new("jobseeker.experience_not_understood").field("experience"),
        );
    }
    profile.history = r.body(Field::History);
    let texts = [r.line(Field::Skills), profile.history.clone(), r.line(Field::Wish)];
    let named = r.reference.skills.read(&texts.join("\n"));
    profile.skills = named.into_iter().map(|need| need.code).collect();
}

/// Where the person lives; the place of the household register where nothing else is said.
fn home(r: &mut Reader<'_>) -> crate::vacancy::Place {
    let (mut text, detail) = (r.line(Field::Place), r.line(Field::PlaceDetail));
    let mut field = Field::Place;
    if text.is_empty() {
        text = r.line(Field::Origin);
        field = Field::Origin;
    }
    if !text.contains(&detail) {
        text = cell::line(&format!("{text} {detail}"));
    }
    r.place(field, &text)
}

fn wish(r: &mut Reader<'_>) -> Wish {
    let text = r.line(Field::Wish);
    let contract = r.line(Field::Contract);
    let mut forms: Vec<_> = parts(&contract).filter_map(words::form).collect();
    forms.dedup();
    let reach = r.line(Field::ReachKm);
    let mut wish = Wish {
        occupations: occupations(r, &text),
        text,
        pay_from: pay(r),
        forms,
        reach_km: cell::whole(reach.trim_end_matches(['公', '里', 'k', 'm', 'K', 'M'])),
        needs_lodging: yes(&r.line(Field::NeedsLodging)),
        needs_board: yes(&r.line(Field::NeedsBoard)),
        ..Wish::default()
    };
    wish_places(r, &mut wish);
    wish
}

/// 电焊工、保安 / 保洁
fn parts(text: &str) -> impl Iterator<Item = &str> {
    text.split(['、', ',', '，', ';', '；', '/', '|', ' ']).filter(|p| !p.is_empty())
}

fn occupations(r: &Reader<'_>, text: &str) -> Vec<String> {
    const MOST: usize = 5;
    let mut codes = Vec::new();
    for word in parts(text) {
        let best = r.reference.occupations.classify(word, 1).into_iter().next();
        if let Some(guess) = best.filter(|g| !codes.contains(&g.code)) {
            codes.push(guess.code);
        }
    }
    codes.truncate(MOST);
    codes
}

/// The least the person would work for, cents a month.
fn pay(r: &mut Reader<'_>) -> Option<i64> {
    let written = r.line(Field::Wage);
    if written.is_empty() {
        return None;
    }
    let said = wage_words::text(&written, &r.binding.constants.wage());
    let wage = r.wage(Field::Wage, said)?;
    wage.monthly(&r.reference.terms).map(|(from, _)| from)
}

fn wish_places(r: &mut Reader<'_>, wish: &mut Wish) {
    const ANYWHERE: &[&str] = &["不限", "全国", "均可", "都可以", "任意", "外省", "省外"];
    let text = r.line(Field::WishPlaces);
    wish.anywhere = ANYWHERE.iter().any(|w| text.contains(w));
    named_places(r, wish, Field::WishPlaces);
    let glad = wish.regions.len();
    named_places(r, wish, Field::MaybePlaces);
    wish.reluctant = wish.regions.iter().skip(glad).cloned().collect();
}

/// Adds the regions that a cell names, each once.
fn named_places(r: &mut Reader<'_>, wish: &mut Wish, field: Field) {
    for part in parts(&r.line(field)) {
        let region = r.reference.places.read(part, &r.binding.constants.around).region;
        if region.is_empty() && is_abroad(part) {
            wish.abroad = true;
        } else if region.is_empty() {
            if !wish.anywhere {
                let remark = Refusal::new("intake.place_not_understood").field(field.code());
                r.note(field, remark);
            }
        } else if !wish.regions.contains(&region) {
            wish.regions.push(region);
        }
    }
}

fn yes(word: &str) -> bool {
    const NO: &[&str] = &["否", "不", "无", "no", "n", "false", "0"];
    let word = cell::fold(word);
    !word.is_empty() && !NO.iter().any(|w| word.starts_with(w))
}
