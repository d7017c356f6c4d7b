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

/// Everything whose keys begin with what was typed, looked at one by one.
fn by_looking(at: &Suggester, typed: &str, region: Option<&Code>, limit: usize) -> Vec<String> {
    let chosen = region.map(thing::Chosen::new);
    let mut met: HashMap<u32, bool> = HashMap::new();
    for key in at.keys.iter().filter(|key| at.text(key).starts_with(typed)) {
        *met.entry(key.thing).or_default() |= at.text(key) == typed;
    }
    let ranked = |(&number, &whole): (&u32, &bool)| {
        let of = &at.things[number as usize];
        let score = chosen.as_ref().map_or_else(|| of.value(), |chosen| of.score(chosen))
            + if whole { found::WHOLE } else { 0 };
        (std::cmp::Reverse(score), of.kind, of.rank, of.id.to_string())
    };
    let mut ranked: Vec<_> = met.iter().map(ranked).collect();
    ranked.sort();
    let mut kinds: HashMap<Kind, usize> = HashMap::new();
    let (mut first, mut later) = (Vec::new(), Vec::new());
    for (_, kind, _, id) in ranked {
        let of_kind = kinds.entry(kind).or_default();
        *of_kind += 1;
        if *of_kind <= found::OF_A_KIND { first.push(id) } else { later.push(id) }
    }
    first.into_iter().chain(later).take(limit).collect()
}

#[test]
fn the_best_are_those_that_looking_at_everything_finds() {
    let (cities, mut seed) = (["6205", "6201", "1101", "5001", "3415"], 7_u64);
    let mut dice = |below: usize| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(seed >> 33).unwrap() % below
    };
    let parts = ["星", "火", "焊", "工", "天", "水", "护", "重", "庆", "行", "A", "b2 "];
    let kinds = Kind::ALL;
    let mut items = Vec::new();
    for n in 0..6_000 {
        let kind = kinds[dice(9).min(4)];
        let mut name = |most| (0..=dice(most)).map(|_| parts[dice(12)]).collect::<String>();
        let texts = [name(4), name(3)];
        let mut open = Vec::new();
        for _ in 0..dice(5) {
            let city = cities[dice(5)];
            let deep = ["", "02", "05", "07", "05003", "07001"][dice(6)];
            open.push((format!("{city}{deep:0<2}"), (dice(60) * dice(60)) as u64));
        }
        let place = format!("{}{:02}{:03}", cities[dice(5)], 2 + dice(6), n % 1_000);
        let id = if kind == Kind::Place { place } else { n.to_string() };
        items.push(Item { kind, id, texts: texts.into(), pinyin: String::new(), open });
    }
    let suggester = Suggester::new(&items);
    let regions = ["", "620000", "620500", "620505", "620505003", "110102", "500100", "340000"];
    let mut asked: Vec<String> =
        ["x", "h", "hg", "xh", "t", "z", "zq", "c", "星", "焊工", "b2", "a"]
            .map(String::from)
            .into();
    asked.extend((0..60).map(|_| parts[dice(11)].to_lowercase() + parts[dice(10)]));
    for typed in &asked {
        for region in regions.map(|code| code.parse::<Code>().ok()) {
            let mut found = Found::new(&suggester, region.as_ref(), 8);
            found.begin(typed);
            let ids: Vec<_> = found.best(8).into_iter().map(|one| one.id).collect();
            let looked = by_looking(&suggester, typed, region.as_ref(), 8);
            assert_eq!(ids, looked, "{typed} in {region:?}");
        }
    }
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
