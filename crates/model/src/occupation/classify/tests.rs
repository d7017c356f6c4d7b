//! Titles on the committed dictionary, and on real files where they are at hand.

use std::time::Instant;

use crate::{
    occupation::shared_levels,
    reference::seed::{self, OCCUPATIONS},
};

fn best(title: &str) -> String {
    OCCUPATIONS.classify(title, 3).first().map(|g| g.code.clone()).unwrap_or_default()
}

#[test]
fn everyday_titles_of_all_trades_are_known() {
    for (title, code) in [
        ("快递员", "4-02-07-08"),
        ("外卖骑手", "4-10-08-01"),
        ("月嫂", "4-10-01-01"),
        ("保洁", "4-09-08-01"),
        ("叉车工", "6-30-01-00"),
        ("电焊工", "6-18-02-04"),
        ("文员", "3-01-01-01"),
        ("酒店前台", "4-03-01-01"),
        ("销售代表", "4-01-02-01"),
        ("会计", "2-06-03-00"),
        ("java开发工程师", "2-02-10-03"),
        ("UI设计师", "2-09-06-01"),
        ("普工", "6-99-00"),
        ("Account Manager", "4-01-02-01"),
        ("CUSTODIAN", "4-09-08-01"),
        ("Civil Engineer", "2-02-18-02"),
        ("Police Officer", "3-02-01-00"),
        ("焊工", "6-18-02-04"),
    ] {
        let guesses = OCCUPATIONS.classify(title, 3);
        assert_eq!(guesses.first().map(|g| g.code.as_str()), Some(code), "{title}: {guesses:?}");
        assert!(guesses[0].confidence >= 90, "{title}: {guesses:?}");
    }
}

#[test]
fn decorations_ranks_and_neighbours_do_not_hide_the_occupation() {
    for (title, code) in [
        ("【急聘】高薪诚聘电焊工（包吃住，五险一金）", "6-18-02-04"),
        ("ＪＡＶＡ开发工程师(上海-金融产品)", "2-02-10-03"),
        ("高级Java开发工程师", "2-02-10-03"),
        ("资深数据分析师（双休）", "2-02-30-09"),
        ("Senior Software Engineer - Physical AI", "2-02-10-03"),
        ("Civil Engineer II", "2-02-18-02"),
        ("诚聘：叉车司机 月薪8000", "6-30-01-00"),
        ("医院保洁员", "4-09-08-01"),
        ("初级会计", "2-06-03-00"),
        ("Administrative Assistant (Palo Alto, Evergreen Park)", "3-01-01-01"),
    ] {
        assert_eq!(best(title), code, "{title}: {:?}", OCCUPATIONS.classify(title, 3));
    }
}

/// A fraction of a second each without optimisation.
const STEP: usize = 7;

#[test]
fn every_official_name_finds_itself() {
    let mut missed = Vec::new();
    for occupation in seed::occupations().into_iter().filter(|o| o.level == 4).step_by(STEP) {
        if best(&occupation.name) != occupation.code {
            missed.push(occupation.name);
        }
    }
    assert!(missed.is_empty(), "{missed:?}");
}

#[test]
fn a_title_near_a_name_finds_its_group() {
    for (title, code) in [
        ("不锈钢氩弧焊接工", "6-18-02-04"),
        ("小学数学老师", "2-08-02-04"),
        ("汽车修理技工", "4-12-01-01"),
    ] {
        assert!(
            shared_levels(&best(title), code) >= 3,
            "{title}: {:?}",
            OCCUPATIONS.classify(title, 3)
        );
    }
}

#[test]
fn what_names_no_work_is_not_guessed() {
    for title in ["", "   ", "!!!", "12345", "ABCXYZQ"] {
        assert!(
            OCCUPATIONS.classify(title, 3).is_empty(),
            "{title}: {:?}",
            OCCUPATIONS.classify(title, 3)
        );
    }
}

#[test]
fn the_same_title_has_the_same_answer_in_every_run() {
    let again = super::Classifier::new(seed::occupations(), seed::texts);
    for title in ["数控车床调机师傅", "Project Assistant Engineer", "仓储物流主管助理"]
    {
        assert_eq!(again.classify(title, 3), OCCUPATIONS.classify(title, 3));
    }
}

/// Titles of real files with their guesses, to be read by a person.
#[test]
#[ignore = "prints for a reader"]
fn real_titles_and_their_guesses() {
    let column = |name: &str, at: usize| {
        let rows =
            seed::source(name).into_iter().flat_map(|f| csv::Reader::from_reader(f).into_records());
        rows.map(move |row| row.unwrap()[at].to_owned()).collect::<Vec<_>>()
    };
    for (name, at) in [
        ("postings-zh/zhilian_2024_sample.csv", 1),
        ("postings-zh/gxrc_management_2022.csv", 0),
        ("postings-en/nyc_jobs_2013_2019.csv", 3),
    ] {
        let titles = column(name, at);
        for title in titles.iter().step_by(titles.len() / 60) {
            let guesses = OCCUPATIONS.classify(title, 3);
            let name = |code: &str| OCCUPATIONS.find(code).map_or("", |o| &o.name).to_owned();
            let words: Vec<_> =
                guesses.iter().map(|g| format!("{} {}", name(&g.code), g.confidence)).collect();
            println!("{title} → {}", words.join(" | "));
        }
    }
}

#[test]
#[ignore = "a measurement: run it with --release"]
fn guessing_is_fast() {
    let start = Instant::now();
    let classifier = super::Classifier::new(seed::occupations(), seed::texts);
    println!("built in {:?}", start.elapsed());
    let titles = [
        "高级Java开发工程师（双休）",
        "医院保洁员",
        "不锈钢氩弧焊接工",
        "Senior Budget Analyst, Bureau of Water",
    ];
    let start = Instant::now();
    let n: usize = (0..40_000).map(|i| classifier.classify(titles[i % 4], 10).len()).sum();
    println!("{n} guesses, {:?} a title", start.elapsed() / 40_000);
}
