//! Rows of jobseekers as people write them, and what is read from them.

use super::*;
use crate::{
    compliance::Gate,
    education::Education,
    intake::{Noun, layout},
    occupation::classify::Classifier,
    region::gazetteer::Gazetteer,
    skill::lexicon::Lexicon,
    term::{Term, Terms},
    vacancy::Form,
};

fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 3, 1).unwrap()
}

const PEOPLE: &[&str] = &[
    "姓名",
    "身份证号",
    "联系电话",
    "户籍/现居住地",
    "文化程度",
    "求职工种",
    "期望工资",
    "工作年限",
    "用工形式",
    "需要住宿",
];

fn under(headings: &[&str], cells: &[&str]) -> Outcome<JobseekerDraft> {
    let row = |number, cells: &[&str]| Row {
        number,
        cells: cells.iter().map(|c| (*c).to_owned()).collect(),
    };
    let age = Term {
        key: "minimum_working_age".into(),
        region: String::new(),
        value: 16.0,
        unit: "a".into(),
        valid_from: NaiveDate::default(),
        valid_to: None,
        basis: "劳动法第十五条".into(),
    };
    let reference = Reference {
        catalogue: std::sync::Arc::default(),
        places: Gazetteer::new(Vec::new()),
        occupations: Classifier::new(Vec::new(), Default::default),
        skills: Lexicon::new(Vec::new()),
        english: std::collections::BTreeMap::new(),
        synonyms: Vec::new(),
        terms: Terms::on(today(), [age]),
        gate: Gate::new(Vec::new(), Vec::new()),
    };
    let binding = Binding::recognise(Noun::Jobseekers, &[row(1, headings)], layout::builtin());
    read(&reference, &binding, &row(2, cells), today())
}

#[test]
fn a_villages_row_is_a_person() {
    let cells = [
        "张三",
        "11010519491231002x",
        "138 0000 0000",
        "",
        "初中",
        "电焊工、保安",
        "4000元以上",
        "5年",
        "全职/兼职",
        "是",
    ];
    let (draft, understood, notes) = under(PEOPLE, &cells).unwrap();
    assert!(notes.is_empty(), "{notes:?}");
    assert_eq!(draft.key, "11010519491231002X");
    assert_eq!(draft.identity.phone, "138 0000 0000");
    let profile = draft.profile;
    assert_eq!(profile.born_on, NaiveDate::from_ymd_opt(1949, 12, 31));
    assert_eq!((profile.education, profile.experience), (Some(Education::JuniorHigh), Some(60)));
    assert_eq!(profile.wish.pay_from, Some(400_000));
    assert_eq!(profile.wish.forms, [Form::FullTime, Form::PartTime]);
    assert!(profile.wish.needs_lodging && !profile.wish.needs_board);
    assert_eq!((understood.wage.understood, understood.education.understood), (1, 1));
}

#[test]
fn a_wrong_number_is_said_and_not_shown() {
    let faults =
        under(PEOPLE, &["张三", "110105194912310021", "", "", "", "", "", "", "", ""]).unwrap_err();
    assert_eq!(faults.len(), 1);
    assert_eq!(
        (faults[0].column.as_str(), faults[0].refusal.code),
        ("身份证号", "jobseeker.number_check")
    );
    assert_eq!(faults[0].value, "110105**********21");
}

#[test]
fn a_child_is_refused_with_the_law() {
    let headings = &["姓名", "出生日期", "求职意向"];
    let faults = under(headings, &["小明", "2012-05-01", "保安"]).unwrap_err();
    assert_eq!(
        (faults[0].column.as_str(), faults[0].refusal.code),
        ("出生日期", "jobseeker.under_age")
    );
    assert!(faults[0].refusal.args.iter().any(|(_, v)| v == "劳动法第十五条"));
    assert!(under(headings, &["小红", "2010-03-01", "保安"]).is_ok());
    let faults = under(headings, &["小兰", "2031-03-01", "保安"]).unwrap_err();
    assert_eq!(faults[0].refusal.code, "jobseeker.birth_future");
}

#[test]
fn without_a_number_name_and_telephone_are_the_key() {
    let headings = &["姓名", "手机号", "现居住地", "户籍所在地", "期望月薪（千元）"];
    let (draft, ..) = under(headings, &["李四", "１３９00000000", "", "清水县", "4"]).unwrap();
    assert_eq!(draft.key, "李四|13900000000");
    assert_eq!(
        (draft.identity.place_text.as_str(), draft.profile.place.text.as_str()),
        ("清水县", "")
    );
    assert_eq!(draft.profile.wish.pay_from, Some(400_000));
}

#[test]
fn a_row_without_a_name_is_refused() {
    let faults = under(PEOPLE, &["", "", "13900000000", "", "", "", "", "", "", ""]).unwrap_err();
    assert_eq!(faults[0].refusal.code, "jobseeker.name_missing");
}
