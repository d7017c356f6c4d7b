//! What was looked for, as rows of counts.

use chrono::NaiveDate;
use model::{
    access::Scope,
    inquiry::{Inquiry, Span},
};
use sqlx::AssertSqlSafe;

use crate::{Reader, Result, Val, Writer, vals};

const HEAD: &str = "insert into inquiry (day, region, occupation, words, asked, missed)";
const TAIL: &str = "on conflict (day, region, occupation, words) do update \
    set asked = inquiry.asked + excluded.asked, missed = inquiry.missed + excluded.missed";

/// The most rows of a report.
const MOST: i64 = 50_000;

fn row(inquiry: &Inquiry) -> Vec<Val> {
    let Inquiry { day, region, occupation, words, asked, missed } = inquiry;
    vals![*day, region, occupation, words, *asked, *missed]
}

/// Adds to what was counted. No two rows may have the same key.
pub async fn add(w: &mut Writer, inquiries: &[Inquiry]) -> Result<()> {
    w.insert_many(HEAD, TAIL, inquiries.iter().map(row)).await.map(drop)
}

/// Only the office reads what people look for.
const fn seen(scope: &Scope) -> &'static str {
    if scope.staff() { "" } else { " and 1 = 0" }
}

/// What was asked in a span, the oldest day first; words for which fewer than `least` asked in it
/// are not told apart from none.
pub async fn of_span(
    r: &mut Reader,
    scope: &Scope,
    span: &Span,
    least: i64,
) -> Result<Vec<Inquiry>> {
    let everywhere = || (String::new(), "a".to_owned());
    let (from, to) = span.region.as_ref().map_or_else(everywhere, model::region::Code::subtree);
    let occupation = span.occupation.clone().unwrap_or_default();
    // a node, and what begins with it and a dash: the dot follows the dash in every collation of ours
    let (below, beyond) = (format!("{occupation}-"), format!("{occupation}."));
    let within = format!(
        "day >= $1 and day <= $2 and region >= $3 and region < $4 \
         and ($5 = '' or occupation = $5 or (occupation >= $6 and occupation < $7)){}",
        seen(scope)
    );
    let sql = format!(
        "select day, region, occupation, shown as words, cast(sum(asked) as bigint) as asked, \
         cast(sum(missed) as bigint) as missed from (select day, region, occupation, \
         case when words in (select words from inquiry where day >= $1 and day <= $2 \
         group by words having sum(asked) >= $8) then words else '' end as shown, asked, missed \
         from inquiry where {within}) as told group by day, region, occupation, shown \
         order by day, region, occupation, shown limit $9"
    );
    let args = vals![span.from, span.to, from, to, occupation, below, beyond, least, MOST];
    r.all(AssertSqlSafe(sql), args).await
}

/// Words that at least `least` have asked for since a day, mostly with an answer: words, region,
/// how often.
pub async fn often(
    r: &mut Reader,
    scope: &Scope,
    since: NaiveDate,
    least: i64,
) -> Result<Vec<(String, String, i64)>> {
    let sql = format!(
        "select words, region, cast(sum(asked) as bigint) from inquiry where day >= $1 \
         and words in (select words from inquiry where day >= $1 and words <> '' \
         group by words having sum(asked) >= $2 and sum(missed) * 2 < sum(asked)){} \
         group by words, region order by words, region limit $3",
        seen(scope)
    );
    r.all(AssertSqlSafe(sql), vals![since, least, MOST]).await
}

/// Forgets the words of all days before `day` for which fewer than `least` asked in all of them;
/// the counts stay.
pub async fn forget_words(w: &mut Writer, day: NaiveDate, least: i64) -> Result<u64> {
    let rare = "day < $1 and words <> '' and words not in (select words from inquiry \
                group by words having sum(asked) >= $2)";
    let sql = format!(
        "select day, region, occupation, '' as words, cast(sum(asked) as bigint) as asked, \
         cast(sum(missed) as bigint) as missed from inquiry where {rare} \
         group by day, region, occupation"
    );
    let counts: Vec<Inquiry> = w.all(AssertSqlSafe(sql), vals![day, least]).await?;
    let gone = format!("delete from inquiry where {rare}");
    let gone = w.exec(AssertSqlSafe(gone), vals![day, least]).await?;
    add(w, &counts).await?;
    Ok(gone)
}

#[cfg(test)]
mod tests {
    use model::access::Actor;

    use super::*;
    use crate::{
        Db,
        both::{both, deed},
    };

    fn day(d: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, d).unwrap()
    }

    fn inquiry(d: u32, region: &str, words: &str, asked: i64, missed: i64) -> Inquiry {
        let (region, words) = (region.into(), words.into());
        Inquiry { day: day(d), region, occupation: "6-18-02-04".into(), words, asked, missed }
    }

    async fn with(db: &Db, rows: &[Inquiry]) {
        let mut w = db.write(deed("inquiry.note")).await.unwrap();
        add(&mut w, rows).await.unwrap();
        w.commit().await.unwrap();
    }

    fn span(region: &str, occupation: &str) -> Span {
        let occupation = Some(occupation.to_owned()).filter(|code| !code.is_empty());
        Span { from: day(1), to: day(30), region: region.parse().ok(), occupation }
    }

    async fn told(db: &Db, span: &Span, least: i64) -> Vec<Inquiry> {
        let scope = Actor::office("test").scope();
        of_span(&mut db.read().await.unwrap(), &scope, span, least).await.unwrap()
    }

    #[tokio::test]
    async fn counts_add_up_and_rare_words_are_not_told() {
        both(async |db| {
            with(&db, &[inquiry(1, "620502", "焊工", 2, 0), inquiry(1, "620502", "无人机", 1, 1)])
                .await;
            with(&db, &[inquiry(1, "620502", "焊工", 3, 1), inquiry(2, "110105", "", 1, 1)]).await;
            let all = [
                inquiry(1, "620502", "", 1, 1),
                inquiry(1, "620502", "焊工", 5, 1),
                inquiry(2, "110105", "", 1, 1),
            ];
            assert_eq!(told(&db, &span("", ""), 3).await, all);
            assert_eq!(told(&db, &span("620500", ""), 3).await.len(), 2);
            assert_eq!(told(&db, &span("", "6-18"), 3).await.len(), 3);
            assert_eq!(told(&db, &span("", "6-1"), 3).await.len(), 0);
            let public = Actor::public().scope();
            let mut r = db.read().await.unwrap();
            assert!(of_span(&mut r, &public, &span("", ""), 1).await.unwrap().is_empty());
        })
        .await;
    }

    #[tokio::test]
    async fn what_many_ask_for_is_known_and_what_few_asked_for_is_forgotten() {
        both(async |db| {
            with(&db, &[inquiry(1, "620502", "焊工", 4, 0), inquiry(2, "620503", "焊工", 1, 0)])
                .await;
            with(&db, &[inquiry(1, "620502", "无人机", 2, 2), inquiry(9, "620502", "月嫂", 2, 2)])
                .await;
            let scope = Actor::program("suggester").scope();
            let mut r = db.read().await.unwrap();
            let often = often(&mut r, &scope, day(1), 5).await.unwrap();
            let row = |region: &str, count| ("焊工".to_owned(), region.to_owned(), count);
            assert_eq!(often, [row("620502", 4), row("620503", 1)]);
            drop(r);
            let mut w = db.write(deed("inquiry.settle")).await.unwrap();
            assert_eq!(forget_words(&mut w, day(9), 5).await.unwrap(), 1);
            w.commit().await.unwrap();
            let left = told(&db, &span("", ""), 1).await;
            assert_eq!(left.iter().filter(|row| row.words == "无人机").count(), 0);
            assert_eq!(left.iter().filter(|row| row.words == "月嫂").count(), 1);
            assert_eq!(left.iter().map(|row| row.asked).sum::<i64>(), 9);
        })
        .await;
    }
}
