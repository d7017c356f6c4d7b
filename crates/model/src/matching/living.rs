//! Board and lodging where they are needed, the contract form, how new the post is, and how often
//! its employer answers.

use crate::{
    matching::{
        Arg, FULL, Head, Known, Post, Reason, Rule, Someone,
        catalogue::NONE,
        feature::{day, form},
    },
    vacancy::Benefit,
};

const NEEDS: [(u8, u8, Benefit); 2] =
    [(Head::BOARD, Post::BOARD, Benefit::Board), (Head::LODGING, Post::LODGING, Benefit::Lodging)];

/// It does not count for who needs neither.
#[inline]
pub(super) fn quality(person: &Head, post: &Post) -> Known {
    if !person.is(Head::BOARD | Head::LODGING) {
        return Known::Moot;
    }
    if post.benefits & Post::TOLD == 0 {
        return Known::Untold;
    }
    let (mut needed, mut given) = (0, 0);
    for (need, benefit, _) in NEEDS {
        needed += i64::from(person.is(need));
        given += i64::from(person.is(need) && post.benefits & benefit != 0);
    }
    (given * FULL).checked_div(needed).into()
}

pub(super) fn reasons(person: &Head, post: &Post) -> Vec<Reason> {
    let needed = NEEDS.into_iter().filter(|(need, ..)| person.is(*need));
    if !person.is(Head::BOARD | Head::LODGING) {
        return Vec::new();
    }
    if post.benefits & Post::TOLD == 0 {
        let needed = needed.map(|(_, _, benefit)| benefit).collect();
        return vec![Reason::untold("post_living_untold").arg("benefits", Arg::Benefits(needed))];
    }
    let (had, missing): (Vec<_>, Vec<_>) =
        needed.partition(|(_, benefit, _)| post.benefits & benefit != 0);
    let say = |reason: Reason, benefits: Vec<(u8, u8, Benefit)>| {
        let benefits: Vec<_> = benefits.into_iter().map(|(_, _, benefit)| benefit).collect();
        (!benefits.is_empty()).then(|| reason.arg("benefits", Arg::Benefits(benefits)))
    };
    let had = say(Reason::fits("living_given"), had);
    had.into_iter().chain(say(Reason::lacks("living_missing"), missing)).collect()
}

/// Another form than those wanted is a limit, so what is left fits; who wants any form is not served
/// better by one.
#[inline]
pub(super) fn form_quality(person: &Head, post: &Post) -> Known {
    match (person.forms, post.form) {
        (0, _) => Known::Moot,
        (_, 0) => Known::Untold,
        _ => Known::Told(FULL),
    }
}

pub(super) fn form_reasons(person: &Head, post: &Post) -> Vec<Reason> {
    match form(post.form) {
        Some(form) if person.forms != 0 => {
            vec![Reason::fits("form_wanted").arg("form", Arg::Form(form))]
        }
        Some(_) => Vec::new(),
        None => vec![Reason::untold("post_form_untold")],
    }
}

#[inline]
pub(super) fn form_unwanted(person: &Head, post: &Post) -> bool {
    person.forms != 0 && post.form != 0 && person.forms & post.form == 0
}

/// The sentence of the limit.
pub(super) fn form_said(person: Someone<'_>, post: &Post, reason: Reason) -> Reason {
    let unwanted = form(post.form).filter(|_| form_unwanted(&person.head, post));
    unwanted.into_iter().fold(reason, |r, form| r.arg("form", Arg::Form(form)))
}

/// Days since it was offered; a day in the future is today.
#[inline]
fn age(post: &Post, rule: &Rule) -> Option<i64> {
    (post.posted != NONE).then(|| i64::from(day(rule.day).saturating_sub(post.posted)))
}

#[inline]
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

#[inline]
pub(super) fn answer_quality(post: &Post) -> Option<i64> {
    (post.answered != Post::UNANSWERED).then(|| i64::from(post.answered) * 10)
}

/// Of a hundred applications so many that it is worth a sentence.
const OFTEN: u8 = 80;

pub(super) fn answer_reasons(post: &Post) -> Vec<Reason> {
    let often = answer_quality(post).is_some() && post.answered >= OFTEN;
    let percent = Arg::Count(post.answered.into());
    often.then(|| Reason::fits("employer_answers").arg("percent", percent)).into_iter().collect()
}
