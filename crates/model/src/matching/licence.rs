//! Which driving licence includes which: who may drive a lorry may drive a car.

/// 机动车驾驶证申领和使用规定 (公安部令第162号), annex 1: the class, and the classes it includes.
const INCLUDES: &[(&str, &[&str])] = &[
    ("licence_a1", &["licence_a3", "licence_b1", "licence_b2", "licence_c1", "licence_c2"]),
    ("licence_a2", &["licence_b1", "licence_b2", "licence_c1", "licence_c2"]),
    ("licence_a3", &["licence_c1", "licence_c2"]),
    ("licence_b1", &["licence_c1", "licence_c2"]),
    ("licence_b2", &["licence_c1", "licence_c2"]),
    ("licence_c1", &["licence_c2"]),
];

/// The licences that include `asked`, which is not among them.
pub(super) fn including(asked: &str) -> impl Iterator<Item = &'static str> {
    INCLUDES.iter().filter(move |(_, lesser)| lesser.contains(&asked)).map(|(own, _)| *own)
}
