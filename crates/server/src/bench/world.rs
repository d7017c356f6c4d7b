//! The world of the measurements: as many vacancies as are asked for, the same on every machine,
//! with occupations, places, employers and words as unequally frequent as in life. Everything in it
//! is made up; the sentences are those of the demonstration and a few of its own.

pub(crate) mod people;
mod place;
mod sentence;

use chrono::{DateTime, Days, NaiveDate, Utc};
use model::{
    Id,
    education::Education,
    employer::{Details, Employer},
    occupation::{Guess, shared_levels},
    reference::Reference,
    skill::Need,
    vacancy::{Benefit, Form, Offer, Place, Source, State, Vacancy},
    wage::{Period, Wage},
};
use uuid::Uuid;

use self::place::Spots;
use crate::{
    Outcome,
    demo::{
        dice::Dice,
        identity,
        trade::{self, Trade},
    },
};

/// Any number will do; another one makes another world.
const SEED: u64 = 20_261_122;
/// Vacancies of an employer, on average.
const EACH: usize = 12;
/// Firms cannot be more: their made-up codes have five digits.
const FIRMS: usize = 99_999;

/// An occupation with what its vacancies are made of.
pub(crate) struct Job {
    pub(crate) code: String,
    /// Its name and everyday names.
    pub(crate) titles: Vec<String>,
    /// Place in the list of trades.
    pub(crate) trade: usize,
}

/// All of it: a vacancy is made when it is asked for, from its number alone.
pub(crate) struct World {
    pub(crate) trades: Vec<Trade>,
    /// Of each trade: the skills that its sentences name, `None` for those of the paper.
    needs: Vec<Vec<Need>>,
    /// The most frequent one first.
    pub(crate) jobs: Vec<Job>,
    /// The chances of the jobs, summed up.
    odds: Vec<u64>,
    pub(crate) spots: Spots,
    pub(crate) firms: usize,
    pub(crate) vacancies: usize,
    pub(crate) today: NaiveDate,
}

impl World {
    /// A world of about `vacancies`, as of `today`.
    pub(crate) fn new(reference: &Reference, vacancies: usize, today: NaiveDate) -> Outcome<Self> {
        let trades = trade::all()?;
        let needs = trades.iter().map(|trade| needs(reference, trade)).collect();
        let jobs = jobs(reference, &trades);
        let odds = falling(jobs.len(), 85);
        let spots = Spots::new(reference);
        let firms = (vacancies / EACH).clamp(1, FIRMS);
        Ok(Self { trades, needs, jobs, odds, spots, firms, vacancies, today })
    }

    /// Dice of one thing of one kind: the same for the same number.
    pub(crate) fn dice(kind: u64, n: usize) -> Dice {
        let n = u64::try_from(n).unwrap_or_default();
        Dice::new(SEED ^ (kind << 56) ^ n.wrapping_mul(0x9e37_79b9_7f4a_7c15))
    }

    /// An occupation as often as it is offered.
    pub(crate) fn job(&self, dice: &mut Dice) -> Option<&Job> {
        self.jobs.get(drawn(dice, &self.odds))
    }

    /// The employer `n`, from 0 to [`Self::firms`].
    pub(crate) fn employer(&self, n: usize) -> Employer {
        let dice = &mut Self::dice(1, n);
        let (name, trade) = self.named(dice);
        let details = Details {
            name,
            credit_code: identity::credit_code(n),
            industry: String::new(),
            industry_text: trade.map(|trade| trade.industry.clone()).unwrap_or_default(),
            ownership: dice.word(&["民营企业", "民营企业", "国有企业", "个体工商户"]),
            size: dice.word(&["20人以下", "20-99人", "100-299人", "300-499人"]),
        };
        let at = self.moment(0);
        Employer { id: Id::new(numbered(1, n)), details, created_at: at, updated_at: at }
    }

    /// The name of an employer of this world.
    pub(crate) fn employer_name(&self, id: Id<Employer>) -> String {
        let n = usize::try_from(id.uuid().as_u128() & ((1 << 56) - 1)).unwrap_or_default();
        self.named(&mut Self::dice(1, n)).0
    }

    fn named(&self, dice: &mut Dice) -> (String, Option<&Trade>) {
        let spot = self.spots.any(dice);
        let trade = self.trades.get(dice.below(self.trades.len()));
        let kind = trade.map(|trade| dice.word(&trade.firms)).unwrap_or_default();
        (format!("{}{}{kind}", spot.short, identity::firm(dice)), trade)
    }

    /// The vacancy `n`, from 0 on.
    pub(crate) fn vacancy(&self, n: usize) -> Vacancy {
        let dice = &mut Self::dice(2, n);
        let age = dice.below(60).min(dice.below(90));
        let offer = self.offer(dice, age);
        let at = self.moment(age);
        Vacancy {
            id: Id::new(numbered(2, n)),
            source: Source {
                name: "bench".into(),
                key: n.to_string(),
                fingerprint: format!("{n:016x}"),
            },
            // some firms offer much, most offer little
            employer: Id::new(numbered(1, dice.below(self.firms).min(dice.below(self.firms)))),
            offer,
            state: State::Published,
            created_at: at,
            updated_at: at,
            version: 1,
            hired: 0,
        }
    }

    fn offer(&self, dice: &mut Dice, age: usize) -> Offer {
        let none = Job { code: String::new(), titles: Vec::new(), trade: 0 };
        let job = self.job(dice).unwrap_or(&none);
        let Some(trade) = self.trades.get(job.trade) else { return Offer::default() };
        let spot = self.spots.any(dice);
        let skills = self.skills(dice, job.trade);
        let wage = wage(dice, trade, spot.pay);
        let education = education(dice, trade);
        let years = dice.below(usize::try_from(trade.years).unwrap_or_default() + 1);
        let months = dice.chance(600).then(|| i64::try_from(years * 12).unwrap_or_default());
        let ahead = Days::new(u64::try_from(5 + dice.below(80)).unwrap_or_default());
        Offer {
            title: title(dice, job, spot),
            occupation: job.code.clone(),
            guesses: vec![Guess { code: job.code.clone(), confidence: 90 }],
            duties: sentence::duties(dice, trade, job, spot),
            headcount: dice.chance(900).then(|| dice.between(1, 12)),
            place: Place {
                text: spot.name.clone(),
                region: spot.code.clone(),
                longitude: Some(spot.longitude + spread(dice)),
                latitude: Some(spot.latitude + spread(dice)),
            },
            pay_from: wage.as_ref().map(|wage| wage.min),
            pay_to: wage.as_ref().map(|wage| wage.max),
            wage_text: wage
                .as_ref()
                .map_or("面议".into(), |w| format!("{}-{}元/月", w.min / 100, w.max / 100)),
            wage,
            education,
            experience_min: months,
            form: Some(form(dice, trade)),
            skills,
            benefits: benefits(dice),
            contact: "1540000".into(),
            posted_on: self.today.checked_sub_days(Days::new(age.try_into().unwrap_or_default())),
            expires_on: dice.chance(850).then(|| self.today.checked_add_days(ahead)).flatten(),
            ..Offer::default()
        }
    }

    fn skills(&self, dice: &mut Dice, trade: usize) -> Vec<Need> {
        let known = self.needs.get(trade).map(Vec::as_slice).unwrap_or_default();
        let mut needs: Vec<_> = known.iter().filter(|_| dice.chance(450)).cloned().collect();
        // and now and then one of another trade
        if dice.chance(200) {
            let other = self.needs.get(dice.below(self.needs.len())).and_then(|n| n.first());
            needs.extend(other.filter(|need| !known.contains(need)).cloned());
        }
        needs
    }

    fn moment(&self, days_ago: usize) -> DateTime<Utc> {
        let back = Days::new(days_ago.try_into().unwrap_or_default());
        let day = self.today.checked_sub_days(back).unwrap_or(self.today);
        day.and_time(chrono::NaiveTime::MIN).and_utc()
    }
}

/// Ids that sort by number, of one kind.
pub(crate) fn numbered(kind: u128, n: usize) -> Uuid {
    let n = u128::try_from(n).unwrap_or_default();
    Uuid::from_u128(0x0190_0000_0000_7000_8000_0000_0000_0000 | kind << 56 | n)
}

/// The chances of `n` things of which the first is the most frequent: the place to the power of
/// minus `power` hundredths, summed up.
pub(crate) fn falling(n: usize, power: u32) -> Vec<u64> {
    let mut sum = 0;
    let step = |place: usize| {
        let place = f64::from(u32::try_from(place).unwrap_or(u32::MAX));
        let share = 1e6 * place.powf(-f64::from(power) / 100.0);
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "1 to 1e6")]
        let share = share as u64;
        sum += share;
        sum
    };
    (1..=n).map(step).collect()
}

/// A place in a list of summed-up chances.
pub(crate) fn drawn(dice: &mut Dice, odds: &[u64]) -> usize {
    let all = odds.last().copied().unwrap_or(1);
    let at = dice.below(usize::try_from(all).unwrap_or(1));
    odds.partition_point(|&sum| sum <= u64::try_from(at).unwrap_or_default())
}

/// Every leaf of the classification, in an order of chance but for the trades' own, which lead.
fn jobs(reference: &Reference, trades: &[Trade]) -> Vec<Job> {
    let occupations = &reference.occupations;
    let guess = |trade: &Trade| {
        trade.titles.first().and_then(|title| occupations.classify(title, 1).into_iter().next())
    };
    let codes: Vec<String> = trades
        .iter()
        .map(|trade| guess(trade).map(|guess| guess.code).unwrap_or_default())
        .collect();
    let mut leaves = Vec::new();
    let mut nodes = vec![String::new()];
    while let Some(code) = nodes.pop() {
        for node in occupations.children(&code) {
            if node.level == 4 { leaves.push(node) } else { nodes.push(node.code.clone()) }
        }
    }
    let job = |node: &&model::occupation::Occupation| {
        let near =
            |at: &usize| shared_levels(codes.get(*at).map_or("", String::as_str), &node.code);
        let trade = (0..trades.len()).rev().max_by_key(near).unwrap_or_default();
        let names = std::iter::once(node.name.as_str()).chain(node.aliases.split('|'));
        let short = |name: &&str| (2..=10).contains(&name.chars().count());
        let mut titles: Vec<String> = names.filter(short).map(str::to_owned).collect();
        if titles.is_empty() {
            titles.push(node.name.clone());
        }
        if let Some(own) = trades.get(trade).filter(|_| codes.get(trade) == Some(&node.code)) {
            titles.extend(own.titles.iter().cloned());
        }
        Job { code: node.code.clone(), titles, trade }
    };
    let mut jobs: Vec<Job> = leaves.iter().map(job).collect();
    let mut order: Vec<u64> =
        (0..jobs.len()).map(|n| World::dice(3, n).between(0, 1 << 40).unsigned_abs()).collect();
    order
        .iter_mut()
        .zip(&jobs)
        .filter(|(_, job)| codes.contains(&job.code))
        .for_each(|(place, _)| *place >>= 5);
    let mut placed: Vec<(u64, Job)> = order.into_iter().zip(jobs.drain(..)).collect();
    placed.sort_by(|a, b| (a.0, &a.1.code).cmp(&(b.0, &b.1.code)));
    placed.into_iter().map(|(_, job)| job).collect()
}

/// The skills of a trade, in the words of its sentences.
fn needs(reference: &Reference, trade: &Trade) -> Vec<Need> {
    let mut needs = reference.skills.read(&trade.skills.join("、"));
    needs.extend(reference.skills.read(&trade.paper));
    needs
}

/// "急聘电焊工（包吃住）", "电焊工/学徒".
fn title(dice: &mut Dice, job: &Job, spot: &place::Spot) -> String {
    let title = dice.word(&job.titles);
    match dice.below(20) {
        0 => format!("急聘{title}"),
        1 => format!("{title}（包吃住）"),
        2 => format!("高级{title}"),
        3 => format!("{title}/学徒"),
        4 => format!("{}{title}", spot.short),
        5 => format!("{title}（夜班）"),
        6 => format!("诚聘{title}若干名"),
        _ => title,
    }
}

/// Cents a month, in hundreds of yuan; one in twelve is negotiable.
fn wage(dice: &mut Dice, trade: &Trade, percent: i64) -> Option<Wage> {
    let [low, high] = trade.pay;
    let third = (high - low) / 3;
    let from = low + dice.between(0, third);
    let to = from + third + dice.between(0, third);
    let [min, max] = [from, to].map(|yuan| yuan * percent / 100 / 100 * 100 * 100);
    let wage = Wage { min, max, period: Period::Month, months: None, currency: "CNY".into() };
    (!dice.chance(80)).then_some(wage)
}

fn education(dice: &mut Dice, trade: &Trade) -> Option<Education> {
    let step = usize::from(trade.is_office()) * 3 + dice.below(4);
    if dice.chance(500) { None } else { Education::ALL.get(step).copied() }
}

fn form(dice: &mut Dice, trade: &Trade) -> Form {
    match (trade.form.as_str(), dice.below(20)) {
        ("兼职", _) | (_, 0) => Form::PartTime,
        (_, 1) => Form::Temporary,
        (_, 2) => Form::Trainee,
        _ => Form::FullTime,
    }
}

fn benefits(dice: &mut Dice) -> Vec<Benefit> {
    let shares = [600, 250, 350, 300, 250, 200, 150, 200];
    let with = Benefit::ALL.iter().zip(shares).filter(|(_, share)| dice.chance(*share));
    with.map(|(benefit, _)| *benefit).collect()
}

/// Degrees away from the middle of a place: mostly little.
fn spread(dice: &mut Dice) -> f64 {
    let throws: i64 = (0..4).map(|_| dice.between(-30_000, 30_000)).sum();
    f64::from(i32::try_from(throws).unwrap_or_default()) / 1e6
}

#[cfg(test)]
mod tests;
