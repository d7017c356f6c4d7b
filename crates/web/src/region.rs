//! The administrative tree for programs: the codes that the other parameters take.

use app::App;
use axum::{
    Json,
    extract::{Query, State},
};
use model::Refusal;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::error::{Error, Result};

/// The regions below a code.
#[derive(Serialize, ToSchema)]
pub(crate) struct Regions {
    items: Vec<Region>,
}

/// A node of the administrative tree, GB/T 2260.
#[derive(Serialize, ToSchema)]
pub(crate) struct Region {
    /// 6 digits to county, 9 to township.
    #[schema(example = "620502")]
    code: String,
    /// 1 province, 2 city, 3 county, 4 township.
    level: i64,
    name: String,
    /// Syllables with spaces.
    pinyin: String,
    /// Code of the node above; empty at a province.
    parent: String,
    /// Degrees, GCJ-02.
    latitude: Option<f64>,
    longitude: Option<f64>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Below {
    #[serde(default)]
    parent: String,
}

/// The regions right below another; the provinces without one.
#[utoipa::path(get, path = "/api/v1/regions", operation_id = "list_regions", tag = "reference",
    params(("parent" = Option<String>, Query, example = "620500")),
    responses((status = 200, body = Regions)))]
pub(crate) async fn list(
    State(app): State<App>,
    Query(Below { parent }): Query<Below>,
) -> Result<Json<Regions>> {
    let reference = app.reference().await?;
    if !parent.is_empty() && reference.places.find(&parent).is_none() {
        let provinces = reference.places.children("");
        let valid: Vec<_> = provinces.iter().map(|p| p.code.as_str()).collect();
        let refusal = Refusal::new("search.region_unknown").field("parent").arg("value", parent);
        return Err(Error::malformed(refusal.arg("valid", valid.join(", "))));
    }
    let region = |region: &model::region::Region| Region {
        code: region.code.clone(),
        level: region.level,
        name: region.name.clone(),
        pinyin: region.pinyin.clone(),
        parent: region.parent.clone(),
        latitude: region.latitude,
        longitude: region.longitude,
    };
    let items = reference.places.children(&parent).into_iter().map(region).collect();
    Ok(Json(Regions { items }))
}
