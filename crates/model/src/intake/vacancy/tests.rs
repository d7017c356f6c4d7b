//! Rows of vacancies as people write them, and what is read from them.

use super::*;
use crate::{
    compliance::Gate,
    education::Education,
    intake::{Noun, Tally, layout},
    occupation::classify::Classifier,
    region::{Region, gazetteer::Gazetteer},
    skill::lexicon::Lexicon,
    term::{Term, Terms},
    vacancy::Benefit,
    wage::Period,
};

fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 3, 1).unwrap()
}

fn region(code: &str, level: i64, name: &str, parent: &str) -> Region {
    Region {
        code: code.into(),
        level,
        name: name.into(),
        parent: parent.into(),
        aliases: String::new(),
        pinyin: String::new(),
        longitude: Some(105.0),
        latitude: Some(34.0),
        valid_from: today(),
        valid_to: None,
        successor: String::new(),
    }
}

pub(crate) fn reference() -> Reference {
    let term = |key: &str, value| Term {
        key: key.into(),
        region: String::new(),
        value,
        unit: String::new(),
        valid_from: NaiveDate::default(),
        valid_to: None,
        basis: "test".into(),
    };
    let regions = vec![
        region("620000", 1, "甘肃省", ""),
        region("620500", 2, "天水市", "620000"),
        region("620521", 3, "清水县", "620500"),
    ];
    Reference {
        catalogue: std::sync::Arc::default(),
        places: Gazetteer::new(regions),
        occupations: Classifier::new(Vec::new(), Default::default),
        skills: Lexicon::new(Vec::new()),
        english: std::collections::BTreeMap::new(),
        synonyms: Vec::new(),
        gate: Gate::new(Vec::new(), Vec::new()),
        terms: Terms::on(
            today(),
            [term("working_days_per_month", 21.75), term("working_hours_per_day", 8.0)],
        ),
    }
}

fn row(cells: &[&str]) -> Row {
    Row { number: 2, cells: cells.iter().map(|c| (*c).to_owned()).collect() }
}

/// Reads a row under the headings of a file.
fn under(headings: &[&str], cells: &[&str]) -> Outcome<VacancyDraft> {
    let first = Row { number: 1, ..row(headings) };
    let binding = Binding::recognise(Noun::Vacancies, &[first], layout::builtin());
    read(&reference(), &binding, &row(cells), today())
}

const COUNTY: &[&str] = &[
    "单位名称",
    "统一社会信用代码",
    "岗位名称",
    "招聘人数",
    "工作地点",
    "月薪/工资待遇",
    "学历要求",
    "工作经验",
    "用工形式",
    "福利待遇",
    "岗位职责",
    "发布日期",
    "截止日期",
];

#[test]
fn a_countys_row_is_understood() {
    let (draft, understood, notes) = under(
        COUNTY,
        &[
            "清水县宏达机械厂",
            "91350100M000100Y43",
            "电焊工",
            "５人",
            "",
            "180元/天",
            "初中及以上",
            "1年以上",
            "全日制",
            "包吃住，五险",
            "焊接钢结构\n\n打磨",
            "2026年2月20日",
            "2026/6/30",
        ],
    )
    .unwrap();
    let offer = &draft.offer;
    assert_eq!(notes.iter().map(|n| n.remark.code).collect::<Vec<_>>(), [] as [&str; 0]);
    assert_eq!(
        (draft.employer.name.as_str(), offer.title.as_str()),
        ("清水县宏达机械厂", "电焊工")
    );
    assert_eq!(draft.employer.credit_code, "91350100M000100Y43");
    assert_eq!(offer.headcount, Some(5));
    let wage = offer.wage.as_ref().unwrap();
    assert_eq!((wage.min, wage.period), (18_000, Period::Day));
    // 180 yuan on 21.75 days
    assert_eq!((offer.pay_from, offer.pay_to), (Some(391_500), Some(391_500)));
    assert_eq!(offer.education, Some(Education::JuniorHigh));
    assert_eq!((offer.experience_min, offer.experience_max), (Some(12), None));
    assert_eq!(offer.form, Some(Form::FullTime));
    assert_eq!(offer.benefits, [Benefit::Insurance, Benefit::Board, Benefit::Lodging]);
    assert_eq!(offer.duties, "焊接钢结构\n打磨");
    assert_eq!(offer.posted_on, NaiveDate::from_ymd_opt(2026, 2, 20));
    assert_eq!(offer.expires_on, NaiveDate::from_ymd_opt(2026, 6, 30));
    assert_eq!(
        (understood.wage, understood.education),
        (Tally { said: 1, understood: 1 }, Tally { said: 1, understood: 1 })
    );
}

#[test]
fn everything_that_is_wrong_is_said_at_once_with_its_column() {
    let faults = under(
        COUNTY,
        &[
            "",
            "91350100M000100Y44",
            "保安",
            "-2",
            "",
            "5000-3000元",
            "",
            "",
            "",
            "",
            "",
            "2026-02-20",
            "2026-01-01",
        ],
    )
    .unwrap_err();
    let said: Vec<(&str, &str)> =
        faults.iter().map(|f| (f.column.as_str(), f.refusal.code)).collect();
    assert_eq!(
        said,
        [
            ("单位名称", "employer.name_missing"),
            ("统一社会信用代码", "employer.credit_code_check"),
            ("月薪/工资待遇", "wage.min_above_max"),
            ("招聘人数", "vacancy.headcount_implausible"),
            ("截止日期", "vacancy.expires_before_posted"),
        ]
    );
    assert_eq!(faults[2].value, "5000-3000元");
}

#[test]
fn what_is_not_understood_is_kept_and_noted() {
    let (draft, understood, notes) = under(
        COUNTY,
        &["某厂", "", "杂工", "看情况", "", "15-20", "能干就行", "", "其他", "", "", "", "春节后"],
    )
    .unwrap();
    let said: Vec<&str> = notes.iter().map(|n| n.remark.code).collect();
    assert_eq!(
        said,
        [
            "wage.not_understood",
            "education.not_understood",
            "vacancy.headcount_not_understood",
            "vacancy.form_not_understood",
            "intake.day_not_understood",
        ]
    );
    assert_eq!((draft.offer.wage_text.as_str(), draft.offer.wage.as_ref()), ("15-20", None));
    assert_eq!((draft.offer.education_text.as_str(), draft.offer.education), ("能干就行", None));
    assert_eq!(understood.wage, Tally { said: 1, understood: 0 });
    assert_eq!(draft.offer.posted_on, Some(today()));
}

#[test]
fn shifted_columns_are_put_right() {
    let headings = &["单位", "岗位", "学历", "经验"];
    for (level, years) in [("本科", "3-5年"), ("3-5年", "本科")] {
        let (draft, understood, _) = under(headings, &["某公司", "会计", level, years]).unwrap();
        let offer = draft.offer;
        assert_eq!((offer.education, offer.experience_min), (Some(Education::Bachelor), Some(36)));
        assert_eq!(
            (offer.education_text.as_str(), offer.experience_text.as_str()),
            ("本科", "3-5年")
        );
        assert_eq!(understood.education, Tally { said: 1, understood: 1 });
    }
    let (draft, understood, notes) = under(headings, &["某公司", "会计", "", "硕士"]).unwrap();
    assert_eq!(draft.offer.education, Some(Education::Master));
    assert_eq!((understood.education.said, notes.len()), (1, 0));
    let (_, understood, notes) = under(headings, &["某公司", "会计", "英语熟练", "2年"]).unwrap();
    assert_eq!((understood.education.said, notes.len()), (0, 0));
}

#[test]
fn education_stands_in_the_requirements_where_it_has_no_column() {
    let (draft, ..) =
        under(&["单位", "岗位", "岗位要求"], &["某公司", "会计", "大专以上学历，有初级会计证"])
            .unwrap();
    assert_eq!(draft.offer.education, Some(Education::College));
    assert_eq!(draft.offer.duties, "大专以上学历，有初级会计证");
}

#[test]
fn a_boards_tags_are_sorted_out() {
    let headings =
        ["id", "title", "company", "wage_text", "tags", "location", "experience", "education"];
    let cells = [
        "zl-1",
        "骑手",
        "某公司",
        "8千-1.2万·13薪",
        "包住|高温补贴|民营|100-299人|人力资源服务",
        "",
        "经验不限",
        "学历不限",
    ];
    let (draft, ..) = under(&headings, &cells).unwrap();
    assert_eq!(draft.key, "zl-1");
    let employer = &draft.employer;
    assert_eq!((employer.ownership.as_str(), employer.size.as_str()), ("民营", "100-299人"));
    assert_eq!(employer.industry_text, "人力资源服务");
    assert_eq!(draft.offer.benefits, [Benefit::Lodging, Benefit::Bonus]);
    assert_eq!(draft.offer.wage.unwrap().months, Some(13));
    assert_eq!(draft.offer.experience_min, Some(0));
}

#[test]
fn codes_and_units_come_from_the_layout() {
    let headings = [
        "id",
        "title",
        "company",
        "wage_min",
        "wage_max",
        "wage_period_code",
        "education_code",
        "county_code",
        "headcount",
    ];
    let (draft, understood, _) =
        under(&headings, &["1", "数据员", "某公司", "150", "200", "2", "3", "620521", "0"])
            .unwrap();
    let wage = draft.offer.wage.unwrap();
    assert_eq!((wage.min, wage.max, wage.period), (15_000, 20_000, Period::Day));
    assert_eq!(draft.offer.education, Some(Education::Bachelor));
    assert_eq!(
        (draft.offer.place.region.as_str(), draft.offer.place.longitude),
        ("620521", Some(105.0))
    );
    assert_eq!(
        (understood.city, understood.county),
        (Tally { said: 1, understood: 1 }, Tally { said: 1, understood: 1 })
    );
}

#[test]
fn the_row_is_known_again_by_what_makes_it_this_row() {
    let headings = &["单位", "岗位", "工资"];
    let key = |cells: &[&str]| under(headings, cells).unwrap().0.key;
    assert_eq!(key(&["某公司", "会计", "3000"]), key(&["某 公司", "会计", "3500"]));
    assert_ne!(key(&["某公司", "会计", "3000"]), key(&["某公司", "出纳", "3000"]));
}

#[test]
fn a_job_posting_is_a_vacancy_like_any_other() {
    let posting = r#"{"@type":"JobPosting","title":"电焊工","hiringOrganization":{"name":"某厂"},
        "description":"<p>焊接钢结构</p><ul><li>打磨&amp;清理</li></ul>","totalJobOpenings":3,
        "baseSalary":{"currency":"CNY","value":{"minValue":4000,"maxValue":6000,"unitText":"MONTH"}},
        "educationRequirements":{"credentialCategory":"high school"},
        "experienceRequirements":{"monthsOfExperience":12},"employmentType":"FULL_TIME",
        "jobLocation":{"address":{"addressLocality":"清水县"}},"datePosted":"2026-02-20",
        "validThrough":"2026-06-30T00:00","identifier":{"value":"A7"}}"#;
    let (draft, understood, notes) = under(&["JobPosting"], &[posting]).unwrap();
    assert!(notes.is_empty(), "{notes:?}");
    let offer = draft.offer;
    assert_eq!((draft.key.as_str(), draft.employer.name.as_str()), ("A7", "某厂"));
    assert_eq!(offer.duties, "焊接钢结构\n打磨&清理");
    assert_eq!((offer.pay_from, offer.pay_to), (Some(400_000), Some(600_000)));
    assert_eq!((offer.education, offer.experience_min), (Some(Education::SeniorHigh), Some(12)));
    assert_eq!((offer.form, offer.headcount), (Some(Form::FullTime), Some(3)));
    assert_eq!(offer.place.region, "620521");
    assert_eq!(offer.expires_on, NaiveDate::from_ymd_opt(2026, 6, 30));
    assert_eq!(understood.county, Tally { said: 1, understood: 1 });
    let faults = under(&["JobPosting"], &[r#"{"title":"保安"}"#]).unwrap_err();
    let said: Vec<_> = faults.iter().map(|f| (f.column.as_str(), f.refusal.code)).collect();
    assert_eq!(said, [("hiringOrganization", "employer.name_missing")]);
}
