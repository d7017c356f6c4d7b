//! The document as a page: routes in groups, their parameters and answers, and the shapes.

use askama::Template;
use axum::{extract::Path, response::Html};
use serde_json::Value;

use super::document::{self, TAGS, is_office};
use crate::{
    error::Result,
    frame::{Frame, page},
};

#[derive(Template)]
#[template(path = "api/show.html")]
struct Show {
    frame: Frame,
    groups: Vec<Group>,
    shapes: Vec<Shape>,
}

struct Group {
    name: String,
    /// Open only at the machine itself.
    office: bool,
    routes: Vec<Route>,
}

struct Route {
    id: String,
    method: String,
    path: String,
    summary: String,
    text: String,
    parameters: Vec<Line>,
    answers: Vec<Line>,
    /// A call that can be tried.
    example: String,
}

/// A parameter, an answer or a field.
struct Line {
    name: String,
    kind: String,
    /// The shape it has, to link to.
    shape: String,
    needed: bool,
    text: String,
    example: String,
    values: Vec<String>,
}

/// A schema with its fields.
struct Shape {
    name: String,
    text: String,
    fields: Vec<Line>,
}

pub(super) async fn show(frame: Frame) -> Result<Html<String>> {
    let document = document::of(frame.lang);
    let groups = TAGS.map(|tag| Group::new(&frame, &document, tag));
    let groups = groups.into_iter().filter(|group| !group.routes.is_empty()).collect();
    let shapes = pairs(document.pointer("/components/schemas"));
    let shapes = shapes.map(|(name, schema)| Shape::new(name, schema)).collect();
    page(&Show { frame, groups, shapes })
}

#[derive(Template)]
#[template(path = "api/problem.html")]
struct Problem {
    frame: Frame,
    code: String,
    sentence: String,
    remedy: Option<String>,
}

/// What a kind of problem is: the page its `type` points to.
pub(super) async fn problem(frame: Frame, Path(code): Path<String>) -> Result<Html<String>> {
    let words = |key: &str| Some(blanks(&frame.t(key))).filter(|words| words != key);
    let general = words(&format!("{code}_api"));
    let Some(sentence) = general.or_else(|| words(&code)) else {
        return Err(app::Error::Absent("problem").into());
    };
    let remedy = words(&format!("{code}-remedy"));
    page(&Problem { frame, code, sentence, remedy })
}

/// A sentence with dots where a value of the occasion stands: "{$value}".
fn blanks(sentence: &str) -> String {
    let mut pieces = sentence.split("{$");
    let first = pieces.next().unwrap_or_default().to_owned();
    pieces
        .fold(first, |out, piece| out + "…" + piece.split_once('}').map_or(piece, |(_, rest)| rest))
}

fn pairs(value: Option<&Value>) -> impl Iterator<Item = (&String, &Value)> {
    value.and_then(Value::as_object).into_iter().flatten()
}

fn text(value: &Value, pointer: &str) -> String {
    value.pointer(pointer).and_then(Value::as_str).unwrap_or_default().to_owned()
}

impl Group {
    fn new(frame: &Frame, document: &Value, tag: &str) -> Self {
        let mut routes = Vec::new();
        for (path, item) in pairs(document.get("paths")) {
            let operations = pairs(Some(item)).filter(|(_, o)| text(o, "/tags/0") == tag);
            routes.extend(operations.map(|(method, o)| Route::new(path, method, o)));
        }
        Self { name: frame.t(&format!("api.tag-{tag}")), office: is_office(tag), routes }
    }
}

impl Route {
    fn new(path: &str, method: &str, operation: &Value) -> Self {
        let all = operation.get("parameters").and_then(Value::as_array);
        let own = all.into_iter().flatten().filter(|p| p.get("name").is_some());
        let parameters: Vec<_> = own.map(Line::of_parameter).collect();
        let answers = pairs(operation.get("responses"));
        Self {
            id: text(operation, "/operationId"),
            method: method.to_uppercase(),
            example: example(path, method, &parameters),
            path: path.to_owned(),
            summary: text(operation, "/summary"),
            text: text(operation, "/description"),
            answers: answers.map(|(status, answer)| Line::of_answer(status, answer)).collect(),
            parameters,
        }
    }
}

/// An address with the examples of the first parameters in it.
fn example(path: &str, method: &str, parameters: &[Line]) -> String {
    if method != "get" || path.contains('{') {
        return String::new();
    }
    let said = parameters.iter().filter(|p| !p.example.is_empty()).take(2);
    let query: Vec<_> = said.map(|p| format!("{}={}", p.name, p.example)).collect();
    format!("{path}?{}", query.join("&"))
}

impl Line {
    fn of_parameter(parameter: &Value) -> Self {
        let schema = parameter.get("schema").unwrap_or(&Value::Null);
        let values = schema.get("enum").and_then(Value::as_array).into_iter().flatten();
        let example = match parameter.get("example") {
            Some(Value::String(text)) => text.clone(),
            Some(other) => other.to_string(),
            None => String::new(),
        };
        Self {
            name: text(parameter, "/name"),
            kind: kind(schema),
            shape: String::new(),
            needed: parameter.get("required").and_then(Value::as_bool).unwrap_or_default(),
            text: text(parameter, "/description"),
            example,
            values: values.filter_map(Value::as_str).map(str::to_owned).collect(),
        }
    }

    fn of_answer(status: &str, answer: &Value) -> Self {
        let content = pairs(answer.get("content")).next();
        let schema = content.and_then(|(_, content)| content.get("schema"));
        Self {
            name: status.to_owned(),
            kind: content.map(|(kind, _)| kind.clone()).unwrap_or_default(),
            shape: schema.map(shape).unwrap_or_default(),
            needed: false,
            text: text(answer, "/description"),
            example: String::new(),
            values: Vec::new(),
        }
    }

    fn of_field(name: &str, schema: &Value, needed: bool) -> Self {
        Self {
            name: name.to_owned(),
            kind: kind(schema),
            shape: shape(schema),
            needed,
            text: text(schema, "/description"),
            example: String::new(),
            values: Vec::new(),
        }
    }
}

/// "string", "integer, null", "array".
fn kind(schema: &Value) -> String {
    match schema.get("type") {
        Some(Value::String(kind)) => kind.clone(),
        Some(Value::Array(kinds)) => {
            kinds.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(", ")
        }
        _ => String::new(),
    }
}

/// The name of the schema that is referred to, at any depth.
fn shape(schema: &Value) -> String {
    let own = || schema.get("$ref").and_then(Value::as_str);
    let deeper = ["/items/$ref", "/additionalProperties/items/$ref", "/additionalProperties/$ref"];
    let deep = || deeper.iter().find_map(|p| schema.pointer(p)).and_then(Value::as_str);
    let reference = own().or_else(deep).unwrap_or_default();
    reference.rsplit('/').next().unwrap_or_default().to_owned()
}

impl Shape {
    fn new(name: &str, schema: &Value) -> Self {
        let parts = schema.get("allOf").and_then(Value::as_array);
        let whole = parts.map_or_else(|| vec![schema], |parts| parts.iter().collect());
        let mut fields = Vec::new();
        for part in whole {
            let required = part.get("required").and_then(Value::as_array);
            let needed = |name: &str| required.is_some_and(|r| r.iter().any(|n| n == name));
            let own = pairs(part.get("properties"));
            fields.extend(own.map(|(name, field)| Line::of_field(name, field, needed(name))));
            if !shape(part).is_empty() {
                fields.push(Line::of_field("…", part, true));
            }
        }
        Self { name: name.to_owned(), text: text(schema, "/description"), fields }
    }
}
