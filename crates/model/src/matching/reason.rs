//! A reason is a value: a key of the locales with what the sentence mentions.

use serde::Serialize;

use crate::{education::Education, skill::statute::Basis, vacancy::Benefit, vacancy::Form};

/// One sentence about a pair.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Reason {
    /// `matching.<code>` in the locales; `matching.<code>-remedy` says what it would take.
    pub code: &'static str,
    pub tone: Tone,
    pub args: Vec<(&'static str, Arg)>,
}

/// Which way a reason speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Tone {
    Fits,
    /// Missing. It has a remedy.
    Lacks,
    /// Not said by the person, or by the post; it does not count, and would change the result.
    Untold,
}

/// What a sentence mentions, to be worded and formatted in the reader's language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "type", content = "value", rename_all = "snake_case")]
pub enum Arg {
    /// Skill codes, most telling first.
    Skills(Vec<String>),
    /// An occupation code.
    Occupation(String),
    /// A region code.
    Region(String),
    /// Kilometres, days, or years of age.
    Count(i64),
    /// Cents a month.
    Money(i64),
    /// Cents a month, lower and upper end.
    Pay {
        from: i64,
        to: i64,
    },
    /// Months of experience.
    Months(i64),
    Education(Education),
    Form(Form),
    Benefits(Vec<Benefit>),
    /// Where it stands that the law asks for something.
    Law(Vec<Basis>),
}

impl Reason {
    pub const fn fits(code: &'static str) -> Self {
        Self { code, tone: Tone::Fits, args: Vec::new() }
    }

    pub const fn lacks(code: &'static str) -> Self {
        Self { code, tone: Tone::Lacks, args: Vec::new() }
    }

    pub const fn untold(code: &'static str) -> Self {
        Self { code, tone: Tone::Untold, args: Vec::new() }
    }

    #[must_use]
    pub fn arg(mut self, name: &'static str, value: Arg) -> Self {
        self.args.push((name, value));
        self
    }
}
