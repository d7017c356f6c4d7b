//! What people looked for and did not find: a report for the office, with its table as a file.

pub mod api;

use app::{
    App,
    sheet::{Cell, Format, sheet},
};
use askama::Template;
use axum::{
    Router,
    extract::{Path, Query, State},
    http::header,
    middleware::from_fn,
    response::{IntoResponse, Response},
    routing::get,
};
use chrono::{Days, NaiveDate};
use model::{
    Refusal,
    access::Actor,
    inquiry::{Inquiry, Report, Span, Sum},
};

use crate::{
    actor::Office,
    error::Result,
    frame::{Fault, Frame, again, page, wording::Wording},
    guard::private,
    vacancy::params::Pairs,
};

pub fn routes() -> Router<App> {
    Router::new()
        .route("/inquiries", get(list))
        .route("/inquiries/{file}", get(file))
        .layer(from_fn(private))
}

/// Days that are shown where none are asked for.
const USUAL: u64 = 29;
/// The most lines of one table on the page; the file has them all.
const LINES: usize = 100;

const NAMES: [&str; 4] = ["from", "to", "region", "occupation"];

/// Reads what is asked for. An empty value says nothing.
fn read(pairs: &[(String, String)], today: NaiveDate) -> Result<Span, Refusal> {
    let from = today.checked_sub_days(Days::new(USUAL)).unwrap_or(today);
    let mut span = Span { from, to: today, region: None, occupation: None };
    for (name, value) in pairs {
        let value = value.trim();
        let day = |field| {
            let malformed = || Refusal::new("inquiry.day_malformed").field(field);
            value.parse().map_err(|_| malformed().arg("value", value))
        };
        match name.as_str() {
            name if !NAMES.contains(&name) => {
                let refusal = Refusal::new("search.parameter_unknown").arg("value", name);
                return Err(refusal.arg("valid", NAMES.join(", ")));
            }
            _ if value.is_empty() => {}
            "from" => span.from = day("from")?,
            "to" => span.to = day("to")?,
            "region" => span.region = Some(value.parse()?),
            _ => span.occupation = Some(value.to_owned()),
        }
    }
    Ok(span)
}

#[derive(Template)]
#[template(path = "inquiry/list.html")]
struct List {
    frame: Frame,
    span: Span,
    fault: Option<Fault>,
    least: u64,
    asked: String,
    missed: String,
    words: Vec<Line>,
    places: Vec<Line>,
    days: Vec<Line>,
    regions: Vec<Choice>,
    occupations: Vec<Choice>,
    /// The question as it stands in the address.
    query: String,
}

/// A line of a table: what it is about, and the counts.
struct Line {
    name: String,
    work: String,
    asked: String,
    missed: String,
    /// Hundredths of the longest.
    share: i64,
}

struct Choice {
    code: String,
    name: String,
    chosen: bool,
}

async fn list(
    State(app): State<App>,
    Office(actor): Office,
    frame: Frame,
    Query(pairs): Query<Pairs>,
) -> Result<Response> {
    let reference = app.reference().await?;
    let wording = Wording { lang: frame.lang, reference: &reference, today: app.today() };
    let least = app::inquiry::terms(&app).await?.0.unsigned_abs();
    let usual = read(&[], app.today())?;
    let (span, rows) = match answered(&app, &actor, &pairs).await {
        Ok((span, rows)) => (span, rows),
        Err(error) => {
            let fault = Some(Fault::of(&frame, error)?);
            let list = List { fault, ..List::new(frame, usual, least, &[], wording) };
            return Ok(again(page(&list)?));
        }
    };
    let all = Span { region: None, occupation: None, ..span.clone() };
    let every = app::inquiry::of_span(&app, &actor, &all).await?;
    let mut list = List::new(frame, span, least, &rows, wording);
    list.offer(&every, wording);
    Ok(page(&list)?.into_response())
}

async fn answered(
    app: &App,
    actor: &Actor,
    pairs: &[(String, String)],
) -> app::Result<(Span, Vec<Inquiry>)> {
    let span = read(pairs, app.today())?;
    let rows = app::inquiry::of_span(app, actor, &span).await?;
    Ok((span, rows))
}

impl List {
    fn new(frame: Frame, span: Span, least: u64, rows: &[Inquiry], wording: Wording<'_>) -> Self {
        let report = Report::new(rows);
        let words = lines(&report.words, |words| (words.clone(), String::new()));
        let places = lines(&report.places, |(region, occupation)| {
            (place(&frame, wording, region), wording.occupation(occupation))
        });
        let days = lines(&report.days, |day| (text::date::full(frame.lang, *day), String::new()));
        let whole = text::number::whole;
        let (asked, missed) = (whole(report.asked), whole(report.missed));
        let query = query(&span);
        let (regions, occupations, fault) = (Vec::new(), Vec::new(), None);
        Self {
            frame,
            span,
            fault,
            least,
            asked,
            missed,
            words,
            places,
            days,
            regions,
            occupations,
            query,
        }
    }

    /// The places and kinds of work that occur, to choose from.
    fn offer(&mut self, rows: &[Inquiry], wording: Wording<'_>) {
        let mut regions: Vec<&str> = rows.iter().map(|row| row.region.as_str()).collect();
        let mut works: Vec<&str> = rows.iter().map(|row| row.occupation.as_str()).collect();
        let chosen = self.span.region.as_ref().map(model::region::Code::as_str);
        regions.extend(chosen);
        works.extend(self.span.occupation.as_deref());
        self.regions = choices(regions, chosen, |code| wording.region(code));
        let chosen = self.span.occupation.as_deref();
        self.occupations = choices(works, chosen, |code| wording.occupation(code));
    }
}

fn choices(
    mut codes: Vec<&str>,
    chosen: Option<&str>,
    name: impl Fn(&str) -> String,
) -> Vec<Choice> {
    codes.sort_unstable();
    codes.dedup();
    codes.retain(|code| !code.is_empty());
    let choice = |code: &str| Choice {
        name: name(code),
        chosen: chosen == Some(code),
        code: code.to_owned(),
    };
    codes.into_iter().map(choice).collect()
}

fn lines<T>(sums: &[Sum<T>], name: impl Fn(&T) -> (String, String)) -> Vec<Line> {
    let most = sums.iter().map(|sum| sum.missed).max().unwrap_or_default().max(1);
    let line = |sum: &Sum<T>| {
        let (name, work) = name(&sum.of);
        let whole = text::number::whole;
        let share = sum.missed * 100 / most;
        Line { name, work, asked: whole(sum.asked), missed: whole(sum.missed), share }
    };
    sums.iter().take(LINES).map(line).collect()
}

fn place(frame: &Frame, wording: Wording<'_>, code: &str) -> String {
    if code.is_empty() { frame.t("inquiry.anywhere") } else { wording.region(code) }
}

/// The question as it stands in the address.
fn query(span: &Span) -> String {
    let region = span.region.as_ref().map(|code| format!("&region={code}"));
    let occupation = span.occupation.as_ref().map(|code| format!("&occupation={code}"));
    let more = [region, occupation].into_iter().flatten().collect::<String>();
    format!("from={}&to={}{more}", span.from, span.to)
}

/// The whole table as a file for spreadsheets.
async fn file(
    State(app): State<App>,
    Office(actor): Office,
    frame: Frame,
    Path(name): Path<String>,
    Query(pairs): Query<Pairs>,
) -> Result<Response> {
    let (format, kind) = match name.as_str() {
        "table.csv" => (Format::Csv, "text/csv; charset=utf-8"),
        "table.xlsx" => {
            let kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
            (Format::Workbook, kind)
        }
        _ => return Err(app::Error::Absent("page").into()),
    };
    let (span, rows) = answered(&app, &actor, &pairs).await?;
    let reference = app.reference().await?;
    let wording = Wording { lang: frame.lang, reference: &reference, today: app.today() };
    let names = ["day", "region", "place", "occupation", "work", "words", "asked", "missed"];
    let headings = names.map(|name| frame.t(&format!("inquiry.column-{name}")));
    let cells = |row: &Inquiry| {
        let words = Cell::Words;
        vec![
            words(row.day.to_string()),
            words(row.region.clone()),
            words(wording.region(&row.region)),
            words(row.occupation.clone()),
            words(wording.occupation(&row.occupation)),
            words(row.words.clone()),
            Cell::Number(row.asked),
            Cell::Number(row.missed),
        ]
    };
    let table: Vec<Vec<Cell>> = rows.iter().map(cells).collect();
    let bytes = sheet(format, &headings, &table)?;
    let saved = format!("attachment; filename=\"inquiries-{}-{}-{name}\"", span.from, span.to);
    let headers = [(header::CONTENT_TYPE, kind.to_owned()), (header::CONTENT_DISPOSITION, saved)];
    Ok((headers, bytes).into_response())
}
