//! Names, numbers and codes that cannot be anybody's. Each passes the checks that real ones pass.

use chrono::{Days, NaiveDate};
use model::{employer::credit_code::CreditCode, jobseeker::citizen_number::CitizenNumber};

use super::dice::Dice;

const FAMILY: &str =
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕巩蔺缑令狐";
const GIVEN: &str =
    "建国秀英芳伟娜敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂文辉玲红云飞鹏宁春梅海燕小龙晓雪彩霞永福";
const FIRM: [&str; 3] = [
    "禾砚云苇松岚麦棠槐渭陇杏露榆泉雁穗荞瓦桐星月",
    "溪砚苇川渡岭耘麓汀舟坞笺澍桥歌野岸塬畔谷",
    "青白金暖晴秋朗悦和宁安舒远明新丰初立同正",
];

fn character(dice: &mut Dice, of: &str) -> String {
    of.chars().nth(dice.below(of.chars().count())).map(String::from).unwrap_or_default()
}

/// A name as people have it, put together by chance.
pub(super) fn name(dice: &mut Dice) -> String {
    let mut name = character(dice, FAMILY);
    for _ in 0..=usize::from(dice.chance(780)) {
        name += &character(dice, GIVEN);
    }
    name
}

/// Three characters that no firm we know of is called by.
pub(crate) fn firm(dice: &mut Dice) -> String {
    FIRM.iter().map(|of| character(dice, of)).collect()
}

/// 154 is the one number range of 15x that is given to no mobile network.
pub(super) fn phone(dice: &mut Dice) -> String {
    format!("1540000{:04}", dice.below(10_000))
}

/// Region 990523 does not exist, so the number is nobody's; its check character is right.
pub(super) fn citizen_number(dice: &mut Dice, born: NaiveDate, today: NaiveDate) -> String {
    let body = format!("990523{}{:03}", born.format("%Y%m%d"), dice.below(1_000));
    let checks = "0123456789X".chars().map(|check| format!("{body}{check}"));
    checks.into_iter().find(|number| CitizenNumber::parse(number, today).is_ok()).unwrap_or(body)
}

/// A code whose body says that it is made up; its check character is right.
pub(crate) fn credit_code(n: usize) -> String {
    // GB 11714: the ninth character checks the eight before it
    const WEIGHTS: [usize; 8] = [3, 7, 9, 10, 5, 8, 4, 2];
    let body = format!("DEM{n:05}");
    let value = |c: char| c.to_digit(36).and_then(|v| usize::try_from(v).ok()).unwrap_or(0);
    let sum: usize = body.chars().zip(WEIGHTS).map(|(c, weight)| value(c) * weight).sum();
    let check = match 11 - sum % 11 {
        10 => "X".to_owned(),
        11 => "0".to_owned(),
        digit => digit.to_string(),
    };
    let code = format!("91990523{body}{check}");
    let checks = "0123456789ABCDEFGHJKLMNPQRTUWXY".chars().map(|check| format!("{code}{check}"));
    checks.into_iter().find(|whole| CreditCode::parse(whole).is_ok()).unwrap_or(code)
}

/// Somebody between two ages, both included.
pub(super) fn birthday(dice: &mut Dice, today: NaiveDate, youngest: i64, oldest: i64) -> NaiveDate {
    let days = dice.between(youngest * 366, oldest * 365);
    today.checked_sub_days(Days::new(days.unsigned_abs())).unwrap_or(today)
}

/// The same with a wrong check character: as it is copied wrongly.
pub(super) fn miscopied(number: &str) -> String {
    let mut chars: Vec<char> = number.chars().collect();
    if let Some(last) = chars.last_mut() {
        *last = if *last == '3' { '7' } else { '3' };
    }
    chars.into_iter().collect()
}

/// "１２３": as an input method in full width types it.
pub(super) fn full_width(text: &str) -> String {
    let wide = |c: char| match u32::from(c) {
        code @ 0x21..=0x7e => char::from_u32(code + 0xfee0).unwrap_or(c),
        _ => c,
    };
    text.chars().map(wide).collect()
}

/// "2026-11-02", "2026/11/2", "2026年11月2日", "20261102".
pub(super) fn day(dice: &mut Dice, day: NaiveDate) -> String {
    let format = match dice.below(10) {
        0 => "%Y/%-m/%-d",
        1 => "%Y年%-m月%-d日",
        2 => "%Y%m%d",
        _ => "%Y-%m-%d",
    };
    day.format(format).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn made_up_numbers_pass_the_checks_and_miscopied_ones_do_not() {
        let mut dice = Dice::new(1);
        let today = NaiveDate::from_ymd_opt(2026, 11, 22).unwrap();
        for n in 0..200 {
            assert!(CreditCode::parse(&credit_code(n)).is_ok());
            assert!(CreditCode::parse(&miscopied(&credit_code(n))).is_err());
            let born = birthday(&mut dice, today, 18, 62);
            let number = citizen_number(&mut dice, born, today);
            assert_eq!(CitizenNumber::parse(&number, today).unwrap().born_on(), born);
            assert!(CitizenNumber::parse(&miscopied(&number), today).is_err());
            assert!(CitizenNumber::parse(&full_width(&number), today).is_ok());
        }
    }
}
