//! The number of a letter: office, year, running number of the office in that year. 介绍信编号

/// "003-2026-00012".
pub fn of(office: i64, year: i32, running: i64) -> String {
    format!("{office:03}-{year}-{running:05}")
}

/// A number as people type it: in full width, with dots or blanks, without the noughts in front.
/// `None`: it is none.
pub fn read(text: &str) -> Option<String> {
    let plain: String = text.trim().chars().map(narrow).collect();
    let mut parts = plain.split(['-', ' ', '.', '/']).filter(|part| !part.is_empty());
    let mut part = |most: usize| {
        let part = parts.next()?;
        let digits = part.len() <= most && part.bytes().all(|byte| byte.is_ascii_digit());
        if digits { part.parse::<i64>().ok() } else { None }
    };
    let (office, year, running) = (part(6)?, part(4)?, part(9)?);
    let year = i32::try_from(year).ok().filter(|year| (2000..3000).contains(year))?;
    parts.next().is_none().then(|| of(office, year, running))
}

fn narrow(c: char) -> char {
    match c {
        '０'..='９' => {
            char::from_u32(u32::from(c) - u32::from('０') + u32::from('0')).unwrap_or(c)
        }
        '－' | '—' | '–' | '〔' | '〕' | '号' => '-',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_read_as_people_type_it() {
        let number = of(3, 2026, 12);
        assert_eq!(number, "003-2026-00012");
        for typed in
            ["003-2026-00012", " 3-2026-12 ", "３－２０２６－１２", "3 2026 12", "3〔2026〕12号"]
        {
            assert_eq!(read(typed).as_deref(), Some(number.as_str()), "{typed}");
        }
        for other in
            ["", "13800138000", "3-26-12", "3-2026", "3-2026-12-1", "a-2026-1", "2026-11-22"]
        {
            assert_eq!(read(other), None, "{other}");
        }
    }
}
