//! The files of a generation: read into memory as a whole, or, while it is made, piece by piece.
//!
//! The engine's own way is to map them: then somebody who cuts a file short under a running
//! program ends it with a signal. An index of a million vacancies is some 200 MB.

use std::{
    collections::HashMap,
    fs::File,
    io::{self, Read},
    iter,
    ops::Range,
    os::unix::fs::FileExt,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError, Weak},
};

use tantivy::{
    HasLen,
    directory::{
        Directory, DirectoryLock, FileHandle, Lock, MmapDirectory, OwnedBytes, WatchCallback,
        WatchHandle, WritePtr,
        error::{DeleteError, LockError, OpenReadError, OpenWriteError},
    },
};

/// Writes like the engine's own folder; what is read stays in memory while somebody uses it, so
/// that a commit reads only new files.
#[derive(Clone, Debug)]
pub(crate) struct Folder {
    root: PathBuf,
    disk: MmapDirectory,
    held: Arc<Mutex<HashMap<PathBuf, Weak<[u8]>>>>,
    /// Nothing is held: each reading goes to the disk.
    loose: bool,
}

/// A file of which only those bytes are in memory that somebody has asked for.
#[derive(Debug)]
struct Loose {
    file: File,
    length: usize,
}

impl Loose {
    fn open(path: &Path) -> io::Result<Self> {
        let file = File::open(path)?;
        let length = usize::try_from(file.metadata()?.len()).map_err(io::Error::other)?;
        Ok(Self { file, length })
    }
}

impl HasLen for Loose {
    fn len(&self) -> usize {
        self.length
    }
}

impl FileHandle for Loose {
    fn read_bytes(&self, range: Range<usize>) -> io::Result<OwnedBytes> {
        let mut bytes = vec![0; range.len()];
        let from = u64::try_from(range.start).map_err(io::Error::other)?;
        self.file.read_exact_at(&mut bytes, from)?;
        Ok(OwnedBytes::new(bytes))
    }
}

impl Folder {
    /// For answering questions.
    pub(crate) fn open(root: &Path) -> tantivy::Result<Self> {
        let disk = MmapDirectory::open(root)?;
        Ok(Self { root: root.to_owned(), disk, held: Arc::default(), loose: false })
    }

    /// For making a generation: the segments that are merged need not be in memory.
    pub(crate) fn create(root: &Path) -> tantivy::Result<Self> {
        Ok(Self { loose: true, ..Self::open(root)? })
    }

    fn read(&self, path: &Path) -> io::Result<Arc<[u8]>> {
        let mut held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(bytes) = held.get(path).and_then(Weak::upgrade) {
            return Ok(bytes);
        }
        let bytes = whole(&self.root.join(path))?;
        held.retain(|_, bytes| bytes.strong_count() > 0);
        held.insert(path.to_owned(), Arc::downgrade(&bytes));
        Ok(bytes)
    }
}

/// All of a file, in memory once.
fn whole(path: &Path) -> io::Result<Arc<[u8]>> {
    let mut file = File::open(path)?;
    let length = usize::try_from(file.metadata()?.len()).map_err(io::Error::other)?;
    let mut bytes: Arc<[u8]> = iter::repeat_n(0, length).collect();
    if let Some(bytes) = Arc::get_mut(&mut bytes) {
        file.read_exact(bytes)?;
    }
    Ok(bytes)
}

impl Directory for Folder {
    fn get_file_handle(&self, path: &Path) -> Result<Arc<dyn FileHandle>, OpenReadError> {
        let failed = |error: io::Error| {
            if error.kind() == io::ErrorKind::NotFound {
                OpenReadError::FileDoesNotExist(path.to_owned())
            } else {
                OpenReadError::wrap_io_error(error, path.to_owned())
            }
        };
        if self.loose {
            return Ok(Arc::new(Loose::open(&self.root.join(path)).map_err(failed)?));
        }
        Ok(Arc::new(OwnedBytes::new(self.read(path).map_err(failed)?)))
    }

    fn delete(&self, path: &Path) -> Result<(), DeleteError> {
        self.disk.delete(path)
    }

    fn exists(&self, path: &Path) -> Result<bool, OpenReadError> {
        self.disk.exists(path)
    }

    fn open_write(&self, path: &Path) -> Result<WritePtr, OpenWriteError> {
        self.disk.open_write(path)
    }

    fn atomic_read(&self, path: &Path) -> Result<Vec<u8>, OpenReadError> {
        self.disk.atomic_read(path)
    }

    fn atomic_write(&self, path: &Path, data: &[u8]) -> io::Result<()> {
        self.disk.atomic_write(path, data)
    }

    fn sync_directory(&self) -> io::Result<()> {
        self.disk.sync_directory()
    }

    fn acquire_lock(&self, lock: &Lock) -> Result<DirectoryLock, LockError> {
        self.disk.acquire_lock(lock)
    }

    fn watch(&self, watch_callback: WatchCallback) -> tantivy::Result<WatchHandle> {
        self.disk.watch(watch_callback)
    }
}
