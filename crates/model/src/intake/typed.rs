//! A person typed into a form, at the counter or on a telephone: read as a file of one row is, so
//! that the same words mean the same wherever they come from.

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{
    Fault, JobseekerDraft, Noun, Row, binding::Binding, field::Field, jobseeker, reader::Outcome,
};
use crate::{
    Refusal, cell,
    jobseeker::{Identity, Profile, citizen_number},
    reference::Reference,
    wage::Period,
};

/// The fields of the form, in the order of the paper.
pub const FIELDS: &[Field] = &[
    Field::Name,
    Field::Number,
    Field::BornOn,
    Field::Phone,
    Field::Place,
    Field::Education,
    Field::Experience,
    Field::History,
    Field::Skills,
    Field::Wish,
    Field::WishPlaces,
    Field::MaybePlaces,
    Field::ReachKm,
    Field::Wage,
    Field::Contract,
    Field::NeedsBoard,
    Field::NeedsLodging,
];

/// May employers whose posts fit see the profile without a name? `yes` or `no`.
pub const VISIBLE: &str = "visible";

/// The longest text that a field takes, in characters.
const LONGEST: usize = 2_000;

/// What stands in the fields, by their codes, as it was typed.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Typed(BTreeMap<String, String>);

/// Never printed by accident.
impl std::fmt::Debug for Typed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Typed(sealed)")
    }
}

impl Typed {
    /// The known fields of a form that was sent; several of one name are joined.
    pub fn new(pairs: impl IntoIterator<Item = (String, String)>) -> Self {
        let mut typed = Self::default();
        for (name, value) in pairs {
            let known = FIELDS.iter().any(|field| field.code() == name) || name == VISIBLE;
            let value: String = value.trim().chars().take(LONGEST).collect();
            if known && !value.is_empty() {
                let held = typed.0.entry(name).or_default();
                if !held.is_empty() {
                    held.push('、');
                }
                held.push_str(&value);
            }
        }
        typed
    }

    /// With the fields of one page of the form as they are now.
    #[must_use]
    pub fn with(mut self, fields: &[&str], page: Self) -> Self {
        self.0.retain(|name, _| !fields.contains(&name.as_str()));
        let on_page = |(name, _): &(String, String)| fields.contains(&name.as_str());
        self.0.extend(page.0.into_iter().filter(on_page));
        self
    }

    /// A field that the account knows.
    #[must_use]
    pub fn and(mut self, field: Field, value: &str) -> Self {
        self.0.insert(field.code().to_owned(), value.to_owned());
        self
    }

    /// With a name in the place of none: for looking somebody up by the other fields.
    #[must_use]
    pub fn and_name(self, name: &str) -> Self {
        if self.get(Field::Name.code()).is_empty() { self.and(Field::Name, name) } else { self }
    }

    pub fn get(&self, field: &str) -> &str {
        self.0.get(field).map_or("", String::as_str)
    }

    /// Is this one of the values of a field with boxes?
    pub fn has(&self, field: &str, value: &str) -> bool {
        self.get(field).split('、').any(|one| one == value)
    }

    pub fn visible(&self) -> bool {
        self.get(VISIBLE) != "no"
    }

    /// What a form shows of a person who is registered. The number is shown in part only; sent back
    /// as it is shown, it stays what it was: see [`Typed::of_whom`].
    pub fn of(
        reference: &Reference,
        identity: &Identity,
        profile: &Profile,
        visible: bool,
    ) -> Self {
        let mut profile = profile.clone();
        identity.give_words(&mut profile);
        let wish = &profile.wish;
        let place = |code: &String| {
            let names: Vec<_> =
                reference.places.path(code).iter().map(|region| region.name.as_str()).collect();
            names.concat()
        };
        let glad = wish.regions.iter().filter(|code| !wish.reluctant.contains(code)).map(place);
        let mut places: Vec<String> = glad.collect();
        places.extend(wish.anywhere.then(|| "不限".to_owned()));
        places.extend(wish.abroad.then(|| "国外".to_owned()));
        let skills = profile.skills.iter().filter_map(|code| reference.skills.find(code));
        let skills: Vec<&str> = skills.map(|skill| skill.name_zh.as_str()).collect();
        let said = &identity.dossier.said;
        let skills = if said.is_empty() { skills.join("、") } else { said.clone() };
        let forms: Vec<&str> = wish.forms.iter().map(|form| form.code()).collect();
        let yes = |set: bool| if set { "yes" } else { "" }.to_owned();
        let pairs = [
            (Field::Name, identity.name.clone()),
            (Field::Number, citizen_number::masked(&identity.number)),
            (Field::BornOn, profile.born_on.map(|day| day.to_string()).unwrap_or_default()),
            (Field::Phone, identity.phone.clone()),
            (Field::Place, profile.place.text.clone()),
            (Field::Education, profile.education_text.clone()),
            (Field::Experience, profile.experience.map(spell).unwrap_or_default()),
            (Field::History, profile.history.clone()),
            (Field::Skills, skills),
            (Field::Wish, wish.text.clone()),
            (Field::WishPlaces, places.join("、")),
            (Field::MaybePlaces, wish.reluctant.iter().map(place).collect::<Vec<_>>().join("、")),
            (Field::ReachKm, wish.reach_km.map(|km| km.to_string()).unwrap_or_default()),
            (Field::Wage, wish.pay_from.map(|cents| (cents / 100).to_string()).unwrap_or_default()),
            (Field::Contract, forms.join("、")),
            (Field::NeedsBoard, yes(wish.needs_board)),
            (Field::NeedsLodging, yes(wish.needs_lodging)),
        ];
        let visible = (VISIBLE.to_owned(), if visible { "yes" } else { "no" }.to_owned());
        let pairs = pairs.into_iter().map(|(field, value)| (field.code().to_owned(), value));
        Self::new(pairs.chain([visible]))
    }

    /// The same with the number in full, where it was left as it was shown.
    #[must_use]
    pub fn of_whom(self, known: &Identity) -> Self {
        let shown = citizen_number::masked(&known.number);
        if !known.number.is_empty() && self.get(Field::Number.code()) == shown {
            self.and(Field::Number, &known.number)
        } else {
            self
        }
    }

    /// Reads the form. `around`: the region in which an ambiguous name of a place is meant.
    pub fn read(
        &self,
        reference: &Reference,
        today: chrono::NaiveDate,
        around: &str,
    ) -> Outcome<JobseekerDraft> {
        let cells = |value: fn(&Self, &'static str) -> String| {
            FIELDS.iter().map(|field| value(self, field.code())).collect()
        };
        let headings = Row { number: 0, cells: cells(|_, code| code.to_owned()) };
        let row = Row { number: 1, cells: cells(|typed, code| typed.get(code).to_owned()) };
        let columns = FIELDS.iter().copied().map(Some).collect();
        let mut binding = Binding::chosen(Noun::Jobseekers, &headings, columns);
        binding.constants.wage_period = Some(Period::Month);
        around.clone_into(&mut binding.constants.around);
        let read = jobseeker::read(reference, &binding, &row, today);
        let nothing = self.get(Field::Number.code()).is_empty()
            && cell::is_blank(self.get(Field::Phone.code()));
        match (read, nothing) {
            (read, false) => read,
            (Ok(_), true) => Err(vec![unreachable_person()]),
            (Err(mut faults), true) => {
                faults.push(unreachable_person());
                Err(faults)
            }
        }
    }
}

/// Neither a number nor a telephone: nobody could ever find this person again.
fn unreachable_person() -> Fault {
    let (column, value) = (Field::Phone.code().to_owned(), String::new());
    let refusal = Refusal::new("jobseeker.reach_missing").field("phone");
    Fault { column, value, refusal }
}

/// Months as the reader of experience reads them.
fn spell(months: i64) -> String {
    if months > 0 && months % 12 == 0 {
        format!("{}年", months / 12)
    } else {
        format!("{months}个月")
    }
}
