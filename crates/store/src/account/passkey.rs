//! Passkeys of accounts, and what an authenticator was asked to sign.

use chrono::{DateTime, Utc};
use model::{
    Id,
    account::{Account, Login, passkey::Passkey},
};

use crate::{Reader, Result, Writer, vals};

/// All of an account, the oldest first.
pub async fn of_account(r: &mut Reader, id: Id<Account>) -> Result<Vec<Passkey>> {
    r.all("select * from passkey where account_id = $1 order by id", vals![id]).await
}

/// Adds one; [`crate::Error::Duplicate`] if the credential is known, of whomever.
pub async fn add(w: &mut Writer, one: &Passkey) -> Result<()> {
    let sql = "insert into passkey (id, account_id, credential, public_key, counter, name, made_at) \
               values ($1, $2, $3, $4, $5, $6, $7)";
    let args = vals![
        one.id,
        one.account_id,
        &one.credential,
        &one.public_key,
        one.counter,
        &one.name,
        one.made_at
    ];
    w.exec(sql, args).await.map(drop)
}

/// Reads one of an account in order to count it on.
pub async fn hold(
    w: &mut Writer,
    account: Id<Account>,
    credential: &[u8],
) -> Result<Option<Passkey>> {
    let sql = "select * from passkey where account_id = $1 and credential = $2";
    w.lock(sql, vals![account, &credential.to_vec()]).await
}

/// It has signed, and counts so far.
pub async fn used(w: &mut Writer, id: Id<Passkey>, counter: i64) -> Result<()> {
    let at = w.at();
    let sql = "update passkey set counter = $2, used_at = $3 where id = $1";
    w.exec(sql, vals![id, counter, at]).await.map(drop)
}

/// Its count went back.
pub async fn doubt(w: &mut Writer, id: Id<Passkey>) -> Result<()> {
    let at = w.at();
    w.exec("update passkey set doubted_at = $2 where id = $1", vals![id, at]).await.map(drop)
}

/// Removes one of an account; false if it is not its own.
pub async fn remove(w: &mut Writer, account: Id<Account>, id: Id<Passkey>) -> Result<bool> {
    let sql = "delete from passkey where id = $1 and account_id = $2";
    Ok(w.exec(sql, vals![id, account]).await? > 0)
}

pub async fn remove_all(w: &mut Writer, account: Id<Account>) -> Result<()> {
    w.exec("delete from passkey where account_id = $1", vals![account]).await.map(drop)
}

/// Asks a question in a sign-in, in the place of one that was asked before.
pub async fn ask(w: &mut Writer, login: Id<Login>, purpose: &str, digest: &str) -> Result<()> {
    let at = w.at();
    let sql = "insert into passkey_question (login_id, purpose, digest, made_at) \
               values ($1, $2, $3, $4) on conflict (login_id, purpose) \
               do update set digest = excluded.digest, made_at = excluded.made_at";
    w.exec(sql, vals![login, purpose, digest, at]).await.map(drop)
}

/// Takes the question that was asked; false if it is another, too old, or was taken before.
pub async fn take(
    w: &mut Writer,
    (login, purpose): (Id<Login>, &str),
    digest: &str,
    since: DateTime<Utc>,
) -> Result<bool> {
    let sql = "delete from passkey_question where login_id = $1 and purpose = $2 \
               and digest = $3 and made_at > $4";
    Ok(w.exec(sql, vals![login, purpose, digest, since]).await? > 0)
}
