//! One character in its plain form, whatever its width, case and script.

use std::sync::LazyLock;

/// The block of Chinese characters that have a plain form.
const FIRST: char = '\u{4e00}';
const LAST: char = '\u{9fff}';

/// For each character of the block the one that is written for it in simplified Chinese; 0: itself.
static PLAIN: LazyLock<Vec<u16>> = LazyLock::new(|| {
    let mut plain = vec![0; place(LAST) + 1];
    for row in include_str!("../../../../migrations/seed/traditional.csv").lines().skip(1) {
        let mut cells = row.split(',').filter_map(|cell| cell.chars().next());
        if let (Some(from), Some(to)) = (cells.next(), cells.next())
            && let Some(cell) = plain.get_mut(place(from))
        {
            *cell = u16::try_from(u32::from(to)).unwrap_or_default();
        }
    }
    plain
});

fn place(c: char) -> usize {
    (u32::from(c) as usize).wrapping_sub(u32::from(FIRST) as usize)
}

/// Full width, capitals and traditional characters are the same as plain ones. One character for
/// one, so that what is found can be marked in the text as it is written.
pub fn fold(c: char) -> char {
    match c {
        '\u{3000}' => ' ',
        '\u{ff01}'..='\u{ff5e}' => {
            let plain = char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c);
            plain.to_ascii_lowercase()
        }
        FIRST..=LAST => match PLAIN.get(place(c)) {
            Some(0) | None => c,
            Some(&plain) => char::from_u32(plain.into()).unwrap_or(c),
        },
        _ if c.is_ascii() => c.to_ascii_lowercase(),
        _ => c.to_lowercase().next().unwrap_or(c),
    }
}

pub fn folded(text: &str) -> String {
    text.chars().map(fold).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_writing_of_a_word_is_one_word() {
        for (written, plain) in [
            ("電焊工、養老護理員", "电焊工、养老护理员"),
            ("臺灣　傢具倉庫", "台湾 家具仓库"),
            ("ＰＬＣ程式設計／ＣＮＣ車床", "plc程式设计/cnc车床"),
            ("ÉCOLE Straße", "école straße"),
            ("著名 覆盖 幺妹", "著名 覆盖 幺妹"),
        ] {
            assert_eq!(folded(written), plain);
        }
    }

    #[test]
    fn what_is_folded_stays_as_it_is() {
        let all = (0x20..0x3_0000).filter_map(char::from_u32);
        let odd: String = all.filter(|&c| fold(fold(c)) != fold(c)).collect();
        assert_eq!(odd, "");
        assert!(PLAIN.iter().filter(|&&plain| plain != 0).count() > 2_500);
    }
}
