//! The engines that search is measured against, given their best: the same documents and the same
//! tokens in PostgreSQL's full text with every index that fits, and in SQLite's FTS5 with an R*Tree.

mod text;

use std::path::Path;

use sqlx::{
    AssertSqlSafe, Connection, PgConnection, SqliteConnection,
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous},
};

use crate::{Error, Result};

/// A document as both engines are given it.
#[derive(Clone, Debug)]
pub struct Document {
    pub id: i64,
    /// Tokens, and whether one stands in the title.
    pub tokens: Vec<(String, bool)>,
    /// By [`COLUMNS`].
    pub numbers: [i64; COLUMNS.len()],
    pub longitude: f64,
    pub latitude: f64,
}

/// The numbers that are filtered and counted by.
pub const COLUMNS: [&str; 12] = [
    "city",
    "county",
    "minor",
    "education",
    "experience",
    "form",
    "pay_to",
    "wage_step",
    "posted",
    "age",
    "benefits",
    "expires",
];

/// What is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Work {
    Words,
    WordsCityWage,
    WordsFacets,
    Facets,
    WordsNear,
    Filters,
    Nearest,
}

/// One question of any kind of work: each looks at what concerns it.
#[derive(Clone, Debug, Default)]
pub struct Asked {
    /// All of the words, each by any of its tokens.
    pub words: Vec<Vec<String>>,
    pub city: i64,
    pub minor: i64,
    pub form: i64,
    pub education: i64,
    pub experience: i64,
    pub pay: i64,
    pub today: i64,
    pub longitude: f64,
    pub latitude: f64,
    pub kilometres: f64,
}

/// One of the two, with its only connection.
pub enum Peer {
    Postgres(PgConnection),
    Sqlite(SqliteConnection),
}

/// Degrees of longitude are shorter here: distances are compared in degrees of latitude.
pub const SQUEEZE: f64 = 0.81;

impl Peer {
    /// A table of its own in an empty database, and a session that uses one processor.
    pub async fn postgres(url: &str) -> Result<Self> {
        let mut connection = PgConnection::connect(url).await?;
        for setting in text::SETTINGS {
            sqlx::query(*setting).execute(&mut connection).await?;
        }
        sqlx::raw_sql(text::POSTGRES).execute(&mut connection).await?;
        Ok(Self::Postgres(connection))
    }

    pub async fn sqlite(path: &Path) -> Result<Self> {
        let options = SqliteConnectOptions::new()
            .filename(path)
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Off)
            .synchronous(SqliteSynchronous::Off)
            .pragma("cache_size", "-1000000")
            .pragma("temp_store", "memory");
        let mut connection = SqliteConnection::connect_with(&options).await?;
        sqlx::raw_sql(text::SQLITE).execute(&mut connection).await?;
        Ok(Self::Sqlite(connection))
    }

    /// The process that works for the connection, where that is another one.
    pub async fn process(&mut self) -> Result<Option<u32>> {
        let Self::Postgres(connection) = self else { return Ok(None) };
        let (pid,): (i32,) =
            sqlx::query_as("select pg_backend_pid()").fetch_one(connection).await?;
        Ok(u32::try_from(pid).ok())
    }

    pub async fn fill(&mut self, documents: &[Document]) -> Result<()> {
        match self {
            Self::Postgres(connection) => {
                let mut copy = connection.copy_in_raw("copy doc from stdin").await?;
                for part in documents.chunks(500) {
                    let rows: String = part.iter().map(text::copied).collect();
                    copy.send(rows.as_bytes()).await?;
                }
                copy.finish().await?;
            }
            Self::Sqlite(connection) => {
                let mut work = connection.begin().await?;
                for document in documents {
                    insert(&mut work, document).await?;
                }
                work.commit().await?;
            }
        }
        Ok(())
    }

    /// Makes what is made best when every row is there: indexes, statistics, one segment.
    pub async fn finish(&mut self) -> Result<()> {
        match self {
            Self::Postgres(connection) => {
                for sql in text::POSTGRES_INDEXES {
                    sqlx::query(*sql).execute(&mut *connection).await?;
                }
            }
            Self::Sqlite(connection) => {
                for sql in text::SQLITE_INDEXES {
                    sqlx::query(*sql).execute(&mut *connection).await?;
                }
            }
        }
        Ok(())
    }

    /// Bytes of the table with its indexes.
    pub async fn size(&mut self) -> Result<i64> {
        let (size,): (i64,) = match self {
            Self::Postgres(connection) => {
                sqlx::query_as("select cast(pg_total_relation_size('doc') as bigint)")
                    .fetch_one(connection)
                    .await?
            }
            Self::Sqlite(connection) => {
                let sql = "select page_count * page_size from pragma_page_count, pragma_page_size";
                sqlx::query_as(sql).fetch_one(connection).await?
            }
        };
        Ok(size)
    }

    /// Asks; gives how many rows came.
    pub async fn ask(&mut self, work: Work, asked: &Asked) -> Result<usize> {
        let mut rows = 0;
        for sql in self.texts(work, asked) {
            rows += match self {
                Self::Postgres(connection) => {
                    sqlx::query(AssertSqlSafe(sql)).fetch_all(connection).await?.len()
                }
                Self::Sqlite(connection) => {
                    sqlx::query(AssertSqlSafe(sql)).fetch_all(connection).await?.len()
                }
            };
        }
        Ok(rows)
    }

    /// How many documents there are for the words, or for the filters.
    pub async fn total(&mut self, work: Work, asked: &Asked) -> Result<i64> {
        let (total,): (i64,) = match self {
            Self::Postgres(connection) => {
                let sql = AssertSqlSafe(text::postgres_total(work, asked));
                sqlx::query_as(sql).fetch_one(connection).await?
            }
            Self::Sqlite(connection) => {
                let sql = AssertSqlSafe(text::sqlite_total(work, asked));
                sqlx::query_as(sql).fetch_one(connection).await?
            }
        };
        Ok(total)
    }

    fn texts(&self, work: Work, asked: &Asked) -> Vec<String> {
        match self {
            Self::Postgres(_) => text::postgres(work, asked),
            Self::Sqlite(_) => text::sqlite(work, asked),
        }
    }
}

async fn insert(connection: &mut SqliteConnection, document: &Document) -> Result<()> {
    let words = |title: bool| -> String {
        let kept = document.tokens.iter().filter(|(_, in_title)| *in_title == title);
        kept.map(|(token, _)| token.as_str()).collect::<Vec<_>>().join(" ")
    };
    sqlx::query("insert into fts (rowid, title, body) values ($1, $2, $3)")
        .bind(document.id)
        .bind(words(true))
        .bind(words(false))
        .execute(&mut *connection)
        .await?;
    let mut query = sqlx::query(text::SQLITE_ROW).bind(document.id);
    for number in document.numbers {
        query = query.bind(number);
    }
    query
        .bind(document.longitude * SQUEEZE)
        .bind(document.latitude)
        .execute(&mut *connection)
        .await?;
    sqlx::query("insert into place values ($1, $2, $2, $3, $3)")
        .bind(document.id)
        .bind(document.longitude * SQUEEZE)
        .bind(document.latitude)
        .execute(connection)
        .await
        .map(drop)
        .map_err(Error::from)
}

#[cfg(test)]
mod tests;
