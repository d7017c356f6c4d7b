//! Names among other words: 天河区会计, "昆山 电焊工"; and what is no place, 北京路.

use std::ops::Range;

use super::{
    super::{Gazetteer, name::Sense},
    Reading, Walk,
};

/// A place's short name in front of one of these is the name of something else: 北京路, 中山大学.
const SOMETHING_ELSE: [&str; 22] = [
    "路", "东路", "西路", "南路", "北路", "中路", "街", "东街", "西街", "大街", "大道", "大厦",
    "大楼", "大学", "学院", "医院", "酒店", "饭店", "银行", "广场", "公园", "国际",
];

impl Gazetteer {
    /// The place that a folded text names among other words, and the bytes of its names. A part of a
    /// name means the place only where no other word runs on from it, or where it is a city.
    pub fn locate(&self, text: &str, around: &str) -> Option<(Reading, Vec<Range<usize>>)> {
        let mut walk = Walk::new(self, text, around);
        walk.among_words = true;
        let (reading, taken) = walk.run();
        (!taken.is_empty()).then_some((reading, taken))
    }
}

impl Walk<'_> {
    /// Among other words: is it more than a stretch of characters that is also called so?
    pub(super) fn is_meant(&self, at: usize, senses: &[Sense], after: &str) -> bool {
        let level = |sense: &Sense| self.tree.level(sense.at);
        let before = self.text.get(..at).unwrap_or_default();
        let apart = |next: Option<char>| next.is_none_or(|c| !c.is_alphanumeric());
        let begins = apart(before.chars().next_back()) || (self.end == at && at > 0);
        senses.iter().any(|sense| match level(sense) {
            ..=2 => true,
            3 => sense.full || begins && apart(after.chars().next()),
            _ => sense.full && begins,
        })
    }

    /// 北京路 and 中山大学 are no places, 台州路桥区 is one.
    pub(super) fn is_something_else(&self, senses: &[Sense], after: &str) -> bool {
        let township = senses.iter().all(|s| self.tree.level(s.at) > 3);
        (township && after.starts_with(['区', '县', '市']))
            || (SOMETHING_ELSE.iter().any(|thing| after.starts_with(thing))
                && !self.goes_on(senses, after).unwrap_or_default())
    }

    /// Does a name of a place inside one of these follow?
    fn goes_on(&self, senses: &[Sense], after: &str) -> Option<bool> {
        let names = &self.tree.names;
        let inside = |word: &str| {
            let below =
                |s: &Sense| senses.iter().any(|o| o.at != s.at && self.tree.holds(o.at, s.at));
            names.senses(word).iter().any(below)
        };
        Some(names.lengths(after.chars().next()?).any(|long| {
            let word: String = after.chars().take(long).collect();
            inside(&word)
        }))
    }
}

#[cfg(test)]
mod tests {
    use crate::reference::seed::PLACES;

    #[test]
    fn a_place_is_found_among_other_words_and_parts_of_words_are_none() {
        let read = |text: &str| PLACES.locate(text, "").map(|(reading, _)| reading.region);
        for (text, code) in [
            ("广州 客服", "440100"),
            ("天河区会计", "440106"),
            ("会计 天河", "440106"),
            ("昆山 电焊工", "320583"),
            ("广西 司机", "450000"),
            ("合肥送外卖", "340100"),
            ("深圳南山区 前端", "440305"),
        ] {
            assert_eq!(read(text).as_deref(), Some(code), "{text}");
        }
        for text in ["电商运营", "北京路", "java", "养老护理员", ""] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
