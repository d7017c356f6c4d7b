//! Those who applied for a vacancy, in columns by state, the best fitting first, with reasons.

use std::collections::HashMap;

use app::{
    App,
    matching::Candidate,
    sheet::{Cell, Format, sheet},
};
use askama::Template;
use axum::{
    extract::{Path, State},
    http::header,
    response::{Html, IntoResponse, Response},
};
use model::{
    Id,
    access::Actor,
    application::{Act, Application, Side, State as Standing},
    jobseeker::Jobseeker,
    matching::{BEST, Outcome},
    vacancy::Vacancy,
};

use super::line::{Line, Status, lines};
use crate::{
    actor::Office,
    error::Result,
    frame::{Frame, page, wording::Wording},
    matching::{
        Somebody, percent,
        sentence::{Reader, Sentence},
    },
    vacancy::card::Card,
};

/// The most that are shown, and of how many it is said why they fit.
const MOST: i64 = 200;
const REASONED: usize = 60;
/// Sentences below an entry.
const FEW: usize = 3;

/// The columns.
const COLUMNS: [Standing; 5] = [
    Standing::Submitted,
    Standing::Shortlisted,
    Standing::Interview,
    Standing::Offered,
    Standing::Hired,
];

#[derive(Template)]
#[template(path = "application/board.html")]
struct Board {
    frame: Frame,
    card: Card,
    columns: Vec<Column>,
    ended: Vec<Entry>,
    total: u64,
}

struct Column {
    state: Standing,
    name: String,
    entries: Vec<Entry>,
}

struct Entry {
    line: Line,
    facts: Vec<String>,
    score: i64,
    reasons: Vec<Sentence>,
    /// What may be done with it here, as words.
    acts: Vec<&'static str>,
    /// The same with a form of their own on its page.
    ends: bool,
}

pub(super) async fn board(
    State(app): State<App>,
    Office(actor): Office,
    frame: Frame,
    Path(id): Path<Id<Vacancy>>,
) -> Result<Html<String>> {
    let (reference, scope) = (app.reference().await?, actor.scope());
    let mut r = app.db().read().await?;
    let vacancy = store::vacancy::managed_by(&mut r, &scope, id).await?;
    let all = store::application::of_vacancy(&mut r, &scope, id, MOST).await?;
    drop(r);
    let wording = Wording { lang: frame.lang, reference: &reference, today: app.today() };
    let mut entries = entries(&app, &actor, &frame, &all, wording).await?;
    entries.sort_by_key(|entry| std::cmp::Reverse(entry.score));
    let mut columns: Vec<Column> = COLUMNS.iter().map(|state| column(&frame, *state)).collect();
    let mut ended = vec![];
    for entry in entries {
        match columns.iter_mut().find(|column| column.state == entry.line.state) {
            Some(column) => column.entries.push(entry),
            None => ended.push(entry),
        }
    }
    let total = all.len() as u64;
    page(&Board { card: Card::new(&vacancy, "", wording), columns, ended, total, frame })
}

fn column(frame: &Frame, state: Standing) -> Column {
    let name = frame.t(&format!("application.state-{}", state.code()));
    Column { state, name, entries: vec![] }
}

async fn entries(
    app: &App,
    actor: &Actor,
    frame: &Frame,
    all: &[Application],
    wording: Wording<'_>,
) -> Result<Vec<Entry>> {
    let side = Side::of(actor.role);
    let people = people(app, all).await?;
    let mut fits = fits(app, (all, &people), wording).await?;
    let lines = lines(frame, app, all).await?;
    let entry = |(line, one): (Line, &Application)| {
        let (score, reasons) = fits.remove(&one.id).unwrap_or_default();
        let somebody = people.get(&one.jobseeker);
        let who = somebody.map(|person| Somebody::new(&Candidate::of(person), wording));
        Entry {
            line,
            facts: who.map(|who| who.facts).unwrap_or_default(),
            score,
            reasons,
            acts: [Act::Shortlist, Act::Offer, Act::Hire]
                .iter()
                .filter(|act| one.may(side, act))
                .map(Act::code)
                .collect(),
            ends: one.state.is_open(),
        }
    };
    Ok(lines.into_iter().zip(all).map(entry).collect())
}

/// Who applied, without names: an employer reads what the person has shown by applying.
async fn people(app: &App, all: &[Application]) -> Result<HashMap<Id<Jobseeker>, Jobseeker>> {
    let ids: Vec<_> = all.iter().map(|one| one.jobseeker).collect();
    let scope = Actor::program("board").scope();
    let people = store::jobseeker::of_ids(&mut app.db().read().await?, &scope, &ids).await?;
    Ok(people.into_iter().map(|one| (one.id, one)).collect())
}

/// How well each fits, and why; of those who wait still.
async fn fits(
    app: &App,
    (all, people): (&[Application], &HashMap<Id<Jobseeker>, Jobseeker>),
    wording: Wording<'_>,
) -> Result<HashMap<Id<Application>, (i64, Vec<Sentence>)>> {
    let waiting: Vec<_> = all.iter().filter(|one| one.state.is_open()).take(REASONED).collect();
    let Some(vacancy) = waiting.first().map(|one| one.vacancy) else { return Ok(HashMap::new()) };
    let them: Vec<_> = waiting.iter().filter_map(|one| people.get(&one.jobseeker)).collect();
    let program = Actor::program("board");
    let mut outcomes = app::matching::outcomes(app, &program, vacancy, &them).await?;
    let mut fits = HashMap::new();
    for one in waiting {
        // a post that has closed meanwhile is shown without reasons
        let Some(Outcome::Score { total, parts, .. }) = outcomes.remove(&one.jobseeker) else {
            continue;
        };
        let said = parts.iter().flat_map(|part| &part.reasons).take(FEW);
        let said = said.map(|reason| Sentence::new(reason, Reader::Them, wording)).collect();
        fits.insert(one.id, (percent(total, BEST), said));
    }
    Ok(fits)
}

/// Everybody who applied, with name and telephone, as a workbook.
pub(super) async fn file(
    State(app): State<App>,
    Office(actor): Office,
    frame: Frame,
    Path(id): Path<Id<Vacancy>>,
) -> Result<Response> {
    let people = app::application::sheet::people(&app, &actor, id).await?;
    let names = ["label", "name", "phone", "state", "day", "reason", "number", "note"];
    let headings = names.map(|name| frame.t(&format!("application.column-{name}")));
    let row = |(one, who): &(Application, model::jobseeker::Identity)| {
        let status = Status::new(&frame, &app, one);
        vec![
            one.jobseeker.label(),
            who.name.clone(),
            who.phone.clone(),
            status.state,
            app.day_of(one.created_at).to_string(),
            status.reason,
            one.number.clone(),
            one.note.clone(),
        ]
    };
    let rows: Vec<Vec<Cell>> =
        people.iter().map(|one| row(one).into_iter().map(Cell::Words).collect()).collect();
    let bytes = sheet(Format::Workbook, &headings, &rows)?;
    let headers = [
        (header::CONTENT_TYPE, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"applications.xlsx\""),
    ];
    Ok((headers, bytes).into_response())
}
