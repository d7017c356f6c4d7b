//! Going through the program as everybody who can sign in, following links and forms, and looking at
//! every answer for what should not be there.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use axum::{body::Body, http::Method};
use model::access::{Actor, Role};
use web::guard::ROUTES;

use super::{
    form::{self, Form, Sent},
    markup::{elements, harms},
};
use crate::world::{Answer, Asking, World, people::Member};

/// Who walks, and what they have found.
pub(crate) struct Walk<'w> {
    pub world: &'w World,
    /// Those who are signed in; `None` is the public.
    pub people: Vec<(Role, Option<Member>)>,
    /// Forms by their key: who saw it first, and on which page.
    pub forms: BTreeMap<String, (usize, String, Form)>,
    /// Ids seen in addresses, by the noun before them.
    pub ids: BTreeMap<String, BTreeSet<String>>,
    /// Addresses with an id that answered, by their route: where somebody was, at most three each.
    pub places: BTreeMap<String, BTreeSet<String>>,
    /// Numbers of what was typed that some page shows.
    pub shown: BTreeSet<usize>,
    pub faults: Vec<String>,
    pub templates: BTreeSet<String>,
    pub pages: usize,
    pub posts: usize,
}

/// The route that answers at an address.
pub(crate) fn template(address: &str, method: &str) -> String {
    let path = address.split(['?', '#']).next().unwrap_or_default();
    let parts: Vec<&str> = path.split('/').collect();
    let fits = |route: &&str| {
        let own: Vec<&str> = route.split('/').collect();
        own.len() == parts.len()
            && own.iter().zip(&parts).all(|(own, part)| own.starts_with('{') || own == part)
    };
    let routes = ROUTES.iter().filter(|(m, ..)| *m == method).map(|(_, path, _)| *path);
    let fitting = routes.filter(fits);
    let best = fitting.min_by_key(|route| route.matches('{').count());
    best.unwrap_or(path).to_owned()
}

/// Is there an id in the address?
pub(crate) fn names_something(address: &str) -> bool {
    let parts = address.split(['/', '?', '&', '=', '.', '#']);
    parts.into_iter().any(|part| part.len() == 36 && part.parse::<uuid::Uuid>().is_ok())
}

impl<'w> Walk<'w> {
    pub(crate) fn new(world: &'w World, people: Vec<(Role, Option<Member>)>) -> Self {
        Self {
            world,
            people,
            forms: BTreeMap::new(),
            ids: BTreeMap::new(),
            places: BTreeMap::new(),
            shown: BTreeSet::new(),
            faults: vec![],
            templates: BTreeSet::new(),
            pages: 0,
            posts: 0,
        }
    }

    pub(crate) fn asks(&self, who: usize) -> Asking<'w> {
        match &self.people[who].1 {
            Some(member) => self.world.by(member),
            None => self.world.stranger(),
        }
    }

    /// May somebody take a route, by the table?
    pub(crate) fn may(&self, who: usize, row: &str) -> bool {
        let (account, membership) =
            (model::Id::new(uuid::Uuid::nil()), model::Id::new(uuid::Uuid::nil()));
        let (role, place) = (self.people[who].0, model::access::Place::Nowhere);
        let member = model::access::Member { account, membership, role, place };
        let public = role == Role::Public;
        let actor = if public { Actor::public() } else { Actor::member(member) };
        actor.may(row).is_ok()
    }

    /// Opens every page that somebody comes to, `most` of each sort.
    pub(crate) async fn look(&mut self, who: usize, most: usize) {
        let plain = ROUTES.iter().filter(|(method, path, row)| {
            *method == "GET" && !path.contains('{') && self.may(who, row)
        });
        let mut queue: VecDeque<String> = plain.map(|(_, path, _)| (*path).to_owned()).collect();
        let mut known: BTreeSet<String> = queue.iter().cloned().collect();
        let mut count: BTreeMap<String, usize> = BTreeMap::new();
        while let Some(path) = queue.pop_front() {
            let page = self.open(who, &path).await;
            for link in self.read(who, &path, &page) {
                let seen = count.entry(template(&link, "GET")).or_default();
                if *seen < most && known.insert(link.clone()) {
                    *seen += 1;
                    queue.push_back(link);
                }
            }
        }
    }

    pub(crate) async fn open(&mut self, who: usize, path: &str) -> Answer {
        let answer = self.asks(who).with("accept", "text/html").get(path).await;
        self.pages += 1;
        self.check(who, &format!("GET {path} as {}", self.people[who].0), &answer);
        answer
    }

    /// The links of a page; its forms and ids are kept.
    fn read(&mut self, who: usize, path: &str, answer: &Answer) -> Vec<String> {
        if answer.status.as_u16() == 200 {
            let route = template(path, "GET");
            self.templates.insert(route.clone());
            let places = self.places.entry(route).or_default();
            if names_something(path) && places.len() < 3 {
                places.insert(path.to_owned());
            }
        }
        if !answer.header("content-type").starts_with("text/html") {
            return vec![];
        }
        let page = elements(&answer.text());
        for form in form::forms(path.split('?').next().unwrap_or(path), &page) {
            self.learn(&form.action);
            let first = || (who, path.to_owned(), form.clone());
            if form.posts {
                self.forms.entry(form.key()).or_insert_with(first);
            }
        }
        let links = page.iter().filter(|one| one.name == "a").filter_map(|one| one.get("href"));
        let own = links.filter(|href| href.starts_with('/') && !href.starts_with("//"));
        let own: Vec<String> =
            own.map(|href| href.split('#').next().unwrap_or_default().to_owned()).collect();
        for link in &own {
            self.learn(link);
        }
        own
    }

    /// Keeps the ids in an address.
    fn learn(&mut self, address: &str) {
        let path = address.split(['?', '#']).next().unwrap_or_default();
        let parts: Vec<&str> = path.split('/').collect();
        for pair in parts.windows(2) {
            if pair[1].len() == 36 && pair[1].parse::<uuid::Uuid>().is_ok() {
                self.ids.entry(pair[0].to_owned()).or_default().insert(pair[1].to_owned());
            }
        }
    }

    /// Sends a form as the one who found it; what it does not ask for is not sent.
    pub(crate) async fn send(&mut self, who: usize, form: &Form, sent: &Sent) -> Answer {
        let fields: Vec<(&str, &str)> =
            sent.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        let asking = self.asks(who).with("accept", "text/html");
        let answer = if form.multipart {
            let plain: Vec<_> =
                fields.iter().copied().filter(|(name, _)| *name != "file").collect();
            asking.upload(&form.action, &plain, "<jqx onjqx=1>.csv", b"%PDF-1.7 <jqx>").await
        } else {
            asking.form(&form.action, &fields).await
        };
        self.posts += 1;
        let said: Vec<String> = fields
            .iter()
            .map(|(name, value)| format!("{name}={:.50}", value.replace('\0', "\\0")))
            .collect();
        let what = format!("POST {} as {} {}", form.action, self.people[who].0, said.join("&"));
        self.check(who, &what, &answer);
        answer
    }

    /// Sends a body of JSON.
    pub(crate) async fn tell(
        &mut self,
        who: usize,
        path: &str,
        body: &serde_json::Value,
    ) -> Answer {
        let body = body.to_string();
        let asking = self.asks(who).with("content-type", "application/json");
        let answer = asking.send(Method::POST, path, Body::from(body.clone())).await;
        self.posts += 1;
        let start: String = body.chars().take(300).collect();
        self.check(who, &format!("POST {path} as {} {start}", self.people[who].0), &answer);
        answer
    }

    /// Looks at one answer.
    fn check(&mut self, who: usize, what: &str, answer: &Answer) {
        let mut faults: Vec<String> = vec![];
        if answer.status.is_server_error() {
            faults.push(format!(
                "{} {:.300}",
                answer.status,
                String::from_utf8_lossy(&answer.body)
            ));
        }
        let to = answer.location();
        if !to.is_empty() && (!to.starts_with('/') || to.starts_with("//") || to.starts_with("/\\"))
        {
            faults.push(format!("leads to {to}"));
        }
        faults.extend(guards(answer, self.people[who].1.is_some()));
        let kind = answer.header("content-type");
        if kind.starts_with("text/html") {
            let text = answer.text();
            faults.extend(harms(&text));
            self.shown.extend(numbers(&text));
        } else if !["application/", "text/", "image/"].iter().any(|sort| kind.starts_with(sort))
            && !answer.body.is_empty()
        {
            faults.push(format!("of the kind {kind:?}"));
        }
        self.faults.extend(faults.into_iter().map(|fault| format!("{what}: {fault}")));
    }
}

/// What every answer must tell the browser, and to whoever is signed in, that it is kept nowhere.
pub(crate) fn guards(answer: &Answer, signed: bool) -> Vec<String> {
    let policy = answer.header("content-security-policy");
    let mut faults = vec![];
    for part in ["default-src 'self'", "object-src 'none'", "base-uri 'none'", "form-action 'self'"]
    {
        if !policy.contains(part) {
            faults.push(format!("its policy lacks {part}"));
        }
    }
    if policy.contains("unsafe") || !policy.contains("frame-ancestors 'none'") {
        faults.push(format!("a weak policy: {policy}"));
    }
    let said = [
        ("x-content-type-options", "nosniff"),
        ("x-frame-options", "DENY"),
        ("referrer-policy", "same-origin"),
        // stories happen on a site of https
        ("strict-transport-security", "max-age=15552000; includeSubDomains"),
    ];
    let wrong = said.iter().filter(|(name, value)| answer.header(name) != *value);
    faults.extend(wrong.map(|(name, _)| format!("no {name}")));
    let kept = answer.header("cache-control");
    // style, script and suggestions are the same for everybody
    let everybodys = kept.contains("immutable")
        || kept == "private, max-age=60"
        || answer.header("content-type").starts_with("image/");
    if kept.is_empty() || (signed && !everybodys && kept != "no-store") {
        faults.push(format!("of keeping it {kept:?}"));
    }
    faults
}

/// The numbers of everything typed that stands in a text.
fn numbers(text: &str) -> Vec<usize> {
    let digits = |part: &str| -> Option<usize> {
        let digits: String = part.chars().take_while(char::is_ascii_digit).collect();
        digits.parse().ok()
    };
    text.split("jqx").skip(1).filter_map(digits).collect()
}
