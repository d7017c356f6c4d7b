//! `bench suggest`: type-ahead over the reference tables and made-up employers: how long it takes to
//! make, and to answer the letters that people type, with and without a place.

use std::{
    io::{Write, stdout},
    process::ExitCode,
    time::{Duration, Instant},
};

use app::{App, Settings};
use model::{reference::Reference, region::Code, vacancy::suggestion::Kind};
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

/// One way to ask: where, and how long the answers took, sorted, each with the number of what was typed.
pub(super) struct Row {
    pub(super) place: &'static str,
    times: Vec<(Duration, usize)>,
}

/// Everything that was measured.
pub(super) struct Measured {
    pub(super) entries: usize,
    pub(super) made: Duration,
    pub(super) rows: Vec<Row>,
    typed: Vec<String>,
}

impl Row {
    /// So many of a thousand took no longer, and by which of the typed.
    pub(super) fn at(&self, thousandth: usize) -> (Duration, usize) {
        self.times.get(self.times.len() * thousandth / 1_000).copied().unwrap_or_default()
    }

    fn mean(&self) -> Duration {
        let sum: Duration = self.times.iter().map(|(time, _)| *time).sum();
        sum / u32::try_from(self.times.len()).unwrap_or(u32::MAX).max(1)
    }
}

/// Prints the table.
pub(crate) async fn run(config: &Config, entries: usize) -> Outcome {
    let folder = config.data.join("bench-suggest");
    let app = App::open(Settings::in_folder(&folder)).await?;
    let measured = measure(&*app.reference().await?, entries);
    let (memory, mut out) = (peak(std::process::id()) / 1_024, stdout());
    let Measured { entries, made, .. } = measured;
    writeln!(out, "{entries} entries, made in {made:.2?}; peak of memory {memory} MB")?;
    for row in &measured.rows {
        let slow = measured.typed.get(row.at(998).1).map_or("", String::as_str);
        let [middle, most, worst] = [500, 950, 990].map(|part| row.at(part).0);
        writeln!(
            out,
            "{:16} mean {:>8.1?}  p50 {middle:>8.1?}  p95 {most:>8.1?}  p99 {worst:>8.1?}  \
             (slow: {slow})",
            row.place,
            row.mean(),
        )?;
    }
    app.db().close().await;
    std::fs::remove_dir_all(&folder)?;
    Ok(ExitCode::SUCCESS)
}

/// Makes a suggester of the tables and of employers, and asks it what people type.
pub(super) fn measure(reference: &Reference, entries: usize) -> Measured {
    let mut dice = Dice::new(2026);
    let mut items = app::vacancy::suggest::tables(reference);
    let places: Vec<(String, String)> = items
        .iter()
        .filter(|item| item.kind == Kind::Place && item.id.len() == 6)
        .filter_map(|item| Some((item.id.clone(), item.texts.first()?.clone())))
        .collect();
    for item in &mut items {
        open(item, &mut dice, &places);
    }
    while items.len() < entries {
        items.push(employer(&mut dice, &places, items.len()));
    }
    let typed: Vec<String> = (0..QUESTIONS).map(|_| question(&mut dice, &items)).collect();
    let began = Instant::now();
    let suggester = Suggester::new(&items);
    let made = began.elapsed();
    let mut ask = |(place, level): (&'static str, i64)| {
        let mut times: Vec<(Duration, usize)> = Vec::with_capacity(typed.len());
        for (at, letters) in typed.iter().enumerate() {
            let chosen = places.get(dice.below(places.len())).filter(|_| level > 0);
            let chosen = chosen.and_then(|(code, _)| code.parse::<Code>().ok());
            let region = chosen.map(|code| code.at_level(level));
            let began = Instant::now();
            let found = suggester.find(letters, region.as_ref(), SHOWN);
            times.push((began.elapsed(), at));
            std::hint::black_box(found);
        }
        times.sort_unstable();
        Row { place, times }
    };
    let wheres =
        [("anywhere", 0), ("with a province", 1), ("with a city", 2), ("with a county", 3)];
    let rows = wheres.into_iter().map(&mut ask).collect();
    Measured { entries: suggester.len(), made, rows, typed }
}

/// What is open of something of the tables: of few very much, and in many places.
fn open(item: &mut Item, dice: &mut Dice, places: &[(String, String)]) {
    let much = 1 + 300 / (1 + dice.below(300));
    if item.kind == Kind::Place {
        let count = much * much / 4;
        item.open = vec![(item.id.clone(), count as u64)];
        return;
    }
    let nowhere = (String::new(), String::new());
    for _ in 0..much * 8 {
        let (code, _) = places.get(dice.below(places.len())).unwrap_or(&nowhere);
        item.open.push((code.clone(), 1 + dice.below(much) as u64));
    }
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
