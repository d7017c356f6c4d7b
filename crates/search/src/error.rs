//! What can go wrong with the index.

use std::io;

use model::Refusal;
use tantivy::TantivyError;

#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error(transparent)]
    Refused(Refusal),
    /// There is no whole index at the moment.
    #[error("the index is being rebuilt")]
    Rebuilding,
    /// Another process, or another thread of this one, has the pen.
    #[error("the index is being written by somebody else")]
    Busy,
    #[error("the index is broken: {0}")]
    Broken(#[source] Box<dyn std::error::Error + Send + Sync>),
}

impl From<TantivyError> for Error {
    fn from(error: TantivyError) -> Self {
        if matches!(error, TantivyError::LockFailure(..)) {
            Self::Busy
        } else {
            Self::Broken(Box::new(error))
        }
    }
}
impl From<io::Error> for Error {
    fn from(error: io::Error) -> Self {
        Self::Broken(Box::new(error))
    }
}
impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}
