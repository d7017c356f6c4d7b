//! Files that an employer shows: as lines of a page, and sent back as they came, never opened here.

use app::App;
use axum::{
    extract::{Path, State},
    http::header,
    response::{IntoResponse, Response},
};
use model::{Id, employer::Employer};
use store::employer::verification::File;

use crate::{actor::Office, error::Result, frame::Frame};

/// A file as a line.
pub(super) struct Shown {
    pub(super) path: String,
    pub(super) name: String,
    pub(super) about: String,
}

pub(super) fn shown(app: &App, frame: &Frame, files: &[File]) -> Vec<Shown> {
    let one = |file: &File| Shown {
        path: format!("/employers/{}/papers/{}", file.employer_id, file.id),
        name: frame.t(&format!("employer.paper-{}", file.paper)),
        about: format!(
            "{} · {} KB · {}",
            file.media.ending().to_uppercase(),
            (file.size + 1_023) / 1_024,
            app.day_of(file.created_at)
        ),
    };
    files.iter().map(one).collect()
}

/// The file as it was sent. A browser saves it, and shows nothing of it here.
pub(super) async fn paper(
    State(app): State<App>,
    Office(actor): Office,
    Path((id, file)): Path<(Id<Employer>, Id<File>)>,
) -> Result<Response> {
    let (file, bytes) = app::employer::paper(&app, &actor, id, file).await?;
    let name =
        format!("attachment; filename=\"{}-{}.{}\"", file.paper, file.id, file.media.ending());
    let headers = [
        (header::CONTENT_TYPE, file.media.code().to_owned()),
        (header::CONTENT_DISPOSITION, name),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff".to_owned()),
        (header::CACHE_CONTROL, "no-store".to_owned()),
    ];
    Ok((headers, bytes).into_response())
}
