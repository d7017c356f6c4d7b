//! The most that a whole set of pairs can reach, without looking at any of them. An engine may leave
//! out a set only if its [`Ceiling`] stays below what is wanted.
//!
//! A total is at least `bar` exactly if Σ weight·(100·quality − bar) over what is known is not
//! negative. A part that may be unknown adds what it adds to the doubt or what it adds at its best,
//! whichever is more; a part that is surely known adds at most what it adds at its best. So the sum of
//! these is at least the sum of every pair in the set.

use std::ops::Range;

use crate::matching::{
    FULL, Head, MIDDLE, POINTS, Point, Post, Rule, Someone, Weights,
    catalogue::{Catalogue, NONE},
    lens::Aim,
    living, pay, place,
    point::{cosine, metres},
    room, skills, standing,
    trade::WORDS_ALONE,
};

/// The best quality of a part in a set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Most {
    /// 0 … 1000.
    pub quality: i64,
    /// Known of every pair in the set.
    pub sure: bool,
}

impl Most {
    /// Nothing is proven.
    pub const FULL: Self = Self { quality: FULL, sure: false };
    /// Told of none of them.
    pub const NONE: Self = Self { quality: 0, sure: false };

    /// The best that an occupation is to somebody, where both sides are known to tell theirs; where
    /// one may not, the words of title and wish stand for it.
    pub const fn trade(nearest: i64, sure: bool) -> Self {
        let words = if sure || nearest > WORDS_ALONE { 0 } else { WORDS_ALONE };
        Self { quality: if nearest > words { nearest } else { words }, sure }
    }

    fn of(quality: Option<i64>) -> Self {
        quality.map_or(Self::NONE, |quality| Self { quality, sure: true })
    }

    const fn full_if(told: bool) -> Self {
        if told { Self::FULL } else { Self::NONE }
    }

    #[inline]
    const fn lift(self, weights: &Weights, weight: i64, bar: i64) -> i64 {
        if self.sure {
            weight * (self.quality * POINTS - bar)
        } else {
            room(weights, weight, self.quality, bar)
        }
    }
}

/// What no pair of a set exceeds.
#[derive(Clone, Copy, Debug)]
pub struct Ceiling {
    pub skills: Most,
    pub occupation: Most,
    pub place: Most,
    pub wage: Most,
    pub freshness: Most,
    pub answer: Most,
    pub experience: Most,
    pub education: Most,
    /// What the other parts weigh: those that may be told, which are taken as full, and those that
    /// nobody tells where they matter.
    rest: i64,
    quiet: i64,
}

impl Ceiling {
    /// Of any post to one person.
    pub fn of_person(head: &Head, weights: &Weights) -> Self {
        let matters = |matters: bool, weight: i64| if matters { weight } else { 0 };
        Self {
            skills: Most::full_if(head.skills > 0),
            occupation: Most::FULL,
            place: Most::FULL,
            wage: Most::FULL,
            freshness: Most::FULL,
            answer: Most::FULL,
            experience: Most::FULL,
            education: Most::FULL,
            rest: matters(head.is(Head::BOARD | Head::LODGING), weights.living)
                + matters(head.forms != 0, weights.form),
            quiet: 0,
        }
    }

    /// Of one post to anybody.
    pub fn of_post(post: &Post, rule: &Rule) -> Self {
        let weights = &rule.weights;
        let (mut rest, mut quiet) = (0, 0);
        match () {
            () if post.benefits & Post::TOLD == 0 => quiet += weights.living,
            () if post.benefits & (Post::BOARD | Post::LODGING) != 0 => rest += weights.living,
            // whoever needs some gets none
            () => {}
        }
        *(if post.form == 0 { &mut quiet } else { &mut rest }) += weights.form;
        Self {
            skills: Most::full_if(post.asked().next().is_some()),
            occupation: Most::FULL,
            place: Most::FULL,
            wage: pay::most(post, 0),
            freshness: Most::of(living::freshness_quality(post, rule)),
            answer: Most::of(living::answer_quality(post)),
            experience: standing::experience_most(post),
            education: standing::education_most(post),
            rest,
            quiet,
        }
    }

    /// Lowers that of one post to what it can be to people whose floor is at least `floor`.
    #[inline]
    pub fn lower(&mut self, post: &Post, floor: u16) {
        self.wage = pay::most(post, floor);
    }

    /// Negative if no pair of the set has a total of at least `bar`.
    #[inline]
    pub fn above(&self, weights: &Weights, bar: u32) -> i64 {
        self.without_skills(weights, bar)
            + self.skills.lift(weights, weights.skills, i64::from(bar))
    }

    /// The same for pairs whose skills say nothing.
    #[inline]
    fn without_skills(&self, weights: &Weights, bar: u32) -> i64 {
        let bar = i64::from(bar);
        let middle = MIDDLE * POINTS - bar;
        weights.doubt * middle
            + self.occupation.lift(weights, weights.occupation, bar)
            + self.place.lift(weights, weights.place, bar)
            + self.wage.lift(weights, weights.wage, bar)
            + self.freshness.lift(weights, weights.freshness, bar)
            + self.answer.lift(weights, weights.answer, bar)
            + self.experience.lift(weights, weights.experience, bar)
            + self.education.lift(weights, weights.education, bar)
            + room(weights, self.rest, FULL, bar)
            + (weights.doubt_of(self.quiet) * middle).max(0)
    }

    /// The least quality of skills with which a pair may reach the bar; 0 or less: any may.
    #[inline]
    pub fn skills_needed(&self, weights: &Weights, bar: u32) -> i64 {
        let rest = self.without_skills(weights, bar);
        let untold = weights.doubt_of(weights.skills) * (MIDDLE * POINTS - i64::from(bar));
        let (weight, bar) = (weights.skills.max(1), i64::from(bar));
        if rest + untold >= 0 && !self.skills.sure {
            return 0;
        }
        let lacking = weight * bar - rest;
        lacking.div_euclid(weight * POINTS) + i64::from(lacking.rem_euclid(weight * POINTS) > 0)
    }
}

/// The skills that the person has of any post in a set: `own` is the sum of the greatest shares that
/// each own skill has of a post there, `related` the greatest worth of a related one, in 64ths. What
/// the own do not cover, the related cover at most in that part.
#[inline]
pub fn coverage(own: i64, related: i64) -> i64 {
    let own = own.min(FULL);
    // rounded up, and one for what was rounded on the way
    (skills::of_share((own + (FULL - own) * related / 64 + 2).min(FULL)) + 1).min(FULL)
}

/// One side's place, taken apart to be compared with many a [`Ground`].
#[derive(Clone, Debug)]
pub struct Spot {
    point: Point,
    /// The region itself, its county, city and province; [`NONE`] where it is more than that.
    around: [u16; 4],
    below: Range<u16>,
}

impl Spot {
    pub fn new(point: Point, place: u16, catalogue: &Catalogue) -> Self {
        let around = if place == NONE {
            [NONE; 4]
        } else {
            [place, catalogue.area(place), catalogue.city(place), catalogue.province(place)]
        };
        Self { point, around, below: catalogue.below(place) }
    }
}

/// Where the posts of a set are, or the homes of people.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ground {
    /// The least and the greatest of their counties, or of what is more than a county.
    areas: (u16, u16),
    low: Point,
    high: Point,
    /// Every one of them has a point.
    all: bool,
}

impl Default for Ground {
    fn default() -> Self {
        let low = Point { east: i32::MAX, north: i32::MAX };
        let high = Point { east: i32::MIN, north: i32::MIN };
        Self { areas: (NONE, 0), low, high, all: true }
    }
}

impl Ground {
    /// `area` is that of the catalogue, or [`NONE`].
    pub fn take(&mut self, point: Point, area: u16) {
        if area != NONE {
            self.areas = (self.areas.0.min(area), self.areas.1.max(area));
        }
        if point.is_known() {
            self.low = Point {
                east: self.low.east.min(point.east),
                north: self.low.north.min(point.north),
            };
            self.high = Point {
                east: self.high.east.max(point.east),
                north: self.high.north.max(point.north),
            };
        } else {
            self.all = false;
        }
    }

    /// May one of the regions here lie in the spot's region or around it, or in its county?
    #[inline]
    fn touches(&self, spot: &Spot) -> bool {
        let (first, last) = self.areas;
        let here = |area: u16| first <= area && area <= last;
        spot.around.into_iter().any(here) || (spot.below.start <= last && first < spot.below.end)
    }

    /// Metres that a point is away from every point here at least, by the measure of
    /// [`Point::metres_to`]: the nearest edge, and the cosine where it is smallest. What is more
    /// than `enough` need not be exact: one leg of it is enough.
    #[inline]
    fn metres_from(&self, point: Point, enough: i64) -> i64 {
        let beyond = |at: i32, low: i32, high: i32| {
            (i64::from(low) - i64::from(at)).max(i64::from(at) - i64::from(high)).max(0)
        };
        let north = metres(beyond(point.north, self.low.north, self.high.north));
        if north > enough {
            return north;
        }
        let mean = |edge: i32| i64::midpoint(point.north.into(), edge.into());
        let least = cosine(mean(self.low.north)).min(cosine(mean(self.high.north)));
        let east = metres(beyond(point.east, self.low.east, self.high.east)) * least / 10_000;
        if east > enough { east } else { (north * north + east * east).isqrt() }
    }

    /// The best quality of place that anybody here has to anything there; `None` where all of it is
    /// too far. `spot` and `willing` are the other side's; `reach` is the person's, in metres.
    #[inline]
    fn most(
        &self,
        spot: &Spot,
        willing: Option<i64>,
        reach: Option<i64>,
        rule: &Rule,
    ) -> Option<Most> {
        if self.touches(spot) {
            return Some(Most::FULL);
        }
        let known = spot.point.is_known() && self.low.east <= self.high.east;
        if !known {
            return Some(Most { quality: willing.unwrap_or(0), sure: false });
        }
        let reach = reach.filter(|_| willing.is_none() && self.all);
        let metres = self.metres_from(spot.point, reach.unwrap_or(place::nowhere_near(rule)));
        if reach.is_some_and(|reach| metres > reach) {
            return None;
        }
        let near = place::decay(metres, rule.weights.half_km);
        Some(Most { quality: near.max(willing.unwrap_or(0)), sure: self.all })
    }

    /// Of posts of one area, to one person who is at home at `home`.
    #[inline]
    pub fn most_for(&self, person: Someone<'_>, home: &Spot, rule: &Rule) -> Option<Most> {
        let abroad = self.areas.0 == NONE && person.head.is(Head::ABROAD);
        let near = || place::named(person, self.areas.0, &rule.catalogue);
        let willing = match () {
            () if abroad || near() => Some(place::NAMED),
            () if person.head.is(Head::ANYWHERE) => Some(place::ANYWHERE),
            () => None,
        };
        self.most(home, willing, place::reach(&person.head, rule), rule)
    }

    /// Is none of the posts of one area too far, as every one is named or any distance will do?
    pub fn all_within(&self, person: Someone<'_>, rule: &Rule) -> bool {
        let (head, area) = (&person.head, self.areas.0);
        let holds = |region: &u16| rule.catalogue.below(*region).contains(&area);
        head.is(Head::ANYWHERE)
            || place::reach(head, rule).is_none()
            || (area != NONE && person.regions().iter().any(holds))
    }

    /// Of one post that is at `spot`, to people who live here: those willing to come, as far as
    /// `reach_km` says of the farthest-going ([`NONE`]: any distance).
    #[inline]
    pub fn most_of(
        &self,
        spot: &Spot,
        willing: Option<i64>,
        reach_km: u16,
        rule: &Rule,
    ) -> Option<Most> {
        let reach = (reach_km != NONE).then_some(i64::from(reach_km) * 1_000);
        self.most(spot, willing, reach, rule)
    }
}

/// What a place that was named is worth at least, and any place to somebody who would go anywhere.
pub const WILLING: [i64; 2] = [place::NAMED, place::ANYWHERE];

/// The best that a range of occupations is to somebody.
pub fn nearest(aim: &Aim<'_>, occupations: std::ops::RangeInclusive<u16>) -> i64 {
    occupations.map(|occupation| aim.nearness(occupation)).max().unwrap_or(0)
}
