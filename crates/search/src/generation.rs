//! One whole index on disk. A rebuild makes another beside it and takes its place.

use std::{
    collections::HashMap,
    fs,
    path::{Path, PathBuf},
    sync::{
        Arc, Mutex, PoisonError, RwLock,
        atomic::{AtomicBool, Ordering},
    },
};

use model::{Id, vacancy::Vacancy};
use serde::{Deserialize, Serialize};
use tantivy::{
    Index, IndexReader, IndexSettings, IndexSortByField, IndexWriter, Order, ReloadPolicy,
    TantivyError, Term,
    merge_policy::{LogMergePolicy, NoMergePolicy},
};
use uuid::Uuid;

use crate::{
    Error,
    field::{EDITION, Fields, schema},
    folder::Folder,
    record::place,
    sieve::columns,
    snapshot::Snapshot,
    vacancy::Row,
};

/// How far an index has followed the event log.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mark {
    /// The last event that is in it; 0 before the first.
    pub seq: i64,
    /// Microseconds of that event: another database has another event under the same number.
    pub at: i64,
}

/// Kept with each commit.
#[derive(Serialize, Deserialize)]
struct Payload {
    edition: u32,
    /// Of the names that are words.
    names: u64,
    mark: Mark,
}

pub(crate) struct Generation {
    pub(crate) path: PathBuf,
    pub(crate) fields: Fields,
    index: Index,
    reader: IndexReader,
    /// What readers see.
    snapshot: RwLock<Arc<Snapshot>>,
    /// Held while another is read: an older one never takes the place of a newer one.
    reading: Mutex<()>,
    /// Held from the first change on: while it is, no other process writes here.
    writer: Mutex<Option<IndexWriter>>,
    /// Seal of the words it was made with.
    pub(crate) names: u64,
    /// The files are no longer what is in memory.
    doubtful: AtomicBool,
}

/// Memory for new documents, in bytes: a trickle, and a rebuild.
const TRICKLE: usize = 30_000_000;
const FLOOD: usize = 100_000_000;

/// Segments after a rebuild: each word is looked up in each of them, and as many threads make them.
const HALVES: usize = 2;

/// Which segments become one while changes trickle in. Of sizes that are alike, within a factor of
/// six, there are at most five: about fifteen of a million documents, mostly fewer. One in which
/// many documents are gone is written anew.
fn merging() -> LogMergePolicy {
    let mut policy = LogMergePolicy::default();
    policy.set_min_num_segments(6);
    policy.set_level_log_size(2.6);
    policy.set_del_docs_ratio_before_merge(0.4);
    policy
}

fn payload(index: &Index) -> Result<Option<Payload>, Error> {
    let payload = index.load_metas()?.payload;
    Ok(payload.and_then(|text| serde_json::from_str(&text).ok()))
}

/// How far the last commit had followed.
fn marked(index: &Index) -> Result<Mark, Error> {
    Ok(payload(index)?.map(|payload| payload.mark).unwrap_or_default())
}

impl Generation {
    pub(crate) fn create(path: &Path, names: u64) -> Result<Self, Error> {
        fs::create_dir_all(path)?;
        let (schema, fields) = schema();
        let by = IndexSortByField { field: "order".into(), order: Order::Asc };
        let settings = IndexSettings { sort_by_field: Some(by), ..IndexSettings::default() };
        let index = Index::create(Folder::create(path)?, schema, settings)?;
        Self::with(path, index, fields, names)
    }

    /// Opens what is there, and compares every file with its checksum; `None` where it is damaged
    /// or was made by another edition.
    pub(crate) fn open(path: &Path) -> Result<Option<Self>, Error> {
        let index = Index::open(Folder::open(path)?)?;
        let (schema, fields) = schema();
        let mut generation = Self::with(path, index, fields, 0)?;
        let Some(payload) = payload(&generation.index)? else { return Ok(None) };
        generation.names = payload.names;
        let same = payload.edition == EDITION;
        let whole = generation.index.validate_checksum()?.is_empty();
        Ok((same && whole && generation.index.schema() == schema).then_some(generation))
    }

    fn with(path: &Path, index: Index, fields: Fields, names: u64) -> Result<Self, Error> {
        let reader: IndexReader =
            index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
        let mark = marked(&index)?;
        let snapshot = Snapshot::new(reader.searcher(), fields.words, mark, None)?;
        Ok(Self {
            path: path.to_owned(),
            fields,
            index,
            reader,
            snapshot: RwLock::new(Arc::new(snapshot)),
            reading: Mutex::default(),
            writer: Mutex::new(None),
            names,
            doubtful: AtomicBool::new(false),
        })
    }

    pub(crate) fn is_doubtful(&self) -> bool {
        self.doubtful.load(Ordering::Relaxed)
    }

    /// Is this news?
    pub(crate) fn doubt(&self) -> bool {
        !self.doubtful.swap(true, Ordering::Relaxed)
    }

    pub(crate) fn snapshot(&self) -> Arc<Snapshot> {
        Arc::clone(&self.snapshot.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Lets readers see what was committed.
    fn reload(&self) -> Result<(), Error> {
        let _reading = self.reading.lock().unwrap_or_else(PoisonError::into_inner);
        // before the segments: where another process commits in between, readers know more than this
        let mark = marked(&self.index)?;
        self.reader.reload()?;
        let before = self.snapshot();
        let fresh = Snapshot::new(self.reader.searcher(), self.fields.words, mark, Some(&before))?;
        *self.snapshot.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(fresh);
        Ok(())
    }

    /// How far it has followed, for whoever asks questions too: what was committed a moment ago, or
    /// by another process, is read first.
    pub(crate) fn mark(&self) -> Result<Mark, Error> {
        if self.snapshot().mark != marked(&self.index)? {
            self.reload()?;
        }
        Ok(self.snapshot().mark)
    }

    /// Replaces and removes documents, and commits: readers see all of it or nothing.
    pub(crate) fn apply(
        &self,
        put: &[Row],
        remove: &[Id<Vacancy>],
        mark: Mark,
    ) -> Result<(), Error> {
        let mut held = self.writer.lock().map_err(|_| TantivyError::Poisoned)?;
        let mut writer = match held.take() {
            Some(writer) => writer,
            None => self.trickle()?,
        };
        // a writer that has failed is not put back: its documents are lost, the next starts afresh
        for row in put {
            writer.delete_term(self.term(row.id));
            writer.add_document(row.document(&self.fields))?;
        }
        for &id in remove {
            writer.delete_term(self.term(id));
        }
        self.commit(&mut writer, mark)?;
        *held = Some(writer);
        drop(held);
        self.reload()
    }

    fn trickle(&self) -> Result<IndexWriter, Error> {
        let writer = self.index.writer_with_num_threads(1, TRICKLE)?;
        writer.set_merge_policy(Box::new(merging()));
        Ok(writer)
    }

    fn commit(&self, writer: &mut IndexWriter, mark: Mark) -> Result<(), Error> {
        let payload = Payload { edition: EDITION, names: self.names, mark };
        let mut commit = writer.prepare_commit()?;
        commit.set_payload(&serde_json::to_string(&payload).map_err(|e| Error::Broken(e.into()))?);
        commit.commit()?;
        Ok(())
    }

    fn term(&self, id: Id<Vacancy>) -> Term {
        Term::from_field_bytes(self.fields.id, id.uuid().as_bytes())
    }

    /// A writer for very many new documents.
    pub(crate) fn flood(&self) -> Result<IndexWriter, Error> {
        let writer = self.index.writer_with_num_threads(2, FLOOD)?;
        writer.set_merge_policy(Box::new(NoMergePolicy));
        Ok(writer)
    }

    /// Makes what [`Self::flood`] was given whole, and compares every file with its checksum.
    pub(crate) fn settle(&self, mut writer: IndexWriter, mark: Mark) -> Result<(), Error> {
        self.commit(&mut writer, mark)?;
        self.halve(&mut writer)?;
        writer.garbage_collect_files().wait()?;
        writer.wait_merging_threads()?;
        let whole = self.index.validate_checksum()?.is_empty();
        whole.then_some(()).ok_or_else(|| Error::Broken("what was made is not whole".into()))
    }

    /// Makes few segments of many, of about the same size and side by side.
    fn halve(&self, writer: &mut IndexWriter) -> Result<(), Error> {
        let mut segments = self.index.searchable_segment_metas()?;
        segments.sort_by_key(|segment| std::cmp::Reverse(segment.num_docs()));
        let mut halves = vec![(0, Vec::new()); HALVES];
        for segment in segments {
            let smallest = halves.iter_mut().min_by_key(|(documents, _)| *documents);
            let Some((documents, ids)) = smallest else { break };
            *documents += segment.num_docs();
            ids.push(segment.id());
        }
        let several = halves.iter().filter(|(_, ids)| ids.len() > 1);
        let merges: Vec<_> = several.map(|(_, ids)| writer.merge(ids)).collect();
        for merge in merges {
            merge.wait()?;
        }
        Ok(())
    }

    /// Is it whole on disk too?
    pub(crate) fn opens(&self) -> bool {
        matches!(Self::open(&self.path), Ok(Some(_)))
    }

    /// Every document: its id, and the fingerprint of what is in it; as of now, also where another
    /// process writes.
    pub(crate) fn fingerprints(&self) -> Result<HashMap<Id<Vacancy>, i64>, Error> {
        self.reload()?;
        let snapshot = self.snapshot();
        let mut found = HashMap::new();
        for segment in snapshot.segments() {
            let prints = columns(&segment.reader)?.fingerprint;
            let documents = segment.reader.doc_ids_alive();
            found.extend(documents.filter_map(|doc| {
                let id = segment.part.ids.get(place(doc))?;
                Some((Id::new(Uuid::from_u128(*id)), prints.get_val(doc)))
            }));
        }
        Ok(found)
    }
}
