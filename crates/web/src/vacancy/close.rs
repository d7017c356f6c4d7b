//! Ending a vacancy, by the office.

use app::App;
use axum::{
    Form,
    extract::{Path, State},
    response::Redirect,
};
use model::{Id, vacancy::Vacancy};
use serde::Deserialize;

use crate::{actor::Office, error::Result};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Closing {
    /// The code of the state it ends in.
    state: String,
}

/// Ends it and shows what the public sees from now on.
pub(super) async fn close(
    State(app): State<App>,
    Office(actor): Office,
    Path(id): Path<Id<Vacancy>>,
    Form(closing): Form<Closing>,
) -> Result<Redirect> {
    let said = app::vacancy::life::Said::default();
    app::vacancy::life::close(&app, &actor, id, closing.state.parse()?, &said).await?;
    Ok(Redirect::to(&format!("/vacancies/{id}")))
}
