//! What the program does: one function a deed, one transaction a function. SQL is store's, HTTP is
//! web's; here is who does what, and what follows.

pub mod account;
pub mod alarm;
pub mod application;
pub mod assignment;
pub mod backup;
pub mod compliance;
pub mod consent;
pub mod contact;
mod deed;
pub mod employer;
pub mod erasure;
mod error;
pub mod event;
pub mod exposure;
pub mod inquiry;
pub mod intake;
pub mod interest;
pub mod inventory;
pub mod invitation;
pub mod jobseeker;
pub mod look;
pub mod matching;
pub mod notice;
pub mod occupation;
pub mod organisation;
pub mod pace;
pub mod placement;
pub mod relation;
pub mod retention;
pub mod secret;
pub mod sheet;
pub mod subscription;
pub mod term;
pub mod timetable;
pub mod vacancy;
pub mod workbench;

use std::{path::PathBuf, sync::Arc};

use chrono::{DateTime, FixedOffset, NaiveDate, NaiveDateTime, SubsecRound, Utc};
use model::{Id, reference::Reference, secret::Cipher};
use search::{Index, Opening};
use store::Db;
use tokio::sync::{Mutex, Notify, OnceCell};
use uuid::Uuid;

pub use client::{
    Error as GatewayError,
    gateway::Gateway,
    provider::{Provider, Settings as ProviderSettings},
};
pub use deed::{did, refuse_or_retry};
pub use error::{Error, Result};
use secret::Secret;

/// What the program must be told before it can begin.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The folder for everything that is not in the database: the index, uploads, the key.
    pub data: PathBuf,
    /// `sqlite:PATH` or `postgres://…`; by default the file in `data`.
    pub database: Option<String>,
    /// The key file; by default `secret.key` in `data`.
    pub key: Option<PathBuf>,
    /// The store of everybody's keys, as `database` has it; by default `keys.sqlite` beside the key file.
    pub keys: Option<String>,
    /// What identities are sealed with.
    pub cipher: Cipher,
    /// The hour that the office's clock is ahead of UTC: 8 in China.
    pub utc_offset_hours: i32,
    pub clock: Clock,
    /// The program whose command `read-file` reads what people send; by default this one.
    pub reader: Option<PathBuf>,
    /// About signing in.
    pub account: account::Rules,
    /// Where staff of a bureau that has one sign in.
    pub provider: Option<Provider>,
}

impl Settings {
    /// Everything in one folder, the clock of the machine, the time of Beijing.
    pub fn in_folder(data: impl Into<PathBuf>) -> Self {
        let data = data.into();
        let (database, key, keys, reader, account, provider) = Default::default();
        let (cipher, clock) = (Cipher::Aes, Clock::Machine);
        let utc_offset_hours = 8;
        Self {
            data,
            database,
            key,
            keys,
            cipher,
            utc_offset_hours,
            clock,
            reader,
            account,
            provider,
        }
    }

    /// Where the keys are.
    pub fn place(&self) -> secret::Place {
        let file = self.key.clone().unwrap_or_else(|| self.data.join("secret.key"));
        let store = self.keys.clone().unwrap_or_else(|| secret::Place::beside(&file));
        secret::Place { file, store, cipher: self.cipher }
    }
}

/// Where the time comes from.
#[derive(Clone, Debug)]
pub enum Clock {
    Machine,
    /// Set by hand: for tests, and for what must come out the same on every day.
    Hand(Arc<std::sync::Mutex<DateTime<Utc>>>),
}

impl Clock {
    pub fn at(time: DateTime<Utc>) -> Self {
        Self::Hand(Arc::new(std::sync::Mutex::new(time)))
    }

    fn now(&self) -> DateTime<Utc> {
        #[expect(clippy::disallowed_methods, reason = "this is where the time comes from")]
        match self {
            Self::Machine => Utc::now(),
            // a poisoned clock still shows a time
            Self::Hand(time) => *time.lock().unwrap_or_else(std::sync::PoisonError::into_inner),
        }
    }
}

/// Runs what blocks (disk, long computing) beside the tasks that must not.
pub(crate) async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T> {
    tokio::task::spawn_blocking(work).await.map_err(Error::broken)
}

/// The open program: database, key, clock. Cheap to clone; every handler and task holds one.
#[derive(Clone)]
pub struct App(Arc<Inner>);

struct Inner {
    settings: Settings,
    db: Db,
    secret: Secret,
    offset: FixedOffset,
    /// The reference tables in memory, as of a day.
    reference: Mutex<Option<(NaiveDate, Arc<Reference>)>>,
    /// Opened by the first that searches: commands that do not need no dictionary.
    index: OnceCell<Arc<Index>>,
    /// What is offered to somebody who types.
    suggestions: vacancy::suggest::Kept,
    /// What people look for, until it is written.
    inquiries: inquiry::Noted,
    /// What the open posts teach, as of an event and a day.
    market: Mutex<matching::Counted>,
    /// Posts and people in memory, for matching.
    engine: matching::engine::Engine,
    /// Lists that were shown, until they are written down.
    tally: std::sync::Mutex<exposure::Tally>,
    /// How many lists were read in the last minute, by whom.
    paces: pace::Paces,
    /// Where passwords are hashed.
    kiln: account::password::Kiln,
    /// Is there an account? Once there is, there always will be.
    peopled: OnceCell<()>,
    /// The code that makes the first administrator.
    setup: Mutex<Option<String>>,
    /// Rung after every deed, so that readers of the log need not wait for their next look.
    bell: Notify,
}

impl App {
    /// Opens the database (makes it, brings it to this version, loads newer reference tables) and
    /// the key.
    pub async fn open(settings: Settings) -> Result<Self> {
        std::fs::create_dir_all(&settings.data).map_err(Error::broken)?;
        let default = || Db::url_in(&settings.data);
        let url = settings.database.clone().unwrap_or_else(default);
        let secret = Secret::open(settings.place(), settings.clock.now()).await?;
        let db = Db::connect(&url).await?;
        db.migrate().await?;
        store::reference::load(&db, settings.clock.now()).await?;
        let seconds = settings.utc_offset_hours * 3_600;
        let offset = FixedOffset::east_opt(seconds)
            .ok_or_else(|| Error::broken("utc_offset_hours is not between -23 and 23"))?;
        let (reference, index, bell) = (Mutex::default(), OnceCell::new(), Notify::new());
        let (suggestions, inquiries, market, engine) = Default::default();
        let (tally, paces) = (std::sync::Mutex::default(), pace::Paces::default());
        let kiln = account::password::Kiln::new(&settings.account);
        let (peopled, setup) = (OnceCell::new(), Mutex::default());
        let inner = Inner {
            settings,
            db,
            secret,
            offset,
            reference,
            index,
            suggestions,
            inquiries,
            market,
            engine,
            tally,
            paces,
            kiln,
            peopled,
            setup,
            bell,
        };
        Ok(Self(Arc::new(inner)))
    }

    /// The reference tables in memory, with the terms in force today. Read on the first call of a
    /// day (a third of a second); everybody who asks meanwhile waits for the same reading.
    pub async fn reference(&self) -> Result<Arc<Reference>> {
        let today = self.today();
        let mut held = self.0.reference.lock().await;
        if let Some((day, reference)) = held.as_ref()
            && *day == today
        {
            return Ok(Arc::clone(reference));
        }
        let read = store::reference::read(&mut self.db().read().await?, today).await?;
        let reference = Arc::new(read);
        *held = Some((today, Arc::clone(&reference)));
        Ok(reference)
    }

    /// The tables in memory are read again by whoever asks next: a row was added.
    pub(crate) async fn forget_reference(&self) {
        *self.0.reference.lock().await = None;
    }

    /// The index in the data folder. It may have to be made anew first: see [`event::follow`].
    pub async fn index(&self) -> Result<Arc<Index>> {
        let open = || async {
            let folder = self.0.settings.data.join("index");
            let (read, reference) =
                tokio::join!(blocking(move || Opening::new(&folder)), self.reference());
            let (read, reference) = (read??, reference?);
            let words = move || read.with(vacancy::dictionary::dictionary(&reference));
            Ok::<_, Error>(Arc::new(blocking(words).await?))
        };
        self.0.index.get_or_try_init(open).await.map(Arc::clone)
    }

    /// Reads everything that the first question would else wait for.
    pub async fn warm(&self) -> Result<()> {
        let index = self.index().await?;
        blocking(move || index.warm()).await
    }

    pub fn db(&self) -> &Db {
        &self.0.db
    }

    pub fn secret(&self) -> &Secret {
        &self.0.secret
    }

    /// How many of the newest hundred people have no key in the store of keys: more than none, and the
    /// store is not the one that belongs to this database.
    pub async fn missing_keys(&self) -> Result<usize> {
        let ids = store::secret::some_people(self.db(), 100).await?;
        let holders: Vec<_> = ids.into_iter().map(Id::uuid).collect();
        let keys = self.secret().keys(&holders).await?;
        Ok(holders.iter().filter(|holder| !keys.knows(**holder)).count())
    }

    pub fn settings(&self) -> &Settings {
        &self.0.settings
    }

    pub fn bell(&self) -> &Notify {
        &self.0.bell
    }

    /// The hour, to the microsecond: what both databases keep.
    pub fn now(&self) -> DateTime<Utc> {
        self.0.settings.clock.now().trunc_subsecs(6)
    }

    /// The day on the office's calendar.
    pub fn today(&self) -> NaiveDate {
        self.day_of(self.now())
    }

    /// The day it was on the office's calendar.
    pub fn day_of(&self, time: DateTime<Utc>) -> NaiveDate {
        time.with_timezone(&self.0.offset).date_naive()
    }

    /// The office's own date and hour of a time.
    pub fn local(&self, time: DateTime<Utc>) -> NaiveDateTime {
        time.with_timezone(&self.0.offset).naive_local()
    }

    /// The moment of an hour on the office's own clock.
    pub fn moment(&self, local: NaiveDateTime) -> DateTime<Utc> {
        (local - self.0.offset).and_utc()
    }

    /// A new id; ids sort by the time of making.
    pub fn id<T>(&self) -> Id<T> {
        #[expect(clippy::disallowed_methods, reason = "this is where ids come from")]
        Id::new(Uuid::now_v7())
    }
}
