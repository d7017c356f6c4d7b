//! What somebody of an office has to do with an employer: their own firm, or a relative's. Whoever has
//! that sends nobody there. 利益关系申报

use chrono::{DateTime, Utc};
use serde::Serialize;

use crate::{
    Id, Refusal,
    account::{Account, Membership},
    coded::coded,
    employer::Employer,
};

/// Declared by the member themselves; ended, never deleted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, sqlx::FromRow)]
pub struct Interest {
    pub id: Id<Interest>,
    #[sqlx(rename = "account_id")]
    pub account: Id<Account>,
    #[sqlx(rename = "employer_id")]
    pub employer: Id<Employer>,
    pub kind: Kind,
    pub declared_at: DateTime<Utc>,
    pub ended_at: Option<DateTime<Utc>>,
}

coded! {
    pub enum Kind: "interest.kind_unknown", "kind" {
        Own = "own",
        /// A husband or wife, parent, child, brother or sister, or another near relative. 近亲属
        Relative = "relative",
    }
}

/// May somebody with these interests and memberships send a person to the employer?
pub fn check(
    employer: Id<Employer>,
    interests: &[Interest],
    memberships: &[Membership],
) -> Result<(), Refusal> {
    let held = interests.iter().find(|one| one.employer == employer && one.ended_at.is_none());
    let kind = held.map(|one| one.kind);
    let member =
        memberships.iter().any(|one| one.employer_id == Some(employer) && one.valid_to.is_none());
    match (kind, member) {
        (_, true) | (Some(Kind::Own), false) => Err(Refusal::new("interest.own")),
        (Some(Kind::Relative), false) => Err(Refusal::new("interest.relative")),
        (None, false) => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::access::Role;

    fn of(employer: u128, kind: Kind, ended: bool) -> Interest {
        let at = DateTime::<Utc>::from_timestamp(1_780_000_000, 0).unwrap();
        Interest {
            id: Id::new(Uuid::nil()),
            account: Id::new(Uuid::nil()),
            employer: Id::new(Uuid::from_u128(employer)),
            kind,
            declared_at: at,
            ended_at: ended.then_some(at),
        }
    }

    fn member(employer: u128, ended: bool) -> Membership {
        let at = DateTime::<Utc>::from_timestamp(1_780_000_000, 0).unwrap();
        Membership {
            id: Id::new(Uuid::nil()),
            account_id: Id::new(Uuid::nil()),
            role: Role::Recruiter,
            organisation_id: None,
            employer_id: Some(Id::new(Uuid::from_u128(employer))),
            jobseeker_id: None,
            valid_from: at,
            valid_to: ended.then_some(at),
        }
    }

    #[test]
    fn nobody_is_sent_to_ones_own_firm_or_a_relatives_while_that_holds() {
        let to = |interests: &[Interest], memberships: &[Membership]| {
            check(Id::new(Uuid::from_u128(1)), interests, memberships).err().map(|r| r.code)
        };
        assert_eq!(to(&[of(1, Kind::Own, false)], &[]), Some("interest.own"));
        assert_eq!(to(&[of(1, Kind::Relative, false)], &[]), Some("interest.relative"));
        assert_eq!(to(&[], &[member(1, false)]), Some("interest.own"));
        assert_eq!(
            to(&[of(1, Kind::Own, true), of(2, Kind::Own, false)], &[member(2, false)]),
            None
        );
        assert_eq!(to(&[], &[member(1, true)]), None);
    }
}
