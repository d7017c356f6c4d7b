//! Each rule of the house is shown a small tree that keeps it, and one with a fault in it.

use std::fs;

use super::{
    deeds, imports, languages, map, migrations, own_work, same_noun, short_files, tree::Tree,
    undescribed,
};

const GOOD: &[(&str, &str)] = &[
    (
        "README.md",
        "```text\ncrates/ floors\ncrates/app/ deeds\ncrates/model/ rules\ncrates/store/ rows\n\
         migrations/ tables\ntests/ stories\nweb/ pages\n```",
    ),
    ("crates/model/Cargo.toml", "[package]\n\n[dependencies]\nserde.workspace = true\n"),
    ("crates/model/src/fair.rs", "//! Fairs and their rules.\n// async is a word here\n"),
    (
        "crates/model/src/access.rs",
        "//! Who may do what.\nconst MAY: &[&str] = &[\"fair.open\"];\n",
    ),
    (
        "crates/app/src/fair.rs",
        "//! Deeds at fairs.\nfn f() { deed!(app, actor, \"fair.open\", |w| w) }\n",
    ),
    ("crates/store/src/fair.rs", "//! Rows of fairs.\n"),
    ("migrations/0001_fair.sql", "create table fair (id uuid primary key);\n"),
    ("web/locales/en/fair.ftl", "title = Fair\n    .hint = Open to all\n"),
    ("web/locales/zh-CN/fair.ftl", "title = 招聘会\n    .hint = 人人可来\n"),
    ("web/templates/fair/show.html", "<h1></h1>"),
    ("tests/fair.rs", "//! Stories of fairs.\n// \"fair.open\"\n"),
];

/// A rule, and the faults it finds in the good tree with one file written anew.
fn faults(rule: fn(&Tree) -> Vec<String>, path: &str, text: &str) -> Vec<String> {
    let dir = tempfile::tempdir().unwrap();
    for (path, text) in GOOD.iter().chain([&(path, text)]) {
        let path = dir.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    rule(&Tree::at(dir.path()))
}

/// The rule is content with the good tree, and names the fault otherwise.
fn finds(rule: fn(&Tree) -> Vec<String>, path: &str, text: &str, fault: &str) {
    let before = faults(rule, "web/static/plain.css", "");
    assert!(before.is_empty(), "the good tree: {before:?}");
    let after = faults(rule, path, text);
    assert!(after.iter().any(|f| f.contains(fault)), "{fault:?} not in {after:?}");
}

#[test]
fn a_wrong_import_is_found() {
    let toml = "[package]\n\n[dependencies]\naxum.workspace = true\n";
    finds(imports, "crates/model/Cargo.toml", toml, "crates/model may not import axum");
    finds(imports, "crates/common/Cargo.toml", "", "crates/common has no line in MAY");
}

#[test]
fn work_on_the_wrong_floor_is_found() {
    let source = "//! Fairs.\nasync fn now() {}\n";
    finds(own_work, "crates/model/src/fair.rs", source, "`async`: rules are pure");
    let source = "//! Fairs.\nconst Q: &str = \"select 1\";\n";
    finds(own_work, "crates/app/src/fair.rs", source, "SQL is store's");
}

#[test]
fn a_noun_that_model_does_not_know_is_found() {
    finds(same_noun, "crates/store/src/booth.rs", "", "no crates/model/src/booth.rs");
    finds(same_noun, "web/templates/booth/list.html", "", "web/templates/booth");
}

#[test]
fn a_long_file_and_a_silent_one_are_found() {
    let long = format!("//! Rows of fairs.\n{}", "\n".repeat(400));
    finds(short_files, "crates/store/src/fair.rs", &long, "401 lines");
    finds(short_files, "crates/store/src/fair.rs", "use x;\n", "does not begin");
    finds(short_files, "tests/fair.rs", "//! .\n", "does not begin");
}

#[test]
fn an_unportable_migration_and_a_gap_are_found() {
    finds(migrations, "migrations/0002_log.sql", "select now()", "`now()` is not portable");
    finds(migrations, "migrations/0003_log.sql", "select 1", "number 0002 is missing");
    finds(migrations, "migrations/log.sql", "select 1", "is not named");
}

#[test]
fn a_word_that_one_language_lacks_is_found() {
    let more = "title = Fair\n    .hint = Open\nfull = Full\n";
    finds(languages, "web/locales/en/fair.ftl", more, "web/locales/zh-CN: fair.full is missing");
    finds(languages, "web/locales/en/fair.ftl", "title = Fair\n", "fair.title.hint is missing");
}

#[test]
fn a_folder_off_the_map_is_found() {
    finds(map, "crates/client/Cargo.toml", "", "crates/client/ is not on the map");
    finds(map, "README.md", "```\ncrates/\ncrates/model/\nx/\n```", "x/ does not exist");
}

#[test]
fn a_route_that_is_not_described_is_found() {
    let source = "//! Fairs.\nfn f() { Router::new().route(\"/api/v1/fairs\", get(list)) }\n";
    finds(undescribed, "crates/web/src/fair.rs", source, "/api/v1/fairs is not in the OpenAPI");
}

#[test]
fn a_deed_without_a_row_or_a_story_is_found() {
    let source = "//! Deeds.\nfn f() { deed!(app, actor, \"fair.close\", |w| w) }\n";
    finds(deeds, "crates/app/src/fair.rs", source, "fair.close: no row in model::access");
    finds(deeds, "crates/app/src/fair.rs", source, "fair.open: in model::access, never done");
    finds(deeds, "tests/fair.rs", "//! Stories of fairs.\n", "fair.open: no story");
}
