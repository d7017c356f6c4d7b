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

/// Endings by which work and who does it have other words, longer ones first.
const ENDINGS: [&str; 21] = [
    "ography", "ographer", "ologist", "ology", "ianship", "ship", "ician", "ical", "arial",
    "orial", "ian", "ial", "ist", "ary", "ics", "ant", "ing", "al", "er", "or", "y",
];

/// As a token of its own, what `plumber` and `plumbing`, `secretary` and `secretarial` have in
/// common; `None` where too little is left. Farther than [`stem`]: other words may share it.
pub(super) fn root(word: &str) -> Option<String> {
    const SHORTEST: usize = 5;
    if word.len() < SHORTEST || !word.bytes().all(|b| b.is_ascii_lowercase()) {
        return None;
    }
    let one = singular(word);
    // an engine is no engineer
    if one.ends_with("eer") || one.ends_with("eering") {
        return Some(format!("~{}", one.trim_end_matches("ing")));
    }
    let bare = ENDINGS.iter().find_map(|ending| one.strip_suffix(ending)).unwrap_or(&one);
    let bare = bare.strip_suffix(['e', 'i']).unwrap_or(bare);
    (bare.len() >= SHORTEST - 1).then(|| format!("~{}", undoubled(bare)))
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
    fn who_does_it_and_what_is_done_have_one_root() {
        for forms in [
            "plumber plumbing",
            "secretary secretarial",
            "electrician electrical",
            "accountant accounting",
            "custodian custodial",
            "teacher teaching",
            "intern internship",
        ] {
            let roots: Vec<_> = forms.split(' ').map(root).collect();
            assert!(roots[0].is_some() && roots[0] == roots[1], "{roots:?}");
        }
        assert_ne!(root("engineer"), root("engines"));
        assert_eq!(root("it"), None);
        assert_eq!(root("焊工"), None);
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
