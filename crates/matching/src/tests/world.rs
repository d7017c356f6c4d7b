//! Random people and posts of every kind that the rule knows, the odd ones too often.

use std::sync::Arc;

use chrono::NaiveDate;
use model::{
    education::Education,
    matching::{
        Catalogue, Census, Head, Moves, NONE, Person, Point, Post, Related, Rule, Weights, day,
        level,
    },
    occupation::Occupation,
    region::Region,
    skill::Skill,
};
use rand_chacha::{
    ChaCha8Rng,
    rand_core::{Rng, SeedableRng},
};

pub(super) struct Dice(ChaCha8Rng);

const SKILLS: u32 = 60;

fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 22).unwrap()
}

fn region(code: String, level: i64, at: Option<(f64, f64)>) -> Region {
    Region {
        code,
        level,
        name: String::new(),
        parent: String::new(),
        pinyin: String::new(),
        aliases: String::new(),
        longitude: at.map(|(east, _)| east),
        latitude: at.map(|(_, north)| north),
        valid_from: today(),
        valid_to: None,
        successor: String::new(),
    }
}

/// Two provinces of three cities of three counties of two townships, some twenty kilometres apart.
fn regions() -> Vec<Region> {
    let mut all = vec![];
    for p in 1..=2 {
        all.push(region(format!("6{p}0000"), 1, None));
        for c in 1..=3 {
            all.push(region(format!("6{p}0{c}00"), 2, None));
            for d in 1..=3 {
                let at = (100.0 + f64::from(p * 4 + d) * 0.2, 30.0 + f64::from(c) * 0.3);
                all.push(region(format!("6{p}0{c}0{d}"), 3, Some(at)));
                for t in 1..=2 {
                    all.push(region(format!("6{p}0{c}0{d}00{t}"), 4, Some(at)));
                }
            }
        }
    }
    all
}

fn occupations() -> Vec<Occupation> {
    let mut codes = vec![];
    for a in 1..=3 {
        codes.push(format!("{a}"));
        for b in 1..=3 {
            codes.push(format!("{a}-0{b}"));
            for c in 1..=3 {
                codes.push(format!("{a}-0{b}-0{c}"));
                codes.extend((1..=3).map(|d| format!("{a}-0{b}-0{c}-0{d}")));
            }
        }
    }
    // as many words as there are letters
    let node = |code: String| Occupation {
        level: 0,
        name: format!("word{}", char::from(b'a' + code.bytes().fold(0, u8::wrapping_add) % 26)),
        code,
        parent: String::new(),
        definition: String::new(),
        aliases: String::new(),
        edition: String::new(),
    };
    codes.into_iter().map(node).collect()
}

fn skills() -> Vec<Skill> {
    let skill = |n| Skill {
        code: format!("skill_{n:02}"),
        name_zh: String::new(),
        name_en: String::new(),
        aliases: String::new(),
        occupation: String::new(),
        licence: n % 20 == 0,
    };
    (0..SKILLS).map(skill).collect()
}

pub(super) fn rule(dice: &mut Dice) -> Arc<Rule> {
    let catalogue = Arc::new(Catalogue::new(&regions(), &occupations(), &skills()));
    let weights = Weights {
        version: 2,
        valid_from: today(),
        skills: 220,
        occupation: 260,
        place: 200,
        wage: 100,
        experience: 70,
        education: 60,
        freshness: 40,
        living: 20,
        form: 10,
        answer: 20,
        doubt: 150,
        untold: 800,
        title: 400,
        must: 200,
        half_km: 17,
        usual_reach_km: 30,
        fresh_days: 60,
        notice: 85_000,
        basis: String::new(),
    };
    let mut rule = Rule {
        weights,
        catalogue: Arc::clone(&catalogue),
        market: Arc::default(),
        legal_age: Some(16),
        day: today(),
    };
    let mut census = Census::default();
    for _ in 0..500 {
        census.count(&dice.post(&rule), &catalogue);
    }
    let related = (0..150).map(|_| (dice.skill(), dice.skill(), 1 + dice.byte(32)));
    let related = Related::new(related.collect::<Vec<_>>());
    let moves = (0..20).map(|_| (dice.occupation(&catalogue), dice.occupation(&catalogue), 700));
    let moves = Moves::new(moves.collect::<Vec<_>>());
    rule.market = Arc::new(census.finish(&catalogue, related, moves));
    Arc::new(rule)
}

impl Dice {
    pub(super) fn new(seed: u64) -> Self {
        Self(ChaCha8Rng::seed_from_u64(seed))
    }

    pub(super) fn below(&mut self, n: u32) -> u32 {
        self.0.next_u32() % n.max(1)
    }

    fn byte(&mut self, n: u32) -> u8 {
        u8::try_from(self.below(n)).unwrap()
    }

    fn small(&mut self, n: usize) -> u16 {
        u16::try_from(self.below(u32::try_from(n).unwrap())).unwrap()
    }

    fn chance(&mut self, percent: u32) -> bool {
        self.below(100) < percent
    }

    /// The frequent ones more often.
    fn skill(&mut self) -> u16 {
        let most = 1 + self.below(SKILLS);
        u16::try_from(self.below(most)).unwrap()
    }

    fn occupation(&mut self, catalogue: &Catalogue) -> u16 {
        self.small(catalogue.sizes().1)
    }

    /// Or none.
    fn word(&mut self, catalogue: &Catalogue) -> u16 {
        if self.chance(40) { NONE } else { self.small(catalogue.vocabulary()) }
    }

    fn point(&mut self, catalogue: &Catalogue, place: u16) -> Point {
        let Some(centre) = catalogue.point(place).filter(|_| self.chance(95)) else {
            return Point::NOWHERE;
        };
        let mut off = || i32::try_from(self.below(60_000)).unwrap() - 30_000;
        // most stand at the centre, as townships without degrees of their own do
        let (east, north) = (off(), off());
        if self.chance(60) {
            centre
        } else {
            Point { east: centre.east + east, north: centre.north + north }
        }
    }

    fn education(&mut self) -> u8 {
        let n = self.below(10) as usize;
        Education::ALL.get(n).map_or(0, |education| level(*education))
    }

    pub(super) fn post(&mut self, rule: &Rule) -> Post {
        let catalogue = &rule.catalogue;
        let place = if self.chance(95) { self.small(catalogue.sizes().0) } else { NONE };
        let mut post = Post {
            point: self.point(catalogue, place),
            place,
            occupation: if self.chance(95) { self.occupation(catalogue) } else { NONE },
            posted: if self.chance(95) { day(today()) - self.small(70) } else { NONE },
            last_day: match self.below(20) {
                0 => 0,
                1 => day(today()) - 1,
                _ => NONE,
            },
            experience: if self.chance(50) { self.small(60) } else { NONE },
            education: self.education(),
            form: if self.chance(80) { 1 << self.below(6) } else { 0 },
            words: std::array::from_fn(|_| self.word(catalogue)),
            benefits: self.byte(8) | self.byte(6) << 4,
            answered: if self.chance(30) { self.byte(101) } else { Post::UNANSWERED },
            ..Post::default()
        };
        post.words.sort_unstable();
        if post.place == NONE && self.chance(50) {
            post.benefits |= Post::ABROAD;
        }
        if self.chance(90) {
            post.pay_from = 2_000 + self.small(4_000);
            post.pay_to = post.pay_from + self.small(3_000);
        }
        let many = if self.chance(90) { 1 + self.below(6) as usize } else { 0 };
        let mut asked: Vec<u16> = (0..many).map(|_| self.skill()).collect();
        asked.sort_unstable();
        asked.dedup();
        let bits = |skill: u16, must: bool| match (must, catalogue.is_licence(skill)) {
            (true, true) => skill | Post::MUST | Post::LAWFUL,
            (true, false) => skill | Post::MUST,
            (false, _) => skill,
        };
        let mut asked: Vec<u16> =
            asked.into_iter().map(|skill| bits(skill, skill % 3 != 1 && self.chance(70))).collect();
        asked.sort_unstable_by(|a, b| b.cmp(a));
        post.skills.iter_mut().zip(asked).for_each(|(slot, skill)| *slot = skill);
        post.usual = rule.market.usual(&post, catalogue);
        post
    }

    pub(super) fn person(&mut self, rule: &Rule) -> Person {
        let catalogue = &rule.catalogue;
        let home = if self.chance(95) { self.small(catalogue.sizes().0) } else { NONE };
        let many = |dice: &mut Self, most: u32, silent: u32| {
            if dice.chance(silent) { 0 } else { dice.below(most + 1) }
        };
        let count = many(self, 3, 10);
        let occupations: Vec<u16> = (0..count).map(|_| self.occupation(catalogue)).collect();
        let count = many(self, 3, 60);
        let regions: Vec<u16> = (0..count).map(|_| self.small(catalogue.sizes().0)).collect();
        let count = many(self, 8, 10);
        let mut skills: Vec<u16> = (0..count).map(|_| self.skill()).collect();
        skills.sort_unstable();
        skills.dedup();
        let mut words: Vec<u16> = (0..4).map(|_| self.word(catalogue)).collect();
        words.retain(|word| *word != NONE);
        let flags = [
            (98, Head::OF_AGE),
            (15, Head::ANYWHERE),
            (20, Head::BOARD),
            (20, Head::LODGING),
            (10, Head::ABROAD),
            (10, Head::BEGINS),
        ];
        let head = Head {
            point: self.point(catalogue, home),
            home,
            floor: if self.chance(60) { 2_000 + self.small(3_000) } else { 0 },
            reach_km: if self.chance(50) { 5 + self.small(90) } else { NONE },
            experience: if self.chance(70) { self.small(120) } else { NONE },
            education: self.education(),
            forms: if self.chance(30) { self.byte(64) } else { 0 },
            flags: flags
                .map(|(percent, flag)| if self.chance(percent) { flag } else { 0 })
                .iter()
                .sum(),
            occupations: u8::try_from(occupations.len()).unwrap(),
            regions: u8::try_from(regions.len()).unwrap(),
            reluctant: self.byte(u32::try_from(regions.len()).unwrap() + 1),
            skills: u8::try_from(skills.len()).unwrap(),
            words: u8::try_from(words.len()).unwrap(),
        };
        Person { head, lists: [occupations, regions, words, skills].concat() }
    }
}
