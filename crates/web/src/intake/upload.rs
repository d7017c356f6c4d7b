//! A file on its way in: streamed to disk and counted, never whole in memory.

use std::{collections::BTreeMap, error::Error as StdError, path::PathBuf};

use app::App;
use axum::{
    body::Bytes,
    extract::{FromRequest as _, Multipart, Request, multipart::Field},
    http::header,
};
use futures_util::{Stream, TryStreamExt as _};
use model::Refusal;
use tokio::{fs, io::AsyncWriteExt as _};

use crate::error::{Error, Result};

/// The largest upload, in megabytes. What is too large for its kind, the reader refuses.
const MOST: u64 = 200;
/// The longest text beside the file, in bytes.
const WORDS: usize = 1_000;

/// A file that lies in the data folder until somebody takes it; dropped, it is gone.
pub(super) struct Incoming {
    pub(super) path: PathBuf,
    /// As the person who sent it named it.
    pub(super) name: String,
}

impl Drop for Incoming {
    fn drop(&mut self) {
        // taken, it is no longer there
        drop(std::fs::remove_file(&self.path));
    }
}

/// A form with a file.
pub(super) struct Sent {
    pub(super) file: Incoming,
    pub(super) fields: BTreeMap<String, String>,
}

/// A form, or a bare file as the whole body.
pub(super) async fn any(app: &App, request: Request, name: &str) -> Result<Sent> {
    let kind = request.headers().get(header::CONTENT_TYPE).and_then(|h| h.to_str().ok());
    if kind.is_some_and(|kind| kind.starts_with("multipart/")) {
        let form = Multipart::from_request(request, &()).await;
        return read(app, form.map_err(|_| broken())?).await;
    }
    let file = save(app, name, request.into_body().into_data_stream()).await?;
    Ok(Sent { file, fields: BTreeMap::new() })
}

/// Reads a form to its end; its file goes to disk as it comes.
pub(super) async fn read(app: &App, mut form: Multipart) -> Result<Sent> {
    let (mut file, mut fields) = (None, BTreeMap::new());
    while let Some(field) = form.next_field().await.map_err(|_| broken())? {
        match field.file_name().map(str::to_owned) {
            Some(name) if file.is_none() => file = Some(save(app, &name, field).await?),
            Some(_) => return Err(Error::malformed(Refusal::new("intake.one_file").field("file"))),
            None => {
                let name = field.name().unwrap_or_default().to_owned();
                fields.insert(name, words(field).await?);
            }
        }
    }
    let none = || Error::malformed(Refusal::new("intake.file_missing").field("file"));
    Ok(Sent { file: file.ok_or_else(none)?, fields })
}

async fn words(mut field: Field<'_>) -> Result<String> {
    let mut bytes = Vec::new();
    while let Some(piece) = field.chunk().await.map_err(|_| broken())? {
        bytes.extend_from_slice(&piece);
        if bytes.len() > WORDS {
            return Err(broken());
        }
    }
    String::from_utf8(bytes).map_err(|_| broken())
}

async fn save<E: StdError>(
    app: &App,
    name: &str,
    pieces: impl Stream<Item = Result<Bytes, E>>,
) -> Result<Incoming> {
    let path = app::intake::upload(app, app.id());
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).await.map_err(app::Error::broken)?;
    }
    let incoming = Incoming { path, name: plain(name) };
    let mut file = fs::File::create(&incoming.path).await.map_err(app::Error::broken)?;
    let mut pieces = std::pin::pin!(pieces);
    let mut length = 0;
    while let Some(piece) = pieces.try_next().await.map_err(|_| broken())? {
        length += u64::try_from(piece.len()).unwrap_or(u64::MAX);
        if length > MOST << 20 {
            let refusal = Refusal::new("intake.too_large").field("file");
            return Err(Error::too_large(refusal.arg("megabytes", MOST.to_string())));
        }
        file.write_all(&piece).await.map_err(app::Error::broken)?;
    }
    file.flush().await.map_err(app::Error::broken)?;
    if length == 0 {
        let code = if name.is_empty() { "intake.file_missing" } else { "intake.empty" };
        return Err(Error::malformed(Refusal::new(code).field("file")));
    }
    Ok(incoming)
}

/// The name without the folders that some browsers send, and no longer than anybody reads.
fn plain(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    last.chars().filter(|c| !c.is_control()).take(200).collect()
}

/// The connection ended, or what came is no form.
fn broken() -> Error {
    Error::malformed(Refusal::new("intake.upload_broken").field("file"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_a_name_and_no_path() {
        assert_eq!(plain("C:\\Users\\王\\岗位.xlsx"), "岗位.xlsx");
        assert_eq!(plain("../../etc/passwd"), "passwd");
        assert_eq!(plain("a\r\nb.csv"), "ab.csv");
        assert_eq!(plain(&"长".repeat(300)).chars().count(), 200);
    }
}
