//! Whatever is left out: the answer is that of looking at everything, bit for bit.

mod world;

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use model::matching::{Aim, Call, Gaps, Limit, Person, Post, Rank};

use crate::{Best, Crowd, Desks, People, Posts, Scratch, Tag};
use world::{Dice, rule};

const LIMIT: usize = 20;
/// Who looks after people.
const DESKS: u16 = 30;

fn people(
    dice: &mut Dice,
    rule: &Arc<model::matching::Rule>,
    count: u32,
) -> Vec<(u128, Person, Tag)> {
    let person = |dice: &mut Dice, id: u32| {
        let person = dice.person(rule);
        // those of one county are mostly of one desk
        let desk = (person.head.home % DESKS + u16::from(dice.below(10) == 0)) % DESKS;
        (u128::from(id), person, Tag { bar: 40_000 + dice.below(50_000), desk })
    };
    (0..count).map(|id| person(dice, id)).collect()
}

fn crowd(people: &[(u128, Person, Tag)]) -> Crowd {
    let mut crowd = Crowd::default();
    for (id, person, tag) in people {
        crowd.push(*id, person, *tag);
    }
    crowd
}

fn posts(dice: &mut Dice, rule: &model::matching::Rule, count: u32) -> Vec<(u128, Post)> {
    // ids in no order, so that none stands in the order of the rows by chance
    (0..count).map(|id| (u128::from(id.wrapping_mul(2_654_435_761)), dice.post(rule))).collect()
}

/// Both ways of looking, and how many rows the quick one looked at.
fn both(posts: &Posts, person: &Person, scratch: &mut Scratch) -> (Vec<Rank>, Vec<Rank>, u64) {
    let aim = Aim::of(posts.rule(), person);
    let mut best = Best::new(LIMIT);
    let looked = posts.best(&aim, person.view(), &mut best, scratch);
    (best.into_ranks(), posts.scan(&aim, person.view(), LIMIT), looked)
}

/// How many posts stand behind each limit: as it is counted, and by looking at every post.
fn limits(posts: &Posts, person: &Person) -> (BTreeMap<Limit, i64>, BTreeMap<Limit, i64>) {
    let aim = Aim::of(posts.rule(), person);
    let mut seen = BTreeMap::new();
    for (_, post) in posts.all().filter(|(_, post)| post.last_day > 0) {
        let limit = Limit::hardest(&aim, person.view(), post, posts.rule());
        if let Some(limit) = limit {
            *seen.entry(limit).or_default() += 1;
        }
    }
    (posts.limits(&aim, person.view()), seen)
}

#[test]
fn the_best_posts_are_those_of_looking_at_every_post() {
    let (mut looked, mut all, mut full) = (0, 0, 0);
    for seed in 0..6 {
        let mut dice = Dice::new(seed);
        let rule = rule(&mut dice);
        let given = posts(&mut dice, &rule, 600);
        let posts = Posts::new(Arc::clone(&rule), given);
        let mut scratch = Scratch::default();
        for (_, person, _) in people(&mut dice, &rule, 400) {
            let (best, scanned, rows) = both(&posts, &person, &mut scratch);
            assert_eq!(best, scanned, "{person:?}");
            let (counted, seen) = limits(&posts, &person);
            assert_eq!(counted, seen, "{person:?}");
            looked += rows;
            all += 600;
            full += usize::from(best.len() == LIMIT);
        }
    }
    println!("looked at {looked} of {all} rows; {full} lists of 2400 were full");
    assert!(looked < all * 3 / 2 && full > 1_000);
}

#[test]
fn what_is_new_changed_or_gone_counts_at_once() {
    let mut dice = Dice::new(77);
    let rule = rule(&mut dice);
    let given = posts(&mut dice, &rule, 800);
    let mut posts = Posts::new(Arc::clone(&rule), given.clone());
    let mut now: BTreeMap<u128, Post> = given.into_iter().collect();
    let mut scratch = Scratch::default();
    for round in 0..200_u32 {
        for _ in 0..4 {
            let known: Vec<u128> = now.keys().copied().collect();
            let one =
                known.get(dice.below(800) as usize % known.len().max(1)).copied().unwrap_or(0);
            let (id, post) = match dice.below(3) {
                0 => (one, None),
                1 => (one, Some(dice.post(&rule))),
                _ => ((1 << 40) + u128::from(round), Some(dice.post(&rule))),
            };
            posts.put(id, post);
            match post {
                Some(post) => drop(now.insert(id, post)),
                None => drop(now.remove(&id)),
            }
        }
        let person = dice.person(&rule);
        let (best, scanned, _) = both(&posts, &person, &mut scratch);
        assert_eq!(best, scanned);
        let (counted, seen) = limits(&posts, &person);
        assert_eq!(counted, seen);
        let fresh =
            Posts::new(Arc::clone(&rule), now.iter().map(|(id, post)| (*id, *post)).collect());
        assert_eq!(both(&fresh, &person, &mut scratch).0, best);
    }
}

#[test]
fn people_for_a_post_are_those_of_looking_at_everybody_and_so_are_those_it_reaches() {
    let (mut looked, mut all, mut reached) = (0, 0, 0);
    for seed in 10..14 {
        let mut dice = Dice::new(seed);
        let rule = rule(&mut dice);
        let mut given = people(&mut dice, &rule, 800);
        let mut crowd = People::new(Arc::clone(&rule), &crowd(&given));
        for n in 0..200 {
            let person = dice.person(&rule);
            let bar = 30_000 + dice.below(60_000);
            match dice.below(3) {
                0 => crowd.put(given.swap_remove(n).0, None),
                1 => {
                    given[n].2.bar = bar;
                    crowd.set_bar(given[n].0, bar);
                }
                _ => {
                    given[n].1 = person.clone();
                    crowd.put(given[n].0, Some((person, given[n].2)));
                }
            }
        }
        for _ in 0..120 {
            let post = dice.post(&rule);
            let call = Call::of(&rule, &post);
            let (mut best, mut scanned) = (Best::new(LIMIT), Best::new(LIMIT));
            let (mut hit, mut expected) = (BTreeSet::new(), BTreeSet::new());
            looked += crowd.best(&call, &post, None, &mut best);
            crowd.reached(&call, &post, |id, score| hit.extend([(id, score)]));
            for (id, person, tag) in &given {
                // the other side's way of looking
                if let Ok(score) = model::matching::judge(person, &post, &rule) {
                    scanned.offer(Rank::new(score, post.posted, *id));
                    expected.extend((score.total >= tag.bar).then_some((*id, score)));
                }
            }
            assert_eq!(best.ranks(), scanned.ranks());
            assert_eq!(hit, expected);
            let mut limits = BTreeMap::new();
            crowd.judge_all(&call, &post, |_, _, judged| {
                if let Err(limit) = judged {
                    *limits.entry(limit).or_default() += 1;
                }
            });
            assert_eq!(crowd.limits(&call, &post, None), limits);
            all += 800;
            reached += hit.len();
        }
    }
    println!("looked at {looked} of {all} people; {reached} were reached");
    assert!(looked < all * 3 / 2 && reached > 1_000);
}

#[test]
fn of_some_desks_people_for_a_post_are_those_of_looking_at_each_of_theirs() {
    let mut found = 0;
    for seed in 20..24 {
        let mut dice = Dice::new(seed);
        let rule = rule(&mut dice);
        let mut given = people(&mut dice, &rule, 900);
        let mut crowd = People::new(Arc::clone(&rule), &crowd(&given));
        for n in 0..80 {
            given[n].1 = dice.person(&rule);
            given[n].2.desk = u16::try_from(dice.below(u32::from(DESKS) + 3)).unwrap();
            crowd.put(given[n].0, Some((given[n].1.clone(), given[n].2)));
            crowd.set_bar(given[n + 100].0, 1);
        }
        for round in 0..60 {
            let chosen: Vec<bool> = match round {
                0 => vec![false; 40],
                1 => vec![true; 40],
                _ => (0..40).map(|_| dice.below(4) == 0).collect(),
            };
            let desks = Desks::new(chosen.iter().copied());
            let post = dice.post(&rule);
            let call = Call::of(&rule, &post);
            let (mut best, mut scanned) = (Best::new(LIMIT), Best::new(LIMIT));
            crowd.best(&call, &post, Some(&desks), &mut best);
            let mut limits = BTreeMap::new();
            for (id, person, _) in given.iter().filter(|one| chosen[usize::from(one.2.desk)]) {
                match model::matching::judge(person, &post, &rule) {
                    Ok(score) => scanned.offer(Rank::new(score, post.posted, *id)),
                    Err(limit) => *limits.entry(limit).or_default() += 1,
                }
            }
            assert_eq!(best.ranks(), scanned.ranks());
            assert_eq!(crowd.limits(&call, &post, Some(&desks)), limits);
            found += best.ranks().len();
        }
    }
    assert!(found > 1_000, "{found}");
}

#[test]
fn what_would_open_more_posts_is_counted_as_by_looking_at_every_post() {
    let (mut open, mut ways, mut alone) = (0, 0, 0);
    for seed in 40..44 {
        let mut dice = Dice::new(seed);
        let rule = rule(&mut dice);
        let given = posts(&mut dice, &rule, 700);
        let mut posts = Posts::new(Arc::clone(&rule), given.clone());
        for (id, _) in &given[..50] {
            posts.put(*id, (dice.below(2) == 0).then(|| dice.post(&rule)));
        }
        for (_, person, _) in people(&mut dice, &rule, 200) {
            let aim = Aim::of(&rule, &person);
            let mut seen = Gaps::default();
            for (_, post) in posts.all().filter(|(_, post)| !Limit::closes(post, &rule)) {
                seen.look(&aim, person.view(), post, &rule);
            }
            assert_eq!(posts.gaps(&aim, person.view()), seen, "{person:?}");
            open += seen.posts;
            ways += seen.ways(&rule).len();
            let nothing = posts.nothing(&aim, person.view(), &mut Scratch::default());
            alone += u32::from(nothing.is_some());
            assert_eq!(nothing, (seen.fitting == 0).then_some(seen), "{person:?}");
        }
    }
    assert!(open > 10_000 && ways > 500 && alone > 0, "{open} {ways} {alone}");
}

#[test]
fn forward_and_backward_give_a_pair_the_same_score() {
    let mut dice = Dice::new(99);
    let rule = rule(&mut dice);
    let mut scored = 0;
    for _ in 0..3_000 {
        let (person, post) = (dice.person(&rule), dice.post(&rule));
        let call = Call::of(&rule, &post);
        let judged = model::matching::judge(&person, &post, &rule);
        assert_eq!(model::matching::judge_with(&call, person.view(), &post, &rule), judged);
        scored += usize::from(judged.is_ok());
    }
    assert!(scored > 500, "{scored}");
}

#[test]
fn nothing_is_found_where_there_is_nothing() {
    let mut dice = Dice::new(5);
    let rule = rule(&mut dice);
    let posts = Posts::new(Arc::clone(&rule), vec![]);
    let person = dice.person(&rule);
    assert_eq!(both(&posts, &person, &mut Scratch::default()), (vec![], vec![], 0));
    assert!(posts.is_empty() && People::new(rule, &Crowd::default()).is_empty());
}
