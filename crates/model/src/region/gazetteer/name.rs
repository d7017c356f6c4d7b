//! Every word for a place: the full name, the name without its kind (朝阳 for 朝阳区), without its
//! people (管城 for 管城回族区), zones as people call them (高新区), and the aliases of the table.

use std::collections::{HashMap, HashSet};

use crate::region::Region;

/// Kinds of places by level, longer ones first.
const KINDS: [&[&str]; 4] = [
    &["特别行政区", "自治区", "省", "市"],
    &["自治州", "地区", "市", "盟"],
    &["自治县", "自治旗", "林区", "特区", "新区", "县", "区", "市", "旗"],
    &["街道办事处", "街道", "民族乡", "地区", "镇", "乡"],
];

/// Peoples in the names of autonomous places, longer ones first.
const PEOPLES: [&str; 60] = [
    "柯尔克孜",
    "维吾尔族",
    "维吾尔",
    "哈萨克族",
    "哈萨克",
    "达斡尔族",
    "达斡尔",
    "鄂温克族",
    "塔吉克",
    "俄罗斯族",
    "布依族",
    "朝鲜族",
    "蒙古族",
    "蒙古",
    "土家族",
    "景颇族",
    "傈僳族",
    "哈尼族",
    "拉祜族",
    "布朗族",
    "纳西族",
    "普米族",
    "独龙族",
    "东乡族",
    "保安族",
    "撒拉族",
    "裕固族",
    "仫佬族",
    "毛南族",
    "仡佬族",
    "高山族",
    "锡伯族",
    "德昂族",
    "阿昌族",
    "门巴族",
    "珞巴族",
    "基诺族",
    "赫哲族",
    "鄂伦春族",
    "壮族",
    "藏族",
    "回族",
    "苗族",
    "彝族",
    "白族",
    "傣族",
    "侗族",
    "羌族",
    "满族",
    "黎族",
    "瑶族",
    "佤族",
    "怒族",
    "土族",
    "畲族",
    "水族",
    "京族",
    "各族",
    "锡伯",
    "民族",
];

/// How a bureau of statistics writes a zone, and how people do.
const ZONES: [(&str, &str); 6] = [
    ("高新技术产业开发区", "高新区"),
    ("高新技术产业园区", "高新区"),
    ("高技术产业开发区", "高新区"),
    ("经济技术开发区", "经开区"),
    ("经济开发区", "经开区"),
    ("高新技术开发区", "高新区"),
];

/// A node that a word means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Sense {
    /// Position in the gazetteer's list.
    pub(super) at: usize,
    /// The word is the official name, not a part of it or another word.
    pub(super) full: bool,
}

/// Words to nodes.
pub(super) struct Names {
    senses: HashMap<String, Vec<Sense>>,
    /// The lengths, in characters, of the words that begin with a character, one bit each.
    lengths: HashMap<char, u32>,
}

impl Names {
    /// `regions` sorted by code.
    pub(super) fn new(regions: &[Region]) -> Self {
        let mut names = Self { senses: HashMap::new(), lengths: HashMap::new() };
        let here = |code: &str| regions.binary_search_by(|r| r.code.as_str().cmp(code)).ok();
        for (at, region) in regions.iter().enumerate().filter(|(_, r)| !r.is_nameless()) {
            let in_force = region.valid_to.is_none();
            let meant = if in_force { Some(at) } else { here(&region.successor) };
            let Some(at) = meant else { continue };
            names.add(&region.name, at, in_force);
            let city = here(&region.parent).and_then(|i| regions.get(i)).map(|r| r.name.as_str());
            for word in shorter(region, city.unwrap_or_default()) {
                names.add(&word, at, false);
            }
        }
        names
    }

    /// The nodes a word means.
    pub(super) fn senses(&self, word: &str) -> &[Sense] {
        self.senses.get(word).map_or(&[], Vec::as_slice)
    }

    /// The lengths of words that begin with `first`, longest first.
    pub(super) fn lengths(&self, first: char) -> impl Iterator<Item = usize> {
        let bits = self.lengths.get(&first).copied().unwrap_or_default();
        (0..u32::BITS).rev().filter(move |n| bits >> n & 1 == 1).map(|n| n as usize)
    }

    fn add(&mut self, word: &str, at: usize, full: bool) {
        let long = word.chars().count();
        let Some(first) = word.chars().next().filter(|_| (2..32).contains(&long)) else { return };
        let senses = self.senses.entry(word.to_owned()).or_default();
        if senses.iter().all(|s| s.at != at) {
            senses.push(Sense { at, full });
            *self.lengths.entry(first).or_default() |= 1 << long;
        }
    }
}

/// The words for a node beside its name. `city` is the name of the node above.
fn shorter(region: &Region, city: &str) -> HashSet<String> {
    let mut words: HashSet<String> =
        region.aliases.split('|').filter(|w| !w.is_empty()).map(str::to_owned).collect();
    let short = without_kind(region);
    words.insert(short.to_owned());
    let city = city.trim_end_matches('市');
    let inside = region.name.trim_start_matches(city).trim_start_matches('市');
    if region.level == 3 && !city.is_empty() && inside.len() < region.name.len() {
        words.insert(inside.to_owned());
        for (official, usual) in ZONES {
            if let Some(rest) = inside.strip_suffix(official) {
                words.extend([format!("{rest}{usual}"), format!("{city}{rest}{usual}")]);
            }
        }
    }
    words.retain(|w| *w != region.name && w.chars().count() > 1);
    words
}

/// 朝阳 for 朝阳区, 管城 for 管城回族区, 十八里店 for 十八里店地区; at least two characters stay.
pub(super) fn without_kind(region: &Region) -> &str {
    let name = region.name.as_str();
    let level = usize::try_from(region.level - 1).unwrap_or_default();
    let kinds = KINDS.get(level).copied().unwrap_or_default();
    let shorter = |suffix: &&str| name.strip_suffix(*suffix).filter(|n| n.chars().count() > 1);
    let Some(mut short) = kinds.iter().find_map(shorter) else { return name };
    while let Some(rest) = PEOPLES
        .iter()
        .find_map(|people| short.strip_suffix(people))
        .filter(|rest| rest.chars().count() > 1)
    {
        short = rest;
    }
    short
}
