//! Places on the committed table, and on real files where they are at hand.

use std::{
    io::{BufRead, BufReader},
    time::Instant,
};

use crate::reference::seed::{self, PLACES};

fn region(text: &str) -> String {
    PLACES.read(text, "").region
}

#[test]
fn places_are_read_as_people_write_them() {
    for (text, code) in [
        ("深圳市南山区科技园", "440305"),
        ("北京·朝阳·十八里店", "110105028"),
        ("北京-昌平区", "110114"),
        ("青秀区", "450103"),
        ("武汉", "420100"),
        ("常州·新北·三井", "320411002"),
        ("广西南宁市青秀区民族大道", "450103"),
        ("甘肃省天水市秦州区", "620502"),
        ("河南·济源", "419001"),
        ("郑州·管城·商都路", "410104570"),
        ("上海－浦东新区", "310115"),
        ("上海 浦东", "310115"),
        ("南京·雨花台·铁心桥", "320114006"),
        ("东莞-长安镇", "441900119"),
        ("东莞·大朗镇", "441900113"),
        ("重庆", "500000"),
        ("重庆两江新区", "500000"),
        ("成都-高新区", "510100"),
        ("苏州-工业园区", "320576"),
        ("海南", "460000"),
        ("吉林", "220000"),
        ("吉林市", "220200"),
        ("大同", "140200"),
        ("内蒙古呼和浩特赛罕区", "150105"),
        ("荔浦县", "450381"),
        ("杭州-江干区", "330102"),
        ("香港九龙", "810000"),
        ("台州路桥区", "331004"),
    ] {
        assert_eq!(region(text), code, "{text}");
    }
}

#[test]
fn what_is_not_certain_is_said_to_be_so() {
    let reading = PLACES.read("朝阳区", "");
    assert_eq!(reading.region, "");
    assert!(reading.candidates.contains(&"110105".into()), "{reading:?}");
    assert!(reading.candidates.contains(&"220104".into()), "{reading:?}");
    assert!(PLACES.read("鼓楼区", "").candidates.len() >= 4);
    assert_eq!(PLACES.read("朝阳", "").region, "");
    let both = PLACES.read("北京/上海", "");
    assert_eq!((both.region.as_str(), both.candidates.len()), ("", 2));
    assert_eq!(PLACES.read("深圳、广州", "").region, "440000");
}

#[test]
fn the_region_around_decides_between_places_of_one_name() {
    for (text, around, code) in [
        ("朝阳区", "110000", "110105"),
        ("鼓楼区", "320100", "320106"),
        ("鼓楼区", "350102", "350102"),
        ("城关镇", "620500", ""),
        ("北京", "440300", "110000"),
    ] {
        let reading = PLACES.read(text, around);
        assert!(reading.region.starts_with(code), "{text} around {around}: {reading:?}");
    }
}

#[test]
fn a_later_word_says_which_place_is_meant() {
    assert_eq!(region("鼓楼区 湖南路街道"), "320106003");
    assert_eq!(region("南山区，深圳市"), "440305");
}

#[test]
fn codes_are_read_at_any_length() {
    assert_eq!(region("440305"), "440305");
    assert_eq!(region("110105028"), "110105028");
    assert_eq!(region("110105028001"), "110105028");
    assert_eq!(region("441902"), "441900");
    assert_eq!(region("450331"), "450381");
    assert_eq!(region("999999"), "");
    assert_eq!(region("440000|440100|440106"), "440106");
    assert_eq!(region("110100"), "110000");
}

#[test]
fn a_street_or_a_school_named_after_a_place_is_not_that_place() {
    for text in ["北京路3号", "南京东路", "中山大学", "上海大厦", "西藏北路12号", "全国", "国外"]
    {
        assert_eq!(region(text), "", "{text}");
    }
    assert_eq!(region("广州市北京路"), "440100");
}

#[test]
fn places_elsewhere_and_other_texts_give_nothing() {
    for text in
        ["110 William St. N Y", "Singapore", "Mexico City, Mexico", "", "面议", "10007", "Remote"]
    {
        assert_eq!(PLACES.read(text, ""), super::Reading::default(), "{text}");
    }
}

#[test]
fn a_county_under_the_wrong_city_is_doubted() {
    let reading = PLACES.read("上海 天河区", "");
    assert_eq!(reading.region, "440106");
    assert_eq!(reading.candidates, ["310000", "440106"]);
    assert_eq!(PLACES.read("上海|东新区", "").region, "310115");
    assert_eq!(PLACES.read("北京|景山区", "").region, "110107");
}

#[test]
fn the_tree_passes_through_levels_without_a_name() {
    let names = |code| PLACES.path(code).iter().map(|r| r.name.as_str()).collect::<Vec<_>>();
    assert_eq!(names("110105"), ["北京市", "朝阳区"]);
    assert_eq!(names("419001"), ["河南省", "济源市"]);
    assert_eq!(names("620502"), ["甘肃省", "天水市", "秦州区"]);
    assert_eq!(PLACES.children("").len(), 34);
    assert_eq!(PLACES.children("110000").len(), 16);
    assert!(PLACES.children("410000").iter().any(|r| r.code == "419001"));
    assert_eq!(names("000000"), Vec::<&str>::new());
}

#[test]
fn a_place_without_a_point_of_its_own_stands_where_the_one_above_does() {
    let own = PLACES.centroid("110105").unwrap();
    assert_eq!(PLACES.centroid("110105028"), Some(own));
    assert_eq!(PLACES.centroid("999999"), None);
    assert!((own.0 - 116.4).abs() < 0.5 && (own.1 - 39.9).abs() < 0.5);
}

#[test]
fn places_are_suggested_by_name_pinyin_and_initials() {
    let first = |prefix| PLACES.suggest(prefix, 5).first().map_or("", |r| r.name.as_str());
    assert_eq!(first("兰"), "兰州市");
    assert_eq!(first("lanzhou"), "兰州市");
    assert_eq!(first("lan zh"), "兰州市");
    assert!(PLACES.suggest("lz", 20).iter().any(|r| r.name == "兰州市"));
    assert!(PLACES.suggest("", 5).is_empty());
}

/// Rows, read to the city, with a county in the text, read to the county.
#[derive(Debug, Default)]
struct Counts([usize; 4]);

impl Counts {
    fn add(&mut self, text: &str, has_county: bool) {
        let reading = PLACES.read(text, "");
        let city = PLACES.is_city(&reading.region);
        let county = PLACES.find(&reading.region).is_some_and(|r| r.level > 2);
        for (count, more) in self.0.iter_mut().zip([true, city, has_county, has_county && county]) {
            *count += usize::from(more);
        }
        if !city || (has_county && !county) {
            println!("{text} → {reading:?}");
        }
    }
}

#[test]
fn real_places_are_understood() {
    let mut tally = Counts::default();
    let column = |name: &str, at: usize| {
        let file = seed::source(&format!("postings-zh/{name}.csv"));
        let rows = file.into_iter().flat_map(|f| csv::Reader::from_reader(f).into_records());
        rows.map(move |row| row.unwrap()[at].to_owned()).collect::<Vec<_>>()
    };
    let fields = |name: &str, keys: &[&str]| {
        let file = seed::source(&format!("postings-zh/{name}.jsonl"));
        let lines = file.into_iter().flat_map(|f| BufReader::new(f).lines());
        let row = |line: String| serde_json::from_str::<serde_json::Value>(&line).unwrap();
        let text = |row: serde_json::Value| {
            keys.iter().map(|k| row[*k].as_str().unwrap()).collect::<Vec<_>>().join(" ")
        };
        lines.map(|line| text(row(line.unwrap()))).collect::<Vec<_>>()
    };
    let nowhere = ["", "全国", "国外", "日本", "广西壮族自治区", "异地招聘"];
    for text in column("zhilian_2024_sample", 5) {
        tally.add(&text, text.contains('·'));
    }
    for text in column("gxrc_management_2022", 3) {
        if !nowhere.contains(&text.as_str()) {
            tally.add(&text, text.ends_with(['区', '县']));
        }
    }
    for (name, keys) in [
        ("51job_bigdata_2019", &["region"][..]),
        ("it_postings_2019_sample", &["city", "district"]),
        ("tipdm_5iai_vacancies_2023", &["province_code", "city_code", "county_code"]),
    ] {
        for text in fields(name, keys) {
            if !nowhere.contains(&text.trim()) {
                tally.add(&text, text.trim().contains(['-', ' ']));
            }
        }
    }
    println!("{tally:?}");
    let [rows, city, said, county] = tally.0;
    assert!(city * 100 >= rows * 97, "{city} of {rows} to the city");
    assert!(county * 100 >= said * 90, "{county} of {said} to the county");
}

#[test]
#[ignore = "a measurement: run it with --release"]
fn reading_is_fast() {
    let regions = seed::regions();
    let start = Instant::now();
    let places = super::Gazetteer::new(regions);
    println!("built in {:?}", start.elapsed());
    let texts =
        ["深圳市南山区科技园", "北京·朝阳·十八里店", "青秀区", "广西南宁市青秀区民族大道12号"];
    let start = Instant::now();
    let read = (0..400_000).map(|i| places.read(texts[i % 4], "").region.len()).sum::<usize>();
    println!("{read} characters of code, {:?} a read", start.elapsed() / 400_000);
}
