//! What can go wrong with rows.

use sqlx::error::ErrorKind;

#[derive(thiserror::Error, Debug)]
pub enum Error {
    #[error("there is no such {0}")]
    Absent(&'static str),
    #[error("it exists already")]
    Duplicate,
    #[error("it refers to something that does not exist")]
    Dangling,
    #[error("somebody else changed it in the meantime")]
    Stale,
    #[error(transparent)]
    Sql(sqlx::Error),
    #[error(transparent)]
    Migrate(#[from] sqlx::migrate::MigrateError),
    #[error("reference data: {0}")]
    Seed(String),
}

pub type Result<T, E = Error> = std::result::Result<T, E>;

impl From<sqlx::Error> for Error {
    fn from(e: sqlx::Error) -> Self {
        match e.as_database_error().map(sqlx::error::DatabaseError::kind) {
            Some(ErrorKind::UniqueViolation) => Self::Duplicate,
            Some(ErrorKind::ForeignKeyViolation) => Self::Dangling,
            _ => Self::Sql(e),
        }
    }
}

impl Error {
    /// Worth running the whole deed again: PostgreSQL's serialisation failure and deadlock.
    pub fn is_transient(&self) -> bool {
        let Self::Sql(e) = self else { return false };
        let code = e.as_database_error().and_then(|d| d.code().map(std::borrow::Cow::into_owned));
        matches!(code.as_deref(), Some("40001" | "40P01"))
    }
}
