//! A reason as a sentence: names for codes, figures as the reader writes them.

use model::matching::{Arg, Reason, Tone};
use text::Value;

use crate::frame::wording::Wording;

/// To whom a sentence speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reader {
    /// The jobseeker: "您会…".
    You,
    /// Somebody who looks at a jobseeker: "会…".
    Them,
}

impl Reader {
    /// The word for it in the locales.
    pub const fn code(self) -> &'static str {
        match self {
            Self::You => "you",
            Self::Them => "them",
        }
    }
}

/// A reason in words, and what it would take.
#[derive(Clone, Debug)]
pub struct Sentence {
    pub tone: Tone,
    pub text: String,
    pub remedy: Option<String>,
}

impl Sentence {
    pub fn new(reason: &Reason, reader: Reader, wording: Wording<'_>) -> Self {
        let mut args: Vec<(&str, Value<'_>)> = vec![("reader", reader.code().into())];
        args.extend(reason.args.iter().map(|(name, arg)| (*name, value(arg, wording))));
        let key = format!("matching.{}", reason.code);
        Self {
            tone: reason.tone,
            text: text::t(wording.lang, &key, &args),
            remedy: text::find(wording.lang, &format!("{key}-remedy"), &args),
        }
    }

    pub fn fits(&self) -> bool {
        self.tone == Tone::Fits
    }

    /// The style of the entry, and of its icon.
    pub const fn class(&self) -> &'static str {
        match self.tone {
            Tone::Fits => "yes",
            Tone::Lacks => "no",
            Tone::Untold => "ask",
        }
    }
}

fn value<'v>(arg: &Arg, wording: Wording<'_>) -> Value<'v> {
    let lang = wording.lang;
    let list = |words: Vec<String>| words.join(&text::t(lang, "frame.and", &[]));
    match arg {
        Arg::Skills(codes) => list(codes.iter().map(|code| wording.skill(code)).collect()).into(),
        Arg::Occupation(code) => wording.occupation(code).into(),
        Arg::Region(code) => wording.region(code).into(),
        Arg::Count(n) => (*n).into(),
        Arg::Money(cents) => text::wage::monthly(lang, *cents).into(),
        Arg::Pay { from, to } => text::wage::monthly_range(lang, *from, *to).into(),
        Arg::Months(months) => text::vacancy::months(lang, *months).into(),
        Arg::Education(level) => within(lang, &text::vacancy::education(lang, *level)).into(),
        Arg::Form(form) => within(lang, &text::vacancy::form(lang, *form)).into(),
        Arg::Benefits(benefits) => {
            list(benefits.iter().map(|b| text::vacancy::benefit(lang, *b)).collect()).into()
        }
        Arg::Law(bases) => {
            let said: Vec<&str> = bases.iter().map(|basis| wording.basis(basis)).collect();
            said.join(&text::t(lang, "matching.law_joint", &[])).into()
        }
    }
}

/// A name of a list within a sentence: in English without its capital.
fn within(lang: text::Lang, name: &str) -> String {
    let mut letters = name.chars();
    match letters.next() {
        Some(first) if lang == text::Lang::En => first.to_lowercase().chain(letters).collect(),
        _ => name.to_owned(),
    }
}
