//! Bodies for the operations of the OpenAPI document, with something in every field.

use serde_json::{Map, Value, json};

use super::form::{start, usual};

/// An operation that takes a body.
pub(crate) struct Operation {
    pub path: String,
    pub schema: Value,
    /// The answers that the document names.
    pub statuses: Vec<String>,
}

/// Every operation of the document that takes a body of JSON.
pub(crate) fn operations(document: &Value) -> Vec<Operation> {
    let mut all = vec![];
    for (path, item) in document["paths"].as_object().unwrap() {
        let schema = &item["post"]["requestBody"]["content"]["application/json"]["schema"];
        if !schema.is_null() {
            let named = item["post"]["responses"].as_object().into_iter().flatten();
            let statuses = named.map(|(status, _)| status.clone()).collect();
            all.push(Operation { path: path.clone(), schema: schema.clone(), statuses });
        }
    }
    all
}

/// What is put into a body: ids by the noun, and what stands behind the start of free text.
pub(crate) struct Filling<'a> {
    pub document: &'a Value,
    pub id: &'a dyn Fn(&str) -> String,
    pub extra: &'a str,
}

impl Filling<'_> {
    /// A body of a shape; `name` is the field it stands in.
    pub(crate) fn of(&self, schema: &Value, name: &str) -> Value {
        if let Some(reference) = schema["$ref"].as_str() {
            let shape = self.document.pointer(reference.trim_start_matches('#')).unwrap();
            return self.of(shape, name);
        }
        for several in ["oneOf", "anyOf", "allOf"] {
            let shapes = schema[several].as_array().into_iter().flatten();
            if let Some(shape) = shapes.into_iter().find(|shape| shape["type"] != "null") {
                return self.of(shape, name);
            }
        }
        if let Some(first) = schema["enum"].as_array().and_then(|all| all.first()) {
            return first.clone();
        }
        let kinds = match schema["type"].as_array() {
            Some(kinds) => kinds.as_slice(),
            None => std::slice::from_ref(&schema["type"]),
        };
        let kind = kinds.iter().filter_map(Value::as_str).find(|kind| *kind != "null");
        match kind {
            Some("integer" | "number") => schema.get("minimum").cloned().unwrap_or(json!(1)),
            Some("boolean") => json!(false),
            Some("array") => json!([self.of(&schema["items"], name.trim_end_matches('s'))]),
            Some("object") => self.object(schema),
            _ => self.text(schema, name),
        }
    }

    fn object(&self, schema: &Value) -> Value {
        let fields = schema["properties"].as_object().into_iter().flatten();
        Value::Object(fields.map(|(name, shape)| (name.clone(), self.of(shape, name))).collect())
    }

    fn text(&self, schema: &Value, name: &str) -> Value {
        match schema["format"].as_str() {
            Some("uuid") => json!((self.id)(name)),
            Some("date") => json!("2026-11-22"),
            Some("date-time") => json!("2026-11-22T00:30:00Z"),
            _ => json!(
                usual(name).map_or_else(|| format!("{}{}", start(name), self.extra), str::to_owned)
            ),
        }
    }
}

/// The same body with something else in one place after another: every text, and every list of texts.
pub(crate) fn variants(body: &Value, put: &str) -> Vec<Value> {
    match body {
        Value::String(_) => vec![json!(put)],
        Value::Array(items) => {
            let first = items.first().map(|one| variants(one, put)).unwrap_or_default();
            first.into_iter().map(|one| json!([one])).collect()
        }
        Value::Object(fields) => fields
            .iter()
            .flat_map(|(name, value)| {
                variants(value, put).into_iter().map(move |one| with(fields, name, one))
            })
            .collect(),
        Value::Null | Value::Bool(_) | Value::Number(_) => vec![],
    }
}

pub(crate) fn with(fields: &Map<String, Value>, name: &str, value: Value) -> Value {
    let mut fields = fields.clone();
    fields.insert(name.to_owned(), value);
    Value::Object(fields)
}
