//! Vacancies that say the same: the same post twice, or one text under several names.

use std::collections::HashSet;

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

impl Offer {
    /// The letters of title and duties, without signs.
    fn letters(&self) -> String {
        let text = [&self.title, &self.duties].map(|text| fold(text)).join("\n");
        text.chars().filter(|c| c.is_alphanumeric()).collect()
    }

    /// The same for the same text; 0 where there is too little of it.
    pub fn text_mark(&self) -> i64 {
        let letters = self.letters();
        let long = fold(&self.duties).chars().filter(|c| c.is_alphanumeric()).count() >= SHORTEST;
        if long { fingerprint([letters]).max(1).cast_signed() } else { 0 }
    }

    /// How much two texts have in common: of a hundred pieces of three letters.
    pub fn likeness(&self, other: &Self) -> i64 {
        let pieces = |offer: &Self| -> HashSet<[char; 3]> {
            let letters: Vec<char> = offer.letters().chars().collect();
            letters.windows(3).filter_map(|piece| piece.try_into().ok()).collect()
        };
        let (mine, theirs) = (pieces(self), pieces(other));
        let both = mine.intersection(&theirs).count();
        let all = mine.len() + theirs.len() - both;
        i64::try_from(both * 100 / all.max(1)).unwrap_or(0)
    }

    /// The same duties in full, and one title within the other: no clerk need be asked.
    fn repeats(&self, other: &Self) -> bool {
        let plain =
            |text: &str| -> String { fold(text).chars().filter(|c| c.is_alphanumeric()).collect() };
        let (mine, theirs) = (plain(&self.duties), plain(&other.duties));
        let titles = (plain(&self.title), plain(&other.title));
        mine.chars().count() >= SHORTEST
            && mine == theirs
            && (titles.0.contains(&titles.1) || titles.1.contains(&titles.0))
    }

    /// How much is told: of two copies the one that says more is shown.
    pub fn completeness(&self) -> usize {
        let told = [
            self.wage.is_some(),
            !self.place.region.is_empty(),
            self.headcount.is_some(),
            self.form.is_some(),
            !self.contact.is_empty(),
            !self.benefits.is_empty(),
            self.expires_on.is_some(),
        ];
        told.into_iter().filter(|told| *told).count() * 50 + self.letters().chars().count().min(400)
    }
}

impl Pair {
    /// The two as a pair, where they seem to say the same; what says more is shown, of equals the
    /// older one.
    pub fn of(one: &Vacancy, other: &Vacancy, at: DateTime<Utc>) -> Option<Self> {
        let (a, b) = (&one.offer, &other.offer);
        let mark = a.text_mark();
        let kind = match one.employer == other.employer {
            true => Kind::Same,
            false if mark != 0 && mark == b.text_mark() => Kind::Text,
            false => return None,
        };
        // one post in two places is two posts
        if kind == Kind::Same && (a.place.region != b.place.region || one.twin() == other.twin()) {
            return None;
        }
        let likeness = a.likeness(b);
        if likeness < ALIKE {
            return None;
        }
        let first = (a.completeness(), std::cmp::Reverse(one.id));
        let (shown, copy) = if first >= (b.completeness(), std::cmp::Reverse(other.id)) {
            (one, other)
        } else {
            (other, one)
        };
        let sure =
            kind == Kind::Same && a.repeats(b) && (a.pay_from, a.pay_to) == (b.pay_from, b.pay_to);
        let verdict = if sure { Verdict::Copy } else { Verdict::Open };
        Some(Self { shown: shown.id, copy: copy.id, kind, likeness, verdict, at })
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
        }
    }

    fn pair(one: &Vacancy, other: &Vacancy) -> Option<Pair> {
        Pair::of(one, other, one.created_at)
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
