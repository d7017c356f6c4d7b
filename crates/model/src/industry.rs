//! Industries, GB/T 4754-2017. 国民经济行业

use serde::Serialize;

/// A node of the industry tree: section `C`, division `C13`, group `C131`, class `C1311`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, sqlx::FromRow)]
pub struct Industry {
    pub code: String,
    /// 1 section … 4 class.
    pub level: i64,
    pub name: String,
    /// Code of the node above; empty at a section.
    pub parent: String,
}
