//! A part of a long list, and the place where the next part begins.

use serde::Serialize;

/// One page of a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Page<T> {
    pub items: Vec<T>,
    /// Opaque: hand it back to get what follows; `None` after the last row.
    pub next: Option<String>,
}
