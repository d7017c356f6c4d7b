//! What words are worth: by what they say, how they are found, where, and how many have them.

use crate::{
    posting::Worth,
    words::{Bond, Kind},
};

/// By the place where a word itself is found: not, duties, place, employer, occupation, title.
pub(super) const fn places(kind: Kind) -> Worth {
    match kind {
        // whoever looks for a trade is not answered by a text that mentions it
        Kind::Trade => [0, 14, 14, 22, 72, 100],
        Kind::Plain | Kind::Beside | Kind::Pair => [0, 34, 60, 50, 72, 100],
        Kind::Piece => [0, 10, 12, 15, 40, 60],
    }
}

/// Percent of the place's worth that is left where something else stands for the word.
pub(super) const fn nearness(bond: Bond) -> u16 {
    match bond {
        Bond::Form => 97,
        Bond::Same => 86,
        Bond::Root => 62,
        Bond::Foreign => 50,
        Bond::Kin => 42,
        Bond::Part => 66,
    }
}

/// What each word says, against others; what says nothing is worth nothing.
pub(super) const fn weight(kind: Kind, rarity: u64) -> u32 {
    let common = match rarity {
        NOWHERE => return 0,
        VERY_MANY => 3,
        MANY => 6,
        _ => 8,
    };
    match kind {
        Kind::Trade => 4 + common,
        Kind::Plain => common,
        Kind::Beside => common / 2,
        Kind::Pair => common * 3 / 4,
        Kind::Piece => 1 + common / 8,
    }
}

pub(super) const NOWHERE: u64 = 0;
const VERY_MANY: u64 = 1;
const MANY: u64 = 2;
const FEW: u64 = 3;

/// One document of so many has a common word.
pub(super) const COMMON: u64 = 64;

/// So much of the best worth makes an answer a good one, and so many good ones are enough.
pub(super) const GOOD: u32 = 65;
pub(crate) const ENOUGH: u64 = 10;

/// Is it looked for only where few have what was said?
pub(super) const fn is_far(bond: Bond) -> bool {
    matches!(bond, Bond::Kin | Bond::Part)
}

/// In how many of `all` documents a word is, in steps.
pub(super) const fn rarity(frequency: u64, all: u64) -> u64 {
    match frequency {
        0 => NOWHERE,
        _ if frequency > all / 8 + 20 => VERY_MANY,
        _ if frequency > all / COMMON + 20 => MANY,
        _ => FEW,
    }
}
