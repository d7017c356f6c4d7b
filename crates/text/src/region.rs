//! Names of places. English has them in pinyin, with the kind of place in English.

use model::region::Region;

use crate::{Lang, t};

/// Endings of Chinese names that have a word of their own in English, longest first.
const KINDS: [(&str, &str); 9] = [
    ("自治县", "county"),
    ("自治旗", "banner"),
    ("街道", "subdistrict"),
    ("区", "district"),
    ("县", "county"),
    ("旗", "banner"),
    ("镇", "town"),
    ("乡", "township"),
    ("州", "prefecture"),
];

/// "秦州区", "Qinzhou District".
pub fn name(lang: Lang, region: &Region) -> String {
    match lang {
        Lang::Zh => region.name.clone(),
        Lang::En if region.pinyin.is_empty() => region.name.clone(),
        Lang::En => {
            let own = joined(&region.pinyin);
            let kind = KINDS.iter().find(|(ending, _)| region.name.ends_with(ending));
            match kind.filter(|_| region.level > 1) {
                Some((_, kind)) => t(lang, &format!("region.{kind}"), &[("name", own.into())]),
                None => own,
            }
        }
    }
}

/// "xi an" is "Xi’an": a syllable that begins with a vowel is set apart.
fn joined(pinyin: &str) -> String {
    let mut out = String::new();
    for syllable in pinyin.split_whitespace() {
        match syllable.chars().next() {
            Some(first) if out.is_empty() => {
                out.extend(first.to_uppercase());
                out.extend(syllable.chars().skip(1));
                continue;
            }
            Some('a' | 'e' | 'o') => out.push('’'),
            Some(_) | None => {}
        }
        out.push_str(syllable);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn region(level: i64, name: &str, pinyin: &str) -> Region {
        Region {
            code: "620502".into(),
            level,
            name: name.into(),
            parent: String::new(),
            pinyin: pinyin.into(),
            aliases: String::new(),
            longitude: None,
            latitude: None,
            valid_from: chrono::NaiveDate::default(),
            valid_to: None,
            successor: String::new(),
        }
    }

    #[test]
    fn a_place_has_a_name_that_can_be_read_aloud() {
        let english = |level, zh, pinyin| name(Lang::En, &region(level, zh, pinyin));
        assert_eq!(english(3, "秦州区", "qin zhou"), "Qinzhou District");
        assert_eq!(english(2, "西安市", "xi an"), "Xi’an");
        assert_eq!(english(1, "广西壮族自治区", "guang xi"), "Guangxi");
        assert_eq!(english(3, "张家川回族自治县", "zhang jia chuan"), "Zhangjiachuan County");
        assert_eq!(english(4, "无名", ""), "无名");
        assert_eq!(name(Lang::Zh, &region(3, "秦州区", "qin zhou")), "秦州区");
    }
}
