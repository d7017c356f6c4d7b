//! An employer asks somebody of its shortlist to apply, without knowing who that is. 应聘邀请

use chrono::{DateTime, Utc};
use serde::Serialize;

use crate::{
    Id, Refusal, coded::coded, employer::Employer, jobseeker::Jobseeker, vacancy::Vacancy,
};

/// One person asked for one vacancy, once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, sqlx::FromRow)]
pub struct Invitation {
    pub id: Id<Invitation>,
    #[sqlx(rename = "vacancy_id")]
    pub vacancy: Id<Vacancy>,
    #[sqlx(rename = "jobseeker_id")]
    pub jobseeker: Id<Jobseeker>,
    #[sqlx(rename = "employer_id")]
    pub employer: Id<Employer>,
    /// As events name an author.
    #[serde(skip)]
    pub made_by: String,
    pub made_at: DateTime<Utc>,
    /// `None` while it waits.
    pub answer: Option<Answer>,
    pub answered_at: Option<DateTime<Utc>>,
}

coded! {
    /// What the person said.
    pub enum Answer: "invitation.answer_unknown", "answer" {
        /// Has applied: from then on the employer may see who it is.
        Agreed = "agreed",
        Declined = "declined",
    }
}

/// May one more be asked today, after so many? `most`: what the terms allow a vacancy in a day.
pub fn room(today: i64, most: Option<u64>) -> Result<(), Refusal> {
    match most.and_then(|most| i64::try_from(most).ok()) {
        Some(most) if today >= most => {
            Err(Refusal::new("invitation.enough").arg("most", most.to_string()))
        }
        Some(_) | None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_vacancy_asks_so_many_a_day_and_no_more() {
        assert!(room(19, Some(20)).is_ok());
        assert_eq!(room(20, Some(20)).unwrap_err().code, "invitation.enough");
        assert!(room(500, None).is_ok());
    }
}
