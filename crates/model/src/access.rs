//! Who may do what: one table of role and deed, and the scope that every read takes.
//!
//! Accounts are not here yet: an actor is the public, the office at its own machine, or the program.

use crate::Refusal;

/// Who is asking.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Actor {
    /// What the event log writes as its author: never a person's name or number.
    pub name: String,
    pub role: Role,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Anybody with a browser.
    Public,
    /// The office, at the machine itself: the loopback address, or the command line.
    Office,
    /// The program's own work: following the log, loading reference tables.
    Program,
}

/// What a reader may see. Only [`Actor::scope`] makes one, so that no query can forget it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scope {
    people: bool,
    drafts: bool,
}

impl Scope {
    /// May jobseekers be read?
    pub const fn people(&self) -> bool {
        self.people
    }

    /// May vacancies be read that are not public, or no longer?
    pub const fn drafts(&self) -> bool {
        self.drafts
    }
}

/// Every deed, and who may do it. A deed without a row is nobody's.
const MAY: &[(&str, &[Role])] = &[
    ("intake.stage", &[Role::Office]),
    ("intake.apply", &[Role::Office]),
    ("intake.discard", &[Role::Office]),
    ("vacancy.import", &[Role::Office]),
    ("vacancy.close", &[Role::Office]),
    ("jobseeker.import", &[Role::Office]),
    ("jobseeker.open", &[Role::Office]),
    ("matching.weigh", &[Role::Office]),
    ("matching.survey", &[Role::Office, Role::Program]),
    ("relation.learn", &[Role::Office, Role::Program]),
    ("relation.correct", &[Role::Office]),
    ("assignment.make", &[Role::Office]),
    ("timetable.make", &[Role::Office]),
    ("timetable.move", &[Role::Office]),
    ("timetable.cancel", &[Role::Office]),
    ("exposure.count", &[Role::Program]),
    ("event.follow", &[Role::Program]),
    ("inquiry.note", &[Role::Program]),
    ("inquiry.settle", &[Role::Program]),
    ("matching.notice", &[Role::Program]),
];

impl Actor {
    pub fn public() -> Self {
        Self { name: "public".into(), role: Role::Public }
    }

    pub fn office(name: &str) -> Self {
        Self { name: name.into(), role: Role::Office }
    }

    pub fn program(name: &str) -> Self {
        Self { name: name.into(), role: Role::Program }
    }

    pub fn scope(&self) -> Scope {
        let inside = match self.role {
            Role::Public => false,
            Role::Office | Role::Program => true,
        };
        Scope { people: inside, drafts: inside }
    }

    /// May this actor do this deed? The refusal names the deed.
    pub fn may(&self, deed: &str) -> Result<(), Refusal> {
        let row = MAY.iter().find(|(name, _)| *name == deed);
        if row.is_some_and(|(_, roles)| roles.contains(&self.role)) {
            Ok(())
        } else {
            Err(Refusal::new("access.forbidden").arg("deed", deed))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_public_does_nothing_and_sees_no_people() {
        let public = Actor::public();
        assert!(MAY.iter().all(|(deed, _)| public.may(deed).is_err()));
        assert!(!public.scope().people() && !public.scope().drafts());
    }

    #[test]
    fn a_deed_without_a_row_is_nobodys() {
        assert!(Actor::office("window").may("fund.empty").is_err());
        assert!(Actor::program("indexer").may("fund.empty").is_err());
    }
}
