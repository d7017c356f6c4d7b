//! The world of a story: a folder, a database, the program in it with a clock set by hand, and people
//! who ask it things.

mod ask;
pub(crate) mod demonstration;
pub(crate) mod lines;
pub(crate) mod people;
pub(crate) mod program;
mod template;

use app::{App, Clock, Provider, Settings, account::Rules};
use axum::Router;
use chrono::{DateTime, Utc};
use tempfile::TempDir;

pub(crate) use ask::{Answer, Asking};

/// What a world that a story has to itself consists of.
pub(crate) struct World {
    pub app: App,
    /// The folder of this world; the program's data are in `data` within.
    pub folder: TempDir,
    router: Router,
}

/// Tells the story in a world on SQLite, and in one on PostgreSQL when `TEST_POSTGRES_URL` names a
/// server on which databases can be made. Both begin with the reference tables and nothing else.
pub(crate) async fn both(story: impl AsyncFn(&World)) {
    both_at(None, story).await;
}

/// The same, of a bureau with a provider of sign-ins.
pub(crate) async fn both_at(provider: Option<Provider>, story: impl AsyncFn(&World)) {
    let folder = tempfile::tempdir().unwrap();
    let world = World::open(folder, None, provider.clone()).await;
    story(&world).await;
    lines::nobody_was_named();
    world.app.db().close().await;
    let Some(database) = template::postgres().await else {
        println!("TEST_POSTGRES_URL is not set: not told on PostgreSQL");
        return;
    };
    let folder = tempfile::tempdir().unwrap();
    let world = World::open(folder, Some(database.url()), provider).await;
    story(&world).await;
    world.app.db().close().await;
    database.remove().await;
}

/// When stories begin.
pub(crate) fn beginning() -> DateTime<Utc> {
    "2026-11-22T00:30:00Z".parse().unwrap()
}

impl World {
    async fn open(folder: TempDir, database: Option<String>, provider: Option<Provider>) -> Self {
        lines::watch();
        let data = folder.path().join("data");
        if !data.exists() {
            std::fs::create_dir(&data).unwrap();
            if database.is_none() {
                std::fs::write(data.join("jinqiao.sqlite"), template::sqlite().await).unwrap();
            }
        }
        let clock = Clock::at(beginning());
        let reader = Some(program::path().to_owned());
        // cheap passwords: stories sign many people in
        let account = Rules {
            password_memory_kib: 64,
            password_passes: 1,
            second_factor: false,
            messages: true,
            mails: true,
            ..Rules::default()
        };
        let settings = Settings::in_folder(data);
        let app = App::open(Settings { database, clock, reader, account, provider, ..settings });
        let app = app.await.unwrap();
        let settings =
            web::Settings { site: "https://jobs.example".into(), ..web::Settings::default() };
        let router = web::router(app.clone(), settings);
        Self { app, folder, router }
    }

    /// A world on SQLite, for what does not depend on the database.
    pub(crate) async fn alone() -> Self {
        Self::open(tempfile::tempdir().unwrap(), None, None).await
    }

    /// On SQLite, with the data that are in the folder already.
    pub(crate) async fn with(folder: TempDir) -> Self {
        Self::open(folder, None, None).await
    }

    /// Sets the clock.
    pub(crate) fn at(&self, time: &str) {
        match &self.app.settings().clock {
            Clock::Hand(hand) => *hand.lock().unwrap() = time.parse().unwrap(),
            Clock::Machine => unreachable!("a world's clock is set by hand"),
        }
    }

    /// Lets everything that follows the log do so until nothing is left.
    pub(crate) async fn work(&self) {
        app::event::catch_up(&self.app).await.unwrap();
    }

    /// Somebody at the machine itself asks.
    pub(crate) fn office(&self) -> Asking<'_> {
        Asking::from(&self.router, "127.0.0.1:50000")
    }

    /// Somebody elsewhere asks.
    pub(crate) fn stranger(&self) -> Asking<'_> {
        self.elsewhere("203.0.113.9:50000")
    }

    /// Somebody at an address asks.
    pub(crate) fn elsewhere(&self, peer: &str) -> Asking<'_> {
        Asking::from(&self.router, peer)
    }
}
