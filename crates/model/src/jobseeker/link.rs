//! Two records of one person: linked, never merged, so that it can be undone. 关联

use chrono::{DateTime, Utc};

use crate::{Id, Refusal, access::Actor, coded::coded, jobseeker::Jobseeker};

coded! {
    /// What is held of the two.
    pub enum State: "jobseeker.link_unknown", "decision" {
        /// Somebody has to decide.
        Open = "open",
        /// The same person.
        Linked = "linked",
        /// Two persons.
        Apart = "apart",
    }
}

coded! {
    /// Why they were thought to be one.
    pub enum Reason: "jobseeker.link_unknown", "reason" {
        /// The same citizen number: certain, so linked at once.
        Number = "number",
        /// The same name and date of birth, in the same county.
        Name = "name",
        /// Somebody says so.
        Said = "said",
    }
}

/// A pair of records; `first` has the smaller id.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Link {
    #[sqlx(rename = "first_id")]
    pub first: Id<Jobseeker>,
    #[sqlx(rename = "second_id")]
    pub second: Id<Jobseeker>,
    pub state: State,
    pub reason: Reason,
    /// Who decided last; the program where it was the number.
    pub actor: String,
    pub at: DateTime<Utc>,
}

impl Link {
    /// A pair just found, in the order of the ids.
    pub fn found(
        (one, other): (Id<Jobseeker>, Id<Jobseeker>),
        reason: Reason,
        (actor, at): (&Actor, DateTime<Utc>),
    ) -> Self {
        let (first, second) = if one.uuid() < other.uuid() { (one, other) } else { (other, one) };
        let state = match reason {
            Reason::Number | Reason::Said => State::Linked,
            Reason::Name => State::Open,
        };
        Self { first, second, state, reason, actor: actor.name.clone(), at }
    }

    /// The one that this record is linked with.
    pub fn other(&self, than: Id<Jobseeker>) -> Id<Jobseeker> {
        if self.first == than { self.second } else { self.first }
    }
}

/// A record is not linked with itself.
pub fn two(one: Id<Jobseeker>, other: Id<Jobseeker>) -> Result<(), Refusal> {
    if one == other { Err(Refusal::new("jobseeker.link_self").field("other")) } else { Ok(()) }
}

/// What the digest of name and date of birth is made of; empty where one of them is not known.
pub fn name_key(name: &str, born_on: Option<chrono::NaiveDate>) -> String {
    let name = crate::cell::fold(name);
    born_on.filter(|_| !name.is_empty()).map_or_else(String::new, |day| format!("{name}|{day}"))
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;
    use uuid::Uuid;

    use super::*;

    #[test]
    fn a_pair_is_the_same_from_both_sides() {
        let (a, b) = (Id::new(Uuid::from_u128(1)), Id::new(Uuid::from_u128(2)));
        let actor = Actor::program("story");
        let found = |pair| Link::found(pair, Reason::Number, (&actor, DateTime::default()));
        assert_eq!(found((a, b)), found((b, a)));
        assert_eq!((found((b, a)).other(a), found((a, b)).other(b)), (b, a));
        assert_eq!(found((a, b)).state, State::Linked);
        assert!(two(a, a).is_err() && two(a, b).is_ok());
    }

    #[test]
    fn a_name_alone_waits_for_somebody_to_decide() {
        let pair = (Id::new(Uuid::from_u128(1)), Id::new(Uuid::from_u128(2)));
        let actor = Actor::program("story");
        assert_eq!(
            Link::found(pair, Reason::Name, (&actor, DateTime::default())).state,
            State::Open
        );
    }

    #[test]
    fn a_name_counts_with_a_date_of_birth_only() {
        let day = NaiveDate::from_ymd_opt(1990, 1, 2);
        assert_eq!(name_key("测试 甲", day), name_key("测试甲", day));
        assert_ne!(name_key("测试甲", day), name_key("测试乙", day));
        assert_eq!((name_key("测试甲", None), name_key(" ", day)), (String::new(), String::new()));
    }
}
