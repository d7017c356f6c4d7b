//! Timetables and their interviews as rows. Two unique indexes keep a booth and a person from being
//! in two interviews at once, whatever two clerks do in the same moment.

use model::{
    Id,
    access::Scope,
    assignment::Assignment,
    timetable::{Interview, Timetable},
};
use sqlx::AssertSqlSafe;

use crate::{Error, Reader, Result, Writer, access::own, vals};

const SEEN: &str = "id, assignment_id, title, day, grid, created_at";

/// A timetable is whose its assignment is.
fn assigned(scope: &Scope) -> String {
    let own = own(scope, "office_id");
    if own.is_empty() {
        return own;
    }
    format!(" and assignment_id in (select id from assignment where 1 = 1{own})")
}

pub async fn find(r: &mut Reader, scope: &Scope, id: Id<Timetable>) -> Result<Timetable> {
    let sql = format!("select {SEEN} from timetable where id = $1{}", assigned(scope));
    r.one("timetable", AssertSqlSafe(sql), vals![id]).await
}

/// Those made out of an assignment, the newest first.
pub async fn of_assignment(
    r: &mut Reader,
    scope: &Scope,
    assignment: Id<Assignment>,
) -> Result<Vec<Timetable>> {
    let sql = format!(
        "select {SEEN} from timetable where assignment_id = $1{} order by id desc",
        assigned(scope)
    );
    r.all(AssertSqlSafe(sql), vals![assignment]).await
}

/// All interviews of a timetable by time, those without one last.
pub async fn interviews(
    r: &mut Reader,
    scope: &Scope,
    id: Id<Timetable>,
) -> Result<Vec<Interview>> {
    let sql = format!(
        "select * from interview \
         where timetable_id in (select id from timetable where id = $1{}) \
         order by case when begins is null then 1 else 0 end, begins, vacancy_id, id",
        assigned(scope)
    );
    r.all(AssertSqlSafe(sql), vals![id]).await
}

/// Keeps every other deed on this timetable waiting until this one ends.
pub async fn lock(w: &mut Writer, id: Id<Timetable>) -> Result<Timetable> {
    let sql = "select id, assignment_id, title, day, grid, created_at from timetable where id = $1";
    w.lock(sql, vals![id]).await?.ok_or(Error::Absent("timetable"))
}

pub async fn add(w: &mut Writer, timetable: &Timetable, interviews: &[Interview]) -> Result<()> {
    let head = "insert into timetable (id, assignment_id, title, day, grid, created_at)";
    let t = timetable;
    let grid = crate::Val::json(&t.grid);
    let row = vals![t.id, t.assignment, &t.title, t.day, grid, t.created_at];
    w.insert_many(head, "", [row]).await?;
    let head = "insert into interview (id, timetable_id, vacancy_id, jobseeker_id, begins, state, \
                version)";
    let rows = interviews.iter().map(|i| {
        let state = i.state.code();
        vals![i.id, i.timetable, i.vacancy, i.jobseeker, i.begins, state, i.version]
    });
    w.insert_many(head, "", rows.collect::<Vec<_>>()).await.map(drop)
}

/// Replaces the interview whose version is one less; [`Error::Stale`] if it moved on.
pub async fn save(w: &mut Writer, interview: &Interview) -> Result<()> {
    let sql = "update interview set begins = $2, state = $3, version = $4 \
               where id = $1 and version = $4 - 1";
    let i = interview;
    match w.exec(sql, vals![i.id, i.begins, i.state.code(), i.version]).await? {
        0 => Err(Error::Stale),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;
    use model::{
        access::Actor,
        timetable::{Grid, State},
    };
    use uuid::Uuid;

    use super::*;
    use crate::{
        Db,
        assignment::{self, Texts},
        both::{both, deed},
        jobseeker::{self, tests::person},
        vacancy::tests::with,
    };

    fn timetable() -> Timetable {
        Timetable {
            id: Id::new(Uuid::from_u128(1)),
            assignment: Id::new(Uuid::from_u128(1)),
            title: "周六面试".into(),
            day: NaiveDate::from_ymd_opt(2026, 11, 28).unwrap(),
            grid: Grid { begins: 540, ends: 720, length: 15, pause: 5, breaks: vec![(600, 610)] },
            created_at: deed("x").at,
        }
    }

    fn interview(n: u128, vacancy: u128, person: u128, begins: Option<i64>) -> Interview {
        let new = Uuid::from_u128;
        Interview {
            id: Id::new(new(n)),
            timetable: timetable().id,
            vacancy: Id::new(new(vacancy)),
            jobseeker: Id::new(new(person)),
            begins,
            state: State::Planned,
            version: 1,
        }
    }

    async fn made(db: &Db, interviews: &[Interview]) -> Result<()> {
        with(db, 2).await;
        let mut w = db.write(deed("timetable.make")).await.unwrap();
        jobseeker::add(&mut w, &[person(1), person(2)]).await.unwrap();
        let texts = Texts { input: vec![], outcome: vec![] };
        assignment::add(&mut w, &assignment::tests::assignment(1), &texts).await.unwrap();
        add(&mut w, &timetable(), interviews).await?;
        w.commit().await
    }

    #[tokio::test]
    async fn a_timetable_comes_back_in_the_order_of_the_day() {
        both(async |db| {
            let (late, early) = (interview(1, 1, 1, Some(600)), interview(2, 2, 2, Some(540)));
            let none = interview(3, 1, 2, None);
            made(&db, &[none.clone(), late.clone(), early.clone()]).await.unwrap();
            let mut r = db.read().await.unwrap();
            let (office, public) = (Actor::office("window").scope(), Actor::public().scope());
            let id = timetable().id;
            assert_eq!(find(&mut r, &office, id).await.unwrap(), timetable());
            assert_eq!(interviews(&mut r, &office, id).await.unwrap(), [early, late, none]);
            assert!(interviews(&mut r, &public, id).await.unwrap().is_empty());
            assert!(matches!(find(&mut r, &public, id).await, Err(Error::Absent(_))));
        })
        .await;
    }

    #[tokio::test]
    async fn no_booth_and_no_person_is_in_two_interviews_at_once() {
        both(async |db| {
            let first = interview(1, 1, 1, Some(540));
            let booth = made(&db, &[first.clone(), interview(2, 1, 2, Some(540))]).await;
            assert!(matches!(booth, Err(Error::Duplicate)), "{booth:?}");
        })
        .await;
        both(async |db| {
            let first = interview(1, 1, 1, Some(540));
            let person = made(&db, &[first.clone(), interview(2, 2, 1, Some(540))]).await;
            assert!(matches!(person, Err(Error::Duplicate)), "{person:?}");
        })
        .await;
    }

    #[tokio::test]
    async fn a_change_that_another_overtook_is_stale() {
        both(async |db| {
            let first = interview(1, 1, 1, Some(540));
            made(&db, std::slice::from_ref(&first)).await.unwrap();
            let moved = Interview { begins: Some(560), version: 2, ..first };
            let mut w = db.write(deed("timetable.move")).await.unwrap();
            assert_eq!(lock(&mut w, timetable().id).await.unwrap(), timetable());
            save(&mut w, &moved).await.unwrap();
            assert!(matches!(save(&mut w, &moved).await, Err(Error::Stale)));
        })
        .await;
    }
}
