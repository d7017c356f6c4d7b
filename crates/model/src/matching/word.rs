//! Words of titles as small numbers: pairs of characters and Latin words that stand in the names of
//! occupations and skills. What is in no such name has no number, so that nothing else that a title
//! says can count.

use std::{
    borrow::Cow,
    collections::{BTreeMap, HashMap},
};

use crate::{
    matching::{NONE, logarithm},
    title::Title,
};

/// The words that have a number, and how telling each is.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Words {
    numbers: HashMap<String, u16>,
    telling: Vec<u16>,
}

impl Words {
    /// From the names of occupations and skills.
    pub(super) fn new(names: impl Iterator<Item: AsRef<str>>) -> Self {
        let mut counts: BTreeMap<String, u64> = BTreeMap::new();
        let mut all = 0;
        for name in names {
            all += 1;
            let mut words = Vec::new();
            Title::new(name.as_ref()).each_word(|word| words.push(word.to_owned()));
            words.sort_unstable();
            words.dedup();
            for word in words.into_iter().filter(|word| !tells_of_person(word)) {
                *counts.entry(word).or_default() += 1;
            }
        }
        let telling = counts.values().map(|some| {
            let telling = logarithm(all).saturating_sub(logarithm(*some)) / 2 + 1;
            u16::try_from(telling).unwrap_or(1)
        });
        Self {
            telling: telling.collect(),
            numbers: counts.into_keys().zip(0..).take_while(|(_, number)| *number < NONE).collect(),
        }
    }

    pub(super) fn len(&self) -> usize {
        self.telling.len()
    }

    /// How telling a word is: the rarer in the names, the more.
    #[inline]
    pub(super) fn telling(&self, word: u16) -> u16 {
        self.telling.get(usize::from(word)).copied().unwrap_or(0)
    }

    /// The words of a title that have a number, each once, the most telling first.
    pub(super) fn read(&self, title: &str) -> Vec<u16> {
        let mut found = Vec::new();
        Title::new(&without_persons(title)).each_word(|word| {
            if let Some(number) = self.numbers.get(word).filter(|number| !found.contains(*number)) {
                found.push(*number);
            }
        });
        found.sort_by_key(|word| std::cmp::Reverse(self.telling(*word)));
        found
    }

    /// A text of only those words, each once, in their order: [`read`](Self::read) finds the same in it.
    pub(super) fn kept(&self, text: &str) -> String {
        let (mut kept, mut seen) = (String::new(), Vec::new());
        Title::new(&without_persons(text)).each_word(|word| {
            let Some(number) = self.numbers.get(word).filter(|n| !seen.contains(*n)) else {
                return;
            };
            seen.push(*number);
            match overlap(&kept, word) {
                Some(rest) => kept.push_str(rest),
                None if kept.is_empty() => kept.push_str(word),
                None => kept.extend(["、", word]),
            }
        });
        kept
    }
}

/// Do two pairs of characters overlap, 电焊 and 焊工?
fn overlap<'w>(before: &str, word: &'w str) -> Option<&'w str> {
    let first = word.chars().next().filter(|c| !c.is_ascii())?;
    if before.ends_with(first) { word.strip_prefix(first) } else { None }
}

/// Characters that say who somebody is and not what the work is. No word with one of them counts.
const OF_PERSONS: [char; 5] = ['男', '女', '族', '婚', '岁'];

fn tells_of_person(word: &str) -> bool {
    word.contains(OF_PERSONS)
}

/// What advertisements say of the person and not of the work, longer ones first, where its parts
/// stand in the names of trades too.
const PERSONS: [&str; 24] = [
    "身体健康",
    "残疾一级",
    "残疾二级",
    "残疾三级",
    "残疾四级",
    "非残疾",
    "残疾人",
    "残疾",
    "非农业户口",
    "农业户口",
    "非农户口",
    "本地户口",
    "外地户口",
    "本地户籍",
    "外地户籍",
    "户口",
    "户籍",
    "乙肝携带",
    "乙肝",
    "低保户",
    "低保",
    "信佛",
    "未育",
    "已育",
];

fn without_persons(title: &str) -> Cow<'_, str> {
    let mut text = Cow::Borrowed(title);
    for words in PERSONS {
        if text.contains(words) {
            text = Cow::Owned(text.replace(words, " "));
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reference::seed;

    fn words() -> Words {
        let names = seed::occupations().into_iter().flat_map(|o| [o.name, o.aliases]);
        let names: Vec<String> = names.collect();
        Words::new(names.iter().flat_map(|names| names.split('|')))
    }

    #[test]
    fn the_words_of_the_work_are_known_and_the_telling_ones_come_first() {
        let words = words();
        let name = |number: &u16| {
            words.numbers.iter().find(|(_, n)| *n == number).map(|(name, _)| name.clone()).unwrap()
        };
        let read = |title: &str| words.read(title).iter().map(name).collect::<Vec<_>>();
        assert_eq!(read("Java"), ["java"]);
        let engineer = read("前端开发工程师");
        assert_eq!(engineer.first().map(String::as_str), Some("前端"), "{engineer:?}");
        assert!(engineer.ends_with(&["程师".into()]) || engineer.ends_with(&["工程".into()]));
        assert!(read("会飞的鱼跃").len() < 3 && read("").is_empty());
        assert_eq!(read("【急聘】焊工"), read("焊工，男女不限，农业户口优先"));
    }

    #[test]
    fn only_words_of_work_are_kept_and_they_read_the_same() {
        let words = words();
        for text in
            ["电焊工、保安", "Java开发", "欧阳晓雪想在祁连山下放羊，或者做保洁员", "", "甲乙丙"]
        {
            let kept = words.kept(text);
            assert_eq!(words.read(&kept), words.read(text), "{text}: {kept}");
            assert!(!kept.contains("欧阳") && !kept.contains("祁连"), "{kept}");
        }
        assert_eq!(words.kept("我是欧阳晓雪，想当电焊工"), "电焊工");
    }

    #[test]
    fn what_says_who_somebody_is_has_no_number() {
        let words = words();
        for text in
            ["男，汉族", "女", "农业户口", "残疾四级", "已婚", "35岁", "信佛", "乙肝携带", "低保户"]
        {
            assert_eq!(words.read(text), Vec::<u16>::new(), "{text}");
        }
    }
}
