//! As much of CBOR (RFC 8949) as authenticators write (CTAP2): lengths are told before, nothing is
//! nested deeply, and a key stands in a map once.

/// Deeper than any authenticator nests.
const DEEPEST: u8 = 4;

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Item<'a> {
    Whole(i64),
    Bytes(&'a [u8]),
    Text(&'a str),
    List(Vec<Item<'a>>),
    Map(Vec<(Item<'a>, Item<'a>)>),
    Truth(bool),
    Nothing,
}

impl<'a> Item<'a> {
    pub(super) fn bytes(&self) -> Option<&'a [u8]> {
        if let Self::Bytes(bytes) = self { Some(bytes) } else { None }
    }

    /// What stands under a key of a map.
    pub(super) fn at(&self, key: &Item<'_>) -> Option<&Self> {
        let Self::Map(pairs) = self else { return None };
        pairs.iter().find(|(known, _)| known == key).map(|(_, value)| value)
    }
}

/// One item, and what follows it.
pub(super) fn read(bytes: &[u8]) -> Option<(Item<'_>, &[u8])> {
    item(bytes, 0)
}

/// One item and nothing else.
pub(super) fn whole(bytes: &[u8]) -> Option<Item<'_>> {
    read(bytes).filter(|(_, rest)| rest.is_empty()).map(|(item, _)| item)
}

fn item(bytes: &[u8], depth: u8) -> Option<(Item<'_>, &[u8])> {
    if depth > DEEPEST {
        return None;
    }
    let (&head, rest) = bytes.split_first()?;
    let (number, rest) = number(head & 0x1f, rest)?;
    let length = usize::try_from(number).ok()?;
    match head >> 5 {
        0 => Some((Item::Whole(i64::try_from(number).ok()?), rest)),
        1 => Some((Item::Whole(-1 - i64::try_from(number).ok()?), rest)),
        2 => rest.split_at_checked(length).map(|(bytes, rest)| (Item::Bytes(bytes), rest)),
        3 => {
            let (text, rest) = rest.split_at_checked(length)?;
            Some((Item::Text(std::str::from_utf8(text).ok()?), rest))
        }
        4 => list(rest, length, depth),
        5 => map(rest, length, depth),
        7 => match head & 0x1f {
            20 => Some((Item::Truth(false), rest)),
            21 => Some((Item::Truth(true), rest)),
            22 => Some((Item::Nothing, rest)),
            _ => None,
        },
        _ => None,
    }
}

/// The number in or after a head; lengths that are not told before are refused.
fn number(low: u8, rest: &[u8]) -> Option<(u64, &[u8])> {
    let width = match low {
        0..24 => return Some((u64::from(low), rest)),
        24 => 1,
        25 => 2,
        26 => 4,
        27 => 8,
        _ => return None,
    };
    let (number, rest) = rest.split_at_checked(width)?;
    Some((number.iter().fold(0, |sum, byte| sum << 8 | u64::from(*byte)), rest))
}

fn list(mut rest: &[u8], length: usize, depth: u8) -> Option<(Item<'_>, &[u8])> {
    let mut all = vec![];
    for _ in 0..length {
        let (one, after) = item(rest, depth + 1)?;
        all.push(one);
        rest = after;
    }
    Some((Item::List(all), rest))
}

fn map(mut rest: &[u8], length: usize, depth: u8) -> Option<(Item<'_>, &[u8])> {
    let mut all: Vec<(Item<'_>, Item<'_>)> = vec![];
    for _ in 0..length {
        let (key, after) = item(rest, depth + 1)?;
        let (value, after) = item(after, depth + 1)?;
        if all.iter().any(|(known, _)| *known == key) {
            return None;
        }
        all.push((key, value));
        rest = after;
    }
    Some((Item::Map(all), rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_authenticators_write_is_read_to_its_end() {
        // {"fmt": "none", 3: -7, -2: h'0102', "up": true, 4: [null]}
        let bytes = b"\xa5\x63fmt\x64none\x03\x26\x21\x42\x01\x02\x62up\xf5\x04\x81\xf6rest";
        let (map, rest) = read(bytes).unwrap();
        assert_eq!(rest, b"rest");
        assert_eq!(map.at(&Item::Text("fmt")), Some(&Item::Text("none")));
        assert_eq!(map.at(&Item::Whole(3)), Some(&Item::Whole(-7)));
        assert_eq!(map.at(&Item::Whole(-2)).and_then(Item::bytes), Some([1, 2].as_slice()));
        assert_eq!(map.at(&Item::Text("up")), Some(&Item::Truth(true)));
        assert_eq!(map.at(&Item::Whole(4)), Some(&Item::List(vec![Item::Nothing])));
        assert!(whole(bytes).is_none());
    }

    #[test]
    fn what_is_cut_nested_endless_or_said_twice_is_refused() {
        for bytes in [
            b"".as_slice(),
            b"\x42\x01",
            b"\x5f\x41\x01\xff",
            b"\xa2\x01\x02\x01\x03",
            b"\xa1\x01",
            b"\x81\x81\x81\x81\x81\x81\x01",
            b"\xbb\xff\xff\xff\xff\xff\xff\xff\xff",
            b"\x9b\x7f\xff\xff\xff\xff\xff\xff\xff",
            b"\x1b\xff\xff\xff\xff\xff\xff\xff\xff",
            b"\x62\xff\xff",
            b"\xc0\x01",
            b"\xfb\0\0\0\0\0\0\0\0",
        ] {
            assert!(read(bytes).is_none(), "{bytes:x?}");
        }
    }
}
