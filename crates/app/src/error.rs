//! The only list of what can go wrong, as every surface has to answer it.

use std::error::Error as StdError;

use model::Refusal;

#[derive(thiserror::Error, Debug)]
pub enum Error {
    /// A rule or the shape of the input says no: 422.
    #[error("refused: {0}")]
    Refused(Refusal),
    /// There is none, or none for this actor: 404.
    #[error("there is no such {0}")]
    Absent(&'static str),
    /// Not for this actor: 403.
    #[error("forbidden: {0}")]
    Forbidden(Refusal),
    /// Somebody else changed it in the meantime: 409.
    #[error("changed by somebody else")]
    Stale,
    /// The same, and what it is now: 409.
    #[error("changed by somebody else: {0}")]
    Changed(Refusal),
    /// Not at this moment, and soon again: 503.
    #[error("not ready: {0}")]
    Unready(Refusal),
    /// So much and no more for now; again after so many seconds: 429.
    #[error("enough: {0}")]
    Enough(Refusal, u64),
    /// A fault of the program or of what it stands on: 500. Logged once, where it is answered.
    #[error(transparent)]
    Broken(Box<dyn StdError + Send + Sync>),
}

pub type Result<T, E = Error> = std::result::Result<T, E>;

impl Error {
    pub fn broken(e: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        Self::Broken(e.into())
    }

    /// Would the same deed succeed if it were done again? See [`store::Error::is_transient`].
    pub fn is_transient(&self) -> bool {
        let Self::Broken(e) = self else { return false };
        e.downcast_ref::<store::Error>().is_some_and(store::Error::is_transient)
    }

    /// Did somebody else write the same rows in the same moment? Done again, it finds them.
    pub fn is_collision(&self) -> bool {
        match self {
            Self::Stale => true,
            Self::Broken(e) => matches!(e.downcast_ref(), Some(store::Error::Duplicate)),
            Self::Refused(_)
            | Self::Changed(_)
            | Self::Absent(_)
            | Self::Forbidden(_)
            | Self::Enough(..)
            | Self::Unready(_) => false,
        }
    }

    /// One word for logs and metrics.
    pub const fn outcome(&self) -> &'static str {
        match self {
            Self::Refused(_) => "refused",
            Self::Absent(_) => "absent",
            Self::Forbidden(_) => "forbidden",
            Self::Stale | Self::Changed(_) => "stale",
            Self::Unready(_) => "unready",
            Self::Enough(..) => "enough",
            Self::Broken(_) => "broken",
        }
    }
}

impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}
impl From<store::Error> for Error {
    fn from(e: store::Error) -> Self {
        match e {
            store::Error::Absent(noun) => Self::Absent(noun),
            store::Error::Stale => Self::Stale,
            e @ (store::Error::Duplicate
            | store::Error::Dangling
            | store::Error::Sql(_)
            | store::Error::Migrate(_)
            | store::Error::Seed(_)) => Self::broken(e),
        }
    }
}
