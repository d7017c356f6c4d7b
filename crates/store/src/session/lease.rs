//! The reading connections of an SQLite file.
//!
//! The pool of sqlx asks every connection that comes back whether it is still there, in a task of its
//! own: for a file, which does not hang up, that woke four threads a page.

use std::{
    fmt,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use sqlx::{
    ConnectOptions, Connection, SqlSafeStr, Sqlite, SqliteConnection, Transaction,
    sqlite::{SqliteArguments, SqliteConnectOptions},
};
use tokio::{
    sync::{OwnedSemaphorePermit, Semaphore},
    time::timeout,
};

use super::Row;
use crate::Result;

/// As many read at once; others wait.
const SEATS: u32 = 8;
const PATIENCE: Duration = Duration::from_secs(30);

/// Opened when they are first needed, and kept.
#[derive(Clone)]
pub struct Readers(Arc<Shelf>);

struct Shelf {
    options: SqliteConnectOptions,
    seats: Arc<Semaphore>,
    idle: Mutex<Vec<SqliteConnection>>,
}

impl Shelf {
    fn idle(&self) -> MutexGuard<'_, Vec<SqliteConnection>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A connection in somebody's hands. It goes back when they let go of it, unless it still works on
/// an answer that nobody waits for any more.
pub(super) struct Lease {
    connection: Option<SqliteConnection>,
    busy: bool,
    /// It does not come back.
    once: bool,
    home: Arc<Shelf>,
    _seat: OwnedSemaphorePermit,
}

impl Readers {
    pub(super) fn new(options: SqliteConnectOptions) -> Self {
        let seats = Arc::new(Semaphore::new(SEATS as usize));
        Self(Arc::new(Shelf { options, seats, idle: Mutex::default() }))
    }

    async fn lease(&self) -> Result<Lease> {
        let seat = timeout(PATIENCE, self.0.seats.clone().acquire_owned()).await;
        let seat = seat.map_err(|_| sqlx::Error::PoolTimedOut)?;
        let seat = seat.map_err(|_| sqlx::Error::PoolClosed)?;
        let idle = self.0.idle().pop();
        let connection = match idle {
            Some(connection) => connection,
            None => self.0.options.connect().await?,
        };
        let (connection, home) = (Some(connection), self.0.clone());
        Ok(Lease { connection, busy: false, once: false, home, _seat: seat })
    }

    pub(super) async fn take(&self) -> Result<Lite> {
        Ok(Lite::Read(self.lease().await?))
    }

    /// One whose questions all see the same state, which ends with the connection.
    pub(super) async fn snapshot(&self) -> Result<Lite> {
        let mut lease = self.lease().await?;
        lease.once = true;
        let mut snapshot = Lite::Read(lease);
        snapshot.exec("begin", SqliteArguments::default()).await?;
        Ok(snapshot)
    }

    /// How many are open.
    pub(super) fn open(&self) -> u32 {
        let free = u32::try_from(self.0.seats.available_permits()).unwrap_or(SEATS);
        let idle = u32::try_from(self.0.idle().len()).unwrap_or(SEATS);
        SEATS.saturating_sub(free) + idle
    }

    /// Waits for those who read, and closes every connection.
    pub(super) async fn close(&self) {
        let all = self.0.seats.acquire_many(SEATS).await;
        self.0.seats.close();
        drop(all);
        let idle = std::mem::take(&mut *self.0.idle());
        for connection in idle {
            // what cannot be closed is closed by the end of the program
            drop(connection.close().await);
        }
    }
}

/// A session on an SQLite file.
pub(super) enum Lite {
    Read(Lease),
    Write(Transaction<'static, Sqlite>),
}

impl Lite {
    /// The connection, which [`Self::rest`]s when its answer has come.
    pub(super) fn ask(&mut self) -> Result<&mut SqliteConnection> {
        match self {
            Self::Read(lease) => {
                lease.busy = true;
                Ok(lease.connection.as_mut().ok_or(sqlx::Error::PoolClosed)?)
            }
            Self::Write(t) => Ok(t),
        }
    }

    const fn rest(&mut self) {
        if let Self::Read(lease) = self {
            lease.busy = false;
        }
    }

    pub(super) async fn all<T: Row>(
        &mut self,
        sql: impl SqlSafeStr,
        args: SqliteArguments,
    ) -> Result<Vec<T>> {
        let rows = sqlx::query_as_with(sql, args).fetch_all(self.ask()?).await?;
        self.rest();
        Ok(rows)
    }

    pub(super) async fn opt<T: Row>(
        &mut self,
        sql: impl SqlSafeStr,
        args: SqliteArguments,
    ) -> Result<Option<T>> {
        let row = sqlx::query_as_with(sql, args).fetch_optional(self.ask()?).await?;
        self.rest();
        Ok(row)
    }

    pub(super) async fn exec(
        &mut self,
        sql: impl SqlSafeStr,
        args: SqliteArguments,
    ) -> Result<u64> {
        let done = sqlx::query_with(sql, args).execute(self.ask()?).await?;
        self.rest();
        Ok(done.rows_affected())
    }
}

impl Drop for Lease {
    fn drop(&mut self) {
        if let Some(connection) = self.connection.take().filter(|_| !self.busy && !self.once) {
            self.home.idle().push(connection);
        }
    }
}

impl fmt::Debug for Readers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Readers").field("open", &self.open()).finish_non_exhaustive()
    }
}
