//! What an attacker who may do something types into every form and every body.

use serde_json::{Value, json};
use web::guard::ROUTES;

use super::{
    form::{Form, Sent, forms, payloads, tag},
    json::{Filling, Operation, operations, variants, with},
    markup::elements,
    walk::{Walk, template},
};

/// Forms that would end what the walk needs: sign-ins, accounts, offices.
pub(crate) const LEFT: [&str; 9] = [
    "/sign-out",
    "/account/password",
    "/account/second",
    "/account/switch",
    "/account/logins/end",
    "/account/logins/{id}/end",
    "/accounts/{id}/dismiss",
    "/accounts/{id}/change",
    "/organisations/{id}/merge",
];

/// Fields that no form has and somebody may try: they must not be taken along.
const MASS: [(&str, &str); 3] =
    [("verified_by", "1"), ("is_admin", "true"), ("owner_account_id", "1")];

/// Is the form read by the names it knows? What else is sent is left aside.
fn picks(form: &Form) -> bool {
    let pairs = ["/vacancies", "/vacancies/{id}/edit", "/tokens", "/me/edit", "/me/new/{step}"];
    pairs.contains(&template(&form.action, "POST").as_str())
}

/// What became of a form or an operation.
pub(crate) struct Tried {
    pub what: String,
    /// The status that the answer to well-meant values had.
    pub status: u16,
    pub fields: Vec<(String, usize)>,
}

impl Walk<'_> {
    /// Sends every form once as the one who found it, with what somebody types who means well: so that
    /// there is something of everything.
    pub(crate) async fn use_forms(&mut self) {
        let all: Vec<_> = self.forms.values().cloned().collect();
        for (number, (who, page, form)) in all.into_iter().enumerate() {
            if !LEFT.contains(&template(&form.action, "POST").as_str()) {
                let fresh = self.again(who, &page, &form).await;
                self.send(who, &fresh, &fresh.usual(number)).await;
            }
        }
    }

    /// Attacks every form that is not among those `done`.
    pub(crate) async fn attack(&mut self, done: &mut Vec<Tried>) {
        let known: Vec<String> = done.iter().map(|one| one.what.clone()).collect();
        let fresh = self.forms.iter().filter(|(key, _)| !known.contains(key));
        let fresh: Vec<_> = fresh.map(|(key, found)| (key.clone(), found.clone())).collect();
        for (key, (who, page, form)) in fresh {
            if LEFT.contains(&template(&form.action, "POST").as_str()) {
                continue;
            }
            let number = (done.len() + 1) * 100;
            let status = self.form(who, &page, &form, number).await;
            let names = form.fields.iter().zip(number..);
            let names = names.filter(|(field, _)| field.is_free());
            let fields = names.map(|(field, number)| (field.name.clone(), number)).collect();
            done.push(Tried { what: key, status, fields });
        }
    }

    async fn form(&mut self, who: usize, page: &str, form: &Form, number: usize) -> u16 {
        let fresh = self.again(who, page, form).await;
        let status = self.send(who, &fresh, &fresh.usual(number)).await.status.as_u16();
        if status == 403 {
            let role = self.people[who].0;
            self.faults.push(format!("{} is shown on {page} to {role} for nothing", form.action));
        }
        if !form.fields.is_empty() && !form.multipart && !picks(form) {
            let extra = MASS.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
            let fresh = self.again(who, page, form).await;
            let all: Sent = fresh.usual(number).into_iter().chain(extra).collect();
            let taken = self.send(who, &fresh, &all).await.status;
            if taken.is_success() || taken.is_redirection() {
                println!("{}: leaves aside fields that it does not know", form.action);
            }
        }
        for put in payloads(number).into_iter().skip(1) {
            let fresh = self.again(who, page, form).await;
            let mut sent = fresh.usual(number);
            for (field, (_, value)) in fresh.fields.iter().zip(&mut sent) {
                if field.is_free() {
                    value.clone_from(&put);
                }
            }
            self.send(who, &fresh, &sent).await;
        }
        for (n, field) in form.fields.iter().enumerate() {
            let leads = ["next", "back", "return"].contains(&field.name.as_str());
            let all = payloads(number + n);
            for put in if leads { all } else { vec![all[n % all.len()].clone()] } {
                let fresh = self.again(who, page, form).await;
                let mut sent = fresh.usual(number);
                sent[n].1 = put;
                self.send(who, &fresh, &sent).await;
            }
        }
        status
    }

    /// The form as it stands on its page now, where what it has seen is among its fields.
    pub(crate) async fn again(&mut self, who: usize, page: &str, form: &Form) -> Form {
        let dated = form.fields.iter().any(|field| ["version", "seen"].contains(&&*field.name));
        if !dated {
            return form.clone();
        }
        let answer = self.open(who, page).await;
        let now = forms(page, &elements(&answer.text())).into_iter();
        now.clone()
            .find(|one| one.action == form.action && one.fields.len() == form.fields.len())
            .unwrap_or_else(|| form.clone())
    }

    /// Attacks every operation of the document that takes a body.
    #[expect(clippy::excessive_nesting, reason = "every value in every place by everybody")]
    pub(crate) async fn attack_operations(&mut self, done: &mut Vec<Tried>) {
        let document: Value = serde_json::from_str(&web::api::openapi()).unwrap();
        for operation in operations(&document) {
            let number = (done.len() + 1) * 100;
            let body = self.body(&document, &operation, number);
            let (who, path, status) = self.first(&operation, &body).await;
            let names = body.as_object().into_iter().flatten();
            let fields = names.filter(|(_, value)| value.to_string().contains("jqx"));
            let fields = fields.map(|(name, _)| (name.clone(), number)).collect();
            done.push(Tried { what: format!("{} JSON", operation.path), status, fields });
            if let Value::Object(all) = &body {
                let taken = self.tell(who, &path, &with(all, "is_admin", json!(true))).await.status;
                if taken.is_success() {
                    self.faults.push(format!("{path}: takes fields it does not know"));
                }
            }
            for put in payloads(number) {
                for one in variants(&body, &put) {
                    let status = self.tell(who, &path, &one).await.status;
                    if !operation.statuses.iter().any(|known| known == status.as_str()) {
                        self.faults.push(format!("{path}: {status} is not in the document"));
                    }
                }
            }
        }
    }

    pub(crate) fn body(&self, document: &Value, operation: &Operation, number: usize) -> Value {
        let id = |name: &str| -> String {
            let noun = name.trim_end_matches("_id").to_owned();
            let plural =
                if noun == "vacancy" { "vacancies".to_owned() } else { format!("{noun}s") };
            let known = self.ids.get(&plural).and_then(|all| all.first());
            known.cloned().unwrap_or_else(|| uuid::Uuid::nil().to_string())
        };
        let filling = Filling { document, id: &id, extra: &tag(number) };
        filling.of(&operation.schema, "")
    }

    /// Whoever may and whose question is taken, or else the last who may.
    #[expect(clippy::excessive_nesting, reason = "every value in every place by everybody")]
    async fn first(&mut self, operation: &Operation, body: &Value) -> (usize, String, u16) {
        let (_, _, row) =
            ROUTES.iter().find(|(m, path, _)| *m == "POST" && *path == operation.path).unwrap();
        let mut last = (0, operation.path.clone(), 0);
        for path in self.paths(&operation.path) {
            for who in 0..self.people.len() {
                if self.may(who, row) {
                    let status = self.tell(who, &path, body).await.status;
                    last = (who, path.clone(), status.as_u16());
                    if status.is_success() {
                        return last;
                    }
                }
            }
        }
        last
    }

    /// A route with ids that were seen in its places, at most three each.
    pub(crate) fn paths(&self, route: &str) -> Vec<String> {
        let mut all = vec![String::new()];
        let mut before = "";
        for part in route.split('/').skip(1) {
            let noun = if before == "held" { "vacancies" } else { before };
            let ids = self.ids.get(noun).into_iter().flatten().take(3);
            let ids: Vec<&str> =
                if part.starts_with('{') { ids.map(String::as_str).collect() } else { vec![part] };
            all = all
                .iter()
                .flat_map(|path| ids.iter().map(move |id| format!("{path}/{id}")))
                .collect();
            before = part;
        }
        all
    }

    /// Puts everything into the names that addresses have, and into the addresses themselves.
    pub(crate) async fn attack_addresses(&mut self, who: usize) {
        const NAMES: [&str; 14] = [
            "next", "back", "lang", "q", "name", "done", "which", "region", "after", "before",
            "step", "sort", "person", "mode",
        ];
        let plain =
            ROUTES.iter().filter(|(method, path, _)| *method == "GET" && !path.contains('{'));
        for (n, (_, path, row)) in plain.enumerate() {
            if !self.may(who, row) {
                continue;
            }
            // each name on every third page: what reads it is the same code
            for (k, name) in NAMES.iter().enumerate().filter(|(k, _)| (n + k) % 3 == 0) {
                let all = payloads(1);
                let put = &all[(n + k) % all.len()];
                self.open(who, &format!("{path}?{name}={}", web::guard::encoded(put))).await;
            }
        }
        for put in payloads(1) {
            let put = web::guard::encoded(&put).to_string();
            for before in
                ["", "/vacancies", "/problems", "/relations/skills", "/letters", "/employers"]
            {
                self.open(who, &format!("{before}/{}", put.replace('/', "%2F"))).await;
            }
        }
        self.open(who, "//evil.example/jqx1").await;
        self.open(who, "//evil.example").await;
    }
}
