//! Vacancies for programs: the search with the parameters of the page, and one vacancy.

use std::collections::BTreeMap;

use app::App;
use axum::{
    Json,
    extract::{Path, Query, State},
    http::HeaderMap,
    response::Response,
};
use chrono::NaiveDate;
use model::{
    Id, Refusal,
    employer::Employer,
    vacancy::{
        Offer, Vacancy,
        query::{Hit, Results},
    },
};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    filter::{Choice, Filters, Group},
    heard::Understood,
    params::{self, Pairs},
    relax::Instead,
};
use crate::{
    actor::Asker,
    api::fresh,
    error::{Error, Result},
    frame::{Frame, wording::Wording},
};

/// A page of the vacancies that were asked for.
#[derive(Serialize, ToSchema)]
pub(crate) struct Found {
    /// All that match, not only those of this page.
    total: u64,
    items: Vec<Item>,
    /// By the name of the parameter: what the total would be with another value. Each count holds
    /// under all other filters.
    #[schema(value_type = BTreeMap<String, Vec<Facet>>)]
    facets: BTreeMap<&'static str, Vec<Facet>>,
    /// Other words for the same work that were looked for too; words in quotes ("…", “…”, 「…」) are
    /// looked for as they are.
    also: Vec<String>,
    understood: Understood,
    /// Hand it back as `cursor` for the next page; null on the last one.
    next: Option<String>,
    /// Where nothing was found: what would be.
    #[serde(skip_serializing_if = "Option::is_none")]
    instead: Option<Instead>,
}

/// A vacancy as an entry of a list.
#[derive(Serialize, ToSchema)]
pub(crate) struct Item {
    id: Uuid,
    title: String,
    /// Name of the employer.
    employer: String,
    employer_id: Uuid,
    /// Code of the region, as deep as the place was understood; empty where it was not.
    region: String,
    /// Names of the region from the city down, or the place as it was written.
    place: String,
    /// Code of the occupation, or empty.
    occupation: String,
    wage: Wage,
    /// The least that is asked for; null: nothing is.
    #[schema(value_type = Option<String>)]
    education: Option<&'static str>,
    /// Least experience asked for, in months; 0: none is needed; null: nothing is said.
    experience_months: Option<i64>,
    #[schema(value_type = Option<String>)]
    contract: Option<&'static str>,
    #[schema(value_type = Vec<String>)]
    benefits: Vec<&'static str>,
    /// How many people are wanted, where a number is given.
    headcount: Option<i64>,
    /// How many of them are still wanted.
    places_open: Option<i64>,
    posted_on: Option<NaiveDate>,
    expires_on: Option<NaiveDate>,
    /// Kilometres from the point of `near`, as the crow flies.
    distance_km: Option<f64>,
    /// Part of the description around the first word found; empty without words.
    snippet: Vec<Piece>,
}

/// A piece of a snippet.
#[derive(Serialize, ToSchema)]
pub(crate) struct Piece {
    text: String,
    /// Is it a word of the question?
    marked: bool,
}

/// What is paid.
#[derive(Serialize, ToSchema)]
pub(crate) struct Wage {
    /// In the reader's language: "¥6,000–8,000 a month", or that it is negotiable.
    text: String,
    /// Lower end in hundredths of the currency, for each period; null where negotiable.
    min_cents: Option<i64>,
    max_cents: Option<i64>,
    /// `hour`, `day`, `week`, `month`, `year` or `once`.
    #[schema(value_type = Option<String>)]
    period: Option<&'static str>,
    /// ISO 4217.
    currency: Option<String>,
    /// Months paid in a year, where said.
    months: Option<i64>,
    /// The same range in fen (hundredths of a yuan) a month, where it can be compared so.
    monthly_min_cents: Option<i64>,
    monthly_max_cents: Option<i64>,
}

/// A value of a parameter, and how many vacancies it gives.
#[derive(Serialize, ToSchema)]
pub(crate) struct Facet {
    /// As the parameter takes it.
    value: String,
    /// In the reader's language.
    name: String,
    count: u64,
}

/// One vacancy with everything that is public.
#[derive(Serialize, ToSchema)]
pub(crate) struct Whole {
    #[serde(flatten)]
    item: Item,
    /// `published`, and so on.
    #[schema(value_type = String)]
    state: &'static str,
    /// Duties and requirements as the employer wrote them.
    description: String,
    /// The place, the wage, the education and the experience as they were written.
    written: Written,
    skills: Vec<Skill>,
    /// How to apply, as the employer published it.
    contact: String,
    latitude: Option<f64>,
    longitude: Option<f64>,
    /// Address of the page for people.
    page: String,
    /// The layout or feed it came in, and its key there.
    source: Source,
    /// The same vacancy from other sources; lists and totals have one of them.
    copies: Vec<Copy>,
    updated_at: chrono::DateTime<chrono::Utc>,
}

#[derive(Serialize, ToSchema)]
pub(crate) struct Written {
    place: String,
    wage: String,
    education: String,
    experience: String,
}

#[derive(Serialize, ToSchema)]
pub(crate) struct Skill {
    code: String,
    name: String,
    /// Required, or good to have.
    must: bool,
}

/// The same vacancy from another source.
#[derive(Serialize, ToSchema)]
pub(crate) struct Copy {
    id: Uuid,
    /// The layout or feed it came in.
    source: String,
}

#[derive(Serialize, ToSchema)]
pub(crate) struct Source {
    name: String,
    key: String,
}

/// Searches the open vacancies.
#[utoipa::path(get, path = "/api/v1/vacancies", operation_id = "search_vacancies", tag = "vacancies",
    params(
        ("q" = Option<String>, Query, example = "电焊工"),
        ("region" = Option<String>, Query, example = "620500"),
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
        ("limit" = Option<u32>, Query, example = 20),
        ("cursor" = Option<String>, Query),
    ),
    responses((status = 200, body = Found)))]
pub(crate) async fn search(
    State(app): State<App>,
    Asker(actor): Asker,
    frame: Frame,
    Query(pairs): Query<Pairs>,
) -> Result<Json<Found>> {
    let query = params::asked(&app, &pairs).await?.map_err(Error::malformed)?;
    let results = app::vacancy::search(&app, &actor, &query).await?;
    let reference = app.reference().await?;
    let wording = Wording { lang: frame.lang, reference: &reference, today: app.today() };
    app::inquiry::note(&app, &query, results.found());
    let mut found = Found::new(results, &Filters::new(&query, wording));
    if found.total == 0 {
        let relaxed = app::vacancy::relax::relax(&app, &actor, &query).await?;
        found.instead = Some(Instead::new(relaxed, wording));
    }
    Ok(Json(found))
}

/// One vacancy.
#[utoipa::path(get, path = "/api/v1/vacancies/{id}", operation_id = "read_vacancy", tag = "vacancies",
    params(("id" = Uuid, Path)),
    responses((status = 200, body = Whole), (status = 304), (status = 410, body = crate::error::Problem)))]
pub(crate) async fn read(
    State(app): State<App>,
    Asker(actor): Asker,
    frame: Frame,
    Path(id): Path<Id<Vacancy>>,
    headers: HeaderMap,
) -> Result<Response> {
    let (reference, scope) = (app.reference().await?, actor.scope());
    let mut r = app.db().read().await?;
    let vacancy = store::vacancy::find(&mut r, &scope, id).await?;
    if !vacancy.is_open(app.today()) {
        return Err(Error::gone(Refusal::new("vacancy.gone")));
    }
    let employer = store::employer::find(&mut r, &scope, vacancy.employer).await?;
    let wording = Wording { lang: frame.lang, reference: &reference, today: app.today() };
    let changed = vacancy.updated_at.max(employer.updated_at);
    let mut copies = store::vacancy::copy::beside(&mut r, &scope, &vacancy).await?;
    copies.retain(|copy| copy.is_open(app.today()));
    let page = frame.full(&format!("/vacancies/{id}"));
    let copy = |copy: Vacancy| Copy { id: copy.id.uuid(), source: copy.source.name };
    let copies = copies.into_iter().map(copy).collect();
    let whole = Whole { copies, ..Whole::new(vacancy, &employer, wording, page) };
    Ok(fresh(&headers, frame.lang, changed, &whole))
}

/// Vacancies like another.
#[derive(Serialize, ToSchema)]
pub(crate) struct Similar {
    items: Vec<Alike>,
}

/// A vacancy, and how alike its title is.
#[derive(Serialize, ToSchema)]
pub(crate) struct Alike {
    #[serde(flatten)]
    item: Item,
    /// 0 to 100; 100: the same title.
    likeness: i64,
}

#[derive(serde::Deserialize)]
pub(crate) struct Most {
    limit: Option<usize>,
}

/// Open vacancies of the same kind of work, the most alike first.
#[utoipa::path(get, path = "/api/v1/vacancies/{id}/similar", operation_id = "similar_vacancies", tag = "vacancies",
    params(("id" = Uuid, Path), ("limit" = Option<u32>, Query, example = 20)),
    responses((status = 200, body = Similar)))]
pub(crate) async fn similar(
    State(app): State<App>,
    Asker(actor): Asker,
    frame: Frame,
    Path(id): Path<Id<Vacancy>>,
    Query(Most { limit }): Query<Most>,
) -> Result<Json<Similar>> {
    let most = crate::api::limit(limit)?;
    let vacancy = store::vacancy::find(&mut app.db().read().await?, &actor.scope(), id).await?;
    let found = app::vacancy::similar(&app, &actor, &vacancy, most).await?;
    let reference = app.reference().await?;
    let wording = Wording { lang: frame.lang, reference: &reference, today: app.today() };
    let alike = |(hit, likeness)| Alike { item: Item::of_hit(hit, wording), likeness };
    Ok(Json(Similar { items: found.into_iter().map(alike).collect() }))
}

impl Found {
    fn new(results: Results, filters: &Filters<'_>) -> Self {
        let count = |Choice { value, label: name, count, .. }| Facet { value, name, count };
        let counts = |group: Group| (group.name, group.choices.into_iter().map(count).collect());
        Self {
            total: results.total,
            items: results
                .items
                .into_iter()
                .map(|hit| Item::of_hit(hit, filters.wording))
                .collect(),
            facets: filters.all(&results.facets).into_iter().map(counts).collect(),
            understood: Understood::new(results.understood, filters),
            also: results.also,
            next: results.next,
            instead: None,
        }
    }
}

impl Item {
    fn of_hit(hit: Hit, wording: Wording<'_>) -> Self {
        let piece = |(marked, text)| Piece { text, marked };
        Self {
            distance_km: hit.distance_km.map(|km| (km * 1_000.0).round() / 1_000.0),
            snippet: hit.snippet.into_iter().map(piece).collect(),
            ..Self::new(&hit.vacancy, &hit.employer, wording)
        }
    }

    fn new(vacancy: &Vacancy, employer: &str, wording: Wording<'_>) -> Self {
        let offer = &vacancy.offer;
        Self {
            id: vacancy.id.uuid(),
            title: offer.title.clone(),
            employer: employer.to_owned(),
            employer_id: vacancy.employer.uuid(),
            region: offer.place.region.clone(),
            place: wording.place(offer),
            occupation: offer.occupation.clone(),
            wage: Wage::new(offer, wording),
            education: offer.education.map(model::education::Education::code),
            experience_months: offer.experience_min,
            contract: offer.form.map(model::vacancy::Form::code),
            benefits: offer.benefits.iter().map(|benefit| benefit.code()).collect(),
            headcount: offer.headcount,
            places_open: vacancy.places_open(),
            posted_on: offer.posted_on,
            expires_on: offer.expires_on,
            distance_km: None,
            snippet: Vec::new(),
        }
    }
}

impl Wage {
    fn new(offer: &Offer, wording: Wording<'_>) -> Self {
        let wage = offer.wage.as_ref();
        Self {
            text: text::wage::full(wording.lang, wage),
            min_cents: wage.map(|w| w.min),
            max_cents: wage.map(|w| w.max),
            period: wage.map(|w| w.period.code()),
            currency: wage.map(|w| w.currency.clone()),
            months: wage.and_then(|w| w.months),
            monthly_min_cents: offer.pay_from,
            monthly_max_cents: offer.pay_to,
        }
    }
}

impl Whole {
    fn new(vacancy: Vacancy, employer: &Employer, wording: Wording<'_>, page: String) -> Self {
        let item = Item::new(&vacancy, &employer.details.name, wording);
        let offer = vacancy.offer;
        let skill = |need: model::skill::Need| Skill {
            name: wording.skill(&need.code),
            code: need.code,
            must: need.must,
        };
        Self {
            item,
            state: vacancy.state.code(),
            description: offer.duties,
            written: Written {
                place: offer.place.text,
                wage: offer.wage_text,
                education: offer.education_text,
                experience: offer.experience_text,
            },
            skills: offer.skills.into_iter().map(skill).collect(),
            contact: offer.contact,
            latitude: offer.place.latitude,
            longitude: offer.place.longitude,
            page,
            source: Source { name: vacancy.source.name, key: vacancy.source.key },
            copies: Vec::new(),
            updated_at: vacancy.updated_at,
        }
    }
}
