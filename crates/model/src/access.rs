//! Who may do what: one table of role and deed, and the scope that every read takes.
//!
//! An actor is the public, a member of an office or of an employer, a registered person, another
//! program with a token, the machine itself, or this program.

mod role;
mod scope;

use crate::{
    Id, Refusal,
    account::{Account, Membership},
    coded::coded,
    employer::Employer,
    jobseeker::Jobseeker,
};

pub use role::Role;
pub use scope::{Reach, Scope, Territory};

/// Who is asking.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Actor {
    /// What the event log writes as its author: never a person's name or number.
    pub name: String,
    pub role: Role,
    /// Whose account, where somebody is signed in.
    pub account: Option<Id<Account>>,
    reach: Reach,
    /// What a token opens; `None` for a person.
    grants: Option<Vec<Grant>>,
}

/// Somebody who has an account, as one of the things they are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    pub account: Id<Account>,
    pub membership: Id<Membership>,
    pub role: Role,
    pub place: Place,
}

/// Where a membership is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    Office(Territory),
    Employer(Id<Employer>),
    Person(Id<Jobseeker>),
    /// A person who has signed in and not registered yet, or who looks after the program.
    Nowhere,
}

coded! {
    /// What a token opens for another program.
    pub enum Grant: "access.grant_unknown", "grants" {
        /// Send vacancies in, and close them.
        Vacancies = "vacancies",
        /// Send people in, and read them.
        People = "people",
        /// Read lists of fitting posts and people.
        Matching = "matching",
        /// Read sums: what is looked for, what is missing.
        Figures = "figures",
    }
}

/// Which rows of the table a token opens.
const OPENS: &[(Grant, &[&str])] = &[
    (
        Grant::Vacancies,
        &[
            "intake.stage",
            "intake.apply",
            "intake.discard",
            "vacancy.import",
            "vacancy.close",
            "vacancy.write",
            "vacancy.change",
            "vacancy.pause",
            "vacancy.resume",
            "vacancy.renew",
            "vacancy.reopen",
            "vacancy.own",
            "intake.list",
        ],
    ),
    (
        Grant::People,
        &[
            "intake.stage",
            "intake.apply",
            "intake.discard",
            "jobseeker.import",
            "jobseeker.list",
            "look.note",
            "intake.list",
        ],
    ),
    (Grant::Matching, &["matching.list", "relation.list", "look.note"]),
    (Grant::Figures, &["inquiry.list"]),
];

/// The columns, each with its letter: public, jobseeker, an employer's poster, recruiter and owner,
/// clerk, caseworker, fair organiser, export coordinator, manager, inspector, office and system
/// administrator, integrator (token), the machine itself, the program.
#[cfg(test)]
const COLUMNS: &str = "PJ ERW CKFXMI AS T LZ";

/// Every deed, and who may do it. A deed without a row is nobody's.
#[rustfmt::skip]
const MAY: &[(&str, &str)] = &[
    //                       PJ ERW CKFXMI AS T LZ
    ("account.attempt",     "-- --- ------ -- - -Z"),
    ("account.sign_in",     "-- --- ------ -- - -Z"),
    ("account.stay",        "-- --- ------ -- - -Z"),
    ("account.leave",       "-J ERW CKFXMI AS - -Z"),
    ("account.switch",      "-J ERW CKFXMI AS - --"),
    ("account.secure",      "-J ERW CKFXMI AS - -Z"),
    ("account.grant",       "-- --W ------ AS - --"),
    ("account.revoke",      "-- --W ------ AS - L-"),
    ("account.code",        "-- --- ------ -- - -Z"),
    ("account.tidy",        "-- --- ------ -- - -Z"),
    ("secret.rotate",       "-- --- ------ -- - LZ"),
    ("notice.send",         "-- --- ------ -- - -Z"),
    ("account.create",      "-- --W ------ AS - LZ"),
    ("account.change",      "-- --- ------ AS - LZ"),
    ("account.appoint",     "-- --W ------ AS - LZ"),
    ("account.dismiss",     "-- --W ------ AS - LZ"),
    ("organisation.create", "-- --- ------ AS - LZ"),
    ("organisation.rename", "-- --- ------ AS - LZ"),
    ("organisation.move",   "-- --- ------ AS - LZ"),
    ("organisation.merge",  "-- --- ------ AS - LZ"),
    ("intake.stage",        "-- E-W CKFX-- -- T L-"),
    ("intake.apply",        "-- E-W CKFX-- -- T L-"),
    ("intake.discard",      "-- E-W CKFX-- -- T L-"),
    ("vacancy.import",      "-- E-W CKFX-- -- T L-"),
    ("vacancy.close",       "-- E-W CKFX-I -- T L-"),
    ("vacancy.write",       "-- E-W CKFX-- -- T L-"),
    ("vacancy.change",      "-- E-W CKFX-- -- T L-"),
    ("vacancy.pause",       "-- E-W CKFX-I -- T L-"),
    ("vacancy.resume",      "-- E-W CKFX-I -- T L-"),
    ("vacancy.renew",       "-- E-W CKFX-I -- T L-"),
    ("vacancy.reopen",      "-- E-W CKFX-I -- T L-"),
    ("vacancy.expire",      "-- --- ------ -- - -Z"),
    ("vacancy.keep_pattern","-- E-W ------ -- - --"),
    ("vacancy.end_pattern", "-- E-W ------ -- - --"),
    ("vacancy.remind",      "-- --- ------ -- - -Z"),
    ("vacancy.pair",        "-- --- ------ -- - -Z"),
    ("vacancy.decide_copy", "-- --- CKFX-I -- - L-"),
    ("vacancy.hold",        "-- --- CKFX-I -- - L-"),
    ("vacancy.release",     "-- --- CKFX-I -- - L-"),
    ("vacancy.reject",      "-- --- CKFX-I -- - L-"),
    ("vacancy.give_back",   "-- --- CKFX-I -- - L-"),
    ("employer.register",   "P- --- ------ -- - L-"),
    ("employer.apply",      "-- --W ------ -- - --"),
    ("employer.attach",     "-- --W ------ -- - --"),
    ("employer.verify",     "-- --- CKFX-I A- - L-"),
    ("employer.refuse",     "-- --- CKFX-I A- - L-"),
    ("employer.suspend",    "-- --- C---MI A- - L-"),
    ("term.keep",           "-- --- ----M- A- - L-"),
    ("jobseeker.import",    "-- --- CKFX-- -- T L-"),
    ("jobseeker.register",  "-- --- CKFX-- -- - L-"),
    ("jobseeker.edit",      "-J --- CKFX-- -- - L-"),
    ("jobseeker.link",      "-- --- CK---- -- - L-"),
    ("jobseeker.categorise","-- --- CK---- -- - L-"),
    ("jobseeker.draft",     "-J --- ------ -- - --"),
    ("jobseeker.join",      "-J --- ------ -- - --"),
    ("jobseeker.open",      "-- --- CKFX-- -- - L-"),
    ("jobseeker.erase",     "-J --- CK---- -- - LZ"),
    ("jobseeker.hold",      "-- --- -K--M- -- - L-"),
    ("jobseeker.consent",   "-J --- CK---- -- - L-"),
    ("retention.run",       "-- --- ------ -- - -Z"),
    ("look.note",           "-- ERW CKFXMI AS T L-"),
    ("matching.weigh",      "-- --- ----M- -- - L-"),
    ("matching.survey",     "-- --- -K--M- -- - LZ"),
    ("matching.notice",     "-- --- ------ -- - -Z"),
    ("matching.tell",       "-- --- ------ -- - -Z"),
    ("relation.learn",      "-- --- ----M- -- - LZ"),
    ("relation.correct",    "-- --- -K--M- -- - L-"),
    ("assignment.make",     "-- --- CKFXM- -- - L-"),
    ("timetable.make",      "-- --- CKFX-- -- - L-"),
    ("timetable.move",      "-- --- CKFX-- -- - L-"),
    ("timetable.cancel",    "-- --- CKFX-- -- - L-"),
    ("application.submit",  "-J --- ------ -- - --"),
    ("application.refer",   "-- --- CKFX-- -- - L-"),
    ("application.act",     "-J -RW CKFX-- -- - LZ"),
    ("application.open",    "-- -RW CKFX-- -- - L-"),
    ("invitation.make",     "-- -RW ------ -- - --"),
    ("invitation.answer",   "-J --- ------ -- - --"),
    ("application.confirm", "-- --- ------ -- - -Z"),
    ("application.follow",  "-- --- ------ -- - -Z"),
    ("placement.register",  "-- --- CKFX-- -- - L-"),
    ("placement.end",       "-J -RW CKFX-- -- - L-"),
    ("contact.note",        "-- --- CKFX-- -- - L-"),
    ("contact.undo",        "-- --- CKFX-- -- - L-"),
    ("notice.read",         "-J -RW CKFX-- AS - L-"),
    ("notice.prefer",       "-J -RW ------ AS - --"),
    ("subscription.keep",   "-J --- ------ -- - --"),
    ("subscription.end",    "-J --- ------ -- - --"),
    ("subscription.tell",   "-- --- ------ -- - -Z"),
    ("interest.declare",    "-- --- CKFXMI AS - --"),
    ("interest.end",        "-- --- CKFXMI AS - --"),
    ("exposure.count",      "-- --- ------ -- - -Z"),
    ("alarm.raise",         "-- --- ------ -- - -Z"),
    ("event.follow",        "-- --- ------ -- - -Z"),
    ("inquiry.note",        "-- --- ------ -- - -Z"),
    ("inquiry.settle",      "-- --- ------ -- - -Z"),
];

/// What is read, and by whom; which rows of it, the [`Scope`] says.
#[rustfmt::skip]
const SEES: &[(&str, &str)] = &[
    //                       PJ ERW CKFXMI AS T LZ
    ("public.read",         "PJ ERW CKFXMI AS T LZ"),
    ("account.own",         "-J ERW CKFXMI AS - --"),
    ("account.list",        "-- --W ------ AS - L-"),
    ("organisation.list",   "-- --- CKFXMI AS - L-"),
    ("intake.list",         "-- E-W CKFX-- -- T L-"),
    ("jobseeker.find",      "-- --- CKFX-- -- - L-"),
    ("jobseeker.own",       "-J --- ------ -- - --"),
    ("jobseeker.list",      "-- --- CKFXM- -- T L-"),
    ("jobseeker.data",      "-J --- CK---- -- - L-"),
    ("retention.list",      "-- --- ----MI AS - L-"),
    ("look.list",           "-J --- CKFXM- -- - L-"),
    ("matching.list",       "-- --- CKFXM- -- T L-"),
    ("matching.weights",    "-- --- CKFXMI AS - L-"),
    ("vacancy.held",        "-- --- CKFX-I -- - L-"),
    ("vacancy.own",         "-- ERW CKFX-I -- T L-"),
    ("vacancy.pairs",       "-- --- CKFX-I -- - L-"),
    ("employer.desk",       "-- ERW ------ -- - --"),
    ("employer.list",       "-- --- CKFXMI A- - L-"),
    ("employer.paper",      "-- --W CKFX-I A- - L-"),
    ("term.list",           "-- --- CKFXMI A- - L-"),
    ("relation.list",       "-- --- CKFXM- -- T L-"),
    ("assignment.list",     "-- --- CKFXM- -- - L-"),
    ("timetable.list",      "-- --- CKFXM- -- - L-"),
    ("inquiry.list",        "-- --- CKFXMI A- T L-"),
    ("application.list",    "-J -RW CKFXM- -- - L-"),
    ("application.own",     "-J --- ------ -- - --"),
    ("application.queue",   "-- --- CKFXM- -- - L-"),
    ("application.board",   "-- -RW CKFXM- -- - L-"),
    ("invitation.list",     "-- -RW ------ -- - --"),
    ("placement.list",      "-- -RW CKFXM- -- - L-"),
    ("placement.read",      "-J -RW CKFXM- -- - L-"),
    ("workbench.read",      "-- --- CKFX-- -- - L-"),
    ("notice.list",         "-J -RW CKFX-- AS - L-"),
    ("subscription.list",   "-J --- ------ -- - --"),
    ("interest.list",       "-- --- CKFXMI AS - --"),
];

impl Actor {
    fn new(name: &str, role: Role, reach: Reach) -> Self {
        Self { name: name.into(), role, account: None, reach, grants: None }
    }

    pub fn public() -> Self {
        Self::new("public", Role::Public, Reach::Public)
    }

    pub fn office(name: &str) -> Self {
        Self::new(name, Role::Office, Reach::All)
    }

    pub fn program(name: &str) -> Self {
        Self::new(name, Role::Program, Reach::All)
    }

    /// Somebody signed in, as one of their memberships.
    pub fn member(member: Member) -> Self {
        let Member { account, membership, role, place } = member;
        let reach = match place {
            Place::Office(territory) => Reach::Office(territory),
            Place::Employer(employer) => Reach::Employer(employer),
            Place::Person(person) => Reach::Person(person),
            Place::Nowhere if role == Role::SystemAdministrator => Reach::All,
            Place::Nowhere => Reach::Public,
        };
        let name = format!("account:{account}/{membership}");
        Self { account: Some(account), ..Self::new(&name, role, reach) }
    }

    /// Another program, in the place of the membership that made the token.
    pub fn token(token: &str, member: Member, grants: Vec<Grant>) -> Self {
        let actor = Self::member(Member { role: Role::Integrator, ..member });
        Self { name: format!("token:{token}"), account: None, grants: Some(grants), ..actor }
    }

    pub fn scope(&self) -> Scope {
        let (people, drafts) = (self.role.reads_people(), self.role.reads_drafts());
        let scope = Scope { reach: self.reach.clone(), people, drafts };
        match &self.grants {
            Some(grants) => scope.granted(grants),
            None => scope,
        }
    }

    /// May this actor do this deed, or read this? The refusal names it.
    pub fn may(&self, what: &str) -> Result<(), Refusal> {
        let row = MAY.iter().chain(SEES).find(|(name, _)| *name == what);
        let role = row.is_some_and(|(_, who)| who.contains(self.role.letter()));
        let opens = |grant: &Grant| {
            OPENS.iter().any(|(known, names)| known == grant && names.contains(&what))
        };
        let granted =
            self.grants.as_ref().is_none_or(|all| what == "public.read" || all.iter().any(opens));
        if role && granted {
            Ok(())
        } else {
            Err(Refusal::new("access.forbidden").arg("deed", what))
        }
    }
}

/// Every name of the table, and whether it is a deed: for tests that walk all of it.
pub fn names() -> impl Iterator<Item = (&'static str, bool)> {
    MAY.iter().map(|(name, _)| (*name, true)).chain(SEES.iter().map(|(name, _)| (*name, false)))
}

#[cfg(test)]
mod tests;
