//! How good a list is: normalised discounted cumulative gain over grades from 0 to 3.

/// The gain of a list, each place worth less than the one above, as a part of the best possible.
/// `all` holds every grade there is; where none is above 0, every list is as good as can be.
pub(super) fn ndcg(list: &[u8], all: &[u8], places: usize) -> f64 {
    let mut best = all.to_vec();
    best.sort_unstable_by(|a, b| b.cmp(a));
    let ideal = gain(&best, places);
    if ideal > 0.0 { gain(list, places) / ideal } else { 1.0 }
}

fn gain(list: &[u8], places: usize) -> f64 {
    let worth = |grade: u8| f64::from(2_u32.pow(grade.into()) - 1);
    let places = (2_u32..).zip(list.iter().take(places));
    places.fold(0.0, |sum, (place, &grade)| sum + worth(grade) / f64::from(place).log2())
}

#[test]
fn the_best_order_is_worth_one_and_an_empty_list_nothing() {
    assert!((ndcg(&[3, 3, 2, 1], &[1, 3, 2, 3], 10) - 1.0).abs() < 1e-12);
    assert!(ndcg(&[], &[3], 10).abs() < 1e-12);
    assert!((ndcg(&[0, 0], &[], 10) - 1.0).abs() < 1e-12);
}

#[test]
fn what_stands_lower_counts_less() {
    let (first, second) = (ndcg(&[3, 0], &[3], 10), ndcg(&[0, 3], &[3], 10));
    assert!((first - 1.0).abs() < 1e-12);
    assert!((second - 1.0 / 3_f64.log2()).abs() < 1e-12);
    assert!(ndcg(&[0, 0, 3], &[3], 2).abs() < 1e-12, "behind the last place that counts");
}

#[test]
fn a_grade_more_is_worth_more_than_twice_as_much() {
    assert!((ndcg(&[2], &[3], 10) - 3.0 / 7.0).abs() < 1e-12);
    assert!((ndcg(&[1], &[3], 10) - 1.0 / 7.0).abs() < 1e-12);
}
