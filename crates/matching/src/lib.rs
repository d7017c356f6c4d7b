//! Matching in memory: posts and people packed and sorted so that most of them need not be looked
//! at. Every score comes from the rule in [`model::matching`]; here is only what may be left out,
//! and only by the bounds that stand beside the rule.
//!
//! A structure is an immutable base, in which what has gone is marked, and a small delta of what is
//! new or has changed, which is looked at one by one.

mod best;
mod class;

pub mod people;
pub mod posts;

#[cfg(test)]
mod tests;

pub use best::Best;

pub use people::{Crowd, Desks, People, Strict, Tag};
pub use posts::{Posts, Scratch};
