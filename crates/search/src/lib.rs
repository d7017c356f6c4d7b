//! Finding vacancies: an index beside the database, a copy that can be thrown away and made again.
//!
//! [`Index`] is the door. Where files are damaged [`Index::mark`] has nothing to say until somebody
//! rebuilds; what is in memory goes on answering, and where nothing is a search says so.

mod ask;
pub mod columns;
mod cursor;
mod error;
mod field;
mod find;
mod folder;
mod generation;
mod near;
mod posting;
mod record;
mod relax;
mod sieve;
mod slip;
mod snapshot;
pub mod suggest;
mod tally;
mod vacancy;
mod wish;
mod words;

use std::{
    collections::HashMap,
    fs::{self, File, TryLockError},
    io::{self, Write},
    panic::{AssertUnwindSafe, catch_unwind},
    path::{Path, PathBuf},
    sync::{Arc, RwLock},
};

use chrono::NaiveDate;
use model::{
    Id,
    vacancy::{Vacancy, query::VacancyQuery},
};
use tantivy::IndexWriter;

pub use error::Error;
pub use find::{Found, Hit, Want};
pub use generation::Mark;
pub use vacancy::Entry;
pub use wish::Hint;
pub use words::{Dictionary, Group, Marker, Slip};

use generation::Generation;
use vacancy::Row;
use words::{Bond, Words};

/// The index of a data directory. Reading and writing block for milliseconds, rebuilding for
/// longer: call from where blocking is allowed.
pub struct Index {
    root: PathBuf,
    words: Words,
    current: RwLock<Option<Arc<Generation>>>,
}

/// In the root: the name of the generation that is in use.
const POINTER: &str = "current";

impl Index {
    /// Opens what is whole in `root`. Fails only where the directory itself cannot be made.
    pub fn open(root: &Path, dictionary: impl Into<Dictionary>) -> Result<Self, Error> {
        Ok(Opening::new(root)?.with(dictionary))
    }

    /// Reads the dictionary, which the first question would else wait for.
    pub fn warm(&self) {
        self.words.read();
    }

    /// Does no question wait for the dictionary?
    pub fn is_warm(&self) -> bool {
        self.words.is_read()
    }

    /// Takes up the generation that the directory names, where that is another than the one in
    /// use: the first, or one that another process has made.
    pub fn refresh(&self) {
        let Some(path) = named(&self.root) else { return };
        if self.generation().is_some_and(|current| current.path == path) {
            return;
        }
        self.take(opened(&path));
    }

    /// Takes up a generation that was made with these words.
    fn take(&self, generation: Option<Generation>) {
        match generation {
            Some(generation) if generation.names == self.words.seal => {
                self.set(Some(Arc::new(generation)));
            }
            Some(_) => tracing::warn!("the index was made with other names"),
            None => {}
        }
    }

    fn generation(&self) -> Option<Arc<Generation>> {
        self.current.read().ok().and_then(|current| current.clone())
    }

    fn set(&self, generation: Option<Arc<Generation>>) {
        if let Ok(mut current) = self.current.write() {
            *current = generation;
        }
    }

    /// How far the index has followed the event log; `None`: it has to be rebuilt, though what is
    /// in memory may answer meanwhile.
    pub fn mark(&self) -> Option<Mark> {
        // twice: between the look for a new one and the reading another process may have made it
        for _ in 0..2 {
            self.refresh();
            let current = self.generation().filter(|current| !current.is_doubtful())?;
            match current.mark() {
                Ok(mark) => return Some(mark),
                Err(error) => self.doubt(&current, &error.to_string()),
            }
        }
        None
    }

    /// The files of a generation are damaged: what is in memory is whole and goes on answering.
    fn doubt(&self, generation: &Generation, cause: &str) {
        // another process that has made a new one has removed this one
        if named(&self.root).is_none_or(|path| path == generation.path) && generation.doubt() {
            tracing::warn!(cause, "the index is damaged on disk and will be rebuilt");
        }
    }

    /// Answers a question, facets and all.
    pub fn find(&self, query: &VacancyQuery, today: NaiveDate) -> Result<Found, Error> {
        self.seek(query, &Hint::default(), today, Want::Facets)
    }

    /// Answers a question without facets: the same list and total for less.
    pub fn list(&self, query: &VacancyQuery, today: NaiveDate) -> Result<Found, Error> {
        self.seek(query, &Hint::default(), today, Want::List)
    }

    /// Answers a question with what is known of it besides its words.
    pub fn seek(
        &self,
        query: &VacancyQuery,
        hint: &Hint<'_>,
        today: NaiveDate,
        want: Want,
    ) -> Result<Found, Error> {
        query.check()?;
        let current = self.generation().ok_or(Error::Rebuilding)?;
        self.whole(&current, |g| slip::answer(&self.words, &g.snapshot(), query, hint, today, want))
    }

    /// Counts everything anew, as after a change: for measuring.
    pub fn recount(&self, today: NaiveDate) -> Result<(), Error> {
        let current = self.generation().ok_or(Error::Rebuilding)?;
        self.whole(&current, |g| find::recount(&g.snapshot(), today).map(drop))
    }

    /// The occupations that most of the open vacancies are for, with how many.
    pub fn trades(&self, today: NaiveDate, limit: usize) -> Result<Vec<(String, u64)>, Error> {
        let current = self.generation().ok_or(Error::Rebuilding)?;
        let trades = self.whole(&current, |g| find::trades(&g.snapshot(), today, limit))?;
        let coded = |(number, count)| (tally::occupation_code(number), count);
        Ok(trades.into_iter().map(coded).collect())
    }

    /// Does something with a generation, and puts it aside if it turns out to be damaged.
    fn whole<T>(
        &self,
        generation: &Arc<Generation>,
        work: impl FnOnce(&Generation) -> Result<T, Error>,
    ) -> Result<T, Error> {
        // the engine trusts its files: where they are damaged a reader may panic
        let done = catch_unwind(AssertUnwindSafe(|| work(generation)))
            .unwrap_or_else(|_| Err(Error::Broken("a reader panicked".into())));
        match done {
            Err(Error::Broken(cause)) => {
                self.put_aside(generation, &cause.to_string());
                Err(Error::Rebuilding)
            }
            done => done,
        }
    }

    fn put_aside(&self, generation: &Arc<Generation>, cause: &str) {
        let Ok(mut current) = self.current.write() else { return };
        if current.as_ref().is_some_and(|now| Arc::ptr_eq(now, generation)) {
            tracing::warn!(cause, "the index is damaged and will be rebuilt");
            *current = None;
            // opened again it would be found damaged again; another process may have made a new one
            if named(&self.root).as_ref() == Some(&generation.path) {
                drop(fs::remove_file(self.root.join(POINTER)));
            }
        }
    }

    /// Puts and removes documents, and moves the mark, in one commit. What fails changes nothing.
    pub fn apply(
        &self,
        put: &[Entry<'_>],
        remove: &[Id<Vacancy>],
        mark: Mark,
    ) -> Result<(), Error> {
        let current = self.generation().ok_or(Error::Rebuilding)?;
        let rows: Vec<Row> = put.iter().map(|entry| Row::new(&self.words, entry)).collect();
        let done = catch_unwind(AssertUnwindSafe(|| current.apply(&rows, remove, mark)))
            .unwrap_or_else(|_| Err(Error::Broken("a writer panicked".into())));
        // a full disk passes, a damaged file does not
        if matches!(done, Err(Error::Broken(_))) && !current.opens() {
            self.doubt(&current, "it can no longer be written");
        }
        done
    }

    /// Begins another generation, while this one goes on answering. `mark` is how far the log had
    /// come before the first row was read.
    pub fn rebuild(&self, mark: Mark) -> Result<Rebuild<'_>, Error> {
        fs::create_dir_all(&self.root)?;
        let lock = File::create(self.root.join("lock"))?;
        lock.try_lock().map_err(|error| match error {
            TryLockError::WouldBlock => Error::Busy,
            TryLockError::Error(error) => error.into(),
        })?;
        let numbers = generations(&self.root)?.into_iter().filter_map(|(number, _)| number);
        let next = numbers.max().unwrap_or_default() + 1;
        let path = self.root.join(format!("{next:06}"));
        let generation = Generation::create(&path, self.words.seal)?;
        let writer = generation.flood()?;
        Ok(Rebuild { index: self, generation, writer, mark, _lock: lock })
    }

    /// Every document: its id, and the fingerprint of what is in it.
    pub fn fingerprints(&self) -> Result<HashMap<Id<Vacancy>, i64>, Error> {
        let current = self.generation().ok_or(Error::Rebuilding)?;
        self.whole(&current, Generation::fingerprints)
    }

    /// What the fingerprint of an entry has to be.
    pub fn fingerprint(&self, entry: &Entry<'_>) -> i64 {
        Row::new(&self.words, entry).fingerprint()
    }

    /// The tokens of an entry, separated by spaces, each as often as its place counts: for measuring
    /// other engines with the same words.
    pub fn tokens(&self, entry: &Entry<'_>) -> String {
        Row::new(&self.words, entry).words
    }

    /// The words of a question, each with all tokens that stand for it.
    pub fn asked(&self, words: &str) -> Vec<Vec<String>> {
        let near = |(token, bond): (String, Bond)| {
            (!matches!(bond, Bond::Kin | Bond::Part)).then_some(token)
        };
        let tokens = |ask: words::Ask| {
            std::iter::once(ask.word).chain(ask.close.into_iter().filter_map(near)).collect()
        };
        let asks = self.words.question(words).asks.into_iter();
        asks.filter(|ask| ask.kind.is_main()).map(tokens).collect()
    }
}

/// The generation that a directory names.
fn named(root: &Path) -> Option<PathBuf> {
    let name = fs::read_to_string(root.join(POINTER)).ok()?;
    Some(root.join(name.trim()))
}

/// What is whole in the directory of a generation.
fn opened(path: &Path) -> Option<Generation> {
    match catch_unwind(AssertUnwindSafe(|| Generation::open(path))) {
        Ok(Ok(Some(generation))) => return Some(generation),
        Ok(Ok(None)) => tracing::warn!("the index is damaged, or was made by another edition"),
        Ok(Err(error)) => tracing::warn!(%error, cause = ?error, "the index does not open"),
        Err(_) => tracing::warn!("the index does not open: a reader panicked"),
    }
    None
}

/// The files of an index, read while its words are not known yet: both take a while.
pub struct Opening {
    root: PathBuf,
    generation: Option<Generation>,
}

impl Opening {
    /// Reads what is whole in `root`. Fails only where the directory itself cannot be made.
    pub fn new(root: &Path) -> Result<Self, Error> {
        fs::create_dir_all(root)?;
        let generation = named(root).and_then(|path| opened(&path));
        Ok(Self { root: root.to_owned(), generation })
    }

    pub fn with(self, dictionary: impl Into<Dictionary>) -> Index {
        let words = Words::new(dictionary.into());
        let index = Index { root: self.root, words, current: RwLock::new(None) };
        index.take(self.generation);
        index
    }
}

/// The directories of `root`, with the numbers of those that are generations.
fn generations(root: &Path) -> io::Result<Vec<(Option<u64>, PathBuf)>> {
    let entries = fs::read_dir(root)?.filter_map(Result::ok);
    let directories = entries.filter(|entry| entry.path().is_dir());
    let number = |name: &str| name.parse().ok();
    Ok(directories.map(|e| (e.file_name().to_str().and_then(number), e.path())).collect())
}

/// A generation in the making.
pub struct Rebuild<'a> {
    index: &'a Index,
    generation: Generation,
    writer: IndexWriter,
    mark: Mark,
    /// Only one is made at a time, over all processes.
    _lock: File,
}

impl Rebuild<'_> {
    /// Adds entries; none may come twice. Several threads may.
    pub fn put(&self, entries: &[Entry<'_>]) -> Result<(), Error> {
        for entry in entries {
            let row = Row::new(&self.index.words, entry);
            self.writer.add_document(row.document(&self.generation.fields))?;
        }
        Ok(())
    }

    /// Makes it whole and puts it in the place of the old one, which goes. Where none was in use, as
    /// in a process that does nothing else, it is not read yet: [`Index::refresh`] does that.
    pub fn finish(self) -> Result<(), Error> {
        self.generation.settle(self.writer, self.mark)?;
        let root = &self.index.root;
        let kept = self.generation.path.clone();
        let name = kept.file_name().unwrap_or_default();
        let fresh = root.join("current.new");
        let mut file = File::create(&fresh)?;
        file.write_all(name.as_encoded_bytes())?;
        file.sync_all()?;
        fs::rename(&fresh, root.join(POINTER))?;
        File::open(root)?.sync_all()?;
        if self.index.generation().is_some() {
            self.index.refresh();
        }
        for (_, old) in generations(root)?.into_iter().filter(|(_, path)| *path != kept) {
            // readers keep the files they have open; what cannot go now goes with the next one
            drop(fs::remove_dir_all(old));
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests;
