//! Where the vacancies of the measurements are: one province with all that is below it, and the
//! cities to which its people go.

use model::{reference::Reference, region::Region};

use super::{drawn, falling};
use crate::demo::dice::Dice;

/// A county or a township.
pub(crate) struct Spot {
    /// As deep as it is certain.
    pub(crate) code: String,
    /// From the city down, as a clerk writes it.
    pub(crate) name: String,
    /// The county alone.
    pub(crate) short: String,
    pub(crate) longitude: f64,
    pub(crate) latitude: f64,
    /// What is paid here where the province pays 100.
    pub(crate) pay: i64,
}

/// All of them, and how often each is meant.
pub(crate) struct Spots {
    /// Counties with their townships: the county itself first.
    counties: Vec<Vec<Spot>>,
    odds: Vec<u64>,
    /// How many of the counties are in the province itself.
    pub(crate) home: usize,
}

const PROVINCE: &str = "62";
/// Those its people go to: 苏州, 宁波, 杭州, 上海, 深圳, 东莞, 广州, 天津, 西安, 成都, 乌鲁木齐, 北京.
const AWAY: [&str; 12] = [
    "3205", "3302", "3301", "3101", "4403", "4419", "4401", "1201", "6101", "5101", "6501", "1101",
];
/// Of a thousand vacancies, those in the province itself.
const AT_HOME: usize = 620;

impl Spots {
    pub(super) fn new(reference: &Reference) -> Self {
        let mut counties = counties(reference, PROVINCE);
        let home = counties.len();
        for city in AWAY {
            counties.extend(self::counties(reference, city));
        }
        // the order of chance decides which is large
        let shuffled = |range: std::ops::Range<usize>| {
            let mut order: Vec<_> =
                range.map(|n| (super::World::dice(4, n).below(1 << 30), n)).collect();
            order.sort_unstable();
            order
        };
        let mut odds = vec![0; counties.len()];
        for (range, power) in [(0..home, 90), (home..counties.len(), 60)] {
            let sums = falling(range.len(), power);
            let whole = sums.last().copied().unwrap_or(1);
            let share = if range.start == 0 { AT_HOME } else { 1_000 - AT_HOME };
            let mut before = 0;
            for ((_, at), sum) in shuffled(range).into_iter().zip(sums) {
                let part = (sum - before) * 1_000 * u64::try_from(share).unwrap_or(1) / whole;
                before = sum;
                if let Some(place) = odds.get_mut(at) {
                    *place = part.max(1);
                }
            }
        }
        let mut sum = 0;
        for odd in &mut odds {
            sum += *odd;
            *odd = sum;
        }
        Self { counties, odds, home }
    }

    /// One of them, as often as its share says; half of the time as deep as a township.
    pub(crate) fn any(&self, dice: &mut Dice) -> &Spot {
        let at = drawn(dice, &self.odds).min(self.counties.len().saturating_sub(1));
        self.within(dice, at)
    }

    /// A place in the province itself: where people live.
    pub(crate) fn at_home(&self, dice: &mut Dice) -> &Spot {
        let at = dice.below(self.home).min(dice.below(self.home));
        self.within(dice, at)
    }

    fn within(&self, dice: &mut Dice, county: usize) -> &Spot {
        static NOWHERE: Spot = Spot {
            code: String::new(),
            name: String::new(),
            short: String::new(),
            longitude: 0.0,
            latitude: 0.0,
            pay: 100,
        };
        let spots = self.counties.get(county).map(Vec::as_slice).unwrap_or_default();
        let at = if dice.chance(500) { 0 } else { dice.below(spots.len()) };
        spots.get(at).unwrap_or(&NOWHERE)
    }
}

/// The counties whose code begins so, each with its townships.
fn counties(reference: &Reference, prefix: &str) -> Vec<Vec<Spot>> {
    let places = &reference.places;
    let root = format!("{prefix:0<6}");
    let mut nodes = vec![root];
    let mut found = Vec::new();
    while let Some(code) = nodes.pop() {
        for node in places.children(&code) {
            match node.level {
                3 => found.push(node),
                4 => {}
                _ => nodes.push(node.code.clone()),
            }
        }
    }
    found.sort_by(|a, b| a.code.cmp(&b.code));
    let with_towns = |county: &&Region| {
        let towns = places.children(&county.code);
        std::iter::once(*county).chain(towns).filter_map(|node| spot(reference, node)).collect()
    };
    found.iter().map(with_towns).collect()
}

fn spot(reference: &Reference, node: &Region) -> Option<Spot> {
    let (longitude, latitude) = reference.places.centroid(&node.code)?;
    let path = reference.places.path(&node.code);
    let name: String = path.iter().skip(1).map(|region| region.name.as_str()).collect();
    let county = path.iter().find(|region| region.level == 3);
    let pay = if node.code.starts_with(PROVINCE) { 100 } else { 136 };
    let short = county.map(|county| county.name.clone()).unwrap_or_default();
    Some(Spot { code: node.code.clone(), name, short, longitude, latitude, pay })
}
