//! The parent's side of the reading child: begins it, hears its frames, and says what it died of.

use std::{
    io,
    os::unix::process::ExitStatusExt as _,
    path::Path,
    process::{ExitStatus, Stdio},
    time::Duration,
};

use tokio::{
    io::{AsyncReadExt as _, BufReader},
    process::{self, ChildStdout, Command},
    time::timeout,
};

use super::{
    reading::frame::{self, Frame},
    unreadable::Unreadable,
};
use crate::{App, Error, Result};

/// Longer than its processor time it does not work on one frame, even on a busy machine.
const PATIENCE: Duration = Duration::from_mins(2);

/// A process that reads one file. Dropping it ends it.
pub(super) struct Child {
    process: process::Child,
    out: BufReader<ChildStdout>,
}

impl Child {
    pub(super) fn begin(app: &App, path: &Path) -> Result<Self> {
        let file = std::fs::File::open(path)
            .ok()
            .filter(|f| f.metadata().is_ok_and(|m| m.is_file()))
            .ok_or_else(|| {
                let name = path.file_name().unwrap_or_default().to_string_lossy();
                model::Refusal::new("intake.no_file").field("file").arg("name", name)
            })?;
        let program = match &app.settings().reader {
            Some(program) => program.clone(),
            // the file that runs, also after a newer one has taken its place on disk
            None if cfg!(target_os = "linux") => "/proc/self/exe".into(),
            None => std::env::current_exe().map_err(Error::broken)?,
        };
        let mut process = Command::new(program)
            .arg("read-file")
            .env_clear()
            // its allocator asks for more address space at once than the child may have
            .env("MIMALLOC_ARENA_RESERVE", "0")
            .env("MIMALLOC_DISALLOW_ARENA_ALLOC", "1")
            .current_dir("/")
            .stdin(file)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .spawn()
            .map_err(Error::broken)?;
        let out = process.stdout.take().ok_or_else(|| Error::broken("a child without a pipe"))?;
        Ok(Self { process, out: BufReader::with_capacity(64 * 1024, out) })
    }

    /// The next frame; the refusal of the whole file where the child says so or dies.
    pub(super) async fn next(&mut self) -> Result<Frame> {
        let why = match timeout(PATIENCE, self.frame()).await {
            Ok(Ok(Frame::Refused(why))) => why,
            Ok(Ok(frame)) => return Ok(frame),
            Ok(Err(_)) => self.end().await.map_or(Unreadable::ReaderDied, cause),
            Err(_) => Unreadable::Timeout,
        };
        Err(Error::Refused(why.into()))
    }

    async fn frame(&mut self) -> io::Result<Frame> {
        let mut head = [0; 5];
        self.out.read_exact(&mut head).await?;
        let mut body = vec![0; frame::length(head)?];
        self.out.read_exact(&mut body).await?;
        frame::frame(head, &body)
    }

    async fn end(&mut self) -> io::Result<ExitStatus> {
        // It may still live, and speak nonsense.
        self.process.start_kill()?;
        self.process.wait().await
    }
}

/// What a child that ended without an end frame ran into.
fn cause(status: ExitStatus) -> Unreadable {
    const ABORT: i32 = 6;
    const BUS: i32 = 7;
    const SEGMENT: i32 = 11;
    const CPU: i32 = 24;
    match status.signal() {
        Some(CPU) => Unreadable::Timeout,
        // An allocation that fails aborts; a stack that is full is a fault of its segment.
        Some(ABORT | BUS | SEGMENT) => Unreadable::Memory,
        _ => Unreadable::ReaderDied,
    }
}
