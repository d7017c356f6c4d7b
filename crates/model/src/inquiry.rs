//! What was looked for, and what was not found: counted by day, place and work, with no trace of
//! who asked. 搜索统计

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::Serialize;

/// Questions of one day that are the same.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, sqlx::FromRow)]
pub struct Inquiry {
    pub day: NaiveDate,
    /// Code of a region, to the county; or empty.
    pub region: String,
    /// Code of an occupation, or empty.
    pub occupation: String,
    /// The words, folded and cut; empty: none, or such as are not kept.
    pub words: String,
    /// How often it was asked.
    pub asked: i64,
    /// How often nothing was found.
    pub missed: i64,
}

/// Which inquiries somebody wants to see.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Span {
    /// The first and the last day.
    pub from: NaiveDate,
    pub to: NaiveDate,
    pub region: Option<crate::region::Code>,
    pub occupation: Option<String>,
}

/// The most days that are looked at together.
pub const LONGEST: i64 = 366;

/// Longer ones are told, not searched for.
const MOST_WORDS: usize = 8;
const MOST_CHARACTERS: usize = 32;

/// A number this long may be somebody's.
const DIGITS: usize = 5;

/// The names that nearly everybody has one of.
const SURNAMES: &str = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢\
    蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹\
    黎易常武乔贺赖龚文庞樊兰殷施陶洪翟安颜倪严牛温芦季俞章鲁葛伍韦申尤毕聂丛焦向柳邢路岳齐沿梅莫庄辛管祝\
    左涂谷祁时舒耿牟卜路詹关苗凌费纪靳盛童欧甄项曲成游阳裴席卫查屈鲍位覃霍翁隋植甘景薄单包司柏宁柯阮桂闵";

/// Endings of what people do and where: no name has them.
const ENDINGS: &str = "工员师手匠人班厂店车房岗部站场馆院校园队组业活术证险薪休宿餐";

/// The words of a question as they may be kept: none of them if there may be a name, a number or
/// an address among them. `words` are the text as it was cut; `known` are the words of the tables.
pub fn kept(text: &str, words: &[String], known: impl Fn(&str) -> bool) -> String {
    let many = words.len() > MOST_WORDS || text.chars().count() > MOST_CHARACTERS;
    if many || text.contains('@') || has_number(text) || !words.iter().all(|w| is_plain(w, &known))
    {
        return String::new();
    }
    words.join(" ")
}

/// Five digits or more, of any script, whatever stands between them but words.
fn has_number(text: &str) -> bool {
    let mut run = 0;
    for c in text.chars() {
        if is_digit(c) {
            run += 1;
        } else if c.is_alphabetic() {
            run = 0;
        }
        if run >= DIGITS {
            return true;
        }
    }
    false
}

fn is_digit(c: char) -> bool {
    c.is_numeric() || "〇零一二三四五六七八九壹贰叁肆伍陆柒捌玖两幺".contains(c)
}

/// Can it not be part of somebody's name?
fn is_plain(word: &str, known: &impl Fn(&str) -> bool) -> bool {
    let (mut chars, length) = (word.chars(), word.chars().count());
    let (Some(first), last) = (chars.next(), word.chars().next_back()) else { return true };
    if word.chars().all(|c| c.is_ascii_digit() || "+#.-".contains(c)) {
        return true;
    }
    let named = SURNAMES.contains(first) && length < 4;
    let ends = length > 1 && last.is_some_and(|last| ENDINGS.contains(last));
    let foreign = word.chars().any(|c| c.is_ascii_alphabetic() || u32::from(c) < 0x2e80);
    (!named && !foreign) || ends || known(word)
}

/// What a report says: all in all, and by what was asked. Sums of everything, also of what is not
/// listed by itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    pub asked: i64,
    pub missed: i64,
    /// Words that enough people asked for, most missed first.
    pub words: Vec<Sum<String>>,
    /// Region and occupation.
    pub places: Vec<Sum<(String, String)>>,
    pub days: Vec<Sum<NaiveDate>>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sum<T> {
    pub of: T,
    pub asked: i64,
    pub missed: i64,
}

impl Report {
    pub fn new(rows: &[Inquiry]) -> Self {
        let by_day = sums(rows, |row| Some(row.day));
        let mut places = sums(rows, |row| Some((row.region.clone(), row.occupation.clone())));
        let mut words = sums(rows, |row| Some(row.words.clone()).filter(|words| !words.is_empty()));
        places.retain(|sum| sum.missed > 0);
        words.retain(|sum| sum.missed > 0);
        places.sort_by_key(|sum| (-sum.missed, -sum.asked));
        words.sort_by_key(|sum| (-sum.missed, -sum.asked));
        let total = |of: fn(&Inquiry) -> i64| rows.iter().map(of).sum();
        Self {
            asked: total(|row| row.asked),
            missed: total(|row| row.missed),
            words,
            places,
            days: by_day,
        }
    }
}

fn sums<T: Ord>(rows: &[Inquiry], of: impl Fn(&Inquiry) -> Option<T>) -> Vec<Sum<T>> {
    let mut sums: BTreeMap<T, (i64, i64)> = BTreeMap::new();
    for row in rows {
        let Some(key) = of(row) else { continue };
        let (asked, missed) = sums.entry(key).or_default();
        *asked += row.asked;
        *missed += row.missed;
    }
    sums.into_iter().map(|(of, (asked, missed))| Sum { of, asked, missed }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keep(text: &str, words: &str) -> String {
        let words: Vec<String> = words.split_whitespace().map(str::to_owned).collect();
        kept(text, &words, |word| ["welder", "高级焊工", "金工", "包吃"].contains(&word))
    }

    #[test]
    fn words_for_work_are_kept() {
        for words in
            ["焊工", "双休 保洁", "不加班", "welder 夜班", "安检员", "金工", "包吃 住", "5g c1"]
        {
            let expected = if words.contains("c1") { "" } else { words };
            assert_eq!(keep(words, words), expected);
        }
        assert_eq!(keep("8000 电工", "8000 电工"), "8000 电工");
    }

    #[test]
    fn what_may_be_a_person_is_not_kept() {
        for (text, words) in [
            ("张伟", "张 伟"),
            ("王建国 焊工", "王建国 焊工"),
            ("欧阳", "欧阳"),
            ("john smith", "john smith"),
            ("wangjianguo", "wangjianguo"),
            ("焊工13800138000", "焊工 13800138000"),
            ("138 0013 8000", "138 0013 8000"),
            ("１３８-００１３", "138 0013"),
            ("一三八零零一三八", "一三八 零零 一三八"),
            ("62050219900101123X", "62050219900101123x"),
            ("me@example.cn", "me example.cn"),
            ("٠١٢٣٤٥", "٠١٢٣٤٥"),
        ] {
            assert_eq!(keep(text, words), "", "{text}");
        }
        let story = "我今年刚从学校毕业想在老家附近找一个能照顾家里老人的工作工资高低都可以商量";
        assert_eq!(keep(story, story), "");
    }

    #[test]
    fn a_report_adds_up() {
        let day = |d| NaiveDate::from_ymd_opt(2026, 11, d).unwrap();
        let row = |d, region: &str, words: &str, asked, missed| Inquiry {
            day: day(d),
            region: region.into(),
            occupation: "6-18-02-04".into(),
            words: words.into(),
            asked,
            missed,
        };
        let rows = [
            row(1, "620502", "焊工", 9, 0),
            row(1, "620502", "氩弧焊 夜班", 4, 4),
            row(2, "620503", "氩弧焊 夜班", 1, 1),
            row(2, "620502", "", 7, 6),
        ];
        let report = Report::new(&rows);
        assert_eq!((report.asked, report.missed), (21, 11));
        assert_eq!(report.words, [Sum { of: "氩弧焊 夜班".into(), asked: 5, missed: 5 }]);
        assert_eq!(
            report.places.first().map(|sum| (sum.of.0.as_str(), sum.missed)),
            Some(("620502", 10))
        );
        assert_eq!(report.days.iter().map(|sum| sum.missed).sum::<i64>(), 11);
    }
}
