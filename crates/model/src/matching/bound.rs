//! The most that a whole set of pairs can reach, without looking at any of them. An engine may leave
//! out a set only if its [`Ceiling`] stays below what is wanted.
//!
//! A total is at least `bar` exactly if Σ weight·(100·quality − bar) over what is known is not
//! negative. A part that may be unknown adds what it adds to the doubt or what it adds at its best,
//! whichever is more; a part that is surely known adds at most what it adds at its best. So the sum of
//! these is at least the sum of every pair in the set.

use crate::matching::{
    FULL, Head, MIDDLE, POINTS, Point, Post, Rule, Someone, Weights,
    catalogue::NONE,
    feature::day,
    lens::Aim,
    pay, place,
    point::{cosine, metres},
    room, skills,
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

    /// The best that an occupation is to somebody, where both sides are known to tell theirs; where
    /// one may not, the words of title and wish stand for it.
    pub const fn trade(nearest: i64, sure: bool) -> Self {
        let words = if sure || nearest > WORDS_ALONE { 0 } else { WORDS_ALONE };
        Self { quality: if nearest > words { nearest } else { words }, sure }
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

/// What no pair of a set exceeds; the parts not named here are taken as full.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ceiling {
    pub skills: Most,
    pub occupation: Most,
    pub place: Most,
    pub wage: i64,
    pub freshness: i64,
}

impl Ceiling {
    pub const NONE: Self = Self {
        skills: Most::FULL,
        occupation: Most::FULL,
        place: Most::FULL,
        wage: FULL,
        freshness: FULL,
    };

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
        let rest =
            weights.experience + weights.education + weights.living + weights.form + weights.answer;
        weights.doubt * (MIDDLE * POINTS - bar)
            + self.occupation.lift(weights, weights.occupation, bar)
            + self.place.lift(weights, weights.place, bar)
            + room(weights, weights.wage, self.wage, bar)
            + room(weights, weights.freshness, self.freshness, bar)
            + room(weights, rest, FULL, bar)
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

/// What the posts of a set have at most.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Extent {
    /// Yuan a month, as far as it is told.
    pub pay_to: u16,
    /// Quality against the usual wage, [`NONE`] where no post of the set has one.
    usual: u16,
    /// The newest of them.
    posted: u16,
    /// Every one of them tells its pay, asks for skills.
    pays: bool,
    asks: bool,
}

impl Default for Extent {
    fn default() -> Self {
        Self { pay_to: 0, usual: NONE, posted: 0, pays: true, asks: true }
    }
}

impl Extent {
    pub fn take(&mut self, post: &Post) {
        if post.pay_from == NONE {
            self.pays = false;
        } else {
            self.pay_to = self.pay_to.max(post.pay_to);
        }
        if let Some(usual) = pay::usual_quality(post) {
            let usual = u16::try_from(usual).unwrap_or(NONE);
            self.usual = if self.usual == NONE { usual } else { self.usual.max(usual) };
        }
        if post.posted != NONE {
            self.posted = self.posted.max(post.posted);
        }
        self.asks &= post.asked().next().is_some();
    }

    /// All of the set are below the person's own floor.
    #[inline]
    pub const fn is_below(&self, head: &Head) -> bool {
        self.pays && self.pay_to < head.floor
    }

    /// Lowers a ceiling to what these posts can be to this person.
    #[inline]
    pub fn lower(&self, ceiling: &mut Ceiling, head: &Head, rule: &Rule) {
        let usual = (self.usual != NONE).then_some(i64::from(self.usual));
        ceiling.wage = pay::at_most(head, self.pay_to, usual);
        let span = rule.weights.fresh_days.max(1);
        let age = i64::from(day(rule.day).saturating_sub(self.posted));
        ceiling.freshness = (span - age).max(0) * FULL / span;
    }

    /// Every post of the set asks for something.
    pub const fn asks(&self) -> bool {
        self.asks
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

/// Where the posts of a set are, or the homes of people.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ground {
    /// A region in which all of them lie, or [`NONE`].
    pub node: u16,
    low: Point,
    high: Point,
    /// Every one of them has a point.
    all: bool,
}

impl Ground {
    pub const fn new(node: u16) -> Self {
        let low = Point { east: i32::MAX, north: i32::MAX };
        let high = Point { east: i32::MIN, north: i32::MIN };
        Self { node, low, high, all: true }
    }

    pub fn take(&mut self, point: Point) {
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

    /// Metres that a point is away from every point here at least, by the measure of
    /// [`Point::metres_to`]: the nearest edge, and the cosine where it is smallest.
    #[inline]
    fn metres_from(&self, point: Point) -> i64 {
        let beyond = |at: i32, low: i32, high: i32| {
            (i64::from(low) - i64::from(at)).max(i64::from(at) - i64::from(high)).max(0)
        };
        let north = metres(beyond(point.north, self.low.north, self.high.north));
        let mean = |edge: i32| i64::midpoint(point.north.into(), edge.into());
        let least = cosine(mean(self.low.north)).min(cosine(mean(self.high.north)));
        let east = metres(beyond(point.east, self.low.east, self.high.east)) * least / 10_000;
        if north + east > FAR { north.max(east) } else { (north * north + east * east).isqrt() }
    }

    /// The best quality of place that anybody here has to anything there; `None` where all of it is
    /// too far. `point`, `home` and `willing` are the other side's; `reach` is the person's, in
    /// metres.
    #[inline]
    fn most(
        &self,
        other: (Point, u16),
        willing: Option<i64>,
        reach: Option<i64>,
        rule: &Rule,
    ) -> Option<Most> {
        let (point, place) = other;
        if place != NONE && self.node != NONE && rule.catalogue.overlap(place, self.node) {
            return Some(Most { quality: FULL, sure: false });
        }
        let known = point.is_known() && self.low.east <= self.high.east;
        if !known {
            return Some(Most { quality: willing.unwrap_or(0), sure: false });
        }
        let metres = self.metres_from(point);
        if willing.is_none() && self.all && reach.is_some_and(|reach| metres > reach) {
            return None;
        }
        let near = place::decay(metres, rule.weights.half_km);
        Some(Most { quality: near.max(willing.unwrap_or(0)), sure: self.all })
    }

    /// Of posts that lie here, to one person.
    #[inline]
    pub fn most_for(&self, person: Someone<'_>, rule: &Rule) -> Option<Most> {
        let abroad = self.node == NONE && person.head.is(Head::ABROAD);
        let willing = match () {
            () if abroad || place::named(person, self.node, &rule.catalogue) => Some(place::NAMED),
            () if person.head.is(Head::ANYWHERE) => Some(place::ANYWHERE),
            () => None,
        };
        let reach = place::reach(&person.head, rule);
        self.most((person.head.point, person.head.home), willing, reach, rule)
    }

    /// Of one post, to people who live here: those willing to come, as far as `reach_km` says of the
    /// farthest-going ([`NONE`]: any distance).
    #[inline]
    pub fn most_of(
        &self,
        post: &Post,
        willing: Option<i64>,
        reach_km: u16,
        rule: &Rule,
    ) -> Option<Most> {
        let reach = (reach_km != NONE).then_some(i64::from(reach_km) * 1_000);
        self.most((post.point, post.place), willing, reach, rule)
    }
}

/// Beyond this the exact distance does not matter for a bound, and the greater leg is one.
const FAR: i64 = 400_000;

/// What somebody thinks of a place that they named, and of any place if they would go anywhere.
pub const WILLING: i64 = place::NAMED;

/// The best that a range of occupations is to somebody.
pub fn nearest(aim: &Aim<'_>, occupations: std::ops::RangeInclusive<u16>) -> i64 {
    occupations.map(|occupation| aim.nearness(occupation)).max().unwrap_or(0)
}
