//! The gate with the committed rules: judged sentences, dates, evasions, time.

use std::{collections::BTreeMap, path::PathBuf, sync::LazyLock};

use chrono::NaiveDate;

use super::*;
use crate::{reference::seed, term::Terms};

static GATE: LazyLock<Gate> = LazyLock::new(|| Gate::new(seed::rules(), seed::wordings()));

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn terms(on: &str) -> Terms {
    Terms::on(day(on), seed::terms())
}

fn read(text: &str, on: &str) -> Vec<Finding> {
    GATE.read(&[Text { field: "duties", text }], (day(on), "620502"), &terms(on))
}

fn grounds(text: &str) -> Vec<String> {
    let found = read(text, "2026-01-01").into_iter().filter(|f| !f.is_lawful());
    let mut grounds: Vec<String> = found.map(|f| f.ground).collect();
    grounds.sort();
    grounds.dedup();
    grounds
}

/// Hits, false hits and misses of one ground.
#[derive(Default)]
struct Tally {
    hits: u32,
    wrong: u32,
    missed: u32,
}

impl Tally {
    fn precision(&self) -> f64 {
        f64::from(self.hits) / f64::from((self.hits + self.wrong).max(1))
    }

    fn recall(&self) -> f64 {
        f64::from(self.hits) / f64::from((self.hits + self.missed).max(1))
    }
}

/// The rows of one file of judged sentences.
fn judged(name: &str) -> Vec<csv::StringRecord> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../tests/judged/compliance");
    let file = csv::Reader::from_path(folder.join(format!("{name}.csv"))).unwrap();
    file.into_records().map(Result::unwrap).collect()
}

/// Measures one file; answers precision and recall over all grounds, and the share of lawful
/// sentences that are left alone.
fn measure(name: &str, tell: bool) -> (f64, f64, f64) {
    let (mut tallies, mut all) = (BTreeMap::<String, Tally>::new(), Tally::default());
    let (mut lawful, mut left) = (0_u32, 0_u32);
    for row in judged(name) {
        let expected: Vec<&str> = row[0].split_whitespace().collect();
        let found = grounds(&row[1]);
        if expected.is_empty() {
            lawful += 1;
            left += u32::from(found.is_empty());
        }
        for ground in &found {
            let right = expected.contains(&ground.as_str());
            let of = tallies.entry(ground.clone()).or_default();
            for tally in [of, &mut all] {
                if right { tally.hits += 1 } else { tally.wrong += 1 }
            }
        }
        for ground in expected.iter().filter(|e| !found.iter().any(|f| f == *e)) {
            tallies.entry((*ground).to_owned()).or_default().missed += 1;
            all.missed += 1;
        }
        if tell
            && (found.len() != expected.len()
                || !expected.iter().all(|e| found.iter().any(|f| f == e)))
        {
            println!("  {} | judged {expected:?} found {found:?}", &row[1]);
        }
    }
    println!("{name}: ground  precision  recall  judged");
    tallies.insert("all".into(), all);
    for (ground, tally) in &tallies {
        let judged = tally.hits + tally.missed;
        println!("{ground:>8}  {:.3}  {:.3}  {judged}", tally.precision(), tally.recall());
    }
    let kept = f64::from(left) / f64::from(lawful);
    println!("{left} of {lawful} lawful sentences are left alone ({kept:.3})");
    (tallies["all"].precision(), tallies["all"].recall(), kept)
}

#[test]
fn judged_sentences_are_found_and_lawful_ones_left_alone() {
    let (precision, recall, kept) = measure("tuned", true);
    assert!(precision >= 0.98 && recall >= 0.98 && kept >= 0.98, "{precision} {recall} {kept}");
}

/// Written before the rules and not looked at while they were: its first figures, taken on
/// 2026-11-22, were 0.991, 0.982 and 1.000.
#[test]
fn sentences_held_out_are_found_nearly_as_well() {
    let (precision, recall, kept) = measure("held-out", false);
    assert!(precision >= 0.96 && recall >= 0.95 && kept >= 0.98, "{precision} {recall} {kept}");
}

/// For the rules of which the other two have few sentences; written from the rules alone, the wordings
/// unseen: its first figures, taken on 2026-11-23, were 0.957, 0.458 and 0.976. Wordings were added since.
#[test]
fn sentences_for_the_rarer_rules_are_found() {
    let (precision, recall, kept) = measure("thin", true);
    assert!(precision >= 0.96 && recall >= 0.95 && kept >= 0.97, "{precision} {recall} {kept}");
}

#[test]
fn measures_in_favour_of_somebody_are_never_flagged_and_nearly_always_named() {
    let mut named = 0;
    let all = judged("positive");
    for row in &all {
        let found = read(&row[0], "2026-01-01");
        let against: Vec<_> = found.iter().filter(|one| !one.is_lawful()).collect();
        assert!(against.is_empty(), "{}: {against:?}", &row[0]);
        let basis = found.iter().any(|one| one.ground == "V-14");
        if !basis {
            println!("  {} | not named", &row[0]);
        }
        named += usize::from(basis);
    }
    println!("{named} of {} measures stand with their basis", all.len());
    assert!(named * 10 >= all.len() * 7);
}

#[test]
fn the_judged_sentences_cover_every_rule_and_half_of_them_are_lawful() {
    let (mut grounds, mut lawful) = (BTreeMap::<String, u32>::new(), 0);
    for row in ["tuned", "held-out", "thin"].into_iter().flat_map(judged) {
        lawful += u32::from(row[0].is_empty());
        for ground in row[0].split_whitespace() {
            *grounds.entry(ground.to_owned()).or_default() += 1;
        }
    }
    grounds.insert("V-14".into(), u32::try_from(judged("positive").len()).unwrap());
    println!("{lawful} lawful; {grounds:?}");
    let unlawful: u32 = grounds.values().sum();
    assert!(lawful >= 300 && lawful * 10 >= unlawful * 7);
    for number in 1..=14 {
        let count = grounds.get(&format!("V-{number}")).copied().unwrap_or_default();
        assert!(count >= 10, "V-{number}: {count} sentences");
    }
}

#[test]
fn the_words_of_the_rows_belong_to_rules() {
    let (rules, wordings) = (seed::rules(), seed::wordings());
    for row in wordings.iter().filter(|row| !row.rule.starts_with('@') && row.rule != "age") {
        assert!(rules.iter().any(|rule| rule.code == row.rule), "{}", row.rule);
    }
}

#[test]
fn a_rule_without_a_source_warns_and_never_refuses() {
    for rule in seed::rules() {
        let keeps_back = matches!(rule.strength, Strength::Hold | Strength::Refuse);
        assert!(!keeps_back || !rule.basis_zh.is_empty(), "{}", rule.code);
        assert!(
            rule.strength == Strength::Harmless
                || rule.basis_zh.is_empty() == rule.basis_en.is_empty()
        );
        assert!(rule.strength != Strength::Lawful || !rule.basis_zh.is_empty(), "{}", rule.code);
    }
    let unsourced = Rule { basis_zh: String::new(), ..seed::rules().remove(0) };
    assert_eq!((unsourced.strength, unsourced.strength()), (Strength::Hold, Strength::Warn));
}

#[test]
fn the_rows_of_a_rule_follow_each_other_and_its_exceptions_name_rules() {
    let rules = seed::rules();
    for rule in &rules {
        let others = rules.iter().filter(|r| r.code == rule.code && *r != rule);
        for other in others.filter(|r| r.region == rule.region) {
            let after = rule.valid_to.is_some_and(|end| end <= other.valid_from);
            let before = other.valid_to.is_some_and(|end| end <= rule.valid_from);
            assert!(after || before, "{} holds twice on one day", rule.code);
        }
        for code in rule.lifts.split(' ').filter(|code| !code.is_empty() && *code != "*") {
            assert!(rules.iter().any(|r| r.code == code), "{} lifts {code}", rule.code);
        }
    }
}

#[test]
fn the_law_of_the_day_decides() {
    let text = "限男性，无乙肝，本地户口优先，需交押金500元";
    let basis = |on| -> Vec<(String, String)> {
        read(text, on).into_iter().map(|f| (f.rule, f.basis_zh)).collect()
    };
    let (then, now) = (basis("2004-06-01"), basis("2026-06-01"));
    let rules = |found: &[(String, String)]| -> Vec<String> {
        found.iter().map(|(rule, _)| rule.clone()).collect()
    };
    assert_eq!(rules(&then), ["sex", "deposit"]);
    assert_eq!(rules(&now), ["sex", "hepatitis", "hukou", "deposit"]);
    assert!(then[0].1.contains("令第10号") && !then[0].1.contains("就业促进法"));
    assert!(now[0].1.contains("妇女权益保障法") && now[3].1.contains("劳动合同法第九条"));
    // the same text on the same day, whenever it is read
    assert_eq!(then, basis("2004-06-01"));
    assert!(read(text, "1990-01-01").is_empty());
}

#[test]
fn a_hit_is_shown_where_it_stands_in_what_was_written() {
    for (text, words) in [
        ("电焊工，限 男 性，包吃住", "限 男 性"),
        ("電焊工，僅限男性", "僅限男性"),
        ("会计（女）２名", "女"),
        ("入职交押*金３００元", "交押*金"),
        ("Driver. Male candidates only!", "Male candidates only"),
    ] {
        let found = read(text, "2026-01-01");
        let finding = found.first().unwrap_or_else(|| panic!("nothing in {text}"));
        let span = finding.begins..finding.ends;
        let marked: String =
            (0..).zip(text.chars()).filter(|(at, _)| span.contains(at)).map(|(_, c)| c).collect();
        assert_eq!((marked.as_str(), finding.words.as_str()), (words, words), "{text}");
    }
}

#[test]
fn what_is_lawful_is_tagged_with_its_basis() {
    for (text, lawful, basis) in [
        ("煤矿井下采煤工，限男性", "sex_protected", "女职工劳动保护特别规定"),
        ("女子浴室搓澡师，限女性", "sex_privacy", "民法典"),
        ("残疾人专岗：手工包装", "for_disabled", "残疾人就业条例"),
        ("公益性岗位，限本县户籍", "public_post", "就业促进法"),
        ("退役军人优先", "for_veterans", "退役军人保障法"),
        ("食品加工，持健康证，无传染病", "carrier_food", "食品安全法"),
    ] {
        let found = read(text, "2026-01-01");
        assert!(found.iter().all(Finding::is_lawful), "{text}: {found:?}");
        let tag = found.iter().find(|f| f.lawful == lawful).unwrap_or_else(|| panic!("{text}"));
        assert!(tag.basis_zh.contains(basis) && !tag.basis_en.is_empty(), "{text}");
    }
}

#[test]
fn the_title_says_what_kind_of_place_it_is() {
    let texts = [
        Text { field: "title", text: "女子浴室服务员" },
        Text { field: "duties", text: "打扫、递物。\n限女性，包吃住。" },
    ];
    let found = GATE.read(&texts, (day("2026-01-01"), ""), &terms("2026-01-01"));
    assert_eq!(found.iter().map(|f| f.lawful.as_str()).collect::<Vec<_>>(), ["sex_privacy"]);
    let alone = GATE.read(&texts[1..], (day("2026-01-01"), ""), &terms("2026-01-01"));
    assert_eq!((alone[0].rule.as_str(), verdict(&alone)), ("sex", Strength::Hold));
}

#[test]
fn a_vacancy_costs_well_under_a_millisecond() {
    let line = "负责客户接待、订单跟进与售后服务，熟练使用办公软件；男女不限，18周岁以上，五险一金，免押金。";
    let duties = line.repeat(10);
    let texts =
        [Text { field: "title", text: "客服专员" }, Text { field: "duties", text: &duties }];
    let terms = terms("2026-01-01");
    let read = || GATE.read(&texts, (day("2026-01-01"), ""), &terms).len();
    assert_eq!(read(), 0);
    let began = std::time::Instant::now();
    let rounds = 50;
    for _ in 0..rounds {
        read();
    }
    println!("{:?} a vacancy of {} characters", began.elapsed() / rounds, duties.chars().count());
}

/// Real postings: time, and how often each rule speaks. They may not be copied, only read.
#[test]
#[ignore = "reads the folder of sources; run it by name with --nocapture"]
fn real_postings_are_read() {
    let terms = terms("2026-01-01");
    let texts: Vec<Vec<String>> = real_texts();
    let began = std::time::Instant::now();
    let (mut rules, mut hits) = (BTreeMap::<String, usize>::new(), Vec::new());
    for text in &texts {
        let read: Vec<Text<'_>> =
            text.iter().map(|text| Text { field: "duties", text: text.as_str() }).collect();
        let found = GATE.read(&read, (day("2026-01-01"), ""), &terms);
        let mut codes: Vec<&str> = found
            .iter()
            .map(|f| if f.is_lawful() { f.lawful.as_str() } else { f.rule.as_str() })
            .collect();
        codes.sort_unstable();
        codes.dedup();
        for code in codes {
            *rules.entry(code.to_owned()).or_default() += 1;
        }
        hits.extend(found.into_iter().map(|f| (f, text.join("\n"))));
    }
    let spent = began.elapsed();
    println!(
        "{} postings, {:?} each",
        texts.len(),
        spent / u32::try_from(texts.len().max(1)).unwrap()
    );
    println!("{rules:#?}");
    let step = (hits.len() / 60).max(1);
    for (f, text) in hits.iter().step_by(step) {
        let around = text.split_once(&*f.words).map_or(String::new(), |(before, after)| {
            let start = before.chars().count().saturating_sub(20);
            let (before, after): (String, String) =
                (before.chars().skip(start).collect(), after.chars().take(20).collect());
            format!("{before}【{}】{after}", f.words)
        });
        println!("{} {} {}", f.rule, f.lawful, around.replace('\n', "/"));
    }
}

/// Title and text of each posting: every cell of more than a few characters.
fn real_texts() -> Vec<Vec<String>> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/postings-zh");
    let mut texts = Vec::new();
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let text = std::fs::read_to_string(entry.path()).unwrap_or_default();
        if entry.path().extension().is_some_and(|e| e == "csv") {
            let rows = csv::ReaderBuilder::new().flexible(true).from_reader(text.as_bytes());
            texts.extend(
                rows.into_records().flatten().map(|row| cells(&row.iter().collect::<Vec<_>>())),
            );
        } else if entry.path().extension().is_some_and(|e| e == "jsonl") {
            for line in text.lines() {
                let value: serde_json::Value = serde_json::from_str(line).unwrap_or_default();
                let all = value.as_object().into_iter().flat_map(serde_json::Map::values);
                texts.push(cells(&all.filter_map(serde_json::Value::as_str).collect::<Vec<_>>()));
            }
        }
    }
    if texts.is_empty() {
        println!("skipped: the postings are not here");
    }
    texts
}

fn cells(cells: &[&str]) -> Vec<String> {
    let long = cells.iter().filter(|c| c.chars().count() > 5);
    long.map(|c| crate::cell::body(c)).collect()
}
