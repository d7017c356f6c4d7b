//! What is known of a whole set of posts without looking at any of them: see [`Ceiling`].

use crate::matching::{
    Ceiling, FULL, Head, Most, Post, Rule, catalogue::NONE, feature::day, pay, standing,
};

/// What the posts of a set have at most.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Extent {
    /// Yuan a month, as far as it is told.
    pub pay_to: u16,
    /// Quality against the usual wage, [`NONE`] where no post of the set has one.
    usual: u16,
    /// The newest of them.
    posted: u16,
    /// The least experience that one of them asks for, [`NONE`] where none does.
    experience: u16,
    /// The least schooling that one of them asks for, 255 where none tells.
    education: u8,
    /// The best that an employer answers, 0 where none is known.
    answered: u8,
    /// Bits: every one of them tells its pay, asks for skills, experience, schooling.
    all: u8,
    /// Bits: one of them is a beginner's, says that no schooling is asked for.
    some: u8,
}

const PAYS: u8 = 1;
const ASKS: u8 = 2;
const EXPERIENCE: u8 = 4;
const EDUCATION: u8 = 8;
const BEGINS: u8 = 1;
const OPEN: u8 = 2;

impl Default for Extent {
    fn default() -> Self {
        Self {
            pay_to: 0,
            usual: NONE,
            posted: 0,
            experience: NONE,
            education: u8::MAX,
            answered: 0,
            all: PAYS | ASKS | EXPERIENCE | EDUCATION,
            some: 0,
        }
    }
}

impl Extent {
    pub fn take(&mut self, post: &Post) {
        if post.pay_from == NONE {
            self.all &= !PAYS;
        } else {
            self.pay_to = self.pay_to.max(post.pay_to);
        }
        if let Some(usual) = pay::usual_quality(post) {
            let usual = u16::try_from(usual).unwrap_or(NONE);
            self.usual = if self.usual == NONE { usual } else { self.usual.max(usual) };
        }
        if post.posted != NONE {
            self.posted = self.posted.max(post.posted);
        }
        if post.answered != Post::UNANSWERED {
            self.answered = self.answered.max(post.answered);
        }
        if post.asked().next().is_none() {
            self.all &= !ASKS;
        }
        match standing::asked(post) {
            Some(asked) => self.experience = self.experience.min(asked),
            None => self.all &= !EXPERIENCE,
        }
        match post.education {
            0 => self.all &= !EDUCATION,
            asked => self.education = self.education.min(asked),
        }
        self.some |= if standing::is_beginner(post) { BEGINS } else { 0 };
        self.some |= if post.education == Post::OPEN { OPEN } else { 0 };
    }

    /// All of the set are below the person's own floor.
    #[inline]
    pub const fn is_below(&self, head: &Head) -> bool {
        self.all & PAYS != 0 && self.pay_to < head.floor
    }

    /// Lowers a ceiling to what these posts can be to this person.
    #[inline]
    pub fn lower(&self, ceiling: &mut Ceiling, head: &Head, rule: &Rule) {
        let usual = (self.usual != NONE).then_some(i64::from(self.usual));
        ceiling.wage = Most { quality: pay::at_most(head, self.pay_to, usual), sure: false };
        let span = rule.weights.fresh_days.max(1);
        let age = i64::from(day(rule.day).saturating_sub(self.posted));
        ceiling.answer = Most { quality: i64::from(self.answered) * 10, sure: false };
        ceiling.freshness = Most { quality: (span - age).max(0) * FULL / span, sure: false };
        ceiling.experience = self.experience(head);
        ceiling.education = self.education(head);
    }

    /// The best that the experience asked for can be to this person.
    #[inline]
    fn experience(&self, head: &Head) -> Most {
        let begins = self.some & BEGINS != 0;
        match (self.experience, head.experience) {
            (NONE, _) => Most::NONE,
            (0, NONE) => Most::FULL,
            (_, NONE) => Most::NONE,
            (least, own) => Most {
                quality: standing::short_by(least.saturating_sub(own)).max(if begins {
                    standing::BEHIND
                } else {
                    0
                }),
                sure: self.all & EXPERIENCE != 0,
            },
        }
    }

    /// The same of the schooling.
    #[inline]
    fn education(&self, head: &Head) -> Most {
        match (self.education, head.education) {
            (u8::MAX, _) => Most::NONE,
            (_, 0) if self.some & OPEN != 0 => Most::FULL,
            (_, 0) => Most::NONE,
            (least, own) => {
                Most { quality: standing::steps_short(least, own), sure: self.all & EDUCATION != 0 }
            }
        }
    }

    /// What the posts of a set ask for at least, to sort those by that ask for the same.
    pub const fn asked(&self) -> (u8, u16) {
        (self.education, self.experience)
    }

    /// Every post of the set asks for something.
    pub const fn asks(&self) -> bool {
        self.all & ASKS != 0
    }
}
