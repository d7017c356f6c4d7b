//! Type-ahead for the search box and for programs: what somebody who types means, and where it
//! leads.

use app::App;
use axum::{
    Json,
    extract::{Query, State},
    http::header,
    response::{IntoResponse, Response},
};
use model::vacancy::{
    query::VacancyQuery,
    suggestion::{Kind, Suggestion},
};
use serde::Serialize;
use text::t;
use utoipa::ToSchema;

use super::params::{self, Pairs};
use crate::{
    error::{Error, Result},
    frame::{Frame, wording::Wording},
};

/// What the typed letters may mean, likeliest first.
#[derive(Serialize, ToSchema)]
pub(crate) struct Suggestions {
    items: Vec<Suggested>,
}

/// One thing that may be meant.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Suggested {
    /// `occupation`, `words`, `place`, `skill` or `employer`.
    #[schema(value_type = String)]
    pub(crate) kind: &'static str,
    /// Code of the occupation, the skill or the place, id of the employer, or the words.
    pub(crate) id: String,
    /// In the reader's language where there is a name in it.
    pub(crate) name: String,
    /// What kind of thing it is, where a place lies, the word by which an occupation was met.
    pub(crate) note: String,
    /// Open vacancies of it in the chosen place, of a place in itself; null where its address
    /// looks for words.
    pub(crate) count: Option<u64>,
    /// What a form's field would hold: of a place its names from the top down.
    pub(crate) text: String,
    /// Address of the list, with the filters that were given; of an employer its page.
    pub(crate) page: String,
}

/// Enough for a telephone's screen.
const LIMIT: usize = 8;

/// Of so many of all kinds, enough are of one.
const MIXED: usize = 8;

/// What somebody who has typed `q` may mean: by characters, pinyin or its first letters, or in
/// English. The other parameters are those of the search and stay in the addresses; `region` also
/// decides the order and the counts; `kind` leaves the others out.
#[utoipa::path(get, path = "/api/v1/suggest", operation_id = "suggest", tag = "vacancies",
    params(
        ("q" = String, Query, example = "hg"),
        ("region" = Option<String>, Query, example = "620500"),
        ("kind" = Option<String>, Query, example = "place"),
        ("occupation" = Option<String>, Query, example = "6-18"),
        ("wage_min" = Option<f64>, Query, example = 4500),
        ("education" = Option<String>, Query, example = "college"),
        ("experience" = Option<f64>, Query, example = 1.5),
        ("contract" = Option<String>, Query, example = "full_time"),
        ("benefit" = Option<String>, Query, example = "board,lodging"),
        ("posted_since" = Option<String>, Query, example = "7"),
        ("near" = Option<String>, Query, example = "34.58,105.72"),
        ("within_km" = Option<f64>, Query, example = 20),
        ("sort" = Option<String>, Query, example = "new"),
        ("limit" = Option<u32>, Query, example = 8),
    ),
    responses((status = 200, body = Suggestions)))]
pub(crate) async fn suggest(
    State(app): State<App>,
    frame: Frame,
    Query(mut pairs): Query<Pairs>,
) -> Result<Response> {
    let kind = pairs.iter().find(|(name, value)| name == "kind" && !value.is_empty());
    let kind =
        kind.map(|(_, value)| value.parse::<Kind>()).transpose().map_err(Error::malformed)?;
    pairs.retain(|(name, _)| name != "kind");
    let query = params::asked(&app, &pairs).await?.map_err(Error::malformed)?;
    let limited = pairs.iter().any(|(name, value)| name == "limit" && !value.is_empty());
    let limit = if limited { query.limit } else { LIMIT };
    let reference = app.reference().await?;
    let wording = Wording { lang: frame.lang, reference: &reference, today: app.today() };
    let region = query.region.as_ref();
    let looked_at = if kind.is_some() { limit * MIXED } else { limit };
    let mut found = app::vacancy::suggest::suggest(&app, &query.words, region, looked_at).await?;
    found.retain(|one| kind.is_none_or(|kind| one.kind == kind));
    found.truncate(limit);
    let kept = Kept { wording, query: &query };
    let items = found.into_iter().map(|one| Suggested::new(one, &kept)).collect();
    Ok(([(header::CACHE_CONTROL, "private, max-age=60")], Json(Suggestions { items }))
        .into_response())
}

/// The question in hand: what its filters are, and the words for it.
pub(crate) struct Kept<'a> {
    pub(crate) wording: Wording<'a>,
    pub(crate) query: &'a VacancyQuery,
}

impl Suggested {
    pub(crate) fn new(one: Suggestion, at: &Kept<'_>) -> Self {
        let (page, wording) = (at.page(&one), at.wording);
        let count = match one.kind {
            Kind::Occupation | Kind::Place | Kind::Employer => Some(one.count),
            Kind::Words | Kind::Skill => None,
        };
        let kind = t(wording.lang, &format!("search.kind-{}", one.kind), &[]);
        let place = wording.reference.places.find(&one.id).filter(|_| one.kind == Kind::Place);
        let text = place.map(|place| {
            let path = wording.reference.places.path(&place.code);
            path.iter().map(|region| region.name.as_str()).collect::<String>()
        });
        let (name, note) = match (place, one.matched == one.name) {
            (Some(place), _) => {
                let path = wording.reference.places.path(&place.code);
                let above = path.iter().rev().nth(1).map(|region| wording.region(&region.code));
                let within = above.unwrap_or_default();
                let note = if within.is_empty() { kind } else { within };
                (text::region::name(wording.lang, place), note)
            }
            (None, true) => (one.name, kind),
            (None, false) => (one.matched, one.name),
        };
        let text = text.unwrap_or_else(|| name.clone());
        Self { kind: one.kind.code(), id: one.id, name, note, count, text, page }
    }
}

impl Kept<'_> {
    /// Where a suggestion leads, with the filters kept.
    fn page(&self, one: &Suggestion) -> String {
        let words = String::new();
        let kept = VacancyQuery { words, limit: 20, cursor: None, ..self.query.clone() };
        let then = match one.kind {
            Kind::Employer => return format!("/employers/{}", one.id),
            Kind::Occupation => VacancyQuery { occupation: Some(one.id.clone()), ..kept },
            Kind::Place => VacancyQuery { region: one.id.parse().ok(), ..kept },
            Kind::Words | Kind::Skill => VacancyQuery { words: one.matched.clone(), ..kept },
        };
        params::address(&then, self.wording.today)
    }
}
