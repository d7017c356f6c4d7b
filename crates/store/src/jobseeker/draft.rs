//! Answers of people who have not finished registering: one draft an account, sealed.

use model::{
    Id,
    account::{Account, Membership},
    jobseeker::Jobseeker,
};

use crate::{Reader, Result, Writer, vals};

/// The draft of an account: the person it will be, and the answers so far, sealed.
pub async fn find(
    r: &mut Reader,
    account: Id<Account>,
) -> Result<Option<(Id<Jobseeker>, Vec<u8>)>> {
    let sql = "select jobseeker_id, sealed from jobseeker_draft where account_id = $1";
    r.opt(sql, vals![account]).await
}

pub async fn save(
    w: &mut Writer,
    account: Id<Account>,
    (person, sealed): (Id<Jobseeker>, &Vec<u8>),
) -> Result<()> {
    let at = w.at();
    let sql = "insert into jobseeker_draft (account_id, jobseeker_id, sealed, updated_at) \
               values ($1, $2, $3, $4) on conflict (account_id) do update \
               set sealed = excluded.sealed, updated_at = excluded.updated_at";
    w.exec(sql, vals![account, person, sealed, at]).await.map(drop)
}

pub async fn remove(w: &mut Writer, account: Id<Account>) -> Result<()> {
    w.exec("delete from jobseeker_draft where account_id = $1", vals![account]).await.map(drop)
}

/// Makes an account this registered person; false if it is somebody already.
pub async fn belong(
    w: &mut Writer,
    membership: Id<Membership>,
    person: Id<Jobseeker>,
) -> Result<bool> {
    let sql = "update membership set jobseeker_id = $2 where id = $1 and jobseeker_id is null \
               and role = 'jobseeker' and valid_to is null";
    Ok(w.exec(sql, vals![membership, person]).await? > 0)
}
