//! The form about a person: one dense page at the counter, in the order of the paper, and the same to
//! change what is registered.

use app::{
    App,
    jobseeker::register::{self, Answer},
    matching::Candidate,
};
use askama::Template;
use axum::{
    Form,
    extract::{Path, State},
    response::{Html, IntoResponse, Redirect, Response},
};
use model::{
    Id,
    access::{Actor, Role},
    intake::typed::Typed,
    jobseeker::Jobseeker,
};

use super::{
    facts,
    field::{Line, Said, lines},
};
use crate::{
    actor::Office,
    error::Result,
    frame::{Frame, again, page, wording::Wording},
    matching::Somebody,
    vacancy::card::Fact,
};

/// What a browser sends: a name may come several times.
pub(super) type Sent = Vec<(String, String)>;

#[derive(Template)]
#[template(path = "jobseeker/form.html")]
struct Page {
    frame: Frame,
    /// Where the form goes, and where it is only looked at.
    action: String,
    check: &'static str,
    /// Who is changed, and the version that is shown; nobody: a new person.
    whom: Option<(Id<Jobseeker>, i64)>,
    /// Is it the person's own record?
    own: bool,
    lines: Vec<Line>,
    faults: Vec<Said>,
    /// Who it may be, registered already.
    known: Vec<Somebody>,
    /// What was understood, and what was not.
    understood: Vec<Fact>,
    remarks: Vec<Said>,
}

/// The form as it was sent, and what became of it.
struct Filled<'a> {
    typed: &'a Typed,
    whom: Option<(Id<Jobseeker>, i64)>,
    faults: Vec<Said>,
    known: Vec<Jobseeker>,
}

impl Page {
    async fn new(app: &App, actor: &Actor, frame: Frame, filled: Filled<'_>) -> Result<Self> {
        let Filled { typed, whom, faults, known } = filled;
        let (reference, own) = (app.reference().await?, actor.role == Role::Jobseeker);
        let wording = Wording { lang: frame.lang, reference: &reference, today: app.today() };
        let read = register::read(app, actor, &typed.clone().and_name("某")).await?;
        let (understood, remarks) = match &read {
            Ok((draft, notes)) => {
                let mut understood = facts(&draft.profile, wording);
                if let Some(day) = draft.profile.born_on {
                    let name = frame.t("jobseeker.born_on");
                    let value = text::date::full(frame.lang, day);
                    understood.insert(0, Fact { name, value, note: String::new() });
                }
                (understood, notes.iter().map(|note| Said::note(&frame, note)).collect())
            }
            Err(_) => (Vec::new(), Vec::new()),
        };
        let action = match whom {
            Some(_) if own => "/me/edit".to_owned(),
            Some((id, _)) => format!("/jobseekers/{id}/edit"),
            None => "/jobseekers".to_owned(),
        };
        let known = known.iter().map(|one| Somebody::new(&Candidate::of(one), wording)).collect();
        let lines = lines(&frame, typed, &faults).into_iter();
        let lines = lines.map(|line| if own { line.fixed(&frame) } else { line }).collect();
        let check = if own { "" } else { "/jobseekers/check" };
        Ok(Self { frame, action, check, whom, own, lines, faults, known, understood, remarks })
    }
}

pub(super) async fn new(
    State(app): State<App>,
    Office(actor): Office,
    frame: Frame,
) -> Result<Html<String>> {
    let typed = Typed::default();
    let filled = Filled { typed: &typed, whom: None, faults: vec![], known: vec![] };
    page(&Page::new(&app, &actor, frame, filled).await?)
}

/// Nothing is kept: who it may be, what was understood, and what is wrong in what is there already.
pub(super) async fn check(
    State(app): State<App>,
    Office(actor): Office,
    frame: Frame,
    Form(sent): Form<Sent>,
) -> Result<Html<String>> {
    let typed = Typed::new(sent);
    let known = register::known(&app, &actor, &typed).await?;
    let faults = match register::read(&app, &actor, &typed).await? {
        Ok(_) => Vec::new(),
        Err(faults) => faults,
    };
    // what has not been reached yet is not wrong
    let filled = faults.iter().filter(|fault| !typed.get(&fault.column).is_empty());
    let faults = filled.map(|fault| Said::fault(&frame, fault)).collect();
    page(
        &Page::new(&app, &actor, frame, Filled { typed: &typed, whom: None, faults, known })
            .await?,
    )
}

pub(super) async fn create(
    State(app): State<App>,
    Office(actor): Office,
    frame: Frame,
    Form(sent): Form<Sent>,
) -> Result<Response> {
    let anyway = said(&sent, "anyway") == "yes";
    let typed = Typed::new(sent);
    let answer = register::register(&app, &actor, &typed, anyway).await?;
    answered(&app, &actor, frame, (answer, &typed, None)).await
}

pub(super) async fn edit(
    State(app): State<App>,
    Office(actor): Office,
    frame: Frame,
    Path(id): Path<Id<Jobseeker>>,
) -> Result<Html<String>> {
    shown(&app, &actor, frame, id).await
}

/// The form of somebody who is registered, with what is.
pub(super) async fn shown(
    app: &App,
    actor: &Actor,
    frame: Frame,
    id: Id<Jobseeker>,
) -> Result<Html<String>> {
    let (typed, person) = register::form(app, actor, id).await?;
    let whom = Some((id, person.version));
    let filled = Filled { typed: &typed, whom, faults: vec![], known: vec![] };
    page(&Page::new(app, actor, frame, filled).await?)
}

pub(super) async fn update(
    State(app): State<App>,
    Office(actor): Office,
    frame: Frame,
    Path(id): Path<Id<Jobseeker>>,
    Form(sent): Form<Sent>,
) -> Result<Response> {
    changed(&app, &actor, frame, (id, sent)).await
}

pub(super) async fn changed(
    app: &App,
    actor: &Actor,
    frame: Frame,
    (id, sent): (Id<Jobseeker>, Sent),
) -> Result<Response> {
    let version = said(&sent, "version").parse().unwrap_or_default();
    let typed = Typed::new(sent);
    let answer = register::edit(app, actor, (id, version), &typed).await?;
    answered(app, actor, frame, (answer, &typed, Some((id, version)))).await
}

/// On to the person, or the form again with what was wrong.
async fn answered(
    app: &App,
    actor: &Actor,
    frame: Frame,
    (answer, typed, whom): (Answer, &Typed, Option<(Id<Jobseeker>, i64)>),
) -> Result<Response> {
    let (faults, known) = match answer {
        Answer::Kept(_) if actor.role == Role::Jobseeker => {
            return Ok(Redirect::to("/me?done=changed").into_response());
        }
        Answer::Kept(id) => {
            let done = if whom.is_some() { "changed" } else { "registered" };
            return Ok(Redirect::to(&format!("/jobseekers/{id}?done={done}")).into_response());
        }
        Answer::Wrong(faults) => {
            (faults.iter().map(|fault| Said::fault(&frame, fault)).collect(), Vec::new())
        }
        Answer::Known(known) => (Vec::new(), known),
    };
    let filled = Filled { typed, whom, faults, known };
    Ok(again(page(&Page::new(app, actor, frame, filled).await?)?))
}

pub(super) fn said<'s>(sent: &'s Sent, name: &str) -> &'s str {
    sent.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value.as_str())
}
