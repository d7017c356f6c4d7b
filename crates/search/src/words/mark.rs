//! The part of a text around the first word found, with the words marked.

use super::{fold, is_letter};

/// How much of the text is shown, in characters, and how much of that stands before the word.
const WIDTH: usize = 90;
const BEFORE: usize = 20;

/// Pieces of `text`; `true` is one of `words` (folded, as [`super::Words::query`] gives them).
/// The beginning of the text where none is found.
pub(crate) fn mark(text: &str, words: &[String]) -> Vec<(bool, String)> {
    let joined = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let original: Vec<char> = joined.chars().collect();
    let folded: Vec<char> = original.iter().map(|&c| fold(c)).collect();
    let found = found(&folded, words);
    let first = found.iter().position(|&hit| hit).unwrap_or_default();
    let most = original.len().saturating_sub(WIDTH);
    let start = first.saturating_sub(BEFORE).min(most);
    let mut pieces: Vec<(bool, String)> = Vec::new();
    let dots = || (false, "…".to_owned());
    if start > 0 {
        pieces.push(dots());
    }
    for (&c, &hit) in original.iter().zip(&found).skip(start).take(WIDTH) {
        match pieces.last_mut() {
            Some((same, piece)) if *same == hit => piece.push(c),
            _ => pieces.push((hit, c.to_string())),
        }
    }
    if start < most {
        pieces.push(dots());
    }
    pieces
}

/// For each character: is it part of a word?
fn found(folded: &[char], words: &[String]) -> Vec<bool> {
    let mut found = vec![false; folded.len()];
    let longest = words.iter().map(|word| word.chars().count()).max().unwrap_or_default();
    for word in words {
        let word: Vec<char> = word.chars().collect();
        // one character out of a longer question would be marked all over the text
        if word.is_empty() || (word.len() == 1 && longest > 1) {
            continue;
        }
        for at in 0..folded.len() {
            if stands(folded, &word, at) {
                found.iter_mut().skip(at).take(word.len()).for_each(|hit| *hit = true);
            }
        }
    }
    found
}

/// Does `word` stand at `at`, and, written in letters, not inside a longer one?
fn stands(text: &[char], word: &[char], at: usize) -> bool {
    let end = at + word.len();
    if text.get(at..end) != Some(word) {
        return false;
    }
    let letter = |c: Option<&char>| c.is_some_and(|&c| is_letter(c));
    let before = at.checked_sub(1).and_then(|i| text.get(i));
    !(letter(word.first()) && letter(before) || letter(word.last()) && letter(text.get(end)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marked(text: &str, words: &[&str]) -> String {
        let words: Vec<String> = words.iter().map(|&word| word.to_owned()).collect();
        let pieces = mark(text, &words);
        let show = |(hit, piece): (bool, String)| if hit { format!("[{piece}]") } else { piece };
        pieces.into_iter().map(show).collect()
    }

    #[test]
    fn words_are_marked_as_they_are_written() {
        assert_eq!(marked("负责ＪＡＶＡ后端", &["java"]), "负责[ＪＡＶＡ]后端");
        assert_eq!(marked("Java and JavaScript", &["java"]), "[Java] and JavaScript");
        assert_eq!(marked("会C++或C", &["c++"]), "会[C++]或C");
        assert_eq!(marked("护理员护理", &["护理", "护理员"]), "[护理员护理]");
    }

    #[test]
    fn a_long_text_is_cut_around_the_first_word() {
        let text = format!("{}电焊工{}", "甲".repeat(200), "乙".repeat(200));
        let shown = marked(&text, &["电焊工"]);
        assert!(shown.starts_with("…甲") && shown.ends_with("乙…") && shown.contains("[电焊工]"));
        assert_eq!(shown.chars().count(), WIDTH + 4);
        assert_eq!(marked(&"丙".repeat(200), &["电工"]), format!("{}…", "丙".repeat(WIDTH)));
        assert_eq!(marked("", &["电工"]), "");
    }

    #[test]
    fn a_single_character_is_marked_only_where_it_is_the_question() {
        assert_eq!(marked("木工瓦工", &["工"]), "木[工]瓦[工]");
        assert_eq!(marked("木工瓦工", &["木工", "工"]), "[木工]瓦工");
    }
}
