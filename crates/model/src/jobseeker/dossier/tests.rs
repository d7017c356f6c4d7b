//! The dossier and its claims, against days and rows of terms.

use super::*;
use crate::{jobseeker::citizen_number::CitizenNumber, reference::seed, term::Terms};

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn form(pairs: &[(&str, &str)]) -> BTreeMap<String, String> {
    pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

const FULL: &[(&str, &str)] = &[
    ("about", "踏实肯干"),
    ("skill.0.name", "氩弧焊"),
    ("skill.0.level", "good"),
    ("certificate.0.name", "特种作业操作证（焊接）"),
    ("certificate.0.number", "T 62 05"),
    ("certificate.0.issuer", "应急管理局"),
    ("certificate.0.issued_on", "２０２３年５月"),
    ("certificate.0.expires_on", "2029-05-01"),
    ("post.1.employer", "某机械厂"),
    ("post.1.title", "电焊工"),
    ("post.1.from", "2019.3"),
    ("post.1.to", "至今"),
    ("post.1.what", "焊接钢结构"),
    ("school.0.school", "某职业中专"),
    ("school.0.from", "2008"),
];

#[test]
fn a_form_says_what_a_person_can_show() {
    let read = read(&form(FULL), &Dossier::default(), day("2026-03-01")).unwrap();
    assert_eq!(read.skills[0].level, Some(Level::Good));
    assert_eq!(read.certificates[0].issued_on, Some(day("2023-05-01")));
    assert_eq!((read.posts[0].from, read.posts[0].to), (Some(day("2019-03-01")), None));
    assert_eq!(read.schools[0].from, Some(day("2008-01-01")));
    assert!(read.words().contains("氩弧焊") && read.words().contains("特种作业操作证"));
}

#[test]
fn what_a_form_shows_reads_back_the_same() {
    let first = read(&form(FULL), &Dossier::default(), day("2026-03-01")).unwrap();
    assert_eq!(read(&first.fields(), &first, day("2026-03-01")).unwrap(), first);
}

#[test]
fn a_form_does_not_touch_the_categories() {
    let standing = Standing {
        category: Category::Veteran,
        evidence: "退役证".into(),
        from: day("2024-01-01"),
        to: Some(day("2025-01-01")),
    };
    assert!(standing.holds(day("2025-01-01")) && !standing.holds(day("2025-01-02")));
    let known = Dossier { categories: vec![standing], ..Dossier::default() };
    let pairs = form(&[("category.0.category", "disability")]);
    assert_eq!(read(&pairs, &known, day("2026-03-01")).unwrap(), known);
}

#[test]
fn days_that_are_none_and_spans_that_run_backwards_are_said_at_their_fields() {
    let pairs = form(&[
        ("post.0.employer", "某厂"),
        ("post.0.from", "很久以前"),
        ("certificate.0.name", "电工证"),
        ("certificate.0.issued_on", "2024-01-01"),
        ("certificate.0.expires_on", "2023-01-01"),
    ]);
    let wrong = read(&pairs, &Dossier::default(), day("2026-03-01")).unwrap_err();
    let said: Vec<_> = wrong.iter().map(|(field, r)| (field.as_str(), r.code)).collect();
    assert_eq!(
        said,
        [
            ("certificate.0.expires_on", "jobseeker.span_backwards"),
            ("post.0.from", "jobseeker.day_not_understood"),
        ]
    );
}

#[test]
fn forty_and_fifty_are_reckoned_from_the_number() {
    let today = day("2026-03-01");
    let terms = Terms::on(today, seed::terms());
    // the seventeenth digit is odd for men: 1949, 002 is a woman's
    let number = CitizenNumber::parse("11010519491231002X", today).unwrap();
    assert!(!number.is_male());
    let found = mature(&number, &terms, "620502", today).unwrap();
    assert_eq!((found.since, found.years), (day("1989-12-31"), 40));
    assert_eq!(mature(&number, &terms, "620502", day("1989-12-30")), None);
    assert_eq!(mature(&number, &Terms::default(), "620502", today), None);
}
