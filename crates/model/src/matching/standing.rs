//! Experience and education. More than is asked for is never held against anybody, and less
//! lowers without excluding.

use crate::matching::{Arg, FULL, Person, Post, Reason};

pub(super) fn experience_quality(person: &Person, post: &Post) -> Option<i64> {
    let asked = post.experience_min.unwrap_or(0);
    if asked <= 0 {
        return Some(FULL);
    }
    let own = person.experience?.max(0);
    Some((own * FULL / asked).min(FULL))
}

pub(super) fn experience_reasons(person: &Person, post: &Post) -> Vec<Reason> {
    let asked = match post.experience_min {
        Some(asked) if asked > 0 => asked,
        Some(_) => return vec![Reason::fits("experience_open")],
        None => return Vec::new(),
    };
    let reason = match person.experience {
        None => Reason::untold("experience_untold"),
        Some(own) if own >= asked => Reason::fits("experience_enough").arg("own", Arg::Months(own)),
        Some(own) => Reason::lacks("experience_short").arg("own", Arg::Months(own)),
    };
    vec![reason.arg("asked", Arg::Months(asked))]
}

pub(super) fn education_quality(person: &Person, post: &Post) -> Option<i64> {
    let Some(asked) = post.education else { return Some(FULL) };
    Some(match asked.step() - person.education?.step() {
        ..=0 => FULL,
        1 => 500,
        2 => 200,
        _ => 0,
    })
}

pub(super) fn education_reasons(person: &Person, post: &Post) -> Vec<Reason> {
    let Some(asked) = post.education else { return Vec::new() };
    let reason = match person.education {
        None => Reason::untold("education_untold"),
        Some(own) if own.step() >= asked.step() => {
            Reason::fits("education_enough").arg("own", Arg::Education(own))
        }
        Some(own) => Reason::lacks("education_short").arg("own", Arg::Education(own)),
    };
    vec![reason.arg("asked", Arg::Education(asked))]
}
