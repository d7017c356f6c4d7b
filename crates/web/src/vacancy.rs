//! Pages of vacancies: the list with its filters, and the vacancy itself.

pub mod api;
pub mod card;
mod close;
pub mod filter;
mod form;
mod heard;
mod list;
pub(crate) mod manage;
mod pair;
pub mod params;
mod posting;
mod relax;
mod sheet;
mod show;
pub mod standing;
pub mod suggest;
mod understood;
pub mod write;

use app::App;
use axum::{
    Router,
    routing::{get, post},
};

pub fn routes() -> Router<App> {
    Router::new()
        .route("/vacancies", get(list::list).post(form::create))
        .route("/vacancies/new", get(form::blank).post(form::look))
        .route("/vacancies/patterns", post(form::pattern::keep))
        .route("/vacancies/patterns/{id}/end", post(form::pattern::end))
        .route("/vacancies/pairs", get(pair::list).post(pair::decide))
        .route("/vacancies/{id}/edit", get(form::edit).post(form::update))
        .route("/vacancies/{id}", get(show::show))
        .route("/vacancies/{id}/close", post(close::close))
        .route("/vacancies/{id}/manage", get(manage::show))
        .route("/vacancies/{id}/manage/{act}", post(manage::act))
}
