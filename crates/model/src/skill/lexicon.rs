//! Skills named in a text: all words for all skills in one pass.

use std::collections::BTreeMap;

use aho_corasick::{AhoCorasick, AhoCorasickBuilder, MatchKind, Span};

use crate::{
    cell::fold,
    skill::{Need, Skill},
};

/// Skills by all their words.
pub struct Lexicon {
    /// Sorted by code.
    skills: Vec<Skill>,
    /// The words, folded; `None` if they are none or too many to be compiled.
    words: Option<AhoCorasick>,
    /// The skill of each word.
    meanings: Vec<usize>,
}

/// A clause with one of these tells what is welcome, not what must be had.
const WELCOME: [&str; 14] = [
    "优先",
    "加分",
    "更佳",
    "尤佳",
    "为佳",
    "最好",
    "佳者",
    "者佳",
    "不强求",
    "preferred",
    "nice to have",
    "a plus",
    "bonus",
    "desirable",
];

impl Lexicon {
    pub fn new(mut skills: Vec<Skill>) -> Self {
        skills.sort_by(|a, b| a.code.cmp(&b.code));
        let mut words: BTreeMap<String, usize> = BTreeMap::new();
        for (at, skill) in skills.iter().enumerate() {
            let names = [skill.name_zh.as_str(), skill.name_en.as_str()];
            for word in names.into_iter().chain(skill.aliases.split('|')).map(fold) {
                if !word.is_empty() {
                    words.entry(word).or_insert(at);
                }
            }
        }
        let mut builder = AhoCorasickBuilder::new();
        let builder = builder.match_kind(MatchKind::LeftmostLongest);
        let meanings = words.values().copied().collect();
        Self { words: builder.build(words.keys()).ok(), skills, meanings }
    }

    pub fn find(&self, code: &str) -> Option<&Skill> {
        let at = self.skills.binary_search_by(|s| s.code.as_str().cmp(code)).ok()?;
        self.skills.get(at)
    }

    /// Every skill, in the order of the codes.
    pub fn all(&self) -> &[Skill] {
        &self.skills
    }

    /// What a vacancy's text asks for, each skill once, in the order of the codes; what it says is
    /// merely good to have ("优先") is not a must, unless it is asked for elsewhere in the text.
    pub fn read(&self, text: &str) -> Vec<Need> {
        let mut found: BTreeMap<usize, bool> = BTreeMap::new();
        for clause in text.split(ends_clause) {
            let clause = fold(clause);
            for skill in self.named(&clause) {
                *found.entry(skill).or_default() |= !is_welcome(&clause);
            }
        }
        let need = |(at, must): (usize, bool)| {
            Some(Need { code: self.skills.get(at)?.code.clone(), must })
        };
        found.into_iter().filter_map(need).collect()
    }

    /// Positions of the skills whose words stand in a clause.
    fn named(&self, clause: &str) -> Vec<usize> {
        let Some(words) = &self.words else { return Vec::new() };
        let whole = words.find_iter(clause).filter(|hit| stands_alone(clause, hit.span()));
        whole.filter_map(|hit| self.meanings.get(hit.pattern().as_usize()).copied()).collect()
    }
}

/// A sentence or a line of a list; a comma does not end it, for 优先 stands at its end.
fn ends_clause(c: char) -> bool {
    matches!(c, '\n' | '\r' | '。' | ';' | '；' | '!' | '！' | '?' | '？')
}

fn is_welcome(clause: &str) -> bool {
    WELCOME.iter().any(|word| clause.contains(word))
}

/// A Latin word does not begin or end inside another: no "go" in "good", no "c" in "c++" or
/// "vitamin-c".
fn stands_alone(text: &str, at: Span) -> bool {
    let word = text.get(at.range()).unwrap_or_default();
    let before = text.get(..at.start).and_then(|t| t.chars().next_back());
    let after = text.get(at.end..).and_then(|t| t.chars().next());
    let joins = |c: char| c.is_ascii_alphanumeric();
    let opens =
        word.starts_with(joins) && before.is_some_and(|c| joins(c) || c == '-' && word.len() < 3);
    let closes = word.ends_with(joins)
        && after
            .is_some_and(|c| joins(c) || matches!(c, '+' | '#') || (c == '-' && word.len() < 3));
    !opens && !closes
}

#[cfg(test)]
mod tests {
    use std::time::Instant;

    use crate::{
        occupation::within,
        reference::seed::{self, SKILLS},
    };

    /// The codes, those that are merely welcome with a question mark.
    fn read(text: &str) -> Vec<String> {
        let mark = |must| if must { "" } else { "?" };
        SKILLS.read(text).into_iter().map(|n| format!("{}{}", n.code, mark(n.must))).collect()
    }

    #[test]
    fn skills_of_all_trades_are_found() {
        assert_eq!(
            read("会氩弧焊、二保焊，持特种作业操作证（焊接）"),
            ["co2_welding", "licence_welding", "tig_welding"]
        );
        assert_eq!(read("需持叉车证"), ["licence_forklift"]);
        assert_eq!(read("精通Ｃ＋＋、Java和MySQL"), ["cpp", "java", "mysql"]);
        assert_eq!(read("有护士执业证书"), ["licence_nurse"]);
        assert_eq!(read("持C1驾照，会做川菜"), ["cuisine_sichuan", "licence_c1"]);
    }

    #[test]
    fn what_is_merely_welcome_is_no_must() {
        assert_eq!(read("熟练使用Excel。有健康证者优先"), ["excel", "licence_health?"]);
        assert_eq!(read("Excel优先；必须熟练使用Excel"), ["excel"]);
        assert_eq!(read("Python required\nSQL is a plus"), ["python", "sql?"]);
    }

    #[test]
    fn a_latin_word_inside_another_is_not_a_skill() {
        assert!(
            read("good organ, category, vitamin-c, goal, rust-free")
                .iter()
                .all(|c| c != "go" && c != "c")
        );
        assert_eq!(read("熟悉C、Go语言"), ["c", "go"]);
        assert_eq!(read("javascript"), ["javascript"]);
    }

    #[test]
    fn a_text_without_skills_asks_for_none() {
        assert!(read("").is_empty());
        assert!(read("吃苦耐劳，服从安排，包吃住").is_empty());
    }

    #[test]
    fn every_skill_is_complete_and_found_by_its_names() {
        let (skills, occupations) = (seed::skills(), seed::occupations());
        assert!(skills.len() >= 450, "{}", skills.len());
        for skill in &skills {
            assert!(read(&skill.name_zh).contains(&skill.code), "{}", skill.name_zh);
            let known = occupations.iter().any(|o| within(&skill.occupation, &o.code));
            assert!(skill.occupation.is_empty() || known, "{}", skill.code);
            assert!(!skill.name_en.is_empty(), "{}", skill.code);
        }
    }

    #[test]
    #[ignore = "a measurement: run it with --release"]
    fn reading_is_fast() {
        let text =
            "岗位职责：负责设备的日常维护，熟练使用Excel和PLC编程，持低压电工证者优先。".repeat(20);
        let start = Instant::now();
        let found: usize = (0..1_000).map(|_| SKILLS.read(&text).len()).sum();
        let microseconds = start.elapsed().as_micros();
        println!("{found} skills, {} B/µs", text.len() as u128 * 1_000 / microseconds);
    }
}
