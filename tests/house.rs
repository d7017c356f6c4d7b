//! The rules of the house, checked. A rule that is not here is only an opinion.
//!
//! Each rule takes the root of a tree and answers with its faults, so that `house/faults.rs` can show
//! it a tree with a fault in it.

mod faults;
mod tree;

use std::{collections::BTreeSet, path::Path};

use tree::{Tree, code, quoted};

/// Which crate may import what: our own first, then the outside crates that mark a floor.
const MAY: &[(&str, &[&str])] = &[
    ("model", &["sqlx"]), // the row derive only: sqlx is built there without any driver
    ("text", &["model"]),
    ("store", &["model", "sqlx"]),
    ("search", &["model", "tantivy"]),
    ("matching", &["model"]),
    ("client", &["model", "reqwest"]),
    ("app", &["model", "text", "store", "search", "matching", "client", "calamine"]),
    ("web", &["model", "text", "store", "app", "axum", "askama"]),
    ("server", &["model", "text", "store", "search", "matching", "app", "web", "axum", "clap"]),
];
const MARKED: &[&str] = &["sqlx", "axum", "askama", "tantivy", "calamine", "clap", "reqwest"];

/// Files of a floor that are about no noun.
const PLAIN: &[(&str, &[&str])] = &[
    ("store", &["lib", "error", "session", "val", "both", "bench"]),
    ("app", &["lib", "error", "deed", "secret", "sheet"]),
    (
        "web",
        &[
            "lib", "error", "frame", "actor", "asset", "guard", "home", "about", "part", "robot",
            "api",
        ],
    ),
];

/// Words that may not occur in the sources of a floor, and why.
const NEVER: &[(&str, &[&str], &str)] = &[
    (
        "model",
        &["async ", "std::fs", "std::net", "std::env", "::now(", "sqlx::query", "::rng("],
        "rules are pure",
    ),
    (
        "app",
        &["sqlx", "axum", "\"select ", "\"insert ", "\"update "],
        "SQL is store's, HTTP is web's",
    ),
    ("web", &["Writer", "\"select ", "\"insert ", "\"update "], "a page reads; only app writes"),
];

/// What one engine says and the other does not.
const FOREIGN: &[&str] = &[
    "serial",
    "autoincrement",
    "now()",
    "datetime(",
    "ilike",
    "json_extract",
    "jsonb_",
    "::",
    "on duplicate",
];

const LINES: usize = 400;

#[test]
fn a_crate_imports_only_what_its_floor_may() {
    none(&imports(&Tree::ours()));
}

#[test]
fn a_floor_does_only_its_own_work() {
    none(&own_work(&Tree::ours()));
}

#[test]
fn a_noun_has_the_same_name_on_every_floor() {
    none(&same_noun(&Tree::ours()));
}

#[test]
fn a_file_is_short_and_says_what_it_is() {
    none(&short_files(&Tree::ours()));
}

#[test]
fn migrations_are_portable_and_numbered_without_gaps() {
    none(&migrations(&Tree::ours()));
}

#[test]
fn every_language_has_every_key() {
    none(&languages(&Tree::ours()));
}

#[test]
fn the_readmes_map_is_the_folder_list() {
    none(&map(&Tree::ours()));
}

#[test]
fn every_route_for_programs_is_described() {
    none(&undescribed(&Tree::ours()));
}

#[test]
fn every_deed_is_somebodys_and_has_a_story() {
    none(&deeds(&Tree::ours()));
}

#[test]
fn every_table_that_leaves_as_csv_passes_the_guard_against_formulas() {
    let tree = Tree::ours();
    let mut faults = vec![];
    for floor in ["app", "web"] {
        for path in tree.files(&format!("crates/{floor}/src"), "rs") {
            let source = code(&path, &tree.read(&path));
            let writes = source.contains("csv::Writer") || source.contains(".csv\\\"");
            let guarded = source.contains("inert(") || source.contains("sheet(Format::");
            if writes && !guarded {
                faults.push(format!("{path}: writes CSV without model::cell::inert"));
            }
        }
    }
    none(&faults);
}

fn none(faults: &[String]) {
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
}

fn imports(tree: &Tree) -> Vec<String> {
    let ours: Vec<&str> = MAY.iter().map(|(floor, _)| *floor).collect();
    let mut faults = vec![];
    for floor in tree.folders("crates") {
        let Some((_, may)) = MAY.iter().find(|(name, _)| *name == floor) else {
            faults.push(format!("crates/{floor} has no line in MAY"));
            continue;
        };
        for name in tree.dependencies(&floor) {
            let watched = ours.contains(&&*name) || MARKED.contains(&&*name);
            if watched && !may.contains(&&*name) {
                faults.push(format!("crates/{floor} may not import {name}"));
            }
        }
    }
    faults
}

fn own_work(tree: &Tree) -> Vec<String> {
    let mut faults = vec![];
    for (floor, words, why) in NEVER {
        for path in tree.files(&format!("crates/{floor}/src"), "rs") {
            let source = code(&path, &tree.read(&path));
            for word in words.iter().filter(|word| source.contains(**word)) {
                faults.push(format!("{path}: `{}`: {why}", word.trim()));
            }
        }
    }
    faults
}

fn same_noun(tree: &Tree) -> Vec<String> {
    let nouns = tree.rooms("crates/model/src");
    let mut faults = vec![];
    for (floor, plain) in PLAIN {
        let known = |name: &str| nouns.contains(name) || plain.contains(&name);
        for room in tree.rooms(&format!("crates/{floor}/src")).iter().filter(|room| !known(room)) {
            faults.push(format!("crates/{floor}/src/{room}.rs: no crates/model/src/{room}.rs"));
        }
        let folders = if *floor == "web" { tree.folders("web/templates") } else { vec![] };
        for folder in folders.iter().filter(|name| !known(name)) {
            faults.push(format!("web/templates/{folder}: no crates/model/src/{folder}.rs"));
        }
    }
    faults
}

fn short_files(tree: &Tree) -> Vec<String> {
    let mut faults = vec![];
    for path in [tree.files("crates", "rs"), tree.files("tests", "rs")].concat() {
        let source = tree.read(&path);
        let lines = source.lines().count();
        if lines > LINES {
            faults.push(format!("{path}: {lines} lines, {LINES} allowed"));
        }
        if !source
            .lines()
            .next()
            .is_some_and(|first| first.len() > "//! of it".len() && first.starts_with("//! "))
        {
            faults.push(format!("{path}: does not begin with a `//! ` line that says what it is"));
        }
    }
    faults
}

fn migrations(tree: &Tree) -> Vec<String> {
    let mut faults = vec![];
    let mut numbers = BTreeSet::new();
    for path in tree.files("migrations", "sql") {
        let name = path.trim_start_matches("migrations/");
        let number = name.split_once('_').and_then(|(number, _)| number.parse::<usize>().ok());
        let Some(number) = number else {
            faults.push(format!("{path}: is not named NNNN_noun.sql"));
            continue;
        };
        numbers.insert(number);
        let one_engine = name.ends_with(".sqlite.sql") || name.ends_with(".postgres.sql");
        let sql = tree.read(&path).to_lowercase();
        let sql: String = sql.lines().filter(|line| !line.trim_start().starts_with("--")).collect();
        for word in FOREIGN.iter().filter(|word| !one_engine && sql.contains(**word)) {
            faults.push(format!("{path}: `{word}` is not portable"));
        }
    }
    for missing in (1..=numbers.len()).filter(|number| !numbers.contains(number)) {
        faults.push(format!("migrations: number {missing:04} is missing"));
    }
    faults
}

fn languages(tree: &Tree) -> Vec<String> {
    let keys = |language: &str| -> BTreeSet<String> {
        let dir = format!("web/locales/{language}");
        let file = |path: &String| {
            let noun = path.trim_start_matches(&dir).trim_matches('/').replace(".ftl", "");
            let keys = tree.message_keys(path);
            keys.into_iter().map(move |key| format!("{noun}.{key}"))
        };
        tree.files(&dir, "ftl").iter().flat_map(file).collect()
    };
    let languages = tree.folders("web/locales");
    let all: BTreeSet<String> = languages.iter().flat_map(|language| keys(language)).collect();
    let mut faults = vec![];
    for language in &languages {
        for key in all.difference(&keys(language)) {
            faults.push(format!("web/locales/{language}: {key} is missing"));
        }
    }
    faults
}

/// The map is the first block of plain text in the README whose lines begin with a folder.
fn map(tree: &Tree) -> Vec<String> {
    let mut there: BTreeSet<String> = tree.folders("").into_iter().collect();
    there.retain(|name| !name.starts_with('.') && name != "target" && name != "data");
    there.extend(tree.folders("crates").iter().map(|name| format!("crates/{name}")));
    let readme = tree.read("README.md");
    let drawn: BTreeSet<String> = readme
        .split("```")
        .skip(1)
        .step_by(2)
        .find(|block| block.contains("\ncrates/"))
        .unwrap_or_default()
        .lines()
        .filter_map(|line| line.split_whitespace().next()?.strip_suffix('/'))
        .map(str::to_owned)
        .collect();
    let missing = there.difference(&drawn).map(|name| format!("README: {name}/ is not on the map"));
    let gone = drawn.difference(&there).map(|name| format!("README: {name}/ does not exist"));
    missing.chain(gone).collect()
}

fn deeds(tree: &Tree) -> Vec<String> {
    let access = tree.read("crates/model/src/access.rs");
    let table = access.split_once("const MAY").map_or("", |(_, rest)| rest);
    let table = table.split_once("];").map_or("", |(table, _)| table);
    // a name, and the letters of those who may
    let granted: BTreeSet<String> = quoted(table).filter(|text| text.contains('.')).collect();
    let sources = tree.files("crates/app/src", "rs");
    let done: BTreeSet<String> =
        sources.iter().flat_map(|path| tree::deeds(&code(path, &tree.read(path)))).collect();
    let told_in = |path: &&String| path.starts_with("tests/") || path.ends_with("/tests.rs");
    let files = [tree.files("tests", "rs"), sources.clone()].concat();
    let stories: String = files.iter().filter(told_in).map(|path| tree.read(path)).collect();
    let mut faults: Vec<String> = vec![];
    faults.extend(done.difference(&granted).map(|deed| format!("{deed}: no row in model::access")));
    faults.extend(
        granted.difference(&done).map(|deed| format!("{deed}: in model::access, never done")),
    );
    let told = |deed: &&String| !stories.contains(&format!("\"{deed}\""));
    faults
        .extend(done.iter().filter(told).map(|deed| format!("{deed}: no story in tests names it")));
    faults
}

/// `routes!` puts a route into the OpenAPI document; `.route` does not, and is for pages.
fn undescribed(tree: &Tree) -> Vec<String> {
    let mut faults = vec![];
    for path in tree.files("crates/web/src", "rs") {
        let source = code(&path, &tree.read(&path));
        let routes = source.split(".route(").skip(1).filter_map(|call| quoted(call).next());
        let hidden = routes.filter(|r| r.starts_with("/api/") && !r.ends_with("/openapi.json"));
        faults
            .extend(hidden.map(|route| format!("{path}: {route} is not in the OpenAPI document")));
    }
    faults
}

/// Where our own tree stands.
fn root() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))
}
