//! What a person has agreed to: for a purpose, on a day, and taken back as easily. 同意

use chrono::{DateTime, Utc};

use crate::{Id, coded::coded, jobseeker::Jobseeker};

coded! {
    /// For what.
    pub enum Purpose: "consent.purpose_unknown", "purpose" {
        /// To be put beside posts, and to posts. What depends on it: every list of candidates.
        Matching = "matching",
        /// That employers whose posts fit see the profile, without the name.
        Employers = "employers",
        /// Messages about posts and appointments.
        Messages = "messages",
        /// That other offices and training providers see the record.
        Sharing = "sharing",
    }
}

/// One time that somebody agreed, or took it back.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Consent {
    pub id: Id<Consent>,
    pub jobseeker_id: Id<Jobseeker>,
    pub purpose: Purpose,
    pub given: bool,
    pub actor: String,
    pub at: DateTime<Utc>,
}

/// What holds for a purpose: the newest that was said, none where nothing was.
pub fn now(all: &[Consent], purpose: Purpose) -> Option<&Consent> {
    all.iter().filter(|one| one.purpose == purpose).max_by_key(|one| (one.at, one.id))
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    #[test]
    fn the_newest_word_holds() {
        let said = |n: u128, purpose, given| Consent {
            id: Id::new(Uuid::from_u128(n)),
            jobseeker_id: Id::new(Uuid::nil()),
            purpose,
            given,
            actor: String::new(),
            at: DateTime::UNIX_EPOCH,
        };
        let all = [
            said(1, Purpose::Messages, true),
            said(3, Purpose::Messages, false),
            said(2, Purpose::Messages, true),
            said(4, Purpose::Sharing, true),
        ];
        assert_eq!(now(&all, Purpose::Messages).map(|one| one.given), Some(false));
        assert_eq!(now(&all, Purpose::Sharing).map(|one| one.given), Some(true));
        assert_eq!(now(&all, Purpose::Matching), None);
    }
}
