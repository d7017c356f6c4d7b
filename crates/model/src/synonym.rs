//! Words for the same work: 焊工, 电焊工, 焊接工, welder. 同义词

use serde::Serialize;

/// A group of words that are looked for together.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, sqlx::FromRow)]
pub struct Synonym {
    /// Each means all of the work and nothing else, in both languages, separated by `|`.
    pub words: String,
    /// A part of it, or said of other work too: who asks for one of these is shown the others, but
    /// who asks for the others is not shown these.
    pub wider: String,
    /// Code of the occupation that it is, or empty.
    pub occupation: String,
}
