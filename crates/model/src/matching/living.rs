//! Board and lodging where they are needed, the contract form, and how new the post is.

use crate::{
    matching::{Arg, FULL, Person, Post, Reason, Rule},
    vacancy::Benefit,
};

/// What the person cannot do without.
fn needed(person: &Person) -> Vec<Benefit> {
    let wish = &person.wish;
    let needs = [(wish.needs_board, Benefit::Board), (wish.needs_lodging, Benefit::Lodging)];
    needs.into_iter().filter_map(|(needed, benefit)| needed.then_some(benefit)).collect()
}

/// Whoever needs neither is served by any post.
pub(super) fn quality(person: &Person, post: &Post) -> Option<i64> {
    if !person.wish.needs_board && !person.wish.needs_lodging {
        return Some(FULL);
    }
    if post.benefits.is_empty() {
        return None;
    }
    let quality = |needed: bool, benefit| match (needed, post.benefits.contains(&benefit)) {
        (false, _) => None,
        (true, true) => Some(FULL),
        (true, false) => Some(0),
    };
    let board = quality(person.wish.needs_board, Benefit::Board);
    let lodging = quality(person.wish.needs_lodging, Benefit::Lodging);
    match (board, lodging) {
        (Some(board), Some(lodging)) => Some(i64::midpoint(board, lodging)),
        (one, other) => one.or(other),
    }
}

pub(super) fn reasons(person: &Person, post: &Post) -> Vec<Reason> {
    let needed = needed(person);
    if needed.is_empty() {
        return Vec::new();
    }
    if post.benefits.is_empty() {
        return vec![Reason::untold("post_living_untold").arg("benefits", Arg::Benefits(needed))];
    }
    let (had, missing): (Vec<_>, Vec<_>) =
        needed.into_iter().partition(|benefit| post.benefits.contains(benefit));
    let say = |reason: Reason, benefits: Vec<Benefit>| {
        (!benefits.is_empty()).then(|| reason.arg("benefits", Arg::Benefits(benefits)))
    };
    let had = say(Reason::fits("living_given"), had);
    had.into_iter().chain(say(Reason::lacks("living_missing"), missing)).collect()
}

/// Another form than those wanted is a limit, so what is left fits.
pub(super) fn form_quality(_person: &Person, post: &Post) -> Option<i64> {
    post.form.map(|_| FULL)
}

pub(super) fn form_reasons(person: &Person, post: &Post) -> Vec<Reason> {
    match post.form {
        Some(form) if !person.wish.forms.is_empty() => {
            vec![Reason::fits("form_wanted").arg("form", Arg::Form(form))]
        }
        Some(_) => Vec::new(),
        None => vec![Reason::untold("post_form_untold")],
    }
}

pub(super) fn form_unwanted(person: &Person, post: &Post) -> bool {
    let wanted = &person.wish.forms;
    post.form.is_some_and(|form| !wanted.is_empty() && !wanted.contains(&form))
}

/// Days since it was offered; a day in the future is today.
fn age(post: &Post, rule: &Rule) -> Option<i64> {
    post.posted_on.map(|posted| (rule.day - posted).num_days().max(0))
}

pub(super) fn freshness_quality(post: &Post, rule: &Rule) -> Option<i64> {
    let span = rule.weights.fresh_days.max(1);
    age(post, rule).map(|days| (span - days).max(0) * FULL / span)
}

pub(super) fn freshness_reasons(post: &Post, rule: &Rule) -> Vec<Reason> {
    let fresh = age(post, rule).filter(|days| days * 2 <= rule.weights.fresh_days);
    fresh
        .map(|days| Reason::fits("posted_lately").arg("days", Arg::Count(days)))
        .into_iter()
        .collect()
}
