//! Weights as rows: every version stays.

use model::matching::Weights;
use sqlx::AssertSqlSafe;

use crate::{Reader, Result, Writer, vals};

/// Every version, newest first.
pub async fn all(r: &mut Reader) -> Result<Vec<Weights>> {
    r.all("select * from matching_weight order by version desc", vals![]).await
}

/// Adds a version. [`crate::Error::Duplicate`] where somebody else was quicker.
pub async fn add(w: &mut Writer, row: &Weights) -> Result<()> {
    let names: Vec<&str> = Weights::names().collect();
    let binds: Vec<String> = (1..=names.len() + 3).map(|n| format!("${n}")).collect();
    let sql = format!(
        "insert into matching_weight (version, valid_from, {}, basis) values ({})",
        names.join(", "),
        binds.join(", ")
    );
    let mut args = vals![row.version, row.valid_from];
    args.extend(Weights::names().map(|name| row.get(name).into()));
    args.push(row.basis.as_str().into());
    w.exec(AssertSqlSafe(sql), args).await.map(drop)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::both::{both, deed};

    #[tokio::test]
    async fn a_version_more_comes_back_as_it_was_written_and_the_old_ones_stay() {
        both(async |db| {
            let mut r = db.read().await.unwrap();
            let before = all(&mut r).await.unwrap();
            drop(r);
            let mut next = before[0].clone();
            next.version += 1;
            next.basis = "local wages".into();
            for (n, name) in (1..).zip(Weights::names()) {
                *next.slot(name).unwrap() = n;
            }
            let mut w = db.write(deed("matching.weigh")).await.unwrap();
            add(&mut w, &next).await.unwrap();
            w.commit().await.unwrap();
            let after = all(&mut db.read().await.unwrap()).await.unwrap();
            assert_eq!(after[0], next);
            assert_eq!(after[1..], before[..]);
        })
        .await;
    }
}
