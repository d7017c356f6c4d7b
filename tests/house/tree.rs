//! A tree of sources as the rules look at it: paths are relative to its root, with `/`.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

pub(crate) struct Tree(PathBuf);

impl Tree {
    pub(crate) fn ours() -> Self {
        Self(super::root().to_owned())
    }

    pub(crate) fn at(root: &Path) -> Self {
        Self(root.to_owned())
    }

    /// The text of a file; one that is not there has none.
    pub(crate) fn read(&self, path: &str) -> String {
        fs::read_to_string(self.0.join(path)).unwrap_or_default()
    }

    /// The names of the folders directly under a folder, in order.
    pub(crate) fn folders(&self, dir: &str) -> Vec<String> {
        let entries = fs::read_dir(self.0.join(dir)).into_iter().flatten().flatten();
        let folders = entries.filter(|entry| entry.path().is_dir());
        let mut names: Vec<String> =
            folders.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
        names.sort();
        names
    }

    /// All files under a folder whose name ends with `.ext`, in order.
    pub(crate) fn files(&self, dir: &str, ext: &str) -> Vec<String> {
        let (mut found, mut rest) = (vec![], vec![self.0.join(dir)]);
        while let Some(dir) = rest.pop() {
            for entry in fs::read_dir(&dir).into_iter().flatten().flatten() {
                let path = entry.path();
                if path.is_dir() && entry.file_name() != "node_modules" {
                    rest.push(path);
                } else if path.extension().is_some_and(|e| e == ext) {
                    let path = path.strip_prefix(&self.0).unwrap();
                    found.push(path.to_string_lossy().into_owned());
                }
            }
        }
        found.sort();
        found
    }

    /// The names of the files and folders directly under a folder of sources.
    pub(crate) fn rooms(&self, dir: &str) -> BTreeSet<String> {
        let entries = fs::read_dir(self.0.join(dir)).into_iter().flatten().flatten();
        let name = |path: PathBuf| Some(path.file_stem()?.to_str()?.to_owned());
        entries.filter_map(|entry| name(entry.path())).collect()
    }

    /// The names under `[dependencies]` of one of our crates.
    pub(crate) fn dependencies(&self, floor: &str) -> BTreeSet<String> {
        let manifest = self.read(&format!("crates/{floor}/Cargo.toml"));
        let part = manifest.split("\n[dependencies]").nth(1).unwrap_or_default();
        let lines = part.lines().take_while(|line| !line.starts_with('['));
        let names = lines.filter_map(|line| line.split(['.', '=', ' ']).next());
        names.filter(|n| !n.is_empty() && !n.starts_with('#')).map(str::to_owned).collect()
    }

    /// The messages of a Fluent file, attributes as `key.attribute`.
    pub(crate) fn message_keys(&self, path: &str) -> Vec<String> {
        let mut keys: Vec<String> = vec![];
        let mut message = String::new();
        for line in self.read(path).lines() {
            let Some((left, _)) = line.split_once('=') else { continue };
            let key = left.trim();
            let plain = |k: &str| k.chars().all(|c| c.is_ascii_alphanumeric() || "-_".contains(c));
            if line.starts_with(|c: char| c.is_ascii_alphabetic() || c == '-') && plain(key) {
                key.clone_into(&mut message);
                keys.push(message.clone());
            } else if let Some(attribute) = key.strip_prefix('.').filter(|k| plain(k)) {
                keys.push(format!("{message}.{attribute}"));
            }
        }
        keys
    }
}

/// A source without its comments and its own tests.
pub(crate) fn code(path: &str, source: &str) -> String {
    if path.ends_with("/tests.rs") || path.contains("/tests/") {
        return String::new();
    }
    let lines = source.lines().take_while(|line| !line.contains("#[cfg(test)]"));
    let kept: Vec<&str> = lines.filter(|line| !line.trim_start().starts_with("//")).collect();
    kept.join("\n")
}

/// The texts between double quotes, where none of them holds one.
pub(crate) fn quoted(source: &str) -> impl Iterator<Item = String> {
    source.split('"').skip(1).step_by(2).map(str::to_owned)
}

/// The names of the deeds that a source does: the first text after each `deed!(`.
pub(crate) fn deeds(source: &str) -> Vec<String> {
    let calls = source.split("deed!(").skip(1).filter(|call| !call.starts_with('$'));
    calls.filter_map(|call| quoted(call).next()).filter(|name| name.contains('.')).collect()
}
