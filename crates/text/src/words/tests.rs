//! Every word that the program says stands in every language.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use model::matching::{Kind, Limit};

use super::*;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// Every file below `dir` whose name ends so, with its text.
fn files(dir: &Path, ending: &str) -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    for entry in fs::read_dir(dir).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() && !path.ends_with("tests") {
            found.extend(files(&path, ending));
        } else if path.to_string_lossy().ends_with(ending) {
            let text = fs::read_to_string(&path).unwrap_or_default();
            found.push((path, text));
        }
    }
    found
}

/// Message ids of a file, with those of its values' names.
fn ids(source: &str) -> BTreeSet<String> {
    let heads = source.lines().filter_map(|line| line.split_once(" ="));
    let names = heads.map(|(id, _)| id).filter(|id| !id.starts_with([' ', '#', '.', '[', '*']));
    names.map(str::to_owned).collect()
}

/// The values a file's sentences mention.
fn variables(source: &str) -> BTreeSet<String> {
    let parts = source.split("{ $").skip(1);
    parts.filter_map(|p| p.split([' ', '}']).next()).map(str::to_owned).collect()
}

/// What stands between `before` and the next quotation mark.
fn quoted<'a>(text: &'a str, before: &str) -> Vec<&'a str> {
    text.split(before).skip(1).filter_map(|rest| rest.split('"').next()).collect()
}

/// A whole key in the sources: `noun.name`, nothing computed.
fn is_key(text: &str) -> bool {
    let plain = |c: char| c.is_ascii_alphanumeric() || "._-".contains(c);
    text.split_once('.').is_some_and(|(noun, id)| !noun.is_empty() && !id.is_empty())
        && text.chars().all(plain)
}

#[test]
fn every_sentence_can_be_read_and_exists_in_every_language() {
    let zh = nouns(Lang::Zh);
    assert!(zh.len() > 5, "the words were not found");
    for (noun, source) in &zh {
        let english = nouns(Lang::En).into_iter().find(|(n, _)| n == noun);
        let (_, english) = english.unwrap_or_else(|| panic!("{noun}.ftl has no English"));
        assert_eq!(ids(source), ids(&english), "{noun}.ftl");
        assert_eq!(variables(source), variables(&english), "{noun}.ftl");
        for text in [source, &english] {
            let errors = FluentResource::try_new(text.clone()).err();
            assert!(errors.is_none(), "{noun}.ftl: {:?}", errors.map(|(_, e)| e));
        }
    }
    assert_eq!(nouns(Lang::En).len(), zh.len(), "English has a file that Chinese has not");
}

#[test]
fn every_key_used_by_a_page_exists() {
    let mut used = BTreeSet::new();
    for (_, text) in files(&root().join("web/templates"), ".html") {
        for before in [".t(\"", ".n(\"", ".s(\""] {
            used.extend(quoted(&text, before).into_iter().map(str::to_owned));
        }
    }
    for (_, text) in files(&root().join("crates"), ".rs") {
        let product = text.split("#[cfg(test)]").next().unwrap_or_default();
        for before in ["t(lang, \"", "frame.t(\"", "frame.n(\"", "t(frame.lang, \""] {
            used.extend(quoted(product, before).into_iter().map(str::to_owned));
        }
    }
    let missing: Vec<_> =
        used.iter().filter(|k| is_key(k) && find(Lang::Zh, k, &[]).is_none()).collect();
    assert!(missing.is_empty(), "no sentence for {missing:?}");
}

#[test]
fn every_refusal_has_a_sentence() {
    let mut codes = BTreeSet::new();
    for (path, text) in files(&root().join("crates"), ".rs") {
        let product = text.split("#[cfg(test)]").next().unwrap_or_default();
        if path.ends_with("refusal.rs") || path.ends_with("coded.rs") {
            continue;
        }
        codes.extend(quoted(product, "Refusal::new(\"").into_iter().map(str::to_owned));
        // coded! { pub enum Form: "vacancy.form_unknown", "contract" { … } }
        let lists = product.lines().filter(|l| l.trim_start().starts_with("pub enum "));
        codes.extend(lists.filter_map(|l| l.split('"').nth(1)).map(str::to_owned));
    }
    assert!(codes.len() > 5, "the refusals were not found");
    let missing: Vec<_> = codes.iter().filter(|c| find(Lang::En, c, &[]).is_none()).collect();
    assert!(missing.is_empty(), "no sentence for {missing:?}");
}

#[test]
fn a_refusal_is_said_with_its_values_and_a_way_out() {
    let refusal = Refusal::new("region.malformed").arg("value", "6201");
    assert_eq!(say(Lang::Zh, &refusal), "“6201”不是行政区划代码。");
    assert!(remedy(Lang::En, &refusal).is_some_and(|r| r.contains("620102")));
    assert_eq!(remedy(Lang::En, &Refusal::new("access.forbidden")), None);
    assert_eq!(t(Lang::En, "no.such_key", &[]), "no.such_key");
}

/// Every argument that a sentence about a match may mention.
const MATCHING: [&str; 16] = [
    "percent",
    "skills",
    "wish",
    "occupation",
    "region",
    "km",
    "days",
    "age",
    "pay",
    "floor",
    "own",
    "asked",
    "benefits",
    "form",
    "reader",
    "law",
];

#[test]
fn every_reason_of_a_match_and_every_limit_has_its_words() {
    let rule = files(&root().join("crates/model/src/matching"), ".rs");
    let source: String = rule.into_iter().map(|(_, text)| text).collect();
    let tones = ["Reason::fits(\"", "Reason::lacks(\"", "Reason::untold(\""];
    let mut keys: Vec<_> = tones.iter().flat_map(|tone| quoted(&source, tone)).collect();
    assert!(keys.len() > 30, "the reasons were not found");
    keys.extend(Limit::ALL.map(Limit::code));
    let keys = keys.into_iter().map(str::to_owned);
    let limits = Limit::ALL.map(|limit| format!("limit-{}", limit.code()));
    let remedies = Limit::ALL.map(|limit| format!("{}-remedy", limit.code()));
    let parts = Kind::ALL.map(|kind| format!("part-{}", kind.code()));
    let args = MATCHING.map(|name| (name, FluentValue::from("x")));
    for key in keys.chain(limits).chain(remedies).chain(parts) {
        for &lang in Lang::ALL {
            let said = t(lang, &format!("matching.{key}"), &args);
            assert!(!said.contains("matching.") && !said.contains('{'), "{said}");
        }
    }
}
