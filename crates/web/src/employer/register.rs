//! An employer registers itself: who it is, and who signs in for it.

use app::{App, employer::Registration};
use askama::Template;
use axum::{
    Form,
    extract::State,
    response::{Html, IntoResponse, Redirect, Response},
};
use serde::Deserialize;

use crate::{
    actor::Asker,
    error::Result,
    frame::{Fault, Frame, again, page},
    guard::encoded,
};

#[derive(Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct Given {
    name: String,
    credit_code: String,
    place: String,
    agency: String,
    person: String,
    login: String,
    password: String,
}

#[derive(Template)]
#[template(path = "employer/new.html")]
struct Register {
    frame: Frame,
    given: Given,
    fault: Option<Fault>,
}

pub(super) async fn blank(frame: Frame) -> Result<Html<String>> {
    page(&Register { frame, given: Given::default(), fault: None })
}

pub(super) async fn register(
    State(app): State<App>,
    Asker(actor): Asker,
    frame: Frame,
    Form(given): Form<Given>,
) -> Result<Response> {
    let made = match super::region(&app, &given.place).await {
        Ok(region) => {
            let Given { name, credit_code, agency, person, login, password, .. } = given.clone();
            let agency = agency == "yes";
            let new = Registration { name, credit_code, region, agency, person, login, password };
            app::employer::register(&app, &actor, &new).await
        }
        Err(error) => Err(error),
    };
    match made {
        Ok(login) => {
            let door = format!("/sign-in?login={}", encoded(&login));
            Ok(Redirect::to(&door).into_response())
        }
        Err(error) => {
            let fault = Some(Fault::of(&frame, error)?);
            let given = Given { password: String::new(), ..given };
            Ok(again(page(&Register { frame, given, fault })?))
        }
    }
}
