//! What is claimed of the two ways, on random small markets against every possible assignment.

use std::cmp::Reverse;

use super::*;
use crate::region::Code;

/// Chance with a seed.
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963);
        usize::try_from(self.0 >> 33).unwrap() % n
    }
}

const COUNTIES: [&str; 4] = ["620502", "620523", "620524", "620102"];

/// Few people and posts, quotas of county, city and province, many ties.
fn market(seed: u64, each: usize) -> Market {
    let mut dice = Dice(seed);
    let posts = 1 + dice.below(3);
    let seats: Vec<_> = (0..posts).map(|_| dice.below(4)).collect();
    let regions = ["620502", "620523", "620500", "620000"];
    let quotas: Vec<_> = regions
        .iter()
        .filter_map(|region| {
            let post = (dice.below(2) == 0).then(|| dice.below(posts));
            let quota =
                Quota { post, region: region.parse::<Code>().unwrap(), seats: dice.below(3) };
            (dice.below(2) == 0).then_some(quota)
        })
        .collect();
    let drawn = draw(&seats, &quotas).unwrap();
    let mut people = vec![];
    for _ in 0..2 + dice.below(4) {
        let home = COUNTIES[dice.below(4)];
        let mut wishes = vec![];
        for post in 0..posts {
            let mut points = |n| i64::try_from(dice.below(n)).unwrap();
            let (order, score, favour) = (points(100), points(6), points(4));
            if order > 20 {
                wishes.push((order, Wish { post, limit: drawn.limit(post, home), score, favour }));
            }
        }
        wishes.sort_by_key(|(order, _)| *order);
        people.push(wishes.into_iter().map(|(_, wish)| wish).collect());
    }
    Market { each, limits: drawn.limits, people }
}

fn keeps_limits(market: &Market, got: &[Vec<usize>]) -> bool {
    let outcome = Outcome::of(market, got.to_vec(), None);
    got.iter().all(|wishes| wishes.len() <= market.each)
        && outcome.taken.iter().zip(&market.limits).all(|(taken, limit)| *taken <= limit.seats)
}

/// Every assignment that keeps the limits.
fn all(market: &Market) -> Vec<Vec<Vec<usize>>> {
    let mut all: Vec<Vec<Vec<usize>>> = vec![vec![]];
    for wishes in &market.people {
        let mut more = vec![];
        for given in &all {
            for mask in 0..1_usize << wishes.len() {
                let chosen = (0..wishes.len()).filter(|n| mask >> n & 1 == 1).collect();
                let mut next: Vec<Vec<usize>> = given.clone();
                next.push(chosen);
                let mut whole = next.clone();
                whole.resize(market.people.len(), vec![]);
                if keeps_limits(market, &whole) {
                    more.push(next);
                }
            }
        }
        all = more;
    }
    all
}

/// Whom a post chooses of those who ask: of all sets that its limits allow the one with the best
/// member, then the best second, and so on, by trying them all.
fn choice(market: &Market, asking: &[(usize, usize)]) -> Vec<(usize, usize)> {
    let rank =
        |(person, wish): &(usize, usize)| (market.people[*person][*wish].favour, Reverse(*person));
    let sets = (0..1_usize << asking.len()).map(|mask| {
        let mut set: Vec<_> =
            (0..asking.len()).filter(|n| mask >> n & 1 == 1).map(|n| asking[n]).collect();
        set.sort_by_key(|one| Reverse(rank(one)));
        set
    });
    let allowed = sets.filter(|set| {
        let mut got = vec![vec![]; market.people.len()];
        for (person, wish) in set {
            got[*person].push(*wish);
        }
        keeps_limits(market, &got)
    });
    allowed.max_by_key(|set| set.iter().map(rank).collect::<Vec<_>>()).unwrap()
}

/// The pairs that would both rather have each other than what they got.
fn blocking(market: &Market, got: &[Vec<usize>]) -> Vec<(usize, usize)> {
    let mut pairs = vec![];
    for (person, wishes) in market.people.iter().enumerate() {
        for (at, wish) in wishes.iter().enumerate() {
            let own = &got[person];
            let would = own.len() < market.each || own.iter().any(|one| *one > at);
            if own.contains(&at) || !would {
                continue;
            }
            let held = got.iter().enumerate().flat_map(|(p, w)| w.iter().map(move |w| (p, *w)));
            let mut asking: Vec<_> =
                held.filter(|(p, w)| market.people[*p][*w].post == wish.post).collect();
            asking.push((person, at));
            if choice(market, &asking).contains(&(person, at)) {
                pairs.push((person, at));
            }
        }
    }
    pairs
}

/// Every list of some of the posts, in every order.
fn lists(of: &[Wish]) -> Vec<Vec<Wish>> {
    let mut all = vec![vec![]];
    for (n, first) in of.iter().enumerate() {
        let rest: Vec<_> = [&of[..n], &of[n + 1..]].concat();
        all.extend(lists(&rest).into_iter().map(|tail| [vec![*first], tail].concat()));
    }
    all
}

#[test]
fn no_person_and_post_would_both_rather_have_each_other() {
    for seed in 0..2_000 {
        for each in [1, 2] {
            let market = market(seed, each);
            let outcome = assign(&market, Way::Stable);
            assert!(keeps_limits(&market, &outcome.got), "{seed}: a quota is exceeded");
            assert_eq!(blocking(&market, &outcome.got), [], "{seed} {each}: {outcome:?}");
        }
    }
}

#[test]
fn everybody_gets_the_best_that_any_stable_assignment_gives() {
    let mut several = 0;
    for seed in 0..1_500 {
        let market = market(seed, 1);
        let outcome = assign(&market, Way::Stable);
        let mut stable = all(&market);
        stable.retain(|got| blocking(&market, got).is_empty());
        several += usize::from(stable.len() > 1);
        assert!(stable.contains(&outcome.got));
        for other in stable {
            for (own, theirs) in outcome.got.iter().zip(&other) {
                let place = |got: &Vec<usize>| got.first().copied().unwrap_or(usize::MAX);
                assert!(place(own) <= place(theirs), "{seed}: {outcome:?} {other:?}");
            }
        }
    }
    assert!(several > 5, "only {several} markets had a choice");
}

#[test]
fn nobody_gains_by_hiding_wishes_or_by_another_order() {
    let (mut tried, mut changed) = (0, 0);
    for seed in 0..800 {
        let market = market(seed, 1);
        let honest = assign(&market, Way::Stable);
        for (person, wishes) in market.people.iter().enumerate() {
            let place = |post| wishes.iter().position(|wish| wish.post == post);
            let own = honest.got[person].first().copied().unwrap_or(usize::MAX);
            for said in lists(wishes) {
                let mut other = market.clone();
                other.people[person].clone_from(&said);
                let got = assign(&other, Way::Stable).got[person].first().copied();
                let got = got.and_then(|at| place(said[at].post)).unwrap_or(usize::MAX);
                assert!(got >= own, "{seed}: {person} gained by saying {said:?}");
                (tried, changed) = (tried + 1, changed + usize::from(got != own));
            }
        }
    }
    assert!(tried > 10_000 && changed > 1_000, "{tried} lists, {changed} mattered");
}

#[test]
fn the_optimal_way_is_the_best_of_all_and_its_prices_prove_it() {
    for seed in 0..1_500 {
        for each in [1, 2] {
            let market = market(seed, each);
            let outcome = assign(&market, Way::Optimal);
            assert!(keeps_limits(&market, &outcome.got), "{seed}: a quota is exceeded");
            let every = all(&market).into_iter();
            let best = every.map(|got| Outcome::of(&market, got, None).sum(&market)).max().unwrap();
            assert_eq!(outcome.sum(&market), best, "{seed} {each}");
            let proof = outcome.proof.clone().unwrap();
            let shown = proof.distance(&market, &outcome);
            assert_eq!((shown.most, shown.gap(), shown.permille()), (best.0, 0, 0), "{seed}");
        }
    }
}

#[test]
fn after_an_auction_the_most_are_placed_and_the_sum_is_within_a_step_for_each() {
    let mut exact = 0;
    for seed in 0..3_000 {
        let market = market(seed, 1 + usize::from(seed % 3 == 0));
        let best = optimal::assign_by(&market, None).sum(&market);
        for step in [1, 3] {
            let outcome = optimal::assign_by(&market, Some(step));
            assert!(keeps_limits(&market, &outcome.got), "{seed}: a quota is exceeded");
            let shown = outcome.proof.clone().unwrap().distance(&market, &outcome);
            assert_eq!((shown.placed, shown.most), (best.0, best.0), "{seed}");
            let steps = step * i64::try_from(shown.placed).unwrap();
            assert!(shown.sum <= best.1 && best.1 <= shown.best, "{seed}: {shown:?}");
            assert!(shown.gap() <= steps, "{seed}: {shown:?}");
            exact += usize::from(step == 1 && shown.sum == best.1);
        }
    }
    println!("the best sum itself in {exact} of 3,000");
}

#[test]
fn a_proof_with_other_prices_still_bounds_the_best() {
    for seed in 0..500 {
        let market = market(seed, 1);
        let best = assign(&market, Way::Optimal);
        let mut dice = Dice(seed + 7);
        let mut price = || i64::try_from(dice.below(9)).unwrap() - 2;
        let bonus = price();
        let prices = market.limits.iter().map(|_| price()).collect();
        let near = market.limits.iter().map(|_| price() > 2).collect();
        let shown = Proof { prices, bonus, near }.distance(&market, &best);
        assert!(shown.gap() >= 0 && shown.most >= shown.placed, "{seed}: {shown:?}");
    }
}

#[test]
fn every_wish_that_did_not_come_true_has_a_reason() {
    for seed in 0..500 {
        let market = market(seed, 1);
        for way in [Way::Stable, Way::Optimal] {
            told(&market, way, seed);
        }
    }
}

fn told(market: &Market, way: Way, seed: u64) {
    let outcome = assign(market, way);
    let last = outcome.last(market);
    for (person, wishes) in market.people.iter().enumerate() {
        for (at, wish) in wishes.iter().enumerate() {
            match outcome.fate(market, &last, (person, at)) {
                Fate::Granted => assert_eq!(outcome.got[person], [at]),
                Fate::Spared => assert!(outcome.got[person][0] < at),
                Fate::Full { limit, last } => {
                    assert_eq!(outcome.taken[limit], market.limits[limit].seats);
                    assert!(last >= wish.favour || market.limits[limit].seats == 0);
                }
                Fate::Outweighed => assert_eq!(way, Way::Optimal, "{seed} {person} {at}"),
            }
        }
    }
}

#[test]
fn of_two_whom_the_post_likes_alike_the_earlier_goes_first() {
    let wish = Wish { post: 0, limit: 0, score: 5, favour: 5 };
    let limits = vec![Limit { within: None, seats: 1 }];
    let market = Market { each: 1, limits, people: vec![vec![wish], vec![wish]] };
    for way in [Way::Stable, Way::Optimal] {
        assert_eq!(assign(&market, way).got, [vec![0], vec![]]);
    }
}

#[test]
fn the_same_market_gives_the_same_outcome_byte_for_byte_also_after_it_was_written_down() {
    for seed in 0..50 {
        let market = market(seed, 1);
        let text = serde_json::to_string(&market).unwrap();
        let again: Market = serde_json::from_str(&text).unwrap();
        assert_eq!(again, market);
        for way in [Way::Stable, Way::Optimal] {
            let bytes = |market| serde_json::to_vec(&assign(market, way)).unwrap();
            assert_eq!(bytes(&market), bytes(&again));
        }
    }
}

#[test]
fn nobody_and_nothing_is_an_outcome_too() {
    for way in [Way::Stable, Way::Optimal] {
        let none = assign(&Market::default(), way);
        assert_eq!(none.got, Vec::<Vec<usize>>::new());
        let nowhere = Market { each: 1, limits: vec![], people: vec![vec![], vec![]] };
        assert_eq!(assign(&nowhere, way).got, [vec![], vec![]] as [Vec<usize>; 2]);
    }
}
