//! Who is shown to whom how often: an order above the plain ranking that respects how many people a
//! post can take, and gives a turn to those who have waited long. A score is never changed. 曝光
//!
//! Integers only, and only what was counted before the day: the same day gives the same list.

use std::cmp::Reverse;

use chrono::{DateTime, Days, Months, NaiveDate, Utc};

use crate::{Id, coded::coded, jobseeker::Jobseeker, vacancy::Vacancy};

coded! {
    /// The order of a list.
    pub enum Order: "exposure.order_unknown", "order" {
        /// With an eye to how often a post or a person was shown.
        Fair = "fair",
        /// By score alone.
        Plain = "plain",
    }
}

/// A dated row that an office may change.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Rule {
    pub version: i64,
    pub valid_from: NaiveDate,
    /// How often a post may be shown in the window for each person it looks for, before it costs.
    pub views_per_head: i64,
    /// As how many views an application counts that is in already.
    pub views_per_application: i64,
    /// How many people a post looks for that does not say.
    pub usual_heads: i64,
    /// The days before today that count.
    pub window_days: i64,
    /// Points of 100,000 by which a post stands lower for each doubling beyond that, and the most.
    pub step: i64,
    pub most: i64,
    /// Of so many people on a list, so many places belong to those whose turn it is.
    pub within: i64,
    pub reserved: i64,
    /// Whose turn it is: never on a list; or registered for so many months, looking for work still,
    /// and on no list for so many days.
    pub long_months: i64,
    pub due_days: i64,
    /// How many of the best for a post take turns on its list.
    pub pool: i64,
    pub basis: String,
}

/// How often a post was shown, and what it can take.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, sqlx::FromRow)]
pub struct Load {
    pub shown: i64,
    pub headcount: Option<i64>,
    /// None: not known, and left out.
    pub applied: Option<i64>,
}

/// When a person was on a list.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Turn {
    pub id: Id<Jobseeker>,
    pub created_at: DateTime<Utc>,
    /// The last day, and the last one before that.
    pub recommended_on: Option<NaiveDate>,
    pub before_on: Option<NaiveDate>,
}

/// A day's count of a post.
pub type Shown = (Id<Vacancy>, i64);

impl Rule {
    /// By how many points a post stands lower in the order; its score stays what it is.
    pub fn price(&self, load: Load) -> i64 {
        let heads = load.headcount.unwrap_or(self.usual_heads).max(1);
        let room = heads.saturating_mul(self.views_per_head).max(1);
        let applied = load.applied.unwrap_or(0).max(0).saturating_mul(self.views_per_application);
        let load = load.shown.max(0).saturating_add(applied);
        (log2(load, room).saturating_mul(self.step) / 1_000).clamp(0, self.most.max(0))
    }

    /// The first day that counts.
    pub fn from(&self, today: NaiveDate) -> NaiveDate {
        let days = u64::try_from(self.window_days).unwrap_or(0);
        today.checked_sub_days(Days::new(days)).unwrap_or(today)
    }

    /// Is it this person's turn? Only ever to the good: nobody goes back for not being due.
    pub fn is_due(&self, turn: &Turn, today: NaiveDate) -> bool {
        let Some(last) = turn.last(today) else { return true };
        let months = Months::new(u32::try_from(self.long_months).unwrap_or(u32::MAX));
        let long = turn.created_at.date_naive().checked_add_months(months);
        long.is_some_and(|day| day <= today) && (today - last).num_days() >= self.due_days
    }

    /// Of a list of so many, the places of those whose turn it is.
    pub fn places(&self, limit: usize) -> usize {
        let (reserved, within) = (self.reserved.max(0), self.within.max(1));
        let places = i64::try_from(limit).unwrap_or(i64::MAX).saturating_mul(reserved) / within;
        usize::try_from(places).unwrap_or(0).min(limit)
    }

    /// The guarantee: whoever is among the `pool` best of a list of `limit` and has a turn is on it
    /// after so many days at most on which somebody looks at it; `None` where no place is kept.
    pub fn longest_wait(&self, limit: usize, pool: usize) -> Option<usize> {
        let places = self.places(limit);
        (places > 0).then(|| pool.saturating_sub(limit - places).div_ceil(places))
    }
}

impl Turn {
    /// The last day before today: what happens today changes nothing today.
    pub fn last(&self, today: NaiveDate) -> Option<NaiveDate> {
        self.recommended_on.filter(|day| *day < today).or(self.before_on)
    }
}

/// Posts in their fair order. `ranked` is the score and the price, in the plain order; the answer
/// is places in it.
pub fn posts(ranked: &[(i64, i64)], limit: usize) -> Vec<usize> {
    let mut order: Vec<_> = (0..).zip(ranked).collect();
    order.sort_by_key(|(at, (score, price))| (Reverse(score - price), *at));
    order.into_iter().take(limit).map(|(at, _)| at).collect()
}

/// Can nothing that stands after these in the plain order come onto the list of the chosen? A price only
/// ever lowers.
pub fn is_whole(ranked: &[(i64, i64)], chosen: &[usize]) -> bool {
    let fair = |at: &usize| ranked.get(*at).map(|(score, price)| score - price);
    let least = chosen.iter().filter_map(fair).min();
    least.zip(ranked.last()).is_none_or(|(least, (last, _))| least >= *last)
}

/// The people of a list: the best, and in the places that are kept for them those whose turn it is,
/// whoever has waited longest first. `pool` is in the plain order; the answer is places in it,
/// ascending: the list stays sorted by score.
pub fn people(rule: &Rule, pool: &[Turn], limit: usize, today: NaiveDate) -> Vec<usize> {
    let best = limit - rule.places(limit);
    let mut due: Vec<_> = (0..)
        .zip(pool)
        .skip(best)
        .filter(|(_, turn)| rule.is_due(turn, today))
        .map(|(at, turn)| (turn.last(today), turn.created_at, at))
        .collect();
    due.sort_unstable();
    due.truncate(limit - best);
    let mut chosen: Vec<_> = (0..best.min(pool.len())).collect();
    chosen.extend(due.into_iter().map(|(.., at)| at));
    let rest = (0..pool.len()).filter(|at| !chosen.contains(at)).take(limit - chosen.len());
    let rest: Vec<_> = rest.collect();
    chosen.extend(rest);
    chosen.sort_unstable();
    chosen
}

/// How unequal counts are: 0 where all are alike, near 1,000 where one has everything (Gini, in a
/// thousandth).
pub fn gini(counts: &[i64]) -> i64 {
    let mut counts: Vec<i128> = counts.iter().map(|count| i128::from(*count)).collect();
    counts.sort_unstable();
    let (count, sum) = (i128::try_from(counts.len()).unwrap_or(0), counts.iter().sum::<i128>());
    let weighted: i128 = (1..).zip(&counts).map(|(rank, n)| (2 * rank - count - 1) * n).sum();
    let gini = (weighted * 1_000).checked_div(count * sum).unwrap_or(0);
    i64::try_from(gini).unwrap_or(0)
}

/// Thousandths of the doublings from `of` to `n`; nothing where `n` is not more. By squaring, so
/// that every machine gives the same.
fn log2(n: i64, of: i64) -> i64 {
    let (n, of) = (i128::from(n), i128::from(of.max(1)));
    if n <= of {
        return 0;
    }
    let mut whole = 0;
    let mut ratio = (n << 30) / of;
    while ratio >= 2 << 30 {
        ratio >>= 1;
        whole += 1_000;
    }
    let (mut part, mut bit) = (0, 500_000);
    for _ in 0..10 {
        ratio = (ratio * ratio) >> 30;
        if ratio >= 2 << 30 {
            ratio >>= 1;
            part += bit;
        }
        bit /= 2;
    }
    whole + part / 1_000
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn rule() -> Rule {
        Rule {
            version: 1,
            valid_from: day(1),
            views_per_head: 50,
            views_per_application: 5,
            usual_heads: 3,
            window_days: 7,
            step: 2_000,
            most: 10_000,
            within: 20,
            reserved: 4,
            long_months: 12,
            due_days: 7,
            pool: 100,
            basis: String::new(),
        }
    }

    fn day(n: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, n).unwrap()
    }

    fn turn(n: u128, years: i32, on: Option<u32>, before: Option<u32>) -> Turn {
        let since = NaiveDate::from_ymd_opt(2026 - years, 10, 1).unwrap();
        Turn {
            id: Id::new(Uuid::from_u128(n)),
            created_at: since.and_hms_opt(0, 0, 0).unwrap().and_utc(),
            recommended_on: on.map(day),
            before_on: before.map(day),
        }
    }

    #[test]
    fn a_post_costs_nothing_until_it_was_shown_enough_and_never_more_than_the_most() {
        let price =
            |shown, heads, applied| rule().price(Load { shown, headcount: Some(heads), applied });
        assert_eq!(
            (price(150, 3, None), price(300, 3, None), price(600, 3, None)),
            (0, 2_000, 4_000)
        );
        assert_eq!(price(1_000_000, 3, None), 10_000);
        assert_eq!(price(150, 3, Some(30)), price(300, 3, None), "applications count as views");
        assert!(price(10_000, 100, None) < price(10_000, 3, None), "a large post is shown more");
        assert_eq!(
            rule().price(Load { shown: 300, ..Load::default() }),
            2_000,
            "no headcount said"
        );
        assert!((1..2_000).contains(&price(220, 3, None)));
    }

    #[test]
    fn whatever_is_shown_too_often_goes_back_but_only_so_far() {
        let ranked = [(90_000, 10_000), (88_000, 0), (79_000, 0), (70_000, 0)];
        assert_eq!(posts(&ranked, 3), [1, 0, 2]);
        assert_eq!(posts(&[(5, 0), (5, 0), (9, 4)], 3), [0, 1, 2], "ties keep the plain order");
    }

    #[test]
    fn a_list_is_whole_once_nothing_behind_it_can_be_better_than_its_last() {
        let ranked = [(90_000, 10_000), (88_000, 0), (79_000, 0), (70_000, 0)];
        assert!(is_whole(&ranked, &posts(&ranked, 3)));
        assert!(!is_whole(&ranked[..2], &posts(&ranked[..2], 2)), "79,500 might follow");
        assert!(!is_whole(&[(90_000, 1)], &[0]) && is_whole(&[(90_000, 0)], &[0]));
    }

    #[test]
    fn turns_come_to_those_never_shown_and_to_the_long_unemployed() {
        let (rule, today) = (rule(), day(20));
        assert!(rule.is_due(&turn(1, 0, None, None), today), "never");
        assert!(rule.is_due(&turn(1, 0, Some(20), None), today), "only today: still");
        assert!(!rule.is_due(&turn(1, 0, Some(1), None), today), "not long registered");
        assert!(rule.is_due(&turn(1, 2, Some(13), None), today));
        assert!(!rule.is_due(&turn(1, 2, Some(14), None), today));
        assert!(!rule.is_due(&turn(1, 2, Some(20), Some(14)), today));
    }

    #[test]
    fn whoever_waits_comes_onto_a_list_within_as_many_days_as_places_go_round() {
        let (mut rule, limit) = (rule(), 20);
        let mut pool: Vec<_> = (0..40).map(|n| turn(n, 2, Some(1), None)).collect();
        pool.extend((40..60).map(|n| turn(n, 2, None, None)));
        (rule.within, rule.reserved) = (20, 4);
        let mut seen = std::collections::BTreeSet::new();
        for today in (9..14).map(day) {
            let shown = people(&rule, &pool, limit, today);
            assert_eq!((shown.len(), &shown[..16]), (20, &(0..16).collect::<Vec<_>>()[..]));
            assert_eq!(shown, people(&rule, &pool, limit, today), "the same day, the same list");
            for at in shown {
                seen.insert(at);
                pool[at].before_on = pool[at].last(today);
                pool[at].recommended_on = Some(today);
            }
        }
        assert!((40..60).all(|n| seen.contains(&n)), "20 people, 4 places: 5 days: {seen:?}");
    }

    /// A hundred people wait, some for years and some never shown; every day more come who have
    /// waited as long, in the places of those that found work.
    #[test]
    fn nobody_among_the_hundred_best_waits_longer_than_is_promised() {
        let (mut rule, limit, pool) = (rule(), 20, 100);
        (rule.within, rule.reserved, rule.due_days) = (20, 4, 7);
        let most = rule.longest_wait(limit, pool).unwrap();
        assert_eq!(most, 21, "84 people behind the best 16, 4 places a day");
        for years in [0, 2] {
            let mut all: Vec<_> = (0..100).map(|n| turn(n, years, None, None)).collect();
            let mut waited = vec![0; pool];
            let mut longest = 0;
            for n in 0..200 {
                let today = day(1) + Days::new(n);
                let shown = people(&rule, &all, limit, today);
                for (at, days) in waited.iter_mut().enumerate() {
                    *days += usize::from(rule.is_due(&all[at], today));
                    longest = longest.max(*days);
                }
                for at in shown {
                    waited[at] = 0;
                    all[at].before_on = all[at].last(today);
                    all[at].recommended_on = Some(today);
                }
            }
            println!("waited {longest} days at most, {most} promised");
            assert!(longest <= most, "{longest} days after {years} years");
        }
        rule.reserved = 0;
        assert_eq!(rule.longest_wait(limit, pool), None);
    }

    #[test]
    fn a_list_without_anybody_due_is_the_plain_one() {
        let pool: Vec<_> = (0..30).map(|n| turn(n, 0, Some(1), None)).collect();
        assert_eq!(people(&rule(), &pool, 20, day(20)), (0..20).collect::<Vec<_>>());
        assert_eq!(people(&rule(), &pool[..3], 20, day(20)), [0, 1, 2]);
    }

    #[test]
    fn inequality_is_nought_among_equals_and_grows_with_the_lions_share() {
        assert_eq!((gini(&[5, 5, 5, 5]), gini(&[]), gini(&[0, 0])), (0, 0, 0));
        assert_eq!(gini(&[0, 0, 0, 8]), 750);
        assert_eq!(gini(&[1, 3]), 250);
    }
}
