//! Invitations to apply, as rows; and who may be on an employer's shortlist.

use chrono::{DateTime, Utc};
use model::{
    Id,
    access::Scope,
    invitation::{Answer, Invitation},
    jobseeker::Jobseeker,
    vacancy::Vacancy,
};
use sqlx::AssertSqlSafe;

use crate::{Reader, Result, Val, Writer, access::applications, session::listed, vals};

/// Who lets employers see the profile: has said so on the record, has not taken that back, and looks for
/// work.
const WILLING: &str = "visible and seeking and forgotten_at is null and not exists (select 1 \
    from consent c where c.jobseeker_id = jobseeker.id and c.purpose = 'employers' \
    and not c.given and not exists (select 1 from consent n where n.jobseeker_id = c.jobseeker_id \
    and n.purpose = c.purpose and n.id > c.id))";

/// Those of the ids whom the employer of a vacancy may see without a name, and who have not applied.
pub async fn willing(
    r: &mut Reader,
    vacancy: Id<Vacancy>,
    ids: &[Id<Jobseeker>],
) -> Result<Vec<Id<Jobseeker>>> {
    let (list, mut args) = listed(ids);
    args.push(Val::from(vacancy));
    let n = args.len();
    let sql = format!(
        "select id from jobseeker where id in {list} and {WILLING} and not exists \
         (select 1 from application a where a.jobseeker_id = jobseeker.id and a.vacancy_id = ${n})"
    );
    let rows: Vec<(Id<Jobseeker>,)> = r.all(AssertSqlSafe(sql), args).await?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

/// One of a scope: the employer's own, the person's own.
pub async fn find(r: &mut Reader, scope: &Scope, id: Id<Invitation>) -> Result<Invitation> {
    let own = own(r, scope);
    let sql = format!("select * from invitation where id = $1{own}");
    r.one("invitation", AssertSqlSafe(sql), vals![id]).await
}

fn own(r: &Reader, scope: &Scope) -> String {
    // whoever may see an application of the two may see that one was asked for
    match scope.reach() {
        model::access::Reach::Office(_) => " and 1 = 0".into(),
        model::access::Reach::All
        | model::access::Reach::Public
        | model::access::Reach::Employer(_)
        | model::access::Reach::Person(_) => applications(r.engine(), scope),
    }
}

/// Everybody asked for a vacancy, the newest first.
pub async fn of_vacancy(
    r: &mut Reader,
    scope: &Scope,
    vacancy: Id<Vacancy>,
) -> Result<Vec<Invitation>> {
    let own = own(r, scope);
    let sql = format!("select * from invitation where vacancy_id = $1{own} order by id desc");
    r.all(AssertSqlSafe(sql), vals![vacancy]).await
}

/// What waits for a person's answer while the vacancy is open, the newest first.
pub async fn waiting(
    r: &mut Reader,
    scope: &Scope,
    person: Id<Jobseeker>,
) -> Result<Vec<Invitation>> {
    let own = own(r, scope);
    let sql = format!(
        "select * from invitation where jobseeker_id = $1 and answer is null{own} and vacancy_id in \
         (select id from vacancy where state = 'published') order by id desc"
    );
    r.all(AssertSqlSafe(sql), vals![person]).await
}

/// How many a vacancy has asked since a time.
pub async fn since(r: &mut Reader, vacancy: Id<Vacancy>, since: DateTime<Utc>) -> Result<i64> {
    let sql = "select count(*) from invitation where vacancy_id = $1 and made_at >= $2";
    let (n,) = r.one("invitation", sql, vals![vacancy, since]).await?;
    Ok(n)
}

/// Adds one; false if the person was asked for this vacancy before.
pub async fn add(w: &mut Writer, one: &Invitation) -> Result<bool> {
    let sql = "insert into invitation (id, vacancy_id, jobseeker_id, employer_id, made_by, made_at) \
               values ($1, $2, $3, $4, $5, $6) on conflict (vacancy_id, jobseeker_id) do nothing";
    let args = vals![one.id, one.vacancy, one.jobseeker, one.employer, &one.made_by, one.made_at];
    Ok(w.exec(sql, args).await? > 0)
}

/// The answer to whatever waits between the two; false if nothing did.
pub async fn answer(
    w: &mut Writer,
    (person, vacancy): (Id<Jobseeker>, Id<Vacancy>),
    said: Answer,
) -> Result<bool> {
    let at = w.at();
    let sql = "update invitation set answer = $3, answered_at = $4 \
               where jobseeker_id = $1 and vacancy_id = $2 and answer is null";
    Ok(w.exec(sql, vals![person, vacancy, said.code(), at]).await? > 0)
}
