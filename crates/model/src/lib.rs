//! The nouns and their rules. No I/O, no clock, no async: values in, values or a refusal out.

mod coded;

pub mod access;
pub mod account;
pub mod application;
pub mod assignment;
pub mod backup;
pub mod cell;
pub mod compliance;
pub mod consent;
pub mod contact;
pub mod education;
pub mod employer;
pub mod erasure;
pub mod event;
pub mod exposure;
pub mod fingerprint;
pub mod id;
pub mod industry;
pub mod inquiry;
pub mod intake;
pub mod inventory;
pub mod interest;
pub mod jobseeker;
pub mod look;
pub mod matching;
pub mod notice;
pub mod occupation;
pub mod organisation;
pub mod page;
pub mod placement;
pub mod reference;
pub mod refusal;
pub mod region;
pub mod relation;
pub mod secret;
pub mod skill;
pub mod synonym;
pub mod term;
pub mod timetable;
pub mod title;
pub mod vacancy;
pub mod wage;
pub mod workbench;

pub use id::Id;
pub use refusal::Refusal;
