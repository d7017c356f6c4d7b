//! A look into a workbook's archive before anything opens it: how much it would inflate to, and
//! whether it lies about how much it holds.

use std::{fs::File, io::Read};

use zip::{ZipArchive, result::ZipError};

use super::{super::unreadable::Unreadable, frame::Failure};

/// More parts than any workbook of one table has.
const ENTRIES: usize = 200;
/// 100,000 rows of 25 columns inflate to 130 MB of cells (measured); three times that.
const ENTRY_BYTES: u64 = 384 << 20;
const TOTAL_BYTES: u64 = 512 << 20;
/// Texts are held in memory while the cells stream by.
const STRINGS_BYTES: u64 = 160 << 20;
/// Sheets of repeated rows compress by 20 to 50; a bomb by 1,000.
const RATIO: u64 = 100;
/// Below this an entry harms nobody, whatever its ratio.
const HARMLESS_BYTES: u64 = 8 << 20;
/// The shortest text of the table of texts is `<si/>`.
const STRING_BYTES: u64 = 5;

/// Inflates every entry once, keeping nothing.
pub fn inspect(file: &File) -> Result<(), Failure> {
    let mut archive = ZipArchive::new(file.try_clone()?).map_err(|_| Unreadable::BrokenWorkbook)?;
    if archive.len() > ENTRIES {
        return Err(Unreadable::ZipBomb.into());
    }
    if archive.index_for_name("xl/workbook.bin").is_some() {
        return Err(Unreadable::OldWorkbook.into());
    }
    if archive.index_for_name("xl/workbook.xml").is_none()
        && archive.index_for_name("[Content_Types].xml").is_none()
    {
        return Err(Unreadable::Binary.into());
    }
    let mut total = 0;
    for index in 0..archive.len() {
        total += inflate(&mut archive, index, TOTAL_BYTES - total)?;
    }
    Ok(())
}

/// How much the entry holds, if it holds no more than it may.
fn inflate(archive: &mut ZipArchive<File>, index: usize, left: u64) -> Result<u64, Failure> {
    let entry = archive.by_index(index).map_err(|e| {
        let locked =
            matches!(e, ZipError::UnsupportedArchive(why) if why == ZipError::PASSWORD_REQUIRED);
        if locked { Unreadable::Encrypted } else { Unreadable::BrokenWorkbook }
    })?;
    let compressed = entry.compressed_size();
    let texts = entry.name().is_ok_and(|n| n.to_ascii_lowercase().ends_with("sharedstrings.xml"));
    let limit = left.min(if texts { STRINGS_BYTES } else { ENTRY_BYTES });
    let mut claims = Claims::default();
    let mut size = 0;
    let mut entry = entry.take(limit + 1);
    let mut piece = vec![0; 64 * 1024];
    loop {
        let got = entry.read(&mut piece).map_err(|_| Unreadable::BrokenWorkbook)?;
        if got == 0 {
            break;
        }
        size += u64::try_from(got).unwrap_or(u64::MAX);
        if size > limit || (size > HARMLESS_BYTES && size / RATIO > compressed) {
            return Err(Unreadable::ZipBomb.into());
        }
        if texts {
            claims.hear(piece.get(..got).unwrap_or_default());
        }
    }
    if claims.most > size / STRING_BYTES + 1 {
        return Err(Unreadable::ZipBomb.into());
    }
    Ok(size)
}

/// The largest number that a `uniqueCount` claims. A reader reserves memory for it unseen.
#[derive(Default)]
struct Claims {
    most: u64,
    matched: usize,
    number: Option<u64>,
}

impl Claims {
    const WORD: &'static [u8] = b"uniqueCount";

    fn hear(&mut self, piece: &[u8]) {
        for &b in piece {
            if let Some(number) = self.number {
                self.number = self.digit(number, b);
            } else {
                self.letter(b);
            }
        }
    }

    /// Inside the value: blanks, the equal sign and quotes stand before the digits.
    fn digit(&mut self, number: u64, b: u8) -> Option<u64> {
        match b {
            b'0'..=b'9' => {
                let number = number.saturating_mul(10).saturating_add(u64::from(b - b'0'));
                self.most = self.most.max(number);
                Some(number)
            }
            // A character reference may spell any digit: no honest file does.
            b'&' => {
                self.most = u64::MAX;
                None
            }
            b' ' | b'\t' | b'\r' | b'\n' | b'=' | b'"' | b'\'' if number == 0 => Some(0),
            _ => None,
        }
    }

    fn letter(&mut self, b: u8) {
        self.matched = match Self::WORD.get(self.matched) {
            Some(&expected) if expected == b => self.matched + 1,
            _ => usize::from(b == b'u'),
        };
        if self.matched == Self::WORD.len() {
            self.matched = 0;
            self.number = Some(0);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_claim_is_heard_in_every_spelling() {
        let heard = |xml: &str| {
            let mut claims = Claims::default();
            xml.as_bytes().chunks(3).for_each(|piece| claims.hear(piece));
            claims.most
        };
        assert_eq!(heard(r#"<sst count="7" uniqueCount="4294967295">"#), 4_294_967_295);
        assert_eq!(heard("<sst uniqueCount = '12'><si/>99"), 12);
        assert_eq!(heard("<sst uuniqueCount=\"5\">"), 5);
        assert_eq!(heard("<sst uniqueCount=\"&#52;2\">"), u64::MAX);
        assert_eq!(heard("<sst>"), 0);
    }
}
