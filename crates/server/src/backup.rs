//! `backup` and `restore`: one file with everything, for either engine.

use std::{
    fs::{self, File},
    io::{BufReader, BufWriter, Write, stdout},
    path::{Path, PathBuf},
    process::ExitCode,
};

use chrono::{DateTime, Utc};
use model::{
    Refusal,
    backup::{FORMAT, Head},
};
use store::{Db, Deed};

use crate::{Outcome, config::Config, progress::count};

/// Writes everything into `file`, which appears only when it is whole.
pub(crate) async fn write(config: &Config, file: &Path, with_key: bool) -> Outcome {
    let db = Db::connect(&config.database()).await?;
    let migration = store::backup::migration(&mut db.read().await?).await?;
    let key = if with_key { Some(fs::read(config.key())?) } else { None };
    let version = env!("CARGO_PKG_VERSION").into();
    let head = Head { format: FORMAT, version, made_at: now(), migration, key };
    let part = beside(file, "part");
    let mut out = BufWriter::new(private(&part)?);
    let shown = count("rows");
    let progress = |rows: i64| shown.set_position(rows.unsigned_abs());
    let rows = app::backup::write(&db, head, &mut out, progress).await?;
    shown.finish_and_clear();
    out.into_inner()?.sync_all()?;
    fs::rename(&part, file)?;
    let mut say = stdout().lock();
    writeln!(say, "{rows} rows in {}, {} bytes", file.display(), fs::metadata(file)?.len())?;
    if with_key {
        writeln!(say, "The key is in it: whoever has this file can read names and numbers.")?;
    } else {
        let key = config.key();
        writeln!(
            say,
            "Names and numbers in it are sealed. Their key is not in it: keep a copy of"
        )?;
        writeln!(say, "{} in another place.", key.display())?;
    }
    writeln!(say, "Everybody's own keys are never in it: `jinqiao key backup FILE` copies them.")?;
    Ok(ExitCode::SUCCESS)
}

/// Reads the file to its end first; only a whole one touches the database.
pub(crate) async fn restore(config: &Config, file: &Path, force: bool) -> Outcome {
    let (head, _) = app::backup::verify(BufReader::new(File::open(file)?))?;
    fs::create_dir_all(&config.data)?;
    let _held = crate::serve::hold(&config.data)?;
    let url = config.database();
    let rows = match url.strip_prefix("sqlite:") {
        Some(path) => into_file(Path::new(path), &head, file, force).await?,
        None => into_server(&url, &head, file, force).await?,
    };
    absent_is_fine(fs::remove_dir_all(config.data.join("index")))?;
    rewind(config).await?;
    let mut say = stdout().lock();
    writeln!(say, "{rows} rows restored, as they were at {}", head.made_at)?;
    match &head.key {
        Some(key) => put_key(&config.key(), key)?,
        None if config.key().exists() => {}
        None => {
            let key = config.key();
            writeln!(say, "Their key was not in the file: put your copy at {}", key.display())?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// The log ends where the backup does: what was anchored of it later is no longer so.
async fn rewind(config: &Config) -> Outcome<()> {
    let rows = Db::connect(&config.database()).await?;
    let seq = store::event::newest(&rows).await?;
    rows.close().await;
    let keys = store::secret::connect(&config.app().place().store).await?;
    let mut w = keys.write(deed()).await?;
    store::event::chain::prepare(&mut w).await?;
    store::event::chain::rewind(&mut w, seq).await?;
    w.commit().await?;
    keys.close().await;
    Ok(())
}

/// SQLite: into a new file, which then takes the place of the old one.
async fn into_file(path: &Path, head: &Head, file: &Path, force: bool) -> Outcome<i64> {
    if path.exists() && !force {
        let old = Db::connect(&format!("sqlite:{}", path.display())).await?;
        let empty = is_empty(&old).await;
        old.close().await;
        if !empty? {
            return Err(Refusal::new("backup.not_empty").into());
        }
    }
    let new = beside(path, "restoring");
    remove(&new)?;
    let db = Db::connect(&format!("sqlite:{}", new.display())).await?;
    let rows = fill(&db, head, file).await;
    db.close().await;
    let rows = rows.inspect_err(|_| drop(remove(&new)))?;
    remove(path)?;
    fs::rename(&new, path)?;
    Ok(rows)
}

/// PostgreSQL: into the database that is named.
async fn into_server(url: &str, head: &Head, file: &Path, force: bool) -> Outcome<i64> {
    let db = Db::connect(url).await?;
    if !is_empty(&db).await? {
        if !force {
            return Err(Refusal::new("backup.not_empty").into());
        }
        let mut w = db.write(deed()).await?;
        store::backup::clear(&mut w).await?;
        w.commit().await?;
    }
    fill(&db, head, file).await
}

async fn fill(db: &Db, head: &Head, file: &Path) -> Outcome<i64> {
    db.migrate().await?;
    head.suits(store::backup::migration(&mut db.read().await?).await?)?;
    let shown = count("rows");
    let progress = |rows: i64| shown.set_position(rows.unsigned_abs());
    let rows = app::backup::fill(db, deed(), BufReader::new(File::open(file)?), progress).await?;
    shown.finish_and_clear();
    Ok(rows)
}

/// Nothing has happened here yet: the log has no event, if there is a log.
async fn is_empty(db: &Db) -> Outcome<bool> {
    let mut r = db.read().await?;
    let tables = store::backup::tables(&mut r).await?;
    let log = tables.iter().any(|table| table.name == "event_clock");
    Ok(!log || store::event::last(&mut r).await? == 0)
}

/// Puts the key in its place; another one that is there is kept beside it.
fn put_key(path: &Path, key: &[u8]) -> std::io::Result<()> {
    if path.exists() && fs::read(path)? != key {
        fs::rename(path, beside(path, "before"))?;
    }
    private(path)?.write_all(key)
}

fn deed() -> Deed {
    Deed { name: "backup.restore", actor: "command".into(), at: now() }
}

#[expect(clippy::disallowed_methods, reason = "a command of its own, outside of any app")]
pub(crate) fn now() -> DateTime<Utc> {
    Utc::now()
}

/// `x.db` → `x.db.part`
pub(crate) fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".");
    name.push(ending);
    name.into()
}

/// A new file that only its owner can read.
pub(crate) fn private(path: &Path) -> std::io::Result<File> {
    use std::os::unix::fs::OpenOptionsExt;
    File::options().write(true).create(true).truncate(true).mode(0o600).open(path)
}

/// Removes an SQLite database with what lies beside it, if it is there.
fn remove(path: &Path) -> std::io::Result<()> {
    for ending in ["", "-wal", "-shm"] {
        let mut name = path.as_os_str().to_owned();
        name.push(ending);
        absent_is_fine(fs::remove_file(&name))?;
    }
    Ok(())
}

fn absent_is_fine(done: std::io::Result<()>) -> std::io::Result<()> {
    match done {
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => Ok(()),
        done => done,
    }
}
