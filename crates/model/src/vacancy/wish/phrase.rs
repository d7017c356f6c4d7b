//! Phrases that say a condition wherever they stand in a question. What they mean the readers of
//! cells know.

use std::{ops::Range, sync::LazyLock};

use aho_corasick::AhoCorasick;

use super::Wish;
use crate::{
    education::{Education, read},
    vacancy::{Benefit, read as words},
};

#[derive(Clone, Copy)]
enum Subject {
    Benefits,
    Form,
    Experience,
    Education,
}

/// Longer ones before those they begin with.
const PHRASES: &[(Subject, &[&str])] = &[
    (
        Subject::Benefits,
        &[
            "包吃包住",
            "包吃住",
            "包食宿",
            "管吃管住",
            "管吃住",
            "提供食宿",
            "免费食宿",
            "供吃住",
            "有吃有住",
            "吃住全包",
            "包吃",
            "管吃",
            "管饭",
            "包住",
            "管住",
            "提供住宿",
            "免费住宿",
            "有宿舍",
            "提供宿舍",
            "带宿舍",
            "包住宿",
            "六险一金",
            "六险二金",
            "五险一金",
            "五险二金",
            "五险",
            "缴社保",
            "交社保",
            "有社保",
            "买社保",
            "缴纳社保",
            "社保",
            "公积金",
            "周末双休",
            "双休",
            "周末休息",
            "做五休二",
            "年终奖",
            "年底双薪",
            "14薪",
            "13薪",
            "班车接送",
            "有班车",
            "厂车接送",
            "车补",
            "board and lodging",
            "lodging and meals",
            "with lodging",
            "lodging provided",
            "with accommodation",
            "accommodation provided",
            "housing provided",
            "meals provided",
            "free meals",
            "with meals",
        ],
    ),
    (
        Subject::Form,
        &[
            "兼职",
            "公益性岗位",
            "公益岗位",
            "公益岗",
            "实习生",
            "实习",
            "见习生",
            "见习",
            "暑假工",
            "寒假工",
            "季节工",
            "季节性",
            "临时工",
            "短期工",
            "日结工",
            "日结",
            "零工",
            "全职",
            "长期工",
            "part-time",
            "part time",
            "parttime",
            "full-time",
            "full time",
            "fulltime",
            "internships",
            "internship",
            "interns",
            "intern",
            "trainee",
            "apprenticeship",
            "temporary",
            "seasonal",
            "per diem",
        ],
    ),
    (
        Subject::Experience,
        &[
            "应届毕业生",
            "应届生",
            "应届",
            "无需工作经验",
            "无工作经验",
            "没有工作经验",
            "无需经验",
            "无经验要求",
            "不需要经验",
            "不要经验",
            "没有经验",
            "没经验",
            "无经验",
            "零经验",
            "经验不限",
            "不限经验",
            "小白",
            "新手",
            "no experience required",
            "no experience needed",
            "no experience",
            "entry-level",
            "entry level",
        ],
    ),
    (
        Subject::Education,
        &[
            "不限学历",
            "学历不限",
            "无学历要求",
            "无学历",
            "不要学历",
            "没学历",
            "博士学历",
            "博士毕业",
            "博士研究生",
            "硕士研究生",
            "硕士以上",
            "硕士学历",
            "硕士毕业",
            "研究生学历",
            "研究生毕业",
            "硕士及以上",
            "本科及以上",
            "本科以上",
            "本科学历",
            "本科毕业",
            "大学本科",
            "大学学历",
            "大学毕业",
            "本科生",
            "本科",
            "大专及以上",
            "大专以上",
            "大专学历",
            "大专毕业",
            "大专生",
            "大专",
            "专科学历",
            "高职学历",
            "高职毕业",
            "中专学历",
            "中专毕业",
            "中专以上",
            "中专",
            "中职学历",
            "中职毕业",
            "职高毕业",
            "技校毕业",
            "高中以上",
            "高中学历",
            "高中毕业",
            "高中文凭",
            "高中文化",
            "初中以上",
            "初中学历",
            "初中毕业",
            "初中文化",
            "小学学历",
            "小学毕业",
            "小学文化",
            "high school diploma",
            "high school graduate",
            "no high school",
            "associate degree",
            "associate's degree",
            "bachelor's degree",
            "bachelors degree",
            "bachelor degree",
            "college degree",
            "university degree",
            "master's degree",
            "masters degree",
            "master degree",
            "no degree required",
            "no degree",
        ],
    ),
];

/// All phrases with what they are about, and what finds them in one pass.
struct Finder {
    phrases: Vec<(Subject, &'static str)>,
    automaton: Option<AhoCorasick>,
}

static FINDER: LazyLock<Finder> = LazyLock::new(|| {
    let of_one = |(subject, list): &(Subject, &'static [&'static str])| {
        let subject = *subject;
        list.iter().map(move |phrase| (subject, *phrase))
    };
    let phrases: Vec<_> = PHRASES.iter().flat_map(of_one).collect();
    let automaton = AhoCorasick::new(phrases.iter().map(|(_, phrase)| phrase)).ok();
    Finder { phrases, automaton }
});

/// The earliest phrase, and of several there the longest.
pub(super) fn find(text: &str) -> Option<(Range<usize>, Wish)> {
    let all = FINDER.automaton.iter().flat_map(|phrases| phrases.find_overlapping_iter(text));
    let found = all.filter_map(|found| {
        let (subject, phrase) = *FINDER.phrases.get(found.pattern().as_usize())?;
        let wish = || wish(subject, phrase);
        Some((found.range(), stands(text, found.start(), phrase).then(wish)??))
    });
    let years = years(text);
    found.chain(years).min_by_key(|(range, _)| (range.start, std::cmp::Reverse(range.end)))
}

fn wish(subject: Subject, phrase: &str) -> Option<Wish> {
    match subject {
        Subject::Benefits if phrase.is_ascii() => {
            let meals = phrase.contains("meals") || phrase.contains("board");
            let beds = ["lodging", "accommodation", "housing"].iter().any(|w| phrase.contains(w));
            let said = [(meals, Benefit::Board), (beds, Benefit::Lodging)];
            let said = said.into_iter().filter(|(is, _)| *is).map(|(_, benefit)| benefit);
            Some(Wish::Benefits(said.collect()))
        }
        Subject::Benefits => Some(Wish::Benefits(words::benefits(phrase))),
        Subject::Form => words::form(phrase).map(Wish::Form),
        Subject::Experience => Some(Wish::Experience(0)),
        Subject::Education => {
            let said = read::text(phrase).and_then(|said| said.lowest);
            Some(Wish::Education(said.unwrap_or(Education::Primary)))
        }
    }
}

/// Words of letters stand alone; 社保专员, 新手妈妈 and 实习护士 are about something else.
fn stands(text: &str, at: usize, phrase: &str) -> bool {
    const SOMETHING_ELSE: [&str; 12] = [
        "专员",
        "客服",
        "会计",
        "专管员",
        "代理",
        "妈妈",
        "老师",
        "教师",
        "管理",
        "顾问",
        "计调",
        "系统",
    ];
    let (before, rest) = text.split_at(at);
    let after = rest.get(phrase.len()..).unwrap_or_default();
    let letter = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
    if phrase.is_ascii() {
        !letter(before.chars().next_back()) && !letter(after.chars().next())
    } else {
        !SOMETHING_ELSE.iter().any(|thing| after.starts_with(thing))
    }
}

/// `3年经验`, `5 years experience`: what the person has.
fn years(text: &str) -> Option<(Range<usize>, Wish)> {
    const MARKS: [&str; 10] = [
        "年以上工作经验",
        "年以上经验",
        "年工作经验",
        "年经验",
        " years of experience",
        " years experience",
        "+ years experience",
        " year experience",
        " yrs experience",
        "年工龄",
    ];
    MARKS.iter().find_map(|mark| {
        let at = text.find(mark)?;
        let digits = text.get(..at)?.bytes().rev().take_while(u8::is_ascii_digit).count();
        let years: i64 = text.get(at - digits..at)?.parse().ok()?;
        (years < 60).then(|| (at - digits..at + mark.len(), Wish::Experience(years * 12)))
    })
}
