//! What the parts of a score weigh: every version, and a form for the next one.

use std::collections::BTreeMap;

use app::App;
use askama::Template;
use axum::{
    Form, Json,
    extract::State,
    response::{Html, IntoResponse, Redirect, Response},
};
use chrono::NaiveDate;
use model::{Refusal, access::Actor, matching};
use serde::{Deserialize, Serialize};
use text::Lang;
use utoipa::ToSchema;

use crate::{
    actor::Office,
    error::Result,
    frame::{Fault, Frame, again, page},
};

/// Why a version is as it is: of those that came with the program in the language of the page, of
/// others as it was written.
fn basis(row: &matching::Weights, lang: Lang) -> String {
    let shipped = text::find(lang, &format!("matching.basis-{}", row.version), &[]);
    shipped.unwrap_or_else(|| row.basis.clone())
}

#[derive(Template)]
#[template(path = "matching/weights.html")]
struct List {
    frame: Frame,
    /// The version that holds today.
    now: i64,
    versions: Vec<Version>,
    fields: Vec<Field>,
    valid_from: String,
    basis: String,
    fault: Option<Fault>,
}

/// One version in words.
struct Version {
    number: i64,
    from: String,
    basis: String,
    values: Vec<(String, i64)>,
}

/// One number of the form.
struct Field {
    name: &'static str,
    label: String,
    value: String,
    /// The refusal is about this one.
    bad: bool,
}

type Given = BTreeMap<String, String>;

pub(super) async fn list(State(app): State<App>, _: Office, frame: Frame) -> Result<Html<String>> {
    page(&List::new(&app, frame, &Given::new(), None).await?)
}

pub(super) async fn add(
    State(app): State<App>,
    Office(actor): Office,
    frame: Frame,
    Form(given): Form<Given>,
) -> Result<Response> {
    match weigh(&app, &actor, &given).await {
        Ok(_) => Ok(Redirect::to("/matching/weights").into_response()),
        Err(error) => {
            let fault = Fault::of(&frame, error)?;
            Ok(again(page(&List::new(&app, frame, &given, Some(fault)).await?)?))
        }
    }
}

/// What is not given stays as in the newest version.
async fn weigh(app: &App, actor: &Actor, given: &Given) -> app::Result<matching::Weights> {
    let mut r = app.db().read().await?;
    let newest = store::matching::weight::all(&mut r).await?.into_iter().next();
    drop(r);
    let mut row = newest.ok_or(app::Error::Absent("matching"))?;
    for name in matching::Weights::names() {
        let Some(text) = given.get(name) else { continue };
        let number = model::cell::fold(text).trim().replace([',', ' '], "").parse();
        let malformed = || Refusal::new("matching.weight_malformed").field(name);
        let number = number.map_err(|_| malformed().arg("value", text.as_str()))?;
        if let Some(slot) = row.slot(name) {
            *slot = number;
        }
    }
    let day = given.get("valid_from").map(String::as_str).unwrap_or_default().trim();
    let unclear = |_| Refusal::new("matching.weight_day").field("valid_from").arg("value", day);
    row.valid_from = day.parse::<NaiveDate>().map_err(unclear)?;
    row.basis = given.get("basis").map(|text| text.trim().to_owned()).unwrap_or_default();
    app::matching::weight::weigh(app, actor, &row).await
}

impl List {
    async fn new(app: &App, frame: Frame, given: &Given, fault: Option<Fault>) -> Result<Self> {
        let mut r = app.db().read().await?;
        let all = store::matching::weight::all(&mut r).await?;
        let now = store::matching::weights(&mut r, app.today()).await?.version;
        let label = |name: &str| frame.t(&format!("matching.weight-{name}"));
        let version = |row: &matching::Weights| Version {
            number: row.version,
            from: text::date::full(frame.lang, row.valid_from),
            basis: basis(row, frame.lang),
            values: matching::Weights::names().map(|name| (label(name), row.get(name))).collect(),
        };
        let newest = all.first().cloned().unwrap_or_default();
        let field = |name: &'static str| Field {
            name,
            label: label(name),
            value: given.get(name).cloned().unwrap_or_else(|| newest.get(name).to_string()),
            bad: fault.as_ref().is_some_and(|fault| fault.field == name),
        };
        let text = |name| given.get(name).cloned().unwrap_or_default();
        Ok(Self {
            now,
            versions: all.iter().map(version).collect(),
            fields: matching::Weights::names().map(field).collect(),
            valid_from: text("valid_from"),
            basis: text("basis"),
            fault,
            frame,
        })
    }
}

/// Every version of the weights, newest first.
#[derive(Serialize, ToSchema)]
pub(crate) struct Weights {
    /// The version that holds today.
    now: i64,
    items: Vec<Row>,
}

/// One version: each part's share of a thousand, and the other numbers of the rule.
#[derive(Serialize, ToSchema)]
pub(crate) struct Row {
    version: i64,
    valid_from: NaiveDate,
    values: BTreeMap<&'static str, i64>,
    basis: String,
}

/// What the parts of a score weigh, and weighed before.
#[utoipa::path(get, path = "/api/v1/matching/weights", operation_id = "list_weights",
    tag = "matching", responses((status = 200, body = Weights)))]
pub(crate) async fn read(State(app): State<App>, office: Office) -> Result<Json<Weights>> {
    // whoever is no office was refused before
    drop(office);
    Ok(Json(Weights::of(&app).await?))
}

/// The next version. Numbers that are not given stay as they are.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Next {
    valid_from: NaiveDate,
    #[serde(default)]
    values: BTreeMap<String, i64>,
    basis: String,
}

/// Makes the next version of the weights.
#[utoipa::path(post, path = "/api/v1/matching/weights", operation_id = "add_weights",
    tag = "matching", request_body = Next, responses((status = 200, body = Weights)))]
pub(crate) async fn send(
    State(app): State<App>,
    Office(actor): Office,
    Json(next): Json<Next>,
) -> Result<Json<Weights>> {
    let mut given: Given = next.values.iter().map(|(k, v)| (k.clone(), v.to_string())).collect();
    if let Some(name) = given.keys().find(|name| !matching::Weights::names().any(|n| n == **name)) {
        let refusal = Refusal::new("matching.weight_unknown").arg("value", name.as_str());
        let valid: Vec<_> = matching::Weights::names().collect();
        return Err(app::Error::Refused(refusal.arg("valid", valid.join(", "))).into());
    }
    given.insert("valid_from".into(), next.valid_from.to_string());
    given.insert("basis".into(), next.basis);
    weigh(&app, &actor, &given).await?;
    Ok(Json(Weights::of(&app).await?))
}

impl Weights {
    async fn of(app: &App) -> Result<Self> {
        let mut r = app.db().read().await?;
        let all = store::matching::weight::all(&mut r).await?;
        let now = store::matching::weights(&mut r, app.today()).await?.version;
        let row = |row: matching::Weights| Row {
            version: row.version,
            valid_from: row.valid_from,
            values: matching::Weights::names().map(|name| (name, row.get(name))).collect(),
            basis: row.basis,
        };
        Ok(Self { now, items: all.into_iter().map(row).collect() })
    }
}
