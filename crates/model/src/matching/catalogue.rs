//! Codes as small numbers. The rule works with these, and gives codes back for its sentences.

use std::str::FromStr;

use crate::{
    matching::{Point, Post, licence, standing::Standing, word::Words},
    occupation::Occupation,
    region::{Code, Region},
    skill::{
        Skill,
        statute::{Statute, Statutes},
    },
};

/// Stands for a number that is not known.
pub const NONE: u16 = u16::MAX;

/// Region, occupation and skill codes in the order of the codes, so that whatever lies below a node
/// is a range of numbers that begins with the node's own.
#[derive(Debug, Default, PartialEq)]
pub struct Catalogue {
    places: Vec<String>,
    nodes: Vec<Node>,
    points: Vec<Option<Point>>,
    occupations: Vec<String>,
    trades: Vec<Trade>,
    skills: Vec<String>,
    licences: Vec<bool>,
    /// For each skill the licences that it includes.
    lesser: Vec<Vec<u16>>,
    words: Words,
    statutes: Statutes,
}

/// A region in the tree.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Node {
    /// The number after the last one below it.
    pub end: u16,
    /// Its county, or itself where it is more than a county.
    pub area: u16,
    /// 1 province … 4 township.
    pub level: u8,
}

/// An occupation in the tree.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Trade {
    pub end: u16,
    /// The nodes that it lies in, itself included, from major to occupation; [`NONE`] below it.
    pub path: [u16; 4],
}

impl Catalogue {
    /// Holds as many of each as 16 bits can number: some 65,000 regions; the country has 45,500.
    pub fn new(regions: &[Region], occupations: &[Occupation], skills: &[Skill]) -> Self {
        let mut regions: Vec<&Region> = regions.iter().collect();
        regions.sort_by(|a, b| a.code.cmp(&b.code));
        regions.truncate(usize::from(NONE));
        let places: Vec<String> = regions.iter().map(|region| region.code.clone()).collect();
        let nodes = regions.iter().map(|region| Node::new(&places, region)).collect();
        let points = regions.iter().map(|r| Point::of_degrees(r.longitude, r.latitude)).collect();
        let mut trades: Vec<String> = occupations.iter().map(|o| o.code.clone()).collect();
        trades.sort();
        let mut sorted: Vec<&Skill> = skills.iter().collect();
        sorted.sort_by(|a, b| a.code.cmp(&b.code));
        let skills: Vec<String> = sorted.iter().map(|skill| skill.code.clone()).collect();
        let lesser = |code: &String| {
            let lesser = licence::included(code).iter().copied();
            lesser.map(|code| number(&skills, code)).filter(|n| *n != NONE).collect()
        };
        Self {
            nodes,
            points,
            trades: trades.iter().map(|code| Trade::new(&trades, code)).collect(),
            occupations: trades,
            licences: sorted.iter().map(|skill| skill.licence).collect(),
            lesser: skills.iter().map(lesser).collect(),
            words: Words::new(names(occupations, &sorted)),
            places,
            skills,
            statutes: Statutes::default(),
        }
    }

    /// With what the law asks of whoever does some work.
    #[must_use]
    pub fn under(self, statutes: Vec<Statute>) -> Self {
        Self { statutes: Statutes::new(statutes), ..self }
    }

    pub const fn statutes(&self) -> &Statutes {
        &self.statutes
    }

    /// The number of a region, or of the nearest one above it that the table has.
    pub fn place(&self, code: &str) -> u16 {
        let Ok(mut code) = Code::from_str(code) else { return NONE };
        loop {
            let found = number(&self.places, code.as_str());
            if found != NONE || code.level() == 1 {
                return found;
            }
            code = code.at_level(code.level() - 1);
        }
    }

    pub fn occupation(&self, code: &str) -> u16 {
        number(&self.occupations, code)
    }

    pub fn skill(&self, code: &str) -> u16 {
        number(&self.skills, code)
    }

    /// Empty for a number that is none.
    pub fn place_code(&self, place: u16) -> &str {
        self.places.get(usize::from(place)).map_or("", String::as_str)
    }

    pub fn occupation_code(&self, occupation: u16) -> &str {
        self.occupations.get(usize::from(occupation)).map_or("", String::as_str)
    }

    pub fn skill_code(&self, skill: u16) -> &str {
        self.skills.get(usize::from(skill)).map_or("", String::as_str)
    }

    /// How many regions, occupations and skills there are.
    pub fn sizes(&self) -> (usize, usize, usize) {
        (self.places.len(), self.occupations.len(), self.skills.len())
    }

    /// Does the law ask for it before the work may be done?
    pub fn is_licence(&self, skill: u16) -> bool {
        self.licences.get(usize::from(skill)).copied().unwrap_or(false)
    }

    /// Licences that this one includes.
    pub fn included(&self, skill: u16) -> &[u16] {
        self.lesser.get(usize::from(skill)).map_or(&[], Vec::as_slice)
    }

    /// The most telling words of a title.
    pub fn title(&self, title: &str) -> [u16; Post::WORDS] {
        let mut slots = [NONE; Post::WORDS];
        for (slot, word) in slots.iter_mut().zip(self.words.read(title)) {
            *slot = word;
        }
        slots
    }

    /// All words of a text that stand in names, the most telling first.
    pub fn words(&self, text: &str) -> Vec<u16> {
        self.words.read(text)
    }

    /// What a text says of work, and nothing else: the words that stand in names, and whether somebody
    /// wants to begin.
    pub fn kept(&self, text: &str) -> String {
        let kept = self.words.kept(text);
        let begins = |text: &str| Standing::of_title(text) == Standing::Beginner;
        if begins(text) && !begins(&kept) { format!("{kept}、{}", Standing::BEGINS) } else { kept }
    }

    /// How telling a word is.
    #[inline]
    pub fn telling(&self, word: u16) -> u16 {
        self.words.telling(word)
    }

    /// How many words have a number.
    pub fn vocabulary(&self) -> usize {
        self.words.len()
    }

    #[inline]
    pub(super) fn node(&self, place: u16) -> Option<Node> {
        self.nodes.get(usize::from(place)).copied()
    }

    #[inline]
    pub(super) fn trade(&self, occupation: u16) -> Option<Trade> {
        self.trades.get(usize::from(occupation)).copied()
    }

    /// The centre of a region.
    pub fn point(&self, place: u16) -> Option<Point> {
        self.points.get(usize::from(place)).copied().flatten()
    }

    /// The county of a region, the region itself where it is more than a county.
    #[inline]
    pub fn area(&self, place: u16) -> u16 {
        self.node(place).map_or(NONE, |node| node.area)
    }

    /// The province of a region.
    pub fn province(&self, place: u16) -> u16 {
        let code = Code::from_str(self.place_code(place));
        code.map_or(NONE, |code| number(&self.places, code.at_level(1).as_str()))
    }

    /// The city of a region, [`NONE`] where it is more than a city.
    pub fn city(&self, place: u16) -> u16 {
        let code = Code::from_str(self.place_code(place)).ok().filter(|code| code.level() > 1);
        code.map_or(NONE, |code| number(&self.places, code.at_level(2).as_str()))
    }

    /// The major and the minor group of an occupation.
    pub fn top(&self, occupation: u16) -> [u16; 2] {
        let [major, minor, ..] = self.trade(occupation).map_or([NONE; 4], |trade| trade.path);
        [major, minor]
    }

    /// The numbers below a region, its own first.
    #[inline]
    pub fn below(&self, place: u16) -> std::ops::Range<u16> {
        place..self.node(place).map_or(place, |node| node.end)
    }

    /// The group of an occupation, the node itself where it is more than a group.
    pub fn group(&self, occupation: u16) -> u16 {
        let path = self.trade(occupation).map(|trade| trade.path);
        let [major, minor, group, _] = path.unwrap_or([NONE; 4]);
        [group, minor, major].into_iter().find(|node| *node != NONE).unwrap_or(NONE)
    }

    /// Is one of the two regions in the other, or the same?
    #[inline]
    pub(super) fn overlap(&self, one: u16, other: u16) -> bool {
        self.below(one).contains(&other) || self.below(other).contains(&one)
    }
}

/// Every name that the tables have for an occupation or a skill.
fn names<'t>(occupations: &'t [Occupation], skills: &[&'t Skill]) -> impl Iterator<Item = &'t str> {
    let trades = occupations.iter().flat_map(|o| [&o.name, &o.aliases]);
    let skills = skills.iter().flat_map(|s| [&s.name_zh, &s.name_en, &s.aliases]);
    let all: Vec<&String> = trades.chain(skills).collect();
    all.into_iter().flat_map(|names| names.split('|'))
}

fn number(codes: &[String], code: &str) -> u16 {
    let found = codes.binary_search_by(|known| known.as_str().cmp(code));
    found.ok().and_then(|n| u16::try_from(n).ok()).unwrap_or(NONE)
}

fn position(n: usize) -> u16 {
    u16::try_from(n).unwrap_or(NONE)
}

impl Node {
    fn new(places: &[String], region: &Region) -> Self {
        let level = u8::try_from(region.level).unwrap_or(0);
        let own = number(places, &region.code);
        let Ok(code) = Code::from_str(&region.code) else {
            return Self { end: own, area: own, level };
        };
        let (_, to) = code.subtree();
        let area = match level {
            ..=3 => own,
            _ => number(places, code.at_level(3).as_str()),
        };
        Self { end: position(places.partition_point(|code| *code < to)), area, level }
    }
}

impl Trade {
    fn new(codes: &[String], code: &str) -> Self {
        let own = number(codes, code);
        // '-' sorts before the digits, and '.' follows it: all that begins with "6-18-"
        let after = format!("{code}.");
        let mut path = [NONE; 4];
        let ends = code.match_indices('-').map(|(at, _)| at).chain([code.len()]);
        for (slot, end) in path.iter_mut().zip(ends) {
            *slot = code.get(..end).map_or(NONE, |above| number(codes, above));
        }
        Self { end: position(codes.partition_point(|code| *code < after)).max(own), path }
    }
}
