//! The tree of offices as rows.

use chrono::{DateTime, Utc};
use model::{
    Id,
    access::Scope,
    organisation::{Organisation, Past},
    region::Code,
};
use sqlx::AssertSqlSafe;

use crate::{Error, Reader, Result, Val, Writer, access::organisations, session::listed, vals};

pub async fn find(r: &mut Reader, scope: &Scope, id: Id<Organisation>) -> Result<Organisation> {
    let sql = format!("select * from organisation where id = $1{}", organisations(scope));
    r.one("organisation", AssertSqlSafe(sql), vals![id]).await
}

/// Those of the ids that exist, in no order: for names beside other rows.
pub async fn of_ids(r: &mut Reader, ids: &[Id<Organisation>]) -> Result<Vec<Organisation>> {
    let (list, args) = listed(ids);
    r.all(AssertSqlSafe(format!("select * from organisation where id in {list}")), args).await
}

/// All offices of a scope, whatever has become of them.
pub async fn ids(r: &mut Reader, scope: &Scope) -> Result<Vec<Id<Organisation>>> {
    let sql = format!("select id from organisation where 1 = 1{}", organisations(scope));
    let rows: Vec<(Id<Organisation>,)> = r.all(AssertSqlSafe(sql), vals![]).await?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

/// The open offices of a scope from the top down, each before those below it; at most `limit`.
pub async fn tree(r: &mut Reader, scope: &Scope, limit: i64) -> Result<Vec<Organisation>> {
    let sql = format!(
        "select * from organisation where state = 'open'{} order by path limit $1",
        organisations(scope)
    );
    r.all(AssertSqlSafe(sql), vals![limit]).await
}

/// The open offices directly below one, by name.
pub async fn below(
    r: &mut Reader,
    scope: &Scope,
    parent: Id<Organisation>,
) -> Result<Vec<Organisation>> {
    let sql = format!(
        "select * from organisation where parent = $1 and state = 'open'{} order by name",
        organisations(scope)
    );
    r.all(AssertSqlSafe(sql), vals![parent]).await
}

/// The top of the tree, if there is one.
pub async fn top(r: &mut Reader) -> Result<Option<Organisation>> {
    r.opt("select * from organisation where parent is null and state = 'open'", vals![]).await
}

/// The office that serves a region: its own, or the nearest one above.
pub async fn serving(r: &mut Reader, region: &Code) -> Result<Option<Organisation>> {
    let mut codes: Vec<String> = (1..=5).map(|level| region.at_level(level).to_string()).collect();
    codes.dedup();
    let (list, args) = listed(&codes);
    let sql = format!(
        "select o.* from organisation o join organisation_region s on s.organisation_id = o.id \
         where s.region in {list} and o.state = 'open'"
    );
    let found: Vec<Organisation> = r.all(AssertSqlSafe(sql), args).await?;
    Ok(found.into_iter().max_by_key(Organisation::depth))
}

/// How an office was known, oldest first.
pub async fn past(r: &mut Reader, id: Id<Organisation>) -> Result<Vec<Past>> {
    let sql = "select * from organisation_past where organisation_id = $1 \
               order by valid_from, valid_to is null, valid_to";
    r.all(sql, vals![id]).await
}

pub async fn add(w: &mut Writer, one: &Organisation) -> Result<()> {
    let sql = "insert into organisation (id, kind, name, parent, path, regions, ranges, state, \
               merged_into, created_at, updated_at, version) \
               values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)";
    w.exec(sql, row(one)).await?;
    serve(w, one).await
}

/// Replaces the row whose version is one less; [`Error::Stale`] if it moved on.
pub async fn save(w: &mut Writer, one: &Organisation) -> Result<()> {
    let sql = "update organisation set kind = $2, name = $3, parent = $4, path = $5, regions = $6, \
               ranges = $7, state = $8, merged_into = $9, created_at = $10, updated_at = $11, \
               version = $12 where id = $1 and version = $12 - 1";
    if w.exec(sql, row(one)).await? == 0 {
        return Err(Error::Stale);
    }
    serve(w, one).await
}

fn row(o: &Organisation) -> Vec<Val> {
    vals![
        o.id,
        o.kind.code(),
        &o.name,
        Val::Uuid(o.parent.map(Id::uuid)),
        &o.path,
        Val::json(&o.regions),
        Val::json(&o.ranges),
        o.state.code(),
        Val::Uuid(o.merged_into.map(Id::uuid)),
        o.created_at,
        o.updated_at,
        o.version,
    ]
}

/// Writes anew which regions an office serves.
async fn serve(w: &mut Writer, one: &Organisation) -> Result<()> {
    w.exec("delete from organisation_region where organisation_id = $1", vals![one.id]).await?;
    let head = "insert into organisation_region (region, organisation_id)";
    let rows: Vec<_> = one.regions.iter().map(|code| vals![code, one.id]).collect();
    w.insert_many(head, "", rows).await.map(drop)
}

/// Puts everything below `from` (a path) below `to`: the paths only.
pub async fn rebase(w: &mut Writer, from: &str, to: &str) -> Result<u64> {
    let end = format!("{}0", from.trim_end_matches('/'));
    let length = i64::try_from(from.len()).unwrap_or(i64::MAX);
    let sql = "update organisation set path = $1 || substr(path, cast($2 as integer) + 1) \
               where path >= $3 and path < $4";
    w.exec(sql, vals![to, length, from, end]).await
}

/// Counts the ranges of the offices on a path anew: of each, its regions and those of all below it.
pub async fn redraw(w: &mut Writer, path: &str) -> Result<()> {
    let mut end = path;
    while !end.is_empty() {
        let above = format!("{}0", end.trim_end_matches('/'));
        let sql = "select s.region from organisation o \
                   join organisation_region s on s.organisation_id = o.id \
                   where o.path >= $1 and o.path < $2 and o.state = 'open' order by s.region";
        let codes: Vec<(String,)> = w.all(sql, vals![end, above]).await?;
        let codes = codes.iter().filter_map(|(code,)| code.parse::<Code>().ok());
        let ranges = model::organisation::ranges(codes);
        let sql = "update organisation set ranges = $2 where path = $1";
        w.exec(sql, vals![end, Val::json(&ranges)]).await?;
        end = end
            .strip_suffix('/')
            .and_then(|bare| bare.rfind('/').and_then(|at| end.get(..=at)))
            .unwrap_or_default();
    }
    Ok(())
}

/// Ends the span of an office's history that is open, and begins the next.
pub async fn remember(w: &mut Writer, one: &Organisation, deed: &str) -> Result<()> {
    let at = w.at();
    end(w, one.id, at).await?;
    let sql = "insert into organisation_past (organisation_id, deed, name, parent, regions, \
               valid_from, valid_to) values ($1, $2, $3, $4, $5, $6, $7)";
    let parent = Val::Uuid(one.parent.map(Id::uuid));
    let until: Option<DateTime<Utc>> = one.merged_into.map(|_| at);
    let args = vals![one.id, deed, &one.name, parent, Val::json(&one.regions), at, until];
    w.exec(sql, args).await.map(drop)
}

async fn end(w: &mut Writer, id: Id<Organisation>, at: DateTime<Utc>) -> Result<()> {
    let sql = "update organisation_past set valid_to = $2 \
               where organisation_id = $1 and valid_to is null";
    w.exec(sql, vals![id, at]).await.map(drop)
}

/// Gives what one office has to another: those below it, its people, files, memberships.
pub async fn hand_over(w: &mut Writer, from: Id<Organisation>, to: Id<Organisation>) -> Result<()> {
    for sql in [
        "update organisation set parent = $2 where parent = $1",
        "update jobseeker set office_id = $2 where office_id = $1",
        "update intake set office_id = $2 where office_id = $1",
        "update assignment set office_id = $2 where office_id = $1",
        "update membership set organisation_id = $2 where organisation_id = $1",
    ] {
        w.exec(sql, vals![from, to]).await?;
    }
    Ok(())
}
