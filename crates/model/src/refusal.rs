//! A rule said no. The code is a key of `web/locales`, so that every surface words it the same way.

use std::{error::Error, fmt};

use serde::Serialize;

/// What the person asked for is understood, and not allowed or not possible.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Refusal {
    /// `noun.what_is_wrong`: the key of the sentence and the stable code of the API.
    pub code: &'static str,
    /// The field it is about, as forms and files name it.
    pub field: Option<&'static str>,
    /// Values that the sentence mentions.
    pub args: Vec<(&'static str, String)>,
}

impl Refusal {
    pub const fn new(code: &'static str) -> Self {
        Self { code, field: None, args: Vec::new() }
    }

    #[must_use]
    pub fn field(mut self, field: &'static str) -> Self {
        self.field = Some(field);
        self
    }

    #[must_use]
    pub fn arg(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.args.push((name, value.into()));
        self
    }
}

/// For logs: the code and the field, never a value.
impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.field {
            Some(field) => write!(f, "{} ({field})", self.code),
            None => f.write_str(self.code),
        }
    }
}
impl Error for Refusal {}
