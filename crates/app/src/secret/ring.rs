//! The key file: the keys that wrap all others, newest last, and the one that makes digests. It lies
//! apart from the database and its backups.

use std::{
    fmt::Write as _,
    fs,
    io::{ErrorKind, Write as _},
    os::unix::fs::OpenOptionsExt as _,
    path::Path,
};

use model::backup::{hex, unhex};

use super::{
    cipher::{Key, derive},
    random,
};
use crate::{Error, Result};

/// The file's first line.
const TITLE: &str = "jinqiao key 1";

#[derive(Clone, PartialEq, Eq)]
pub(super) struct Ring {
    /// Makes digests; it stays when the others change, since rows are found by them.
    pub(super) digest: Key,
    /// Generation and key, oldest first; never empty.
    masters: Vec<(i64, Key)>,
}

impl Ring {
    /// Reads the key file, or makes one that only its owner can read.
    pub(super) fn open(path: &Path) -> Result<Self> {
        match fs::read(path) {
            Ok(bytes) => Self::of(&bytes)
                .ok_or_else(|| Error::broken(format!("{}: not a key file", path.display()))),
            Err(e) if e.kind() == ErrorKind::NotFound => {
                let ring = Self::first(&random())?;
                write(path, &ring.text(), true)?;
                // another program may have made it in the same moment
                Self::of(&fs::read(path).map_err(|e| at(path, &e))?)
                    .ok_or_else(|| Error::broken("the key file was not written"))
            }
            Err(e) => Err(at(path, &e)),
        }
    }

    fn first(key: &Key) -> Result<Self> {
        Ok(Self { digest: derive(key, "digest")?, masters: vec![(1, *key)] })
    }

    fn of(bytes: &[u8]) -> Option<Self> {
        // as it was before there were generations
        if let Ok(key) = <Key>::try_from(bytes) {
            return Self::first(&key).ok();
        }
        let text = std::str::from_utf8(bytes).ok()?;
        let mut lines = text.lines().filter(|line| !line.trim().is_empty());
        if lines.next()?.trim() != TITLE {
            return None;
        }
        let key = |text: &str| unhex(text.trim()).and_then(|bytes| <Key>::try_from(bytes).ok());
        let digest = key(lines.next()?.strip_prefix("digest ")?)?;
        let master = |line: &str| {
            let (generation, text) = line.split_once(' ')?;
            Some((generation.parse().ok()?, key(text)?))
        };
        let mut masters: Vec<(i64, Key)> = lines.map(master).collect::<Option<_>>()?;
        masters.sort_by_key(|(generation, _)| *generation);
        (!masters.is_empty()).then_some(Self { digest, masters })
    }

    fn text(&self) -> String {
        let mut text = format!("{TITLE}\ndigest {}\n", hex(&self.digest));
        for (generation, key) in &self.masters {
            // writing into a String cannot fail
            let _written = writeln!(text, "{generation} {}", hex(key));
        }
        text
    }

    /// What wraps now.
    pub(super) fn newest(&self) -> (i64, Key) {
        self.masters.last().copied().unwrap_or((0, [0; 32]))
    }

    pub(super) fn find(&self, generation: i64) -> Option<Key> {
        self.masters.iter().find(|(known, _)| *known == generation).map(|(_, key)| *key)
    }

    /// What sealed rows themselves before there were keys of persons; gone once everything is moved.
    pub(super) fn old(&self) -> Option<Key> {
        self.find(1).and_then(|key| derive(&key, "seal").ok())
    }

    /// Is a rotation on its way?
    pub(super) fn turning(&self) -> bool {
        self.masters.len() > 1
    }

    /// Writes one more key into the file.
    pub(super) fn turned(mut self, path: &Path) -> Result<Self> {
        let (newest, _) = self.newest();
        self.masters.push((newest + 1, random()));
        write(path, &self.text(), false)?;
        Ok(self)
    }

    /// Takes all but the newest out of the file.
    pub(super) fn retired(mut self, path: &Path) -> Result<Self> {
        let newest = self.newest();
        self.masters = vec![newest];
        write(path, &self.text(), false)?;
        Ok(self)
    }
}

/// Writes the file whole or not at all; a new one only where there is none.
fn write(path: &Path, text: &str, new: bool) -> Result<()> {
    let mut part = path.as_os_str().to_owned();
    part.push(format!(".{}", hex(&random()).chars().take(8).collect::<String>()));
    let part = Path::new(&part);
    let put = || {
        let mut file =
            fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(part)?;
        file.write_all(text.as_bytes())?;
        file.sync_all()?;
        if new {
            // a link fails where a file is, a rename does not
            let linked = fs::hard_link(part, path);
            fs::remove_file(part)?;
            match linked {
                Err(e) if e.kind() == ErrorKind::AlreadyExists => Ok(()),
                done => done,
            }
        } else {
            fs::rename(part, path)
        }
    };
    put().map_err(|e| at(path, &e))
}

fn at(path: &Path, error: &std::io::Error) -> Error {
    Error::broken(format!("{}: {error}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_key_is_made_once_and_read_by_its_owner_alone() {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("secret.key");
        let made = Ring::open(&path).unwrap();
        assert!(Ring::open(&path).unwrap() == made);
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
        for wrong in ["short", "jinqiao key 2\n", "jinqiao key 1\ndigest 00\n1 00\n"] {
            fs::write(&path, wrong).unwrap();
            assert!(Ring::open(&path).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_key_file_of_thirty_two_bytes_is_the_first_generation() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("secret.key");
        fs::write(&path, [7; 32]).unwrap();
        let before = Ring::open(&path).unwrap();
        assert_eq!(before.newest(), (1, [7; 32]));
        let turned = before.clone().turned(&path).unwrap();
        assert!(turned.turning() && turned.digest == before.digest);
        assert_eq!((turned.find(1), turned.newest().0), (Some([7; 32]), 2));
        let after = Ring::open(&path).unwrap().retired(&path).unwrap();
        assert!(Ring::open(&path).unwrap() == after);
        assert!(after.old().is_none() && after.digest == before.digest);
    }
}
