//! How words are read aloud: a character of several readings by the words it stands in
//! (`migrations/seed/reading.csv`), and by every usual reading where a term of ours leaves it open.

use std::{borrow::Cow, collections::HashMap, sync::LazyLock};

use pinyin::ToPinyin;

/// One character of a folded text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Sound {
    /// A letter or digit that stands for itself.
    Plain(char),
    /// A Chinese character, with its readings, the likeliest first.
    Read(char, Vec<Syllable>),
}

pub(crate) type Syllable = Cow<'static, str>;

/// The most ways in which one term is read.
const WAYS: usize = 8;

/// Words whose characters are read otherwise than alone.
pub(crate) struct Readings {
    /// By the first character, the longest word first.
    words: HashMap<char, Vec<Word>>,
}

struct Word {
    chars: Vec<char>,
    /// For each character.
    readings: Vec<Vec<Syllable>>,
}

static COMMON: LazyLock<Vec<(&str, &str)>> = LazyLock::new(|| {
    let lines = include_str!("../../../../migrations/seed/reading.csv").lines().skip(1);
    lines.filter_map(|line| line.split_once(',')).collect()
});

impl Readings {
    /// The readings of everyday words, and of names: a name and its syllables with spaces between.
    pub(crate) fn new<'a>(names: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let mut readings = Self { words: HashMap::new() };
        for &(word, pinyin) in COMMON.iter() {
            readings.learn(word, pinyin);
        }
        let common = Self { words: HashMap::new() };
        for (name, pinyin) in names {
            let alone = common.sounds(name);
            let spoken = pinyin.split(' ').zip(&alone);
            let odd = spoken.clone().any(|(syllable, sound)| sound.first() != Some(syllable));
            if odd && spoken.count() > 1 {
                let said: String = name.chars().take(pinyin.split(' ').count()).collect();
                readings.learn(&said, pinyin);
            }
        }
        for words in readings.words.values_mut() {
            words.sort_by_key(|word| std::cmp::Reverse(word.chars.len()));
        }
        readings
    }

    fn learn(&mut self, word: &str, pinyin: &str) {
        let chars: Vec<char> = word.chars().collect();
        let several = |syllable: &str| -> Vec<Syllable> {
            syllable.split('|').map(|reading| reading.to_owned().into()).collect()
        };
        let readings = pinyin.split(' ').map(several).collect();
        if let Some(&first) = chars.first() {
            self.words.entry(first).or_default().push(Word { chars, readings });
        }
    }

    /// Each character of a folded text with its readings.
    pub(crate) fn sounds(&self, text: &str) -> Vec<Sound> {
        let chars: Vec<char> = text.chars().collect();
        let mut sounds = Vec::with_capacity(chars.len());
        while let Some((&c, _)) = chars.get(sounds.len()..).and_then(<[char]>::split_first) {
            let said = self.said(chars.get(sounds.len()..).unwrap_or_default());
            if said.is_empty() {
                sounds.push(alone(c).map_or(Sound::Plain(c), |read| Sound::Read(c, vec![read])));
            }
            let read = chars.iter().skip(sounds.len()).zip(said);
            let read: Vec<_> = read.map(|(&c, said)| Sound::Read(c, said.clone())).collect();
            sounds.extend(read);
        }
        sounds
    }

    /// The readings of the characters of the longest word known with which a text begins.
    fn said(&self, text: &[char]) -> &[Vec<Syllable>] {
        let words = text.first().and_then(|first| self.words.get(first));
        let word = words.into_iter().flatten().find(|word| text.starts_with(&word.chars));
        word.map(|word| word.readings.as_slice()).unwrap_or_default()
    }

    /// Does what was typed spell the beginning of a text, each character of it by itself, by its
    /// syllable or by the first letters of that? `焊g`, `hangong`, `hgong`.
    pub(super) fn spells(&self, typed: &str, text: &[char]) -> bool {
        self.spells_from(typed, text, &[])
    }

    /// `said` are the readings of the next characters, where they are known from those before.
    fn spells_from(&self, typed: &str, text: &[char], said: &[Vec<Syllable>]) -> bool {
        let Some(next) = typed.chars().next() else { return true };
        let Some((&c, later)) = text.split_first() else { return false };
        let said = if said.is_empty() { self.said(text) } else { said };
        let alone = alone(c);
        let (readings, rest) = match said.split_first() {
            Some((first, rest)) => (first.as_slice(), rest),
            None => (alone.as_slice(), said),
        };
        let after = |part: &str| {
            typed.strip_prefix(part).is_some_and(|left| self.spells_from(left, later, rest))
        };
        let begun = |read: &Syllable| read.starts_with(typed);
        let letters = |read: &Syllable| {
            let two = read.get(..2).filter(|two| ["zh", "ch", "sh"].contains(two));
            // where the syllable is one letter, that was looked at
            let one = read.get(..1).filter(|_| read.len() > 1);
            one.is_some_and(after) || two.is_some_and(after)
        };
        (next == c && after(c.encode_utf8(&mut [0; 4])))
            || readings.iter().any(|read| begun(read) || after(read) || letters(read))
    }
}

/// How a character is read that stands alone; `None` for letters, digits and signs.
fn alone(c: char) -> Option<Syllable> {
    let read = c.to_pinyin().map(pinyin::Pinyin::plain)?;
    Some(if read.contains('ü') { read.replace('ü', "v").into() } else { read.into() })
}

impl Sound {
    pub(super) const fn is_read(&self) -> bool {
        matches!(self, Self::Read(..))
    }

    fn first(&self) -> Option<&str> {
        match self {
            Self::Plain(_) => None,
            Self::Read(_, readings) => readings.first().map(AsRef::as_ref),
        }
    }
}

/// What somebody may type for a word without its characters: all syllables, and their first
/// letters; in one way, or in every usual one.
pub(super) fn spellings(sounds: &[Sound], every: bool) -> Vec<String> {
    let mut ways = vec![(String::new(), String::new())];
    for sound in sounds {
        let readings = match sound {
            Sound::Plain(c) => {
                for (full, initials) in &mut ways {
                    full.push(*c);
                    initials.push(*c);
                }
                continue;
            }
            Sound::Read(_, readings) => readings,
        };
        let most = if every && ways.len() * readings.len() <= WAYS { readings.len() } else { 1 };
        let grown = ways.iter().flat_map(|(full, initials)| {
            readings.iter().take(most).map(move |read| {
                let first = read.chars().next().unwrap_or_default();
                (format!("{full}{read}"), format!("{initials}{first}"))
            })
        });
        ways = grown.collect();
    }
    let mut all: Vec<String> = ways.into_iter().flat_map(|(full, first)| [full, first]).collect();
    all.sort_unstable();
    all.dedup();
    all
}

/// The first letters that a typed text may stand for, where it mixes characters, syllables and
/// letters; at most `most`, the longest syllables first.
pub(super) fn initials(typed: &[Sound], most: usize) -> Vec<String> {
    let mut found = Vec::new();
    walk(typed, &mut String::new(), &mut found, most);
    found
}

/// The longest syllable, `zhuang`.
const LONGEST: usize = 6;

fn walk(rest: &[Sound], so_far: &mut String, found: &mut Vec<String>, most: usize) {
    if found.len() >= most {
        return;
    }
    let Some((first, later)) = rest.split_first() else {
        if !found.contains(so_far) {
            found.push(so_far.clone());
        }
        return;
    };
    let letters: String = rest.iter().map_while(Sound::letter).take(LONGEST).collect();
    let mut step = |letter: char, taken: usize| {
        so_far.push(letter);
        walk(rest.get(taken..).unwrap_or(later), so_far, found, most);
        so_far.pop();
    };
    match first {
        Sound::Read(_, readings) => {
            for letter in readings.iter().filter_map(|read| read.chars().next()) {
                step(letter, 1);
            }
        }
        Sound::Plain(c) => {
            let ends = letters.len() == rest.len();
            for taken in (1..=letters.len().max(1)).rev() {
                let part = letters.get(..taken).unwrap_or_default();
                let begun = ends && taken == letters.len() && begins_syllable(part);
                if taken == 1 || is_syllable(part) || begun {
                    step(*c, taken);
                }
            }
        }
    }
}

impl Sound {
    const fn letter(&self) -> Option<char> {
        match self {
            Self::Plain(c) if c.is_ascii_lowercase() => Some(*c),
            Self::Plain(_) | Self::Read(..) => None,
        }
    }
}

/// Every syllable that a common character has.
static SYLLABLES: LazyLock<Vec<Syllable>> = LazyLock::new(|| {
    let mut all: Vec<Syllable> = ('\u{4e00}'..='\u{9fa5}').filter_map(alone).collect();
    all.sort_unstable();
    all.dedup();
    all
});

fn is_syllable(part: &str) -> bool {
    SYLLABLES.binary_search_by(|syllable| syllable.as_ref().cmp(part)).is_ok()
}

fn begins_syllable(part: &str) -> bool {
    let at = SYLLABLES.partition_point(|syllable| syllable.as_ref() < part);
    SYLLABLES.get(at).is_some_and(|syllable| syllable.starts_with(part))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spelled(word: &str, every: bool) -> Vec<String> {
        let readings = Readings::new([("枞阳", "zong yang")]);
        spellings(&readings.sounds(word), every)
    }

    #[test]
    fn characters_of_several_readings_are_read_as_in_their_word() {
        for (word, full, initials) in [
            ("重庆", "chongqing", "cq"),
            ("会计", "kuaiji", "kj"),
            ("长沙", "changsha", "cs"),
            ("银行柜员", "yinhangguiyuan", "yhgy"),
            ("行政助理", "xingzhengzhuli", "xzzl"),
            ("空调安装工", "kongtiaoanzhuanggong", "ktazg"),
            ("调度员", "diaoduyuan", "ddy"),
            ("模具工", "mujugong", "mjg"),
            ("校对员", "jiaoduiyuan", "jdy"),
            ("音乐教师", "yinyuejiaoshi", "yyjs"),
            ("长途司机", "changtusiji", "ctsj"),
            ("起重工", "qizhonggong", "qzg"),
            ("绿化工", "lvhuagong", "lhg"),
            ("枞阳机械厂", "zongyangjixiechang", "zyjxc"),
            ("CNC操作工", "CNCcaozuogong", "CNCczg"),
        ] {
            let spelled = spelled(word, false);
            assert!(spelled.iter().any(|way| way == full), "{word}: {spelled:?}");
            assert!(spelled.iter().any(|way| way == initials), "{word}: {spelled:?}");
        }
    }

    #[test]
    fn a_term_is_read_in_every_usual_way_and_in_no_more_than_eight() {
        let ways = spelled("行车", true);
        assert!(ways.contains(&"xingche".into()), "{ways:?}");
        let ways = spelled("长重", true);
        assert!(
            ["changzhong", "zhangchong", "cz", "zz"].iter().all(|w| ways.contains(&(*w).into()))
        );
        assert!(spelled("长长长长长长长长", true).len() <= 2 * WAYS);
    }

    #[test]
    fn characters_syllables_and_letters_may_be_mixed() {
        let readings = Readings::new([]);
        let spells =
            |typed: &str, text: &str| readings.spells(typed, &text.chars().collect::<Vec<_>>());
        for typed in ["电焊工", "电hg", "dhg", "dianhg", "d焊g", "dianhango", "电焊gon", ""]
        {
            assert!(spells(typed, "电焊工"), "{typed}");
        }
        for typed in ["电工", "dg", "hg", "电焊工x", "dianhangongs"] {
            assert!(!spells(typed, "电焊工"), "{typed}");
        }
        assert!(spells("zhx", "装修") && spells("zx", "装修") && !spells("zhux", "装修"));
    }

    #[test]
    fn what_is_typed_stands_for_few_rows_of_first_letters() {
        let readings = Readings::new([]);
        let of = |typed: &str| initials(&readings.sounds(typed), 8);
        assert!(of("h工").contains(&"hg".into()));
        assert!(of("hangong").contains(&"hg".into()));
        assert!(of("dianhg").contains(&"dhg".into()), "{:?}", of("dianhg"));
        assert!(of("hango").contains(&"hg".into()), "{:?}", of("hango"));
        assert!(of(&"a".repeat(200)).len() <= 8);
    }
}
