//! What a person types into one cell, folded to one form so that the rules need not know about
//! full-width digits, seven kinds of dash or 三至五. What was typed is kept by the caller.

pub mod day;
mod markup;
pub mod plain;

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization;

/// A text for a CSV file that no spreadsheet takes for a formula: behind an apostrophe where it begins
/// like one, also in full width or after spaces.
pub fn inert(text: &str) -> Cow<'_, str> {
    const RISKY: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\0', '＝', '＋', '－', '＠'];
    let begins = text.trim_start_matches([' ', '\u{a0}', '\u{3000}', '\u{feff}', '\n']);
    if text.starts_with(RISKY) || begins.starts_with(RISKY) {
        Cow::Owned(format!("'{text}"))
    } else {
        Cow::Borrowed(text)
    }
}

/// For comparing and reading, never for showing: half-width, lower case, blanks only between two
/// words of Latin letters or digits, every dash a single `-`, no thousands separators.
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    let mut blank = false;
    let mut take = |c: char| {
        if c.is_whitespace() || c.is_control() || is_invisible(c) {
            blank = true;
            return;
        }
        let c = if is_dash(c) { '-' } else { c };
        let last = folded.chars().next_back();
        let between_words =
            last.is_some_and(|l| l.is_ascii_alphanumeric()) && c.is_ascii_alphanumeric();
        if blank && between_words {
            folded.push(' ');
        }
        blank = false;
        if !(c == '-' && last == Some('-')) {
            folded.extend(c.to_lowercase());
        }
    };
    if text.is_ascii() {
        text.chars().for_each(&mut take);
    } else {
        text.nfkc().for_each(&mut take);
    }
    without_separators(folded)
}

/// [`fold`], and Chinese numerals as digits, and 至 or 到 between two numbers as a dash: 三至五年
/// gives `3-5年`, 一千五 gives `1500`.
pub fn figures(text: &str) -> String {
    let folded = fold(text);
    if folded.is_ascii() { folded } else { dashes_of_words(&numerals(&folded)) }
}

/// As it is kept and shown on one line: no blanks at the ends, single ones within.
pub fn line(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for word in text.split(|c: char| c.is_whitespace() || c.is_control() || is_invisible(c)) {
        if !word.is_empty() && !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    line
}

/// As it is kept and shown on several lines: no control characters, no empty lines, no markup.
pub fn body(text: &str) -> String {
    let plain = markup::without(text);
    let mut body = String::with_capacity(plain.len());
    for line in plain.lines().map(str::trim).filter(|l| !l.is_empty()) {
        if !body.is_empty() {
            body.push('\n');
        }
        body.extend(line.chars().filter(|c| !c.is_control() || *c == '\t'));
    }
    body
}

/// A whole number as a spreadsheet writes it: `12`, `12.0`, `１２`, `1,200`, 十二.
pub fn whole(text: &str) -> Option<i64> {
    let text = figures(text);
    let (digits, rest) = text.split_once('.').unwrap_or((&text, ""));
    let plain = rest.bytes().all(|b| b == b'0') && !digits.is_empty();
    if plain { digits.parse().ok() } else { None }
}

/// What stands for "nothing" in a file: an empty cell, a dash, `null`, `#N/A`, 无数据.
pub fn is_blank(text: &str) -> bool {
    const NOTHING: &[&str] = &[
        "null",
        "none",
        "nan",
        "n/a",
        "#n/a",
        "#na",
        "na",
        "nil",
        "undefined",
        "暂无",
        "无数据",
        "空",
    ];
    let trimmed = text.trim();
    trimmed.chars().all(|c| is_dash(c) || c.is_whitespace() || matches!(c, '.' | '/' | '。' | '\\'))
        || (trimmed.len() <= 9 && NOTHING.contains(&trimmed.to_lowercase().as_str()))
}

pub(crate) fn is_dash(c: char) -> bool {
    matches!(
        c,
        '-' | '~'
            | '‐'
            | '‑'
            | '‒'
            | '–'
            | '—'
            | '―'
            | '−'
            | '─'
            | '〜'
            | '～'
            | '﹣'
            | '－'
            | '∼'
            | '˜'
    )
}

/// Zero-width characters and the byte-order mark, which copying from a page leaves behind.
pub(crate) fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}' | '\u{feff}')
}

/// `12,000` is one number, `12,5` is two.
fn without_separators(text: String) -> String {
    if !text.contains(',') {
        return text;
    }
    let mut joined = String::with_capacity(text.len());
    for (i, part) in text.split(',').enumerate() {
        let digits = part.bytes().take_while(u8::is_ascii_digit).count();
        let after_digit = joined.ends_with(|c: char| c.is_ascii_digit());
        if i > 0 && !(after_digit && digits == 3) {
            joined.push(',');
        }
        joined.push_str(part);
    }
    joined
}

fn digit(c: char) -> Option<i64> {
    Some(match c {
        '〇' | '零' => 0,
        '一' | '壹' => 1,
        '二' | '两' | '贰' => 2,
        '三' | '叁' => 3,
        '四' | '肆' => 4,
        '五' | '伍' => 5,
        '六' | '陆' => 6,
        '七' | '柒' => 7,
        '八' | '捌' => 8,
        '九' | '玖' => 9,
        _ => return None,
    })
}

fn weight(c: char) -> Option<i64> {
    Some(match c {
        '十' | '拾' => 10,
        '百' | '佰' => 100,
        '千' | '仟' => 1000,
        '万' | '萬' => 10_000,
        _ => return None,
    })
}

/// Replaces runs of Chinese numerals. A run that follows a digit is a unit (`8千`) and stays.
fn numerals(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut run: Vec<char> = Vec::new();
    for c in text.chars().map(Some).chain([None]) {
        let starts = !run.is_empty() || !out.ends_with(|l: char| l.is_ascii_digit() || l == '-');
        let after_dash = out.ends_with('-');
        match c {
            Some(c) if digit(c).is_some() => run.push(c),
            Some(c)
                if weight(c).is_some()
                    && (!run.is_empty() || c == '十' && (starts || after_dash)) =>
            {
                run.push(c);
            }
            other => {
                spell(&run, &mut out);
                run.clear();
                out.extend(other);
            }
        }
    }
    out
}

fn spell(run: &[char], out: &mut String) {
    let digits: Vec<i64> = run.iter().filter_map(|c| digit(*c)).collect();
    match (run, digits.as_slice()) {
        ([], _) => {}
        // 三五千 is three to five thousand
        ([a, b, unit], [low, high]) if digit(*a).is_some() && digit(*b).is_some() && low < high => {
            out.extend([low.to_string(), "-".into(), high.to_string(), unit.to_string()]);
        }
        ([_, _], [low, high]) if 0 < *low && low < high => {
            out.extend([low.to_string(), "-".into(), high.to_string()]);
        }
        // 二〇二六 is a year: digit by digit
        _ if digits.len() == run.len() => digits.iter().for_each(|d| out.push_str(&d.to_string())),
        _ => out.push_str(&valued(run).to_string()),
    }
}

/// 一万二 is 12,000: a last digit without a weight counts in tenths of the weight before it.
fn valued(run: &[char]) -> i64 {
    let (mut total, mut section, mut current, mut last) = (0, 0, None, 1);
    for &c in run {
        if let Some(value) = digit(c) {
            if value == 0 {
                last = 10;
            }
            current = Some(value);
        } else if let Some(by) = weight(c) {
            if by == 10_000 {
                total = (total + section + current.unwrap_or(0)) * by;
                section = 0;
            } else {
                section += current.unwrap_or(1) * by;
            }
            (current, last) = (None, by);
        }
    }
    total + section + current.unwrap_or(0) * if last >= 100 { last / 10 } else { 1 }
}

fn dashes_of_words(text: &str) -> String {
    if !text.contains(['至', '到']) {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let number_before =
            out.ends_with(|l: char| l.is_ascii_digit() || "元千万k年月日号人".contains(l));
        let number_after = chars.peek().is_some_and(char::is_ascii_digit);
        out.push(if matches!(c, '至' | '到') && number_before && number_after { '-' } else { c });
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_of_a_csv_file_begins_like_a_formula() {
        let harmful = [
            "=1+1",
            "+1",
            "-2+3+cmd|' /C calc'!A0",
            "@SUM(1)",
            "\t=1",
            "\r=1",
            "\0=1",
            "＝1＋1",
            " =1",
            "\u{feff}=1",
            "\u{3000}@x",
            "\n=HYPERLINK(\"http://x\")",
        ];
        for text in harmful {
            assert_eq!(inert(text), format!("'{text}"));
        }
        for text in ["电焊工", "3-5", "a=b", "", "'=1"] {
            assert_eq!(inert(text), text);
        }
    }

    #[test]
    fn one_form_for_what_is_typed_in_many() {
        assert_eq!(fold("　８０００－１２０００　元／月 "), "8000-12000元/月");
        assert_eq!(fold("8K ~ 12K"), "8k-12k");
        assert_eq!(fold("12,000——15,000元"), "12000-15000元");
        assert_eq!(fold("High  School\u{a0}Diploma"), "high school diploma");
        assert_eq!(fold("\u{feff}本 科\u{200b}"), "本科");
        assert_eq!(fold("C,C++,1,200"), "c,c++,1200");
    }

    #[test]
    fn chinese_numerals_are_numbers() {
        for (written, meant) in [
            ("一千五", "1500"),
            ("三至五年", "3-5年"),
            ("十名", "10名"),
            ("二十五人", "25人"),
            ("八千到一万二", "8000-12000"),
            ("三五千", "3-5千"),
            ("一百零五", "105"),
            ("两千五百元", "2500元"),
            ("二〇二六年十二月", "2026年12月"),
            ("8千-1.2万", "8千-1.2万"),
            ("十五万", "150000"),
            ("到手五千", "到手5000"),
        ] {
            assert_eq!(figures(written), meant, "{written}");
        }
    }

    #[test]
    fn a_spreadsheets_whole_number() {
        assert_eq!(whole("１２"), Some(12));
        assert_eq!(whole("12.00"), Some(12));
        assert_eq!(whole("1,200"), Some(1200));
        assert_eq!(whole("12.5"), None);
        assert_eq!(whole("若干"), None);
        assert_eq!(whole(""), None);
    }

    #[test]
    fn nothing_has_many_spellings() {
        for nothing in ["", "  ", "-", "——", "#N/A", "null", "None", "/", ".", "暂无"] {
            assert!(is_blank(nothing), "{nothing}");
        }
        assert!(!is_blank("无") && !is_blank("0"));
    }

    #[test]
    fn what_is_kept_is_tidy() {
        assert_eq!(line(" 电焊工\t（急）\n"), "电焊工 （急）");
        assert_eq!(body("一、\r\n\r\n 二、\u{7}\n"), "一、\n二、");
    }
}
