//! The demonstration as a newcomer starts it: once with everything to do, and once with nothing.

use crate::world::demonstration::{Started, copied, first, start};

#[test]
fn a_second_start_of_the_demonstration_imports_nothing() {
    let Started { said: first, took: long, .. } = first();
    assert!(first.contains("窗口求职登记.csv: 4,000 rows"), "{first}");
    let summary = |said: &str| said.lines().find(|l| l.contains("is ready")).map(str::to_owned);
    let ready = summary(first).unwrap();
    assert!(ready.contains("2,9") && ready.contains("9,7"), "{ready}");
    let folder = copied();
    let (second, short) = start(&folder.path().join("data"));
    assert!(!second.contains("rows\n"), "{second}");
    assert_eq!(summary(&second).unwrap(), ready);
    println!("{short:?} after {long:?}");
}
