//! Texts that an employer keeps under a name: kept from the form, removed beside it.

use app::App;
use axum::{
    Form,
    extract::{Path, State},
    response::{IntoResponse, Redirect, Response},
};
use model::{
    Id,
    vacancy::{form::Remark, pattern::Pattern},
};

use super::{Sent, Write};
use crate::{
    actor::Office,
    error::Result,
    frame::{Frame, again, page},
};

pub(in crate::vacancy) async fn keep(
    State(app): State<App>,
    Office(actor): Office,
    frame: Frame,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Result<Response> {
    let sent = Sent::new(pairs);
    match app::vacancy::pattern::keep(&app, &actor, &sent.pattern, &sent.written).await {
        Ok(()) => Ok(Redirect::to("/vacancies/new").into_response()),
        Err(app::Error::Refused(refusal)) => {
            let mut shown = Write::new(frame, &actor, &sent).known(&app, &actor).await?;
            let field = refusal.field.unwrap_or_default();
            shown.blame(&[Remark { field, refusal }]);
            Ok(again(page(&shown)?))
        }
        Err(other) => Err(other.into()),
    }
}

pub(in crate::vacancy) async fn end(
    State(app): State<App>,
    Office(actor): Office,
    Path(id): Path<Id<Pattern>>,
) -> Result<Redirect> {
    app::vacancy::pattern::end(&app, &actor, id).await?;
    Ok(Redirect::to("/vacancies/new"))
}
