//! In which characters a text is written, and the text itself as UTF-8, a piece at a time.

use std::{
    fs::File,
    io::{self, Read, Seek, SeekFrom},
};

use encoding_rs::{Decoder, DecoderResult, Encoding, GB18030, UTF_8, UTF_16BE, UTF_16LE};

use super::{super::unreadable::Unreadable, frame::Failure};

/// Chinese or other characters that stand before the first broken byte of a text: from so many on
/// it is UTF-8 that was damaged, not GB18030, which hardly ever looks like UTF-8 for long.
const UTF8_FOR_SURE: usize = 4;

/// Finds out the encoding by reading the file to its end, and goes back to the beginning.
pub fn detect(file: &mut File) -> Result<&'static Encoding, Failure> {
    let mut start = [0; 3];
    file.rewind()?;
    let got = fill(file, &mut start)?;
    let marked = start.get(..got).and_then(Encoding::for_bom).map(|(encoding, _)| encoding);
    let found = match marked {
        Some(encoding) => judge(file, encoding)?.map_err(|at| Unreadable::Encoding { line: at.0 }),
        None => match judge(file, UTF_8)? {
            Err((line, characters)) if characters >= UTF8_FOR_SURE => {
                Err(Unreadable::Encoding { line })
            }
            Err(_) => judge(file, GB18030)?.map_err(|at| Unreadable::Encoding { line: at.0 }),
            ok => Ok(ok.unwrap_or(UTF_8)),
        },
    };
    file.rewind()?;
    Ok(found?)
}

/// The encoding if the whole file is written in it, else the line of the first broken byte and
/// how many characters outside ASCII stood before it. Control characters mean: no text at all.
fn judge(
    file: &mut File,
    encoding: &'static Encoding,
) -> Result<Result<&'static Encoding, (usize, usize)>, Failure> {
    file.rewind()?;
    let mut decoder = encoding.new_decoder_with_bom_removal();
    let (mut line, mut characters) = (1, 0);
    let (mut bytes, mut text) = (vec![0; 64 * 1024], vec![0; 256 * 1024]);
    loop {
        let got = file.read(&mut bytes)?;
        let piece = bytes.get(..got).unwrap_or_default();
        let (result, _, written) =
            decoder.decode_to_utf8_without_replacement(piece, &mut text, got == 0);
        let words = text.get(..written).unwrap_or_default();
        if words.iter().any(|&b| b < b' ' && !matches!(b, b'\t' | b'\n' | b'\r' | 11 | 12 | 26)) {
            return Err(Unreadable::Binary.into());
        }
        line += words.split(|&b| b == b'\n').count() - 1;
        characters += words.iter().filter(|&&b| b >= 0xC0).count();
        match result {
            DecoderResult::Malformed(..) => return Ok(Err((line, characters))),
            DecoderResult::InputEmpty | DecoderResult::OutputFull if got == 0 => {
                return Ok(Ok(encoding));
            }
            DecoderResult::InputEmpty | DecoderResult::OutputFull => {}
        }
    }
}

/// The short name people know it by.
pub fn name(encoding: &'static Encoding) -> &'static str {
    match encoding {
        e if e == GB18030 => "GB18030",
        e if e == UTF_16LE || e == UTF_16BE => "UTF-16",
        _ => "UTF-8",
    }
}

/// The file as UTF-8, without a byte order mark, every line ending in a line feed alone: so that
/// whoever counts lines counts as the person does who made the file.
pub struct Decoded {
    file: File,
    decoder: Decoder,
    text: Vec<u8>,
    given: usize,
    ended: bool,
    /// The last character was a carriage return.
    returned: bool,
}

impl Decoded {
    /// From the beginning.
    pub fn new(mut file: File, encoding: &'static Encoding) -> io::Result<Self> {
        file.seek(SeekFrom::Start(0))?;
        let decoder = encoding.new_decoder_with_bom_removal();
        Ok(Self { file, decoder, text: Vec::new(), given: 0, ended: false, returned: false })
    }

    fn refill(&mut self) -> io::Result<()> {
        let mut bytes = vec![0; 64 * 1024];
        let got = self.file.read(&mut bytes)?;
        self.ended = got == 0;
        self.text.resize(256 * 1024, 0);
        let piece = bytes.get(..got).unwrap_or_default();
        let (_, _, written, _) = self.decoder.decode_to_utf8(piece, &mut self.text, self.ended);
        self.text.truncate(written);
        self.end_lines();
        self.given = 0;
        Ok(())
    }

    fn end_lines(&mut self) {
        let returned = &mut self.returned;
        self.text.retain(|&b| {
            let second = b == b'\n' && *returned;
            *returned = b == b'\r';
            !second
        });
        for b in self.text.iter_mut().filter(|b| **b == b'\r') {
            *b = b'\n';
        }
    }
}

impl Read for Decoded {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        while self.given == self.text.len() && !self.ended {
            self.refill()?;
        }
        let mut rest = self.text.get(self.given..).unwrap_or_default();
        let got = rest.read(buf)?;
        self.given += got;
        Ok(got)
    }
}

/// Reads until `buf` is full or the file ends.
pub fn fill(file: &mut impl Read, buf: &mut [u8]) -> io::Result<usize> {
    let mut filled = 0;
    while let Some(rest) = buf.get_mut(filled..).filter(|r| !r.is_empty()) {
        match file.read(rest)? {
            0 => break,
            got => filled += got,
        }
    }
    Ok(filled)
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    fn file(bytes: &[u8]) -> File {
        let mut file = tempfile::tempfile().unwrap();
        file.write_all(bytes).unwrap();
        file
    }

    fn read(bytes: &[u8]) -> Result<(&'static str, String), Failure> {
        let mut file = file(bytes);
        let encoding = detect(&mut file)?;
        let mut text = String::new();
        Decoded::new(file, encoding)?.read_to_string(&mut text)?;
        Ok((name(encoding), text))
    }

    #[test]
    fn a_text_is_known_by_its_bytes() {
        let words = "岗位名称,电焊工\n";
        let gbk = GB18030.encode(words).0.into_owned();
        let utf16: Vec<u8> = [0xFFFE_u16.swap_bytes()]
            .into_iter()
            .chain(words.encode_utf16())
            .flat_map(u16::to_le_bytes)
            .collect();
        let marked = [b"\xEF\xBB\xBF", words.as_bytes()].concat();
        assert_eq!(read(words.as_bytes()).unwrap(), ("UTF-8", words.into()));
        assert_eq!(read(&marked).unwrap(), ("UTF-8", words.into()));
        assert_eq!(read(&gbk).unwrap(), ("GB18030", words.into()));
        assert_eq!(read(&utf16).unwrap(), ("UTF-16", words.into()));
    }

    #[test]
    fn lines_end_alike() {
        assert_eq!(read(b"a\r\nb\rc\n\r\n").unwrap().1, "a\nb\nc\n\n");
    }

    #[test]
    fn a_broken_text_is_not_guessed_at() {
        let broken = ["岗位名称\n单位".as_bytes(), b"\xFF\xFE"].concat();
        assert!(matches!(read(&broken), Err(Failure::File(Unreadable::Encoding { line: 2 }))));
        assert!(matches!(read(b"PNG\r\n\0\0"), Err(Failure::File(Unreadable::Binary))));
    }

    #[test]
    fn a_long_text_comes_in_pieces_and_whole() {
        let words = "招聘电焊工三名，包吃住。".repeat(40_000);
        let gbk = GB18030.encode(&words).0.into_owned();
        assert_eq!(read(&gbk).unwrap(), ("GB18030", words));
    }
}
