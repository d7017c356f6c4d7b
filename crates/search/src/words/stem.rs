//! English words without their endings: `drivers` is `driver`, `welding` is `weld`.

/// Shorter words have no endings.
const SHORTEST: usize = 4;

/// What `word` (folded) has in common with its other forms; a word that is no English one is its
/// own stem. For finding only: it need not be a word.
pub(super) fn stem(word: &str) -> String {
    if word.len() < SHORTEST || !word.bytes().all(|b| b.is_ascii_lowercase()) {
        return word.to_owned();
    }
    let one = singular(word);
    let cut = one.strip_suffix("ing").or_else(|| one.strip_suffix("ed"));
    let bare = match cut {
        // sing, bring, king; need, seed
        Some(cut) if cut.len() >= 3 && cut.contains(is_vowel) && !cut.ends_with('e') => {
            undoubled(cut)
        }
        _ => &one,
    };
    bare.strip_suffix('e').filter(|bare| bare.len() >= 3).unwrap_or(bare).to_owned()
}

fn singular(word: &str) -> String {
    let cut = |suffix: &str| word.strip_suffix(suffix).unwrap_or(word).to_owned();
    let ends = |suffixes: &[&str]| suffixes.iter().any(|suffix| word.ends_with(suffix));
    if ends(&["ies"]) && word.len() > SHORTEST {
        cut("ies") + "y"
    } else if ends(&["sses", "shes", "ches", "xes", "zes"]) {
        cut("es")
    } else if ends(&["ss", "us", "is", "ous"]) || !word.ends_with('s') {
        word.to_owned()
    } else {
        cut("s")
    }
}

/// `planning` is `plan`, but `selling` is `sell`.
fn undoubled(base: &str) -> &str {
    let mut ends = base.chars().rev();
    let (last, before) = (ends.next(), ends.next());
    let doubled = last == before && !matches!(last, Some('l' | 's' | 'z' | 'f'));
    if doubled { base.strip_suffix(|_: char| true).unwrap_or(base) } else { base }
}

const fn is_vowel(c: char) -> bool {
    matches!(c, 'a' | 'e' | 'i' | 'o' | 'u' | 'y')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_one_word_have_one_stem() {
        for forms in [
            "driver drivers",
            "nurse nurses nursing",
            "clean cleans cleaning cleaned",
            "drive drives driving",
            "plan plans planning planned",
            "secretary secretaries",
            "class classes",
            "box boxes",
            "cashier cashiers",
            "weld welding welds",
        ] {
            let stems: Vec<_> = forms.split(' ').map(stem).collect();
            assert!(stems.windows(2).all(|two| two[0] == two[1]), "{stems:?}");
        }
    }

    #[test]
    fn other_words_stay_apart() {
        for (one, other) in
            [("king", "k"), ("business", "busines"), ("bus", "bu"), ("c++", "c"), ("5gs", "5g")]
        {
            assert_ne!(stem(one), stem(other), "{one} {other}");
        }
        assert_eq!(stem("焊工"), "焊工");
        assert_eq!(stem("need"), "need");
    }
}
