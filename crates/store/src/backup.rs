//! All rows of all tables, out and in again, in a form that both engines share. Tables and their
//! columns are asked of the database itself, so that no table can be forgotten.

use chrono::{DateTime, NaiveDate, SecondsFormat, Utc};
use futures_util::stream::{BoxStream, StreamExt};
use model::backup::{Column, Kind, Table, hex, unhex};
use serde_json::Value;
use sqlx::{AssertSqlSafe, Column as _, FromRow, Row as _, postgres::PgRow, sqlite::SqliteRow};
use uuid::Uuid;

use crate::{Engine, Error, Reader, Result, Val, Writer, vals};

/// Every table of ours, its columns in order, whatever migrations have made.
pub async fn tables(r: &mut Reader) -> Result<Vec<Table>> {
    let sql = r.engine().pick(
        "select t.name, c.name, lower(c.type) from sqlite_master t, pragma_table_info(t.name) c \
         where t.type = 'table' and t.name not like 'sqlite%' and t.name <> '_sqlx_migrations' \
         order by t.name, c.cid",
        "select cast(table_name as text), cast(column_name as text), \
         replace(cast(data_type as text), 'timestamp with time zone', 'timestamptz') \
         from information_schema.columns join information_schema.tables \
         using (table_schema, table_name) where table_type = 'BASE TABLE' \
         and table_schema = current_schema() and table_name <> '_sqlx_migrations' \
         order by table_name, ordinal_position",
    );
    let rows: Vec<(String, String, String)> = r.all(sql, vals![]).await?;
    let mut tables: Vec<Table> = vec![];
    for (table, name, kind) in rows {
        let kind: Kind = kind.parse().map_err(odd)?;
        let column = Column { name, kind };
        match tables.last_mut() {
            Some(last) if last.name == table => last.columns.push(column),
            _ => tables.push(Table { name: table, columns: vec![column] }),
        }
    }
    Ok(tables)
}

/// The number of the last migration that was run here.
pub async fn migration(r: &mut Reader) -> Result<i64> {
    let sql = "select max(version) from _sqlx_migrations";
    let (version,): (Option<i64>,) = r.one("migration", sql, vals![]).await?;
    Ok(version.unwrap_or_default())
}

/// The rows of a table as they come, each value as JSON.
pub fn rows<'r>(r: &'r mut Reader, table: &Table) -> Result<BoxStream<'r, Result<Vec<Value>>>> {
    let cells = r.stream::<Cells>(AssertSqlSafe(select(table)), vals![])?;
    Ok(cells.map(|row| row.map(|Cells(values)| values)).boxed())
}

fn select(table: &Table) -> String {
    // the alias tells `Cells` what a column holds; SQLite itself does not keep it
    let columns: Vec<String> =
        table.columns.iter().map(|c| format!("\"{}\" as \"{}\"", c.name, c.kind)).collect();
    format!("select {} from \"{}\"", columns.join(", "), table.name)
}

/// The rows of a table that a condition of ours holds for, all at once.
pub(crate) async fn rows_where(
    r: &mut Reader,
    table: &Table,
    condition: &str,
    args: Vec<Val>,
) -> Result<Vec<Vec<Value>>> {
    let sql = format!("{} where {condition}", select(table));
    let cells: Vec<Cells> = r.all(AssertSqlSafe(sql), args).await?;
    Ok(cells.into_iter().map(|Cells(values)| values).collect())
}

/// References between tables that are checked when all rows are there: table, name, definition.
pub struct References(Vec<(String, String, String)>);

/// Makes a freshly migrated database ready for [`fill`] in any order of tables: the rows that
/// migrations put in go, references wait for [`check`].
pub async fn prepare(w: &mut Writer, tables: &[Table]) -> Result<References> {
    let references = match w.engine() {
        Engine::Sqlite => {
            w.exec("pragma defer_foreign_keys = on", vals![]).await?;
            vec![]
        }
        Engine::Postgres => {
            let sql = "select cast(cast(conrelid as regclass) as text), cast(conname as text), \
                       pg_get_constraintdef(oid) from pg_constraint where contype = 'f' \
                       and connamespace = cast(current_schema() as regnamespace)";
            w.all(sql, vals![]).await?
        }
    };
    for (table, name, _) in &references {
        let sql = format!("alter table {table} drop constraint \"{name}\"");
        w.exec(AssertSqlSafe(sql), vals![]).await?;
    }
    for Table { name, .. } in tables {
        let sql = format!("select count(*) from \"{name}\"");
        let (count,): (i64,) = w.one("table", AssertSqlSafe(sql), vals![]).await?;
        if count > 0 {
            w.exec(AssertSqlSafe(format!("delete from \"{name}\"")), vals![]).await?;
        }
    }
    Ok(References(references))
}

/// Adds rows as [`rows`] gave them.
pub async fn fill(w: &mut Writer, table: &Table, rows: Vec<Vec<Value>>) -> Result<u64> {
    let columns: Vec<String> = table.columns.iter().map(|c| format!("\"{}\"", c.name)).collect();
    let head = format!("insert into \"{}\" ({})", table.name, columns.join(", "));
    let values = rows.into_iter().map(|row| {
        let cells = table.columns.iter().zip(row);
        cells.map(|(column, value)| bound(column.kind, value)).collect::<Result<Vec<Val>>>()
    });
    let values = values.collect::<Result<Vec<_>>>()?;
    w.insert_many(&head, "", values).await
}

/// Puts the references back; fails when a row refers to one that is not there.
pub async fn check(w: &mut Writer, References(references): References) -> Result<()> {
    for (table, name, definition) in references {
        let sql = format!("alter table {table} add constraint \"{name}\" {definition}");
        w.exec(AssertSqlSafe(sql), vals![]).await?;
    }
    Ok(()) // SQLite looks at the commit
}

/// Removes everything that migrations have made in a PostgreSQL database, and their own record. (An
/// SQLite database is simply another file.)
pub async fn clear(w: &mut Writer) -> Result<()> {
    let mut drops: Vec<String> =
        tables(w).await?.iter().map(|t| format!("drop table \"{}\" cascade", t.name)).collect();
    let sql = "select cast(cast(oid as regprocedure) as text) from pg_proc \
               where pronamespace = cast(current_schema() as regnamespace)";
    let functions: Vec<(String,)> = w.all(sql, vals![]).await?;
    drops.extend(functions.iter().map(|(name,)| format!("drop function {name} cascade")));
    drops.push("drop table if exists _sqlx_migrations".into());
    for sql in drops {
        w.exec(AssertSqlSafe(sql), vals![]).await?;
    }
    Ok(())
}

/// The values of a row whose column names are their kinds.
struct Cells(Vec<Value>);

/// The two engines' rows share no useful trait; the texts are the same.
macro_rules! cells {
    ($row:ty) => {
        impl<'r> FromRow<'r, $row> for Cells {
            fn from_row(row: &'r $row) -> Result<Self, sqlx::Error> {
                let cell = |column: &<<$row as sqlx::Row>::Database as sqlx::Database>::Column| {
                    let kind =
                        column.name().parse().map_err(|e| sqlx::Error::Decode(Box::new(e)))?;
                    let n = column.ordinal();
                    Ok::<Value, sqlx::Error>(match kind {
                        Kind::Boolean => row.try_get::<Option<bool>, _>(n)?.into(),
                        Kind::Integer => row.try_get::<Option<i64>, _>(n)?.into(),
                        Kind::Real => row.try_get::<Option<f64>, _>(n)?.into(),
                        Kind::Text => row.try_get::<Option<String>, _>(n)?.into(),
                        Kind::Bytes => {
                            row.try_get::<Option<Vec<u8>>, _>(n)?.map(|b| hex(&b)).into()
                        }
                        Kind::Uuid => row.try_get::<Option<Uuid>, _>(n)?.map(uuid_text).into(),
                        Kind::Time => {
                            row.try_get::<Option<DateTime<Utc>>, _>(n)?.map(time_text).into()
                        }
                        Kind::Date => row.try_get::<Option<NaiveDate>, _>(n)?.map(date_text).into(),
                        Kind::Json => row.try_get::<Option<Value>, _>(n)?.unwrap_or(Value::Null),
                    })
                };
                row.columns().iter().map(cell).collect::<Result<_, _>>().map(Self)
            }
        }
    };
}
cells!(SqliteRow);
cells!(PgRow);

/// The value as a parameter of its column; a value of another kind is a damaged file's.
fn bound(kind: Kind, value: Value) -> Result<Val> {
    if kind == Kind::Json {
        return Ok(Val::Json(Some(value).filter(|v| !v.is_null())));
    }
    let wrong = || odd(format!("not a {kind}"));
    let text = || value.as_str().map(str::to_owned).ok_or_else(wrong);
    let null = value.is_null();
    Ok(match kind {
        Kind::Boolean => Val::Bool(some(null, || value.as_bool().ok_or_else(wrong))?),
        Kind::Integer => Val::I64(some(null, || value.as_i64().ok_or_else(wrong))?),
        Kind::Real => Val::F64(some(null, || value.as_f64().ok_or_else(wrong))?),
        Kind::Text | Kind::Json => Val::Text(some(null, text)?),
        Kind::Bytes => Val::Bytes(some(null, || unhex(&text()?).ok_or_else(wrong))?),
        Kind::Uuid => Val::Uuid(some(null, || text()?.parse().map_err(odd))?),
        Kind::Time => Val::Time(some(null, || text()?.parse().map_err(odd))?),
        Kind::Date => Val::Date(some(null, || text()?.parse().map_err(odd))?),
    })
}

fn some<T>(null: bool, value: impl FnOnce() -> Result<T>) -> Result<Option<T>> {
    if null { Ok(None) } else { value().map(Some) }
}

fn odd(error: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Error {
    Error::Sql(sqlx::Error::Decode(error.into()))
}

fn uuid_text(id: Uuid) -> String {
    id.to_string()
}

fn time_text(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Micros, true)
}

fn date_text(day: NaiveDate) -> String {
    day.to_string()
}

#[cfg(test)]
mod tests {
    use futures_util::TryStreamExt;

    use super::*;
    use crate::{
        Db, Note,
        both::{both, deed},
    };

    type Dump = Vec<(Table, Vec<Vec<Value>>)>;

    async fn dump(db: &Db) -> Dump {
        let mut r = db.snapshot().await.unwrap();
        let mut dump = vec![];
        for table in tables(&mut r).await.unwrap() {
            let rows = rows(&mut r, &table).unwrap().try_collect().await.unwrap();
            dump.push((table, rows));
        }
        dump
    }

    async fn load(db: &Db, dump: &Dump) -> Result<()> {
        let mut w = db.write(deed("backup.restore")).await?;
        let known = tables(&mut w).await?;
        let references = prepare(&mut w, &known).await?;
        for (table, rows) in dump {
            fill(&mut w, table, rows.clone()).await?;
        }
        check(&mut w, references).await?;
        w.commit().await
    }

    /// A row of every table that a migration has made, in which all kinds occur.
    fn made_up(tables: Vec<Table>) -> Dump {
        let cell = |kind: Kind| match kind {
            Kind::Boolean => true.into(),
            Kind::Integer => 1.into(),
            Kind::Real => 0.1.into(),
            Kind::Text => "郭's \"1\"".into(),
            Kind::Bytes => "00ff".into(),
            Kind::Uuid => Value::from(Uuid::from_u128(7).to_string()),
            Kind::Time => "2026-11-22T08:00:00.000001Z".into(),
            Kind::Date => "2026-11-22".into(),
            Kind::Json => serde_json::json!({ "a": [1, null] }),
        };
        let row = |table: &Table| table.columns.iter().map(|c| cell(c.kind)).collect();
        tables.into_iter().map(|table| (table.clone(), vec![row(&table)])).collect()
    }

    #[tokio::test]
    async fn what_goes_in_comes_out_on_both_engines() {
        both(async |db| {
            let empty = dump(&db).await;
            assert!(empty.iter().any(|(table, _)| table.name == "jobseeker"));
            let full = made_up(empty.into_iter().map(|(table, _)| table).collect());
            load(&db, &full).await.unwrap();
            assert_eq!(dump(&db).await, full);
        })
        .await;
    }

    #[tokio::test]
    async fn a_row_that_refers_to_nothing_is_not_restored() {
        both(async |db| {
            let before = dump(&db).await;
            let mut full = made_up(before.iter().map(|(table, _)| table.clone()).collect());
            full.retain(|(table, _)| table.name != "employer");
            assert!(load(&db, &full).await.is_err());
            assert_eq!(dump(&db).await, before);
        })
        .await;
    }

    #[tokio::test]
    async fn a_snapshot_does_not_see_what_comes_later() {
        both(async |db| {
            let mut r = db.snapshot().await.unwrap();
            assert_eq!(crate::event::last(&mut r).await.unwrap(), 0);
            let mut w = db.write(deed("vacancy.import")).await.unwrap();
            let subject = Uuid::from_u128(1);
            let change = serde_json::json!({});
            w.note(Note { noun: "vacancy", subject, region: String::new(), change });
            w.commit().await.unwrap();
            assert_eq!(crate::event::last(&mut r).await.unwrap(), 0);
        })
        .await;
    }

    #[test]
    fn a_value_of_the_wrong_kind_is_refused() {
        assert!(bound(Kind::Integer, "one".into()).is_err());
        assert!(bound(Kind::Uuid, "one".into()).is_err());
        assert!(bound(Kind::Bytes, "0g".into()).is_err());
        assert!(bound(Kind::Bytes, "000".into()).is_err());
        assert!(matches!(bound(Kind::Uuid, Value::Null), Ok(Val::Uuid(None))));
        assert!(
            matches!(bound(Kind::Bytes, "00ff".into()), Ok(Val::Bytes(Some(b))) if b == [0, 255])
        );
    }
}
