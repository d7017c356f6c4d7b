//! One placement to register, to mend or to end; and the form for work found without the office.

use app::App;
use askama::Template;
use axum::{
    Form,
    extract::{Path, State},
    response::{Html, IntoResponse, Redirect, Response},
};
use model::{
    Id, Refusal,
    access::Actor,
    jobseeker::Jobseeker,
    placement::{Placement, State as Standing},
};
use serde::Deserialize;

use super::{
    form::{Given, Words, day},
    list::Line,
};
use crate::{
    actor::Office,
    error::{Error, Result},
    frame::{Fault, Frame, again, page},
};

#[derive(Template)]
#[template(path = "placement/show.html")]
struct Show {
    frame: Frame,
    /// `None`: not there yet.
    line: Option<Line>,
    /// Where the form goes.
    path: String,
    person: Id<Jobseeker>,
    given: Given,
    words: Words,
    registers: bool,
    ends: bool,
    today: String,
    /// Said where it has ended.
    ended: String,
    late: u64,
    fault: Option<Fault>,
}

impl Show {
    async fn new(app: &App, actor: &Actor, frame: Frame, id: Id<Placement>) -> Result<Self> {
        let mut r = app.db().read().await?;
        let one = store::placement::find(&mut r, &actor.scope(), id).await?;
        drop(r);
        let works = matches!(one.state, Standing::Hired | Standing::Registered);
        let office = frame.may("placement.register");
        let reference = app.reference().await?;
        let clock = model::placement::Clock::new(app.now(), app.today(), &reference.terms);
        let ended = match (one.ended_on, one.end_reason) {
            (Some(last), Some(why)) => {
                let why = frame.t(&format!("placement.end-{}", why.code()));
                format!("{} · {why}", text::date::full(frame.lang, last))
            }
            _ => String::new(),
        };
        Ok(Self {
            line: Some(Line::new(&frame, app, &one)),
            path: format!("/placements/{id}"),
            person: one.jobseeker,
            given: Given::of(&one).named(&reference),
            words: Words::new(&frame),
            registers: office && works,
            ends: frame.may("placement.end")
                && (works || (office && one.state == Standing::Leaving)),
            today: app.today().to_string(),
            ended,
            late: u64::try_from(one.late(clock)).unwrap_or(0),
            fault: None,
            frame,
        })
    }

    /// For whoever may read and not change: what is registered, each with its name.
    fn facts(&self) -> Vec<(String, String)> {
        let (given, words) = (&self.given, &self.words);
        let among = |list: &[(&str, String)], chosen: &str| {
            let word = list.iter().find(|(code, _)| *code == chosen);
            word.map(|(_, word)| word.clone()).unwrap_or_default()
        };
        let date = |typed: &str| {
            let read = day(typed, "").ok().flatten();
            read.map(|day| text::date::full(self.frame.lang, day)).unwrap_or_default()
        };
        let all = [
            ("kind", among(&words.kinds, &given.kind)),
            ("employer", given.employer_name.clone()),
            ("post", given.post.clone()),
            ("started_on", date(&given.started_on)),
            ("wage", given.wage.clone()),
            ("region", given.region.clone()),
            ("contract", among(&words.contracts, &given.contract)),
            ("signed_on", date(&given.signed_on)),
            ("until", date(&given.until)),
            ("insured_on", date(&given.insured_on)),
            ("channel", among(&words.channels, &given.channel)),
        ];
        let told = all.into_iter().filter(|(_, value)| !value.is_empty());
        told.map(|(name, value)| (self.frame.t(&format!("placement.{name}")), value)).collect()
    }

    fn blank(app: &App, frame: Frame, person: Id<Jobseeker>, given: Given) -> Self {
        Self {
            line: None,
            path: format!("/jobseekers/{person}/placements"),
            person,
            given,
            words: Words::new(&frame),
            registers: true,
            ends: false,
            today: app.today().to_string(),
            ended: String::new(),
            late: 0,
            fault: None,
            frame,
        }
    }
}

pub(super) async fn show(
    State(app): State<App>,
    Office(actor): Office,
    frame: Frame,
    Path(id): Path<Id<Placement>>,
) -> Result<Html<String>> {
    page(&Show::new(&app, &actor, frame, id).await?)
}

pub(super) async fn register(
    State(app): State<App>,
    Office(actor): Office,
    frame: Frame,
    Path(id): Path<Id<Placement>>,
    Form(given): Form<Given>,
) -> Result<Response> {
    let done = match given.clone().placed(&*app.reference().await?).read() {
        Ok(work) => {
            let seen = (id, given.seen.parse().ok());
            app::placement::register(&app, &actor, seen, &work).await
        }
        Err(refusal) => Err(refusal.into()),
    };
    match done {
        Ok(_) => Ok(Redirect::to("/placements").into_response()),
        Err(error) => {
            let fault = Some(Fault::of(&frame, error)?);
            let shown = Show::new(&app, &actor, frame, id).await?;
            Ok(again(page(&Show { given, fault, ..shown })?))
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Leaving {
    ended_on: String,
    reason: String,
    #[serde(default)]
    seen: String,
}

pub(super) async fn end(
    State(app): State<App>,
    Office(actor): Office,
    frame: Frame,
    Path(id): Path<Id<Placement>>,
    Form(Leaving { ended_on, reason, seen }): Form<Leaving>,
) -> Result<Response> {
    let read = || -> Result<_, Refusal> {
        let missing = || Refusal::new("placement.day_malformed").field("ended_on");
        Ok((day(&ended_on, "ended_on")?.ok_or_else(missing)?, reason.parse()?))
    };
    let done = match read() {
        Ok(what) => app::placement::end(&app, &actor, (id, seen.parse().ok()), what).await,
        Err(refusal) => Err(refusal.into()),
    };
    match done {
        Ok(_) => Ok(Redirect::to(&format!("/placements/{id}")).into_response()),
        Err(error) => {
            let fault = Some(Fault::of(&frame, error)?);
            let shown = Show::new(&app, &actor, frame, id).await?;
            Ok(again(page(&Show { fault, ..shown })?))
        }
    }
}

/// The blank form for somebody who found work elsewhere.
pub(super) async fn fresh(
    State(app): State<App>,
    Office(actor): Office,
    frame: Frame,
    Path(id): Path<Id<Jobseeker>>,
) -> Result<Html<String>> {
    let mut r = app.db().read().await?;
    store::jobseeker::find(&mut r, &actor.scope(), id).await?;
    drop(r);
    let started_on = app.today().to_string();
    let channel = "elsewhere".to_owned();
    let given = Given { started_on, channel, ..Given::default() };
    page(&Show::blank(&app, frame, id, given))
}

pub(super) async fn enter(
    State(app): State<App>,
    Office(actor): Office,
    frame: Frame,
    Path(id): Path<Id<Jobseeker>>,
    Form(given): Form<Given>,
) -> Result<Response> {
    let read = given.clone().placed(&*app.reference().await?).read();
    let done = match read.and_then(|work| Ok((work, given.way()?))) {
        Ok((work, way)) => app::placement::enter(&app, &actor, id, (&work, way)).await,
        Err(refusal) => Err(refusal.into()),
    };
    match done {
        Ok(one) => Ok(Redirect::to(&format!("/placements/{}", one.id)).into_response()),
        Err(app::Error::Refused(refusal)) => {
            let fault = Some(Fault::new(&frame, &refusal));
            Ok(again(page(&Show { fault, ..Show::blank(&app, frame, id, given) })?))
        }
        Err(other) => Err(Error::from(other)),
    }
}
