//! The part of a text around the first word found, with the words marked.

use super::{
    fold,
    run::{is_han, runs},
    stem::stem,
};

/// How much of the text is shown, in characters, and how much of that stands before the word.
const WIDTH: usize = 90;
const BEFORE: usize = 20;

/// Pieces of `text`; `true` is one of `words` (folded, as [`super::Question`] has them).
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
    let text: String = folded.iter().collect();
    let longest = words.iter().map(|word| word.chars().count()).max().unwrap_or_default();
    let mut spans: Vec<(usize, usize)> = Vec::new();
    for word in words.iter().filter(|word| !word.is_empty()) {
        // one character out of a longer question would be marked all over the text
        let single = word.chars().nth(1).is_none() && longest > 1;
        match word.contains(is_han) {
            true if single => {}
            true => spans.extend(text.match_indices(word.as_str()).map(|(at, _)| (at, word.len()))),
            false => spans.extend(phrases(&text, word)),
        }
    }
    let covers = |byte: usize| spans.iter().any(|&(at, length)| (at..at + length).contains(&byte));
    text.char_indices().map(|(byte, _)| covers(byte)).collect()
}

/// Where a word of letters, or several, stand in any of their forms: first byte and length.
fn phrases(text: &str, phrase: &str) -> Vec<(usize, usize)> {
    let wanted: Vec<String> = runs(phrase).iter().map(|run| stem(run.text)).collect();
    let runs = runs(text);
    let mut spans = Vec::new();
    for several in runs.windows(wanted.len().max(1)) {
        let (Some(first), Some(last)) = (several.first(), several.last()) else { continue };
        if several.iter().zip(&wanted).all(|(run, wanted)| !run.han && stem(run.text) == *wanted) {
            spans.push((first.at, last.end() - first.at));
        } else if !first.han && first.parts().iter().any(|part| *part == phrase) {
            let inside = first.text.match_indices(phrase);
            spans.extend(inside.map(|(at, part)| (first.at + at, part.len())));
        }
    }
    spans
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
        assert_eq!(marked("電焊工", &["电焊工"]), "[電焊工]");
        assert_eq!(marked("Bus Drivers, drive", &["bus driver"]), "[Bus Drivers], drive");
        assert_eq!(marked("西门子PLC300", &["plc"]), "西门子[PLC]300");
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
