//! `key`: the keys by which people are sealed. They are turned, copied and counted apart from the rows.

use std::{
    fs::{self, File},
    io::{BufReader, BufWriter, Write, stdout},
    path::{Path, PathBuf},
    process::ExitCode,
    time::Duration,
};

use app::{App, secret::rotation::turn};
use model::{
    Refusal,
    access::Actor,
    backup::{FORMAT, Head},
    erasure::Erasure,
};
use store::{Db, Deed};
use uuid::Uuid;

use crate::{
    Outcome,
    backup::{beside, now, private},
    config::Config,
    progress::count,
};

#[derive(clap::Subcommand)]
pub(crate) enum Key {
    /// Wrap everybody's key with a new key of the key file, also while the service runs
    Rotate,
    /// How many keys there are, and whether the newest people's are among them
    Status,
    /// Copy everybody's wrapped keys into a file; the key file is not in it
    Backup { file: PathBuf },
    /// Fill an empty store of keys from such a file; keys erased since then stay erased
    Restore {
        file: PathBuf,
        /// Put the file in the place of what is there now
        #[arg(long)]
        force: bool,
    },
}

/// What a service that runs beside it may take from reading the key file to writing a key.
const PAUSE: Duration = Duration::from_secs(3);

pub(crate) async fn run(config: &Config, what: &Key) -> Outcome {
    match what {
        Key::Rotate => rotate(config).await,
        Key::Status => status(config).await,
        Key::Backup { file } => write(config, file).await,
        Key::Restore { file, force } => restore(config, file, *force).await,
    }
}

async fn rotate(config: &Config) -> Outcome {
    let app = App::open(config.app()).await?;
    let shown = count("keys and rows");
    let progress = |done: app::secret::rotation::Turned| {
        shown.set_position(done.wrapped + done.moved);
    };
    let done = turn(&app, &Actor::office("command"), PAUSE, progress).await?;
    shown.finish_and_clear();
    app.db().close().await;
    let mut say = stdout().lock();
    writeln!(
        say,
        "{} keys wrapped anew, {} rows moved behind keys; number {} of the key file wraps now",
        done.wrapped, done.moved, done.generation
    )?;
    writeln!(
        say,
        "Copy the key file and `jinqiao key backup FILE` now: earlier copies fit only each other."
    )?;
    Ok(ExitCode::SUCCESS)
}

async fn status(config: &Config) -> Outcome {
    let app = App::open(config.app()).await?;
    let mut r = app.secret().store().read().await?;
    let (kept, erased) = store::secret::count(&mut r).await?;
    drop(r);
    let missing = app.missing_keys().await?;
    app.db().close().await;
    writeln!(stdout(), "{kept} keys, {erased} erased, {missing} missing of the newest people")?;
    Ok(if missing == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn head() -> Head {
    let version = env!("CARGO_PKG_VERSION").into();
    Head { format: FORMAT, version, made_at: now(), migration: 0, key: None }
}

async fn write(config: &Config, file: &Path) -> Outcome {
    let db = store::secret::connect(&config.app().place().store).await?;
    let part = beside(file, "part");
    let mut out = BufWriter::new(private(&part)?);
    let shown = count("keys");
    let progress = |rows: i64| shown.set_position(rows.unsigned_abs());
    let rows = app::backup::write(&db, head(), &mut out, progress).await?;
    shown.finish_and_clear();
    db.close().await;
    out.into_inner()?.sync_all()?;
    fs::rename(&part, file)?;
    let mut say = stdout().lock();
    writeln!(say, "{rows} keys in {}; they open with the key file only.", file.display())?;
    writeln!(say, "Whoever asks to be forgotten is forgotten when older copies are deleted.")?;
    Ok(ExitCode::SUCCESS)
}

async fn restore(config: &Config, file: &Path, force: bool) -> Outcome {
    let (head, _) = app::backup::verify(BufReader::new(File::open(file)?))?;
    if head.migration != 0 {
        return Err("this is a backup of the database, not of the keys".into());
    }
    let _held = crate::serve::hold(&config.data)?;
    let place = config.app().place();
    let db = store::secret::connect(&place.store).await?;
    let mut w = db.write(deed()).await?;
    store::secret::prepare(&mut w).await?;
    let (kept, _) = store::secret::count(&mut w).await?;
    // one is the house's own, made when the program began here
    if kept > 1 && !force {
        return Err(Refusal::new("backup.not_empty").into());
    }
    let erased: Vec<_> = store::secret::erased(&mut w).await?.into_iter().collect();
    w.commit().await?;
    let rows = app::backup::fill(&db, deed(), BufReader::new(File::open(file)?), |_| ()).await?;
    let forgotten = forgotten(config).await?;
    let again: Vec<_> = erased.into_iter().map(|(holder, _)| holder).chain(forgotten).collect();
    let mut w = db.write(deed()).await?;
    store::secret::erase(&mut w, &again).await?;
    w.commit().await?;
    db.close().await;
    writeln!(stdout(), "{rows} keys restored; {} stay erased", again.len())?;
    Ok(ExitCode::SUCCESS)
}

/// Those whom the database has forgotten: a copy of the keys must not bring them back.
async fn forgotten(config: &Config) -> Outcome<Vec<Uuid>> {
    let db = Db::connect(&config.database()).await?;
    db.migrate().await?;
    let all = store::erasure::all(&mut db.read().await?).await?;
    db.close().await;
    Ok(all.iter().flat_map(Erasure::holders).collect())
}

fn deed() -> Deed {
    Deed { name: "secret.keep", actor: "command".into(), at: now() }
}
