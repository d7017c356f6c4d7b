//! Everything that is kept of one person, table by table: for the person, and for an office that hands it
//! over at the counter.

use model::{
    Id,
    access::Actor,
    inventory::{Class, Table},
    jobseeker::Jobseeker,
    subscription::Subscription,
};
use serde_json::{Map, Value, json};

use crate::{App, Error, Result};

/// The rows of one table that are about the person.
pub struct Section {
    pub table: &'static Table,
    /// By the names of the columns; what is sealed stands opened, what opens something is left out.
    pub rows: Vec<Map<String, Value>>,
}

/// Reads everything, opened. A look of its own: see `web::look`.
pub async fn everything(app: &App, actor: &Actor, id: Id<Jobseeker>) -> Result<Vec<Section>> {
    actor.may("jobseeker.data").map_err(Error::Forbidden)?;
    let mut r = app.db().read().await?;
    store::jobseeker::find(&mut r, &actor.scope(), id).await?;
    let sealed = store::jobseeker::identity(&mut r, &actor.scope(), id).await?;
    let known = store::backup::tables(&mut r).await?;
    let mut sections = vec![];
    for table in store::inventory::tables().iter().filter(|table| table.personal()) {
        let Some(kinds) = known.iter().find(|one| one.name == table.name) else { continue };
        let rows = store::erasure::rows_of(&mut r, table, (kinds, id.uuid())).await?;
        let names: Vec<&str> = kinds.columns.iter().map(|column| column.name.as_str()).collect();
        let rows: Vec<_> = rows.into_iter().map(|row| told(table, &names, row)).collect();
        if !rows.is_empty() {
            sections.push(Section { table, rows });
        }
    }
    let searches = crate::subscription::ever(app, &mut r, &actor.scope(), id).await?;
    drop(r);
    let identity = crate::jobseeker::unseal(app, id, &sealed).await?;
    let identity = serde_json::to_value(&identity).map_err(Error::broken)?;
    let own = sections.iter_mut().find(|section| section.table.name == "jobseeker");
    if let (Some(row), Value::Object(identity)) =
        (own.and_then(|one| one.rows.first_mut()), identity)
    {
        // what stood beside the sealed part before it was sealed stands there still
        let said = |name: &str, value: &Value| *value != "" || !row.contains_key(name);
        let sealed: Vec<_> = identity.into_iter().filter(|(name, v)| said(name, v)).collect();
        row.extend(sealed);
    }
    let kept = sections.iter_mut().find(|section| section.table.name == "subscription");
    for row in kept.map(|section| section.rows.as_mut_slice()).unwrap_or_default() {
        let own = |one: &&Subscription| row.get("id") == Some(&json!(one.id));
        if let Some(one) = searches.iter().find(own) {
            row.insert("name".into(), json!(one.name));
            row.insert("query".into(), json!(one.query));
        }
    }
    Ok(sections)
}

fn told(table: &Table, names: &[&str], row: Vec<Value>) -> Map<String, Value> {
    let shown = |name: &str| {
        let column = table.columns.iter().find(|column| column.name == name);
        column.is_some_and(|column| !matches!(column.class, Class::Identity | Class::Secret))
    };
    let cells = names.iter().zip(row).filter(|(name, _)| shown(name));
    cells.map(|(name, value)| ((*name).to_owned(), value)).collect()
}

/// The same for a machine.
pub fn document(app: &App, id: Id<Jobseeker>, sections: &[Section]) -> Value {
    let tables: Map<String, Value> = sections
        .iter()
        .map(|section| {
            let Section { table, rows } = section;
            let [zh, en] = &table.purpose;
            let told =
                json!({ "purpose": { "zh-CN": zh, "en": en }, "kept": table.kept, "rows": rows });
            (table.name.clone(), told)
        })
        .collect();
    json!({ "record": id, "made_at": app.now(), "tables": tables })
}
