//! Files on their way in, their staged rows and their refused ones.

use chrono::{DateTime, Utc};
use model::{
    Id,
    access::{Reach, Scope},
    employer::Employer,
    intake::{Noun, file::Intake},
    organisation::Organisation,
    page::Page,
};
use sqlx::AssertSqlSafe;
use uuid::Uuid;

use crate::{
    Engine, Reader, Result, Val, Writer,
    access::{managed, own},
    session::listed,
    vals,
};

/// The files of a scope: its office's, or its employer's own.
fn mine(engine: Engine, scope: &Scope) -> String {
    match scope.reach() {
        Reach::Employer(_) => managed(engine, scope),
        Reach::All | Reach::Office(_) | Reach::Public | Reach::Person(_) => own(scope, "office_id"),
    }
}

/// It is the employer's own: its rows become that employer's vacancies and nobody else's.
pub async fn entrust(w: &mut Writer, id: Id<Intake>, employer: Id<Employer>) -> Result<()> {
    let sql = "update intake set employer_id = $2 where id = $1";
    w.exec(sql, vals![id, employer]).await.map(drop)
}

/// Whose own it is, where it is an employer's.
pub async fn employer(r: &mut Reader, id: Id<Intake>) -> Result<Option<Id<Employer>>> {
    let sql = "select employer_id from intake where id = $1";
    let (employer,): (Option<Id<Employer>>,) = r.one("intake", sql, vals![id]).await?;
    Ok(employer)
}

pub async fn find(r: &mut Reader, scope: &Scope, id: Id<Intake>) -> Result<Intake> {
    let sql = format!("select * from intake where id = $1{}", mine(r.engine(), scope));
    r.one("intake", AssertSqlSafe(sql), vals![id]).await
}

/// The files, newest first, from before `before`.
pub async fn page(
    r: &mut Reader,
    scope: &Scope,
    before: Option<Id<Intake>>,
    limit: usize,
) -> Result<Page<Intake>> {
    let own = mine(r.engine(), scope);
    let sql = format!("select * from intake where id < $1{own} order by id desc limit $2");
    let top = before.unwrap_or(Id::new(Uuid::max()));
    let rows = i64::try_from(limit).unwrap_or(i64::MAX).saturating_add(1);
    let mut items: Vec<Intake> = r.all(AssertSqlSafe(sql), vals![top, rows]).await?;
    let more = items.len() > limit;
    items.truncate(limit);
    let next = items.last().filter(|_| more).map(|i| i.id.to_string());
    Ok(Page { items, next })
}

/// The same bytes asked for in the same way, begun and not ended.
pub async fn unfinished(
    r: &mut Reader,
    digest: &str,
    noun: Noun,
    choice: &str,
) -> Result<Option<Intake>> {
    let sql = "select * from intake where digest = $1 and noun = $2 and choice = $3 \
               and state in ('received', 'staging', 'applying') order by id limit 1";
    r.opt(sql, vals![digest, noun.code(), choice]).await
}

/// Those that were begun and not ended, oldest first.
pub async fn all_unfinished(r: &mut Reader) -> Result<Vec<Intake>> {
    r.all("select * from intake where state in ('staging', 'applying') order by id", vals![]).await
}

/// The intake, so that nobody else changes it before this deed ends; `None` when it is gone.
pub async fn lock(w: &mut Writer, id: Id<Intake>) -> Result<Option<Intake>> {
    w.lock("select * from intake where id = $1", vals![id]).await
}

pub async fn add(w: &mut Writer, intake: &Intake) -> Result<()> {
    let head = "insert into intake (id, noun, name, digest, choice, state, head, top, binding, \
                batches, cursor, staged, counts, refusal, holder, created_at, updated_at)";
    w.insert_many(head, "", [row(intake)]).await.map(drop)
}

/// It belongs to an office.
pub async fn assign(w: &mut Writer, id: Id<Intake>, office: Id<Organisation>) -> Result<()> {
    let sql = "update intake set office_id = $2 where id = $1";
    w.exec(sql, vals![id, office]).await.map(drop)
}

pub async fn save(w: &mut Writer, intake: &Intake) -> Result<()> {
    let sql = "update intake set noun = $2, name = $3, digest = $4, choice = $5, state = $6, \
               head = $7, top = $8, binding = $9, batches = $10, cursor = $11, staged = $12, \
               counts = $13, refusal = $14, holder = $15, created_at = $16, updated_at = $17 \
               where id = $1";
    w.exec(sql, row(intake)).await.map(drop)
}

fn row(i: &Intake) -> Vec<Val> {
    fn optional<T: serde::Serialize>(value: Option<&T>) -> Val {
        value.map_or(Val::Json(None), Val::json)
    }
    vals![
        i.id,
        i.noun.code(),
        &i.name,
        &i.digest,
        &i.choice,
        i.state.code(),
        optional(i.head.as_ref()),
        Val::json(&i.top),
        optional(i.binding.as_ref()),
        i.batches,
        i.cursor,
        i.staged,
        Val::json(&i.counts),
        optional(i.refusal.as_ref()),
        i.holder,
        i.created_at,
        i.updated_at,
    ]
}

/// Stages one batch of rows.
pub async fn stage(w: &mut Writer, id: Id<Intake>, number: i64, sealed: Vec<u8>) -> Result<()> {
    let sql = "insert into intake_batch (intake_id, number, sealed) values ($1, $2, $3)";
    w.exec(sql, vals![id, number, sealed]).await.map(drop)
}

/// A staged batch; `None` when the intake is done or was staged anew.
pub async fn batch(r: &mut Reader, id: Id<Intake>, number: i64) -> Result<Option<Vec<u8>>> {
    let sql = "select sealed from intake_batch where intake_id = $1 and number = $2";
    let row: Option<(Vec<u8>,)> = r.opt(sql, vals![id, number]).await?;
    Ok(row.map(|(sealed,)| sealed))
}

/// How many batches wait in all: none after the last intake is done.
pub async fn waiting(r: &mut Reader) -> Result<i64> {
    let (n,) = r.one("intake", "select count(*) from intake_batch", vals![]).await?;
    Ok(n)
}

/// Takes the staged rows away.
pub async fn unstage(w: &mut Writer, id: Id<Intake>) -> Result<()> {
    w.exec("delete from intake_batch where intake_id = $1", vals![id]).await.map(drop)
}

/// Keeps refused rows: position in the file, the row sealed, and the marks by which it is found to be
/// forgotten.
pub async fn refuse(
    w: &mut Writer,
    id: Id<Intake>,
    rows: Vec<(i64, Vec<u8>, Vec<String>)>,
) -> Result<()> {
    let head = "insert into intake_refused (intake_id, position, sealed, marked)";
    let (mut kept, mut marks) = (vec![], vec![]);
    for (position, sealed, its) in rows {
        kept.push(vals![id, position, sealed, true]);
        marks.push((id.uuid(), position, its));
    }
    w.insert_many(head, "", kept).await?;
    add_marks(w, &marks).await
}

async fn add_marks(w: &mut Writer, rows: &[(Uuid, i64, Vec<String>)]) -> Result<()> {
    let marks = rows
        .iter()
        .flat_map(|(file, position, marks)| marks.iter().map(|mark| vals![*file, *position, mark]));
    let head = "insert into intake_refused_mark (intake_id, position, mark)";
    let marks: Vec<_> = marks.collect();
    w.insert_many(head, "on conflict do nothing", marks).await.map(drop)
}

/// Refused rows in the order of the file, from after position `after`.
pub async fn refused(
    r: &mut Reader,
    scope: &Scope,
    id: Id<Intake>,
    after: i64,
    limit: i64,
) -> Result<Vec<(i64, Vec<u8>)>> {
    let own = mine(r.engine(), scope);
    let sql = format!(
        "select position, sealed from intake_refused \
         where intake_id in (select id from intake where id = $1{own}) and position > $2 \
         order by position limit $3"
    );
    r.all(AssertSqlSafe(sql), vals![id, after, limit]).await
}

/// A row that was refused before rows had marks.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Unmarked {
    pub intake_id: Uuid,
    pub position: i64,
    pub sealed: Vec<u8>,
    /// Is it about a person?
    pub people: bool,
}

/// The first of those without marks.
pub async fn unmarked(r: &mut Reader, limit: i64) -> Result<Vec<Unmarked>> {
    let sql = "select f.intake_id, f.position, f.sealed, i.noun = 'jobseekers' as people \
               from intake_refused f join intake i on i.id = f.intake_id where not f.marked \
               order by f.intake_id, f.position limit $1";
    r.all(sql, vals![limit]).await
}

/// Gives rows their marks; every row up to the last one has them then.
pub async fn mark(
    w: &mut Writer,
    rows: &[(Uuid, i64, Vec<String>)],
    (file, position): (Uuid, i64),
) -> Result<()> {
    let sql = "update intake_refused set marked = true \
               where not marked and (intake_id, position) <= ($1, $2)";
    w.exec(sql, vals![file, position]).await?;
    add_marks(w, rows).await
}

/// Forgets the refused rows that bear one of these marks.
pub async fn forget_marked(w: &mut Writer, marks: &[String]) -> Result<()> {
    let (list, args) = listed(marks);
    w.exec(AssertSqlSafe(forgetting(&list)), args).await.map(drop)
}

pub(crate) fn forgetting(list: &str) -> String {
    format!(
        "delete from intake_refused where (intake_id, position) in \
         (select intake_id, position from intake_refused_mark where mark in {list})"
    )
}

/// Forgets an intake and all its rows.
pub async fn remove(w: &mut Writer, id: Id<Intake>) -> Result<()> {
    for sql in [
        "delete from intake_batch where intake_id = $1",
        "delete from intake_refused where intake_id = $1",
        "delete from intake where id = $1",
    ] {
        w.exec(sql, vals![id]).await?;
    }
    Ok(())
}

/// Forgets the refused rows of what was last touched before `time`.
pub async fn forget_refused(w: &mut Writer, time: DateTime<Utc>) -> Result<Vec<Uuid>> {
    let old = "intake_id in \
               (select id from intake where updated_at < $1 and state in ('done', 'failed'))";
    let sql = format!("select distinct intake_id from intake_refused where {old}");
    let gone: Vec<(Uuid,)> = w.all(AssertSqlSafe(sql), vals![time]).await?;
    let sql = format!("delete from intake_refused where {old}");
    w.exec(AssertSqlSafe(sql), vals![time]).await?;
    Ok(gone.into_iter().map(|(id,)| id).collect())
}

#[cfg(test)]
mod tests {
    use model::{
        access::Actor,
        intake::file::{Counts, Format, Head, State, Told},
    };

    use super::*;
    use crate::both::{both, deed};

    fn intake(n: u128) -> Intake {
        let at = deed("x").at;
        Intake {
            id: Id::new(Uuid::from_u128(n)),
            noun: Noun::Vacancies,
            name: "岗位.xlsx".into(),
            digest: "d".into(),
            choice: String::new(),
            state: State::Received,
            head: None,
            top: Vec::new(),
            binding: None,
            batches: 0,
            cursor: 0,
            staged: 0,
            counts: Counts::default(),
            refusal: None,
            holder: Uuid::nil(),
            created_at: at,
            updated_at: at,
        }
    }

    #[tokio::test]
    async fn an_intake_comes_back_as_it_went_in() {
        both(async |db| {
            let mut w = db.write(deed("intake.stage")).await.unwrap();
            let mut one = intake(1);
            add(&mut w, &one).await.unwrap();
            one.state = State::Failed;
            one.head =
                Some(Head { format: Format::Workbook, detail: "Sheet1".into(), delimiter: ',' });
            one.counts = Counts { rows: 7, refused: 7, ..Counts::default() };
            one.refusal = Some(Told {
                column: String::new(),
                value: String::new(),
                code: "intake.empty".into(),
                args: vec![("row".into(), "1".into())],
            });
            save(&mut w, &one).await.unwrap();
            w.commit().await.unwrap();
            let mut r = db.read().await.unwrap();
            let office = Actor::office("window").scope();
            assert_eq!(find(&mut r, &office, one.id).await.unwrap(), one);
            assert_eq!(page(&mut r, &office, None, 5).await.unwrap().items, [one.clone()]);
            assert!(find(&mut r, &Actor::public().scope(), one.id).await.is_err());
        })
        .await;
    }

    #[tokio::test]
    async fn what_was_begun_is_found_again_and_what_is_over_is_not() {
        both(async |db| {
            let mut w = db.write(deed("intake.stage")).await.unwrap();
            let mut one = intake(1);
            add(&mut w, &one).await.unwrap();
            let found = unfinished(&mut w, "d", Noun::Vacancies, "").await.unwrap();
            assert_eq!(found.map(|i| i.id), Some(one.id));
            assert_eq!(unfinished(&mut w, "d", Noun::Jobseekers, "").await.unwrap(), None);
            assert_eq!(unfinished(&mut w, "d", Noun::Vacancies, "county").await.unwrap(), None);
            one.state = State::Done;
            save(&mut w, &one).await.unwrap();
            assert_eq!(unfinished(&mut w, "d", Noun::Vacancies, "").await.unwrap(), None);
            w.commit().await.unwrap();
        })
        .await;
    }

    #[tokio::test]
    async fn staged_and_refused_rows_go_with_their_intake() {
        both(async |db| {
            let mut w = db.write(deed("intake.stage")).await.unwrap();
            let id = intake(1).id;
            add(&mut w, &intake(1)).await.unwrap();
            stage(&mut w, id, 0, vec![1, 2]).await.unwrap();
            let row =
                |position, sealed: u8, mark: &str| (position, vec![sealed], vec![mark.to_owned()]);
            let rows = vec![row(3, 9, "a"), row(5, 8, "b"), row(8, 7, "a"), row(9, 6, "c")];
            refuse(&mut w, id, rows).await.unwrap();
            assert!(unmarked(&mut w, 9).await.unwrap().is_empty());
            forget_marked(&mut w, &["b".into(), "c".into(), "d".into()]).await.unwrap();
            assert_eq!(batch(&mut w, id, 0).await.unwrap(), Some(vec![1, 2]));
            assert_eq!(batch(&mut w, id, 1).await.unwrap(), None);
            let office = Actor::office("window").scope();
            let rest = refused(&mut w, &office, id, 3, 10).await.unwrap();
            assert_eq!(rest, [(8, vec![7])]);
            remove(&mut w, id).await.unwrap();
            assert_eq!(waiting(&mut w).await.unwrap(), 0);
            assert!(refused(&mut w, &office, id, 0, 10).await.unwrap().is_empty());
            w.commit().await.unwrap();
        })
        .await;
    }
}
