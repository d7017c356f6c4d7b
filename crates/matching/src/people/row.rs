//! One person in 24 bytes; the lists stand elsewhere, in the same order.

use model::matching::{Head, Point};

#[derive(Clone, Copy, Debug)]
pub(super) struct Row {
    point: Point,
    home: u16,
    floor: u16,
    reach_km: u16,
    experience: u16,
    education: u8,
    forms: u8,
    /// From below: how long the lists are (4 bits for occupations, 4 for regions, 3 for words, 8 for
    /// skills), the flags (8), the bar (17), how many of the regions are reluctant (4).
    packed: [u16; 3],
}

const BAR: u32 = 27;
const RELUCTANT: u32 = 44;

impl Row {
    /// Rows whose lists begin after the same base.
    pub(super) const BLOCK: usize = 8;
    /// The bar of somebody who has gone or changed.
    pub(super) const GONE: u32 = (1 << 17) - 1;

    pub(super) fn new(head: Head, bar: u32) -> Self {
        let Head { point, home, floor, reach_km, experience, education, forms, .. } = head;
        let lengths = u64::from(head.occupations)
            | u64::from(head.regions) << 4
            | u64::from(head.words) << 8
            | u64::from(head.skills) << 11;
        let packed = lengths | u64::from(head.flags) << 19 | u64::from(head.reluctant) << RELUCTANT;
        let mut row =
            Self { point, home, floor, reach_km, experience, education, forms, packed: [0; 3] };
        row.pack(packed);
        row.set_bar(bar.min(Self::GONE - 1));
        row
    }

    #[expect(clippy::cast_possible_truncation, reason = "three times sixteen bits")]
    const fn pack(&mut self, bits: u64) {
        self.packed = [bits as u16, (bits >> 16) as u16, (bits >> 32) as u16];
    }

    #[inline]
    fn bits(&self) -> u64 {
        let [low, middle, high] = self.packed.map(u64::from);
        low | middle << 16 | high << 32
    }

    #[inline]
    #[expect(clippy::cast_possible_truncation, reason = "so many bits were packed")]
    pub(super) fn head(&self) -> Head {
        let bits = self.bits();
        Head {
            point: self.point,
            home: self.home,
            floor: self.floor,
            reach_km: self.reach_km,
            experience: self.experience,
            education: self.education,
            forms: self.forms,
            flags: (bits >> 19) as u8,
            occupations: (bits & 15) as u8,
            regions: (bits >> 4 & 15) as u8,
            reluctant: (bits >> RELUCTANT & 15) as u8,
            words: (bits >> 8 & 7) as u8,
            skills: (bits >> 11) as u8,
        }
    }

    /// Numbers in the lists.
    #[inline]
    pub(super) const fn length(&self) -> usize {
        let [low, high, _] = self.packed;
        let bits = low as usize | (high as usize) << 16;
        (bits & 15) + (bits >> 4 & 15) + (bits >> 8 & 7) + (bits >> 11 & 255)
    }

    /// The total that a new post must reach to be worth a notice.
    #[inline]
    #[expect(clippy::cast_possible_truncation, reason = "so many bits were packed")]
    pub(super) fn bar(&self) -> u32 {
        (self.bits() >> BAR) as u32 & Self::GONE
    }

    pub(super) fn set_bar(&mut self, bar: u32) {
        let others = self.bits() & !(u64::from(Self::GONE) << BAR);
        self.pack(others | u64::from(bar) << BAR);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_is_small_and_gives_back_what_it_was_made_of() {
        assert_eq!(size_of::<Row>(), 24);
        let head = Head {
            point: Point { east: -5, north: 34_000_000 },
            home: 1,
            floor: 2,
            reach_km: 3,
            experience: 4,
            education: 250,
            forms: 129,
            flags: 255,
            occupations: 15,
            regions: 14,
            reluctant: 13,
            skills: 201,
            words: 6,
        };
        let mut row = Row::new(head, 100_000);
        assert_eq!((row.head(), row.bar(), row.length()), (head, 100_000, 236));
        row.set_bar(Row::GONE);
        assert_eq!((row.head(), row.bar()), (head, Row::GONE));
        assert_eq!(Row::new(head, u32::MAX).bar(), Row::GONE - 1);
    }
}
