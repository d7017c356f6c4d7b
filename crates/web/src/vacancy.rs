//! Pages of vacancies: the list with its filters, and the vacancy itself.

pub mod card;
pub mod filter;
pub mod params;
mod posting;
mod sheet;
mod show;

use app::App;
use axum::{Router, routing::get};

pub fn routes() -> Router<App> {
    Router::new().route("/vacancies/{id}", get(show::show))
}
