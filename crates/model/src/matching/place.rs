//! Place: how far from home, and whether the person has said that they would go there.

use crate::matching::{
    Arg, FULL, Head, Known, Post, Reason, Rule, Someone,
    catalogue::{Catalogue, NONE},
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
    /// The post is in another country.
    Abroad,
    /// One of the two is not known.
    Unknown,
}

/// What a place that somebody named as willing to go is worth at least.
pub(super) const NAMED: i64 = 800;
/// What a place is worth at least where somebody would go if need be.
const RELUCTANT: i64 = 400;
/// What any place is worth to somebody who would go anywhere.
pub(super) const ANYWHERE: i64 = 500;
/// Another township of the same county.
const SAME_COUNTY: i64 = 900;
/// The same city, and more is not known.
const SAME_CITY: i64 = 600;

#[inline]
fn nearness(person: &Head, post: &Post, catalogue: &Catalogue) -> Nearness {
    if post.benefits & Post::ABROAD != 0 {
        return Nearness::Abroad;
    }
    let nodes = catalogue.node(person.home).zip(catalogue.node(post.place));
    if let Some((home, there)) = nodes {
        if person.home == post.place && home.level > 3 {
            return Nearness::Township;
        }
        let coarse = home.level.min(there.level) < 3;
        if coarse && catalogue.overlap(person.home, post.place) {
            return Nearness::Around;
        }
    }
    let known = person.point.is_known() && post.point.is_known();
    let metres = known.then(|| person.point.metres_to(post.point));
    match (nodes, metres) {
        // A township without degrees of its own stands at its county's centre.
        (Some((home, there)), None | Some(0)) if home.area == there.area => Nearness::County,
        (_, Some(metres)) => Nearness::Away(metres),
        (_, None) => Nearness::Unknown,
    }
}

/// Has the person named the post's region, one around it, or one in it where the post says no more?
#[inline]
pub(super) fn named(person: Someone<'_>, place: u16, catalogue: &Catalogue) -> bool {
    place != NONE && person.regions().iter().any(|region| catalogue.overlap(*region, place))
}

/// Has the person named such a region as one where they would gladly go?
#[inline]
fn gladly(person: Someone<'_>, place: u16, catalogue: &Catalogue) -> bool {
    let mut glad = person.glad_regions().iter();
    person.head.reluctant == 0 || glad.any(|region| catalogue.overlap(*region, place))
}

/// In metres; `None` where the person has said neither how far nor where.
#[inline]
pub(super) fn reach(person: &Head, rule: &Rule) -> Option<i64> {
    let usual = (person.regions > 0).then_some(rule.weights.usual_reach_km);
    let told = (person.reach_km != NONE).then_some(i64::from(person.reach_km));
    told.or(usual).map(|km| km * 1_000)
}

/// What came of looking at the place.
pub(super) struct Place {
    /// Farther than the person goes, and nowhere that they would move.
    pub too_far: bool,
    pub quality: Known,
}

impl Place {
    #[inline]
    pub(super) fn of(person: Someone<'_>, post: &Post, rule: &Rule) -> Self {
        let head = &person.head;
        let near = nearness(head, post, &rule.catalogue);
        let named = named(person, post.place, &rule.catalogue);
        let willing = match () {
            () if named && !gladly(person, post.place, &rule.catalogue) => Some(RELUCTANT),
            () if named || near == Nearness::Abroad && head.is(Head::ABROAD) => Some(NAMED),
            () if near == Nearness::Abroad => None,
            () if head.is(Head::ANYWHERE) => Some(ANYWHERE),
            () => None,
        };
        let too_far = match (willing, near) {
            (None, Nearness::Away(metres)) => reach(head, rule).is_some_and(|reach| metres > reach),
            _ => false,
        };
        let near = match near {
            Nearness::Township => Some(FULL),
            Nearness::County => Some(SAME_COUNTY),
            Nearness::Around => Some(SAME_CITY),
            Nearness::Away(metres) => Some(decay(metres, rule.weights.half_km)),
            Nearness::Abroad => Some(0),
            Nearness::Unknown => None,
        };
        let unknown = near.is_none() && post.place == NONE;
        let quality = if unknown { None } else { near.max(willing) };
        Self { too_far, quality: quality.into() }
    }
}

/// In another country, and nobody has said that the person would go.
pub(super) const fn abroad(person: &Head, post: &Post) -> bool {
    post.benefits & Post::ABROAD != 0 && !person.is(Head::ABROAD)
}

pub(super) fn too_far(person: Someone<'_>, post: &Post, rule: &Rule) -> bool {
    Place::of(person, post, rule).too_far
}

/// Halves with every `half_km`, in straight lines between the halves.
#[inline]
pub(super) fn decay(metres: i64, half_km: i64) -> i64 {
    let half = (half_km * 1_000).max(1);
    let halvings = u32::try_from(metres / half).unwrap_or(u32::MAX);
    let upper = FULL.checked_shr(halvings).unwrap_or(0);
    upper - upper * (metres % half) / half / 2
}

/// Metres from which on [`decay`] gives nothing.
pub(super) fn nowhere_near(rule: &Rule) -> i64 {
    i64::from(FULL.ilog2() + 1) * rule.weights.half_km * 1_000
}

/// Kilometres as people say them: never "0 km".
pub(super) fn kilometres(person: Someone<'_>, post: &Post, rule: &Rule) -> Option<Arg> {
    match nearness(&person.head, post, &rule.catalogue) {
        Nearness::Away(metres) => Some(Arg::Count(((metres + 500) / 1_000).max(1))),
        Nearness::Township
        | Nearness::County
        | Nearness::Around
        | Nearness::Abroad
        | Nearness::Unknown => None,
    }
}

pub(super) fn reasons(person: Someone<'_>, post: &Post, rule: &Rule) -> Vec<Reason> {
    let catalogue = &*rule.catalogue;
    let region = Arg::Region(catalogue.place_code(post.place).to_owned());
    let near = nearness(&person.head, post, catalogue);
    let reason = match near {
        Nearness::Abroad => return vec![Reason::fits("place_abroad")],
        Nearness::Unknown if post.place == NONE => Reason::untold("post_place_untold"),
        Nearness::Township => Reason::fits("place_township"),
        Nearness::County => Reason::fits("place_county"),
        Nearness::Around => Reason::fits("place_city"),
        Nearness::Away(_) | Nearness::Unknown if named(person, post.place, catalogue) => {
            let glad = gladly(person, post.place, catalogue);
            Reason::fits(if glad { "place_named" } else { "place_reluctant" })
        }
        Nearness::Away(metres) => away(&person.head, rule, metres),
        Nearness::Unknown => Reason::untold("home_untold"),
    };
    let distance = kilometres(person, post, rule).into_iter();
    let reason = distance.fold(reason.arg("region", region), |reason, km| reason.arg("km", km));
    let usual = rule.weights.usual_reach_km * 1_000;
    let untold = matches!(near, Nearness::Away(metres) if metres > usual)
        && reach(&person.head, rule).is_none()
        && !person.head.is(Head::ANYWHERE);
    [reason].into_iter().chain(untold.then(|| Reason::untold("reach_untold"))).collect()
}

fn away(person: &Head, rule: &Rule, metres: i64) -> Reason {
    let reach = reach(person, rule).unwrap_or(rule.weights.usual_reach_km * 1_000);
    match () {
        () if metres <= reach => Reason::fits("place_near"),
        () if person.is(Head::ANYWHERE) => Reason::fits("place_anywhere"),
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
