//! `cargo bench`: a short look at search, by the program's own command. See the README.

use std::{
    io,
    process::{Command, ExitCode},
};

fn main() -> io::Result<ExitCode> {
    let data = tempfile::tempdir()?;
    let status = Command::new(env!("CARGO_BIN_EXE_jinqiao"))
        .arg("--data")
        .arg(data.path())
        .args(["bench", "search", "--vacancies", "50000", "--seconds", "10"])
        .status()?;
    Ok(if status.success() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
