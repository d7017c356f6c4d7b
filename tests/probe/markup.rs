//! A page as a browser reads it, and what on it somebody may have slipped in.

/// A tag of a page; a closing one has a slash before its name. `text` is what stands behind it.
pub(crate) struct Element {
    pub name: String,
    pub attributes: Vec<(String, String)>,
    pub text: String,
}

impl Element {
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}

/// What a browser reads as text until the closing tag of this name.
const RAW: [&str; 4] = ["script", "style", "textarea", "title"];

/// Every tag in the order of the page.
pub(crate) fn elements(html: &str) -> Vec<Element> {
    let mut all: Vec<Element> = vec![];
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        let (before, tag) = rest.split_at(at);
        if let Some(last) = all.last_mut() {
            last.text.push_str(before);
        }
        if let Some(comment) = tag.strip_prefix("<!--") {
            rest = comment.split_once("-->").map_or("", |(_, rest)| rest);
            continue;
        }
        let behind = tag.strip_prefix('<').unwrap_or(tag);
        let named = behind.trim_start_matches('/').starts_with(|c: char| c.is_ascii_alphabetic());
        if !named {
            let (sign, behind) = tag.split_at(1);
            match all.last_mut() {
                Some(last) if !tag.starts_with("<!") => last.text.push_str(sign),
                _ => {}
            }
            rest = behind;
            continue;
        }
        let (element, behind) = tag_of(behind);
        rest = behind;
        let raw = RAW.contains(&element.name.as_str());
        all.push(element);
        if raw {
            rest = raw_text(&mut all, rest);
        }
    }
    for one in &mut all {
        one.text = decoded(&one.text);
    }
    all
}

/// Takes what stands until the closing tag, whatever it looks like.
fn raw_text<'h>(all: &mut [Element], rest: &'h str) -> &'h str {
    let Some(last) = all.last_mut() else { return rest };
    let end = format!("</{}", last.name);
    let at = rest.to_ascii_lowercase().find(&end).unwrap_or(rest.len());
    let (text, behind) = rest.split_at(at);
    last.text.push_str(text);
    behind
}

/// A tag without its first sign, and what follows it.
fn tag_of(tag: &str) -> (Element, &str) {
    let ends = |c: char| c.is_ascii_whitespace() || c == '>';
    let at = tag.find(|c| ends(c) || c == '/' && !tag.starts_with('/')).unwrap_or(tag.len());
    let (name, mut rest) = tag.split_at(at);
    let mut attributes = vec![];
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == '/');
        if rest.is_empty() {
            break;
        }
        if let Some(behind) = rest.strip_prefix('>') {
            rest = behind;
            break;
        }
        let at = rest.find(|c| ends(c) || c == '=' || c == '/').unwrap_or(rest.len()).max(1);
        let at = (at..=rest.len()).find(|at| rest.is_char_boundary(*at)).unwrap();
        let (attribute, behind) = rest.split_at(at);
        let (value, behind) = value_of(behind);
        attributes.push((attribute.to_ascii_lowercase(), decoded(value)));
        rest = behind;
    }
    (Element { name: name.to_ascii_lowercase(), attributes, text: String::new() }, rest)
}

fn value_of(rest: &str) -> (&str, &str) {
    let Some(value) = rest.trim_start().strip_prefix('=') else { return ("", rest) };
    let value = value.trim_start();
    for quote in ['"', '\''] {
        if let Some(value) = value.strip_prefix(quote) {
            return value.split_once(quote).unwrap_or((value, ""));
        }
    }
    let ends = |c: char| c.is_ascii_whitespace() || c == '>';
    value.split_at(value.find(ends).unwrap_or(value.len()))
}

/// With the signs that are written as entities.
fn decoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut parts = text.split('&');
    out.push_str(parts.next().unwrap_or_default());
    for part in parts {
        let known = part.split_once(';').and_then(|(name, rest)| Some((entity(name)?, rest)));
        let (sign, rest) = known.unwrap_or(('&', part));
        out.push(sign);
        out.push_str(rest);
    }
    out
}

fn entity(name: &str) -> Option<char> {
    Some(match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => '\u{a0}',
        name => {
            let number = name.strip_prefix('#')?;
            let hex = number.strip_prefix(['x', 'X']).map(|hex| u32::from_str_radix(hex, 16));
            char::from_u32(hex.unwrap_or_else(|| number.parse()).ok()?)?
        }
    })
}

/// The attributes that lead somewhere.
const LEADS: [&str; 6] = ["href", "src", "action", "formaction", "data", "poster"];
/// What makes text run the other way, or hides how far it does.
const TURNS: [char; 9] = [
    '\u{202a}', '\u{202b}', '\u{202c}', '\u{202d}', '\u{202e}', '\u{2066}', '\u{2067}', '\u{2068}',
    '\u{2069}',
];

/// Everything on a page that would run, lead away or deceive; each as a line.
pub(crate) fn harms(html: &str) -> Vec<String> {
    let mut found = vec![];
    for one in elements(html) {
        let mut say = |what: &str| found.push(format!("<{}> {what}", one.name));
        if one.name.contains("jqx") || one.name == "/jqx" {
            say("was typed");
        }
        if matches!(one.name.as_str(), "style" | "iframe" | "object" | "embed" | "base") {
            say("is no part of our pages");
        }
        if one.name == "script" && one.get("src").is_none() {
            let data = one.get("type") == Some("application/ld+json");
            let read = serde_json::from_str::<serde_json::Value>(&one.text).is_ok();
            if !data || !read {
                say(&format!("in the page itself: {}", start(&one.text)));
            }
        }
        for (name, value) in &one.attributes {
            if name.starts_with("on") || name.contains("jqx") || name == "style" {
                say(&format!("has {name}"));
            }
            if LEADS.contains(&name.as_str()) && leads_away(value) {
                say(&format!("leads to {}", start(value)));
            }
        }
    }
    if html.contains(TURNS) || html.contains('\0') {
        let at = html.find(TURNS).or(html.find('\0')).unwrap_or_default();
        let near: String = html.split_at(at).0.chars().rev().take(40).collect();
        let near: String = near.chars().rev().collect();
        found.push(format!("a sign that turns or ends the text behind {near:?}"));
    }
    if html.contains("60481729") {
        found.push("what was typed was worked out".into());
    }
    found
}

/// A script as an address, or another site that somebody typed.
fn leads_away(value: &str) -> bool {
    let plain: String = value.chars().filter(|c| !c.is_control() && *c != ' ').collect();
    let plain = plain.to_ascii_lowercase();
    let script =
        ["javascript:", "vbscript:", "data:text"].iter().any(|sign| plain.starts_with(sign));
    let other = ["//", "/\\", "\\"].iter().any(|sign| plain.starts_with(sign));
    script || other || plain.starts_with("http") && plain.contains("evil.example")
}

fn start(text: &str) -> String {
    text.chars().take(60).collect()
}

#[test]
fn what_is_slipped_into_a_page_is_found_and_what_is_escaped_is_not() {
    let harmful = [
        "<p><jqx a=1></p>",
        "<p title=\"a\" onjqx='1'>",
        "<input value=\"\"'><jqx>\">",
        "<p onclick=x>",
        "<a href=\" java\tscript:jqx()\">",
        "<a href='//evil.example/'>",
        "<form action=\"/\\evil.example\">",
        "<a href=https://evil.example>",
        "<script>jqx()</script>",
        "<script type=\"application/ld+json\">{\"a\":\"</script><jqx>\"}</script>",
        "<textarea></textarea><jqx></textarea>",
        "<p style=\"x\">",
        "<p>\u{202e}txet</p>",
        "<p>\0</p>",
        "<p>60481729</p>",
        "<P/onjqx=1>",
    ];
    for page in harmful {
        assert!(!harms(page).is_empty(), "{page}");
    }
    let harmless = [
        "<p title=\"&quot; onjqx=1\">&lt;jqx&gt; a < b &#60;script&#62;</p>",
        "<textarea><jqx onjqx=1></textarea>",
        "<script src=\"/static/1/app.js\" type=module></script>",
        "<script type=\"application/ld+json\">{\"a\":\"\\u003c/script>\"}</script>",
        "<!-- <jqx> --><a href=\"/vacancies?q=//evil.example\">x</a>",
        "<img src=\"data:image/png;base64,x\">",
    ];
    for page in harmless {
        assert_eq!(harms(page), Vec::<String>::new(), "{page}");
    }
}
