//! New posts that somebody may be told of, and what became of them. Kept when a post passes a person's
//! own bar; told, or not, by another deed.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use model::{Id, access::Scope, jobseeker::Jobseeker, vacancy::Vacancy};
use sqlx::AssertSqlSafe;

use crate::{Reader, Result, Writer, access::people_by, session::listed, vals};

/// A new post for somebody.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Notice {
    #[sqlx(rename = "jobseeker_id")]
    pub jobseeker: Id<Jobseeker>,
    #[sqlx(rename = "vacancy_id")]
    pub vacancy: Id<Vacancy>,
    pub score: i64,
    /// Of the weights.
    pub version: i64,
    pub made_on: NaiveDate,
    pub made_at: DateTime<Utc>,
}

const SEEN: &str = "jobseeker_id, vacancy_id, score, version, made_on, made_at";

/// Does the person of the row `j` read an inbox, and want to hear of new posts?
const LISTENS: &str = "exists (select 1 from membership m \
    left join notice_preference p on p.account_id = m.account_id \
    where m.jobseeker_id = j.id and m.valid_to is null and (p.posts is null or p.posts))";

/// Those of the people who hear of new posts, with how many were kept for them on a day.
pub async fn listening(
    r: &mut Reader,
    ids: &[Id<Jobseeker>],
    day: NaiveDate,
) -> Result<HashMap<Id<Jobseeker>, i64>> {
    let mut all = HashMap::new();
    for some in ids.chunks(500) {
        let (list, mut args) = listed(some);
        args.push(day.into());
        let sql = format!(
            "select j.id, (select count(*) from matching_notice n where n.jobseeker_id = j.id \
             and n.made_on = ${}) from jobseeker j where j.id in {list} and {LISTENS}",
            args.len()
        );
        let rows: Vec<(Id<Jobseeker>, i64)> = r.all(AssertSqlSafe(sql), args).await?;
        all.extend(rows);
    }
    Ok(all)
}

/// Keeps them, and never the same pair twice.
pub async fn add(w: &mut Writer, notices: &[Notice]) -> Result<()> {
    let head = format!("insert into matching_notice ({SEEN})");
    let row = |notice: &Notice| {
        let Notice { jobseeker, vacancy, score, version, made_on, made_at } = notice.clone();
        vals![jobseeker, vacancy, score, version, made_on, made_at]
    };
    let rows: Vec<_> = notices.iter().map(row).collect();
    w.insert_many(&head, "on conflict do nothing", rows).await.map(drop)
}

/// What somebody may be told of, the newest and best first.
pub async fn of(r: &mut Reader, scope: &Scope, jobseeker: Id<Jobseeker>) -> Result<Vec<Notice>> {
    let sql = format!(
        "select {SEEN} from matching_notice where jobseeker_id = $1{} \
         order by made_on desc, score desc, vacancy_id",
        people_by(r.engine(), scope, "jobseeker_id")
    );
    r.all(AssertSqlSafe(sql), vals![jobseeker]).await
}

/// Those of which nothing was said yet, the oldest first, and of one moment the best.
pub async fn waiting(r: &mut Reader, limit: i64) -> Result<Vec<Notice>> {
    let sql = format!(
        "select {SEEN} from matching_notice where settled_at is null \
         order by made_at, score desc, jobseeker_id, vacancy_id limit $1"
    );
    r.all(AssertSqlSafe(sql), vals![limit]).await
}

/// Takes one up: false if another has.
pub async fn settle(w: &mut Writer, one: &Notice) -> Result<bool> {
    let at = w.at();
    let sql = "update matching_notice set settled_at = $3 \
               where jobseeker_id = $1 and vacancy_id = $2 and settled_at is null";
    Ok(w.exec(sql, vals![one.jobseeker, one.vacancy, at]).await? > 0)
}

/// Of how many posts somebody was told on a day, if they may be told of this one: they look for work,
/// want to hear of posts, have taken back neither consent, and have not applied.
pub async fn hears(w: &mut Writer, one: &Notice, day: NaiveDate) -> Result<Option<i64>> {
    let sql = format!(
        "select (select count(*) from matching_notice n where n.jobseeker_id = j.id \
         and n.told_on = $3) from jobseeker j where j.id = $1 and j.seeking \
         and j.forgotten_at is null and {LISTENS} \
         and not exists (select 1 from consent c where c.jobseeker_id = j.id \
         and c.purpose in ('matching', 'messages') and not c.given and not exists (select 1 \
         from consent n where n.jobseeker_id = c.jobseeker_id and n.purpose = c.purpose \
         and n.id > c.id)) \
         and not exists (select 1 from application a where a.jobseeker_id = j.id \
         and a.vacancy_id = $2)"
    );
    let row: Option<(i64,)> =
        w.opt(AssertSqlSafe(sql), vals![one.jobseeker, one.vacancy, day]).await?;
    Ok(row.map(|(told,)| told))
}

/// The person was told.
pub async fn told(w: &mut Writer, one: &Notice, day: NaiveDate) -> Result<()> {
    let sql = "update matching_notice set told_on = $3 where jobseeker_id = $1 and vacancy_id = $2";
    w.exec(sql, vals![one.jobseeker, one.vacancy, day]).await.map(drop)
}

/// Lets go of those that were settled before a time and whose post is no longer open.
pub async fn forget(w: &mut Writer, before: DateTime<Utc>) -> Result<u64> {
    let sql = "delete from matching_notice where settled_at < $1 and not exists (select 1 \
               from vacancy v where v.id = vacancy_id and v.state = 'published')";
    w.exec(sql, vals![before]).await
}
