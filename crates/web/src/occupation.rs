//! The classification of occupations for programs: the codes that the other parameters take, and
//! the codes that titles may mean.

use app::App;
use axum::{
    Json,
    extract::{Query, State},
};
use model::Refusal;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    api::limit,
    error::{Error, Result},
};

/// The occupations below a code.
#[derive(Serialize, ToSchema)]
pub(crate) struct Occupations {
    items: Vec<Occupation>,
}

/// A node of the classification of occupations of 2022.
#[derive(Serialize, ToSchema)]
pub(crate) struct Occupation {
    /// Major `6`, minor `6-18`, group `6-18-02`, occupation `6-18-02-04`.
    #[schema(example = "6-18-02-04")]
    code: String,
    /// 1 major, 2 minor, 3 group, 4 occupation.
    level: i64,
    name: String,
    /// Code of the node above; empty at a major.
    parent: String,
    definition: String,
    /// Everyday names, and trades within it.
    aliases: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Below {
    #[serde(default)]
    parent: String,
}

/// The occupations right below another; the majors without one.
#[utoipa::path(get, path = "/api/v1/occupations", operation_id = "list_occupations", tag = "reference",
    params(("parent" = Option<String>, Query, example = "6-18")),
    responses((status = 200, body = Occupations)))]
pub(crate) async fn list(
    State(app): State<App>,
    Query(Below { parent }): Query<Below>,
) -> Result<Json<Occupations>> {
    let reference = app.reference().await?;
    if !parent.is_empty() && reference.occupations.find(&parent).is_none() {
        let majors = reference.occupations.children("");
        let valid: Vec<_> = majors.iter().map(|m| m.code.as_str()).collect();
        let refusal = Refusal::new("search.occupation_unknown").field("parent");
        let refusal = refusal.arg("value", parent).arg("valid", valid.join(", "));
        return Err(Error::malformed(refusal));
    }
    let occupation = |node: &model::occupation::Occupation| Occupation {
        code: node.code.clone(),
        level: node.level,
        name: node.name.clone(),
        parent: node.parent.clone(),
        definition: node.definition.clone(),
        aliases: node.aliases.split('|').filter(|a| !a.is_empty()).map(str::to_owned).collect(),
    };
    let items = reference.occupations.children(&parent).into_iter().map(occupation).collect();
    Ok(Json(Occupations { items }))
}

/// What titles may mean.
#[derive(Serialize, ToSchema)]
pub(crate) struct Classified {
    /// In the order of the titles.
    items: Vec<Meant>,
}

/// A title, and the occupations that it may mean.
#[derive(Serialize, ToSchema)]
pub(crate) struct Meant {
    title: String,
    /// Likeliest first; empty: this title is not understood well enough to say anything.
    guesses: Vec<Guess>,
}

/// An occupation that a title may mean.
#[derive(Serialize, ToSchema)]
pub(crate) struct Guess {
    #[schema(example = "6-18-02-04")]
    code: String,
    name: String,
    /// How many of a hundred such guesses are right.
    confidence: i64,
}

/// Titles of vacancies as employers write them, in Chinese or English.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Titles {
    #[schema(min_items = 1, max_items = 1000)]
    titles: Vec<String>,
    /// So many guesses for each; 10 where nothing is said.
    #[schema(minimum = 1, maximum = 100)]
    limit: Option<usize>,
}

#[derive(Deserialize)]
pub(crate) struct Asked {
    #[serde(default)]
    title: String,
    limit: Option<usize>,
}

const GUESSES: usize = 10;

/// The occupations that a title may mean.
#[utoipa::path(get, path = "/api/v1/occupations/classify", operation_id = "classify_title", tag = "reference",
    params(
        ("title" = Option<String>, Query, example = "急聘电焊工（包吃住）"),
        ("limit" = Option<u32>, Query, example = 10),
    ),
    responses((status = 200, body = Classified), (status = 422, body = crate::error::Problem)))]
pub(crate) async fn classify(
    State(app): State<App>,
    Query(Asked { title, limit }): Query<Asked>,
) -> Result<Json<Classified>> {
    classified(&app, vec![title], limit).await
}

/// The occupations that each of many titles may mean.
#[utoipa::path(post, path = "/api/v1/occupations/classify", operation_id = "classify_titles", tag = "reference",
    request_body = Titles,
    responses((status = 200, body = Classified)))]
pub(crate) async fn classify_all(
    State(app): State<App>,
    Json(Titles { titles, limit }): Json<Titles>,
) -> Result<Json<Classified>> {
    classified(&app, titles, limit).await
}

async fn classified(
    app: &App,
    titles: Vec<String>,
    asked: Option<usize>,
) -> Result<Json<Classified>> {
    let most = limit(asked.or(Some(GUESSES)))?;
    let guesses = app::occupation::classify(app, titles.clone(), most).await?;
    let reference = app.reference().await?;
    let named = |guess: model::occupation::Guess| Guess {
        name: reference.occupations.find(&guess.code).map(|o| o.name.clone()).unwrap_or_default(),
        code: guess.code,
        confidence: guess.confidence,
    };
    let meant = |(title, guesses): (String, Vec<model::occupation::Guess>)| Meant {
        title,
        guesses: guesses.into_iter().map(named).collect(),
    };
    Ok(Json(Classified { items: titles.into_iter().zip(guesses).map(meant).collect() }))
}
