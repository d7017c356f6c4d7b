//! An application in words: what it is, since when, for whom it waits and until when.

use std::collections::HashMap;

use app::App;
use model::{
    access::Actor,
    application::{Application, Side, State},
    employer::Employer,
    vacancy::Vacancy,
};
use store::Reader;

use crate::{
    error::Result,
    frame::{Frame, wording::Wording},
};

/// Where it stands.
#[derive(Clone, Debug)]
pub struct Status {
    pub state: String,
    /// The style of the word.
    pub class: &'static str,
    pub since: String,
    /// "等单位答复，11月27日前", or nothing.
    pub waits: String,
    pub overdue: bool,
    /// Why it ended, or nothing.
    pub reason: String,
}

impl Status {
    pub fn new(frame: &Frame, app: &App, one: &Application) -> Self {
        let today = app.today();
        let reader = Side::of(frame.actor.role);
        let class = match one.state {
            State::Hired => "tag good",
            State::Interview | State::Offered => "tag wait",
            State::Rejected => "tag bad",
            State::Submitted | State::Shortlisted | State::Declined | State::Lapsed => "tag",
        };
        let since = text::date::ago(frame.lang, app.day_of(one.since), today);
        let reason = one.reason.map(|why| frame.t(&format!("application.reason-{}", why.code())));
        Self {
            state: frame.t(&format!("application.state-{}", one.state.code())),
            class,
            since: frame.s("application.since", "day", &since),
            waits: waits(frame, one, reader),
            overdue: one.due_on.is_some_and(|due| due < today),
            reason: reason.unwrap_or_default(),
        }
    }
}

fn waits(frame: &Frame, one: &Application, reader: Side) -> String {
    let Some(side) = one.waits_for() else { return String::new() };
    let word = match side {
        Side::Person => "person",
        Side::Employer | Side::Office | Side::Program => "employer",
    };
    let whose = if side == reader { "you" } else { "them" };
    let state = one.state.code();
    let waits = frame.t(&format!("application.waits-{word}-{state}-{whose}"));
    let Some(due) = one.due_on else { return waits };
    let day = text::date::full(frame.lang, due);
    let args = [("what", waits.into()), ("day", day.into())];
    text::t(frame.lang, "application.waits_until", &args)
}

/// One of a list.
pub struct Line {
    pub id: String,
    pub status: Status,
    pub title: String,
    pub vacancy: String,
    pub employer: String,
    pub label: String,
    pub person: String,
    pub number: String,
    /// "11月28日 09:30，二楼人事部", or nothing.
    pub meets: String,
    /// May the one who looks say yes or no to it now?
    pub asks: bool,
    pub state: State,
}

impl Line {
    pub fn new(
        frame: &Frame,
        app: &App,
        one: &Application,
        posts: &HashMap<model::Id<Vacancy>, (Vacancy, Option<Employer>)>,
    ) -> Self {
        let post = posts.get(&one.vacancy);
        let employer = post.and_then(|(_, employer)| employer.as_ref());
        Self {
            id: one.id.to_string(),
            status: Status::new(frame, app, one),
            title: post.map(|(post, _)| post.offer.title.clone()).unwrap_or_default(),
            vacancy: one.vacancy.to_string(),
            employer: employer.map(|one| one.details.name.clone()).unwrap_or_default(),
            label: one.jobseeker.label(),
            person: one.jobseeker.to_string(),
            number: one.number.clone(),
            meets: meets(frame, app, one),
            asks: one.waits_for() == Some(Side::Person),
            state: one.state,
        }
    }
}

/// When and where the two meet.
pub fn meets(frame: &Frame, app: &App, one: &Application) -> String {
    let Some(at) = one.meets_at else { return String::new() };
    let local = app.local(at);
    let day = text::date::full(frame.lang, local.date());
    format!("{day} {} · {}", local.format("%H:%M"), one.meets_where)
}

/// The vacancies of these applications, each with its employer. Whoever may see an application may see
/// for what it is.
pub async fn posts(
    r: &mut Reader,
    all: &[Application],
) -> Result<HashMap<model::Id<Vacancy>, (Vacancy, Option<Employer>)>> {
    let scope = Actor::program("application").scope();
    let ids: Vec<_> = all.iter().map(|one| one.vacancy).collect();
    let posts = store::vacancy::of_ids(r, &scope, &ids).await?;
    let theirs: Vec<_> = posts.iter().map(|post| post.employer).collect();
    let employers = store::employer::of_ids(r, &scope, &theirs).await?;
    let with = |post: Vacancy| {
        let employer = employers.iter().find(|one| one.id == post.employer).cloned();
        (post.id, (post, employer))
    };
    Ok(posts.into_iter().map(with).collect())
}

/// The lines of these applications.
pub async fn lines(frame: &Frame, app: &App, all: &[Application]) -> Result<Vec<Line>> {
    let posts = posts(&mut app.db().read().await?, all).await?;
    Ok(all.iter().map(|one| Line::new(frame, app, one, &posts)).collect())
}

/// Language, tables and day for a page.
pub async fn with_wording<T>(
    app: &App,
    frame: &Frame,
    make: impl FnOnce(Wording<'_>) -> T,
) -> Result<T> {
    let reference = app.reference().await?;
    Ok(make(Wording { lang: frame.lang, reference: &reference, today: app.today() }))
}
