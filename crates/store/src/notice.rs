//! Messages on their way out.

pub mod inbox;

use chrono::{DateTime, Utc};
use model::notice::{Channel, State};
use sqlx::AssertSqlSafe;
use uuid::Uuid;

use crate::{Reader, Result, Writer, session::listed, vals};

/// One that waits, or has gone.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Out {
    pub id: Uuid,
    pub channel: Channel,
    pub sealed: Vec<u8>,
    pub state: State,
    pub tries: i64,
    pub made_at: DateTime<Utc>,
}

const SEEN: &str = "id, channel, sealed, state, tries, made_at";

/// Writes one down, sealed and with the digest of whom it goes to, to be sent after this deed and
/// before `until`.
pub async fn add(
    w: &mut Writer,
    (id, channel): (Uuid, Channel),
    (sealed, to): (Vec<u8>, &str),
    until: DateTime<Utc>,
) -> Result<()> {
    let at = w.at();
    let sql = "insert into notice_out (id, channel, sealed, state, tries, made_at, due_at, \
               expires_at, to_index) values ($1, $2, $3, 'waiting', 0, $4, $5, $6, $7)";
    w.exec(sql, vals![id, channel.code(), sealed, at, at, until, to]).await.map(drop)
}

/// Is one due? A look that costs little: taking one up waits for the database's only pen.
pub async fn any_due(r: &mut Reader, now: DateTime<Utc>) -> Result<bool> {
    let sql = "select cast(1 as bigint) from notice_out \
               where state = 'waiting' and due_at <= $1 limit 1";
    let row: Option<(i64,)> = r.opt(sql, vals![now]).await?;
    Ok(row.is_some())
}

/// The first of those of which nobody has noted yet whom they go to: their ids, and what they say sealed.
pub async fn unaddressed(r: &mut Reader, limit: i64) -> Result<Vec<(Uuid, Vec<u8>)>> {
    let sql = "select id, sealed from notice_out where to_index is null limit $1";
    r.all(sql, vals![limit]).await
}

/// Notes whom one goes to.
pub async fn address(w: &mut Writer, id: Uuid, to: &str) -> Result<()> {
    w.exec("update notice_out set to_index = $2 where id = $1", vals![id, to]).await.map(drop)
}

/// Takes away all that wait for somebody, or have gone to them.
pub async fn forget(w: &mut Writer, to: &[String]) -> Result<()> {
    let (list, args) = listed(to);
    w.exec(AssertSqlSafe(forgetting(&list)), args).await.map(drop)
}

pub(crate) fn forgetting(list: &str) -> String {
    format!("delete from notice_out where to_index in {list}")
}

/// Takes up one that is due: nobody else sends it.
pub async fn claim(w: &mut Writer) -> Result<Option<Out>> {
    let at = w.at();
    let late = "update notice_out set state = 'failed' where state = 'waiting' and expires_at < $1";
    w.exec(late, vals![at]).await?;
    let sql = "update notice_out set state = 'sending', tries = tries + 1 \
               where state = 'waiting' and id = (select id from notice_out \
               where state = 'waiting' and due_at <= $1 order by due_at, id limit 1) \
               returning id, channel, sealed, state, tries, made_at";
    w.opt(sql, vals![at]).await
}

/// What became of one that was taken up; `due` again where it waits.
pub async fn done(w: &mut Writer, id: Uuid, state: State, due: DateTime<Utc>) -> Result<()> {
    let at = w.at();
    let sql = "update notice_out set state = $2, due_at = $3, sent_at = $4 where id = $1";
    w.exec(sql, vals![id, state.code(), due, at]).await.map(drop)
}

/// The newest: for the mailbox of the demonstration.
pub async fn newest(r: &mut Reader, limit: i64) -> Result<Vec<Out>> {
    let sql = format!("select {SEEN} from notice_out order by id desc limit $1");
    r.all(AssertSqlSafe(sql), vals![limit]).await
}
