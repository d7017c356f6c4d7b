//! Runs a story on SQLite always, and on PostgreSQL when `TEST_POSTGRES_URL` names a server.

use std::sync::atomic::{AtomicU32, Ordering};

use chrono::{DateTime, Utc};
use sqlx::{AssertSqlSafe, Connection, PgConnection};

use crate::{Db, Deed};

static NEXT: AtomicU32 = AtomicU32::new(0);

/// A deed of a fixed hour.
pub(crate) fn deed(name: &'static str) -> Deed {
    let at = DateTime::<Utc>::from_timestamp(1_780_000_000, 123_456_000).unwrap();
    Deed { name, actor: "test".into(), at }
}

/// A database of its own for each engine, migrated from empty.
pub(crate) async fn both(story: impl AsyncFn(Db)) {
    let folder = tempfile::tempdir().unwrap();
    let db = Db::connect(&Db::url_in(folder.path())).await.unwrap();
    db.migrate().await.unwrap();
    story(db.clone()).await;
    db.close().await;
    #[expect(clippy::disallowed_methods, reason = "a test is told where the server is")]
    let Ok(server) = std::env::var("TEST_POSTGRES_URL") else {
        println!("TEST_POSTGRES_URL is not set: not run on PostgreSQL");
        return;
    };
    let name = format!("store_{}_{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
    let mut admin = PgConnection::connect(&server).await.unwrap();
    sqlx::query(AssertSqlSafe(format!("create database {name}")))
        .execute(&mut admin)
        .await
        .unwrap();
    let (base, _) = server.rsplit_once('/').unwrap();
    let db = Db::connect(&format!("{base}/{name}")).await.unwrap();
    db.migrate().await.unwrap();
    story(db.clone()).await;
    db.close().await;
    sqlx::query(AssertSqlSafe(format!("drop database {name} with (force)")))
        .execute(&mut admin)
        .await
        .unwrap();
}
