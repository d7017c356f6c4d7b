//! Registered people for programs at the office's machine: what they can do and want, no names.

use app::App;
use axum::{
    Json,
    extract::{Query, State},
};
use model::{
    Id,
    jobseeker::{Jobseeker as Person, Wish},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{actor::Office, error::Result};

/// The registered people, in the order in which they came.
#[derive(Serialize, ToSchema)]
pub(crate) struct Jobseekers {
    /// All of them.
    total: i64,
    items: Vec<Jobseeker>,
    next: Option<String>,
}

/// A registered person without a name, a number or a telephone.
#[derive(Serialize, ToSchema)]
pub(crate) struct Jobseeker {
    id: Uuid,
    /// Code of the region the person lives in, to the county, or empty.
    region: String,
    #[schema(value_type = Option<String>)]
    education: Option<&'static str>,
    experience_months: Option<i64>,
    /// Codes of skills, certificates and licences.
    skills: Vec<String>,
    wish: Wanted,
    /// Does the person look for work now?
    seeking: bool,
}

/// What the person wants.
#[derive(Serialize, ToSchema)]
pub(crate) struct Wanted {
    /// Codes of occupations, best first.
    occupations: Vec<String>,
    /// Codes of regions besides home.
    regions: Vec<String>,
    anywhere: bool,
    reach_km: Option<i64>,
    /// The least the person would work for, in fen a month.
    monthly_min_cents: Option<i64>,
    /// Empty: any form.
    #[schema(value_type = Vec<String>)]
    contracts: Vec<&'static str>,
    board: bool,
    lodging: bool,
}

#[derive(Deserialize)]
pub(crate) struct Listed {
    limit: Option<usize>,
    cursor: Option<Id<Person>>,
}

/// The registered people.
#[utoipa::path(get, path = "/api/v1/jobseekers", operation_id = "list_jobseekers", tag = "matching",
    params(("limit" = Option<u32>, Query, example = 20), ("cursor" = Option<Uuid>, Query)),
    responses((status = 200, body = Jobseekers)))]
pub(crate) async fn list(
    State(app): State<App>,
    Office(actor): Office,
    Query(Listed { limit, cursor }): Query<Listed>,
) -> Result<Json<Jobseekers>> {
    let (limit, scope) = (crate::api::limit(limit)?, actor.scope());
    let mut r = app.db().read().await?;
    let total = store::jobseeker::count(&mut r, &scope).await?;
    let found = store::jobseeker::page(&mut r, &scope, cursor, limit).await?;
    let items = found.items.into_iter().map(Jobseeker::new).collect();
    Ok(Json(Jobseekers { total, items, next: found.next }))
}

impl Jobseeker {
    fn new(person: Person) -> Self {
        let (id, seeking, profile) = (person.id.uuid(), person.seeking, person.profile);
        let county = profile.place.region.parse::<model::region::Code>();
        Self {
            id,
            region: county.map(|code| code.at_level(3).to_string()).unwrap_or_default(),
            education: profile.education.map(model::education::Education::code),
            experience_months: profile.experience,
            skills: profile.skills,
            wish: Wanted::new(profile.wish),
            seeking,
        }
    }
}

impl Wanted {
    fn new(wish: Wish) -> Self {
        Self {
            occupations: wish.occupations,
            regions: wish.regions,
            anywhere: wish.anywhere,
            reach_km: wish.reach_km,
            monthly_min_cents: wish.pay_from,
            contracts: wish.forms.iter().map(|form| form.code()).collect(),
            board: wish.needs_board,
            lodging: wish.needs_lodging,
        }
    }
}
