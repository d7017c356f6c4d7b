//! Databases with the reference tables already in them: loading takes longer than most stories, so it
//! is done once, and every story gets a copy.

use std::sync::atomic::{AtomicU32, Ordering};

use app::{App, Settings};
use sqlx::{AssertSqlSafe, Connection, PgConnection};
use tokio::sync::OnceCell;

/// A PostgreSQL database of one story.
pub(crate) struct Scratch {
    server: String,
    name: String,
}

/// The file of an SQLite database.
pub(crate) async fn sqlite() -> &'static [u8] {
    static FILE: OnceCell<Vec<u8>> = OnceCell::const_new();
    let made = async || {
        let folder = tempfile::tempdir().unwrap();
        loaded(Settings::in_folder(folder.path())).await;
        std::fs::read(folder.path().join("jinqiao.sqlite")).unwrap()
    };
    FILE.get_or_init(made).await
}

/// A database on the server for tests, if there is one.
pub(crate) async fn postgres() -> Option<Scratch> {
    static TEMPLATE: OnceCell<String> = OnceCell::const_new();
    static NEXT: AtomicU32 = AtomicU32::new(0);
    #[expect(clippy::disallowed_methods, reason = "a test is told where the server is")]
    let server = std::env::var("TEST_POSTGRES_URL").ok().filter(|url| !url.is_empty())?;
    let made = async || {
        let name = format!("template_{}", std::process::id());
        let scratch = Scratch { server: server.clone(), name };
        scratch.make("").await;
        let folder = tempfile::tempdir().unwrap();
        let database = Some(scratch.url());
        loaded(Settings { database, ..Settings::in_folder(folder.path()) }).await;
        scratch.name
    };
    let template = TEMPLATE.get_or_init(made).await;
    let name = format!("story_{}_{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
    let scratch = Scratch { server: server.clone(), name };
    scratch.make(&format!("template {template}")).await;
    Some(scratch)
}

async fn loaded(settings: Settings) {
    let app = App::open(settings).await.unwrap();
    app.db().close().await;
}

impl Scratch {
    pub(crate) fn url(&self) -> String {
        let (base, _) = self.server.rsplit_once('/').unwrap();
        format!("{base}/{}", self.name)
    }

    /// Anew: a process of the same number that was killed has left its own.
    async fn make(&self, from: &str) {
        self.run(&format!("drop database if exists {} with (force)", self.name)).await;
        self.run(&format!("create database {} {from}", self.name)).await;
    }

    pub(crate) async fn remove(self) {
        self.run(&format!("drop database {} with (force)", self.name)).await;
    }

    async fn run(&self, sql: &str) {
        let mut admin = PgConnection::connect(&self.server).await.unwrap();
        sqlx::query(AssertSqlSafe(sql)).execute(&mut admin).await.unwrap();
        admin.close().await.unwrap();
    }
}
