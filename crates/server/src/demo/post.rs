//! The demonstration's vacancies: what an employer would write, before anybody writes it into a
//! file.

use chrono::{Days, NaiveDate};

use super::{dice::Dice, identity, place::Place, trade::Trade};

/// An employer that does not exist.
#[derive(Clone)]
pub(super) struct Firm {
    pub(super) name: String,
    /// Empty where the firm has not told it.
    pub(super) credit_code: String,
    pub(super) industry: String,
    pub(super) ownership: String,
    pub(super) size: String,
    place: Place,
    trade: usize,
}

pub(super) struct Post {
    pub(super) number: usize,
    pub(super) firm: Firm,
    pub(super) title: String,
    pub(super) headcount: String,
    pub(super) place: Place,
    /// Yuan a month.
    pub(super) pay: [i64; 2],
    pub(super) by_the_day: bool,
    pub(super) education: String,
    pub(super) experience: String,
    pub(super) form: String,
    pub(super) benefits: Vec<String>,
    pub(super) duties: String,
    pub(super) skills: String,
    pub(super) contact: String,
    pub(super) posted: NaiveDate,
    pub(super) expires: NaiveDate,
}

const OWNERSHIP: &[&str] = &["民营企业", "民营企业", "个体工商户", "国有企业", "股份制企业"];
const SIZES: &[&str] = &["20人以下", "20-99人", "20-99人", "100-299人", "300-499人"];
const BENEFITS: &[&str] =
    &["五险一金", "社会保险", "包吃", "包住", "双休", "年终奖", "岗前培训", "交通补贴"];
const EXPERIENCE: &[&str] = &["不限", "无需经验", "经验不限", "应届亦可"];
const PEOPLE: &[&str] = &["王主任", "李经理", "张老师", "人事部", "赵厂长", "刘会计"];

/// `count` posts, each of one of some hundreds of firms, in an order of chance.
pub(super) fn all(dice: &mut Dice, trades: &[Trade], count: usize, today: NaiveDate) -> Vec<Post> {
    let firms: Vec<_> = (0..=count / 4).filter_map(|n| Firm::new(dice, trades, n)).collect();
    let firm = |dice: &mut Dice| firms.get(dice.below(firms.len())).cloned();
    let posts = (1..=count).filter_map(|number| {
        let firm = firm(dice)?;
        let trade = trades.get(firm.trade)?;
        Some(Post::new(dice, trade, firm, number, today))
    });
    posts.collect()
}

impl Firm {
    fn new(dice: &mut Dice, trades: &[Trade], n: usize) -> Option<Self> {
        let numbered: Vec<_> = trades.iter().enumerate().collect();
        let &(index, trade) = dice.weighted(&numbered, |(_, trade)| trade.posts)?;
        let place = Place::of_post(dice, trade.is_local());
        let name = format!("{}{}{}", place.county, identity::firm(dice), dice.word(&trade.firms));
        let credit_code = if dice.chance(120) { String::new() } else { identity::credit_code(n) };
        Some(Self {
            name,
            credit_code,
            industry: trade.industry.clone(),
            ownership: dice.word(OWNERSHIP),
            size: dice.word(SIZES),
            place,
            trade: index,
        })
    }
}

impl Post {
    fn new(dice: &mut Dice, trade: &Trade, firm: Firm, number: usize, today: NaiveDate) -> Self {
        let back = Days::new(u64::try_from(dice.below(45)).unwrap_or(0));
        let ahead = Days::new(20 + u64::try_from(dice.below(70)).unwrap_or(0));
        Self {
            number,
            title: title(dice, trade),
            headcount: headcount(dice),
            place: firm.place,
            pay: pay(dice, trade, firm.place),
            by_the_day: trade.period == "day",
            education: dice.word(&trade.education),
            experience: experience(dice, trade),
            form: trade.form.clone(),
            benefits: benefits(dice, trade, firm.place),
            duties: duties(dice, trade),
            skills: skills(dice, trade),
            contact: format!("{} {}", dice.word(PEOPLE), identity::phone(dice)),
            posted: today.checked_sub_days(back).unwrap_or(today),
            expires: today.checked_add_days(ahead).unwrap_or(today),
            firm,
        }
    }

    /// "5000-7000元/月" and the other ways in which people write it.
    pub(super) fn wage(&self, dice: &mut Dice) -> String {
        let [low, high] = self.pay;
        if self.by_the_day && dice.chance(600) {
            return format!("{}-{}元/天", low / 26 / 10 * 10, high / 26 / 10 * 10);
        }
        if self.form == "兼职" && dice.chance(500) {
            return format!("{}元/小时", 14 + dice.below(10));
        }
        match dice.below(20) {
            0 => "面议".into(),
            1 => format!("{low}以上"),
            2 => format!("底薪{}+提成", low / 2 / 100 * 100),
            3 => format!("{}-{}千/月", thousands(low), thousands(high)),
            4 => format!("{}K-{}K", thousands(low), thousands(high)),
            5 => format!("年薪{}-{}万", ten_thousands(low * 12), ten_thousands(high * 12)),
            6 => format!("{low}元至{high}元"),
            7 => identity::full_width(&format!("{low}-{high}元/月")),
            _ => format!("{low}-{high}元/月"),
        }
    }
}

fn thousands(yuan: i64) -> String {
    tenths(yuan / 100)
}

fn ten_thousands(yuan: i64) -> String {
    tenths(yuan / 1_000)
}

/// 65 is "6.5", 60 is "6".
fn tenths(n: i64) -> String {
    if n % 10 == 0 { (n / 10).to_string() } else { format!("{}.{}", n / 10, n % 10) }
}

fn title(dice: &mut Dice, trade: &Trade) -> String {
    let title = dice.word(&trade.titles);
    match dice.below(16) {
        0 => format!("急聘{title}"),
        1 => format!("{title}（包吃住）"),
        2 => format!("诚聘{title}若干名"),
        3 => format!("{title}/学徒"),
        _ => title,
    }
}

fn headcount(dice: &mut Dice) -> String {
    match dice.below(30) {
        0 => "若干".into(),
        1 => "十名".into(),
        2 => format!("招{}人", dice.between(2, 9)),
        3..=6 => dice.between(6, 40).to_string(),
        _ => dice.between(1, 5).to_string(),
    }
}

/// Hundreds, higher where everything costs more.
fn pay(dice: &mut Dice, trade: &Trade, place: Place) -> [i64; 2] {
    let [low, high] = trade.pay;
    let third = (high - low) / 3;
    let from = low + dice.between(0, third);
    let to = from + third + dice.between(0, third);
    [from, to].map(|yuan| yuan * place.pay / 100 / 100 * 100)
}

fn experience(dice: &mut Dice, trade: &Trade) -> String {
    if trade.years == 0 || dice.chance(450) {
        return dice.word(EXPERIENCE);
    }
    match (dice.between(1, trade.years), dice.below(3)) {
        (years, 0) => format!("{years}-{}年", years + 2),
        (years, 1) => format!("{years}年"),
        (years, _) => format!("{years}年以上"),
    }
}

fn benefits(dice: &mut Dice, trade: &Trade, place: Place) -> Vec<String> {
    let mut benefits = if dice.chance(150) { Vec::new() } else { dice.some(BENEFITS, 4) };
    if place.away && !trade.is_office() {
        benefits.extend(["包吃".to_owned(), "包住".to_owned()]);
    }
    benefits.sort();
    benefits.dedup();
    benefits
}

fn duties(dice: &mut Dice, trade: &Trade) -> String {
    let duties = dice.some(&trade.duties, trade.duties.len());
    let numbered = (1..).zip(duties).map(|(n, duty)| format!("{n}. {duty}"));
    numbered.collect::<Vec<_>>().join("\n")
}

fn skills(dice: &mut Dice, trade: &Trade) -> String {
    let asked = dice.some(&trade.skills, 3).join("、");
    let paper = match (trade.paper.as_str(), dice.below(10)) {
        ("", _) | (_, 0..=2) => String::new(),
        (paper, 3..=5) => format!("，有{paper}优先"),
        (paper, _) => format!("，持有{paper}"),
    };
    format!("会{asked}{paper}")
}
