//! Whether a post fits a person, how well, and why: a pure rule. 匹配
//!
//! The features hold nothing that may not count: no sex, age, register, ethnicity, religion,
//! health, disability or category. The legal minimum age is a yes or no. All numbers are integers,
//! so that every engine and every order of work gives the same score.
//!
//! A total is the mean of the qualities of all that is known, each by its weight, and of a doubt at the
//! middle. What is not known has no quality and takes none: it is left out, listed as what would
//! change the result, and makes the doubt greater by its weight, neither for nor against. Left out
//! without that, a post would rise by saying little.

mod bound;
mod catalogue;
mod extent;
mod feature;
mod gap;
mod known;
mod lens;
mod licence;
mod limit;
mod living;
mod market;
mod pay;
mod place;
mod point;
mod post;
mod reason;
mod skills;
mod standing;
mod top;
mod trade;
mod weight;
mod word;

#[cfg(test)]
mod tests;

use std::sync::Arc;

use chrono::NaiveDate;
use serde::Serialize;

pub use bound::{Ceiling, Ground, Most, Spot, WILLING, coverage, nearest};
pub use catalogue::{Catalogue, NONE};
pub use extent::Extent;
pub use feature::{Head, Person, Seeker, Someone, day, level};
pub use gap::{Binding, Change, Gaps, Way};
pub use known::Known;
pub use lens::{Aim, Call, Lens};
pub use limit::Limit;
pub(crate) use market::logarithm;
pub use market::{Census, Market, Moves, Related};
pub use point::Point;
pub use post::{Opening, Post};
pub use reason::{Arg, Reason, Tone};
pub use top::{Rank, Top};
pub use weight::Weights;

/// The best total there is.
pub const BEST: i64 = 100_000;

/// Quality of one part: 0 not at all … 1000 entirely.
const FULL: i64 = 1_000;

/// What the doubt counts: neither for nor against.
const MIDDLE: i64 = 500;

/// What a score is made with besides the two sides.
#[derive(Clone, Debug, PartialEq)]
pub struct Rule {
    pub weights: Weights,
    pub catalogue: Arc<Catalogue>,
    pub market: Arc<Market>,
    /// The youngest age at which anybody may work, where a term says so: for the sentence only.
    pub legal_age: Option<i64>,
    pub day: NaiveDate,
}

impl Rule {
    /// What a skill that a post asks for weighs among them: `asked` with its bits.
    pub fn skill_weight(&self, asked: u16) -> i64 {
        skills::weight(asked, self)
    }
}

/// What a score is made of, weightiest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    Skills,
    Occupation,
    Place,
    Wage,
    Experience,
    Education,
    Freshness,
    Living,
    Form,
    Answer,
    /// What no form tells.
    Untold,
}

/// One part of a score, in words.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Part {
    pub kind: Kind,
    /// The parts' points add up to the total.
    pub points: i64,
    /// What the points would be if this part fitted entirely.
    pub of: i64,
    /// What fits, and what is missing with what it would take.
    pub reasons: Vec<Reason>,
}

/// What came of putting a person to a post.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "outcome", rename_all = "snake_case")]
pub enum Outcome {
    /// Not possible, and every limit that stands in the way, hardest first.
    Excluded { limits: Vec<Limit>, reasons: Vec<Reason> },
    Score {
        /// 0 … [`BEST`].
        total: i64,
        parts: Vec<Part>,
        /// What nobody has said, and would change the result if it were known.
        unknown: Vec<Reason>,
    },
}

/// How good a pair is, and how much of it is known: of equal totals the better known is the better.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Score {
    /// 0 … [`BEST`].
    pub total: u32,
    /// The weights of all that is known of the pair.
    pub known: u32,
}

/// The score alone, or the hardest limit.
pub fn judge(person: &Person, post: &Post, rule: &Rule) -> Result<Score, Limit> {
    judge_with(&Aim::of(rule, person), person.view(), post, rule)
}

/// The same by a lens, for going through many.
pub fn judge_with<L: Lens>(
    lens: &L,
    person: Someone<'_>,
    post: &Post,
    rule: &Rule,
) -> Result<Score, Limit> {
    match Limit::hardest(lens, person, post, rule) {
        Some(limit) => Err(limit),
        None => Ok(Sum::of(lens, person, post, rule).score()),
    }
}

/// The score if no limit stands in the way and the total is at least `bar`; what makes that
/// impossible is looked at first. `skills` is a bound of their quality that the caller has proven,
/// 0 … 1000.
#[inline]
pub fn judge_above<L: Lens>(
    lens: &L,
    person: Someone<'_>,
    post: &Post,
    rule: &Rule,
    (bar, skills): (u32, i64),
) -> Option<Score> {
    let (head, weights, bar) = (&person.head, &rule.weights, i64::from(bar));
    let impossible = Limit::Closed.holds(lens, person, post, rule)
        || Limit::UnderAge.holds(lens, person, post, rule)
        || pay::below_floor(head, post)
        || place::abroad(head, post)
        || living::form_unwanted(head, post);
    if impossible {
        return None;
    }
    let skilled = room(weights, weights.skills, skills, bar);
    let mut share = Share::doubting(weights);
    share.add(weights, weights.occupation, lens.trade(person, post).into());
    share.add(weights, weights.experience, standing::experience_quality(head, post));
    share.add(weights, weights.education, standing::education_quality(head, post));
    let small = weights.wage + weights.freshness + weights.living + weights.form + weights.answer;
    if share.above(bar) + room(weights, small + weights.place, FULL, bar) + skilled < 0 {
        return None;
    }
    share.add(weights, weights.wage, pay::quality(head, post));
    share.add(weights, weights.freshness, living::freshness_quality(post, rule).into());
    share.add(weights, weights.living, living::quality(head, post));
    share.add(weights, weights.form, living::form_quality(head, post));
    share.add(weights, weights.answer, living::answer_quality(post).into());
    if share.above(bar) + room(weights, weights.place, FULL, bar) + skilled < 0 {
        return None;
    }
    let place = place::Place::of(person, post, rule);
    share.add(weights, weights.place, place.quality);
    if place.too_far || share.above(bar) + skilled < 0 || !lens.licensed(person, post) {
        return None;
    }
    share.add(weights, weights.skills, lens.skills(person, post).into());
    (share.above(bar) >= 0).then(|| share.score())
}

/// By how much a part that may be untold can lift a sum that is measured against `bar`: by what it is
/// at its best, or by what it adds to the doubt.
const fn room(weights: &Weights, weight: i64, quality: i64, bar: i64) -> i64 {
    let told = weight * (quality * POINTS - bar);
    let untold = weights.doubt_of(weight) * (MIDDLE * POINTS - bar);
    if told > untold { told } else { untold }
}

/// Points of the total in one of quality.
const POINTS: i64 = BEST / FULL;

/// The same taken apart into sentences, for the few that somebody looks at.
pub fn explain(person: &Person, post: &Post, rule: &Rule) -> Outcome {
    let (lens, view) = (Aim::of(rule, person), person.view());
    let holds = |limit: &Limit| limit.holds(&lens, view, post, rule);
    let limits: Vec<_> = Limit::ALL.into_iter().filter(holds).collect();
    if !limits.is_empty() {
        let reasons = limits.iter().map(|limit| limit.reason(view, post, rule)).collect();
        return Outcome::Excluded { limits, reasons };
    }
    let sum = Sum::of(&lens, view, post, rule);
    let mut parts = Vec::new();
    let mut unknown = Vec::new();
    let mut share = Share::default();
    let mut add = |kind, weight, quality, reasons| {
        let before = share;
        share.put(weight, quality);
        let points = share.points(sum.all.weights) - before.points(sum.all.weights);
        // rounded by itself, it might be one less than the points
        let of = (share.room(sum.all.weights) - before.room(sum.all.weights)).max(points);
        parts.push(Part { kind, points, of, reasons });
    };
    for (kind, quality) in Kind::ALL.into_iter().zip(sum.qualities) {
        let reasons = kind.reasons(view, post, rule);
        let (untold, told) = reasons.into_iter().partition(|r| r.tone == Tone::Untold);
        unknown.extend::<Vec<_>>(untold);
        if let Known::Told(quality) = quality {
            add(kind, rule.weights.of(kind), quality, told);
        }
    }
    add(Kind::Untold, sum.all.doubt(), MIDDLE, Vec::new());
    Outcome::Score { total: sum.score().total.into(), parts, unknown }
}

/// The qualities of a pair.
struct Sum {
    qualities: [Known; Kind::ALL.len()],
    /// With the doubt.
    all: Share,
}

impl Sum {
    fn of<L: Lens>(lens: &L, person: Someone<'_>, post: &Post, rule: &Rule) -> Self {
        let qualities = Kind::ALL.map(|kind| kind.quality(lens, person, post, rule));
        let mut all = Share::doubting(&rule.weights);
        for (kind, quality) in Kind::ALL.into_iter().zip(qualities) {
            all.add(&rule.weights, rule.weights.of(kind), quality);
        }
        Self { qualities, all }
    }

    fn score(&self) -> Score {
        self.all.score()
    }
}

/// Weights and qualities added up so far. Points are the differences of rounded sums, so that the
/// parts add up to the total exactly.
#[derive(Clone, Copy, Debug, Default)]
struct Share {
    weighted: i64,
    weights: i64,
    /// The weights of what is known.
    known: i64,
}

impl Share {
    /// Nothing but the doubt that stands in every pair.
    const fn doubting(weights: &Weights) -> Self {
        Self { weighted: weights.doubt * MIDDLE, weights: weights.doubt, known: 0 }
    }

    #[inline]
    fn add(&mut self, weights: &Weights, weight: i64, quality: Known) {
        match quality {
            Known::Told(quality) => {
                self.put(weight, quality);
                self.known += weight;
            }
            Known::Untold => self.put(weights.doubt_of(weight), MIDDLE),
            Known::Moot => {}
        }
    }

    const fn put(&mut self, weight: i64, quality: i64) {
        self.weighted += weight * quality;
        self.weights += weight;
    }

    const fn doubt(self) -> i64 {
        self.weights - self.known
    }

    /// Not negative where the total is at least `bar`.
    #[inline]
    const fn above(self, bar: i64) -> i64 {
        self.weighted * POINTS - self.weights * bar
    }

    fn points(self, of: i64) -> i64 {
        (self.weighted * POINTS).checked_div(of).unwrap_or(0)
    }

    fn room(self, of: i64) -> i64 {
        (self.weights * BEST).checked_div(of).unwrap_or(0)
    }

    fn score(self) -> Score {
        let small = |n: i64| u32::try_from(n).unwrap_or(0);
        Score { total: small(self.points(self.weights)), known: small(self.known) }
    }
}

impl Kind {
    /// What a form tells, weightiest first.
    pub const ALL: [Self; 10] = [
        Self::Skills,
        Self::Occupation,
        Self::Place,
        Self::Wage,
        Self::Experience,
        Self::Education,
        Self::Freshness,
        Self::Living,
        Self::Form,
        Self::Answer,
    ];

    /// The word for it in the API and in the locales.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Skills => "skills",
            Self::Occupation => "occupation",
            Self::Place => "place",
            Self::Wage => "wage",
            Self::Experience => "experience",
            Self::Education => "education",
            Self::Freshness => "freshness",
            Self::Living => "living",
            Self::Form => "form",
            Self::Answer => "answer",
            Self::Untold => "untold",
        }
    }

    fn quality<L: Lens>(self, lens: &L, person: Someone<'_>, post: &Post, rule: &Rule) -> Known {
        let head = &person.head;
        match self {
            Self::Skills => lens.skills(person, post).into(),
            Self::Occupation => lens.trade(person, post).into(),
            Self::Place => place::Place::of(person, post, rule).quality,
            Self::Wage => pay::quality(head, post),
            Self::Experience => standing::experience_quality(head, post),
            Self::Education => standing::education_quality(head, post),
            Self::Freshness => living::freshness_quality(post, rule).into(),
            Self::Living => living::quality(head, post),
            Self::Form => living::form_quality(head, post),
            Self::Answer => living::answer_quality(post).into(),
            Self::Untold => Known::Moot,
        }
    }

    fn reasons(self, person: Someone<'_>, post: &Post, rule: &Rule) -> Vec<Reason> {
        let head = &person.head;
        match self {
            Self::Skills => skills::reasons(person, post, rule),
            Self::Occupation => trade::reasons(person, post, rule),
            Self::Place => place::reasons(person, post, rule),
            Self::Wage => pay::reasons(head, post),
            Self::Experience => standing::experience_reasons(head, post),
            Self::Education => standing::education_reasons(head, post),
            Self::Freshness => living::freshness_reasons(post, rule),
            Self::Living => living::reasons(head, post),
            Self::Form => living::form_reasons(head, post),
            Self::Answer => living::answer_reasons(post),
            Self::Untold => Vec::new(),
        }
    }
}
