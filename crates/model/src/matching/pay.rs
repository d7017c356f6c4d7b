//! Wage: the offer against the least that the person would work for, and against what the
//! occupation usually earns there.

use crate::matching::{Arg, FULL, Head, Known, Most, Post, Reason, catalogue::NONE};

/// What reaching the floor with the lower end is worth; half as much again fills the rest.
const REACHED: i64 = 700;
/// What an offer is worth that reaches the floor with its upper end only.
const TOUCHED: i64 = 400;
/// What the usual wage is worth; a third more fills the rest, a third less is worth nothing.
const USUAL: i64 = 700;

#[inline]
pub(super) fn below_floor(person: &Head, post: &Post) -> bool {
    post.pay_to != NONE && post.pay_to < person.floor
}

/// The middle of what is known.
#[inline]
pub(super) fn quality(person: &Head, post: &Post) -> Known {
    if post.pay_from == NONE {
        return Known::Untold;
    }
    let (from, to) = (i64::from(post.pay_from), i64::from(post.pay_to));
    let floor = (person.floor > 0).then(|| against_floor(from, to, i64::from(person.floor)));
    let usual = usual_quality(post);
    match (floor, usual) {
        (Some(floor), Some(usual)) => Known::Told(i64::midpoint(floor, usual)),
        (one, other) => one.or(other).into(),
    }
}

/// Against the usual wage, where it is known: the same for everybody.
#[inline]
pub(super) fn usual_quality(post: &Post) -> Option<i64> {
    let known = post.pay_from != NONE && post.usual != NONE;
    known.then(|| against_usual(post.pay_from.into(), post.pay_to.into(), post.usual.into()))
}

/// The most that posts can be worth which pay at most `pay_to`, and against the usual wage at most
/// `usual`.
pub(super) fn at_most(person: &Head, pay_to: u16, usual: Option<i64>) -> i64 {
    let pay = i64::from(pay_to);
    let floor = i64::from(person.floor);
    let floor =
        (floor > 0).then(|| if pay < floor { REACHED } else { against_floor(pay, pay, floor) });
    match (floor, usual) {
        (Some(floor), Some(usual)) => floor.max(i64::midpoint(floor, usual)),
        (one, other) => one.or(other).unwrap_or(0),
    }
}

/// The most that a post can be worth to people whose floor is at least `floor`.
pub(super) fn most(post: &Post, floor: u16) -> Most {
    if post.pay_from == NONE {
        return Most::NONE;
    }
    let (from, to) = (i64::from(post.pay_from), i64::from(post.pay_to));
    // the higher the floor, the less is an offer above it
    let told = if floor > 0 { against_floor(from, to, i64::from(floor)) } else { FULL };
    match usual_quality(post) {
        Some(usual) if floor > 0 => Most { quality: i64::midpoint(told, usual), sure: true },
        Some(usual) => Most { quality: usual.max(i64::midpoint(told, usual)), sure: true },
        None => Most { quality: told, sure: floor > 0 },
    }
}

#[inline]
fn against_floor(from: i64, to: i64, floor: i64) -> i64 {
    if from < floor {
        let reached = (to - floor).max(0) * (REACHED - TOUCHED);
        TOUCHED + reached / (to - from).max(1)
    } else {
        let above = i64::midpoint(from, to) - floor;
        REACHED + (above * 2 * (FULL - REACHED) / floor).min(FULL - REACHED)
    }
}

#[inline]
fn against_usual(from: i64, to: i64, usual: i64) -> i64 {
    let above = (i64::midpoint(from, to) - usual) * 3;
    let step = if above > 0 { FULL - USUAL } else { USUAL };
    (USUAL + above * step / usual.max(1)).clamp(0, FULL)
}

pub(super) fn reasons(person: &Head, post: &Post) -> Vec<Reason> {
    if post.pay_from == NONE {
        return vec![Reason::untold("post_pay_untold")];
    }
    if person.floor == 0 {
        return vec![Reason::untold("pay_untold").arg("pay", offer(post))];
    }
    let reached = if post.pay_from < person.floor { "pay_touches" } else { "pay_reaches" };
    vec![Reason::fits(reached).arg("pay", offer(post)).arg("floor", cents(person.floor))]
}

fn offer(post: &Post) -> Arg {
    Arg::Pay { from: i64::from(post.pay_from) * 100, to: i64::from(post.pay_to) * 100 }
}

fn cents(yuan: u16) -> Arg {
    Arg::Money(i64::from(yuan) * 100)
}

/// The sentence of the limit.
pub(super) fn said(person: &Head, post: &Post, reason: Reason) -> Reason {
    reason.arg("pay", offer(post)).arg("floor", cents(person.floor))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn more_pay_is_never_worth_less() {
        for pay in 2_000..9_000 {
            assert!(against_usual(pay, pay, 5_000) <= against_usual(pay + 1, pay + 1, 5_000));
            assert!(
                against_floor(pay, pay + 900, 5_000) <= against_floor(pay + 1, pay + 901, 5_000)
            );
        }
        assert_eq!(against_usual(5_000, 5_000, 5_000), USUAL);
        assert_eq!((against_usual(1, 1, 5_000), against_usual(9_999, 9_999, 5_000)), (0, FULL));
    }
}
