//! How fast lists may be read. Somebody who is not signed in is known by a number that the first list
//! gives them, good for a day; those who come without one count together, by their address, and all of
//! an address have a bound that a fair hall stays below. Everything is counted in memory.

use std::{
    net::IpAddr,
    sync::{Mutex, PoisonError},
};

use model::{Refusal, application::days, pace::Book};

use crate::{App, Error, Result, secret};

/// Who reads, as far as the pace is concerned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reader {
    /// The machine itself.
    Free,
    /// Signed in, or another program with a token.
    Member(u128),
    /// Comes with a number, from an address.
    Visitor(u128, IpAddr),
    /// Comes without.
    Stranger(IpAddr),
}

impl Reader {
    /// Under which number they are counted.
    fn number(self) -> Option<u128> {
        match self {
            Self::Free => None,
            Self::Member(number) | Self::Visitor(number, _) => Some(number),
            Self::Stranger(address) => Some(crowd(address)),
        }
    }
}

/// May somebody read another list?
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pace {
    Go,
    /// Too many have come without a number: whoever takes one may go on.
    Number,
    /// After so many seconds, and what is said.
    Wait(u64, &'static str),
}

impl Pace {
    /// The refusal of whoever has to wait.
    pub fn refusal(wait: u64, code: &'static str) -> Error {
        Error::Enough(Refusal::new(code).arg("seconds", wait.to_string()), wait)
    }
}

/// What was read in the last minute.
pub(crate) struct Books {
    members: Book,
    visitors: Book,
    strangers: Book,
    addresses: Book,
    misses: Book,
}

/// So many readers are known at once in each: some 5 MB.
const ROOM: usize = 65_536;

impl Default for Books {
    fn default() -> Self {
        let [members, visitors, strangers, addresses, misses] = [(); 5].map(|()| Book::new(ROOM));
        Self { members, visitors, strangers, addresses, misses }
    }
}

/// Counts a list that somebody asks for.
pub async fn read(app: &App, reader: Reader) -> Result<Pace> {
    let reference = app.reference().await?;
    let most = |key| days(&reference.terms, key).unwrap_or(0);
    let visitor = most("list_minute_visitor");
    let (address, member) = (most("list_minute_address"), most("list_minute_member"));
    let now = app.now().timestamp();
    let mut books = app.0.paces.lock().unwrap_or_else(PoisonError::into_inner);
    let from = match reader {
        Reader::Free => return Ok(Pace::Go),
        Reader::Member(number) => {
            let taken = books.members.take(number, now, member);
            return Ok(taken.map_or_else(|wait| Pace::Wait(wait, "pace.member"), |()| Pace::Go));
        }
        Reader::Visitor(number, from) => {
            if let Err(wait) = books.visitors.take(number, now, visitor) {
                return Ok(Pace::Wait(wait, "pace.visitor"));
            }
            from
        }
        Reader::Stranger(from) => {
            if books.strangers.take(crowd(from), now, visitor).is_err() {
                return Ok(Pace::Number);
            }
            from
        }
    };
    let taken = books.addresses.take(crowd(from), now, address);
    Ok(taken.map_or_else(|wait| Pace::Wait(wait, "pace.address"), |()| Pace::Go))
}

/// Counts a record that somebody asked for and that is not there, or a list that they were refused:
/// have they done so often that somebody has to be told?
pub(crate) async fn miss(app: &App, reader: Reader) -> Result<bool> {
    let Some(number) = reader.number() else { return Ok(false) };
    let most = days(&app.reference().await?.terms, "alarm_minute_misses").unwrap_or(0);
    let now = app.now().timestamp();
    let mut books = app.0.paces.lock().unwrap_or_else(PoisonError::into_inner);
    Ok(books.misses.take(number, now, most).is_err())
}

/// An address as a number; of the newer kind a whole line (/64) is one.
fn crowd(address: IpAddr) -> u128 {
    match address.to_canonical() {
        IpAddr::V4(address) => address.to_ipv6_mapped().to_bits(),
        IpAddr::V6(address) => address.to_bits() >> 64 << 64,
    }
}

/// Seconds of an hour.
const HOUR: i64 = 3_600;
/// Hours that a number is good for.
const GOOD: i64 = 24;
/// Digits of a number and of the hour in which it was given; the digest follows.
const DIGITS: (usize, usize) = (32, 8);

/// A new number, signed: nobody makes one. The list that it comes with is its first.
pub fn number(app: &App) -> String {
    let number: String = secret::token().chars().take(DIGITS.0).collect();
    let now = app.now().timestamp();
    if let Ok(number) = u128::from_str_radix(&number, 16) {
        let mut books = app.0.paces.lock().unwrap_or_else(PoisonError::into_inner);
        let _first = books.visitors.take(number, now, u64::MAX);
    }
    let hour = now.div_euclid(HOUR);
    let said = format!("{number}{hour:08x}");
    let digest = app.secret().digest("visit", &said);
    said + &digest
}

/// The number that a text says, if it was given here and is still good.
pub fn visitor(app: &App, text: &str) -> Option<u128> {
    let (said, digest) = text.split_at_checked(DIGITS.0 + DIGITS.1)?;
    let (number, hour) = said.split_at_checked(DIGITS.0)?;
    let hour = i64::from_str_radix(hour, 16).ok()?;
    let age = app.now().timestamp().div_euclid(HOUR) - hour;
    let good = (0..=GOOD).contains(&age) && digest == app.secret().digest("visit", said);
    u128::from_str_radix(number, 16).ok().filter(|_| good)
}

/// Where paces are kept.
pub(crate) type Paces = Mutex<Books>;
