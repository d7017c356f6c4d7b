//! When an office last spoke with its people.

use chrono::NaiveDate;
use model::{Id, access::Scope, contact::Contact, jobseeker::Jobseeker};
use sqlx::AssertSqlSafe;
use uuid::Uuid;

use crate::{
    Reader, Result, Writer,
    access::{people, wide},
    vals,
};

pub async fn add(w: &mut Writer, contacts: &[Contact]) -> Result<()> {
    let head = "insert into contact (id, jobseeker_id, day, way, batch, made_by, made_at)";
    let row =
        |c: &Contact| vals![c.id, c.jobseeker, c.day, c.way.code(), c.batch, &c.made_by, c.made_at];
    w.insert_many(head, "", contacts.iter().map(row).collect::<Vec<_>>()).await.map(drop)
}

/// Takes back what an author noted together, and answers of whom.
pub async fn undo(w: &mut Writer, batch: Uuid, made_by: &str) -> Result<Vec<Id<Jobseeker>>> {
    let at = w.at();
    let sql = "update contact set undone_at = $3 \
               where batch = $1 and made_by = $2 and undone_at is null returning jobseeker_id";
    let rows: Vec<(Id<Jobseeker>,)> = w.all(sql, vals![batch, made_by, at]).await?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

/// One who has not been spoken with, and the last day that somebody did.
#[derive(Clone, Copy, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Quiet {
    pub id: Id<Jobseeker>,
    pub last: Option<NaiveDate>,
}

/// People of a scope who look for work, registered before `since`, with whom nobody has spoken since
/// then; in the order of their registration, at most `limit`.
pub async fn quiet(
    r: &mut Reader,
    scope: &Scope,
    since: NaiveDate,
    limit: i64,
) -> Result<Vec<Quiet>> {
    let people = people(r.engine(), scope);
    let by = if wide(scope) { r.engine().pick(" indexed by jobseeker_since", "") } else { "" };
    let sql = format!(
        "select id, (select max(c.day) from contact c where c.jobseeker_id = jobseeker.id \
         and c.undone_at is null) as last from jobseeker{by} \
         where forgotten_at is null and seeking and created_at < $1{people} \
         and not exists (select 1 from contact c where c.jobseeker_id = jobseeker.id \
         and c.undone_at is null and c.day >= $2) order by created_at, id limit $3"
    );
    let before = since.and_time(chrono::NaiveTime::MIN).and_utc();
    r.all(AssertSqlSafe(sql), vals![before, since, limit]).await
}

#[cfg(test)]
mod tests {
    use model::{access::Actor, contact::Way};

    use super::*;
    use crate::{
        both::{both, deed},
        jobseeker::{self, tests::person},
    };

    #[tokio::test]
    async fn who_was_not_spoken_with_is_found_until_somebody_did_and_again_when_it_is_taken_back() {
        both(async |db| {
            let mut w = db.write(deed("jobseeker.import")).await.unwrap();
            jobseeker::add(&mut w, &[person(1), person(2)]).await.unwrap();
            let (scope, at) = (Actor::office("window").scope(), w.at());
            let since = at.date_naive() + chrono::Days::new(5);
            let all = quiet(&mut w, &scope, since, 9).await.unwrap();
            assert_eq!(all.len(), 2);
            assert!(quiet(&mut w, &scope, at.date_naive(), 9).await.unwrap().is_empty(), "fresh");
            let contact = Contact {
                id: Id::new(Uuid::from_u128(9)),
                jobseeker: Id::new(Uuid::from_u128(1)),
                day: since,
                way: Way::Phone,
                batch: Uuid::from_u128(7),
                made_by: "a".into(),
                made_at: at,
                undone_at: None,
            };
            add(&mut w, std::slice::from_ref(&contact)).await.unwrap();
            let left = quiet(&mut w, &scope, since, 9).await.unwrap();
            assert_eq!(left.iter().map(|q| q.id.uuid().as_u128()).collect::<Vec<_>>(), [2]);
            assert!(undo(&mut w, contact.batch, "b").await.unwrap().is_empty(), "another's");
            assert_eq!(undo(&mut w, contact.batch, "a").await.unwrap(), [contact.jobseeker]);
            assert_eq!(quiet(&mut w, &scope, since, 9).await.unwrap().len(), 2);
            let public = Actor::public().scope();
            assert!(quiet(&mut w, &public, since, 9).await.unwrap().is_empty());
        })
        .await;
    }
}
