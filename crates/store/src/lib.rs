//! The only place that speaks SQL. One file a noun; every query is one text for both engines.

mod access;
pub mod account;
pub mod application;
pub mod assignment;
pub mod backup;
pub mod bench;
pub mod compliance;
pub mod consent;
pub mod contact;
pub mod employer;
pub mod erasure;
mod error;
pub mod event;
pub mod exposure;
pub mod inquiry;
pub mod intake;
pub mod interest;
pub mod inventory;
pub mod invitation;
pub mod jobseeker;
pub mod look;
pub mod matching;
pub mod notice;
pub mod organisation;
pub mod placement;
pub mod reference;
pub mod relation;
pub mod secret;
pub mod session;
pub mod subscription;
pub mod term;
pub mod timetable;
pub mod vacancy;
mod val;
pub mod workbench;

pub use error::{Error, Result};
pub use event::{Deed, Note};
pub use session::{Db, Engine, Reader, Row, Writer};
pub use val::Val;

#[cfg(test)]
mod both;
