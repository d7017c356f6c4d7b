//! What is needed to put codes into words: the language, the tables, the day.

use chrono::NaiveDate;
use model::{reference::Reference, skill::statute::Basis, vacancy::Offer};
use text::Lang;

/// Made anew for every page.
#[derive(Clone, Copy)]
pub struct Wording<'a> {
    pub lang: Lang,
    pub reference: &'a Reference,
    pub today: NaiveDate,
}

impl Wording<'_> {
    /// From the city down: "天水市 秦州区 玉泉镇"; as it was written where it was not understood.
    pub fn place(&self, offer: &Offer) -> String {
        let path = self.region(&offer.place.region);
        if path.is_empty() { offer.place.text.clone() } else { path }
    }

    /// The names on the way down to a region, without the province.
    pub fn region(&self, code: &str) -> String {
        self.names(code, 1)
    }

    /// The same where the name alone would not tell which: with the province where no city does.
    pub fn region_apart(&self, code: &str) -> String {
        self.names(code, 2)
    }

    /// Without the province where there are more names than `few`.
    fn names(&self, code: &str, few: usize) -> String {
        let path = self.reference.places.path(code);
        let from = usize::from(path.len() > few);
        let names: Vec<_> =
            path.iter().skip(from).map(|r| text::region::name(self.lang, r)).collect();
        match self.lang {
            Lang::Zh => names.join(" "),
            Lang::En => names.into_iter().rev().collect::<Vec<_>>().join(", "),
        }
    }

    /// The name of an occupation, its code where nothing is known of it. The classification is in
    /// Chinese: in English its own name stands beside the English one, or its code.
    pub fn occupation(&self, code: &str) -> String {
        let Some(found) = self.reference.occupations.find(code) else { return code.to_owned() };
        match (self.lang, self.reference.english.get(code)) {
            (Lang::Zh, _) => found.name.clone(),
            (Lang::En, Some(english)) => format!("{english} ({})", found.name),
            (Lang::En, None) => format!("{} ({code})", found.name),
        }
    }

    /// Where a law stands.
    pub fn basis<'b>(&self, basis: &'b Basis) -> &'b str {
        match self.lang {
            Lang::Zh => &basis.zh,
            Lang::En => &basis.en,
        }
    }

    /// The name of a skill, or its code.
    pub fn skill(&self, code: &str) -> String {
        let Some(skill) = self.reference.skills.find(code) else { return code.to_owned() };
        match self.lang {
            Lang::Zh => skill.name_zh.clone(),
            Lang::En => skill.name_en.clone(),
        }
    }
}
