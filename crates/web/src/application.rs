//! Applications on pages: the person's own, the employer's columns, the office's list, letters, and the
//! door where a letter is answered.

pub mod api;
mod board;
mod door;
mod letter;
pub mod line;
mod list;
mod mine;
mod show;
pub(crate) mod step;

use app::App;
use axum::{
    Router,
    middleware::from_fn,
    routing::{get, post},
};

use crate::guard::private;

pub fn routes() -> Router<App> {
    Router::new()
        .route("/vacancies/{id}/applications", get(board::board).post(step::submit))
        .route("/vacancies/{id}/applications.xlsx", get(board::file))
        .route("/me/applications", get(mine::list))
        .route("/applications", get(list::list))
        .route("/applications/letters", get(letter::letters))
        .route("/applications/{id}", get(show::show).post(step::act))
        .route("/applications/{id}/open", post(show::open))
        .route("/applications/{id}/interview.ics", get(show::calendar))
        .route("/jobseekers/{id}/referrals", post(step::refer))
        .route("/letters/{code}", get(door::show).post(door::answer))
        .layer(from_fn(private))
}
