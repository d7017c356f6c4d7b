//! What employers show of themselves and what clerks have found, as rows; files are sealed bytes.

use chrono::{DateTime, Utc};
use model::{
    Id,
    access::Scope,
    employer::{
        Employer,
        verification::{Media, Paper, State, Verification},
    },
    page::Page,
    vacancy::Vacancy,
};
use sqlx::AssertSqlSafe;

use crate::{Reader, Result, Writer, access::employers, session::listed, vals};

const STANDS: &str = "id, state, coalesce(since, created_at) as since, reason, valid_to, \
    claimed_code, seat, agency, agency_licence, agency_issuer, agency_until";

#[derive(sqlx::FromRow)]
struct Stands {
    id: Id<Employer>,
    #[sqlx(flatten)]
    verification: Verification,
}

/// How it stands with these, in no order.
pub async fn of(
    r: &mut Reader,
    _scope: &Scope,
    ids: &[Id<Employer>],
) -> Result<Vec<(Id<Employer>, Verification)>> {
    let (list, args) = listed(ids);
    let sql = format!("select {STANDS} from employer where id in {list}");
    let rows: Vec<Stands> = r.all(AssertSqlSafe(sql), args).await?;
    Ok(rows.into_iter().map(|row| (row.id, row.verification)).collect())
}

/// How it stands with one.
pub async fn one(r: &mut Reader, scope: &Scope, id: Id<Employer>) -> Result<Verification> {
    let found = of(r, scope, &[id]).await?.pop();
    found.map(|(_, verification)| verification).ok_or(crate::Error::Absent("employer"))
}

/// Employers of the scope in a state, the longest waiting first.
pub async fn queue(
    r: &mut Reader,
    scope: &Scope,
    state: State,
    after: Option<Id<Employer>>,
    limit: usize,
) -> Result<Page<Employer>> {
    let own = employers(r.engine(), scope);
    let sql =
        format!("select * from employer where state = $1 and id > $2{own} order by id limit $3");
    let from = after.unwrap_or(Id::new(uuid::Uuid::nil()));
    let rows = i64::try_from(limit).unwrap_or(i64::MAX).saturating_add(1);
    let mut items: Vec<Employer> =
        r.all(AssertSqlSafe(sql), vals![state.code(), from, rows]).await?;
    let more = items.len() > limit;
    items.truncate(limit);
    let next = items.last().filter(|_| more).map(|e| e.id.to_string());
    Ok(Page { items, next })
}

/// Others that have this code, or this folded name.
pub async fn alike(
    r: &mut Reader,
    _scope: &Scope,
    (id, code, name_key): (Id<Employer>, &str, &str),
) -> Result<Vec<Employer>> {
    let sql = "select * from employer where id in \
               (select id from employer where name_key = $3 \
               union select id from employer where credit_code = $2 and credit_code <> '') \
               and id <> $1 order by id limit 10";
    r.all(sql, vals![id, code, name_key]).await
}

pub async fn save(w: &mut Writer, id: Id<Employer>, v: &Verification) -> Result<()> {
    let sql = "update employer set state = $2, since = $3, reason = $4, valid_to = $5, \
               claimed_code = $6, seat = $7, agency = $8, agency_licence = $9, \
               agency_issuer = $10, agency_until = $11 where id = $1";
    let claim = &v.claim;
    let args = vals![
        id,
        v.state.code(),
        v.since,
        &v.reason,
        v.valid_to,
        &claim.code,
        &claim.region,
        claim.agency,
        &claim.agency_licence,
        &claim.agency_issuer,
        claim.agency_until,
    ];
    w.exec(sql, args).await.map(drop)
}

/// What belonged to one belongs to the other, and the one is no more: they were the same.
pub async fn absorb(w: &mut Writer, from: Id<Employer>, into: Id<Employer>) -> Result<()> {
    for table in ["vacancy", "membership", "employer_file"] {
        let sql = format!("update {table} set employer_id = $2 where employer_id = $1");
        w.exec(AssertSqlSafe(sql), vals![from, into]).await?;
    }
    w.exec("delete from employer where id = $1", vals![from]).await.map(drop)
}

/// How many have registered themselves since a time.
pub async fn registered_since(r: &mut Reader, time: DateTime<Utc>) -> Result<i64> {
    let sql = "select count(*) from employer where claimed_code <> '' and created_at >= $1";
    let (count,) = r.one("employer", sql, vals![time]).await?;
    Ok(count)
}

/// Its vacancies that wait only because it was not verified: nothing is held in their text.
pub async fn waiting(r: &mut Reader, id: Id<Employer>) -> Result<Vec<Vacancy>> {
    let sql = "select * from vacancy where employer_id = $1 and state = 'submitted' \
               and cause = 'unverified' and not exists (select 1 from vacancy_finding as found \
               where found.vacancy_id = vacancy.id and not found.settled \
               and found.strength in ('hold', 'refuse')) order by id";
    r.all(sql, vals![id]).await
}

/// Its vacancies that the public sees.
pub async fn public(r: &mut Reader, id: Id<Employer>) -> Result<Vec<Vacancy>> {
    let sql = "select * from vacancy where employer_id = $1 and state in ('published', 'paused') \
               order by id";
    r.all(sql, vals![id]).await
}

/// A file that an employer shows, without what is in it.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct File {
    pub id: Id<Self>,
    pub employer_id: Id<Employer>,
    pub paper: Paper,
    pub media: Media,
    pub size: i64,
    pub created_at: DateTime<Utc>,
}

const FILE: &str = "id, employer_id, paper, media, size, created_at";

pub async fn attach(w: &mut Writer, file: &File, sealed: Vec<u8>) -> Result<()> {
    let sql = "insert into employer_file (id, employer_id, paper, media, size, sealed, created_at) \
               values ($1, $2, $3, $4, $5, $6, $7)";
    let args = vals![
        file.id,
        file.employer_id,
        file.paper.code(),
        file.media.code(),
        file.size,
        sealed,
        file.created_at,
    ];
    w.exec(sql, args).await.map(drop)
}

/// What an employer has shown, newest first.
pub async fn files(r: &mut Reader, _scope: &Scope, of: Id<Employer>) -> Result<Vec<File>> {
    let sql = format!("select {FILE} from employer_file where employer_id = $1 order by id desc");
    r.all(AssertSqlSafe(sql), vals![of]).await
}

/// One file with its sealed bytes.
pub async fn file(
    r: &mut Reader,
    _scope: &Scope,
    (of, id): (Id<Employer>, Id<File>),
) -> Result<(File, Vec<u8>)> {
    #[derive(sqlx::FromRow)]
    struct Whole {
        #[sqlx(flatten)]
        file: File,
        sealed: Vec<u8>,
    }
    let sql = "select * from employer_file where employer_id = $1 and id = $2";
    let whole: Whole = r.one("employer_file", sql, vals![of, id]).await?;
    Ok((whole.file, whole.sealed))
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;
    use model::{access::Actor, employer::verification::Claim};
    use uuid::Uuid;

    use super::*;
    use crate::{
        both::{both, deed},
        vacancy::tests::with,
    };

    #[tokio::test]
    async fn what_an_employer_shows_is_kept_and_waits_for_a_clerk() {
        both(async |db| {
            let id = with(&db, 1).await;
            let scope = Actor::program("test").scope();
            let mut w = db.write(deed("employer.apply")).await.unwrap();
            let before = one(&mut w, &scope, id).await.unwrap();
            assert_eq!((before.state, before.claim.agency), (State::Unverified, false));
            let claim = Claim {
                code: "91620500MA71XXXX0A".into(),
                region: "620502".into(),
                agency: true,
                agency_licence: "001".into(),
                agency_issuer: "人社局".into(),
                agency_until: NaiveDate::from_ymd_opt(2027, 1, 1),
            };
            let asked =
                Verification { state: State::Submitted, since: deed("x").at, claim, ..before };
            save(&mut w, id, &asked).await.unwrap();
            assert_eq!(one(&mut w, &scope, id).await.unwrap(), asked);
            let waiting = queue(&mut w, &scope, State::Submitted, None, 10).await.unwrap();
            assert_eq!(waiting.items[0].id, id);
            let none = queue(&mut w, &scope, State::Verified, None, 10).await.unwrap();
            assert!(none.items.is_empty());
            let at = deed("x").at;
            let file = File {
                id: Id::new(Uuid::from_u128(5)),
                employer_id: id,
                paper: Paper::Licence,
                media: Media::Pdf,
                size: 3,
                created_at: at,
            };
            attach(&mut w, &file, vec![1, 2, 3]).await.unwrap();
            assert_eq!(files(&mut w, &scope, id).await.unwrap(), std::slice::from_ref(&file));
            let (found, sealed) = super::file(&mut w, &scope, (id, file.id)).await.unwrap();
            assert_eq!((found, sealed), (file.clone(), vec![1, 2, 3]));
            let other = Id::new(Uuid::from_u128(99));
            assert!(super::file(&mut w, &scope, (other, file.id)).await.is_err());
            assert_eq!(public(&mut w, id).await.unwrap().len(), 1);
            assert!(super::waiting(&mut w, id).await.unwrap().is_empty());
            w.commit().await.unwrap();
        })
        .await;
    }
}
