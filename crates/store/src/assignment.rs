//! Assignments as rows: written once, never changed.

use model::{Id, access::Scope, assignment::Assignment, organisation::Organisation, page::Page};
use sqlx::AssertSqlSafe;

use crate::{Reader, Result, Writer, access::own, vals};

/// What went in and what came out, compressed.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Texts {
    pub input: Vec<u8>,
    pub outcome: Vec<u8>,
}

const SEEN: &str =
    "id, title, way, people, posts, placed, input_digest, outcome_digest, created_at";

pub async fn find(r: &mut Reader, scope: &Scope, id: Id<Assignment>) -> Result<Assignment> {
    let sql = format!("select {SEEN} from assignment where id = $1{}", own(scope, "office_id"));
    r.one("assignment", AssertSqlSafe(sql), vals![id]).await
}

pub async fn texts(r: &mut Reader, scope: &Scope, id: Id<Assignment>) -> Result<Texts> {
    let sql =
        format!("select input, outcome from assignment where id = $1{}", own(scope, "office_id"));
    r.one("assignment", AssertSqlSafe(sql), vals![id]).await
}

/// The newest first, from before `before`, `limit` at a time.
pub async fn page(
    r: &mut Reader,
    scope: &Scope,
    before: Option<Id<Assignment>>,
    limit: usize,
) -> Result<Page<Assignment>> {
    let from = before.unwrap_or(Id::new(uuid::Uuid::max()));
    let rows = i64::try_from(limit).unwrap_or(i64::MAX).saturating_add(1);
    let sql = format!(
        "select {SEEN} from assignment where id < $1{} order by id desc limit $2",
        own(scope, "office_id")
    );
    let mut items: Vec<Assignment> = r.all(AssertSqlSafe(sql), vals![from, rows]).await?;
    let more = items.len() > limit;
    items.truncate(limit);
    let next = items.last().filter(|_| more).map(|one| one.id.to_string());
    Ok(Page { items, next })
}

/// It belongs to an office.
pub async fn assign(w: &mut Writer, id: Id<Assignment>, office: Id<Organisation>) -> Result<()> {
    let sql = "update assignment set office_id = $2 where id = $1";
    w.exec(sql, vals![id, office]).await.map(drop)
}

pub async fn add(w: &mut Writer, assignment: &Assignment, texts: &Texts) -> Result<()> {
    let head = "insert into assignment (id, title, way, people, posts, placed, input, \
                input_digest, outcome, outcome_digest, created_at)";
    let a = assignment;
    let row = vals![
        a.id,
        &a.title,
        a.way.code(),
        a.people,
        a.posts,
        a.placed,
        &texts.input,
        &a.input_digest,
        &texts.outcome,
        &a.outcome_digest,
        a.created_at,
    ];
    w.insert_many(head, "", [row]).await.map(drop)
}

#[cfg(test)]
pub(crate) mod tests {
    use model::{access::Actor, assignment::Way};
    use uuid::Uuid;

    use super::*;
    use crate::{
        Error,
        both::{both, deed},
    };

    pub(crate) fn assignment(n: u128) -> Assignment {
        Assignment {
            id: Id::new(Uuid::from_u128(n)),
            title: "春风行动".into(),
            way: Way::Stable,
            people: 3,
            posts: 2,
            placed: 2,
            input_digest: "in".into(),
            outcome_digest: "out".into(),
            created_at: deed("x").at,
        }
    }

    #[tokio::test]
    async fn an_assignment_comes_back_as_it_went_in_and_only_to_the_office() {
        both(async |db| {
            let texts_in = Texts { input: vec![1, 2], outcome: vec![3] };
            let mut w = db.write(deed("assignment.make")).await.unwrap();
            for n in 1..=3 {
                add(&mut w, &assignment(n), &texts_in).await.unwrap();
            }
            w.commit().await.unwrap();
            let mut r = db.read().await.unwrap();
            let (office, public) = (Actor::office("window").scope(), Actor::public().scope());
            let id = assignment(3).id;
            assert_eq!(find(&mut r, &office, id).await.unwrap(), assignment(3));
            assert_eq!(texts(&mut r, &office, id).await.unwrap(), texts_in);
            assert!(matches!(find(&mut r, &public, id).await, Err(Error::Absent(_))));
            assert!(matches!(texts(&mut r, &public, id).await, Err(Error::Absent(_))));
            let first = page(&mut r, &office, None, 2).await.unwrap();
            assert_eq!((first.items.len(), first.items[0].id), (2, id));
            let next = first.next.unwrap().parse().unwrap();
            let rest = page(&mut r, &office, Some(next), 2).await.unwrap();
            assert_eq!((rest.items, rest.next), (vec![assignment(1)], None));
        })
        .await;
    }
}
