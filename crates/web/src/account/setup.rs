//! The first administrator: made once, with a code that only who started the program has read.

use app::{App, account::New};
use askama::Template;
use axum::{
    Form,
    extract::State,
    response::{IntoResponse, Response},
};
use model::organisation::{Details, Kind};
use serde::Deserialize;

use super::onward;
use crate::{
    error::{Error, Result},
    frame::{Fault, Frame, again, page},
};

#[derive(Template)]
#[template(path = "account/setup.html")]
struct Setup {
    frame: Frame,
    given: Given,
    fault: Option<Fault>,
}

#[derive(Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Given {
    code: String,
    login: String,
    name: String,
    password: String,
    office: String,
    region: String,
}

pub(super) async fn show(State(app): State<App>, frame: Frame) -> Result<Response> {
    if !app::account::empty(&app).await? {
        return Err(Error::from(app::Error::Absent("page")));
    }
    Ok(page(&Setup { frame, given: Given::default(), fault: None })?.into_response())
}

pub(super) async fn make(
    State(app): State<App>,
    frame: Frame,
    Form(given): Form<Given>,
) -> Result<Response> {
    let Given { code, login, name, password, office, region } = given.clone();
    let new = New { login, name, password, ..New::default() };
    let details = Details { name: office, regions: vec![region.trim().to_owned()] };
    let top = app::organisation::New { kind: Kind::Office, parent: None, details };
    match app::account::first(&app, &code, &new, top).await {
        Ok(()) => Ok(onward("/sign-in", [])),
        Err(error) => {
            let fault = Some(Fault::of(&frame, error)?);
            let given = Given { password: String::new(), ..given };
            Ok(again(page(&Setup { frame, given, fault })?))
        }
    }
}
