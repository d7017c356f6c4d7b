//! The list of tables and columns, read from `migrations/seed/inventory*.csv` in the program.

use std::sync::LazyLock;

use model::inventory::{Class, Column, Forget, Table};

use crate::reference::seed;

/// All tables in the order in which migrations made them: those that refer to others come after them.
pub fn tables() -> &'static [Table] {
    static TABLES: LazyLock<Vec<Table>> = LazyLock::new(read);
    &TABLES
}

fn read() -> Vec<Table> {
    let columns = seed("inventory");
    let table = |row: &Vec<String>| {
        let [name, who, account, forget, zh, en, kept] = row.as_slice() else { return None };
        let own = columns.iter().filter(|row| row.first() == Some(name));
        Some(Table {
            name: name.clone(),
            who: who.split_whitespace().map(str::to_owned).collect(),
            account: Some(account.clone()).filter(|column| !column.is_empty()),
            rows_go: forget == "rows",
            purpose: [zh.clone(), en.clone()],
            kept: kept.clone(),
            columns: own.filter_map(column).collect(),
        })
    };
    seed("inventory_table").iter().filter_map(table).collect()
}

/// A word that is none of the list leaves its column out: the test that compares names it.
fn column(row: &Vec<String>) -> Option<Column> {
    let [_, name, class, forget, zh, en] = row.as_slice() else { return None };
    let (class, forget): (Class, Forget) = (class.parse().ok()?, forget.parse().ok()?);
    Some(Column { name: name.clone(), class, forget, words: [zh.clone(), en.clone()] })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::both::both;

    #[tokio::test]
    async fn every_column_of_every_table_has_its_row() {
        both(async |db| {
            let mut r = db.read().await.unwrap();
            let found = crate::backup::tables(&mut r).await.unwrap();
            let there: BTreeSet<(String, String)> = found
                .iter()
                .flat_map(|table| {
                    table.columns.iter().map(|c| (table.name.clone(), c.name.clone()))
                })
                .collect();
            let listed: BTreeSet<(String, String)> = tables()
                .iter()
                .flat_map(|table| {
                    table.columns.iter().map(|c| (table.name.clone(), c.name.clone()))
                })
                .collect();
            let missing: Vec<_> = there.difference(&listed).collect();
            let gone: Vec<_> = listed.difference(&there).collect();
            let file = "migrations/seed/inventory.csv and inventory_table.csv";
            assert!(missing.is_empty(), "not in {file}: {missing:?}");
            assert!(gone.is_empty(), "in {file} and not in the tables: {gone:?}");
            println!("{} columns of {} tables", listed.len(), tables().len());
        })
        .await;
    }

    #[test]
    fn every_table_says_what_it_is_for_and_every_person_is_found_in_it() {
        for table in tables() {
            let words = [&table.purpose[0], &table.purpose[1], &table.kept];
            assert!(words.iter().all(|word| word.chars().count() > 1), "{}", table.name);
            let has = |name: &str| table.columns.iter().any(|column| column.name == name);
            assert!(table.who.iter().all(|name| has(name)), "{}", table.name);
            assert!(table.account.iter().all(|name| has(name)), "{}", table.name);
            // a column with such a name names a person: the table must say what becomes of it
            if has("jobseeker_id") || has("jobseeker") {
                assert!(table.personal(), "{}: who?", table.name);
            }
            let sealed = |column: &&Column| column.class == Class::Identity;
            for column in table.columns.iter().filter(sealed) {
                let goes = table.rows_go
                    || table.account.is_some()
                    || !table.personal()
                    || column.forget != Forget::Keep;
                assert!(goes, "{}.{} stays when somebody is erased", table.name, column.name);
            }
        }
    }
}
