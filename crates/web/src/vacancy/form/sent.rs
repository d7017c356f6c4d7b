//! The form of a vacancy as it was sent, and for whom.

use app::vacancy::form::Whose;
use model::{
    Id, Refusal,
    access::{Actor, Reach},
    employer::Details,
    vacancy::{Vacancy, form::Written},
};

/// For whom it is written, where an office writes.
#[derive(Clone, Debug, Default)]
pub(super) struct For {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) credit_code: String,
}

/// What was sent by the form.
#[derive(Clone, Debug, Default)]
pub(super) struct Sent {
    pub(super) written: Written,
    pub(super) whose: For,
    pub(super) id: Option<Id<Vacancy>>,
    pub(super) version: Option<i64>,
    /// `draft`, `send` or nothing: only look.
    pub(super) act: String,
    /// The name to keep the text under.
    pub(super) pattern: String,
}

impl Sent {
    pub(super) fn new(pairs: Vec<(String, String)>) -> Self {
        let mut sent = Self::default();
        let (w, benefits) = (&mut sent.written, &mut Vec::new());
        for (name, value) in pairs {
            match name.as_str() {
                "title" => w.title = value,
                "duties" => w.duties = value,
                "headcount" => w.headcount = value,
                "wage" => w.wage = value,
                "place" => w.place = value,
                "education" => w.education = value,
                "experience" => w.experience = value,
                "contract" => w.contract = value,
                "benefits" => benefits.push(value),
                "skills" => w.skills = value,
                "contact" => w.contact = value,
                "expires_on" => w.expires_on = value,
                "end_employer" => w.end_employer = value,
                "employer_id" => sent.whose.id = value,
                "employer" => sent.whose.name = value,
                "credit_code" => sent.whose.credit_code = value,
                "id" => sent.id = value.parse().ok(),
                "version" => sent.version = value.parse().ok(),
                "act" => sent.act = value,
                "pattern" => sent.pattern = value,
                _ => {}
            }
        }
        w.benefits = benefits.join("、");
        sent
    }

    pub(super) fn whose(&self, actor: &Actor) -> Result<Whose, Refusal> {
        whose(actor, &self.whose.id, &self.whose.name, &self.whose.credit_code)
    }
}

/// For whom somebody writes: their own employer, one that is named by its id, or by name and code.
pub(in crate::vacancy) fn whose(
    actor: &Actor,
    id: &str,
    name: &str,
    code: &str,
) -> Result<Whose, Refusal> {
    if matches!(actor.scope().reach(), Reach::Employer(_)) {
        return Ok(Whose::Own);
    }
    if let Ok(id) = id.parse() {
        return Ok(Whose::Known(id));
    }
    let name = model::cell::line(name);
    if name.is_empty() {
        return Err(Refusal::new("employer.name_missing").field("employer"));
    }
    let mut details = Details { name, ..Details::default() };
    if !code.trim().is_empty() {
        let code = model::employer::credit_code::CreditCode::parse(code);
        let code = code.map_err(|refusal| refusal.field("credit_code"))?;
        code.as_str().clone_into(&mut details.credit_code);
    }
    Ok(Whose::Named(Box::new(details)))
}
