//! How many lists somebody may read: so many in any minute, in memory of a bounded size. 浏览频率

use std::collections::HashMap;

/// Seconds that are counted together.
const SLOT: i64 = 10;
/// A minute, and the slot that is not over yet: what they hold is never less than a minute's.
const SLOTS: usize = 7;

/// What one reader has read in the last minute.
#[derive(Clone, Copy, Debug, Default)]
struct Window {
    /// The number of the newest slot since 1970.
    slot: i64,
    /// Newest first.
    counts: [u32; SLOTS],
}

impl Window {
    /// One more, or the seconds after which there may be.
    fn take(&mut self, now: i64, most: u64) -> Result<(), u64> {
        self.turn(now.div_euclid(SLOT));
        let mut held: u64 = self.counts.iter().copied().map(u64::from).sum();
        if held < most {
            if let Some(newest) = self.counts.first_mut() {
                *newest = newest.saturating_add(1);
            }
            return Ok(());
        }
        let slots = (1..).zip(self.counts.iter().rev());
        for (turns, count) in slots {
            held -= u64::from(*count);
            if held < most {
                let wait = (self.slot + turns) * SLOT - now;
                return Err(u64::try_from(wait).unwrap_or(1).max(1));
            }
        }
        Err(60)
    }

    /// Goes on to a slot; a clock that was set back begins anew.
    fn turn(&mut self, slot: i64) {
        match usize::try_from(slot - self.slot) {
            Ok(turns @ 0..SLOTS) => {
                self.counts.rotate_right(turns);
                self.counts.iter_mut().take(turns).for_each(|count| *count = 0);
            }
            Ok(_) | Err(_) => self.counts = [0; SLOTS],
        }
        self.slot = slot;
    }

    fn is_over(&self, now: i64) -> bool {
        usize::try_from(now.div_euclid(SLOT) - self.slot).is_ok_and(|turns| turns >= SLOTS)
    }
}

/// What many readers have read, each under a number.
#[derive(Debug)]
pub struct Book {
    readers: HashMap<u128, Window>,
    room: usize,
}

impl Book {
    /// For at most so many readers at once.
    pub fn new(room: usize) -> Self {
        Self { readers: HashMap::new(), room }
    }

    /// One more for a reader of whom at most `most` are taken in any minute, or the seconds after which
    /// there may be. What is refused is not counted, so whoever waits is let in. 0: no bound.
    pub fn take(&mut self, reader: u128, now: i64, most: u64) -> Result<(), u64> {
        if most == 0 {
            return Ok(());
        }
        if self.readers.len() >= self.room && !self.readers.contains_key(&reader) {
            self.make_room(now);
        }
        self.readers.entry(reader).or_default().take(now, most)
    }

    /// Forgets those whose minute is over; where too few are, everybody: nobody is refused for want of
    /// memory, and each such look is paid for by half the room of new readers.
    fn make_room(&mut self, now: i64) {
        self.readers.retain(|_, window| !window.is_over(now));
        if self.readers.len() > self.room / 2 {
            self.readers.clear();
        }
    }

    pub fn len(&self) -> usize {
        self.readers.len()
    }

    pub fn is_empty(&self) -> bool {
        self.readers.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn whoever_waits_as_long_as_told_is_let_in() {
        let mut book = Book::new(10);
        for n in 0..60 {
            assert_eq!(book.take(1, 1_000 + n / 2, 60), Ok(()), "{n}");
        }
        let wait = book.take(1, 1_030, 60).unwrap_err();
        assert!((1..=60).contains(&wait), "{wait}");
        assert!(book.take(1, 1_030 + i64::try_from(wait).unwrap() - 1, 60).is_err());
        assert_eq!(book.take(1, 1_030 + i64::try_from(wait).unwrap(), 60), Ok(()));
        assert_eq!(book.take(2, 1_030, 60), Ok(()), "others are others");
    }

    #[test]
    fn without_a_bound_nothing_is_kept() {
        let mut book = Book::new(10);
        assert!((0..10_000).all(|_| book.take(1, 5, 0).is_ok()));
        assert!(book.is_empty());
    }

    #[test]
    fn however_many_come_the_memory_stays() {
        let mut book = Book::new(100);
        for reader in 0..10_000 {
            assert_eq!(book.take(reader, 7, 60), Ok(()));
            assert!(book.len() <= 100);
        }
    }

    #[test]
    fn a_clock_that_is_set_back_locks_nobody_out() {
        let mut book = Book::new(10);
        while book.take(1, 1_000_000, 60).is_ok() {}
        assert_eq!(book.take(1, 900_000, 60), Ok(()));
    }

    proptest! {
        #[test]
        fn in_no_minute_are_there_more(pauses in prop::collection::vec(0..15_i64, 1..400), most in 1..40_u64) {
            let (mut book, mut now, mut taken) = (Book::new(10), 0_i64, vec![]);
            for pause in pauses {
                now += pause;
                if book.take(1, now, most).is_ok() {
                    taken.push(now);
                }
            }
            for from in &taken {
                let within = taken.iter().filter(|at| (*from..from + 60).contains(*at)).count();
                prop_assert!(within as u64 <= most);
            }
        }
    }
}
