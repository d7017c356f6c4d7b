//! Pages and JSON: HTTP in, HTML out. No SQL, no rules, no writing but through a deed of `app`.

pub mod about;
pub mod account;
pub mod actor;
pub mod api;
pub mod application;
pub mod asset;
pub mod assignment;
pub mod compliance;
pub mod employer;
pub mod error;
pub mod exposure;
pub mod frame;
pub mod guard;
pub mod home;
pub mod inquiry;
pub mod intake;
pub mod interest;
pub mod inventory;
pub mod invitation;
pub mod jobseeker;
pub mod look;
pub mod matching;
pub mod notice;
pub mod occupation;
pub mod organisation;
pub mod pace;
pub mod part;
pub mod placement;
pub mod region;
pub mod relation;
pub mod retention;
pub mod robot;
pub mod subscription;
pub mod term;
pub mod timetable;
pub mod vacancy;
pub mod workbench;

use std::{net::IpAddr, sync::Arc};

use app::App;
use axum::{
    Extension, Router,
    middleware::{from_fn, from_fn_with_state},
};
use tower_http::{
    CompressionLevel, catch_panic::CatchPanicLayer, compression::CompressionLayer, csrf::CsrfLayer,
};
use uuid::Uuid;

/// What the pages must be told about the place they are served from.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// The public address, `https://jobs.example.gov.cn`; empty: addresses stay relative.
    pub site: String,
    /// Made-up people and posts: every page says so, and the gallery of parts is open.
    pub demo: bool,
    /// The addresses of proxies elsewhere that are believed for whom they ask; this machine always is.
    pub proxies: Vec<IpAddr>,
    /// The number of a record that no person is shown: see [`app::alarm::trap`].
    pub trap: Uuid,
}

/// Everything that is served. The layers lie around it from the innermost out.
pub fn router(app: App, settings: Settings) -> Router {
    let settings = Settings { trap: app::alarm::trap(&app), ..settings };
    Router::new()
        .merge(home::routes())
        .merge(vacancy::routes())
        .merge(compliance::routes())
        .merge(term::routes())
        .merge(employer::routes())
        .merge(jobseeker::routes())
        .merge(look::routes())
        .merge(inventory::routes())
        .merge(retention::routes())
        .merge(matching::routes())
        .merge(relation::routes())
        .merge(application::routes())
        .merge(invitation::routes())
        .merge(placement::routes())
        .merge(interest::routes())
        .merge(workbench::routes())
        .merge(notice::routes())
        .merge(subscription::routes())
        .merge(assignment::routes())
        .merge(timetable::routes())
        .merge(account::routes())
        .merge(organisation::routes())
        .merge(about::routes())
        .merge(pace::routes())
        .merge(part::routes())
        .merge(robot::routes())
        .merge(asset::routes())
        .merge(intake::routes())
        .merge(inquiry::routes())
        .merge(api::routes())
        .fallback(async || error::Error::from(app::Error::Absent("page")))
        .with_state(app.clone())
        .layer(from_fn_with_state(app.clone(), look::layer))
        .layer(from_fn_with_state(app.clone(), pace::layer))
        .layer(from_fn(guard::door))
        .layer(CsrfLayer::new())
        .layer(CatchPanicLayer::custom(error::panicked))
        .layer(from_fn_with_state(app.clone(), error::layer))
        .layer(from_fn_with_state(app, actor::layer))
        .layer(from_fn(frame::preference::layer))
        .layer(from_fn(guard::layer))
        .layer(Extension(Arc::new(settings)))
        // a page costs more to press hard than it saves on the way
        .layer(CompressionLayer::new().quality(CompressionLevel::Fastest))
}
