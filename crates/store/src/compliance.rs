//! What the gate found in vacancies, as rows, and the queue of those that wait for a clerk.

use model::{
    Id,
    access::Scope,
    compliance::Finding,
    intake::file::Intake,
    page::Page,
    vacancy::{State, Vacancy},
};
use sqlx::AssertSqlSafe;

use crate::{Reader, Result, Val, Writer, access::managed, session::listed, vals};

/// What was found in one vacancy, and the row of the file it came in.
pub struct Found<'a> {
    pub vacancy: Id<Vacancy>,
    pub findings: &'a [Finding],
    pub settled: bool,
    pub source: Option<(Id<Intake>, i64)>,
}

const HEAD: &str = "insert into vacancy_finding (vacancy_id, number, rule, ground, strength, field, \
    begins, ends, words, bound, lawful, basis_zh, basis_en, settled, intake_id, line)";

/// Puts what is found now in the place of what was found before.
pub async fn replace(w: &mut Writer, found: &[Found<'_>], known: &[Id<Vacancy>]) -> Result<()> {
    for some in known.chunks(500) {
        let (list, args) = listed(some);
        let sql = format!("delete from vacancy_finding where vacancy_id in {list}");
        w.exec(AssertSqlSafe(sql), args).await?;
    }
    let mut rows = Vec::new();
    for of in found {
        rows.extend((1_i64..).zip(of.findings).map(|(n, finding)| row(of, n, finding)));
    }
    w.insert_many(HEAD, "", rows).await.map(drop)
}

fn row(of: &Found<'_>, number: i64, f: &Finding) -> Vec<Val> {
    let (intake, line) = of.source.unzip();
    vals![
        of.vacancy,
        number,
        &f.rule,
        &f.ground,
        f.strength.code(),
        &f.field,
        f.begins,
        f.ends,
        &f.words,
        &f.bound,
        &f.lawful,
        &f.basis_zh,
        &f.basis_en,
        of.settled,
        intake.map(Id::uuid),
        line,
    ]
}

const COLUMNS: &str = "rule, ground, strength, field, begins, ends, words, bound, lawful, basis_zh, \
    basis_en";

/// What was found in a vacancy.
pub async fn of(r: &mut Reader, _scope: &Scope, vacancy: Id<Vacancy>) -> Result<Vec<Finding>> {
    let sql =
        format!("select {COLUMNS} from vacancy_finding where vacancy_id = $1 order by number");
    r.all(AssertSqlSafe(sql), vals![vacancy]).await
}

/// Rule and words that a clerk has let be in these vacancies.
pub async fn settled(
    r: &mut Reader,
    ids: &[Id<Vacancy>],
) -> Result<Vec<(Id<Vacancy>, String, String)>> {
    let (list, args) = listed(ids);
    let sql = format!(
        "select vacancy_id, rule, words from vacancy_finding where settled and vacancy_id in {list}"
    );
    r.all(AssertSqlSafe(sql), args).await
}

/// Has a clerk let something be in it that was held?
pub async fn released(r: &mut Reader, vacancy: Id<Vacancy>) -> Result<bool> {
    let sql = "select number from vacancy_finding where vacancy_id = $1 and settled \
               and strength = 'hold' limit 1";
    let row: Option<(i64,)> = r.opt(sql, vals![vacancy]).await?;
    Ok(row.is_some())
}

/// A clerk has looked at everything that was found in the vacancy.
pub async fn settle(w: &mut Writer, vacancy: Id<Vacancy>) -> Result<()> {
    let sql = "update vacancy_finding set settled = true where vacancy_id = $1";
    w.exec(sql, vals![vacancy]).await.map(drop)
}

/// Vacancies that wait, or that were turned away, the longest waiting first.
pub async fn queue(
    r: &mut Reader,
    scope: &Scope,
    state: State,
    after: Option<Id<Vacancy>>,
    limit: usize,
) -> Result<Page<Vacancy>> {
    let own = managed(r.engine(), scope);
    let sql =
        format!("select * from vacancy where state = $1 and id > $2{own} order by id limit $3");
    let from = after.unwrap_or(Id::new(uuid::Uuid::nil()));
    let rows = i64::try_from(limit).unwrap_or(i64::MAX).saturating_add(1);
    let mut items: Vec<Vacancy> =
        r.all(AssertSqlSafe(sql), vals![state.code(), from, rows]).await?;
    let more = items.len() > limit;
    items.truncate(limit);
    let next = items.last().filter(|_| more).map(|v| v.id.to_string());
    Ok(Page { items, next })
}

/// The findings of these vacancies, in the order of their numbers.
pub async fn of_all(
    r: &mut Reader,
    _scope: &Scope,
    ids: &[Id<Vacancy>],
) -> Result<Vec<(Id<Vacancy>, Finding)>> {
    let (list, args) = listed(ids);
    let sql = format!(
        "select vacancy_id, {COLUMNS} from vacancy_finding where vacancy_id in {list} \
         order by vacancy_id, number"
    );
    let rows: Vec<Of> = r.all(AssertSqlSafe(sql), args).await?;
    Ok(rows.into_iter().map(|of| (of.vacancy_id, of.finding)).collect())
}

#[derive(sqlx::FromRow)]
struct Of {
    vacancy_id: Id<Vacancy>,
    #[sqlx(flatten)]
    finding: Finding,
}

/// One row of a file that was not published as it came, or was with a note.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Told {
    pub vacancy_id: Id<Vacancy>,
    pub line: i64,
    pub state: State,
    pub rule: String,
    pub strength: model::compliance::Strength,
    pub words: String,
}

/// What the gate found in the rows of one file, by the lines of the file, from after `after`.
pub async fn of_intake(
    r: &mut Reader,
    _scope: &Scope,
    intake: Id<Intake>,
    after: i64,
    limit: i64,
) -> Result<Vec<Told>> {
    let sql = "select vacancy_id, line, state, rule, strength, words from vacancy_finding \
               join vacancy on vacancy.id = vacancy_id where intake_id = $1 and line > $2 \
               and strength in ('hold', 'refuse') order by line, number limit $3";
    r.all(sql, vals![intake, after, limit]).await
}

/// For each rule how many vacancies of the file it concerns.
pub async fn by_rule(
    r: &mut Reader,
    _scope: &Scope,
    intake: Id<Intake>,
) -> Result<Vec<(String, model::compliance::Strength, i64)>> {
    let sql = "select rule, strength, cast(count(distinct vacancy_id) as bigint) as many \
               from vacancy_finding where intake_id = $1 and strength <> 'lawful' \
               group by rule, strength order by many desc, rule";
    r.all(sql, vals![intake]).await
}

/// How often a condition is asked for among the published vacancies of an occupation.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Asked {
    pub occupation: String,
    pub education: Option<String>,
    pub experience_min: Option<i64>,
    pub many: i64,
}

/// What the published vacancies ask for, of one occupation or of all.
pub async fn asked(r: &mut Reader, _scope: &Scope, occupation: Option<&str>) -> Result<Vec<Asked>> {
    let (only, args) = match occupation {
        Some(code) => (" and occupation = $1", vals![code]),
        None => (" and occupation <> ''", vals![]),
    };
    let sql = format!(
        "select occupation, education, experience_min, cast(count(*) as bigint) as many \
         from vacancy where state = 'published'{only} \
         group by occupation, education, experience_min"
    );
    r.all(AssertSqlSafe(sql), args).await
}

#[cfg(test)]
mod tests {
    use model::compliance::Strength;

    use super::*;
    use crate::both::{both, deed};

    fn finding(rule: &str, words: &str) -> Finding {
        Finding {
            rule: rule.into(),
            ground: "V-2".into(),
            strength: Strength::Hold,
            field: "duties".into(),
            begins: 2,
            ends: 5,
            words: words.into(),
            bound: String::new(),
            lawful: String::new(),
            basis_zh: "就业促进法".into(),
            basis_en: "Employment Promotion Law".into(),
        }
    }

    #[tokio::test]
    async fn what_is_found_now_takes_the_place_of_what_was_found() {
        both(async |db| {
            let scope = model::access::Actor::program("test").scope();
            crate::vacancy::tests::with(&db, 1).await;
            let vacancy: Id<Vacancy> = Id::new(uuid::Uuid::from_u128(1));
            let intake: Id<Intake> = Id::new(uuid::Uuid::from_u128(7));
            let old = [finding("sex", "限男性"), finding("hukou", "本地户口")];
            let source = Some((intake, 4));
            let first = Found { vacancy, findings: &old, settled: true, source };
            let then = Found { vacancy, findings: &old[..1], settled: false, source };
            let mut w = db.write(deed("vacancy.import")).await.unwrap();
            replace(&mut w, &[first], &[]).await.unwrap();
            assert_eq!(settled(&mut w, &[vacancy]).await.unwrap().len(), 2);
            replace(&mut w, &[then], &[vacancy]).await.unwrap();
            assert_eq!(of(&mut w, &scope, vacancy).await.unwrap(), old[..1]);
            assert!(settled(&mut w, &[vacancy]).await.unwrap().is_empty());
            settle(&mut w, vacancy).await.unwrap();
            let (_, rule, words) = settled(&mut w, &[vacancy]).await.unwrap().remove(0);
            assert_eq!((rule.as_str(), words.as_str()), ("sex", "限男性"));
            let told = of_intake(&mut w, &scope, intake, 0, 10).await.unwrap();
            assert_eq!((told[0].line, told[0].rule.as_str()), (4, "sex"));
            let many = by_rule(&mut w, &scope, intake).await.unwrap();
            assert_eq!(many, [("sex".to_owned(), Strength::Hold, 1)]);
            assert_eq!(of_all(&mut w, &scope, &[vacancy]).await.unwrap().len(), 1);
            w.commit().await.unwrap();
        })
        .await;
    }
}
