//! The classification of occupations for programs: the codes that the other parameters take.

use app::App;
use axum::{
    Json,
    extract::{Query, State},
};
use model::Refusal;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::error::{Error, Result};

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
