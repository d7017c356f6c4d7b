//! A PostgreSQL of its own, if the machine has one: with four gigabytes of buffers and nothing that
//! waits for the disk.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    thread::sleep,
    time::Duration,
};

use crate::Outcome;

/// A cluster that ends with this value.
pub(super) struct Cluster {
    bin: PathBuf,
    data: PathBuf,
    pub(super) url: String,
}

const PORT: u16 = 54_329;

impl Cluster {
    /// Starts one in `folder`; `None` where there is no `initdb`.
    pub(super) fn start(folder: &Path) -> Outcome<Option<Self>> {
        let Some(bin) = bin() else { return Ok(None) };
        let home = folder.join("postgres");
        fs::create_dir_all(&home)?;
        let home = home.canonicalize()?;
        owned(&home)?;
        let data = home.join("data");
        let path = data.display().to_string();
        run(as_nobody(&bin.join("initdb")).args([
            "-D",
            &path,
            "-A",
            "trust",
            "-U",
            "postgres",
            "-E",
            "UTF8",
            "--locale=C",
        ]))?;
        let options = format!(
            "-p {PORT} -k {} -c listen_addresses=127.0.0.1 -c shared_buffers=4GB -c fsync=off \
             -c wal_level=minimal -c max_wal_senders=0 -c max_wal_size=8GB -c autovacuum=off",
            home.display()
        );
        let log = home.join("log").display().to_string();
        let pg_ctl = bin.join("pg_ctl");
        run(as_nobody(&pg_ctl).args(["-D", &path, "-l", &log, "-w", "-o", &options, "start"]))?;
        sleep(Duration::from_millis(200));
        let url = format!("postgres://postgres@127.0.0.1:{PORT}/postgres");
        Ok(Some(Self { bin, data, url }))
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        let path = self.data.display().to_string();
        let stop = ["-D", &path, "-m", "immediate", "stop"];
        drop(run(as_nobody(&self.bin.join("pg_ctl")).args(stop)));
    }
}

/// Where the programs of the newest PostgreSQL are.
fn bin() -> Option<PathBuf> {
    let versions = fs::read_dir("/usr/lib/postgresql").ok()?;
    let mut found: Vec<_> = versions.flatten().map(|entry| entry.path().join("bin")).collect();
    found.sort();
    found.into_iter().rev().find(|bin| bin.join("initdb").exists())
}

fn is_root() -> bool {
    fs::metadata("/proc/self").is_ok_and(|of| std::os::unix::fs::MetadataExt::uid(&of) == 0)
}

/// PostgreSQL refuses to run as root.
fn as_nobody(program: &Path) -> Command {
    if !is_root() {
        return Command::new(program);
    }
    let mut command = Command::new("runuser");
    command.args(["-u", "postgres", "--"]).arg(program);
    command
}

fn owned(folder: &Path) -> Outcome<()> {
    if is_root() {
        run(Command::new("chown").arg("postgres").arg(folder))?;
    }
    Ok(())
}

fn run(command: &mut Command) -> Outcome<()> {
    let status = command.stdout(Stdio::null()).stderr(Stdio::null()).status()?;
    if status.success() { Ok(()) } else { Err(format!("{command:?} failed").into()) }
}
