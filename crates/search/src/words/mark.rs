//! The part of a text around the first word found, with the words marked.

use std::ops::Range;

use aho_corasick::AhoCorasick;

use super::{
    fold,
    run::{Run, is_han, runs},
    stem::stem,
};

/// How much of the text is shown, in characters, and how much of that stands before the word.
const WIDTH: usize = 90;
const BEFORE: usize = 20;

/// The words of a question, to be marked where they stand in many texts.
#[derive(Debug)]
pub struct Marker {
    /// Chinese words: they may stand anywhere.
    anywhere: Option<AhoCorasick>,
    phrases: Vec<Phrase>,
}

/// A word of letters, or several: they stand between others, in any of their forms.
#[derive(Debug)]
struct Phrase {
    text: String,
    stems: Vec<String>,
}

/// A stretch of a text with what it has in common with its other forms.
struct Stemmed<'a> {
    run: Run<'a>,
    stem: String,
}

impl Marker {
    /// `words` are those that [`crate::find::Found::marks`] names.
    pub fn new(words: &[String]) -> Self {
        let longest = words.iter().map(|word| word.chars().count()).max().unwrap_or_default();
        let words = words.iter().filter(|word| !word.is_empty());
        let (han, letters): (Vec<_>, Vec<_>) = words.partition(|word| word.contains(is_han));
        // one character out of a longer question would be marked all over the text
        let told = han.into_iter().filter(|word| longest == 1 || word.chars().nth(1).is_some());
        let phrase = |text: &String| Phrase {
            text: text.clone(),
            stems: runs(text).iter().map(|run| stem(run.text)).collect(),
        };
        let phrases = letters.into_iter().map(phrase);
        Self {
            anywhere: AhoCorasick::new(told).ok(),
            phrases: phrases.filter(|phrase| !phrase.stems.is_empty()).collect(),
        }
    }

    /// The part of `text` around the first of the words, in pieces; `true` is such a word. The
    /// beginning of the text where there is none.
    pub fn snippet(&self, text: &str) -> Vec<(bool, String)> {
        let (mut joined, mut folded) = (String::new(), String::new());
        for word in text.split_whitespace() {
            let space = if joined.is_empty() { "" } else { " " };
            joined.extend([space, word]);
            folded.push_str(space);
            folded.extend(word.chars().map(fold));
        }
        let spans = self.spans(&folded);
        let before = spans.first().and_then(|span| folded.get(..span.start)).unwrap_or_default();
        let most = joined.chars().count().saturating_sub(WIDTH);
        let start = before.chars().count().saturating_sub(BEFORE).min(most);
        let (mut spans, mut marked_to) = (spans.into_iter().peekable(), 0);
        let mut pieces: Vec<(bool, String)> = Vec::new();
        let dots = || (false, "…".to_owned());
        if start > 0 {
            pieces.push(dots());
        }
        for (c, (byte, _)) in joined.chars().zip(folded.char_indices()).skip(start).take(WIDTH) {
            while let Some(span) = spans.next_if(|span| span.start <= byte) {
                marked_to = marked_to.max(span.end);
            }
            let hit = byte < marked_to;
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

    /// Where words stand in a folded text, in bytes, the first one first.
    fn spans(&self, text: &str) -> Vec<Range<usize>> {
        let anywhere = self.anywhere.iter().flat_map(|words| words.find_overlapping_iter(text));
        let mut spans: Vec<_> = anywhere.map(|found| found.range()).collect();
        if !self.phrases.is_empty() {
            let stem = |run: Run<'_>| if run.han { String::new() } else { stem(run.text) };
            let stemmed = |run| Stemmed { run, stem: stem(run) };
            let runs: Vec<_> = runs(text).into_iter().map(stemmed).collect();
            spans.extend(self.phrases.iter().flat_map(|phrase| phrase.spans(&runs)));
        }
        spans.sort_unstable_by_key(|span| span.start);
        spans
    }
}

impl Phrase {
    fn spans(&self, runs: &[Stemmed<'_>]) -> Vec<Range<usize>> {
        let mut spans = Vec::new();
        for several in runs.windows(self.stems.len().max(1)) {
            let (Some(first), Some(last)) = (several.first(), several.last()) else { continue };
            let (first, last) = (&first.run, &last.run);
            if several
                .iter()
                .zip(&self.stems)
                .all(|(word, stem)| !word.run.han && word.stem == *stem)
            {
                spans.push(first.at..last.end());
            } else if !first.han && first.parts().iter().any(|part| *part == self.text) {
                let inside = first.text.match_indices(&self.text);
                spans.extend(inside.map(|(at, part)| first.at + at..first.at + at + part.len()));
            }
        }
        spans
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marked(text: &str, words: &[&str]) -> String {
        let words: Vec<String> = words.iter().map(|&word| word.to_owned()).collect();
        let pieces = Marker::new(&words).snippet(text);
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
