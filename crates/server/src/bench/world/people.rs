//! The people of the measurements, and posts as the rule sees them: combined from the vacancies of
//! the world, so that a million of them take seconds.

use model::education::Education;
use model::matching::{Head, NONE, Opening, Person, Point, Post, Rule, day, level};

use super::World;
use crate::demo::dice::Dice;

/// Vacancies of the world that posts are combined from.
const SEEDS: usize = 20_000;

/// Makes posts and people by number.
pub(crate) struct Maker<'w> {
    world: &'w World,
    rule: &'w Rule,
    seeds: Vec<Post>,
}

/// How far somebody goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reach {
    Radius,
    County,
    City,
    Province,
    Anywhere,
}

impl Reach {
    pub(crate) const ALL: [Self; 5] =
        [Self::Radius, Self::County, Self::City, Self::Province, Self::Anywhere];

    /// Of a hundred people.
    const fn share(self) -> usize {
        match self {
            Self::Radius => 35,
            Self::County | Self::City => 20,
            Self::Province => 12,
            Self::Anywhere => 13,
        }
    }
}

impl<'w> Maker<'w> {
    pub(crate) fn new(world: &'w World, rule: &'w Rule) -> Self {
        let post = |n| Post::new(&Opening::new(&world.vacancy(n)), rule);
        Self { world, rule, seeds: (0..SEEDS).map(post).collect() }
    }

    /// The work of one vacancy at the place of another, posted on a day of its own.
    pub(crate) fn post(&self, n: usize) -> (u128, Post) {
        let dice = &mut World::dice(10, n);
        let seed = |dice: &mut Dice| self.seeds.get(dice.below(SEEDS)).copied().unwrap_or_default();
        let (work, there) = (seed(dice), seed(dice));
        let age = dice.below(60).min(dice.below(90));
        let today = day(self.world.today);
        let pay = 90 + dice.below(21);
        let paid = |yuan: u16| {
            if yuan == NONE { NONE } else { small(usize::from(yuan) * pay / 1_000 * 10) }
        };
        let mut post = Post {
            place: there.place,
            point: nudged(dice, there.point),
            posted: today.saturating_sub(small(age)),
            last_day: if dice.chance(850) { today + small(5 + dice.below(80)) } else { NONE },
            pay_from: paid(work.pay_from),
            pay_to: paid(work.pay_to),
            answered: if dice.chance(300) {
                u8::try_from(dice.below(101)).unwrap_or(0)
            } else {
                Post::UNANSWERED
            },
            ..work
        };
        post.usual = self.rule.market.usual(&post, &self.rule.catalogue);
        (super::numbered(10, n).as_u128(), post)
    }

    /// With one to three wishes of a trade's neighbourhood, some of the skills of posts like these,
    /// and a reach. One in thirty tells neither wish nor skill.
    pub(crate) fn person(&self, n: usize) -> (u128, Person, Reach) {
        let dice = &mut World::dice(11, n);
        let mut reach = Reach::Radius;
        let mut left = dice.below(100);
        for one in Reach::ALL {
            reach = one;
            match left.checked_sub(one.share()) {
                Some(rest) => left = rest,
                None => break,
            }
        }
        let catalogue = &self.rule.catalogue;
        let spot = self.world.spots.at_home(dice);
        let home = catalogue.place(&spot.code);
        let point =
            Point::of_degrees(Some(spot.longitude), Some(spot.latitude)).unwrap_or_default();
        let silent = dice.chance(33);
        let wishes = if silent { 0 } else { 1 + dice.below(3).min(dice.below(3)) };
        let (mut occupations, mut words, mut skills) = (vec![], vec![], vec![]);
        let mut floor = 0;
        for _ in 0..wishes {
            let like = self.seeds.get(dice.below(SEEDS)).copied().unwrap_or_default();
            occupations.push(like.occupation);
            words.extend(like.words().take(2));
            let asked = like.asked().map(|asked| asked & Post::SKILL);
            skills.extend(asked.filter(|_| dice.chance(700)));
            if like.pay_from != NONE && dice.chance(600) {
                floor = small(usize::from(like.pay_from) * (70 + dice.below(35)) / 10_000 * 100);
            }
        }
        let regions = match reach {
            Reach::Radius | Reach::Anywhere => vec![],
            Reach::County => vec![catalogue.area(home)],
            Reach::City => vec![catalogue.city(home)],
            Reach::Province => vec![catalogue.province(home)],
        };
        let with = Person::lists(occupations, regions, words, skills, catalogue);
        let educations = Education::ALL.get(dice.below(7)).map_or(0, |step| level(*step));
        let head = Head {
            point: nudged(dice, point),
            home,
            floor,
            reach_km: if reach == Reach::Radius { small(10 + dice.below(60)) } else { NONE },
            experience: if dice.chance(700) { small(dice.below(200)) } else { NONE },
            education: if dice.chance(800) { educations } else { 0 },
            forms: u8::from(dice.chance(250)),
            flags: [
                (1_000, Head::OF_AGE),
                (if reach == Reach::Anywhere { 1_000 } else { 0 }, Head::ANYWHERE),
                (150, Head::BOARD),
                (200, Head::LODGING),
            ]
            .into_iter()
            .map(|(permille, flag)| if dice.chance(permille) { flag } else { 0 })
            .sum(),
            ..with.head
        };
        (super::numbered(11, n).as_u128(), Person { head, ..with }, reach)
    }
}

fn small(n: usize) -> u16 {
    u16::try_from(n).unwrap_or(NONE - 1)
}

/// Up to some kilometres away.
fn nudged(dice: &mut Dice, point: Point) -> Point {
    let mut off = || i32::try_from(dice.between(-20_000, 20_000)).unwrap_or(0);
    let (east, north) = (off(), off());
    if point.is_known() {
        Point { east: point.east + east, north: point.north + north }
    } else {
        point
    }
}
