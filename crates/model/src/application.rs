//! A person put to a vacancy: by themselves, or by a clerk with a letter. 求职申请、介绍信

mod act;
pub mod number;

use chrono::{DateTime, Days, NaiveDate, NaiveDateTime, TimeDelta, Utc};
use serde::Serialize;

use crate::{
    Id, Refusal, access::Role, coded::coded, employer::Employer, jobseeker::Jobseeker,
    organisation::Organisation, term::Terms, vacancy::Vacancy,
};

pub use act::Act;

/// One person and one vacancy, from the first word to the last.
#[derive(Clone, Debug, PartialEq, Serialize, sqlx::FromRow)]
pub struct Application {
    pub id: Id<Application>,
    #[sqlx(rename = "jobseeker_id")]
    pub jobseeker: Id<Jobseeker>,
    #[sqlx(rename = "vacancy_id")]
    pub vacancy: Id<Vacancy>,
    #[sqlx(rename = "employer_id")]
    pub employer: Id<Employer>,
    pub channel: Channel,
    pub state: State,
    /// Since when it is so.
    pub since: DateTime<Utc>,
    /// The day by which whoever it waits for answers; `None` once it has ended.
    pub due_on: Option<NaiveDate>,
    /// Has the person said yes to the interview, or to the offer?
    pub agreed: bool,
    pub reason: Option<Reason>,
    pub note: String,
    pub meets_at: Option<DateTime<Utc>>,
    pub meets_where: String,
    /// The day the person stood at the employer's door.
    pub arrived_on: Option<NaiveDate>,
    /// Of the letter, see [`number`]; empty where there is none.
    pub number: String,
    /// Whose letter it is.
    #[sqlx(rename = "office_id")]
    pub office: Option<Id<Organisation>>,
    /// The author, as events name one.
    #[serde(skip)]
    pub made_by: String,
    pub reminded_on: Option<NaiveDate>,
    /// The day the clerk was told that no answer came.
    pub escalated_on: Option<NaiveDate>,
    /// Is the employer's first answer, or its silence, counted?
    #[serde(skip)]
    pub counted: bool,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
    pub version: i64,
}

coded! {
    /// How the person came to the vacancy.
    pub enum Channel: "application.channel_unknown", "channel" {
        /// By themselves.
        Own = "own",
        /// With a letter of an office. 介绍信
        Referral = "referral",
    }
}

coded! {
    /// submitted → shortlisted → interview → offered → hired | declined | rejected | lapsed.
    pub enum State: "application.state_unknown", "state" {
        Submitted = "submitted",
        Shortlisted = "shortlisted",
        Interview = "interview",
        Offered = "offered",
        Hired = "hired",
        /// By the person.
        Declined = "declined",
        /// By the employer.
        Rejected = "rejected",
        /// By nobody: time, another post, or the last place ended it.
        Lapsed = "lapsed",
    }
}

coded! {
    /// Why it ended otherwise than with a hire.
    pub enum Reason: "application.reason_unknown", "reason" {
        SkillMissing = "skill_missing",
        LicenceMissing = "licence_missing",
        ExperienceShort = "experience_short",
        NotArrived = "not_arrived",
        WageHigh = "wage_high",
        Unsuitable = "unsuitable",
        PayLow = "pay_low",
        TooFar = "too_far",
        OtherWork = "other_work",
        NotAsTold = "not_as_told",
        FoundOther = "found_other",
        NoAnswer = "no_answer",
        VacancyFilled = "vacancy_filled",
        VacancyClosed = "vacancy_closed",
        HiredElsewhere = "hired_elsewhere",
    }
}

/// Who acts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    Person,
    Employer,
    /// For either, who has told the clerk.
    Office,
    Program,
}

impl Side {
    pub const fn of(role: Role) -> Self {
        match role {
            Role::Jobseeker | Role::Public => Self::Person,
            Role::Poster | Role::Recruiter | Role::Owner => Self::Employer,
            Role::Clerk
            | Role::Caseworker
            | Role::FairOrganiser
            | Role::ExportCoordinator
            | Role::Manager
            | Role::Inspector
            | Role::OfficeAdministrator
            | Role::SystemAdministrator
            | Role::Integrator
            | Role::Office => Self::Office,
            Role::Program => Self::Program,
        }
    }
}

impl State {
    /// Is somebody waiting still?
    pub const fn is_open(self) -> bool {
        match self {
            Self::Submitted | Self::Shortlisted | Self::Interview | Self::Offered => true,
            Self::Hired | Self::Declined | Self::Rejected | Self::Lapsed => false,
        }
    }
}

impl Reason {
    /// The reasons that may be given for ending it so, in the order of a form.
    pub const fn of(state: State) -> &'static [Self] {
        match state {
            State::Rejected => &[
                Self::SkillMissing,
                Self::LicenceMissing,
                Self::ExperienceShort,
                Self::WageHigh,
                Self::NotArrived,
                Self::VacancyFilled,
                Self::Unsuitable,
            ],
            State::Declined => {
                &[Self::PayLow, Self::TooFar, Self::NotAsTold, Self::FoundOther, Self::OtherWork]
            }
            State::Lapsed => {
                &[Self::NoAnswer, Self::VacancyFilled, Self::VacancyClosed, Self::HiredElsewhere]
            }
            State::Submitted
            | State::Shortlisted
            | State::Interview
            | State::Offered
            | State::Hired => &[],
        }
    }
}

/// The hour, and how long each side has to answer: dated rows, `None` where nothing is laid down.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Clock {
    pub at: DateTime<Utc>,
    pub today: NaiveDate,
    /// How far the office's clock is ahead of UTC.
    pub ahead: TimeDelta,
    /// Days that an employer has.
    pub answer: Option<u64>,
    /// Days that a person has.
    pub reply: Option<u64>,
}

impl Clock {
    /// `local` is `at` on the office's own clock.
    pub fn new(at: DateTime<Utc>, local: NaiveDateTime, terms: &Terms) -> Self {
        let days = |key| days(terms, key);
        Self {
            at,
            today: local.date(),
            ahead: local - at.naive_utc(),
            answer: days("application_answer_days"),
            reply: days("application_reply_days"),
        }
    }
}

/// A term that counts days.
pub fn days(terms: &Terms, key: &str) -> Option<u64> {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a few days")]
    terms.find(key, "").map(|term| term.value.max(0.0) as u64)
}

impl Application {
    /// For whom it waits, while it is open.
    pub const fn waits_for(&self) -> Option<Side> {
        match self.state {
            State::Submitted | State::Shortlisted => Some(Side::Employer),
            State::Interview | State::Offered if self.agreed => Some(Side::Employer),
            State::Interview | State::Offered => Some(Side::Person),
            State::Hired | State::Declined | State::Rejected | State::Lapsed => None,
        }
    }

    /// What the side may do with it now.
    pub fn may(&self, side: Side, act: &Act) -> bool {
        act.is_of(side) && act.fits(self.state, self.agreed)
    }

    /// Does it; the refusal says why not. `note` is what was written with it.
    pub fn act(&self, side: Side, act: &Act, note: &str, clock: Clock) -> Result<Self, Refusal> {
        if !act.is_of(side) {
            return Err(Refusal::new("application.not_yours").arg("act", act.code()));
        }
        if !act.fits(self.state, self.agreed) {
            return Err(Refusal::new("application.not_now").arg("state", self.state.code()));
        }
        if note.chars().count() > NOTE {
            return Err(Refusal::new("application.note_long").field("note"));
        }
        let mut next = Self {
            note: note.trim().to_owned(),
            updated_at: clock.at,
            version: self.version + 1,
            ..self.clone()
        };
        next.turn(act, clock)?;
        if next.state != self.state {
            next.since = clock.at;
        }
        next.due_on = next.due(clock);
        next.reminded_on = None;
        next.escalated_on = None;
        Ok(next)
    }

    /// The state after an act that is allowed.
    fn turn(&mut self, act: &Act, clock: Clock) -> Result<(), Refusal> {
        let reason = match act {
            Act::Reject(reason) | Act::Decline(reason) | Act::Lapse(reason) => Some(*reason),
            Act::Shortlist
            | Act::Invite { .. }
            | Act::Arrive
            | Act::Offer
            | Act::Hire
            | Act::Agree
            | Act::Reopen => None,
        };
        if let Act::Invite { at, place } = act {
            self.meet(*at, place, clock)?;
        }
        let arrived = matches!(act, Act::Arrive);
        if arrived {
            self.arrived_on = Some(clock.today);
        }
        let taken_up = arrived && self.state == State::Submitted;
        let stays = if taken_up { State::Shortlisted } else { self.state };
        let state = act.leads_to().unwrap_or(stays);
        if reason.is_some_and(|reason| !Reason::of(state).contains(&reason)) {
            return Err(Refusal::new("application.reason_elsewhere").field("reason"));
        }
        // whoever stands at the door has come
        let kept = arrived && self.state == state;
        self.agreed = matches!(act, Act::Agree) || (kept && self.agreed);
        self.state = state;
        self.reason = reason;
        Ok(())
    }

    fn meet(&mut self, at: DateTime<Utc>, place: &str, clock: Clock) -> Result<(), Refusal> {
        if at <= clock.at {
            return Err(Refusal::new("application.meets_past").field("meets_at"));
        }
        let place = place.trim();
        if place.is_empty() || place.chars().count() > PLACE {
            return Err(Refusal::new("application.meets_where").field("meets_where"));
        }
        self.meets_at = Some(at);
        place.clone_into(&mut self.meets_where);
        Ok(())
    }

    /// By when whoever it waits for answers: an employer after an interview counts from that day.
    fn due(&self, clock: Clock) -> Option<NaiveDate> {
        let (from, days) = match self.waits_for()? {
            Side::Person => (clock.today, clock.reply?),
            Side::Employer | Side::Office | Side::Program => {
                let held = self.meets_at.filter(|_| self.state == State::Interview);
                let held = held.map_or(clock.today, |at| (at + clock.ahead).date_naive());
                (held.max(clock.today), clock.answer?)
            }
        };
        from.checked_add_days(Days::new(days))
    }

    /// A fresh one, waiting for the employer.
    pub fn submitted(
        id: Id<Self>,
        (jobseeker, vacancy): (Id<Jobseeker>, &Vacancy),
        made_by: &str,
        clock: Clock,
    ) -> Self {
        let mut fresh = Self {
            id,
            jobseeker,
            vacancy: vacancy.id,
            employer: vacancy.employer,
            channel: Channel::Own,
            state: State::Submitted,
            since: clock.at,
            due_on: None,
            agreed: false,
            reason: None,
            note: String::new(),
            meets_at: None,
            meets_where: String::new(),
            arrived_on: None,
            number: String::new(),
            office: None,
            made_by: made_by.to_owned(),
            reminded_on: None,
            escalated_on: None,
            counted: false,
            created_at: clock.at,
            updated_at: clock.at,
            version: 1,
        };
        fresh.due_on = fresh.due(clock);
        fresh
    }

    /// Is this the employer's first answer, and is it in time? `None`: it is none, or was counted.
    pub fn answers(&self, next: &Self, side: Side, today: NaiveDate) -> Option<bool> {
        let first = !self.counted && self.state == State::Submitted;
        let told = matches!(side, Side::Employer | Side::Office)
            && !matches!(next.state, State::Submitted | State::Declined | State::Lapsed);
        (first && told).then(|| self.due_on.is_none_or(|due| today <= due))
    }
}

/// Characters of a note, and of a place to meet.
const NOTE: usize = 500;
const PLACE: usize = 200;

#[cfg(test)]
mod tests;
