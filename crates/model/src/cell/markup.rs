//! Descriptions copied out of pages: the text without tags and entities.

use std::borrow::Cow;

/// Tags end words or lines, entities become what they stand for; other text is left as it is.
pub(super) fn without(text: &str) -> Cow<'_, str> {
    let has_tag =
        text.match_indices('<').any(|(at, _)| tag(text.get(at..).unwrap_or_default()).is_some());
    if !has_tag && !text.contains('&') {
        return Cow::Borrowed(text);
    }
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(['<', '&']) {
        let (before, from) = rest.split_at(at);
        plain.push_str(before);
        if let Some((breaks, after)) = tag(from) {
            if breaks {
                plain.push('\n');
            }
            rest = after;
        } else if let Some((meant, after)) = entity(from) {
            plain.push(meant);
            rest = after;
        } else {
            let mut chars = from.chars();
            plain.extend(chars.next());
            rest = chars.as_str();
        }
    }
    plain.push_str(rest);
    Cow::Owned(plain)
}

/// A tag at the start of the text: whether it ends a line, and what follows it. `a < b` is none.
fn tag(text: &str) -> Option<(bool, &str)> {
    const LONGEST: usize = 2000;
    const BREAKS: &[&str] =
        &["br", "p", "div", "li", "ul", "ol", "tr", "h1", "h2", "h3", "h4", "h5", "h6"];
    let inner = text.strip_prefix('<')?;
    let named = inner.strip_prefix('/').unwrap_or(inner);
    if !named.starts_with(|c: char| c.is_ascii_alphabetic()) && !inner.starts_with("!--") {
        return None;
    }
    let end = inner.bytes().take(LONGEST).position(|b| b == b'>')?;
    let name = named.split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default();
    let breaks = BREAKS.iter().any(|b| name.eq_ignore_ascii_case(b));
    Some((breaks, inner.get(end + 1..)?))
}

fn entity(text: &str) -> Option<(char, &str)> {
    const NAMED: &[(&str, char)] = &[
        ("amp", '&'),
        ("lt", '<'),
        ("gt", '>'),
        ("quot", '"'),
        ("apos", '\''),
        ("nbsp", ' '),
        ("middot", '·'),
        ("bull", '•'),
        ("ndash", '–'),
        ("mdash", '—'),
        ("hellip", '…'),
        ("lsquo", '‘'),
        ("rsquo", '’'),
        ("ldquo", '“'),
        ("rdquo", '”'),
        ("emsp", ' '),
        ("ensp", ' '),
    ];
    let (name, rest) =
        text.strip_prefix('&')?.split_once(';').filter(|(name, _)| name.len() <= 8)?;
    let number = name.strip_prefix('#').and_then(|n| match n.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16).ok(),
        None => n.parse().ok(),
    });
    let named = NAMED.iter().find(|(n, _)| *n == name).map(|(_, c)| *c);
    number.and_then(char::from_u32).or(named).map(|c| (c, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_markup_goes() {
        for (written, plain) in [
            ("<p class=\"x\">一</p><br/>二", "\n一\n\n二"),
            ("a&nbsp;b &amp; c &#20013; &#x4e2d;", "a b & c 中 中"),
            ("3 < 5, R&D; &x", "3 < 5, R&D; &x"),
            ("<b>急</b>招", "急招"),
            ("工资<3000", "工资<3000"),
            ("<b 没有结束", "<b 没有结束"),
        ] {
            assert_eq!(without(written), plain, "{written}");
        }
    }
}
