//! The OpenAPI document: what the code says of itself, with the words of the locales, the closed
//! lists of values, and the answers that every route can give.

use model::{
    access::Actor,
    application,
    education::Education,
    exposure::Order,
    intake::Noun,
    matching::Binding,
    relation,
    vacancy::{
        self, Benefit, Form,
        query::{Sort, VacancyQuery},
        suggestion,
    },
};
use serde_json::{Map, Value, json};
use text::{Lang, t};

use crate::{guard::ROUTES, pace::is_bounded};

/// Groups of routes, in the order of the page. People and files are the office's.
pub(super) const TAGS: [&str; 8] = [
    "vacancies",
    "reference",
    "applications",
    "matching",
    "intakes",
    "compliance",
    "inquiries",
    "sign-in",
];

/// Is the group open only at the machine itself?
pub(super) fn is_office(tag: &str) -> bool {
    matches!(tag, "applications" | "matching" | "intakes" | "compliance" | "inquiries")
}

/// The document in a language.
pub(super) fn of(lang: Lang) -> Value {
    let mut document = serde_json::to_value(super::described().into_openapi()).unwrap_or_default();
    let version = env!("CARGO_PKG_VERSION");
    put(&mut document, "info", "title", t(lang, "api.title", &[]).into());
    put(&mut document, "info", "description", t(lang, "api.about", &[]).into());
    put(&mut document, "info", "version", version.into());
    put(&mut document, "components", "parameters", json!({ "lang": language(lang) }));
    put(&mut document, "components", "securitySchemes", schemes(lang));
    let tag = |tag| json!({ "name": tag, "description": word(lang, &format!("tag-{tag}")) });
    if let Some(root) = document.as_object_mut() {
        root.insert("tags".into(), TAGS.map(tag).into());
    }
    let paths = document.get_mut("paths").and_then(Value::as_object_mut);
    for (path, item) in paths.into_iter().flatten() {
        for (method, operation) in item.as_object_mut().into_iter().flatten() {
            complete(operation, path, method, lang);
        }
    }
    document
}

fn put(value: &mut Value, within: &str, name: &str, what: Value) {
    if let Some(map) = value.get_mut(within).and_then(Value::as_object_mut) {
        map.insert(name.to_owned(), what);
    }
}

fn word(lang: Lang, key: &str) -> String {
    t(lang, &format!("api.{key}"), &[])
}

/// The same on every route.
fn language(lang: Lang) -> Value {
    let codes: Vec<_> = Lang::ALL.iter().map(|lang| lang.code()).collect();
    let schema = json!({ "type": "string", "enum": codes });
    let description = word(lang, "param-lang");
    json!({ "name": "lang", "in": "query", "description": description, "schema": schema })
}

/// How one says who one is: a program with a token, a browser with the cookie of its sign-in.
fn schemes(lang: Lang) -> Value {
    let (token, session) = (word(lang, "scheme-token"), word(lang, "scheme-session"));
    json!({
        "token": { "type": "http", "scheme": "bearer", "description": token },
        "session": { "type": "apiKey", "in": "cookie", "name": "session", "description": session },
    })
}

fn complete(operation: &mut Value, path: &str, method: &str, lang: Lang) {
    let text = |value: Option<&Value>| value.and_then(Value::as_str).unwrap_or_default().to_owned();
    let id = text(operation.get("operationId"));
    let Some(operation) = operation.as_object_mut() else { return };
    operation.insert("summary".into(), word(lang, &id).into());
    operation.insert("description".into(), word(lang, &format!("{id}_text")).into());
    let parameters = operation.entry("parameters").or_insert_with(|| json!([]));
    for parameter in parameters.as_array_mut().into_iter().flatten() {
        describe(parameter, path, lang);
    }
    if let Some(parameters) = parameters.as_array_mut() {
        parameters.push(json!({ "$ref": "#/components/parameters/lang" }));
    }
    if is_guarded(path, method) {
        operation.insert("security".into(), json!([{ "token": [] }, { "session": [] }]));
    }
    let responses = operation.entry("responses").or_insert_with(|| json!({}));
    let Some(responses) = responses.as_object_mut() else { return };
    for status in failures(path, method) {
        responses.insert(status.to_string(), json!({}));
    }
    for (status, response) in responses {
        answer(response, status, lang);
    }
}

fn describe(parameter: &mut Value, path: &str, lang: Lang) {
    let name = parameter.get("name").and_then(Value::as_str).unwrap_or_default().to_owned();
    let Some(parameter) = parameter.as_object_mut() else { return };
    parameter.insert("description".into(), word(lang, &format!("param-{name}")).into());
    let schema = parameter.get_mut("schema").and_then(Value::as_object_mut);
    if let (Some(schema), Value::Object(bounds)) = (schema, bounds(path, &name)) {
        if bounds.contains_key("anyOf") {
            schema.retain(|name, _| !["type", "format"].contains(&name.as_str()));
        }
        schema.extend(bounds);
    }
}

/// An empty value says nothing, as from a form.
fn or_empty(schema: &Value) -> Value {
    json!({ "anyOf": [schema, { "type": "string", "maxLength": 0 }] })
}

/// What a value must be besides its type, as the rules of the search have it.
fn bounds(path: &str, parameter: &str) -> Value {
    let list = |all: Vec<&str>| json!({ "type": "string", "enum": all });
    match parameter {
        "state" => list(states(path)),
        "which" => list(vec!["due", "overdue", "open", "ended"]),
        "binding" => list(Binding::codes()),
        "benefit" => {
            let one = Benefit::ALL.iter().map(|one| one.code()).collect::<Vec<_>>().join("|");
            json!({ "pattern": format!("^(({one})(,({one}))*)?$") })
        }
        "posted_since" => json!({ "pattern": "^([0-9]{1,4}|[0-9]{4}-[0-9]{2}-[0-9]{2})?$" }),
        "from" | "to" if path.ends_with("/inquiries") => {
            or_empty(&json!({ "type": "string", "format": "date" }))
        }
        "from" => json!({ "format": "int64", "maximum": u32::MAX }),
        "education" => list(Education::ALL.iter().map(|e| e.code()).collect()),
        "contract" => list(Form::ALL.iter().map(|form| form.code()).collect()),
        "order" => list(Order::ALL.iter().map(|order| order.code()).collect()),
        "sort" => list(Sort::ALL.iter().map(|sort| sort.code()).collect()),
        "kind" if path.ends_with("/suggest") => {
            list(suggestion::Kind::ALL.iter().map(|kind| kind.code()).collect())
        }
        "kind" => list(relation::Noun::ALL.iter().map(|noun| noun.code()).collect()),
        "noun" => list(Noun::ALL.iter().map(|noun| noun.code()).collect()),
        "limit" => json!({ "minimum": 1, "maximum": VacancyQuery::MOST }),
        "q" => json!({ "maxLength": VacancyQuery::LONGEST }),
        "parent" if path.ends_with("/occupations") => bounds(path, "occupation"),
        "region" | "parent" => json!({ "pattern": "^([1-9][0-9]{5}([0-9]{3}){0,2})?$" }),
        "occupation" => json!({ "pattern": "^([1-8](-[0-9]{2}){0,3})?$" }),
        "near" => {
            json!({ "pattern": "^(-?[0-9]{1,3}([.][0-9]{1,9})?,-?[0-9]{1,3}([.][0-9]{1,9})?)?$" })
        }
        "wage_min" | "experience" => or_empty(&json!({ "type": "number", "minimum": 0 })),
        "within_km" => or_empty(&json!({ "type": "number", "exclusiveMinimum": 0 })),
        _ => Value::Null,
    }
}

/// What a list may be asked for by state, which is more or less than the states.
fn states(path: &str) -> Vec<&'static str> {
    match path {
        "/api/v1/held" => vec!["submitted", "rejected"],
        "/api/v1/applications" => {
            let all = application::State::ALL.iter().map(|state| state.code());
            ["open", "overdue"].into_iter().chain(all).collect()
        }
        _ => vacancy::State::ALL.iter().map(|state| state.code()).collect(),
    }
}

/// Must one say who one is?
fn is_guarded(path: &str, method: &str) -> bool {
    let same =
        |(m, route, _): &&(&str, &str, &str)| m.eq_ignore_ascii_case(method) && *route == path;
    let row = ROUTES.iter().find(same).map(|(.., row)| *row);
    row.is_some_and(|row| Actor::public().may(row).is_err())
}

/// The failures a route can answer with besides those it names itself.
fn failures(path: &str, method: &str) -> Vec<u16> {
    // 401: a token that is none is refused everywhere
    let mut all = vec![400, 401, 500, 503];
    if path.contains('{') {
        all.push(404);
    }
    // 403 is also the answer to a form of another site
    if method == "post" || is_guarded(path, method) {
        all.push(403);
    }
    // what can be read may still be refused by a rule, and what is written may have been overtaken
    all.push(422);
    if method == "post" {
        all.extend([409, 413, 415]);
    } else if is_bounded(path) {
        all.push(429);
    }
    all
}

fn answer(response: &mut Value, status: &str, lang: Lang) {
    let Some(response) = response.as_object_mut() else { return };
    response.insert("description".into(), word(lang, &format!("status-{status}")).into());
    if status.starts_with(['4', '5']) {
        let schema = json!({ "$ref": "#/components/schemas/Problem" });
        let content =
            Map::from_iter([("application/problem+json".into(), json!({ "schema": schema }))]);
        response.insert("content".into(), content.into());
    }
}
