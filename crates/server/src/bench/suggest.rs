//! `bench suggest`: type-ahead over the reference tables and made-up employers: how long it takes to
//! make, and to answer the letters that people type, with and without a place.

use std::{
    io::{Write, stdout},
    process::ExitCode,
    time::{Duration, Instant},
};

use app::{App, Settings};
use model::{region::Code, vacancy::suggestion::Kind};
use search::suggest::{Item, Suggester};

use super::import::peak;
use crate::{Outcome, config::Config, demo::dice::Dice};

const QUESTIONS: usize = 40_000;
const SHOWN: usize = 8;
/// Of two characters each: employers' own names.
const NAMES: [&str; 24] = [
    "鑫源", "恒泰", "宏达", "永兴", "天成", "金桥", "华盛", "长虹", "瑞丰", "星火", "东方", "兴隆",
    "盛世", "鼎盛", "百川", "佳美", "康泰", "和信", "顺达", "众诚", "安居", "万家", "博雅", "启明",
];
const TRADES: [&str; 12] = [
    "机械", "电子", "餐饮", "物流", "建筑", "服装", "农业", "科技", "物业", "家政", "食品", "商贸",
];

/// Prints the table.
pub(crate) async fn run(config: &Config, entries: usize) -> Outcome {
    let folder = config.data.join("bench-suggest");
    let app = App::open(Settings::in_folder(&folder)).await?;
    let reference = app.reference().await?;
    let mut dice = Dice::new(2026);
    let mut items = app::vacancy::suggest::tables(&reference);
    let places: Vec<(String, String)> = items
        .iter()
        .filter(|item| item.kind == Kind::Place && item.id.len() == 6)
        .filter_map(|item| Some((item.id.clone(), item.texts.first()?.clone())))
        .collect();
    while items.len() < entries {
        items.push(employer(&mut dice, &places, items.len()));
    }
    let typed: Vec<String> = (0..QUESTIONS).map(|_| question(&mut dice, &items)).collect();
    let began = Instant::now();
    let suggester = Suggester::new(&items);
    let made = began.elapsed();
    let memory = peak(std::process::id()) / 1_024;
    let mut out = stdout();
    writeln!(out, "{} entries, made in {made:.2?}; peak of memory {} MB", suggester.len(), memory)?;
    for (name, chosen) in [("anywhere", false), ("with a city", true), ("with a province", true)] {
        let level = if name == "with a province" { 1 } else { 2 };
        let region = |dice: &mut Dice| -> Option<Code> {
            let (code, _) = places.get(dice.below(places.len())).filter(|_| chosen)?;
            Some(code.parse::<Code>().ok()?.at_level(level))
        };
        let mut times: Vec<(Duration, usize)> = Vec::with_capacity(typed.len());
        for (at, letters) in typed.iter().enumerate() {
            let region = region(&mut dice);
            let began = Instant::now();
            let found = suggester.find(letters, region.as_ref(), SHOWN);
            times.push((began.elapsed(), at));
            std::hint::black_box(found);
        }
        times.sort_unstable();
        let mean =
            times.iter().map(|(time, _)| *time).sum::<Duration>() / u32::try_from(times.len())?;
        let at = |part: usize| times.get(times.len() * part / 1_000).copied().unwrap_or_default();
        let slow = typed.get(at(998).1).map_or("", String::as_str);
        writeln!(
            out,
            "{name:16} mean {mean:>8.1?}  p50 {:>8.1?}  p95 {:>8.1?}  p99 {:>8.1?}  (slow: {slow})",
            at(500).0,
            at(950).0,
            at(990).0
        )?;
    }
    app.db().close().await;
    std::fs::remove_dir_all(&folder)?;
    Ok(ExitCode::SUCCESS)
}

fn employer(dice: &mut Dice, places: &[(String, String)], number: usize) -> Item {
    let nowhere = (String::new(), String::new());
    let (code, place) = places.get(dice.below(places.len())).unwrap_or(&nowhere);
    let name = format!("{}{}", dice.word(&NAMES), dice.word(&NAMES));
    let name = format!("{place}{name}{}有限公司", dice.word(&TRADES));
    // few have many
    let count = 400 / (1 + dice.below(400) as u64);
    Item {
        kind: Kind::Employer,
        id: number.to_string(),
        texts: vec![name],
        pinyin: String::new(),
        open: vec![(code.clone(), count)],
    }
}

/// What is typed: the beginning of a name, of its pinyin, a few first letters, or a mixture.
fn question(dice: &mut Dice, items: &[Item]) -> String {
    let Some(item) = items.get(dice.below(items.len())) else { return String::new() };
    let name = item.texts.first().map(String::as_str).unwrap_or_default();
    let start = |text: &str, most: usize| text.chars().take(most).collect::<String>();
    let letters = ["h", "g", "z", "s", "j", "d", "x", "y", "c", "l", "b", "m", "t", "q", "w"];
    let most = 1 + dice.below(4);
    match dice.below(10) {
        0..4 => start(name, most),
        4..7 => (0..most).map(|_| dice.word(&letters)).collect(),
        7..9 if !item.pinyin.is_empty() => start(&item.pinyin.replace(' ', ""), most * 2),
        7..9 => start(name, most + 2),
        _ => format!("{}{}", start(name, 1), dice.word(&letters)),
    }
}
