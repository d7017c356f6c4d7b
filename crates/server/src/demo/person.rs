//! The demonstration's jobseekers: what a village survey or a counter would write down.

use chrono::NaiveDate;

use super::{dice::Dice, identity, place::Place, trade::Trade};

pub(super) struct Person {
    pub(super) name: String,
    pub(super) number: String,
    pub(super) phone: String,
    pub(super) home: Place,
    pub(super) education: String,
    pub(super) wish: String,
    pub(super) pay: String,
    pub(super) regions: String,
    pub(super) experience: String,
    pub(super) skills: String,
    pub(super) history: String,
    pub(super) form: String,
    pub(super) lodging: bool,
    pub(super) board: bool,
}

const SCHOOLS: &[(&str, usize)] = &[
    ("小学", 120),
    ("初中", 430),
    ("高中", 170),
    ("中专", 90),
    ("中技", 30),
    ("大专", 110),
    ("本科", 48),
    ("硕士", 2),
];
const HIGHER: &[(&str, usize)] = &[("中专", 200), ("大专", 500), ("本科", 285), ("硕士", 15)];
/// Where people would go besides home.
const REGIONS: &[(&str, usize)] = &[
    ("", 60),
    ("甘谷县", 330),
    ("天水市", 230),
    ("秦州区、麦积区", 60),
    ("兰州市、天水市", 120),
    ("兰州市", 40),
    ("苏州市", 30),
    ("苏州市、宁波市", 40),
    ("天津市", 20),
    ("江苏省、浙江省、广东省", 30),
    ("不限", 40),
];
const WHERE: &[&str] = &["县城", "本村", "天水", "兰州", "苏州", "西安", "乌鲁木齐", "宁波"];

pub(super) fn new(dice: &mut Dice, trades: &[Trade], today: NaiveDate) -> Option<Person> {
    let trade = dice.weighted(trades, |trade| trade.people)?;
    let years = if dice.chance(220) { 0 } else { dice.between(1, 18) };
    let home = Place::of_home(dice);
    let regions = one(dice, REGIONS);
    let away = !regions.is_empty() && !regions.contains("甘谷") && dice.chance(600);
    let youngest = 19 + years.min(20);
    let born = identity::birthday(dice, today, youngest, 63);
    Some(Person {
        name: identity::name(dice),
        number: identity::citizen_number(dice, born, today),
        phone: identity::phone(dice),
        home,
        education: one(dice, if trade.is_office() { HIGHER } else { SCHOOLS }),
        wish: wish(dice, trade, trades),
        pay: pay(dice, trade),
        regions,
        experience: experience(dice, years),
        skills: skills(dice, trade, years),
        history: history(dice, trade, years),
        form: form(dice, trade),
        lodging: away,
        board: away && dice.chance(500),
    })
}

fn one(dice: &mut Dice, of: &[(&str, usize)]) -> String {
    dice.weighted(of, |(_, weight)| *weight).map(|(word, _)| (*word).to_owned()).unwrap_or_default()
}

fn wish(dice: &mut Dice, trade: &Trade, trades: &[Trade]) -> String {
    let mut wishes = vec![dice.word(&trade.wish)];
    if dice.chance(330) {
        let others = |other: &Trade| {
            if other.is_office() == trade.is_office() { other.people } else { 0 }
        };
        wishes.extend(dice.weighted(trades, others).map(|other| dice.word(&other.wish)));
    }
    wishes.dedup();
    wishes.join("、")
}

/// What people hope for: a little under or over what is paid.
fn pay(dice: &mut Dice, trade: &Trade) -> String {
    let [low, _] = trade.pay;
    let hoped = low * dice.between(75, 115) / 100 / 100 * 100;
    match dice.below(20) {
        0 => String::new(),
        1 => "面议".into(),
        2 => format!("{hoped}以上"),
        3 => format!("{hoped}-{}", hoped + 1000),
        4 => format!("{hoped}元左右"),
        _ => hoped.to_string(),
    }
}

fn experience(dice: &mut Dice, years: i64) -> String {
    match (years, dice.below(12)) {
        (0, 0..=5) => "无".into(),
        (0, _) | (_, 0) => String::new(),
        (years, 1) => format!("{years}年以上"),
        (years, _) => format!("{years}年"),
    }
}

fn skills(dice: &mut Dice, trade: &Trade, years: i64) -> String {
    let most = if years > 4 { trade.skills.len() } else { 2 };
    let mut skills =
        if years == 0 && dice.chance(500) { Vec::new() } else { dice.some(&trade.skills, most) };
    if !trade.paper.is_empty() && dice.chance(if years > 2 { 700 } else { 250 }) {
        skills.push(trade.paper.clone());
    }
    if dice.chance(120) {
        skills.push("C1驾驶证".into());
    }
    skills.join("、")
}

fn history(dice: &mut Dice, trade: &Trade, years: i64) -> String {
    let (place, title) = (dice.word(WHERE), dice.word(&trade.wish));
    match (years, dice.below(5)) {
        (0, _) | (_, 0) => String::new(),
        (years, 1) => format!("在{place}干过{years}年{title}，活路熟。"),
        (years, 2) => format!("{title}，{years}年，去年回家照顾老人，现在想再出来做。"),
        (years, 3) => format!("先后在{place}两家单位做{title}，一共{years}年。"),
        (years, _) => format!("在{place}做{title}{years}年。"),
    }
}

fn form(dice: &mut Dice, trade: &Trade) -> String {
    match dice.below(10) {
        0..=4 => trade.form.clone(),
        5 if !trade.is_office() => "全职、临时工".into(),
        _ => String::new(),
    }
}
