//! Somebody who signs in, what they are, and the rules of signing in. 账户

pub mod passkey;

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{
    Id, Refusal,
    access::{Grant, Role},
    coded::coded,
    employer::Employer,
    jobseeker::Jobseeker,
    organisation::Organisation,
};

coded! {
    pub enum State: "account.state_unknown", "state" {
        Open = "open",
        /// Signs in no more; what it did stays its own.
        Closed = "closed",
    }
}

/// A person who signs in. Names and numbers are in [`Person`], sealed.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Account {
    pub id: Id<Account>,
    /// Of [`Person`].
    pub sealed: Vec<u8>,
    /// In the form of PHC; empty: this account has none.
    pub password: String,
    /// Must be changed at the next sign-in.
    pub password_due: bool,
    /// The sealed secret of the six digits; `None`: no second factor.
    pub second: Option<Vec<u8>>,
    /// The last step of thirty seconds whose digits were taken: each is good once.
    pub second_step: i64,
    pub state: State,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

/// What identifies who signs in, and where notices go; sealed at rest.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Person {
    /// What is typed at the door; empty for who comes by telephone only.
    pub login: String,
    pub name: String,
    pub phone: String,
    /// For notices only: nobody signs in with it.
    pub mail: String,
}

/// Never printed by accident.
impl std::fmt::Debug for Person {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Person(sealed)")
    }
}

/// One of the things somebody is: a role, at an office or an employer, or as a registered person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, sqlx::FromRow)]
pub struct Membership {
    pub id: Id<Membership>,
    pub account_id: Id<Account>,
    pub role: Role,
    pub organisation_id: Option<Id<Organisation>>,
    pub employer_id: Option<Id<Employer>>,
    pub jobseeker_id: Option<Id<Jobseeker>>,
    pub valid_from: DateTime<Utc>,
    /// Ended then; `None` while it holds.
    pub valid_to: Option<DateTime<Utc>>,
}

/// Where somebody is signed in. The cookie's digest is known to the table only.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Login {
    pub id: Id<Login>,
    pub account_id: Id<Account>,
    pub membership_id: Option<Id<Membership>>,
    /// What is still missing.
    pub step: Step,
    /// The kind of browser, as far as it says: for the list that its owner sees.
    pub device: String,
    pub started_at: DateTime<Utc>,
    pub seen_at: DateTime<Utc>,
    pub ends_at: DateTime<Utc>,
}

coded! {
    /// How far a sign-in has come.
    pub enum Step: "account.step_unknown", "step" {
        /// The password was right; the six digits are missing.
        Second = "second",
        /// A second factor must be set up first.
        Enrol = "enrol",
        /// A new password must be chosen first.
        Password = "password",
        Whole = "whole",
    }
}

/// Another program's key to some doors.
#[derive(Clone, Debug, PartialEq, Serialize, sqlx::FromRow)]
pub struct Token {
    pub id: Id<Token>,
    pub name: String,
    /// Of whoever made it; it opens no more than that membership does.
    pub membership_id: Id<Membership>,
    #[sqlx(json)]
    pub grants: Vec<Grant>,
    pub created_at: DateTime<Utc>,
    pub expires_at: DateTime<Utc>,
    pub used_at: Option<DateTime<Utc>>,
    pub ended_at: Option<DateTime<Utc>>,
}

/// Failures in a row at a door, of one account from one device.
#[derive(Clone, Copy, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Attempt {
    pub failures: i64,
    pub last_at: DateTime<Utc>,
}

/// So many failures cost nothing but the time.
pub const FREE: i64 = 5;
/// The longest that a door stays closed.
const LONGEST: TimeDelta = TimeDelta::hours(1);
/// After so long without a failure, all are forgotten.
const FORGOTTEN: TimeDelta = TimeDelta::hours(24);

impl Attempt {
    /// Until when the door is closed: after five failures a minute, and twice as long with each more.
    pub fn closed_until(&self) -> Option<DateTime<Utc>> {
        let over = u32::try_from(self.failures - FREE).ok()?;
        let delay = TimeDelta::minutes(1 << over.min(6)).min(LONGEST);
        Some(self.last_at + delay)
    }

    /// May it be tried now? The refusal says for how many minutes not.
    pub fn open(&self, now: DateTime<Utc>) -> Result<(), Refusal> {
        match self.closed_until() {
            Some(until) if now < until && now - self.last_at < FORGOTTEN => {
                let minutes = (until - now).num_seconds().max(0) / 60 + 1;
                Err(Refusal::new("account.wait").arg("minutes", minutes.to_string()))
            }
            Some(_) | None => Ok(()),
        }
    }

    /// With one more failure.
    #[must_use]
    pub fn failed(self, now: DateTime<Utc>) -> Self {
        let old = if now - self.last_at < FORGOTTEN { self.failures } else { 0 };
        Self { failures: old + 1, last_at: now }
    }
}

impl Role {
    /// May somebody be this at such a place?
    pub fn fits(self, membership: &Membership) -> Result<(), Refusal> {
        let Membership { organisation_id, employer_id, jobseeker_id, .. } = membership;
        let places = (organisation_id.is_some(), employer_id.is_some(), jobseeker_id.is_some());
        let right = match self {
            Self::Jobseeker => matches!(places, (false, false, _)),
            Self::Poster | Self::Recruiter | Self::Owner => places == (false, true, false),
            Self::SystemAdministrator => places == (false, false, false),
            Self::Clerk
            | Self::Caseworker
            | Self::FairOrganiser
            | Self::ExportCoordinator
            | Self::Manager
            | Self::Inspector
            | Self::OfficeAdministrator => places == (true, false, false),
            Self::Public | Self::Integrator | Self::Office | Self::Program => false,
        };
        if right { Ok(()) } else { Err(Refusal::new("account.role_elsewhere").field("role")) }
    }

    /// May somebody who is this here make somebody else `other`? An owner of a firm its people, an
    /// administrator of an office staff of the office, who looks after the program the administrators.
    pub const fn appoints(self, other: Self) -> bool {
        match self {
            Self::Owner => other.is_employers(),
            Self::OfficeAdministrator => {
                (other.is_staff() && !matches!(other, Self::SystemAdministrator | Self::Office))
                    || other.is_employers()
            }
            Self::SystemAdministrator => {
                matches!(other, Self::OfficeAdministrator | Self::SystemAdministrator)
            }
            Self::Office | Self::Program => {
                !matches!(other, Self::Public | Self::Integrator | Self::Office | Self::Program)
            }
            Self::Public
            | Self::Jobseeker
            | Self::Poster
            | Self::Recruiter
            | Self::Clerk
            | Self::Caseworker
            | Self::FairOrganiser
            | Self::ExportCoordinator
            | Self::Manager
            | Self::Inspector
            | Self::Integrator => false,
        }
    }
}

/// A name for the door: letters, digits and `.-_@`, in small letters.
pub fn login(text: &str) -> Result<String, Refusal> {
    let name: String = text.trim().chars().flat_map(char::to_lowercase).collect();
    let sound = |c: char| c.is_alphanumeric() || ".-_@".contains(c);
    if (2..=64).contains(&name.chars().count()) && name.chars().all(sound) {
        Ok(name)
    } else {
        Err(Refusal::new("account.login_shape").field("login"))
    }
}

/// A mobile number as people write it: `+86 138 0013 8000` is `13800138000`.
pub fn phone(text: &str) -> Result<String, Refusal> {
    let digits: String = text
        .chars()
        .filter_map(|c| c.to_digit(10).or_else(|| wide(c)))
        .filter_map(|d| char::from_digit(d, 10))
        .collect();
    let strange = text.chars().any(char::is_alphabetic);
    let bare =
        digits.strip_prefix("0086").or_else(|| digits.strip_prefix("86").filter(|d| d.len() == 11));
    let bare = bare.unwrap_or(&digits);
    if bare.len() == 11 && bare.starts_with('1') && !strange {
        Ok(bare.to_owned())
    } else {
        Err(Refusal::new("account.phone_shape").field("phone"))
    }
}

/// A mail address, as far as a look at it can tell: `hr@example.com`.
pub fn mail(text: &str) -> Result<String, Refusal> {
    let text = text.trim();
    let strange = |c: char| c.is_whitespace() || c.is_control() || ",;<>\"\\".contains(c);
    let parts = text.split_once('@').filter(|(name, host)| {
        let dots = host.split('.').count() > 1 && host.split('.').all(|part| !part.is_empty());
        !name.is_empty() && dots && !host.contains('@')
    });
    if parts.is_some() && text.len() <= 254 && !text.contains(strange) {
        Ok(text.to_owned())
    } else {
        Err(Refusal::new("account.mail_shape").field("address"))
    }
}

/// A digit in full width.
fn wide(c: char) -> Option<u32> {
    u32::from(c).checked_sub(u32::from('０')).filter(|d| *d < 10)
}

/// Where one may be sent on after signing in: a path of this site, and nothing else.
pub fn next(path: &str) -> &str {
    let own = path.starts_with('/') && !path.starts_with("//");
    let plain = |c: char| !c.is_control() && c != '\\' && !c.is_whitespace();
    if own && path.len() <= 500 && path.chars().all(plain) { path } else { "/" }
}

/// The account and the membership that an event's author stands for.
pub fn author(actor: &str) -> Option<(Id<Account>, Id<Membership>)> {
    let (account, membership) = actor.strip_prefix("account:")?.split_once('/')?;
    Some((Id::new(Uuid::parse_str(account).ok()?), Id::new(Uuid::parse_str(membership).ok()?)))
}

#[cfg(test)]
mod tests;
