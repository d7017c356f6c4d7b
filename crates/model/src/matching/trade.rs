//! How near the post's occupation is to what the person wants to do, in the tree.

use crate::{
    matching::{Arg, FULL, Person, Post, Reason},
    occupation::{shared_levels, within},
};

/// The wish nearest to the post, and how many levels they share; 4 where the post lies within it.
fn nearest<'a>(person: &'a Person, post: &Post) -> Option<(usize, &'a String)> {
    if post.occupation.is_empty() {
        return None;
    }
    let levels = |wish: &String| {
        if within(wish, &post.occupation) { 4 } else { shared_levels(wish, &post.occupation) }
    };
    // `max_by_key` would take the last of equals; the first is the one wished for most.
    person.wish.occupations.iter().map(|wish| (levels(wish), wish)).rev().max_by_key(|(n, _)| *n)
}

pub(super) fn quality(person: &Person, post: &Post) -> Option<i64> {
    nearest(person, post).map(|(levels, _)| match levels {
        0 => 0,
        1 => 150,
        2 => 450,
        3 => 800,
        _ => FULL,
    })
}

pub(super) fn reasons(person: &Person, post: &Post) -> Vec<Reason> {
    let reason = match nearest(person, post) {
        None if post.occupation.is_empty() => Reason::untold("post_occupation_untold"),
        None => Reason::untold("occupation_untold"),
        Some((levels, wish)) => match levels {
            0 => Reason::lacks("occupation_other"),
            1 => Reason::lacks("occupation_far"),
            2 => Reason::fits("occupation_akin"),
            3 => Reason::fits("occupation_near"),
            _ => Reason::fits("occupation_wished"),
        }
        .arg("wish", Arg::Occupation(wish.clone()))
        .arg("occupation", Arg::Occupation(post.occupation.clone())),
    };
    vec![reason]
}
