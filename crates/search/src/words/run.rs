//! Stretches of a folded text: Chinese, words of letters and digits, and what lies between.

use std::borrow::Cow;

/// Longer runs of letters are no words: keys, links, pictures written as text.
const LONGEST: usize = 64;

/// A stretch that holds words.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Run<'a> {
    /// The byte of the text where it begins.
    pub(super) at: usize,
    pub(super) text: &'a str,
    /// Chinese, to be cut into words; otherwise one word of letters.
    pub(super) han: bool,
}

impl<'a> Run<'a> {
    pub(super) const fn end(&self) -> usize {
        self.at + self.text.len()
    }

    /// The words inside a word of letters: `node` and `js` of `node.js`, `plc` and `300` of
    /// `plc300`, `c#` and `.net` of `c#.net`; none where it is simple.
    pub(super) fn parts(&self) -> Vec<Cow<'a, str>> {
        let mut parts = Vec::new();
        for (nth, piece) in self.text.split(['.', '-']).enumerate() {
            parts.push(Cow::Borrowed(piece));
            for (place, word) in signed(piece).into_iter().enumerate() {
                let bare = word.trim_end_matches(['+', '#']);
                if nth > 0 && place == 0 && bare.starts_with(char::is_alphabetic) {
                    parts.push(Cow::Owned(format!(".{bare}")));
                }
                let several = [word, bare].into_iter().chain(alternating(bare));
                parts.extend(several.filter(|part| part.len() > 1).map(Cow::Borrowed));
            }
        }
        parts.retain(|part| !part.is_empty() && part != self.text);
        parts.sort_unstable();
        parts.dedup();
        parts
    }
}

/// The words that end in signs: `c++` and `builder` of `c++builder`.
fn signed(text: &str) -> Vec<&str> {
    let (mut words, mut rest) = (Vec::new(), text);
    while let Some((_, signs)) = rest.find(['+', '#']).and_then(|at| rest.split_at_checked(at)) {
        let more = signs.trim_start_matches(['+', '#']);
        let Some((word, _)) = rest.split_at_checked(rest.len() - more.len()) else { break };
        words.push(word);
        rest = more;
    }
    words.push(rest);
    words
}

/// The stretches of digits and of others: `plc` and `300`.
fn alternating(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let first = rest.chars().next()?.is_ascii_digit();
        let end = rest.find(|c: char| c.is_ascii_digit() != first).unwrap_or(rest.len());
        let (piece, more) = rest.split_at_checked(end)?;
        rest = more;
        Some(piece)
    })
}

#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Han,
    Letters,
    Gap,
}

/// The stretches of folded text that hold words.
pub(super) fn runs(text: &str) -> Vec<Run<'_>> {
    let mut runs = Vec::new();
    let (mut start, mut last) = (0, Kind::Gap);
    let mut close = |at: usize, end: usize, kind: Kind| {
        let text = text.get(at..end).unwrap_or_default();
        match kind {
            Kind::Han => runs.push(Run { at, text, han: true }),
            Kind::Letters if text.chars().nth(LONGEST).is_none() => {
                runs.push(Run { at, text, han: false });
            }
            Kind::Letters | Kind::Gap => {}
        }
    };
    let mut chars = text.char_indices().peekable();
    let mut before = ' ';
    while let Some((at, c)) = chars.next() {
        let after = chars.peek().map_or(' ', |&(_, c)| c);
        let kind = kind(before, c, after);
        if kind != last {
            close(start, at, last);
            (start, last) = (at, kind);
        }
        before = c;
    }
    close(start, text.len(), last);
    runs
}

/// What a character is between its neighbours.
fn kind(before: char, c: char, after: char) -> Kind {
    let joins = match c {
        _ if is_han(c) => return Kind::Han,
        '.' => is_letter(after) && (is_letter(before) || after.is_alphabetic()),
        '-' => before.is_ascii_digit() && after.is_ascii_digit(),
        // `c++11` and `c#开发` are words with signs, `r+d` is two words
        '#' => is_letter(before),
        '+' => before == c || is_letter(before) && !is_letter(after),
        _ => is_letter(c),
    };
    if joins { Kind::Letters } else { Kind::Gap }
}

/// Part of a word in an alphabet, or a digit.
pub(crate) fn is_letter(c: char) -> bool {
    c.is_alphanumeric() && !is_han(c)
}

pub(super) fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{323af}' | '〇')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_of_letters_has_parts() {
        for (word, parts) in [
            ("node.js", ".js js node"),
            ("plc300", "300 plc"),
            ("html5", "html"),
            ("8000-12000", "12000 8000"),
            ("s7-200", "200 s7"),
            ("c#.net", ".net c# net"),
            ("c++11", "11 c++"),
            ("c#winform", "c# winform"),
            ("c++builder", "builder c++"),
            ("c.net", ".net c net"),
            ("java", ""),
            ("c++", ""),
            ("b2", ""),
        ] {
            let run = Run { at: 0, text: word, han: false };
            assert_eq!(run.parts().join(" "), parts, "{word}");
        }
    }

    #[test]
    fn runs_know_where_they_stand() {
        let text = "招plc编程 5g、网络";
        for run in runs(text) {
            assert_eq!(text.get(run.at..run.end()), Some(run.text));
        }
        let shown: Vec<_> = runs(text).iter().map(|run| run.text).collect();
        assert_eq!(shown, ["招", "plc", "编程", "5g", "网络"]);
    }
}
