//! The life of a vacancy: which act leads from which state to which. There is no other way, for a
//! form, a file, a program or the calendar.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use serde::Serialize;

use super::{State, Vacancy};
use crate::{Refusal, coded::coded, compliance::Strength, term::Terms};

coded! {
    /// What is done with a vacancy that is there.
    pub enum Act: "vacancy.act_unknown", "act" {
        /// A text goes through the gate: for the first time, or because it has changed.
        Submit = "submit",
        /// A clerk lets into the open what the gate has held.
        Release = "release",
        Reject = "reject",
        /// A clerk gives it back to be mended.
        GiveBack = "give_back",
        /// A clerk takes out of the open what has to be looked at.
        Hold = "hold",
        Pause = "pause",
        Resume = "resume",
        /// It is still offered: the last day moves.
        Renew = "renew",
        Fill = "fill",
        Withdraw = "withdraw",
        /// The calendar: the last day is over, or nobody has said for long that it is still offered.
        Expire = "expire",
        Reopen = "reopen",
    }
}

use State::{Draft, Expired, Filled, Paused, Published, Rejected, Submitted, Withdrawn};

/// Where the gate may lead.
const GATE: &[State] = &[Published, Submitted, Rejected];
/// Where it may lead what its employer looks at and can mend at once.
const MENDED: &[State] = &[Published, Submitted];

/// Every way there is: the act, from where, to where.
#[rustfmt::skip]
const LEADS: &[(Act, &[State], &[State])] = &[
    (Act::Submit,   &[Draft, Submitted, Published, Rejected],         GATE),
    (Act::Release,  &[Submitted, Rejected],                           &[Published]),
    (Act::Reject,   &[Submitted],                                     &[Rejected]),
    (Act::GiveBack, &[Submitted],                                     &[Draft]),
    (Act::Hold,     &[Published, Paused],                             &[Submitted]),
    (Act::Pause,    &[Published],                                     &[Paused]),
    (Act::Resume,   &[Paused],                                        MENDED),
    (Act::Renew,    &[Published],                                     &[Published]),
    (Act::Fill,     &[Published, Paused],                             &[Filled]),
    (Act::Withdraw, &[Draft, Submitted, Published, Paused, Rejected], &[Withdrawn]),
    (Act::Expire,   &[Published, Paused],                             &[Expired]),
    (Act::Reopen,   &[Filled, Expired, Withdrawn],                    MENDED),
];

/// Whose turn it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Turn {
    Employer,
    Clerk,
    Nobody,
}

coded! {
    /// Why it came into its state, where that is one of a few things.
    pub enum Cause: "vacancy.cause_unknown", "cause" {
        /// The last day is over.
        Over = "over",
        /// Nobody has said for long that it is still offered.
        Silent = "silent",
        /// Filled through another channel.
        Elsewhere = "elsewhere",
        /// Nobody is wanted any more.
        NotNeeded = "not_needed",
        /// Was a mistake.
        Mistake = "mistake",
        /// Against the law, and cannot be mended.
        Unlawful = "unlawful",
        /// Not true: no such post, employer or wage.
        Untrue = "untrue",
        /// The same vacancy is there already.
        Duplicate = "duplicate",
        /// No work for a wage: a franchise, a course, a lottery.
        NoWork = "no_work",
        /// The employer is not verified.
        Unverified = "unverified",
    }
}

impl Cause {
    /// Among which an employer chooses who withdraws.
    pub const OF_EMPLOYER: &[Self] = &[Self::Elsewhere, Self::NotNeeded, Self::Mistake];
    /// Among which a clerk chooses who turns away or holds back.
    pub const OF_CLERK: &[Self] =
        &[Self::Unlawful, Self::Untrue, Self::Duplicate, Self::NoWork, Self::Unverified];
}

/// How it stands, beside its state.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, sqlx::FromRow)]
pub struct Standing {
    /// Of its state.
    pub since: DateTime<Utc>,
    /// The day on which somebody last said that it is offered.
    pub confirmed_on: Option<NaiveDate>,
    pub cause: Option<Cause>,
    /// In the words of whoever decided.
    pub reason: String,
}

impl Act {
    /// Does this act lead from there to here?
    pub fn leads(self, from: State, to: State) -> bool {
        let row = LEADS.iter().find(|(act, ..)| *act == self);
        row.is_some_and(|(_, froms, tos)| froms.contains(&from) && tos.contains(&to))
    }

    /// Can this be done with what is in the state?
    pub fn begins(self, from: State) -> bool {
        LEADS.iter().any(|(act, froms, _)| *act == self && froms.contains(&from))
    }
}

impl State {
    /// The state of a vacancy that comes in or is changed, after the gate: what is held waits for a
    /// clerk where the office `holds` such vacancies, and is published with its findings where it
    /// does not. What has ended or pauses stays so.
    #[must_use]
    pub const fn screened(was: Option<Self>, verdict: Strength, holds: bool) -> Self {
        match was {
            Some(was @ (Paused | Filled | Expired | Withdrawn)) => was,
            Some(Draft | Submitted | Published | Rejected) | None => match verdict {
                Strength::Refuse => Rejected,
                Strength::Hold if holds => Submitted,
                Strength::Harmless | Strength::Lawful | Strength::Warn | Strength::Hold => {
                    Published
                }
            },
        }
    }

    /// Who has to do something before it goes on.
    pub const fn turn(self) -> Turn {
        match self {
            Draft | Rejected | Paused | Published => Turn::Employer,
            Submitted => Turn::Clerk,
            Filled | Expired | Withdrawn => Turn::Nobody,
        }
    }
}

impl Vacancy {
    /// Leads it into a state, if the act leads there.
    pub fn lead(self, act: Act, into: State, now: DateTime<Utc>) -> Result<Self, Refusal> {
        if act.leads(self.state, into) {
            Ok(Self { state: into, updated_at: now, version: self.version + 1, ..self })
        } else {
            Err(Refusal::new("vacancy.act_impossible"))
        }
    }

    /// The last day on which it stays public unless somebody says that it is still offered.
    pub fn lasts(&self, standing: &Standing, terms: &Terms) -> Option<NaiveDate> {
        let silent = days(terms, "vacancy_silent_days").map(|days| {
            let heard = standing.confirmed_on.unwrap_or_else(|| self.updated_at.date_naive());
            heard + days
        });
        [self.offer.expires_on, silent].into_iter().flatten().min()
    }

    /// Is it time to remind its employer on `day`?
    pub fn nears_end(&self, standing: &Standing, terms: &Terms, day: NaiveDate) -> bool {
        let before = days(terms, "vacancy_reminder_days").unwrap_or_default();
        let near = |last: NaiveDate| last - before <= day;
        self.state == Published && self.lasts(standing, terms).is_some_and(near)
    }
}

/// A term in days.
pub fn days(terms: &Terms, key: &str) -> Option<TimeDelta> {
    #[expect(clippy::cast_possible_truncation, reason = "a number of days")]
    let whole = |value: f64| TimeDelta::days(value as i64);
    terms.find(key, "").map(|term| whole(term.value.clamp(0.0, 36_500.0)))
}

/// The last day that is asked for, or the one that is usual: not before today, and not so far off
/// that nobody will remember it.
pub fn until(
    asked: Option<NaiveDate>,
    terms: &Terms,
    today: NaiveDate,
) -> Result<Option<NaiveDate>, Refusal> {
    let most = days(terms, "vacancy_longest_days").map(|days| today + days);
    let refused = |code| Err(Refusal::new(code).field("expires_on"));
    match asked {
        Some(day) if day < today => refused("vacancy.last_day_past"),
        Some(day) if most.is_some_and(|most| day > most) => refused("vacancy.last_day_far"),
        Some(day) => Ok(Some(day)),
        None => Ok(days(terms, "vacancy_usual_days").map(|days| today + days)),
    }
}

#[cfg(test)]
mod tests;
