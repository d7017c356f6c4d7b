//! Where the employer at the door answers a letter with the code that is on it. Nothing of the person
//! stands here but the letter's number.

use app::{App, application::letter};
use askama::Template;
use axum::{
    Form,
    extract::{Path, State},
    response::{Html, IntoResponse, Redirect, Response},
};
use model::application::State as Standing;

use super::{line::Status, mine::reasons, step::Given};
use crate::{
    error::Result,
    frame::{Fault, Frame, again, page},
};

#[derive(Template)]
#[template(path = "application/door.html")]
struct Door {
    frame: Frame,
    path: String,
    number: String,
    title: String,
    employer: String,
    open: bool,
    arrived: bool,
    state: Standing,
    status: Status,
    reasons: Vec<(&'static str, String)>,
    fault: Option<Fault>,
}

impl Door {
    async fn new(app: &App, frame: Frame, code: &str) -> Result<Self> {
        let (one, vacancy, employer) = letter::of_code(app, code).await?;
        Ok(Self {
            path: format!("/letters/{code}"),
            title: vacancy.offer.title,
            employer: employer.details.name,
            open: one.state.is_open(),
            arrived: one.arrived_on.is_some(),
            state: one.state,
            status: Status::new(&frame, app, &one),
            reasons: reasons(&frame, Standing::Rejected),
            number: one.number,
            fault: None,
            frame,
        })
    }
}

pub(super) async fn show(
    State(app): State<App>,
    frame: Frame,
    Path(code): Path<String>,
) -> Result<Html<String>> {
    page(&Door::new(&app, frame, &code).await?)
}

pub(super) async fn answer(
    State(app): State<App>,
    frame: Frame,
    Path(code): Path<String>,
    Form(given): Form<Given>,
) -> Result<Response> {
    let done = match given.step(&app) {
        Ok(step) => letter::confirm(&app, &code, &step).await.map(drop),
        Err(refusal) => Err(refusal.into()),
    };
    match done {
        Ok(()) => Ok(Redirect::to(&format!("/letters/{code}")).into_response()),
        Err(error) => {
            let fault = Some(Fault::of(&frame, error)?);
            Ok(again(page(&Door { fault, ..Door::new(&app, frame, &code).await? })?))
        }
    }
}
