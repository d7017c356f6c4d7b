//! A text as the wordings read it: plain characters, each with its place in what was written.

use crate::cell::{is_dash, is_invisible, plain::fold};

/// One reading of a text.
pub(super) struct View {
    pub(super) text: String,
    /// For each character, the byte where it begins here and its place in the original.
    places: Vec<(usize, usize)>,
}

/// The text with its gaps, which end a word, and the text without them: 限 男 性 is 限男性, while
/// 保安 男 50岁 are three words. The second only where it differs.
pub(super) fn views(text: &str) -> (View, Option<View>) {
    let mut open = Vec::new();
    for (place, c) in text.chars().enumerate() {
        if is_invisible(c) || is_ornament(c) {
            continue;
        }
        let c = fold(c);
        let gap = c != '\n' && (c.is_whitespace() || c.is_control());
        match c {
            _ if gap && open.last().is_some_and(|(_, last)| *last == ' ') => {}
            _ if gap => open.push((place, ' ')),
            _ if is_dash(c) => open.push((place, '-')),
            _ => open.push((place, c)),
        }
    }
    let tight = tight(&open);
    (View::new(&open), (tight.len() != open.len()).then(|| View::new(&tight)))
}

/// Without whatever stands between two Chinese characters, or a character and a digit, and is no
/// sign that ends a clause.
fn tight(open: &[(usize, char)]) -> Vec<(usize, char)> {
    let solid = |c: char| is_han(c) || c.is_ascii_digit();
    let mut tight: Vec<(usize, char)> = Vec::with_capacity(open.len());
    let mut rest = open;
    while let [(place, c), after @ ..] = rest {
        rest = after;
        let joined = is_joint(*c) && {
            let before = tight.last().is_some_and(|(_, last)| solid(*last));
            let next = after.iter().map(|(_, c)| *c).find(|c| !is_joint(*c));
            // dates and ranges keep their signs: 18-45, 3.5
            let digits = tight.last().is_some_and(|(_, last)| last.is_ascii_digit())
                && next.is_some_and(|c| c.is_ascii_digit())
                && *c != ' ';
            before && next.is_some_and(solid) && !digits
        };
        if !joined {
            tight.push((*place, *c));
        }
    }
    tight
}

impl View {
    fn new(chars: &[(usize, char)]) -> Self {
        let (mut text, mut places) = (String::new(), Vec::with_capacity(chars.len()));
        for &(place, c) in chars {
            places.push((text.len(), place));
            text.push(c);
        }
        Self { text, places }
    }

    /// The characters of the original, from and to before, that stand at these bytes.
    pub(super) fn span(&self, start: usize, end: usize) -> (usize, usize) {
        let at = |byte| self.places.partition_point(|(begin, _)| *begin < byte);
        let place = |n: usize| self.places.get(n).map(|(_, place)| *place);
        let last = place(at(end).saturating_sub(1)).map_or(0, |last| last + 1);
        (place(at(start)).unwrap_or(last), last)
    }
}

pub(super) fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9fff}' | '\u{20000}'..='\u{3ffff}')
}

/// What is put between characters so that a machine does not see the word.
fn is_joint(c: char) -> bool {
    c == ' ' || matches!(c, '.' | '-' | '/' | '[' | ']' | '【' | '】' | '「' | '」' | '|' | '\\')
}

/// Emoji, stars and dots: they carry no meaning in a condition.
fn is_ornament(c: char) -> bool {
    matches!(c, '*' | '·' | '•' | '●' | '_' | '^' | '`' | '#' | '=' | '＊' | '＿' | '＃' | '・' | '※'
        | '\u{2190}'..='\u{2bff}' | '\u{fe00}'..='\u{fe0f}' | '\u{1f000}'..='\u{1faff}')
}
