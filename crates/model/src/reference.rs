//! The reference tables in memory, in the form in which rules read words with them.

use std::{collections::BTreeMap, sync::Arc};

use crate::{
    compliance::Gate, matching::Catalogue, occupation::classify::Classifier,
    region::gazetteer::Gazetteer, skill::lexicon::Lexicon, synonym::Synonym, term::Terms,
};

/// What is needed to understand what people write. Built once from the tables; reading it costs
/// no I/O.
pub struct Reference {
    pub places: Gazetteer,
    pub occupations: Classifier,
    pub skills: Lexicon,
    /// What occupations are called in English, by code, of those that have a name in it.
    pub english: BTreeMap<String, String>,
    /// All codes as numbers.
    pub catalogue: Arc<Catalogue>,
    /// Words that are looked for together.
    pub synonyms: Vec<Synonym>,
    /// In force today.
    pub terms: Terms,
    /// What the law says about a vacancy, at all times.
    pub gate: Gate,
}

#[cfg(test)]
pub(crate) mod seed;
