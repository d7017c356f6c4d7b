//! Who an account is at the bureau's own provider: a keyed digest of the subject.

use model::{Id, account::Account};

use crate::{Reader, Result, Writer, vals};

/// Whose subject this is.
pub async fn of(r: &mut Reader, digest: &str) -> Result<Option<Account>> {
    let sql = "select a.* from account a join provider_subject p on p.account_id = a.id \
               where p.digest = $1";
    r.opt(sql, vals![digest]).await
}

/// May the account sign in at the provider?
pub async fn linked(r: &mut Reader, id: Id<Account>) -> Result<bool> {
    let sql = "select cast(1 as bigint) from provider_subject where account_id = $1";
    let row: Option<(i64,)> = r.opt(sql, vals![id]).await?;
    Ok(row.is_some())
}

/// Says who an account is there; [`crate::Error::Duplicate`] if the subject is another account's.
pub async fn link(w: &mut Writer, id: Id<Account>, digest: &str) -> Result<()> {
    unlink(w, id).await?;
    let at = w.at();
    let sql = "insert into provider_subject (digest, account_id, made_at) values ($1, $2, $3)";
    w.exec(sql, vals![digest, id, at]).await.map(drop)
}

pub async fn unlink(w: &mut Writer, id: Id<Account>) -> Result<()> {
    w.exec("delete from provider_subject where account_id = $1", vals![id]).await.map(drop)
}

/// Takes a way back; false if it was taken before.
pub async fn take(w: &mut Writer, digest: &str) -> Result<bool> {
    let at = w.at();
    let sql = "insert into provider_return (digest, used_at) values ($1, $2) \
               on conflict (digest) do nothing";
    Ok(w.exec(sql, vals![digest, at]).await? > 0)
}
