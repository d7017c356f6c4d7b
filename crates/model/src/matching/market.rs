//! What the posts now open teach: how telling each skill is, what an occupation usually earns in a
//! place, which skills and occupations go together.

use std::collections::BTreeMap;

use crate::matching::{
    Post,
    catalogue::{Catalogue, NONE},
};

/// Counted over the posts; the same for every pair until it is counted again.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Market {
    /// Of each skill: 16 where every post asks for it, and 16 more for each halving of their share.
    rarity: Vec<u16>,
    /// Yuan a month, by group of occupations and province, or the whole country.
    usual: BTreeMap<(u16, u16), u16>,
    pub related: Related,
    pub moves: Moves,
}

/// For each skill at most [`Related::MOST`] others that say something about it, with how much of it
/// they are worth in 64ths, at most [`Related::HALF`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Related {
    of: BTreeMap<u16, Vec<(u16, u8)>>,
    /// The other way round: who asks for the key is partly served by these.
    to: BTreeMap<u16, Vec<(u16, u8)>>,
}

impl Related {
    pub const MOST: usize = 8;
    /// What having the skill itself is worth.
    pub const OWN: u8 = 64;
    /// The most that a related one is worth.
    pub const HALF: u8 = 32;

    /// From `(has, asked, worth)`: who has the first is worth that much where the second is asked.
    /// Of more than [`Self::MOST`] for one skill those that are worth most stay.
    pub fn new(rows: impl IntoIterator<Item = (u16, u16, u8)>) -> Self {
        let mut of: BTreeMap<u16, Vec<(u16, u8)>> = BTreeMap::new();
        for (has, asked, worth) in rows {
            if has != asked && worth > 0 && has < Post::SKILL && asked < Post::SKILL {
                of.entry(has).or_default().push((asked, worth.min(Self::HALF)));
            }
        }
        let mut to: BTreeMap<u16, Vec<(u16, u8)>> = BTreeMap::new();
        for (has, list) in &mut of {
            list.sort_by_key(|(asked, worth)| (u8::MAX - worth, *asked));
            list.dedup_by_key(|(asked, _)| *asked);
            list.truncate(Self::MOST);
            for (asked, worth) in &*list {
                to.entry(*asked).or_default().push((*has, *worth));
            }
        }
        Self { of, to }
    }

    /// What having this skill is worth where others are asked.
    pub fn of(&self, has: u16) -> &[(u16, u8)] {
        self.of.get(&has).map_or(&[], Vec::as_slice)
    }

    /// Which skills are worth something where this one is asked.
    pub fn to(&self, asked: u16) -> &[(u16, u8)] {
        self.to.get(&asked).map_or(&[], Vec::as_slice)
    }
}

/// Occupations to which people move: for each the nearness of another, 0 … 1000.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Moves {
    of: BTreeMap<u16, Vec<(u16, u16)>>,
    to: BTreeMap<u16, Vec<(u16, u16)>>,
}

impl Moves {
    /// Another occupation is never as near as the one that was wished for.
    pub const MOST: u16 = 800;

    /// From `(wished, offered, nearness)`.
    pub fn new(rows: impl IntoIterator<Item = (u16, u16, u16)>) -> Self {
        let mut moves = Self::default();
        for (wished, offered, near) in rows {
            let near = near.min(Self::MOST);
            moves.of.entry(wished).or_default().push((offered, near));
            moves.to.entry(offered).or_default().push((wished, near));
        }
        moves
    }

    pub fn of(&self, wished: u16) -> &[(u16, u16)] {
        self.of.get(&wished).map_or(&[], Vec::as_slice)
    }

    pub fn to(&self, offered: u16) -> &[(u16, u16)] {
        self.to.get(&offered).map_or(&[], Vec::as_slice)
    }
}

impl Market {
    /// How telling a skill is.
    pub fn rarity(&self, skill: u16) -> u16 {
        self.rarity.get(usize::from(skill)).copied().unwrap_or(COMMON)
    }

    /// Yuan a month that the occupation usually earns where the post is: of the group in the
    /// province, else in the country, [`NONE`] where too few posts tell.
    pub fn usual(&self, post: &Post, catalogue: &Catalogue) -> u16 {
        let group = catalogue.group(post.occupation);
        let places = [catalogue.province(post.place), NONE];
        let found = places.into_iter().find_map(|place| self.usual.get(&(group, place)));
        found.copied().unwrap_or(NONE)
    }
}

/// Steps of the logarithm: 16 a doubling.
const STEPS: u32 = 16;
/// The rarity of what every post asks for.
const COMMON: u16 = 16;

/// Posts being counted.
#[derive(Clone, Debug, Default)]
pub struct Census {
    posts: u64,
    asking: Vec<u64>,
    wages: BTreeMap<(u16, u16), Vec<u16>>,
}

impl Census {
    /// A usual wage is the middle one of at least so many.
    pub const FEWEST: usize = 20;

    pub fn count(&mut self, post: &Post, catalogue: &Catalogue) {
        self.posts += 1;
        for skill in post.asked().map(|skill| usize::from(skill & Post::SKILL)) {
            if self.asking.len() <= skill {
                self.asking.resize(skill + 1, 0);
            }
            if let Some(n) = self.asking.get_mut(skill) {
                *n += 1;
            }
        }
        let group = catalogue.group(post.occupation);
        if group != NONE && post.pay_from != NONE {
            let middle = u16::midpoint(post.pay_from, post.pay_to);
            self.wages.entry((group, catalogue.province(post.place))).or_default().push(middle);
        }
    }

    /// The tables that are learnt elsewhere are handed in.
    pub fn finish(self, catalogue: &Catalogue, related: Related, moves: Moves) -> Market {
        let (_, _, skills) = catalogue.sizes();
        let asking = |skill: usize| self.asking.get(skill).copied().unwrap_or(0).max(1);
        let rarity = (0..skills).map(|skill| rarity(self.posts, asking(skill))).collect();
        let mut country: BTreeMap<u16, Vec<u16>> = BTreeMap::new();
        for ((group, _), wages) in &self.wages {
            country.entry(*group).or_default().extend(wages);
        }
        let country = country.into_iter().map(|(group, wages)| ((group, NONE), wages));
        let all = country.chain(self.wages.into_iter().filter(|((_, place), _)| *place != NONE));
        let usual = all.filter_map(|(key, wages)| Some((key, middle(wages)?))).collect();
        Market { rarity, usual, related, moves }
    }
}

fn middle(mut wages: Vec<u16>) -> Option<u16> {
    let half = wages.len() / 2;
    (wages.len() >= Census::FEWEST).then(|| *wages.select_nth_unstable(half).1)
}

fn rarity(posts: u64, asking: u64) -> u16 {
    let share = posts.max(1) * u64::from(STEPS) / asking;
    let telling = STEPS + logarithm(share) - logarithm(u64::from(STEPS)).min(logarithm(share));
    u16::try_from(telling).unwrap_or(COMMON)
}

/// 16·log2, by straight lines between the powers of two.
pub(crate) fn logarithm(n: u64) -> u32 {
    let n = n.max(1);
    let whole = n.ilog2();
    let rest = ((n - (1 << whole)) * u64::from(STEPS)) >> whole;
    whole * STEPS + u32::try_from(rest).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::skill::Skill;

    fn catalogue(skills: [&str; 3]) -> Catalogue {
        let skill = |code: &str| Skill {
            code: code.into(),
            name_zh: String::new(),
            name_en: String::new(),
            aliases: String::new(),
            occupation: String::new(),
            licence: false,
        };
        Catalogue::new(&[], &[], &skills.map(skill))
    }

    #[test]
    fn the_fewer_posts_ask_for_a_skill_the_more_it_tells() {
        let catalogue = catalogue(["cooking", "mandarin", "welding"]);
        let mut census = Census::default();
        for n in 0..100 {
            let mut post = Post::default();
            post.skills[0] = 1 | Post::MUST;
            post.skills[1] = if n < 10 { 2 } else { 0 };
            census.count(&post, &catalogue);
        }
        let market = census.finish(&catalogue, Related::default(), Moves::default());
        assert_eq!(market.rarity(1), 16);
        assert!(market.rarity(0) > 16 && market.rarity(2) > market.rarity(0));
        assert_eq!(Market::default().rarity(7), 16);
    }

    #[test]
    fn the_logarithm_grows_by_sixteen_a_doubling() {
        for power in 0..40 {
            assert_eq!(logarithm(1 << power), power * 16);
        }
        assert!((1..5000_u64).all(|n| logarithm(n) <= logarithm(n + 1)));
    }

    #[test]
    fn a_related_skill_is_worth_at_most_half_and_only_the_eight_best_stay() {
        let related = Related::new((1..20).map(|n| (0, n, 20 + u8::try_from(n).unwrap())));
        assert_eq!(related.of(0).len(), Related::MOST);
        assert!(related.of(0).iter().all(|(_, worth)| *worth <= Related::HALF));
        assert_eq!((related.to(19), related.to(11)), (&[(0, 32)][..], &[][..]));
        assert_eq!((related.of(1), related.to(1)), (&[][..], &[][..]));
    }
}
