//! What one change would open to a person: a licence, more kilometres, a lower floor, another form;
//! and what stands in the way of somebody whom nothing fits. Counted over the posts of the person's
//! own trade, one after the other.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{
    matching::{
        Arg, Lens, Limit, Post, Reason, Rule, Someone, feature::form, place, skills,
        trade::NEARNESS,
    },
    skill::is_certificate,
    vacancy::Form,
};

/// As near as this, an occupation is of the person's trade: what the tree calls akin.
const AKIN: i64 = NEARNESS[2];
/// Kilometres, and yuan a month, to which a proposal is rounded.
const KM: i64 = 10;
const YUAN: u16 = 100;
/// Farther nobody goes every day: it is working away from home.
const COMMUTE: i64 = 100;

/// Counts over the open posts that the person might do.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Gaps {
    /// Posts of the person's trade.
    pub posts: i64,
    /// Of these, those that no limit shuts.
    pub fitting: i64,
    /// Behind how many posts' doors each limit stands, alone or with others.
    limits: BTreeMap<Limit, i64>,
    /// Posts that only this licence keeps shut.
    licences: BTreeMap<u16, i64>,
    /// Posts that are open and ask for nothing else that the person lacks.
    skills: BTreeMap<u16, i64>,
    /// Posts that only the distance keeps shut, by kilometres.
    reach: BTreeMap<i64, i64>,
    /// Posts that only the wage keeps shut, by what they pay.
    floors: BTreeMap<u16, i64>,
    /// Posts that only their form keeps shut, by its bit.
    forms: BTreeMap<u8, i64>,
}

/// Why nothing fits somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Binding {
    /// Nobody offers such work.
    NoPost,
    /// This limit, more than any other.
    Limit(Limit),
}

impl Binding {
    /// Every code there is.
    pub fn codes() -> Vec<&'static str> {
        let all = Limit::ALL.map(Self::Limit).into_iter().chain([Self::NoPost]);
        all.map(Self::code).collect()
    }

    pub const fn code(self) -> &'static str {
        match self {
            Self::NoPost => "no_post",
            Self::Limit(limit) => limit.code(),
        }
    }
}

impl Gaps {
    /// May a post be of a person's trade whose occupation is at most so near to the wishes?
    pub const fn of_trade(nearest: i64) -> bool {
        nearest >= AKIN
    }

    /// Is a post of a person's trade? Where no trade is told that is known, any may be: words alone shut
    /// nobody out.
    pub fn concerns<L: Lens>(lens: &L, person: Someone<'_>, post: &Post) -> bool {
        person.head.occupations == 0 || lens.trade(person, post).is_none_or(|near| near >= AKIN)
    }

    /// One open post. Posts of other trades say nothing.
    pub fn look<L: Lens>(&mut self, lens: &L, person: Someone<'_>, post: &Post, rule: &Rule) {
        if !Self::concerns(lens, person, post) {
            return;
        }
        self.posts += 1;
        let (mut shut, mut last) = (0, None);
        for limit in Limit::ALL {
            if limit.holds(lens, person, post, rule) {
                *self.limits.entry(limit).or_default() += 1;
                (shut, last) = (shut + 1, Some(limit));
            }
        }
        match last {
            None => self.open(person, post, rule),
            Some(limit) if shut == 1 => self.alone(limit, person, post, rule),
            Some(_) => {}
        }
    }

    fn open(&mut self, person: Someone<'_>, post: &Post, rule: &Rule) {
        self.fitting += 1;
        if person.skills().is_empty() {
            return;
        }
        let must = post.asked().filter(|asked| asked & Post::MUST != 0);
        let mut missing = must.filter(|asked| skills::worth(person, *asked, rule) == 0);
        if let (Some(skill), None) = (missing.next(), missing.next()) {
            *self.skills.entry(skill & Post::SKILL).or_default() += 1;
        }
    }

    fn alone(&mut self, limit: Limit, person: Someone<'_>, post: &Post, rule: &Rule) {
        match limit {
            Limit::Closed | Limit::UnderAge | Limit::Abroad => {}
            Limit::LicenceMissing => {
                let mut missing = skills::missing_licences(person, post);
                if let (Some(licence), None) = (missing.next(), missing.next()) {
                    *self.licences.entry(licence & Post::SKILL).or_default() += 1;
                }
            }
            Limit::TooFar => {
                if let Some(Arg::Count(km)) = place::kilometres(person, post, rule) {
                    *self.reach.entry((km / KM + 1) * KM).or_default() += 1;
                }
            }
            Limit::BelowFloor => {
                *self.floors.entry(post.pay_to / YUAN * YUAN).or_default() += 1;
            }
            Limit::FormUnwanted => *self.forms.entry(post.form).or_default() += 1,
        }
    }

    /// What stands in the way of somebody for whom nothing is open; nothing where something is.
    pub fn binding(&self) -> Option<Binding> {
        if self.fitting > 0 {
            return None;
        }
        let sum = |counts: &mut dyn Iterator<Item = i64>| counts.sum::<i64>();
        let alone = [
            (Limit::LicenceMissing, sum(&mut self.licences.values().copied())),
            (Limit::TooFar, sum(&mut self.reach.values().copied())),
            (Limit::BelowFloor, sum(&mut self.floors.values().copied())),
            (Limit::FormUnwanted, sum(&mut self.forms.values().copied())),
        ];
        let alone = alone.into_iter().filter(|(_, n)| *n > 0);
        // the first of equals is the hardest
        let most = |best: Option<(Limit, i64)>, next: (Limit, i64)| match best {
            Some(best) if best.1 >= next.1 => Some(best),
            _ => Some(next),
        };
        let any = self.limits.iter().map(|(limit, n)| (*limit, *n));
        let limit = alone.fold(None, most).or_else(|| any.fold(None, most));
        Some(limit.map_or(Binding::NoPost, |(limit, _)| Binding::Limit(limit)))
    }

    /// What would open more posts, the most first.
    pub fn ways(&self, rule: &Rule) -> Vec<Way> {
        let skill = |number: &u16| rule.catalogue.skill_code(*number).to_owned();
        let mut ways: Vec<Way> = Vec::new();
        let mut add = |change, posts| ways.push(Way { change, posts });
        self.licences.iter().for_each(|(one, n)| add(Change::Licence { skill: skill(one) }, *n));
        self.skills.iter().for_each(|(one, n)| add(Change::Skill { skill: skill(one) }, *n));
        if let Some((km, n)) = half(self.reach.iter().map(|(km, n)| (*km, *n))) {
            add(Change::Reach { km }, n);
        }
        if let Some((yuan, n)) = half(self.floors.iter().rev().map(|(yuan, n)| (*yuan, *n))) {
            add(Change::Floor { cents: i64::from(yuan) * 100 }, n);
        }
        for (bit, n) in &self.forms {
            if let Some(form) = form(*bit) {
                add(Change::Form { form }, *n);
            }
        }
        // by count, and of equals always in the same order
        ways.sort_by_key(|way| -way.posts);
        ways
    }
}

/// A change that the person, or an office, can bring about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "change", rename_all = "snake_case")]
pub enum Change {
    Licence { skill: String },
    Skill { skill: String },
    Reach { km: i64 },
    Floor { cents: i64 },
    Form { form: Form },
}

impl Change {
    /// The word for it, in the rows and in the locales.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Licence { .. } => "licence",
            Self::Skill { .. } => "skill",
            Self::Reach { .. } => "reach",
            Self::Floor { .. } => "floor",
            Self::Form { .. } => "form",
        }
    }
}

/// A change, and to how many posts more it opens the door.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Way {
    #[serde(flatten)]
    pub change: Change,
    pub posts: i64,
}

impl Way {
    /// In words.
    pub fn reason(&self) -> Reason {
        let skills = |skill: &String| Arg::Skills(vec![skill.clone()]);
        let (code, name, arg) = match &self.change {
            Change::Licence { skill } => ("gap_licence", "skills", skills(skill)),
            Change::Skill { skill } if is_certificate(skill) => {
                ("gap_paper", "skills", skills(skill))
            }
            Change::Skill { skill } => ("gap_skill", "skills", skills(skill)),
            Change::Reach { km } if *km > COMMUTE => ("gap_away", "km", Arg::Count(*km)),
            Change::Reach { km } => ("gap_reach", "km", Arg::Count(*km)),
            Change::Floor { cents } => ("gap_floor", "floor", Arg::Money(*cents)),
            Change::Form { form } => ("gap_form", "form", Arg::Form(*form)),
        };
        Reason::lacks(code).arg(name, arg).arg("posts", Arg::Count(self.posts))
    }

    /// The skill or paper that it asks for.
    pub fn skill(&self) -> Option<&str> {
        match &self.change {
            Change::Licence { skill } | Change::Skill { skill } => Some(skill),
            Change::Reach { .. } | Change::Floor { .. } | Change::Form { .. } => None,
        }
    }
}

/// The smallest step after which half of the posts are reached, and how many they are then.
fn half<T>(steps: impl Iterator<Item = (T, i64)>) -> Option<(T, i64)> {
    let steps: Vec<(T, i64)> = steps.collect();
    let all: i64 = steps.iter().map(|(_, n)| n).sum();
    let mut reached = 0;
    steps.into_iter().find_map(|(step, n)| {
        reached += n;
        (reached * 2 >= all).then_some((step, reached))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_of_the_posts_are_reached_with_the_smallest_step() {
        assert_eq!(half([(10, 1), (20, 4), (90, 5)].into_iter()), Some((20, 5)));
        assert_eq!(half([(10, 9), (90, 5)].into_iter()), Some((10, 9)));
        assert_eq!(half::<i64>(std::iter::empty()), None);
    }

    #[test]
    fn what_binds_is_what_alone_shuts_most_doors() {
        let limits = [(Limit::TooFar, 9), (Limit::BelowFloor, 7)].into();
        let gaps = Gaps { posts: 9, limits, floors: [(3_000, 2)].into(), ..Gaps::default() };
        assert_eq!(gaps.binding(), Some(Binding::Limit(Limit::BelowFloor)));
        let together = Gaps { floors: BTreeMap::new(), ..gaps.clone() };
        assert_eq!(together.binding(), Some(Binding::Limit(Limit::TooFar)));
        assert_eq!(Gaps { fitting: 1, ..gaps }.binding(), None);
        assert_eq!(Gaps::default().binding(), Some(Binding::NoPost));
    }
}
