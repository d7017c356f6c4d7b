//! What is known of one part of a pair.

/// A quality, or why there is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Known {
    /// 0 … 1000.
    Told(i64),
    /// A side says nothing of it: the doubt grows by a share of its weight.
    Untold,
    /// It does not matter to this person.
    Moot,
}

impl From<Option<i64>> for Known {
    fn from(quality: Option<i64>) -> Self {
        quality.map_or(Self::Untold, Self::Told)
    }
}
