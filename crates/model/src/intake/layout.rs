//! A layout: which column of a file holds what, as a small TOML text. The built-in ones are files
//! under `migrations/seed/layout`.

use std::{collections::BTreeMap, sync::LazyLock};

use serde::{Deserialize, Serialize};

use super::{Noun, field::Field};
use crate::{
    Refusal,
    wage::{Period, read::Hint},
};

/// A mapping from headings to fields.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Layout {
    /// The source of its rows: `zhilian`, `county`.
    pub name: String,
    pub noun: Noun,
    /// A file with all these headings is in this layout.
    pub signature: Vec<String>,
    pub columns: BTreeMap<String, Field>,
    #[serde(default)]
    pub constants: Constants,
    /// By field: what stands in the cell → what is read instead.
    #[serde(default)]
    pub codes: Codes,
}

pub type Codes = BTreeMap<Field, BTreeMap<String, String>>;

/// What holds for every row of a file and stands in none.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Constants {
    pub wage_period: Option<Period>,
    /// ISO 4217.
    pub currency: String,
    /// What a bare number in a wage column is worth.
    pub wage_unit: Option<f64>,
    /// The region in which an ambiguous name of a place is meant: a code.
    pub around: String,
    /// The places lie in other countries and are not looked for in the region table.
    pub abroad: bool,
}

impl Constants {
    pub(crate) fn wage(&self) -> Hint {
        Hint { period: self.wage_period, currency: self.currency.clone(), unit: self.wage_unit }
    }
}

impl Layout {
    /// Reads a mapping file. The refusal carries what the TOML reader says.
    pub fn parse(text: &str) -> Result<Self, Refusal> {
        toml::from_str(text)
            .map_err(|e| Refusal::new("intake.layout_malformed").arg("reason", e.message()))
    }

    /// The headings of an empty file in this layout, in the order of the signature first.
    pub fn headings(&self) -> Vec<&str> {
        let first = self.signature.iter();
        let rest = self.columns.keys().filter(|h| !self.signature.contains(h));
        first.chain(rest).map(String::as_str).collect()
    }
}

/// The layouts that the program knows.
pub fn builtin() -> &'static [Layout] {
    static LAYOUTS: LazyLock<Vec<Layout>> =
        LazyLock::new(|| TEXTS.iter().filter_map(|text| Layout::parse(text).ok()).collect());
    &LAYOUTS
}

/// A built-in layout by its name.
pub fn find(name: &str, noun: Noun) -> Result<&'static Layout, Refusal> {
    let of_noun = || builtin().iter().filter(|l| l.noun == noun);
    of_noun().find(|l| l.name == name).ok_or_else(|| {
        let names: Vec<&str> = of_noun().map(|l| l.name.as_str()).collect();
        Refusal::new("intake.layout_unknown").arg("value", name).arg("valid", names.join(", "))
    })
}

const TEXTS: &[&str] = &[
    include_str!("../../../../migrations/seed/layout/county.toml"),
    include_str!("../../../../migrations/seed/layout/county_people.toml"),
    include_str!("../../../../migrations/seed/layout/zhilian.toml"),
    include_str!("../../../../migrations/seed/layout/gxrc.toml"),
    include_str!("../../../../migrations/seed/layout/51job.toml"),
    include_str!("../../../../migrations/seed/layout/it_postings.toml"),
    include_str!("../../../../migrations/seed/layout/tipdm.toml"),
    include_str!("../../../../migrations/seed/layout/nyc_jobs.toml"),
    include_str!("../../../../migrations/seed/layout/ats.toml"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_builtin_layout_is_whole() {
        assert_eq!(builtin().len(), TEXTS.len());
        for layout in builtin() {
            let has = |f: &Field| layout.columns.values().any(|c| c == f);
            for any in Field::needed(layout.noun) {
                assert!(any.iter().any(has), "{} lacks {any:?}", layout.name);
            }
            for heading in &layout.signature {
                assert!(layout.columns.contains_key(heading), "{}: {heading}", layout.name);
            }
            let fields = Field::of(layout.noun);
            assert!(layout.columns.values().all(|f| fields.contains(f)), "{}", layout.name);
        }
    }

    #[test]
    fn a_mapping_with_a_slip_is_refused() {
        let text = "name = 'x'\nnoun = 'vacancies'\nsignature = []\n[columns]\n'职位' = 'titel'\n";
        assert_eq!(Layout::parse(text).unwrap_err().code, "intake.layout_malformed");
        let refusal = find("zhilain", Noun::Vacancies).unwrap_err();
        assert_eq!(refusal.code, "intake.layout_unknown");
        assert!(refusal.args.iter().any(|(_, v)| v.contains("zhilian")));
    }
}
