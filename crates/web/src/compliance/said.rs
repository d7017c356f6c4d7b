//! One finding in words, and a text with the words marked that were hit.

use model::compliance::{Finding, Text};

use crate::frame::Frame;

/// A finding as a person reads it.
pub(crate) struct Said {
    pub(crate) strength: &'static str,
    /// What is wrong with it, or why it is lawful.
    pub(crate) sentence: String,
    /// The words that were hit, or empty.
    pub(crate) words: String,
    pub(crate) basis: String,
}

impl Said {
    pub(crate) fn new(frame: &Frame, finding: &Finding) -> Self {
        let (kind, code) = if finding.lawful.is_empty() {
            ("rule", &finding.rule)
        } else {
            ("lawful", &finding.lawful)
        };
        let key = format!("compliance.{kind}-{code}");
        let args =
            [("words", finding.words.as_str().into()), ("bound", finding.bound.as_str().into())];
        let basis = match frame.lang {
            text::Lang::Zh => &finding.basis_zh,
            text::Lang::En => &finding.basis_en,
        };
        let spoken = finding.ends > finding.begins;
        Self {
            strength: finding.strength.code(),
            sentence: text::t(frame.lang, &key, &args),
            words: if spoken { finding.words.clone() } else { String::new() },
            basis: basis.clone(),
        }
    }
}

/// A piece of a text; where it was hit, how strongly.
pub(crate) struct Part {
    pub(crate) text: String,
    pub(crate) strength: Option<&'static str>,
}

/// The text in pieces. Where hits overlap the first is marked.
pub(crate) fn parts(text: Text<'_>, findings: &[Finding]) -> Vec<Part> {
    let mut spans: Vec<(usize, usize, &'static str)> = findings
        .iter()
        .filter(|f| f.field == text.field && f.ends > f.begins)
        .filter_map(|f| {
            let span = (usize::try_from(f.begins).ok()?, usize::try_from(f.ends).ok()?);
            Some((span.0, span.1, f.strength.code()))
        })
        .collect();
    spans.sort_unstable();
    let mut chars = text.text.chars();
    let mut take = |many: usize| chars.by_ref().take(many).collect::<String>();
    let (mut parts, mut at) = (Vec::new(), 0);
    for (from, to, strength) in spans {
        if from < at {
            continue;
        }
        parts.push(Part { text: take(from - at), strength: None });
        parts.push(Part { text: take(to - from), strength: Some(strength) });
        at = to;
    }
    parts.push(Part { text: take(usize::MAX), strength: None });
    parts.retain(|part| !part.text.is_empty());
    parts
}

#[cfg(test)]
mod tests {
    use model::compliance::Strength;

    use super::*;

    #[test]
    fn only_the_words_that_were_hit_are_marked() {
        let finding = |begins, ends| Finding {
            rule: "sex".into(),
            ground: "V-2".into(),
            strength: Strength::Hold,
            field: "duties".into(),
            begins,
            ends,
            words: String::new(),
            bound: String::new(),
            lawful: String::new(),
            basis_zh: String::new(),
            basis_en: String::new(),
        };
        let text = Text { field: "duties", text: "会计，限女性，住附近" };
        let parts = parts(text, &[finding(3, 6), finding(4, 6), finding(0, 0)]);
        let told: Vec<_> = parts.iter().map(|p| (p.text.as_str(), p.strength)).collect();
        assert_eq!(told, [("会计，", None), ("限女性", Some("hold")), ("，住附近", None)]);
    }
}
