//! A question about vacancies that somebody wants to be told about: a new one that answers it gives one
//! notice. 岗位订阅

use chrono::{DateTime, Utc};
use serde::Serialize;

use crate::{Id, Refusal, jobseeker::Jobseeker};

/// A registered person's.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Subscription {
    pub id: Id<Subscription>,
    pub jobseeker: Id<Jobseeker>,
    /// As the person knows it: the words and filters, in words.
    pub name: String,
    /// The question as the address of the list has it, without the page.
    pub query: String,
    pub made_at: DateTime<Utc>,
    pub checked_at: DateTime<Utc>,
    pub ended_at: Option<DateTime<Utc>>,
}

/// So many at once.
pub const MOST: usize = 20;
/// Characters of a name, and bytes of a question.
const NAME: usize = 100;
const QUERY: usize = 2_000;

/// May this be kept beside those that are there?
pub fn check(name: &str, query: &str, there: &[Subscription]) -> Result<(), Refusal> {
    if there.iter().any(|one| one.query == query) {
        return Err(Refusal::new("subscription.twice"));
    }
    if there.len() >= MOST {
        return Err(Refusal::new("subscription.many").arg("most", MOST.to_string()));
    }
    if name.chars().count() > NAME || query.len() > QUERY {
        return Err(Refusal::new("subscription.long"));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn one(query: &str) -> Subscription {
        let at = DateTime::<Utc>::from_timestamp(1_780_000_000, 0).unwrap();
        Subscription {
            id: Id::new(Uuid::nil()),
            jobseeker: Id::new(Uuid::nil()),
            name: "焊工".into(),
            query: query.into(),
            made_at: at,
            checked_at: at,
            ended_at: None,
        }
    }

    #[test]
    fn the_same_question_is_kept_once_and_not_without_end() {
        let code = |result: Result<(), Refusal>| result.err().map(|refusal| refusal.code);
        assert_eq!(code(check("焊工", "q=a", &[one("q=b")])), None);
        assert_eq!(code(check("焊工", "q=b", &[one("q=b")])), Some("subscription.twice"));
        let full: Vec<_> = (0..MOST).map(|n| one(&format!("q={n}"))).collect();
        assert_eq!(code(check("焊工", "q=b", &full)), Some("subscription.many"));
        assert_eq!(code(check(&"长".repeat(101), "q=b", &[])), Some("subscription.long"));
    }
}
