//! Placements on pages: what is due, one to register or to end, and one found without the office.

pub mod api;
mod form;
pub(crate) mod list;
mod show;

use app::App;
use axum::{
    Router,
    middleware::from_fn,
    routing::{get, post},
};

use crate::guard::private;

pub fn routes() -> Router<App> {
    Router::new()
        .route("/placements", get(list::list))
        .route("/placements/{id}", get(show::show).post(show::register))
        .route("/placements/{id}/end", post(show::end))
        .route("/jobseekers/{id}/placements", get(show::fresh).post(show::enter))
        .layer(from_fn(private))
}
