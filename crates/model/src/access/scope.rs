//! What a reader may see. Only [`Actor::scope`](super::Actor::scope) gives one, so that no query can
//! forget it; `store::access` turns it into a condition.

use crate::{Id, employer::Employer, jobseeker::Jobseeker, organisation::Organisation};

use super::Grant;

/// What a reader may see.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scope {
    pub(super) reach: Reach,
    pub(super) people: bool,
    pub(super) drafts: bool,
}

/// Whose rows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reach {
    /// What everybody sees.
    Public,
    All,
    Office(Territory),
    Employer(Id<Employer>),
    Person(Id<Jobseeker>),
}

/// An office with everything below it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Territory {
    pub office: Id<Organisation>,
    /// Of the organisation and, as its beginning, of all below it.
    pub path: String,
    /// Half-open ranges of region codes.
    pub ranges: Vec<(String, String)>,
    /// The top of the tree: what belongs to no office is its own.
    pub root: bool,
}

impl Territory {
    /// The paths of this organisation and all below it, as a half-open range of text.
    pub fn paths(&self) -> (&str, String) {
        let end = self.path.strip_suffix('/').unwrap_or(&self.path);
        (&self.path, format!("{end}0")) // `0` follows `/`
    }

    /// Does the region lie in it?
    pub fn covers(&self, region: &str) -> bool {
        self.ranges.iter().any(|(from, to)| from.as_str() <= region && region < to.as_str())
    }
}

impl Scope {
    /// May jobseekers be read, within the reach?
    pub const fn people(&self) -> bool {
        self.people
    }

    /// May vacancies be read that are not public, or no longer, within the reach?
    pub const fn drafts(&self) -> bool {
        self.drafts
    }

    /// Is this an office, or the program itself?
    pub const fn staff(&self) -> bool {
        self.drafts && matches!(self.reach, Reach::All | Reach::Office(_))
    }

    pub const fn reach(&self) -> &Reach {
        &self.reach
    }

    /// Is there nobody who may not be read?
    pub const fn everybody(&self) -> bool {
        self.people && matches!(self.reach, Reach::All)
    }

    /// The office that a new record belongs to.
    pub const fn office(&self) -> Option<Id<Organisation>> {
        match &self.reach {
            Reach::Office(territory) => Some(territory.office),
            Reach::Public | Reach::All | Reach::Employer(_) | Reach::Person(_) => None,
        }
    }

    /// The registered person who asks for themselves.
    pub const fn person(&self) -> Option<Id<Jobseeker>> {
        match &self.reach {
            Reach::Person(id) => Some(*id),
            Reach::Public | Reach::All | Reach::Office(_) | Reach::Employer(_) => None,
        }
    }

    /// With the people of a token left out, where it was not given them.
    pub(super) fn granted(mut self, grants: &[Grant]) -> Self {
        self.people = grants.contains(&Grant::People);
        self
    }
}
