//! A clerk's table: the one box of the counter, and what waits today.

mod counter;
mod desk;

use app::App;
use axum::{
    Router,
    middleware::from_fn,
    routing::{get, post},
};

use crate::guard::private;

pub fn routes() -> Router<App> {
    Router::new()
        .route("/counter", get(counter::counter))
        .route("/workbench", get(desk::desk))
        .route("/workbench/contacts", post(desk::contacts))
        .route("/workbench/contacts/undo", post(desk::undo_contacts))
        .route("/workbench/applications", post(desk::applications))
        .layer(from_fn(private))
}
