//! Fields that nobody asked for: every operation and every form is sent what it does not have, and either
//! says that it does not know it, or leaves in the tables what it would have left without.

use std::collections::{BTreeMap, BTreeSet};

use axum::{body::Body, http::Method};
use serde_json::{Map, Value, json};
use web::guard::ROUTES;

use super::{
    attack::LEFT,
    form::{Form, Sent},
    json::operations,
    people,
    walk::{Walk, template},
};
use crate::{
    erasure::everything,
    world::{Answer, World},
};

/// Where a day, an id or a number of ours would be found again.
const DAY: &str = "1987-06-05T04:03:02Z";
const WHOSE: &str = "0198dead-beef-7000-8000-0123456789ab";
const MANY: &str = "9876543";
const WORD: &str = "jqmass";

/// What somebody would like to set: the place of a record, whose it is, how far it has got.
const EXTRAS: [(&str, &str); 34] = [
    ("id", WHOSE),
    ("version", MANY),
    ("state", "published"),
    ("status", "published"),
    ("verified", "true"),
    ("verified_by", WHOSE),
    ("valid_to", DAY),
    ("created_at", DAY),
    ("updated_at", DAY),
    ("hired", MANY),
    ("hired_on", DAY),
    ("applied", MANY),
    ("confirmed_on", DAY),
    ("office_id", WHOSE),
    ("organisation_id", WHOSE),
    ("employer_id", WHOSE),
    ("jobseeker_id", WHOSE),
    ("vacancy_id", WHOSE),
    ("account_id", WHOSE),
    ("membership_id", WHOSE),
    ("owner_id", WHOSE),
    ("actor", WORD),
    ("role", "system_administrator"),
    ("grants", "office"),
    ("is_admin", "true"),
    ("password_hash", WORD),
    ("seeking", "false"),
    ("source", WORD),
    ("source_key", WORD),
    ("number_index", WORD),
    ("phone_index", WORD),
    ("identity", WORD),
    ("answers_given", MANY),
    ("grade", "A"),
];

/// Forms that end a sign-in or an account, with nothing to fill in: what follows needs these.
const ENDS: [&str; 4] =
    ["/sign-out", "/account/logins/end", "/account/logins/{id}/end", "/accounts/{id}/dismiss"];

/// Tables that tell of themselves: who is signed in, what is on its way out, the log and its chain.
const GOINGS: [&str; 4] = ["login", "event", "event_chain", "notice_out"];

/// What came of it, by the kind of answer.
#[derive(Default)]
struct Found {
    refused: BTreeSet<String>,
    unread: BTreeSet<String>,
    aside: BTreeSet<String>,
    /// Neither with an extra nor without was anything done.
    idle: BTreeSet<String>,
    asked: usize,
    faults: Vec<String>,
}

/// The rows of the tables, and how many there are of each.
type Rows = BTreeMap<String, i64>;

async fn rows(world: &World) -> Rows {
    let mut all = Rows::new();
    for row in everything(world).await.lines() {
        *all.entry(row.to_owned()).or_default() += 1;
    }
    all
}

/// What came and what went, without what differs from one time to the next: digits, sealed bytes, and
/// whether what readers of events add was there yet.
fn change(before: &Rows, after: &Rows) -> Rows {
    let mut all = Rows::new();
    for row in before.keys().chain(after.keys()).collect::<BTreeSet<_>>() {
        let more = after.get(row).unwrap_or(&0) - before.get(row).unwrap_or(&0);
        if more != 0 {
            *all.entry(masked(row)).or_default() += more;
        }
    }
    all.retain(|_, more| *more != 0);
    all
}

fn masked(row: &str) -> String {
    let marked = [DAY, "1987-06-05", WHOSE, MANY, WORD].iter().any(|mark| row.contains(mark));
    let long = |part: &str| part.len() > 15 && part.chars().all(|c| c.is_ascii_hexdigit());
    let parts = row.split(['"', ',', '-', ' ']).map(|part| match part {
        part if long(part) => "*".to_owned(),
        part => part.chars().map(|c| if c.is_ascii_hexdigit() { '#' } else { c }).collect(),
    });
    let text = parts.collect::<Vec<_>>().join(" ").replace("null", "#");
    let mut text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    while text.contains("##") || text.contains("# #") {
        text = text.replace("##", "#").replace("# #", "#");
    }
    if marked { format!("{text} holds what was slipped in") } else { text }
}

/// Does the answer say which field it does not know?
fn refuses(answer: &Answer, name: &str) -> bool {
    let status = answer.status.as_u16();
    let text = String::from_utf8_lossy(&answer.body);
    let problem = answer.header("content-type").starts_with("application/problem");
    if problem {
        let said = answer.json();
        return status == 422 && said["code"] == "error.field_unknown" && said["field"] == name;
    }
    status == 422 && text.contains(&format!("“{name}”"))
}

fn typed(value: &str) -> Value {
    serde_json::from_str(value).unwrap_or_else(|_| json!(value))
}

/// The body with a field more in each of its objects in turn, those within others too.
fn with_more(body: &Value, name: &str, value: &Value) -> Vec<Value> {
    match body {
        Value::Object(fields) => {
            let mut all = vec![];
            if !fields.contains_key(name) {
                let mut more: Map<String, Value> = fields.clone();
                more.insert(name.to_owned(), value.clone());
                all.push(Value::Object(more));
            }
            for (key, inner) in fields {
                for one in with_more(inner, name, value) {
                    let mut more = fields.clone();
                    more.insert(key.clone(), one);
                    all.push(Value::Object(more));
                }
            }
            all
        }
        Value::Array(items) => {
            let first = items.first().map(|one| with_more(one, name, value)).unwrap_or_default();
            first.into_iter().map(|one| json!([one])).collect()
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => vec![],
    }
}

impl Walk<'_> {
    /// Every operation that takes JSON, with each extra in each object of its body.
    async fn operations_with_more(&self, document: &Value, found: &mut Found) {
        let before = rows(self.world).await;
        for operation in operations(document) {
            let (_, _, row) =
                ROUTES.iter().find(|(m, path, _)| *m == "POST" && *path == operation.path).unwrap();
            let who = (0..self.people.len()).rev().find(|who| self.may(*who, row)).unwrap_or(0);
            let known = self.paths(&operation.path).into_iter().next();
            let path = known.unwrap_or_else(|| nowhere(&operation.path));
            let mut body = self.body(document, &operation, 1);
            if let Some(kind) = body.get_mut("kind").filter(|_| path.ends_with("/relations")) {
                *kind = json!("skill");
            }
            let all = EXTRAS.iter().flat_map(|(name, value)| {
                with_more(&body, name, &typed(value)).into_iter().map(move |more| (*name, more))
            });
            for (name, more) in all {
                found.asked += 1;
                let asking = self.asks(who).with("content-type", "application/json");
                let answer = asking.send(Method::POST, &path, Body::from(more.to_string())).await;
                // weights and answers are lists of names with a value each
                let listed = more.get(name).is_none() && answer.status.as_u16() == 422;
                if !refuses(&answer, name) && !listed {
                    let (status, text) = (answer.status, String::from_utf8_lossy(&answer.body));
                    found.faults.push(format!("{path}: {status} {more:.200}: {text:.200}"));
                }
            }
            found.refused.insert(format!("{} JSON", operation.path));
        }
        let left = change(&before, &rows(self.world).await);
        if !left.is_empty() {
            found.faults.push(format!("what was refused left {left:?}"));
        }
    }

    async fn form_with(&self, who: usize, form: &Form, sent: &Sent) -> Answer {
        let pairs: Vec<(&str, &str)> =
            sent.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        let asking = self.asks(who).with("accept", "text/html");
        if form.multipart {
            let plain: Vec<_> = pairs.into_iter().filter(|(name, _)| *name != "file").collect();
            return asking.upload(&form.action, &plain, "a.csv", b"%PDF-1.7").await;
        }
        asking.form(&form.action, &pairs).await
    }

    /// One form: is each extra refused, or does the form do with it what it does without?
    async fn form_with_more(&mut self, key: &str, number: usize, found: &mut Found) {
        let (who, page, form) = self.forms[key].clone();
        let route = template(&form.action, "POST");
        if ENDS.contains(&route.as_str()) {
            return;
        }
        if form.fields.is_empty() {
            // a body of no kind that could be read: what answers all the same reads none
            let asking = self.asks(who).with("accept", "text/html");
            let strange = "application/octet-stream";
            let answer = asking.post(&form.action, strange, "state=published").await;
            found.asked += 1;
            if answer.status.as_u16() != 415 {
                found.unread.insert(format!("{route} {}", answer.status.as_u16()));
                return;
            }
        }
        let own = |name: &str| form.fields.iter().any(|field| field.name == name);
        let extras: Vec<_> = EXTRAS.iter().filter(|(name, _)| !own(name)).collect();
        let fresh = self.again(who, &page, &form).await;
        let mut taken = false;
        for (name, value) in &extras {
            let mut sent = fresh.usual(number);
            sent.push(((*name).to_owned(), (*value).to_owned()));
            let before = last(self.world).await;
            let answer = self.form_with(who, &fresh, &sent).await;
            found.asked += 1;
            if !refuses(&answer, name) {
                taken = true;
                break;
            }
            if last(self.world).await != before {
                found.faults.push(format!("{route}: refused {name}, and did something"));
            }
        }
        if taken {
            self.compared(key, &extras, (number, found)).await;
        } else {
            found.refused.insert(key.to_owned());
        }
    }

    /// What all extras together leave in the tables beside what is left without them.
    async fn compared(
        &mut self,
        key: &str,
        extras: &[&(&str, &str)],
        (number, found): (usize, &mut Found),
    ) {
        let (who, page, form) = self.forms[key].clone();
        let (mut left, mut done) = (vec![], 0);
        for (round, with) in [(0, false), (1, true), (2, false)] {
            let fresh = self.again(who, &page, &form).await;
            let mut sent = fresh.usual(number * 10 + round);
            for (name, value) in &mut sent {
                match name.as_str() {
                    "number" | "born_on" => value.clear(),
                    "phone" => *value = format!("1380{:07}", number * 10 + round),
                    _ => {}
                }
            }
            if with {
                let more = extras.iter().map(|(n, value)| ((*n).to_owned(), (*value).to_owned()));
                sent.extend(more);
                found.asked += 1;
            }
            let before = rows(self.world).await;
            let answer = self.form_with(who, &fresh, &sent).await;
            let after = rows(self.world).await;
            done = done.max(after.keys().filter(|row| !before.contains_key(*row)).count());
            left.push((answer.status, change(&before, &after)));
        }
        let [(first, plain), (status, more), (_, again)] = left.as_slice() else { unreachable!() };
        let strange: Vec<_> = more
            .keys()
            .filter(|row| !plain.contains_key(*row) && !again.contains_key(*row))
            .collect();
        if !strange.is_empty() || more.keys().any(|row| row.contains("slipped in")) {
            found
                .faults
                .push(format!("{key}: {first} {status}: with extras it leaves {strange:#?}"));
        }
        println!("{key:.60}: {first} {status}, {done} rows");
        let kind = if done == 0 { &mut found.idle } else { &mut found.aside };
        kind.insert(key.to_owned());
    }
}

impl Walk<'_> {
    /// Sends every form once as the one who found it; which of those that changed a row left no event.
    async fn untold(&mut self) -> (usize, BTreeSet<String>) {
        let all: Vec<_> = self.forms.values().cloned().collect();
        let (mut changed, mut untold) = (0, BTreeSet::new());
        for (number, (who, page, form)) in all.into_iter().enumerate() {
            let route = template(&form.action, "POST");
            if LEFT.contains(&route.as_str()) {
                continue;
            }
            let fresh = self.again(who, &page, &form).await;
            let before = rows(self.world).await;
            self.send(who, &fresh, &fresh.usual(number)).await;
            let after = rows(self.world).await;
            let new = after.keys().filter(|row| !before.contains_key(*row));
            let tables: BTreeSet<&str> = new.filter_map(|row| row.split('[').next()).collect();
            // that somebody is signed in, and tried to be, is told by rows of its own
            let told = tables.contains("event");
            let own: Vec<_> = tables.into_iter().filter(|table| !GOINGS.contains(table)).collect();
            changed += usize::from(!own.is_empty());
            if !own.is_empty() && !told {
                untold.insert(format!("{route} {}", own.join(" ")));
            }
        }
        (changed, untold)
    }
}

/// An address of a route with ids of nothing.
fn nowhere(route: &str) -> String {
    let part = |part: &str| if part.starts_with('{') { WHOSE.to_owned() } else { part.to_owned() };
    route.split('/').map(part).collect::<Vec<_>>().join("/")
}

/// The last event: what is refused leaves none.
async fn last(world: &World) -> i64 {
    store::event::last(&mut world.app.db().read().await.unwrap()).await.unwrap()
}

#[tokio::test]
async fn nobody_sets_what_no_form_and_no_operation_asks_for() {
    let world = World::alone().await;
    let began = std::time::Instant::now();
    let mut walk = Walk::new(&world, people(&world).await);
    for who in 0..walk.people.len() {
        walk.look(who, 2).await;
    }
    walk.use_forms().await;
    world.work().await;
    for who in 0..walk.people.len() {
        walk.look(who, 1).await;
    }
    let (changed, untold) = walk.untold().await;
    println!("{changed} forms changed a row; without an event {untold:#?}");
    // what somebody writes for themselves alone is nobody's event
    assert!(changed > 15 && untold.iter().all(|one| one.starts_with("/me/")), "{untold:#?}");
    world.work().await;
    println!("{:?} until there is something of everything", began.elapsed());
    let document: Value = serde_json::from_str(&web::api::openapi()).unwrap();
    let mut found = Found::default();
    walk.operations_with_more(&document, &mut found).await;
    println!("{:?} until every operation was asked", began.elapsed());
    let keys: Vec<String> = walk.forms.keys().cloned().collect();
    for (n, key) in keys.iter().enumerate() {
        walk.form_with_more(key, 100 + n, &mut found).await;
    }
    let everything = everything(&world).await;
    let marks = [DAY, "1987-06-05", WHOSE, MANY, WORD].into_iter();
    let found_again: Vec<_> = marks.filter(|mark| everything.contains(mark)).collect();
    let Found { refused, unread, aside, idle, asked, faults } = found;
    println!(
        "{asked} with what nobody asked for, {:?}: {} operations and forms refuse it, {} read no body, \
         {} leave it aside",
        began.elapsed(),
        refused.len(),
        unread.len(),
        aside.len()
    );
    println!(
        "read no body {unread:#?}; leave it aside {aside:#?}; did nothing either way {idle:#?}"
    );
    assert!(
        refused.len() > 60 && aside.len() > 7 && idle.len() < 11,
        "the walk hardly gets anywhere"
    );
    assert!(found_again.is_empty(), "in a table: {found_again:?}");
    assert!(faults.is_empty(), "{} faults\n{}", faults.len(), faults.join("\n"));
}
