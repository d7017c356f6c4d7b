//! The languages of the interface, and how a reader asks for one.

/// A language in which every sentence exists.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Lang {
    #[default]
    Zh,
    En,
}

impl Lang {
    pub const ALL: &[Self] = &[Self::Zh, Self::En];

    /// The language tag: folder of `web/locales`, `lang` attribute of a page.
    pub const fn tag(self) -> &'static str {
        match self {
            Self::Zh => "zh-CN",
            Self::En => "en",
        }
    }

    /// What stands in `?lang=` and in the cookie.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Zh => "zh",
            Self::En => "en",
        }
    }

    /// Between the words of a list.
    pub const fn comma(self) -> &'static str {
        match self {
            Self::Zh => "、",
            Self::En => ", ",
        }
    }

    /// The name of the language in itself, for the switch.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Zh => "中文",
            Self::En => "English",
        }
    }

    /// `zh`, `zh-CN`, `zh-Hant-TW`, `en_US`: the first part decides.
    pub fn parse(tag: &str) -> Option<Self> {
        let first = tag.trim().split(['-', '_']).next().unwrap_or_default();
        Self::ALL.iter().copied().find(|lang| first.eq_ignore_ascii_case(lang.code()))
    }

    /// The best of an `Accept-Language` header: the highest weight wins, the first of equals.
    pub fn accepted(header: &str) -> Option<Self> {
        let mut best: Option<(f32, Self)> = None;
        for part in header.split(',') {
            let mut fields = part.split(';');
            let Some(lang) = fields.next().and_then(Self::parse) else { continue };
            let weight = fields.find_map(|f| f.trim().strip_prefix("q="));
            let weight = weight.map_or(1.0, |q| q.trim().parse::<f32>().unwrap_or(0.0));
            if weight > best.map_or(0.0, |(w, _)| w) {
                best = Some((weight, lang));
            }
        }
        best.map(|(_, lang)| lang)
    }
}

/// The language of a text that somebody wrote: one Chinese character makes it Chinese.
pub fn written(text: &str) -> Lang {
    let han =
        |c: char| matches!(u32::from(c), 0x3400..=0x9FFF | 0xF900..=0xFAFF | 0x2_0000..=0x3_FFFF);
    if text.chars().any(han) { Lang::Zh } else { Lang::En }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_browser_is_given_what_it_likes_best() {
        let accepted = |h| Lang::accepted(h);
        assert_eq!(accepted("zh-CN,zh;q=0.9,en;q=0.8"), Some(Lang::Zh));
        assert_eq!(accepted("en-GB;q=0.9, zh-TW"), Some(Lang::Zh));
        assert_eq!(accepted("fr, en;q=0.3"), Some(Lang::En));
        assert_eq!(accepted("en;q=0, zh;q=0.1"), Some(Lang::Zh));
        assert_eq!(accepted("de, fr"), None);
        assert_eq!(accepted(",;;q=,\u{0}"), None);
    }

    #[test]
    fn one_chinese_character_makes_a_text_chinese() {
        assert_eq!(written("CNC 操作工"), Lang::Zh);
        assert_eq!(written("School nurse, part-time"), Lang::En);
    }

    #[test]
    fn a_tag_is_known_by_its_first_part() {
        assert_eq!(Lang::parse("EN_us"), Some(Lang::En));
        assert_eq!(Lang::parse("zh-Hant-HK"), Some(Lang::Zh));
        assert_eq!(Lang::parse("zhuang"), None);
    }
}
