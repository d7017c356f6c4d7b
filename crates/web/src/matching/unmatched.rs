//! Nobody's list: people whom no open post fits, why, and what would free most posts. For the
//! office; nobody is named.

use app::{
    App,
    sheet::{Cell, Format, sheet},
};
use askama::Template;
use axum::{
    Json,
    extract::{Query, State},
    http::header,
    response::{Html, IntoResponse, Redirect},
};
use futures_util::TryStreamExt;
use model::{Id, access::Actor, jobseeker::Jobseeker};
use serde::{Deserialize, Serialize};
use store::matching::unmatched::{Part, Sum, Survey, Unmatched};
use utoipa::ToSchema;

use super::sentence::{Reader, Sentence};
use crate::{
    actor::Office,
    error::Result,
    frame::{Frame, page, wording::Wording},
};

/// People on the page; the file has all.
const LIMIT: i64 = 50;

#[derive(Clone, Debug, Default, Deserialize)]
pub(crate) struct Asked {
    #[serde(default)]
    region: String,
    #[serde(default)]
    occupation: String,
    #[serde(default)]
    binding: String,
}

impl Asked {
    fn part(&self) -> Part {
        let Self { region, occupation, binding } = self.clone();
        Part { region, occupation, binding }
    }
}

#[derive(Template)]
#[template(path = "matching/unmatched.html")]
struct List {
    frame: Frame,
    about: String,
    counted: bool,
    /// Name, how many, and the query that shows them.
    limits: Vec<Count>,
    places: Vec<Count>,
    trades: Vec<Count>,
    people: Vec<Line>,
    narrowed: bool,
    query: String,
}

struct Count {
    name: String,
    people: i64,
    query: String,
}

/// Somebody without a name, in words.
#[derive(Serialize, ToSchema)]
#[schema(as = UnmatchedLine)]
pub(crate) struct Line {
    #[schema(value_type = uuid::Uuid)]
    id: Id<Jobseeker>,
    label: String,
    /// Code of the county, or empty.
    region: String,
    place: String,
    /// Code of the occupation wished for most, or empty.
    occupation: String,
    trade: String,
    /// `no_post`, or the limit that stands in the way.
    binding: String,
    why: String,
    /// Open posts of the trade.
    posts: i64,
    /// What would free most posts, or empty.
    way: String,
    /// How many that would free.
    freed: i64,
}

impl Line {
    fn new(one: Unmatched, frame: &Frame, wording: Wording<'_>) -> Self {
        let way = one.way.map(|way| Sentence::new(&way.reason(), Reader::Them, wording).text);
        let label = format!("{:05X}", one.jobseeker.uuid().as_u128() & 0xF_FFFF);
        Self {
            id: one.jobseeker,
            label: frame.s("matching.candidate", "label", &label),
            place: named(wording.region(&one.region), frame),
            region: one.region,
            trade: named(wording.occupation(&one.occupation), frame),
            occupation: one.occupation,
            why: frame.t(&format!("matching.limit-{}", one.binding)),
            binding: one.binding,
            posts: one.posts,
            way: way.unwrap_or_default(),
            freed: one.freed,
        }
    }
}

fn named(name: String, frame: &Frame) -> String {
    if name.is_empty() { frame.t("matching.not_told") } else { name }
}

pub(super) async fn list(
    State(app): State<App>,
    Office(actor): Office,
    frame: Frame,
    Query(asked): Query<Asked>,
) -> Result<Html<String>> {
    let reference = app.reference().await?;
    let wording = Wording { lang: frame.lang, reference: &reference, today: app.today() };
    let mut r = app.db().read().await?;
    let last = store::matching::unmatched::last(&mut r).await?;
    let sums = store::matching::unmatched::sums(&mut r, &actor.scope()).await?;
    drop(r);
    let people = people(&app, &actor, &frame, &asked, LIMIT).await?;
    let narrowed = [&asked.region, &asked.occupation, &asked.binding].iter().any(|p| !p.is_empty());
    let counts = |key: fn(&Sum) -> &String, field: &str, name: &dyn Fn(&str) -> String| {
        counted(&sums, key, field, name)
    };
    page(&List {
        about: about(&app, last.as_ref(), &frame),
        counted: last.is_some(),
        limits: counts(|s| &s.binding, "binding", &|c| frame.t(&format!("matching.limit-{c}"))),
        places: counts(|s| &s.region, "region", &|c| named(wording.region(c), &frame)),
        trades: counts(|s| &s.occupation, "occupation", &|c| named(wording.occupation(c), &frame)),
        people,
        narrowed,
        query: frame.here.split_once('?').map(|(_, q)| format!("?{q}")).unwrap_or_default(),
        frame,
    })
}

/// The sums of one column, most first.
fn counted(
    sums: &[Sum],
    key: fn(&Sum) -> &String,
    field: &str,
    name: &dyn Fn(&str) -> String,
) -> Vec<Count> {
    let mut counts: Vec<Count> = Vec::new();
    for sum in sums {
        let query = format!("?{field}={}", key(sum));
        match counts.iter_mut().find(|count| count.query == query) {
            Some(count) => count.people += sum.people,
            None => counts.push(Count { name: name(key(sum)), people: sum.people, query }),
        }
    }
    counts.sort_by(|a, b| (-a.people, &a.query).cmp(&(-b.people, &b.query)));
    counts
}

fn about(app: &App, survey: Option<&Survey>, frame: &Frame) -> String {
    let Some(survey) = survey else { return frame.t("matching.unmatched_never") };
    let args = [
        ("day", text::date::full(frame.lang, app.day_of(survey.at)).into()),
        ("people", text::number::whole(survey.people).into()),
        ("posts", text::number::whole(survey.posts).into()),
        ("unmatched", text::number::whole(survey.unmatched).into()),
        ("version", survey.version.into()),
    ];
    text::t(frame.lang, "matching.unmatched_about", &args)
}

async fn people(
    app: &App,
    actor: &Actor,
    frame: &Frame,
    asked: &Asked,
    limit: i64,
) -> Result<Vec<Line>> {
    let reference = app.reference().await?;
    let wording = Wording { lang: frame.lang, reference: &reference, today: app.today() };
    let mut r = app.db().read().await?;
    let scope = actor.scope();
    let rows = store::matching::unmatched::rows(&mut r, &scope, &asked.part(), limit)?;
    let rows: Vec<Unmatched> = rows.try_collect().await?;
    Ok(rows.into_iter().map(|one| Line::new(one, frame, wording)).collect())
}

/// Looks at everybody again.
pub(super) async fn survey(State(app): State<App>, Office(actor): Office) -> Result<Redirect> {
    app::matching::unmatched::survey(&app, &actor).await?;
    Ok(Redirect::to("/matching/unmatched"))
}

/// The whole list as a file for a spreadsheet.
pub(super) async fn file(
    State(app): State<App>,
    Office(actor): Office,
    frame: Frame,
    Query(asked): Query<Asked>,
) -> Result<impl IntoResponse> {
    let people = people(&app, &actor, &frame, &asked, i64::MAX).await?;
    let heads = ["person", "region", "occupation", "binding", "posts", "way", "freed"];
    let heads = heads.map(|head| frame.t(&format!("matching.column-{head}")));
    let row = |one: Line| -> Vec<Cell> {
        let Line { label, place, trade, why, posts, way, freed, .. } = one;
        let (posts, freed) = (Cell::Number(posts), Cell::Number(freed));
        vec![label.into(), place.into(), trade.into(), why.into(), posts, way.into(), freed]
    };
    let rows: Vec<_> = people.into_iter().map(row).collect();
    let text = sheet(Format::Csv, &heads, &rows)?;
    let kind = (header::CONTENT_TYPE, "text/csv; charset=utf-8");
    let name = (header::CONTENT_DISPOSITION, "attachment; filename=\"unmatched.csv\"");
    Ok(([kind, name], text))
}

/// Nobody's list.
#[derive(Serialize, ToSchema)]
#[schema(as = UnmatchedAnswer)]
pub(crate) struct Answer {
    /// The last survey; nothing before the first.
    survey: Option<Counted>,
    sums: Vec<Summed>,
    items: Vec<Line>,
}

#[derive(Serialize, ToSchema)]
pub(crate) struct Counted {
    at: chrono::DateTime<chrono::Utc>,
    /// Of the weights.
    version: i64,
    people: i64,
    posts: i64,
    unmatched: i64,
}

/// People by county, occupation and what binds them.
#[derive(Serialize, ToSchema)]
pub(crate) struct Summed {
    region: String,
    occupation: String,
    binding: String,
    people: i64,
}

/// People whom no open post fits, without names, and what would free most posts.
#[utoipa::path(get, path = "/api/v1/matching/unmatched", operation_id = "list_unmatched",
    tag = "matching", params(("region" = Option<String>, Query, example = "620523"),
        ("occupation" = Option<String>, Query, example = "6-18-02-04"),
        ("binding" = Option<String>, Query, example = "too_far")),
    responses((status = 200, body = Answer)))]
pub(crate) async fn read(
    State(app): State<App>,
    Office(actor): Office,
    frame: Frame,
    Query(asked): Query<Asked>,
) -> Result<Json<Answer>> {
    Ok(Json(Answer::of(&app, &actor, &frame, &asked).await?))
}

/// Looks at everybody again.
#[utoipa::path(post, path = "/api/v1/matching/unmatched", operation_id = "survey_unmatched",
    tag = "matching", responses((status = 200, body = Answer)))]
pub(crate) async fn count_anew(
    State(app): State<App>,
    Office(actor): Office,
    frame: Frame,
) -> Result<Json<Answer>> {
    app::matching::unmatched::survey(&app, &actor).await?;
    Ok(Json(Answer::of(&app, &actor, &frame, &Asked::default()).await?))
}

impl Answer {
    async fn of(app: &App, actor: &Actor, frame: &Frame, asked: &Asked) -> Result<Self> {
        let mut r = app.db().read().await?;
        let survey = store::matching::unmatched::last(&mut r).await?;
        let sums = store::matching::unmatched::sums(&mut r, &actor.scope()).await?;
        drop(r);
        let counted = |Survey { at, version, people, posts, unmatched, .. }| Counted {
            at,
            version,
            people,
            posts,
            unmatched,
        };
        let summed = |Sum { region, occupation, binding, people }| Summed {
            region,
            occupation,
            binding,
            people,
        };
        let items = people(app, actor, frame, asked, i64::MAX).await?;
        let sums = sums.into_iter().map(summed).collect();
        Ok(Self { survey: survey.map(counted), sums, items })
    }
}
