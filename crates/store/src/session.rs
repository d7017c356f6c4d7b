//! `Db` (which engine), `Reader` (a connection) and `Writer` (one deed's transaction).
//!
//! The choice of the engine is made here, once for each verb; a query costs its text and one call.

use std::{
    ops::{Deref, DerefMut},
    path::Path,
    str::FromStr,
    time::Duration,
};

use futures_util::stream::{BoxStream, StreamExt};
use sqlx::{
    Arguments, AssertSqlSafe, Database, Encode, FromRow, PgConnection, PgPool, Postgres,
    SqlSafeStr, Sqlite, SqlitePool, Transaction, Type,
    migrate::Migrator,
    pool::PoolConnection,
    postgres::{PgPoolOptions, PgRow},
    sqlite::{
        SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteRow, SqliteSynchronous,
    },
};

use self::lease::{Lite, Readers};
use crate::{
    Error, Result, Val,
    event::{Deed, Note},
};

mod lease;

/// A row type that both engines can fill; `#[derive(sqlx::FromRow)]` gives it.
pub trait Row: for<'r> FromRow<'r, SqliteRow> + for<'r> FromRow<'r, PgRow> + Send + Unpin {}
impl<T> Row for T where T: for<'r> FromRow<'r, SqliteRow> + for<'r> FromRow<'r, PgRow> + Send + Unpin
{}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    Sqlite,
    Postgres,
}

impl Engine {
    /// For the few places where the two dialects differ.
    pub fn pick<T>(self, sqlite: T, postgres: T) -> T {
        match self {
            Self::Sqlite => sqlite,
            Self::Postgres => postgres,
        }
    }
}

#[derive(Clone, Debug)]
pub enum Db {
    /// One writing connection and several reading ones: SQLite has a single writer anyway, and
    /// queueing for it in the pool is fair and never ends in `SQLITE_BUSY`.
    Sqlite {
        read: Readers,
        write: SqlitePool,
    },
    Postgres(PgPool),
}

static MIGRATIONS: Migrator = sqlx::migrate!("../../migrations");

impl Db {
    /// `sqlite:PATH` (made if missing) or `postgres://…`.
    pub async fn connect(url: &str) -> Result<Self> {
        Self::opened(url, "fast").await
    }

    /// `secure_delete`: `on`, what is erased leaves no bytes in the file; `fast`: none in pages written anyway.
    pub(crate) async fn opened(url: &str, secure_delete: &'static str) -> Result<Self> {
        if url.starts_with("postgres") {
            let pool = PgPoolOptions::new()
                .max_connections(16)
                .acquire_timeout(Duration::from_secs(10))
                .connect(url)
                .await?;
            return Ok(Self::Postgres(pool));
        }
        let base = SqliteConnectOptions::from_str(url)?
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            // FULL: what was acknowledged survives a power cut. It costs a flush a commit
            // (2-3 ms), so whoever writes much commits by the thousand.
            .synchronous(SqliteSynchronous::Full)
            .busy_timeout(Duration::from_mins(1)) // for other processes on the same file
            .foreign_keys(true)
            .pragma("secure_delete", secure_delete)
            .pragma("temp_store", "MEMORY")
            .pragma("cache_size", "-32768") // 32 MiB
            .pragma("journal_size_limit", "67108864");
        let write = SqlitePoolOptions::new()
            .max_connections(1)
            .idle_timeout(None)
            .max_lifetime(None)
            .test_before_acquire(false) // a file does not hang up
            .acquire_timeout(Duration::from_mins(1))
            .connect_with(base.clone())
            .await?;
        let read = Readers::new(base.pragma("query_only", "ON"));
        Ok(Self::Sqlite { read, write })
    }

    /// The SQLite database that lies in a data folder.
    pub fn url_in(folder: &Path) -> String {
        format!("sqlite:{}", folder.join("jinqiao.sqlite").display())
    }

    pub fn engine(&self) -> Engine {
        match self {
            Self::Sqlite { .. } => Engine::Sqlite,
            Self::Postgres(_) => Engine::Postgres,
        }
    }

    /// Brings the tables to this program's version: the shared migrations and those marked for
    /// this engine (`NNNN_name.sqlite.sql`).
    pub async fn migrate(&self) -> Result<()> {
        let other = self.engine().pick(".postgres", ".sqlite");
        let mine = MIGRATIONS.iter().filter(|m| !m.description.ends_with(other)).cloned();
        let migrator = Migrator::with_migrations(mine.collect());
        match self {
            Self::Sqlite { write, .. } => migrator.run(write).await?,
            Self::Postgres(pool) => migrator.run(pool).await?,
        }
        Ok(())
    }

    /// A connection for reading; each statement sees the newest committed state.
    pub async fn read(&self) -> Result<Reader> {
        Ok(Reader(match self {
            Self::Sqlite { read, .. } => Session::Sqlite(read.take().await?),
            Self::Postgres(pool) => Session::Postgres(Work::Conn(pool.acquire().await?)),
        }))
    }

    /// A reader whose statements all see the same state: for backups and reports.
    pub async fn snapshot(&self) -> Result<Reader> {
        let begin = "begin isolation level repeatable read read only";
        Ok(Reader(match self {
            Self::Sqlite { read, .. } => Session::Sqlite(read.snapshot().await?),
            Self::Postgres(pool) => Session::Postgres(Work::Tx(pool.begin_with(begin).await?)),
        }))
    }

    /// The transaction of one deed. Dropping it without `commit` rolls everything back.
    pub async fn write(&self, deed: Deed) -> Result<Writer> {
        let session = match self {
            // IMMEDIATE takes the write lock now: a later step up from reading could not wait
            Self::Sqlite { write, .. } => {
                Session::Sqlite(Lite::Write(write.begin_with("begin immediate").await?))
            }
            Self::Postgres(pool) => Session::Postgres(Work::Tx(pool.begin().await?)),
        };
        Ok(Writer { reader: Reader(session), deed, notes: Vec::new() })
    }

    pub fn connections(&self) -> u32 {
        match self {
            Self::Sqlite { read, write } => read.open() + write.size(),
            Self::Postgres(pool) => pool.size(),
        }
    }

    /// Closes every connection; SQLite folds its log into the file.
    pub async fn close(&self) {
        match self {
            Self::Sqlite { read, write } => {
                read.close().await;
                write.close().await;
            }
            Self::Postgres(pool) => pool.close().await,
        }
    }
}

enum Session {
    Sqlite(Lite),
    Postgres(Work),
}

enum Work {
    Conn(PoolConnection<Postgres>),
    Tx(Transaction<'static, Postgres>),
}

impl Work {
    fn conn(&mut self) -> &mut PgConnection {
        match self {
            Self::Conn(c) => c,
            Self::Tx(t) => t,
        }
    }
}

fn arguments<DB: Database>(vals: Vec<Val>) -> Result<DB::Arguments>
where
    for<'q> Val: Encode<'q, DB> + Type<DB>,
{
    let mut out = DB::Arguments::default();
    out.reserve(vals.len(), vals.len() * 16);
    for v in vals {
        out.add(v).map_err(sqlx::Error::Encode)?;
    }
    Ok(out)
}

/// Reads. Its `exec` is private to this crate: only a [`Writer`] reaches it from a deed.
pub struct Reader(Session);

impl Reader {
    pub fn engine(&self) -> Engine {
        match &self.0 {
            Session::Sqlite(_) => Engine::Sqlite,
            Session::Postgres(_) => Engine::Postgres,
        }
    }

    pub async fn all<T: Row>(&mut self, sql: impl SqlSafeStr, args: Vec<Val>) -> Result<Vec<T>> {
        Ok(match &mut self.0 {
            Session::Sqlite(w) => w.all(sql, arguments::<Sqlite>(args)?).await?,
            Session::Postgres(w) => {
                sqlx::query_as_with(sql, arguments::<Postgres>(args)?).fetch_all(w.conn()).await?
            }
        })
    }

    pub async fn opt<T: Row>(&mut self, sql: impl SqlSafeStr, args: Vec<Val>) -> Result<Option<T>> {
        Ok(match &mut self.0 {
            Session::Sqlite(w) => w.opt(sql, arguments::<Sqlite>(args)?).await?,
            Session::Postgres(w) => {
                let query = sqlx::query_as_with(sql, arguments::<Postgres>(args)?);
                query.fetch_optional(w.conn()).await?
            }
        })
    }

    /// The one row, or [`Error::Absent`] with the noun's name.
    pub async fn one<T: Row>(
        &mut self,
        noun: &'static str,
        sql: impl SqlSafeStr,
        args: Vec<Val>,
    ) -> Result<T> {
        self.opt(sql, args).await?.ok_or(Error::Absent(noun))
    }

    /// Rows as they come, for what must not be held in memory.
    pub fn stream<'s, T: Row + 's>(
        &'s mut self,
        sql: impl SqlSafeStr,
        args: Vec<Val>,
    ) -> Result<BoxStream<'s, Result<T>>> {
        Ok(match &mut self.0 {
            Session::Sqlite(w) => sqlx::query_as_with(sql, arguments::<Sqlite>(args)?)
                .fetch(w.ask()?)
                .map(|r| r.map_err(Error::from))
                .boxed(),
            Session::Postgres(w) => sqlx::query_as_with(sql, arguments::<Postgres>(args)?)
                .fetch(w.conn())
                .map(|r| r.map_err(Error::from))
                .boxed(),
        })
    }

    async fn exec(&mut self, sql: impl SqlSafeStr, args: Vec<Val>) -> Result<u64> {
        Ok(match &mut self.0 {
            Session::Sqlite(w) => w.exec(sql, arguments::<Sqlite>(args)?).await?,
            Session::Postgres(w) => sqlx::query_with(sql, arguments::<Postgres>(args)?)
                .execute(w.conn())
                .await?
                .rows_affected(),
        })
    }
}

/// The transaction of one deed: reads, changes, and the events that tell of the changes.
pub struct Writer {
    reader: Reader,
    deed: Deed,
    notes: Vec<Note>,
}

impl Deref for Writer {
    type Target = Reader;

    fn deref(&self) -> &Reader {
        &self.reader
    }
}
impl DerefMut for Writer {
    fn deref_mut(&mut self) -> &mut Reader {
        &mut self.reader
    }
}

impl Writer {
    /// Changes rows; answers how many.
    pub async fn exec(&mut self, sql: impl SqlSafeStr, args: Vec<Val>) -> Result<u64> {
        self.reader.exec(sql, args).await
    }

    /// Several rows a statement. `head` is `insert into t (a, b)`, `tail` may be an `on conflict`.
    pub async fn insert_many(
        &mut self,
        head: &str,
        tail: &str,
        rows: impl IntoIterator<Item = Vec<Val>, IntoIter: Send> + Send,
    ) -> Result<u64> {
        // Many parameters make both engines slow at parsing; best near 500 on SQLite (measured).
        const PARAMETERS: usize = 500;
        let mut rows = rows.into_iter().peekable();
        let (mut done, mut sql, mut made_for) = (0, String::new(), 0);
        while let Some(width) = rows.peek().map(Vec::len) {
            let take = (PARAMETERS / width.max(1)).max(1);
            let part: Vec<Vec<Val>> = rows.by_ref().take(take).collect();
            if made_for != part.len() {
                sql = format!("{head} values {} {tail}", tuples(part.len(), width));
                made_for = part.len();
            }
            let flat = part.into_iter().flatten().collect();
            done += self.exec(AssertSqlSafe(sql.as_str()), flat).await?;
        }
        Ok(done)
    }

    /// Reads a row in order to change it: nobody else changes it before this deed ends. `sql` is a
    /// plain select; on SQLite the deed holds the only write lock already.
    pub async fn lock<T: Row>(&mut self, sql: &'static str, args: Vec<Val>) -> Result<Option<T>> {
        let tail = self.engine().pick("", " for update");
        self.opt(AssertSqlSafe(format!("{sql}{tail}")), args).await
    }

    /// When the deed is done: the time of its events and of the rows it writes.
    pub fn at(&self) -> chrono::DateTime<chrono::Utc> {
        self.deed.at
    }

    pub fn actor(&self) -> &str {
        &self.deed.actor
    }

    /// Tells of one change; written to the log at the commit, in this transaction.
    pub fn note(&mut self, note: Note) {
        self.notes.push(note);
    }

    /// Writes the events and commits: rows and events together, or neither.
    pub async fn commit(mut self) -> Result<()> {
        let notes = std::mem::take(&mut self.notes);
        let deed = self.deed.clone();
        crate::event::write(&mut self, &deed, notes).await?;
        match self.reader.0 {
            Session::Sqlite(Lite::Write(t)) => t.commit().await?,
            Session::Postgres(Work::Tx(t)) => t.commit().await?,
            Session::Sqlite(Lite::Read(_)) | Session::Postgres(Work::Conn(_)) => {}
        }
        Ok(())
    }
}

/// `($1,$2),($3,$4)`
pub(crate) fn tuples(rows: usize, width: usize) -> String {
    let mut s = String::with_capacity(rows * width * 5);
    for n in 0..rows * width {
        let lead = if n == 0 {
            "("
        } else if n % width == 0 {
            "),("
        } else {
            ","
        };
        s.push_str(lead);
        s.push('$');
        s.push_str(&(n + 1).to_string());
    }
    s.push(')');
    s
}

/// `($1,$2,$3)` for a list of `items`, and the list padded to the next power of two with its last
/// item, so that a connection keeps few texts of a statement.
pub(crate) fn listed<T: Clone + Into<Val>>(items: &[T]) -> (String, Vec<Val>) {
    let Some(last) = items.last() else { return ("(null)".into(), vec![]) };
    let full = items.len().next_power_of_two();
    let padded = items.iter().chain(std::iter::repeat_n(last, full - items.len()));
    (tuples(1, full), padded.cloned().map(Into::into).collect())
}

#[cfg(test)]
mod tests;
