//! Experience and education. More than is asked for is neither better nor worse, and less lowers
//! without excluding.

use crate::matching::{Arg, FULL, Head, Post, Reason, catalogue::NONE, feature::education};

pub(super) fn experience_quality(person: &Head, post: &Post) -> Option<i64> {
    match (post.experience, person.experience) {
        (NONE, _) => None,
        (0, _) => Some(FULL),
        (_, NONE) => None,
        (asked, own) => Some((i64::from(own) * FULL / i64::from(asked)).min(FULL)),
    }
}

pub(super) fn experience_reasons(person: &Head, post: &Post) -> Vec<Reason> {
    let asked = match post.experience {
        NONE => return Vec::new(),
        0 => return vec![Reason::fits("experience_open")],
        asked => asked,
    };
    let months = |n: u16| Arg::Months(n.into());
    let reason = match person.experience {
        NONE => Reason::untold("experience_untold"),
        own if own >= asked => Reason::fits("experience_enough").arg("own", months(own)),
        own => Reason::lacks("experience_short").arg("own", months(own)),
    };
    vec![reason.arg("asked", months(asked))]
}

pub(super) fn education_quality(person: &Head, post: &Post) -> Option<i64> {
    if post.education == 0 || person.education == 0 {
        return None;
    }
    // the step stands in the upper half
    Some(match (post.education >> 4).saturating_sub(person.education >> 4) {
        0 => FULL,
        1 => 500,
        2 => 200,
        _ => 0,
    })
}

pub(super) fn education_reasons(person: &Head, post: &Post) -> Vec<Reason> {
    let Some(asked) = education(post.education) else { return Vec::new() };
    let reason = match education(person.education) {
        None => Reason::untold("education_untold"),
        Some(own) if own.step() >= asked.step() => {
            Reason::fits("education_enough").arg("own", Arg::Education(own))
        }
        Some(own) => Reason::lacks("education_short").arg("own", Arg::Education(own)),
    };
    vec![reason.arg("asked", Arg::Education(asked))]
}
