//! Place: how far from home, and whether the person has said that they would go there.

use crate::{
    matching::{Arg, FULL, Person, Post, Reason, Weights},
    region::Code,
};

/// How post and home lie to each other.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Nearness {
    Township,
    County,
    /// Metres.
    Away(i64),
    /// One of the two is known only to a city or province, and the other lies in it.
    Around,
    /// One of the two is not known.
    Unknown,
}

/// What a place that somebody named as willing to go is worth at least.
const NAMED: i64 = 800;
/// What any place is worth to somebody who would go anywhere.
const ANYWHERE: i64 = 500;
/// Another township of the same county.
const SAME_COUNTY: i64 = 900;
/// The same city, and more is not known.
const SAME_CITY: i64 = 600;

fn nearness(person: &Person, post: &Post) -> Nearness {
    let codes = (person.home.region.parse::<Code>(), post.spot.region.parse::<Code>());
    if let (Ok(home), Ok(there)) = &codes {
        if home == there && home.level() > 3 {
            return Nearness::Township;
        }
        let (coarse, fine) =
            if home.level() < there.level() { (home, there) } else { (there, home) };
        if coarse.level() < 3 && coarse.contains(fine.as_str()) {
            return Nearness::Around;
        }
    }
    let metres = match (person.home.point(), post.spot.point()) {
        (Some(home), Some(there)) => Some(home.metres_to(there)),
        _ => None,
    };
    match (codes, metres) {
        // A township without degrees of its own stands at its county's centre.
        ((Ok(home), Ok(there)), None | Some(0)) if home.at_level(3) == there.at_level(3) => {
            Nearness::County
        }
        (_, Some(metres)) => Nearness::Away(metres),
        (_, None) => Nearness::Unknown,
    }
}

/// Has the person named the post's region, one around it, or one in it where the post says no more?
fn named(person: &Person, post: &Post) -> bool {
    let Ok(there) = post.spot.region.parse::<Code>() else { return false };
    let mut regions = person.wish.regions.iter().filter_map(|region| region.parse::<Code>().ok());
    regions.any(|region| region.contains(there.as_str()) || there.contains(region.as_str()))
}

/// In metres; `None` where the person has said neither how far nor where.
fn reach(person: &Person, weights: &Weights) -> Option<i64> {
    let usual = (!person.wish.regions.is_empty()).then_some(weights.usual_reach_km);
    person.wish.reach_km.or(usual).map(|km| km * 1_000)
}

/// Farther than the person goes, and to no place where they would move.
pub(super) fn too_far(person: &Person, post: &Post, weights: &Weights) -> bool {
    if person.wish.anywhere || named(person, post) {
        return false;
    }
    match (nearness(person, post), reach(person, weights)) {
        (Nearness::Away(metres), Some(reach)) => metres > reach,
        _ => false,
    }
}

/// Halves with every `half_km`, in straight lines between the halves.
fn decay(metres: i64, half_km: i64) -> i64 {
    let half = (half_km * 1_000).max(1);
    let halvings = u32::try_from(metres / half).unwrap_or(u32::MAX);
    let upper = FULL.checked_shr(halvings).unwrap_or(0);
    upper - upper * (metres % half) / half / 2
}

pub(super) fn quality(person: &Person, post: &Post, weights: &Weights) -> Option<i64> {
    let willing = match () {
        () if named(person, post) => Some(NAMED),
        () if person.wish.anywhere => Some(ANYWHERE),
        () => None,
    };
    let near = match nearness(person, post) {
        Nearness::Township => Some(FULL),
        Nearness::County => Some(SAME_COUNTY),
        Nearness::Around => Some(SAME_CITY),
        Nearness::Away(metres) => Some(decay(metres, weights.half_km)),
        Nearness::Unknown if post.spot.region.is_empty() => return None,
        Nearness::Unknown => None,
    };
    near.max(willing)
}

/// Kilometres as people say them: never "0 km".
pub(super) fn kilometres(person: &Person, post: &Post) -> Option<Arg> {
    match nearness(person, post) {
        Nearness::Away(metres) => Some(Arg::Count(((metres + 500) / 1_000).max(1))),
        Nearness::Township | Nearness::County | Nearness::Around | Nearness::Unknown => None,
    }
}

pub(super) fn reasons(person: &Person, post: &Post, weights: &Weights) -> Vec<Reason> {
    let region = Arg::Region(post.spot.region.clone());
    let near = nearness(person, post);
    let reason = match near {
        Nearness::Unknown if post.spot.region.is_empty() => Reason::untold("post_place_untold"),
        Nearness::Township => Reason::fits("place_township"),
        Nearness::County => Reason::fits("place_county"),
        Nearness::Around => Reason::fits("place_city"),
        Nearness::Away(_) | Nearness::Unknown if named(person, post) => Reason::fits("place_named"),
        Nearness::Away(metres) => away(person, weights, metres),
        Nearness::Unknown => Reason::untold("home_untold"),
    };
    let distance = kilometres(person, post).into_iter();
    let reason = distance.fold(reason.arg("region", region), |reason, km| reason.arg("km", km));
    let untold = matches!(near, Nearness::Away(metres) if metres > weights.usual_reach_km * 1_000)
        && reach(person, weights).is_none()
        && !person.wish.anywhere;
    [reason].into_iter().chain(untold.then(|| Reason::untold("reach_untold"))).collect()
}

fn away(person: &Person, weights: &Weights, metres: i64) -> Reason {
    let reach = reach(person, weights).unwrap_or(weights.usual_reach_km * 1_000);
    match () {
        () if metres <= reach => Reason::fits("place_near"),
        () if person.wish.anywhere => Reason::fits("place_anywhere"),
        () => Reason::lacks("place_far"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_worth_half_after_each_half_distance() {
        assert_eq!(decay(0, 17), 1000);
        assert_eq!(decay(17_000, 17), 500);
        assert_eq!(decay(34_000, 17), 250);
        assert_eq!(decay(8_500, 17), 750);
        assert_eq!(decay(5_000_000, 17), 0);
        assert!((0..200_000).all(|m| decay(m, 17) >= decay(m + 1, 17)));
    }
}
