//! A registered person who looks for work. 求职者

pub mod citizen_number;
pub mod dossier;
pub mod link;

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use crate::{
    Id,
    education::Education,
    vacancy::{Form, Place, Source},
};

/// What may be read without opening the person's file: no name, no number, no contact.
#[derive(Clone, Debug, PartialEq, Serialize, sqlx::FromRow)]
pub struct Jobseeker {
    pub id: Id<Jobseeker>,
    #[serde(skip)]
    #[sqlx(flatten)]
    pub source: Source,
    #[sqlx(flatten)]
    pub profile: Profile,
    pub seeking: bool,
    /// May employers whose posts fit see the profile, without a name?
    pub visible: bool,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
    pub version: i64,
}

impl Id<Jobseeker> {
    /// "A3F27": to speak about this person without a name. The last bits of an id are chance, and
    /// tell nothing of the person.
    pub fn label(self) -> String {
        format!("{:05X}", self.uuid().as_u128() & 0xF_FFFF)
    }
}

/// What the person can do and wants.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, sqlx::FromRow)]
pub struct Profile {
    /// For the legal age only; it never enters a score.
    pub born_on: Option<NaiveDate>,
    /// Where the person lives.
    #[sqlx(flatten)]
    pub place: Place,
    pub education: Option<Education>,
    pub education_text: String,
    /// Months of experience.
    pub experience: Option<i64>,
    #[sqlx(json)]
    pub wish: Wish,
    /// Skill codes, certificates and licences included.
    #[sqlx(json)]
    pub skills: Vec<String>,
    /// What the person did before, in their own words.
    pub history: String,
}

/// What the person wants. 求职意向
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
#[expect(clippy::struct_excessive_bools, reason = "each is a box of the form")]
pub struct Wish {
    /// The words used: "电焊工、保安".
    pub text: String,
    /// Occupation codes, best first.
    pub occupations: Vec<String>,
    /// Region codes the person would work in besides home, at any level.
    pub regions: Vec<String>,
    /// Those of the regions where the person would go if need be, not gladly.
    pub reluctant: Vec<String>,
    /// Anywhere in the country.
    pub anywhere: bool,
    /// Abroad too.
    pub abroad: bool,
    /// How far from home daily, in kilometres.
    pub reach_km: Option<i64>,
    /// The least the person would work for, cents a month.
    pub pay_from: Option<i64>,
    /// Empty: any form.
    pub forms: Vec<Form>,
    pub needs_board: bool,
    pub needs_lodging: bool,
}

/// The part that is sealed at rest and opened only by a deed that leaves a trace.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Identity {
    pub name: String,
    /// Citizen number, checked, or empty.
    pub number: String,
    pub phone: String,
    pub email: String,
    /// Street and house, as far as told.
    pub address: String,
    /// The place, the experience, the schooling and the wishes in the person's own words. They stand here
    /// and not in the profile, so that old backups do not tell them once the key is erased.
    pub place_text: String,
    pub history: String,
    pub education_text: String,
    pub wish_text: String,
    pub dossier: dossier::Dossier,
}

impl Identity {
    /// Takes the words in that somebody else could recognise a person by. Of the wishes the words that
    /// name work stay where they can be compared: `kept` leaves out all others.
    pub fn take_words(&mut self, profile: &mut Profile, kept: impl Fn(&str) -> String) {
        self.place_text = std::mem::take(&mut profile.place.text);
        self.history = std::mem::take(&mut profile.history);
        self.education_text = std::mem::take(&mut profile.education_text);
        let words = kept(&profile.wish.text);
        self.wish_text = std::mem::replace(&mut profile.wish.text, words);
    }

    /// The same put back, for a page; what was registered before they were sealed stands there still.
    pub fn give_words(&self, profile: &mut Profile) {
        let pairs = [
            (&self.place_text, &mut profile.place.text),
            (&self.history, &mut profile.history),
            (&self.education_text, &mut profile.education_text),
            (&self.wish_text, &mut profile.wish.text),
        ];
        for (sealed, open) in pairs {
            if !sealed.is_empty() {
                open.clone_from(sealed);
            }
        }
    }
}

/// Never printed by accident.
impl std::fmt::Debug for Identity {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Identity(sealed)")
    }
}
