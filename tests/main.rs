//! Stories from outside, one file a noun, in one binary: linking is the slow part.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stdout,
    clippy::unreachable,
    reason = "a story that cannot go on ends; only those marked #[test] are let off by themselves"
)]

mod access;
mod account;
mod alarm;
mod api;
mod application;
mod assignment;
mod backup;
mod compliance;
mod demo;
mod employer;
mod erasure;
mod event;
mod export;
mod exposure;
mod house;
mod inquiry;
mod intake;
mod invitation;
mod jobseeker;
mod judged;
mod log;
mod look;
mod matching;
mod notice;
mod organisation;
mod pace;
mod placement;
mod probe;
mod real_files;
mod relation;
mod retention;
mod search;
mod secret;
mod serve;
mod subscription;
mod timetable;
mod title;
mod upload;
mod vacancy;
mod workbench;
mod world;
