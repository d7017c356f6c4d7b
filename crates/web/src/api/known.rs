//! What an operation is asked and does not know is refused: passed over, a wide answer would be taken
//! for a narrow one.

use std::{
    collections::{BTreeSet, HashMap},
    sync::LazyLock,
};

use axum::{
    extract::{MatchedPath, Query, Request},
    http::Method,
    middleware::Next,
    response::{IntoResponse, Response},
};
use model::Refusal;
use serde_json::Value;

use crate::error::Error;

/// The names that each operation knows in the question part of its address, by method and path.
static NAMES: LazyLock<HashMap<(String, String), BTreeSet<String>>> = LazyLock::new(names);

fn names() -> HashMap<(String, String), BTreeSet<String>> {
    let document = serde_json::to_value(super::described().into_openapi()).unwrap_or_default();
    let mut all = HashMap::new();
    for (path, item) in document.get("paths").and_then(Value::as_object).into_iter().flatten() {
        for (method, operation) in item.as_object().into_iter().flatten() {
            all.insert((method.to_uppercase(), path.clone()), of(operation));
        }
    }
    all
}

fn of(operation: &Value) -> BTreeSet<String> {
    let parameters = operation.get("parameters").and_then(Value::as_array);
    let asked = |one: &&Value| one.get("in").and_then(Value::as_str) == Some("query");
    let name = |one: &Value| one.get("name").and_then(Value::as_str).map(str::to_owned);
    parameters.into_iter().flatten().filter(asked).filter_map(name).collect()
}

pub(super) async fn refuse(request: Request, next: Next) -> Response {
    match unknown(&request) {
        Some(refusal) => Error::malformed(refusal).into_response(),
        None => next.run(request).await,
    }
}

fn unknown(request: &Request) -> Option<Refusal> {
    request.uri().query().filter(|query| !query.is_empty())?;
    let method =
        if *request.method() == Method::HEAD { &Method::GET } else { request.method() }.to_string();
    let path = request.extensions().get::<MatchedPath>()?.as_str().to_owned();
    let known = NAMES.get(&(method, path))?;
    // what cannot be read is told by whoever reads it
    let Query(asked) = Query::<Vec<(String, String)>>::try_from_uri(request.uri()).ok()?;
    let (name, _) = asked.into_iter().find(|(name, _)| !known.contains(name))?;
    let valid: Vec<_> = known.iter().map(String::as_str).chain(["lang"]).collect();
    let refusal = Refusal::new("search.parameter_unknown").arg("value", name);
    Some(refusal.arg("valid", valid.join(", ")))
}
