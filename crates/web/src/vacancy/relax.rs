//! Ways on from a list without an entry, in words: for the page and for programs.

use app::vacancy::relax::Relaxed;
use model::vacancy::{
    query::VacancyQuery,
    relax::{Change, Way},
};
use serde::Serialize;
use text::{Value, t};
use utoipa::ToSchema;

use super::{
    params,
    suggest::{Kept, Suggested},
};
use crate::frame::wording::Wording;

/// What to offer where nothing was found.
#[derive(Debug, Default, Serialize, ToSchema)]
pub(crate) struct Instead {
    /// The same question with one thing less, or a little farther away.
    pub(crate) relaxed: Vec<Other>,
    /// The nearest places that have what was asked for.
    pub(crate) nearby: Vec<Other>,
    /// What the words may have been meant to be.
    pub(crate) meant: Vec<Suggested>,
}

/// Another question.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Other {
    /// What is different, in the reader's language.
    pub(crate) name: String,
    /// How many vacancies it finds.
    pub(crate) count: u64,
    /// Address of its list.
    pub(crate) page: String,
}

impl Instead {
    pub(super) fn new(relaxed: Relaxed, wording: Wording<'_>) -> Self {
        let others = |ways: Vec<Way>| ways.iter().map(|way| Other::new(way, wording)).collect();
        // the place stays, and nothing of what left nothing: so the counts hold
        let query = VacancyQuery { region: relaxed.meant_in, ..VacancyQuery::default() };
        let kept = Kept { wording, query: &query };
        Self {
            relaxed: others(relaxed.ways),
            nearby: others(relaxed.places),
            meant: relaxed.meant.into_iter().map(|one| Suggested::new(one, &kept)).collect(),
        }
    }
}

impl Other {
    fn new(way: &Way, wording: Wording<'_>) -> Self {
        let page = params::address(&way.query, wording.today);
        Self { name: name(&way.change, wording), count: way.count, page }
    }
}

fn name(change: &Change, wording: Wording<'_>) -> String {
    let lang = wording.lang;
    let say = |key: &str, args: &[(&str, Value<'_>)]| t(lang, &format!("search.{key}"), args);
    match change {
        Change::Without(filter) => say(&format!("without-{filter}"), &[]),
        Change::WithoutBenefit(benefit) => {
            say("without_benefit", &[("name", text::vacancy::benefit(lang, *benefit).into())])
        }
        Change::WithoutWord(word) => say("without_word", &[("word", word.as_str().into())]),
        Change::WithoutWords => say("wordless", &[]),
        Change::OnlyWords => say("only_words", &[]),
        Change::OnlyPlace(code) => {
            say("only_place", &[("place", wording.region(code.as_str()).into())])
        }
        Change::Within(km) => say("within", &[("km", km.to_string().into())]),
        Change::Around(code, km) => {
            let place = wording.region(code.as_str());
            say("around", &[("place", place.into()), ("km", km.to_string().into())])
        }
        Change::Occupation(code) => {
            say("wider_occupation", &[("name", wording.occupation(code).into())])
        }
        Change::Place(code, km) => {
            let place = wording.region(code.as_str());
            let distance = text::vacancy::distance(lang, *km);
            say("elsewhere", &[("place", place.into()), ("distance", distance.into())])
        }
    }
}
