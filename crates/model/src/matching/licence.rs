//! Which licence includes which: who may drive a lorry may drive a car. And the one paper that does
//! not count.

/// The licence, and those it includes.
const INCLUDES: &[(&str, &[&str])] = &[
    // 机动车驾驶证申领和使用规定 (公安部令第162号), annex 1
    ("licence_a1", &["licence_a3", "licence_b1", "licence_b2", "licence_c1", "licence_c2"]),
    ("licence_a2", &["licence_b1", "licence_b2", "licence_c1", "licence_c2"]),
    ("licence_a3", &["licence_c1", "licence_c2"]),
    ("licence_b1", &["licence_c1", "licence_c2"]),
    ("licence_b2", &["licence_c1", "licence_c2"]),
    ("licence_c1", &["licence_c2"]),
    // 特种作业人员安全技术培训考核管理规定, annex: kinds of special work
    ("licence_low_voltage", &["licence_electric_work", "licence_special_work"]),
    ("licence_high_voltage", &["licence_electric_work", "licence_special_work"]),
    ("licence_electric_work", &["licence_special_work"]),
    ("licence_welding", &["licence_special_work"]),
    ("licence_height", &["licence_special_work"]),
    ("licence_refrigeration", &["licence_special_work"]),
];

/// Health counts neither for nor against anybody, and whoever is taken on gets this paper in days.
const HEALTH: &str = "licence_health";

/// The licences that this one includes, itself not among them.
pub(super) fn included(own: &str) -> &'static [&'static str] {
    INCLUDES.iter().find(|(code, _)| *code == own).map_or(&[], |(_, lesser)| lesser)
}

pub(super) fn counts(skill: &str) -> bool {
    skill != HEALTH
}
