//! One side prepared for looking at many of the other: tables in the place of searches. Both sides
//! give what [`super::trade`] and [`super::skills`] say of a pair, only faster.

use crate::matching::{FULL, Person, Post, Related, Rule, Someone, catalogue::NONE, skills, trade};

/// What depends on lists of both sides.
pub trait Lens {
    /// How near the occupation is, 0 … 1000; `None` where a side says nothing of it.
    fn trade(&self, person: Someone<'_>, post: &Post) -> Option<i64>;

    /// The share of what is asked that the person has, 0 … 1000; `None` as above.
    fn skills(&self, person: Someone<'_>, post: &Post) -> Option<i64>;

    /// Has the person every licence that the law asks for?
    fn licensed(&self, person: Someone<'_>, post: &Post) -> bool;
}

/// What one person is after, for looking at many posts.
pub struct Aim<'r> {
    rule: &'r Rule,
    /// By skill: how telling it is, and that times what the person has of it in 64ths.
    skills: Vec<(u16, u16)>,
    /// Skills of which the person has something.
    touched: Vec<u16>,
    /// By occupation: how near it is to the wishes.
    trades: Vec<u16>,
    /// By word: whether it stands in the wishes.
    words: Vec<bool>,
    /// Those that do.
    wished: Vec<u16>,
}

impl<'r> Aim<'r> {
    /// At nobody yet.
    pub fn new(rule: &'r Rule) -> Self {
        let (_, occupations, skills) = rule.catalogue.sizes();
        let plain = |skill| (rule.market.rarity(u16::try_from(skill).unwrap_or(NONE)), 0);
        Self {
            rule,
            skills: (0..skills).map(plain).collect(),
            touched: Vec::new(),
            trades: vec![0; occupations],
            words: vec![false; rule.catalogue.vocabulary()],
            wished: Vec::new(),
        }
    }

    pub fn of(rule: &'r Rule, person: &Person) -> Self {
        let mut aim = Self::new(rule);
        aim.turn(person.view());
        aim
    }

    /// Turns to somebody else; allocates nothing.
    pub fn turn(&mut self, person: Someone<'_>) {
        for skill in self.touched.drain(..) {
            if let Some((_, gained)) = self.skills.get_mut(usize::from(skill)) {
                *gained = 0;
            }
        }
        for &skill in person.skills() {
            self.gain(skill, Related::OWN);
        }
        for &own in person.skills() {
            for &(skill, worth) in self.rule.market.related.of(own) {
                self.gain(skill, worth);
            }
        }
        for word in self.wished.drain(..) {
            if let Some(wished) = self.words.get_mut(usize::from(word)) {
                *wished = false;
            }
        }
        for &word in person.words() {
            if let Some(wished) = self.words.get_mut(usize::from(word)) {
                *wished = true;
                self.wished.push(word);
            }
        }
        self.trades.fill(0);
        for &wish in person.occupations() {
            self.wish(wish);
        }
    }

    fn gain(&mut self, skill: u16, worth: u8) {
        if let Some((rarity, gained)) = self.skills.get_mut(usize::from(skill)) {
            if *gained == 0 {
                self.touched.push(skill);
            }
            *gained = (*gained).max(*rarity * u16::from(worth));
        }
    }

    fn wish(&mut self, wish: u16) {
        let Some(node) = self.rule.catalogue.trade(wish) else { return };
        let levels = node.path.into_iter().zip(trade::NEARNESS.into_iter().skip(1));
        for (above, near) in levels.filter(|(above, _)| *above != NONE) {
            let near = if above == wish { FULL } else { near };
            let end = self.rule.catalogue.trade(above).map_or(above, |trade| trade.end);
            self.raise(usize::from(above)..usize::from(end), near);
        }
        for &(to, near) in self.rule.market.moves.of(wish) {
            self.raise(usize::from(to)..usize::from(to) + 1, near.into());
        }
    }

    fn raise(&mut self, range: std::ops::Range<usize>, near: i64) {
        let near = u16::try_from(near).unwrap_or(0);
        for held in self.trades.get_mut(range).unwrap_or_default() {
            *held = near.max(*held);
        }
    }

    /// How near an occupation is, 0 … 1000.
    #[inline]
    pub fn nearness(&self, occupation: u16) -> i64 {
        self.trades.get(usize::from(occupation)).copied().map_or(0, i64::from)
    }

    /// The skills of which the person has something, each with how much in 64ths.
    pub fn gained(&self) -> impl Iterator<Item = (u16, i64)> {
        self.touched.iter().filter_map(|&skill| {
            let (rarity, gained) = self.skills.get(usize::from(skill))?;
            Some((skill, i64::from(gained / (*rarity).max(1))))
        })
    }

    pub const fn rule(&self) -> &'r Rule {
        self.rule
    }
}

impl Lens for Aim<'_> {
    #[inline]
    fn trade(&self, person: Someone<'_>, post: &Post) -> Option<i64> {
        let told = post.occupation != NONE && person.head.occupations > 0;
        let near = told.then(|| self.nearness(post.occupation));
        let wished = |word: u16| self.words.get(usize::from(word)).copied().unwrap_or(false);
        trade::with_words(near, person, post, self.rule, wished)
    }

    #[inline]
    fn skills(&self, person: Someone<'_>, post: &Post) -> Option<i64> {
        if person.head.skills == 0 {
            return None;
        }
        let must = self.rule.weights.must;
        let (mut gained, mut all) = (0, 0);
        for asked in post.asked() {
            let held = self.skills.get(usize::from(asked & Post::SKILL));
            let (rarity, had) = held.copied().unwrap_or_default();
            let factor = skills::factor(asked, must);
            gained += i64::from(had) * factor;
            all += i64::from(rarity) * factor;
        }
        skills::share(gained, all)
    }

    #[inline]
    fn licensed(&self, _: Someone<'_>, post: &Post) -> bool {
        // the lawful stand first
        let mut lawful = post.asked().take_while(|asked| asked & Post::LAWFUL != 0);
        lawful.all(|asked| {
            let held = self.skills.get(usize::from(asked & Post::SKILL));
            held.is_some_and(|(rarity, had)| *had == *rarity * u16::from(Related::OWN))
        })
    }
}

/// What one post calls for, for looking at many people.
pub struct Call<'r> {
    rule: &'r Rule,
    /// By skill: where its gains stand, 0 nowhere.
    slots: Vec<u16>,
    /// Which of the skills asked for, and how much of it in 64ths.
    gains: Vec<Vec<(u8, u8)>>,
    /// What each of the skills asked for weighs.
    weights: [i64; Post::MOST],
    all: i64,
    lawful: usize,
    /// By occupation that somebody may wish for: how near the post's is.
    trades: Vec<u16>,
}

impl<'r> Call<'r> {
    pub fn of(rule: &'r Rule, post: &Post) -> Self {
        let (_, occupations, skills) = rule.catalogue.sizes();
        let mut call = Self {
            rule,
            slots: vec![0; skills],
            gains: vec![Vec::new()],
            weights: [0; Post::MOST],
            all: 0,
            lawful: post.asked().filter(|asked| asked & Post::LAWFUL != 0).count(),
            trades: vec![0; occupations],
        };
        for (n, asked) in (0..).zip(post.asked()) {
            let weight = skills::weight(asked, rule);
            if let Some(slot) = call.weights.get_mut(usize::from(n)) {
                *slot = weight;
            }
            call.all += weight;
            let asked = asked & Post::SKILL;
            call.gain(asked, n, Related::OWN);
            for &(has, worth) in rule.market.related.to(asked) {
                call.gain(has, n, worth);
            }
        }
        call.near(post.occupation);
        call
    }

    fn gain(&mut self, skill: u16, asked: u8, worth: u8) {
        let Some(slot) = self.slots.get_mut(usize::from(skill)) else { return };
        if *slot == 0 {
            *slot = u16::try_from(self.gains.len()).unwrap_or(NONE);
            self.gains.push(Vec::new());
        }
        if let Some(gains) = self.gains.get_mut(usize::from(*slot)) {
            gains.push((asked, worth));
        }
    }

    fn near(&mut self, occupation: u16) {
        for (wish, near) in (0..).zip(&mut self.trades) {
            *near = u16::try_from(trade::nearness(self.rule, wish, occupation)).unwrap_or(0);
        }
    }

    /// For each of the skills asked for how much of it the person has, in 64ths.
    #[inline]
    fn had(&self, person: Someone<'_>) -> [u8; Post::MOST] {
        let mut had = [0; Post::MOST];
        for &skill in person.skills() {
            let slot = self.slots.get(usize::from(skill)).copied().unwrap_or(0);
            for &(asked, worth) in self.gains.get(usize::from(slot)).into_iter().flatten() {
                if let Some(held) = had.get_mut(usize::from(asked)) {
                    *held = worth.max(*held);
                }
            }
        }
        had
    }

    pub const fn rule(&self) -> &'r Rule {
        self.rule
    }

    /// How near the post is to somebody who wishes for this occupation, 0 … 1000.
    #[inline]
    pub fn nearness(&self, wish: u16) -> i64 {
        self.trades.get(usize::from(wish)).copied().map_or(0, i64::from)
    }
}

impl Lens for Call<'_> {
    #[inline]
    fn trade(&self, person: Someone<'_>, post: &Post) -> Option<i64> {
        let near = person.occupations().iter().map(|wish| self.nearness(*wish)).max();
        let near = near.filter(|_| post.occupation != NONE);
        trade::with_words(near, person, post, self.rule, |word| person.words().contains(&word))
    }

    #[inline]
    fn skills(&self, person: Someone<'_>, _: &Post) -> Option<i64> {
        if person.head.skills == 0 || self.all == 0 {
            return None;
        }
        let had = self.had(person);
        let pairs = had.into_iter().zip(self.weights);
        skills::share(pairs.map(|(had, weight)| i64::from(had) * weight).sum(), self.all)
    }

    #[inline]
    fn licensed(&self, person: Someone<'_>, _: &Post) -> bool {
        self.lawful == 0
            || self.had(person).into_iter().take(self.lawful).all(|had| had == Related::OWN)
    }
}
