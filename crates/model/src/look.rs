//! That somebody of an office or a firm looked at one person's record. 查阅记录

use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::{
    Id, Refusal,
    account::{Account, Membership},
    coded::coded,
    jobseeker::Jobseeker,
};

/// One look, as the person it is about reads it.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Look {
    pub id: Id<Look>,
    pub jobseeker_id: Id<Jobseeker>,
    pub at: DateTime<Utc>,
    /// As the log of events writes its authors.
    pub actor: String,
    pub what: What,
    /// What was given where a reason was asked for; else empty.
    pub reason: String,
}

coded! {
    /// What was seen.
    pub enum What: "look.what_unknown", "what" {
        /// The record without a name: what the person can do and wants.
        Record = "record",
        /// Name, masked number, telephone.
        Identity = "identity",
        /// How to reach the person.
        Contact = "contact",
        /// The curriculum vitae.
        Cv = "cv",
        /// Which posts fit, and why.
        Matching = "matching",
        /// As one of a list with names.
        List = "list",
        /// Everything, to be handed over.
        Export = "export",
        /// Applications, referrals, placements.
        Progress = "progress",
    }
}

/// Who looked, as far as the author of an event tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Who {
    Member(Id<Account>, Id<Membership>),
    /// Another program.
    Token(Uuid),
    /// The machine itself.
    Machine,
}

impl Who {
    /// Reads what [`Actor::member`](crate::access::Actor::member) and
    /// [`Actor::token`](crate::access::Actor::token) write.
    pub fn of(actor: &str) -> Self {
        let member = || {
            let (account, membership) = actor.strip_prefix("account:")?.split_once('/')?;
            Some(Self::Member(account.parse().ok()?, membership.parse().ok()?))
        };
        let token = || Some(Self::Token(actor.strip_prefix("token:")?.parse().ok()?));
        member().or_else(token).unwrap_or(Self::Machine)
    }
}

/// A reason as somebody gives it: said, and short.
pub fn reason(text: &str) -> Result<&str, Refusal> {
    let text = text.trim();
    if (2..=200).contains(&text.chars().count()) {
        Ok(text)
    } else {
        Err(Refusal::new("look.reason_missing").field("reason"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::access::{Actor, Member, Place, Role};

    #[test]
    fn who_looked_is_read_from_the_author_of_the_event() {
        let (account, membership) = (Id::new(Uuid::from_u128(1)), Id::new(Uuid::from_u128(2)));
        let member = Member { account, membership, role: Role::Clerk, place: Place::Nowhere };
        let actor = Actor::member(member.clone());
        assert_eq!(Who::of(&actor.name), Who::Member(account, membership));
        let token = Uuid::from_u128(3);
        let actor = Actor::token(&token.to_string(), member, vec![]);
        assert_eq!(Who::of(&actor.name), Who::Token(token));
        assert_eq!(Who::of("window"), Who::Machine);
    }

    #[test]
    fn a_reason_is_said_and_short() {
        assert_eq!(reason("  本人来电询问 "), Ok("本人来电询问"));
        assert!(reason(" x ").is_err() && reason(&"长".repeat(201)).is_err());
    }
}
