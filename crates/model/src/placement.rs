//! The fact that somebody works: where, since when, for how much, until when. Every figure that counts
//! a job counts one of these. 就业登记

use chrono::{DateTime, Days, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use crate::{
    Id, Refusal,
    application::{Application, days},
    coded::coded,
    employer::Employer,
    jobseeker::Jobseeker,
    organisation::Organisation,
    term::Terms,
    vacancy::Vacancy,
};

/// One person at one work.
#[derive(Clone, Debug, PartialEq, Serialize, sqlx::FromRow)]
pub struct Placement {
    pub id: Id<Placement>,
    #[sqlx(rename = "jobseeker_id")]
    pub jobseeker: Id<Jobseeker>,
    /// The application it comes from.
    #[sqlx(rename = "application_id")]
    pub application: Option<Id<Application>>,
    #[sqlx(rename = "vacancy_id")]
    pub vacancy: Option<Id<Vacancy>>,
    #[sqlx(rename = "employer_id")]
    pub employer: Option<Id<Employer>>,
    #[sqlx(flatten)]
    pub work: Work,
    pub channel: Channel,
    pub state: State,
    /// The day of the hire.
    pub hired_on: NaiveDate,
    /// The day by which it is registered, or its end is; `None`: nothing is due.
    pub due_on: Option<NaiveDate>,
    pub registered_on: Option<NaiveDate>,
    /// The last day of work.
    pub ended_on: Option<NaiveDate>,
    pub end_reason: Option<End>,
    pub end_registered_on: Option<NaiveDate>,
    #[sqlx(rename = "office_id")]
    pub office: Option<Id<Organisation>>,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
    pub version: i64,
}

/// What is registered of it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, sqlx::FromRow)]
#[serde(default, deny_unknown_fields)]
pub struct Work {
    pub kind: Kind,
    /// As it is written; of the record, where there is one.
    pub employer_name: String,
    pub post: String,
    /// Region code, or empty.
    pub region: String,
    pub started_on: Option<NaiveDate>,
    /// Cents a month.
    pub wage: Option<i64>,
    pub contract: Option<Contract>,
    pub signed_on: Option<NaiveDate>,
    /// The last day of a contract for a fixed time.
    pub until: Option<NaiveDate>,
    pub insured_on: Option<NaiveDate>,
}

coded! {
    #[derive(Default)]
    pub enum Kind: "placement.kind_unknown", "kind" {
        /// With an employer. 单位就业
        #[default]
        Employed = "employed",
        /// By the hour, day or order, for several. 灵活就业
        Flexible = "flexible",
        /// One's own business. 自主创业
        SelfEmployed = "self_employed",
    }
}

coded! {
    /// How the person came to it.
    pub enum Channel: "placement.channel_unknown", "channel" {
        Own = "own",
        Referral = "referral",
        Fair = "fair",
        Export = "export",
        /// Found without the office, and registered.
        Elsewhere = "elsewhere",
    }
}

coded! {
    /// hired → registered → leaving → ended.
    pub enum State: "placement.state_unknown", "state" {
        /// The hire is known, the registration is due.
        Hired = "hired",
        Registered = "registered",
        /// The end is told, and its registration is due.
        Leaving = "leaving",
        Ended = "ended",
    }
}

coded! {
    /// The contract. 劳动合同形式
    pub enum Contract: "placement.contract_unknown", "contract" {
        /// 固定期限
        FixedTerm = "fixed_term",
        /// 无固定期限
        OpenEnded = "open_ended",
        /// 以完成一定工作任务为期限
        Task = "task",
        /// 劳务派遣
        Dispatch = "dispatch",
        /// 非全日制
        PartTime = "part_time",
        /// Not signed yet, or only said. 未签书面合同
        Unwritten = "unwritten",
    }
}

coded! {
    /// Why it ended.
    pub enum End: "placement.end_unknown", "reason" {
        ContractOver = "contract_over",
        Resigned = "resigned",
        Dismissed = "dismissed",
        LaidOff = "laid_off",
        Agreed = "agreed",
        Closed = "closed",
        Retired = "retired",
        /// It never began.
        NotBegun = "not_begun",
        Other = "other",
    }
}

/// The day, and how long there is to register: dated rows.
#[derive(Clone, Copy, Debug)]
pub struct Clock {
    pub at: DateTime<Utc>,
    pub today: NaiveDate,
    /// Days from the hire.
    pub register: Option<u64>,
    /// Days from the last day of work.
    pub end: Option<u64>,
}

impl Clock {
    pub fn new(at: DateTime<Utc>, today: NaiveDate, terms: &Terms) -> Self {
        let (register, end) =
            (days(terms, "placement_register_days"), days(terms, "placement_end_days"));
        Self { at, today, register, end }
    }

    fn after(from: NaiveDate, days: Option<u64>) -> Option<NaiveDate> {
        from.checked_add_days(Days::new(days?))
    }
}

/// Who it is about and where it comes from.
#[derive(Clone, Copy, Debug)]
pub struct Origin {
    pub jobseeker: Id<Jobseeker>,
    pub application: Option<Id<Application>>,
    pub vacancy: Option<Id<Vacancy>>,
    pub employer: Option<Id<Employer>>,
    pub office: Option<Id<Organisation>>,
    pub channel: Channel,
}

impl Placement {
    /// A hire of today that is not registered yet.
    pub fn hired(id: Id<Self>, origin: Origin, work: Work, clock: Clock) -> Self {
        let Origin { jobseeker, application, vacancy, employer, office, channel } = origin;
        Self {
            id,
            jobseeker,
            application,
            vacancy,
            employer,
            work,
            channel,
            state: State::Hired,
            hired_on: clock.today,
            due_on: Clock::after(clock.today, clock.register),
            registered_on: None,
            ended_on: None,
            end_reason: None,
            end_registered_on: None,
            office,
            created_at: clock.at,
            updated_at: clock.at,
            version: 1,
        }
    }

    /// Registers it, or mends what was registered while the person works there.
    pub fn register(&self, work: Work, clock: Clock) -> Result<Self, Refusal> {
        if !matches!(self.state, State::Hired | State::Registered) {
            return Err(Refusal::new("placement.not_now").arg("state", self.state.code()));
        }
        let work = work.checked(clock.today)?;
        Ok(Self {
            due_on: Clock::after_contract(&work, clock),
            work,
            state: State::Registered,
            registered_on: self.registered_on.or(Some(clock.today)),
            updated_at: clock.at,
            version: self.version + 1,
            ..self.clone()
        })
    }

    /// It has ended, or ends on a day; `office`: and that is registered with it.
    pub fn end(
        &self,
        on: NaiveDate,
        reason: End,
        office: bool,
        clock: Clock,
    ) -> Result<Self, Refusal> {
        let again = self.state == State::Leaving && office;
        if !again && !matches!(self.state, State::Hired | State::Registered) {
            return Err(Refusal::new("placement.not_now").arg("state", self.state.code()));
        }
        if self.work.started_on.is_some_and(|first| on < first) && reason != End::NotBegun {
            return Err(Refusal::new("placement.end_before").field("ended_on"));
        }
        if on > clock.today {
            return Err(Refusal::new("placement.end_ahead").field("ended_on"));
        }
        let state = if office { State::Ended } else { State::Leaving };
        Ok(Self {
            state,
            due_on: if office { None } else { Clock::after(on, clock.end) },
            ended_on: Some(on),
            end_reason: Some(reason),
            end_registered_on: office.then_some(clock.today),
            updated_at: clock.at,
            version: self.version + 1,
            ..self.clone()
        })
    }

    /// By how many days the end was registered too late.
    pub fn late(&self, clock: Clock) -> i64 {
        let due = self.ended_on.and_then(|on| Clock::after(on, clock.end));
        let days = |(due, done): (NaiveDate, NaiveDate)| (done - due).num_days().max(0);
        due.zip(self.end_registered_on).map_or(0, days)
    }
}

impl Clock {
    /// Somebody must say what comes after a contract for a fixed time.
    fn after_contract(work: &Work, clock: Self) -> Option<NaiveDate> {
        work.until.and_then(|last| Self::after(last, clock.end))
    }
}

/// Characters of a name or a post.
const LONG: usize = 100;
/// A wage a month above this is a slip of the pen.
const MOST: i64 = 100_000_000;

impl Work {
    fn checked(self, today: NaiveDate) -> Result<Self, Refusal> {
        let (name, post) = (self.employer_name.trim().to_owned(), self.post.trim().to_owned());
        if self.kind == Kind::Employed && name.chars().count() < 2 {
            return Err(Refusal::new("placement.employer_missing").field("employer_name"));
        }
        if post.is_empty() || post.chars().count() > LONG || name.chars().count() > LONG {
            return Err(Refusal::new("placement.post_missing").field("post"));
        }
        let Some(started) = self.started_on else {
            return Err(Refusal::new("placement.start_missing").field("started_on"));
        };
        if started > today {
            return Err(Refusal::new("placement.start_ahead").field("started_on"));
        }
        if self.wage.is_some_and(|cents| !(0..=MOST).contains(&cents)) {
            return Err(Refusal::new("placement.wage_range").field("wage"));
        }
        if self.until.is_some_and(|last| last < started) {
            return Err(Refusal::new("placement.until_before").field("until"));
        }
        if self.contract == Some(Contract::FixedTerm) && self.until.is_none() {
            return Err(Refusal::new("placement.until_missing").field("until"));
        }
        if self.kind == Kind::Employed && self.contract.is_none() {
            return Err(Refusal::new("placement.contract_missing").field("contract"));
        }
        Ok(Self { employer_name: name, post, ..self })
    }
}

#[cfg(test)]
mod tests;
