//! What waits for a clerk today: the day's interviews, letters without an answer, registrations that
//! are due, people nobody has spoken with, vacancies that the gate keeps. Several at once, with undo.

use app::App;
use askama::Template;
use axum::{
    extract::{Query, RawForm, State},
    response::{Html, Redirect},
};
use chrono::{Days, NaiveTime};
use model::{
    Id, Refusal,
    access::Actor,
    application::{Act, Application, Reason},
    contact::Way,
    jobseeker::Jobseeker,
    vacancy::{self, Vacancy},
};
use serde::Deserialize;
use store::{application::Which, placement::Which as Due};
use uuid::Uuid;

use crate::{
    actor::Office,
    application::{line, step::chosen},
    error::{Error, Result},
    frame::{Frame, page},
    placement::list::Line as Placed,
};

/// Lines of each list.
const FEW: usize = 10;

#[derive(Default, Deserialize)]
pub(super) struct Done {
    /// What was just done: `contacts`, `lapse`, `reopen`, `undone`.
    #[serde(default, rename = "done")]
    what: String,
    #[serde(default)]
    batch: String,
    #[serde(default)]
    count: u64,
    /// The applications it was done with, dots between.
    #[serde(default)]
    ids: String,
}

#[derive(Template)]
#[template(path = "workbench/desk.html")]
struct Desk {
    frame: Frame,
    meetings: Vec<line::Line>,
    silent: Vec<line::Line>,
    silent_count: u64,
    due: Vec<Placed>,
    due_count: u64,
    overdue_count: u64,
    quiet: Vec<Quiet>,
    quiet_days: u64,
    /// Vacancies that wait for a clerk, the first of them: id, title, whose.
    held: Vec<(String, String, String)>,
    /// Are there more than these?
    held_more: bool,
    /// Records that may be of one person, and vacancies that may say the same, to be decided.
    twins: u64,
    pairs: u64,
    done: Done,
}

/// Somebody nobody has spoken with.
struct Quiet {
    id: String,
    label: String,
    last: String,
}

impl Desk {
    fn undone_ids(&self) -> Vec<&str> {
        self.done.ids.split('.').filter(|id| !id.is_empty()).collect()
    }
}

pub(super) async fn desk(
    State(app): State<App>,
    Office(actor): Office,
    frame: Frame,
    Query(done): Query<Done>,
) -> Result<Html<String>> {
    let (today, scope) = (app.today(), actor.scope());
    let few = i64::try_from(FEW).unwrap_or(10);
    let from = app.moment(today.and_time(NaiveTime::MIN));
    let to = from.checked_add_days(Days::new(1)).unwrap_or(from);
    let mut r = app.db().read().await?;
    let meetings = store::workbench::meetings(&mut r, &scope, (from, to), few * 5).await?;
    let (_, silent_count) = store::application::count(&mut r, &scope, today).await?;
    let silent = Which::Overdue(today);
    let silent = store::application::page(&mut r, &scope, silent, None, FEW).await?.items;
    let (due_count, overdue_count) = store::placement::count(&mut r, &scope, today).await?;
    let due = store::placement::page(&mut r, &scope, Due::Due, None, FEW).await?.items;
    let twins = store::jobseeker::link::open(&mut r, &scope).await?;
    let pairs = store::vacancy::pair::open(&mut r, &scope).await?;
    drop(r);
    let (quiet, quiet_days) = app::contact::quiet(&app, &actor, few * 2).await?;
    let quiet = quiet.into_iter().map(|one| Quiet {
        id: one.id.to_string(),
        label: one.id.label(),
        last: one.last.map(|day| text::date::full(frame.lang, day)).unwrap_or_default(),
    });
    let quiet = quiet.collect();
    let (held, held_more) = held(&app, &actor).await?;
    let count = |n: i64| u64::try_from(n).unwrap_or(0);
    page(&Desk {
        meetings: line::lines(&frame, &app, &meetings).await?,
        silent: line::lines(&frame, &app, &silent).await?,
        silent_count: count(silent_count),
        due: due.iter().map(|one| Placed::new(&frame, &app, one)).collect(),
        due_count: count(due_count),
        overdue_count: count(overdue_count),
        quiet,
        quiet_days,
        held,
        held_more,
        twins: count(twins),
        pairs: count(pairs),
        done,
        frame,
    })
}

/// Vacancies that the gate keeps, for whoever decides about them, and whether there are more.
async fn held(app: &App, actor: &Actor) -> Result<(Vec<(String, String, String)>, bool)> {
    if actor.may("vacancy.held").is_err() {
        return Ok((vec![], false));
    }
    let waiting = vacancy::State::Submitted;
    let found = app::compliance::queue(app, actor, waiting, None, FEW).await?;
    let ids: Vec<_> = found.items.iter().map(|(vacancy, _)| vacancy.employer).collect();
    let mut r = app.db().read().await?;
    let employers = store::employer::of_ids(&mut r, &actor.scope(), &ids).await?;
    let name = |id| {
        let known = employers.iter().find(|one| one.id == id);
        known.map(|one| one.details.name.clone()).unwrap_or_default()
    };
    let line = |v: Vacancy| (v.id.to_string(), v.offer.title, name(v.employer));
    Ok((found.items.into_iter().map(|(v, _)| line(v)).collect(), found.next.is_some()))
}

/// The people that were ticked were spoken with today.
pub(super) async fn contacts(
    State(app): State<App>,
    Office(actor): Office,
    RawForm(body): RawForm,
) -> Result<Redirect> {
    let people = chosen::<Jobseeker>(&body, "person")?;
    let way = field(&body, "way").parse::<Way>().map_err(app::Error::from)?;
    let batch = app::contact::note(&app, &actor, &people, way).await?;
    let count = people.len();
    Ok(Redirect::to(&format!("/workbench?done=contacts&batch={batch}&count={count}")))
}

pub(super) async fn undo_contacts(
    State(app): State<App>,
    Office(actor): Office,
    RawForm(body): RawForm,
) -> Result<Redirect> {
    let malformed = |_| Error::malformed(Refusal::new("id.malformed").field("batch"));
    let batch = field(&body, "batch").parse::<Uuid>().map_err(malformed)?;
    let count = app::contact::undo(&app, &actor, batch).await?;
    Ok(Redirect::to(&format!("/workbench?done=undone&count={count}")))
}

/// The applications that were ticked end without an answer, or wait again.
pub(super) async fn applications(
    State(app): State<App>,
    Office(actor): Office,
    RawForm(body): RawForm,
) -> Result<Redirect> {
    let ids = chosen::<Application>(&body, "application")?;
    if ids.is_empty() {
        return Ok(Redirect::to("/workbench"));
    }
    let reopens = field(&body, "act") == "reopen";
    let (act, word) =
        if reopens { (Act::Reopen, "undone") } else { (Act::Lapse(Reason::NoAnswer), "lapse") };
    app::application::act_on_all(&app, &actor, &ids, &act).await?;
    let listed: Vec<String> = ids.iter().map(Id::to_string).collect();
    let listed = if reopens { String::new() } else { listed.join(".") };
    Ok(Redirect::to(&format!("/workbench?done={word}&count={}&ids={listed}", ids.len())))
}

/// The plain value of a form's field: a word of ours, or an id.
fn field(form: &[u8], name: &str) -> String {
    let text = String::from_utf8_lossy(form).into_owned();
    let value = text.split('&').filter_map(|pair| pair.split_once('='));
    value
        .filter(|(key, _)| *key == name)
        .map(|(_, value)| value.to_owned())
        .next_back()
        .unwrap_or_default()
}
