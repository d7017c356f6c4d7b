//! Whether a post fits a person, how well, and why: a pure rule. 匹配
//!
//! The features hold nothing that may not count: no sex, age, register, ethnicity, religion,
//! health, disability or category. The legal minimum age is a yes or no. All numbers are integers,
//! so that every engine and every order of work gives the same score.

mod feature;
mod licence;
mod limit;
mod living;
mod pay;
mod place;
mod reason;
mod skills;
mod standing;
mod top;
mod trade;
mod weight;

#[cfg(test)]
mod tests;

use std::{collections::BTreeSet, sync::Arc};

use chrono::NaiveDate;
use serde::Serialize;

pub use feature::{Opening, Person, Point, Post, Seeker, Spot};
pub use limit::Limit;
pub use reason::{Arg, Reason, Tone};
pub use top::Top;
pub use weight::{Rarity, Weights};

/// The best total there is.
pub const BEST: i64 = 100_000;

/// Quality of one part: 0 not at all … 1000 entirely.
const FULL: i64 = 1_000;

/// What counts for a part that nobody has said anything about: neither for nor against. Were the
/// rest stretched over it, whoever says nothing would come first.
const MIDDLE: i64 = 500;

/// What a score is made with besides the two sides.
#[derive(Clone, Debug, PartialEq)]
pub struct Rule {
    pub weights: Weights,
    /// How telling each skill is among the posts now open.
    pub rarity: Arc<Rarity>,
    /// Codes of skills that the law asks for before the work may be done.
    pub licences: BTreeSet<String>,
    /// The youngest age at which anybody may work, where a term says so: for the sentence only.
    pub legal_age: Option<i64>,
    pub day: NaiveDate,
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
    /// All that is not known of the others, together: it holds the score near the middle.
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

/// The total alone, or the first limit: nothing is allocated, for going through all of them.
pub fn judge(person: &Person, post: &Post, rule: &Rule) -> Result<i64, Limit> {
    match Limit::ALL.into_iter().find(|limit| limit.holds(person, post, rule)) {
        Some(limit) => Err(limit),
        None => Ok(Sum::of(person, post, rule).total()),
    }
}

/// The same taken apart into sentences, for the few that somebody looks at.
pub fn explain(person: &Person, post: &Post, rule: &Rule) -> Outcome {
    let holds = |limit: &Limit| limit.holds(person, post, rule);
    let limits: Vec<_> = Limit::ALL.into_iter().filter(holds).collect();
    if !limits.is_empty() {
        let reasons = limits.iter().map(|limit| limit.reason(person, post, rule)).collect();
        return Outcome::Excluded { limits, reasons };
    }
    let sum = Sum::of(person, post, rule);
    let mut parts = Vec::new();
    let mut unknown = Vec::new();
    let mut before = Share::default();
    let mut add = |kind, after: Share, reasons| {
        let points = after.points(sum.all.weights) - before.points(sum.all.weights);
        // rounded by itself, it might be one less than the points
        let of = (after.room(sum.all.weights) - before.room(sum.all.weights)).max(points);
        parts.push(Part { kind, points, of, reasons });
        before = after;
    };
    let mut share = Share::default();
    for (kind, quality) in Kind::ALL.into_iter().zip(sum.qualities) {
        let reasons = kind.reasons(person, post, rule);
        let (untold, told) = reasons.into_iter().partition(|r| r.tone == Tone::Untold);
        unknown.extend::<Vec<_>>(untold);
        if let Some(quality) = quality {
            share = share.with(rule.weights.of(kind), quality);
            add(kind, share, told);
        }
    }
    if share.weights < sum.all.weights {
        add(Kind::Untold, sum.all, Vec::new());
    }
    Outcome::Score { total: sum.total(), parts, unknown }
}

/// The qualities of a pair: `None` where a side says nothing about it.
struct Sum {
    qualities: [Option<i64>; Kind::ALL.len()],
    /// What is known first, then what is not.
    all: Share,
}

impl Sum {
    fn of(person: &Person, post: &Post, rule: &Rule) -> Self {
        let qualities = Kind::ALL.map(|kind| kind.quality(person, post, rule));
        let weighed = |(kind, quality): (Kind, Option<i64>)| {
            (rule.weights.of(kind), quality.unwrap_or(MIDDLE))
        };
        let pairs = Kind::ALL.into_iter().zip(qualities).map(weighed);
        let all =
            pairs.fold(Share::default(), |share, (weight, quality)| share.with(weight, quality));
        Self { qualities, all }
    }

    fn total(&self) -> i64 {
        self.all.points(self.all.weights)
    }
}

/// Weights and qualities added up so far. Points are the differences of rounded sums, so that the
/// parts add up to the total exactly.
#[derive(Clone, Copy, Default)]
struct Share {
    weighted: i64,
    weights: i64,
}

impl Share {
    fn with(self, weight: i64, quality: i64) -> Self {
        let quality = quality.clamp(0, FULL);
        Self { weighted: self.weighted + weight * quality, weights: self.weights + weight }
    }

    fn points(self, of: i64) -> i64 {
        (self.weighted * (BEST / FULL)).checked_div(of).unwrap_or(0)
    }

    fn room(self, of: i64) -> i64 {
        (self.weights * BEST).checked_div(of).unwrap_or(0)
    }
}

impl Kind {
    pub const ALL: [Self; 9] = [
        Self::Skills,
        Self::Occupation,
        Self::Place,
        Self::Wage,
        Self::Experience,
        Self::Education,
        Self::Freshness,
        Self::Living,
        Self::Form,
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
            Self::Untold => "untold",
        }
    }

    fn quality(self, person: &Person, post: &Post, rule: &Rule) -> Option<i64> {
        match self {
            Self::Skills => skills::quality(person, post, rule),
            Self::Occupation => trade::quality(person, post),
            Self::Place => place::quality(person, post, &rule.weights),
            Self::Wage => pay::quality(person, post),
            Self::Experience => standing::experience_quality(person, post),
            Self::Education => standing::education_quality(person, post),
            Self::Freshness => living::freshness_quality(post, rule),
            Self::Living => living::quality(person, post),
            Self::Form => living::form_quality(person, post),
            Self::Untold => None,
        }
    }

    fn reasons(self, person: &Person, post: &Post, rule: &Rule) -> Vec<Reason> {
        match self {
            Self::Skills => skills::reasons(person, post, rule),
            Self::Occupation => trade::reasons(person, post),
            Self::Place => place::reasons(person, post, &rule.weights),
            Self::Wage => pay::reasons(person, post),
            Self::Experience => standing::experience_reasons(person, post),
            Self::Education => standing::education_reasons(person, post),
            Self::Freshness => living::freshness_reasons(post, rule),
            Self::Living => living::reasons(person, post),
            Self::Form => living::form_reasons(person, post),
            Self::Untold => Vec::new(),
        }
    }
}
