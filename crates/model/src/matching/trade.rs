//! How near the post's occupation is to what the person wants to do: in the tree, and by where
//! people are seen to move.

use crate::matching::{
    Arg, FULL, Post, Reason, Rule, Someone,
    catalogue::{Catalogue, NONE},
};

/// By the levels that wish and post share: nothing, major, minor, group, and the wish itself.
pub(super) const NEARNESS: [i64; 5] = [0, 150, 450, 800, FULL];

/// What a title that says all that is wished for is worth where an occupation is not known.
pub(super) const WORDS_ALONE: i64 = 800;
/// How alike title and wish are taken to be where one of them has no word that is known.
const NO_WORDS: i64 = 500;

/// How many levels they share; 4 where the post lies within the wish.
fn levels(catalogue: &Catalogue, wish: u16, occupation: u16) -> usize {
    if catalogue_holds(catalogue, wish, occupation) {
        return 4;
    }
    let path = |node| catalogue.trade(node).map_or([NONE; 4], |trade| trade.path);
    let pairs = path(wish).into_iter().zip(path(occupation));
    pairs.take_while(|(one, other)| one == other && *one != NONE).count()
}

fn catalogue_holds(catalogue: &Catalogue, wish: u16, occupation: u16) -> bool {
    let end = catalogue.trade(wish).map_or(wish, |trade| trade.end);
    (wish..end.max(wish.saturating_add(1))).contains(&occupation)
}

/// 0 … 1000.
pub(super) fn nearness(rule: &Rule, wish: u16, occupation: u16) -> i64 {
    let levels = levels(&rule.catalogue, wish, occupation);
    let tree = NEARNESS.get(levels).copied().unwrap_or(0);
    let moves = rule.market.moves.of(wish).iter().filter(|(to, _)| *to == occupation);
    moves.map(|(_, near)| i64::from(*near)).fold(tree, i64::max)
}

/// The share of the title's words, by how telling they are, that stand in what the person wishes,
/// 0 … 1000; `None` where a side has no such word.
#[inline]
fn likeness(
    person: Someone<'_>,
    post: &Post,
    rule: &Rule,
    wished: impl Fn(u16) -> bool,
) -> Option<i64> {
    if person.head.words == 0 {
        return None;
    }
    let (mut shared, mut all) = (0, 0);
    for word in post.words() {
        let telling = i64::from(rule.catalogue.telling(word));
        all += telling;
        shared += if wished(word) { telling } else { 0 };
    }
    (shared * FULL).checked_div(all)
}

/// How near the occupation is, told apart by the words of title and wish, which only lower it; the
/// words alone where an occupation is not known.
#[inline]
pub(super) fn with_words(
    near: Option<i64>,
    person: Someone<'_>,
    post: &Post,
    rule: &Rule,
    wished: impl Fn(u16) -> bool,
) -> Option<i64> {
    let share = rule.weights.title;
    let like = likeness(person, post, rule, wished);
    match near {
        Some(near) => {
            let like = like.unwrap_or(NO_WORDS);
            Some(near * (FULL * (FULL - share) + like * share) / (FULL * FULL))
        }
        None if person.head.words > 0 => Some(like.unwrap_or(0) * WORDS_ALONE / FULL),
        None => None,
    }
}

pub(super) fn reasons(person: Someone<'_>, post: &Post, rule: &Rule) -> Vec<Reason> {
    let catalogue = &*rule.catalogue;
    if post.occupation == NONE {
        return vec![Reason::untold("post_occupation_untold")];
    }
    // `max_by_key` would take the last of equals; the first is the one wished for most.
    let wishes = person.occupations().iter().rev();
    let Some(&wish) = wishes.max_by_key(|wish| nearness(rule, **wish, post.occupation)) else {
        return vec![Reason::untold("occupation_untold")];
    };
    let moved = nearness(rule, wish, post.occupation);
    let reason = match levels(catalogue, wish, post.occupation) {
        4 => Reason::fits("occupation_wished"),
        3 => Reason::fits("occupation_near"),
        2 => Reason::fits("occupation_akin"),
        shared if NEARNESS.get(shared).is_some_and(|near| moved > *near) => {
            Reason::fits("occupation_moved")
        }
        1 => Reason::lacks("occupation_far"),
        _ => Reason::lacks("occupation_other"),
    };
    let like = likeness(person, post, rule, |word| person.words().contains(&word));
    let title = match like {
        Some(like) if like * 2 >= FULL => Some(Reason::fits("title_like")),
        Some(0) if reason.code == "occupation_wished" => Some(Reason::lacks("title_other")),
        _ => None,
    };
    let name = |node| Arg::Occupation(catalogue.occupation_code(node).to_owned());
    let reason = reason.arg("wish", name(wish)).arg("occupation", name(post.occupation));
    [reason].into_iter().chain(title).collect()
}
