//! A day of interviews out of an assignment: made, changed one interview at a time, safe when two
//! clerks do so at once.

use chrono::NaiveDate;
use model::{
    Id, Refusal,
    access::Actor,
    assignment::Assignment,
    timetable::{Grid, Interview, State, Timetable, clock, plan},
};
use store::Note;

use crate::{App, Error, Result, assignment, blocking, deed};

/// A timetable with its interviews by time.
#[derive(Clone, Debug)]
pub struct Day {
    pub timetable: Timetable,
    pub interviews: Vec<Interview>,
}

/// The longest title.
const TITLE: usize = 100;

/// Plans an interview for every place that the assignment gave.
pub async fn make(
    app: &App,
    actor: &Actor,
    from: Id<Assignment>,
    (title, day, grid): (&str, NaiveDate, Grid),
) -> Result<Timetable> {
    actor.may("timetable.make").map_err(Error::Forbidden)?;
    grid.check()?;
    let long = title.trim().chars().count();
    if long == 0 || long > TITLE {
        let refusal = Refusal::new("timetable.title").field("title");
        return Err(refusal.arg("most", TITLE.to_string()).into());
    }
    let shown = assignment::show(app, actor, from).await?;
    let (pairs, times) = (pairs(&shown), grid.times());
    let asked: Vec<_> = pairs.iter().map(|(_, pair)| *pair).collect();
    let minutes = times.clone();
    let planned = blocking(move || plan(&asked, &minutes)).await?;
    let id: Id<Timetable> = app.id();
    let mut interviews = vec![];
    for ((_, (person, post)), time) in pairs.into_iter().zip(planned.times) {
        if let (Some(jobseeker), Some(post)) =
            (shown.input.people.get(person), shown.input.posts.get(post))
        {
            let begins = time.and_then(|time| times.get(time).copied());
            let (jobseeker, vacancy) = (*jobseeker, post.vacancy);
            let (state, version) = (State::Planned, 1);
            let interview = Interview {
                id: app.id(),
                timetable: id,
                vacancy,
                jobseeker,
                begins,
                state,
                version,
            };
            interviews.push(interview);
        }
    }
    deed!(app, actor, "timetable.make", |w| {
        let (title, grid, created_at) = (title.trim().to_owned(), grid.clone(), w.at());
        let timetable = Timetable { id, assignment: from, title, day, grid, created_at };
        store::timetable::add(w, &timetable, &interviews).await?;
        let without = interviews.iter().filter(|one| one.begins.is_none()).count();
        w.note(Note {
            noun: "timetable",
            subject: id.uuid(),
            region: String::new(),
            change: serde_json::json!({
                "assignment": from, "interviews": interviews.len(), "without_time": without,
            }),
        });
        Ok(timetable)
    })
}

/// The places given, by score: where times are short, the best fitting keep theirs. Person and post.
fn pairs(shown: &assignment::Shown) -> Vec<(i64, (usize, usize))> {
    let given = shown.lines().into_iter();
    let pair = |line: assignment::sheet::Line| {
        let (post, _, score) = line.got?;
        Some((-score, (line.person, post)))
    };
    let mut pairs: Vec<_> = given.filter_map(pair).collect();
    pairs.sort_unstable();
    pairs
}

pub async fn show(app: &App, actor: &Actor, id: Id<Timetable>) -> Result<Day> {
    let mut r = app.db().read().await?;
    let timetable = store::timetable::find(&mut r, &actor.scope(), id).await?;
    let interviews = store::timetable::interviews(&mut r, &actor.scope(), id).await?;
    Ok(Day { timetable, interviews })
}

/// Those made out of an assignment, the newest first.
pub async fn of_assignment(
    app: &App,
    actor: &Actor,
    from: Id<Assignment>,
) -> Result<Vec<Timetable>> {
    let mut r = app.db().read().await?;
    Ok(store::timetable::of_assignment(&mut r, &actor.scope(), from).await?)
}

/// Gives an interview another time. `version` is what the clerk saw: if somebody changed it since,
/// nothing happens, and the answer says what it is now.
pub async fn move_to(
    app: &App,
    actor: &Actor,
    id: Id<Timetable>,
    (interview, version): (Id<Interview>, i64),
    begins: i64,
) -> Result<Interview> {
    deed!(app, actor, "timetable.move", |w| {
        let timetable = store::timetable::lock(w, id).await?;
        let all = store::timetable::interviews(w, &actor.scope(), id).await?;
        let seen = seen(&all, interview, version)?;
        let moved = seen.move_to(begins, &timetable.grid, &all)?;
        store::timetable::save(w, &moved).await?;
        w.note(note(&moved));
        Ok(moved)
    })
}

/// An interview that will not be held; its time is free for others.
pub async fn cancel(
    app: &App,
    actor: &Actor,
    id: Id<Timetable>,
    (interview, version): (Id<Interview>, i64),
) -> Result<Interview> {
    deed!(app, actor, "timetable.cancel", |w| {
        store::timetable::lock(w, id).await?;
        let all = store::timetable::interviews(w, &actor.scope(), id).await?;
        let cancelled = seen(&all, interview, version)?.cancel()?;
        store::timetable::save(w, &cancelled).await?;
        w.note(note(&cancelled));
        Ok(cancelled)
    })
}

fn seen(all: &[Interview], id: Id<Interview>, version: i64) -> Result<Interview> {
    let now = all.iter().find(|one| one.id == id).ok_or(Error::Absent("interview"))?;
    if now.version == version {
        return Ok(now.clone());
    }
    let refusal = match (now.state, now.begins) {
        (State::Cancelled, _) => Refusal::new("timetable.changed_cancelled"),
        (State::Planned, Some(begins)) => {
            Refusal::new("timetable.changed_moved").arg("time", clock(begins))
        }
        (State::Planned, None) => Refusal::new("timetable.changed"),
    };
    Err(Error::Changed(refusal.arg("label", now.jobseeker.label())))
}

fn note(interview: &Interview) -> Note {
    let time = interview.begins.map(clock);
    Note {
        noun: "timetable",
        subject: interview.timetable.uuid(),
        region: String::new(),
        change: serde_json::json!({
            "interview": interview.id, "begins": time, "state": interview.state,
        }),
    }
}
