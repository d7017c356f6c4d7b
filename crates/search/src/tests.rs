//! The contract of the index: what goes in is found, counted, paged to the end, and mended.

mod damage;
mod facet;
mod scan;

use chrono::{DateTime, Days};
use model::{
    education::Education,
    vacancy::{
        Benefit, Form, Offer, Place, Source, State,
        query::{Point, Sort},
    },
};
use tempfile::TempDir;
use uuid::Uuid;

use super::*;

/// Numbers that look random and are the same each time.
pub(super) struct Dice(u64);

impl Dice {
    pub(super) fn below(&mut self, n: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % n
    }

    pub(super) fn one_of<T: Copy>(&mut self, all: &[T]) -> T {
        all[self.below(all.len())]
    }
}

pub(super) fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2024, 11, 2).unwrap()
}

const TRADES: [(&str, &str); 8] = [
    ("电工", "6-31-01-03"),
    ("电焊工", "6-18-02-04"),
    ("叉车司机", "6-30-05-03"),
    ("养老护理员", "4-10-01-05"),
    ("会计", "2-06-03-00"),
    ("Java开发工程师", "2-02-10-03"),
    ("C++工程师", "2-02-10-03"),
    ("保洁员", "4-09-08-01"),
];
const PLACES: [&str; 7] = ["620102", "620103", "620102001", "620500", "510104", "510100", ""];

/// A vacancy like others, by its number.
pub(super) fn vacancy(n: u64) -> Vacancy {
    let dice = &mut Dice(n.wrapping_mul(0x9e37_79b9));
    let (trade, occupation) = dice.one_of(&TRADES);
    let pay = dice.one_of(&[None, Some(300_000), Some(600_000), Some(1_200_000)]);
    let benefits = Benefit::ALL.iter().copied().filter(|_| dice.below(3) == 0).collect();
    let spot = |n: usize, base: f64| base + f64::from(u32::try_from(n).unwrap()) / 100.0;
    let place = Place {
        text: String::new(),
        region: dice.one_of(&PLACES).into(),
        longitude: (dice.below(4) > 0).then(|| spot(dice.below(300), 103.0)),
        latitude: Some(spot(dice.below(300), 35.0)),
    };
    let offer = Offer {
        title: format!("{}{trade}", dice.one_of(&["", "急聘", "高级", "资深", "夜班"])),
        occupation: dice.one_of(&[occupation, occupation, ""]).into(),
        duties: format!("负责{trade}工作，{}。", dice.one_of(&["包吃住", "月休四天", "会用电脑"])),
        place,
        pay_from: pay,
        pay_to: pay.map(|pay| pay * 3 / 2),
        education: dice.one_of(&[None, Some(Education::College), Some(Education::Vocational)]),
        experience_min: dice.one_of(&[None, Some(0), Some(12), Some(36)]),
        form: dice.one_of(&[None, Some(Form::FullTime), Some(Form::PartTime)]),
        benefits,
        posted_on: today().checked_sub_days(Days::new(dice.below(60) as u64)),
        expires_on: dice.one_of(&[None, None, None, today().pred_opt(), Some(today())]),
        ..Offer::default()
    };
    let at = DateTime::from_timestamp(1_700_000_000, 0).unwrap();
    Vacancy {
        id: Id::new(Uuid::from_u128(0x0190_0000 << 96 | u128::from(n))),
        source: Source::default(),
        employer: Id::new(Uuid::from_u128(1)),
        offer,
        state: State::Published,
        created_at: at,
        updated_at: at,
        version: 1,
        hired: 0,
    }
}

pub(super) fn vacancies(count: u64) -> Vec<Vacancy> {
    (1..=count).map(vacancy).collect()
}

pub(super) fn entry(vacancy: &Vacancy) -> Entry<'_> {
    Entry {
        vacancy,
        employer: "兰州新区某物流公司",
        occupation: "",
        place: "甘肃省 兰州市",
        answered: None,
    }
}

/// An index in a directory of its own, with these in it.
pub(super) fn index(rows: &[Vacancy]) -> (TempDir, Index) {
    let dir = TempDir::new().unwrap();
    let index = Index::open(dir.path(), vec!["叉车工".into()]).unwrap();
    fill(&index, rows);
    (dir, index)
}

pub(super) fn fill(index: &Index, rows: &[Vacancy]) {
    let rebuild = index.rebuild(mark(7)).unwrap();
    rebuild.put(&rows.iter().map(entry).collect::<Vec<_>>()).unwrap();
    rebuild.finish().unwrap();
    index.refresh();
}

pub(super) fn mark(seq: i64) -> Mark {
    Mark { seq, at: 1 }
}

pub(super) fn asking(words: &str) -> VacancyQuery {
    VacancyQuery { words: words.into(), ..VacancyQuery::default() }
}

fn titled(n: u64, title: &str, duties: &str) -> Vacancy {
    let mut vacancy = vacancy(n);
    vacancy.offer = Offer { title: title.into(), duties: duties.into(), ..Offer::default() };
    vacancy
}

fn titles(index: &Index, rows: &[Vacancy], query: &VacancyQuery) -> Vec<String> {
    let hits = index.find(query, today()).unwrap().hits;
    let title = |hit: &Hit| rows.iter().find(|row| row.id == hit.id).unwrap().offer.title.clone();
    hits.iter().map(title).collect()
}

/// Every page of an answer, to the last.
fn walk(index: &Index, query: &VacancyQuery, mut between: impl FnMut(usize)) -> Vec<Hit> {
    let (mut all, mut query) = (Vec::new(), query.clone());
    for page in 0.. {
        let found = index.find(&query, today()).unwrap();
        assert!(found.hits.len() <= query.limit);
        all.extend(found.hits);
        query.cursor = found.next;
        if query.cursor.is_none() {
            break;
        }
        between(page);
    }
    all
}

#[test]
fn a_word_in_the_title_counts_more_than_one_in_the_text() {
    let rows = [
        titled(1, "仓库管理员", "会电工优先，懂得电工知识，电工证"),
        titled(2, "电工", ""),
        titled(3, "水暖电工维修班长", ""),
        titled(4, "厨师", ""),
    ];
    let (_dir, index) = index(&rows);
    assert_eq!(titles(&index, &rows, &asking("电工")), ["电工", "水暖电工维修班长", "仓库管理员"]);
}

#[test]
fn newness_and_then_the_employers_answers_break_ties() {
    let mut rows = [1, 2, 3, 4].map(|n| titled(n, "电工", ""));
    rows[3].offer.posted_on = Some(today());
    let (_dir, index) = index(&[]);
    let answered = [None, Some(90), Some(10), Some(0)];
    let entry = |(row, answered)| Entry { answered, ..entry(row) };
    let entries: Vec<_> = rows.iter().zip(answered).map(entry).collect();
    index.apply(&entries, &[], mark(8)).unwrap();
    let query = VacancyQuery { limit: 1, ..asking("电工") };
    let hits: Vec<_> = walk(&index, &query, |_| ()).iter().map(|hit| hit.id).collect();
    assert_eq!(hits, [3, 1, 0, 2].map(|n: usize| rows[n].id));
}

#[test]
fn documents_with_all_words_come_before_those_with_most() {
    let rows = [
        titled(1, "养老院护士", "夜班"),
        titled(2, "护士", "在医院上夜班，有护士证，住在兰州"),
        titled(3, "护士", ""),
    ];
    let (_dir, index) = index(&rows);
    let found = titles(&index, &rows, &asking("兰州 夜班 护士 证"));
    assert_eq!(found[0], "护士");
    let query = asking("护士 夜班");
    assert_eq!(titles(&index, &rows, &query)[2], "护士", "without the night shift it comes last");
}

#[test]
fn a_word_found_nowhere_is_told_and_ends_nothing_but_in_quotes() {
    let rows = [titled(1, "护士", "急诊"), titled(2, "厨师", "")];
    let (_dir, index) = index(&rows);
    let found = index.find(&asking("木匠 护士"), today()).unwrap();
    assert_eq!((found.total, found.missing), (1, vec!["木匠".to_owned()]));
    assert_eq!(index.find(&asking("\"木匠\" 护士"), today()).unwrap().total, 0);
    assert_eq!(index.find(&asking("木匠"), today()).unwrap().total, 0);
}

#[test]
fn a_slip_in_a_word_of_letters_is_put_right_and_told() {
    let rows: Vec<_> = (1..=300).map(|n| titled(n, "Electrician", "")).collect();
    let (_dir, index) = index(&rows);
    let found = index.find(&asking("electrican"), today()).unwrap();
    let slip = Slip { typed: "electrican".into(), meant: "electrician".into() };
    assert_eq!((found.total, found.slips), (300, vec![slip]));
    assert!(index.find(&asking("\"electrican\""), today()).unwrap().total == 0);
    let second = VacancyQuery { cursor: found.next, ..asking("electrican") };
    assert_eq!(index.find(&second, today()).unwrap().hits.len(), 20);
}

#[test]
fn what_is_wished_comes_first_and_keeps_nothing_out() {
    let mut rows = [1, 2, 3].map(|n| titled(n, "电工", ""));
    rows[0].offer.place.region = "620500".into();
    rows[1].offer.place.region = "620102".into();
    rows[2].offer.place.region = "620102".into();
    rows[2].offer.benefits = vec![Benefit::Lodging];
    let (_dir, index) = index(&rows);
    let region = "620102".parse().ok();
    let wished =
        VacancyQuery { region, benefits: vec![Benefit::Lodging], ..VacancyQuery::default() };
    let hint = Hint { wished, ..Hint::default() };
    let hits = index.seek(&asking("电工"), &hint, today(), Want::Facets).unwrap().hits;
    assert_eq!(
        hits.iter().map(|hit| hit.id).collect::<Vec<_>>(),
        [2, 1, 0].map(|n: usize| rows[n].id)
    );
}

#[test]
fn what_is_typed_is_found_in_any_writing() {
    let rows =
        [titled(1, "C++开发", ""), titled(2, "Ｊａｖａ后端", ""), titled(3, "木工", "会NODE.JS")];
    let (_dir, index) = index(&rows);
    for (typed, title) in [
        ("c++", "C++开发"),
        ("JAVA", "Ｊａｖａ后端"),
        ("Ｃ＋＋", "C++开发"),
        ("node.js", "木工"),
        ("node", "木工"),
        ("木", "木工"),
        ("兰州 木工", "木工"),
        ("木工 物流公司", "木工"),
    ] {
        assert_eq!(titles(&index, &rows, &asking(typed))[0], title, "{typed}");
    }
}

#[test]
fn a_title_finds_itself() {
    let rows = vacancies(300);
    let (_dir, index) = index(&rows);
    for row in rows.iter().filter(|row| row.is_open(today())) {
        let hits = walk(&index, &VacancyQuery { limit: 100, ..asking(&row.offer.title) }, |_| ());
        assert!(hits.iter().any(|hit| hit.id == row.id), "{}", row.offer.title);
    }
}

#[test]
fn paging_reaches_every_hit_once_in_every_order() {
    let rows = vacancies(500);
    let (_dir, index) = index(&rows);
    let near = Some(Point { latitude: 36.0, longitude: 104.0 });
    for &sort in Sort::ALL {
        for words in ["", "电工 工程师 保洁员 会计"] {
            let query = VacancyQuery { sort, near, limit: 7, ..asking(words) };
            let total = index.find(&query, today()).unwrap().total;
            let mut hits: Vec<_> = walk(&index, &query, |_| ()).iter().map(|hit| hit.id).collect();
            assert_eq!(hits.len() as u64, total, "{sort} {words}");
            hits.sort_unstable();
            hits.dedup();
            assert_eq!(hits.len() as u64, total, "{sort} {words}");
        }
    }
}

#[test]
fn rows_added_between_pages_neither_repeat_nor_hide_a_hit() {
    let rows = vacancies(400);
    let (_dir, index) = index(&rows);
    let query = VacancyQuery { limit: 20, ..asking("工程师") };
    let before: Vec<_> = walk(&index, &query, |_| ()).iter().map(|hit| hit.id).collect();
    let later = vacancies(700);
    let hits = walk(&index, &query, |page| {
        let fresh = &later[400 + page * 10..410 + page * 10];
        index.apply(&fresh.iter().map(entry).collect::<Vec<_>>(), &[], mark(8)).unwrap();
    });
    let mut ids: Vec<_> = hits.iter().map(|hit| hit.id).collect();
    assert!(before.iter().all(|id| ids.contains(id)));
    let seen = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), seen);
}

#[test]
fn orders_are_what_they_say() {
    let rows = vacancies(200);
    let (_dir, index) = index(&rows);
    let offer = |hit: &Hit| &rows.iter().find(|row| row.id == hit.id).unwrap().offer;
    let near = Some(Point { latitude: 36.0, longitude: 104.0 });
    let sorted = |sort| walk(&index, &VacancyQuery { sort, near, ..asking("") }, |_| ());
    assert!(sorted(Sort::New).is_sorted_by_key(|hit| std::cmp::Reverse(offer(hit).posted_on)));
    assert!(sorted(Sort::Wage).is_sorted_by_key(|hit| std::cmp::Reverse(offer(hit).pay_from)));
    let far = |hit: &Hit| hit.distance_km.unwrap_or(f64::MAX);
    assert!(sorted(Sort::Distance).windows(2).all(|two| far(&two[0]) <= far(&two[1]) + 0.001));
}

#[test]
fn a_circle_holds_what_is_in_it() {
    let rows = vacancies(300);
    let (_dir, index) = index(&rows);
    let centre = Point { latitude: 36.2, longitude: 104.1 };
    for km in [1.0, 20.0, 75.0, 5000.0] {
        let query = VacancyQuery { near: Some(centre), within_km: Some(km), ..asking("") };
        let inside = |row: &&Vacancy| {
            let place = row.offer.place.latitude.zip(row.offer.place.longitude);
            let place = place.map(|(latitude, longitude)| Point { latitude, longitude });
            row.is_open(today()) && place.is_some_and(|p| centre.metres(p) <= km * 1000.0)
        };
        let expected = rows.iter().filter(inside).count() as u64;
        assert_eq!(index.find(&query, today()).unwrap().total, expected, "{km}");
    }
}

#[test]
fn what_changes_is_replaced_and_what_goes_is_gone() {
    let mut rows = vec![titled(1, "电工", ""), titled(2, "焊工", "")];
    let (_dir, index) = index(&rows);
    assert_eq!(index.mark(), Some(mark(7)));
    rows[0].offer.title = "水电工".into();
    index.apply(&[entry(&rows[0])], &[rows[1].id], mark(9)).unwrap();
    assert_eq!(titles(&index, &rows, &asking("")), ["水电工"]);
    assert_eq!(index.find(&asking("焊工"), today()).unwrap().total, 0);
    assert_eq!(index.mark(), Some(mark(9)));
    let kept = index.fingerprints().unwrap();
    assert_eq!(kept.get(&rows[0].id), Some(&index.fingerprint(&entry(&rows[0]))));
    assert_eq!(kept.len(), 1);
}

#[test]
fn a_second_process_reads_and_does_not_write() {
    let rows = vacancies(20);
    let (dir, first) = index(&rows);
    first.apply(&[], &[], mark(8)).unwrap();
    let second = Index::open(dir.path(), vec!["叉车工".into()]).unwrap();
    assert_eq!(second.mark(), Some(mark(8)));
    assert!(matches!(second.apply(&[], &[], mark(9)), Err(Error::Busy)));
    assert_eq!(second.mark(), Some(mark(8)));
    let rebuild = first.rebuild(mark(8)).unwrap();
    assert!(matches!(second.rebuild(mark(8)), Err(Error::Busy)));
    rebuild.finish().unwrap();
    second.refresh();
    assert_eq!(second.find(&asking(""), today()).unwrap().total, 0);
}

#[test]
fn an_index_that_another_process_has_replaced_is_taken_up() {
    let rows = vacancies(20);
    let (dir, first) = index(&rows);
    first.apply(&[entry(&rows[0])], &[], mark(8)).unwrap();
    let second = Index::open(dir.path(), vec!["叉车工".into()]).unwrap();
    let rebuild = second.rebuild(mark(30)).unwrap();
    rebuild.put(&[entry(&rows[3])]).unwrap();
    rebuild.finish().unwrap();
    drop(first.apply(&[entry(&rows[1])], &[], mark(9)));
    drop(second);
    first.refresh();
    assert_eq!(first.mark(), Some(mark(30)));
    first.apply(&[entry(&rows[4])], &[], mark(31)).unwrap();
    assert_eq!(first.fingerprints().unwrap().len(), 2);
}

#[test]
fn a_whole_page_of_text_is_no_question_too_many() {
    let rows = vacancies(20);
    let (_dir, index) = index(&rows);
    let text =
        "招聘叉车司机和电焊工以及养老护理员".repeat(12).chars().take(200).collect::<String>();
    assert!(index.find(&asking(&text), today()).is_ok());
    let longer = asking(&"护".repeat(201));
    assert!(matches!(index.find(&longer, today()), Err(Error::Refused(_))));
}
