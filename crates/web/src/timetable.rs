//! A day of interviews: made out of an assignment, read and printed by booth or by person, changed
//! one interview at a time.

pub mod api;

use std::collections::BTreeMap;

use app::{App, timetable::Day};
use askama::Template;
use axum::{
    Form, Router,
    extract::{Path, Query, State},
    middleware::from_fn,
    response::{Html, Redirect},
    routing::{get, post},
};
use chrono::NaiveDate;
use model::{
    Id, Refusal,
    assignment::Assignment,
    jobseeker::Jobseeker,
    timetable::{Grid, Interview, State as Stage, Timetable, clock, minute},
    vacancy::Vacancy,
};
use serde::Deserialize;

use crate::{
    actor::Office,
    error::{Error, Result},
    frame::{Frame, page},
    guard::private,
};

pub fn routes() -> Router<App> {
    Router::new()
        .route("/assignments/{id}/timetable", post(make))
        .route("/timetables/{id}", get(show))
        .route("/timetables/{id}/interviews/{interview}/move", post(shift))
        .route("/timetables/{id}/interviews/{interview}/cancel", post(cancel))
        .layer(from_fn(private))
}

/// The times of the day, as a clerk types them.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Times {
    title: String,
    day: String,
    begins: String,
    ends: String,
    length: String,
    pause: String,
    /// "12:00-13:30", several with commas between.
    breaks: String,
}

impl Times {
    fn read(&self) -> Result<(NaiveDate, Grid), Refusal> {
        let refuse = |field| Refusal::new("timetable.times").field(field);
        let time = |text: &str, field| minute(text).ok_or_else(|| refuse(field));
        let count = |text: &str, field| text.trim().parse::<i64>().map_err(|_| refuse(field));
        let spans = self.breaks.split([',', '，', '、']).filter(|span| !span.trim().is_empty());
        let span = |span: &str| {
            let (from, to) =
                span.split_once(['-', '–', '－', '～']).ok_or_else(|| refuse("breaks"))?;
            Ok::<_, Refusal>((time(from, "breaks")?, time(to, "breaks")?))
        };
        let grid = Grid {
            begins: time(&self.begins, "begins")?,
            ends: time(&self.ends, "ends")?,
            length: count(&self.length, "length")?,
            pause: count(&self.pause, "pause")?,
            breaks: spans.map(span).collect::<Result<_, _>>()?,
        };
        Ok((self.day.trim().parse().map_err(|_| refuse("day"))?, grid))
    }
}

async fn make(
    State(app): State<App>,
    Office(actor): Office,
    Path(id): Path<Id<Assignment>>,
    Form(times): Form<Times>,
) -> Result<Redirect> {
    let (day, grid) = times.read().map_err(app::Error::from)?;
    let made = app::timetable::make(&app, &actor, id, (&times.title, day, grid)).await?;
    Ok(Redirect::to(&format!("/timetables/{}", made.id)))
}

#[derive(Template)]
#[template(path = "timetable/show.html")]
struct Show {
    frame: Frame,
    timetable: Timetable,
    when: String,
    lead: String,
    by_person: bool,
    groups: Vec<Group>,
    times: Vec<(i64, String)>,
    /// How many have no time, and how many are cancelled.
    without: u64,
}

/// The interviews of a booth, or of a person.
struct Group {
    name: String,
    link: String,
    lines: Vec<Line>,
}

struct Line {
    id: Id<Interview>,
    version: i64,
    begins: Option<i64>,
    /// "09:00–09:15", or nothing.
    time: String,
    cancelled: bool,
    who: Id<Jobseeker>,
    label: String,
    post: String,
    vacancy: Id<Vacancy>,
}

#[derive(Deserialize)]
struct Looked {
    by: Option<String>,
}

async fn show(
    State(app): State<App>,
    Office(actor): Office,
    frame: Frame,
    Path(id): Path<Id<Timetable>>,
    Query(Looked { by }): Query<Looked>,
) -> Result<Html<String>> {
    let Day { timetable, interviews } = app::timetable::show(&app, &actor, id).await?;
    let mut ids: Vec<_> = interviews.iter().map(|one| one.vacancy).collect();
    ids.sort_unstable();
    ids.dedup();
    let mut r = app.db().read().await?;
    let vacancies = store::vacancy::of_ids(&mut r, &actor.scope(), &ids).await?;
    let theirs: Vec<_> = vacancies.iter().map(|vacancy| vacancy.employer).collect();
    let employers = store::employer::of_ids(&mut r, &actor.scope(), &theirs).await?;
    let mut names = BTreeMap::new();
    for vacancy in &vacancies {
        let employer = employers.iter().find(|one| one.id == vacancy.employer);
        let employer = employer.map(|one| one.details.name.clone()).unwrap_or_default();
        names.insert(vacancy.id, format!("{} · {employer}", vacancy.offer.title));
    }
    let by_person = by.as_deref() == Some("person");
    let without = interviews.iter().filter(|one| one.begins.is_none()).map(|_| 1).sum();
    let lead = lead(&frame, &timetable.grid);
    page(&Show {
        when: text::date::full(frame.lang, timetable.day),
        lead,
        by_person,
        groups: groups(&timetable.grid, interviews, &names, by_person),
        times: timetable.grid.times().into_iter().map(|time| (time, clock(time))).collect(),
        without,
        timetable,
        frame,
    })
}

fn lead(frame: &Frame, grid: &Grid) -> String {
    let breaks = grid.breaks.iter().map(|(from, to)| format!("{}–{}", clock(*from), clock(*to)));
    let breaks = breaks.collect::<Vec<_>>().join(&frame.t("frame.and"));
    let args = [
        ("begins", clock(grid.begins).into()),
        ("ends", clock(grid.ends).into()),
        ("length", grid.length.into()),
        ("pause", grid.pause.into()),
        ("breaks", breaks.as_str().into()),
    ];
    let key = if breaks.is_empty() { "timetable.lead" } else { "timetable.lead_breaks" };
    text::t(frame.lang, key, &args)
}

fn groups(
    grid: &Grid,
    interviews: Vec<Interview>,
    names: &BTreeMap<Id<Vacancy>, String>,
    by_person: bool,
) -> Vec<Group> {
    let mut groups: BTreeMap<String, Group> = BTreeMap::new();
    for one in interviews {
        let (label, post) =
            (one.jobseeker.label(), names.get(&one.vacancy).cloned().unwrap_or_default());
        let (key, name, address) = if by_person {
            (
                one.jobseeker.to_string(),
                format!("#{label}"),
                format!("/jobseekers/{}", one.jobseeker),
            )
        } else {
            (one.vacancy.to_string(), post.clone(), format!("/vacancies/{}", one.vacancy))
        };
        let span = |begins| format!("{}–{}", clock(begins), clock(begins + grid.length));
        let line = Line {
            id: one.id,
            version: one.version,
            begins: one.begins,
            time: one.begins.map(span).unwrap_or_default(),
            cancelled: one.state == Stage::Cancelled,
            who: one.jobseeker,
            label,
            post,
            vacancy: one.vacancy,
        };
        let group =
            groups.entry(key).or_insert_with(|| Group { name, link: address, lines: vec![] });
        group.lines.push(line);
    }
    groups.into_values().collect()
}

/// What the clerk saw when deciding.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Seen {
    version: i64,
    begins: Option<i64>,
}

async fn shift(
    State(app): State<App>,
    Office(actor): Office,
    Path((id, interview)): Path<(Id<Timetable>, Id<Interview>)>,
    Form(Seen { version, begins }): Form<Seen>,
) -> Result<Redirect> {
    let none = || Error::malformed(Refusal::new("timetable.no_such_time").field("begins"));
    let begins = begins.ok_or_else(none)?;
    app::timetable::move_to(&app, &actor, id, (interview, version), begins).await?;
    Ok(Redirect::to(&format!("/timetables/{id}")))
}

async fn cancel(
    State(app): State<App>,
    Office(actor): Office,
    Path((id, interview)): Path<(Id<Timetable>, Id<Interview>)>,
    Form(Seen { version, .. }): Form<Seen>,
) -> Result<Redirect> {
    app::timetable::cancel(&app, &actor, id, (interview, version)).await?;
    Ok(Redirect::to(&format!("/timetables/{id}")))
}
