//! Nobody's list: people whom no open post fits, by place and work together, what stands in the way, and
//! what would free them. For the office; nobody is named.

pub(crate) mod api;

use app::{
    App,
    sheet::{Cell as Field, Format, sheet},
};
use askama::Template;
use axum::{
    extract::{Query, State},
    http::header,
    response::{Html, IntoResponse, Redirect},
};
use futures_util::TryStreamExt;
use model::{Id, access::Actor, jobseeker::Jobseeker};
use serde::{Deserialize, Serialize};
use store::matching::unmatched::{self as rows, Cell, Column, Group, Part, Sum, Survey, Unmatched};
use utoipa::ToSchema;

use super::sentence::{Reader, Sentence};
use crate::{
    actor::Office,
    error::Result,
    frame::{Frame, page, wording::Wording},
    guard::encoded,
};

/// People and cells on a page, and lines of a sum; the file has all people.
const PEOPLE: i64 = 30;
const CELLS: i64 = 15;
const SUMS: i64 = 12;
/// What would free the people of a cell, so many ways.
const FEW: usize = 4;

#[derive(Clone, Debug, Default, Deserialize)]
pub(crate) struct Asked {
    #[serde(default)]
    region: String,
    #[serde(default)]
    occupation: String,
    #[serde(default)]
    binding: String,
    /// The last person of the page before.
    after: Option<Id<Jobseeker>>,
    /// How many cells stand on the pages before.
    #[serde(default)]
    from: u32,
}

impl Asked {
    fn part(&self) -> Part {
        let Self { region, occupation, binding, .. } = self.clone();
        Part { region, occupation, binding }
    }

    /// An address that shows this part.
    fn link(path: &str, part: &Part) -> String {
        let Part { region, occupation, binding } = part;
        let named = [("region", region), ("occupation", occupation), ("binding", binding)];
        let told = named.iter().filter(|(_, value)| !value.is_empty());
        let pairs: Vec<_> =
            told.map(|(name, value)| format!("{name}={}", encoded(value))).collect();
        if pairs.is_empty() { path.to_owned() } else { format!("{path}?{}", pairs.join("&")) }
    }
}

/// The same address with one more pair.
fn more(link: &str, name: &str, value: &str) -> String {
    let with = if link.contains('?') { '&' } else { '?' };
    format!("{link}{with}{name}={value}")
}

#[derive(Template)]
#[template(path = "matching/unmatched.html")]
struct List {
    frame: Frame,
    about: String,
    counted: bool,
    /// Of the one that goes on: looked at, and to look at, and both in words.
    running: Option<(i64, i64, String)>,
    limits: Vec<Count>,
    places: Vec<Count>,
    trades: Vec<Count>,
    cells: Vec<Block>,
    more_cells: Option<String>,
    people: Vec<Line>,
    more_people: Option<String>,
    /// What the list is narrowed to, in words.
    narrowed: Vec<String>,
    file: String,
}

/// Name, how many, and the address that shows them.
struct Count {
    name: String,
    people: i64,
    link: String,
}

/// People of one place and occupation.
#[derive(Serialize, ToSchema)]
#[schema(as = UnmatchedCell)]
pub(crate) struct Block {
    /// Code of the county, or empty.
    region: String,
    place: String,
    /// Code of the occupation wished for most, or empty.
    occupation: String,
    trade: String,
    people: i64,
    /// What stands in the way, of most first.
    bindings: Vec<Share>,
    /// What would free most posts to them, for most first.
    ways: Vec<Share>,
    #[serde(skip)]
    count: u64,
    #[serde(skip)]
    link: String,
}

/// For how many of a cell.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = UnmatchedShare)]
pub(crate) struct Share {
    /// `no_post` or a limit; `licence`, `skill`, `reach`, `floor` or `form`.
    code: String,
    /// Code of the skill or paper that it takes, or empty.
    skill: String,
    text: String,
    people: i64,
}

impl Block {
    fn new(cell: Cell, groups: &[Group], frame: &Frame, wording: Wording<'_>) -> Self {
        let of =
            |group: &&Group| (&group.region, &group.occupation) == (&cell.region, &cell.occupation);
        let (mut bindings, mut ways): (Vec<Share>, Vec<Share>) = (vec![], vec![]);
        for group in groups.iter().filter(of) {
            let text = frame.t(&format!("matching.limit-{}", group.binding));
            add(&mut bindings, (&group.binding, ""), text, group.people);
            if !group.change.is_empty() {
                let skill = wording.skill(&group.skill);
                let text = frame.s(&format!("matching.free-{}", group.change), "skill", &skill);
                add(&mut ways, (&group.change, &group.skill), text, group.people);
            }
        }
        for shares in [&mut bindings, &mut ways] {
            shares.sort_by(|a, b| {
                (-a.people, &a.code, &a.skill).cmp(&(-b.people, &b.code, &b.skill))
            });
        }
        ways.truncate(FEW);
        let Cell { region, occupation, people } = cell;
        let (binding, place) = (String::new(), named(wording.region(&region), frame));
        let part = Part { region, occupation, binding };
        let link = format!("{}#people", Asked::link("/matching/unmatched", &part));
        let trade = worded(wording.occupation(&part.occupation), frame);
        let Part { region, occupation, .. } = part;
        let count = people.unsigned_abs();
        Self { region, place, occupation, trade, people, bindings, ways, count, link }
    }
}

fn add(shares: &mut Vec<Share>, (code, skill): (&str, &str), text: String, people: i64) {
    match shares.iter_mut().find(|share| share.code == code && share.skill == skill) {
        Some(share) => share.people += people,
        None => shares.push(Share { code: code.to_owned(), skill: skill.to_owned(), text, people }),
    }
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
        Self {
            id: one.jobseeker,
            label: frame.s("matching.candidate", "label", &one.jobseeker.label()),
            place: named(wording.region(&one.region), frame),
            region: one.region,
            trade: worded(wording.occupation(&one.occupation), frame),
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

fn worded(name: String, frame: &Frame) -> String {
    if name.is_empty() { frame.t("matching.trade_not_told") } else { name }
}

pub(super) async fn list(
    State(app): State<App>,
    Office(actor): Office,
    frame: Frame,
    Query(asked): Query<Asked>,
) -> Result<Html<String>> {
    let (reference, part) = (app.reference().await?, asked.part());
    let wording = Wording { lang: frame.lang, reference: &reference, today: app.today() };
    let here = Asked::link("/matching/unmatched", &part);
    let mut r = app.db().read().await?;
    let (last, running) = (rows::last(&mut r).await?, rows::running(&mut r).await?);
    let mut sums = vec![];
    for column in [Column::Binding, Column::Region, Column::Occupation] {
        let found = rows::sums(&mut r, &actor.scope(), &part, (column, SUMS)).await?;
        sums.push(counted(found, column, &part, &frame, wording));
    }
    drop(r);
    let [limits, places, trades] = <[_; 3]>::try_from(sums).unwrap_or_default();
    let (cells, next) = blocks(&app, &actor, &frame, (&asked, CELLS)).await?;
    let more_cells = next.map(|from| format!("{}#cells", more(&here, "from", &from.to_string())));
    let people = people(&app, &actor, &frame, (&asked, PEOPLE)).await?;
    let full = i64::try_from(people.len()).unwrap_or(0) == PEOPLE;
    let after = people.last().filter(|_| full).map(|one| one.id.to_string());
    let more_people = after.map(|id| format!("{}#people", more(&here, "after", &id)));
    page(&List {
        about: about(&app, last.as_ref(), &frame),
        counted: last.is_some(),
        running: running.as_ref().map(|one| progress(one, &frame)),
        limits,
        places,
        trades,
        cells,
        more_cells,
        people,
        more_people,
        narrowed: narrowed(&part, &frame, wording),
        file: Asked::link("/matching/unmatched.csv", &part),
        frame,
    })
}

fn progress(survey: &Survey, frame: &Frame) -> (i64, i64, String) {
    let Survey { people, whole, .. } = survey;
    let args = [
        ("people", text::number::whole(*people).into()),
        ("whole", text::number::whole(*whole).into()),
    ];
    (*people, (*whole).max(*people), text::t(frame.lang, "matching.surveying", &args))
}

/// The part in words.
fn narrowed(part: &Part, frame: &Frame, wording: Wording<'_>) -> Vec<String> {
    let Part { region, occupation, binding } = part;
    let limit = |code: &String| frame.t(&format!("matching.limit-{code}"));
    let all = [
        Some(region).filter(|code| !code.is_empty()).map(|code| wording.region(code)),
        Some(occupation).filter(|code| !code.is_empty()).map(|code| wording.occupation(code)),
        Some(binding).filter(|code| !code.is_empty()).map(limit),
    ];
    all.into_iter().flatten().collect()
}

/// The sums of one column in words, each with the way to its people.
fn counted(
    sums: Vec<Sum>,
    column: Column,
    part: &Part,
    frame: &Frame,
    wording: Wording<'_>,
) -> Vec<Count> {
    let count = |Sum { code, people }: Sum| {
        let mut part = part.clone();
        let (slot, name) = match column {
            Column::Region => (&mut part.region, named(wording.region(&code), frame)),
            Column::Occupation => (&mut part.occupation, worded(wording.occupation(&code), frame)),
            Column::Binding => (&mut part.binding, frame.t(&format!("matching.limit-{code}"))),
        };
        slot.clone_from(&code);
        Count { name, people, link: Asked::link("/matching/unmatched", &part) }
    };
    sums.into_iter().map(count).collect()
}

fn about(app: &App, survey: Option<&Survey>, frame: &Frame) -> String {
    let Some((survey, at)) = survey.and_then(|one| Some((one, one.ended_at?))) else {
        return frame.t("matching.unmatched_never");
    };
    let args = [
        ("day", text::date::full(frame.lang, app.day_of(at)).into()),
        ("people", text::number::whole(survey.people).into()),
        ("posts", text::number::whole(survey.posts).into()),
        ("unmatched", text::number::whole(survey.unmatched).into()),
        ("version", survey.version.into()),
    ];
    text::t(frame.lang, "matching.unmatched_about", &args)
}

/// The cells of a page, and how many stand before the next.
async fn blocks(
    app: &App,
    actor: &Actor,
    frame: &Frame,
    (asked, limit): (&Asked, i64),
) -> Result<(Vec<Block>, Option<i64>)> {
    let reference = app.reference().await?;
    let wording = Wording { lang: frame.lang, reference: &reference, today: app.today() };
    let (mut r, scope, part) = (app.db().read().await?, actor.scope(), asked.part());
    let from = i64::from(asked.from);
    let cells = rows::cells(&mut r, &scope, &part, (from, limit)).await?;
    let groups = rows::groups(&mut r, &scope, &part, &cells).await?;
    let full = i64::try_from(cells.len()).unwrap_or(0) == limit;
    let block = |cell| Block::new(cell, &groups, frame, wording);
    Ok((cells.into_iter().map(block).collect(), full.then_some(from + limit)))
}

async fn people(
    app: &App,
    actor: &Actor,
    frame: &Frame,
    (asked, limit): (&Asked, i64),
) -> Result<Vec<Line>> {
    let reference = app.reference().await?;
    let wording = Wording { lang: frame.lang, reference: &reference, today: app.today() };
    let mut r = app.db().read().await?;
    let found = rows::rows(&mut r, &actor.scope(), &asked.part(), (asked.after, limit))?;
    let found: Vec<Unmatched> = found.try_collect().await?;
    Ok(found.into_iter().map(|one| Line::new(one, frame, wording)).collect())
}

/// Asks that everybody be looked at again.
pub(super) async fn survey(State(app): State<App>, Office(actor): Office) -> Result<Redirect> {
    app::matching::unmatched::survey::ask(&app, &actor).await?;
    Ok(Redirect::to("/matching/unmatched"))
}

/// The whole list as a file for a spreadsheet.
pub(super) async fn file(
    State(app): State<App>,
    Office(actor): Office,
    frame: Frame,
    Query(asked): Query<Asked>,
) -> Result<impl IntoResponse> {
    let people = people(&app, &actor, &frame, (&asked, i64::MAX)).await?;
    let heads = ["person", "region", "occupation", "binding", "posts", "way", "freed"];
    let heads = heads.map(|head| frame.t(&format!("matching.column-{head}")));
    let row = |one: Line| -> Vec<Field> {
        let Line { label, place, trade, why, posts, way, freed, .. } = one;
        let (posts, freed) = (Field::Number(posts), Field::Number(freed));
        vec![label.into(), place.into(), trade.into(), why.into(), posts, way.into(), freed]
    };
    let rows: Vec<_> = people.into_iter().map(row).collect();
    let text = sheet(Format::Csv, &heads, &rows)?;
    let kind = (header::CONTENT_TYPE, "text/csv; charset=utf-8");
    let name = (header::CONTENT_DISPOSITION, "attachment; filename=\"unmatched.csv\"");
    Ok(([kind, name], text))
}
