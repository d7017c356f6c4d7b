//! A person's own place: what comes next, posts that fit, what is registered; and registering on a
//! telephone, one question a page.

pub(crate) mod api;

use app::{
    App,
    jobseeker::{mine, register},
};
use askama::Template;
use axum::{
    Form,
    extract::{Path, Query, State},
    response::{Html, IntoResponse, Redirect, Response},
};
use model::{
    Id,
    access::{Actor, Reach},
    intake::typed::{Typed, VISIBLE},
    jobseeker::Jobseeker,
    vacancy::Vacancy,
};
use serde::Deserialize;

use super::{
    Done, facts,
    field::{LIVING, Line, Said, asked},
    form::{self, Sent},
    opened,
};
use crate::{
    actor::Signed,
    error::Result,
    exposure::{Asked, Ordered},
    frame::{Frame, again, page, wording::Wording},
    guard::ROUTES,
    matching::{Verdict, sentence::Reader, way, why},
    vacancy::card::{Card, Fact},
};

/// Posts on the page.
const LIMIT: usize = 10;

/// The record that somebody signed in is; `None`: not registered yet.
pub(super) fn person(actor: &Actor) -> Option<Id<Jobseeker>> {
    match actor.scope().reach() {
        Reach::Person(id) => Some(*id),
        Reach::Public | Reach::All | Reach::Office(_) | Reach::Employer(_) => None,
    }
}

/// The record, or on to registering.
pub(super) fn registered(actor: &Actor) -> Result<Id<Jobseeker>> {
    Ok(person(actor).ok_or(app::Error::Absent("jobseeker"))?)
}

#[derive(Template)]
#[template(path = "jobseeker/mine.html")]
struct Mine {
    frame: Frame,
    done: Option<&'static str>,
    /// What would help most now: its sentence, and where it is done.
    next: (&'static str, &'static str),
    matches: Vec<(Card, Verdict)>,
    /// Why they stand in this order, and the way to the other.
    order: Ordered,
    /// What would open more posts.
    ways: way::Said,
    who: Vec<Fact>,
    sheet: Vec<Fact>,
    visible: bool,
    /// Other pages of one's own: address, name.
    places: Vec<(&'static str, String)>,
}

pub(super) async fn show(
    State(app): State<App>,
    Signed { actor, .. }: Signed,
    frame: Frame,
    Query(Done { done }): Query<Done>,
    Query(asked): Query<Asked>,
) -> Result<Response> {
    let Some(id) = person(&actor) else {
        return Ok(Redirect::to("/me/new").into_response());
    };
    let done = ["registered", "changed", "joined"].into_iter().find(|one| *one == done);
    let (reference, scope) = (app.reference().await?, actor.scope());
    let kept = store::jobseeker::find(&mut app.db().read().await?, &scope, id).await?;
    let identity = mine::identity(&app, &actor, id).await?;
    let asked = (LIMIT, asked.order());
    let (ranking, changed) = app::exposure::matches(&app, &actor, id, asked).await?;
    let ways = app::matching::unmatched::ways(&app, &actor, id).await?;
    let wording = Wording { lang: frame.lang, reference: &reference, today: app.today() };
    let matches = ranking.items.iter().map(|one| {
        let card = Card::new(&one.what.vacancy, &one.what.employer.details.name, wording);
        (card, Verdict::new(one, Reader::You, wording))
    });
    let matches: Vec<_> = matches.collect();
    Ok(page(&Mine {
        done,
        next: next(&kept, &identity.dossier.said, matches.is_empty()),
        matches,
        order: Ordered::new(&frame, "posts", asked.1, changed),
        ways: way::Said::new(&ways, Reader::You, wording),
        who: opened(&identity, &frame),
        sheet: super::told(facts(&kept.profile, wording), &identity.dossier.said, &frame),
        visible: kept.visible,
        places: places(&frame),
        frame,
    })?
    .into_response())
}

/// The one thing that helps most now.
fn next(kept: &Jobseeker, skills: &str, nothing_fits: bool) -> (&'static str, &'static str) {
    let profile = &kept.profile;
    match () {
        () if profile.wish.occupations.is_empty() => ("next_wish", "/me/edit#wish"),
        () if profile.place.region.is_empty() => ("next_place", "/me/edit#place"),
        () if profile.skills.is_empty() && skills.is_empty() => ("next_skills", "/me/edit#skills"),
        () if nothing_fits => ("next_wider", "/me/edit#wish_places"),
        () => ("next_look", "#matches"),
    }
}

/// Pages of one's own that there are.
fn places(frame: &Frame) -> Vec<(&'static str, String)> {
    const MINE: [&str; 6] =
        ["/me/applications", "/me/subscriptions", "/me/profile", "/me/cv", "/me/looks", "/me/data"];
    let there = |path: &&'static str| ROUTES.iter().any(|(_, known, _)| known == path);
    let name = |path: &'static str| {
        (path, frame.t(&format!("jobseeker.my_{}", path.trim_start_matches("/me/"))))
    };
    MINE.into_iter().filter(there).map(name).collect()
}

pub(super) async fn pair(
    State(app): State<App>,
    Signed { actor, .. }: Signed,
    frame: Frame,
    Path(vacancy): Path<Id<Vacancy>>,
) -> Result<Html<String>> {
    why(&app, &actor, frame, (registered(&actor)?, vacancy)).await
}

pub(super) async fn edit(
    State(app): State<App>,
    Signed { actor, .. }: Signed,
    frame: Frame,
) -> Result<Html<String>> {
    form::shown(&app, &actor, frame, registered(&actor)?).await
}

pub(super) async fn update(
    State(app): State<App>,
    Signed { actor, .. }: Signed,
    frame: Frame,
    Form(sent): Form<Sent>,
) -> Result<Response> {
    form::changed(&app, &actor, frame, (registered(&actor)?, sent)).await
}

/// The questions, a page each; the last one shows all answers.
const STEPS: [(&str, &[&str]); 12] = [
    ("name", &["name"]),
    ("number", &["number", "born_on"]),
    ("place", &["place"]),
    ("education", &["education"]),
    ("experience", &["experience", "history"]),
    ("skills", &["skills"]),
    ("wish", &["wish"]),
    ("places", &["wish_places", "maybe_places", "reach_km"]),
    ("wage", &["wage"]),
    ("contract", &["contract", LIVING]),
    ("visible", &[VISIBLE]),
    ("check", &[]),
];

/// One question.
#[derive(Clone, Copy)]
struct Step {
    at: usize,
    name: &'static str,
    fields: &'static [&'static str],
}

impl Step {
    fn all() -> impl Iterator<Item = Self> {
        STEPS.iter().enumerate().map(|(at, (name, fields))| Self { at, name, fields })
    }

    fn find(name: &str) -> Result<Self> {
        Ok(Self::all().find(|step| step.name == name).ok_or(app::Error::Absent("page"))?)
    }

    /// The names under which a browser sends the fields.
    fn codes(self) -> Vec<&'static str> {
        let codes = self.fields.iter().flat_map(|code| match *code {
            LIVING => vec!["needs_board", "needs_lodging"],
            code => vec![code],
        });
        codes.collect()
    }

    fn answered(self, typed: &Typed) -> bool {
        self.codes().iter().any(|code| !typed.get(code).is_empty())
    }
}

#[derive(Template)]
#[template(path = "jobseeker/ask.html")]
struct Ask {
    frame: Frame,
    step: &'static str,
    /// "3 of 12".
    at: u64,
    of: u64,
    back: Option<&'static str>,
    lines: Vec<Line>,
    faults: Vec<Said>,
    /// On the last page: each question, its answer, and where it is changed.
    answers: Vec<(String, String, &'static str)>,
}

impl Ask {
    fn new(frame: Frame, step: Step, typed: &Typed, faults: Vec<Said>) -> Self {
        let lines = asked(&frame, typed, (step.fields, &faults));
        let before = step.at.checked_sub(1);
        let count = |n: usize| u64::try_from(n).unwrap_or_default();
        let answers = if step.fields.is_empty() { answers(&frame, typed) } else { Vec::new() };
        Self {
            step: step.name,
            at: count(step.at + 1),
            of: count(STEPS.len()),
            back: before.and_then(|at| STEPS.get(at)).map(|(name, _)| *name),
            lines,
            faults,
            answers,
            frame,
        }
    }
}

fn answers(frame: &Frame, typed: &Typed) -> Vec<(String, String, &'static str)> {
    let of_step = |step: Step| {
        let lines = asked(frame, typed, (step.fields, &[]));
        let answer = |line: Line| {
            let chosen = line.choices.iter().filter(|one| one.chosen).map(|one| one.label.clone());
            let chosen: Vec<_> = chosen.collect();
            let said = match line.code {
                "number" => model::jobseeker::citizen_number::masked(&line.value),
                _ if !line.choices.is_empty() => chosen.join(frame.lang.comma()),
                _ => line.value,
            };
            (line.label, said, step.name)
        };
        lines.into_iter().map(answer).collect::<Vec<_>>()
    };
    Step::all().flat_map(of_step).collect()
}

#[derive(Deserialize)]
pub(super) struct At {
    #[serde(default)]
    step: String,
}

pub(super) async fn new(
    State(app): State<App>,
    Signed { actor, here }: Signed,
    frame: Frame,
    Query(At { step }): Query<At>,
) -> Result<Response> {
    if person(&actor).is_some() {
        return Ok(Redirect::to("/me").into_response());
    }
    let typed = mine::draft(&app, here.login.account_id).await?;
    let step = match step.as_str() {
        "" => {
            // on from where they stopped
            let open = Step::all().find(|one| !one.answered(&typed));
            open.map_or_else(|| Step::find("check"), Ok)?
        }
        name => Step::find(name)?,
    };
    Ok(page(&Ask::new(frame, step, &typed, vec![]))?.into_response())
}

pub(super) async fn answer(
    State(app): State<App>,
    Signed { actor, here }: Signed,
    frame: Frame,
    Path(step): Path<String>,
    Form(sent): Form<Sent>,
) -> Result<Response> {
    let step = Step::find(&step)?;
    let membership = here.login.membership_id.ok_or(app::Error::Absent("account"))?;
    let whose = (here.login.account_id, membership);
    if step.fields.is_empty() {
        return join(&app, &actor, whose).await;
    }
    let codes = step.codes();
    let typed = mine::keep(&app, &actor, whose.0, (&codes, Typed::new(sent))).await?;
    let faults = match register::read(&app, &actor, &typed).await? {
        Ok(_) => Vec::new(),
        Err(faults) => faults,
    };
    // what belongs to another question is asked about there
    let here = faults.iter().filter(|fault| codes.contains(&fault.column.as_str()));
    let faults: Vec<_> = here.map(|fault| Said::fault(&frame, fault)).collect();
    if !faults.is_empty() {
        return Ok(again(page(&Ask::new(frame, step, &typed, faults))?));
    }
    if step.name == "number" && mine::find(&app, &actor, whose, &typed).await? {
        return Ok(Redirect::to("/me?done=joined").into_response());
    }
    let next = STEPS.get(step.at + 1).map_or("check", |(name, _)| *name);
    Ok(Redirect::to(&format!("/me/new?step={next}")).into_response())
}

async fn join(app: &App, actor: &Actor, whose: mine::Whose) -> Result<Response> {
    let to = match mine::join(app, actor, whose).await? {
        register::Answer::Wrong(faults) => {
            let column = faults.first().map_or("name", |fault| fault.column.as_str());
            let step = Step::all().find(|step| step.codes().contains(&column));
            format!("/me/new?step={}", step.map_or("name", |step| step.name))
        }
        register::Answer::Kept(_) | register::Answer::Known(_) => "/me?done=registered".to_owned(),
    };
    Ok(Redirect::to(&to).into_response())
}
