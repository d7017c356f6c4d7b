//! To the bureau's own provider of sign-ins, and back from it.

use app::{App, account::provider::Came};
use axum::{
    extract::{Query, State},
    http::HeaderValue,
    response::Response,
};
use serde::Deserialize;

use super::{
    keeping, onward,
    sign_in::{Knock, Next, SignIn},
};
use crate::{
    error::Result,
    frame::{Fault, Frame, again, page},
    guard::encoded,
};

/// Where the provider sends people back to.
const BACK: &str = "/sign-in/provider/back";

/// The cookie of the way there and back: the state, and where somebody wants to go afterwards.
fn kept(knock: &Knock, value: Option<(&str, &str)>) -> Option<HeaderValue> {
    let (name, secure) = knock.named("way");
    let (value, age) = match value {
        Some((state, next)) => (format!("{state}~{}", encoded(next)), 600),
        None => (String::new(), 0),
    };
    // comes along when the provider's page leads here, and with nothing that a page elsewhere sends
    let text = format!("{name}={value}; Path=/; HttpOnly; SameSite=Lax; Max-Age={age}{secure}");
    HeaderValue::from_str(&text).ok()
}

pub(super) async fn begin(
    State(app): State<App>,
    frame: Frame,
    knock: Knock,
    Query(Next { next }): Query<Next>,
) -> Result<Response> {
    match app::account::provider::begin(&app, &frame.full(BACK)).await {
        Ok(begun) => {
            let way = kept(&knock, Some((&begun.state, model::account::next(&next))));
            Ok(onward(&begun.address, way.into_iter().chain(knock.cookie)))
        }
        Err(error) => {
            let fault = Some(Fault::of(&frame, error)?);
            let form = page(&SignIn::new(&app, frame, (String::new(), next), fault).await?)?;
            Ok(keeping(knock.cookie, again(form)))
        }
    }
}

#[derive(Deserialize)]
pub(super) struct Back {
    #[serde(default)]
    state: String,
    #[serde(default)]
    code: String,
}

pub(super) async fn back(
    State(app): State<App>,
    frame: Frame,
    knock: Knock,
    Query(Back { state, code }): Query<Back>,
) -> Result<Response> {
    let way = knock.kept("way").unwrap_or_default();
    let (known, next) = way.split_once('~').unwrap_or_default();
    let next = percent_encoding::percent_decode_str(next).decode_utf8_lossy().into_owned();
    let came = Came { state, code };
    let back = frame.full(BACK);
    let gone = kept(&knock, None);
    match app::account::provider::arrive(&app, &knock.device, (known, &came), &back).await {
        Ok(entry) => {
            knock.left(&app).await;
            Ok(keeping(gone, knock.on(&entry, &next)))
        }
        Err(error) => {
            let fault = Some(Fault::of(&frame, error)?);
            let form = page(&SignIn::new(&app, frame, (String::new(), next), fault).await?)?;
            Ok(keeping(gone.into_iter().chain(knock.cookie), again(form)))
        }
    }
}
