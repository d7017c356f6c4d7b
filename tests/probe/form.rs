//! The forms of a page, and what an ordinary person and an attacker type into them.

use super::markup::Element;
use crate::world::people::PASSWORD;

/// A form as it stands on a page.
#[derive(Clone, Debug)]
pub(crate) struct Form {
    pub action: String,
    pub posts: bool,
    pub multipart: bool,
    pub fields: Vec<Field>,
}

#[derive(Clone, Debug)]
pub(crate) struct Field {
    pub name: String,
    /// The type of an input; `textarea`, `select`, `button`.
    pub kind: String,
    pub value: String,
    pub choices: Vec<String>,
}

/// What is sent for a form: names and values.
pub(crate) type Sent = Vec<(String, String)>;

/// Every form of a page that lies at a path.
pub(crate) fn forms(path: &str, page: &[Element]) -> Vec<Form> {
    let mut all: Vec<Form> = vec![];
    let mut open = false;
    for one in page {
        match one.name.as_str() {
            "form" => {
                open = true;
                all.push(Form {
                    action: one.get("action").unwrap_or(path).to_owned(),
                    posts: one.get("method").is_some_and(|m| m.eq_ignore_ascii_case("post")),
                    multipart: one.get("enctype").is_some_and(|kind| kind.starts_with("multipart")),
                    fields: vec![],
                });
            }
            "/form" => open = false,
            _ if open => all.last_mut().into_iter().for_each(|form| form.take(one)),
            _ => {}
        }
    }
    all
}

impl Form {
    fn take(&mut self, one: &Element) {
        if one.name == "option" {
            if let Some(select) = self.fields.last_mut() {
                let value = one.get("value").unwrap_or(one.text.trim()).to_owned();
                if one.get("selected").is_some() {
                    select.value.clone_from(&value);
                }
                select.choices.push(value);
            }
            return;
        }
        let Some(name) = one.get("name").filter(|name| !name.is_empty()) else { return };
        let value = one.get("value").unwrap_or_default().to_owned();
        let kind = match one.name.as_str() {
            "input" => one.get("type").unwrap_or("text"),
            "textarea" | "select" | "button" => one.name.as_str(),
            _ => return,
        };
        let several = matches!(kind, "radio" | "button" | "checkbox");
        match self.fields.iter_mut().find(|field| field.name == name && several) {
            Some(known) => known.choices.push(value),
            None => self.fields.push(Field {
                name: name.to_owned(),
                kind: kind.to_owned(),
                choices: if several { vec![value.clone()] } else { vec![] },
                value: if kind == "textarea" { one.text.clone() } else { value },
            }),
        }
    }

    /// Which form this is, whatever it is about: its action without ids, and its fields.
    pub(crate) fn key(&self) -> String {
        let names: Vec<&str> = self.fields.iter().map(|field| field.name.as_str()).collect();
        format!("{} {}", super::walk::template(&self.action, "POST"), names.join(","))
    }

    /// What somebody types who means well, but for what stands behind free text: a tag, numbered from
    /// `number` on by the place of the field.
    pub(crate) fn usual(&self, number: usize) -> Sent {
        let fields = self.fields.iter().zip(number..);
        fields.map(|(field, number)| (field.name.clone(), field.usual(&tag(number)))).collect()
    }
}

impl Field {
    /// May anything be typed here?
    pub(crate) fn is_free(&self) -> bool {
        let typed = matches!(self.kind.as_str(), "text" | "textarea" | "search" | "email");
        typed && usual(&self.name).is_none()
    }

    fn usual(&self, extra: &str) -> String {
        match self.kind.as_str() {
            "hidden" => return self.value.clone(),
            "select" | "radio" | "button" | "checkbox" => {
                let chosen = self.choices.iter().find(|choice| !choice.is_empty());
                let kept = Some(&self.value).filter(|value| !value.is_empty());
                return kept.or(chosen).cloned().unwrap_or_default();
            }
            _ => {}
        }
        match usual(&self.name) {
            Some(value) => value.to_owned(),
            None => format!("{}{extra}", start(&self.name)),
        }
    }
}

/// What a field begins with where anything may be typed.
pub(super) fn start(name: &str) -> &'static str {
    match name {
        "title" | "post" => "电焊工",
        "duties" => "按图纸焊接钢结构",
        "employer" => "甲公司",
        "name" | "person" => "测试",
        _ => "甲",
    }
}

/// What is typed where only something of one sort is taken. The dates lie around the day of stories.
pub(super) fn usual(name: &str) -> Option<&'static str> {
    Some(match name {
        "place" | "wish_places" => "天水市秦州区",
        "wage" => "5000元/月",
        "number" => "11010519491231002X",
        "born_on" => "1949-12-31",
        "phone" => "13900139000",
        "education" => "初中",
        "experience" => "三年",
        "wish" => "电焊工",
        "maybe_places" => "深圳",
        "reach_km" => "20",
        "headcount" | "seats" | "each" | "hired" => "2",
        "started_on" | "signed_on" | "insured_on" | "ended_on" => "2026-11-22",
        "until" | "valid_to" | "agency_until" | "to" => "2027-11-21",
        "valid_from" | "day" | "from" | "expires_on" => "2026-12-01",
        "meets_at" => "2026-11-25T09:30",
        "login" => "probe.person",
        "password" | "old" => PASSWORD,
        "days" | "percent" => "30",
        "region" | "regions" => "620502",
        "value" => "4200",
        "begins" => "09:00",
        "ends" => "12:00",
        "length" => "15",
        "pause" => "5",
        "breaks" | "quotas" | "people" | "row" | "digits" | "code" | "credit_code" => "",
        _ => return None,
    })
}

/// An element that nobody has but whoever slipped it in.
pub(crate) fn tag(number: usize) -> String {
    format!("jqx{number}\"'><jqx onjqx=1>")
}

/// What an attacker types. Each holds `jqx` and a number, by which it is found again.
pub(crate) fn payloads(number: usize) -> Vec<String> {
    vec![
        format!("甲{}", tag(number)),
        format!("' onjqx='1' jqx{number}='"),
        format!("</script></textarea></title><jqx>jqx{number}<!--"),
        format!("javascript:jqx{number}()"),
        format!("=HYPERLINK(\"http://evil.example\",\"jqx{number}\")"),
        format!("甲{{{{7777*7777}}}}${{7777*7777}}<%= 7777*7777 %>jqx{number}"),
        format!("jqx{number}\u{202e}txet\u{2066}"),
        format!("jqx{number}\0<jqx>"),
        format!("//evil.example/jqx{number}"),
        format!("/\\evil.example/jqx{number}"),
    ]
}
