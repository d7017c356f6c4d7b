//! Whether a post fits a person, how well, and why: a pure rule. 匹配
//!
//! The features hold nothing that may not count: no sex, age, register, ethnicity, religion,
//! health, disability or category. The legal minimum age is a yes or no.
