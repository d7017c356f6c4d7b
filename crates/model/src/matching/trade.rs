//! How near the post's occupation is to what the person wants to do: in the tree, and by where
//! people are seen to move.

use crate::matching::{
    Arg, FULL, Post, Reason, Rule, Someone,
    catalogue::{Catalogue, NONE},
};

/// By the levels that wish and post share: nothing, major, minor, group, and the wish itself.
pub(super) const NEARNESS: [i64; 5] = [0, 150, 450, 800, FULL];

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
    let name = |node| Arg::Occupation(catalogue.occupation_code(node).to_owned());
    vec![reason.arg("wish", name(wish)).arg("occupation", name(post.occupation))]
}
