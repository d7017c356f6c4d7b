//! The reference tables: loaded from the seeds inside the program, read into memory as a whole.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use model::{
    compliance::Gate,
    matching::Catalogue,
    occupation::{Occupation, classify::Classifier},
    reference::Reference,
    region::{Region, gazetteer::Gazetteer},
    skill::{Skill, Training, lexicon::Lexicon},
    term::Terms,
    title::{Texts, Word},
};
use rust_embed::RustEmbed;
use sqlx::AssertSqlSafe;

use crate::{Db, Deed, Error, Reader, Result, Val, session::listed, vals};

#[derive(RustEmbed)]
#[folder = "../../migrations/seed"]
struct Seeds;

/// What stands in a column of a file.
#[derive(Clone, Copy)]
enum Kind {
    Text,
    Whole,
    Real,
    Day,
    Flag,
}
use Kind::{Day, Flag, Real, Text, Whole};

/// A table and its file `<name>.csv`, with the same columns in the same order.
struct Table {
    name: &'static str,
    clear: &'static str,
    head: &'static str,
    kinds: &'static [Kind],
}

const TABLES: &[Table] = &[
    Table {
        name: "region",
        clear: "delete from region",
        head: "insert into region (code, level, name, parent, pinyin, aliases, longitude, \
               latitude, valid_from, valid_to, successor)",
        kinds: &[Text, Whole, Text, Text, Text, Text, Real, Real, Day, Day, Text],
    },
    Table {
        name: "occupation",
        clear: "delete from occupation",
        head: "insert into occupation (code, level, name, parent, definition, aliases, edition)",
        kinds: &[Text, Whole, Text, Text, Text, Text, Text],
    },
    Table {
        name: "industry",
        clear: "delete from industry",
        head: "insert into industry (code, level, name, parent)",
        kinds: &[Text, Whole, Text, Text],
    },
    Table {
        name: "education",
        clear: "delete from education",
        head: "insert into education (code, gbt4658, step, name_zh, name_en)",
        kinds: &[Text, Text, Whole, Text, Text],
    },
    Table {
        name: "skill_grade",
        clear: "delete from skill_grade",
        head: "insert into skill_grade (code, step, name_zh, name_en)",
        kinds: &[Text, Whole, Text, Text],
    },
    Table {
        name: "contract_form",
        clear: "delete from contract_form",
        head: "insert into contract_form (code, name_zh, name_en)",
        kinds: &[Text, Text, Text],
    },
    Table {
        name: "skill",
        clear: "delete from skill",
        head: "insert into skill (code, name_zh, name_en, aliases, occupation, licence)",
        kinds: &[Text, Text, Text, Text, Text, Flag],
    },
    Table {
        name: "synonym",
        clear: "delete from synonym",
        head: "insert into synonym (words, wider, occupation)",
        kinds: &[Text, Text, Text],
    },
    Table {
        name: "term",
        clear: "delete from term",
        head: "insert into term (key, region, value, unit, valid_from, valid_to, basis)",
        kinds: &[Text, Text, Real, Text, Day, Day, Text],
    },
    Table {
        name: "compliance",
        clear: "delete from compliance",
        head: "insert into compliance (code, ground, strength, lifts, reach, region, valid_from, \
               valid_to, basis_zh, basis_en, note)",
        kinds: &[Text, Text, Text, Text, Text, Text, Day, Day, Text, Text, Text],
    },
    Table {
        name: "statute",
        clear: "delete from statute",
        head: "insert into statute (occupation, titles, except_titles, skill, valid_from, \
               valid_to, basis_zh, basis_en, note)",
        kinds: &[Text, Text, Text, Text, Day, Day, Text, Text, Text],
    },
    Table {
        name: "compliance_wording",
        clear: "delete from compliance_wording",
        head: "insert into compliance_wording (rule, pattern)",
        kinds: &[Text, Text],
    },
    Table {
        name: "training",
        clear: "delete from training",
        head: "insert into training (skill, name_zh, name_en, examiner_zh, examiner_en, source)",
        kinds: &[Text, Text, Text, Text, Text, Text],
    },
    Table {
        name: "skill_related",
        clear: "delete from skill_related",
        head: "insert into skill_related (code, related, strength)",
        kinds: &[Text, Text, Whole],
    },
    Table {
        name: "occupation_related",
        clear: "delete from occupation_related",
        head: "insert into occupation_related (code, related, strength)",
        kinds: &[Text, Text, Whole],
    },
];

/// Brings the tables to the edition inside the program, each in one transaction; gives the names of
/// those that were behind. Nothing is written when none was.
pub async fn load(db: &Db, at: DateTime<Utc>) -> Result<Vec<&'static str>> {
    let mut r = db.read().await?;
    let known: Vec<(String, String)> = r.all("select name, digest from seed", vals![]).await?;
    drop(r);
    let known: HashMap<String, String> = known.into_iter().collect();
    let mut loaded = Vec::new();
    for table in TABLES {
        let path = format!("{}.csv", table.name);
        let file = Seeds::get(&path).ok_or_else(|| Error::Seed(format!("{path} is missing")))?;
        let digest = hex(file.metadata.sha256_hash());
        if known.get(table.name) != Some(&digest)
            && replace(db, table, &file.data, &digest, at).await?
        {
            loaded.push(table.name);
        }
    }
    Ok(loaded)
}

/// The words of the reference tables in the form in which rules read with them, as of `day`.
pub async fn read(r: &mut Reader, day: NaiveDate) -> Result<Reference> {
    let regions: Vec<Region> = r.all("select * from region", vals![]).await?;
    let occupations: Vec<Occupation> = r.all("select * from occupation", vals![]).await?;
    let skills: Vec<Skill> = r.all("select * from skill", vals![]).await?;
    let terms = crate::term::all(r).await?;
    let rules = r.all("select * from compliance order by code, valid_from", vals![]).await?;
    let wordings =
        r.all("select * from compliance_wording order by rule, pattern", vals![]).await?;
    let statutes = r.all("select * from statute order by occupation, skill, valid_from", vals![]);
    let catalogue = Catalogue::new(&regions, &occupations, &skills).under(statutes.await?).into();
    Ok(Reference {
        catalogue,
        places: Gazetteer::new(regions),
        occupations: Classifier::new(occupations, texts),
        skills: Lexicon::new(skills),
        english: pairs("occupation_english"),
        synonyms: r.all("select * from synonym order by words", vals![]).await?,
        gate: Gate::new(rules, wordings),
        terms: Terms::on(day, terms),
    })
}

/// The classifier of the tables inside the program, for commands that need no database.
pub fn classifier() -> Classifier {
    let occupation = |row: Vec<String>| {
        let mut cells = row.into_iter();
        let mut next = || cells.next().unwrap_or_default();
        Occupation {
            code: next(),
            level: next().parse().unwrap_or_default(),
            name: next(),
            parent: next(),
            definition: next(),
            aliases: next(),
            edition: next(),
        }
    };
    Classifier::new(seed("occupation").into_iter().map(occupation).collect(), texts)
}

/// The rows of a file of two columns.
fn pairs<C: FromIterator<(String, String)>>(name: &str) -> C {
    let pair = |row: Vec<String>| <[String; 2]>::try_from(row).ok().map(Into::into);
    seed(name).into_iter().filter_map(pair).collect()
}

/// What titles are understood with: files inside the program, too much for most processes to read.
fn texts() -> Texts {
    let word = |row: Vec<String>| {
        let [concept, broader, zh, en] = <[String; 4]>::try_from(row).ok()?;
        Some(Word { concept, broader, words: format!("{zh}|{en}") })
    };
    Texts {
        titles: pairs("occupation_title"),
        tasks: pairs("occupation_task"),
        labels: pairs("esco"),
        bridge: pairs("isco_bridge"),
        words: seed("title_word").into_iter().filter_map(word).collect(),
    }
}

/// The rows of a file inside the program, without its heading.
pub(crate) fn seed(name: &str) -> Vec<Vec<String>> {
    let Some(file) = Seeds::get(&format!("{name}.csv")) else { return Vec::new() };
    let records = csv::Reader::from_reader(&*file.data).into_records().filter_map(Result::ok);
    records.map(|record| record.iter().map(str::to_owned).collect()).collect()
}

/// How these skills can be had, of those for which the table knows a way.
pub async fn trainings(r: &mut Reader, skills: &[String]) -> Result<Vec<Training>> {
    let (list, args) = listed(skills);
    r.all(AssertSqlSafe(format!("select * from training where skill in {list}")), args).await
}

fn hex(bytes: [u8; 32]) -> String {
    let digit = |half: u8| char::from_digit(u32::from(half), 16).unwrap_or_default();
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}

/// Puts a file in the place of a table's rows; false where another process was quicker.
async fn replace(
    db: &Db,
    table: &Table,
    file: &[u8],
    digest: &str,
    at: DateTime<Utc>,
) -> Result<bool> {
    let rows = table.rows(file)?;
    let mut w = db.write(Deed { name: "reference.load", actor: "program".into(), at }).await?;
    // the row of the edition is taken first: whoever waits for it finds it new and leaves it
    let edition = "insert into seed (name, digest, loaded_at) values ($1, $2, $3) on conflict (name) \
                   do update set digest = excluded.digest, loaded_at = excluded.loaded_at \
                   where seed.digest <> excluded.digest";
    if w.exec(edition, vals![table.name, digest, at]).await? == 0 {
        return Ok(false);
    }
    w.exec(table.clear, vals![]).await?;
    w.insert_many(table.head, "", rows).await?;
    w.commit().await?;
    Ok(true)
}

impl Table {
    fn rows(&self, file: &[u8]) -> Result<Vec<Vec<Val>>> {
        let broken = |why: &dyn std::fmt::Display| Error::Seed(format!("{}.csv: {why}", self.name));
        let mut cells: Vec<Vec<String>> = Vec::new();
        for record in csv::Reader::from_reader(file).into_records() {
            let record = record.map_err(|e| broken(&e))?;
            cells.push(record.iter().map(str::to_owned).collect());
        }
        if self.name == "region" {
            complete(&mut cells);
        }
        let value = |(kind, cell): (&Kind, &String)| {
            kind.value(cell).ok_or_else(|| broken(&format!("\"{cell}\" is not readable")))
        };
        cells.iter().map(|row| self.kinds.iter().zip(row).map(value).collect()).collect()
    }
}

impl Kind {
    fn value(self, cell: &str) -> Option<Val> {
        let empty = cell.is_empty();
        Some(match self {
            Self::Text => Val::from(cell),
            Self::Whole => Val::from(cell.parse::<i64>().ok()?),
            Self::Flag => Val::from(cell.parse::<bool>().ok()?),
            Self::Real if empty => Val::F64(None),
            Self::Real => Val::from(cell.parse::<f64>().ok()?),
            Self::Day if empty => Val::Date(None),
            Self::Day => Val::from(cell.parse::<NaiveDate>().ok()?),
        })
    }
}

/// A place without a point of its own stands where the one above does, which comes before it in
/// the file; a code whose beginning the sources do not know is as old as the standard, GB 2260-80.
fn complete(rows: &mut [Vec<String>]) {
    let mut points: HashMap<String, [String; 2]> = HashMap::new();
    for row in rows {
        let [code, _, _, parent, _, _, longitude, latitude, valid_from, ..] = row.as_mut_slice()
        else {
            continue;
        };
        if longitude.is_empty()
            && let Some([x, y]) = points.get(parent)
        {
            longitude.clone_from(x);
            latitude.clone_from(y);
        }
        if valid_from.is_empty() {
            "1980-01-01".clone_into(valid_from);
        }
        if code.len() == 6 {
            points.insert(code.clone(), [longitude.clone(), latitude.clone()]);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::both::both;

    fn noon() -> DateTime<Utc> {
        DateTime::from_timestamp(1_780_000_000, 0).unwrap()
    }

    #[tokio::test]
    async fn a_second_start_loads_nothing() {
        both(async |db| {
            assert_eq!(load(&db, noon()).await.unwrap().len(), TABLES.len());
            assert!(load(&db, noon()).await.unwrap().is_empty());
            let mut r = db.read().await.unwrap();
            let count = "select cast(count(*) as bigint) from region where level = 4";
            let (townships,): (i64,) = r.one("region", count, vals![]).await.unwrap();
            assert_eq!(townships, 41_352);
        })
        .await;
    }

    #[tokio::test]
    async fn a_table_of_another_edition_is_replaced() {
        both(async |db| {
            load(&db, noon()).await.unwrap();
            let mut w = db.write(crate::both::deed("reference.load")).await.unwrap();
            w.exec("update seed set digest = 'old' where name = 'term'", vals![]).await.unwrap();
            w.exec("delete from term", vals![]).await.unwrap();
            w.commit().await.unwrap();
            assert_eq!(load(&db, noon()).await.unwrap(), ["term"]);
        })
        .await;
    }

    #[tokio::test]
    async fn what_was_loaded_reads_what_people_write() {
        both(async |db| {
            load(&db, noon()).await.unwrap();
            let mut r = db.read().await.unwrap();
            let reference = read(&mut r, noon().date_naive()).await.unwrap();
            let place = reference.places.read("甘肃省天水市秦州区", "");
            assert_eq!(place.region, "620502");
            let township = reference.places.find("110105028").unwrap();
            assert!(township.longitude.is_some() && township.valid_to.is_none());
            let days = reference.terms.find("working_days_per_month", "").unwrap();
            assert!((days.value - 21.75).abs() < f64::EPSILON && days.basis.contains("2025"));
            assert_eq!(reference.occupations.find("6-18-02-04").unwrap().name, "焊工");
        })
        .await;
    }
}
