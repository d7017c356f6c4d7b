//! Forgetting somebody: what is asked before, what may stand against it, and that it was done. 删除

use chrono::{DateTime, NaiveDate, Utc};

use crate::{Id, Refusal, account::Account, coded::coded, jobseeker::Jobseeker};

coded! {
    /// On what ground a record is erased.
    pub enum Ground: "erasure.ground_unknown", "ground" {
        /// The person asked. 个人信息保护法第四十七条
        Asked = "asked",
        /// The time for which it is kept is over.
        Expired = "expired",
        /// It was never to be here: registered by mistake, or unlawfully.
        Mistaken = "mistaken",
    }
}

/// A record that is no more; it names nobody.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Erasure {
    pub jobseeker_id: Id<Jobseeker>,
    pub at: DateTime<Utc>,
    pub actor: String,
    pub ground: Ground,
    /// Accounts that went with it.
    #[sqlx(json)]
    pub accounts: Vec<Id<Account>>,
}

impl Erasure {
    /// Whose keys go.
    pub fn holders(&self) -> Vec<uuid::Uuid> {
        let accounts = self.accounts.iter().map(|id| id.uuid());
        accounts.chain([self.jobseeker_id.uuid()]).collect()
    }
}

/// Why a record must be kept for a time, whoever asks.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Hold {
    pub id: Id<Hold>,
    pub jobseeker_id: Id<Jobseeker>,
    /// Instrument and article, or the case it is needed for.
    pub basis: String,
    /// The last day.
    pub until: NaiveDate,
    pub actor: String,
    pub at: DateTime<Utc>,
}

impl Hold {
    /// May it be set? Says on what it rests, and ends.
    pub fn check(&self, today: NaiveDate) -> Result<(), Refusal> {
        if self.basis.trim().chars().count() < 4 {
            return Err(Refusal::new("erasure.basis_missing").field("basis"));
        }
        let most = today + chrono::Days::new(366 * 30);
        if self.until < today || self.until > most {
            return Err(Refusal::new("erasure.until_range").field("until"));
        }
        Ok(())
    }
}

/// The second step: whoever erases types the label of the record.
pub fn confirmed(id: Id<Jobseeker>, typed: &str) -> Result<(), Refusal> {
    let typed = typed.trim().to_uppercase();
    if typed == id.label() {
        Ok(())
    } else {
        Err(Refusal::new("erasure.not_confirmed").field("label").arg("label", id.label()))
    }
}

/// Refuses while a hold stands, and names it.
pub fn free(holds: &[Hold], today: NaiveDate) -> Result<(), Refusal> {
    match holds.iter().find(|hold| hold.until >= today) {
        None => Ok(()),
        Some(hold) => Err(Refusal::new("erasure.held")
            .arg("basis", &hold.basis)
            .arg("until", hold.until.to_string())),
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn hold(basis: &str, until: &str) -> Hold {
        Hold {
            id: Id::new(Uuid::nil()),
            jobseeker_id: Id::new(Uuid::nil()),
            basis: basis.into(),
            until: until.parse().unwrap(),
            actor: String::new(),
            at: DateTime::UNIX_EPOCH,
        }
    }

    #[test]
    fn a_hold_says_on_what_it_rests_and_ends() {
        let today = "2026-11-22".parse().unwrap();
        assert!(hold("劳动争议调解仲裁法第二十七条", "2027-11-22").check(today).is_ok());
        assert!(hold("x", "2027-11-22").check(today).is_err());
        assert!(hold("劳动争议", "2026-11-21").check(today).is_err());
        assert!(hold("劳动争议", "2099-11-21").check(today).is_err());
    }

    #[test]
    fn a_record_is_free_when_its_last_hold_has_ended() {
        let today = "2026-11-22".parse().unwrap();
        let holds = [hold("earlier", "2026-11-21"), hold("case 7", "2026-11-22")];
        assert_eq!(free(&holds[..1], today), Ok(()));
        assert_eq!(free(&holds, today).unwrap_err().code, "erasure.held");
    }

    #[test]
    fn the_label_is_typed_as_it_stands_there() {
        let id: Id<Jobseeker> = Id::new(Uuid::from_u128(0xA3_F27));
        assert_eq!(confirmed(id, " a3f27 "), Ok(()));
        assert!(confirmed(id, "A3F28").is_err() && confirmed(id, "").is_err());
    }
}
