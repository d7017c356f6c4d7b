//! What questions say besides the work.

use super::*;
use crate::reference::seed::PLACES;

fn reading(text: &str, query: &VacancyQuery) -> Reading {
    let is_work = |word: &str| ["welder", "cook", "haining"].contains(&word);
    Reading::new(&PLACES, &Terms::default(), (text, query), &is_work)
}

fn read(text: &str) -> (String, Vec<Wish>) {
    let reading = reading(text, &VacancyQuery::default());
    (reading.words, reading.wishes.into_iter().map(|said| said.wish).collect())
}

#[test]
fn conditions_are_taken_out_of_the_words() {
    use Benefit::*;
    let region = |code: &str| Wish::Region(code.parse().unwrap());
    for (text, words, wishes) in [
        ("焊工 包吃住", "焊工", vec![Wish::Benefits(vec![Board, Lodging])]),
        ("包住的电焊工", "的电焊工", vec![Wish::Benefits(vec![Lodging])]),
        ("前端 月薪2万以上", "前端", vec![Wish::Pay(2_000_000)]),
        ("8000以上 客服", "客服", vec![Wish::Pay(800_000)]),
        ("java 15k 上海", "java", vec![Wish::Pay(1_500_000), region("310000")]),
        ("保洁 4500", "保洁", vec![Wish::Pay(450_000)]),
        ("大专 会计", "会计", vec![Wish::Education(Education::College)]),
        ("不限学历 保安", "保安", vec![Wish::Education(Education::Primary)]),
        ("应届生 会计", "会计", vec![Wish::Experience(0)]),
        ("3年经验 电工", "电工", vec![Wish::Experience(36)]),
        ("兼职 老师", "老师", vec![Wish::Form(Form::PartTime)]),
        ("entry level nurse", "nurse", vec![Wish::Experience(0)]),
        ("part time cook", "cook", vec![Wish::Form(Form::PartTime)]),
        ("天河区 会计", "会计", vec![region("440106")]),
        ("五千以上的焊工", "的焊工", vec![Wish::Pay(500_000)]),
        ("月薪一万二 厨师", "厨师", vec![Wish::Pay(1_200_000)]),
        ("保安 三千五百", "保安", vec![Wish::Pay(350_000)]),
        ("welder with lodging", "welder", vec![Wish::Benefits(vec![Lodging])]),
        ("cook in tianshui", "cook", vec![region("620500")]),
        ("driver in beijing", "driver", vec![region("110000")]),
        ("welder tianshui", "welder", vec![region("620500")]),
        ("tianshui cook", "cook", vec![region("620500")]),
        ("cook kunshan", "cook", vec![region("320583")]),
    ] {
        assert_eq!(read(text), (words.into(), wishes), "{text}");
    }
}

#[test]
fn what_belongs_to_the_work_stays() {
    for text in [
        "社保专员",
        "电工",
        "c++",
        "5g 网络",
        "b2驾照",
        "小学老师",
        "高中英语老师",
        "博士后",
        "partner manager",
        "internal auditor",
        "\"包住\" 焊工",
        "911 dispatcher",
        "两千人大厂 普工",
        "三一重工",
        "一线工人",
        "clerk in charge",
        "welder haining",
        "cook suzhou",
        "baoan",
        "",
        "2026",
    ] {
        assert_eq!(read(text), (text.into(), Vec::new()), "{text}");
    }
}

#[test]
fn a_name_of_several_places_offers_them_and_stays_among_the_words() {
    for (text, name, codes) in [
        ("南山 会计", "南山", vec!["230404", "440305"]),
        ("电工 城关", "城关", vec!["540102", "620102"]),
        ("鼓楼 会计", "鼓楼", vec!["320106", "320302", "350102", "410204"]),
        ("cook suzhou", "suzhou", vec!["320500", "341300"]),
        ("cook nanshan", "nanshan", vec!["230404", "440305"]),
    ] {
        let reading = reading(text, &VacancyQuery::default());
        let unsure = reading.unsure.unwrap();
        let found: Vec<_> = unsure.candidates.iter().map(ToString::to_string).collect();
        assert_eq!((only(&unsure.bytes, text, text).as_str(), found), (name, names(&codes)));
        assert_eq!((reading.words.as_str(), reading.wishes), (text, vec![]));
    }
    let inside = VacancyQuery { region: "440300".parse().ok(), ..VacancyQuery::default() };
    let reading = reading("南山 会计", &inside);
    assert_eq!((reading.unsure, reading.words.as_str()), (None, "会计"));
}

fn names(codes: &[&str]) -> Vec<String> {
    codes.iter().map(|code| (*code).to_owned()).collect()
}

#[test]
fn what_is_chosen_already_is_not_read_again_and_a_place_only_within_the_chosen() {
    let chosen = VacancyQuery {
        region: "440100".parse().ok(),
        pay_from: Some(100_000),
        ..VacancyQuery::default()
    };
    let wishes = |text: &str| {
        let reading = reading(text, &chosen);
        reading.filtered(&chosen)
    };
    assert_eq!(wishes("会计 8000以上").pay_from, Some(100_000));
    assert_eq!(wishes("会计 天河区").region, "440106".parse().ok());
    let elsewhere = wishes("会计 昆山");
    assert_eq!((elsewhere.region, elsewhere.words.as_str()), (chosen.region, "会计 昆山"));
}

#[test]
fn a_condition_is_taken_back_by_its_words() {
    let typed = "焊工　包吃住 兰州";
    let folded = "焊工 包吃住 兰州";
    let reading = reading(folded, &VacancyQuery::default());
    let without: Vec<_> =
        reading.wishes.iter().map(|said| without(&said.bytes, typed, folded)).collect();
    assert_eq!(without, ["焊工 兰州", "焊工 包吃住"]);
}

#[test]
fn whatever_is_typed_is_read() {
    for text in ["8".repeat(200), "月薪".repeat(99), "包吃".repeat(99), "$$$,,,...8k--".repeat(9)]
    {
        let reading = reading(&text, &VacancyQuery::default());
        assert!(reading.words.len() <= text.len());
    }
}
