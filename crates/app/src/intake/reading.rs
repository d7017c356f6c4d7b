//! The reading child: one file on the standard input, its rows as frames on the standard output.
//!
//! A file is whatever somebody sends. A parser that is brought to exhaust memory ends its process,
//! and nothing in that process can catch it; so the process is this one, which holds nothing else
//! and has limits of its own.

pub mod archive;
pub mod delimited;
pub mod encoding;
pub mod fence;
pub mod frame;
pub mod json;
pub mod workbook;

use std::{
    fs::File,
    io::{self, BufWriter, Read, Seek, Write},
    os::fd::AsFd,
};

use rustix::process::{Resource, Rlimit, setrlimit};

use self::frame::{Failure, Frames};
use super::unreadable::Unreadable;

/// Bytes of address space, seconds of processor time.
const MEMORY: u64 = 512 << 20;
const SECONDS: u64 = 60;
/// The largest file of text, and the largest archive.
const TEXT_BYTES: u64 = 256 << 20;
const ARCHIVE_BYTES: u64 = 64 << 20;

/// How files begin that are not text.
const ZIP: &[u8] = b"PK\x03\x04";
const OLD_OFFICE: &[u8] = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";

/// What the command `read-file` does. Returns when everything has been said.
pub fn child() -> io::Result<()> {
    let limit =
        |resource, most| setrlimit(resource, Rlimit { current: Some(most), maximum: Some(most) });
    limit(Resource::As, MEMORY)?;
    // At the soft limit a signal tells which limit it was.
    setrlimit(Resource::Cpu, Rlimit { current: Some(SECONDS), maximum: Some(SECONDS + 5) })?;
    limit(Resource::Core, 0)?;
    // It opens nothing and writes to nothing but its pipe.
    limit(Resource::Nofile, 16)?;
    limit(Resource::Fsize, 0)?;
    let file = File::from(io::stdin().as_fd().try_clone_to_owned()?);
    let out = File::from(io::stdout().as_fd().try_clone_to_owned()?);
    read(file, BufWriter::with_capacity(64 * 1024, out))
}

/// Reads the file, whatever it is, and says so frame by frame.
pub fn read(file: File, out: impl Write) -> io::Result<()> {
    let mut frames = Frames::new(out);
    match rows(file, &mut frames) {
        Ok(()) if frames.rows() == 0 => frames.refuse(&Unreadable::Empty),
        Ok(()) => frames.end(),
        Err(Failure::File(why)) => frames.refuse(&why),
        Err(Failure::Pipe(e)) => Err(e),
    }
}

fn rows(mut file: File, frames: &mut Frames<impl Write>) -> Result<(), Failure> {
    let length = file.metadata()?.len();
    let mut start = [0; 4096];
    file.rewind()?;
    let got = encoding::fill(&mut file, &mut start)?;
    let start = start.get(..got).unwrap_or_default();
    let most = |limit: u64| {
        let megabytes = limit >> 20;
        if length > limit { Err(Unreadable::TooLarge { megabytes }) } else { Ok(()) }
    };
    if start.is_empty() {
        return Err(Unreadable::Empty.into());
    }
    if start.starts_with(ZIP) {
        most(ARCHIVE_BYTES)?;
        return workbook::read(&file, frames);
    }
    if start.starts_with(OLD_OFFICE) {
        return Err(if is_locked(&mut file)? {
            Unreadable::Encrypted.into()
        } else {
            Unreadable::OldWorkbook.into()
        });
    }
    most(TEXT_BYTES)?;
    text(file, frames)
}

fn text(mut file: File, frames: &mut Frames<impl Write>) -> Result<(), Failure> {
    let encoding = encoding::detect(&mut file)?;
    let mut start = vec![0; 4096];
    let mut decoded = encoding::Decoded::new(file.try_clone()?, encoding)?;
    let got = encoding::fill(&mut decoded, &mut start)?;
    start.truncate(got);
    let start = String::from_utf8_lossy(&start).trim_start().to_ascii_lowercase();
    match start.chars().next() {
        None if got == 0 => Err(Unreadable::Empty.into()),
        Some('[' | '{') => json::read(&file, encoding, frames),
        Some('<') if start.contains("<html") || start.contains("<table") => {
            if json::page(encoding::Decoded::new(file, encoding)?, frames)? {
                return Ok(());
            }
            Err(Unreadable::WebPage.into())
        }
        Some('<') if start.starts_with("<?xml") => Err(Unreadable::Binary.into()),
        _ if start.starts_with("%pdf") || start.starts_with("{\\rtf") => {
            Err(Unreadable::Binary.into())
        }
        _ => delimited::read(file, encoding, frames),
    }
}

/// A locked workbook of today stands in a container of the old kind, under this name.
fn is_locked(file: &mut File) -> io::Result<bool> {
    let name: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let mut bytes = Vec::new();
    file.rewind()?;
    file.take(ARCHIVE_BYTES).read_to_end(&mut bytes)?;
    Ok(bytes.windows(name.len()).any(|window| window == name))
}

#[cfg(test)]
mod tests;
