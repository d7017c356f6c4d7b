//! Words, numbers and dates in each language. The sentences stand in `web/locales`; here is how
//! they are found, and how figures are written into them.

pub mod date;
pub mod lang;
pub mod number;
pub mod region;
pub mod vacancy;
pub mod wage;
pub mod words;

pub use fluent_bundle::FluentValue as Value;
pub use lang::Lang;
pub use words::{find, remedy, say, t};
