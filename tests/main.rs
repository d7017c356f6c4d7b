//! Stories from outside, one file a noun, in one binary: linking is the slow part.

mod house;
#[cfg(test)]
mod real_files;
