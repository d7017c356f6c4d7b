//! Experience, education, and the rank that a title names. More than is asked for is not better, and
//! less lowers without excluding.

use crate::{
    matching::{
        Arg, FULL, Head, Most, Opening, Post, Reason,
        catalogue::NONE,
        feature::education,
        known::Known::{self, Told, Untold},
    },
    vacancy::Form,
};

/// How high a post stands, as its title says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Standing {
    Unsaid,
    /// To learn: an intern, an apprentice, a graduate's first post.
    Beginner,
    Junior,
    Senior,
    /// Leads a few.
    Lead,
    /// Leads those who lead.
    Head,
}

/// Words of titles by what they say; a title is what the first row says that has a word in it.
const SAID: [(Standing, &[&str]); 6] = [
    (
        Standing::Unsaid,
        &[
            "助理",
            "秘书",
            "客户经理",
            "产品经理",
            "大堂经理",
            "assistant",
            "account manager",
            "product manager",
        ],
    ),
    (
        Standing::Beginner,
        &[
            "实习",
            "见习",
            "学徒",
            "应届",
            "管培",
            "校招",
            "储干",
            "intern",
            "trainee",
            "apprentice",
            "graduate",
        ],
    ),
    (
        Standing::Head,
        &[
            "总监",
            "副总",
            "总经理",
            "总裁",
            "首席",
            "director",
            "vice president",
            "vp",
            "chief",
            "cto",
            "head of",
        ],
    ),
    (
        Standing::Lead,
        &[
            "经理",
            "主管",
            "主任",
            "负责人",
            "组长",
            "店长",
            "厂长",
            "部长",
            "lead",
            "leader",
            "manager",
            "supervisor",
        ],
    ),
    (
        Standing::Senior,
        &[
            "高级",
            "资深",
            "专家",
            "架构师",
            "senior",
            "sr",
            "principal",
            "expert",
            "staff engineer",
        ],
    ),
    (Standing::Junior, &["初级", "junior", "jr", "entry"]),
];

impl Standing {
    /// A word by which a beginner is known.
    pub(super) const BEGINS: &str = "见习";

    pub(super) fn of(opening: &Opening) -> Self {
        if opening.form == Some(Form::Trainee)
            || opening.experience_max.is_some_and(|most| most <= 12)
        {
            return Self::Beginner;
        }
        Self::of_title(&opening.title)
    }

    pub(super) fn of_title(title: &str) -> Self {
        let title = crate::cell::fold(title);
        let latin: Vec<&str> = title.split(|c: char| !c.is_ascii_alphanumeric()).collect();
        let says = |word: &&&str| {
            if word.is_ascii() && !word.contains(' ') {
                latin.contains(*word)
            } else {
                title.contains(**word)
            }
        };
        let said = SAID.iter().find(|(_, words)| words.iter().any(|word| says(&word)));
        said.map_or(Self::Unsaid, |(standing, _)| *standing)
    }

    pub(super) const fn of_bits(bits: u8) -> Self {
        match bits {
            1 => Self::Beginner,
            2 => Self::Junior,
            3 => Self::Senior,
            4 => Self::Lead,
            5 => Self::Head,
            _ => Self::Unsaid,
        }
    }

    /// Months of experience that such a post usually asks for, where it does not say.
    const fn usual(self) -> Option<u16> {
        match self {
            Self::Unsaid => None,
            Self::Beginner | Self::Junior => Some(0),
            Self::Senior => Some(36),
            Self::Lead => Some(48),
            Self::Head => Some(96),
        }
    }
}

/// Months of experience that are asked for, said or meant.
#[inline]
pub(super) fn asked(post: &Post) -> Option<u16> {
    if post.experience == NONE { post.standing().usual() } else { Some(post.experience) }
}

/// Months after which nobody is a beginner.
const BEGUN: u16 = 24;
/// What a beginner's post is worth to whoever is none.
pub(super) const BEHIND: i64 = 300;
/// What experience is worth that is a little short, and what every month takes of that: a year too
/// little is worth less than half, three years nothing.
const LESS: i64 = 700;
const A_MONTH: i64 = 20;
/// What schooling one step below what is asked for is worth; two steps are worth nothing.
const ONE_STEP: i64 = 200;

/// To learn: see [`Standing::Beginner`].
#[inline]
pub(super) fn is_beginner(post: &Post) -> bool {
    post.standing() == Standing::Beginner
}

/// A beginner's post, for somebody who is none and has not wished for one.
#[inline]
fn is_behind(person: &Head, post: &Post) -> bool {
    person.experience != NONE
        && person.experience > BEGUN
        && is_beginner(post)
        && !person.is(Head::BEGINS)
}

/// The most that a post can be worth to anybody for the experience that it asks for.
pub(super) fn experience_most(post: &Post) -> Most {
    match asked(post) {
        Some(_) => Most::FULL,
        None => Most { quality: BEHIND, sure: false },
    }
}

/// The same for the schooling.
pub(super) const fn education_most(post: &Post) -> Most {
    if post.education == 0 { Most::NONE } else { Most::FULL }
}

#[inline]
pub(super) fn experience_quality(person: &Head, post: &Post) -> Known {
    if is_behind(person, post) {
        return Told(BEHIND);
    }
    match (asked(post), person.experience) {
        (Some(0), _) => Told(FULL),
        (None, _) | (_, NONE) => Untold,
        (Some(asked), own) => Told(short_by(asked.saturating_sub(own))),
    }
}

/// What experience is worth that is so many months short.
#[inline]
pub(super) fn short_by(months: u16) -> i64 {
    if months == 0 { FULL } else { (LESS - i64::from(months) * A_MONTH).max(0) }
}

/// What schooling is worth where so much is asked for; both are levels, told.
#[inline]
pub(super) const fn steps_short(asked: u8, own: u8) -> i64 {
    // the step stands in the upper half
    match (asked >> 4).saturating_sub(own >> 4) {
        0 => FULL,
        1 => ONE_STEP,
        _ => 0,
    }
}

pub(super) fn experience_reasons(person: &Head, post: &Post) -> Vec<Reason> {
    let months = |n: u16| Arg::Months(n.into());
    if is_behind(person, post) {
        return vec![Reason::lacks("experience_beginner").arg("own", months(person.experience))];
    }
    let asked = match asked(post) {
        None => return Vec::new(),
        Some(0) if post.experience == NONE => return Vec::new(),
        Some(0) => return vec![Reason::fits("experience_open")],
        Some(asked) => asked,
    };
    let short = if post.experience == NONE { "experience_meant" } else { "experience_short" };
    let reason = match person.experience {
        NONE => Reason::untold("experience_untold"),
        own if own >= asked => Reason::fits("experience_enough").arg("own", months(own)),
        0 if post.experience == NONE => Reason::lacks("experience_meant_none"),
        0 => Reason::lacks("experience_none"),
        own => Reason::lacks(short).arg("own", months(own)),
    };
    vec![reason.arg("asked", months(asked))]
}

#[inline]
pub(super) fn education_quality(person: &Head, post: &Post) -> Known {
    if post.education == Post::OPEN {
        return Told(FULL);
    }
    if post.education == 0 || person.education == 0 {
        return Untold;
    }
    Told(steps_short(post.education, person.education))
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
