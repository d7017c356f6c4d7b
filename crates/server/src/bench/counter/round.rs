//! What each does, page after page: a clerk finds who stands there, reads what fits and why, writes
//! letters, prints them, registers the next; an employer reads who came and answers; a person looks and
//! applies. What a page shows is used on the next, as with a hand and an eye.

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use super::{
    super::service::Answer,
    seat::{Kind, Seat, between, now},
};
use crate::Outcome;

/// The pages of a clerk's round.
const CLERK: &[&str] = &[
    "find",
    "why",
    "letters",
    "print",
    "record",
    "name",
    "blank",
    "typing",
    "register",
    "registered",
    "workbench",
    "search",
    "post",
    "candidates",
    "people",
    "held",
    "gate",
    "waiting",
];
const EMPLOYER: &[&str] =
    &["desk", "board", "contact", "choose", "invite", "answered", "fitting", "notices", "manage"];
const PERSON: &[&str] = &["home", "search", "post", "apply", "me", "fit", "progress", "notices"];

/// What is typed into the form of the gate: duties, percent-encoded.
const TYPED: &str =
    "title=%E4%BF%9D%E5%AE%89&duties=%E5%80%BC%E7%8F%AD%E5%B7%A1%E9%80%BB&wage=3000";

pub(super) const fn pages(kind: Kind) -> &'static [&'static str] {
    match kind {
        Kind::Clerk => CLERK,
        Kind::Employer => EMPLOYER,
        Kind::Person => PERSON,
    }
}

/// What somebody has before their eyes.
#[derive(Default)]
pub(super) struct Eyes {
    person: String,
    /// Posts that fit the person, or an own post.
    fitting: Vec<String>,
    /// Where the last form led.
    led: String,
    applications: Vec<String>,
    application: String,
    /// Found at the counter, and how many of them with a post that fits.
    pub(super) found: usize,
    pub(super) fit: usize,
}

/// A page that is asked for: where, with which form, and what must come of it.
pub(super) struct Step {
    pub(super) page: &'static str,
    pub(super) path: String,
    pub(super) form: Option<String>,
    right: u16,
    /// What must stand on it.
    sign: &'static str,
}

impl Step {
    const fn read(page: &'static str, path: String, sign: &'static str) -> Self {
        Self { page, path, form: None, right: 200, sign }
    }

    const fn send(page: &'static str, path: String, form: String, right: u16) -> Self {
        Self { page, path, form: Some(form), right, sign: "" }
    }

    /// Is this what had to come? It is kept before the eyes.
    pub(super) fn right(&self, answer: &Answer, eyes: &mut Eyes) -> Outcome<bool> {
        if answer.status != self.right {
            return Ok(false);
        }
        answer.location.clone_into(&mut eyes.led);
        if self.sign.is_empty() {
            return Ok(true);
        }
        let page = answer.text()?;
        eyes.see(self.page, &page);
        Ok(page.contains(self.sign))
    }
}

impl Eyes {
    fn see(&mut self, name: &str, page: &str) {
        let each = |from: &str| -> Vec<String> {
            let parts = page.split(from).skip(1);
            parts.filter_map(|part| part.get(..36)).map(str::to_owned).collect()
        };
        match name {
            "find" => {
                let person = between(page, "action=\"/jobseekers/", "/referrals\"");
                person.unwrap_or_default().clone_into(&mut self.person);
                self.fitting = each("name=\"vacancy\" value=\"");
                self.found += 1;
                self.fit += usize::from(!self.fitting.is_empty());
            }
            "me" => self.fitting = each("href=\"/me/matches/"),
            "board" => {
                let forms = page.split("action=\"/applications/").skip(1);
                let free = forms.filter(|form| {
                    let form = form.split("</form>").next().unwrap_or_default();
                    form.contains("value=\"shortlist\"")
                });
                self.applications =
                    free.filter_map(|form| form.get(..36)).map(str::to_owned).collect();
                self.application = self.applications.first().cloned().unwrap_or_default();
            }
            _ => {}
        }
    }

    /// What is needed for a page is not there: the page is left out of this round.
    fn lacks(&self, page: &str) -> bool {
        match page {
            "why" | "letters" | "fit" => self.fitting.is_empty(),
            "print" => !self.led.starts_with("/applications/letters"),
            "record" | "name" => self.person.is_empty(),
            "registered" => !self.led.starts_with("/jobseekers/"),
            "contact" | "choose" | "invite" | "answered" => self.application.is_empty(),
            _ => false,
        }
    }
}

/// The next page of a round; `n` is whose, `k` which of theirs.
pub(super) fn next(
    seat: &Seat,
    page: &'static str,
    eyes: &Eyes,
    (n, k): (usize, usize),
) -> Option<Step> {
    if eyes.lacks(page) {
        return None;
    }
    let round = k / pages(seat.kind).len();
    let post = seat.posts.get((round * 3) % seat.posts.len().max(1))?.to_string();
    let step = match page {
        "find" => {
            let card = seat.visitors.get(round % seat.visitors.len().max(1))?;
            Step::read("find", format!("/counter?q={card}"), "/referrals\"")
        }
        "why" => {
            let path = format!("/jobseekers/{}/matches/{}", eyes.person, eyes.fitting.first()?);
            Step::read("why", path, "<h1")
        }
        "letters" => {
            let chosen = eyes.fitting.iter().take(2).map(|post| format!("vacancy={post}"));
            let form = chosen.collect::<Vec<_>>().join("&");
            Step::send("letters", format!("/jobseekers/{}/referrals", eyes.person), form, 303)
        }
        "print" => Step::read("print", eyes.led.clone(), "<svg"),
        "record" => Step::read("record", format!("/jobseekers/{}", eyes.person), "<h1"),
        "name" => {
            Step::send("name", format!("/jobseekers/{}/open", eyes.person), String::new(), 200)
        }
        "blank" => Step::read("blank", "/jobseekers/new".into(), "<form"),
        "typing" => Step::send("typing", "/jobseekers/check".into(), registration(n, k), 200),
        "register" => Step::send("register", "/jobseekers".into(), registration(n, k), 303),
        "registered" => Step::read("registered", eyes.led.clone(), "<h1"),
        "workbench" => Step::read("workbench", "/workbench".into(), "<h1"),
        "candidates" => Step::read("candidates", format!("/vacancies/{post}/candidates"), "<h1"),
        "people" => Step::read("people", "/jobseekers".into(), "/jobseekers/0"),
        "held" => Step::read("held", "/vacancies/held".into(), "<h1"),
        "gate" => Step::send("gate", "/vacancies/check".into(), TYPED.into(), 200),
        "waiting" => Step::read("waiting", "/applications".into(), "<h1"),
        "search" => Step::read("search", search(n + k), "<h1"),
        "post" => Step::read("post", format!("/vacancies/{post}"), "<h1"),
        "fit" => Step::read("fit", format!("/me/matches/{}", eyes.fitting.first()?), "<h1"),
        _ => firm(page, &post, eyes).or_else(|| person(page, &post))?,
    };
    Some(step)
}

fn firm(page: &str, post: &str, eyes: &Eyes) -> Option<Step> {
    let one = format!("/applications/{}", eyes.application);
    Some(match page {
        "desk" => Step::read("desk", "/desk".into(), "/vacancies/"),
        "board" => {
            Step::read("board", format!("/vacancies/{post}/applications"), "/applications/0")
        }
        "contact" => Step::send("contact", format!("{one}/open"), String::new(), 200),
        "choose" => Step::send("choose", one, "act=shortlist&seen=submitted".into(), 303),
        "invite" => {
            let day = now().date_naive() + chrono::Days::new(3);
            let meets = format!("meets_at={day}T09%3A30&meets_where=1");
            Step::send("invite", one, format!("act=invite&seen=shortlisted&{meets}"), 303)
        }
        "answered" => Step::read("answered", one, "<h1"),
        "fitting" => Step::read("fitting", format!("/vacancies/{post}/shortlist"), "<h1"),
        "notices" => Step::read("notices", "/notices".into(), "<h1"),
        "manage" => Step::read("manage", format!("/vacancies/{post}/manage"), "<h1"),
        _ => return None,
    })
}

fn person(page: &str, post: &str) -> Option<Step> {
    Some(match page {
        "home" => Step::read("home", "/".into(), "<form"),
        "apply" => {
            Step::send("apply", format!("/vacancies/{post}/applications"), String::new(), 303)
        }
        "me" => Step::read("me", "/me".into(), "<h1"),
        "progress" => Step::read("progress", "/me/applications".into(), "<h1"),
        _ => return None,
    })
}

/// Another person each time, typed as on paper.
fn registration(n: usize, k: usize) -> String {
    let place = utf8_percent_encode("甘谷县新兴镇", NON_ALPHANUMERIC);
    let name = utf8_percent_encode("柜台测试", NON_ALPHANUMERIC);
    let phone = n * 10_000 + k / CLERK.len();
    format!("name={name}&phone=137{phone:08}&place={place}&wage=4000&anyway=yes")
}

/// What people ask for, another question each time.
fn search(k: usize) -> String {
    let words: Vec<&str> = include_str!("../search/queries.txt")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .collect();
    let words = words.get(k % words.len().max(1)).copied().unwrap_or_default();
    format!("/vacancies?q={}", utf8_percent_encode(words, NON_ALPHANUMERIC))
}
