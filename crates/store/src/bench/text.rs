//! What the two engines are asked, in their own words. Values are numbers and tokens that the
//! measurement itself has made; they stand in the text, as in a statement prepared once.

use super::{Asked, COLUMNS, Document, SQUEEZE, Work};

/// One processor, no compiling of queries, memory to sort in.
pub(super) const SETTINGS: &[&str] = &[
    "set max_parallel_workers_per_gather = 0",
    "set max_parallel_maintenance_workers = 0",
    "set jit = off",
    "set work_mem = '256MB'",
    "set maintenance_work_mem = '1GB'",
    "set synchronous_commit = off",
];

pub(super) const POSTGRES: &str = "create unlogged table doc (id integer not null, tsv tsvector not null, \
    city integer, county integer, minor integer, education integer, experience integer, form integer, \
    pay_to integer, wage_step integer, posted integer, age integer, benefits integer, expires integer, \
    at point)";

pub(super) const POSTGRES_INDEXES: &[&str] = &[
    "create index doc_tsv on doc using gin (tsv) with (fastupdate = off)",
    "create index doc_at on doc using gist (at)",
    "create index doc_deep on doc (city, minor, form, posted desc, id) \
     include (education, experience, pay_to, expires)",
    "create index doc_posted on doc (posted desc, id)",
    "vacuum (analyze) doc",
];

pub(super) const SQLITE: &str = "create virtual table fts using fts5(title, body, content='', \
    detail=column, columnsize=0, tokenize=\"unicode61 remove_diacritics 0 tokenchars '+#.-=_~:&/'\"); \
    create virtual table place using rtree(id, west, east, south, north); \
    create table doc (id integer primary key, city integer, county integer, minor integer, \
    education integer, experience integer, form integer, pay_to integer, wage_step integer, \
    posted integer, age integer, benefits integer, expires integer, longitude real, latitude real)";

pub(super) const SQLITE_ROW: &str = "insert into doc values \
    ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)";

pub(super) const SQLITE_INDEXES: &[&str] = &[
    "insert into fts (fts) values ('optimize')",
    "create index doc_deep on doc (city, minor, form, posted desc, id, education, experience, \
     pay_to, expires)",
    "analyze",
];

/// The facets, by their columns.
const FACES: [&str; 8] =
    ["county", "minor", "education", "experience", "form", "wage_step", "age", "benefits"];

/// The token of a city, so that the list of words knows it too.
fn city(number: i64) -> String {
    format!("c:{number}")
}

/// A row of `copy`.
pub(super) fn copied(document: &Document) -> String {
    let mut row =
        format!("{}\t'{}'", document.id, city(document.numbers.first().copied().unwrap_or(0)));
    for (token, title) in &document.tokens {
        row.push_str(" '");
        row.push_str(&token.replace('\\', "").replace('\'', "''"));
        row.push_str(if *title { "':1A" } else { "':2" });
    }
    for (number, _) in document.numbers.iter().zip(COLUMNS) {
        row.push('\t');
        row.push_str(&number.to_string());
    }
    let (longitude, latitude) = (document.longitude * SQUEEZE, document.latitude);
    row.push_str(&["\t(", &longitude.to_string(), ",", &latitude.to_string(), ")\n"].concat());
    row
}

/// The words as PostgreSQL asks for them.
fn tsquery(asked: &Asked, city: Option<&String>) -> String {
    let one = |token: &String| format!("''{}''", token.replace('\'', ""));
    let any = |tokens: &Vec<String>| {
        format!("({})", tokens.iter().map(one).collect::<Vec<_>>().join(" | "))
    };
    let mut all: Vec<String> = asked.words.iter().map(any).collect();
    all.extend(city.map(one));
    format!("cast('{}' as tsquery)", all.join(" & "))
}

/// The words as FTS5 asks for them.
fn matching(asked: &Asked) -> String {
    let one = |token: &String| format!("\"{}\"", token.replace(['\'', '"'], ""));
    let any = |tokens: &Vec<String>| {
        format!("({})", tokens.iter().map(one).collect::<Vec<_>>().join(" OR "))
    };
    let all: Vec<String> = asked.words.iter().map(any).collect();
    format!("'{}'", all.join(" AND "))
}

fn filters(asked: &Asked) -> String {
    let Asked { city, minor, form, education, experience, pay, today, .. } = asked;
    format!(
        "city = {city} and minor = {minor} and form = {form} and education <= {education} \
         and experience <= {experience} and pay_to >= {pay} and expires >= {today}"
    )
}

pub(super) fn postgres(work: Work, asked: &Asked) -> Vec<String> {
    let words = tsquery(asked, None);
    let at = format!("point({}, {})", asked.longitude * SQUEEZE, asked.latitude);
    let faces = FACES.map(|face| format!("({face})")).join(", ");
    let faces = format!("select {}, count(*) from doc", FACES.join(", "))
        + "{}"
        + &format!(" group by grouping sets ({faces})");
    let ranked = |query: &str| {
        format!(
            "select id from doc where tsv @@ {query}{} order by ts_rank(tsv, {query}) desc limit 20",
            if work == Work::Words {
                String::new()
            } else {
                format!(" and pay_to >= {}", asked.pay)
            }
        )
    };
    match work {
        Work::Words => vec![ranked(&words)],
        Work::WordsCityWage => vec![ranked(&tsquery(asked, Some(&city(asked.city))))],
        Work::WordsFacets => vec![faces.replace("{}", &format!(" where tsv @@ {words}"))],
        Work::Facets => vec![faces.replace("{}", "")],
        Work::WordsNear => vec![format!(
            "select id from doc where tsv @@ {words} and at <@ circle({at}, {}) \
             order by at <-> {at} limit 20",
            asked.kilometres / 111.2
        )],
        Work::Filters => vec![
            format!(
                "select id from doc where {} order by posted desc, id limit 20",
                filters(asked)
            ),
            postgres_total(work, asked),
        ],
        Work::Nearest => vec![format!("select id from doc order by at <-> {at} limit 20")],
    }
}

pub(super) fn postgres_total(work: Work, asked: &Asked) -> String {
    let held = match work {
        Work::Filters => filters(asked),
        Work::WordsCityWage => {
            let words = tsquery(asked, Some(&city(asked.city)));
            format!("tsv @@ {words} and pay_to >= {}", asked.pay)
        }
        Work::Words | Work::WordsFacets | Work::Facets | Work::WordsNear | Work::Nearest => {
            format!("tsv @@ {}", tsquery(asked, None))
        }
    };
    format!("select count(*) from doc where {held}")
}

pub(super) fn sqlite(work: Work, asked: &Asked) -> Vec<String> {
    let words = matching(asked);
    let (x, y) = (asked.longitude * SQUEEZE, asked.latitude);
    let distance =
        format!("(longitude - {x}) * (longitude - {x}) + (latitude - {y}) * (latitude - {y})");
    let faces = |from: &str| {
        let one =
            |face: &&str| format!("select '{face}', {face}, count(*) from {from} group by {face}");
        FACES.iter().map(one).collect::<Vec<_>>().join(" union all ")
    };
    let boxed = |reach: f64| {
        format!(
            "west >= {} and east <= {} and south >= {} and north <= {}",
            x - reach,
            x + reach,
            y - reach,
            y + reach
        )
    };
    match work {
        Work::Words => vec![format!(
            "select rowid from fts where fts match {words} and rank match 'bm25(10.0, 1.0)' \
             order by rank limit 20"
        )],
        Work::WordsCityWage => vec![format!(
            "select doc.id from fts join doc on doc.id = fts.rowid where fts match {words} \
             and city = {} and pay_to >= {} order by bm25(fts, 10.0, 1.0) limit 20",
            asked.city, asked.pay
        )],
        Work::WordsFacets => vec![format!(
            "with found as materialized (select doc.* from fts join doc on doc.id = fts.rowid \
             where fts match {words}) {}",
            faces("found")
        )],
        Work::Facets => vec![faces("doc")],
        Work::WordsNear => vec![format!(
            "select doc.id from fts join doc on doc.id = fts.rowid where fts match {words} \
             and doc.id in (select id from place where {}) order by {distance} limit 20",
            boxed(asked.kilometres / 111.2)
        )],
        Work::Filters => vec![
            format!(
                "select id from doc where {} order by posted desc, id limit 20",
                filters(asked)
            ),
            sqlite_total(work, asked),
        ],
        Work::Nearest => vec![format!(
            "select doc.id from place join doc on doc.id = place.id where {} \
             order by {distance} limit 20",
            boxed(0.02)
        )],
    }
}

pub(super) fn sqlite_total(work: Work, asked: &Asked) -> String {
    let words = matching(asked);
    match work {
        Work::Filters => format!("select count(*) from doc where {}", filters(asked)),
        Work::WordsCityWage => format!(
            "select count(*) from fts join doc on doc.id = fts.rowid where fts match {words} \
             and city = {} and pay_to >= {}",
            asked.city, asked.pay
        ),
        Work::Words | Work::WordsFacets | Work::Facets | Work::WordsNear | Work::Nearest => {
            format!("select count(*) from fts where fts match {words}")
        }
    }
}
