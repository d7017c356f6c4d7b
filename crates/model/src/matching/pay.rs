//! Wage: the offer against the least that the person would work for.

use crate::matching::{Arg, FULL, Person, Post, Reason};

/// What reaching the floor with the lower end is worth; half as much again fills the rest.
const REACHED: i64 = 700;
/// What an offer is worth that reaches the floor with its upper end only.
const TOUCHED: i64 = 400;

/// The offer and the floor, cents a month.
struct Deal {
    from: i64,
    to: i64,
    floor: i64,
}

impl Deal {
    fn of(person: &Person, post: &Post) -> Option<Self> {
        let (from, to) = offer(post)?;
        Some(Self { from, to, floor: floor(person)? })
    }
}

/// Both ends; one stands for both where the other is not said.
fn offer(post: &Post) -> Option<(i64, i64)> {
    let from = post.pay_from.or(post.pay_to)?;
    Some((from, post.pay_to.unwrap_or(from).max(from)))
}

fn floor(person: &Person) -> Option<i64> {
    person.wish.pay_from.filter(|floor| *floor > 0)
}

pub(super) fn below_floor(person: &Person, post: &Post) -> bool {
    Deal::of(person, post).is_some_and(|deal| deal.to < deal.floor)
}

pub(super) fn quality(person: &Person, post: &Post) -> Option<i64> {
    let Deal { from, to, floor } = Deal::of(person, post)?;
    Some(if from < floor {
        let reached = (to - floor).max(0) * (REACHED - TOUCHED);
        TOUCHED + reached / (to - from).max(1)
    } else {
        let above = i64::midpoint(from, to) - floor;
        REACHED + (above * 2 * (FULL - REACHED) / floor).min(FULL - REACHED)
    })
}

pub(super) fn reasons(person: &Person, post: &Post) -> Vec<Reason> {
    let Some((from, to)) = offer(post) else { return vec![Reason::untold("post_pay_untold")] };
    let pay = Arg::Pay { from, to };
    vec![match floor(person) {
        None => Reason::untold("pay_untold").arg("pay", pay),
        Some(floor) => {
            let reached = if from < floor { "pay_touches" } else { "pay_reaches" };
            Reason::fits(reached).arg("pay", pay).arg("floor", Arg::Money(floor))
        }
    }]
}

/// For the sentence of the limit.
pub(super) fn said(person: &Person, post: &Post, reason: Reason) -> Reason {
    let Some(deal) = Deal::of(person, post) else { return reason };
    let pay = Arg::Pay { from: deal.from, to: deal.to };
    reason.arg("pay", pay).arg("floor", Arg::Money(deal.floor))
}
