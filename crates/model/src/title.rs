//! Titles of work in Chinese and English: what they are made of, what they mean, which are alike.
//!
//! A title is compared in three ways: by its pieces (characters alone and in pairs; words and the
//! letters in them), by the concepts that its words stand for, which are the same in both
//! languages, and by its meaning: which occupations of two classifications it is likely to be.

mod clean;
mod concept;
mod index;
pub mod likeness;
pub mod measure;
mod piece;
pub mod space;

pub use clean::Title;

/// What titles are understood with, as it stands in the reference tables.
#[derive(Default)]
pub struct Texts {
    /// Code of the classification of 2022, and titles that mean it, separated by `|`.
    pub titles: Vec<(String, String)>,
    /// Code of the classification of 2022, and what the work consists of.
    pub tasks: Vec<(String, String)>,
    /// Code of ESCO, which begins with that of ISCO-08, and its English names separated by `|`.
    pub labels: Vec<(String, String)>,
    pub words: Vec<Word>,
    /// Unit group of ISCO-08, and the occupations of 2022 that are the same work, separated by `|`.
    pub bridge: Vec<(String, String)>,
}

/// A concept and the words that stand for it.
#[derive(Clone, Debug)]
pub struct Word {
    pub concept: String,
    /// The wider concept that it is part of; may be empty.
    pub broader: String,
    /// Separated by `|`, in either language.
    pub words: String,
}
