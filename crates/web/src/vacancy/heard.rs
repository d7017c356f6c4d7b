//! How words were understood, for programs.

use model::vacancy::query;
use serde::Serialize;
use utoipa::ToSchema;

use super::filter::{Choice, Filters};

/// How the words were read where they are not looked for as they were typed; in quotes they are.
#[derive(Default, Serialize, ToSchema)]
pub(crate) struct Understood {
    /// Conditions that they say.
    conditions: Vec<Condition>,
    /// The conditions are filters; otherwise too little meets them all, and the nearest come first.
    strict: bool,
    /// Words that no vacancy has, left out.
    missing: Vec<String>,
    /// Words that nothing has, and what was looked for instead.
    corrected: Vec<Corrected>,
    /// A name that several places have.
    ambiguous: Option<Ambiguous>,
}

#[derive(Serialize, ToSchema)]
pub(crate) struct Ambiguous {
    typed: String,
    places: Vec<Candidate>,
}

#[derive(Serialize, ToSchema)]
pub(crate) struct Candidate {
    /// Code of the region.
    value: String,
    /// From the city down, in the reader's language.
    name: String,
    /// Address of the list there.
    there: String,
}

/// A condition, as a parameter has it.
#[derive(Serialize, ToSchema)]
pub(crate) struct Condition {
    value: String,
    /// In the reader's language.
    name: String,
    /// Address of the list without it.
    without: String,
}

#[derive(Serialize, ToSchema)]
pub(crate) struct Corrected {
    typed: String,
    meant: String,
}

impl Understood {
    pub(super) fn new(understood: query::Understood, filters: &Filters<'_>) -> Self {
        let condition = |Choice { value, label: name, address: without, .. }| Condition {
            value,
            name,
            without,
        };
        let corrected = |(typed, meant)| Corrected { typed, meant };
        let place =
            |Choice { value, label: name, address: there, .. }| Candidate { value, name, there };
        let ambiguous = understood.unsure.as_ref().map(|unsure| Ambiguous {
            typed: unsure.typed.clone(),
            places: filters.places(unsure).into_iter().map(place).collect(),
        });
        Self {
            ambiguous,
            conditions: filters.heard(&understood.wishes).into_iter().map(condition).collect(),
            strict: understood.strict,
            missing: understood.missing,
            corrected: understood.slips.into_iter().map(corrected).collect(),
        }
    }
}
