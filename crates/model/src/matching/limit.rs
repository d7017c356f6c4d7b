//! Hard limits: what makes a pair impossible, apart from any score, each with its name.

use serde::Serialize;

use crate::matching::{
    Arg, Head, Post, Reason, Rule, Someone, feature::day, lens::Lens, living, pay, place, skills,
};

/// Hardest first: nobody can mend the first, and the person alone can mend the last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Limit {
    Closed,
    UnderAge,
    LicenceMissing,
    TooFar,
    /// In another country, and the person has not wished for one.
    Abroad,
    BelowFloor,
    FormUnwanted,
}

impl Limit {
    pub const ALL: [Self; 7] = [
        Self::Closed,
        Self::UnderAge,
        Self::LicenceMissing,
        Self::TooFar,
        Self::Abroad,
        Self::BelowFloor,
        Self::FormUnwanted,
    ];

    /// The one that nobody can mend of those that keep a pair apart.
    #[inline]
    pub fn hardest<L: Lens>(
        lens: &L,
        person: Someone<'_>,
        post: &Post,
        rule: &Rule,
    ) -> Option<Self> {
        Self::ALL.into_iter().find(|limit| limit.holds(lens, person, post, rule))
    }

    /// Is it the same for everybody: the post is closed?
    #[inline]
    pub fn closes(post: &Post, rule: &Rule) -> bool {
        day(rule.day) > post.last_day
    }

    /// The hardest of those after [`Self::TooFar`]: what neither licence nor distance decides.
    #[inline]
    pub fn of_terms(head: &Head, post: &Post) -> Option<Self> {
        if place::abroad(head, post) {
            Some(Self::Abroad)
        } else if pay::below_floor(head, post) {
            Some(Self::BelowFloor)
        } else {
            living::form_unwanted(head, post).then_some(Self::FormUnwanted)
        }
    }

    /// The word for it in the API, and the key of its sentence.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Closed => "closed",
            Self::UnderAge => "under_age",
            Self::LicenceMissing => "licence_missing",
            Self::TooFar => "too_far",
            Self::Abroad => "abroad",
            Self::BelowFloor => "below_floor",
            Self::FormUnwanted => "form_unwanted",
        }
    }

    #[inline]
    pub(super) fn holds<L: Lens>(
        self,
        lens: &L,
        person: Someone<'_>,
        post: &Post,
        rule: &Rule,
    ) -> bool {
        match self {
            Self::Closed => Self::closes(post, rule),
            Self::UnderAge => !person.head.is(Head::OF_AGE),
            Self::LicenceMissing => !lens.licensed(person, post),
            Self::TooFar => place::too_far(person, post, rule),
            Self::Abroad => place::abroad(&person.head, post),
            Self::BelowFloor => pay::below_floor(&person.head, post),
            Self::FormUnwanted => living::form_unwanted(&person.head, post),
        }
    }

    pub(super) fn reason(self, person: Someone<'_>, post: &Post, rule: &Rule) -> Reason {
        let reason = Reason::lacks(self.code());
        match self {
            Self::Closed | Self::Abroad => reason,
            Self::UnderAge => {
                rule.legal_age.into_iter().fold(reason, |r, age| r.arg("age", Arg::Count(age)))
            }
            Self::LicenceMissing => {
                let missing: Vec<u16> = skills::missing_licences(person, post).collect();
                let bases = skills::bases(&missing, post, rule);
                let reason = if bases.is_empty() {
                    reason
                } else {
                    Reason::lacks("licence_missing_by").arg("law", Arg::Law(bases))
                };
                reason.arg("skills", skills::codes(rule, missing))
            }
            Self::TooFar => {
                let km = place::kilometres(person, post, rule);
                km.into_iter().fold(reason, |reason, km| reason.arg("km", km))
            }
            Self::BelowFloor => pay::said(&person.head, post, reason),
            Self::FormUnwanted => living::form_said(person, post, reason),
        }
    }
}
