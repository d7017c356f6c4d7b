//! Skills: concepts with aliases; vacancies ask for them, jobseekers have them. 技能

pub mod lexicon;
pub mod statute;

use serde::{Deserialize, Serialize};

/// A skill, certificate or licence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, sqlx::FromRow)]
pub struct Skill {
    /// A short word of our own: `arc_welding`, `licence_b2`.
    pub code: String,
    pub name_zh: String,
    pub name_en: String,
    /// Other words for it, in both languages, separated by `|`.
    pub aliases: String,
    /// The occupation node it is at home in (any level), or empty.
    pub occupation: String,
    /// The law asks for it before the work may be done: lacking it excludes, it does not lower.
    pub licence: bool,
}

impl Skill {
    /// A licence or a certificate: somebody holds it or not, and nothing like it will do.
    pub fn is_paper(&self) -> bool {
        self.licence || is_certificate(&self.code)
    }
}

/// By its code: a paper that no law asks for.
pub fn is_certificate(code: &str) -> bool {
    code.starts_with("certificate_")
}

/// How a skill or a paper can be had.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, sqlx::FromRow)]
pub struct Training {
    /// The skill that it gives.
    pub skill: String,
    /// The usual name of the training.
    pub name_zh: String,
    pub name_en: String,
    /// Who examines, or gives the paper out.
    pub examiner_zh: String,
    pub examiner_en: String,
    /// The law, the public rule or the entry of the classification that this stands in.
    pub source: String,
}

/// One skill on one side of a match.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Need {
    pub code: String,
    /// Must be had, as the vacancy says; otherwise it is good to have.
    pub must: bool,
}
