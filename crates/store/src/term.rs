//! Figures from regulations: those of the seed, and those that an office has added.

use chrono::{DateTime, Utc};
use model::{access::Scope, term::Term};

use crate::{Reader, Result, Writer, vals};

/// Every row of both tables; an office's own come last.
pub(crate) async fn all(r: &mut Reader) -> Result<Vec<Term>> {
    let sql = "select key, region, value, unit, valid_from, valid_to, basis from term";
    let mut terms: Vec<Term> = r.all(sql, vals![]).await?;
    terms.extend(kept(r).await?);
    Ok(terms)
}

async fn kept(r: &mut Reader) -> Result<Vec<Term>> {
    let sql = "select key, region, value, unit, valid_from, valid_to, basis from term_kept";
    r.all(sql, vals![]).await
}

/// Every row of the keys that begin so, newest first at each place; whether an office added it.
pub async fn like(r: &mut Reader, _scope: &Scope, key: &str) -> Result<Vec<(Term, bool)>> {
    let own = kept(r).await?;
    let mut terms = all(r).await?;
    terms.retain(|term| term.key.starts_with(key));
    terms.sort_by(|a, b| (&a.region, &a.key, b.valid_from).cmp(&(&b.region, &b.key, a.valid_from)));
    Ok(terms
        .into_iter()
        .map(|term| {
            let is_own = own.contains(&term);
            (term, is_own)
        })
        .collect())
}

/// Adds a row. [`crate::Error::Duplicate`] where one begins on the same day.
pub async fn keep(w: &mut Writer, term: &Term, at: DateTime<Utc>) -> Result<()> {
    let sql = "insert into term_kept (key, region, value, unit, valid_from, valid_to, basis, \
               kept_at) values ($1, $2, $3, $4, $5, $6, $7, $8)";
    let args = vals![
        &term.key,
        &term.region,
        term.value,
        &term.unit,
        term.valid_from,
        term.valid_to,
        &term.basis,
        at
    ];
    w.exec(sql, args).await.map(drop)
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;
    use model::access::Actor;

    use super::*;
    use crate::both::{both, deed};

    #[tokio::test]
    async fn an_offices_own_row_stands_beside_those_of_the_seed() {
        both(async |db| {
            crate::reference::load(&db, deed("x").at).await.unwrap();
            let own = Term {
                key: "minimum_wage_month".into(),
                region: "620000".into(),
                value: 1_990.0,
                unit: "CNY/month".into(),
                valid_from: NaiveDate::from_ymd_opt(2026, 7, 1).unwrap(),
                valid_to: None,
                basis: "test".into(),
            };
            let mut w = db.write(deed("term.keep")).await.unwrap();
            keep(&mut w, &own, deed("x").at).await.unwrap();
            w.commit().await.unwrap();
            let mut r = db.read().await.unwrap();
            let scope = Actor::public().scope();
            let rows = like(&mut r, &scope, "minimum_wage").await.unwrap();
            let here: Vec<_> = rows
                .iter()
                .filter(|(t, _)| t.region == "620000" && t.key == own.key)
                .map(|(t, is_own)| (t.value, *is_own))
                .collect();
            assert_eq!(here, [(1_990.0, true), (1_850.0, false), (1_470.0, false)]);
            drop(r);
            let mut w = db.write(deed("term.keep")).await.unwrap();
            let again = keep(&mut w, &own, deed("x").at).await;
            assert!(matches!(again, Err(crate::Error::Duplicate)), "{again:?}");
        })
        .await;
    }
}
