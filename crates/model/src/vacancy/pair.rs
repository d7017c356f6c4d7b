//! Vacancies that say the same: the same post twice, or one text under several names.

use std::cmp::Reverse;

use chrono::{DateTime, Utc};
use serde::Serialize;

use super::{Offer, Vacancy};
use crate::{Id, cell::fold, coded::coded, fingerprint::fingerprint};

coded! {
    /// What seems to be the matter with two vacancies.
    pub enum Kind: "vacancy.pair_unknown", "kind" {
        /// One employer, nearly the same text.
        Same = "same",
        /// The same text of different employers: one of them may not be true (V-11).
        Text = "text",
    }
}

coded! {
    /// What has been decided.
    pub enum Verdict: "vacancy.verdict_unknown", "verdict" {
        Open = "open",
        /// One of them stands behind the other.
        Copy = "copy",
        /// Two posts of their own.
        Apart = "apart",
    }
}

/// Two vacancies of which the second may be a copy of the first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, sqlx::FromRow)]
pub struct Pair {
    pub shown: Id<Vacancy>,
    pub copy: Id<Vacancy>,
    pub kind: Kind,
    /// Of a hundred pieces of either text, so many stand in both.
    pub likeness: i64,
    pub verdict: Verdict,
    pub at: DateTime<Utc>,
}

/// Texts shorter than this say too little to be known again, in characters.
const SHORTEST: usize = 40;
/// From so alike on two vacancies of one employer may be one.
const ALIKE: i64 = 80;

/// A vacancy as it is compared: read once, held against many.
pub struct Told<'a> {
    pub vacancy: &'a Vacancy,
    /// Letters and digits alone.
    title: String,
    duties: String,
    /// The same for the same text; 0 where there is too little of it.
    pub mark: i64,
    twin: i64,
    /// Three letters in a row, sorted, each once.
    pieces: Vec<[char; 3]>,
}

fn plain(text: &str) -> String {
    fold(text).chars().filter(|c| c.is_alphanumeric()).collect()
}

fn mark(title: &str, duties: &str) -> i64 {
    let long = duties.chars().count() >= SHORTEST;
    if long { fingerprint([format!("{title}{duties}")]).max(1).cast_signed() } else { 0 }
}

impl Offer {
    /// The same for the same text; 0 where there is too little of it.
    pub fn text_mark(&self) -> i64 {
        mark(&plain(&self.title), &plain(&self.duties))
    }
}

impl<'a> Told<'a> {
    pub fn new(vacancy: &'a Vacancy) -> Self {
        let [title, duties] = [&vacancy.offer.title, &vacancy.offer.duties].map(|text| plain(text));
        let letters: Vec<char> = title.chars().chain(duties.chars()).collect();
        let mut pieces: Vec<[char; 3]> =
            letters.windows(3).filter_map(|piece| piece.try_into().ok()).collect();
        pieces.sort_unstable();
        pieces.dedup();
        let (mark, twin) = (mark(&title, &duties), vacancy.twin());
        Self { vacancy, title, duties, mark, twin, pieces }
    }

    /// How much two texts have in common: of a hundred pieces of three letters.
    fn likeness(&self, other: &Self) -> i64 {
        let (mut mine, mut theirs) = (self.pieces.as_slice(), other.pieces.as_slice());
        let mut both = 0;
        while let (Some((first, later)), Some((other, rest))) =
            (mine.split_first(), theirs.split_first())
        {
            both += usize::from(first == other);
            if first <= other {
                mine = later;
            }
            if other <= first {
                theirs = rest;
            }
        }
        let all = self.pieces.len() + other.pieces.len() - both;
        i64::try_from(both * 100 / all.max(1)).unwrap_or(0)
    }

    /// The same duties in full, and one title within the other: no clerk need be asked.
    fn repeats(&self, other: &Self) -> bool {
        self.duties.chars().count() >= SHORTEST
            && self.duties == other.duties
            && (self.title.contains(&other.title) || other.title.contains(&self.title))
    }

    /// How much is told: of two copies the one that says more is shown.
    fn completeness(&self) -> usize {
        let offer = &self.vacancy.offer;
        let told = [
            offer.wage.is_some(),
            !offer.place.region.is_empty(),
            offer.headcount.is_some(),
            offer.form.is_some(),
            !offer.contact.is_empty(),
            !offer.benefits.is_empty(),
            offer.expires_on.is_some(),
        ];
        let letters = self.title.chars().count() + self.duties.chars().count();
        told.into_iter().filter(|told| *told).count() * 50 + letters.min(400)
    }
}

impl Pair {
    /// The two as a pair, where they seem to say the same; what says more is shown, of equals the
    /// older one.
    pub fn of(one: &Told<'_>, other: &Told<'_>, at: DateTime<Utc>) -> Option<Self> {
        let (a, b) = (one.vacancy, other.vacancy);
        let kind = match a.employer == b.employer {
            true => Kind::Same,
            false if one.mark != 0 && one.mark == other.mark => Kind::Text,
            false => return None,
        };
        // one post in two places is two posts
        let apart = a.offer.place.region != b.offer.place.region || one.twin == other.twin;
        if kind == Kind::Same && apart {
            return None;
        }
        let likeness = one.likeness(other);
        if likeness < ALIKE {
            return None;
        }
        let first = (one.completeness(), Reverse(a.id)) >= (other.completeness(), Reverse(b.id));
        let (shown, copy) = if first { (a.id, b.id) } else { (b.id, a.id) };
        let pay = |vacancy: &Vacancy| (vacancy.offer.pay_from, vacancy.offer.pay_to);
        let sure = kind == Kind::Same && one.repeats(other) && pay(a) == pay(b);
        let verdict = if sure { Verdict::Copy } else { Verdict::Open };
        Some(Self { shown, copy, kind, likeness, verdict, at })
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::vacancy::{Source, State};

    const TEXT: &str = "负责厂区钢结构焊接，能看懂图纸，会二氧化碳保护焊和手工焊，服从班组安排，白班，\
        每周休息一天，工具由单位提供，食堂就餐，有宿舍";

    fn post(n: u128, employer: u128, title: &str, duties: &str) -> Vacancy {
        let at = DateTime::from_timestamp(1_795_000_000, 0).unwrap();
        let offer = Offer { title: title.into(), duties: duties.into(), ..Offer::default() };
        Vacancy {
            id: Id::new(Uuid::from_u128(n)),
            source: Source::default(),
            employer: Id::new(Uuid::from_u128(employer)),
            offer,
            state: State::Published,
            created_at: at,
            updated_at: at,
            version: 1,
            hired: 0,
        }
    }

    fn pair(one: &Vacancy, other: &Vacancy) -> Option<Pair> {
        Pair::of(&Told::new(one), &Told::new(other), one.created_at)
    }

    #[test]
    fn the_same_post_with_a_comma_more_is_found_and_the_fuller_one_is_shown() {
        let one = post(1, 1, "电焊工", TEXT);
        let mut other = post(2, 1, "电焊工（急聘）", &TEXT.replace('，', "、"));
        other.offer.headcount = Some(3);
        let found = pair(&one, &other).unwrap();
        assert_eq!((found.shown, found.copy, found.kind), (other.id, one.id, Kind::Same));
        assert_eq!(found.verdict, Verdict::Copy);
        assert_eq!(pair(&other, &one), Some(found));
        other.offer.pay_from = Some(500_000);
        assert_eq!(
            pair(&one, &other).unwrap().verdict,
            Verdict::Open,
            "another wage: a clerk decides"
        );
        other.offer.place.region = "620523".into();
        assert_eq!(pair(&one, &other), None, "another place is another post");
    }

    #[test]
    fn one_text_under_two_names_is_told_and_a_short_one_is_not() {
        let one = post(1, 1, "电焊工", TEXT);
        let found = pair(&one, &post(2, 2, "电焊工", TEXT)).unwrap();
        assert_eq!((found.kind, found.verdict), (Kind::Text, Verdict::Open));
        assert_eq!(pair(&one, &post(3, 2, "电焊工", "焊接")), None);
        assert_eq!(pair(&post(4, 1, "保洁", "打扫"), &post(5, 2, "保洁", "打扫")), None);
        assert_eq!(pair(&one, &post(6, 1, "会计", "做账、报税、开票")), None);
    }
}
