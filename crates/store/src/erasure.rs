//! Forgetting somebody in the rows: which, the inventory says.

use chrono::{DateTime, NaiveDate, Utc};
use model::{
    Id,
    access::Scope,
    account::Account,
    backup::{Kind, Table as Known},
    erasure::{Erasure, Ground, Hold},
    inventory::{Column, Forget, Table},
    jobseeker::Jobseeker,
};
use sqlx::AssertSqlSafe;
use uuid::Uuid;

use crate::{
    Db, Engine, Error, Reader, Result, Val, Writer, access::people_by, inventory::tables, vals,
};

const NUMBERS: &str = "delete from passcode where phone_index <> '' and phone_index in \
    (select phone_index from jobseeker where id = $1)";
const ACCOUNT_NUMBERS: &str = "delete from passcode where phone_index <> '' and phone_index in \
    (select phone_index from account where id = $1)";
const TOKENS: &str =
    "delete from token where membership_id in (select id from membership where account_id = $1)";
const ACCOUNTS: &str = "select distinct account_id from membership m where jobseeker_id = $1 \
    and not exists (select 1 from membership o where o.account_id = m.account_id \
    and (o.jobseeker_id is null or o.jobseeker_id <> $1))";

/// Erases a person: rows about them go, stubs stay without anything personal, and their accounts go
/// where those are nothing else. Answers the accounts that went.
pub async fn forget(w: &mut Writer, id: Id<Jobseeker>, ground: Ground) -> Result<Vec<Id<Account>>> {
    overwrite(w).await?;
    let known = crate::backup::tables(w).await?;
    let accounts = accounts(w, id).await?;
    w.exec(NUMBERS, vals![id]).await?;
    for account in &accounts {
        leave(w, *account).await?;
    }
    // those that refer to others come last in the list, and go first
    for table in tables().iter().rev().filter(|table| table.personal()) {
        let Some(kinds) = known.iter().find(|one| one.name == table.name) else { continue };
        erase(w, table, kinds, id.uuid()).await?;
    }
    let at = w.at();
    let sql = "update jobseeker set forgotten_at = $2, updated_at = $2, version = version + 1 \
               where id = $1";
    w.exec(sql, vals![id, at]).await?;
    let actor = w.actor().to_owned();
    let sql = "insert into erasure (jobseeker_id, at, actor, ground, accounts) \
               values ($1, $2, $3, $4, $5)";
    w.exec(sql, vals![id, at, actor, ground.code(), Val::json(&accounts)]).await?;
    Ok(accounts)
}

/// Whatever goes in this deed leaves no bytes in the file: pages that become free are overwritten too.
pub(crate) async fn overwrite(w: &mut Writer) -> Result<()> {
    if w.engine() == Engine::Sqlite {
        w.exec("pragma secure_delete = on", vals![]).await?;
    }
    Ok(())
}

/// The accounts that are this person and nothing else.
async fn accounts(w: &mut Writer, id: Id<Jobseeker>) -> Result<Vec<Id<Account>>> {
    let rows: Vec<(Id<Account>,)> = w.all(ACCOUNTS, vals![id]).await?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

/// Everything of an account.
async fn leave(w: &mut Writer, id: Id<Account>) -> Result<()> {
    w.exec(TOKENS, vals![id]).await?;
    w.exec(ACCOUNT_NUMBERS, vals![id]).await?;
    for table in tables().iter().rev() {
        let Some(column) = &table.account else { continue };
        let sql = format!("delete from {} where {column} = $1", table.name);
        w.exec(AssertSqlSafe(sql), vals![id]).await?;
    }
    Ok(())
}

/// The rows of a table that are about somebody.
fn who(table: &Table) -> String {
    let who: Vec<String> = table.who.iter().map(|column| format!("{column} = $1")).collect();
    who.join(" or ")
}

async fn erase(w: &mut Writer, table: &Table, known: &Known, id: Uuid) -> Result<()> {
    let who = who(table);
    if table.rows_go {
        let sql = format!("delete from {} where {who}", table.name);
        return w.exec(AssertSqlSafe(sql), vals![id]).await.map(drop);
    }
    let (mut sets, mut args) = (vec![], vals![id]);
    for column in &table.columns {
        let kind = known.columns.iter().find(|one| one.name == column.name).map(|one| one.kind);
        if let Some(set) = set(column, kind, id, &mut args) {
            sets.push(set);
        }
    }
    if sets.is_empty() {
        return Ok(());
    }
    let sql = format!("update {} set {} where {who}", table.name, sets.join(", "));
    w.exec(AssertSqlSafe(sql), args).await.map(drop)
}

/// `column = $n`, and what it is bound to; none for a column that stays.
fn set(column: &Column, kind: Option<Kind>, id: Uuid, args: &mut Vec<Val>) -> Option<String> {
    let name = &column.name;
    let value = match column.forget {
        Forget::Keep | Forget::Row => return None,
        Forget::Null => return Some(format!("{name} = null")),
        Forget::County => return Some(format!("{name} = substr({name}, 1, 6)")),
        Forget::Empty if kind == Some(Kind::Bytes) => Val::Bytes(Some(vec![])),
        Forget::Empty => Val::from(""),
        Forget::Object => Val::Json(Some(serde_json::json!({}))),
        Forget::List => Val::Json(Some(serde_json::json!([]))),
        Forget::False => Val::Bool(Some(false)),
        Forget::Forgotten => Val::from("forgotten"),
        Forget::Id => Val::from(id.to_string().as_str()),
    };
    args.push(value);
    Some(format!("{name} = ${}", args.len()))
}

/// Erasures whose keys are still to be erased: who was erased, and the accounts that went with them.
pub async fn unfinished(r: &mut Reader) -> Result<Vec<Erasure>> {
    let sql = format!("{ERASED} where keys_at is null order by jobseeker_id");
    r.all(AssertSqlSafe(sql), vals![]).await
}

const ERASED: &str = "select jobseeker_id, at, actor, ground, accounts from erasure";

/// The keys are gone.
pub async fn finished(w: &mut Writer, id: Id<Jobseeker>) -> Result<()> {
    let at = w.at();
    w.exec("update erasure set keys_at = $2 where jobseeker_id = $1", vals![id, at]).await.map(drop)
}

/// Takes what was erased out of SQLite's journal too, unless somebody reads just now: nobody waits for
/// it. PostgreSQL keeps its own.
pub async fn settle(db: &Db) -> Result<()> {
    let Db::Sqlite { write, .. } = db else { return Ok(()) };
    let mut pen = write.acquire().await?;
    let patience: i64 = sqlx::query_scalar("pragma busy_timeout").fetch_one(&mut *pen).await?;
    sqlx::query("pragma busy_timeout = 0").execute(&mut *pen).await?;
    let settled = sqlx::query("pragma wal_checkpoint(truncate)").execute(&mut *pen).await;
    let again = format!("pragma busy_timeout = {patience}");
    sqlx::query(AssertSqlSafe(again)).execute(&mut *pen).await?;
    if let Err(error) = settled {
        tracing::debug!(%error, "the journal is read just now");
    }
    Ok(())
}

/// Everybody who was erased: their keys must not come back with a copy.
pub async fn all(r: &mut Reader) -> Result<Vec<Erasure>> {
    r.all(AssertSqlSafe(format!("{ERASED} order by jobseeker_id")), vals![]).await
}

/// Adds a hold.
pub async fn hold(w: &mut Writer, one: &Hold) -> Result<()> {
    let sql = "insert into hold (id, jobseeker_id, basis, until, actor, at) \
               values ($1, $2, $3, $4, $5, $6)";
    let args = vals![one.id, one.jobseeker_id, &one.basis, one.until, &one.actor, one.at];
    w.exec(sql, args).await.map(drop)
}

/// Ends a hold today; [`Error::Absent`] if there is none such.
pub async fn release(
    w: &mut Writer,
    id: Id<Hold>,
    jobseeker: Id<Jobseeker>,
    yesterday: NaiveDate,
) -> Result<()> {
    let sql = "update hold set until = $3 where id = $1 and jobseeker_id = $2 and until > $3";
    match w.exec(sql, vals![id, jobseeker, yesterday]).await? {
        0 => Err(Error::Absent("hold")),
        _ => Ok(()),
    }
}

/// Holds on one person's record, newest first.
pub async fn holds(r: &mut Reader, scope: &Scope, id: Id<Jobseeker>) -> Result<Vec<Hold>> {
    let within = people_by(r.engine(), scope, "jobseeker_id");
    let sql = format!("select * from hold where jobseeker_id = $1{within} order by id desc");
    r.all(AssertSqlSafe(sql), vals![id]).await
}

/// The rows of a table about one person, each with the names of its columns.
pub async fn rows_of(
    r: &mut Reader,
    table: &Table,
    (known, id): (&Known, Uuid),
) -> Result<Vec<Vec<serde_json::Value>>> {
    crate::backup::rows_where(r, known, &who(table), vals![id]).await
}

/// People whose records nobody has touched since a time, who look for nothing and have no hold.
pub async fn idle(
    r: &mut Reader,
    before: DateTime<Utc>,
    today: NaiveDate,
    limit: i64,
) -> Result<Vec<(Id<Jobseeker>, DateTime<Utc>)>> {
    let sql = format!("select id, updated_at from {IDLE} order by updated_at limit $3");
    r.all(AssertSqlSafe(sql), vals![before, today, limit]).await
}

const IDLE: &str = "jobseeker j where updated_at < $1 and not seeking and forgotten_at is null \
    and not exists (select 1 from hold h where h.jobseeker_id = j.id and h.until >= $2)";

/// How many there are.
pub async fn idle_count(r: &mut Reader, before: DateTime<Utc>, today: NaiveDate) -> Result<i64> {
    let sql = format!("select count(*) from {IDLE}");
    let (n,) = r.one("jobseeker", AssertSqlSafe(sql), vals![before, today]).await?;
    Ok(n)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::both::{both, deed};

    /// The steps of a statement in which an engine goes through a whole table.
    async fn walks(r: &mut Reader, sql: &str) -> Vec<String> {
        let sql = sql.replace("$1", "'00000000-0000-0000-0000-000000000001'");
        let explain = r.engine().pick("explain query plan", "explain");
        let sql = AssertSqlSafe(format!("{explain} {sql}"));
        let steps: Vec<String> = match r.engine() {
            Engine::Sqlite => {
                let rows: Vec<(i64, i64, i64, String)> = r.all(sql, vals![]).await.unwrap();
                rows.into_iter().map(|(.., step)| step).collect()
            }
            Engine::Postgres => {
                let rows: Vec<(String,)> = r.all(sql, vals![]).await.unwrap();
                rows.into_iter().map(|(step,)| step).collect()
            }
        };
        let walk = r.engine().pick("SCAN", "Seq Scan");
        steps.into_iter().filter(|step| step.contains(walk)).collect()
    }

    /// What a person's erasing asks of each table.
    fn asked() -> Vec<String> {
        let mut all = vec![
            NUMBERS.to_owned(),
            ACCOUNTS.to_owned(),
            TOKENS.to_owned(),
            ACCOUNT_NUMBERS.to_owned(),
            crate::notice::forgetting("($1, $1)"),
            crate::intake::forgetting("($1, $1)"),
        ];
        for table in tables() {
            if table.personal() {
                all.push(format!("select 1 from {} where {}", table.name, who(table)));
            }
            if let Some(column) = &table.account {
                all.push(format!("delete from {} where {column} = $1", table.name));
            }
        }
        all
    }

    #[tokio::test]
    async fn forgetting_somebody_goes_through_no_table() {
        both(async |db| {
            let mut w = db.write(deed("jobseeker.erase")).await.unwrap();
            if w.engine() == Engine::Postgres {
                // empty tables are read whole where that is not forbidden
                w.exec("set local enable_seqscan = off", vals![]).await.unwrap();
            }
            let mut all = asked();
            if w.engine() == Engine::Sqlite {
                all.extend(referring(&mut w).await);
            }
            let mut found = vec![];
            for sql in &all {
                found.extend(walks(&mut w, sql).await.into_iter().map(|step| (sql, step)));
            }
            assert!(found.is_empty(), "{found:#?}");
            assert!(all.len() > 30, "{}", all.len());
            w.commit().await.unwrap();
        })
        .await;
    }

    /// What the engine itself asks before a row goes that others may refer to.
    async fn referring(r: &mut Reader) -> Vec<String> {
        let sql = "select m.name, f.\"from\", f.\"table\" from sqlite_master m, \
                   pragma_foreign_key_list(m.name) f where m.type = 'table' and f.seq = 0";
        let rows: Vec<(String, String, String)> = r.all(sql, vals![]).await.unwrap();
        let goes = |name: &str| {
            let table = tables().iter().find(|table| table.name == name);
            table.is_some_and(|one| (one.personal() && one.rows_go) || one.account.is_some())
                || ["intake_refused", "notice_out", "token", "passcode"].contains(&name)
        };
        let ask = |(child, column, _): &(String, String, String)| {
            format!("select 1 from \"{child}\" where \"{column}\" = $1")
        };
        rows.iter().filter(|(.., parent)| goes(parent)).map(ask).collect()
    }
}
