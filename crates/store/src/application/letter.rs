//! Letters: their numbers without gaps, and the code at the employer's door, of which only a digest is
//! here.

use model::{Id, access::Scope, application::Application, organisation::Organisation};
use sqlx::AssertSqlSafe;
use uuid::Uuid;

use crate::{Reader, Result, Writer, access::applications, vals};

/// The next number of an office in a year: the office's own, and the running one. Another deed for the
/// same office waits until this one ends; what is rolled back leaves no gap.
pub async fn next(
    w: &mut Writer,
    office: Option<Id<Organisation>>,
    year: i32,
) -> Result<(i64, i64)> {
    let office = office.map_or(Uuid::nil(), Id::uuid);
    let sql = "insert into referral_count (office_id, year, last) values ($1, $2, 1) \
               on conflict (office_id, year) do update set last = referral_count.last + 1 \
               returning last";
    let (last,): (i64,) = w.one("referral", sql, vals![office, i64::from(year)]).await?;
    let sql = "select number from referral_office where office_id = $1";
    let known: Option<(i64,)> = w.opt(sql, vals![office]).await?;
    if let Some((number,)) = known {
        return Ok((number, last));
    }
    let sql = "update referral_clock set offices = offices + 1 where id = 1 returning offices";
    let (number,): (i64,) = w.one("referral", sql, vals![]).await?;
    let sql = "insert into referral_office (office_id, number) values ($1, $2)";
    w.exec(sql, vals![office, number]).await?;
    Ok((number, last))
}

/// Keeps the digest of a letter's code.
pub async fn keep(w: &mut Writer, id: Id<Application>, digest: &str) -> Result<()> {
    w.exec("update application set letter = $2 where id = $1", vals![id, digest]).await.map(drop)
}

/// Whose letter has this number.
pub async fn of_number(r: &mut Reader, scope: &Scope, number: &str) -> Result<Option<Application>> {
    let own = applications(r.engine(), scope);
    let sql = format!("select * from application where number = $1 and number <> ''{own}");
    r.opt(AssertSqlSafe(sql), vals![number]).await
}

/// Which application the holder of a code stands for: who knows the code has been given the letter.
pub async fn of_code(r: &mut Reader, digest: &str) -> Result<Option<Application>> {
    let sql = "select * from application where letter = $1 and letter <> ''";
    r.opt(sql, vals![digest]).await
}
