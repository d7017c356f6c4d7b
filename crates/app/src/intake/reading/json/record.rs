//! One record: its keys in the order in which they stand, with what is nested inside made flat.

use std::{fmt, io};

use serde::{
    Deserialize, Deserializer,
    de::{DeserializeSeed, Error, MapAccess, SeqAccess, Visitor},
};
use serde_json::Value;

/// `{"employer": {"name": …}}` becomes the column `employer.name`, so many levels deep.
const LEVELS: usize = 3;

/// A JSON object. Keys of schema.org stay whole, all others are flat.
pub(super) struct Record {
    pub(super) fields: Vec<(String, Value)>,
}

impl Record {
    /// Is this a description by schema.org, or around one?
    pub(super) fn is_linked(&self) -> bool {
        self.fields.iter().any(|(key, _)| matches!(key.as_str(), "@type" | "@graph" | "@context"))
    }

    /// The `JobPosting` objects in it, at any depth at which lists hold them.
    pub(super) fn postings(self) -> Vec<Value> {
        let mut found = Vec::new();
        collect(Value::Object(self.fields.into_iter().collect()), &mut found);
        found
    }

    /// The records inside, where this one is only the envelope of an array of them.
    pub(super) fn unwrapped(mut self) -> Vec<Self> {
        let holds_records = |v: &Value| {
            v.as_array().is_some_and(|a| !a.is_empty() && a.iter().all(Value::is_object))
        };
        let lists = self.fields.iter().filter(|(_, v)| holds_records(v)).count();
        let inner = self.fields.iter_mut().find(|(_, v)| holds_records(v));
        match inner {
            Some((_, Value::Array(records))) if lists == 1 => std::mem::take(records)
                .into_iter()
                .filter_map(|r| serde_json::from_value(r).ok())
                .collect(),
            _ => vec![self],
        }
    }
}

fn collect(value: Value, found: &mut Vec<Value>) {
    match value {
        Value::Array(items) => items.into_iter().for_each(|item| collect(item, found)),
        Value::Object(mut fields) => {
            if fields.get("@type").is_some_and(is_posting) {
                found.push(Value::Object(fields));
                return;
            }
            for list in ["@graph", "itemListElement", "item", "mainEntity"] {
                if let Some(inner) = fields.remove(list) {
                    collect(inner, found);
                }
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

fn is_posting(kind: &Value) -> bool {
    match kind {
        Value::String(name) => name.rsplit(['/', ':']).next() == Some("JobPosting"),
        Value::Array(names) => names.iter().any(is_posting),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Object(_) => false,
    }
}

/// What a cell shows of a value: a list as `a|b`.
pub(super) fn text(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(s) => s.clone(),
        Value::Array(items) if items.iter().all(|i| !i.is_array() && !i.is_object()) => {
            items.iter().map(text).collect::<Vec<_>>().join("|")
        }
        Value::Bool(_) | Value::Number(_) | Value::Array(_) | Value::Object(_) => value.to_string(),
    }
}

impl<'de> Deserialize<'de> for Record {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(Fields)
    }
}

struct Fields;

impl<'de> Visitor<'de> for Fields {
    type Value = Record;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Record, A::Error> {
        let mut record = Record { fields: Vec::new() };
        while let Some((key, value)) = map.next_entry::<String, Value>()? {
            record.fields.push((key, value));
        }
        if record.is_linked() {
            return Ok(record);
        }
        let mut flat = Vec::with_capacity(record.fields.len());
        for (key, value) in record.fields {
            flatten(key, value, LEVELS, &mut flat);
        }
        Ok(Record { fields: flat })
    }
}

fn flatten(key: String, value: Value, levels: usize, flat: &mut Vec<(String, Value)>) {
    match value {
        Value::Object(fields) if levels > 0 => {
            for (inner, value) in fields {
                flatten(format!("{key}.{inner}"), value, levels - 1, flat);
            }
        }
        value @ (Value::Null
        | Value::Bool(_)
        | Value::Number(_)
        | Value::String(_)
        | Value::Array(_)
        | Value::Object(_)) => flat.push((key, value)),
    }
}

/// Hands every record of an array to `each` as it is read, until that says `false`.
pub(super) fn each<R: io::Read>(
    parser: &mut serde_json::Deserializer<serde_json::de::IoRead<R>>,
    each: &mut dyn FnMut(Record) -> bool,
) -> serde_json::Result<()> {
    Each(each).deserialize(parser)
}

struct Each<'a>(&'a mut dyn FnMut(Record) -> bool);

impl<'de> DeserializeSeed<'de> for Each<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for Each<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an array of objects")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<(), A::Error> {
        while let Some(record) = seq.next_element()? {
            if !(self.0)(record) {
                return Err(A::Error::custom("stopped"));
            }
        }
        Ok(())
    }
}
