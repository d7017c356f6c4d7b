//! Shortlists of an employer's vacancy without names, and what the people on them say.

pub mod api;

use app::{App, invitation};
use askama::Template;
use axum::{
    Form, Router,
    extract::{Path, State},
    middleware::from_fn,
    response::{Html, IntoResponse, Redirect, Response},
    routing::{get, post},
};
use model::{
    Id,
    access::Actor,
    invitation::{Answer, Invitation},
    jobseeker::Jobseeker,
    vacancy::{Vacancy, life::Act},
};
use serde::Deserialize;

use crate::{
    actor::Office,
    application::line::{Line as Applied, lines},
    error::Result,
    frame::{Fault, Frame, again, page, wording::Wording},
    guard::private,
    matching::{Somebody, Verdict, sentence::Reader},
    vacancy::{
        card::Card,
        manage::{Stand, may},
    },
};

pub fn routes() -> Router<App> {
    Router::new()
        .route("/vacancies/{id}/shortlist", get(list).post(make))
        .route("/me/invitations/{id}", post(answer))
        .layer(from_fn(private))
}

/// The most people that a shortlist shows.
const LIMIT: usize = 20;

struct Line {
    who: Somebody,
    verdict: Verdict,
    /// When they were asked, or empty.
    asked: String,
    /// `declined`, or empty.
    answer: &'static str,
}

#[derive(Template)]
#[template(path = "invitation/list.html")]
struct List {
    frame: Frame,
    card: Card,
    lines: Vec<Line>,
    /// How it stands, where it is not open.
    closed: Option<Stand>,
    /// Can it be offered again?
    returns: bool,
    applied: Vec<Applied>,
    /// How many were asked, and how many of them have applied.
    asked: u64,
    agreed: u64,
    fault: Option<Fault>,
}

impl List {
    async fn new(
        app: &App,
        actor: &Actor,
        frame: Frame,
        (id, fault): (Id<Vacancy>, Option<Fault>),
    ) -> Result<Self> {
        let reference = app.reference().await?;
        let found = invitation::shortlist(app, actor, id, LIMIT).await?;
        let wording = Wording { lang: frame.lang, reference: &reference, today: app.today() };
        let line = |one: &_| line(app, &found, one, wording);
        let since = app.day_of(found.standing.since);
        let stand = || Stand::new(&frame, (&found.vacancy, &found.standing), wording, since);
        let agreed = found.asked.values().filter(|one| one.answer == Some(Answer::Agreed));
        Ok(Self {
            card: Card::new(&found.vacancy, "", wording),
            lines: found.people.iter().map(line).collect(),
            asked: found.asked.len() as u64,
            agreed: agreed.count() as u64,
            closed: (!found.open).then(stand),
            returns: may(actor, &found.vacancy, Act::Reopen),
            applied: lines(&frame, app, &found.applied).await?,
            fault,
            frame,
        })
    }
}

fn line(
    app: &App,
    found: &invitation::Shortlist,
    one: &app::matching::Ranked<app::matching::Candidate>,
    wording: Wording<'_>,
) -> Line {
    let known = found.asked.get(&one.what.id);
    let day =
        |one: &Invitation| text::date::ago(wording.lang, app.day_of(one.made_at), wording.today);
    let declined = known.is_some_and(|one| one.answer == Some(Answer::Declined));
    Line {
        who: Somebody::new(&one.what, wording),
        verdict: Verdict::new(one, Reader::Them, wording),
        asked: known.map(day).unwrap_or_default(),
        answer: if declined { "declined" } else { "" },
    }
}

async fn list(
    State(app): State<App>,
    Office(actor): Office,
    frame: Frame,
    Path(id): Path<Id<Vacancy>>,
) -> Result<Html<String>> {
    page(&List::new(&app, &actor, frame, (id, None)).await?)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Whom {
    jobseeker: Id<Jobseeker>,
}

async fn make(
    State(app): State<App>,
    Office(actor): Office,
    frame: Frame,
    Path(id): Path<Id<Vacancy>>,
    Form(Whom { jobseeker }): Form<Whom>,
) -> Result<Response> {
    match invitation::make(&app, &actor, (id, jobseeker)).await {
        Ok(()) => Ok(Redirect::to(&format!("/vacancies/{id}/shortlist")).into_response()),
        Err(error) => {
            let fault = Some(Fault::of(&frame, error)?);
            Ok(again(page(&List::new(&app, &actor, frame, (id, fault)).await?)?))
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Said {
    answer: Answer,
}

/// The person's answer: yes leads to the application, no back to the list.
async fn answer(
    State(app): State<App>,
    Office(actor): Office,
    Path(id): Path<Id<Invitation>>,
    Form(Said { answer }): Form<Said>,
) -> Result<Redirect> {
    match answer {
        Answer::Agreed => {
            let one = invitation::agree(&app, &actor, id).await?;
            Ok(Redirect::to(&format!("/applications/{}", one.id)))
        }
        Answer::Declined => {
            invitation::decline(&app, &actor, id).await?;
            Ok(Redirect::to("/me/applications"))
        }
    }
}

/// What waits for the person's answer, as an entry of their list.
pub(crate) struct Asked {
    pub(crate) id: Id<Invitation>,
    pub(crate) card: Card,
    pub(crate) when: String,
}

/// Everything that waits for the answer of whoever looks.
pub(crate) async fn waiting(app: &App, actor: &Actor, frame: &Frame) -> Result<Vec<Asked>> {
    let all = invitation::waiting(app, actor).await?;
    if all.is_empty() {
        return Ok(vec![]);
    }
    let reference = app.reference().await?;
    let wording = Wording { lang: frame.lang, reference: &reference, today: app.today() };
    let theirs: Vec<_> = all.iter().map(|(one, _)| one.employer).collect();
    let scope = Actor::public().scope();
    let firms = store::employer::of_ids(&mut app.db().read().await?, &scope, &theirs).await?;
    let name = |id| {
        let firm = firms.iter().find(|firm| firm.id == id);
        firm.map_or("", |firm| firm.details.name.as_str())
    };
    let entry = |(one, post): &(Invitation, Vacancy)| Asked {
        id: one.id,
        card: Card::new(post, name(one.employer), wording),
        when: text::date::ago(frame.lang, app.day_of(one.made_at), wording.today),
    };
    Ok(all.iter().map(entry).collect())
}
