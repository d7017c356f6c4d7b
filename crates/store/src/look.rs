//! Looks at people's records, as rows.

use chrono::{DateTime, Utc};
use model::{
    Id,
    access::Scope,
    jobseeker::Jobseeker,
    look::{Look, What},
};
use serde_json::json;
use sqlx::AssertSqlSafe;

use crate::{Note, Reader, Result, Writer, access::people_by, vals};

/// One look within a deed: a row for the person it is about, and an event. `reason` may be empty.
pub async fn note(
    w: &mut Writer,
    id: Id<Look>,
    jobseeker: Id<Jobseeker>,
    what: What,
    reason: &str,
) -> Result<()> {
    let (at, actor) = (w.at(), w.actor().to_owned());
    let sql = "insert into look (id, jobseeker_id, at, actor, what, reason) \
               values ($1, $2, $3, $4, $5, $6)";
    w.exec(sql, vals![id, jobseeker, at, actor, what.code(), reason]).await?;
    let (noun, subject, region) = ("look", jobseeker.uuid(), String::new());
    w.note(Note { noun, subject, region, change: json!({ "look": what.code() }) });
    Ok(())
}

/// Looks at one person's record, newest first, from before `before`.
pub async fn of(
    r: &mut Reader,
    scope: &Scope,
    jobseeker: Id<Jobseeker>,
    before: Option<Id<Look>>,
    limit: i64,
) -> Result<Vec<Look>> {
    let within = people_by(r.engine(), scope, "jobseeker_id");
    let sql = format!(
        "select * from look where jobseeker_id = $1 and id < $2{within} order by id desc limit $3"
    );
    let top = before.unwrap_or(Id::new(uuid::Uuid::max()));
    r.all(AssertSqlSafe(sql), vals![jobseeker, top, limit]).await
}

/// Looks before a time.
pub async fn count(r: &mut Reader, before: DateTime<Utc>) -> Result<i64> {
    let (n,) = r.one("look", "select count(*) from look where at < $1", vals![before]).await?;
    Ok(n)
}

/// Lets go of looks before a time.
pub async fn forget(w: &mut Writer, before: DateTime<Utc>) -> Result<u64> {
    w.exec("delete from look where at < $1", vals![before]).await
}

#[cfg(test)]
mod tests {
    use model::access::Actor;
    use uuid::Uuid;

    use super::*;
    use crate::{
        both::{both, deed},
        jobseeker::{add, tests::person},
    };

    #[tokio::test]
    async fn looks_come_newest_first_and_only_inside_the_scope() {
        both(async |db| {
            let mut w = db.write(deed("look.note")).await.unwrap();
            add(&mut w, &[person(1), person(2)]).await.unwrap();
            let (one, other) = (person(1).jobseeker.id, person(2).jobseeker.id);
            for (n, id) in [one, other, one, one].into_iter().enumerate() {
                let look = Id::new(Uuid::from_u128(n as u128 + 1));
                note(&mut w, look, id, What::Record, "").await.unwrap();
            }
            w.commit().await.unwrap();
            let mut r = db.read().await.unwrap();
            let (office, public) = (Actor::office("window").scope(), Actor::public().scope());
            let found = of(&mut r, &office, one, None, 2).await.unwrap();
            let ids: Vec<u128> = found.iter().map(|look| look.id.uuid().as_u128()).collect();
            assert_eq!(ids, [4, 3]);
            let rest = of(&mut r, &office, one, Some(found[1].id), 9).await.unwrap();
            assert_eq!(rest.len(), 1);
            assert!(of(&mut r, &public, one, None, 9).await.unwrap().is_empty());
        })
        .await;
    }
}
