//! What somebody types, and what is offered.

use super::*;

fn item(kind: Kind, id: &str, texts: &[&str], open: &[(&str, u64)]) -> Item {
    Item {
        kind,
        id: id.into(),
        texts: texts.iter().map(|text| (*text).into()).collect(),
        pinyin: String::new(),
        open: open.iter().map(|(code, count)| ((*code).into(), *count)).collect(),
    }
}

fn place(id: &str, name: &str, pinyin: &str, count: u64) -> Item {
    Item { pinyin: pinyin.into(), ..item(Kind::Place, id, &[name], &[(id, count)]) }
}

fn small() -> Suggester {
    let o = Kind::Occupation;
    Suggester::new(&[
        item(
            o,
            "6-18-02-04",
            &["焊工", "电焊工", "Welder", "Pipe Welder"],
            &[("620502", 30), ("110105", 9)],
        ),
        item(o, "2-06-03-02", &["会计专业人员", "会计"], &[("620502", 5)]),
        item(o, "4-14-02-02", &["护工"], &[("110105", 200)]),
        item(o, "6-31-01-02", &["行车工", "天车工"], &[]),
        item(Kind::Skill, "plc", &["PLC编程", "PLC programming"], &[]),
        item(Kind::Words, "包吃住", &["包吃住"], &[("620502", 40)]),
        item(Kind::Employer, "a", &["天水市星火机床有限公司"], &[("620502", 3)]),
        item(Kind::Employer, "b", &["重庆星光电子厂"], &[("500112", 90)]),
        item(Kind::Employer, "c", &["北京星辰餐饮有限公司"], &[("110105", 900)]),
        place("620500", "天水市", "tian shui", 400),
        place("620502", "秦州区", "qin zhou", 300),
        place("110000", "北京市", "bei jing", 100),
        place("500000", "重庆市", "chong qing", 900),
        place("330382", "乐清市", "yue qing", 7),
        place("341500", "六安市", "lu an", 8),
        place("350200", "厦门市", "xia men", 70),
        place("430100", "长沙市", "chang sha", 50),
        place("450702", "钦南区", "qin nan", 3),
    ])
}

fn names(typed: &str, region: &str) -> Vec<String> {
    let region = region.parse().ok();
    small().find(typed, region.as_ref(), 8).into_iter().map(|s| s.name).collect()
}

#[test]
fn characters_pinyin_initials_and_mixtures_all_begin_a_word() {
    for typed in [
        "焊", "焊工", "hangong", "hang", "hg", "HG", "han'gong", "han gong", "焊g", "h工", "hango",
        "dianhg", "weld", "Pipe w", "ｈｇ",
    ] {
        assert!(names(typed, "").contains(&"焊工".into()), "{typed}: {:?}", names(typed, ""));
    }
    assert!(names("plc编", "").contains(&"PLC编程".into()));
    assert!(names("plcbc", "").contains(&"PLC编程".into()));
    assert!(
        names("", "").is_empty() && names("！？", "").is_empty() && names("zzz", "").is_empty()
    );
}

#[test]
fn characters_of_several_readings_are_right_in_these_fields() {
    for (typed, name) in [
        ("kuaiji", "会计专业人员"),
        ("kj", "会计专业人员"),
        ("xingche", "行车工"),
        ("hangche", "行车工"),
        ("chongqing", "重庆市"),
        ("cq", "重庆市"),
        ("yueqing", "乐清市"),
        ("luan", "六安市"),
        ("xiamen", "厦门市"),
        ("changsha", "长沙市"),
        ("chongqingxingguang", "重庆星光电子厂"),
        ("xingguang", "重庆星光电子厂"),
    ] {
        assert!(names(typed, "").contains(&name.into()), "{typed}: {:?}", names(typed, ""));
    }
}

#[test]
fn what_was_typed_to_the_end_comes_first_and_then_what_many_look_for() {
    assert_eq!(names("hg", "")[0], "护工");
    assert_eq!(names("焊工", "")[0], "焊工");
    assert_eq!(names("qin", ""), ["秦州区", "钦南区"]);
}

#[test]
fn with_a_place_chosen_the_counts_and_the_order_are_its_own() {
    let welders = |region: &str| {
        let region = region.parse().ok();
        small().find("焊工", region.as_ref(), 8)[0].count
    };
    assert_eq!(
        (welders(""), welders("620500"), welders("110000"), welders("620503")),
        (39, 30, 9, 0)
    );
    assert_eq!(names("hg", "620500")[0], "焊工");
    assert_eq!(names("星", "620500")[0], "天水市星火机床有限公司");
    assert_eq!(names("星", "")[0], "北京星辰餐饮有限公司");
    assert_eq!(names("qin", "450700")[0], "钦南区");
    assert_eq!(names("qin", "620503")[0], "秦州区");
}

#[test]
fn a_suggestion_says_by_which_word_it_was_met() {
    let met = |typed: &str| {
        let found = small().find(typed, None, 1).remove(0);
        (found.matched, found.name, found.id)
    };
    let welder = |matched: &str| (matched.into(), "焊工".into(), "6-18-02-04".into());
    assert_eq!(met("weld"), welder("Welder"));
    assert_eq!(met("pipe"), welder("Pipe Welder"));
    assert_eq!(met("dian"), welder("电焊工"));
    assert_eq!(met("hangong"), welder("焊工"));
}

#[test]
fn a_long_row_of_one_beginning_still_shows_its_best() {
    let many = (0..5_000).map(|n| {
        let (id, name) = (n.to_string(), format!("兴隆{n}号商店"));
        item(Kind::Employer, &id, &[&name], &[(if n % 2 == 0 { "620502" } else { "110105" }, n)])
    });
    let all: Vec<Item> = many.collect();
    let suggester = Suggester::new(&all);
    assert_eq!(suggester.len(), 5_000);
    for typed in ["x", "xl", "xinglong", "兴", "兴隆"] {
        let best = suggester.find(typed, None, 4);
        let counts: Vec<u64> = best.iter().map(|s| s.count).collect();
        // of 4096 and more there are as many doublings
        assert!(counts.iter().all(|&count| count >= 4_096), "{typed}: {counts:?}");
        let region = "620500".parse().ok();
        let here = suggester.find(typed, region.as_ref(), 4);
        assert!(here.iter().all(|s| s.count >= 4_096 && s.count % 2 == 0), "{typed}: {here:?}");
    }
    assert_eq!(suggester.find("兴隆4321号", None, 1)[0].count, 4_321);
}

#[test]
fn whatever_is_typed_is_answered() {
    let suggester = small();
    for typed in [
        "'",
        "\u{202e}焊",
        "焊\u{0}工",
        "🦀🦀",
        "..",
        "++",
        &"h".repeat(100_000),
        &"长".repeat(9_999),
        "ｑ　ｚ",
    ] {
        assert!(suggester.find(typed, None, 8).len() <= 8);
    }
}
