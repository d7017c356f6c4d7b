//! What is learnt from made-up vacancies of four trades.

use super::*;

/// The skills of four trades, and one that every post may ask for.
const TRADES: [(&str, [&str; 4]); 4] = [
    ("6-18-02-04", ["arc_welding", "tig_welding", "drawing_reading", "licence_welding"]),
    ("6-31-01-02", ["fitting", "drawing_reading", "arc_welding", "mechanical_repair"]),
    ("4-03-02-01", ["cooking", "knife_work", "cold_dishes", "food_safety"]),
    ("4-03-02-05", ["table_service", "banquet", "cooking", "food_safety"]),
];

fn needs(codes: &[&str]) -> Vec<Need> {
    codes.iter().map(|code| Need { code: (*code).into(), must: true }).collect()
}

/// A thousand vacancies, each with two or three skills of its trade, and sometimes Mandarin.
fn read(order: impl Iterator<Item = usize>) -> Learner {
    let mut learner = Learner::new(["licence_welding".to_owned()]);
    for n in order {
        let (trade, skills) = TRADES[n % 4];
        let (a, b) = (skills[n / 4 % 4], skills[(n / 4 + 1 + n / 16 % 2) % 4]);
        let more = if n % 3 == 0 { "mandarin" } else { a };
        learner.read(trade, &needs(&[a, b, more]));
    }
    learner
}

fn of<'r>(all: &'r [Relation], code: &str) -> Vec<&'r str> {
    all.iter().filter(|r| r.code == code).map(|r| r.related.as_str()).collect()
}

#[test]
fn skills_asked_for_together_are_related_and_those_asked_for_by_all_are_not() {
    let all = read(0..1_000).skills();
    assert!(of(&all, "knife_work").contains(&"cold_dishes"), "{all:?}");
    assert!(of(&all, "fitting").contains(&"arc_welding"), "{all:?}");
    assert!(!of(&all, "fitting").contains(&"cooking"));
    assert!(all.iter().all(|r| r.related != "mandarin" && r.code != "mandarin"), "{all:?}");
    assert!(all.iter().all(|r| (WEAKEST..=STRONGEST).contains(&r.strength)));
}

#[test]
fn nothing_comes_near_a_paper_that_is_held_or_not() {
    let all = read(0..1_000).skills();
    assert!(!of(&all, "licence_welding").is_empty());
    assert!(all.iter().all(|r| r.related != "licence_welding"));
}

#[test]
fn what_fewer_than_five_vacancies_show_is_not_learnt() {
    let few = read(0..16);
    assert!(few.skills().is_empty() && few.occupations().is_empty());
    assert!(read(0..1_000).skills().iter().all(|r| r.support >= i64::from(FLOOR)));
}

#[test]
fn occupations_that_ask_for_the_same_are_related_where_the_tree_does_not_say_so() {
    let all = read(0..1_000).occupations();
    assert_eq!(of(&all, "6-18-02-04"), ["6-31-01-02"]);
    assert_eq!(of(&all, "4-03-02-01"), [""; 0], "one group: the tree says it already");
}

#[test]
fn the_order_of_reading_changes_nothing() {
    let (one, other) = (read(0..1_000), read((0..1_000).rev()));
    assert_eq!(one.skills(), sorted_like(other.skills(), &one.skills()));
    assert_eq!(one.posts(), 1_000);
}

/// Codes are numbered as they come; within a code the order is fixed.
fn sorted_like(mut rows: Vec<Relation>, like: &[Relation]) -> Vec<Relation> {
    rows.sort_by_key(|row| like.iter().position(|known| known == row));
    rows
}

#[test]
fn a_vacancy_without_skills_teaches_nothing() {
    let mut learner = Learner::new([]);
    learner.read("6-18-02-04", &[]);
    assert_eq!(learner.posts(), 0);
    assert!(learner.skills().is_empty());
}
