//! Interests of staff in employers, as rows.

use model::{
    Id,
    account::{Account, Membership},
    interest::Interest,
};

use crate::{Error, Reader, Result, Writer, vals};

/// What an account has declared, the newest first: for the account itself.
pub async fn of_account(r: &mut Reader, account: Id<Account>) -> Result<Vec<Interest>> {
    let sql = "select * from interest where account_id = $1 order by id desc";
    r.all(sql, vals![account]).await
}

/// What an account is now at employers: for the rule that asks.
pub async fn firms_of(r: &mut Reader, account: Id<Account>) -> Result<Vec<Membership>> {
    let sql = "select * from membership where account_id = $1 and employer_id is not null \
               and valid_to is null";
    r.all(sql, vals![account]).await
}

/// [`Error::Duplicate`] where it is declared already.
pub async fn add(w: &mut Writer, one: &Interest) -> Result<()> {
    let sql = "insert into interest (id, account_id, employer_id, kind, declared_at) \
               values ($1, $2, $3, $4, $5)";
    let args = vals![one.id, one.account, one.employer, one.kind.code(), one.declared_at];
    w.exec(sql, args).await.map(drop)
}

/// Ends one of the account's own.
pub async fn end(w: &mut Writer, account: Id<Account>, id: Id<Interest>) -> Result<()> {
    let at = w.at();
    let sql = "update interest set ended_at = $3 \
               where id = $1 and account_id = $2 and ended_at is null";
    match w.exec(sql, vals![id, account, at]).await? {
        0 => Err(Error::Absent("interest")),
        _ => Ok(()),
    }
}
