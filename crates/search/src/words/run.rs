//! Stretches of a folded text: Chinese, words of letters and digits, and what lies between.

/// Longer runs of letters are no words: keys, links, pictures written as text.
const LONGEST: usize = 64;

/// What may stand inside or at the end of a word of letters: `node.js`, `8000-12000`, `c++`, `c#`.
const JOINTS: [char; 4] = ['.', '-', '+', '#'];

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
    /// `plc300`; none where it is simple.
    pub(super) fn parts(&self) -> impl Iterator<Item = &'a str> {
        let whole = self.text.len();
        let simple = self.text.split(JOINTS);
        let parts = simple.flat_map(|part| {
            let digits = |a: char, b: char| a.is_ascii_digit() != b.is_ascii_digit();
            let (mut rest, mut pieces) = (part, Vec::new());
            while let Some(at) = rest
                .char_indices()
                .zip(rest.char_indices().skip(1))
                .find_map(|((_, a), (at, b))| digits(a, b).then_some(at))
            {
                let (piece, more) = rest.split_at(at);
                pieces.push(piece);
                rest = more;
            }
            pieces.push(rest);
            if pieces.len() > 1 {
                pieces.push(part);
            }
            pieces
        });
        parts.filter(move |part| part.len() > 1 && part.len() < whole)
    }
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
        '+' | '#' => (is_letter(before) || before == c) && !is_letter(after),
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
            ("node.js", "node js"),
            ("plc300", "plc 300"),
            ("html5", "html"),
            ("8000-12000", "8000 12000"),
            ("s7-200", "s7 200"),
            ("java", ""),
            ("c++", ""),
            ("b2", ""),
        ] {
            let run = Run { at: 0, text: word, han: false };
            assert_eq!(run.parts().collect::<Vec<_>>().join(" "), parts, "{word}");
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
