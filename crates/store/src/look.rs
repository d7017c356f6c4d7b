//! Looks at people's records, as rows.

use std::collections::HashSet;

use chrono::{DateTime, NaiveDate, Utc};
use model::{
    Id,
    access::Scope,
    employer::Employer,
    jobseeker::Jobseeker,
    look::{Look, What},
};
use serde_json::json;
use sqlx::AssertSqlSafe;

use crate::{Error, Note, Reader, Result, Val, Writer, access::people_by, vals};

/// The employer that somebody is shown to, on a day of the office's calendar.
pub type Firm = (Id<Employer>, NaiveDate);

/// One look within a deed: a row for the person it is about, and an event. `reason` may be empty.
pub async fn note(
    w: &mut Writer,
    id: Id<Look>,
    (jobseeker, firm): (Id<Jobseeker>, Option<Firm>),
    what: What,
    reason: &str,
) -> Result<()> {
    let (at, actor) = (w.at(), w.actor().to_owned());
    let sql = "insert into look (id, jobseeker_id, at, actor, what, reason, shown_to, shown_on) \
               values ($1, $2, $3, $4, $5, $6, $7, $8)";
    let (employer, day) = (firm.map(|(employer, _)| employer.uuid()), firm.map(|(_, day)| day));
    let args =
        vals![id, jobseeker, at, actor, what.code(), reason, Val::Uuid(employer), Val::Date(day)];
    w.exec(sql, args).await?;
    let (noun, subject, region) = ("look", jobseeker.uuid(), String::new());
    w.note(Note { noun, subject, region, change: json!({ "look": what.code() }) });
    Ok(())
}

/// The people that an employer was shown on a day, each once and at most so many: from one to the next
/// along the index, however often each was looked at. Others of the employer wait meanwhile.
pub async fn shown(
    w: &mut Writer,
    (employer, day): Firm,
    most: i64,
) -> Result<HashSet<Id<Jobseeker>>> {
    let held: Option<(Id<Employer>,)> =
        w.lock("select id from employer where id = $1", vals![employer]).await?;
    held.ok_or(Error::Absent("employer"))?;
    let sql = "with recursive shown (id) as ( \
               select (select jobseeker_id from look where shown_to = $1 and shown_on = $2 \
               order by jobseeker_id limit 1) \
               union all select (select jobseeker_id from look where shown_to = $1 \
               and shown_on = $2 and jobseeker_id > shown.id order by jobseeker_id limit 1) \
               from shown where shown.id is not null) \
               select id from shown where id is not null limit $3";
    let all: Vec<(Id<Jobseeker>,)> = w.all(sql, vals![employer, day, most]).await?;
    Ok(all.into_iter().map(|(id,)| id).collect())
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
                note(&mut w, look, (id, None), What::Record, "").await.unwrap();
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
